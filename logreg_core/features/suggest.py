"""Which columns to start with, and why the others are left out at first."""

from __future__ import annotations

import pandas as pd

from logreg_core.features.columns import MAX_LEVELS, reason_against
from logreg_core.features.members import can_name, names_members, names_the_row
from logreg_core.features.names import names_an_identifier
from logreg_core.features.values import holds_whole_numbers, is_number

MOSTLY_KNOWN = 0.95
"""Share of the rows that have a number of their own from which on a column of such numbers counts the rows."""


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
    if _names_a_customer(column):
        return "names who the row is about"
    return "names the row" if _is_an_identifier(column) else ""


def _counts_rows(column: pd.Series) -> bool:
    """True for 1, 2, 3, ... in any order: a row number, which carries nothing that would hold for a new row.

    As many of these numbers as rows have none may be left out.
    """
    if len(column) < MAX_LEVELS or not is_number(column) or not holds_whole_numbers(column):
        return False
    known = column.dropna()
    return bool(
        len(known) >= MOSTLY_KNOWN * len(column)
        and len(known) - 1 <= known.max() - known.min() < len(column)
        and known.is_unique
    )


def _names_a_customer(column: pd.Series) -> bool:
    """True for customer or patient numbers with several rows each: what they teach holds for no new customer."""
    return names_members(str(column.name), column.nunique(), int(column.count())) and can_name(column)


def _is_an_identifier(column: pd.Series) -> bool:
    """True for "policy_no" or "phone" with a number of its own in most of the rows."""
    name = str(column.name)
    # The name first: counting different values takes its time.
    if not names_an_identifier(name) or not can_name(column):
        return False
    return names_the_row(name, column.nunique(), int(column.count()))
