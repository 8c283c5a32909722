"""One line per column: what kind it is, how much is missing, how it is spread, and what it looks like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

Kind = Literal["number", "category", "date", "yes/no", "empty"]

_BINS = 20
_TOP_LEVELS = 10
_FEW_ROWS = 20  # below that, all values being different says nothing about an identifier
_MANY_LEVELS = 50


@dataclass(frozen=True)
class ColumnProfile:
    """What a column holds.

    Attributes
    ----------
    name : str
    kind : "number", "category", "date", "yes/no" or "empty"
    missing, distinct, infinite : int
        Rows without a value; different values, missing ones not counted; infinite numbers.
    histogram : tuple of int
        For numbers (infinite ones left out) and dates, rows in at most 20 bins of equal width from lowest to highest,
        one bin a number for whole numbers that span fewer than 20. For the others, rows of the ten most frequent
        levels, most frequent first.
    lowest, highest : str
        For display. For categories and yes/no: the most and the least frequent level.
    note : str
        What the column looks like, if that is worth a remark; else empty.
    """

    name: str
    kind: Kind
    missing: int
    distinct: int
    infinite: int
    histogram: tuple[int, ...]
    lowest: str
    highest: str
    note: str


def profile(frame: pd.DataFrame) -> tuple[ColumnProfile, ...]:
    """Return one profile for each column of a Table's frame, in order."""
    return tuple(_column(str(name), frame.iloc[:, place]) for place, name in enumerate(frame.columns))


def _column(name: str, values: pd.Series[Any]) -> ColumnProfile:
    missing = int(values.isna().sum())
    if missing == len(values):
        return ColumnProfile(name, "empty", missing, 0, 0, (), "", "", "no values")
    if pd.api.types.is_bool_dtype(values.dtype):
        return _levels(name, "yes/no", values.map({True: "true", False: "false"}), missing)
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return _dates(name, values, missing)
    if pd.api.types.is_numeric_dtype(values.dtype):
        return _numbers(name, values, missing)
    return _levels(name, "category", values, missing)


def _numbers(name: str, values: pd.Series[Any], missing: int) -> ColumnProfile:
    array: npt.NDArray[Any] = values.to_numpy()
    whole = array.dtype.kind in "iu"
    ordered = np.sort(array if whole else array[np.isfinite(array)])
    infinite = len(array) - missing - len(ordered)
    distinct = _distinct(ordered) + (len(np.unique(array[np.isinf(array)])) if infinite else 0)
    notes = _notes(distinct, len(values), missing, identifier=whole and _runs_through(ordered))
    if infinite:
        notes.append("1 infinite value" if infinite == 1 else f"{infinite:,} infinite values")
    if not ordered.size:
        return ColumnProfile(name, "number", missing, distinct, infinite, (), "", "", "; ".join(notes))
    counts, low, high = _histogram(ordered), _shown(ordered[0]), _shown(ordered[-1])
    return ColumnProfile(name, "number", missing, distinct, infinite, counts, low, high, "; ".join(notes))


def _distinct(ordered: npt.NDArray[Any]) -> int:
    return int(np.count_nonzero(ordered[1:] != ordered[:-1])) + 1 if ordered.size else 0


def _runs_through(ordered: npt.NDArray[Any]) -> bool:
    """Whether sorted whole numbers are a run without gaps, as row numbers are; measurements hardly ever are."""
    return int(ordered[-1]) - int(ordered[0]) == len(ordered) - 1


def _histogram(ordered: npt.NDArray[Any]) -> tuple[int, ...]:
    """Return rows per bin of equal width, of sorted finite numbers: one sort gives the bins and the distinct values."""
    low, high = ordered[0], ordered[-1]
    if low == high:
        return (int(ordered.size),)
    if ordered.dtype.kind in "iu" and int(high) - int(low) < _BINS:
        inner = np.arange(int(low) + 1, int(high) + 1, dtype=np.float64)
    else:  # weighting both ends, instead of adding steps, cannot overflow near the largest possible number
        share = np.arange(1, _BINS) / _BINS
        inner = (1.0 - share) * float(low) + share * float(high)
    edges = np.searchsorted(ordered, inner, side="left")
    return tuple(int(count) for count in np.diff(edges, prepend=0, append=ordered.size))


def _shown(number: Any) -> str:
    """Return a number for display: whole numbers with separators, others with four significant digits."""
    if isinstance(number, np.integer | int):
        return f"{int(number):,}"
    size = abs(float(number))
    if size and (size >= 1e9 or size < 1e-4):
        return f"{number:.3e}"
    if size >= 1000:
        return f"{number:,.0f}"
    return f"{number:.4g}"


def _dates(name: str, values: pd.Series[Any], missing: int) -> ColumnProfile:
    present = values.dropna()
    ordered = np.sort(present.to_numpy().astype("datetime64[us]").astype(np.int64))
    form = "%Y-%m-%d" if (present.dt.normalize() == present).all() else "%Y-%m-%d %H:%M"
    low, high = present.min().strftime(form), present.max().strftime(form)
    distinct = _distinct(ordered)
    notes = _notes(distinct, len(values), missing, identifier=False)
    return ColumnProfile(name, "date", missing, distinct, 0, _histogram(ordered), low, high, "; ".join(notes))


def _levels(name: str, kind: Kind, values: pd.Series[Any], missing: int) -> ColumnProfile:
    counts = values.value_counts()
    distinct = len(counts)
    notes = _notes(distinct, len(values), missing, identifier=kind == "category")
    if distinct > _MANY_LEVELS and not notes:
        notes.append(f"many levels: {distinct:,} different values in {len(values) - missing:,} rows")
    top = tuple(int(count) for count in counts.iloc[:_TOP_LEVELS])
    return ColumnProfile(
        name, kind, missing, distinct, 0, top, str(counts.index[0]), str(counts.index[-1]), "; ".join(notes)
    )


def _notes(distinct: int, rows: int, missing: int, *, identifier: bool) -> list[str]:
    present = rows - missing
    if distinct == 1:
        return ["constant"]
    if identifier and distinct == present and present >= _FEW_ROWS:
        return [f"an identifier: {distinct:,} different values in {present:,} rows"]
    return []


def whole_days(frame: pd.DataFrame) -> tuple[str, ...]:
    """Date columns whose values are all at midnight, so that the time of day says nothing."""
    dates = (name for name in frame.columns if pd.api.types.is_datetime64_any_dtype(frame[name].dtype))
    return tuple(name for name in dates if (frame[name].dropna().dt.normalize() == frame[name].dropna()).all())
