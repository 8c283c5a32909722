"""One column seen closely: quantiles, a histogram or the most frequent levels, far-out values; by class if asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.data.profile import shown
from logreg_core.data.spread import LARGEST_EXACT, at_most, bin_edges, fences, is_whole, middle, quantile

BINS = 24
TOP_LEVELS = 15
_AT_MOST = (5, 25, None, 75, 95)
"""Percents; None is the median."""
_SHOWN_OUTLIERS = 10
Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ColumnDetail:
    """What one column of n rows holds.

    Attributes
    ----------
    name : str
    kind : "number", "date", "level" or "empty"
    rows, missing, infinite : int
        Infinite numbers have a value, so they are not missing; no picture can draw them.
    counts : int array (groups, bins or levels)
        Rows of each group; one group when the rows are not told apart.
    edges : float array (bins + 1,)
        For numbers and dates (microseconds since 1970): ends of the bins.
    one_each : bool
        Every bin holds one whole number, which stands in its middle.
    levels : tuple of str
        For the others, and for whole numbers so large that no float can tell them apart (they are codes, and no axis
        shows them): the most frequent levels, most frequent first.
    other_levels : int
        How many further levels there are.
    not_drawn : int
        Numbers beyond Tukey's far fences, which the bins leave out so that they show the others.
    facts : tuple of (str, str)
        Quantiles and the like, for display.
    outliers : tuple of (int, str)
        Row (from 0) and value of the farthest of the numbers beyond the fences.
    """

    name: str
    kind: Literal["number", "date", "level", "empty"]
    rows: int
    missing: int
    infinite: int
    counts: Counts
    edges: npt.NDArray[np.float64]
    one_each: bool
    levels: tuple[str, ...]
    other_levels: int
    not_drawn: int
    facts: tuple[tuple[str, str], ...]
    outliers: tuple[tuple[int, str], ...]


def detail(column: pd.Series[Any], groups: npt.NDArray[np.int8] | None = None) -> ColumnDetail:
    """Look at a column (n,) closely; ``groups`` (n,) says which of two groups a row is in: 0, 1, or -1 for neither."""
    group = np.zeros(len(column), dtype=np.int8) if groups is None else groups
    count = 1 if groups is None else 2
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return _in_bins(column, _microseconds(column), group, count)
    if not pd.api.types.is_numeric_dtype(column.dtype) or pd.api.types.is_bool_dtype(column.dtype):
        return _levels(column, group, count)
    array = column.to_numpy()
    if array.dtype.kind in "iu" and array.size and max(-int(array.min()), int(array.max())) > LARGEST_EXACT:
        return _levels(column, group, count, facts=_spread(np.sort(array), shown))
    return _in_bins(column, column.to_numpy(dtype=np.float64, na_value=np.nan), group, count)


def _spread(ordered: npt.NDArray[Any], say: Callable[[Any], str]) -> tuple[tuple[str, str], ...]:
    """From the lowest to the highest of sorted numbers, for display."""
    inner = [
        ("median", say(middle(ordered)))
        if percent is None
        else (f"{percent} % are at most", say(at_most(ordered, percent)))
        for percent in _AT_MOST
    ]
    return (("lowest", say(ordered[0])), *inner, ("highest", say(ordered[-1])))


def _in_bins(column: pd.Series[Any], values: Floats, group: npt.NDArray[np.int8], groups: int) -> ColumnDetail:
    is_date = pd.api.types.is_datetime64_any_dtype(column.dtype)
    known = np.isfinite(values)
    infinite = int(np.isinf(values).sum())
    ordered = np.sort(values[known])
    if not ordered.size:
        return _empty(column, infinite)
    low, high = (-np.inf, np.inf) if is_date else fences(ordered)
    outside = known & ((values < low) | (values > high))
    drawn = ordered[(ordered >= low) & (ordered <= high)]
    inner, edges, one_each = _bins(drawn, whole=not is_date and is_whole(drawn))
    facts = _spread(ordered, _as_date if is_date else shown)
    if not is_date:
        with np.errstate(over="ignore", invalid="ignore"):
            mean = float(ordered.mean())
        facts += (("mean", shown(mean) if np.isfinite(mean) else "–"), ("far from the rest", f"{int(outside.sum()):,}"))
    if infinite:
        facts += (("infinite", f"{infinite:,}"),)
    return ColumnDetail(
        name=str(column.name),
        kind="date" if is_date else "number",
        rows=len(column),
        missing=len(column) - int(known.sum()) - infinite,
        infinite=infinite,
        counts=_binned(values, known & ~outside, inner, group, groups),
        edges=edges,
        one_each=one_each,
        levels=(),
        other_levels=0,
        not_drawn=int(outside.sum()),
        facts=facts,
        outliers=tuple(
            (int(row), shown(float(values[row]))) for row in _farthest(values, outside, quantile(ordered, 0.5))
        ),
    )


def _bins(drawn: Floats, *, whole: bool) -> tuple[Floats, Floats, bool]:
    """Inner edges and edges of the bins for sorted numbers, and whether each bin holds one whole number."""
    inner = bin_edges(drawn[0], drawn[-1], BINS, whole=whole)
    if whole and drawn[0] > -LARGEST_EXACT and drawn[-1] < LARGEST_EXACT and len(inner) == drawn[-1] - drawn[0]:
        return inner, np.arange(drawn[0], drawn[-1] + 2) - 0.5, True
    return inner, np.concatenate(([drawn[0]], inner, [drawn[-1]])), False


def _empty(column: pd.Series[Any], infinite: int = 0) -> ColumnDetail:
    none = np.zeros((1, 0), dtype=np.int64)
    missing = len(column) - infinite
    return ColumnDetail(
        str(column.name), "empty", len(column), missing, infinite, none, np.empty(0), False, (), 0, 0, (), ()
    )


def counts_table(seen: ColumnDetail, names: tuple[str, ...] = ("rows",)) -> pd.DataFrame:
    """The numbers of a column's picture: a line for each bin or level, a column for each group in ``names``."""
    if seen.kind == "level":
        lines = {"level": list(seen.levels)}
    elif seen.one_each:
        lines = {"value": [shown(float(edge) + 0.5) for edge in seen.edges[:-1]]}
    else:
        say = _as_date if seen.kind == "date" else shown
        lines = {
            "from": [say(float(edge)) for edge in seen.edges[:-1]],
            "to": [say(float(edge)) for edge in seen.edges[1:]],
        }
    return pd.DataFrame({**lines, **{name: seen.counts[place] for place, name in enumerate(names)}})


