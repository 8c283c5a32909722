"""Tells rows of totals from rows of data: by their numbers, which are the sums, means or ends of their columns.

A word such as "Total" alone proves nothing, as there is a company of that name. Below the table a row is left out if a
word or an empty first cell says so and its numbers bear it out, or if all its numbers are exactly the sums of so many
others that this is no chance, whatever it is called; what only looks so is kept, and told with its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.data.footer import ONLY_TOTAL, TOTAL
from logreg_core.data.kinds import TypedColumn
from logreg_core.data.records import Record
from logreg_core.data.spellings import lines_listed, quoted

_ALL = re.compile(r"all|alle|overall|tous|toutes|todos|tutti|wszystkie", re.IGNORECASE)
_EXTREME = re.compile(r"(?:min|max|count|anzahl|nombre|std)", re.IGNORECASE)
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
_MOST_DECIMALS = 4
_FEWEST_ADDENDS = 3
_NO_CHANCE = 30.0  # a sum of so many units of its last digit is hardly met by a row of data
Number = tuple[float, float]  # a number and half of its last digit


def judged(
    columns: Sequence[TypedColumn], footer: Sequence[Record], line_of: Callable[[int], int]
) -> tuple[int, list[str]]:
    """Return (how many rows at the end are totals or notes, sentences about rows that only look like totals).

    ``columns`` are those of the table, ``footer`` the rows below that were taken for totals or notes by their words.
    """
    rows = _Rows(columns)
    last = rows.count - 1
    count, told = rows.outside(footer)
    if count == len(footer) and rows.count > _FEWEST_ROWS and (rows.is_last_total() or rows.is_sum(last)):
        count += 1
    elif not footer and last in rows.marked:
        told = [_told_kept(line_of(last), rows.label(last))]
    elif count == len(footer) and rows.count > _FEWEST_ROWS and rows.is_last_without_first() and not columns[0].missing:
        told = [
            f"Line {line_of(last):,}, the last, is the only one without a first cell. It may be a total, but its"
            " numbers are not the sums of their columns; it was kept as data."
        ]
    elif not footer and rows.is_last_count():
        label = quoted(str(rows.series[0].iloc[-1]))
        told = [f"Line {line_of(last):,} ({label}) may be the count of the rows; it was kept as data."]
    first = columns[0].series.iloc[0]
    if isinstance(first, str) and _POSSIBLE.match(first):
        told.append(f"Line {line_of(0):,} ({quoted(first)}) may tell of the columns; it was kept as data.")
    lines = [line_of(row) for row in rows.marked if (row < last or footer) and rows.looks_total(row)]
    if rows.count > _FEWEST_ROWS and line_of(0) not in lines and rows.is_sum(0):
        lines = [line_of(0), *lines]
    if lines:
        what = "looks like a total" if len(lines) == 1 else "look like totals"
        where = lines_listed(lines).capitalize()
        told.append(f"{where} {what}, but stands among the rows and was kept as data. Take totals out of the file.")
    return count, told


def _told_kept(line: int, label: str) -> str:
    return (
        f"Line {line:,} ({quoted(label)}) may be a total, but its numbers are not the sums of their columns;"
        " it was kept as data."
    )


def _is_label(cell: object) -> bool:
    return isinstance(cell, str) and len(cell) <= _LONGEST_LABEL and bool(TOTAL.match(cell) or _ALL.fullmatch(cell))


class _Rows:
    """The rows of a table, asked whether some of them, or rows below, hold its totals."""

    def __init__(self, columns: Sequence[TypedColumn]) -> None:
        self.columns = columns
        self.series = [column.series for column in columns]
        self.count = len(self.series[0])

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

    def is_last_count(self) -> bool:
        """Whether the last row says how many there are above: a word for rows and their number."""
        first = self.series[0].iloc[-1]
        if not isinstance(first, str) or not _COUNT.fullmatch(first):
            return False
        return any(number == self.count - 1 for number, _ in self._numbers(self.count - 1).values())

    def outside(self, footer: Sequence[Record]) -> tuple[int, list[str]]:
        """Return (how many rows of the footer stay out, sentences about those that are data after all)."""
        first = 0
        for place, record in enumerate(footer):
            label = self._doubtful_label(record, alone=len(footer) == 1)
            first = place + 1 if label else first
        told = [
            _told_kept(record.line, next(filter(str.strip, record.cells)))
            for record in footer[:first]
            if not self._is_someone(record)
        ]
        return len(footer) - first, told

    def _is_someone(self, record: Record) -> bool:
        """Whether a row whose word may be a name, such as Max, has other numbers than those of such a row."""
        cells = [cell.strip() for cell in record.cells]
        if not _EXTREME.fullmatch(next(filter(None, cells))):
            return False
        return not self._bears_out(_numbers_in(self.columns, cells), self.count, ends=True)

    def is_sum(self, row: int) -> bool:
        """Whether all numbers of the first or last row are exactly the sums of the others, and that is no chance.

        A total has no words beside its label, except one that all rows have, such as a currency.
        """
        if self.count > _MOST_ROWS:
            return False
        others = slice(1, None) if row == 0 else slice(0, row)
        chance, n_sums = 1.0, 0
        for values in self.numeric.values():
            if np.isfinite(values[row]):
                addends = values[others][np.isfinite(values[others]) & (values[others] != 0)]
                if abs(values[row] - addends.sum()) > 1e-9 * np.abs(addends).sum():
                    return False
                if addends.size >= _FEWEST_ADDENDS and abs(values[row]) > np.abs(addends).max():
                    chance *= max(abs(values[row]) / _last_digit(values), 1.0)
                    n_sums += 1
        return chance >= _NO_CHANCE and (n_sums > 1 or self._n_words(row, others) < 2)

    def _n_words(self, row: int, others: slice) -> int:
        """Return how many cells of a row are neither numbers nor empty nor the same in all rows."""
        return sum(
            not pd.isna(cells.iloc[row]) and not bool((cells.iloc[others] == cells.iloc[row]).all())
            for place, cells in enumerate(self.series)
            if place not in self.numeric
        )

    def _doubtful_label(self, record: Record, *, alone: bool) -> str:
        """Return the word for totals of a row whose numbers do not bear it out, or ""."""
        if len(record.cells) != len(self.columns):
            return ""
        cells = [cell.strip() for cell in record.cells]
        at = next((place for place, cell in enumerate(cells) if cell), 0)
        if not TOTAL.match(cells[at]) or at in self.numeric or not any(cells[at + 1 :]):
            return ""
        ends = bool(_EXTREME.match(cells[at]))
        proven = self._bears_out(_numbers_in(self.columns, cells), self.count, ends=ends)
        return "" if proven and not (ends and alone) else cells[at]

    def _numbers(self, row: int) -> dict[int, Number]:
        return {place: (float(values[row]), 0.0) for place, values in self.numeric.items() if np.isfinite(values[row])}

    def _bears_out(self, numbers: dict[int, Number], row: int, *, ends: bool = False) -> bool:
        """Whether at least half of the numbers are those of a total; zeros say nothing.

        Minimum and maximum count only where ``ends``: rows of data have such numbers, too.
        """
        told = {place: pair for place, pair in numbers.items() if place in self.numeric and pair[0]}
        right = 0
        for place, (number, precision) in told.items():
            wrong = precision + self._rounding(place)
            near = (abs(number - value) <= wrong + 1e-9 * abs(value) for value in self._totals(place, row, ends))
            right += any(near)
        return right > 0 and 2 * right >= len(told)

    def _rounding(self, place: int) -> float:
        """Return how far the sum of a column of rounded numbers may be from the rounded sum of what they were.

        Each is wrong by up to half a unit of the last decimal, evenly; four standard deviations of their sum. Whole
        numbers are counts, and exact.
        """
        values = self.numeric[place][np.isfinite(self.numeric[place])]
        unit = _last_digit(values)
        return 4 * unit * float(np.sqrt(values.size / 12)) if 10.0**-_MOST_DECIMALS <= unit < 1 else 0.0

    def _totals(self, place: int, row: int, ends: bool) -> list[float]:
        """Return what a total in ``row`` may hold: over all other rows, without totals, and since the last total."""
        values = self.numeric[place]
        others = np.isfinite(values)
        if row < self.count:
            others[row] = False
        data = others.copy()
        data[[marked for marked in self.marked if marked != row]] = False
        since = max((marked for marked in self.marked if marked < row), default=-1) + 1
        found: list[float] = []
        for chosen, fewest in ((values[others], 1), (values[data], 1), (values[since:row][data[since:row]], 2)):
            if len(chosen) >= fewest:
                found += [float(chosen.sum()), float(chosen.mean())]
                found += [float(chosen.min()), float(chosen.max())] if ends else []
        return found


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
