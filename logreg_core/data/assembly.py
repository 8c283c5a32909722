"""From columns of cells to a typed table with its report: names, kinds, what is left out, and what is told of it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from logreg_core.data.agreed_kind import told_of_same_numbers
from logreg_core.data.body import Body
from logreg_core.data.cell_shapes import is_number
from logreg_core.data.choices import THOUSANDS_MARKS
from logreg_core.data.cut import as_text
from logreg_core.data.dialect import DELIMITER_NAMES
from logreg_core.data.header import name_columns, told_of_unnamed
from logreg_core.data.headings import told_of_gaps, told_of_headings, told_of_second_table
from logreg_core.data.kinds import type_column
from logreg_core.data.options import FIXED, ReadOptions, merged
from logreg_core.data.outline import Outline
from logreg_core.data.read_as_missing import told_of_missing
from logreg_core.data.records import Dialect
from logreg_core.data.remark_sentences import sentences_of
from logreg_core.data.remarks import Remark
from logreg_core.data.spellings import MISSING_SPELLINGS, listed, quoted
from logreg_core.data.table import Watch
from logreg_core.data.typed_column import Reading, TypedColumn
from logreg_core.data.versions import differ_in_zeros, first_version, may_be_versions
from logreg_core.errors import TableError

if TYPE_CHECKING:
    import numpy.typing as npt

_THREADS = 2
_TOP_BYTES = 2**16
_FEW_ROWS = 20_000
_MOST_LOOKED_AT = 20_000
_DIGIT = re.compile(r"\d")
_ENOUGH_FOR_VERSIONS = 200
"""Rows of the top that show whether versions count on; with fewer, and more below, the column is looked at."""
_TWO = 2
_TOLD_OF_A_SORT = 5  # a table with 1,000 columns of one kind gets five sentences and a count


@dataclass(frozen=True)
class TextTable:
    """A frame with what is to be reported of how it was read."""

    frame: pd.DataFrame
    facts: tuple[tuple[str, str], ...]
    warnings: list[str]
    detected: ReadOptions
    unplaced: tuple[tuple[int, str], ...] = ()


class Assembly:
    """Names and types the columns, and keeps what is to be told."""

    def __init__(  # noqa: PLR0917 - what was found out, in its order
        self,
        dialect: Dialect,
        outline: Outline,
        options: ReadOptions,
        body: Body,
        watch: Watch,
        columns: list[pd.Series[Any]],
    ) -> None:
        self.dialect, self.outline, self.options, self.body, self.watch = dialect, outline, options, body, watch
        self.warnings: list[str] = []
        self.names, self.told, self.unnamed = name_columns(self.outline)
        self.typed = self._typed(self.names, columns)

    def table(self, close_calls: tuple[str, ...]) -> TextTable:
        """Return the finished table."""
        names, told, typed = self.names, self.told, self.typed
        if self.options.footer_rows is None:
            self._warn_of_all_text(typed)
        left_out = self._leave_out(names, typed)
        told = [*told_of_unnamed([name for name in self.unnamed if name in typed]), *told]
        if len(typed) < 2:
            raise TableError("Only one column has values.", remedy="Upload a table with at least two columns.")
        self.warnings += self._told_of_marks(typed)
        self.warnings += left_out
        self.warnings += told_of_missing(typed) if self.reading.judges_words else []
        self.warnings += told_of_gaps(names[0], list(typed.values())) if names[0] in typed else []
        self.warnings += told_of_headings(list(typed.values()), self.body.line_of)
        self.warnings += told_of_second_table(list(typed.values()), self.body.gaps, self.body.line_of)
        self.warnings += sentences_of((remark for column in typed.values() for remark in column.remarks), self._line)
        frame = pd.DataFrame({name: column.series for name, column in typed.items()}, copy=False)
        warnings = [*close_calls, *self.outline.warnings, *self.body.warnings, *told, *self.warnings]
        detected = self._detected(typed)
        return TextTable(frame, tuple(self._facts(frame, typed)), warnings, detected, tuple(self.body.unplaced))

    def _told_of_marks(self, typed: dict[str, TypedColumn]) -> list[str]:
        """Tell of decimal commas where they are no matter of course: beside points, or where commas separate cells."""
        if not any(column.writes_commas for column in typed.values()):
            return []
        told = []
        if self.dialect.delimiter == "," and self.options.decimal is None:
            told.append("Commas inside numbers were read as decimal marks.")
        points = [name for name, column in typed.items() if not column.writes_commas and self._shows_decimals(column)]
        if points:
            beside = f"Points were read as decimal marks in {listed(points)}, where other columns have commas"
            told.append(f"{beside}; look whether these are numbers.")
        return told

    def _line(self, row: int) -> str:
        return f"line {self.body.line_of(row):,}"

    def _typed(self, names: list[str], columns: list[pd.Series[Any]]) -> dict[str, TypedColumn]:
        """Type every column; those with an open question a second time, when the others have shown what is usual."""
        reading = self.reading = Reading(
            comma_file=self.dialect.delimiter == ",",
            missing=MISSING_SPELLINGS if self.options.missing is None else self.options.missing,
            decimal=self.options.decimal,
            thousands=self.options.thousands,
            day_first=self.options.day_first,
        )
        texts: dict[str, Any] = {}
        typed: dict[str, TypedColumn] = {}
        with ThreadPoolExecutor(_THREADS) as pool:  # Arrow's functions run beside each other
            jobs: list[Callable[[], tuple[TypedColumn, Any]]]
            jobs = [partial(self._type, place, name, columns, reading) for place, name in enumerate(names)]
            if len(columns[0]) > _FEW_ROWS:  # for fewer, a thread costs more than it saves
                jobs = [pool.submit(job).result for job in jobs]
            try:
                for place, (name, job) in enumerate(zip(names, jobs, strict=True)):
                    self.watch(0.8 + 0.2 * place / len(names), "Finding the kind of each column")
                    typed[name], texts[name] = job()
            finally:
                pool.shutdown(cancel_futures=True)
        second = self._with_evidence(reading, typed)
        for name, column in list(typed.items()):
            if column.open_question and _decides(second, reading, column):
                typed[name] = type_column(texts[name], name, second, self.options.kind_of(name))
        if self.dialect.delimiter == "," == second.prefer_decimal and self.options.decimal is None:
            self._read_points_anew(typed, replace(second, comma_file=False))
        return typed

    def _read_points_anew(self, typed: dict[str, TypedColumn], reading: Reading) -> None:
        """Type measures such as 86.511 again where other columns have decimal commas, in quotation marks: 86511."""
        for place, (name, column) in enumerate(typed.items()):
            is_measure = column.marks is None and column.series.dtype == np.float64
            is_measure = is_measure and self.options.kind_of(name) in (None, "number")
            if is_measure and _may_be_thousands(column.series.to_numpy()):
                text = self._as_text(place)
                typed[name] = type_column(arrow_of(text), name, reading, self.options.kind_of(name), text)

    def _type(self, place: int, name: str, columns: list[pd.Series[Any]], reading: Reading) -> tuple[TypedColumn, Any]:
        """Return (the column typed, its text if a question is left open)."""
        kind, column = self.options.kind_of(name), columns[place]
        is_text = isinstance(column.dtype, pd.StringDtype)
        is_final = not is_text and kind in (None, "number") and self._is_final(column, kind)
        if is_final:
            told = self._told_of_zeros(place, name, column) if kind is None else []
            if told is not None:
                return TypedColumn(column, remarks=tuple(told)), None
        text = column if is_text else self._as_text(place)
        arrow = arrow_of(text)
        typed = type_column(arrow, name, reading, kind, text)
        columns[place] = typed.series  # the cells as text are not needed any more
        return typed, arrow if typed.open_question else None

    def _told_of_zeros(self, place: int, name: str, column: pd.Series[Any]) -> list[Remark] | None:
        """Return remarks on the zeros at the end of a column's numbers; None if they may be versions."""
        if not may_be_versions(column) or not differ_in_zeros(*self._top[place : place + 1]):
            return []
        top = self._top[place]
        if len(top) < min(_ENOUGH_FOR_VERSIONS, len(column)):
            return None
        texts = [cell.strip() if _DIGIT.search(cell) else None for cell in dict.fromkeys(top)]
        return told_of_same_numbers(texts, name) if first_version(texts) is None else None

    def _is_final(self, column: pd.Series[Any], kind: str | None) -> bool:
        """Whether a column cut as numbers stays so: not where marks were chosen, or points may separate thousands."""
        if column.dtype == np.bool_:
            return kind is None
        if (column.dtype == np.float64 and self.options.decimal == ",") or any(
            map(is_number, self.options.missing or ())
        ):
            return False
        return column.dtype != np.float64 or self.dialect.delimiter == "," or not _may_be_thousands(column.to_numpy())

    @cached_property
    def _top(self) -> tuple[tuple[str, ...], ...]:
        """The cells of the first rows as they stand in the file, column by column; none if a row cannot be cut."""
        start, stop, utf8 = self.body.start, self.body.stop, self.body.utf8
        if stop - start > _TOP_BYTES:
            last = utf8.rfind(b"\n", start, start + _TOP_BYTES)
            stop = (utf8.find(b"\n", start) if last < 0 else last) + 1 or stop
        lines = io.StringIO(utf8[start:stop].decode("utf-8", "replace"), newline="")
        with suppress(csv.Error):  # at a cell longer than the csv module takes
            rows = csv.reader(lines, delimiter=self.body.delimiter)
            return tuple(zip(*(row for row in rows if len(row) == self.body.width), strict=True))
        return ()

    def _as_text(self, place: int) -> pd.Series[Any]:

        return as_text(self.body, place)

    def _with_evidence(self, reading: Reading, typed: dict[str, TypedColumn]) -> Reading:
        clear = [column for column in typed.values() if not column.open_question]
        decimals = {column.marks.decimal for column in clear if column.marks and self._shows_decimals(column)}
        decimals |= {"." for column in clear if column.marks is None and _has_points(column.series)}
        orders = {column.order for column in clear} & {"day", "month"}
        european = self.dialect.delimiter == ";" or decimals == {","}
        hint = (orders == {"day"}) if len(orders) == 1 else (True if european else None)
        return replace(reading, prefer_decimal=next(iter(decimals)) if len(decimals) == 1 else "", day_first_hint=hint)

    @staticmethod
    def _shows_decimals(column: TypedColumn) -> bool:
        return column.series.dtype == np.float64 and bool((column.series.dropna() % 1 != 0).any())

    def _warn_of_all_text(self, typed: dict[str, TypedColumn]) -> None:
        if self.outline.certain or self.options.header_rows is not None:
            return
        if all(isinstance(column.series.dtype, pd.StringDtype) for column in typed.values()):
            self.warnings.append("Nothing shows whether the first row holds column names; it was read so.")

    def _leave_out(self, names: list[str], typed: dict[str, TypedColumn]) -> list[str]:
        """Drop nameless empty columns and a nameless count of the rows in front; return sentences."""
        if not self.outline.names:
            return []
        own = [" ".join(parts).strip() for parts in zip(*self.outline.names, strict=True)]
        empty = [
            name for name, said in zip(names, own, strict=True) if not said and bool(typed[name].series.isna().all())
        ]
        for name in empty:
            del typed[name]
        told = [f"Columns without name and values were left out: {listed(empty)}."] if empty else []
        first = names[0]
        is_nameless = not own[0] or re.fullmatch(r"Unnamed: 0(\.\d+)?", own[0])
        if first in typed and is_nameless and len(typed) > 2 and _counts_rows(typed[first].series):
            del typed[first]
            told.append(
                f"The first column {'has no name and ' if not own[0] else ''}only counts the rows; it was left out."
            )
        return told

    def _detected(self, typed: dict[str, TypedColumn]) -> ReadOptions:
        dialect, options = self.dialect, self.options
        marks = [column.marks for column in typed.values() if column.marks]
        decimals = {mark.decimal for mark in marks}
        thousands = {mark.thousands for mark in marks if mark.thousands}
        orders = {column.order for column in typed.values()} & {"day", "month", "year"}
        found = {
            "delimiter": dialect.delimiter,
            "column_starts": dialect.starts if dialect.delimiter == FIXED else None,
            "quote": None if dialect.delimiter == FIXED else dialect.quote,
            "escape": dialect.escape,
            "comment": dialect.comment,
            "decimal": "," if decimals == {","} else None,
            "thousands": next(iter(thousands)) if len(thousands) == 1 and decimals == {","} else None,
            "skip_rows": self.outline.skip_rows,
            "header_rows": None if self.outline.skip_rows is None else len(self.outline.names),
            "footer_rows": self.body.footer_rows,
            "day_first": {"day": True, "month": False}.get("".join(orders)),
        }
        return merged(options, found.items())

    def _facts(self, frame: pd.DataFrame, typed: dict[str, TypedColumn]) -> Iterable[tuple[str, str]]:
        yield "Delimiter", DELIMITER_NAMES.get(self.dialect.delimiter, quoted(self.dialect.delimiter))
        comma = any(column.writes_commas for column in typed.values())
        yield "Decimal mark", "comma" if comma else "point"
        thousands = {column.marks.thousands for column in typed.values() if column.marks and column.marks.thousands}
        if thousands:
            yield "Thousands mark", ", ".join(sorted(THOUSANDS_MARKS.get(mark, quoted(mark)) for mark in thousands))
        units: dict[str, list[str]] = {}
        for name, column in typed.items():
            if column.unit:
                units.setdefault(column.unit, []).append(name)
        if units:
            yield "Signs taken off", ", ".join(f"{quoted(unit)} in {_of(of)}" for unit, of in units.items())
        rows = {0: "none in the file", 1: "first row"}.get(len(self.outline.names), "first two rows")
        if self.outline.names and self.outline.skip_rows:
            rows = f"line {self.outline.skip_rows + 1:,}"
        yield "Column names", rows
        yield "Rows", f"{len(frame):,}"
        yield "Columns", f"{frame.shape[1]:,}"
        missing: Counter[str] = Counter()
        for column in typed.values():
            missing.update(column.missing)
        if missing:
            holding = {word: [name for name, each in typed.items() if word in each.missing] for word in missing}
            told = (f"{quoted(word)} ({count:,} in {_of(holding[word])})" for word, count in missing.most_common())
            yield "Read as missing", ", ".join(told)


