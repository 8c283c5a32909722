"""Gaps that say something are told of a rare class too, and where their rows are left out."""

import numpy as np
import pandas as pd
import pytest

from logreg_core.features import prepare
from logreg_core.features.findings import examine
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


def test_of_a_column_mostly_missing_whose_gaps_tell_that_is_said_and_mended_first():
    frame = table(2_000, 0.26, 0.08, share=0.7)
    frame["empty"] = np.where(np.random.default_rng(7).random(2_000) < 0.7, np.nan, frame["z"] ** 2)
    finding = one(frame, "mostly missing, telling")
    gone = frame["score"].isna()
    assert finding.columns == ("score",)
    assert finding.sentence.startswith(
        f"'score' is missing in {gone.mean():.0%} of the rows, and that says something: "
    )
    assert "of the rows without it are left = yes" in finding.sentence
    assert [fix.label for fix in finding.fixes] == ["Let the model see the gaps", "Leave out"]
    untold = one(frame, "mostly missing\n")
    assert (untold.columns, untold.fixes[0].label) == (("empty",), "Leave out")
    # Called fine, it is not said again as a remark on the same gaps.
    recipe, _ = found(frame)
    again = examine(frame, recipe, prepare(frame, recipe), fine={finding.key})
    assert not [each for each in again if each.key.startswith("telling gaps")]


def test_what_the_model_sees_already_is_not_said_of_a_column_mostly_missing():
    frame = table(2_000, 0.26, 0.08, share=0.7)
    assert one(frame, "mostly missing\n", missing="flag").fixes[0].label == "Leave out"
