"""Levels that differ by capitals or spaces only: named, counted as one, and new rows alike."""

import numpy as np
import pandas as pd
import pytest

from logreg_core.features import Recipe, prepare
from logreg_core.features.findings import examine
from logreg_core.features.steps import OneSpelling, step_from_dict
from tests.unit.features.examined import N, found, one


@pytest.fixture
def messy(clean):
    rng = np.random.default_rng(0)
    clean["channel"] = rng.choice(
        ["Web", "web", "WEB ", "phone", "New  York", "new york"], N, p=[0.4, 0.1, 0.1, 0.2, 0.1, 0.1]
    )
    return clean


def test_they_are_named_and_become_one(messy):
    finding = one(messy, "spellings")
    assert finding.sentence.startswith("'channel' has levels that differ by capitals or spaces only: 'Web' (")
    recipe, _ = found(messy)
    mended = finding.fixes[0].apply(recipe, tuple(messy.columns))
    made = prepare(messy, mended)
    assert set(made.repaired(messy)["channel"]) <= {"Web", "phone", "New  York", "new york"}
    assert made.repaired(messy)["channel"].nunique() == 3
    assert Recipe.from_dict(mended.to_dict()) == mended
    assert examine(messy, mended, made) == ()


def test_the_spelling_is_that_of_the_training_rows_and_new_rows_are_read_alike():
    train = pd.DataFrame({"x": ["Web", "Web", "web", "b", "B"]})
    fitted = OneSpelling(("x",)).fit(train, ("x",))
    new = pd.DataFrame({"x": pd.Series([" WEB", "b", "New  one", None], dtype="str")})
    assert fitted.apply(new)["x"].tolist()[:3] == ["Web", "B", "New  one"]
    assert fitted.apply(new)["x"].isna().tolist() == [False] * 3 + [True]
    assert step_from_dict({"kind": "one spelling", "columns": ["x"]}) == OneSpelling(("x",))


def test_other_words_and_other_columns_are_left_alone(clean):
    clean["city"] = np.random.default_rng(0).choice(["Essen", "Aachen", "essen-west"], N)
    assert found(clean)[1] == ()
    comments = [f"Text {i}" if i % 2 else f"text {i - 1}" for i in range(N)]
    keys = [each.key for each in found(clean.assign(comment=comments), ("x", "comment"))[1]]
    assert not any(key.startswith("spellings") for key in keys)


def test_a_rare_spelling_is_no_level_of_one_class_once_it_is_counted_as_one(messy):
    no = np.flatnonzero(messy["left"] == "no")[:3]
    messy.loc[no, "channel"] = "pHONE"
    finding = one(messy, "spellings")
    recipe = finding.fixes[0].apply(found(messy)[0], tuple(messy.columns))
    assert not [each for each in examine(messy, recipe, prepare(messy, recipe)) if each.key.startswith("level of one")]
