"""What each chosen column is to the model - a number or a category - and which cannot be used, with the reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api import types

MAX_LEVELS = 30
MIN_ROWS_PER_LEVEL = 3


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


def is_number(column: pd.Series) -> bool:
    """True for a column of amounts; yes/no, text and dates are not."""
    return types.is_numeric_dtype(column.dtype) and not types.is_bool_dtype(column.dtype)


def assign_roles(frame: pd.DataFrame, features: tuple[str, ...], as_categories: tuple[str, ...] = ()) -> Roles:
    """Decide for each of ``features`` from the rows of ``frame`` (the training rows, once they are known)."""
    numbers: list[str] = []
    categories: list[str] = []
    dropped: list[tuple[str, str]] = []
    for name in features:
        column = frame[name]
        as_number = is_number(column) and name not in as_categories
        reason = _reason_against(column, as_number=as_number)
        if reason:
            dropped.append((name, reason))
        elif as_number:
            numbers.append(name)
        else:
            categories.append(name)
    return Roles(tuple(numbers), tuple(categories), tuple(dropped))


def _reason_against(column: pd.Series, *, as_number: bool) -> str:
    """Why no model can use a column, or an empty text when it can."""
    if types.is_datetime64_any_dtype(column.dtype):
        return "a date; turn it into a number (such as days since) to use it"
    return _reason_against_amounts(column) if as_number else _reason_against_levels(column)


def _reason_against_amounts(column: pd.Series) -> str:
    values = column.to_numpy(dtype=float, na_value=np.nan)
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return "no values in the training rows"
    return "" if finite.min() < finite.max() else f"constant: always {finite[0]:.6g} in the training rows"


def _reason_against_levels(column: pd.Series) -> str:
    distinct, rows = column.nunique(), int(column.count())
    if distinct == 0:
        return "no values in the training rows"
    if distinct == 1:
        return "constant: the same in all training rows"
    if distinct > MAX_LEVELS and distinct * MIN_ROWS_PER_LEVEL > rows:
        return f"{distinct:,} different texts in {rows:,} training rows: it names rows rather than describes them"
    return ""


def suggest_features(frame: pd.DataFrame, target: str) -> tuple[str, ...]:
    """Columns to start with: all that can be used, without the target and without what merely numbers the rows."""
    others = tuple(name for name in frame.columns if name != target)
    usable = set(assign_roles(frame, others).features)
    return tuple(name for name in others if name in usable and not _counts_rows(frame[name]))


def _counts_rows(column: pd.Series) -> bool:
    """True for 1, 2, 3, ... in any order: a row number, which carries nothing that would hold for a new row."""
    if not types.is_integer_dtype(column.dtype) or len(column) < MAX_LEVELS:
        return False
    return bool(column.max() - column.min() == len(column) - 1 and column.is_unique)
