"""How numbers are spread: quartiles, Tukey's fences, bins of equal width.

Fences are the quartiles and so many interquartile ranges beyond (Tukey, Exploratory Data Analysis, 1977: 1.5 for
"outside", 3 for "far out"). Where half of the numbers or more are one and the same, as zero often is, the quartiles
are those of the others. Quantiles are the linear ones (type 7 of Hyndman and Fan 1996, NumPy's default).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

FAR_OUT = 3.0
_FEWEST = 10
LARGEST_EXACT = 2**53
"""Up to here every whole number is a float of its own."""
_WHOLE_BINS = 20


def quantile(ordered: npt.NDArray[Any], share: float) -> float:
    """Quantile of sorted finite numbers (n,), n > 0; works on what is sorted already instead of sorting again."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    low, high = float(ordered[below]), float(ordered[min(below + 1, len(ordered) - 1)])
    # Weighting both instead of adding a difference cannot overflow near the largest possible number.
    return (1 - (place - below)) * low + (place - below) * high


def fences(ordered: npt.NDArray[Any], width: float = FAR_OUT) -> tuple[float, float]:
    """Lower and upper fence of sorted finite numbers (n,).

    Equal quartiles are no measure of spread: the fences are then those of all other numbers, with the frequent one
    between them; infinite where these are fewer than ten, or their quartiles are equal too, or there are no numbers.
    """
    if not len(ordered):
        return -math.inf, math.inf
    low, high = quantile(ordered, 0.25), quantile(ordered, 0.75)
    often = low
    if low == high:
        others = np.delete(ordered, np.s_[np.searchsorted(ordered, often) : np.searchsorted(ordered, often, "right")])
        if len(others) < _FEWEST:
            return -math.inf, math.inf
        low, high = quantile(others, 0.25), quantile(others, 0.75)
        if low == high:
            return -math.inf, math.inf
    reach = width * (high - low)
    return min(often, low - reach), max(often, high + reach)


def beyond(ordered: npt.NDArray[Any], ends: tuple[float, float]) -> int:
    """How many of sorted numbers lie outside of ``ends``."""
    low, high = ends
    return int(np.searchsorted(ordered, low, side="left") + len(ordered) - np.searchsorted(ordered, high, side="right"))


def is_whole(values: npt.NDArray[Any]) -> bool:
    """Whether finite numbers (n,) are all whole, whatever their type."""
    return values.dtype.kind in "iu" or bool((values == np.floor(values)).all())


def at_most(ordered: npt.NDArray[Any], percent: int) -> Any:
    """The lowest of sorted numbers (n,), n > 0, such that at least ``percent`` % of them are no higher; one of them."""
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


def middle(ordered: npt.NDArray[Any]) -> Any:
    """The median of sorted finite numbers (n,), n > 0; of whole numbers no float can hold, exact or rounded down."""
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    if ordered.dtype.kind not in "iu" or max(abs(int(low)), abs(int(high))) <= LARGEST_EXACT:
        return quantile(ordered, 0.5)
    return (int(low) + int(high)) // 2


def bin_edges(low: Any, high: Any, bins: int, *, whole: bool) -> npt.NDArray[Any]:
    """Inner edges of bins of equal width from ``low`` to ``high``; whole numbers of a short span have a bin each.

    Those of integers are integers, the lowest that belong to their bin: a float could not tell large ones apart.
    """
    if low == high:
        return np.empty(0)
    if isinstance(low, np.integer):
        span = int(high) - int(low)
        steps = (
            range(1, span + 1) if span < max(bins, _WHOLE_BINS) else (-(-span * at // bins) for at in range(1, bins))
        )
        return np.array([int(low) + step for step in steps], dtype=low.dtype)
    if whole and int(high) - int(low) < max(bins, _WHOLE_BINS):
        return np.arange(int(low) + 1, int(high) + 1, dtype=np.float64)
    # Weighting both ends, instead of adding steps, cannot overflow near the largest possible number.
    share = np.arange(1, bins) / bins
    return np.asarray((1.0 - share) * float(low) + share * float(high))
