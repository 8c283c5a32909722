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


def bin_edges(low: Any, high: Any, bins: int, *, whole: bool) -> npt.NDArray[np.float64]:
    """Inner edges of bins of equal width from ``low`` to ``high``; whole numbers of a short span have a bin each."""
    if low == high:
        return np.empty(0)
    if whole and int(high) - int(low) < max(bins, _WHOLE_BINS):
        return np.arange(int(low) + 1, int(high) + 1, dtype=np.float64)
    # Weighting both ends, instead of adding steps, cannot overflow near the largest possible number.
    share = np.arange(1, bins) / bins
    return np.asarray((1.0 - share) * float(low) + share * float(high))
