"""From a column of text to numbers, dates, yes/no or text, decided on all rows.

A column becomes something other than text only if every cell that is not missing agrees, under one way of writing. One
cell that does not agree keeps the column text, with a remark: it never becomes missing in silence. Codes with leading
zeros and whole numbers that no 64-bit integer holds stay text, because as numbers they would change.

Everything is decided on the *distinct* cells of a column, so that a column of few levels costs next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from logreg_core.data.dates import Dates, find_dates, iso_dates
from logreg_core.data.levels import FEW_LEVELS, NULLS, are_levels, kept_levels, lost_levels, suspicious_levels
from logreg_core.data.numbers import Marks, Numbers, decorated_numbers, plain_numbers
from logreg_core.data.remarks import COLUMNS, LINE, Remark, remarks_on_dates, remarks_on_numbers
from logreg_core.data.spellings import FORMULA_OF_TEXT, MISSING_AMONG_NUMBERS, MISSING_SPELLINGS, NO, TRUTH, YES, quoted
from logreg_core.data.spread import LARGEST_EXACT
from logreg_core.data.text_remarks import ALMOST, remarks_on_text
from logreg_core.data.versions import differ_in_zeros, first_version, same_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

_GLANCE = 20
_SAMPLE = 1_000
_USUAL = frozenset(MISSING_SPELLINGS) - {""}
_DAYS_IN_DIGITS = tuple((19_000_101 * more, 20_991_231 * more + more - 1) for more in (1, 10_000, 1_000_000))
_LOOKED_AT_FOR_VERSIONS = 5_000
_FROM_59_TO_100 = 41  # the step from one minute to the next hour in 202401310059 and 202401310100
_TOO_MANY = 0.5  # of the rows: with more distinct cells than that, counting them is not worth it


@dataclass(frozen=True)
class Reading:
    """What is known of the file when a column is typed: choices of the user, and what other columns have shown.

    ``missing`` are the words that mean "no value" in any column. As long as some of the usual ones are among them, the
    list was added to or taken from: what is only judged by the other cells of a column, is judged as without it.
    """

    comma_file: bool = False
    missing: tuple[str, ...] = MISSING_SPELLINGS
    decimal: str | None = None
    thousands: str | None = None
    day_first: bool | None = None
    prefer_decimal: str = ""
    day_first_hint: bool | None = None

    @property
    def judges_words(self) -> bool:
        """Whether words are also taken for "no value" or for levels by what stands beside them."""
        return not _USUAL.isdisjoint(self.missing)


@dataclass(frozen=True)
class TypedColumn:
    """A column in its final type, how often each spelling of a missing value was found, and what to remark.

    ``marks``, ``unit`` and ``order`` say how its numbers or dates were written, ``unit`` being the currency or percent
    sign that was taken off; ``open_question`` is true where the rest of the file could decide what the column alone
    cannot.
    """

    series: pd.Series[Any]
    missing: dict[str, int] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    marks: Marks | None = None
    order: str = ""
    open_question: bool = False
    unit: str = ""

    @property
    def writes_commas(self) -> bool:
        """Whether its numbers have commas as decimal marks."""
        return self.marks is not None and self.marks.decimal == "," and self.series.dtype == np.float64

    @property
    def is_of_words(self) -> bool:
        """Whether it is text, and not for a cell or two that are no number or date."""
        return isinstance(self.series.dtype, pd.StringDtype) and not any(
            remark.sort in ALMOST for remark in self.remarks
        )


class Cells:
    """The cells of a column as distinct texts and, for each row, which one it is.

    Attributes
    ----------
    distinct : pyarrow array of string
        Trimmed; null where the cell is empty.
    codes : array of int or None
        For each row the place of its distinct cell; None if the rows are the distinct cells.
    spaces : bool
        Whether something was trimmed.
    formulas : bool
        Whether all cells were text written as a formula, ``="007"``; it is taken out of them.
    """

    def __init__(self, texts: Any, series: pd.Series[Any] | None = None) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        self.n_rows = len(texts)
        self._series = series
        self.codes: npt.NDArray[np.integer[Any]] | None = None
        distinct = self._distinct_cells(texts)
        trimmed = pc.utf8_trim_whitespace(distinct)
        self.spaces = not trimmed.equals(distinct)
        plain = _out_of_formulas(trimmed)
        self.formulas = plain is not trimmed
        self.distinct = pc.if_else(pc.equal(plain, ""), pa.scalar(None, plain.type), plain)

    def _distinct_cells(self, texts: Any) -> Any:
        """Return the distinct cells if they are few, all cells if nearly every one is another."""
        import pyarrow as pa
        import pyarrow.compute as pc

        levels = pc.unique(texts.slice(0, _SAMPLE))
        if len(levels) <= FEW_LEVELS:
            places = pc.index_in(texts, value_set=levels)
            if not places.null_count:
                self.codes = places.to_numpy()
                return levels
        whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
        if self.n_rows > _SAMPLE and len(levels) > _TOO_MANY * _SAMPLE:
            return whole
        encoded = pc.dictionary_encode(whole, null_encoding="encode")
        self.codes = encoded.indices.to_numpy()
        return encoded.dictionary

    def spread(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return for each row the value of its distinct cell."""
        return values if self.codes is None else values[self.codes]

    def row_of(self, place: int) -> int:
        """Return the first row that holds the distinct cell ``place``."""
        return place if self.codes is None else int(np.argmax(self.codes == place))

    def counts(self) -> npt.NDArray[np.int64]:
        """Return how many rows hold each distinct cell."""
        if self.codes is None:
            return np.ones(len(self.distinct), np.int64)
        return np.bincount(self.codes, minlength=len(self.distinct))

    def text(self, present: Any) -> pd.Series[Any]:
        """Return the rows as text, missing where ``present`` is null."""
        import pyarrow as pa

        is_changed = self.spaces or self.formulas or present.null_count != self.distinct.null_count
        if self._series is not None and not is_changed:
            return self._series  # nothing was changed
        whole = present if self.codes is None else present.take(pa.array(self.codes))
        return pd.Series(pd.array(whole, dtype="str"))


