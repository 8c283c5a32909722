"""Every level of one class only is named, rare or frequent, of many or of two, of texts or of numbers."""

import numpy as np
import pandas as pd
import pytest

from logreg_core.features import prepare
from logreg_core.features.edit import with_step
from logreg_core.training import Status, TrainSettings, train
from tests.unit.features.examined import N, found, one


def of_one_class(clean, rows, default, level):
    """A column of ``default``, but ``level`` in so many rows of those who left."""
    column = pd.Series(np.resize(np.asarray(default), N))
    column[np.flatnonzero(clean["left"] == "yes")[:rows]] = level
    return column


def status(frame, recipe):
    return train(prepare(frame, recipe), TrainSettings(method="exact")).status


def test_a_frequent_level(clean):
    clean["plan"] = of_one_class(clean, 60, ["a", "a", "b", "c"], "trial")
    finding = one(clean, "level of one class")
    assert "training rows of 'trial' are left = yes." in finding.sentence
    assert [fix.label for fix in finding.fixes] == ["Put all but the 3 most frequent together", "Leave out"] or [
        fix.label for fix in finding.fixes
    ] == ["Put all but the 2 most frequent together", "Leave out"]
    recipe, _ = found(clean)
    assert status(clean, recipe) is Status.SEPARATED
    assert status(clean, with_step(recipe, finding.fixes[0].step, tuple(clean.columns))) is Status.CONVERGED


@pytest.mark.parametrize(("default", "level"), [("no", "yes"), (0, 1), (0.0, 1.0)])
def test_a_rare_value_of_two(clean, default, level):
    clean["flag"] = of_one_class(clean, 8, [default], level)
    finding = one(clean, "level of one class")
    assert finding.severity == "warning"
    assert finding.columns == ("flag",)
    assert [fix.label for fix in finding.fixes] == ["Leave out"]
    assert status(clean, found(clean)[0]) is Status.SEPARATED


def test_a_number_that_is_a_category(clean):
    clean["place"] = of_one_class(clean, 8, [1, 2, 3, 4], 9)
    assert found(clean)[1] == ()
    choices = {"features": ("x", "place"), "as_categories": ("place",)}
    finding = one(clean, "level of one class", **choices)
    assert "training rows of '9' are left = yes" in finding.sentence
    clean["place"] = np.where(np.arange(N) % 125 == 0, 9, np.arange(N) % 4)
    assert "1 level of fewer than 10 rows" in one(clean, "rare levels", **choices).sentence


def test_levels_of_both_classes_are_no_finding(clean):
    clean["flag"] = np.where(np.arange(N) % 20 == 0, 1, 0)
    clean["answer"] = np.where(np.arange(N) % 25 == 0, "yes", "no")
    assert found(clean)[1] == ()
