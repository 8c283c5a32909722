"""From UTF-8 text to columns of text: find the delimiter, check the structure, cut into cells.

The delimiter is the one under which most lines have the same number of cells *and* the cells look whole: in
``1,5;2,5`` both marks give two or more cells, but only the semicolon leaves no cell such as ``5;2``.

The cells are cut by pyarrow, straight from memory, which refuses rows of another width. It is lenient with quotation
marks (an unclosed one swallows the rest of the file in silence), so a file that has any is first walked by ``csv`` in
strict mode; the same walk gives line numbers when something is wrong. DuckDB was tried and does worse here: its
sniffer reads ragged files as one column and unclosed quotes as letters, skips rows above the header without a word,
and needs a file on disk.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from logreg_core.errors import TableError

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
MAX_ROWS = 2_000_000
MAX_COLUMNS = 5_000
_SAMPLE_BYTES = 262_144
_SAMPLE_ROWS = 2_000
_MAX_FIRST_LINE = 8 * 2**20
_SEP_LINE = re.compile(rb'\s*"?sep=([,;\t|])"?\r?(?:\n|$)', re.IGNORECASE)  # Excel's own way to name the delimiter
_DECIMAL = re.compile(r"[+-]?\d+[.,]\d+")


@dataclass(frozen=True)
class Layout:
    """How cells stand in the text: the delimiter, cells in a row, lines to leave out above, what was assumed."""

    delimiter: str
    n_columns: int
    skipped_lines: int = 0
    warnings: tuple[str, ...] = ()


def find_layout(utf8: bytes) -> Layout:
    """Return the layout that most of the first lines agree on.

    Raises
    ------
    TableError
        For a file with one column, or with more than ``MAX_COLUMNS``.
    """
    named = _SEP_LINE.match(utf8)
    body = utf8[named.end() : named.end() + _SAMPLE_BYTES] if named else utf8[:_SAMPLE_BYTES]
    _refuse_endless_first_line(utf8)
    text = body.decode("utf-8", errors="ignore")
    if len(utf8) > _SAMPLE_BYTES:  # the last line of a sample is cut somewhere
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    candidates = [named.group(1).decode()] if named else list(DELIMITERS)
    fits = {delimiter: _fit(text, delimiter) for delimiter in candidates}
    delimiter = max(fits, key=lambda mark: (fits[mark].score, fits[mark].width))
    best = fits[delimiter]
    if best.width < 2:
        raise TableError(
            "Only one column was found; a model needs one to predict and at least one to predict from.",
            remedy="If there are more, the cells must be separated by commas, semicolons, tabs or vertical bars.",
        )
    rivals = [
        rival
        for rival, fit in fits.items()
        if rival != delimiter and fit.agreement > 0.98 * best.agreement and fit.score > 0.6 * best.score
    ]
    warnings = tuple(
        f"The cells were taken as separated by {DELIMITERS[delimiter]}s; {DELIMITERS[rival]}s would fit as well."
        for rival in rivals
    )
    first = next(records(utf8, delimiter, 1 if named else 0), None)
    if max(best.width, len(first[1]) if first else 0) > MAX_COLUMNS:
        raise TableError(
            f"This file has more than {MAX_COLUMNS:,} columns.", remedy="Remove columns that are not needed."
        )
    return Layout(delimiter, best.width, 1 if named else 0, warnings)


def _refuse_endless_first_line(utf8: bytes) -> None:
    """Keep a file without line ends from being held as millions of cells."""
    if len(utf8) > _MAX_FIRST_LINE and re.search(rb"[\r\n]", utf8[:_MAX_FIRST_LINE]) is None:
        raise TableError("The first line is longer than 8 MB: this does not look like a table of rows and columns.")


class _Fit(NamedTuple):
    """How well a delimiter fits: share of rows of the most common width, share of whole cells, that width."""

    agreement: float
    whole: float
    width: int

    @property
    def score(self) -> float:
        return self.agreement * self.whole


def _fit(text: str, delimiter: str) -> _Fit:
    """Cut the sample at ``delimiter``; a cell is whole if it holds no other delimiter, or is a decimal number."""
    others = [other for other in DELIMITERS if other != delimiter]
    widths: Counter[int] = Counter()
    n_cells = n_whole = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if not row or (len(row) == 1 and not row[0].strip()):
                continue
            widths[len(row)] += 1
            if len(row) > 1:
                n_cells += len(row)
                n_whole += sum(
                    not any(map(cell.__contains__, others)) or bool(_DECIMAL.fullmatch(cell)) for cell in row
                )
            if widths.total() >= _SAMPLE_ROWS:
                break
    except csv.Error:  # a cell beyond the csv module's limit: judge by what came before
        pass
    if not widths or n_cells == 0:
        return _Fit(0.0, 0.0, 1)
    width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]))
    return _Fit(count / widths.total(), n_whole / n_cells, width)


def records(utf8: bytes, delimiter: str, skipped_lines: int = 0) -> Iterator[tuple[int, list[str], int]]:
    """Yield (first line, cells, last line) of every row that is not blank; lines count from 1.

    Raises
    ------
    TableError
        At a quotation mark that is not closed or not followed by a delimiter.
    """
    text = io.TextIOWrapper(io.BytesIO(utf8), encoding="utf-8", newline="")
    for _ in range(skipped_lines):
        text.readline()
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    before = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _quote_error(str(error), before + 1 + skipped_lines, reader.line_num + skipped_lines) from None
        first, before = before + 1, reader.line_num
        if row and not (len(row) == 1 and not row[0].strip()):
            yield first + skipped_lines, row, before + skipped_lines


def _quote_error(reason: str, first: int, last: int) -> TableError:
    """Say in the reader's words what the csv module found in the row that begins at line ``first``."""
    remedy = 'Close or remove it; inside quotation marks, write it twice ("").'
    if "field larger" in reason:
        what = f"A cell is longer than {csv.field_size_limit():,} characters."
        remedy = "If a quotation mark opens it, look where it should close; otherwise shorten the cell."
    elif "end of data" in reason:
        what = "A quotation mark is opened and never closed."
    else:
        what = "A quotation mark stands in the middle of a cell in quotation marks."
    where = f"It is in line {first:,}." if first == last else f"The row begins in line {first:,}."
    return TableError(what, where=where, remedy=remedy)


