"""Firth's penalised likelihood: published figures, closed forms, and a maximum found by another way."""

from __future__ import annotations

import numpy as np
import pytest
from published_tables import endometrial
from training_rows import logistic_rows

from logreg_core.training import Status
from logreg_core.training.firth import PenalisedLikelihood, fit_firth


def penalised_by_definition(parameters: np.ndarray, X: np.ndarray, y: np.ndarray) -> float:
    A = np.column_stack([X, np.ones(len(X))])
    p = 1 / (1 + np.exp(-A @ parameters))
    information = (A * (p * (1 - p))[:, None]).T @ A
    return float(np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) + np.linalg.slogdet(information)[1] / 2)


def test_endometrial_cancer_as_published() -> None:
    """Heinze and Schemper (2002); R's logistf gives 8 digits of which its own stopping rule leaves 6 certain."""
    X, y = endometrial()
    fit = fit_firth(X, y)
    assert fit.run.status is Status.CONVERGED
    np.testing.assert_allclose(fit.parameters, [2.92927, -0.03475, -2.60416, 3.77456], rtol=0, atol=0.5e-5)
    np.testing.assert_allclose(fit.parameters, [2.92927330, -0.03475175, -2.60416387, 3.77455951], rtol=1e-6)


def test_it_is_the_maximum_that_another_method_finds() -> None:
    from scipy.optimize import minimize

    X, y = endometrial()
    fit = fit_firth(X, y)
    other = minimize(
        lambda b: -penalised_by_definition(b, X, y),
        np.zeros(4),
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-13, "maxiter": 20_000, "maxfev": 20_000},
    )
    # A maximum found by values alone is good to the square root of their rounding.
    np.testing.assert_allclose(fit.parameters, other.x, rtol=0, atol=1e-5)
    assert fit.penalised_log_likelihood == pytest.approx(-other.fun, abs=1e-11)
    assert fit.penalised_log_likelihood == pytest.approx(penalised_by_definition(fit.parameters, X, y), abs=1e-11)
    assert fit.run.cost == pytest.approx(-fit.penalised_log_likelihood / 79, abs=1e-14)


@pytest.mark.parametrize("counts", [(7, 0, 2, 9), (3, 5, 8, 2), (10, 0, 0, 10), (1, 200, 0, 300), (1, 0, 0, 1)])
def test_a_table_of_two_by_two_adds_one_half_to_each_cell(counts: tuple[int, int, int, int]) -> None:
    a, b, c, d = counts
    X = np.repeat([1.0, 0.0], [a + b, c + d])[:, None]
    y = np.repeat([1.0, 0.0, 1.0, 0.0], counts)
    fit = fit_firth(X, y)
    slope = np.log((a + 0.5) * (d + 0.5) / ((b + 0.5) * (c + 0.5)))
    np.testing.assert_allclose(fit.parameters, [slope, np.log((c + 0.5) / (d + 0.5))], rtol=0, atol=1e-7)
    variances = [
        sum(1 / (n * p * (1 - p)) for n, p in ((a + b, (a + 0.5) / (a + b + 1)), (c + d, (c + 0.5) / (c + d + 1))))
    ]
    assert fit.covariance[0, 0] == pytest.approx(variances[0], rel=1e-6)


