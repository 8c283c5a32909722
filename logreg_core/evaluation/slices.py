"""Slices through a model for pictures: one, two or three of the user's columns vary, the others are held.

A model is seen here as ``score``, a function from a frame of the user's columns to the linear predictor z, so that
everything between a column and its weights (filling, scaling, encoding, powers) is in the picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from logreg_core.data.spoken import cut_to, spoken
from logreg_core.evaluation.points import Range
from logreg_core.evaluation.protocols import Floats, PreparedData, Scorer
from logreg_core.training.log_loss import sigmoid

Score = Callable[[pd.DataFrame], Floats]

NAMED_AT_MOST = 6
LONGEST_NAME = 60
"""Letters of a column's name, or of a value, in a sentence."""


@dataclass(frozen=True, eq=False)
class Curve:
    """One column: ``x``, linear predictor ``z`` and ``probability``, each of shape (n,)."""

    column: str
    x: Floats
    z: Floats
    probability: Floats
    held: dict[str, object]


@dataclass(frozen=True, eq=False)
class Plane:
    """Two columns: linear predictor ``z`` of shape (ny, nx) over ``x`` (nx,) and ``y`` (ny,)."""

    x_column: str
    y_column: str
    x: Floats
    y: Floats
    z: Floats
    held: dict[str, object]


@dataclass(frozen=True, eq=False)
class Volume:
    """Three columns: linear predictor ``z`` of shape (na, nb, nc) over three ``axes``.

    ``affine`` says that z is a linear function of the three, so that every boundary is a flat plane.
    """

    columns: tuple[str, str, str]
    axes: tuple[Floats, Floats, Floats]
    z: Floats
    affine: bool
    held: dict[str, object]


@dataclass(frozen=True, eq=False)
class Levels:
    """One category: ``probability`` of shape (k,) for each of its ``names``."""

    column: str
    names: tuple[str, ...]
    probability: Floats
    held: dict[str, object]


def logit(probability: float) -> float:
    """Linear predictor at which the model says ``probability``; infinite at 0 and 1."""
    if not 0 <= probability <= 1:
        raise ValueError(f"probability must be between 0 and 1, got {probability}")
    if probability in (0, 1):
        return math.copysign(math.inf, probability - 0.5)
    return math.log(probability) - math.log1p(-probability)


def score_rows(model: Scorer, prepared: PreparedData) -> Score:
    """The function from a frame of the feature columns (after the steps of the recipe) to the linear predictor (n,).

    Scores are cut at 1e300 in size, where the probability has long been 0 or 1, so that pictures can subtract them.
    """

    def score(frame: pd.DataFrame) -> Floats:
        # Weights left by a run that diverged may overflow here.
        with np.errstate(over="ignore", invalid="ignore"):
            return np.clip(np.asarray(model.scores(prepared.design.transform(frame)), dtype=np.float64), -1e300, 1e300)

    return score


def curve(score: Score, typical: Mapping[str, object], column: str, ends: Range, n: int = 200) -> Curve:
    """Probability at ``n`` values of ``column`` between ``ends``, the other columns held."""
    x = np.linspace(*ends, n)
    z = score(_rows(typical, {column: x}, n))
    return Curve(column=column, x=x, z=z, probability=sigmoid(z), held=_held(typical, (column,)))


def crossings(line: Curve, threshold: float) -> tuple[float, ...]:
    """Values of the column at which the probability passes ``threshold``, interpolated on z (exact for a line)."""
    cut = logit(threshold)
    if not math.isfinite(cut):
        return ()
    above = line.z - cut
    # A row on the threshold is predicted positive, so the sign changes between "below" and "on or above".
    before = np.flatnonzero(np.diff(above >= 0))
    share = above[before] / (above[before] - above[before + 1])
    return tuple((line.x[before] + share * (line.x[before + 1] - line.x[before])).tolist())


