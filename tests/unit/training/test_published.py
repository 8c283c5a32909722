"""Published fits, glmnet's penalties, and hostile columns: against print, and against arithmetic of 80 digits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from decimal_reference import reference_optimum
from numpy.typing import NDArray
from published_figures import GLMNET_BINOMIAL, PUBLISHED, Published, glmnet_rows, low_birth_weight_stata
from training_rows import logistic_rows

from logreg_core.training import Status
from logreg_core.training.exact_solvers import EXACT_SOLVERS
from logreg_core.training.optimum import Optimum, exact_optimum
from logreg_core.training.penalty import Penalty
from logreg_core.training.solution import solve

Array = NDArray[np.float64]


def optimum_of(table: Published) -> Optimum:
    names = [f"x{j + 1}" for j in range(table.X.shape[1])]
    return exact_optimum(table.X, table.y, names, sample_weight=table.weights, tol=1e-8)


def correct_digits(values: Array, exact: Array) -> float:
    """NIST's log relative error of the worst value; 15 at most."""
    return float(-np.log10(np.maximum(np.abs(values / exact - 1), 1e-15)).min())


@pytest.mark.parametrize("published", PUBLISHED, ids=lambda published: published.__name__)
def test_figures_are_those_in_print(published: Callable[[], Published]) -> None:
    """Stata's and R's own stopping rules come on top of the rounding.

    R ends when a step changes the deviance D by less than 1e-8 D: the step was shorter than 1e-4 sqrt(D) standard
    errors, some 1e-3 with the D of at most 201 of all these but star98, and what a step of Newton leaves is about the
    square of its length, 1e-6. But its standard errors are those from before that step; Stata's likewise.
    """
    table = published()
    optimum = optimum_of(table)
    errors = np.array(table.standard_errors)
    assert optimum.status is Status.CONVERGED
    assert np.all(np.abs(optimum.parameters - table.parameters) <= table.rounding + 1e-6 * errors)
    assert np.all(np.abs(optimum.standard_errors - errors) <= table.rounding_of_errors + 1e-3 * errors)


@pytest.mark.parametrize("published", PUBLISHED, ids=lambda published: published.__name__)
def test_ten_digits_are_correct(published: Callable[[], Published]) -> None:
    """With the default tolerance. star98 has the fewest, 10.9, for its 20 columns are nearly dependent."""
    table = published()
    optimum = optimum_of(table)
    exact = reference_optimum(table.X, table.y, optimum.parameters, weights=table.weights)
    assert correct_digits(optimum.parameters, exact.parameters) >= 10
    # Inverting the information costs as many digits again as its condition; star98 keeps some 10.
    assert correct_digits(optimum.standard_errors, exact.standard_errors) >= 9


@pytest.mark.parametrize("solver", EXACT_SOLVERS)
@pytest.mark.parametrize(
    ("sizes", "places"),
    [((1e9, 1e-9, 1.0), (0.0, 0.0, 1e7)), ((1e-9, 1.0, 1e9), (1e7, 1e7, 0.0)), ((1.0, 1.0, 1.0), (1e7, -1e7, 1e7))],
)
def test_hostile_columns_keep_eight_digits(solver: str, sizes: tuple[float, ...], places: tuple[float, ...]) -> None:
    """The reference is the optimum of these very numbers, rounded as they were by what was done to them.

    Places are in units of the size.
    """
    X, y = logistic_rows(80, 3, seed=11)
    X = (X + places) * sizes
    ended = solve(X, y, ("a", "b", "c"), solver=solver).run
    exact = reference_optimum(X, y, ended.parameters)
    assert ended.status is Status.CONVERGED
    assert correct_digits(ended.parameters, exact.parameters) >= 8


def test_hostile_columns_keep_the_digits_of_their_standard_errors() -> None:
    X, y = logistic_rows(80, 3, seed=11)
    X = X * [1e9, 1e-9, 1.0] + [0.0, 0.0, 1e7]
    optimum = exact_optimum(X, y, ("a", "b", "c"))
    exact = reference_optimum(X, y, optimum.parameters)
    assert correct_digits(optimum.standard_errors, exact.standard_errors) >= 8


