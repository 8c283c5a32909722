"""The exact optimum beside a run, and how far the run is from it."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from published_tables import ENDOMETRIAL_NAMES, endometrial
from training_rows import Rows, logistic_rows

from logreg_core.training import LogLoss, Status, TrainSettings, train
from logreg_core.training.optimum import distance_to_optimum, exact_optimum
from logreg_core.training.penalty import Penalty


def test_the_tutorial_stops_before_it_is_finished(tutorial: Rows) -> None:
    model = train(tutorial, TrainSettings())
    optimum = exact_optimum(tutorial.X_train, tutorial.y_train, tutorial.feature_names)
    np.testing.assert_allclose(optimum.parameters, [-0.627, 3.618, 1.477], rtol=0, atol=0.5e-3)
    reached = np.append(model.coefficients, model.intercept)
    distance = distance_to_optimum(reached, model.final_cost, optimum)
    assert distance.cost_gap == pytest.approx(0.0029, abs=0.5e-4)
    assert not distance.finished
    design = np.column_stack([tutorial.X_train, np.ones(800)])
    theirs = sm.Logit(tutorial.y_train, design).fit(disp=False, tol=1e-14)
    np.testing.assert_allclose(distance.drift, (reached - theirs.params) / theirs.bse, rtol=1e-6)
    assert np.argmax(np.abs(distance.drift)) == 2
    assert distance.sentence == (
        "Not finished: the cost is 0.0029 above its lowest point, and the bias is 2 standard errors "
        "from its best value."
    )


def test_a_run_that_goes_all_the_way_is_finished(tutorial: Rows) -> None:
    model = train(tutorial, TrainSettings(learning_rate=2.8, max_iter=20_000))
    optimum = exact_optimum(tutorial.X_train, tutorial.y_train, tutorial.feature_names)
    distance = distance_to_optimum([*model.coefficients, model.intercept], model.final_cost, optimum)
    assert distance.finished
    assert distance.cost_gap < 1e-12
    assert distance.sentence == "Finished: no weight is more than 0.05 standard errors from its best value."


@pytest.mark.parametrize(("drift", "finished"), [(0.018, True), (0.049, True), (0.051, False)])
def test_a_twentieth_of_a_standard_error_is_near_enough(tutorial: Rows, drift: float, finished: bool) -> None:
    optimum = exact_optimum(tutorial.X_train, tutorial.y_train, tutorial.feature_names)
    away = optimum.parameters + np.array([0.0, -drift, 0.0]) * optimum.standard_errors
    distance = distance_to_optimum(away, optimum.cost + 3.4e-7, optimum)
    assert distance.finished is finished
    assert distance.sentence.startswith("Finished" if finished else "Not finished")


@pytest.mark.parametrize(("scale", "shift"), [(1.0, 0.0), (1e9, 0.0), (1e-9, 0.0), (1.0, 1e7)])
def test_standard_errors_are_those_of_statsmodels(scale: float, shift: float) -> None:
    X, y = logistic_rows(500, 3)
    theirs = sm.Logit(y, np.column_stack([X, np.ones(500)])).fit(disp=False, tol=1e-14)
    sizes = np.array([scale, 1.0, 1.0])
    optimum = exact_optimum(X * sizes + np.array([0.0, shift, 0.0]), y, ("a", "b", "c"))
    np.testing.assert_allclose(optimum.parameters[:-1] * sizes, theirs.params[:-1], rtol=1e-7)
    np.testing.assert_allclose(optimum.standard_errors[:-1] * sizes, theirs.bse[:-1], rtol=1e-7)
    if shift == 0:
        assert optimum.standard_errors[-1] == pytest.approx(theirs.bse[-1], rel=1e-8)


def test_weights_count_as_repetitions() -> None:
    X, y = logistic_rows(200, 2)
    weight = np.random.default_rng(0).integers(0, 4, 200).astype(float)
    rows = np.repeat(np.arange(200), weight.astype(int))
    weighted = exact_optimum(X, y, ("a", "b"), sample_weight=weight)
    repeated = exact_optimum(X[rows], y[rows], ("a", "b"))
    np.testing.assert_allclose(weighted.parameters, repeated.parameters, rtol=0, atol=1e-8)
    np.testing.assert_allclose(weighted.standard_errors, repeated.standard_errors, rtol=1e-8)


def test_penalties_are_part_of_the_objective() -> None:
    X, y = logistic_rows(300, 4)
    ridge = exact_optimum(X, y, tuple("abcd"), penalty=Penalty(0.1, 0.0))
    hessian = LogLoss(X, y, ridge=0.1).hessian(ridge.parameters) * 300
    np.testing.assert_allclose(ridge.covariance, np.linalg.inv(hessian), rtol=1e-9)
    lasso = exact_optimum(X, y, tuple("abcd"), penalty=Penalty(0.1, 1.0))
    zero = lasso.parameters[:-1] == 0
    assert 0 < zero.sum() < 4
    assert np.isnan(lasso.standard_errors[:-1]).tolist() == zero.tolist()
    assert distance_to_optimum(lasso.parameters, lasso.cost, lasso).finished


def test_separated_classes_have_no_optimum() -> None:
    X, y = endometrial()
    optimum = exact_optimum(X, y, ENDOMETRIAL_NAMES)
    assert optimum.status is Status.SEPARATED
    distance = distance_to_optimum(np.zeros(4), np.log(2), optimum)
    assert not distance.finished
    assert np.isnan(distance.cost_gap)
    assert distance.sentence.startswith("There is no lowest point. All 13 rows with “NV” above 0")


def test_repeated_columns_are_judged_by_what_they_say_together() -> None:
    X, y = logistic_rows(300, 2)
    X = np.ascontiguousarray(np.column_stack([X, X[:, 0]]))
    optimum = exact_optimum(X, y, ("a", "b", "again"))
    assert optimum.status is Status.RANK_DEFICIENT
    assert np.isnan(optimum.standard_errors).tolist() == [False, False, True, False]
    shared = optimum.parameters.copy()
    shared[[0, 2]] = shared[0] / 2
    assert distance_to_optimum(shared, LogLoss(X, y).value(shared), optimum).finished
    assert not distance_to_optimum(np.zeros(4), np.log(2), optimum).finished
