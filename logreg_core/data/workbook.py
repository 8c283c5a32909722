"""Reads Excel workbooks, .xlsx and .xls, through calamine: cells become text, and are read like every other table."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from logreg_core.data.assembly import TextTable
from logreg_core.data.grid import MOST_BYTES, MOST_CELLS, read_csv, too_many_cells
from logreg_core.data.grid_text import TooManyCellsError, as_csv
from logreg_core.data.options import ReadOptions
from logreg_core.data.sheet_scan import Scan, scan_sheet, told_of_merged, told_of_scan
from logreg_core.data.table import Watch
from logreg_core.data.workbook_parts import REMEDY, Parts, Sheet, broken
from logreg_core.errors import TableError

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_SECONDS = 90
_FAR_LARGER = 20
"""Times the cells of the first table from which on a later sheet is the data, and the first one explains it."""


@dataclass(frozen=True)
class _Opened:
    """The names of the sheets, the place of the one that was read, whether it is hidden, its cells as CSV.

    ``merged`` are the ranges merged over several rows.

    ``instead_of`` is the name of the first table's sheet where a far larger one was read instead.
    """

    sheets: tuple[str, ...]
    place: int
    hidden: bool
    csv: bytes
    told: Sequence[str] = ()
    instead_of: str = ""
    merged: Sequence[str] = ()


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook that can be read: .xlsx by its parts, .xls by its first bytes and streams."""
    if data.startswith(_OLD):
        return b"W\0o\0r\0k\0b\0o\0o\0k\0" in data or b"B\0o\0o\0k\0" in data
    ends = data[:8192] + data[-65536:]
    return data.startswith(b"PK\x03\x04") and b"xl/" in ends and b"xl/workbook.bin" not in ends


def read_workbook(data: bytes, options: ReadOptions, watch: Watch) -> tuple[TextTable, tuple[str, ...]]:
    """Return (the table in the chosen sheet, else the first one with cells that Excel shows, names of all sheets).

    If a later sheet that Excel shows is far larger, that one is read.

    Raises
    ------
    TableError
        If the workbook is broken, protected, too large, or the sheet is not there or holds no table.
    """
    watch(0.05, "Opening the workbook")
    opened = _opened_old(data, options.sheet) if data.startswith(_OLD) else _opened(Parts(data), options.sheet)
    name = opened.sheets[opened.place]
    warnings = []
    if options.sheet is None and len(opened.sheets) > 1:
        smaller = f", which is far larger than “{opened.instead_of[:60]}”," if opened.instead_of else ""
        warnings.append(f"This workbook has {len(opened.sheets):,} sheets; “{name[:60]}”{smaller} was read.")
    if opened.hidden:
        warnings.append(f"The sheet “{name[:60]}” is hidden in Excel.")
    warnings += opened.told
    try:
        found = read_csv(opened.csv, replace(options, sheet=None), watch)
    except TableError as error:
        raise _told_of_sheet(error, opened.sheets) from None
    n_above = (found.detected.skip_rows or 0) + (found.detected.header_rows or 0)
    warnings += told_of_merged(opened.merged, n_above)
    return (
        replace(
            found,
            facts=(("Format", "Excel workbook"), ("Sheet", name), *found.facts),
            warnings=[*warnings, *found.warnings],
            detected=replace(found.detected, sheet=name),
        ),
        opened.sheets,
    )


def _told_of_sheet(error: TableError, sheets: Sequence[str]) -> TableError:
    """Return the refusal of a text for the sheet it was taken from; others may be chosen if it holds no table."""
    if not error.what.startswith("This file"):
        return error
    what, remedy = error.what.replace("This file", "This sheet", 1), error.remedy
    if len(sheets) < 2:
        return error.retold(what, where=error.where, remedy=remedy)
    return error.retold(what, where=error.where, remedy=f"{remedy} Or choose another sheet.", choices=tuple(sheets))


def _no_sheet(chosen: str, sheets: Sequence[str]) -> TableError:
    return TableError(f"This workbook has no sheet called “{chosen[:60]}”.", choices=tuple(sheets))


def _no_table() -> TableError:
    return TableError("No sheet of this workbook holds a table.", remedy="Upload one with names and rows below them.")


