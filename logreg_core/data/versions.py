"""Tells versions and sections such as 1.9, 1.10, 1.11 from numbers: after the point whole numbers count on.

As numbers, 1.1 and 1.10 would be the same. Measures typed by hand may have one decimal here and two there, too, but
hardly those from 10 on without a gap. What programs write never ends in a zero behind other decimals.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pandas as pd

_NUMBER = re.compile(r"(\d{1,4})[.,](\d{1,3})")
_LOOK = 1_000
_LARGEST = 10_000
_FIRST_OF_TWO_DIGITS = 10
_SHORT_RUN = (8, 9, 10)


def may_be_versions(column: pd.Series[float]) -> bool:
    """Whether a column cut as numbers has some with one and none with more than three decimals, and none below zero."""
    if column.dtype != np.float64:
        return False
    values = column.to_numpy()[:_LOOK]
    values = values[~np.isnan(values)]
    if not values.size or values.min() < 0 or values.max() >= _LARGEST:
        return False
    tenths, thousandths = values * 10, values * 1_000
    one = np.abs(tenths - np.round(tenths)) < 1e-6
    return bool(one.any() and (np.abs(thousandths - np.round(thousandths)) < 1e-4).all())


def differ_in_zeros(cells: Sequence[str | None] = ()) -> bool:
    """Whether some numbers end in a zero behind other decimals while others have one decimal."""
    ends = [cell.replace(",", ".").rpartition(".")[2] for cell in cells if cell and ("." in cell or "," in cell)]
    return any(len(end) > 1 and end.endswith("0") for end in ends) and any(len(end) == 1 for end in ends)


def first_version(cells: Sequence[str | None]) -> int | None:
    """Return the place of the first cell that counts on from one digit after the point to two, or None."""
    parts: dict[str, set[int]] = defaultdict(set)
    first: int | None = None
    for place, cell in enumerate(cells):
        found = _NUMBER.fullmatch(cell) if cell is not None else None
        if cell is None:
            continue
        if found is None or (len(found[2]) > 1 and found[2][0] == "0"):
            return None
        parts[found[1]].add(int(found[2]))
        if first is None and found[2] == str(_FIRST_OF_TWO_DIGITS):
            first = place
    runs = [(minors, _long(minors)) for minors in parts.values() if _long(minors)]
    counting = all(run == list(range(_FIRST_OF_TWO_DIGITS, run[-1] + 1)) and min(of) < 10 for of, run in runs)
    is_sure = any(len(run) > 1 or set(_SHORT_RUN) <= of for of, run in runs)
    return first if runs and counting and is_sure else None


def _long(minors: set[int]) -> list[int]:
    return sorted(minor for minor in minors if minor >= _FIRST_OF_TWO_DIGITS)


def same_numbers(cells: Sequence[str | None]) -> tuple[int, int] | None:
    """Return the places of two cells that are one number written with and without zeros at its end, or None."""
    seen: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if cell and ("." in cell or "," in cell):
            number = cell.rstrip("0")
            if cells[seen.setdefault(number, place)] != cell and number[-1] not in ".,":
                return seen[number], place
    return None
