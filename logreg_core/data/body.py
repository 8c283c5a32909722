"""The rows of a table as text that can be cut without looking further: a slice of the file, or written anew.

Most files have such rows as they are, and a slice is all there is to do. The others are walked row by row: comments,
repeated names and notes are left out, rows of another width set aside, and the rest is written as plain CSV.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

import numpy as np
import numpy.typing as npt

from logreg_core.data.dialect import DELIMITER_NAMES
from logreg_core.data.drawn import are_strokes, is_line
from logreg_core.data.footer import n_footer
from logreg_core.data.options import FIXED
from logreg_core.data.outline import Outline
from logreg_core.data.parts import part
from logreg_core.data.records import Dialect, Record, is_comment, records
from logreg_core.data.spellings import lines_listed, quoted
from logreg_core.data.survey import count_lines
from logreg_core.errors import TableError

MAX_ROWS = 2_000_000
_TAIL_BYTES = 65_536
_SHORT_TAIL_BYTES = 8_192
_TAIL_RECORDS = 25
_MOST_LISTED = 1_000
_FLUSH_ROWS = 20_000
_MOST_GAPS = 100
_MOST_ODD = 50_000
_MOST_LINES = 3 * MAX_ROWS
_LONG_LINE = 2**16
_MOST_IN_LINE = 100_000
_NEWLINE = b"\n"


@dataclass
class Body:
    """Rows without names, titles and notes.

    Attributes
    ----------
    utf8, start, stop : bytes, int, int
        The rows are ``utf8[start:stop]``, in cells separated by ``delimiter``, quoted as RFC 4180 says.
    line_of : callable
        The line of the file (from 1) in which a row (from 0) begins.
    unplaced : list of (line, text)
        Rows whose cells could not be placed; at most 1,000 of the ``n_unplaced``.
    gaps : list of int
        The first rows (from 0) below empty lines.
    """

    utf8: bytes
    start: int
    stop: int
    delimiter: str
    width: int
    line_of: Callable[[int], int]
    warnings: list[str] = field(default_factory=list)
    unplaced: list[tuple[int, str]] = field(default_factory=list)
    n_unplaced: int = 0
    footer: list[Record] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)

    @property
    def footer_rows(self) -> int:
        """How many rows stand below the table."""
        return len(self.footer)

    @cached_property
    def has_quotes(self) -> bool:
        """Whether a quotation mark stands in the rows."""
        return self.utf8.find(b'"', self.start, self.stop) >= 0

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where the parts begin and end that can be cut into cells on their own."""
        return part(self.utf8, self.start, self.stop, has_quotes=self.has_quotes)


def refuse_too_many_rows(count: int) -> None:
    """Refuse a table with more rows than are read."""
    if count > MAX_ROWS:
        raise TableError(
            f"This file has {count:,} rows; the limit is {MAX_ROWS:,}.", remedy="Upload a part of the rows."
        )


def _refuse_too_many_lines(utf8: bytes) -> None:
    """Refuse what has too many lines to be worth walking: without quotation marks, no row has two of them."""
    count = count_lines(np.frombuffer(utf8, np.uint8))
    if count > _MOST_LINES or (count > MAX_ROWS + _TAIL_RECORDS and b'"' not in utf8 and b"'" not in utf8):
        raise TableError(
            f"This file has {count:,} lines; the limit is {MAX_ROWS:,} rows.", remedy="Upload a part of the rows."
        )


def refuse_endless_lines(utf8: bytes, delimiter: str) -> None:
    """Refuse a line of very many cells before it is cut, as a list of them takes far more memory than the line."""
    mark = delimiter.encode()
    start = 0
    while start + _LONG_LINE <= len(utf8):  # a line twice as long has a whole window to itself
        last = utf8.rfind(b"\n", start, start + _LONG_LINE)
        if last >= 0:
            start = last + 1
            continue
        found = utf8.find(b"\n", start)
        end = len(utf8) if found < 0 else found
        if utf8.count(mark, start, end) > _MOST_IN_LINE:
            raise TableError(
                "This file has more than 5,000 columns.",
                where=f"Line {utf8.count(_NEWLINE, 0, start) + 1:,} has more than {_MOST_IN_LINE:,} cells.",
                remedy="Remove columns that are not needed.",
            )
        start = end + 1


