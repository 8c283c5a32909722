"""Columns that say whom a row is about, when the same customer or patient has several rows."""

from __future__ import annotations

import pandas as pd
from pandas.api import types

from logreg_core.features.columns import MAX_LEVELS
from logreg_core.features.names import names_an_identifier, names_members_of_a_group, names_somebody
from logreg_core.features.values import holds_whole_numbers

MIN_GROUPS = 10
"""Different values from which on those of a column can be the customers or patients that rows belong to."""
MOST_GROUPS = 0.95
"""Different values a row up to which such a customer has several rows; beyond, the column names the row."""


FEWEST_OF_ITS_OWN, FEWEST_ROWS = 0.5, 20
"""Different values a row, and rows, from which on a column that is named an identifier names the row."""


def names_members(name: str, distinct: int, known: int) -> bool:
    """Whether a column by its name holds members, and its ``distinct`` values in ``known`` rows are theirs.

    Where the name does not speak of a number, as in "customer", few different values are kinds of customers.
    """
    if distinct > MOST_GROUPS * known:
        return False
    return (names_members_of_a_group(name) and distinct >= MIN_GROUPS) or (
        names_somebody(name) and distinct > MAX_LEVELS
    )


def names_the_row(name: str, distinct: int, known: int) -> bool:
    """Whether a column by its name holds identifiers, and so many different ones that hardly any says more."""
    return known >= FEWEST_ROWS and distinct >= FEWEST_OF_ITS_OWN * known and names_an_identifier(name)


def can_name(column: pd.Series) -> bool:
    """Whether values can be names: texts, yes/no or whole numbers; amounts with fractions and dates cannot."""
    if types.is_datetime64_any_dtype(column.dtype):
        return False
    return not types.is_float_dtype(column.dtype) or holds_whole_numbers(column)
