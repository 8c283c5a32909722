"""Dates written as text in the international way: "2024-05-31", with a time or not, or a month "2024-05".

A file of typed columns, such as Parquet, may hold dates as text, and the reader of files leaves months as text.
"""

from __future__ import annotations

import pandas as pd
from pandas.api import types

_FIRST_LOOK = 200
_ISO = r"\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2}(?:[T ]\d{2}:\d{2}.*)?)?"


def holds_iso_dates(column: pd.Series) -> bool:
    """Whether all cells of a text column (n,) that are not missing are such dates, and at least one is there."""
    if not (types.is_string_dtype(column.dtype) or types.is_object_dtype(column.dtype)):
        return False
    return all(_all_dates(part) for part in (column.iloc[:_FIRST_LOOK], column))


def _all_dates(column: pd.Series) -> bool:
    texts = column.dropna().drop_duplicates()
    if texts.empty or not types.is_string_dtype(texts.dtype):
        return False
    if not texts.astype("str").str.fullmatch(_ISO).all():
        return False
    return bool(pd.to_datetime(texts, errors="coerce", format="ISO8601", utc=True).notna().all())
