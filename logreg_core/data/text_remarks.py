"""Sentences about a column that stays text although most of its cells are numbers, dates or truth values, or nearly."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from logreg_core.data.dates import ISO_DATE
from logreg_core.data.numbers import COMMA_NUMBER, CURRENCY, NUMBER
from logreg_core.data.remarks import LINE, Remark, RowOf, first_true, matches
from logreg_core.data.spellings import TRUTH, quoted

_RANGE = r"\d{1,2}[-/.]\d{1,2}"
_OF_SPREADSHEET = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}(?:-|\. ?| )[A-Z]\w{2,3}\.?|[A-Z]\w{2,3}\.?[- ]\d{2}"
_INFINITE = r"[+-]?(?i:inf|infinity)"
_GROUPED = r"[+-]?(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,\d+)?"
_LONG_DATE = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[ T.].{0,30})?"
_ANY_DATE = r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?:[ T].*)?"
_BODY = (
    r"(?:\d{1,3}(?:['’   ]\d{3})+(?:[.,]\d+)?|\d{1,3}(?:,\d{2,3})+(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
)
_AMOUNT = rf"[-+(]?\s?(?:{CURRENCY})?\s?{_BODY}\s?(?:%|{CURRENCY})?\)?-?"
_ADDRESS = r"\d{1,3}(?:\.\d{1,3}){3}"
_IN_QUOTES = r"(?s)'.*'|\".*\"|“.*”|«.*»"
_APOSTROPHE = "'[0-9][^']*"
_GLANCE = 40
_MOST = 0.5
_TRUTH = "(?i:" + "|".join(sorted({word for pair in TRUTH for word in pair})) + ")"
_PLAIN = r"\d{1,3}(?:[.,'’\xa0 ]\d{3})*(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_PARTED = r"\d{1,3}(?:[.,'’\xa0 ]\d{3})*[.,]\d+|\d+[.,]\d+"
_SIGN = "[$¢£¤¥฿\u20a0-\u20c0]"
_AROUND = (
    rf"(?:[<>≤≥~≈±]=?\s?)(?:{_PLAIN})(?:\s?\S{{1,6}})?",  # a limit
    rf"(?:{_PLAIN})\s?(?:[*†‡]+|[kKM‰])",
    rf"(?:{_PLAIN})[ \xa0]\S{{1,6}}",  # a unit, debit or credit
    rf"\w{{0,3}}{_SIGN}\s?(?:{_PLAIN})\w?",  # a currency that is not known, or of many countries
    rf"[A-Z][A-Za-z]{{0,2}}[./]{{0,2}}[ \xa0](?:{_PARTED})",
    rf"(?:{_PLAIN})\s?(?:{_SIGN}|[円元원]|°[CFK]?)",
    r"(?:\d{1,3}(?:[.,]\d{3})+|\d+[.,]\d+)[^\d\s.,:/-]\S{0,3}",  # a footnote
)
_NEARLY = re.compile("|".join(_AROUND))
_FEW_WORDS = 3
_MOST_COMPARED = 5_000
_DAY = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?!\d)")
_LIMIT = re.compile(r"[<>≤≥]=?\s?\d\S*")
_FEW_LIMITS = 10
ALMOST = frozenset({"number", "date", "truth", "word"})
"""The sorts of remarks on text that is nearly something else."""

if TYPE_CHECKING:
    import numpy.typing as npt


def remarks_on_text(
    present: Any, counts: Callable[[], npt.NDArray[np.int64]], name: str, row_of: RowOf, *, spaces: bool
) -> Iterable[Remark]:
    """Say why a column that is mostly something else is text, and what was done to its cells.

    ``present`` are the distinct cells, null where missing; ``counts`` returns how many rows hold each of them.
    """
    import pyarrow.compute as pc

    column = f"Column {quoted(name)}"
    some = _some(present)
    if _share(present, some, counts, _ADDRESS) > _MOST:
        return  # addresses of computers: some of them look like numbers with thousands points
    for sort, patterns, what in (
        ("number", (f"{NUMBER}|{_INFINITE}", COMMA_NUMBER, _GROUPED), "numbers"),
        ("date", (ISO_DATE,), "dates"),
        ("date", (_ANY_DATE,), "dates"),
        ("date", (_LONG_DATE,), "dates"),
        ("date", (f"{ISO_DATE}|{_ANY_DATE}",), "dates"),
        ("number", (_AMOUNT,), "numbers"),
        ("truth", (_TRUTH,), "true and false"),
    ):
        share, pattern = max((_share(present, some, counts, form), form) for form in patterns)
        if share <= _MOST or (sort == "date" and sum(map(_may_be_day, some)) < _MOST * len(some)):
            continue
        at = first_true(pc.invert(matches(present, pattern)))
        if at is None:
            told = _difference(present, row_of) if sort == "number" else None
            if told:
                yield Remark(sort, f"{column} is kept as text: {told[0]}", told[1])
            elif sort == "truth":
                yield Remark(sort, f"{column} is kept as text: true and false are written in more than one language.")
            else:
                told = _two_forms(present, what, row_of)
                yield Remark(sort, f"{column} is kept as text: {told[0]}", told[1])
        else:
            cell = quoted(present[at].as_py())
            yield Remark(sort, f"{column} is kept as text: {LINE} holds {cell} among {what}.", row_of(at))
        return
    beside = (
        _beside_numbers(present, some, counts, column, row_of)
        or _few_words(present, column, row_of)
        or _date_among_ranges(present, some, counts, column, row_of)
    )
    if beside is not None:
        yield beside
        return
    if _share(present, some, counts, _APOSTROPHE) == 1:
        yield Remark("quotes", f"{column} keeps the apostrophe in front of its cells.")
    if _share(present, some, counts, _IN_QUOTES) == 1:
        at = first_true(pc.is_valid(present)) or 0
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


def _two_forms(present: Any, what: str, row_of: RowOf) -> tuple[str, int]:
    """Return (a sentence about a cell written otherwise than the first, or that does not exist as a day; its row)."""
    cells = [(place, cell) for place, cell in enumerate(present.slice(0, _MOST_COMPARED).to_pylist()) if cell]
    if not cells:
        return f"its {what} cannot all be read in one way.", 0
    for place, cell in cells:
        if what == "dates" and not _may_be_day(cell):
            return f"{quoted(cell)} in {LINE} is no day of the calendar.", row_of(place)
    first = cells[0][1]
    for place, cell in cells:
        if re.sub(r"\d+", "0", cell) != re.sub(r"\d+", "0", first):
            return f"its {what} differ in form ({quoted(first)} and {quoted(cell)} in {LINE}).", row_of(place)
    return f"its {what}, such as {quoted(first)} in {LINE}, cannot all be read in one way.", row_of(cells[0][0])


def _may_be_day(cell: str) -> bool:
    """Whether a cell begins with a day that exists, in any order of its parts, or cannot be told."""
    found = _DAY.match(cell)
    if found is None:
        return True
    parts = [int(part) for part in found.groups()]
    year, others = (parts[0], parts[1:]) if len(found[1]) > 2 else (parts[2], parts[:2])
    year += 2000 * (year < 100)
    orders = (others, others[::-1])
    return any(0 < month <= 12 and 0 < day <= _days(year, month) for month, day in orders)


def _days(year: int, month: int) -> int:
    return calendar.monthrange(max(year, 1), month)[1]


def _some(cells: Any) -> list[str]:
    """Return some cells from all over a column."""
    import pyarrow as pa

    step = max(len(cells) // _GLANCE, 1)
    return [cell for cell in cells.take(pa.array(np.arange(0, len(cells), step))).to_pylist() if cell is not None]


def _share(cells: Any, some: list[str], counts: Callable[[], npt.NDArray[np.int64]], pattern: str) -> float:
    """Return the share of the rows with a value whose cell matches; 0 if hardly any of ``some`` does."""
    like = re.compile(pattern)
    if not some or sum(bool(like.fullmatch(cell)) for cell in some) < 0.2 * len(some):
        return 0.0
    fits = np.asarray(matches(cells, pattern).fill_null(False).to_numpy(zero_copy_only=False), dtype=bool)
    valid = np.asarray(cells.is_valid().to_numpy(zero_copy_only=False), dtype=bool)
    rows = counts()
    return float(rows[fits].sum() / max(rows[valid].sum(), 1))


def _beside_numbers(
    present: Any, sample: list[str], counts: Callable[[], npt.NDArray[np.int64]], column: str, row_of: RowOf
) -> Remark | None:
    """Tell of cells that are mostly numbers with something around them, or in digits of another script."""
    some = present.slice(0, _GLANCE).to_pylist()
    if _are_classes(some):
        return None
    at = next((place for place, cell in enumerate(some) if cell is not None and _NEARLY.fullmatch(cell)), None)
    if at is not None and _share(present, sample, counts, "|".join([_PLAIN, *_AROUND])) > _MOST:
        cell = quoted(some[at])
        return Remark("number", f"{column} is kept as text: {cell} in {LINE} is more than a number.", row_of(at))
    filled = [(place, cell) for place, cell in enumerate(some) if cell is not None]
    if filled and all(re.fullmatch(r"[+-]?\d+(?:[.,٫]\d+)?", cell) and not cell.isascii() for _, cell in filled):
        at, cell = filled[0]
        told = f"{column} is kept as text: {quoted(cell)} in {LINE} is written with other digits than 0 to 9."
        return Remark("number", told, row_of(at))
    return None


def _are_classes(cells: list[str | None]) -> bool:
    """Whether all cells are limits of a few kinds, such as <=50K and >50K, which are classes and no measures."""
    kinds = {cell for cell in cells if cell is not None}
    return 0 < len(kinds) <= _FEW_LIMITS and all(map(_LIMIT.fullmatch, kinds))


def _few_words(present: Any, column: str, row_of: RowOf) -> Remark | None:
    """Tell of numbers or dates beside one and the same word, which may say that there is no value.

    However few they are: for amounts with a sign there may be some such words, as these are hardly anything else.
    """
    cells = [(place, cell) for place, cell in enumerate(present.slice(0, 10 * _GLANCE).to_pylist()) if cell is not None]
    plain = f"{NUMBER}|{COMMA_NUMBER}|{_GROUPED}"
    for pattern, what, most in (
        (plain, "numbers", 1),
        (f"{ISO_DATE}|{_ANY_DATE}", "dates", 1),
        (_AMOUNT, "numbers", _FEW_WORDS),
    ):
        others = [(place, cell) for place, cell in cells if not re.fullmatch(pattern, cell)]
        words = {cell for _, cell in others}
        if not 0 < len(words) <= most or len({cell for _, cell in cells}) <= len(words) + 1:
            continue
        if pattern != _AMOUNT or any(not re.fullmatch(plain, cell) for _, cell in cells if cell not in words):
            at, cell = others[0]
            told = f"{column} is kept as text: {LINE} holds {quoted(cell)} among {what}."
            return Remark("word", told, row_of(at))
    return None


def _date_among_ranges(
    present: Any, some: list[str], counts: Callable[[], npt.NDArray[np.int64]], column: str, row_of: RowOf
) -> Remark | None:
    """Tell of a date among cells such as 5-9, which spreadsheets take for a day and a month."""

    if not _MOST < _share(present, some, counts, _RANGE) < 1:
        return None
    at = first_true(matches(present, _OF_SPREADSHEET))
    if at is None:
        return None
    other = first_true(matches(present, _RANGE)) or 0
    cells = f"{quoted(present[at].as_py())} in {LINE} is a date among cells such as {quoted(present[other].as_py())}"
    return Remark("changed", f"{column}: {cells}; a spreadsheet may have changed it.", row_of(at))
