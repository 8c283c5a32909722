"""Exact solvers: all of them at the same optimum, on kind and on hostile tables."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from numpy.typing import NDArray
from training_rows import Rows, logistic_rows

from logreg_core.errors import TrainingError
from logreg_core.training import LogLoss, Status, sigmoid
from logreg_core.training.exact_solvers import EXACT_SOLVERS, choose_solver, objective_of, solver_states
from logreg_core.training.newton import newton
from logreg_core.training.penalty import Penalty
from logreg_core.training.run import Run
from logreg_core.training.solution import Solution, solve

Array = NDArray[np.float64]

SOLVERS = [*EXACT_SOLVERS, "auto"]


def fitted(X: Array, y: Array, solver: str = "auto", penalty: Penalty | None = None, **settings: object) -> Solution:
    names = [f"x{j + 1}" for j in range(X.shape[1])]
    return solve(X, y, names, solver=solver, penalty=penalty, **settings)  # type: ignore[arg-type]


def statsmodels_parameters(X: Array, y: Array, weights: Array | None = None) -> Array:
    import statsmodels.api as sm

    model = sm.GLM(y, np.column_stack([X, np.ones(len(y))]), family=sm.families.Binomial(), freq_weights=weights)
    return np.asarray(model.fit(tol=1e-14, maxiter=200).params)


def known_optimum(n: int, p: int, seed: int = 0) -> tuple[Array, Array, Array, Array]:
    """Rows, classes and weights whose exact optimum is known.

    Each row is there once with each class, weighted by the probability of that class under the parameters: the gradient
    there is a sum of zeros.
    """
    rng = np.random.default_rng(seed)
    X, parameters = rng.normal(size=(n, p)), rng.normal(size=p + 1)
    share = sigmoid(X @ parameters[:-1] + parameters[-1])
    return np.vstack([X, X]), np.repeat([1.0, 0.0], n), np.concatenate([share, 1 - share]), parameters


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize(("n", "p"), [(300, 2), (4000, 5)])
def test_the_optimum_is_the_one_it_was_built_for(solver: str, n: int, p: int) -> None:
    X, y, weights, parameters = known_optimum(n, p)
    ended = fitted(X, y, solver, sample_weight=weights, tol=1e-11).run
    assert ended.status is Status.CONVERGED
    np.testing.assert_allclose(ended.parameters, parameters, rtol=0, atol=1e-9)


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("case", ["plain", "sorted", "periodic", "duplicated", "rare", "weighted"])
def test_the_optimum_is_that_of_statsmodels(solver: str, case: str) -> None:
    n = 20_000 if case in ("sorted", "periodic", "rare") else 7_000
    X, y = logistic_rows(n, 4, size=0.7)
    weights = None
    if case == "sorted":
        order = np.argsort(X[:, 0])
        X, y = X[order], y[order]
    if case == "periodic":
        X[:, 1] = np.arange(n) % 16
        y = (np.random.default_rng(5).random(n) < sigmoid(X[:, 0] + (X[:, 1] - 8) / 4)).astype(float)
    if case == "duplicated":
        X, y = np.repeat(X[:700], 10, axis=0), np.repeat(y[:700], 10)
    if case == "rare":
        y = (np.random.default_rng(6).random(n) < sigmoid(X[:, 0] - 6)).astype(float)  # some 80 events
    if case == "weighted":
        weights = np.random.default_rng(7).integers(0, 4, size=n).astype(float)
    ended = fitted(X, y, solver, sample_weight=weights, tol=1e-12).run
    assert ended.status is Status.CONVERGED
    np.testing.assert_allclose(ended.parameters, statsmodels_parameters(X, y, weights), rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("solver", ["auto", "subsampled_newton", "lbfgs"])
def test_half_a_per_mille_of_events(solver: str) -> None:
    """0.05 % events, of which an ordinary sample of rows would see next to none."""
    rng = np.random.default_rng(8)
    X = rng.normal(size=(100_000, 3))
    y = (rng.random(100_000) < sigmoid(X[:, 0] - 8.2)).astype(float)
    assert 30 < y.sum() < 80
    ended = fitted(X, y, solver, tol=1e-12).run
    assert ended.status is Status.CONVERGED
    np.testing.assert_allclose(ended.parameters, statsmodels_parameters(X, y), rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("solver", SOLVERS)
def test_sizes_and_places_of_columns_cost_no_digits(solver: str) -> None:
    """1e9 beside 1e-9 beside a mean of 1e7: the same fit as of the columns they were made from."""
    X, y = logistic_rows(2000, 3)
    X = np.round(X, 6)  # so that adding 1e7 is exact up to rounding in the 9th digit
    far = X * [1e9, 1e-9, 1.0] + [0.0, 0.0, 1e7]
    ended = fitted(far, y, solver).run
    expected = fitted(np.column_stack([X[:, :2], far[:, 2] - 1e7]), y, tol=1e-13).run.parameters
    assert ended.status is Status.CONVERGED
    np.testing.assert_allclose(ended.parameters[:-1], expected[:-1] / [1e9, 1e-9, 1.0], rtol=1e-8)
    assert ended.parameters[-1] == pytest.approx(expected[-1] - 1e7 * expected[2], rel=1e-8)


@pytest.mark.parametrize("solver", SOLVERS)
def test_ridge_is_that_of_scikit_learn(solver: str) -> None:
    """glmnet's convention: C = 1 / (n alpha)."""
    from sklearn.linear_model import LogisticRegression as Peer

    X, y = logistic_rows(400, 30)
    alpha = 0.02
    ended = fitted(X, y, solver, Penalty(alpha), tol=1e-12).run
    peer = Peer(C=1 / (len(y) * alpha), solver="newton-cholesky", tol=1e-13, max_iter=100).fit(X, y)
    np.testing.assert_allclose(ended.parameters, np.append(peer.coef_, peer.intercept_), rtol=0, atol=1e-9)


