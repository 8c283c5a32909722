"""Every level of one class only is named, rare or frequent, of many or of two, of texts or of numbers."""

import re

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


@pytest.mark.parametrize(("rows", "said"), [(1, "the only row of 'E2' is"), (2, "both training rows of 'E2' are")])
def test_a_level_of_the_other_class_is_said_by_its_name(clean, rows, said):
    clean["ward"] = "E1"
    recipe, _ = found(clean)
    train = np.sort(prepare(clean, recipe).rows_train)
    stay = [row for row in train if clean["left"][row] == "no"][:rows]
    clean.loc[::2, "ward"] = "E3"
    clean.loc[stay, "ward"] = "E2"
    finding = one(clean, "level of one class", ("x", "ward"))
    assert finding.sentence == f"In 'ward', {said} left = no."


def test_where_the_rest_is_several_classes_none_is_of_the_event(clean):
    clean["ward"] = np.where(np.arange(N) % 2, "E1", "E3")
    clean.loc[np.flatnonzero(clean["left"] == "no")[::3], "left"] = "perhaps"
    clean.loc[np.flatnonzero(clean["left"] != "yes")[:40], "ward"] = "E2"
    sentence = one(clean, "level of one class", ("x", "ward")).sentence
    assert re.fullmatch(r"In 'ward', none of the \d+ training rows of 'E2' is left = yes\.", sentence)
