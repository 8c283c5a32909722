"""What each chosen column is to the model - a number or a category - and which cannot be used, with the reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api import types

from logreg_core.data.mostly_numbers import is_limit, read, writing_of
from logreg_core.data.spoken import spoken
from logreg_core.features.targets import class_names
from logreg_core.features.values import amounts, cut_short, finite, is_number, largest_amount

MAX_LEVELS = 30
MIN_ROWS_PER_LEVEL = 3
_NAMES_THE_ROW = 0.8
# Values that differ by so few steps of the float format are a constant with rounding errors.
MIN_STEPS_APART = 8
NEARLY_ALL = 0.9
A_DATE = "a date"
ONE_VALUE_OR_BLANK = "holds only"
VARIES_TOO_LITTLE = "varies too little for its size to be used"
_SHOWN_CHARACTERS = 40


@dataclass(frozen=True)
class Roles:
    """``numbers`` and ``categories`` can be used, in the order given; ``dropped`` holds (column, reason)."""

    numbers: tuple[str, ...]
    categories: tuple[str, ...]
    dropped: tuple[tuple[str, str], ...]

    @property
    def features(self) -> tuple[str, ...]:
        """All columns that can be used: numbers first, then categories."""
        return self.numbers + self.categories


def assign_roles(
    frame: pd.DataFrame,
    features: tuple[str, ...],
    as_categories: tuple[str, ...] = (),
    *,
    degree: int = 1,
    flag: bool = False,
    rows: str = "the training rows",
) -> Roles:
    """Decide for each of ``features`` from the rows of ``frame`` (the training rows, once they are known).

    ``degree`` decides how large a number may be; with ``flag`` the model sees what is missing, so one value or none are
    two levels of a category; ``rows`` is what the reasons call the rows of ``frame``.
    """
    numbers: list[str] = []
    categories: list[str] = []
    dropped: list[tuple[str, str]] = []
    for name in features:
        column = frame[name]
        as_number = is_number(column) and name not in as_categories
        reason = reason_against(column, as_number=as_number, degree=degree)
        if flag and reason.startswith(ONE_VALUE_OR_BLANK):
            categories.append(name)
        elif reason == A_DATE:
            dropped.append((name, f"{reason}; turn it into a number (such as days since) to use it"))
        elif reason == VARIES_TOO_LITTLE:
            dropped.append((name, reason))
        elif reason:
            dropped.append((name, f"{reason} in {rows}"))
        elif as_number:
            numbers.append(name)
        else:
            categories.append(name)
    return Roles(tuple(numbers), tuple(categories), tuple(dropped))


def reason_against(column: pd.Series, *, as_number: bool, degree: int = 1) -> str:
    """Why no model can use a column, or an empty text when it can."""
    if types.is_datetime64_any_dtype(column.dtype):
        return A_DATE
    return _reason_against_amounts(column, degree) if as_number else _reason_against_levels(finite(column))


def _reason_against_amounts(column: pd.Series, degree: int) -> str:
    values = amounts(column, degree)
    known = values[~np.isnan(values)]
    if known.size == 0:
        too_large = finite(column).notna().any()
        return f"no values of at most {largest_amount(degree):.0e} in size" if too_large else "no values"
    low, high = known.min(), known.max()
    # Large whole numbers that differ can be one and the same float.
    if low == high and not (types.is_integer_dtype(column.dtype) and column.min() < column.max()):
        only = spoken(column.iloc[int(np.flatnonzero(~np.isnan(values))[0])])
        return f"{ONE_VALUE_OR_BLANK} {only} or blanks" if known.size < values.size else f"constant: always {only}"
    if high - low <= MIN_STEPS_APART * np.spacing(max(abs(low), abs(high))):
        return VARIES_TOO_LITTLE
    return ""


def _reason_against_levels(column: pd.Series) -> str:
    distinct, rows = column.nunique(), int(column.count())
    if distinct == 0:
        return "no values"
    if distinct == 1:
        return _one_level(column)
    if distinct > MAX_LEVELS and distinct * MIN_ROWS_PER_LEVEL > rows:
        odd = text_among_numbers(column)
        if odd is not None:
            return f"text in a number column: '{odd}' among numbers"
        kind = "numbers" if is_number(column) else "texts"
        if distinct < _NAMES_THE_ROW * rows:
            return f"too many levels: {distinct:,} different {kind}, fewer than {MIN_ROWS_PER_LEVEL} rows for each"
        return f"names the row: {distinct:,} different {kind}"
    return ""


def _one_level(column: pd.Series) -> str:
    if not column.isna().any():
        return "constant: always the same"
    return f"{ONE_VALUE_OR_BLANK} '{cut_short(class_names(column).categories[0], _SHOWN_CHARACTERS)}' or blanks"


def text_among_numbers(column: pd.Series) -> str | None:
    """The first cell that is no number, or a limit, cut to be shown, where nearly all others are numbers; else None."""
    import pyarrow as pa

    if not types.is_string_dtype(column.dtype):
        return None
    codes, cells = pd.factorize(column)
    texts, counts = pa.array(cells.astype("str").tolist(), pa.string()), np.bincount(codes[codes >= 0])
    writing = writing_of(texts, counts, NEARLY_ALL)
    if writing is None:
        return None
    odd = np.flatnonzero(np.isnan(read(texts, writing)) | is_limit(texts))
    return cut_short(str(cells[odd[0]]), _SHOWN_CHARACTERS) if odd.size else None
