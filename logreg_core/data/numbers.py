"""Text to numbers under one convention a column: decimal mark, thousands marks, signs, currency, percent.

A column is numbers only if *all* its cells are, written in one way. Which way is decided on all of them: "1,234.5"
leaves no choice, "1,234" alone does, and then the rest of the file decides, or the report says what was taken.
Codes with leading zeros and whole numbers that no 64-bit integer holds stay text: as numbers they would change.
No library tried does this: they take one pair of marks for the whole file, given beforehand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from logreg_core.data.spread import LARGEST_EXACT

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

_EXPONENT = r"(?:[eE][+-]?\d+)?"
# No part of these patterns can match what the part before it left over: else a cell of n characters takes n² steps.
NUMBER = rf"[+-]?(?:\d+(?:\.\d*)?|\.\d+){_EXPONENT}"
COMMA_NUMBER = rf"[+-]?(?:\d+(?:,\d*)?|,\d+){_EXPONENT}"
CURRENCY = r"[$€£¥₹₽₺₩]|US\$|R\$|C\$|A\$|EUR|USD|GBP|CHF|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|HUF|kr\.?|zł|Kč|Fr\.|Rs\.?"
DECORATED = (
    rf"^(?:(?P<open>\()\s*)?(?:(?P<sign>[-+])\s*)?(?:(?P<before>{CURRENCY})\s*)?(?:(?P<sign_after>[-+])\s*)?"
    rf"(?P<body>\d[\d.,' ]*\d{_EXPONENT}|\d[.,]?{_EXPONENT}|[.,]\d+{_EXPONENT})"
    rf"(?:\s*(?P<after>{CURRENCY}|%))?(?:\s*(?P<minus>-))?(?:\s*(?P<close>\)))?$"
)
_WITH_CENTS = r"\1\20\3"
_NO_CENTS = "(\\d)([.,])(?:--?|\u2014)(\\s*[^\\d\\s]{0,3}\\)?)$"
"""The dash that stands for no cents, as in 5,- and CHF 5.-, and what may follow: it is no minus behind a number."""
_GROUPED_MARKS = ((",", "."), (".", ","), (" ", "."), (" ", ","), ("'", "."), ("'", ","))
_INDIAN = r"^(?:[1-9]\d?(?:,\d\d)*,\d{3}|\d{1,3})(?:\.\d+)?$"
_BYTE = r"(?:25[0-5]|2[0-4]\d|1\d\d|\d{1,2})"
_ADDRESS = rf"^{_BYTE}(?:\.{_BYTE}){{3}}$"
_SPACES = "\u00a0\u202f\u2009\u2007"
_GLANCE = 100
_LIKE_DECORATED = re.compile(DECORATED)
_APOSTROPHES = "\u2019\u02bc`\u00b4"


@dataclass(frozen=True)
class Marks:
    """How a column writes numbers: decimal and thousands mark ("" for none), and whether another way fits as well."""

    decimal: str
    thousands: str = ""
    indian: bool = False
    doubtful: bool = False


def _grouped(thousands: str, decimal: str) -> str:
    mark, point = re.escape(thousands), re.escape(decimal)
    return rf"^(?:[1-9]\d{{0,2}}(?:{mark}\d{{3}})+|\d+)(?:{point}\d+)?$"


WAYS: dict[Marks, str] = {
    Marks("."): f"^{NUMBER}$",
    Marks(","): f"^{COMMA_NUMBER}$",
    **{Marks(decimal, thousands): _grouped(thousands, decimal) for thousands, decimal in _GROUPED_MARKS},
    Marks(".", ",", indian=True): _INDIAN,
}
"""The ways of writing numbers, without thousands marks first, and the pattern of the text between the decorations."""


@dataclass(frozen=True)
class Numbers:
    """Numbers, one for each distinct cell, and what was taken off or assumed to read them."""

    found: npt.NDArray[Any]
    marks: Marks
    currency: str = ""
    percent: bool = False
    brackets: bool = False
    trailing_minus: bool = False
    no_cents: bool = False
    refused: str = ""
    at: int = 0


def _matching(cells: Any, pattern: str) -> bool:
    import pyarrow.compute as pc

    return bool(pc.all(pc.match_substring_regex(cells, pattern)).as_py())


def _first(flags: Any) -> int | None:
    import pyarrow.compute as pc

    place = pc.index(flags, True).as_py()
    return None if place < 0 else int(place)


def plain_numbers(cells: Any) -> Numbers | None:
    """Return the numbers of cells that are all written as programs write them, or None.

    ``cells`` is an Arrow array of text, null where missing. The result has int64 values if all are whole numbers and
    none is missing; float64 with NaN where missing otherwise; ``refused`` says why these are no numbers after all.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        pc.cast(cells.slice(0, _GLANCE), pa.float64())  # most text is known by its first cells
        floats = pc.cast(cells, pa.float64())
    except pa.ArrowInvalid:
        return None
    values = floats.to_numpy(zero_copy_only=False)
    if np.count_nonzero(np.isnan(values)) > cells.null_count:  # a spelling of NaN that is not on our list
        return None
    return checked(cells, cells, values, Marks("."))


