"""Reads Excel workbooks, .xlsx and .xls, through calamine: cells become text, and are read like every other table."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from logreg_core.data.options import ReadOptions
from logreg_core.data.text_table import TextTable, Watch
from logreg_core.data.unpack import MAX_UNPACKED
from logreg_core.data.workbook_parts import told_of_sheet
from logreg_core.errors import TableError

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_CELLS = 30_000_000
_CELL = re.compile(rb'<(?:\w+:)?(?:c|dimension)\b[^>]*?\br(?:ef)?="(?:[A-Z]{1,3}\d{1,7}:)?\$?([A-Z]{1,3})\$?(\d{1,7})"')
_REMEDY = "Save the sheet as CSV in Excel and upload that."


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook that can be read: .xlsx by its parts, .xls by its first bytes and streams."""
    if data.startswith(_OLD):
        return b"W\0o\0r\0k\0b\0o\0o\0k\0" in data or b"B\0o\0o\0k\0" in data
    ends = data[:8192] + data[-65536:]
    return data.startswith(b"PK\x03\x04") and b"xl/" in ends and b"xl/workbook.bin" not in ends


def read_workbook(data: bytes, options: ReadOptions, watch: Watch) -> tuple[TextTable, tuple[str, ...]]:
    """Return (the table in the chosen or first sheet with cells, names of all sheets).

    Raises
    ------
    TableError
        If the workbook is broken, protected, too large, or the sheet is not there or holds no table.
    """
    from logreg_core.data.grid import read_rows

    watch(0.05, "Opening the workbook")
    if not data.startswith(_OLD):
        _refuse_bombs(data)
    sheets, place, rows = _opened(data, options.sheet)
    warnings = []
    if options.sheet is None and len(sheets) > 1:
        warnings.append(f"This workbook has {len(sheets):,} sheets; “{sheets[place][:60]}” was read.")
    if not data.startswith(_OLD):
        warnings += told_of_sheet(data, place)
    found = read_rows(rows, replace(options, sheet=None), watch)
    return (
        replace(
            found,
            facts=(("Format", "Excel workbook"), ("Sheet", sheets[place]), *found.facts),
            warnings=[*warnings, *found.warnings],
            detected=replace(found.detected, sheet=sheets[place]),
        ),
        sheets,
    )


def _opened(data: bytes, chosen: str | None) -> tuple[tuple[str, ...], int, list[list[object]]]:
    """Return (names of the sheets, place of the one to read, its rows).

    In a thread of its own, because calamine panics on some damaged files, and a panic is no ``Exception``: the thread
    hands it over as what it is.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    def read() -> tuple[tuple[str, ...], int, list[list[object]]]:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = tuple(book.sheet_names)
        return (sheets, *_sheet(book, sheets, chosen))

    with ThreadPoolExecutor(1) as apart:
        reading = apart.submit(read)
    error = reading.exception()
    if error is None:
        return reading.result()
    broken = isinstance(error, CalamineError | OSError | ValueError | zipfile.BadZipFile)
    if isinstance(error, TableError) or not (broken or type(error).__name__ == "PanicException"):
        raise error
    protected = "password" in str(error).lower() or "encrypt" in str(error).lower()
    what = "This workbook is protected by a password." if protected else "This Excel workbook is broken."
    raise TableError(what, remedy=_REMEDY) from None


def _sheet(book: object, sheets: tuple[str, ...], chosen: str | None) -> tuple[int, list[list[object]]]:
    """Return (place of the sheet, its rows): the chosen one, else the first with two rows and columns."""
    if chosen is not None and chosen not in sheets:
        raise TableError(f"This workbook has no sheet called “{chosen[:60]}”.", choices=sheets)
    places = range(len(sheets)) if chosen is None else [sheets.index(chosen)]
    for place in places:
        rows = book.get_sheet_by_index(place).to_python(skip_empty_area=False)  # type: ignore[attr-defined]
        if chosen is not None or (len(rows) > 1 and max(len(row) for row in rows) > 1):
            return place, rows
    raise TableError("No sheet of this workbook holds a table.", remedy="Upload one with names and rows below them.")


def _refuse_bombs(data: bytes) -> None:
    """Look at the parts of an .xlsx before they are unpacked, and at the farthest cell: a grid is held in full."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > MAX_UNPACKED:
                raise TableError(
                    f"Unpacked, this workbook is larger than {MAX_UNPACKED // 2**20} MB.", remedy="Save it as CSV."
                )
            for info in infos:
                if "worksheets/" in info.filename and info.filename.endswith(".xml"):
                    with archive.open(info) as stream:
                        _refuse_far_cells(stream.read(MAX_UNPACKED))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError("This Excel workbook is broken or protected.", remedy=_REMEDY) from None


def _refuse_far_cells(xml: bytes) -> None:
    rows = columns = 0
    for letters, digits in _CELL.findall(xml):
        rows = max(rows, int(digits))
        columns = max(columns, _column_number(letters))
    if rows * columns > _MOST_CELLS:
        raise TableError(
            f"A sheet of this workbook spans {rows:,} rows and {columns:,} columns.",
            remedy="Delete what stands far from the table, or save the table as CSV.",
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