@pytest.mark.parametrize("solver", ["newton_cg", "lbfgs", "auto"])
def test_more_columns_than_rows(solver: str) -> None:
    X, y = logistic_rows(150, 1500, size=0.1)
    ended = fitted(X, y, solver, Penalty(0.01), tol=1e-11).run
    gradient = X.T @ (sigmoid(X @ ended.parameters[:-1] + ended.parameters[-1]) - y) / 150
    assert ended.status is Status.CONVERGED
    np.testing.assert_allclose(gradient, -0.01 * ended.parameters[:-1], rtol=0, atol=1e-10)


@pytest.mark.parametrize("solver", SOLVERS)
def test_converged_is_certified_at_the_parameters_reported(solver: str) -> None:
    X, y = logistic_rows(9_000, 3)
    ended = fitted(X, y, solver).run
    assert ended.status is Status.CONVERGED
    assert np.abs(LogLoss(X, y).value_and_gradient(ended.parameters)[1]).max() <= 1e-8


@pytest.mark.parametrize("solver", EXACT_SOLVERS)
def test_states_can_be_kept_and_gone_back_to(solver: str) -> None:
    X, y = logistic_rows(8_000, 3, size=2.0)
    objective = objective_of(X, y)
    states = list(islice(solver_states(solver, objective, Penalty()), 4))
    assert [state.epoch for state in states] == list(range(len(states)))
    assert all(not state.parameters.flags.writeable for state in states)
    costs = [state.cost for state in states]
    assert costs == sorted(costs, reverse=True)
    again = next(iter(solver_states(solver, objective, Penalty(), states[1].parameters)))
    np.testing.assert_allclose(again.parameters, states[1].parameters, rtol=1e-14)
    assert again.cost == pytest.approx(states[1].cost, rel=1e-14)


@pytest.mark.parametrize("solver", EXACT_SOLVERS)
def test_equal_seeds_give_equal_bits(solver: str) -> None:
    X, y = logistic_rows(8_000, 3)
    first, second = (fitted(X, y, solver, seed=4).run for _ in range(2))
    np.testing.assert_array_equal(first.parameters, second.parameters)


