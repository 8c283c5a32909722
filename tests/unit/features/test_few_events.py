"""What gives a rare class away is named however few its rows are, as long as it cannot be chance."""

import math

import numpy as np
import pandas as pd
import pytest

from logreg_core.features.alone import auc_of
from logreg_core.features.findings.leakage import best_by_chance
from tests.unit.features.examined import found


@pytest.mark.parametrize("events", [4, 11, 40])
def test_a_rare_class_in_other_words_and_in_amounts(events):
    rng = np.random.default_rng(0)
    left = np.zeros(5_000, dtype=bool)
    left[rng.choice(5_000, events, replace=False)] = True
    frame = pd.DataFrame({"flagged": np.where(left, "J", "N"), "z": rng.normal(size=5_000).round(3)})
    frame["amount"] = np.where(left, rng.uniform(5, 90, 5_000).round(2), 0)
    frame["left"] = np.where(left, "yes", "no")
    grave = {finding.key for finding in found(frame)[1] if finding.severity == "grave"}
    assert {"disguise\nflagged", "leak\namount"} <= grave


@pytest.mark.parametrize(("rows", "events"), [(30, 3), (200, 3), (60, 4)])
def test_among_many_columns_of_noise_one_that_fits_is_no_leak(rows, events):
    for seed in range(5):
        rng = np.random.default_rng(seed)
        frame = pd.DataFrame(rng.normal(size=(rows, 60)), columns=[f"x{i}" for i in range(60)])
        frame["left"] = np.where(np.arange(rows) < events, "yes", "no")
        assert not [each for each in found(frame)[1] if each.key.split("\n")[0] in {"leak", "disguise", "filled in"}]


def test_the_chance_of_a_high_auc_is_that_of_noise():
    rng = np.random.default_rng(0)
    aucs = np.array([auc_of(noise[:2], noise[2:]) for noise in rng.normal(size=(20_000, 300))])
    share = ((aucs >= 0.9) | (aucs <= 0.1)).mean()
    assert best_by_chance(0.9, 2, 300) == pytest.approx(share, rel=0.1)
    assert best_by_chance(1.0, 3, 50) == pytest.approx(2 / math.comb(50, 3))
