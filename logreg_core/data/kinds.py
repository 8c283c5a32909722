"""From a column of text to numbers, dates, yes/no or text, decided on all rows.

A column becomes something other than text only if every cell that is not missing agrees, under one convention for the
decimal mark. One cell that does not agree keeps the column text, with a remark: it never becomes missing in silence.
Codes with leading zeros and whole numbers of more than 15 digits stay text, because as numbers they would change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

MISSING_SPELLINGS = (
    *("", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NAN", "null", "NULL", "Null"),
    *("-", "?", ".", "missing", "Missing", "MISSING"),
)
NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_WITH_COMMA = r"[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?"
_INFINITE = r"[+-]?(?i:inf|infinity)"
_CODE = r"^[+-]?0\d"
_LONG_WHOLE = r"^[+-]?\d{16,}$"
_WITH_THOUSANDS_POINTS = r"[+-]?(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,\d+)?"
_EITHER_COMMA = f"{_WITH_COMMA}|{_WITH_THOUSANDS_POINTS}"
_WITH_THOUSANDS_COMMAS = r"[+-]?(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d+)?"
_GROUPED = r"[+-]?\d{1,3}(?:[.,]\d{3})+"
_FORMATTED = r"[-+(]?\s?[$€£¥]?\s?(?:\d{1,3}(?:[,.'’ \x{a0}\x{202f}]\d{2,3})+|\d+)(?:[.,]\d+)?\s?[%$€£¥]?\)?"
_ISO_DATE = r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_IN_QUOTES = r"(?s)'.*'|\".*\"|“.*”|«.*»"
_SHOWN_CHARACTERS = 40
LINE = "\0line\0"  # in a remark, where the line number goes; no cell can hold NUL


@dataclass(frozen=True)
class Remark:
    """A sentence for the report; ``LINE`` in it stands for the line of the data row ``row`` (from 0)."""

    sort: str
    sentence: str
    row: int = 0


@dataclass(frozen=True)
class TypedColumn:
    """A column in its final type, how often each spelling of a missing value was found, and what to remark."""

    series: pd.Series[Any]
    missing: dict[str, int] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    decimal_comma: bool = False


def quoted(text: str) -> str:
    """Return a cell or name as shown inside a sentence: on one line, cut to 40 characters, in quotation marks."""
    line = re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", text)
    return f"“{line[:_SHOWN_CHARACTERS]}…”" if len(line) > _SHOWN_CHARACTERS else f"“{line}”"


def type_column(cells: Any, name: str, *, comma_allowed: bool) -> TypedColumn:
    """Return the column ``name`` in the type all its cells agree on.

    Parameters
    ----------
    cells : pyarrow.ChunkedArray of string
        As cut from the file, without the header row; no nulls.
    name : str
        For the sentences.
    comma_allowed : bool
        Whether a comma may be a decimal mark (it may not where it separates cells).
    """
    import pyarrow.compute as pc

    present, missing = _without_missing(cells)
    column = _as_numbers(present, name, points=comma_allowed)
    spaces = False
    if column is None:  # clean numbers never get here, which keeps trimming off the fast path
        trimmed = pc.utf8_trim_whitespace(cells)
        spaces = not trimmed.equals(cells)
        if spaces:
            present, missing = _without_missing(trimmed)
            column = _as_numbers(present, name, points=comma_allowed)
    if column is None and comma_allowed and _all_match(present, _WITH_COMMA):
        column = _with_decimal_comma(present, name)
    if column is None and comma_allowed and _all_match(present, _WITH_THOUSANDS_POINTS):
        column = _with_thousands_points(present, name)
    column = column or _as_truth(present) or _as_dates(present, name)
    if column is None:
        column = TypedColumn(_text(present), remarks=tuple(_remarks_on_text(present, name, spaces, comma_allowed)))
    return TypedColumn(column.series, missing, column.remarks, column.decimal_comma)


def _without_missing(cells: Any) -> tuple[Any, dict[str, int]]:
    """Return (cells with null where missing, count of each spelling other than the empty cell)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    is_missing = pc.is_in(cells, value_set=pa.array(MISSING_SPELLINGS))
    if not pc.any(is_missing).as_py():
        return cells, {}
    spellings = pc.value_counts(cells.filter(is_missing))
    found = {entry["values"]: entry["counts"] for entry in spellings.to_pylist() if entry["values"]}
    return pc.if_else(is_missing, pa.scalar(None, pa.string()), cells), found