def _decides(second: Reading, first: Reading, column: TypedColumn) -> bool:
    """Whether what the file has shown by now says more of a column with an open question than when it was typed."""
    if column.order:
        return second.day_first_hint != first.day_first_hint
    return second.prefer_decimal != first.prefer_decimal


def arrow_of(column: pd.Series[Any]) -> Any:
    """Return a column of text as Arrow's."""
    import pyarrow as pa

    found = column.array.__arrow_array__() if isinstance(column.dtype, pd.StringDtype) else pa.array(column)
    return found if pa.types.is_string(found.type) or pa.types.is_large_string(found.type) else found.cast(pa.string())


def _may_be_thousands(values: npt.NDArray[np.float64]) -> bool:
    """Whether no number has more than three decimals, so that a point in it may separate thousands ("1.000" too)."""
    thousandths = values[~np.isnan(values)][:1_000] * 1_000
    thousandths = thousandths[np.isfinite(thousandths)]
    near = np.abs(thousandths - np.round(thousandths)) < 1e-6 * np.abs(thousandths) + 1e-9
    return bool(np.all(near))


def _has_points(column: pd.Series[Any]) -> bool:
    """Whether a column cut as numbers has points that can only be decimal marks."""
    if column.dtype != np.float64:
        return False
    some = column.to_numpy()[:_MOST_LOOKED_AT]
    return not np.isnan(some).all() and not _may_be_thousands(some)


def _counts_rows(series: pd.Series[Any]) -> bool:
    if series.dtype != np.int64 or not len(series):
        return False
    start = int(series.iloc[0])
    return start in (0, 1) and bool((series.to_numpy() == np.arange(start, start + len(series))).all())


def _of(names: list[str]) -> str:
    """Return the name of the column if it is one, else how many they are."""
    return quoted(names[0]) if len(names) == 1 else f"{len(names):,} columns"