def _out_of_formulas(cells: Any) -> Any:
    """Return the text in cells that are all formulas which hold only text, such as ="007"; else the cells themselves.

    Programs write codes so to keep Excel from making numbers of them.
    """
    import pyarrow.compute as pc

    first = next((cell for cell in cells.slice(0, _GLANCE).to_pylist() if cell), "")
    if not first.startswith('="') or not pc.all(pc.match_substring_regex(cells, FORMULA_OF_TEXT + "|^$")).as_py():
        return cells
    return pc.replace_substring_regex(cells, FORMULA_OF_TEXT, r"\1")


def type_column(
    texts: Any, name: str, reading: Reading, kind: str | None = None, series: pd.Series[Any] | None = None
) -> TypedColumn:
    """Return the column ``name`` in the type all its cells agree on, or in the ``kind`` the user chose.

    Parameters
    ----------
    texts : pyarrow array of string
        As cut from the file; empty or null where there is nothing.
    name : str
        For the sentences.
    series : Series, optional
        The same cells as pandas has them, to be taken over if they stay text as they are.
    """
    dates = None if kind or reading.missing != MISSING_SPELLINGS else iso_dates(texts)
    if dates is not None and texts.null_count < len(texts):  # the quickest to tell, and common
        zone = tuple(remarks_on_dates(dates, texts, name, int))
        return TypedColumn(pd.Series(dates.found), remarks=zone)
    cells = Cells(texts, series)
    if cells.formulas:
        told = f"The cells of {COLUMNS} are text in formulas (=“…”); it was taken out."
        remark = Remark("formula", told.replace(COLUMNS, f"column {quoted(name)}"), 0, name, told)
        column = _decided(cells, name, reading, kind)
        return replace(column, remarks=(remark, *column.remarks))
    return _decided(cells, name, reading, kind)