def plane(  # noqa: PLR0917 - two columns, then their ranges, read as one
    score: Score,
    typical: Mapping[str, object],
    x_column: str,
    y_column: str,
    x_range: Range,
    y_range: Range,
    n: int = 80,
) -> Plane:
    """Linear predictor on an ``n`` by ``n`` grid over two columns, the others held."""
    x, y = np.linspace(*x_range, n), np.linspace(*y_range, n)
    across, up = np.meshgrid(x, y)
    z = score(_rows(typical, {x_column: across.ravel(), y_column: up.ravel()}, n * n)).reshape(n, n)
    return Plane(x_column, y_column, x, y, z, _held(typical, (x_column, y_column)))


def volume(
    score: Score,
    typical: Mapping[str, object],
    columns: tuple[str, str, str],
    ranges: tuple[Range, Range, Range],
    n: int = 22,
) -> Volume:
    """Linear predictor on an ``n`` by ``n`` by ``n`` grid over three columns, the others held."""
    a, b, c = (np.linspace(*ends, n) for ends in ranges)
    grid = np.meshgrid(a, b, c, indexing="ij")
    varied = {column: values.ravel() for column, values in zip(columns, grid, strict=True)}
    z = score(_rows(typical, varied, n**3)).reshape(n, n, n)
    return Volume(columns, (a, b, c), z, _is_affine(z), _held(typical, columns))


def levels(score: Score, typical: Mapping[str, object], column: str, names: Sequence[object]) -> Levels:
    """Probability at each level in ``names`` of a category, the other columns held."""
    z = score(_rows(typical, {column: pd.Series(list(names))}, len(names)))
    return Levels(column, tuple(str(name) for name in names), sigmoid(z), _held(typical, (column,)))


def boundary_sentence(slice_: Curve | Plane | Volume, threshold: float) -> str:
    """Say that the picture holds no boundary, and on which side of the threshold all of it lies; else empty."""
    cut = logit(threshold)
    if not bool((slice_.z >= cut).any()):
        return f"No boundary in this picture: the chance stays below {100 * threshold:.0f} % everywhere in it."
    if bool((slice_.z >= cut).all()):
        return f"No boundary in this picture: the chance is {100 * threshold:.0f} % or more everywhere in it."
    return ""


def held_sentence(held: Mapping[str, object], at: str = "") -> str:
    """Say at which values the other columns are held; empty when there are none. Plain text.

    Long names of columns and long values are cut. ``at`` says what values these are, such as "the values of row 17";
    typical ones if left out.
    """
    if not held:
        return ""
    first = list(held.items())[:NAMED_AT_MOST]
    named = [f"{cut_to(column, LONGEST_NAME)} {cut_to(spoken(value), LONGEST_NAME)}" for column, value in first]
    more = len(held) - len(named)
    listed = ", ".join(named) + (f" and {more:,} more" if more else "")
    if len(held) == 1:
        return f"The other column is held at {at or 'a typical value'}: {listed}."
    return f"The other {len(held):,} columns are held at {at or 'typical values'}: {listed}."


def _rows(typical: Mapping[str, object], varied: Mapping[str, object], n: int) -> pd.DataFrame:
    """``n`` rows of all columns in the order of ``typical``, with those of ``varied`` in place of a held value."""
    return pd.DataFrame(
        {column: varied.get(column, value) for column, value in typical.items()}, index=pd.RangeIndex(n)
    )


def _held(typical: Mapping[str, object], on_axes: Sequence[str]) -> dict[str, object]:
    return {column: value for column, value in typical.items() if column not in on_axes}


def _is_affine(z: Floats) -> bool:
    """Whether the grid values are those of the plane through one corner and its three edges (equal steps assumed)."""
    n_a, n_b, n_c = z.shape
    corner = z[0, 0, 0]
    slopes = [(end - corner) / (n - 1) for end, n in ((z[-1, 0, 0], n_a), (z[0, -1, 0], n_b), (z[0, 0, -1], n_c))]
    i, j, k = np.ogrid[:n_a, :n_b, :n_c]
    flat = corner + slopes[0] * i + slopes[1] * j + slopes[2] * k
    # Rounding of z is relative to its terms, which may be larger than z: 1e-9 leaves room and is far below a pixel.
    return bool(np.abs(z - flat).max() <= 1e-9 * max(np.abs(z).max(), np.ptp(z)))
