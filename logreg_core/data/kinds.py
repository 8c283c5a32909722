"""From a column of text to numbers, dates, yes/no or text, decided on all rows.

A column becomes something other than text only if every cell that is not missing agrees, under one way of writing. One
cell that does not agree keeps the column text, with a remark: it never becomes missing in silence. Codes with leading
zeros and whole numbers that no 64-bit integer holds stay text, because as numbers they would change.

Everything is decided on the *distinct* cells of a column, so that a column of few levels costs next to nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from logreg_core.data.agreed_kind import agreed_kind
from logreg_core.data.cells import Cells, without
from logreg_core.data.chosen_kind import as_chosen, told_of_chosen_marks
from logreg_core.data.dates import iso_dates
from logreg_core.data.levels import NULLS, are_levels, kept_levels, lost_levels, suspicious_levels
from logreg_core.data.remarks import COLUMNS, Remark, remarks_on_dates
from logreg_core.data.spellings import MISSING_AMONG_NUMBERS, MISSING_SPELLINGS, quoted
from logreg_core.data.text_remarks import remarks_on_text
from logreg_core.data.typed_column import USUAL, Reading, TypedColumn


def type_column(
    texts: Any, name: str, reading: Reading, kind: str | None = None, series: pd.Series[Any] | None = None
) -> TypedColumn:
    """Return the column ``name`` in the type all its cells agree on, or in the ``kind`` the user chose.

    Parameters
    ----------
    texts : pyarrow array of string
        As cut from the file; empty or null where there is nothing.
    name : str
        For the sentences.
    series : Series, optional
        The same cells as pandas has them, to be taken over if they stay text as they are.
    """
    dates = None if kind or reading.missing != MISSING_SPELLINGS else iso_dates(texts)
    if dates is not None and texts.null_count < len(texts):  # the quickest to tell, and common
        zone = tuple(remarks_on_dates(dates, texts, name, int))
        return TypedColumn(pd.Series(dates.found), remarks=zone)
    cells = Cells(texts, series)
    if cells.formulas:
        told = f"The cells of {COLUMNS} are text in formulas (=“…”); it was taken out."
        remark = Remark("formula", told.replace(COLUMNS, f"column {quoted(name)}"), 0, name, told)
        column = _decided(cells, name, reading, kind)
        return replace(column, remarks=(remark, *column.remarks))
    return _decided(cells, name, reading, kind)


def _decided(cells: Cells, name: str, reading: Reading, kind: str | None) -> TypedColumn:
    """Return the column in its type, once its cells are known."""
    present, missing = without(cells, cells.distinct, reading.missing)
    if kind == "text":
        return TypedColumn(cells.text(present), missing)
    if kind is not None:
        return as_chosen(cells, present, name, reading, kind, missing)
    column = agreed_kind(cells, present, name, reading)
    if column is None and reading.judges_words:
        fewer, extra = without(cells, present, MISSING_AMONG_NUMBERS)
        column = agreed_kind(cells, fewer, name, reading) if extra and fewer.null_count < len(fewer) else None
        if column is not None:
            missing.update(extra)
            told = ", ".join(f"{quoted(spelling)} ({count:,})" for spelling, count in extra.items())
            remark = Remark("missing", f"In column {quoted(name)}, these cells were read as missing: {told}.")
            column = replace(column, missing=missing, remarks=(*column.remarks, remark), open_question=False)
    if column is not None:
        return replace(column, missing=missing)
    return _as_text(cells, present, missing, name, reading)


def _as_text(cells: Cells, present: Any, missing: dict[str, int], name: str, reading: Reading) -> TypedColumn:
    """Return the column as text, after a second look at what was read as missing before its kind was known."""
    remarks: list[Remark] = []
    if reading.judges_words:
        usual = {spelling: count for spelling, count in missing.items() if spelling in USUAL}
        kept = are_levels(present, usual)
        if kept:
            missing = {spelling: count for spelling, count in missing.items() if spelling not in kept}
            present, _ = without(cells, cells.distinct, tuple(missing))
            remarks += kept_levels(name, kept, present)
        present, nulls = without(cells, present, NULLS)
        missing = {**missing, **nulls}
        if nulls:
            told = ", ".join(f"{quoted(spelling)} ({count:,})" for spelling, count in nulls.items())
            was = "was" if len(nulls) == 1 else "were"
            remarks.append(Remark("missing", f"In column {quoted(name)}, {told} {was} read as missing."))
        told_of = {spelling: count for spelling, count in missing.items() if spelling in USUAL or spelling in NULLS}
        remarks += lost_levels(present, told_of, cells.n_rows, name)
        remarks += suspicious_levels(present, cells.counts, name)
    chosen = told_of_chosen_marks(cells, present, name, reading)
    remarks += chosen or remarks_on_text(present, cells.counts, name, cells.row_of, spaces=cells.spaces)
    return TypedColumn(cells.text(present), missing, tuple(remarks))
