"""The tutorial, number for number, by three routes: a plain loop written here, ``train``, and the estimator."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from training_rows import Rows

from logreg_core.training import (
    FittedModel,
    LogisticRegression,
    LogLoss,
    Status,
    TrainSettings,
    gradient_descent,
    train,
)

# The figures of the tutorial's fit as it prints them, six decimals; and of the optimum that it does not reach.
PRINTED_COST = {0: 0.693147, 100: 0.284573, 999: 0.235293}
PRINTED_WEIGHTS, PRINTED_BIAS = (-0.253187, 3.229442), 0.631114
HALF_A_DIGIT = 0.5e-6
# The optimum's cost to five decimals; the sixth is a 2, here and in statsmodels.
OPTIMUM_WEIGHTS, OPTIMUM_BIAS, OPTIMUM_COST = (-0.627, 3.618), 1.477, 0.23239

# Both routes do the same sums in another order: 1,000 epochs of rounding at 1e-16 leave far less than this.
SAME = 1e-12


@pytest.fixture(scope="module")
def textbook(tutorial: Rows) -> tuple[NDArray[np.float64], float, NDArray[np.float64]]:
    """The tutorial's own loop: weights, bias, cost before each update."""
    X, y = tutorial.X_train, tutorial.y_train
    weights, bias, costs = np.zeros(2), 0.0, []
    for _ in range(1000):
        p = 1 / (1 + np.exp(-(X @ weights + bias)))
        costs.append(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
        weights, bias = weights - 0.1 * X.T @ (p - y) / len(y), bias - 0.1 * np.mean(p - y)
    return weights, bias, np.array(costs)


@pytest.fixture(scope="module")
def model(tutorial: Rows) -> FittedModel:
    return train(tutorial, TrainSettings())


def test_train_takes_the_textbook_path(model: FittedModel, textbook: tuple) -> None:
    weights, bias, costs = textbook
    np.testing.assert_allclose(model.history.cost, costs, rtol=0, atol=SAME)
    np.testing.assert_allclose(model.coefficients, weights, rtol=0, atol=SAME)
    assert model.intercept == pytest.approx(bias, abs=SAME)


def test_the_estimator_is_the_same_fit(tutorial: Rows, model: FittedModel) -> None:
    estimator = LogisticRegression(solver="gradient_descent", learning_rate=0.1, max_iter=1000)
    estimator.fit(tutorial.X_train, tutorial.y_train)
    np.testing.assert_array_equal(estimator.coef_[0], model.coefficients)
    np.testing.assert_array_equal(estimator.intercept_, [model.intercept])
    np.testing.assert_array_equal(estimator.history_.cost, model.history.cost)
    assert estimator.status_ is model.status is Status.EPOCH_LIMIT


def test_printed_figures(tutorial: Rows, model: FittedModel) -> None:
    for epoch, cost in PRINTED_COST.items():
        assert model.history.cost[epoch] == pytest.approx(cost, abs=HALF_A_DIGIT)
    np.testing.assert_allclose(model.coefficients, PRINTED_WEIGHTS, rtol=0, atol=HALF_A_DIGIT)
    assert model.intercept == pytest.approx(PRINTED_BIAS, abs=HALF_A_DIGIT)
    right = (model.probabilities(tutorial.X_test) >= 0.5) == (tutorial.y_test == 1)
    assert (right.sum(), len(right)) == (180, 200)


def test_guaranteed_safe_rate(tutorial: Rows) -> None:
    assert LogLoss(tutorial.X_train, tutorial.y_train).safe_learning_rate() == pytest.approx(2.89, abs=0.005)


@pytest.fixture(scope="module")
def finished(tutorial: Rows) -> FittedModel:
    return train(tutorial, TrainSettings(learning_rate=2.8, max_iter=20_000, tol=1e-9))


def test_optimum(finished: FittedModel) -> None:
    assert finished.status is Status.CONVERGED
    np.testing.assert_allclose(finished.coefficients, OPTIMUM_WEIGHTS, rtol=0, atol=0.5e-3)
    assert finished.intercept == pytest.approx(OPTIMUM_BIAS, abs=0.5e-3)
    assert finished.final_cost == pytest.approx(OPTIMUM_COST, abs=0.5e-5)
    # Feature 1's odds ratio, finished and not.
    assert np.exp(finished.coefficients[0]) == pytest.approx(0.53, abs=0.005)
    assert np.exp(PRINTED_WEIGHTS[0]) == pytest.approx(0.78, abs=0.005)


def test_optimum_is_that_of_statsmodels(tutorial: Rows, finished: FittedModel) -> None:
    import statsmodels.api as sm

    design = np.column_stack([tutorial.X_train, np.ones(len(tutorial.X_train))])
    theirs = sm.Logit(tutorial.y_train, design).fit(disp=False, tol=1e-14)
    # A gradient of 1e-9 over the smallest curvature of this cost, about 0.01, leaves 1e-7.
    np.testing.assert_allclose(np.append(finished.coefficients, finished.intercept), theirs.params, rtol=0, atol=1e-6)
    assert finished.final_cost == pytest.approx(-theirs.llf / len(design), abs=1e-12)


@pytest.mark.parametrize(("learning_rate", "epochs"), [(0.1, 8530), (1.0, 851)])
def test_epochs_to_come_within_a_millionth(
    tutorial: Rows, finished: FittedModel, learning_rate: float, epochs: int
) -> None:
    states = gradient_descent(LogLoss(tutorial.X_train, tutorial.y_train), np.zeros(3), learning_rate)
    near = next(state.epoch for state in states if state.cost - finished.final_cost <= 1e-6)
    assert near == epochs


@pytest.mark.parametrize("learning_rate", [0.01, 1.0, 2.8])
def test_below_the_safe_rate_the_cost_only_falls(tutorial: Rows, learning_rate: float) -> None:
    model = train(tutorial, TrainSettings(learning_rate=learning_rate, max_iter=300))
    assert np.all(np.diff(model.history.cost) < 0)