def _all_match(present: Any, pattern: str) -> bool:
    import pyarrow.compute as pc

    return bool(pc.all(pc.match_substring_regex(present, f"^(?:{pattern})$")).as_py())


def _n_matching(present: Any, pattern: str) -> int:
    import pyarrow.compute as pc

    return int(pc.sum(pc.match_substring_regex(present, f"^(?:{pattern})$")).as_py() or 0)


def _first(flags: Any) -> int | None:
    """Return the place of the first true flag; null counts as false."""
    import pyarrow.compute as pc

    place = pc.index(flags, True).as_py()
    return None if place < 0 else int(place)


def _text(present: Any) -> pd.Series[Any]:
    return pd.Series(pd.array(present, dtype="str"))


def _as_numbers(present: Any, name: str, *, points: bool) -> TypedColumn | None:
    """Return numbers, or text if they are codes that a number would change, or None if some cell is no number."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        floats = pc.cast(present, pa.float64())
    except pa.ArrowInvalid:
        return None
    values = floats.to_numpy(zero_copy_only=False) if isinstance(floats, pa.Array) else floats.to_numpy()
    if np.count_nonzero(np.isnan(values)) > present.null_count:  # a spelling of NaN that is not on our list
        return None
    for sort, pattern, reason in (
        ("code", _CODE, "begins with a zero, as codes do"),
        ("long", _LONG_WHOLE, "has more than 15 digits, which a number cannot hold exactly"),
    ):
        at = _first(pc.match_substring_regex(present, pattern))
        if at is not None:
            cell = quoted(present[at].as_py())
            sentence = f"Column {quoted(name)} is kept as text: {cell} in {LINE} {reason}."
            return TypedColumn(_text(present), remarks=(Remark(sort, sentence, at),))
    if present.null_count == 0:
        try:
            return TypedColumn(pd.Series(pc.cast(pc.utf8_ltrim(present, "+"), pa.int64()).to_numpy()))
        except pa.ArrowInvalid:
            pass
    return TypedColumn(pd.Series(values), remarks=tuple(_remarks_on_numbers(present, values, name, points=points)))


def _remarks_on_numbers(present: Any, values: np.ndarray[Any, Any], name: str, *, points: bool) -> Iterable[Remark]:
    import pyarrow.compute as pc

    infinite = np.flatnonzero(np.isinf(values))
    if infinite.size:
        at = int(infinite[0])
        count = "an infinite value" if infinite.size == 1 else f"{infinite.size:,} infinite values"
        cell = quoted(present[at].as_py())
        yield Remark("infinite", f"Column {quoted(name)} holds {count}: {cell} in {LINE}.", at)
    if points:  # outside comma-separated files "1.234" may mean one thousand two hundred thirty-four
        dotted = present.filter(pc.match_substring(present, "."))
        if len(dotted) and _all_match(dotted, _GROUPED):
            yield _mark_in_doubt(dotted[0].as_py(), name, "point")


def _mark_in_doubt(cell: str, name: str, mark: str) -> Remark:
    sentence = (
        f"In column {quoted(name)}, the {mark} of {quoted(cell)} was taken as the decimal mark;"
        " if it separates thousands, remove it from the file."
    )
    return Remark("mark in doubt", sentence)


def _with_decimal_comma(present: Any, name: str) -> TypedColumn | None:
    """Read commas as decimal marks; every cell is known to be written that way."""
    import pyarrow.compute as pc

    column = _as_numbers(pc.replace_substring(present, ",", "."), name, points=False)
    if column is None or not pd.api.types.is_float_dtype(column.series):
        return None  # a code: the comma stays as it was written
    with_comma = present.filter(pc.match_substring(present, ","))
    remarks = column.remarks
    if _all_match(with_comma, _GROUPED):
        remarks += (_mark_in_doubt(with_comma[0].as_py(), name, "comma"),)
    return TypedColumn(column.series, remarks=remarks, decimal_comma=True)


def _with_thousands_points(present: Any, name: str) -> TypedColumn | None:
    """Read "1.370,64" as 1370.64; every cell is known to fit, some with a point.

    Not where all cells would fit "1,370.64" as well, for then nothing says which mark is which; and not without any
    comma, for "10.234.567" may be a code.
    """
    import pyarrow.compute as pc

    if not pc.any(pc.match_substring(present, ",")).as_py() or _all_match(present, _WITH_THOUSANDS_COMMAS):
        return None
    column = _as_numbers(pc.replace_substring(pc.replace_substring(present, ".", ""), ",", "."), name, points=False)
    if column is None or not pd.api.types.is_numeric_dtype(column.series):
        return None
    at = _first(pc.match_substring(present, ".")) or 0
    sentence = (
        f"In column {quoted(name)}, the point of {quoted(present[at].as_py())} in {LINE} was taken to separate"
        " thousands, because commas are the decimal marks there."
    )
    remarks = (*column.remarks, Remark("thousands", sentence, at))
    return TypedColumn(column.series, remarks=remarks, decimal_comma=True)


def _as_truth(present: Any) -> TypedColumn | None:
    """Return yes/no values if all cells are true or false; the words yes and no stay text."""
    import pyarrow.compute as pc

    if not _all_match(present, "(?i:true|false)"):
        return None
    truth = pc.equal(pc.utf8_lower(present), "true")
    if present.null_count:
        return TypedColumn(pd.Series(pd.array(truth.to_pylist(), dtype="boolean")))
    return TypedColumn(pd.Series(truth.to_numpy().astype(bool)))


def _as_dates(present: Any, name: str) -> TypedColumn | None:
    """Return dates if all cells are ISO 8601 dates or times that exist; times with a zone are turned to UTC."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not _all_match(present, _ISO_DATE):
        return None
    try:
        return TypedColumn(pd.Series(pc.cast(present, pa.timestamp("us")).to_pandas().to_numpy()))
    except pa.ArrowInvalid:
        pass
    try:
        times = pc.cast(present, pa.timestamp("us", "UTC"))
    except pa.ArrowInvalid:
        return None
    remark = Remark("zone", f"The times in column {quoted(name)} have time zones; they were turned to UTC.")
    return TypedColumn(pd.Series(pc.cast(times, pa.timestamp("us")).to_pandas().to_numpy()), remarks=(remark,))