def test_score_is_the_gradient() -> None:
    X, y = logistic_rows(60, 3)
    likelihood = PenalisedLikelihood(X, y, np.random.default_rng(1).uniform(0.5, 2.0, 60))
    at = np.array([0.4, -0.7, 0.2, 0.1])
    score = likelihood.score(at, likelihood.at(at).information)
    for direction in np.random.default_rng(2).normal(size=(5, 4)):
        step = 1e-5 * direction
        slope = (likelihood.at(at + step).penalised - likelihood.at(at - step).penalised) / 2e-5
        assert score @ direction == pytest.approx(slope, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("scale", [[1e9, 1e-9, 1.0], [1e-9, 1.0, 1e9]])
def test_units_do_not_matter(scale: list[float]) -> None:
    X, y = endometrial()
    expected, fit = fit_firth(X, y), fit_firth(X * scale, y)
    np.testing.assert_allclose(fit.parameters[:-1] * scale, expected.parameters[:-1], rtol=1e-8)
    np.testing.assert_allclose(fit.standard_errors[:-1] * scale, expected.standard_errors[:-1], rtol=1e-8)
    shifted = fit_firth(X + np.array([0.0, 1e7, 0.0]), y)
    np.testing.assert_allclose(shifted.parameters[:-1], expected.parameters[:-1], rtol=1e-8)


def test_weights_are_repetitions() -> None:
    X, y = endometrial()
    weight = np.random.default_rng(0).integers(0, 3, 79).astype(float)
    rows = np.repeat(np.arange(79), weight.astype(int))
    np.testing.assert_allclose(
        fit_firth(X, y, sample_weight=weight).parameters, fit_firth(X[rows], y[rows]).parameters, rtol=0, atol=1e-8
    )


def test_complete_separation_and_a_single_class_have_finite_weights() -> None:
    x = np.linspace(-1, 1, 30)[:, None]
    fit = fit_firth(x, (x[:, 0] > 0).astype(float))
    assert fit.run.status is Status.CONVERGED
    assert 1 < fit.parameters[0] < 20
    assert fit.parameters[1] == pytest.approx(0.0, abs=1e-7)
    one_class = fit_firth(x, np.ones(30))
    assert one_class.run.status is Status.CONVERGED
    assert 0 < one_class.parameters[1] < 10


def test_aliased_columns_are_left_out() -> None:
    X, y = endometrial()
    fit = fit_firth(np.column_stack([X[:, :1], X]), y, feature_names=("nv", "NV", "PI", "EH"))
    expected = fit_firth(X, y)
    np.testing.assert_allclose(fit.parameters, np.insert(expected.parameters, 1, 0.0), rtol=0, atol=1e-9)
    assert fit.run.status is Status.RANK_DEFICIENT
    assert fit.run.history.snapshots.shape[1] == 5
    assert fit.aliasing.dropped[0].sentence == "“NV” is the same as “nv”."
    assert np.isnan(fit.standard_errors).tolist() == [False, True, False, False, False]
    assert fit.penalised_log_likelihood == pytest.approx(expected.penalised_log_likelihood, abs=1e-10)
    wide = fit_firth(np.random.default_rng(0).normal(size=(6, 20)), np.array([0.0, 1, 0, 1, 1, 0]))
    assert np.count_nonzero(wide.parameters[:-1]) == 5


def test_large_tables_differ_little_from_maximum_likelihood() -> None:
    import statsmodels.api as sm

    X, y = logistic_rows(20_000, 3)
    theirs = sm.Logit(y, np.column_stack([X, np.ones(20_000)])).fit(disp=False)
    fit = fit_firth(X, y)
    np.testing.assert_allclose(fit.parameters, theirs.params, rtol=0, atol=0.02 * theirs.bse.max())
    np.testing.assert_allclose(fit.standard_errors, theirs.bse, rtol=1e-3)
    assert 0 < theirs.llf - fit.log_likelihood < 0.01


def test_any_start_leads_there() -> None:
    X, y = endometrial()
    expected = fit_firth(X, y).parameters
    for start in (expected, [0.0, 0.1, 1.0, -3.0], [-3.0, 0.2, 2.0, 1.0], [900.0, 0.0, 0.0, 900.0]):
        fit = fit_firth(X, y, start=start)
        assert fit.run.status is Status.CONVERGED
        # A gradient of 1e-10 per row, where no information in scaled columns is below some 0.01 per row.
        np.testing.assert_allclose(fit.parameters, expected, rtol=0, atol=1e-7)
    assert fit_firth(X, y, start=expected).run.n_iter == 0
