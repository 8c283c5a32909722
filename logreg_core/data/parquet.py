"""Reads Parquet, whose columns have types already: only what a Table cannot hold is changed, and told."""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np
import pandas as pd

from logreg_core.data.assembly import TextTable
from logreg_core.data.composed import composed_cells
from logreg_core.data.dates import ISO_DATE
from logreg_core.data.header import repaired
from logreg_core.data.invisible import INVISIBLE, cells_without_invisible
from logreg_core.data.numbers import NUMBER
from logreg_core.data.options import ReadOptions
from logreg_core.data.spellings import listed, quoted
from logreg_core.data.spread import LARGEST_EXACT
from logreg_core.data.text_table import MAX_COLUMNS
from logreg_core.errors import TableError

_MOST_BYTES = 2**30
_MAX_ROWS = 2_000_000
_GLANCE = 20
_NO_INVISIBLE = str.maketrans(dict.fromkeys(INVISIBLE))
_ROW_LABELS = "__index_level_0__"
_TOO_LONG = "Column {name} is kept as text: its numbers are too long to be held exactly."
_REMEDY = "Export the table as CSV and upload that."


def is_parquet(data: bytes) -> bool:
    """Whether the bytes begin as Parquet does."""
    return data.startswith(b"PAR1")


def read_parquet(data: bytes) -> TextTable:
    """Return the table in a Parquet file.

    Raises
    ------
    TableError
        If it is broken, too large, or has fewer than two columns that can be used.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        schema = parquet.read_schema(pa.BufferReader(data))
        texts = [field.name for field in schema if _is_text(field.type)]
        file = parquet.ParquetFile(pa.BufferReader(data), read_dictionary=texts)
        _refuse_large(file.metadata)
        usable = [field.name for field in schema if _is_usable(field.type)]
        unusable = [field.name for field in schema if not _is_usable(field.type)]
        table = file.read(columns=usable)  # what is left out is not unpacked
        names, cells = table.column_names, table.columns
        del table  # each column is let go of when it is converted
        columns, warnings = _columns(names, cells)
        if unusable:
            warnings.insert(0, f"Columns of lists, records or bytes were left out: {listed(unusable)}.")
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError("This Parquet file is broken or of an unusual kind.", remedy=_REMEDY, is_final=True) from None
    if len(columns) < 2:
        raise TableError("Only one column has values that can be used.", remedy="Upload a table with at least two.")
    frame = pd.DataFrame(columns, copy=False)
    if not len(frame):
        raise TableError("This file has column names but no rows below them.", remedy="Add rows and upload it again.")
    facts = (("Format", "Parquet"), ("Rows", f"{len(frame):,}"), ("Columns", f"{frame.shape[1]:,}"))
    return TextTable(frame, facts, warnings, ReadOptions())


def _refuse_large(meta: Any) -> None:
    if meta.num_rows > _MAX_ROWS:
        raise TableError(f"This file has {meta.num_rows:,} rows; the limit is {_MAX_ROWS:,}.", remedy="Upload a part.")
    if meta.num_columns > MAX_COLUMNS:
        raise TableError(f"This file has more than {MAX_COLUMNS:,} columns.", remedy="Remove what is not needed.")
    size = sum(meta.row_group(place).total_byte_size for place in range(meta.num_row_groups))
    if size > _MOST_BYTES or meta.num_rows * meta.num_columns * 8 > 3 * _MOST_BYTES // 2:
        raise TableError("Unpacked, this file is larger than 1 GB.", remedy="Upload a part of the rows.")


def _is_usable(kind: Any) -> bool:
    """Whether a column of this Arrow type can become one of a Table: no lists, records, bytes."""
    import pyarrow as pa

    types = pa.types
    if types.is_dictionary(kind):
        return _is_usable(kind.value_type)
    return _is_text(kind) or any(
        sort(kind)
        for sort in (
            *(types.is_boolean, types.is_integer, types.is_floating, types.is_decimal, types.is_null),
            *(types.is_timestamp, types.is_date, types.is_time, types.is_duration),
        )
    )


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _columns(names: list[str], cells: list[Any]) -> tuple[dict[str, pd.Series[Any]], list[str]]:
    """Return (columns in types that a Table holds, what is to be told); empties the list ``cells``."""
    import pyarrow as pa

    warnings: list[str] = []
    if _ROW_LABELS in names:
        place = names.index(_ROW_LABELS)
        labels, names = cells.pop(place), names[:place] + names[place + 1 :]
        if not pa.types.is_integer(labels.type):  # pandas' count of the rows says nothing
            names, cells = ["", *names], [labels, *cells]
            warnings.append("The labels of the rows were read as the first column.")
    names, told = repaired([unicodedata.normalize("NFC", name.translate(_NO_INVISIBLE)) for name in names])
    cells.reverse()
    columns = {name: _column(cells.pop(), name, warnings) for name in names}
    return columns, [*told, *warnings]


def _column(values: Any, name: str, warnings: list[str]) -> pd.Series[Any]:
    """Return a column in one of the types a Table holds."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind, types = values.type, pa.types
    if types.is_dictionary(kind) and not _is_text(kind.value_type):
        values = pc.cast(values, kind.value_type)
        kind = values.type
    column: pd.Series[Any]
    if types.is_time(kind) or types.is_duration(kind):
        column = _text(_clock(values), name, warnings)
    elif types.is_dictionary(kind) or _is_text(kind):
        column = _text(values, name, warnings)
    elif types.is_boolean(kind):
        column = _truth(values)
    elif types.is_timestamp(kind) or types.is_date(kind):
        zone = getattr(kind, "tz", None)
        if zone:
            warnings.append(f"The times in column {quoted(name)} have time zones; they were turned to UTC.")
        plain = pc.cast(pc.cast(values, pa.timestamp("us", zone), safe=False), pa.timestamp("us"))
        column = pd.Series(plain.to_pandas().to_numpy().astype("datetime64[us]"))
    elif types.is_integer(kind):
        column = _whole(values, name, warnings)
    elif types.is_decimal(kind):
        column = _decimal(values, name, warnings)
    else:
        column = _measure(values, name, warnings)
    return column


