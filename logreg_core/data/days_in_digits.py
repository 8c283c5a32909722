"""Whole numbers that are days or moments, such as 20240131 and 202401311530, and those that only may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from logreg_core.data.dates import Dates, find_dates
from logreg_core.data.remarks import Remark
from logreg_core.data.spellings import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from logreg_core.data.numbers import Numbers

_DAYS_IN_DIGITS = tuple((19_000_101 * more, 20_991_231 * more + more - 1) for more in (1, 10_000, 1_000_000))
_FROM_59_TO_100 = 41  # the step from one minute to the next hour in 202401310059 and 202401310100


def dates_in_digits(numbers: Numbers, present: Any) -> Dates | None:
    """Return dates if all whole numbers are such as 20240131 or 202401311530, which hardly any other numbers are."""
    values = numbers.found
    finite = values[np.isfinite(values)] if values.dtype.kind == "f" else values
    if not finite.size or len(np.unique(finite)) < 3:
        return None
    if not any(low <= finite.min() and finite.max() <= high for low, high in _DAYS_IN_DIGITS):
        return None
    dates = find_dates(present, None, None)
    is_timed = finite.min() > _DAYS_IN_DIGITS[0][1]
    return None if dates is not None and is_timed and _count_within_days(finite, dates) else dates


def _count_within_days(digits: npt.NDArray[Any], dates: Dates) -> bool:
    """Whether digits that could be moments are rather a day and a running number, as those of orders are.

    A running number begins at 1 and goes up by 1, so it seems to be minutes after midnight; unlike a clock, it does not
    go from 59 to 100. Moments that are all midnight are days.
    """
    steps = np.diff(np.unique(digits))
    moments = dates.found[~np.isnat(dates.found)]
    since_midnight = moments - moments.astype("datetime64[D]")
    if not since_midnight.astype(np.int64).any():
        return False
    goes_on = 2 * np.count_nonzero(steps == 1) > len(steps) and not (steps == _FROM_59_TO_100).any()
    return bool(goes_on or (since_midnight < np.timedelta64(1, "h")).all())


def _may_be_days(values: npt.NDArray[Any], low: int, high: int) -> bool:
    finite = values[np.isfinite(values)] if values.dtype.kind == "f" else values
    return bool(finite.size and finite.min() >= low and finite.max() <= high)


def told_of_days(values: npt.NDArray[Any], present: Any, name: str) -> Iterable[Remark]:
    """Tell of whole numbers that may be days: with a time, which may be a count within the day, or too few to know."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for low, high, ending, what in (
        (1_900_010_100, 2_099_123_123, "00", "days with an hour"),
        (19_000_101, 20_991_231, "0000", "days"),
        *((low, high, "", "days with a time") for low, high in _DAYS_IN_DIGITS[1:]),
    ):
        if _may_be_days(values, low, high):
            rest, nothing = pa.scalar(ending, present.type), pa.scalar("", present.type)
            moments = pc.binary_join_element_wise(present, rest, nothing).to_pylist()
            if find_dates(pa.array(moments * (3 if len(moments) < 3 else 1)), None, None) is not None:
                cell = quoted(next(cell for cell in present.to_pylist() if cell))
                told = f"Numbers of column {quoted(name)} may be {what}, such as {cell}; they were kept as numbers."
                yield Remark("digits", told)
