"""What is said of a trained model: the distance to its optimum, nearly repeated columns, how it was trained."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from statsmodels.stats.outliers_influence import variance_inflation_factor
from training_rows import Rows, logistic_rows

from logreg_core.errors import TrainingError
from logreg_core.training import (
    Status,
    TrainSettings,
    distance_left,
    fit_firth,
    in_words,
    nearly_collinear,
    train,
    variance_inflation,
    verdict,
)
from logreg_core.training import firth as firth_module


def test_the_tutorials_fit_is_that_far_from_its_end(tutorial: Rows) -> None:
    model = train(tutorial, TrainSettings())
    distance = distance_left(model, tutorial)
    assert distance is not None
    peer = sm.Logit(tutorial.y_train, sm.add_constant(tutorial.X_train)).fit(disp=0, tol=1e-14)
    drift = (np.array([model.intercept, *model.coefficients]) - peer.params) / peer.bse
    np.testing.assert_allclose(distance.drift, [*drift[1:], drift[0]], rtol=1e-6)
    np.testing.assert_allclose(distance.cost_gap, model.final_cost + peer.llf / 800, rtol=1e-6)
    said = verdict(model, distance)
    assert (said.kind, said.can_be_finished) == ("open", True)
    assert said.details == (
        "The cost is 0.0029 above its lowest point, and the bias is 2 standard errors from its best value."
    )


def test_within_a_hundredth_of_a_standard_error_a_run_is_as_good_as_finished(tutorial: Rows) -> None:
    model = train(tutorial, TrainSettings(learning_rate=1.0, max_iter=2000))
    assert model.status is Status.EPOCH_LIMIT
    said = verdict(model, distance_left(model, tutorial))
    assert said.kind == "finished"
    assert said.headline.startswith("As good as finished: all epochs are used")


def test_small_batches_hover_and_are_not_told_to_go_on(tutorial: Rows) -> None:
    model = train(tutorial, TrainSettings(batch_size=16, max_iter=300))
    assert model.status is Status.HOVERING
    said = verdict(model, distance_left(model, tutorial))
    assert "Allow more epochs" not in said.headline
    assert "above its lowest point" in said.details
    assert said.details.endswith("A smaller learning rate, or all rows at a time, comes closer.")
    falling = train(tutorial, TrainSettings(batch_size=400, max_iter=20, learning_rate=0.01))
    assert falling.status is Status.EPOCH_LIMIT


def test_the_distance_is_that_of_the_objective_that_was_descended(tutorial: Rows) -> None:
    settings = TrainSettings(max_iter=100, alpha=0.05, balanced=True)
    model = train(tutorial, settings)
    exact = train(tutorial, replace(settings, method="exact", max_iter=1000))
    distance = distance_left(model, tutorial)
    assert distance is not None
    np.testing.assert_allclose(distance.cost_gap, model.final_cost - exact.final_cost, rtol=1e-9)


def test_no_distance_where_it_would_take_long_or_is_not_asked(tutorial: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("logreg_core.training.verdicts.exact_optimum", lambda *_, **__: 1 / 0)
    assert distance_left(train(tutorial, TrainSettings(method="exact")), tutorial) is None
    model = train(tutorial, TrainSettings(max_iter=5))
    monkeypatch.setattr("logreg_core.training.verdicts.MOST_WORK", 3199)  # 800 rows of 2 columns are 3200
    assert distance_left(model, tutorial) is None


def test_a_stopped_run_on_separated_classes_has_no_lowest_point_to_go_to() -> None:
    x = np.arange(20.0)[:, None]
    rows = Rows(x / 20, (x[:, 0] >= 10).astype(float), x[:2], np.array([0.0, 1.0]), ("dose",), units=((0.0, 20.0),))
    model = train(rows, TrainSettings(), watch=lambda progress: progress.epoch == 3)
    said = verdict(model, distance_left(model, rows))
    assert said.details.startswith("There is no lowest point to go to. All 10 rows with “dose” above")
    assert "have “class = 1”" in said.details


def test_every_status_has_a_verdict(tutorial: Rows) -> None:
    model = train(tutorial, TrainSettings(max_iter=2))
    kinds = {status: verdict(replace(model, status=status)).kind for status in Status}
    assert kinds == {
        Status.CONVERGED: "finished",
        Status.EPOCH_LIMIT: "open",
        Status.HOVERING: "open",
        Status.STALLED: "open",
        Status.STOPPED: "open",
        Status.PAUSED: "open",
        Status.OUT_OF_TIME: "open",
        Status.JUMPING: "warning",
        Status.SEPARATED: "warning",
        Status.RANK_DEFICIENT: "warning",
        Status.DIVERGED: "error",
    }


def test_variance_inflation_is_statsmodels() -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(300, 4)) * [1.0, 1e6, 1e-6, 3.0] + [0.0, 1e7, 5.0, -2.0]
    X[:, 3] = X[:, 0] + 0.1 * rng.normal(size=300)
    with_constant = np.column_stack([np.ones(300), (X - X.mean(axis=0)) / X.std(axis=0)])
    expected = [variance_inflation_factor(with_constant, j) for j in range(1, 5)]
    # The inverse of correlations loses as many digits as the largest inflation has: here about two of sixteen.
    np.testing.assert_allclose(variance_inflation(np.ascontiguousarray(X)), expected, rtol=1e-10)


def test_nearly_repeated_columns_are_named_and_only_they() -> None:
    rng = np.random.default_rng(1)
    X = rng.normal(size=(500, 4))
    names = ["height", "shoes", "other", "copy"]
    assert nearly_collinear(X, names) is None
    X[:, 1] = X[:, 0] + 0.05 * rng.normal(size=500)
    found = nearly_collinear(X, names)
    assert found is not None
    assert set(found.columns) == {0, 1}
    assert found.sentence.startswith(("“height” and “shoes” say nearly", "“shoes” and “height” say nearly"))
    X[:, 3] = 2 * X[:, 2] + 1  # an exact combination is somebody else's business
    again = nearly_collinear(X, names)
    assert again is not None
    assert set(again.columns) == {0, 1}
    assert nearly_collinear(X[:7], names) is None  # fewer than two rows a column


def test_firth_goes_through_the_same_door(tutorial: Rows) -> None:
    rows = replace(tutorial, X_train=tutorial.X_train[:60], y_train=tutorial.y_train[:60])
    settings = TrainSettings(method="exact", firth=True, tol=1e-10)
    seen: list[float] = []
    model = train(rows, settings, watch=lambda progress: seen.append(progress.train_loss))
    expected = fit_firth(rows.X_train, rows.y_train)
    np.testing.assert_allclose([*model.coefficients, model.intercept], expected.parameters, rtol=0, atol=1e-7)
    assert (model.status, model.solver) == (Status.CONVERGED, "firth")
    np.testing.assert_allclose(model.train_loss[-1], -expected.log_likelihood / 60, rtol=1e-9)
    assert seen[-1] == model.train_loss[-1]
    assert in_words(model.settings, model.solver, 7) == (
        "Solved exactly by Newton's method with Firth's correction in 7 steps."
    )


def test_firth_can_be_stopped_and_is_refused_where_it_would_take_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    X, y = logistic_rows(200, 3)
    rows = Rows(X, y, X, y, ("a", "b", "c"))
    settings = TrainSettings(method="exact", firth=True)
    stopped = train(rows, settings, watch=lambda progress: progress.epoch == 1)
    assert (stopped.status, stopped.n_iter) == (Status.STOPPED, 1)
    assert train(rows, settings, time_budget=0.0).status is Status.OUT_OF_TIME
    monkeypatch.setattr(firth_module, "MOST_WORK", 3199)  # 200 rows of 4 squared
    with pytest.raises(TrainingError, match="3 columns and 200 rows would take minutes"):
        train(rows, settings)


@pytest.mark.parametrize("choices", [{"alpha": 0.1}, {"alpha": 0.1, "l1_ratio": 0.5, "method": "exact"}])
def test_training_and_test_losses_are_both_without_the_penalty(tutorial: Rows, choices: dict[str, Any]) -> None:
    same = replace(tutorial, X_test=tutorial.X_train, y_test=tutorial.y_train)
    model = train(same, TrainSettings(balanced=True, max_iter=30, **choices))
    np.testing.assert_array_equal(model.loss_epochs, model.test_epochs)
    # The same rows: the same losses, up to the rounding of taking the penalty off a cost of about 0.5.
    np.testing.assert_allclose(model.train_loss, model.test_cost, rtol=0, atol=1e-14)
    assert model.final_cost > model.train_loss[-1] + 1e-3


@pytest.mark.parametrize(
    ("settings", "solver", "said"),
    [
        (
            TrainSettings(),
            "gradient_descent",
            "Trained by gradient descent, learning rate 0.1, 1 of 1,000 epochs, from weights of 0; "
            "no weights held back.",
        ),
        (
            TrainSettings(
                0.5, 1, optimiser="nesterov", batch_size=32, start="random", seed=7, alpha=0.01, balanced=True
            ),
            "nesterov",
            "Trained by gradient descent with Nesterov momentum on 32 rows at a time, learning rate 0.5, momentum 0.9, "
            "1 of 1 epoch, from random weights, seed 7; weights held back (ridge, alpha = 0.01); both classes count "
            "alike.",
        ),
        (
            TrainSettings(method="exact", alpha=1.0, l1_ratio=0.5),
            "prox_newton",
            "Solved exactly by Newton's method for lasso in 1 step; weights held back (50 % lasso, alpha = 1).",
        ),
    ],
)
def test_how_a_model_was_trained_in_a_line(settings: TrainSettings, solver: str, said: str) -> None:
    assert in_words(settings, solver, 1) == said
