"""From UTF-8 text to a table: the walk from dialect to outline to rows, which ``assembly`` names and types."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from logreg_core.data.assembly import Assembly, TextTable, arrow_of
from logreg_core.data.backslashes import told_of_backslashes
from logreg_core.data.body import (
    Body,
    lines_of_multiline,
    refuse_endless_lines,
    sliced_body,
    swallows,
    told_swallowing,
    walked_body,
)
from logreg_core.data.composed import composed
from logreg_core.data.cut import cut
from logreg_core.data.dialect import find_dialect
from logreg_core.data.invisible import without_invisible
from logreg_core.data.marked_names import unmarked_names
from logreg_core.data.options import ReadOptions
from logreg_core.data.outline import Outline, find_outline, sure_outline
from logreg_core.data.records import Dialect, Record, is_comment, records
from logreg_core.data.survey import Survey
from logreg_core.data.table import Watch
from logreg_core.data.totals import judged
from logreg_core.errors import TableError

MAX_COLUMNS = 5_000
_HEAD_RECORDS = 250
_MOST_HEAD_CELLS = 40_000
_FEWEST_HEAD_RECORDS = 20
_MAX_FIRST_LINE = 8 * 2**20
_SEP_LINE = re.compile(rb'\s*"?sep=([^\r\n"\w])"?[,;\t|]*\r?(?:\n|$)', re.IGNORECASE)  # Excel's own way to say it
_LINE_END = re.compile(rb"[\r\n]")
_MOST_LOOKED_AT = 20_000


def read_text(
    utf8: bytes, options: ReadOptions, watch: Watch, *, sure_names: bool = False, ascii_only: bool = False
) -> TextTable:
    """Return the table in ``utf8``.

    Parameters
    ----------
    sure_names : bool
        Whether the format itself says that the first row holds names and all others data, as JSON does: nothing is
        judged by its looks then.
    ascii_only : bool
        Whether the text is known to be ASCII, so that no letter of it is looked for.

    Raises
    ------
    TableError
        For text that holds no table, or none that can be told apart rightly.
    """
    if len(utf8) > _MAX_FIRST_LINE and _LINE_END.search(utf8, 0, _MAX_FIRST_LINE) is None:
        raise TableError("The first line is longer than 8 MB: this does not look like a table of rows and columns.")
    utf8 = _with_newlines(utf8)
    utf8, invisible = (utf8, ()) if ascii_only else without_invisible(utf8)
    utf8, long_letters = (utf8, ()) if ascii_only else composed(utf8)
    watch(0.1, "Finding rows and columns")
    skipped = options.skip_rows or 0
    said = _SEP_LINE.match(utf8) if options.skip_rows is None and options.delimiter is None else None
    if said:
        skipped = utf8.count(b"\n", 0, said.end())
        if said[1] in utf8[said.end() :]:  # else the line was left from another file
            options = replace(options, delimiter=said[1].decode())
    may_be_marked = options.header_rows != 0 and not sure_names
    utf8, marked = unmarked_names(utf8, skipped) if may_be_marked else (utf8, ())
    dialect, close_calls = find_dialect(_from_line(utf8, skipped), options)
    if options.escape != "":  # else it is known that there is none
        mark = dialect.delimiter
        close_calls += told_of_backslashes(utf8, dialect.escape, dialect.quote, mark, spelled=dialect.spelled)
    if len(dialect.delimiter) == 1:
        refuse_endless_lines(utf8, dialect.delimiter)
    head = _head(utf8, dialect, skipped)
    widest = max((len(record.cells) for record in head), default=1)
    head = head[: max(_MOST_HEAD_CELLS // widest, _FEWEST_HEAD_RECORDS)]
    outline = sure_outline(head) if sure_names else find_outline(head, options)
    if max(outline.width, *(len(row) for row in outline.names), 0) > MAX_COLUMNS:
        raise _too_many_columns()
    body, columns, _ = _columns(utf8, dialect, outline, head, options, skipped, watch)
    assembly = Assembly(dialect, outline, options, body, watch, columns)
    if options.footer_rows is None:
        footer, told = judged(list(assembly.typed.values()), body.footer, body.line_of)
        if footer != body.footer_rows:
            body, columns, _ = _columns(
                utf8, dialect, outline, head, replace(options, footer_rows=footer), skipped, watch
            )
            assembly = Assembly(dialect, outline, options, body, watch, columns)
        assembly.warnings += told
    return assembly.table((*invisible, *long_letters, *marked, *close_calls))


def _too_many_columns() -> TableError:
    return TableError(f"This file has more than {MAX_COLUMNS:,} columns.", remedy="Remove columns that are not needed.")


def _head(utf8: bytes, dialect: Dialect, skipped: int) -> list[Record]:
    """Return the first rows without comments; refused at the second one, or the first of all, that is too wide."""
    head: list[Record] = []
    n_wide = 0
    for record in islice(records(utf8, dialect, skipped), _HEAD_RECORDS):
        if len(record.cells) > MAX_COLUMNS:
            n_wide += 1
            if n_wide > 1 or not head:
                raise _too_many_columns()
        if not (len(record.cells) == 1 and is_comment(record.cells[0], dialect.comment)):
            head.append(record)
    return head


def _with_newlines(utf8: bytes) -> bytes:
    """Return text whose lines end in LF or CRLF: old Macs end them in CR, and some files mix all three.

    The CR of a line end inside a cell, which a backslash escapes, is none of these.
    """
    if b"\r" not in utf8:  # one byte is found quicker than several
        return utf8
    if b"\r\\\n" in utf8:
        utf8 = utf8.replace(b"\\\r\\\n", b"\\\n").replace(b"\r\\\n", b"\\\n")
    if utf8.count(b"\r") == utf8.count(b"\r\n"):
        return utf8
    return utf8.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _from_line(utf8: bytes, skipped: int) -> bytes:
    at = 0
    for _ in range(skipped):
        at = utf8.find(b"\n", at) + 1
        if at == 0:
            raise TableError(f"This file has fewer than {skipped + 1:,} lines.", remedy="Skip fewer lines.")
    return utf8[at : at + 2**18] if at else utf8


def _columns(  # noqa: PLR0917 - what was found out, in its order
    utf8: bytes,
    dialect: Dialect,
    outline: Outline,
    head: list[Record],
    options: ReadOptions,
    skipped: int,
    watch: Watch,
) -> tuple[Body, list[pd.Series[Any]], Survey]:
    """Return (rows, columns cut from them, their survey): the fast way if the rows are regular, else walked first."""
    footer = options.footer_rows

    def cutting(share: float) -> None:
        watch(0.2 + 0.6 * share, "Cutting rows into cells")

    cutting(0)
    if dialect.is_plain:
        body = sliced_body(utf8, dialect, outline, head, footer)
        found = cut(body, cutting)
        if found is not None:
            columns, seen = found
            if seen.multiline:
                body.line_of = lines_of_multiline(body, dialect, outline.data_line)
                body.warnings += _swallowing(columns, body)
            if not _repeats_names(columns, outline) and not _has_empty_rows(columns):
                return body, columns, seen
    body = walked_body(utf8, dialect, outline, head, footer, skipped)
    if body.stop == body.start:
        raise TableError("The rows of this file hold no values.", remedy="Upload a file with values in its rows.")
    found = cut(body, cutting)
    if found is None:
        raise TableError(
            "The rows of this file could not be told apart.",
            remedy="Open it in a spreadsheet and save it as CSV again.",
        )
    return (body, *found)


def _swallowing(columns: list[pd.Series[Any]], body: Body) -> list[str]:
    """Warn of the first cell of several lines that holds what looks like rows."""
    import pyarrow.compute as pc

    for place, column in enumerate(columns):
        if isinstance(column.dtype, pd.StringDtype):
            rows = np.flatnonzero(np.asarray(pc.fill_null(pc.match_substring(arrow_of(column), "\n"), False)))
            for row in rows[:_MOST_LOOKED_AT]:
                if swallows(column.iloc[row], place, body.delimiter, body.width):
                    return [told_swallowing(body.line_of(int(row)))]
    return []


def _repeats_names(columns: list[pd.Series[Any]], outline: Outline) -> bool:
    """Whether the row of names may stand again among the rows: every column that has a name is text then."""
    if not outline.names:
        return False
    names = [name.strip() for name in outline.names[-1]]
    if not all(_may_be_words(column) for column, name in zip(columns, names, strict=True) if name):
        return False
    place = max(range(len(names)), key=lambda at: len(names[at]))
    return bool(names[place]) and _holds_name(columns[place], names[place])


def _holds_name(column: pd.Series[Any], name: str) -> bool:
    """Whether a cell is the name, perhaps with other capitals or with blanks around it."""
    import pyarrow.compute as pc

    if not isinstance(column.dtype, pd.StringDtype):
        return False
    pattern = rf"^\s*{re.escape(name)}\s*$"
    return bool(pc.any(pc.match_substring_regex(arrow_of(column), pattern, ignore_case=True)).as_py())


def _may_be_words(column: pd.Series[Any]) -> bool:
    """Whether a column is text, or has no value at all."""
    return isinstance(column.dtype, pd.StringDtype) or bool(pd.isna(column.iloc[0]) and column.isna().all())


def _has_empty_rows(columns: list[pd.Series[Any]]) -> bool:
    """Whether some rows hold only delimiters."""
    empty = columns[0].isna().to_numpy()
    for column in columns[1:]:
        if not empty.any():
            return False
        empty = empty & column.isna().to_numpy()
    return bool(empty.any())
