"""Numbers are called names where their rates turn round more than chance makes them, and not where they only bend."""

import numpy as np
import pytest
from scipy.optimize import isotonic_regression

from logreg_core.features.findings.kinds import _chances_of_levels, _tail_of_mixture
from tests.unit.features.examined import found

TRUTHS = {
    "log": lambda v: 1 / (1 + np.exp(3 - 2 * np.log(v))),
    "plateau": lambda v: np.minimum(v, 4) * 0.15,
    "step": lambda v: np.where(v >= 2, 0.5, 0.2),
    "falling": lambda v: 0.6 - 0.05 * v,
    "nothing": lambda v: np.full(len(v), 0.4),
}


def is_named(rate, rows, seed):
    import pandas as pd

    rng = np.random.default_rng(seed)
    v = rng.integers(1, 11, rows)
    left = np.where(rng.random(rows) < rate(v), "yes", "no")
    frame = pd.DataFrame({"x": rng.normal(size=rows), "v": v, "left": left})
    return any(finding.key.startswith("names as numbers") for finding in found(frame, ("x", "v"))[1])


@pytest.mark.parametrize("truth", TRUTHS)
def test_rates_that_go_one_way_are_an_amounts(truth):
    assert sum(is_named(TRUTHS[truth], 2_000, seed) for seed in range(20)) <= 1


def test_rates_that_turn_round_are_named():
    rates = np.array([0.2, 0.5, 0.3, 0.6, 0.2, 0.5, 0.4, 0.3, 0.6, 0.2])
    assert all(is_named(lambda v: rates[v - 1], 2_000, seed) for seed in range(10))


def test_the_chances_of_levels_are_those_of_isotonic_regression():
    rng = np.random.default_rng(0)
    left = [len(np.unique(isotonic_regression(rng.normal(size=6)).x)) for _ in range(5_000)]
    np.testing.assert_allclose(_chances_of_levels(6), np.bincount(left, minlength=7)[1:] / 5_000, atol=0.02)
    assert sum(_chances_of_levels(20)) == pytest.approx(1)


def test_the_tail_is_that_of_normal_means():
    """With known variance twice the log-likelihood gained over the isotonic means is their squared distance."""
    rng = np.random.default_rng(1)
    drawn = rng.normal(size=(4_000, 5))
    statistics = [((row - isotonic_regression(row).x) ** 2).sum() for row in drawn]
    for at in (1.0, 4.0, 9.0):
        assert _tail_of_mixture(at, 5) == pytest.approx(np.mean(np.array(statistics) >= at), abs=0.02)
    assert _tail_of_mixture(0.0, 5) == 1