def check_structure(utf8: bytes, layout: Layout) -> tuple[str, ...]:
    """Walk all rows; return warnings about quoted cells that look as if they had swallowed rows.

    Raises
    ------
    TableError
        With the line number, for rows of another width and for stray quotation marks.
    """
    odd: list[tuple[int, int]] = []
    n_odd = 0
    swallowed: list[int] = []
    for first, row, last in records(utf8, layout.delimiter, layout.skipped_lines):
        if len(row) != layout.n_columns:
            n_odd += 1
            odd = odd or [(first, len(row))]
        elif last > first and not swallowed:
            inner = [line for cell in row if "\n" in cell or "\r" in cell for line in re.split(r"[\r\n]+", cell)[1:-1]]
            if any(line.count(layout.delimiter) == layout.n_columns - 1 for line in inner):
                swallowed = [first]
    if odd:
        raise _width_error(odd[0], n_odd - 1, layout)
    return tuple(
        f"A cell in quotation marks that begins in line {line:,} holds what looks like further rows; check that line."
        for line in swallowed
    )


def _width_error(odd: tuple[int, int], n_more: int, layout: Layout) -> TableError:
    line, width = odd
    cells = "1 cell" if width == 1 else f"{width:,} cells"
    more = f" {n_more:,} more rows differ." if n_more > 1 else " One more row differs." if n_more == 1 else ""
    mark = DELIMITERS[layout.delimiter]
    if line == layout.skipped_lines + 1:
        remedy = "The first line must hold one name for each column; remove a title or notes above it."
    else:
        remedy = f"Look for a missing or extra {mark} there, or for a {mark} inside text without quotation marks."
    return TableError(
        "The rows do not all have the same number of cells.",
        where=f"Line {line:,} has {cells}, where most rows have {layout.n_columns:,}.{more}",
        remedy=remedy,
    )


def cut_into_cells(utf8: bytes, layout: Layout) -> tuple[Any, tuple[str, ...]]:
    """Return (pyarrow Table of text columns "0", "1", ..., first row included; warnings).

    Raises
    ------
    TableError
        For rows of another width, stray quotation marks, more than ``MAX_ROWS`` rows.
    """
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    quoted = b'"' in utf8
    warnings = check_structure(utf8, layout) if quoted else ()
    names = [str(column) for column in range(layout.n_columns)]

    def skip_blank(row: Any) -> str:
        return "error" if row.text.strip() else "skip"

    def parse(block_size: int) -> Any:
        return arrow_csv.read_csv(
            pa.BufferReader(utf8),
            read_options=arrow_csv.ReadOptions(
                column_names=names, skip_rows=layout.skipped_lines, block_size=block_size
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=layout.delimiter, newlines_in_values=quoted, invalid_row_handler=skip_blank
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )

    try:
        try:
            cells = parse(2**22)
        except pa.ArrowInvalid:
            check_structure(utf8, layout)  # says where; if all is well, a row was longer than a block
            cells = parse(len(utf8) + 1)
    except pa.ArrowInvalid:
        raise TableError(
            "The rows of this file could not be told apart.",
            remedy="Open it in a spreadsheet and save it as CSV again.",
        ) from None
    if cells.num_rows > MAX_ROWS + 1:
        raise TableError(
            f"This file has {cells.num_rows - 1:,} rows; the limit is {MAX_ROWS:,}.",
            remedy="Upload a part of the rows.",
        )
    return cells, warnings


def line_of(utf8: bytes, layout: Layout, row: int) -> int:
    """Return the line (from 1) in which the ``row``-th row (from 0, first row included, blank ones not) begins."""
    for position, (first, _, _) in enumerate(records(utf8, layout.delimiter, layout.skipped_lines)):
        if position == row:
            return first
    raise IndexError(row)