@pytest.mark.parametrize("solver", EXACT_SOLVERS)
@pytest.mark.parametrize("size", [0.0, 5.0, 40.0])
def test_any_start_leads_to_the_optimum(solver: str, size: float) -> None:
    """From 40 away an undamped Newton step overshoots without end."""
    X, y = logistic_rows(500, 3)
    start = size * np.random.default_rng(2).normal(size=4)
    ended = fitted(X, y, solver, start=start, tol=1e-10).run
    assert ended.status is Status.CONVERGED
    np.testing.assert_allclose(ended.parameters, fitted(X, y, "newton", tol=1e-12).run.parameters, atol=1e-8)


@pytest.mark.parametrize("solver", EXACT_SOLVERS)
def test_an_impossible_tolerance_ends_at_the_limit_of_rounding(solver: str) -> None:
    X, y = logistic_rows(500, 3)
    ended = fitted(X, y, solver, tol=0.0, max_iter=300).run
    np.testing.assert_allclose(ended.parameters, fitted(X, y, "newton", tol=1e-12).run.parameters, atol=1e-8)


@pytest.mark.parametrize("solver", EXACT_SOLVERS)
def test_separated_classes_are_named_and_not_converged(solver: str) -> None:
    X, y = logistic_rows(400, 3)
    complete = fitted(X, (X[:, 1] > 0.1).astype(float), solver)
    assert complete.run.status is Status.SEPARATED
    assert "x2" in complete.reason
    rare = np.column_stack([X, np.arange(400) % 40 == 0]).astype(float)
    quasi = fitted(rare, np.where(rare[:, 3] == 1, 1.0, y), solver)
    assert quasi.run.status is Status.SEPARATED
    assert "x4" in quasi.reason
    assert np.isfinite(quasi.run.parameters).all()


@pytest.mark.parametrize("solver", ["auto", "subsampled_newton"])
def test_a_level_that_no_sample_meets_is_still_found(solver: str) -> None:
    """5 of 100,000 rows have it: the sample's Hessian knows nothing of this column."""
    X, y = logistic_rows(100_000, 3)
    X[:, 0] = 0.0
    X[[11, 30_000, 51_234, 77_777, 99_998], 0] = 1.0
    X[500:505, 0] = 1.0
    y[500:505], y[[11, 30_000]] = 0.0, 1.0
    ended = fitted(X, y, solver, tol=1e-10).run
    assert ended.status is Status.CONVERGED
    assert ended.n_iter < 25
    np.testing.assert_allclose(ended.parameters, fitted(X, y, "newton", tol=1e-13).run.parameters, rtol=1e-4)


@pytest.mark.parametrize("solver", EXACT_SOLVERS)
def test_aliased_columns_are_left_out(solver: str) -> None:
    X, y = logistic_rows(400, 3)
    more = np.column_stack([X, np.full(400, 7.0), X[:, 0], X[:, 1] - X[:, 2]])
    solution = fitted(more, y, solver, tol=1e-11)
    assert solution.run.status is Status.RANK_DEFICIENT
    assert all(name in solution.reason for name in ("x4", "x5", "x6"))
    alone = fitted(X, y, solver, tol=1e-11).run.parameters
    np.testing.assert_allclose(solution.run.parameters, np.insert(alone, 3, [0.0, 0.0, 0.0]), atol=1e-9)
    assert solution.run.history.snapshots.shape[1] == 7


def test_a_penalty_needs_no_verdict() -> None:
    X, _ = logistic_rows(100, 2)
    X = np.column_stack([X, X[:, 0]])
    solution = fitted(X, (X[:, 1] > 0).astype(float), penalty=Penalty(0.1))
    assert solution.run.status is Status.CONVERGED
    assert solution.run.parameters[0] == pytest.approx(solution.run.parameters[2], abs=1e-7)


@pytest.mark.parametrize("solver", EXACT_SOLVERS)
def test_columns_too_large_to_be_squared_do_not_raise(solver: str, tutorial: Rows) -> None:
    X = tutorial.X_train * [1.0, 1e200]
    with np.errstate(all="ignore"):
        ended = fitted(X, tutorial.y_train, solver, max_iter=20).run
    assert isinstance(ended, Run)
    assert np.isfinite(ended.parameters).all()


