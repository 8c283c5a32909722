"""A file becomes a Table: refuse what is no text table, decode, cut into cells, name and type the columns.

Nothing is assumed in silence: what was found stands in the report's facts, what was assumed or repaired in its
warnings, and what cannot be read rightly is refused with the line and a remedy. All of it happens in memory.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd

from logreg_core.data.decode import decode
from logreg_core.data.delimited import DELIMITERS, Layout, cut_into_cells, find_layout, line_of
from logreg_core.data.header import find_names
from logreg_core.data.kinds import LINE, Remark, TypedColumn, quoted, type_column
from logreg_core.data.other_formats import refuse_other_formats
from logreg_core.data.table import ReadReport, Table
from logreg_core.errors import TableError

_TOLD_OF_A_SORT = 5  # a table with 1,000 columns of one kind gets five sentences and a count


def read_table(source: bytes | str | os.PathLike[str] | BinaryIO, name: str = "") -> Table:
    """Read delimited text (comma, semicolon, tab, vertical bar) into a Table.

    Parameters
    ----------
    source : bytes, path or binary file
        The file's content, or where it is.
    name : str
        The file's name as the user knows it; only its last part is kept. Defaults to the name of a path.

    Raises
    ------
    TableError
        For everything the content does wrong: another format, no text, no rows, one column, rows of different
        width, stray quotation marks, more than 2,000,000 rows or 5,000 columns.
    OSError
        For a path that cannot be opened.
    """
    data, own_name = _bytes_of(source)
    if not data.strip():
        raise TableError("This file is empty.", remedy="Upload a file with column names in its first row.")
    refuse_other_formats(data)
    decoded = decode(data)
    if not decoded.utf8.strip():
        raise TableError("This file is empty.", remedy="Upload a file with column names in its first row.")
    layout = find_layout(decoded.utf8)
    cells, structure_warnings = cut_into_cells(decoded.utf8, layout)
    names, named, name_warnings = find_names(*_first_rows(cells))
    if named:
        cells = cells.slice(1)
    if cells.num_rows == 0:
        raise TableError("This file has column names but no rows below them.", remedy="Add rows and upload it again.")
    frame, typed, body_warnings = _typed(cells, names, decoded.utf8, layout, n_above=int(named))
    report = ReadReport(
        facts=tuple(_facts(decoded.encoding, layout, named, frame, typed)),
        warnings=[*decoded.warnings, *layout.warnings, *structure_warnings, *name_warnings, *body_warnings],
    )
    return Table(frame, _shown_name(name or own_name), hashlib.sha256(data).hexdigest(), report)


def _bytes_of(source: bytes | str | os.PathLike[str] | BinaryIO) -> tuple[bytes, str]:
    """Return (content, the source's own name or "")."""
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source), ""
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        return path.read_bytes(), path.name
    return source.read(), ""


def _shown_name(name: str) -> str:
    """Return the last part of an untrusted file name without control characters; else untouched."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", "", re.split(r"[/\\]", name)[-1]).strip()


def _first_rows(cells: Any) -> tuple[list[str], list[str]]:
    rows = cells.slice(0, 2).to_pylist()
    return list(rows[0].values()), list(rows[-1].values())


def _typed(
    cells: Any, names: list[str], utf8: bytes, layout: Layout, n_above: int
) -> tuple[pd.DataFrame, dict[str, TypedColumn], list[str]]:
    """Return (frame without empty rows and nameless empty columns, its columns as typed, sentences)."""
    cells, kept_rows, n_empty = _without_empty_rows(cells)
    typed: dict[str, TypedColumn] = {}
    left_out: list[str] = []
    comma_allowed = layout.delimiter != ","
    for place, name in enumerate(names):
        column = type_column(cells.column(place), name, comma_allowed=comma_allowed)
        if name == f"column {place + 1}" and n_above and bool(column.series.isna().all()):
            left_out.append(name)  # a trailing delimiter makes a column without name and content
        else:
            typed[name] = column
    if len(typed) < 2:
        raise TableError("Only one column has values.", remedy="Upload a table with at least two columns.")
    warnings = []
    if n_empty:
        count = "1 row" if n_empty == 1 else f"{n_empty:,} rows"
        warnings.append(f"{count} without any value {'was' if n_empty == 1 else 'were'} left out.")
    if left_out:
        warnings.append(f"Columns without name and values were left out: {', '.join(map(quoted, left_out[:5]))}.")
    if any(column.decimal_comma for column in typed.values()):
        warnings.append("Commas inside numbers were read as decimal marks.")

    def line(row: int) -> str:
        return f"line {line_of(utf8, layout, n_above + (row if kept_rows is None else int(kept_rows[row]))):,}"

    warnings += _told((remark for column in typed.values() for remark in column.remarks), line)
    frame = pd.DataFrame({name: column.series for name, column in typed.items()}, copy=False)
    return frame, typed, warnings


def _without_empty_rows(cells: Any) -> tuple[Any, Any, int]:
    """Return (cells, places of the kept rows or None if all are kept, number of rows that hold only delimiters)."""
    import numpy as np
    import pyarrow.compute as pc

    empty: Any = None
    for column in cells.columns:
        blank = pc.equal(column, "")
        empty = blank if empty is None else pc.and_(empty, blank)
        if not pc.any(empty).as_py():
            return cells, None, 0
    kept = pc.invert(empty)
    places = np.flatnonzero(kept.to_numpy())
    if places.size == 0:
        raise TableError("The rows of this file hold no values.", remedy="Upload a file with values in its rows.")
    return cells.filter(kept), places, len(cells) - places.size


def _told(remarks: Iterable[Remark], line: Any) -> list[str]:
    """Return the remarks as sentences, at most five of a sort."""
    told: Counter[str] = Counter()
    sentences: list[str] = []
    for remark in remarks:
        told[remark.sort] += 1
        if told[remark.sort] <= _TOLD_OF_A_SORT:
            sentence = remark.sentence
            sentences.append(sentence.replace(LINE, line(remark.row)) if LINE in sentence else sentence)
    for count in told.values():
        if count > _TOLD_OF_A_SORT:
            sentences.append(f"{count - _TOLD_OF_A_SORT:,} more columns have a remark like one of these.")
    return sentences


def _facts(
    encoding: str, layout: Layout, named: bool, frame: pd.DataFrame, typed: dict[str, TypedColumn]
) -> Iterable[tuple[str, str]]:
    yield "Encoding", encoding
    yield "Delimiter", DELIMITERS[layout.delimiter]
    yield "Decimal mark", "comma" if any(column.decimal_comma for column in typed.values()) else "point"
    yield "Column names", "first row" if named else "none in the file"
    yield "Rows", f"{len(frame):,}"
    yield "Columns", f"{frame.shape[1]:,}"
    missing: Counter[str] = Counter()
    for column in typed.values():
        missing.update(column.missing)
    if missing:
        listed = (
            f"{quoted(spelling)} ({count:,} in {_where(spelling, typed)})" for spelling, count in missing.most_common()
        )
        yield "Read as missing", ", ".join(listed)


def _where(spelling: str, typed: dict[str, TypedColumn]) -> str:
    names = [name for name, column in typed.items() if spelling in column.missing]
    return quoted(names[0]) if len(names) == 1 else f"{len(names):,} columns"
