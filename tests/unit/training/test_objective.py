"""Value, gradient and curvature of the mean log loss, by every route to the same number."""

from __future__ import annotations

from math import fsum

import numpy as np
import pytest
from numpy.typing import NDArray
from training_rows import logistic_rows

from logreg_core.training import LogLoss, log_loss_terms, sigmoid


def plain(
    X: NDArray[np.float64], y: NDArray[np.float64], parameters: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """The definition, row by row and summed exactly."""
    z = [fsum([*(row * parameters[:-1]), parameters[-1]]) for row in X]
    residual = sigmoid(z) - y
    gradient = [fsum(residual * column) for column in X.T] + [fsum(residual)]
    return fsum(log_loss_terms(z, y)) / len(y), np.array(gradient) / len(y)


@pytest.mark.parametrize(("n", "p"), [(2, 1), (3, 5), (40, 1), (700, 3), (2500, 4), (3000, 70)])
@pytest.mark.parametrize("size", [0.0, 1.0, 8.0])
def test_value_and_gradient_are_those_of_the_definition(n: int, p: int, size: float) -> None:
    X, y = logistic_rows(n, p, size=size)
    parameters = np.random.default_rng(2).normal(scale=size, size=p + 1)
    cost, gradient = LogLoss(X, y).value_and_gradient(parameters)
    expected_cost, expected_gradient = plain(X, y, parameters)
    # Rounding of a sum of p + 1 products in z, then of n terms.
    assert cost == pytest.approx(expected_cost, rel=1e-13)
    np.testing.assert_allclose(gradient, expected_gradient, atol=1e-14 * max(1, np.abs(X).max()))
    assert LogLoss(X, y).value(parameters) == cost


@pytest.mark.parametrize("block_rows", [1, 7, 512, 2048, 2049, 4096, 5000, 10**6])
def test_blocks_do_not_change_the_result(block_rows: int) -> None:
    X, y = logistic_rows(5000, 66, size=0.5)
    parameters = np.random.default_rng(3).normal(size=67)
    cost, gradient = LogLoss(X, y, block_rows=block_rows).value_and_gradient(parameters)
    expected_cost, expected_gradient = plain(X, y, parameters)
    # Only the order of summation differs.
    assert cost == pytest.approx(expected_cost, rel=1e-13)
    np.testing.assert_allclose(gradient, expected_gradient, rtol=0, atol=1e-14)


@pytest.mark.parametrize("scale", [30.0, 60.0, 300.0, 1000.0, 1e4, 1e300])
@pytest.mark.parametrize("n", [50, 4096])
def test_huge_margins_are_exact_on_both_sides(scale: float, n: int) -> None:
    """Beyond 44 a product of 16 factors overflows, beyond 709 exp does: neither is seen from outside."""
    X = np.linspace(-1, 1, n)[:, None]
    y = (X[:, 0] > 0).astype(float)
    for sign in (1.0, -1.0):
        parameters = np.array([sign * scale, 0.0])
        cost, gradient = LogLoss(X, y).value_and_gradient(parameters)
        z = parameters[0] * X[:, 0]
        assert cost == pytest.approx(fsum(log_loss_terms(z, y) / n), rel=1e-13)
        residual = np.where(y == 1, -sigmoid(-z), sigmoid(z))
        np.testing.assert_allclose(gradient, [fsum(residual * X[:, 0]) / n, fsum(residual) / n], rtol=1e-12, atol=1e-16)


@pytest.mark.parametrize("n", [50, 4096])
def test_a_tiny_cost_keeps_its_digits(n: int) -> None:
    """With all margins near -40 the cost is 4e-18: 1 + exp(m) would round to 1 and the logarithm to 0."""
    X = np.where(np.arange(n)[:, None] % 2, 1.0, -1.0) * np.linspace(40, 41, n)[:, None]
    y = (X[:, 0] > 0).astype(float)
    cost, gradient = LogLoss(X, y).value_and_gradient(np.array([1.0, 0.0]))
    e = np.exp(-np.abs(X[:, 0]))
    assert cost == pytest.approx(fsum(e) / n, rel=1e-13)
    assert gradient[0] == pytest.approx(-fsum(e * np.abs(X[:, 0])) / n, rel=1e-13)


def test_parameters_out_of_range_give_an_infinite_cost_without_a_warning() -> None:
    X, y = logistic_rows(20, 2)
    with np.errstate(all="raise"):
        assert LogLoss(X, y).value(np.array([1e308, 1e308, 1e308])) == np.inf
        assert not np.isfinite(LogLoss(X, y).value_and_gradient(np.array([np.inf, -np.inf, 0.0]))[0])


def test_slope_along_random_directions() -> None:
    X, y = logistic_rows(300, 4)
    objective = LogLoss(X, y)
    rng = np.random.default_rng(4)
    for _ in range(10):
        at, direction = rng.normal(size=5), rng.normal(size=5)
        h = 1e-5
        slope = (objective.value(at + h * direction) - objective.value(at - h * direction)) / (2 * h)
        # A central difference is off by h^2 / 6 times the third derivative (about |x.d|^3 / 10), and by rounding / h.
        assert objective.value_and_gradient(at)[1] @ direction == pytest.approx(slope, abs=1e-8)


@pytest.mark.parametrize(("n", "p"), [(800, 2), (5000, 3), (5, 12), (3, 1)])
def test_largest_curvature_is_the_eigenvalue_bound(n: int, p: int) -> None:
    X, y = logistic_rows(n, p)
    X += 2.0
    with_ones = np.column_stack([X, np.ones(n)])
    expected = np.linalg.svd(with_ones, compute_uv=False)[0] ** 2 / n / 4
    assert LogLoss(X, y).largest_curvature() == pytest.approx(expected, rel=1e-12)
    assert LogLoss(X, y).safe_learning_rate() == pytest.approx(2 / expected, rel=1e-12)


def test_columns_too_large_to_be_squared_leave_no_safe_rate() -> None:
    objective = LogLoss(np.array([[1e200], [-1e200]]), np.array([0.0, 1.0]))
    assert objective.largest_curvature() == np.inf
    assert objective.safe_learning_rate() == 0.0


def test_inputs_are_neither_copied_nor_changed() -> None:
    X, y = logistic_rows(3000, 5)
    before = X.copy(), y.copy()
    X.flags.writeable = y.flags.writeable = False
    objective = LogLoss(X, y)
    first = objective.value_and_gradient(np.ones(6))
    second = objective.value_and_gradient(np.ones(6))
    np.testing.assert_array_equal(X, before[0])
    np.testing.assert_array_equal(y, before[1])
    np.testing.assert_array_equal(first[1], second[1])
    assert first[0] == second[0]
    assert not np.shares_memory(first[1], second[1])
    assert np.shares_memory(objective._X, X)


@pytest.mark.parametrize("classes", [np.array([True, False, True]), np.array([1, 0, 1]), np.array([1.0, 0.0, 1.0])])
def test_classes_may_be_of_any_type(classes: NDArray[np.generic]) -> None:
    assert LogLoss(np.zeros((3, 1)), classes).value(np.array([0.0, 1.0])) == pytest.approx(
        log_loss_terms(np.ones(3), [1, 0, 1]).mean(), rel=1e-15
    )


@pytest.mark.parametrize(
    ("X", "y"),
    [
        (np.asfortranarray(np.ones((3, 2))), np.array([0, 1, 1])),
        (np.ones((3, 2), dtype=np.float32), np.array([0, 1, 1])),
        (np.ones(3), np.array([0, 1, 1])),
        (np.ones((3, 2)), np.array([0, 1])),
        (np.ones((3, 2)), np.array([0, 1, 2])),
        (np.ones((3, 2)), np.array([0, 1, np.nan])),
        (np.ones((0, 2)), np.array([])),
    ],
)
def test_what_cannot_be_trained_on_is_refused(X: NDArray[np.float64], y: NDArray[np.float64]) -> None:
    with pytest.raises(ValueError, match="must"):
        LogLoss(X, y)
