"""Sentences about columns in which signs such as "-", or all that stands there, were read as missing.

Among numbers such signs hardly are anything else; among words they may be an answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from logreg_core.data.levels import CHANGE_IT, is_sign
from logreg_core.data.spellings import quoted
from logreg_core.data.typed_column import TypedColumn

_SHOWN = 5
_Found = dict[str, dict[str, int]]


def told_of_missing(columns: Mapping[str, TypedColumn]) -> list[str]:
    """Return at most two sentences: of signs among words, and of columns that hold nothing else than missing cells."""
    empty = {name: column.missing for name, column in columns.items() if column.missing and _is_empty(column)}
    signs = {
        name: {cell: count for cell, count in column.missing.items() if is_sign(cell)}
        for name, column in columns.items()
        if column.is_of_words and name not in empty
    }
    return [*_told_of_signs({name: found for name, found in signs.items() if found}), *_told_of_empty(empty)]


def _is_empty(column: TypedColumn) -> bool:
    return bool(column.series.isna().all())


def _told_of_signs(found: _Found) -> list[str]:
    if not found:
        return []
    one = sum(map(len, found.values())) == 1
    hint = f"If {'it is a value' if one else 'one of them is a value'} of its own,{CHANGE_IT}"
    if len(found) == 1:
        [(name, signs)] = found.items()
        return [f"In column {quoted(name)}, {_counted(signs)} {'was' if one else 'were'} read as missing. {hint}"]
    return [f"Among words, signs were read as missing in the columns {_listed(found)}. {hint}"]


def _told_of_empty(found: _Found) -> list[str]:
    if not found:
        return []
    if len(found) == 1:
        [(name, cells)] = found.items()
        return [
            f"Column {quoted(name)} holds nothing but {_counted(cells)}, read as missing. If it is a value,{CHANGE_IT}"
        ]
    return [f"These columns hold nothing but cells read as missing: {_listed(found)}. If they are values,{CHANGE_IT}"]


def _counted(cells: dict[str, int]) -> str:
    return ", ".join(f"{quoted(cell)} ({count:,})" for cell, count in cells.items())


def _listed(found: _Found) -> str:
    shown = [f"{quoted(name)}: {_counted(cells)}" for name, cells in list(found.items())[:_SHOWN]]
    more = f" and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
    return "; ".join(shown) + more
