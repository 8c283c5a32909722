"""A file becomes a Table: unpack it, recognise what it is, decode it, and read the table in it.

Nothing is assumed in silence: what was found stands in the report's facts, what was assumed or repaired in its
warnings, and what cannot be read rightly is refused with the line and a remedy. All of it happens in memory.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from logreg_core.data.assembly import TextTable
from logreg_core.data.decode import decode
from logreg_core.data.mended_lines import mended_lines
from logreg_core.data.options import ReadOptions
from logreg_core.data.other_formats import refuse_markup, refuse_other_formats
from logreg_core.data.spellings import listed
from logreg_core.data.table import ReadReport, Table, Watch
from logreg_core.data.text_table import read_text
from logreg_core.data.unpack import unpack
from logreg_core.errors import TableError

_FEW_BYTES = 2**20  # for fewer, a thread costs more than it saves
_EMPTY = TableError("This file is empty.", remedy="Upload a file with column names in its first row.", is_final=True)


def read_table(
    source: bytes | str | os.PathLike[str] | BinaryIO,
    name: str = "",
    options: ReadOptions | None = None,
    watch: Watch | None = None,
) -> Table:
    """Read a table from text (CSV of any dialect, fixed columns), a workbook, Parquet or JSON, packed or not.

    Parameters
    ----------
    source : bytes, path or binary file
        The file's content, or where it is.
    name : str
        The file's name as the user knows it; only its last part is kept. Defaults to the name of a path.
    options : ReadOptions, optional
        What is known about the file; everything else is found out.
    watch : callable, optional
        Called with (share done from 0 to 1, what is being done); may raise to stop.

    Raises
    ------
    TableError
        For everything the content does wrong: another format, no text, no rows, one column, rows that cannot be told
        apart, more than 2,000,000 rows or 5,000 columns; and for options that cannot be meant.
    OSError
        For a path that cannot be opened.
    """
    options = options or ReadOptions()
    options.validate()
    watch = watch or (lambda share, what: None)
    watch(0.0, "Opening the file")
    data, own_name = _bytes_of(source)
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(_digest, data).result if len(data) > _FEW_BYTES else partial(_digest, data)
        found, sheets = _found(data, options, watch)
        fingerprint = digest()
    if options != ReadOptions():
        chosen = json.dumps(options.to_dict(), sort_keys=True)
        fingerprint = hashlib.sha256(f"{fingerprint} {chosen}".encode()).hexdigest()
    warnings = [*_told_of_kinds(options, found), *found.warnings]
    report = ReadReport(found.facts, warnings, found.detected, found.unplaced, sheets)
    watch(1.0, "Done")
    return Table(found.frame, _shown_name(name or own_name), fingerprint, report)


def _told_of_kinds(options: ReadOptions, found: TextTable) -> list[str]:
    """One sentence about the columns whose kind was chosen and which are not in the table."""
    absent = sorted({name for name, _ in options.kinds or ()} - set(found.frame.columns))
    if not absent:
        return []
    what = "a column that is" if len(absent) == 1 else "columns that are"
    return [f"A kind was chosen for {what} not in the table: {listed(absent)}. It was not used."]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _found(data: bytes, options: ReadOptions, watch: Watch) -> tuple[TextTable, tuple[str, ...]]:
    """Return (the table in the data, sheets or files to choose from)."""
    if not data[:4096].strip() and not data.strip():
        raise _EMPTY
    content = unpack(data, options.sheet)
    if content.members and options.sheet in content.members:
        options = replace(options, sheet=None)
    found, sheets = _read_content(content.data, options, watch)
    if content.packing:
        found = replace(
            found,
            facts=(("Packed", content.packing), *found.facts),
            detected=replace(found.detected, sheet=content.chosen or found.detected.sheet),
            warnings=[*content.warnings, *found.warnings],
        )
    return found, content.members or sheets


def _read_content(data: bytes, options: ReadOptions, watch: Watch) -> tuple[TextTable, tuple[str, ...]]:
    from logreg_core.data import json_table, parquet, workbook

    if workbook.is_workbook(data):
        return workbook.read_workbook(data, options, watch)
    if parquet.is_parquet(data):
        return parquet.read_parquet(data), ()
    refuse_other_formats(data)
    watch(0.05, "Decoding letters")
    decoded = decode(data, options.encoding)
    if not decoded.utf8[:4096].strip() and not decoded.utf8.strip():
        raise _EMPTY
    refuse_markup(decoded.utf8)
    if json_table.is_json(decoded.utf8):
        found = json_table.read_json(decoded.utf8, options, watch)
    else:
        utf8, mended = mended_lines(decoded.utf8, options)
        found = read_text(utf8, options, watch, ascii_only=decoded.plain)
        found = replace(found, warnings=[*mended, *found.warnings])
    detected = replace(found.detected, encoding=options.encoding or decoded.codec or None)
    warnings = [*decoded.warnings, *found.warnings]
    return replace(
        found, facts=(("Encoding", decoded.encoding), *found.facts), warnings=warnings, detected=detected
    ), ()


def _bytes_of(source: bytes | str | os.PathLike[str] | BinaryIO) -> tuple[bytes, str]:
    """Return (content, the source's own name or "")."""
    if isinstance(source, bytes):
        return source, ""
    if isinstance(source, bytearray | memoryview):
        return bytes(source), ""
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        return path.read_bytes(), path.name
    return source.read(), ""


def _shown_name(name: str) -> str:
    """Return the last part of an untrusted file name without control characters; else untouched."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", "", re.split(r"[/\\]", name)[-1]).strip()