def _microseconds(column: pd.Series[Any]) -> Floats:
    dates = column.to_numpy().astype("datetime64[us]")
    return np.where(np.isnat(dates), np.nan, dates.astype(np.int64).astype(np.float64))


def _as_date(microseconds: float) -> str:
    return str(np.datetime64(round(microseconds), "us"))[:10]


def _binned(
    values: npt.NDArray[np.float64],
    drawn: npt.NDArray[np.bool_],
    inner: npt.NDArray[np.float64],
    group: npt.NDArray[np.int8],
    groups: int,
) -> Counts:
    place = np.searchsorted(inner, values, side="right")
    return np.stack(
        [np.bincount(place[drawn & (group == each)], minlength=len(inner) + 1) for each in range(groups)]
    ).astype(np.int64)


def _farthest(values: Floats, outside: npt.NDArray[np.bool_], middle: float) -> npt.NDArray[np.intp]:
    rows = np.flatnonzero(outside)
    # Halves, so that the distance of the largest numbers does not overflow.
    return rows[np.argsort(-np.abs(values[rows] / 2 - middle / 2), kind="stable")[:_SHOWN_OUTLIERS]]


def _levels(
    column: pd.Series[Any], group: npt.NDArray[np.int8], groups: int, facts: tuple[tuple[str, str], ...] = ()
) -> ColumnDetail:
    codes, values = pd.factorize(column)
    if not len(values):
        return _empty(column)
    rows = np.bincount(codes[codes >= 0], minlength=len(values))
    order = np.argsort(-rows, kind="stable")[:TOP_LEVELS]
    counts = np.stack(
        [np.bincount(codes[(codes >= 0) & (group == each)], minlength=len(values))[order] for each in range(groups)]
    ).astype(np.int64)
    missing = int((codes < 0).sum())
    facts += (
        ("levels", f"{len(values):,}"),
        ("most frequent", _rows(int(rows.max()))),
        ("rarest", _rows(int(rows.min()))),
    )
    return ColumnDetail(
        name=str(column.name),
        kind="level",
        rows=len(column),
        missing=missing,
        infinite=0,
        counts=counts,
        edges=np.empty(0),
        one_each=False,
        levels=tuple(_level_name(values[place]) for place in order),
        other_levels=max(0, len(values) - TOP_LEVELS),
        not_drawn=0,
        facts=facts,
        outliers=(),
    )


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _level_name(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    return str(value)
