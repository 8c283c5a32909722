"""Weights, ridge, reference point, Hessian and samples of the objective."""

from __future__ import annotations

import numpy as np
import pytest
from training_rows import logistic_rows

from logreg_core.training import LogLoss
from logreg_core.training.curvature import Curvature
from logreg_core.training.exact_solvers import objective_of
from logreg_core.training.moments import column_moments, far_reference
from logreg_core.training.row_sample import row_sample
from logreg_core.training.standardised import Standardised


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("ridge", [0.0, 0.3])
@pytest.mark.parametrize("reference", [None, 2.5])
@pytest.mark.parametrize("n", [40, 5000])
def test_derivatives_along_random_directions(weighted: bool, ridge: float, reference: float | None, n: int) -> None:
    """First and second, against differences of the value and of the gradient."""
    X, y = logistic_rows(n, 4)
    rng = np.random.default_rng(1)
    weights = rng.random(n) * 3 if weighted else None
    point = None if reference is None else np.full(4, reference)
    objective = LogLoss(X, y, sample_weight=weights, ridge=ridge, reference=point)
    for _ in range(5):
        at, along, h = rng.normal(size=5), rng.normal(size=5), 1e-5
        cost, gradient, hessian = objective.derivatives(at)
        after, before = objective.value_and_gradient(at + h * along), objective.value_and_gradient(at - h * along)
        assert gradient @ along == pytest.approx((after[0] - before[0]) / (2 * h), abs=1e-7)
        np.testing.assert_allclose(hessian @ along, (after[1] - before[1]) / (2 * h), atol=1e-7)
        assert cost == pytest.approx(objective.value(at), rel=1e-15)
        np.testing.assert_allclose(gradient, objective.value_and_gradient(at)[1], rtol=0, atol=1e-15)
        np.testing.assert_allclose(hessian, objective.hessian(at), rtol=1e-14)
        np.testing.assert_allclose(objective.hessian_products(at)(along), hessian @ along, rtol=1e-5, atol=1e-7)
        part = objective.hessian(at, np.array([2, 0]))
        np.testing.assert_allclose(part, hessian[np.ix_([2, 0, 4], [2, 0, 4])], rtol=1e-13)


def test_whole_weights_are_repetitions() -> None:
    X, y = logistic_rows(300, 3)
    counts = np.random.default_rng(0).integers(0, 4, 300)
    at = np.array([0.3, -2.0, 1.0, 0.1])
    weighted = LogLoss(X, y, sample_weight=counts.astype(float), ridge=0.1)
    repeated = LogLoss(np.repeat(X, counts, axis=0), np.repeat(y, counts), ridge=0.1)
    for ours, expected in zip(weighted.derivatives(at), repeated.derivatives(at), strict=True):
        np.testing.assert_allclose(ours, expected, rtol=1e-12, atol=1e-15)
    assert weighted.largest_curvature() == pytest.approx(repeated.largest_curvature(), rel=1e-12)
    np.testing.assert_allclose(weighted.null_parameters(), repeated.null_parameters(), rtol=1e-13)


def test_huge_margins_with_weights() -> None:
    X = np.linspace(-1, 1, 50)[:, None]
    y = (X[:, 0] > 0).astype(float)
    objective = LogLoss(X, y, sample_weight=np.ones(50))
    for scale in (1000.0, -1000.0, 1e5, -1e5):
        at = np.array([scale, 0.0])
        cost, gradient, hessian = objective.derivatives(at)
        plain = LogLoss(X, y).value_and_gradient(at)
        assert cost == pytest.approx(plain[0], rel=1e-13)
        np.testing.assert_allclose(gradient, plain[1], rtol=1e-13, atol=1e-300)
        assert np.isfinite(hessian).all()