@pytest.mark.parametrize(("l1_ratio", "alpha", "coefficients"), GLMNET_BINOMIAL)
def test_penalties_are_those_of_glmnet(l1_ratio: float, alpha: float, coefficients: tuple[float, ...]) -> None:
    """R's glmnet fitted without an intercept.

    Each row beside its mirror image, -x with the other class, leaves the objective as it is and makes the best
    intercept 0. glmnet ends when no step changes the objective by more than 1e-7 of the null deviance: with
    curvatures of some 0.2 in standardised columns, coefficients are within sqrt(1e-7 / 0.2) = 7e-4 at the worst; these
    are within 2e-5. Those of 0 are 0.
    """
    X, y = glmnet_rows()
    both, mirrored = np.vstack([X, -X]), np.append(y, 1 - y)
    ended = solve(both, mirrored, tuple("abcde"), penalty=Penalty(alpha, l1_ratio), tol=1e-12).run
    assert ended.status is Status.CONVERGED
    np.testing.assert_allclose(ended.parameters[:-1], coefficients, rtol=0, atol=2e-5)
    np.testing.assert_array_equal(ended.parameters[:-1] == 0, np.array(coefficients) == 0)
    assert ended.parameters[-1] == pytest.approx(0.0, abs=1e-12)


LOW_BIRTH_WEIGHT_PENALISED = (
    (
        0.05,
        0.0,
        (
            *(-0.1375373008233, -0.3206253727861, 0.2804219387283, 0.2560777114487, 0.3063489975242),
            *(0.2371235173707, 0.3282629999038, 0.2201810588519, -0.8855761297934),
        ),
    ),
    (
        0.05,
        1.0,
        (
            *(0.0, -0.134005685646, 0.0008952586312207, 0.0, 0.07679291643519),
            *(0.1291295640208, 0.1345943553646, 0.08742174541151, -0.8026166386453),
        ),
    ),
    (
        0.1,
        0.5,
        (
            *(-0.003139154586873, -0.1040882665692, 0.0, 0.0, 0.06663718672517),
            *(0.1129762575089, 0.1035900703771, 0.07561490092403, -0.7988649647585),
        ),
    ),
)
"""alpha, l1_ratio, parameters in columns of mean 0 and population standard deviation 1, glmnet's own; 13 digits.

From ``decimal_reference`` and, to 1e-13, scikit-learn 1.9.1's saga with tol=1e-13 and C = 1 / (189 alpha)."""


@pytest.mark.parametrize(("alpha", "l1_ratio", "expected"), LOW_BIRTH_WEIGHT_PENALISED)
def test_penalised_fits_of_low_birth_weight(alpha: float, l1_ratio: float, expected: tuple[float, ...]) -> None:
    table = low_birth_weight_stata()
    X = np.ascontiguousarray((table.X - table.X.mean(axis=0)) / table.X.std(axis=0))
    ended = solve(X, table.y, tuple("abcdefgh"), penalty=Penalty(alpha, l1_ratio)).run
    assert ended.status is Status.CONVERGED
    # The gradient is within 1e-8, and no curvature in standardised columns is below 0.1.
    np.testing.assert_allclose(ended.parameters, expected, rtol=0, atol=1e-7)
    ended = solve(X, table.y, tuple("abcdefgh"), penalty=Penalty(alpha, l1_ratio), tol=1e-12).run
    np.testing.assert_allclose(ended.parameters, expected, rtol=0, atol=1e-11)
    np.testing.assert_array_equal(ended.parameters == 0, np.array(expected) == 0)


@pytest.mark.parametrize("l1_ratio", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("alpha", [0.002, 0.05])
def test_penalised_fits_are_optima_by_definition(alpha: float, l1_ratio: float) -> None:
    """The conditions of the optimum (KKT) of glmnet's objective, in 80 digits.

    The fit is within 1e-8 of where they hold, and where a coefficient is 0 the gradient is within the lasso's bound.
    """
    table = low_birth_weight_stata()
    X = np.ascontiguousarray((table.X - table.X.mean(axis=0)) / table.X.std(axis=0))
    ended = solve(X, table.y, tuple("abcdefgh"), penalty=Penalty(alpha, l1_ratio), tol=1e-10).run
    exact = reference_optimum(X, table.y, ended.parameters, alpha=alpha, l1_ratio=l1_ratio)
    np.testing.assert_allclose(ended.parameters, exact.parameters, rtol=0, atol=1e-8)
    assert exact.slack.min() >= 0
