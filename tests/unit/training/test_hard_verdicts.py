"""Tables on which a fit would like to lie: rare levels anywhere, rows without weight, starts from far away."""

from __future__ import annotations

import numpy as np
import pytest

from logreg_core.errors import TrainingError
from logreg_core.training import (
    LogisticRegression,
    Status,
    find_separation,
    fit_firth,
    nearly_collinear,
    regularisation_path,
)

SOLVERS = ["auto", "newton", "subsampled_newton", "newton_cg", "lbfgs"]


def rare_level(rows: list[int], seed: int = 0, n: int = 20_000) -> tuple[np.ndarray, np.ndarray]:
    """A column that is 1 in these rows only, all of them of class 1, among others that overlap."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 5))
    y = (rng.random(n) < 1 / (1 + np.exp(1 - X[:, 0]))).astype(int)
    X[:, 3] = 0.0
    X[rows, 3] = 1.0
    y[rows] = 1
    return X, y


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("rows", [[0], [0, 1, 2], [1907], [19_999], [5, 600, 15_207]])
def test_a_rare_level_separates_wherever_it_stands(rows: list[int], solver: str) -> None:
    X, y = rare_level(rows)
    found = find_separation(X, y, list("abcde"))
    assert found is not None
    assert (found.names, found.complete, found.certain.sum()) == (("d",), False, len(rows))
    assert LogisticRegression(solver).fit(X, y).status_ is Status.SEPARATED


def test_a_rare_level_with_both_classes_is_no_separation() -> None:
    X, y = rare_level([0, 1, 2])
    y[0] = 0
    assert find_separation(X, y, list("abcde")) is None
    for solver in SOLVERS:
        model = LogisticRegression(solver).fit(X, y)
        assert model.status_ is Status.CONVERGED, solver
        assert np.abs(model.coef_).max() < 10


def test_one_row_is_told_as_one() -> None:
    X, y = rare_level([1907])
    found = find_separation(X, y, list("abcde"))
    assert found is not None
    assert found.sentence.startswith("The only row with “d” above 0 is of the positive class.")


def test_a_wide_separated_table() -> None:
    """Looking for few columns among many that all separate takes minutes, and ends when its time is up."""
    rng = np.random.default_rng(1)
    X, y = rng.normal(size=(600, 330)), rng.integers(0, 2, 600)
    model = LogisticRegression("auto").fit(X, y)
    assert model.status_ is Status.SEPARATED
    assert "in all 600 rows" in model.reason_


@pytest.mark.parametrize("solver", [*SOLVERS, "prox_newton"])
def test_what_varies_only_in_rows_without_weight_is_constant(solver: str) -> None:
    rng = np.random.default_rng(0)
    X = np.column_stack([rng.normal(size=(500, 2)), np.r_[np.ones(3), np.zeros(497)]])
    y = (rng.random(500) < 1 / (1 + np.exp(-X[:, 0]))).astype(int)
    weights = np.r_[np.zeros(3), np.ones(497)]
    model = LogisticRegression(solver).fit(X, y, sample_weight=weights)
    without = LogisticRegression("newton").fit(X[3:], y[3:])
    assert model.status_ is Status.RANK_DEFICIENT
    assert model.coef_[0, 2] == 0.0
    np.testing.assert_allclose(model.coef_, without.coef_, rtol=0, atol=1e-6)


def test_one_class_without_weight() -> None:
    X = np.random.default_rng(5).normal(size=(200, 2))
    y = (X[:, 0] > 0).astype(int)
    for weights in ({"sample_weight": y.astype(float)}, {}):
        model = LogisticRegression("auto", class_weight=None if weights else {0: 0.0, 1: 1.0})
        with pytest.raises(ValueError, match="only one class has a weight"):
            model.fit(X, y, **weights)


def test_rows_that_hardly_weigh_separate_all_the_same() -> None:
    rng = np.random.default_rng(2)
    X = np.column_stack([rng.normal(size=2000), np.r_[np.ones(5), np.zeros(1995)]])
    y = (rng.random(2000) < 1 / (1 + np.exp(-X[:, 0]))).astype(int)
    y[:5] = 1
    for weight in (1.0, 1e-3, 1e-6, 1e-12):
        model = LogisticRegression("auto").fit(X, y, sample_weight=np.r_[np.full(5, weight), np.ones(1995)])
        assert model.status_ is Status.SEPARATED, weight


@pytest.mark.parametrize("base_rate", [0.28, 0.5, 0.9])
def test_firth_with_a_level_of_one_row(base_rate: float) -> None:
    """A full scoring step overshoots there by as much as it was away."""
    for seed in range(5):
        rng = np.random.default_rng(seed)
        X = np.column_stack([np.r_[1.0, np.zeros(399)], rng.normal(size=(400, 2))])
        y = np.r_[1, (rng.random(399) < base_rate).astype(int)]
        ended = fit_firth(X, y).run
        assert ended.status is Status.CONVERGED
        assert ended.n_iter < 100


@pytest.mark.parametrize("solver", [*SOLVERS, "prox_newton"])
def test_a_start_from_far_away(solver: str) -> None:
    rng = np.random.default_rng(1)
    X = rng.normal(size=(1000, 3))
    y = (rng.random(1000) < 1 / (1 + np.exp(-X[:, 0]))).astype(int)
    far = LogisticRegression(solver, start=[1e3, -1e3, 1e3, 500.0]).fit(X, y)
    assert far.status_ is Status.CONVERGED
    assert far.n_iter_[0] < 60
    np.testing.assert_allclose(far.coef_, LogisticRegression("newton").fit(X, y).coef_, rtol=0, atol=1e-7)


def test_a_warm_start_from_separated_data() -> None:
    rng = np.random.default_rng(1)
    X = rng.normal(size=(500, 2))
    model = LogisticRegression("auto", warm_start=True).fit(X, (X[:, 0] > 0).astype(int))
    assert model.status_ is Status.SEPARATED
    y = (rng.random(500) < 1 / (1 + np.exp(-X[:, 0]))).astype(int)
    np.testing.assert_allclose(model.fit(X, y).coef_, LogisticRegression("auto").fit(X, y).coef_, rtol=0, atol=1e-9)


def test_the_worst_collinearity_is_told_too() -> None:
    year = np.random.default_rng(0).uniform(1990, 2020, 1200)
    found = nearly_collinear(np.column_stack([year, year**2, year**3]), ["year", "year2", "year3"])
    assert found is not None
    assert set(found.columns) == {0, 1, 2}
    assert "more than a million" in found.sentence


@pytest.mark.parametrize(
    "settings",
    [
        {"alphas": [-1.0]},
        {"alphas": [np.nan]},
        {"alphas": []},
        {"l1_ratio": 2.0},
        {"n_alphas": 0},
        {"smallest_share": 0.0},
    ],
)
def test_paths_that_cannot_be(settings: dict[str, object]) -> None:
    X, y = rare_level([0], n=300)
    with pytest.raises(TrainingError, match=next(iter(settings))):
        regularisation_path(X, y, **settings)
