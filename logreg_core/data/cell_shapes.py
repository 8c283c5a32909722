"""What a cell looks like before anything is typed: a number, a date, nothing; and what that says of a column."""

from __future__ import annotations

import re
from functools import lru_cache

from logreg_core.data.numbers import COMMA_NUMBER, CURRENCY, NUMBER
from logreg_core.data.records import Record
from logreg_core.data.spellings import MISSING_AMONG_NUMBERS, MISSING_SPELLINGS

_NO_VALUE = set(MISSING_SPELLINGS) | set(MISSING_AMONG_NUMBERS)
_GROUPED = (  # the decimal mark is another than that of the thousands: 87.134.111.2 is no number
    r"[1-9]\d{0,2}(?:(?P<mark>[.,' \u00a0\u202f\u2019])\d{3}(?:(?P=mark)\d{3})*|(?:,\d\d)+,\d{3})"
    r"(?:(?!(?P=mark))[.,]\d+)?"
)
_NUMERIC = re.compile(
    rf"[(]?\s?[-+]?\s?(?:{CURRENCY})?\s?(?:{NUMBER}|{COMMA_NUMBER}|{_GROUPED})(?:(?<=[.,])[-\u2013\u2014]-?)?"
    rf"\s?(?:%|{CURRENCY})?[)]?-?"
)
_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}.*|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.*")
_PLAIN = r"(?:-?[0-9]++(?:\.[0-9]++)?+|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9:.]++)?+)"
_PLAIN_VALUES = re.compile(rf"(?:{_PLAIN}\0)*+{_PLAIN}")
"""Numbers and dates as nearly all are written, many at once: a tenth of the time of one after the other."""
GLANCE = 200
"""Rows that a look at the top of a table takes in."""


def is_number(cell: str) -> bool:
    """Whether a cell is written as a number, by whatever marks."""
    return bool(_NUMERIC.fullmatch(cell.strip()))


@lru_cache(maxsize=2**14)  # the same cells are asked about for names, second rows, units and columns of numbers
def is_value(cell: str) -> bool:
    """Whether a cell is written as a number or a date."""
    return is_number(cell) or bool(_DATED.fullmatch(cell.strip()))


def is_blank(cell: str) -> bool:
    """Whether a cell is empty or says that there is no value."""
    return cell.strip() in _NO_VALUE


@lru_cache(maxsize=2**14)
def _says(cell: str) -> bool | None:
    """Return whether a cell is a value, None if it is blank."""
    return None if is_blank(cell) else is_value(cell)


def without_foot(rows: list[Record]) -> list[Record]:
    """Return the rows of a glance without the last ones of a short file, which may be totals and notes."""
    return rows if len(rows) >= GLANCE // 2 else rows[: max(len(rows) - 3, (len(rows) + 1) // 2)]


def same_cells(record: Record, other: Record) -> bool:
    """Whether two rows say the same."""
    pairs = zip(record.cells, other.cells, strict=False)
    return len(record.cells) == len(other.cells) and all(cell.strip() == same.strip() for cell, same in pairs)


def same_words(record: Record, other: Record) -> bool:
    """Whether two rows say the same, perhaps with other capitals."""
    pairs = zip(record.cells, other.cells, strict=False)
    return len(record.cells) == len(other.cells) and all(
        cell.strip().casefold() == same.strip().casefold() for cell, same in pairs
    )


def occurs(cell: str, place: int, body: list[Record]) -> bool:
    """Whether a cell stands in the column of this place in some row."""
    return any(record.cells[place].strip() == cell for record in body if place < len(record.cells))


def is_numeric_column(body: list[Record], place: int) -> bool:
    """Whether the column of this place has numbers or dates in all cells that say something, and some."""
    cells = [record.cells[place] for record in body if place < len(record.cells)]
    if _PLAIN_VALUES.fullmatch("\0".join(cells)):
        return True
    found = False
    for cell in cells:
        says = _says(cell)
        if says is False:
            return False
        found = found or says is True
    return found
