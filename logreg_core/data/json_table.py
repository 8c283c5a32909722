"""Reads JSON that is plainly a table: records, lines of records, columns, or rows below names; refuses all other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

import pandas as pd

from logreg_core.data.assembly import TextTable
from logreg_core.data.options import ReadOptions
from logreg_core.data.spellings import listed, quoted
from logreg_core.data.table import Watch
from logreg_core.errors import TableError

MAX_BYTES = 64 * 2**20
_MAX_ROWS = 2_000_000
_EXPORT = "Export the table as CSV and upload that."
# "[id],[name]" is how SQL Server writes a header, so a bracket alone does not make a file JSON.
_OPENING = re.compile(rb'\{\s*["}]|\[\s*[\[{"\]]|\[\s*-?[0-9][0-9.]*\s*,\s*-?[0-9][^\[\]\r\n]*\]?\s*$')
_NAMED = {"header_rows": 1}
_KINDS = {int: "numbers", float: "numbers", str: "text", bool: "true or false"}
_MOST_TOLD = 5
_Grid = list[Sequence[object]]


def is_json(utf8: bytes) -> bool:
    """Whether the text begins as JSON does."""
    return bool(_OPENING.match(utf8[:4096].lstrip()))


def read_json(utf8: bytes, options: ReadOptions, watch: Watch) -> TextTable:
    """Return the table in a JSON text.

    Raises
    ------
    TableError
        If it is broken, nested, or no table.
    """
    from logreg_core.data.grid import read_rows

    if len(utf8) > MAX_BYTES:
        raise TableError(f"This is a JSON file of more than {MAX_BYTES // 2**20} MB.", remedy=_EXPORT, is_final=True)
    repeated: list[str] = []
    rows, warnings, known = _rows(_parsed(utf8, repeated))
    if repeated:
        warnings = [*warnings, f"Records name an entry twice, such as {quoted(repeated[0])}; the last one was read."]
    sure_names = known == _NAMED and options.header_rows in (None, 1) and not options.skip_rows
    found = read_rows(rows, options, watch, sure_names=sure_names, skip_rows=0, footer_rows=0, **known)
    facts = tuple((what, told) for what, told in found.facts if what != "Column names" or known != _NAMED)
    mixed = _told_of_kinds(rows[1:], found) if sure_names and len(found.frame.columns) == len(rows[0]) else []
    return replace(found, facts=(("Format", "JSON"), *facts), warnings=[*warnings, *found.warnings, *mixed])


def _told_of_kinds(rows: _Grid, found: TextTable) -> list[str]:
    """Return a sentence for each column that is text for values of several kinds, unless its cells were told of."""
    told = []
    for place, (name, series) in enumerate(found.frame.items()):
        column = f"Column {quoted(str(name))}"
        if isinstance(series.dtype, pd.StringDtype) and not any(column in warning for warning in found.warnings):
            kinds = {_KINDS.get(kind, "") for kind in {type(row[place]) for row in rows}} - {""}
            if len(kinds) > 1:
                told.append(f"{column} holds {' and '.join(sorted(kinds))} together, so it is kept as text.")
    if len(told) > _MOST_TOLD:
        told[_MOST_TOLD:] = [f"{len(told) - _MOST_TOLD:,} more columns hold several kinds of values."]
    return told


def _parsed(utf8: bytes, repeated: list[str]) -> Any:
    """Return the value of the text; entries that a record names twice are added to ``repeated``, at most one each."""
    text = utf8.decode("utf-8")

    def record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs) and not repeated:
            names = [name for name, _ in pairs]
            repeated.append(next(name for place, name in enumerate(names) if name in names[:place]))
        return found

    try:
        try:
            return json.loads(text, object_pairs_hook=record)
        except json.JSONDecodeError as error:
            if "Extra data" not in error.msg:
                raise
            return _lines(text, record)
    except json.JSONDecodeError as error:
        line = f"It breaks in line {error.lineno:,}."
        raise TableError(
            "This looks like a JSON file, but it is broken.", where=line, remedy=_EXPORT, is_final=True
        ) from None
    except (RecursionError, ValueError):  # nested beyond measure, or a number of thousands of digits
        raise TableError("This is a JSON file that is no table.", remedy=_EXPORT, is_final=True) from None


def _lines(text: str, record: Callable[[list[tuple[str, Any]]], dict[str, Any]]) -> list[Any]:
    """Return the records of JSON lines, with or without commas between; a broken one is named by its line."""
    lines = [line.strip().removesuffix(",") for line in text.split("\n")]
    try:
        return list(json.loads("[" + ",".join(filter(None, lines)) + "]", object_pairs_hook=record))
    except json.JSONDecodeError:
        for place, line in enumerate(lines):
            try:
                json.loads(line or "0")
            except json.JSONDecodeError as error:
                error.lineno = place + 1
                raise
        raise


def _rows(value: Any) -> tuple[_Grid, list[str], dict[str, int]]:
    """Return (rows, sentences, how many rows of names are on top if that is known)."""
    told: list[str] = []
    known = {}
    if isinstance(value, dict):
        if {"columns", "data"} <= value.keys() and isinstance(value["columns"], list):
            value, known = _from_split(value), _NAMED
        elif len(value) == 1 and isinstance(next(iter(value.values())), list):
            value = next(iter(value.values()))  # {"rows": [...]}
        elif _wrapped(value) is not None:
            name = _wrapped(value) or ""
            others = [other for other in value if other != name]
            told = [f"The records under {quoted(name)} were read; the rest was left out: {listed(others)}."]
            value = value[name]
        elif value and all(isinstance(part, dict) for part in value.values()):
            value, told = _from_labelled(value)
            known = _NAMED
        else:
            value, known = _from_columns(value), _NAMED
    if not isinstance(value, list) or not value:
        raise _no_table()
    if all(isinstance(record, dict) for record in value):
        rows, incomplete = _from_records(value)
        return rows, [*told, *incomplete], _NAMED
    if not all(isinstance(row, list) for row in value):
        raise _no_table()
    _refuse_nested(cell for row in value for cell in row)
    _refuse_ragged(value)
    if not known and not all(isinstance(cell, str) for cell in value[0]):
        known = {"header_rows": 0}
        told = [*told, "The first row holds values that are no names; the columns were numbered."]
    return value, told, known


def _from_split(parts: dict[str, Any]) -> list[Any]:
    """Return rows of {"columns": […], "index": […], "data": [[…], …]}; row labels that are no numbers are a column."""
    rows, labels = parts["data"], parts.get("index")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise _no_table()
    if not isinstance(labels, list) or len(labels) != len(rows) or all(isinstance(label, int) for label in labels):
        return [parts["columns"], *rows]
    return [["", *parts["columns"]], *([label, *row] for label, row in zip(labels, rows, strict=True))]


def _wrapped(parts: dict[str, Any]) -> str | None:
    """Return the name of the one entry that is a list of records: "results" of {"count": 2, "results": [{…}, {…}]}."""
    lists = [name for name, part in parts.items() if isinstance(part, list)]
    if len(lists) != 1 or not parts[lists[0]] or not all(isinstance(record, dict) for record in parts[lists[0]]):
        return None
    return lists[0]


def _refuse_ragged(rows: list[list[Any]]) -> None:
    width = len(rows[0])
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            raise TableError(
                "The rows of this JSON file do not all have the same number of cells.",
                where=f"Row {number:,} has {len(row):,}, the first one {width:,}.",
                remedy=_EXPORT,
                is_final=True,
            )


def _no_table() -> TableError:
    return TableError("This is a JSON file that is no table of rows and columns.", remedy=_EXPORT, is_final=True)


def _refuse_nested(cells: Any) -> None:
    if any(isinstance(cell, dict | list) for cell in cells):
        raise TableError("This is a JSON file with lists or records inside its cells.", remedy=_EXPORT, is_final=True)


def _from_columns(columns: dict[str, Any]) -> list[list[object]]:
    """Return rows of {"a": [1, 2], "b": [3, 4]}."""
    values = list(columns.values())
    if len(values) < 2 or not all(isinstance(column, list) for column in values):
        raise _no_table()
    if len({len(column) for column in values}) != 1:
        raise TableError(
            "The columns of this JSON file do not all have the same length.", remedy=_EXPORT, is_final=True
        )
    return [list(columns), *(list(row) for row in zip(*values, strict=True))]


def _from_labelled(parts: dict[str, dict[str, Any]]) -> tuple[_Grid, list[str]]:
    """Return rows of {"age": {"r1": 1, "r2": 2}, …}, columns, or of {"r1": {"age": 1, …}, …}, records.

    Nothing but the values tells one from the other: a column is of one kind, and pandas counts rows from 0.
    """
    labels = list(next(iter(parts.values())))
    aligned = all(list(part) == labels for part in parts.values())
    counted = [str(place) for place in range(len(labels))]
    kinds = {name: {_kind(cell) for cell in part.values()} - {None} for name, part in parts.items()}
    columns = aligned and all(len(found) < 2 for found in kinds.values())
    across: dict[str, set[type | None]] = {}
    for part in parts.values():
        for label, cell in part.items():
            across.setdefault(label, set()).add(_kind(cell))
    records = all(len(found - {None}) < 2 for found in across.values())
    told = []
    if labels != counted and columns and records:
        columns = len(parts) <= len(labels)
        which = "column" if columns else "row"
        told = [f"Entries such as “{next(iter(parts))[:40]}” were read as {which}s; this could be the other way round."]
    if aligned and (columns or not records or labels == counted):
        values = [list(part.values()) for part in parts.values()]
        if len(values) < 2:
            raise _no_table()
        cells = [list(row) for row in zip(*values, strict=True)]
        if all(label.isdecimal() for label in labels):  # pandas' count of the rows
            return [list(parts), *cells], told
        return [["", *parts], *([label, *row] for label, row in zip(labels, cells, strict=True))], told
    rows, incomplete = _from_records(list(parts.values()))
    return [["", *rows[0]], *([label, *row] for label, row in zip(parts, rows[1:], strict=True))], [*told, *incomplete]


def _kind(cell: Any) -> type | None:
    return float if isinstance(cell, int) and not isinstance(cell, bool) else None if cell is None else type(cell)


def _from_records(records: list[dict[str, Any]]) -> tuple[_Grid, list[str]]:
    if len(records) > _MAX_ROWS:
        raise TableError(f"This file has {len(records):,} rows; the limit is {_MAX_ROWS:,}.", remedy="Upload a part.")
    names = list(dict.fromkeys(chain.from_iterable(records)))
    _refuse_nested(cell for record in records for cell in record.values())
    if len(names) * len(records) > 30_000_000:
        raise _no_table()
    incomplete = sum(len(record) < len(names) for record in records)
    lack = "1 record lacks" if incomplete == 1 else f"{incomplete:,} records lack"
    told = [f"{lack} some of the entries; these were read as missing."] if incomplete else []
    return [names, *([record.get(name) for name in names] for record in records)], told
