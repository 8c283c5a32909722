"""Sentences about how a column was read: what was assumed, taken off or kept as text, and in which line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from logreg_core.data.dates import Dates
from logreg_core.data.numbers import Numbers
from logreg_core.data.spellings import quoted
from logreg_core.data.spread import LARGEST_EXACT

_SHORT_YEAR = r"\d{1,2}[^\d:]+(?:\d{1,2}|[^\W\d]+)[^\d:]+\d{2}(?:\D.*)?"
LINE = "\0line\0"  # in a sentence, where the line number goes; no cell can hold NUL

RowOf = Callable[[int], int]


@dataclass(frozen=True)
class Remark:
    """A sentence for the report; ``LINE`` in it stands for the line of the data row ``row`` (from 0)."""

    sort: str
    sentence: str
    row: int = 0


def first_true(flags: Any) -> int | None:
    """Return the place of the first true flag; null counts as false."""
    import pyarrow.compute as pc

    place = pc.index(flags, True).as_py()
    return None if place < 0 else int(place)


def matches(cells: Any, pattern: str) -> Any:
    """Return which cells match the pattern from end to end."""
    import pyarrow.compute as pc

    return pc.match_substring_regex(cells, f"^(?:{pattern})$")


def remarks_on_numbers(numbers: Numbers, cells: Any, name: str, row_of: RowOf) -> Iterable[Remark]:
    """Say what is infinite, what was taken off, and which mark was taken where two would fit."""
    import pyarrow.compute as pc

    column = quoted(name)
    values = numbers.found
    if values.dtype.kind == "f":
        infinite = np.flatnonzero(np.isinf(values))
        if infinite.size:
            at = int(infinite[0])
            count = "an infinite value" if infinite.size == 1 else f"{infinite.size:,} infinite values"
            cell = quoted(cells[at].as_py())
            yield Remark("infinite", f"Column {column} holds {count}: {cell} in {LINE}.", row_of(at))
            return
        at_exponent = first_true(matches(cells, r"\d+[eE]\d+"))
        if at_exponent is not None and not pc.any(pc.match_substring(cells, ".")).as_py():
            cell = quoted(cells[at_exponent].as_py())
            sentence = f"In column {column}, {cell} in {LINE} was read as a number with a power of ten."
            yield Remark("exponent", sentence, row_of(at_exponent))
    elif values.size and max(int(values.max()), -int(values.min())) > LARGEST_EXACT:
        yield Remark("long", f"Column {column} holds numbers of more than 15 digits; if they are codes, make it text.")
    taken = []
    if numbers.currency:
        taken.append(f"the sign {quoted(numbers.currency)} was taken off")
    if numbers.percent:
        taken.append("percent signs were taken off, so that 5% is 5")
    if numbers.brackets:
        taken.append("numbers in brackets were read as negative")
    if numbers.trailing_minus:
        taken.append("a minus behind a number was read as its sign")
    if numbers.no_cents:
        taken.append("a dash behind the decimal mark was read as no cents, so that 5,- is 5")
    if taken:
        yield Remark("decoration", f"In column {column}, {' and '.join(taken)}.")
    yield from _remarks_on_marks(numbers, cells, column, row_of)


def _remarks_on_marks(numbers: Numbers, cells: Any, column: str, row_of: RowOf) -> Iterable[Remark]:
    import pyarrow.compute as pc

    marks = numbers.marks
    what = {",": "comma", ".": "point", " ": "space", "'": "apostrophe"}
    if marks.thousands:
        mark = "[\u00a0\u202f\u2009\u2007 ]" if marks.thousands == " " else f"[{marks.thousands}]"
        mark = "['\u2019\u02bc`\u00b4]" if marks.thousands == "'" else mark
        at = first_true(pc.match_substring_regex(cells, mark)) or 0
        cell = quoted(cells[at].as_py())
        yield Remark(
            "thousands",
            f"In column {column}, the {what[marks.thousands]} of {cell} in {LINE} was taken to separate thousands.",
            row_of(at),
        )
    elif marks.doubtful:
        at = first_true(pc.match_substring(cells, marks.decimal)) or 0
        cell = quoted(cells[at].as_py())
        yield Remark(
            "mark",
            f"In column {column}, the {what[marks.decimal]} of {cell} was taken as the decimal mark;"
            " it could also separate thousands.",
        )


def _farthest(days: Any, places: Any) -> int | None:
    """Return which of these days is the latest, the first to be taken for another century; None if there is none."""
    return int(places[np.argmax(days[places])]) if len(places) else None


def remarks_on_dates(dates: Dates, cells: Any, name: str, row_of: RowOf) -> Iterable[Remark]:
    """Say which order, century or zone was assumed."""
    import pyarrow.compute as pc

    column = quoted(name)
    first = first_true(pc.is_valid(cells)) or 0
    cell = quoted(cells[first].as_py())
    if dates.order == "either":
        day = str(dates.found[first])[:10]
        sentence = f"In column {column}, day and month could be the other way round: {cell} was read as {day}."
        yield Remark("order", sentence)
    if dates.order == "year":
        day = str(dates.found[first])[:10]
        sentence = f"In column {column}, years have two digits and were taken to stand first: {cell} was read as {day}."
        yield Remark("years", sentence)
    elif dates.short_years:
        short = pc.and_(matches(cells, _SHORT_YEAR), pc.is_valid(cells))
        at = _farthest(dates.found, np.flatnonzero(np.asarray(pc.fill_null(short, False)))) or first
        cell, day = quoted(cells[at].as_py()), str(dates.found[at])[:10]
        sentence = f"In column {column}, years have two digits: {cell} was read as {day}."
        yield Remark("years", sentence)
    if dates.digits:
        sentence = f"In column {column}, numbers such as {cell} were read as dates: {str(dates.found[first])[:10]}."
        yield Remark("digits", sentence)
    if dates.zone:
        yield Remark("zone", f"The times in column {column} have time zones; they were turned to UTC.")