@pytest.mark.parametrize(
    "weights", [np.ones(3), np.full(4, -1.0), np.zeros(4), np.ones(4, dtype=int), np.full(4, np.nan)]
)
def test_weights_that_cannot_be(weights: np.ndarray) -> None:
    X, y = logistic_rows(4, 1)
    with pytest.raises(ValueError, match="sample_weight must be"):
        LogLoss(X, y, sample_weight=weights)


def test_no_ridge_and_no_weights_are_the_bits_of_before() -> None:
    X, y = logistic_rows(5000, 6)
    at = np.random.default_rng(4).normal(size=7)
    plain, zero = LogLoss(X, y).value_and_gradient(at), LogLoss(X, y, ridge=0.0).value_and_gradient(at)
    assert plain[0] == zero[0]
    np.testing.assert_array_equal(plain[1], zero[1])


def test_moments_of_columns() -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(100_000, 4)) * [1.0, 1e-9, 1e9, 1.0] + [0.0, 1.0, 0.0, 1e7]
    X = np.column_stack([X, np.full(100_000, 0.1), np.arange(100_000) == 77_777])
    spread = column_moments(X).spread
    np.testing.assert_allclose(spread[:4], X[:, :4].std(axis=0), rtol=0.1)
    assert spread[4] == 0.0
    assert spread[5] == pytest.approx(X[:, 5].std())
    reference = far_reference(column_moments(X))
    assert reference is not None
    np.testing.assert_allclose(reference[[3, 4]], [1e7, 0.1], rtol=1e-6)
    assert far_reference(column_moments(X[:, [0, 2]])) is None
    assert np.isfinite(column_moments(X * 1e200).spread).all()


def test_standardised_columns_are_another_view_of_the_same() -> None:
    X, y = logistic_rows(400, 3)
    objective = objective_of(X * [1e5, 1e-5, 1.0] + [1.0, 0.0, 1e5], y)
    view = Standardised(objective)
    at = np.array([0.4, -1.0, 0.2, 0.3])
    inside = (X - X.mean(axis=0)) / X.std(axis=0)
    expected = LogLoss(inside, y).value_and_gradient(at)
    cost, gradient = view.value_and_gradient(at)
    assert cost == pytest.approx(expected[0], rel=1e-9)
    np.testing.assert_allclose(gradient, expected[1], atol=1e-9)
    np.testing.assert_allclose(view.inward(view.outward(at)), at, rtol=1e-12)


@pytest.mark.parametrize(("share", "rows"), [(0.5, 1000), (0.001, 1000), (0.999, 1000), (0.0001, 5000), (0.3, 10**6)])
def test_samples_stand_for_all_rows(share: float, rows: int) -> None:
    n = 100_000
    positive = np.random.default_rng(0).random(n) < share
    chosen, weights = row_sample(positive, rows, np.random.default_rng(1))
    assert np.all(np.diff(chosen) > 0)
    assert len(chosen) <= n
    stands_for = np.full(len(chosen), n / len(chosen)) if weights is None else weights
    assert stands_for.sum() == pytest.approx(n, rel=1e-9)
    assert stands_for @ positive[chosen] == pytest.approx(positive.sum(), rel=0.2)
    if share == 0.0001:
        assert positive[chosen].sum() == positive.sum()


def test_a_curvature_solves_badly_scaled_and_deficient_systems() -> None:
    half = np.random.default_rng(0).normal(size=(50, 4))
    H = half.T @ half / 50
    scale = np.array([1e9, 1.0, 1e-9, 1e3])
    x = Curvature(H * np.outer(scale, scale)).solve(np.ones(4))
    np.testing.assert_allclose(x * scale, np.linalg.solve(H, 1 / scale), rtol=1e-9)
    twice = np.column_stack([half, half[:, 0]])
    curvature = Curvature(twice.T @ twice / 50)
    assert curvature.deficient
    right = twice.T @ np.ones(50)
    np.testing.assert_allclose(twice.T @ twice / 50 @ curvature.solve(right), right, atol=1e-9)
    assert curvature.solve(right)[0] == pytest.approx(curvature.solve(right)[4])
