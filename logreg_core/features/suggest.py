"""Which columns to start with, and why the others are left out at first."""

from __future__ import annotations

import pandas as pd
from pandas.api import types

from logreg_core.features.columns import MAX_LEVELS, MIN_GROUPS, MOST_GROUPS, reason_against
from logreg_core.features.findings.names import names_members_of_a_group
from logreg_core.features.values import is_number


def suggest_features(frame: pd.DataFrame, target: str) -> tuple[str, ...]:
    """Columns to start with: all that can be used, without the target and without what merely numbers the rows."""
    left_out = {name for name, _ in left_out_features(frame, target)}
    return tuple(name for name in frame.columns if name != target and name not in left_out)


def left_out_features(frame: pd.DataFrame, target: str) -> tuple[tuple[str, str], ...]:
    """(column, reason) for each column but the target that ``suggest_features`` does not choose, in table order."""
    reasons = ((name, _reason_against_suggesting(frame[name])) for name in frame.columns if name != target)
    return tuple((name, reason) for name, reason in reasons if reason)


def _reason_against_suggesting(column: pd.Series) -> str:
    reason = reason_against(column, as_number=is_number(column))
    if reason:
        return reason
    if _counts_rows(column):
        return "counts the rows"
    return "names who the row is about" if _names_a_customer(column) else ""


def _counts_rows(column: pd.Series) -> bool:
    """True for 1, 2, 3, ... in any order: a row number, which carries nothing that would hold for a new row."""
    if not types.is_integer_dtype(column.dtype) or len(column) < MAX_LEVELS:
        return False
    return bool(column.max() - column.min() == len(column) - 1 and column.is_unique)


def _names_a_customer(column: pd.Series) -> bool:
    """True for customer or patient numbers with several rows each: what they teach holds for no new customer."""
    if types.is_float_dtype(column.dtype) or not names_members_of_a_group(str(column.name)):
        return False
    return bool(MIN_GROUPS <= column.nunique() <= MOST_GROUPS * column.count())