def checked(cells: Any, bodies: Any, values: npt.NDArray[Any], marks: Marks, **taken_off: Any) -> Numbers:
    """Return numbers, with a reason for refusing where a number would lose what the cell says."""
    import pyarrow as pa
    import pyarrow.compute as pc

    refused = {
        "begins with a zero, as codes do": pc.match_substring_regex(bodies, r"^[+-]?0\d"),
        "is written like a telephone number": pc.match_substring_regex(cells, r"^\+\d{8,}$"),
    }
    for reason, flags in refused.items():
        at = _first(flags)
        if at is not None:
            return Numbers(values, marks, refused=reason, at=at, **taken_off)
    if marks.thousands == "." and _matching(cells, _ADDRESS):
        return Numbers(values, marks, refused="is written like an internet address", **taken_off)
    if not taken_off and marks == Marks(".") and (cells.null_count == 0 or _first(_has_long(bodies)) is not None):
        try:
            whole = pc.cast(pc.utf8_ltrim(cells, "+"), pa.int64())
        except pa.ArrowInvalid:
            pass
        else:
            if cells.null_count == 0:
                return Numbers(whole.to_numpy(), marks)
    at = _rounded(bodies, values, marks)
    if at is not None:
        reason = "has more digits than a number can hold exactly"
        return Numbers(values, marks, refused=reason, at=at, **taken_off)
    return Numbers(values, marks, **taken_off)


def _has_long(bodies: Any) -> Any:
    import pyarrow.compute as pc

    return pc.match_substring_regex(bodies, r"^[+-]?\d{16,}$")


def _rounded(bodies: Any, values: npt.NDArray[Any], marks: Marks) -> int | None:
    """Return the place of a cell with more digits than fit, such as 1234567890123456789.0; None if there is none."""
    import pyarrow.compute as pc

    if values.dtype.kind != "f":
        return None
    if marks == Marks("."):
        at = _first(_has_long(bodies))
        if at is not None:
            return at
    finite = np.abs(values[np.isfinite(values)])
    if finite.max(initial=0.0) < LARGEST_EXACT:
        return None
    whole = pc.replace_substring(bodies, marks.thousands, "") if marks.thousands else bodies
    long = pc.match_substring_regex(whole, rf"^[+-]?\d{{16,}}(?:{re.escape(marks.decimal)}\d*)?$")
    for place in np.flatnonzero(pc.fill_null(long, False).to_numpy(zero_copy_only=False)).tolist():
        digits = Decimal(whole[place].as_py().replace(marks.decimal, "."))
        if digits.copy_abs() != Decimal(float(abs(values[place]))):  # 9007199254740992.0 is held exactly
            return int(place)
    return None


