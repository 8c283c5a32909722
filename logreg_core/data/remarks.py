"""Sentences about how a column was read: what was assumed, taken off or kept as text, and in which line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from logreg_core.data.choices import THOUSANDS_MARKS
from logreg_core.data.dates import Dates
from logreg_core.data.numbers import Numbers
from logreg_core.data.spellings import quoted
from logreg_core.data.spread import LARGEST_EXACT

_SHORT_YEAR = r"\d{1,2}[^\d:]+(?:\d{1,2}|[^\W\d]+)[^\d:]+\d{2}(?:\D.*)?"
_ALL_IN_THREES = "[0-9]{3}(?:[., '\u2019\u00a0\u202f][0-9]{3})+"
# In a sentence, where the line number goes, and the columns or an example in one of several; no cell can hold NUL.
LINE, COLUMNS, EXAMPLE = "\0line\0", "\0columns\0", "\0example\0"

RowOf = Callable[[int], int]


@dataclass(frozen=True)
class Remark:
    """A sentence for the report; ``LINE`` in it stands for the line of the data row ``row`` (from 0).

    ``together`` is the sentence for several columns of which the same is to be told: ``COLUMNS`` in it stands for the
    columns, ``EXAMPLE`` for the ``example`` of the first of them.
    """

    sort: str
    sentence: str
    row: int = 0
    column: str = ""
    together: str = ""
    example: str = ""


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
    """Say what is infinite, what was assumed of signs, and which mark was taken where two would fit.

    Where all cells leave no choice nothing is said: marks and signs stand among the facts.
    """
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
        told = "numbers of more than 15 digits; if they are codes, make"
        yield Remark(
            "long", f"Column {column} holds {told} it text.", 0, name, f"There are {told} them text: {COLUMNS}."
        )
    taken = []
    if numbers.currency and first_true(pc.invert(pc.match_substring(cells, numbers.currency))) is not None:
        taken.append(f"the sign {quoted(numbers.currency)}, which not all cells have, was taken off")
    if numbers.brackets:
        taken.append("numbers in brackets were read as negative")
    if numbers.trailing_minus:
        taken.append("a minus behind a number was read as its sign")
    if numbers.no_cents:
        taken.append("a dash behind the decimal mark was read as no cents, so that 5,- is 5")
    if taken:
        told = " and ".join(taken)
        yield Remark("decoration", f"In column {column}, {told}.", 0, name, f"In {COLUMNS}, {told}.")
    if numbers.marks.doubtful:
        yield _remark_on_marks(numbers, cells, name, row_of)
    elif numbers.marks.thousands and pc.all(matches(cells, _ALL_IN_THREES)).as_py():
        yield _remark_on_codes(numbers.marks.thousands, cells, name)


def _remark_on_marks(numbers: Numbers, cells: Any, name: str, row_of: RowOf) -> Remark:
    """Say which mark was taken for what where all cells could be read in two ways."""
    import pyarrow.compute as pc

    marks = numbers.marks
    what = {",": "comma", ".": "point"}[marks.thousands or marks.decimal]
    at = first_true(pc.match_substring(cells, marks.thousands or marks.decimal)) or 0
    cell = quoted(cells[at].as_py())
    if marks.thousands:
        return Remark(
            "thousands",
            f"In column {quoted(name)}, the {what} of {cell} in {LINE} was taken to separate thousands.",
            row_of(at),
            name,
            f"In {COLUMNS}, the {what} was taken to separate thousands, as in {EXAMPLE}.",
            cell,
        )
    return Remark(
        "mark",
        f"In column {quoted(name)}, the {what} of {cell} was taken as the decimal mark;"
        " it could also separate thousands.",
        row_of(at),
        name,
        f"In {COLUMNS}, the {what} was taken as the decimal mark, as in {EXAMPLE}; it could also separate thousands.",
        cell,
    )


def _remark_on_codes(mark: str, cells: Any, name: str) -> Remark:
    """Say that numbers of which none begins with fewer than three digits, as amounts soon do, may be codes."""
    import pyarrow.compute as pc

    cell = quoted(cells[first_true(pc.is_valid(cells)) or 0].as_py())
    told = f"the {THOUSANDS_MARKS.get(mark, mark)} of {cell} was taken to separate thousands"
    many = f"groups of three digits, as in {EXAMPLE}, were taken for thousands; if they are codes, make them text."
    return Remark(
        "codes",
        f"In column {quoted(name)}, {told}; if these are codes, make it text.",
        0,
        name,
        f"In {COLUMNS}, {many}",
        cell,
    )


def _farthest(days: Any, places: Any) -> int | None:
    """Return which of these days is the latest, the first to be taken for another century; None if there is none."""
    return int(places[np.argmax(days[places])]) if len(places) else None


def remarks_on_dates(dates: Dates, cells: Any, name: str, row_of: RowOf) -> Iterable[Remark]:
    """Say which order, century or zone was assumed."""
    import pyarrow.compute as pc

    column = f"column {quoted(name)}"
    first = first_true(pc.is_valid(cells)) or 0
    cell = quoted(cells[first].as_py())
    day = str(dates.found[first])[:10]
    read = f"{cell} was read as {day}"

    def remark(sort: str, told: str, example: str = "") -> Remark:
        together = told if COLUMNS in told else f"In {COLUMNS}, {told}"
        alone = together.replace(COLUMNS, column).replace(EXAMPLE, example)
        return Remark(sort, alone, 0, name, together, example)

    if dates.order == "either":
        yield remark("order", f"day and month could be the other way round: {EXAMPLE}.", read)
    if dates.order == "year":
        yield remark("years", f"years have two digits and were taken to stand first: {EXAMPLE}.", read)
    elif dates.short_years:
        short = pc.and_(matches(cells, _SHORT_YEAR), pc.is_valid(cells))
        at = _farthest(dates.found, np.flatnonzero(np.asarray(pc.fill_null(short, False)))) or first
        farthest = f"{quoted(cells[at].as_py())} was read as {str(dates.found[at])[:10]}"
        yield remark("years", f"years have two digits: {EXAMPLE}.", farthest)
    if dates.digits:
        yield remark("digits", f"numbers such as {EXAMPLE}.", f"{cell} were read as dates: {day}")
    if dates.zone:
        yield remark("zone", f"The times in {COLUMNS} have time zones; they were turned to UTC.")