def _truth(values: Any) -> pd.Series[Any]:
    import pyarrow.compute as pc

    missing = np.asarray(pc.is_null(values).to_numpy())
    flags = np.array(pc.fill_null(values, False).to_numpy(), dtype=np.bool_)
    return pd.Series(pd.arrays.BooleanArray(flags, missing)) if values.null_count else pd.Series(flags)


def _clock(values: Any) -> Any:
    """Return times of day and spans of time as text: hours, minutes, seconds, and a fraction where there is one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = values.type
    scale = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[kind.unit]
    whole = pa.int32() if pa.types.is_time32(kind) else pa.int64()
    ticks = pc.cast(pc.cast(values, whole), pa.int64())
    size = pc.abs(ticks)
    seconds, rest = pc.divide(size, scale), pc.subtract(size, pc.multiply(pc.divide(size, scale), scale))
    minutes, hours = pc.divide(seconds, 60), pc.divide(seconds, 3600)

    def two(number: Any) -> Any:
        return pc.utf8_lpad(pc.cast(number, pa.string()), 2, "0")

    text = pc.binary_join_element_wise(
        two(hours) if pa.types.is_time(kind) else pc.cast(hours, pa.string()),
        two(pc.subtract(minutes, pc.multiply(hours, 60))),
        two(pc.subtract(seconds, pc.multiply(minutes, 60))),
        ":",
    )
    if pc.any(pc.not_equal(rest, 0)).as_py():
        digits = pc.utf8_lpad(pc.cast(rest, pa.string()), len(str(scale)) - 1, "0")
        fraction = pc.if_else(pc.equal(rest, 0), "", pc.binary_join_element_wise("", digits, "."))
        text = pc.binary_join_element_wise(text, fraction, "")
    return pc.if_else(pc.less(ticks, 0), pc.binary_join_element_wise("-", text, ""), text)


def _decimal(values: Any, name: str, warnings: list[str]) -> pd.Series[Any]:
    """Return decimals that are all whole as whole numbers, as databases store their keys; others as measures."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        whole = pc.cast(values, pa.decimal256(76, 0))
    except pa.ArrowInvalid:  # some have decimals
        return _measure(values, name, warnings)
    try:
        return _whole(pc.cast(whole, pa.int64()), name, warnings)
    except pa.ArrowInvalid:
        warnings.append(_TOO_LONG.format(name=quoted(name)))
        return _text(pc.cast(whole, pa.string()), name, [])