def decorated_numbers(
    cells: Any, prefer: str, chosen: tuple[str | None, str | None], *, comma_file: bool
) -> Numbers | None:
    """Return the numbers of cells with marks, signs, currency or percent, all written in one way; None if they are not.

    Parameters
    ----------
    cells : Arrow array of text, null where missing
    prefer : "." or "," or ""
        The decimal mark of the rest of the file: decides where the cells leave a choice.
    chosen : (decimal mark, thousands mark)
        What the user chose; None for what they did not.
    comma_file : bool
        Whether commas separate the cells of the file, so that a comma inside one is rather a thousands mark.

    A minus behind a number is a sign where it is one of amounts: bookkeeping writes 1.234,50- and, between these, 12-.
    Whole numbers alone are refused, as 2- is a grade and 65- all ages from there.
    """
    import pyarrow.compute as pc

    first = next((cell for cell in cells.slice(0, _GLANCE).to_pylist() if cell is not None), "1")
    if not _LIKE_DECORATED.match(_unified(first)):
        return None
    if len(cells) > 2 * _GLANCE and _parts(cells.slice(0, _GLANCE)) is None:
        return None
    parts = _parts(cells)
    if parts is None:
        return None
    signs, bodies, currency, percent, no_cents = parts
    marks = _marks(bodies, prefer, chosen, comma_file=comma_file)
    if marks is None:
        return None
    values = values_of(bodies, marks)
    if values is None:
        return None
    brackets = pc.any(pc.struct_field(signs, "brackets")).as_py()
    minus = pc.struct_field(signs, "minus")
    negative = np.asarray(pc.fill_null(pc.struct_field(signs, "negative"), False).to_numpy(zero_copy_only=False), bool)
    numbers = checked(
        cells,
        bodies,
        np.where(negative, -values, values),
        marks,
        currency=currency,
        percent=percent,
        brackets=bool(brackets),
        trailing_minus=bool(pc.any(minus).as_py()),
        no_cents=no_cents,
    )
    return _without_grades(numbers, bodies, minus) if numbers.trailing_minus and not numbers.refused else numbers


def _without_grades(numbers: Numbers, bodies: Any, minus: Any) -> Numbers:
    """Return numbers with a minus behind some, refused unless they are amounts: with a unit, decimals or thousands."""
    import pyarrow.compute as pc

    if numbers.currency or numbers.percent or pc.any(pc.match_substring_regex(bodies, "[.,' ]")).as_py():
        return numbers
    return replace(numbers, refused="has a minus behind it, as grades and ages have, too", at=_first(minus) or 0)


def unified(cells: Any) -> Any:
    """Cells (Arrow array of text) with one kind of space, apostrophe and minus, and 0 for the dash of no cents."""
    import pyarrow.compute as pc

    return pc.replace_substring_regex(_in_one_way(cells), _NO_CENTS, _WITH_CENTS)


def _in_one_way(cells: Any) -> Any:
    """Cells with one kind of space, of apostrophe and of minus."""
    import pyarrow.compute as pc

    for marks, replacement in ((_SPACES, " "), (_APOSTROPHES, "'"), ("\u2212\u2013", "-")):
        cells = pc.replace_substring_regex(cells, f"[{marks}]", replacement)
    return cells


def _unified(text: str) -> str:
    plain = re.sub(
        f"[{_SPACES}]", " ", re.sub(f"[{_APOSTROPHES}]", "'", text.replace("\u2212", "-").replace("\u2013", "-"))
    )
    return re.sub(_NO_CENTS, r"\g<1>\g<2>0\g<3>", plain)


