"""Columns of which the user chose the kind or the marks: what does not fit becomes missing or keeps them text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from logreg_core.data.agreed_kind import as_dates, as_numbers, as_truth, has_digits
from logreg_core.data.cells import Cells, without
from logreg_core.data.dates import find_dates
from logreg_core.data.numbers import decorated_numbers, plain_numbers
from logreg_core.data.remarks import LINE, Remark, remarks_on_numbers
from logreg_core.data.spellings import MISSING_AMONG_NUMBERS, NO, YES, quoted
from logreg_core.data.spread import LARGEST_EXACT
from logreg_core.data.typed_column import Reading, TypedColumn

_GLANCE = 20
_SAMPLE = 1_000


def as_chosen(  # noqa: PLR0917 - a column and all that is known of it
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
        found = as_truth(cells, flags) if pc.any(fitting).as_py() else None
    else:
        fitting = _fitting(present, reading, kind)
        kept = pc.if_else(fitting, present, pa.scalar(None, present.type))
        read = _forced_numbers if kind == "number" else as_dates
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
    if values.dtype == np.int64 and cells.n_missing(kept):
        values = values.astype(np.float64)
    elif (
        numbers.refused
        and not cells.n_missing(kept)
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


def told_of_chosen_marks(cells: Cells, present: Any, name: str, reading: Reading) -> list[Remark]:
    """Return a remark on numbers that are text only for the decimal or thousands mark the user chose, or none."""
    import pyarrow.compute as pc

    if reading.decimal is None and reading.thousands is None:
        return []
    fewer, _ = without(cells, present, MISSING_AMONG_NUMBERS)
    if fewer.null_count == len(fewer) or not has_digits(fewer.slice(0, _GLANCE)):
        return []
    free = as_numbers(cells, fewer, name, replace(reading, decimal=None, thousands=None))
    if free is None or isinstance(free.series.dtype, pd.StringDtype):
        return []
    some = fewer.slice(0, _SAMPLE)
    fits = _fits_alone(some, reading, "number")
    at = next((place for place, valid in enumerate(pc.is_valid(some).to_pylist()) if valid and not fits[place]), None)
    if at is None:
        return []
    told = f"{quoted(some[at].as_py())} in {LINE} is no number with the marks you chose."
    return [Remark("number", f"Column {quoted(name)} is kept as text: {told}", cells.row_of(at))]