def _decided(cells: Cells, name: str, reading: Reading, kind: str | None) -> TypedColumn:
    """Return the column in its type, once its cells are known."""
    present, missing = _without(cells, cells.distinct, reading.missing)
    if kind == "text":
        return TypedColumn(cells.text(present), missing)
    if kind is not None:
        return _as_chosen(cells, present, name, reading, kind, missing)
    column = _typed(cells, present, name, reading)
    if column is None and reading.judges_words:
        fewer, extra = _without(cells, present, MISSING_AMONG_NUMBERS)
        column = _typed(cells, fewer, name, reading) if extra and fewer.null_count < len(fewer) else None
        if column is not None:
            missing.update(extra)
            told = ", ".join(f"{quoted(spelling)} ({count:,})" for spelling, count in extra.items())
            remark = Remark("missing", f"In column {quoted(name)}, these cells were read as missing: {told}.")
            column = replace(column, missing=missing, remarks=(*column.remarks, remark), open_question=False)
    if column is not None:
        return replace(column, missing=missing)
    return _as_text(cells, present, missing, name, reading)


def _as_text(cells: Cells, present: Any, missing: dict[str, int], name: str, reading: Reading) -> TypedColumn:
    """Return the column as text, after a second look at what was read as missing before its kind was known."""
    remarks: list[Remark] = []
    if reading.judges_words:
        usual = {spelling: count for spelling, count in missing.items() if spelling in _USUAL}
        kept = are_levels(present, usual)
        if kept:
            missing = {spelling: count for spelling, count in missing.items() if spelling not in kept}
            present, _ = _without(cells, cells.distinct, tuple(missing))
            remarks += kept_levels(name, kept, present)
        present, nulls = _without(cells, present, NULLS)
        missing = {**missing, **nulls}
        if nulls:
            told = ", ".join(f"{quoted(spelling)} ({count:,})" for spelling, count in nulls.items())
            was = "was" if len(nulls) == 1 else "were"
            remarks.append(Remark("missing", f"In column {quoted(name)}, {told} {was} read as missing."))
        told_of = {spelling: count for spelling, count in missing.items() if spelling in _USUAL or spelling in NULLS}
        remarks += lost_levels(present, told_of, cells.n_rows, name)
        remarks += suspicious_levels(present, cells.counts, name)
    chosen = _told_of_chosen_marks(cells, present, name, reading)
    remarks += chosen or remarks_on_text(present, cells.counts, name, cells.row_of, spaces=cells.spaces)
    return TypedColumn(cells.text(present), missing, tuple(remarks))


def _told_of_chosen_marks(cells: Cells, present: Any, name: str, reading: Reading) -> list[Remark]:
    """Return a remark on numbers that are text only for the decimal or thousands mark the user chose, or none."""
    import pyarrow.compute as pc

    if reading.decimal is None and reading.thousands is None:
        return []
    fewer, _ = _without(cells, present, MISSING_AMONG_NUMBERS)
    if fewer.null_count == len(fewer) or not _has_digits(fewer.slice(0, _GLANCE)):
        return []
    free = _numbers(cells, fewer, name, replace(reading, decimal=None, thousands=None))
    if free is None or isinstance(free.series.dtype, pd.StringDtype):
        return []
    some = fewer.slice(0, _SAMPLE)
    fits = _fits_alone(some, reading, "number")
    at = next((place for place, valid in enumerate(pc.is_valid(some).to_pylist()) if valid and not fits[place]), None)
    if at is None:
        return []
    told = f"{quoted(some[at].as_py())} in {LINE} is no number with the marks you chose."
    return [Remark("number", f"Column {quoted(name)} is kept as text: {told}", cells.row_of(at))]


