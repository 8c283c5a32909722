"""The boundary of each frame, against the model's own scores."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from cases import churn, tutorial

from logreg_core.data import load_sample
from logreg_core.evaluation import logit, moving_boundary, moving_curve, typical_values
from logreg_core.evaluation.moving_boundary import UNSURE, Path
from logreg_core.features import Recipe, prepare
from logreg_core.training import TrainSettings, Walk
from logreg_core.training.log_loss import sigmoid

WEIGHTS = np.array([[0.0, 0.0, 0.0], [1.0, 2.0, -0.5], [-0.253187, 3.229442, 0.631114], [30.0, -40.0, 5.0]])
RANGES = ((-3.0, 4.0), (-4.0, 4.0))


def points(path: Path) -> np.ndarray:
    both = np.column_stack(path)
    return both[~np.isnan(both).any(axis=1)]


def area(path: Path) -> float:
    """Signed area of closed parts (shoelace); holes count against."""
    breaks = np.flatnonzero(np.isnan(path[0]))
    parts = np.split(np.column_stack(path), breaks)
    total = 0.0
    for part in parts:
        x, y = part[~np.isnan(part).any(axis=1)].T
        total += 0.5 * float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))
    return total


@pytest.mark.parametrize("threshold", [0.5, 0.31])
def test_a_straight_boundary_is_where_the_score_is_the_threshold(threshold: float) -> None:
    frame, prepared, _ = tutorial()
    moving = moving_boundary(
        prepared, WEIGHTS, typical_values(frame, prepared), ("feature 1", "feature 2"), RANGES, threshold
    )
    assert moving.straight
    for weights, boundary, unsure in zip(WEIGHTS[1:], moving.boundary[1:], moving.unsure[1:], strict=True):
        assert len(boundary[0]) == 2  # two points, whatever the size of the picture
        np.testing.assert_allclose(points(boundary) @ weights[:2] + weights[2], logit(threshold), atol=1e-9)
        levels = points(unsure) @ weights[:2] + weights[2]
        assert np.all(np.isclose(np.abs(levels), logit(UNSURE[1]), atol=1e-9))
        on_edge = [x in RANGES[0] or y in RANGES[1] for x, y in points(boundary)]
        assert all(on_edge)
    assert len(moving.boundary[0][0]) == len(moving.unsure[0][0]) == 0  # all weights 0: everywhere the same
    whole = 7.0 * 8.0
    assert abs(area(moving.positive[0])) == pytest.approx(whole if threshold <= 0.5 else 0.0)


def test_what_is_predicted_positive_has_the_right_area() -> None:
    frame, prepared, _ = tutorial()
    moving = moving_boundary(
        prepared, WEIGHTS, typical_values(frame, prepared), ("feature 1", "feature 2"), RANGES, 0.5
    )
    x, y = (np.linspace(low, high, 801) for low, high in RANGES)
    for weights, positive in zip(WEIGHTS[1:], moving.positive[1:], strict=True):
        share = np.mean(x[None, :] * weights[0] + y[:, None] * weights[1] + weights[2] >= 0)
        assert abs(area(positive)) == pytest.approx(56.0 * share, rel=0.01)  # the grid counts edges whole
        assert (points(positive) @ weights[:2] + weights[2] >= -1e-9).all()


def test_powers_draw_curves_that_close() -> None:
    """A circle: z = 4 - x^2 - y^2 with powers of unscaled columns."""
    x = np.linspace(-3, 3, 60)
    frame = pd.DataFrame({"x": np.tile(x, 60), "y": np.repeat(x, 60)})
    frame["in"] = np.where(frame.x**2 + frame.y**2 < 4, "yes", "no")
    prepared = prepare(frame, Recipe("in", "yes", ("x", "y"), scale=False, degree=2))
    weights = np.zeros((1, len(prepared.feature_names) + 1))
    grid = prepared.design.transform(pd.DataFrame({"x": [2.0, 0.0, 1.0, 2.5], "y": [0.0, 2.0, 1.0, 0.3]}))
    squares = [k for k, name in enumerate(prepared.feature_names) if name in ("x²", "y²", "x^2", "y^2")]
    assert len(squares) == 2, prepared.feature_names
    weights[0, squares] = -1.0
    scores = grid @ weights[0, :-1]
    origin = float(prepared.design.transform(pd.DataFrame({"x": [0.0], "y": [0.0]}))[0] @ weights[0, :-1])
    weights[0, -1] = -float(scores[0])  # so that (2, 0) is on the boundary
    moving = moving_boundary(
        prepared, weights, typical_values(frame, prepared), ("x", "y"), ((-3.0, 3.0), (-3.0, 3.0)), 0.5
    )
    assert not moving.straight
    radius = np.hypot(*points(moving.boundary[0]).T)
    # Between the points of the grid lines are straight: off by at most h^2 / (8 r) with h = 6/30.
    np.testing.assert_allclose(radius, 2.0, atol=0.2**2 / 8)
    assert area(moving.positive[0]) == pytest.approx(4 * np.pi, rel=0.01)
    assert origin + weights[0, -1] > 0


def test_other_columns_are_held_and_thresholds_without_a_boundary_draw_none() -> None:
    frame, prepared, model = churn()
    parameters = np.array([[*model.coefficients, model.intercept]])
    typical = typical_values(frame, prepared)
    moving = moving_boundary(prepared, parameters, typical, ("tenure", "charge"), ((0.0, 80.0), (10.0, 130.0)), 0.5)
    assert set(moving.held) == {"age", "contract"}
    rows = pd.DataFrame({**typical, "tenure": moving.boundary[0][0], "charge": moving.boundary[0][1]})
    np.testing.assert_allclose(model.scores(prepared.design.transform(rows)), 0.0, atol=1e-9)
    for threshold, whole in ((1.0, 0.0), (0.0, 80.0 * 120.0)):
        none = moving_boundary(
            prepared, parameters, typical, ("tenure", "charge"), ((0.0, 80.0), (10.0, 130.0)), threshold
        )
        assert len(none.boundary[0][0]) == 0
        assert abs(area(none.positive[0])) == pytest.approx(whole)


def test_weights_that_overflow_draw_what_they_can_without_a_warning() -> None:
    frame, prepared, _ = tutorial()
    huge = np.array([[1e308, -1e308, 1e308], [1e305, 1.0, 0.0]])
    moving = moving_boundary(prepared, huge, typical_values(frame, prepared), ("feature 1", "feature 2"), RANGES, 0.5)
    for path in (*moving.boundary, *moving.positive):
        assert np.isfinite(points(path)).all()


def test_one_column_is_a_curve_of_the_probability() -> None:
    frame, prepared, _ = tutorial()
    curve = moving_curve(prepared, WEIGHTS, typical_values(frame, prepared), "feature 1", (-3.0, 4.0))
    held = curve.held["feature 2"]
    for weights, probability in zip(WEIGHTS, curve.probability, strict=True):
        np.testing.assert_allclose(
            probability, sigmoid(curve.x * weights[0] + held * weights[1] + weights[2]), atol=1e-15
        )


def test_a_walk_with_powers_follows_its_own_scores() -> None:
    table = load_sample("tutorial")
    prepared = prepare(table.frame, Recipe("class", "1", ("feature 1", "feature 2"), degree=3), data_fingerprint="t")
    walk = Walk(prepared, TrainSettings(max_iter=50, learning_rate=0.05))
    walk.go_on()
    parameters = walk.parameters(np.array([1, 10, 50]))
    typical = typical_values(table.frame, prepared)
    moving = moving_boundary(prepared, parameters, typical, ("feature 1", "feature 2"), ((-3, 4), (-3.5, 4)), 0.5)
    for weights, path in zip(parameters, moving.boundary, strict=True):
        at = prepared.design.transform(pd.DataFrame(points(path), columns=["feature 1", "feature 2"]))
        z = at @ weights[:-1] + weights[-1]
        assert len(z) > 2
        # Lines between points of the grid: off by less than a hundredth of what the score spans in the picture.
        ends = pd.DataFrame({"feature 1": [-3.0, 4.0] * 2, "feature 2": [-3.5, -3.5, 4.0, 4.0]})
        corners = prepared.design.transform(ends)
        assert np.abs(z).max() < 0.01 * np.ptp(corners @ weights[:-1])