def _parts(cells: Any) -> tuple[Any, Any, str, bool, bool] | None:
    """Return (struct of sign flags, text between the decorations, currency, whether percent, whether dashes stand for
    cents); None for other text.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if _matching(cells, r"^\d(?:[\d.,']*\d)?$"):  # nothing stands around the numbers
        no = pa.repeat(False, len(cells))
        return (
            pa.StructArray.from_arrays([no, no, no], names=["brackets", "minus", "negative"]),
            cells,
            "",
            False,
            False,
        )
    plain = _in_one_way(cells)
    whole = pc.replace_substring_regex(plain, _NO_CENTS, _WITH_CENTS)
    found = pc.extract_regex(whole, DECORATED)
    if found.null_count > cells.null_count:
        return None

    def has(name: str, text: str) -> Any:
        return pc.equal(pc.struct_field(found, name), text)

    present = found.drop_null()
    units = {
        unit for name in ("before", "after") for unit in pc.unique(pc.struct_field(present, name)).to_pylist() if unit
    }
    opened, minus = has("open", "("), has("minus", "-")
    signs = pc.add(
        pc.add(has("sign", "-").cast(pa.int8()), has("sign_after", "-").cast(pa.int8())),
        pc.add(opened.cast(pa.int8()), minus.cast(pa.int8())),
    )
    every = [pc.or_(has("after", unit), has("before", unit)) for unit in units]
    if (
        len(units) > 1
        or pc.any(pc.not_equal(opened, has("close", ")"))).as_py()
        or (pc.max(signs).as_py() or 0) > 1
        or (units == {"%"} and not pc.all(every[0]).as_py())
    ):
        return None
    flags = pa.StructArray.from_arrays([opened, minus, pc.equal(signs, 1)], names=["brackets", "minus", "negative"])
    bodies = pc.if_else(pc.is_valid(cells), pc.struct_field(found, "body"), pa.scalar(None, pa.string()))
    unit = "".join(units)
    return flags, bodies, "" if unit == "%" else unit, unit == "%", not whole.equals(plain)


def _marks(bodies: Any, prefer: str, chosen: tuple[str | None, str | None], *, comma_file: bool) -> Marks | None:
    """Return the marks under which all cells are numbers, or None; of two that fit the likelier one, as doubtful."""
    import pyarrow.compute as pc

    used = {mark for mark in (",", ".", " ", "'") if pc.any(pc.match_substring(bodies, mark)).as_py()}
    fitting = [
        marks
        for marks in _fitting(bodies)
        if _is_chosen(marks, chosen) and (not marks.thousands or marks.thousands in used)
    ]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    if {",", "."} <= used and len({marks.decimal for marks in fitting}) > 1:
        return None  # "1,234" and "1.234" in one column: nothing says which mark is which
    # Left are cells such as "1,234" and "950": one mark, which may separate thousands or decimals.
    ungrouped = [marks for marks in fitting if not marks.thousands]
    grouped = [marks for marks in fitting if marks.thousands]
    if not ungrouped or not grouped:
        return fitting[0]
    as_decimal, as_thousands = ungrouped[0], grouped[0]
    small = pc.any(pc.match_substring_regex(bodies, r"^\d{2,3}$")).as_py()
    if prefer:
        likelier = as_decimal if as_decimal.decimal == prefer else as_thousands
    else:  # "1.234" beside "950": a measure with three decimals would have them everywhere
        likelier = as_thousands if small or (comma_file and as_decimal.decimal == ",") else as_decimal
    return Marks(likelier.decimal, likelier.thousands, likelier.indian, doubtful=not any(map(bool, chosen)))


def _is_chosen(marks: Marks, chosen: tuple[str | None, str | None]) -> bool:
    decimal, thousands = chosen
    return decimal in (None, marks.decimal) and (thousands is None or marks.thousands in ("", thousands))


def _fitting(bodies: Any) -> Iterator[Marks]:
    """Yield every way of writing numbers that all cells follow, those without thousands marks first."""
    return (marks for marks, pattern in WAYS.items() if _matching(bodies, pattern))


def values_of(bodies: Any, marks: Marks) -> npt.NDArray[Any] | None:
    """Return the numbers between the decorations: whole ones as int64 if they fit and none is missing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = pc.replace_substring(bodies, marks.thousands, "") if marks.thousands else bodies
    plain = pc.replace_substring(plain, marks.decimal, ".") if marks.decimal != "." else plain
    try:
        if bodies.null_count == 0 and _matching(plain, r"^\d+$"):
            return np.asarray(pc.cast(plain, pa.int64()).to_numpy())
        return np.asarray(pc.cast(plain, pa.float64()).to_numpy(zero_copy_only=False))
    except pa.ArrowInvalid:
        return None