def _opened(parts: Parts, chosen: str | None) -> _Opened:
    """Return the sheet of an .xlsx: the chosen one, else the first that has two rows and columns, shown ones first."""
    names = tuple(sheet.name for sheet in parts.sheets)
    if chosen is not None:
        if chosen not in names:
            raise _no_sheet(chosen, names)
        place = names.index(chosen)
        if not parts.sheets[place].part:
            raise _no_table()
        return _read_sheet(parts, place, _scanned(parts, place))
    places = sorted(range(len(names)), key=lambda place: parts.sheets[place].hidden)
    for place in places:
        scan = _scanned(parts, place) if parts.sheets[place].part else Scan()
        if scan.rows > 1 and scan.columns > 1:
            return _far_larger(parts, place, scan) or _read_sheet(parts, place, scan)
        parts.forget(parts.sheets[place].part)
    raise _no_table()


def _scanned(parts: Parts, place: int) -> Scan:
    return scan_sheet(parts.part(parts.sheets[place].part), parts.strings, *parts.formats)


def _far_larger(parts: Parts, first: int, scan: Scan) -> _Opened | None:
    """Return the largest of the shown sheets, if it is far larger than the first table; told by bytes before cells."""
    shown = [place for place, sheet in enumerate(parts.sheets) if sheet.part and not sheet.hidden]
    largest = max(shown, key=lambda place: parts.size(parts.sheets[place].part), default=first)
    if parts.size(parts.sheets[largest].part) < _FAR_LARGER / 2 * parts.size(parts.sheets[first].part):
        return None
    other = _scanned(parts, largest)
    if other.rows < 2 or other.columns < 2 or other.cells < _FAR_LARGER * scan.cells:
        parts.forget(parts.sheets[largest].part)
        return None
    parts.forget(parts.sheets[first].part)
    return replace(_read_sheet(parts, largest, other), instead_of=parts.sheets[first].name)


def _read_sheet(parts: Parts, place: int, scan: Scan) -> _Opened:
    names = tuple(sheet.name for sheet in parts.sheets)
    sheet = parts.sheets[place]
    csv = _values(parts, sheet, place, scan)
    return _Opened(names, place, sheet.hidden, csv, told_of_scan(scan), merged=scan.merged)


def _values(parts: Parts, sheet: Sheet, place: int, scan: Scan) -> bytes:
    """Return the cells of a sheet as CSV.

    In a thread of its own, because calamine panics on some damaged files, and a panic is no ``Exception``: the thread
    hands it over as what it is.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    alone = parts.alone(sheet)
    parts.forget(sheet.part)

    def read() -> bytes:
        found = CalamineWorkbook.from_filelike(io.BytesIO(alone)).get_sheet_by_index(place)
        first, last = found.start or (0, 0), found.end or (0, 0)
        if last[0] >= max(scan.rows, 1) or last[1] >= max(scan.columns, 1):
            raise ValueError("other cells than those that were looked at")
        left = [""] * first[1]
        return as_csv(([*left, *row] for row in found.iter_rows()), MOST_CELLS, MOST_BYTES)

    with ThreadPoolExecutor(1) as apart:
        reading = apart.submit(read)
    error = reading.exception()
    if error is None:
        return reading.result()
    if isinstance(error, TooManyCellsError):
        raise too_many_cells()
    if isinstance(error, CalamineError | OSError | ValueError | zipfile.BadZipFile) or (
        type(error).__name__ == "PanicException"
    ):
        raise _refusal(str(error)) from None
    raise error


def _refusal(error: str) -> TableError:
    protected = "password" in error.lower() or "encrypt" in error.lower()
    return (
        TableError("This workbook is protected by a password.", remedy=REMEDY, is_final=True) if protected else broken()
    )


def _opened_old(data: bytes, chosen: str | None) -> _Opened:
    """Return the sheet of an .xls, read by a process that may come to harm (see ``xls_process``)."""
    program = [sys.executable, "-P", str(Path(__file__).with_name("xls_process.py"))]
    head = json.dumps([chosen, MOST_CELLS, MOST_BYTES, _FAR_LARGER]).encode() + b"\n"
    try:
        done = subprocess.run(program, input=head + data, capture_output=True, timeout=_MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise TableError("This workbook takes too long to read.", remedy=REMEDY) from None
    except OSError:
        raise TableError("Workbooks of this old kind cannot be opened here.", remedy=REMEDY) from None
    line, _, csv = done.stdout.partition(b"\n")
    if done.returncode or not line:
        raise TableError(
            "This Excel workbook is broken, or claims more cells than can be held.", remedy=REMEDY
        ) from None
    told = json.loads(line)
    sheets = tuple(told.get("sheets", ()))
    error = told.get("error")
    if error is None:
        return _Opened(sheets, told["place"], told["hidden"], csv, instead_of=told["instead_of"])
    if error == "no sheet":
        raise _no_sheet(chosen or "", sheets)
    if error == "no table":
        raise _no_table()
    if error.startswith("TooManyCellsError"):
        raise too_many_cells()
    raise _refusal(error)
