"""Numbers that say the same in another unit and are rounded: kilograms and pounds with one decimal each.

The second is a factor times the first, plus something; rounding moves it by half a unit of its last digit, and by half
a unit of the first one's last digit times the factor. Nothing may be farther away than that, in any row.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

_ALIKE = 0.99999
_NEARLY_ALIKE = 0.9999
_SAMPLE_ROWS = 2_000
_MOST_COLUMNS = 300
_FEWEST_ROWS = 30
_MOST_DECIMALS = 6
_FIT = 1.1
"""The line is found from rounded numbers, too, and so is a little off."""

FloatArray = npt.NDArray[np.float64]


def rounded_pairs(frame: pd.DataFrame, names: list[str]) -> Iterator[tuple[str, str]]:
    """(column, earlier one it follows from but for rounding) among number columns of ``frame`` (n, any)."""
    names = names[:_MOST_COLUMNS]
    if len(names) < 2 or len(frame) < _FEWEST_ROWS:
        return
    rows = np.unique(np.linspace(0, len(frame) - 1, _SAMPLE_ROWS).astype(np.intp))
    sample = np.column_stack([_floats(frame[name].iloc[rows]) for name in names])
    near = np.abs(_correlations(sample)) > _NEARLY_ALIKE
    taken: set[int] = set()
    for place in range(1, len(names)):
        for earlier in np.flatnonzero(near[place, :place]):
            if int(earlier) in taken:
                continue
            if _is_rounded_line(_floats(frame[names[earlier]]), _floats(frame[names[place]])):
                taken.add(place)
                yield names[place], names[int(earlier)]
                break


def _floats(column: pd.Series) -> FloatArray:
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(np.abs(values) < 1e100, values, np.nan)


def _correlations(sample: FloatArray) -> FloatArray:
    """Of columns (rows, k), their gaps filled with the mean: columns that say the same have them in the same rows."""
    known = np.isfinite(sample)
    mean = np.where(known, sample, 0.0).sum(axis=0) / np.maximum(1, known.sum(axis=0))
    off = np.where(known, sample - mean, 0.0)
    length = np.sqrt((off**2).sum(axis=0))
    off = off / np.where(length > 0, length, 1.0)
    return np.asarray(off.T @ off)


def _is_rounded_line(first: FloatArray, second: FloatArray) -> bool:
    known = np.isfinite(first)
    if known.sum() < _FEWEST_ROWS or not np.array_equal(known, np.isfinite(second)):
        return False
    first, second = first[known], second[known]
    off = first - first.mean(), second - second.mean()
    lengths = float(np.sqrt((off[0] ** 2).sum() * (off[1] ** 2).sum()))
    if not lengths or abs(float(off[0] @ off[1])) <= _ALIKE * lengths:
        return False
    factor = float(off[0] @ off[1]) / float(off[0] @ off[0])
    reach = 0.5 * (_last_digit(second) + abs(factor) * _last_digit(first))
    return float(np.abs(off[1] - factor * off[0]).max()) <= _FIT * reach


def _last_digit(values: FloatArray) -> float:
    """The unit to which numbers (n,) are rounded: 0.1 for one decimal; 0 where they have too many to be rounded."""
    for decimals in range(_MOST_DECIMALS + 1):
        scaled = values * 10.0**decimals
        if np.abs(scaled - np.round(scaled)).max() <= 1e-6 * max(1.0, float(np.abs(values).max())):
            return 10.0**-decimals
    return 0.0
