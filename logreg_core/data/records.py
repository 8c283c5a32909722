"""From text to rows of cells, with the line each begins in; for files that the fast way cannot take as they are.

The ``csv`` module cuts quoted text in strict mode. Where it stops, because a quotation mark stands where none should,
the line is cut once more by a scanner that closes a quoted cell only before a delimiter; such rows are marked.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from logreg_core.data.backslashes import escaped_anew
from logreg_core.data.fixed_width import is_across
from logreg_core.data.options import FIXED, SPACES
from logreg_core.errors import TableError

_SPACED = re.compile(r'"((?:\\"|""|[^"])*)"(?=[ \t]|$)|([^ \t]+)')  # a no-break space is part of a number or name


@dataclass(frozen=True)
class Dialect:
    r"""How cells stand in the text; the fields are those of ``ReadOptions``.

    ``spelled`` is true if ``\n`` and ``\t`` stand for a line end and a tab, as databases write them.
    """

    delimiter: str
    quote: str = '"'
    escape: str = ""
    comment: str = ""
    skip_space: bool = False
    starts: tuple[int, ...] = ()
    touching: bool = False
    spelled: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether rows can be cut as RFC 4180 says, with another delimiter at most."""
        one_byte = len(self.delimiter.encode()) == 1 and self.delimiter != SPACES
        return one_byte and self.quote == '"' and not (self.escape or self.comment or self.skip_space)


def is_comment(line: str, mark: str) -> bool:
    """Whether a line is one of comment: it begins with the mark, and not with an error value of Excel such as #N/A.

    A tab in front of the mark is no indent: it ends an empty first cell.
    """
    text = line.lstrip(" ")
    return (
        bool(mark) and text.startswith(mark) and not re.match(r"#(?:N/A|NV|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)", text)
    )


class Record(NamedTuple):
    """A row: the line it begins in (from 1), its cells, the line it ends in, whether its quotation marks are odd."""

    line: int
    cells: list[str]
    last: int
    odd: bool = False

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return len(self.cells) - list(map(str.strip, self.cells)).count("")


def lines_of(utf8: bytes, skipped: int = 0) -> Iterator[str]:
    """Yield the lines of the text with their ends (LF, CR or CRLF), without the first ``skipped``."""
    text = io.TextIOWrapper(io.BytesIO(utf8), encoding="utf-8", errors="replace", newline="")
    return itertools.islice(text, skipped, None)


def records(utf8: bytes, dialect: Dialect, skipped: int = 0) -> Iterator[Record]:
    """Yield every row that is not blank; lines count from 1, ``skipped`` ones included.

    Raises
    ------
    TableError
        At a quotation mark that is never closed, and at a cell of more than 131,072 characters in quotation marks.
    """
    lines = lines_of(utf8, skipped)
    if dialect.delimiter == FIXED:
        found = _cut_lines(lines, dialect, lambda line: _fixed(line, dialect))
    elif dialect.delimiter == SPACES:
        found = _cut_lines(lines, dialect, _spaced)
    else:
        found = _delimited(lines, dialect)
    for record in found:
        if len(record.cells) > 1 or (record.cells and record.cells[0].strip()):
            yield record._replace(line=record.line + skipped, last=record.last + skipped) if skipped else record


def _cut_lines(lines: Iterator[str], dialect: Dialect, cut: Callable[[str], list[str]]) -> Iterator[Record]:
    for number, line in enumerate(lines, start=1):
        text = line.rstrip("\r\n")
        if text.strip():
            yield Record(number, [text] if is_comment(text, dialect.comment) else cut(text), number)