def test_watching_and_stopping(tutorial: Rows) -> None:
    seen: list[int] = []

    def watch(state: object) -> bool:
        seen.append(state.epoch)  # type: ignore[attr-defined]
        return len(seen) == 2

    ended = fitted(tutorial.X_train, tutorial.y_train, watch=watch).run
    assert (ended.status, ended.n_iter, seen) == (Status.STOPPED, 1, [0, 1])


def test_the_tutorials_optimum(tutorial: Rows) -> None:
    ended = fitted(tutorial.X_train, tutorial.y_train).run
    np.testing.assert_allclose(ended.parameters, [-0.627, 3.618, 1.477], atol=5e-4)


@pytest.mark.parametrize(
    ("n", "p", "penalty", "name"),
    [
        (1000, 2, Penalty(), "newton"),
        (1_000_000, 20, Penalty(), "subsampled_newton"),
        (200_000, 100, Penalty(0.1), "subsampled_newton"),
        (2000, 2000, Penalty(0.01), "newton_cg"),
        (1000, 2, Penalty(0.1, 0.5), "prox_newton"),
        (1000, 2, Penalty(0.0, 1.0), "newton"),
    ],
)
def test_auto_goes_by_shape_and_penalty(n: int, p: int, penalty: Penalty, name: str) -> None:
    assert choose_solver(n, p, penalty) == name


@pytest.mark.parametrize("solver", ["newton", "lbfgs", "newton_cg", "subsampled_newton"])
def test_a_solver_that_cannot_do_absolute_values_says_so(solver: str, tutorial: Rows) -> None:
    with pytest.raises(TrainingError, match="Choose the solver 'prox_newton' or 'auto'"):
        fitted(tutorial.X_train, tutorial.y_train, solver, Penalty(0.1, 1.0))


def test_an_unknown_solver_is_refused(tutorial: Rows) -> None:
    with pytest.raises(TrainingError, match="There is no solver 'magic'"):
        fitted(tutorial.X_train, tutorial.y_train, "magic")


def test_newton_ends_at_the_limit_of_rounding() -> None:
    rng = np.random.default_rng(0)
    first = 100 * rng.normal(size=(800, 1))
    X = np.hstack([first, first + 1e-5 * rng.normal(size=(800, 1))])
    y = (rng.random(800) < 1 / (1 + np.exp(-first[:, 0] / 100))).astype(float)
    objective = LogLoss(X, y)
    # Without an end of its own it would go on for as long as it is asked.
    states = [state for _, state in zip(range(200), newton(objective), strict=False)]
    assert len(states) < 200
    assert states[-1].cost <= min(state.cost for state in states) * (1 + 1e-12)


@pytest.mark.parametrize(("correlation", "offset"), [(0.0, 0.0), (0.95, 0.0), (0.0, -5.0)])
def test_coefficients_of_a_table_of_some_size_keep_their_digits(correlation: float, offset: float) -> None:
    """A gradient within 1e-8 alone would leave errors of 2e-7 in the correlated one, and of 2e-7 with rare events.

    Newton's method, which ends where rounding does, is the reference. 1e-8 is what is promised of coefficients.
    """
    rng = np.random.default_rng(0)
    X = rng.normal(size=(10_000, 20)) * np.sqrt(1 - correlation) + np.sqrt(correlation) * rng.normal(size=(10_000, 1))
    y = rng.random(10_000) < 1 / (1 + np.exp(-(X @ rng.normal(size=20)) / np.sqrt(20) - offset))
    names = [f"x{j}" for j in range(20)]
    quick, exact = solve(X, y, names), solve(X, y, names, solver="newton")
    assert quick.solver == "subsampled_newton"
    assert quick.run.status is Status.CONVERGED
    np.testing.assert_allclose(quick.run.parameters, exact.run.parameters, rtol=0, atol=1e-8)
