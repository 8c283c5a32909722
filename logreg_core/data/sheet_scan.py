"""Looks through the XML of a sheet before its values are read: how far it reaches, and what its values do not show.

The reader of values holds the whole grid from A1 to the last cell, and a copy of a shared text for every cell that
refers to it: a file of 2 KB can claim more memory than there is. So the claims are added up first (ECMA-376, part 1,
18.3 "Worksheets" and 18.4 "Shared String Table"). Most sheets are written so plainly that two patterns see every cell;
all others go through a parser.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from logreg_core.data.grid import MOST_CELLS
from logreg_core.data.spread import LARGEST_EXACT
from logreg_core.data.workbook_parts import broken
from logreg_core.errors import TableError

_MOST_ROWS, _MOST_COLUMNS = 2**20, 2**14  # of a sheet in Excel
_MANY_CELLS, _FEW = 4_000_000, 20  # a grid of so many is only read if one in so few holds something
_MOST_SHARED = 2**28
_MOST_TAGS, _MOST_PARSED = 32_000_000, 16_000_000
_PLAIN = re.compile(rb'<c(?: [st]="\w*")* r="([A-Z]{1,3})(\d{1,7})"')
_NOT_PLAIN = re.compile(rb'<(?:[^\s<>/]*:c|c(?!(?: [st]="\w*")* r="[A-Z]{1,3}\d{1,7}"))(?=[\s/>])')
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_STRING = re.compile(rb"<(?:[^\s<>/]*:)?si(?=[\s/>])")
_SAYS_MORE = (b't="e"', b"<f>", b"<f ", b"<f/", b":f", b"mergeCell", b"hidden=")
_LARGE = (re.compile(rb">-?\d{16}"), re.compile(rb"[eE]\+?(?:1[5-9]|2[01])<"))
_LONG = re.compile(r"-?(?:\d{16,22}|\d(?:\.\d+)?[eE]\+?(?:1[5-9]|2[01]))")
_ERROR = re.compile(r"#[A-Z0-9/]+[!?]?")


@dataclass
class Scan:
    """What a sheet claims and says: its last row and column with a value (from 1), how many cells hold one.

    ``shared`` is how often each shared text is used. The others are the cells (A1), rows, columns or ranges of which
    there is something to be told.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    shared: Counter[int] = field(default_factory=Counter)
    unknown: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    padded: list[str] = field(default_factory=list)
    percent: list[str] = field(default_factory=list)
    long: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


def scan_sheet(xml: bytes, strings: bytes, padded: frozenset[str], percent: frozenset[str]) -> Scan:
    """Return what the sheet ``xml`` claims and says; ``padded`` and ``percent`` are styles (``Parts.formats``).

    Raises
    ------
    TableError
        If the sheet is broken, or reading it would take more memory than a table may.
    """
    tags = xml.count(b"<")
    if max(tags, strings.count(b"<")) > _MOST_TAGS:
        raise _too_many_cells()
    longest = _longest(strings)
    plain = _glance(xml)
    wanted = (
        any(sign in xml for sign in _SAYS_MORE)
        or any(f's="{style}"'.encode() in xml for style in padded | percent)
        or any(sign.search(xml) for sign in _LARGE)
    )
    used = xml.count(b'"s"') + xml.count(b"'s'") if plain else tags
    if (
        plain
        and not wanted
        and not _is_too_large(plain.rows, plain.columns, plain.cells)
        and used * longest <= _MOST_SHARED
    ):
        return plain
    if tags > _MOST_PARSED:
        if plain is None or used * longest > _MOST_SHARED:
            raise _too_many_cells()
        _refuse_large(plain.rows, plain.columns, plain.cells)
        return plain
    scan = _Parsing(padded, percent).of(xml)
    _refuse_large(scan.rows, scan.columns, scan.cells)
    if scan.shared.total() * longest > _MOST_SHARED:
        _refuse_shared(scan.shared, strings)
    return scan


def _too_many_cells() -> TableError:
    return TableError("A sheet of this workbook holds too many cells.", remedy="Save it as CSV and upload that.")


