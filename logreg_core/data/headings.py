"""Rows that hold nothing but a first cell, and rows below a first cell that may hold for them, too.

A first cell alone may be a heading of a section, a note, a page number, or data with gaps.

Nothing tells them apart for sure, so they stay in the table and are told with their lines. Such a row is an ordinary
one where its cell is a code like those of other rows, and in tables of two columns, where one gap is all it takes,
unless it is written like no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from logreg_core.data.spellings import lines_listed, quoted
from logreg_core.data.typed_column import TypedColumn

_MOST = 1 / 3
_MOST_LOOKED_AT = 2_000
_FEWEST = 4
_WORDS = re.compile(r"\s\S|:")


def told_of_headings(columns: Sequence[TypedColumn], line_of: Callable[[int], int]) -> list[str]:
    """Return a sentence about the rows with text in the first column and nothing in the others, or none.

    Where all others have words that say "no value", such rows are ordinary.
    """
    first, others = columns[0].series, columns[1:]
    if not isinstance(first.dtype, pd.StringDtype) or all(column.missing for column in others):
        return []
    alone = np.ones(len(first), dtype=np.bool_)
    for column in others:
        alone &= column.series.isna().to_numpy()
        if not alone.any():
            return []
    alone &= first.notna().to_numpy()
    rows = np.flatnonzero(alone)
    if not len(rows) or len(rows) > max(1, _MOST * len(first)):
        return []
    shapes = {_shape(cell) for cell in first[~alone].iloc[:_MOST_LOOKED_AT].dropna()}
    odd = [int(row) for row in rows[:_MOST_LOOKED_AT] if _is_odd(first.iloc[row], shapes, narrow=len(columns) == 2)]
    if not odd:
        return []
    lines = lines_listed([line_of(row) for row in odd]).capitalize()
    what = f"{'holds' if len(odd) == 1 else 'hold'} only a first cell ({quoted(first.iloc[odd[0]])}), kept as data"
    return [f"{lines} {what}. Take headings and notes out of the file."]


def told_of_second_table(
    columns: Sequence[TypedColumn], gaps: Sequence[int], line_of: Callable[[int], int]
) -> list[str]:
    """Return a sentence about words that stand below the only empty line and nowhere else, as names do, or none.

    Among numbers such a row is told anyway; where no word occurs twice, nothing shows that these are odd.
    """
    cells = [column.series for column in columns]
    if len(gaps) != 1 or not all(isinstance(series.dtype, pd.StringDtype) for series in cells):
        return []
    row = gaps[0]
    are_new = all(int((series == series.iloc[row]).sum()) == 1 for series in cells)
    if not are_new or row + 1 >= len(cells[0]) or not any(series.duplicated().any() for series in cells):
        return []
    told = f"Line {line_of(row):,} ({quoted(cells[0].iloc[row])}, …) stands below an empty line and was kept as data."
    return [f"{told} If another table begins there, take it out of the file."]


def told_of_gaps(name: str, columns: Sequence[TypedColumn]) -> list[str]:
    """Return a sentence about a first column of words, each written once above several gaps, as pivot tables do."""
    first = columns[0].series
    if not isinstance(first.dtype, pd.StringDtype) or columns[0].missing or len(first) < _FEWEST:
        return []
    is_gap = first.isna().to_numpy()
    n_gaps = int(is_gap.sum())
    if is_gap[0] or 2 * n_gaps < len(first) or n_gaps == len(first) or not first.dropna().is_unique:
        return []
    if not any(bool(column.series.notna().all()) for column in columns[1:]):
        return []
    return [
        f"Column {quoted(name)} is empty in {n_gaps:,} of {len(first):,} rows. If each of its words also holds for the"
        " rows below it, write it there."
    ]


def _shape(cell: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"[^\W\d_]+", "a", cell))


def _is_odd(cell: str, others: set[str], *, narrow: bool) -> bool:
    shape = _shape(cell)
    if shape in others and ("0" in shape or narrow):
        return False
    return not narrow or bool(_WORDS.search(cell))
