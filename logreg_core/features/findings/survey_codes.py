"""Codes with which surveys say that nobody answered: -9, -8, -7, or -1 below, and 9 or 99 above a scale of few steps.

Such codes are too near to a scale to stand apart from it by their size, so they are told by what is not there: of an
amount or a count, values between the scale and the code would occur as well.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_BELOW = frozenset((-9.0, -8.0, -7.0))
_ONE_DIGIT, _TWO_DIGITS = frozenset((8.0, 9.0)), frozenset((97.0, 98.0, 99.0))
_ABOVE = ((_ONE_DIGIT, {9.0}), (_TWO_DIGITS, {99.0}), (_ONE_DIGIT | _TWO_DIGITS, {9.0, 99.0}))
"""Codes, and those of them without which the others are none."""
_FEWEST_STEPS, _MOST_STEPS = 3, 10
_FEWEST_ROWS, _LEAST, _MOST = 3, 0.01, 0.3


def survey_codes(values: npt.NDArray[np.float64], counts: npt.NDArray[np.intp]) -> tuple[tuple[float, int], ...]:
    """Those of the different ``values`` (k,), sorted, of ``counts`` rows each, that are codes; with their rows."""
    if not (values == np.floor(values)).all():
        return ()
    at = np.flatnonzero(values < 0)
    if at.size and not set(values[at]) <= _BELOW:
        at = at if _is_minus_one_below_a_scale(values) else np.empty(0, dtype=np.intp)
    elif not at.size:
        at = _above_a_scale(values)
    rows, total = counts[at], int(counts.sum())
    if not at.size or len(values) - at.size < _FEWEST_STEPS:
        return ()
    if rows.max() < max(_FEWEST_ROWS, _LEAST * total) or rows.sum() > _MOST * total:
        return ()
    return tuple((float(value), int(count)) for value, count in zip(values[at], rows, strict=True))


def _is_minus_one_below_a_scale(values: npt.NDArray[np.float64]) -> bool:
    """Whether the values are -1 and a scale 1, 2, 3, 4, ...: what could be below 1 would be 0 as well.

    Of fewer steps, they may be the floors of a house.
    """
    steps = len(values) - 1
    return _FEWEST_STEPS < steps <= _MOST_STEPS and np.array_equal(values, [-1, *range(1, steps + 1)])


def _above_a_scale(values: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """Places of codes above a scale 0, 1, 2, ... or 1, 2, 3, ... of which no step is left out, and some are between."""
    for codes, needed in _ABOVE:
        is_code = np.isin(values, list(codes))
        scale = values[~is_code]
        if not is_code.any() or not _FEWEST_STEPS <= len(scale) <= _MOST_STEPS or scale[0] not in (0.0, 1.0):
            continue
        whole = bool((np.diff(scale) == 1).all())
        # A count, which begins at 0, may leave out one step by chance in its tail; a scale has none between.
        between = values[is_code][0] - scale[-1] - 1
        if whole and needed <= set(values) and between >= (2 if scale[0] == 0 or len(scale) < _FEWEST_STEPS else 1):
            return np.flatnonzero(is_code)
    return np.empty(0, dtype=np.intp)