def sliced_body(utf8: bytes, dialect: Dialect, outline: Outline, head: list[Record], footer: int | None) -> Body:
    """Return the rows as they stand in the file, without the notes below; whether they are regular is not checked."""
    start = 0
    for _ in range(outline.data_line - 1):
        start = utf8.find(b"\n", start) + 1
    stop = len(utf8)
    while stop > start and utf8[stop - 1 : stop] in (b"\n", b"\r", b" "):
        stop -= 1
    tail_start, tail = _tail(utf8, start, stop, dialect)
    count = n_footer(tail, outline, head) if footer is None else min(footer, max(len(tail) - 1, 0))
    warnings: list[str] = []
    below: list[Record] = []
    if count:
        at = tail_start
        for _ in range(tail[-count].line - 1):
            at = utf8.find(b"\n", at) + 1
        line = utf8.count(b"\n", 0, at) + 1
        stop = at
        below = [record._replace(line=record.line + line - tail[-count].line) for record in tail[-count:]]
        warnings = [_told_below(below)]
    return Body(
        utf8,
        start,
        stop,
        dialect.delimiter,
        outline.width,
        _consecutive(outline.data_line),
        warnings,
        footer=below,
    )


def lines_of_multiline(body: Body, dialect: Dialect, first_line: int) -> Callable[[int], int]:
    """Return a function from row to line for rows with line ends inside cells; walks the file at its first call."""
    found: list[npt.NDArray[np.int64]] = []

    def line_of(row: int) -> int:
        if not found:
            walked = records(body.utf8[body.start : body.stop], dialect)
            found.append(np.fromiter((record.line for record in walked), dtype=np.int64))
        return first_line - 1 + int(found[0][row])

    return line_of


def _consecutive(first: int) -> Callable[[int], int]:
    return lambda row: first + row


def _tail(utf8: bytes, start: int, stop: int, dialect: Dialect) -> tuple[int, list[Record]]:
    """Return (where the tail begins, its last records); a few KB tell as much as many if no quotation mark is near."""
    is_quoted = utf8.find(b'"', max(stop - _TAIL_BYTES, start), stop) >= 0
    for size in (_TAIL_BYTES,) if is_quoted else (_SHORT_TAIL_BYTES, _TAIL_BYTES):
        begin = start if stop - start <= size else max(utf8.find(b"\n", stop - size, stop) + 1, start)
        last = _last_records(utf8[begin:stop], dialect)
        if begin == start or len(last) == _TAIL_RECORDS:
            break
    return begin, last


def _last_records(tail: bytes, dialect: Dialect) -> list[Record]:
    try:
        return list(deque(records(tail, dialect), _TAIL_RECORDS))
    except TableError:
        return []


def _told_below(footer: list[Record]) -> str:
    text = " ".join(cell.strip() for cell in footer[0].cells if cell.strip())
    if len(footer) == 1:
        return f"Line {footer[0].line:,} is a total or a note below the table and was left out: {quoted(text)}."
    lines = f"Lines {footer[0].line:,} to {footer[-1].line:,}"
    return f"{lines} are totals or notes below the table and were left out: {quoted(text)} …"


def swallows(cell: str, place: int, delimiter: str, width: int) -> bool:
    """Whether a cell of several lines, the one at ``place`` of its row, holds what looks like rows of the table.

    A line inside is as wide as a row; or so are the first and the last, with the cells around. Delimiters before a
    space are commas of a sentence.
    """
    if "\n" not in cell:
        return False
    first, *inner, last = (line.count(delimiter) - line.count(f"{delimiter} ") for line in cell.split("\n"))
    return width - 1 in inner or (first == width - 1 - place and last == place)


def told_swallowing(line: int) -> str:
    """Return the sentence about a cell that looks as if a quotation mark had swallowed rows."""
    return (
        f"A cell in quotation marks that begins in line {line:,} holds what looks like further rows; check that line."
    )


