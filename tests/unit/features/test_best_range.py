"""The best range of values is the one a search of all ranges finds; what it gives away is named."""

import numpy as np
import pytest

from logreg_core.features.findings.best_range import best_range
from tests.unit.features.examined import N, found, one


@pytest.mark.parametrize("seed", range(20))
def test_no_other_range_is_better(seed):
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 12, 60).astype(float)
    y = (rng.random(60) < np.where(abs(values - 6) < 3, 0.8, 0.3)).astype(float)
    y = 1 - y if seed % 2 else y
    values[rng.random(60) < 0.1] = np.nan
    best = best_range(values, y)

    def difference(low, high):
        inside = (values >= low) & (values <= high)
        return inside[y == 1].mean() - inside[y == 0].mean()

    ends = [(low, high) for low in range(12) for high in range(low, 12)]
    largest = max(ends, key=lambda pair: abs(difference(*pair)))
    assert best.difference == pytest.approx(abs(difference(*largest)))
    assert difference(best.low, best.high) == pytest.approx(best.difference * (1 if best.positive_inside else -1))
    inside = (values >= best.low) & (values <= best.high)
    assert best.wrong == ((inside == best.positive_inside) != (y == 1)).sum()


def test_one_class_has_no_range():
    assert best_range(np.arange(5.0), np.ones(5)) is None
    assert best_range(np.full(4, np.nan), np.array([0.0, 1.0, 0.0, 1.0])) is None


def test_a_leak_need_not_rise_or_fall(clean):
    rng = np.random.default_rng(2)
    gone = (clean["left"] == "yes").to_numpy()
    finding = one(clean.assign(balance=np.where(gone, 0, rng.normal(0, 500, N))), "leak")
    assert finding.severity == "grave"
    assert finding.sentence == (
        "'balance' alone tells left = yes from the rest by the value 0: that is wrong in 0 of 800 training rows. "
        "Is it known beforehand?"
    )
    outside = np.sign(rng.normal(size=N)) * rng.uniform(1, 5, N)
    near = np.where(gone, rng.uniform(-1, 1, N), outside)
    assert "by values from -0.9" in one(clean.assign(b=near), "leak").sentence
    far = np.where(gone, outside, rng.uniform(-1, 1, N))
    assert "by values outside of -" in one(clean.assign(b=far), "leak").sentence
    rare = clean.assign(left=np.where(np.arange(N) < 30, "yes", "no"))
    rare["b"] = np.where(np.arange(N) < 30, rng.uniform(0, 0.01, N), rng.normal(size=N))
    assert one(rare, "leak").columns == ("b",)


def test_a_number_that_is_only_good_is_no_leak(clean):
    rng = np.random.default_rng(2)
    gone = (clean["left"] == "yes").to_numpy()
    clean["b"] = np.where(gone, rng.normal(0, 0.6, N), rng.normal(0, 4, N))
    assert not [finding for finding in found(clean)[1] if finding.severity == "grave"]
