"""When a straight boundary fails: points in rings, moons or a checkerboard, and powers of their columns as features."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from logreg_core.data import GeneratorSpec, Table, generate
from logreg_core.evaluation import axis_range, evaluate, plane, sample_points, score_rows, typical_values
from logreg_core.evaluation.points import Points
from logreg_core.evaluation.slices import Plane
from logreg_core.features import Recipe, prepare
from logreg_core.training import FittedModel, TrainSettings, sigmoid, train

SHAPES = {"circles": "Rings", "moons": "Moons", "xor": "Checkerboard"}
DEGREES = (1, 2, 3, 4, 5)
EXACTLY = TrainSettings(method="exact", max_iter=100)


@dataclass(frozen=True, eq=False)
class CurvedFit:
    """The best model of a degree.

    Attributes
    ----------
    plane : Plane
        Its score over the two columns.
    points : Points
        The training rows.
    rows : DataFrame
        The same with their class and the probability of orange.
    n_features : int
        Columns the model sees: powers and products of the two.
    train_right, test_right : tuple of int
        (rows predicted right, rows).
    separated : bool
        No training row is on the wrong side, so the weights have no best value and grow without end.
    """

    plane: Plane
    points: Points
    rows: pd.DataFrame
    n_features: int
    train_right: tuple[int, int]
    test_right: tuple[int, int]
    separated: bool


def spec_of(shape: str) -> GeneratorSpec:
    """What the points of a shape are generated from: 300 of them, somewhat mixed."""
    return GeneratorSpec(kind=shape, rows=300, noise=0.25)


def recipe_of(degree: int) -> Recipe:
    """How the points are prepared: scaled, with all powers and products up to ``degree``, a fifth kept aside."""
    return Recipe(target="class", positive="orange", features=("x1", "x2"), degree=degree)


@lru_cache(maxsize=32)
def fit(shape: str, degree: int) -> CurvedFit:
    """Find the best model of this degree for this shape."""
    table: Table = generate(spec_of(shape))
    prepared = prepare(table.frame, recipe_of(degree), data_fingerprint=table.fingerprint)
    model: FittedModel = train(prepared, EXACTLY)
    evaluation = evaluate(model, prepared)
    ends = [axis_range(table.frame[name]) for name in ("x1", "x2")]
    score, points = score_rows(model, prepared), sample_points(table.frame, prepared)
    named = np.where(points.y == 1, "orange", "blue")
    return CurvedFit(
        plane=plane(score, typical_values(table.frame, prepared), "x1", "x2", ends[0], ends[1]),
        points=points,
        rows=points.frame.assign(**{"class": named, "probability": sigmoid(score(points.frame))}),
        n_features=len(model.feature_names),
        train_right=evaluation.train.at(0.5).counts("accuracy"),
        test_right=evaluation.test.at(0.5).counts("accuracy"),
        separated=model.status.name == "SEPARATED",
    )


def over_degrees(shape: str) -> pd.DataFrame:
    """Rows right at each degree."""
    fits = [fit(shape, degree) for degree in DEGREES]
    return pd.DataFrame(
        {
            "degree": DEGREES,
            "columns the model sees": [found.n_features for found in fits],
            "training rows right": [found.train_right[0] / found.train_right[1] for found in fits],
            "test rows right": [found.test_right[0] / found.test_right[1] for found in fits],
        }
    )


def lowest_good_degree(shape: str, share: float = 0.9) -> int | None:
    """The lowest degree with which at least ``share`` of the test rows are right; None if there is none."""
    for degree in DEGREES:
        right, of = fit(shape, degree).test_right
        if right >= share * of:
            return degree
    return None