def _without(cells: Cells, distinct: Any, spellings: tuple[str, ...]) -> tuple[Any, dict[str, int]]:
    """Return (distinct cells with null where missing, rows of each spelling other than the empty cell)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    is_missing = pc.is_in(distinct, value_set=pa.array([spelling for spelling in spellings if spelling], pa.string()))
    if not pc.any(is_missing).as_py():
        return distinct, {}
    places = np.flatnonzero(is_missing.to_numpy(zero_copy_only=False))
    counts = cells.counts()
    found: dict[str, int] = {}
    for place, spelling in zip(places, distinct.take(pa.array(places)).to_pylist(), strict=True):
        found[spelling] = found.get(spelling, 0) + int(counts[place])
    return pc.if_else(is_missing, pa.scalar(None, distinct.type), distinct), found


def _typed(cells: Cells, present: Any, name: str, reading: Reading) -> TypedColumn | None:
    """Return the column as numbers, truth values or dates; None if its cells are none of these."""
    if present.null_count == len(present):
        return TypedColumn(pd.Series(np.full(cells.n_rows, np.nan)))
    if not _has_digits(present.slice(0, _GLANCE)):  # words are known by their first cells
        return _truth(cells, present)
    return _numbers(cells, present, name, reading) or _truth(cells, present) or _dates(cells, present, name, reading)


def _has_digits(some: Any) -> bool:
    import pyarrow.compute as pc

    return some.null_count == len(some) or bool(pc.all(pc.match_substring_regex(some, "[0-9]|^[+-]?(?i:inf)")).as_py())


def _numbers(cells: Cells, present: Any, name: str, reading: Reading) -> TypedColumn | None:
    numbers = plain_numbers(present) if reading.decimal != "," else None
    if numbers is None or (not reading.comma_file and _may_be_grouped(present)):
        chosen = (reading.decimal, reading.thousands)
        other = decorated_numbers(present, reading.prefer_decimal, chosen, comma_file=reading.comma_file)
        numbers = other or numbers
    if numbers is None:
        return None
    if numbers.refused:
        at = cells.row_of(numbers.at)
        cell = quoted(present[numbers.at].as_py())
        sort = numbers.refused.split()[0]
        remark = Remark(sort, f"Column {quoted(name)} is kept as text: {cell} in {LINE} {numbers.refused}.", at)
        return TypedColumn(cells.text(present), remarks=(remark,))
    values, remarks = numbers.found, [*remarks_on_numbers(numbers, present, name, cells.row_of)]
    if values.dtype == np.float64 and reading.decimal is None:
        version, told = _versions(cells, present, name)
        if version:
            return TypedColumn(cells.text(present), remarks=(version,))
        remarks += told
    dates = _dates_in_digits(numbers, present) if reading.decimal is None else None
    if dates is not None:
        return _date_column(cells, dates, present, name)
    if dates is None and reading.decimal is None:
        remarks += _told_of_days(values, present, name)
    if values.dtype == np.int64 and _n_missing(cells, present):
        values = values.astype(np.float64)
    series = pd.Series(cells.spread(values))
    return TypedColumn(
        series,
        remarks=tuple(remarks),
        marks=numbers.marks,
        open_question=numbers.marks.doubtful,
        unit="%" if numbers.percent else numbers.currency,
    )


def _versions(cells: Cells, present: Any, name: str) -> tuple[Remark | None, list[Remark]]:
    """Return (why numbers with a point are versions, what is to be told of one number written in two ways)."""
    import pyarrow.compute as pc

    some = present.slice(0, _LOOKED_AT_FOR_VERSIONS)
    if not pc.any(pc.match_substring_regex(some, r"[.,]\d+0$")).as_py():
        return None, []
    texts = some.to_pylist()
    if not differ_in_zeros(texts):
        return None, []
    at = first_version(texts)
    if at is not None:
        told = f"{quoted(texts[at])} in {LINE} counts on after its point, as versions do."
        return Remark("version", f"Column {quoted(name)} is kept as text: {told}", cells.row_of(at)), []
    return None, told_of_same_numbers(texts, name)


def told_of_same_numbers(texts: Sequence[str | None], name: str) -> list[Remark]:
    """Return a remark on two cells of a column that are one number written with and without zeros, or none."""
    same = same_numbers(texts)
    if same is None:
        return []
    both = f"{quoted(texts[same[0]] or '')} and {quoted(texts[same[1]] or '')}"
    told = f"In column {quoted(name)}, {both} are the same number; if they are versions or codes, make it text."
    return [Remark("zeros", told)]


def _may_be_days(values: npt.NDArray[Any], low: int, high: int) -> bool:
    finite = values[np.isfinite(values)] if values.dtype.kind == "f" else values
    return bool(finite.size and finite.min() >= low and finite.max() <= high)


def _told_of_days(values: npt.NDArray[Any], present: Any, name: str) -> Iterable[Remark]:
    """Tell of whole numbers that may be days: with a time, which may be a count within the day, or too few to know."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for low, high, ending, what in (
        (1_900_010_100, 2_099_123_123, "00", "days with an hour"),
        (19_000_101, 20_991_231, "0000", "days"),
        *((low, high, "", "days with a time") for low, high in _DAYS_IN_DIGITS[1:]),
    ):
        if _may_be_days(values, low, high):
            rest, nothing = pa.scalar(ending, present.type), pa.scalar("", present.type)
            moments = pc.binary_join_element_wise(present, rest, nothing).to_pylist()
            if find_dates(pa.array(moments * (3 if len(moments) < 3 else 1)), None, None) is not None:
                cell = quoted(next(cell for cell in present.to_pylist() if cell))
                told = f"Numbers of column {quoted(name)} may be {what}, such as {cell}; they were kept as numbers."
                yield Remark("digits", told)


