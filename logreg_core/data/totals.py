"""Tells rows of totals from rows of data: by their numbers, which are the sums, means or ends of their columns.

A word such as "Total" alone proves nothing, as there is a company of that name. Below the table a row is left out if a
word or an empty first cell says so and all its numbers bear it out, or if these are exactly the sums of the others, by
so many steps that this is no chance, and what it is called can be a label; in doubt it is kept, and told with its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.data.footer import ONLY_TOTAL, TOTAL
from logreg_core.data.records import Record
from logreg_core.data.spellings import NO, YES, lines_listed, quoted
from logreg_core.data.typed_column import TypedColumn

_ALL = re.compile(r"all|alle|overall|tous|toutes|todos|tutti|wszystkie", re.IGNORECASE)
_EXTREME = re.compile(r"(?:min|max|count|anzahl|nombre|std)", re.IGNORECASE)
_MEAN = re.compile(r"\b(?:averages?|mean|mittelwert|durchschnitt|moyenne|media|promedio)\b|^ø$", re.IGNORECASE)
_COUNT = re.compile(
    r"(?:number of |no\. of |anzahl )?(?:records?|rows?|cases|observations|datens[äa]tze|zeilen|lignes|filas)\s*:?",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(r"(?:points possible|possible points|max(?:imum)? points|out of)\b", re.IGNORECASE)
_FEWEST_ROWS = 3
_MOST_ROWS = 50_000  # files with totals are reports
_MOST_MARKED = 100
_LABEL_PLACES = 3
_LONGEST_LABEL = 40
_MOST_TIMES = 2
_LARGEST_MULTIPLE = 2.0**53
_HALF = 0.5  # how far a whole number may be from what was rounded to it
_MOST_DECIMALS = 4
_FEWEST_ADDENDS = 3
_NO_CHANCE = 12.0  # a sum of so many steps of its numbers is hardly met by a row of data
_NO_CHANCE_RISING = 120.0  # where each number is larger than the one above, a last one as large as a sum is common
_FEW_STEPS = 10  # answers such as 0/1 or 1-5: one of them is easily met
_LEVELS_SHAPED_ALIKE = 0.5  # of the cells above
Number = tuple[float, float]  # a number and half of its last digit


# Infinite numbers, and sums beyond all floats, are equal to nothing: that is the answer, and no fault.
@np.errstate(over="ignore", invalid="ignore")
def judged(
    columns: Sequence[TypedColumn], footer: Sequence[Record], line_of: Callable[[int], int]
) -> tuple[int, list[str]]:
    """Return (how many rows at the end are totals or notes, sentences about rows that only look like totals).

    ``columns`` are those of the table, ``footer`` the rows below that were taken for totals or notes by their words.
    """
    rows = _Rows(columns)
    last = rows.count - 1
    count, told = rows.outside(footer)
    if count == len(footer) and rows.count > _FEWEST_ROWS and (rows.is_last_total() or rows.is_total_by_sums(last)):
        count += 1
    elif not footer and last in rows.marked:
        told = [_told_kept(line_of(last), rows.label(last))]
    elif count == len(footer) and rows.count > _FEWEST_ROWS and rows.lacks_first_above_sums():
        told = [
            f"Line {line_of(last):,}, the last, is the only one without a first cell. It may be a total, but its"
            " numbers do not prove it; it was kept as data."
        ]
    elif count == len(footer) and rows.count == _FEWEST_ROWS and rows.is_last_without_first() and rows.has_sum(last):
        told = [
            f"Line {line_of(last):,}, the last, is the only one without a first cell and holds a sum of the others. It"
            " may be a total; it was kept as data."
        ]
    elif count == len(footer) and rows.count > _FEWEST_ROWS and rows.may_be_sum(last):
        told = [f"Line {line_of(last):,} may be a total: it holds the sums of the others; it was kept as data."]
    elif not footer and rows.is_last_count():
        label = quoted(str(rows.series[0].iloc[-1]))
        told = [f"Line {line_of(last):,} ({label}) may be the count of the rows; it was kept as data."]
    elif not footer and rows.n_last_alike() > _MOST_TIMES:
        told = [_told_alike(line_of(rows.count - rows.n_last_alike()), line_of(last), str(rows.series[0].iloc[-1]))]
    first = columns[0].series.iloc[0]
    if isinstance(first, str) and _POSSIBLE.match(first):
        told.append(f"Line {line_of(0):,} ({quoted(first)}) may tell of the columns; it was kept as data.")
    inside = rows.count if 0 < len(footer) >= count else last  # the last row is left out, or told above
    lines = [line_of(row) for row in rows.marked if row < inside and rows.looks_total(row)]
    if rows.count > _FEWEST_ROWS and line_of(0) not in lines and rows.is_total_by_sums(0):
        lines = [line_of(0), *lines]
    if lines:
        told.append(_told_among(lines))
    return count, told


def _told_kept(line: int, label: str) -> str:
    return f"Line {line:,} ({quoted(label)}) may be a total, but its numbers do not prove it; it was kept as data."


def _told_alike(first: int, last: int, label: str) -> str:
    return f"Lines {first:,} to {last:,}, the last, all say {quoted(label)}; they may be totals and were kept as data."


def _told_among(lines: list[int]) -> str:
    one = len(lines) == 1
    looks, stands = ("looks like a total", "stands") if one else ("look like totals", "stand")
    where = lines_listed(lines).capitalize()
    kept = "was kept" if one else "were kept"
    return f"{where} {looks}, but {stands} among the rows and {kept} as data. Take totals out of the file."


def _is_label(cell: object) -> bool:
    return isinstance(cell, str) and len(cell) <= _LONGEST_LABEL and bool(TOTAL.match(cell) or _ALL.fullmatch(cell))


class _Rows:
    """The rows of a table, asked whether some of them, or rows below, hold its totals."""

    def __init__(self, columns: Sequence[TypedColumn]) -> None:
        self.columns = columns
        self.series = [column.series for column in columns]
        self.count = len(self.series[0])
        self.n_above = self.count  # rows of data above the row below the table that is judged

    @cached_property
    def numeric(self) -> dict[int, npt.NDArray[np.float64]]:
        """The columns of numbers, by their place."""
        return {
            place: cells.to_numpy(dtype=np.float64)
            for place, cells in enumerate(self.series)
            if cells.dtype in (np.int64, np.float64)
        }

    @cached_property
    def marked(self) -> list[int]:
        """Rows with a word for totals in one of the first columns; not where the word is a common level.

        People are called Max and Min: these words count only next to a row with another word for totals.
        """
        if self.count > _MOST_ROWS:
            return []
        found: set[int] = set()
        for cells in self.series[:_LABEL_PLACES]:
            if isinstance(cells.dtype, pd.StringDtype):
                places = [row for row, cell in enumerate(cells.tolist()) if _is_label(cell)]
                times = cells.iloc[places].value_counts()
                found |= {row for row in places if times[cells.iloc[row]] <= _MOST_TIMES}
        if len(found) > _MOST_MARKED:
            return []
        words = {row: self.label(row).lower() for row in found}
        return sorted(
            row
            for row, word in words.items()
            if not _EXTREME.fullmatch(word) or any(words.get(near, word) != word for near in (row - 1, row + 1))
        )

    def label(self, row: int) -> str:
        """The word for totals in a marked row."""
        return next(str(cells.iloc[row]) for cells in self.series[:_LABEL_PLACES] if _is_label(cells.iloc[row]))

    def looks_total(self, row: int) -> bool:
        """Whether a marked row is a total: by its word alone, for want of numbers, or by its numbers."""
        numbers = self._numbers(row)
        return bool(ONLY_TOTAL.match(self.label(row))) or not numbers or self._bears_out(numbers, row)

    def is_last_total(self) -> bool:
        """Whether the last row is a total: it has a word for it, or it alone lacks a first cell; and the numbers."""
        last = self.count - 1
        marked = last in self.marked or self.is_last_without_first()
        return marked and self._bears_out(self._numbers(last), last)

    def is_last_without_first(self) -> bool:
        """Whether the last row, and no other, has no first cell; a word such as NA is one."""
        if any(map(str.isalpha, "".join(self.columns[0].missing))):
            return False
        return bool(pd.isna(self.series[0].iloc[-1])) and int(self.series[0].isna().sum()) == 1

    def lacks_first_above_sums(self) -> bool:
        """Whether only the last row has no first cell, by no word for it, and numbers that might be sums."""
        return self.is_last_without_first() and not self.columns[0].missing and bool(self._numbers(self.count - 1))

    def n_last_alike(self) -> int:
        """Return how many rows at the end have the same word for totals, which no other row has."""
        cells = self.series[0]
        label = cells.iloc[-1]
        if self.count > _MOST_ROWS or not isinstance(label, str) or not ONLY_TOTAL.match(label):
            return 0
        places = np.flatnonzero((cells == label).to_numpy(dtype=np.bool_, na_value=False))
        is_run = places[0] == self.count - len(places) > 0
        return len(places) if is_run else 0

    def is_last_count(self) -> bool:
        """Whether the last row says how many there are above: a word for rows and their number."""
        first = self.series[0].iloc[-1]
        if not isinstance(first, str) or not _COUNT.fullmatch(first):
            return False
        return any(number == self.count - 1 for number, _ in self._numbers(self.count - 1).values())

    def outside(self, footer: Sequence[Record]) -> tuple[int, list[str]]:
        """Return (how many rows of the footer stay out, sentences about those that are data after all)."""
        if not footer:
            return 0, []
        first, own = 0, dict(self.numeric)
        for place, record in enumerate(footer):
            label = self._doubtful_label(record, alone=len(footer) == 1)
            if label:
                first = place + 1
                self._add(record)
        self.numeric.update(own)
        self.n_above = self.count
        told = [
            _told_kept(record.line, next(filter(str.strip, record.cells)))
            for record in footer[:first]
            if not self._is_someone(record)
        ]
        return len(footer) - first, told

    def _add(self, record: Record) -> None:
        """Count the numbers of a row below that is data after all, for the sums of the rows that follow it."""
        found = _numbers_in(self.columns, [cell.strip() for cell in record.cells])
        for place, values in self.numeric.items():
            self.numeric[place] = np.append(values, found[place][0] if place in found else np.nan)
        self.n_above += 1

    def _is_someone(self, record: Record) -> bool:
        """Whether a row whose word may be a name, such as Max, has other numbers than those of such a row."""
        cells = [cell.strip() for cell in record.cells]
        if not _EXTREME.fullmatch(next(filter(None, cells))):
            return False
        return not self._bears_out(_numbers_in(self.columns, cells), self.count, ends=True)

    def is_total_by_sums(self, row: int) -> bool:
        """Whether the first or last row is a total, whatever its label: its numbers are sums beyond chance."""
        return self.may_be_sum(row) and self._has_label(row) and self._steps_of_sums(row) >= self._needed_steps(row)

    def may_be_sum(self, row: int) -> bool:
        """Whether nothing in the first or last row tells that it is data, and its numbers are sums of the others."""
        if self.count > _MOST_ROWS or self._steps_of_sums(row) < _NO_CHANCE:
            return False
        words = self._words(row)
        return len(words) < 2 and all(self._can_be_label(place, row) for place in words) and not self._goes_on(row)

    def has_sum(self, row: int) -> bool:
        """Whether the last row has a number other than zero that is the sum of those above."""
        return any(values[row] != 0 and values[row] == values[:row].sum() for values in self.numeric.values())

    def _steps_of_sums(self, row: int) -> float:
        """Return how many steps of their columns the numbers of a row are, multiplied; 0 if one is not the sum."""
        steps = 1.0
        for values in self.numeric.values():
            if np.isfinite(values[row]):
                others = values[_others(row)]
                addends = others[np.isfinite(others) & (others != 0)]
                if abs(values[row] - addends.sum()) > 1e-9 * np.abs(addends).sum():
                    return 0.0
                if addends.size >= _FEWEST_ADDENDS and abs(values[row]) > np.abs(addends).max() and not _counts(others):
                    steps *= max(abs(values[row]) / _step(addends), 1.0)
        return steps

    def _needed_steps(self, row: int) -> float:
        rising = all((np.diff(values[_others(row)]) >= 0).all() for values in self.numeric.values())
        return _NO_CHANCE_RISING if rising else _NO_CHANCE

    def _goes_on(self, row: int) -> bool:
        """Whether the first cell is a number that goes on counting."""
        values = self.numeric.get(0)
        return values is not None and _counts(values[_others(row)]) and _counts(values)

    def _words(self, row: int) -> list[int]:
        """Return where a row has cells that are neither numbers nor empty nor, such as a currency, the same in all."""
        return [
            place
            for place, cells in enumerate(self.series)
            if place not in self.numeric
            and not pd.isna(cells.iloc[row])
            and not bool((cells.iloc[_others(row)] == cells.iloc[row]).all())
        ]

    def _has_label(self, row: int) -> bool:
        """Whether a row has a word of its own, or the only empty cell of a column in place of it."""
        return bool(self._words(row)) or any(
            bool(pd.isna(cells.iloc[row])) and not bool(cells.iloc[_others(row)].isna().any()) for cells in self.series
        )

    def _can_be_label(self, place: int, row: int) -> bool:
        """Whether a cell differs from the others of its column: no date, truth value, answer, level or further code."""
        cells = self.series[place]
        if not isinstance(cells.dtype, pd.StringDtype):
            return False
        label, others = str(cells.iloc[row]), cells.iloc[_others(row)].dropna().tolist()
        alike = sum(_shape(other) == _shape(label) for other in others)
        is_answer = label.lower() in YES | NO
        return not is_answer and label not in others and alike < max(_LEVELS_SHAPED_ALIKE * len(others), 1)

    def _doubtful_label(self, record: Record, *, alone: bool) -> str:
        """Return the word for totals of a row whose numbers do not bear it out, or ""."""
        if len(record.cells) != len(self.columns):
            return ""
        cells = [cell.strip() for cell in record.cells]
        at = next((place for place, cell in enumerate(cells) if cell), 0)
        is_of_numbers = at in self.numeric and bool(np.isfinite(self.numeric[at]).any())
        if not TOTAL.match(cells[at]) or is_of_numbers or not any(cells[at + 1 :]):
            return ""
        ends, means = bool(_EXTREME.match(cells[at])), bool(_MEAN.search(cells[at]))
        proven = self._bears_out(_numbers_in(self.columns, cells), self.n_above, ends=ends, sums=not means)
        return "" if proven and not (ends and alone) else cells[at]

    def _numbers(self, row: int) -> dict[int, Number]:
        return {place: (float(values[row]), 0.0) for place, values in self.numeric.items() if np.isfinite(values[row])}

    def _bears_out(self, numbers: dict[int, Number], row: int, *, ends: bool = False, sums: bool = True) -> bool:
        """Whether all of the numbers are those of a total, and one is no common answer; zeros say nothing.

        Nor does a number that goes on counting. Minimum and maximum count only where ``ends``: rows of data have such
        numbers, too. Sums count where ``sums``: what is called a mean is none.
        """
        told = {place: pair for place, pair in numbers.items() if place in self.numeric and pair[0]}
        proofs = 0
        for place, pair in told.items():
            above = self._above(place, row)
            if _counts(above) and _counts(np.append(above, pair[0])):
                continue
            if not self._is_of_total(place, pair, row, ends=ends, sums=sums):
                return False
            proofs += ends or not _is_common(pair[0], above)
        return proofs > 0

    def _above(self, place: int, row: int) -> npt.NDArray[np.float64]:
        """Return the numbers of a column above a row, without those of other totals."""
        values = self.numeric[place][:row]
        return np.delete(values, [marked for marked in self.marked if marked < row])

    def _is_of_total(self, place: int, pair: Number, row: int, *, ends: bool, sums: bool) -> bool:
        """Whether a number is the sum of its column, or its mean as exactly as it is written.

        A whole number is the mean only if that is whole: a mean of answers such as 0/1 is near to one of them.
        """
        number, precision = pair
        rounding = self._rounding(place)
        exact = precision if precision < _HALF else 0.0
        if not precision and rounding:
            exact = _last_digit(self.numeric[place]) / 2
        as_sums, means = self._totals(place, row, ends)
        is_sum = sums and _is_near(number, as_sums, precision + rounding)
        return is_sum or _is_near(number, means, exact)

    def _rounding(self, place: int) -> float:
        """Return how far the sum of a column of rounded numbers may be from the rounded sum of what they were.

        Each is wrong by up to half a unit of the last decimal, evenly; four standard deviations of their sum. Whole
        numbers are counts, and exact.
        """
        values = self.numeric[place][np.isfinite(self.numeric[place])]
        unit = _last_digit(values)
        return 4 * unit * float(np.sqrt(values.size / 12)) if 10.0**-_MOST_DECIMALS <= unit < 1 else 0.0

    def _totals(self, place: int, row: int, ends: bool) -> tuple[list[float], list[float]]:
        """Return the (sums, means and ends) ``row`` may hold: of all other rows, those of data, and since a total."""
        values = self.numeric[place]
        others = np.isfinite(values)
        if row < self.count:
            others[row] = False
        data = others.copy()
        data[[marked for marked in self.marked if marked != row]] = False
        since = max((marked for marked in self.marked if marked < row), default=-1) + 1
        sums: list[float] = []
        means: list[float] = []
        for chosen, fewest in ((values[others], 1), (values[data], 1), (values[since:row][data[since:row]], 2)):
            if len(chosen) >= fewest:
                sums.append(float(chosen.sum()))
                means.append(float(chosen.mean()))
                means += [float(chosen.min()), float(chosen.max())] if ends else []
        return sums, means


def _others(row: int) -> slice:
    """Return the rows other than the first or the last."""
    return slice(1, None) if row == 0 else slice(0, row)


def _shape(cell: str) -> str:
    """Return a cell with its letters and digits made the same, so that codes that go on are alike."""
    kinds = ("A" if sign.isupper() else "a" if sign.isalpha() else sign for sign in cell)
    return re.sub(r"\d+", "9", "".join(kinds))


def _counts(values: npt.NDArray[np.float64]) -> bool:
    """Whether numbers go on by the same step, as those of rows, years or doses do."""
    steps = np.diff(values)
    return steps.size > 1 and bool(steps[0]) and bool((np.abs(steps - steps[0]) <= 1e-9 * np.abs(steps[0])).all())


def _step(values: npt.NDArray[np.float64]) -> float:
    """Return the largest unit that all numbers are multiples of, such as 5 for round ones."""
    unit = _last_digit(values)
    multiples = np.round(np.abs(values) / unit)
    if not multiples.size or multiples.max() > _LARGEST_MULTIPLE:
        return unit
    return unit * max(float(np.gcd.reduce(multiples.astype(np.int64))), 1.0)


def _is_common(number: float, values: npt.NDArray[np.float64]) -> bool:
    """Whether a number is a usual answer in a column of few whole numbers."""
    values = values[np.isfinite(values)]
    if not values.size or _last_digit(values) < 1:
        return False
    return bool(np.ptp(values) <= _FEW_STEPS and values.min() <= number <= values.max())


def _is_near(number: float, values: list[float], wrong: float) -> bool:
    return any(abs(number - value) <= wrong + 1e-9 * abs(value) for value in values)


def _last_digit(values: npt.NDArray[np.float64]) -> float:
    """Return the unit of the last decimal that a column of numbers is written with; 0.00001 for all beyond four."""
    values = values[np.isfinite(values)]
    for decimals in range(_MOST_DECIMALS + 1):
        unit = 10.0**-decimals
        if (np.abs(values - values.round(decimals)) <= 1e-6 * unit).all():
            return unit
    return 10.0 ** -(_MOST_DECIMALS + 1)


def _numbers_in(columns: Sequence[TypedColumn], cells: Sequence[str]) -> dict[int, Number]:
    """Return the numbers in cells, by the marks of their columns."""
    found: dict[int, Number] = {}
    for place, (column, cell) in enumerate(zip(columns, cells, strict=True)):
        decimal = column.marks.decimal if column.marks else "."
        plain = re.sub(rf"[^\d{re.escape(decimal)}-]", "", cell).replace(decimal, ".")
        if re.fullmatch(r"-?\d+(?:\.\d+)?", plain):
            found[place] = (float(plain), 0.5 * 10.0 ** -len(plain.partition(".")[2]))
    return found