def _glance(xml: bytes) -> Scan | None:
    """Return how far the sheet reaches if each cell says so in the usual way; styled cells without a value count."""
    if _NOT_PLAIN.search(xml):
        return None
    found = _PLAIN.findall(xml)
    columns = {_column_number(letters.decode()) for letters in {letters for letters, _ in found}}
    rows = {digits for _, digits in found}
    return Scan(max(map(int, rows), default=0), max(columns, default=0), len(found))


def _is_too_large(rows: int, columns: int, cells: int) -> bool:
    grid = rows * columns
    beyond = rows > _MOST_ROWS or columns > _MOST_COLUMNS
    return beyond or grid > MOST_CELLS or (grid > _MANY_CELLS and cells * _FEW < grid)


def _refuse_large(rows: int, columns: int, cells: int) -> None:
    if _is_too_large(rows, columns, cells):
        raise TableError(
            f"A sheet of this workbook spans {rows:,} rows and {columns:,} columns"
            + (f", of which only {cells:,} cells hold something." if cells * _FEW < rows * columns else "."),
            remedy="Delete what stands far from the table, or save the table as CSV.",
        )


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _longest(strings: bytes) -> int:
    """Return a number of bytes that no shared text exceeds."""
    longest = at = 0
    for found in _STRING.finditer(strings):
        longest, at = max(longest, found.start() - at), found.start()
    return max(longest, len(strings) - at)


