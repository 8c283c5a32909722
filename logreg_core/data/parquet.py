"""Reads Parquet, whose columns have types already: only what a Table cannot hold is changed, and told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from logreg_core.data.options import ReadOptions
from logreg_core.data.spellings import listed, quoted
from logreg_core.data.text_table import MAX_COLUMNS, TextTable
from logreg_core.errors import TableError

_MOST_BYTES = 2**30
_MAX_ROWS = 2_000_000
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
        file = parquet.ParquetFile(pa.BufferReader(data))
        meta = file.metadata
        _refuse_large(meta)
        texts = [field.name for field in file.schema_arrow if pa.types.is_string(field.type)]
        table = parquet.read_table(pa.BufferReader(data), read_dictionary=texts)
        columns, warnings = _columns(table)
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError("This Parquet file is broken or of an unusual kind.", remedy=_REMEDY) from None
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
    if size > _MOST_BYTES or meta.num_rows * meta.num_columns * 8 > 2 * _MOST_BYTES:
        raise TableError("Unpacked, this file is larger than 1 GB.", remedy="Upload a part of the rows.")


def _columns(table: Any) -> tuple[dict[str, pd.Series[Any]], list[str]]:
    columns: dict[str, pd.Series[Any]] = {}
    unusable: list[str] = []
    warnings: list[str] = []
    for name, values in zip(table.column_names, table.columns, strict=True):
        if name == "__index_level_0__":
            continue
        label = str(name).strip() or f"column {len(columns) + 1}"
        while label in columns:
            label = f"{label} (2)"
        found = _column(values, label, warnings)
        if found is None:
            unusable.append(label)
        else:
            columns[label] = found
    if unusable:
        warnings.append(f"Columns of lists, records or bytes were left out: {listed(unusable)}.")
    return columns, warnings


def _column(values: Any, name: str, warnings: list[str]) -> pd.Series[Any] | None:
    """Return a column in one of the types a Table holds; None for one of lists, records or bytes."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind, types = values.type, pa.types
    if types.is_time(kind) or types.is_duration(kind):
        texts = [None if value is None else str(value) for value in values.to_pylist()]
        values = pa.chunked_array([pa.array(texts, pa.string())])
        kind = values.type
    is_text = types.is_dictionary(kind) and types.is_string(kind.value_type)
    column: pd.Series[Any] | None = None
    if is_text or types.is_string(kind) or types.is_large_string(kind):
        column = _text(values)
    elif types.is_boolean(kind):
        column = pd.Series(pd.array(values.to_pylist(), dtype="boolean" if values.null_count else "bool"))
    elif types.is_timestamp(kind) or types.is_date(kind):
        zone = getattr(kind, "tz", None)
        if zone:
            warnings.append(f"The times in column {quoted(name)} have time zones; they were turned to UTC.")
        plain = pc.cast(pc.cast(values, pa.timestamp("us", zone), safe=False), pa.timestamp("us"))
        column = pd.Series(plain.to_pandas().to_numpy().astype("datetime64[us]"))
    elif types.is_integer(kind):
        column = _whole(values, name, warnings)
    elif types.is_floating(kind) or types.is_decimal(kind) or types.is_null(kind):
        column = pd.Series(np.array(pc.cast(values, pa.float64(), safe=False).to_numpy()))
    return column


def _whole(values: Any, name: str, warnings: list[str]) -> pd.Series[Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    largest, lowest = pc.max(values).as_py() or 0, pc.min(values).as_py() or 0
    if largest >= 2**63 or (values.null_count and max(largest, -lowest) > 2**53):
        warnings.append(f"Column {quoted(name)} is kept as text: its numbers are too long to be held exactly.")
        return _text(pc.cast(values, pa.string()))
    target = pa.float64() if values.null_count else pa.int64()
    return pd.Series(np.array(pc.cast(values, target).to_numpy()))


def _text(values: Any) -> pd.Series[Any]:
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
        values = pc.cast(values, pa.string())
    return pd.Series(pd.array(values.combine_chunks(), dtype="str"))
