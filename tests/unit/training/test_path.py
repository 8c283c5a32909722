"""Lasso, elastic net and their path: certified by the conditions of the optimum, and against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from training_rows import logistic_rows

from logreg_core.training import Status, sigmoid
from logreg_core.training.lasso_quadratic import minimise, sweep
from logreg_core.training.path import regularisation_path
from logreg_core.training.penalty import Penalty, smallest_subgradient, soft_threshold
from logreg_core.training.solution import solve

Array = NDArray[np.float64]


def broken_conditions(X: Array, y: Array, parameters: Array, penalty: Penalty) -> float:
    """How far the conditions of the optimum (KKT) are from holding, from the definition."""
    w = parameters[:-1]
    residual = sigmoid(X @ w + parameters[-1]) - y
    slope = X.T @ residual / len(y) + penalty.ridge * w
    at_zero = np.maximum(np.abs(slope) - penalty.lasso, 0)
    return max(np.where(w == 0, at_zero, np.abs(slope + penalty.lasso * np.sign(w))).max(), abs(residual.mean()))


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.01])
@pytest.mark.parametrize(("n", "p"), [(500, 20), (60, 200)])
def test_every_fit_of_a_path_is_an_optimum(l1_ratio: float, n: int, p: int) -> None:
    X, y = logistic_rows(n, p, size=0.5)
    path = regularisation_path(X, y, l1_ratio=l1_ratio, n_alphas=20, smallest_share=0.01)
    assert set(path.statuses) == {Status.CONVERGED}
    assert path.largest_subgradient.max() <= 1e-8
    assert np.all(np.diff(path.alphas) < 0)
    assert not path.coefficients[0].any()
    assert np.count_nonzero(path.coefficients[1]) >= 1
    for alpha, w, b in zip(path.alphas, path.coefficients, path.intercepts, strict=True):
        assert broken_conditions(X, y, np.append(w, b), Penalty(alpha, l1_ratio)) <= 1.1e-8


def test_a_path_is_the_fits_of_its_alphas() -> None:
    X, y = logistic_rows(300, 8)
    alphas = [0.001, 0.1, 0.03]
    path = regularisation_path(X, y, alphas, l1_ratio=0.7, tol=1e-11)
    assert path.alphas.tolist() == sorted(alphas, reverse=True)
    for alpha, w in zip(path.alphas, path.coefficients, strict=True):
        alone = solve(X, y, [""] * 8, penalty=Penalty(alpha, 0.7), tol=1e-11).run
        np.testing.assert_allclose(w, alone.parameters[:-1], atol=1e-9)
        np.testing.assert_array_equal(w == 0, alone.parameters[:-1] == 0)


def test_a_ridge_path() -> None:
    X, y = logistic_rows(300, 8)
    path = regularisation_path(X, y, l1_ratio=0.0, n_alphas=5)
    assert set(path.statuses) == {Status.CONVERGED}
    assert np.all(np.diff(np.linalg.norm(path.coefficients, axis=1)) > 0)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.4])
def test_scikit_learn_agrees(l1_ratio: float) -> None:
    from sklearn.linear_model import LogisticRegression as Peer

    X, y = logistic_rows(400, 12)
    alpha = 0.02
    ours = solve(X, y, [""] * 12, penalty=Penalty(alpha, l1_ratio), tol=1e-12).run.parameters
    peer = Peer(C=1 / (400 * alpha), l1_ratio=l1_ratio, solver="saga", tol=1e-12, max_iter=20_000).fit(X, y)
    np.testing.assert_allclose(ours, np.append(peer.coef_, peer.intercept_), atol=1e-8)


def test_sizes_places_and_repetitions_of_columns() -> None:
    X, y = logistic_rows(500, 6)
    hard = np.column_stack([X, X[:, 0], X[:, 3] * 1e5, X[:, 4] + 1e6, np.full(500, 3.0)])
    path = regularisation_path(hard, y, n_alphas=15)
    assert set(path.statuses) == {Status.CONVERGED}
    assert not path.coefficients[:, -1].any()


def test_weights_are_repetitions() -> None:
    X, y = logistic_rows(200, 5)
    counts = np.random.default_rng(3).integers(0, 4, size=200)
    weighted = solve(X, y, [""] * 5, penalty=Penalty(0.03, 0.9), sample_weight=counts.astype(float), tol=1e-12)
    repeated = solve(
        np.repeat(X, counts, axis=0), np.repeat(y, counts), [""] * 5, penalty=Penalty(0.03, 0.9), tol=1e-12
    )
    np.testing.assert_allclose(weighted.run.parameters, repeated.run.parameters, atol=1e-10)


@pytest.mark.parametrize("seed", range(20))
def test_the_quadratic_is_solved_exactly(seed: int) -> None:
    rng = np.random.default_rng(seed)
    k = int(rng.integers(1, 30))
    half = rng.normal(size=(k + 2, k)) * rng.choice([0.1, 1.0, 10.0], size=k)
    H, c = half.T @ half, rng.normal(size=k) * 3
    penalties = np.append(rng.random(k - 1) * 2, 0.0)
    start = rng.normal(size=k) * rng.integers(0, 2, size=k)
    x = minimise(H, c, penalties, start, 1e-12)
    slow = start.copy()
    for _ in range(20_000):
        sweep(H, c, penalties, slow)
    value, expected = (v @ H @ v / 2 + c @ v + penalties @ np.abs(v) for v in (x, slow))
    assert value <= expected + 1e-9 * abs(expected)
    slope = H @ x + c
    assert np.all(np.where(x == 0, np.abs(slope) - penalties, np.abs(slope + penalties * np.sign(x))) <= 1e-9)


def test_repeated_coordinates_of_the_quadratic() -> None:
    H, c = np.ones((3, 3)), np.array([-2.0, -2.0, -2.0])
    x = minimise(H, c, np.ones(3), np.zeros(3), 1e-12)
    assert x.sum() == pytest.approx(1.0, abs=1e-12)


def test_the_smallest_subgradient_by_hand() -> None:
    gradient, parameters = np.array([0.3, -0.7, 0.2, -0.1, 0.05]), np.array([0.0, 0.0, 1.0, -1.0, 5.0])
    np.testing.assert_allclose(smallest_subgradient(gradient, parameters, 0.5), [0.0, -0.2, 0.7, -0.6, 0.05])
    assert [soft_threshold(v, 1.0) for v in (-3.0, -1.0, 0.5, 2.5)] == [-2.0, 0.0, 0.0, 1.5]
