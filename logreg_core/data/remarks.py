"""Sentences about how a column was read: what was assumed, taken off or kept as text, and in which line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from logreg_core.data.dates import ISO_DATE, Dates
from logreg_core.data.numbers import COMMA_NUMBER, NUMBER, Numbers
from logreg_core.data.spellings import quoted

LINE = "\0line\0"  # in a sentence, where the line number goes; no cell can hold NUL

_INFINITE = r"[+-]?(?i:inf|infinity)"
_GROUPED = r"[+-]?(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,\d+)?"
_ANY_DATE = r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?:[ T].*)?"
_FORMATTED = r"[-+(]?\s?[$€£¥]?\s?(?:\d{1,3}(?:[,.'’   ]\d{2,3})+|\d+)(?:[.,]\d+)?\s?[%$€£¥]?\)?-?"
_IN_QUOTES = r"(?s)'.*'|\".*\"|“.*”|«.*»"
_EXACT = 2**53
_GLANCE = 40
_MOST = 0.5

if TYPE_CHECKING:
    import numpy.typing as npt

RowOf = Callable[[int], int]


@dataclass(frozen=True)
class Remark:
    """A sentence for the report; ``LINE`` in it stands for the line of the data row ``row`` (from 0)."""

    sort: str
    sentence: str
    row: int = 0


def _first(flags: Any) -> int | None:
    """Return the place of the first true flag; null counts as false."""
    import pyarrow.compute as pc

    place = pc.index(flags, True).as_py()
    return None if place < 0 else int(place)


def _matches(cells: Any, pattern: str) -> Any:
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
        at_exponent = _first(_matches(cells, r"\d+[eE]\d+"))
        if at_exponent is not None and not pc.any(pc.match_substring(cells, ".")).as_py():
            cell = quoted(cells[at_exponent].as_py())
            sentence = f"In column {column}, {cell} in {LINE} was read as a number with a power of ten."
            yield Remark("exponent", sentence, row_of(at_exponent))
    elif values.size and max(int(values.max()), -int(values.min())) > _EXACT:
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
        at = _first(pc.match_substring_regex(cells, mark)) or 0
        cell = quoted(cells[at].as_py())
        yield Remark(
            "thousands",
            f"In column {column}, the {what[marks.thousands]} of {cell} in {LINE} was taken to separate thousands.",
            row_of(at),
        )
    elif marks.doubtful:
        at = _first(pc.match_substring(cells, marks.decimal)) or 0
        cell = quoted(cells[at].as_py())
        yield Remark(
            "mark",
            f"In column {column}, the {what[marks.decimal]} of {cell} was taken as the decimal mark;"
            " it could also separate thousands.",
        )


def remarks_on_dates(dates: Dates, cells: Any, name: str, row_of: RowOf) -> Iterable[Remark]:
    """Say which order, century or zone was assumed."""
    import pyarrow.compute as pc

    column = quoted(name)
    first = _first(pc.is_valid(cells)) or 0
    cell = quoted(cells[first].as_py())
    if dates.order == "either":
        day = str(dates.found[first])[:10]
        sentence = f"In column {column}, day and month could be the other way round: {cell} was read as {day}."
        yield Remark("order", sentence)
    if dates.short_years:
        sentence = f"In column {column}, years have two digits: {cell} was read as {str(dates.found[first])[:10]}."
        yield Remark("years", sentence)
    if dates.digits:
        sentence = f"In column {column}, numbers such as {cell} were read as dates: {str(dates.found[first])[:10]}."
        yield Remark("digits", sentence)
    if dates.zone:
        yield Remark("zone", f"The times in column {column} have time zones; they were turned to UTC.")


def remarks_on_text(
    present: Any, counts: Callable[[], npt.NDArray[np.int64]], name: str, row_of: RowOf, *, spaces: bool
) -> Iterable[Remark]:
    """Say why a column that is mostly something else is text, and what was done to its cells.

    ``present`` are the distinct cells, null where missing; ``counts`` returns how many rows hold each of them.
    """
    import pyarrow.compute as pc

    column = f"Column {quoted(name)}"
    for sort, patterns, what in (
        ("number", (f"{NUMBER}|{_INFINITE}", COMMA_NUMBER, _GROUPED), "numbers"),
        ("date", (ISO_DATE,), "dates"),
        ("date", (_ANY_DATE,), "dates"),
        ("date", (f"{ISO_DATE}|{_ANY_DATE}",), "dates"),
        ("number", (_FORMATTED,), "numbers"),
    ):
        share, pattern = max((_share(present, counts, form), form) for form in patterns)
        if share <= _MOST:
            continue
        at = _first(pc.invert(_matches(present, pattern)))
        if at is None:
            told = _difference(present, row_of) if sort == "number" else None
            if told:
                yield Remark(sort, f"{column} is kept as text: {told[0]}", told[1])
            else:
                yield Remark(sort, f"{column} is kept as text: some of its {what} do not exist or differ in form.")
        else:
            cell = quoted(present[at].as_py())
            yield Remark(sort, f"{column} is kept as text: {LINE} holds {cell} among {what}.", row_of(at))
        return
    if _share(present, counts, _IN_QUOTES) == 1:
        at = _first(pc.is_valid(present)) or 0
        cell = quoted(present[at].as_py())
        yield Remark("quotes", f"{column} keeps the quotation marks around its cells, such as {cell}.")
    if spaces:
        yield Remark("spaces", f"Spaces around the cells of column {quoted(name)} were removed.")


def _difference(present: Any, row_of: RowOf) -> tuple[str, int] | None:
    """Return (what keeps numbers apart, the row of it): a sign that only some have, or another sign than the first."""
    signs = [re.sub(r"[^$€£¥%]", "", cell or "") for cell in present.to_pylist()]
    cells = present.to_pylist()
    first = next((place for place, cell in enumerate(cells) if cell is not None), None)
    if first is None:
        return None
    for place, cell in enumerate(cells):
        if cell is not None and signs[place] != signs[first]:
            both = f"{quoted(cells[first])} and {quoted(cell)}"
            return f"its numbers do not all have the same sign ({both} in {LINE}).", row_of(place)
    return None


def _share(cells: Any, counts: Callable[[], npt.NDArray[np.int64]], pattern: str) -> float:
    """Return the share of the rows with a value whose cell matches; of long columns first a look at some cells."""
    import pyarrow as pa

    step = max(len(cells) // _GLANCE, 1)
    some = [cell for cell in cells.take(pa.array(np.arange(0, len(cells), step))).to_pylist() if cell is not None]
    like = re.compile(pattern)
    if not some or sum(bool(like.fullmatch(cell)) for cell in some) < 0.2 * len(some):
        return 0.0
    fits = np.asarray(_matches(cells, pattern).fill_null(False).to_numpy(zero_copy_only=False), dtype=bool)
    valid = np.asarray(cells.is_valid().to_numpy(zero_copy_only=False), dtype=bool)
    rows = counts()
    return float(rows[fits].sum() / max(rows[valid].sum(), 1))
