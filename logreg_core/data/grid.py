"""Rows of cells that do not come from text, read like every other table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from logreg_core.data.assembly import TextTable
from logreg_core.data.grid_text import TooManyCellsError, as_csv
from logreg_core.data.options import ReadOptions
from logreg_core.data.row_numbers import row_of_line, told_of_rows
from logreg_core.data.table import Watch
from logreg_core.data.text_table import read_text
from logreg_core.errors import TableError

MOST_CELLS = 30_000_000
MOST_BYTES = 2**29


def too_many_cells() -> TableError:
    """Return the refusal of a grid that is larger than what is read."""
    return TableError(
        f"This table has more than {MOST_CELLS:,} cells, or more than {MOST_BYTES // 2**20} MB of text.",
        remedy="Upload a part of it as CSV.",
    )


def read_rows(
    rows: Iterable[Sequence[object]], options: ReadOptions, watch: Watch, *, sure_names: bool = False, **known: int
) -> TextTable:
    """Return the table in rows of cells; messages name them by their number, names not counted if they are sure.

    ``known`` are options that the format decides, such as ``header_rows=1``; ``sure_names`` is explained at
    ``text_table.read_text``.
    """
    try:
        utf8 = as_csv(rows, MOST_CELLS, MOST_BYTES)
    except TooManyCellsError:
        raise too_many_cells() from None
    return read_csv(utf8, options, watch, sure_names=sure_names, **known)


def read_csv(utf8: bytes, options: ReadOptions, watch: Watch, *, sure_names: bool = False, **known: int) -> TextTable:
    """Return the table in rows that were written as CSV."""
    if not utf8.strip(b',"\r\n '):
        raise TableError("This sheet is empty.", remedy="Choose another sheet, or upload another file.")
    fixed = {"delimiter": ",", "quote": '"', "escape": "", "comment": "", **known}
    given = {name: value for name, value in fixed.items() if name not in known or getattr(options, name) is None}
    row = row_of_line(utf8, int(sure_names))
    try:
        found = read_text(utf8, replace(options, **given), watch, sure_names=sure_names)  # type: ignore[arg-type]
    except TableError as error:
        raise _told_of_rows(error, row) from None
    detected = replace(found.detected, delimiter=None, quote=None, escape=None, comment=None)
    facts = tuple((what, told_of_rows(told, row)) for what, told in found.facts if what != "Delimiter")
    warnings = [told_of_rows(sentence, row) for sentence in found.warnings]
    unplaced = tuple((row(line), text) for line, text in found.unplaced)
    return replace(found, detected=detected, facts=facts, warnings=warnings, unplaced=unplaced)


def _told_of_rows(error: TableError, row: Callable[[int], int]) -> TableError:
    """Return the refusal of a text for the grid it was written from, in which no quotation marks stand around cells."""
    remedy = "Shorten it, or leave it out." if "quotation mark" in error.remedy else error.remedy
    return error.retold(told_of_rows(error.what, row), where=told_of_rows(error.where, row), remedy=remedy)
