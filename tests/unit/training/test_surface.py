"""The cost over two parameters: every point is the cost there, or the best that the others make of it."""

from __future__ import annotations

import numpy as np
import pytest
from training_rows import logistic_rows

from logreg_core.training import LogLoss
from logreg_core.training.optimum import exact_optimum
from logreg_core.training.penalty import Penalty
from logreg_core.training.surface import cost_surface

A, B = np.linspace(-1, 2, 7), np.linspace(-2, 1, 5)


@pytest.mark.parametrize("pair", [(0, 1), (2, 0), (1, 3), (3, 2)])
@pytest.mark.parametrize("ridge", [0.0, 0.3])
def test_held_is_the_cost_at_each_point(pair: tuple[int, int], ridge: float) -> None:
    X, y = logistic_rows(150, 3)
    weight = np.random.default_rng(0).uniform(0.5, 2.0, 150)
    at = np.array([0.5, -0.2, 0.9, 0.4])
    surface = cost_surface(X, y, at, *pair, A, B, penalty=Penalty(ridge, 0.0), sample_weight=weight)
    objective = LogLoss(X, y, sample_weight=weight, ridge=ridge)
    for i, b in enumerate(B):
        for j, a in enumerate(A):
            there = at.copy()
            there[list(pair)] = a, b
            assert surface.cost[i, j] == pytest.approx(objective.value(there), rel=1e-13)
    assert surface.cost.shape == (5, 7)
    assert (surface.n_rows, surface.n_rows_in_all) == (150, 150)


def test_a_lasso_is_part_of_the_cost() -> None:
    X, y = logistic_rows(50, 2)
    plain = cost_surface(X, y, [0.0, -0.7, 0.5], 0, 2, A, B)
    lasso = cost_surface(X, y, [0.0, -0.7, 0.5], 0, 2, A, B, penalty=Penalty(0.2, 1.0))
    np.testing.assert_allclose(lasso.cost - plain.cost, 0.2 * (0.7 + np.abs(A)) + 0 * B[:, None], rtol=0, atol=1e-14)


@pytest.mark.parametrize("pair", [(0, 1), (2, 0), (1, 3)])
@pytest.mark.parametrize("ridge", [0.0, 0.3])
@pytest.mark.parametrize("far", [0.0, 1000.0])
def test_reoptimised_is_the_least_over_the_others(pair: tuple[int, int], ridge: float, far: float) -> None:
    from scipy.optimize import minimize

    X, y = logistic_rows(150, 3)
    X = X + np.array([0.0, 0.0, far if 3 not in pair else 0.0])
    surface = cost_surface(X, y, np.zeros(4), *pair, A, B, reoptimise=True, penalty=Penalty(ridge, 0.0))
    held = cost_surface(X, y, np.zeros(4), *pair, A, B, penalty=Penalty(ridge, 0.0))
    assert np.all(surface.cost <= held.cost)
    if far:  # a shift of a column is one of the intercept
        near = cost_surface(
            *logistic_rows(150, 3), np.zeros(4), *pair, A, B, reoptimise=True, penalty=Penalty(ridge, 0.0)
        )
        if 3 not in pair:
            np.testing.assert_allclose(surface.cost, near.cost, rtol=0, atol=1e-9)
        return
    objective = LogLoss(X, y, ridge=ridge)
    others = [j for j in range(4) if j not in pair]

    def at(values: np.ndarray, a: float, b: float) -> np.ndarray:
        there = np.zeros(4)
        there[list(pair)], there[others] = (a, b), values
        return there

    for i, j in [(0, 0), (2, 3), (4, 6), (1, 5)]:
        found = minimize(lambda v, a=A[j], b=B[i]: objective.value(at(v, a, b)), np.zeros(2), tol=1e-12)
        assert surface.cost[i, j] == pytest.approx(found.fun, abs=1e-9)


def test_the_lowest_point_is_the_optimum() -> None:
    X, y = logistic_rows(400, 4)
    best = exact_optimum(X, y, tuple("abcd"))
    w = best.parameters
    surface = cost_surface(X, y, np.zeros(5), 1, 4, w[1] + A - A[3], w[4] + B - B[2], reoptimise=True)
    assert np.unravel_index(surface.cost.argmin(), surface.cost.shape) == (2, 3)
    assert surface.cost.min() == pytest.approx(best.cost, abs=1e-12)


def test_two_parameters_are_all_there_are() -> None:
    X, y = logistic_rows(80, 1)
    held, best = (cost_surface(X, y, [0.0, 0.0], 0, 1, A, B, reoptimise=again) for again in (False, True))
    np.testing.assert_array_equal(held.cost, best.cost)


def test_many_rows_are_sampled_and_that_is_said() -> None:
    X, y = logistic_rows(30_000, 2)
    surface = cost_surface(X, y, np.zeros(3), 0, 1, A, B)
    assert (surface.n_rows, surface.n_rows_in_all) == (20_000, 30_000)
    whole = cost_surface(X, y, np.zeros(3), 0, 1, A, B, most_rows=30_000)
    np.testing.assert_allclose(surface.cost, whole.cost, rtol=0.02)
    assert cost_surface(X, y, np.zeros(3), 0, 1, [0.0], [0.0], reoptimise=True).n_rows == 2000


@pytest.mark.parametrize(("pair", "words"), [((1, 1), "got 1 and 1"), ((0, 3), "from 0 to 2"), ((-1, 0), "got -1")])
def test_the_pair_must_be_two_parameters(pair: tuple[int, int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        cost_surface(*logistic_rows(20, 2), np.zeros(3), *pair, A, B)


def test_a_lasso_cannot_be_reoptimised() -> None:
    with pytest.raises(ValueError, match="ridge penalties only"):
        cost_surface(*logistic_rows(20, 2), np.zeros(3), 0, 1, A, B, reoptimise=True, penalty=Penalty(0.1, 0.5))
