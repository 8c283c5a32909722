"""Gaps that say something are told of a rare class too, and where their rows are left out."""

import numpy as np
import pandas as pd
import pytest

from logreg_core.features.findings.missingness import p_value
from tests.unit.features.examined import found, one


def table(rows, where_known, where_missing, share=0.2, seed=1):
    rng = np.random.default_rng(seed)
    gone = rng.random(rows) < share
    event = rng.random(rows) < np.where(gone, where_missing, where_known)
    return pd.DataFrame(
        {
            "score": np.where(gone, np.nan, rng.normal(25, 4, rows)),
            "z": rng.normal(size=rows),
            "left": np.where(event, "yes", "no"),
        }
    )


@pytest.mark.parametrize(("known", "gone"), [(0.02, 0.06), (0.01, 0.04), (0.2, 0.3)])
def test_gaps_that_tell_a_rare_class(known, gone):
    assert "says something by being missing" in one(table(20_000, known, gone), "telling gaps").sentence


@pytest.mark.parametrize(("known", "gone"), [(0.02, 0.02), (0.2, 0.22), (0.001, 0.001)])
def test_gaps_that_tell_next_to_nothing(known, gone):
    for seed in range(10):
        findings = found(table(20_000, known, gone, seed=seed))[1]
        assert not [each for each in findings if each.key.startswith("telling")]


def test_a_share_of_a_few_events_is_judged_exactly():
    assert p_value((1, 20), (1, 5_000)) > 0.005  # Pearson's test says 1e-12


def test_rows_left_out_that_are_of_another_kind():
    frame = table(2_000, 0.2, 0.7)
    finding = one(frame, "rows left out differ", missing="drop")
    assert finding.severity == "warning"
    gone = frame["score"].isna()
    share = (frame["left"] == "yes")[gone].mean()
    assert finding.sentence.startswith(f"{gone.sum()} of 2,000 rows are left out because a value is missing: ")
    assert f"{share:.0%} of them are left = yes, and" in finding.sentence
    assert finding.evidence == (("score", f"missing in {gone.sum()} rows"),)
    assert not [each for each in found(frame, missing="flag")[1] if each.key.startswith("rows left out")]


def test_many_rows_left_out_for_one_column_are_told():
    frame = table(2_000, 0.3, 0.3, share=0.4)
    assert one(frame, "many rows left out", missing="drop").severity == "note"
    assert found(table(2_000, 0.3, 0.3, share=0.1), missing="drop")[1] == ()
