"""What a picture needs of the rows: which to draw, how far an axis reaches, where the other columns are held."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from logreg_core.evaluation.protocols import Floats, PreparedData

Part = Literal["train", "test"]
Range = tuple[float, float]
MOST_WHOLE_STEPS = 1_000_000
"""A control that goes in steps of one has no more of them."""


@dataclass(frozen=True, eq=False)
class Points:
    """Rows to draw: ``frame`` (the user's feature columns) and ``y`` (0/1) of ``shown`` of the ``total`` rows."""

    frame: pd.DataFrame
    y: Floats
    shown: int
    total: int
    part: Part


def typical_values(frame: pd.DataFrame, prepared: PreparedData) -> dict[str, object]:
    """One value for each feature column: median of the training rows for numbers, else the most frequent level.

    A column without a value in the training rows is held at missing (nan).
    """
    numbers = set(prepared.numbers)
    typical: dict[str, object] = {}
    for column in prepared.features:
        values = frame[column].iloc[prepared.rows_train]
        if column in numbers:
            finite = _finite(values)
            typical[column] = float(np.median(finite)) if len(finite) else math.nan
        else:
            counts = values[~_has_no_value(values)].value_counts()
            typical[column] = _scalar(counts.index[0]) if len(counts) else math.nan
    return typical


def sample_points(
    frame: pd.DataFrame, prepared: PreparedData, part: Part = "train", limit: int = 2000, seed: int = 0
) -> Points:
    """At most ``limit`` rows of a part, drawn by class (see ``sample_by_class``); the same seed gives the same rows."""
    rows, y = (prepared.rows_train, prepared.y_train) if part == "train" else (prepared.rows_test, prepared.y_test)
    chosen = sample_by_class(y, limit, seed)
    shown = frame.iloc[rows[chosen]][list(prepared.features)].reset_index(drop=True)
    return Points(frame=shown, y=np.asarray(y[chosen]), shown=len(chosen), total=len(y), part=part)


def sample_by_class(y: Floats, limit: int, seed: int = 0) -> NDArray[np.intp]:
    """Positions of at most ``limit`` rows, in order, classes in proportion.

    The smaller class keeps all of its rows up to 100 (and up to half of ``limit``), so that a rare class is seen.
    """
    if len(y) <= limit:
        return np.arange(len(y))
    classes = sorted((np.flatnonzero(y == 0), np.flatnonzero(y == 1)), key=len)
    fair = round(limit * len(classes[0]) / len(y))
    few = max(fair, min(len(classes[0]), 100, limit // 2))
    rng = np.random.default_rng(seed)
    chosen = [rng.choice(rows, size, replace=False) for rows, size in zip(classes, (few, limit - few), strict=True)]
    return np.sort(np.concatenate(chosen))


def axis_range(values: ArrayLike) -> Range:
    """Ends of a drawn axis: all values with a margin, unless a few lie so far out that the others would be crushed.

    The 0.5 % to 99.5 % quantiles are widened by 15 % of their distance, which covers all of 2,000 normal values, and
    cut back to the values that are there plus 4 %. Up to 20 values are shown whole. Missing and infinite values are
    left out; the width is never zero.
    """
    # Within 1e300 every sum and difference below is a finite float.
    finite = np.clip(_finite(values), -1e300, 1e300)
    if not len(finite):
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    if len(finite) > 20:
        inner_low, inner_high = (float(end) for end in np.quantile(finite, (0.005, 0.995)))
        reach = 0.15 * (inner_high - inner_low)
        if reach > 0:
            low, high = max(low, inner_low - reach), min(high, inner_high + reach)
    margin = 0.04 * (high - low)
    # Values one rounding apart are one value to the eye, and no grid fits between them.
    if margin <= 1e-9 * max(abs(low), abs(high)):
        margin = max(0.5, 0.05 * max(abs(low), abs(high))) if low or high else 0.5
    return low - margin, high + margin


def values_range(values: ArrayLike) -> tuple[float, float, bool]:
    """Smallest and largest value, and whether all are whole numbers: what a control for one of them may offer.

    The width is never zero: one value alone has the range of ``axis_range``.
    """
    finite = np.clip(_finite(values), -1e300, 1e300)
    if not len(finite) or finite.max() - finite.min() <= 1e-9 * np.abs(finite).max():
        return (*axis_range(values), False)
    low, high = float(finite.min()), float(finite.max())
    return low, high, high - low <= MOST_WHOLE_STEPS and bool((finite == finite.round()).all())


def points_sentence(points: Points, columns: tuple[str, ...] = (), ranges: tuple[Range, ...] | None = None) -> str:
    """Say how many rows are drawn and, where it is not all, why.

    Parameters
    ----------
    points : Points
    columns : tuple of str
        Columns on the axes: a row that has no (finite) value in one of them is nowhere in the picture.
    ranges : tuple of (low, high), optional
        Ends of each axis, for the number columns in ``columns``: rows beyond them are outside of the picture.
    """
    rows = "training rows" if points.part == "train" else "test rows"
    absent = {column: _has_no_value(points.frame[column]) for column in columns}
    gone = np.zeros(points.shown, dtype=np.bool_)
    for rows_absent in absent.values():
        gone |= rows_absent
    outside = _outside(points.frame, dict(zip(columns, ranges or (), strict=False))) & ~gone
    drawn = points.shown - int(gone.sum()) - int(outside.sum())
    sampled = points.shown < points.total
    said = [f"{drawn:,} of {'the ' if sampled else ''}{points.total:,} {rows} are drawn"]
    if sampled:
        said[0] += ", chosen at random within each class"
    elif drawn == points.total:
        return f"All {points.total:,} {rows} are drawn."
    among = " of those chosen" if sampled else ""
    if gone.any():
        names = " or ".join(f"'{column}'" for column, where in absent.items() if where.any())
        said.append(f"{int(gone.sum()):,}{among} {'has' if gone.sum() == 1 else 'have'} no value in {names}")
    if outside.any():
        verb = "lies" if outside.sum() == 1 else "lie"
        said.append(f"{int(outside.sum()):,}{among} {verb} outside of the picture")
    return "; ".join(said) + "."


def row_at(points: Points, columns: tuple[str, ...], place: Mapping[str, object]) -> int | None:
    """Position in ``points`` of the row drawn at a place with "x" and, over two columns, "y"; None if there is none."""
    off = np.zeros(points.shown)
    for axis, column in zip("xy", columns, strict=False):
        values = points.frame[column].to_numpy(dtype=np.float64, na_value=np.nan)
        at = float(place[axis])  # type: ignore[arg-type]
        off = np.maximum(off, np.nan_to_num(np.abs(values - at), nan=math.inf) / max(abs(at), 1e-12))
    nearest = int(off.argmin()) if points.shown else 0
    return nearest if points.shown and off[nearest] < 1e-6 else None


def _has_no_value(column: pd.Series) -> NDArray[np.bool_]:
    absent = column.isna().to_numpy()
    if pd.api.types.is_float_dtype(column.dtype):
        absent = absent | np.isinf(column.to_numpy(dtype=np.float64, na_value=np.nan))
    return np.asarray(absent)


def _outside(frame: pd.DataFrame, ranges: dict[str, Range]) -> NDArray[np.bool_]:
    """Which rows have a value beyond the ends of an axis."""
    outside = np.zeros(len(frame), dtype=np.bool_)
    for column, (low, high) in ranges.items():
        values = frame[column].to_numpy(dtype=np.float64, na_value=np.nan)
        outside |= (values < low) | (values > high)
    return outside


def _finite(values: ArrayLike) -> Floats:
    numbers = pd.Series(values).to_numpy(dtype=np.float64, na_value=np.nan)
    return np.asarray(numbers[np.isfinite(numbers)])


def _scalar(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else value
