"""A model whose weights are set by hand: its probability over one to three features, and the rows it gets right.

The score is z = w . x + b; the boundary, where the probability equals the threshold, is the set of points with

    w . x + b = log(threshold / (1 - threshold))

a point for one feature, a line for two, a plane for three, a hyperplane for more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from logreg_core.evaluation.points import Range
from logreg_core.evaluation.slices import Curve, Plane, Score, Volume, curve, plane, volume
from logreg_core.lessons.examples import Example
from logreg_core.training.log_loss import sigmoid

Array = NDArray[np.float64]


def score_by_hand(weights: Sequence[float], bias: float, features: Sequence[str]) -> Score:
    """Return the function from a frame with ``features`` to z, shape (n,)."""
    w = np.asarray(weights, dtype=np.float64)

    def score(frame: pd.DataFrame) -> Array:
        z: Array = frame[list(features)].to_numpy(dtype=np.float64) @ w + bias
        return z

    return score


def over_features(
    weights: Sequence[float], bias: float, features: tuple[str, ...], ends: Sequence[Range]
) -> Curve | Plane | Volume:
    """The model over its one, two or three features, each between its ``ends``."""
    score = score_by_hand(weights, bias, features)
    held = dict.fromkeys(features, 0.0)
    if len(features) == 1:
        return curve(score, held, features[0], ends[0])
    if len(features) == 2:
        return plane(score, held, features[0], features[1], ends[0], ends[1])
    first, second, third = features
    return volume(score, held, (first, second, third), (ends[0], ends[1], ends[2]))


def rows_right(example: Example, weights: ArrayLike, bias: float) -> int:
    """How many rows lie on their class's side of the boundary at one half; on it counts as positive."""
    z = example.X @ np.asarray(weights, dtype=np.float64) + bias
    return int(np.sum((z >= 0) == (example.y == 1)))


def boundary_in_words(weights: Sequence[float], bias: float, features: Sequence[str]) -> str:
    """The boundary as an equation, such as "1.5 · complaints - 0.5 = 0"; plain text."""
    terms = [f"{weight:g} · {name}" for weight, name in zip(weights, features, strict=True) if weight != 0]
    if not terms:
        return "There is no boundary: with all weights at 0 every row gets the same probability."
    said = " + ".join(terms) + (f" + {bias:g}" if bias > 0 else f" - {-bias:g}" if bias < 0 else "")
    return said.replace("+ -", "- ") + " = 0"


def curve_over(weight: float, bias: float, feature: str, ends: Range) -> Curve:
    """The probability over one feature."""
    return curve(score_by_hand((weight,), bias, (feature,)), {feature: 0.0}, feature, ends)


def curve_table(line: Curve) -> pd.DataFrame:
    """Score and probability at some values of the feature, every tenth of those drawn."""
    drawn = pd.DataFrame({line.column: line.x, "score": line.z, "probability": line.probability})
    return drawn.iloc[::10].reset_index(drop=True)


def rows_table(example: Example, weights: ArrayLike, bias: float) -> pd.DataFrame:
    """Every row with its score, probability and class."""
    frame = pd.DataFrame(example.X, columns=list(example.features))
    frame["score"] = example.X @ np.asarray(weights, dtype=np.float64) + bias
    frame["probability"] = sigmoid(frame["score"])
    frame[example.target] = np.where(example.y == 1, example.positive, example.negative)
    return frame


def plane_over(weights: Sequence[float], bias: float, features: tuple[str, ...], ends: Range) -> Plane:
    """The score over two features, both between the same ends."""
    return plane(
        score_by_hand(weights, bias, features), dict.fromkeys(features, 0.0), features[0], features[1], ends, ends
    )
