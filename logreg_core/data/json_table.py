"""Reads JSON that is plainly a table: records, lines of records, columns, or rows below names; refuses all other."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from logreg_core.data.options import ReadOptions
from logreg_core.data.text_table import TextTable, Watch
from logreg_core.errors import TableError

MAX_BYTES = 64 * 2**20
_MAX_ROWS = 2_000_000
_EXPORT = "Export the table as CSV and upload that."
# "[id],[name]" is how SQL Server writes a header, so a bracket alone does not make a file JSON.
_OPENING = re.compile(rb'\{\s*["}]|\[\s*[\[{"\]]|\[\s*-?[0-9][0-9.]*\s*,\s*-?[0-9][^\[\]\r\n]*\]?\s*$')


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
        raise TableError(f"This is a JSON file of more than {MAX_BYTES // 2**20} MB.", remedy=_EXPORT)
    rows, warnings = _rows(_parsed(utf8))
    found = read_rows(rows, options, watch, skip_rows=0, header_rows=1, footer_rows=0)
    facts = tuple((what, told) for what, told in found.facts if what != "Column names")
    return replace(found, facts=(("Format", "JSON"), *facts), warnings=[*warnings, *found.warnings])


def _parsed(utf8: bytes) -> Any:
    text = utf8.decode("utf-8")
    try:
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            if "Extra data" not in error.msg:
                raise
            lines = [line for line in text.split("\n") if line.strip()]
            return json.loads("[" + ",".join(lines) + "]")
    except json.JSONDecodeError as error:
        line = f"It breaks in line {error.lineno:,}."
        raise TableError("This looks like a JSON file, but it is broken.", where=line, remedy=_EXPORT) from None
    except (RecursionError, ValueError):  # nested beyond measure, or a number of thousands of digits
        raise TableError("This is a JSON file that is no table.", remedy=_EXPORT) from None


def _rows(value: Any) -> tuple[list[Sequence[object]], list[str]]:
    """Return (rows with names on top, sentences)."""
    if isinstance(value, dict):
        if {"columns", "data"} <= value.keys() and isinstance(value["columns"], list):
            value = [value["columns"], *_checked(value["data"])]
        elif len(value) == 1 and isinstance(next(iter(value.values())), list):
            value = next(iter(value.values()))  # {"rows": [...]}
        else:
            value = _from_columns(value)
    if not isinstance(value, list) or not value:
        raise _no_table()
    if all(isinstance(record, dict) for record in value):
        return _from_records(value)
    if not all(isinstance(row, list) for row in value):
        raise _no_table()
    _refuse_nested(cell for row in value for cell in row)
    return value, []


def _checked(rows: Any) -> list[Any]:
    if not isinstance(rows, list):
        raise _no_table()
    return rows


def _no_table() -> TableError:
    return TableError("This is a JSON file that is no table of rows and columns.", remedy=_EXPORT)


def _refuse_nested(cells: Any) -> None:
    if any(isinstance(cell, dict | list) for cell in cells):
        raise TableError("This is a JSON file with lists or records inside its cells.", remedy=_EXPORT)


def _from_columns(columns: dict[str, Any]) -> list[list[object]]:
    """Return rows of {"a": [1, 2], "b": [3, 4]} or {"a": {"0": 1}, "b": {"0": 3}}, the two ways of pandas."""
    values = list(columns.values())
    if values and all(isinstance(column, dict) for column in values):
        labels = list(values[0])
        if any(list(column) != labels for column in values):
            raise _no_table()
        values = [list(column.values()) for column in values]
    if len(values) < 2 or not all(isinstance(column, list) for column in values):
        raise _no_table()
    if len({len(column) for column in values}) != 1:
        raise TableError("The columns of this JSON file do not all have the same length.", remedy=_EXPORT)
    return [list(columns), *(list(row) for row in zip(*values, strict=True))]


def _from_records(records: list[dict[str, Any]]) -> tuple[list[Sequence[object]], list[str]]:
    if len(records) > _MAX_ROWS:
        raise TableError(f"This file has {len(records):,} rows; the limit is {_MAX_ROWS:,}.", remedy="Upload a part.")
    names = list(dict.fromkeys(chain.from_iterable(records)))
    _refuse_nested(cell for record in records for cell in record.values())
    if len(names) * len(records) > 30_000_000:
        raise _no_table()
    incomplete = sum(len(record) < len(names) for record in records)
    told = [f"{incomplete:,} records lack some of the entries; these were read as missing."] if incomplete else []
    return [names, *([record.get(name) for name in names] for record in records)], told
