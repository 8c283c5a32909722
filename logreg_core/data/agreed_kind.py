"""The kind all cells of a column agree on, under one way of writing: numbers, truth values or dates; or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from logreg_core.data.dates import Dates, find_dates
from logreg_core.data.days_in_digits import dates_in_digits, told_of_days
from logreg_core.data.numbers import decorated_numbers, plain_numbers
from logreg_core.data.remarks import LINE, Remark, remarks_on_dates, remarks_on_numbers
from logreg_core.data.spellings import TRUTH, quoted
from logreg_core.data.typed_column import Reading, TypedColumn
from logreg_core.data.versions import differ_in_zeros, first_version, same_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logreg_core.data.cells import Cells

_GLANCE = 20
_LOOKED_AT_FOR_VERSIONS = 5_000
_TOO_MANY = 0.5  # of the rows, and more than 2,000: so many distinct cells are no truth values


def agreed_kind(cells: Cells, present: Any, name: str, reading: Reading) -> TypedColumn | None:
    """Return the column as numbers, truth values or dates; None if its cells are none of these."""
    if present.null_count == len(present):
        return TypedColumn(pd.Series(np.full(cells.n_rows, np.nan)))
    if not has_digits(present.slice(0, _GLANCE)):  # words are known by their first cells
        return _truth(cells, present)
    return (
        as_numbers(cells, present, name, reading) or _truth(cells, present) or as_dates(cells, present, name, reading)
    )


def has_digits(some: Any) -> bool:
    """Whether all cells that say something hold digits, or are infinite."""
    import pyarrow.compute as pc

    return some.null_count == len(some) or bool(pc.all(pc.match_substring_regex(some, "[0-9]|^[+-]?(?i:inf)")).as_py())


def as_numbers(cells: Cells, present: Any, name: str, reading: Reading) -> TypedColumn | None:
    """Return the column as numbers, as text if these would lose something, None if its cells are no numbers."""
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
    dates = dates_in_digits(numbers, present) if reading.decimal is None else None
    if dates is not None:
        return _date_column(cells, dates, present, name)
    if dates is None and reading.decimal is None:
        remarks += told_of_days(values, present, name)
    if values.dtype == np.int64 and cells.n_missing(present):
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


def _may_be_grouped(present: Any) -> bool:
    """Whether plain numbers such as "1.234" could be whole ones with thousands points: all with a point look so."""
    import pyarrow.compute as pc

    dotted = present.filter(pc.match_substring(present, "."))
    return len(dotted) > 0 and bool(pc.all(pc.match_substring_regex(dotted, r"^[+-]?[1-9]\d{0,2}\.\d{3}$")).as_py())


def _truth(cells: Cells, present: Any) -> TypedColumn | None:
    """Return truth values if all cells are true or false in one language; the words yes and no stay text."""
    import pyarrow.compute as pc

    if len(present) > cells.n_rows * _TOO_MANY and len(present) > 2_000:
        return None
    words = pc.utf8_lower(present)
    distinct = set(words.drop_null().to_pylist())
    pair = next((pair for pair in TRUTH if distinct <= set(pair)), None)
    return None if pair is None else as_truth(cells, pc.equal(words, pair[0]))


def as_truth(cells: Cells, flags: Any) -> TypedColumn:
    """Return the rows of truth values (distinct,), null where missing."""
    values = cells.spread(np.asarray(flags.to_numpy(zero_copy_only=False), dtype=object))
    if flags.null_count:
        return TypedColumn(pd.Series(pd.array(list(values), dtype="boolean")))
    return TypedColumn(pd.Series(values.astype(bool)))


def as_dates(cells: Cells, present: Any, name: str, reading: Reading) -> TypedColumn | None:
    """Return the column as dates, None if its cells are none."""
    dates = find_dates(present, reading.day_first, reading.day_first_hint)
    return None if dates is None else _date_column(cells, dates, present, name)


def _date_column(cells: Cells, dates: Dates, present: Any, name: str) -> TypedColumn:
    remarks = remarks_on_dates(dates, present, name, cells.row_of)
    series = pd.Series(cells.spread(dates.found))
    return TypedColumn(series, remarks=tuple(remarks), order=dates.order, open_question=dates.order == "either")