def _measure(values: Any, name: str, warnings: list[str]) -> pd.Series[Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers = np.array(pc.cast(values, pa.float64(), safe=False).to_numpy())
    infinite = int(np.count_nonzero(np.isinf(numbers)))
    if infinite:
        count = "an infinite value" if infinite == 1 else f"{infinite:,} infinite values"
        warnings.append(f"Column {quoted(name)} holds {count}.")
    if pa.types.is_decimal(values.type) and np.nanmax(np.abs(numbers), initial=0.0) > LARGEST_EXACT:
        warnings.append(f"Column {quoted(name)} holds numbers of more than 15 digits; the last ones were rounded.")
    return pd.Series(numbers)


def _whole(values: Any, name: str, warnings: list[str]) -> pd.Series[Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    largest, lowest = pc.max(values).as_py() or 0, pc.min(values).as_py() or 0
    if largest >= 2**63 or (values.null_count and max(largest, -lowest) > LARGEST_EXACT):
        warnings.append(_TOO_LONG.format(name=quoted(name)))
        return _text(pc.cast(values, pa.string()), name, [])
    if max(largest, -lowest) > LARGEST_EXACT:
        warnings.append(f"Column {quoted(name)} holds numbers of more than 15 digits; if they are codes, make it text.")
    target = pa.float64() if values.null_count else pa.int64()
    return pd.Series(np.array(pc.cast(values, target).to_numpy()))


def _text(values: Any, name: str, warnings: list[str]) -> pd.Series[Any]:
    """Return text as it is; told where all of it is written as numbers or dates."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(values.type):
        size = 0
        for chunk in values.chunks:
            lengths = pc.fill_null(pc.binary_length(chunk.dictionary), 0).to_numpy()
            counts = np.bincount(chunk.indices.drop_null().to_numpy(), minlength=len(lengths))
            size += int(np.dot(lengths, counts)) if len(lengths) else 0
        if size > _MOST_BYTES:
            raise TableError("Unpacked, this file is larger than 1 GB.", remedy="Upload a part of the rows.")
        written = _written(pa.chunked_array([chunk.dictionary for chunk in values.chunks], values.type.value_type))
        values = pc.cast(values, pa.string())
    else:
        written = _written(values)
    values, had_invisible = cells_without_invisible(values)
    values, had_long_letters = composed_cells(values)
    if had_long_letters:
        warnings.append(f"Letters of two characters were put together in column {quoted(name)}.")
    if had_invisible:
        warnings.append(f"Invisible characters were removed from column {quoted(name)}.")
    if written:
        warnings.append(f"Column {quoted(name)} is stored as text, although its cells are {written}; it was kept so.")
    values = values if pa.types.is_large_string(values.type) else pc.cast(values, pa.string())
    return pd.Series(pd.array(values.combine_chunks(), dtype="str"))


def _written(cells: Any) -> str:
    """Return "numbers" or "dates" if all cells are such, else ""; codes with zeros in front are neither."""
    import pyarrow.compute as pc

    for pattern, what in ((rf"^(?:{NUMBER})$", "numbers"), (rf"^(?:{ISO_DATE})$", "dates")):
        for some in (cells.slice(0, _GLANCE).drop_null(), cells.drop_null()):
            if not len(some) or not pc.all(pc.match_substring_regex(some, pattern)).as_py():
                break
        else:
            return "" if pc.any(pc.match_substring_regex(cells, r"^[+-]?0\d")).as_py() else what
    return ""