def _n_missing(cells: Cells, present: Any) -> int:
    return int(present.null_count) if len(present) else cells.n_rows


def _may_be_grouped(present: Any) -> bool:
    """Whether plain numbers such as "1.234" could be whole ones with thousands points: all with a point look so."""
    import pyarrow.compute as pc

    dotted = present.filter(pc.match_substring(present, "."))
    return len(dotted) > 0 and bool(pc.all(pc.match_substring_regex(dotted, r"^[+-]?[1-9]\d{0,2}\.\d{3}$")).as_py())


def _dates_in_digits(numbers: Numbers, present: Any) -> Dates | None:
    """Return dates if all whole numbers are such as 20240131 or 202401311530, which hardly any other numbers are."""
    values = numbers.found
    finite = values[np.isfinite(values)] if values.dtype.kind == "f" else values
    if not finite.size or len(np.unique(finite)) < 3:
        return None
    if not any(low <= finite.min() and finite.max() <= high for low, high in _DAYS_IN_DIGITS):
        return None
    dates = find_dates(present, None, None)
    is_timed = finite.min() > _DAYS_IN_DIGITS[0][1]
    return None if dates is not None and is_timed and _count_within_days(finite, dates) else dates


def _count_within_days(digits: npt.NDArray[Any], dates: Dates) -> bool:
    """Whether digits that could be moments are rather a day and a running number, as those of orders are.

    A running number begins at 1 and goes up by 1, so it seems to be minutes after midnight; unlike a clock, it does not
    go from 59 to 100. Moments that are all midnight are days.
    """
    steps = np.diff(np.unique(digits))
    moments = dates.found[~np.isnat(dates.found)]
    since_midnight = moments - moments.astype("datetime64[D]")
    if not since_midnight.astype(np.int64).any():
        return False
    goes_on = 2 * np.count_nonzero(steps == 1) > len(steps) and not (steps == _FROM_59_TO_100).any()
    return bool(goes_on or (since_midnight < np.timedelta64(1, "h")).all())


def _truth(cells: Cells, present: Any) -> TypedColumn | None:
    """Return truth values if all cells are true or false in one language; the words yes and no stay text."""
    import pyarrow.compute as pc

    if len(present) > cells.n_rows * _TOO_MANY and len(present) > 2_000:
        return None
    words = pc.utf8_lower(present)
    distinct = set(words.drop_null().to_pylist())
    pair = next((pair for pair in TRUTH if distinct <= set(pair)), None)
    return None if pair is None else _truth_column(cells, pc.equal(words, pair[0]))


def _truth_column(cells: Cells, flags: Any) -> TypedColumn:
    values = cells.spread(np.asarray(flags.to_numpy(zero_copy_only=False), dtype=object))
    if flags.null_count:
        return TypedColumn(pd.Series(pd.array(list(values), dtype="boolean")))
    return TypedColumn(pd.Series(values.astype(bool)))


def _dates(cells: Cells, present: Any, name: str, reading: Reading) -> TypedColumn | None:
    dates = find_dates(present, reading.day_first, reading.day_first_hint)
    return None if dates is None else _date_column(cells, dates, present, name)


def _date_column(cells: Cells, dates: Dates, present: Any, name: str) -> TypedColumn:
    remarks = remarks_on_dates(dates, present, name, cells.row_of)
    series = pd.Series(cells.spread(dates.found))
    return TypedColumn(series, remarks=tuple(remarks), order=dates.order, open_question=dates.order == "either")


