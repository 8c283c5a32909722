"""The range of a number that best tells two classes apart: what has neither to rise nor to fall with the class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Range:
    """Values from ``low`` to ``high``, ends included.

    Attributes
    ----------
    low, high : float
    positive_inside : bool
        Whether the positive class is in the range, or outside of it.
    difference : float
        0 to 1: the share of one class that is inside minus that of the other (Kuiper's statistic, 1960).
    wrong : int
        Rows on the wrong side; a missing value is outside.
    """

    low: float
    high: float
    positive_inside: bool
    difference: float
    wrong: int


def best_range(values: FloatArray, y: FloatArray) -> Range | None:
    """The range of ``values`` (n,), nan where missing, with the largest difference; None without both classes."""
    known = np.isfinite(values)
    each, place = np.unique(values[known], return_inverse=True)
    positive = np.bincount(place[y[known] == 1], minlength=len(each))
    others = np.bincount(place[y[known] == 0], minlength=len(each))
    of_positive, of_others = int((y == 1).sum()), int((y == 0).sum())
    if not positive.sum() or not others.sum():
        return None
    # Between two values the difference is that of two sums from the lowest value on.
    climb = np.concatenate(([0.0], np.cumsum(positive / of_positive - others / of_others)))
    rising, falling = _largest_rise(climb), _largest_rise(-climb)
    start, end = max(rising, falling, key=lambda ends: abs(climb[ends[1]] - climb[ends[0]]))
    inside = slice(start, end)
    positive_inside = bool(climb[end] > climb[start])
    hits, alarms = int(positive[inside].sum()), int(others[inside].sum())
    wrong = of_positive - hits + alarms
    return Range(
        low=float(each[start]),
        high=float(each[end - 1]),
        positive_inside=positive_inside,
        difference=float(abs(climb[end] - climb[start])),
        wrong=wrong if positive_inside else y.size - wrong,
    )


def _largest_rise(climb: FloatArray) -> tuple[int, int]:
    """The places (start, end), start before end, between which ``climb`` rises most."""
    lowest = np.minimum.accumulate(climb)
    end = int(np.argmax(climb[1:] - lowest[:-1])) + 1
    return int(np.argmin(climb[:end])), end