def _fixed(line: str, dialect: Dialect) -> list[str]:
    """Cut a line at its columns; a line with a word across the beginning of a column stays in one piece."""
    starts = dialect.starts
    if not dialect.touching and is_across(line, starts):
        return [line]
    ends = (*starts[1:], len(line) + 1)
    return [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _spaced(line: str) -> list[str]:
    r"""Cut a line at blanks outside of quotation marks; R writes one inside of them as ``\"``."""
    return [match[2] if match[1] is None else re.sub(r'["\\]"', '"', match[1]) for match in _SPACED.finditer(line)]


class _Lines:
    """Lines that remember those of the present row, so that these can be taken back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._given_back: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._given_back.popleft() if self._given_back else next(self._lines)
        self.number += 1
        self.taken.append(line)
        return line

    def take_back(self, lines: list[str]) -> None:
        self._given_back.extendleft(reversed(lines))
        self.number -= len(lines)


def _delimited(lines: Iterator[str], dialect: Dialect) -> Iterator[Record]:
    if dialect.escape:
        lines = escaped_anew(lines, dialect.escape, dialect.quote, dialect.delimiter, spelled=dialect.spelled)
    source = _Lines(lines)
    while True:
        reader = _reader(source, dialect)
        try:
            yield from _well_formed(reader, source, dialect)
            return
        except csv.Error as error:
            first = source.number - len(source.taken) + 1
            if "unexpected end" in str(error) or "field larger" in str(error):
                raise _quote_error(str(error), first, source.number) from None
        line, *others = source.taken
        source.take_back(others)
        cells = _lenient(line.rstrip("\r\n"), dialect)
        if dialect.escape:
            cells = [re.sub(rf"{re.escape(dialect.escape)}(.)", r"\1", cell) for cell in cells]
        yield Record(first, cells, first, odd=True)


def _reader(source: Iterator[str], dialect: Dialect) -> Iterator[list[str]]:
    return csv.reader(
        source,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        escapechar=dialect.escape or None,
        doublequote=True,
        skipinitialspace=dialect.skip_space,
        strict=True,
    )


def _well_formed(reader: Iterator[list[str]], source: _Lines, dialect: Dialect) -> Iterator[Record]:
    """Yield rows until the ``csv`` module stops; lines of comment come as one cell."""
    quote = dialect.quote
    source.taken.clear()
    for row in reader:
        text = source.taken[0] if source.taken else ""
        first = source.number - len(source.taken) + 1
        if dialect.comment and is_comment(text, dialect.comment):
            source.take_back(source.taken[1:])
            yield Record(first, [text.rstrip("\r\n")], first)
        else:
            stray = (
                bool(quote)
                and quote in text
                and any(quote in cell for cell in row)
                and _is_stray(source.taken, dialect)
            )
            yield Record(first, row, source.number, odd=stray)
        source.taken.clear()


def _is_stray(lines: list[str], dialect: Dialect) -> bool:
    """Whether a quotation mark stands inside a cell that is not in quotation marks."""
    if len(lines) > 1 or dialect.escape:
        return False
    quote, mark = re.escape(dialect.quote), re.escape(dialect.delimiter)
    whole = rf"{quote}(?:[^{quote}]|{quote}{quote})*{quote}"
    formula = rf"={quote}[^{quote}{mark}]*{quote}(?=\s*(?:{mark}|$))"  # ="007" is one cell, too
    return dialect.quote in re.sub(rf"(^|{mark}) *(?:{whole}|{formula})", r"\1", lines[0])


def _lenient(line: str, dialect: Dialect) -> list[str]:
    """Cut a line in which a quotation mark closes a cell only before a delimiter or the end; one pass."""
    quote, mark = dialect.quote, dialect.delimiter
    cells: list[str] = []
    at, closes = 0, True
    while True:
        start = at
        while line[start : start + 1] == " ":
            start += 1
        end = _closing(line, start + 1, quote, mark) if closes and quote and line.startswith(quote, start) else -1
        if end >= 0:
            cells.append(line[start + 1 : end].replace(quote * 2, quote))
            at = line.find(mark, end)
        else:
            closes = closes and not (quote and line.startswith(quote, start))  # no later one could close either
            after = line.find(mark, at)
            cells.append(line[at:] if after < 0 else line[at:after])
            at = after
        if at < 0:
            return cells
        at += len(mark)


def _closing(line: str, at: int, quote: str, mark: str) -> int:
    """Return the place of the quotation mark that a delimiter or the end of the line follows, or -1."""
    while True:
        place = line.find(quote, at)
        if place < 0:
            return -1
        after = place + 1
        while line[after : after + 1] == " ":
            after += 1
        if after >= len(line) or line.startswith(mark, after):
            return place
        at = place + (2 if line.startswith(quote, place + 1) else 1)


def _quote_error(reason: str, first: int, last: int) -> TableError:
    """Say in the reader's words what the csv module found in the row that begins at line ``first``."""
    remedy = 'Close or remove it; inside quotation marks, write it twice ("").'
    if "field larger" in reason:
        what = f"A cell is longer than {csv.field_size_limit():,} characters."
        remedy = "If a quotation mark opens it, look where it should close; otherwise shorten the cell."
    else:
        what = "A quotation mark is opened and never closed."
    where = f"It is in line {first:,}." if first == last else f"The row begins in line {first:,}."
    return TableError(what, where=where, remedy=remedy)
