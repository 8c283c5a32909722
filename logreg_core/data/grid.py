"""Rows of cells that do not come from text, written as plain text so that they are read like every other table."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from logreg_core.data.options import ReadOptions
from logreg_core.data.text_table import TextTable, Watch, read_text
from logreg_core.errors import TableError

_MOST_CELLS = 30_000_000


def as_cell(value: object) -> str:
    """Return a value as a cell: whole numbers without a point, dates by ISO 8601, nothing as the empty cell."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return str(value).replace("\0", "\ufffd")


def read_rows(rows: Iterable[Sequence[object]], options: ReadOptions, watch: Watch, **known: int) -> TextTable:
    """Return the table in rows of cells; row n of the grid is line n of the text, so that messages name it.

    ``known`` are options that the format decides, such as ``header_rows=1``.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    n_cells = 0
    for row in rows:
        n_cells += len(row)
        if n_cells > _MOST_CELLS:
            raise TableError(f"This table has more than {_MOST_CELLS:,} cells.", remedy="Upload a part of it as CSV.")
        cells = [as_cell(value).replace("\r\n", "\n").replace("\r", "\n") for value in row]
        writer.writerow(cells if len(cells) > 1 else [*cells, ""])
    utf8 = text.getvalue().encode("utf-8", "replace")
    text.close()
    if not utf8.strip(b',"\r\n '):
        raise TableError("This sheet is empty.", remedy="Choose another sheet, or upload another file.")
    fixed = {"delimiter": ",", "quote": '"', "escape": "", "comment": "", **known}
    given = {name: value for name, value in fixed.items() if name not in known or getattr(options, name) is None}
    found = read_text(utf8, replace(options, **given), watch)  # type: ignore[arg-type]
    detected = replace(found.detected, delimiter=None, quote=None, escape=None, comment=None)
    facts = tuple((what, told) for what, told in found.facts if what != "Delimiter")
    return replace(found, detected=detected, facts=facts)
