"""One line per column: what kind it is, how much is missing, how it is spread, and what it looks like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.data.spread import beyond, bin_edges, fences, is_whole

Kind = Literal["number", "category", "date", "yes/no", "empty"]

_BINS = 20
_TOP_LEVELS = 10
_MOST_GAPS = 0.1
_FEW_ROWS = 20  # below that, all values being different says nothing about an identifier
_MANY_LEVELS = 50
_FEW_NUMBERS = 20  # no more different whole numbers may be codes
_LONG_TEXT = 40  # characters on average
_SHOWN = 30
_IDENTIFIER = "an identifier"


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
        What is remarkable about the column; empty where nothing is.
    outliers : int
        Numbers more than three interquartile ranges beyond the quartiles.
    looks_like : str
        What the column looks like, in a few words; the note, where there is one.
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
    outliers: int
    looks_like: str

    @property
    def is_identifier(self) -> bool:
        """Whether its values are all different and name or number the rows."""
        return self.note.startswith(_IDENTIFIER)


def profile(frame: pd.DataFrame) -> tuple[ColumnProfile, ...]:
    """Return one profile for each column of a Table's frame, in order."""
    return tuple(_column(str(name), frame.iloc[:, place]) for place, name in enumerate(frame.columns))


def _column(name: str, values: pd.Series[Any]) -> ColumnProfile:
    missing = int(values.isna().sum())
    if missing == len(values):
        return ColumnProfile(name, "empty", missing, 0, 0, (), "", "", "no values", 0, "no values")
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
    if not ordered.size:
        note = f"no values but {infinite_values(infinite)}"
        return ColumnProfile(name, "number", missing, distinct, infinite, (), "", "", note, 0, note)
    notes = _notes(distinct, len(values), missing, identifier=is_whole(ordered) and _numbers_rows(ordered, len(values)))
    if infinite:
        notes.append(infinite_values(infinite))
    note = "; ".join(notes)
    outliers = beyond(ordered, fences(ordered))
    return ColumnProfile(
        name=name,
        kind="number",
        missing=missing,
        distinct=distinct,
        infinite=infinite,
        histogram=_histogram(ordered),
        lowest=shown(ordered[0]),
        highest=shown(ordered[-1]),
        note=note,
        outliers=outliers,
        looks_like=note or _kind_of_numbers(ordered, distinct, outliers),
    )


def _kind_of_numbers(ordered: npt.NDArray[Any], distinct: int, outliers: int) -> str:
    if distinct == 2:
        return f"two values: {shown(ordered[0])} and {shown(ordered[-1])}"
    whole = is_whole(ordered)
    said = "whole numbers" if whole else "amounts"
    if whole and distinct <= _FEW_NUMBERS:
        said = f"{distinct} whole numbers: codes or counts"
    return said + (f"; {outliers:,} far from the rest" if outliers else "")


def _distinct(ordered: npt.NDArray[Any]) -> int:
    return int(np.count_nonzero(ordered[1:] != ordered[:-1])) + 1 if ordered.size else 0


def infinite_values(count: int) -> str:
    """How many numbers are infinite: "1 infinite value"."""
    return "1 infinite value" if count == 1 else f"{count:,} infinite values"


def _numbers_rows(ordered: npt.NDArray[Any], rows: int) -> bool:
    """Whether sorted whole numbers run through without gaps, as row numbers do; measurements hardly ever do.

    Of ``rows`` cells a few may be empty: each of them may leave a gap.
    """
    empty = rows - len(ordered)
    return empty <= _MOST_GAPS * rows and int(ordered[-1]) - int(ordered[0]) <= len(ordered) - 1 + empty


def _histogram(ordered: npt.NDArray[Any]) -> tuple[int, ...]:
    """Return rows per bin of equal width, of sorted finite numbers: one sort gives the bins and the distinct values."""
    inner = bin_edges(ordered[0], ordered[-1], _BINS, whole=is_whole(ordered))
    edges = np.searchsorted(ordered, inner, side="left")
    return tuple(int(count) for count in np.diff(edges, prepend=0, append=ordered.size))


def shown(number: Any) -> str:
    """Return a number for display: whole numbers with separators, others with four significant digits."""
    if isinstance(number, np.integer | int):
        return f"{int(number):,}"
    number = float(number) + 0.0  # no "-0"
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
    note = "; ".join(_notes(distinct, len(values), missing, identifier=False))
    like = note or f"dates, {distinct:,} different from {low[:4]} to {high[:4]}"
    return ColumnProfile(name, "date", missing, distinct, 0, _histogram(ordered), low, high, note, 0, like)


def _levels(name: str, kind: Kind, values: pd.Series[Any], missing: int) -> ColumnProfile:
    counts = values.value_counts()
    distinct = len(counts)
    notes = _notes(distinct, len(values), missing, identifier=kind == "category")
    if distinct > _MANY_LEVELS and not notes:
        notes.append(f"many levels: {distinct:,} different")
    top = tuple(int(count) for count in counts.iloc[:_TOP_LEVELS])
    first, last, note = str(counts.index[0]), str(counts.index[-1]), "; ".join(notes)
    return ColumnProfile(
        name, kind, missing, distinct, 0, top, first, last, note, 0, note or _kind_of_levels(kind, counts)
    )


def _kind_of_levels(kind: Kind, counts: pd.Series[Any]) -> str:
    if kind == "yes/no":
        return "yes or no"
    levels = [str(level) for level in counts.index[:_MANY_LEVELS]]
    if sum(map(len, levels)) > _LONG_TEXT * len(levels):
        return f"free text, {len(counts):,} different"
    if len(counts) == 2:
        return f"two values: {levels[0][:_SHOWN]} and {levels[1][:_SHOWN]}"
    if _mostly(counts):
        return f"{len(counts):,} levels, mostly {levels[0][:_SHOWN]}"
    return f"a category of {len(counts):,} levels"


def _mostly(counts: pd.Series[Any]) -> bool:
    """Whether more than half of the rows have the most frequent level."""
    return bool(2 * counts.iloc[0] > counts.sum())


def _notes(distinct: int, rows: int, missing: int, *, identifier: bool) -> list[str]:
    present = rows - missing
    if distinct == 1:
        return ["one value or missing" if missing else "constant"]
    if identifier and distinct == present and present >= _FEW_ROWS:
        return [f"{_IDENTIFIER}: all different"]
    return []


def whole_days(frame: pd.DataFrame) -> tuple[str, ...]:
    """Date columns whose values are all at midnight, so that the time of day says nothing."""
    dates = (name for name in frame.columns if pd.api.types.is_datetime64_any_dtype(frame[name].dtype))
    return tuple(name for name in dates if (frame[name].dropna().dt.normalize() == frame[name].dropna()).all())