def _refuse_shared(used: Counter[int], strings: bytes) -> None:
    """Add up the shared texts by their uses, and refuse what is too much."""
    sizes: list[int] = []

    def start(name: str, _: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            sizes.append(0)

    def text(found: str) -> None:
        if sizes:
            sizes[-1] += len(found.encode("utf-8", "replace"))

    _parse(strings, start, None, text)
    if sum(count * sizes[place] for place, count in used.items() if place < len(sizes)) > _MOST_SHARED:
        raise TableError(
            f"Unpacked, the texts of this workbook take more than {_MOST_SHARED // 2**20} MB.",
            remedy="Upload a part of the rows as CSV.",
        )


def _parse(xml: bytes, start: object, end: object, text: object) -> None:
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = start  # type: ignore[assignment]
    parser.EndElementHandler = end  # type: ignore[assignment]
    parser.CharacterDataHandler = text  # type: ignore[assignment]

    def refuse(*_: object) -> None:  # entities can grow without bound, and no workbook has them
        raise broken()

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise broken() from None


class _Parsing:
    """Handlers of the parser: where a cell stands, what it holds, and the account of all of them."""

    def __init__(self, padded: frozenset[str], percent: frozenset[str]) -> None:
        self.padded, self.percent = padded, percent
        self.scan = Scan()
        self.row = self.column = 0
        self.hidden = self.in_value = self.in_cell = self.has_value = self.has_formula = False
        self.kind = self.style = ""
        self.value: list[str] = []

    def of(self, xml: bytes) -> Scan:
        """Return the account of a sheet."""
        _parse(xml, self._start, self._end, self._text)
        return self.scan

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._place(attributes.get("r"))
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.in_cell, self.has_value, self.has_formula = True, False, False
            self.value.clear()
        elif tag in ("v", "is"):
            self.has_value, self.in_value = True, tag == "v"
        elif tag == "f":
            self.has_formula = True
        elif tag == "row":
            number = attributes.get("r")
            if number is not None and not re.fullmatch(r"\d{1,7}", number):
                raise broken()
            self.row, self.column = self.row + 1 if number is None else int(number), 0
            self.hidden = attributes.get("hidden") in ("1", "true")
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            ends = attributes.get("min", ""), attributes.get("max", "")
            if all(re.fullmatch(r"\d{1,5}", place) for place in ends):
                self.scan.hidden_columns.append((int(ends[0]), int(ends[1])))
        elif tag == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            top, bottom = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
            if top and bottom and int(top[2]) < int(bottom[2]):
                self.scan.merged.append(f"{first}:{last}")

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            return
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            raise broken()
        self.column, self.row = _column_number(found[1]), int(found[2])

    def _text(self, found: str) -> None:
        if self.in_value:
            self.value.append(found)

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "v":
            self.in_value = False
        elif tag == "c" and self.in_cell:
            self.in_cell = False
            self._close("".join(self.value).strip())

    def _close(self, value: str) -> None:
        scan = self.scan
        if self.has_formula and not value and self.kind != "inlineStr":
            scan.unknown.append(self._name())
        if not self.has_value:
            return
        scan.cells += 1
        scan.rows, scan.columns = max(scan.rows, self.row), max(scan.columns, self.column)
        if self.hidden and (not scan.hidden_rows or scan.hidden_rows[-1] != self.row):
            scan.hidden_rows.append(self.row)
        if self.kind == "s":
            if value.isdecimal() and len(value) < 10:
                scan.shared[int(value)] += 1
        elif self.kind == "e" and _ERROR.fullmatch(value):
            scan.errors.append(f"{self._name()} ({value})")
        elif self.kind == "n" and value:
            if self.style in self.padded and value.partition(".")[0].isdecimal():
                scan.padded.append(self._name())
            elif self.style in self.percent:
                scan.percent.append(self._name())
            if _LONG.fullmatch(value) and abs(float(value)) > LARGEST_EXACT:
                scan.long.append(self._name())

    def _name(self) -> str:
        return f"{_column_letters(self.column)}{self.row}"


_OF_CELLS = {
    "unknown": "{cells} no stored result of its formula; read as missing. Open and save the workbook in Excel.",
    "errors": "{cells} an error instead of a value; read as missing.",
    "padded": "{cells} a number shown with zeros in front, which are not stored; read without them.",
    "percent": "{cells} a number shown as percent; read as it is stored, so that 5% is 0.05.",
    "long": "{cells} a number of more digits than a number holds exactly; its last digits may be lost.",
}


def told_of_scan(scan: Scan) -> list[str]:
    """Return sentences about cells, rows and columns whose values are not what the sheet shows; not of merged ones."""
    told = [text.format(cells=_counted(cells)) for sort, text in _OF_CELLS.items() if (cells := getattr(scan, sort))]
    if scan.hidden_rows:
        first, count = scan.hidden_rows[0], len(scan.hidden_rows)
        told.append(
            f"Row {first:,} is hidden or filtered out in Excel; it was read as data."
            if count == 1
            else f"{count:,} rows, the first {first:,}, are hidden or filtered out in Excel; they were read as data."
        )
    hidden = [first for first, last in scan.hidden_columns for first in range(first, min(last, scan.columns) + 1)]
    if hidden:
        letters = ", ".join(map(_column_letters, hidden[:5])) + (f" and {len(hidden) - 5:,} more" * (len(hidden) > 5))
        told.append(f"Columns hidden in Excel were read like the others: {letters}.")
    return told


def told_of_merged(ranges: Sequence[str], n_above: int) -> list[str]:
    """Return a sentence about ranges (A1:A2) that are merged over rows of the table; ``n_above`` rows are above it."""
    found = [_ends(cells) for cells in ranges]
    within = sorted((first, cells) for cells, (first, last) in zip(ranges, found, strict=True) if last > n_above)
    if not within:
        return []
    first = within[0][1]
    what = first if len(within) == 1 else f"{len(within):,} ranges, the first is {first}"
    return [
        f"Cells merged over several rows ({what}) hold their value only in the first of them; the others were read as"
        " empty."
    ]


def _ends(cells: str) -> tuple[int, int]:
    """Return the first and the last row of a range such as A1:A2."""
    first, _, last = cells.partition(":")
    return int(re.sub(r"\D", "", first)), int(re.sub(r"\D", "", last))


def _counted(cells: list[str]) -> str:
    return f"Cell {cells[0]} holds" if len(cells) == 1 else f"Each of {len(cells):,} cells, the first {cells[0]}, holds"