def _as_chosen(  # noqa: PLR0917 - a column and all that is known of it
    cells: Cells, present: Any, name: str, reading: Reading, kind: str, missing: dict[str, int]
) -> TypedColumn:
    """Return the column in the kind the user chose; cells that are nothing of the kind become missing, and are told."""
    import pyarrow as pa
    import pyarrow.compute as pc

    distinct = present.to_pylist()
    if kind == "yes/no":
        answers = {word: word.lower() in YES for word in distinct if word and word.lower() in YES | NO}
        flags = pa.array([answers.get(word) for word in distinct], pa.bool_())
        fitting = pc.is_valid(flags)
        found = _truth_column(cells, flags) if pc.any(fitting).as_py() else None
    else:
        fitting = _fitting(present, reading, kind)
        kept = pc.if_else(fitting, present, pa.scalar(None, present.type))
        read = _forced_numbers if kind == "number" else _dates
        found = read(cells, kept, name, reading) if pc.any(fitting).as_py() else None
    if found is None:
        named = "answers such as yes and no" if kind == "yes/no" else f"{kind}s"
        remark = Remark("kind", f"Column {quoted(name)} holds no {named}, so it is kept as text.")
        return TypedColumn(cells.text(present), missing, (remark,))
    lost = np.asarray(pc.and_(pc.is_valid(present), pc.invert(fitting)).to_numpy(zero_copy_only=False), dtype=bool)
    remarks = found.remarks
    if lost.any():
        at, n_lost = int(np.argmax(lost)), int(cells.counts()[lost].sum())
        sentence = (
            f"Column {quoted(name)} is read as {kind}, as you chose; {n_lost:,} other cells became missing,"
            f" the first {quoted(distinct[at])} in {LINE}."
        )
        remarks += (Remark("kind", sentence, cells.row_of(at)),)
    return replace(found, missing=missing, remarks=remarks, open_question=False)


def _forced_numbers(cells: Cells, kept: Any, name: str, reading: Reading) -> TypedColumn | None:
    """Return numbers even where they would rather be codes: the user said so."""
    numbers = plain_numbers(kept) if reading.decimal != "," else None
    chosen = (reading.decimal, reading.thousands)
    numbers = numbers or decorated_numbers(kept, reading.prefer_decimal, chosen, comma_file=reading.comma_file)
    if numbers is None:
        return None
    values = numbers.found
    if values.dtype == np.int64 and _n_missing(cells, kept):
        values = values.astype(np.float64)
    elif (
        numbers.refused
        and not _n_missing(cells, kept)
        and (values % 1 == 0).all()
        and np.abs(values).max() < LARGEST_EXACT
    ):
        values = values.astype(np.int64)
    remarks = remarks_on_numbers(numbers, kept, name, cells.row_of)
    unit = "%" if numbers.percent else numbers.currency
    return TypedColumn(pd.Series(cells.spread(values)), remarks=tuple(remarks), marks=numbers.marks, unit=unit)


def _fitting(present: Any, reading: Reading, kind: str) -> Any:
    """Return which distinct cells are of the chosen kind."""
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = _fits_alone(present, reading, kind)
    return pa.array(whole) if pc.any(pa.array(whole)).as_py() else pa.array([False] * len(present))


def _fits_alone(present: Any, reading: Reading, kind: str) -> list[bool]:
    chosen = (reading.decimal, reading.thousands)

    def fits(cell: Any) -> bool:
        if kind == "date":
            return find_dates(cell, reading.day_first, reading.day_first_hint) is not None
        plain = plain_numbers(cell) if reading.decimal != "," else None
        return (
            plain is not None
            or decorated_numbers(cell, reading.prefer_decimal, chosen, comma_file=reading.comma_file) is not None
        )

    def halves(start: int, length: int) -> list[bool]:
        part = present.slice(start, length)
        if part.null_count == length:
            return [False] * length
        if fits(part):
            return [bool(valid) for valid in part.is_valid().to_pylist()]
        if length == 1:
            return [False]
        half = length // 2
        return halves(start, half) + halves(start + half, length - half)

    return halves(0, len(present)) if len(present) else []
