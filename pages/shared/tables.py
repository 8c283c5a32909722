"""How tables stand on a page: how high they are, and which of their dates are days alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

_ROW_HEIGHT = 35
_BORDERS = 3


def height_of(lines: int, *, most: int) -> int:
    """Pixels for so many lines under the names of the columns; what is more than ``most`` lines is scrolled."""
    return min(lines + 1, most) * _ROW_HEIGHT + _BORDERS


def without_time(frame: pd.DataFrame, days: Collection[str]) -> Any:
    """The ``column_config`` that makes ``st.dataframe`` show these columns of ``frame`` without a time of day.

    By their place, the index being the first: a column may be named ``_index``, by which Streamlit means the index.
    Its types know of names only.
    """
    return {place: st.column_config.DateColumn() for place, name in enumerate(frame.columns, 1) if name in days}