class _Walk:
    """Places rows one by one and keeps account of those that are no rows of data."""

    def __init__(self, dialect: Dialect, outline: Outline) -> None:
        self.dialect, self.outline, self.width = dialect, outline, outline.width
        self.names = [name.strip().casefold() for name in outline.names[-1]] if outline.names else []
        self.buffer, self.text = io.BytesIO(), io.StringIO(newline="")
        self.writer = csv.writer(self.text, lineterminator="\n")
        self.lines: list[int] = []
        self.comments: list[int] = []
        self.repeated: list[int] = []
        self.drawn: list[int] = []
        self.trailing: list[int] = []
        self.odd: list[int] = []
        self.unplaced: list[tuple[int, str]] = []
        self.n_unplaced = 0
        self.swallowing = self.n_empty = self.first_odd_width = self.last = 0
        self.gaps: list[int] = []

    def place(self, record: Record) -> None:
        """Write the record as a row of the body, or put it where it belongs."""
        cells = record.cells
        before, self.last = self.last, record.last
        if not any(cell.strip() for cell in cells):
            self.n_empty += 1
            return
        if self._is_drawn(record):
            self.drawn.append(record.line)
            return
        if len(cells) > self.width and not any(cell.strip() for cell in cells[self.width :]):
            self.trailing.append(record.line)
            cells = cells[: self.width]
        if len(cells) != self.width:
            self.n_unplaced += 1
            if self.n_unplaced > _MOST_LISTED + len(self.lines):
                raise self._width_error()
            self.first_odd_width = self.first_odd_width or len(cells)
            if len(self.unplaced) < _MOST_LISTED:
                mark = self.dialect.delimiter if len(self.dialect.delimiter) == 1 else "  "
                self.unplaced.append((record.line, mark.join(cells)[:500]))
            return
        if self._repeats_names(record):
            return
        if record.odd:
            self.odd.append(record.line)
            if len(self.odd) > _MOST_ODD:
                raise TableError(
                    f"Quotation marks stand inside the cells of more than {_MOST_ODD:,} rows.",
                    where=f"The first is in line {self.odd[0]:,}.",
                    remedy='Inside quotation marks, write them twice ("").',
                )
        if record.last > record.line and not self.swallowing:
            mark = self.dialect.delimiter
            inner = any(swallows(cell, place, mark, self.width) for place, cell in enumerate(cells))
            self.swallowing = record.line if inner else 0
        self.writer.writerow(cells)
        self._see_gap(record, before)
        self.lines.append(record.line)
        if len(self.lines) % _FLUSH_ROWS == 0:
            self._flush()
        if len(self.lines) > MAX_ROWS:
            raise TableError(
                f"This file has more than {MAX_ROWS:,} rows; the limit is {MAX_ROWS:,}.",
                remedy="Upload a part of the rows.",
            )

    def _see_gap(self, record: Record, before: int) -> None:
        if self.lines and record.line > before + 1 and len(self.gaps) < _MOST_GAPS:
            self.gaps.append(len(self.lines))

    def _repeats_names(self, record: Record) -> bool:
        """Whether the row repeats the names, and they can be nothing else."""
        cells = [cell.strip().casefold() for cell in record.cells]
        if self.names and cells == self.names:
            self.repeated.append(record.line)
            return self.outline.surely_names
        return False

    def _is_drawn(self, record: Record) -> bool:
        """Whether the row is a line drawn across the table, or one below the names at the head of each page."""
        if len(record.cells) == 1:
            return is_line(record.cells[0])
        is_wide = max(map(len, record.cells)) > 1  # and not dashes that stand for no value
        return self.dialect.delimiter == FIXED and is_wide and are_strokes(record.cells)

    def _flush(self) -> None:
        self.buffer.write(self.text.getvalue().encode("utf-8"))
        self.text.seek(0)
        self.text.truncate()

    def body(self, footer: list[Record]) -> Body:
        """Return what was placed, with a sentence for everything that was not."""
        self._flush()
        if self.n_unplaced and self.n_unplaced > max(3, len(self.lines) // 4):
            raise self._width_error()
        if self.n_unplaced and self.n_unplaced >= len(self.lines):
            raise self._width_error()
        utf8, lines = self.buffer.getvalue(), np.array(self.lines, dtype=np.int64)
        warnings = [*self._sentences(), *([_told_below(footer)] if footer else [])]
        return Body(
            utf8,
            0,
            len(utf8),
            ",",
            self.width,
            lambda row: int(lines[row]),
            warnings,
            self.unplaced,
            self.n_unplaced,
            footer,
            [] if self.comments else self.gaps,  # the lines between may be comments
        )

    def _sentences(self) -> Iterator[str]:
        if self.n_unplaced:
            one = self.n_unplaced == 1
            rows, verb, pronoun = (
                ("1 row", "does", "it was") if one else (f"{self.n_unplaced:,} rows", "do", "they were")
            )
            lines = lines_listed([line for line, _ in self.unplaced], self.n_unplaced)
            yield (
                f"{rows} {verb} not have {self.width:,} cells like the others and could not be placed, so {pronoun} set"
                f" aside: {lines}."
            )
        if self.n_empty:
            yield (
                f"{self.n_empty:,} rows without any value were left out."
                if self.n_empty > 1
                else "1 row without any value was left out."
            )
        if self.comments:
            mark = self.dialect.comment
            yield f"Lines that begin with “{mark}” are comments and were left out: {lines_listed(self.comments)}."
        if self.drawn:
            yield f"Lines drawn in the table were left out: {lines_listed(self.drawn)}."
        if self.repeated and self.outline.surely_names:
            yield f"The column names are repeated below and were left out there: {lines_listed(self.repeated)}."
        elif self.repeated:
            yield (
                "Rows that say the same as the column names were kept as data; if the first row is data too, say that"
                f" no row holds names: {lines_listed(self.repeated)}."
            )
        if self.trailing:
            mark = DELIMITER_NAMES.get(self.dialect.delimiter, "delimiter")
            yield f"Rows that end in a {mark} too many were read without it: {lines_listed(self.trailing)}."
        if self.odd:
            yield f"Quotation marks stand inside cells; look whether these are read rightly: {lines_listed(self.odd)}."
        if self.swallowing:
            yield told_swallowing(self.swallowing)

    def _width_error(self) -> TableError:
        line, width = self.unplaced[0][0], self.first_odd_width
        mark = DELIMITER_NAMES.get(self.dialect.delimiter, "delimiter")
        cells = "1 cell" if width == 1 else f"{width:,} cells"
        more = self.n_unplaced - 1
        told = f" {more:,} more rows differ." if more > 1 else " One more row differs." if more == 1 else ""
        return TableError(
            "The rows do not all have the same number of cells.",
            where=f"Line {line:,} has {cells}, where most rows have {self.width:,}.{told}",
            remedy=f"Look for a missing or extra {mark} there, or for a {mark} inside text without quotation marks.",
        )


def walked_body(  # noqa: PLR0917 - the same five as for a slice, and where to begin
    utf8: bytes, dialect: Dialect, outline: Outline, head: list[Record], footer: int | None, skipped: int = 0
) -> Body:
    """Return the rows written anew, from the ``data_line`` of the outline on.

    Raises
    ------
    TableError
        For more rows than are read, an unclosed quotation mark, or too many rows of another width.
    """
    _refuse_too_many_lines(utf8)
    walk = _Walk(dialect, outline)
    waiting: deque[Record] = deque()
    for record in records(utf8, dialect, skipped):
        if len(record.cells) == 1 and is_comment(record.cells[0], dialect.comment):
            walk.comments.append(record.line)
        elif record.line >= outline.data_line:
            waiting.append(record)
            if len(waiting) > _TAIL_RECORDS + (footer or 0):
                walk.place(waiting.popleft())
    last = list(waiting)
    count = n_footer(last, outline, head) if footer is None else min(footer, len(last))
    for record in islice(last, len(last) - count):
        walk.place(record)
    return walk.body(last[len(last) - count :])
