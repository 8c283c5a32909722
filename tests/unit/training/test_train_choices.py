"""What ``train`` does with solver, penalty and class weights; with small, repeated and very large columns."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from training_rows import Rows, logistic_rows

from logreg_core.errors import TrainingError
from logreg_core.training import (
    EXACT_SOLVERS,
    LogLoss,
    Penalty,
    Progress,
    Status,
    TrainSettings,
    gradient_descent,
    solve,
    train,
)


def rows_of(X: np.ndarray, y: np.ndarray, names: tuple[str, ...] = ("a", "b", "c", "d")) -> Rows:
    X = np.ascontiguousarray(X)
    return Rows(X, y, X[:60], y[:60], names[: X.shape[1]])


@pytest.fixture(scope="module")
def uneven() -> Rows:
    """About a fifth of the rows positive."""
    X, y = logistic_rows(400, 3)
    kept = (y == 0) | (np.arange(400) % 4 == 0)
    return rows_of(X[kept], y[kept])


@pytest.mark.parametrize("solver", ["auto", *EXACT_SOLVERS])
def test_the_solver_is_the_one_asked_for_and_is_named(uneven: Rows, solver: str) -> None:
    seen: list[Progress] = []
    model = train(uneven, TrainSettings(method="exact", solver=solver, alpha=0.01), watch=seen.append)
    direct = solve(uneven.X_train, uneven.y_train, uneven.feature_names, solver=solver, penalty=Penalty(0.01))
    assert (model.status, model.solver) == (Status.CONVERGED, direct.solver)
    assert model.solver in EXACT_SOLVERS
    np.testing.assert_array_equal([*model.coefficients, model.intercept], direct.run.parameters)
    assert model.test_epochs.tolist() == [progress.epoch for progress in seen] == list(range(model.n_iter + 1))
    np.testing.assert_array_equal([progress.test_cost for progress in seen], model.test_cost)
    assert [progress.cost for progress in seen] == [*model.history.cost, model.final_cost]


def test_a_descent_is_named_by_its_optimiser(uneven: Rows) -> None:
    settings = TrainSettings(max_iter=3, optimiser="adam", solver="newton")
    assert train(uneven, settings).solver == "adam"


def test_the_exact_method_can_be_stopped_and_has_a_time_budget(uneven: Rows) -> None:
    settings = TrainSettings(method="exact", solver="newton")
    stopped = train(uneven, settings, watch=lambda progress: progress.epoch == 2)
    assert (stopped.status, stopped.n_iter) == (Status.STOPPED, 2)
    assert train(uneven, settings, time_budget=0.0).status is Status.OUT_OF_TIME


def test_balanced_weights_are_scikit_learns_and_those_of_the_test_rows_too(uneven: Rows) -> None:
    from sklearn.utils.class_weight import compute_sample_weight

    settings = TrainSettings(method="exact", alpha=0.01, balanced=True)
    model = train(uneven, settings)
    weights = compute_sample_weight("balanced", uneven.y_train)
    parameters = np.append(model.coefficients, model.intercept)
    objective = LogLoss(uneven.X_train, uneven.y_train, sample_weight=weights, ridge=0.01)
    assert model.final_cost == pytest.approx(objective.value(parameters), rel=1e-14)  # rounding of sums
    assert np.abs(objective.value_and_gradient(parameters)[1]).max() <= 1e-8
    of_class = {label: weights[uneven.y_train == label][0] for label in (0.0, 1.0)}
    test_weights = np.array([of_class[label] for label in uneven.y_test])
    test = LogLoss(uneven.X_test, uneven.y_test, sample_weight=test_weights)  # without the penalty
    assert model.test_cost[-1] == pytest.approx(test.value(parameters), rel=1e-14)


@pytest.mark.parametrize("batch_size", [None, 50])
def test_descents_descend_the_penalised_weighted_objective(uneven: Rows, batch_size: int | None) -> None:
    exact = train(uneven, TrainSettings(method="exact", alpha=0.1, balanced=True))
    settings = TrainSettings(0.5 if batch_size is None else 0.01, 2000, alpha=0.1, balanced=True, batch_size=batch_size)
    descended = train(uneven, settings)
    # In batches, a constant rate leaves the last steps wandering: of the order of the rate.
    tolerance = 1e-6 if batch_size is None else 0.02
    np.testing.assert_allclose(descended.coefficients, exact.coefficients, rtol=0, atol=tolerance)


def test_every_setting_is_in_the_fingerprint(uneven: Rows) -> None:
    other: dict[str, Any] = {
        "learning_rate": 0.2, "max_iter": 7, "tol": 0.5, "optimiser": "momentum", "batch_size": 9, "momentum": 0.5,
        "seed": 1, "start": "random", "method": "exact", "solver": "newton", "alpha": 0.1, "l1_ratio": 0.5,
        "balanced": True, "firth": True,
    }  # fmt: skip
    assert set(other) == {field.name for field in fields(TrainSettings)}
    model = train(uneven, TrainSettings(max_iter=2))
    changed = [replace(model, settings=replace(model.settings, **{name: value})) for name, value in other.items()]
    assert len({each.fingerprint for each in [model, *changed]}) == len(other) + 1


def test_what_an_exact_fit_does_not_use_may_be_anything(uneven: Rows) -> None:
    typed = TrainSettings("fast", method="exact", batch_size="few", momentum=7, start=(1.0,))  # type: ignore[arg-type]
    model = train(uneven, typed)
    np.testing.assert_array_equal(model.coefficients, train(uneven, TrainSettings(method="exact")).coefficients)
    assert TrainSettings.from_dict(typed.to_dict()) == typed


@pytest.mark.parametrize(
    ("values", "echo"),
    [
        ({"method": "exact", "solver": "magic"}, "There is no solver 'magic'"),
        ({"method": "exact", "seed": -1}, "The seed is -1"),
        ({"method": "exact", "max_iter": 0}, "The number of epochs is 0"),
        ({"alpha": 2e6}, "2,000,000"),
        ({"alpha": float("inf")}, "inf"),
        ({"alpha": "much"}, "'much'"),
        ({"l1_ratio": -0.1}, "-0.1"),
        ({"balanced": "yes"}, "'yes'"),
    ],
)
def test_choices_that_cannot_be(values: dict[str, Any], echo: str) -> None:
    with pytest.raises(TrainingError, match=echo):
        TrainSettings(**values).validate()


@pytest.mark.parametrize("optimiser", ["gradient_descent", "adam", "line_search"])
@pytest.mark.parametrize("size", [1e-9, 1e-200])
def test_a_tiny_column_is_not_finished_at_the_start(optimiser: str, size: float) -> None:
    """Its gradient is below any tolerance from the first, while its weight has not moved."""
    X, y = logistic_rows(300, 1, size=2.0)
    rows = rows_of(X * size, y)
    model = train(rows, TrainSettings(optimiser=optimiser, max_iter=40, tol=1e-6))
    assert model.status is Status.EPOCH_LIMIT


def test_small_columns_are_judged_per_root_mean_square() -> None:
    """The run ends in the first epoch in which |g_j| <= tol min(1, rms(x_j)) for every column and the bias."""
    X, y = logistic_rows(300, 2)
    rows = rows_of(X * [0.25, 3.0], y)
    model = train(rows, TrainSettings(learning_rate=0.8, max_iter=5000, tol=1e-3))
    assert model.status is Status.CONVERGED
    objective = LogLoss(rows.X_train, y)
    limits = 1e-3 * np.append(np.minimum(1.0, np.sqrt(np.mean(rows.X_train**2, axis=0))), 1.0)
    states = gradient_descent(objective, np.zeros(3), 0.8)
    first = next(state for state in states if np.all(np.abs(state.gradient) <= limits))
    absolute = next(s for s in gradient_descent(objective, np.zeros(3), 0.8) if np.abs(s.gradient).max() <= 1e-3)
    assert model.n_iter == first.epoch > absolute.epoch
    np.testing.assert_array_equal([*model.coefficients, model.intercept], first.parameters)


def test_columns_of_zeros_and_of_ordinary_size_are_judged_as_before(uneven: Rows) -> None:
    """A column of zeros has a gradient of 0; it must neither divide by 0 nor keep the run from its end."""
    X = np.column_stack([2.0 * uneven.X_train, np.zeros(len(uneven.y_train))])
    settings = TrainSettings(learning_rate=0.3, max_iter=5000, tol=1e-6)
    with_zeros = train(rows_of(X, uneven.y_train), settings)
    alone = train(rows_of(X[:, :3], uneven.y_train), settings)
    assert with_zeros.status is alone.status is Status.CONVERGED
    assert with_zeros.n_iter == alone.n_iter
    assert "“d” has the same value in every row." in with_zeros.reason


def test_a_descent_names_columns_that_repeat_others(uneven: Rows) -> None:
    X, y = uneven.X_train, uneven.y_train
    repeated = rows_of(np.column_stack([X, X[:, 0]]), y)
    said = "“d” repeats “a”: they share one weight between them."
    finished = train(repeated, TrainSettings(learning_rate=1.0, max_iter=5000, tol=1e-6))
    assert (finished.status, finished.reason) == (Status.CONVERGED, said)
    assert finished.coefficients[0] == pytest.approx(finished.coefficients[3], abs=1e-12)
    assert train(repeated, TrainSettings(max_iter=5)).status is Status.EPOCH_LIMIT
    assert train(repeated, TrainSettings(max_iter=5, alpha=0.1)).reason == said
    combined = rows_of(np.column_stack([X, X[:, 0] - 2 * X[:, 1]]), y)
    assert train(combined, TrainSettings(max_iter=5)).reason.startswith("“d” is “a” − 2 × “b”. Other weights")
    assert train(combined, TrainSettings(max_iter=5, alpha=0.1)).reason == ""  # the penalty chooses
    assert "share" not in train(repeated, TrainSettings(learning_rate=1e5)).reason


def test_an_exact_fit_names_columns_that_it_left_out_also_when_separated(uneven: Rows) -> None:
    X = np.column_stack([uneven.X_train, uneven.X_train[:, 0]])
    left_out = train(rows_of(X, uneven.y_train), TrainSettings(method="exact"))
    assert left_out.status is Status.RANK_DEFICIENT
    assert left_out.reason.startswith("“d” is the same as “a”. It is left out")
    separated = train(rows_of(X, (X[:, 1] > 0).astype(float)), TrainSettings(method="exact"))
    assert separated.status is Status.SEPARATED
    assert "“b”" in separated.reason
    assert "“d” is the same as “a”. It is left out" in separated.reason


def test_with_a_penalty_separated_classes_have_an_end(uneven: Rows) -> None:
    rows = rows_of(uneven.X_train, (uneven.X_train[:, 1] > 0).astype(float))
    for settings in (TrainSettings(method="exact", alpha=0.1), TrainSettings(1.0, 5000, alpha=0.1)):
        model = train(rows, settings)
        assert (model.status, model.reason) == (Status.CONVERGED, "")


def test_a_cost_that_rose_only_early_is_not_said_to_jump() -> None:
    """From a far start the first step overshoots, then the cost falls in every epoch: more epochs do help."""
    X, y = logistic_rows(200, 2, seed=1, size=3.0)
    rate = 3 * LogLoss(X, y).safe_learning_rate()
    model = train(rows_of(X, y), TrainSettings(rate, 60, start=(0.0, 0.0, 3.0)))
    rises = np.flatnonzero(np.diff([*model.history.cost, model.final_cost]) > 0)
    assert rises.tolist() == [0]
    assert model.status is Status.EPOCH_LIMIT
    assert model.reason.startswith("The cost went up in 1 of 60 epochs.")


def test_an_exact_fit_that_can_go_no_further_says_so(uneven: Rows) -> None:
    rows = rows_of(uneven.X_train * [1.0, 1.0, 1e200], uneven.y_train)
    with np.errstate(all="ignore"):
        model = train(rows, TrainSettings(method="exact"))
    assert model.status is Status.STALLED
    assert model.n_iter < 1000
    assert "more steps will not help" in model.status
