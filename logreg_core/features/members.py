"""Columns that say whom a row is about, when the same customer or patient has several rows."""

from __future__ import annotations

import pandas as pd
from pandas.api import types

from logreg_core.features.columns import MAX_LEVELS
from logreg_core.features.names import names_members_of_a_group, names_one_member
from logreg_core.features.values import holds_whole_numbers

MIN_GROUPS = 10
"""Different values from which on those of a column can be the customers or patients that rows belong to."""
MOST_GROUPS = 0.95
"""Different values a row up to which such a customer has several rows; beyond, the column names the row."""


def names_members(name: str, distinct: int, known: int) -> bool:
    """Whether a column by its name holds members, and its ``distinct`` values in ``known`` rows are theirs."""
    if names_one_member(name) and distinct > MAX_LEVELS:  # few different ones may be kinds of customers
        return distinct <= MOST_GROUPS * known
    return names_members_of_a_group(name) and MIN_GROUPS <= distinct <= MOST_GROUPS * known


def can_name(column: pd.Series) -> bool:
    """Whether values can be names: texts, yes/no or whole numbers; amounts with fractions and dates cannot."""
    if types.is_datetime64_any_dtype(column.dtype):
        return False
    return not types.is_float_dtype(column.dtype) or holds_whole_numbers(column)