def _remarks_on_text(present: Any, name: str, spaces: bool, comma_allowed: bool) -> Iterable[Remark]:
    """Say why a column that is mostly something else is text, and what was done to its cells."""
    import pyarrow.compute as pc

    column = f"Column {quoted(name)}"
    n_present = len(present) - present.null_count
    numbers = f"{NUMBER}|{_INFINITE}"
    if comma_allowed:
        numbers = max(numbers, _EITHER_COMMA, key=lambda form: _n_matching(present, form))
    for sort, pattern, what in (
        ("number", numbers, "numbers"),
        ("date", _ISO_DATE, "dates"),
    ):
        fits = pc.match_substring_regex(present, f"^(?:{pattern})$")
        n_fitting = pc.sum(fits).as_py() or 0
        at = _first(pc.invert(fits))
        if 2 * n_fitting > n_present and at is not None:
            cell = quoted(present[at].as_py())
            yield Remark(sort, f"{column} is kept as text: {LINE} holds {cell} among {what}.", at)
            return
        if n_fitting == n_present and pattern != _EITHER_COMMA:
            yield Remark(sort, f"{column} is kept as text: some of its {what} do not exist or differ in form.")
            return
    formatted = pc.match_substring_regex(present, f"^(?:{_FORMATTED})$")
    at = _first(formatted)
    if at is not None and 2 * pc.sum(formatted).as_py() > n_present:
        cell = quoted(present[at].as_py())
        yield Remark("formatted", f"{column} is kept as text: {cell} in {LINE} is not written as a plain number.", at)
    if _all_match(present, _IN_QUOTES):
        at = _first(pc.is_valid(present)) or 0
        cell = quoted(present[at].as_py())
        yield Remark("quotes", f"{column} keeps the quotation marks around its cells, such as {cell}.")
    if spaces:
        yield Remark("spaces", f"Spaces around the cells of column {quoted(name)} were removed.")
