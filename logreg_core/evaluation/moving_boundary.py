"""How the boundary moves while a model learns: lines over two columns, or the probability over one, at each frame.

Only the weights change from frame to frame. The design matrix of a grid of points is made once, and each frame is a
product with it; what is sent to a browser are lines, a few numbers where the boundary is straight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from logreg_core.evaluation.points import Range
from logreg_core.evaluation.protocols import Floats, PreparedData
from logreg_core.evaluation.slices import logit
from logreg_core.training.log_loss import sigmoid

FINE = 31
"""Points on each side of the grid where lines are curved."""
ROUNDING = 1e-9
"""Relative to the largest value: a column of the design that bends by less is straight."""
UNSURE = (0.1, 0.9)
"""Probabilities between which the model is not sure; their lines are drawn beside the boundary."""

Path = tuple[Floats, Floats]
"""x and y of a drawn line, each of shape (m,); nan between its parts."""


@dataclass(frozen=True, eq=False)
class MovingBoundary:
    """Over two columns, one entry for each of k frames.

    Attributes
    ----------
    columns : (across, up)
    ranges : ((low, high), (low, high))
    boundary : k paths
        Where the probability is the threshold; empty where that is nowhere in the picture.
    unsure : k paths
        Where it is 10 % and 90 %.
    positive : k paths
        Closed, around what is predicted positive; holes turn the other way round.
    straight : bool
    held : dict
        Values of the other columns.
    """

    columns: tuple[str, str]
    ranges: tuple[Range, Range]
    boundary: tuple[Path, ...]
    unsure: tuple[Path, ...]
    positive: tuple[Path, ...]
    straight: bool
    held: dict[str, object]


@dataclass(frozen=True, eq=False)
class MovingCurve:
    """Over one column: ``probability`` of shape (k, m) at ``x`` of shape (m,), one row for each frame."""

    column: str
    x: Floats
    probability: Floats
    held: dict[str, object]


def moving_boundary(  # noqa: PLR0917 - what is held, then what varies, as in slices.plane
    prepared: PreparedData,
    parameters: Floats,
    typical: Mapping[str, object],
    columns: tuple[str, str],
    ranges: tuple[Range, Range],
    threshold: float,
) -> MovingBoundary:
    """Follow the boundary over two number columns, the others held at ``typical``; ``parameters`` is (k, p + 1)."""
    X, x, y = _design(prepared, typical, columns, ranges, 5)
    straight = _bends(X) <= ROUNDING
    X, x, y = _design(prepared, typical, columns, ranges, 2 if straight else FINE)
    scores = _scores(X.reshape(-1, X.shape[-1]), parameters).reshape(len(parameters), len(y), len(x))
    drawn = [_lines(x, y, z, threshold) for z in scores]
    return MovingBoundary(
        columns=columns,
        ranges=ranges,
        boundary=tuple(lines[0] for lines in drawn),
        unsure=tuple(lines[1] for lines in drawn),
        positive=tuple(lines[2] for lines in drawn),
        straight=straight,
        held={name: value for name, value in typical.items() if name not in columns},
    )


def moving_curve(  # noqa: PLR0917 - as above
    prepared: PreparedData, parameters: Floats, typical: Mapping[str, object], column: str, ends: Range, n: int = 61
) -> MovingCurve:
    """Follow the probability over one number column, the others held at ``typical``."""
    x = np.linspace(*ends, n)
    X = prepared.design.transform(_rows(typical, {column: x}, n))
    held = {name: value for name, value in typical.items() if name != column}
    return MovingCurve(column, x, sigmoid(_scores(X, parameters)), held)


def _design(
    prepared: PreparedData, typical: Mapping[str, object], columns: tuple[str, str], ranges: tuple[Range, Range], n: int
) -> tuple[Floats, Floats, Floats]:
    """Design matrix (n, n, p) of a grid, up along the first axis and across along the second; and its two axes."""
    x, y = (np.linspace(*ends, n) for ends in ranges)
    across, up = np.meshgrid(x, y)
    X = prepared.design.transform(_rows(typical, {columns[0]: across.ravel(), columns[1]: up.ravel()}, n * n))
    return X.reshape(n, n, -1), x, y


def _bends(X: Floats) -> float:
    """By how much a column of the design differs from the plane through three corners, relative to its size."""
    n = len(X)
    i, j = np.arange(n)[:, None, None], np.arange(n)[None, :, None]
    flat = X[0, 0] + i * (X[-1, 0] - X[0, 0]) / (n - 1) + j * (X[0, -1] - X[0, 0]) / (n - 1)
    size = np.maximum(np.abs(X).max(axis=(0, 1)), 1e-300)
    return float((np.abs(X - flat).max(axis=(0, 1)) / size).max())


@np.errstate(over="ignore", invalid="ignore")
def _scores(X: Floats, parameters: Floats) -> Floats:
    """Linear predictor of each row for each frame, shape (k, n), cut at 1e300 in size; nan of overflowing sums as 0."""
    z = parameters[:, :-1] @ X.T + parameters[:, -1:]
    return np.nan_to_num(np.clip(z, -1e300, 1e300), nan=0.0)


def _lines(x: Floats, y: Floats, z: Floats, threshold: float) -> tuple[Path, Path, Path]:
    """Boundary, unsure lines and positive area of one frame."""
    from contourpy import FillType, LineType, contour_generator

    cut = logit(threshold)
    # Scaled to about 1, so that differences of huge scores are finite. A boundary is where the scaled ones agree.
    size = max(1.0, float(np.abs(z).max()))
    made = contour_generator(
        x, y, z / size, line_type=LineType.ChunkCombinedNan, fill_type=FillType.ChunkCombinedOffset, corner_mask=False
    )
    nothing = np.empty((0, 2))

    def line(level: float) -> Floats:
        if not np.isfinite(level) or not z.min() < level < z.max():
            return nothing
        found = made.lines(level / size)[0][0]
        return nothing if found is None else np.asarray(found)

    unsure = [part for part in (line(logit(share)) for share in UNSURE) if len(part)]
    if z.min() >= cut:
        corners = [[x[0], y[0]], [x[-1], y[0]], [x[-1], y[-1]], [x[0], y[-1]], [x[0], y[0]]]
        area = np.array(corners)
    else:
        area = nothing if z.max() < cut else _area(made.filled(cut / size, np.inf))
    return _path(line(cut)), _path(_joined(unsure)), _path(area)


def _area(filled: Any) -> Floats:
    """The parts of a filled contour one after the other, nan between them."""
    points, offsets = filled[0][0], filled[1][0]
    if points is None:
        return np.empty((0, 2))
    return _joined([points[start:end] for start, end in pairwise(offsets)])


def _joined(parts: list[Floats]) -> Floats:
    if not parts:
        return np.empty((0, 2))
    gap = np.full((1, 2), np.nan)
    return np.concatenate([piece for part in parts for piece in (part, gap)][:-1])


def _path(points: Floats) -> Path:
    return np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])


def _rows(typical: Mapping[str, object], varied: Mapping[str, NDArray[np.float64]], n: int) -> pd.DataFrame:
    """``n`` rows of all columns, with those of ``varied`` in place of a held value."""
    return pd.DataFrame({name: varied.get(name, value) for name, value in typical.items()}, index=pd.RangeIndex(n))
