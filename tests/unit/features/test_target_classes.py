"""A target that spells one class in several ways, says "unknown", or holds ticks: found, mended, undone, saved."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from logreg_core.features import Recipe, carried_over, class_column, find_targets, prepare, targets_after
from logreg_core.features.edit import steps_for_target, with_step, without_step
from logreg_core.features.findings import examine
from logreg_core.features.steps import BlankMeans, NoClass, OneSpelling, SameClass, step_from_dict
from tests.unit.features.examined import N, found, one


def target_findings(findings):
    return [finding for finding in findings if finding.key.startswith(("classes spelled", "no class"))]


@pytest.fixture
def spelled(clean):
    yes, no = np.flatnonzero(clean["left"] == "yes"), np.flatnonzero(clean["left"] == "no")
    clean.loc[yes[:40], "left"] = "Yes"
    clean.loc[yes[40:50], "left"] = "YES "
    clean.loc[yes[50:55], "left"] = "yes."
    clean.loc[no[:30], "left"] = "No"
    return clean


def test_a_class_spelled_in_several_ways_is_grave_and_counted_as_one(spelled):
    finding = one(spelled, "classes spelled")
    assert finding.severity == "grave"
    assert all(spelling in finding.sentence for spelling in ("'yes'", "'YES '", "'yes.'"))
    assert finding.why.startswith("Only 'yes' counts as the class you look for: 55 rows")
    recipe, _ = found(spelled)
    mended = finding.fixes[0].apply(recipe, tuple(spelled.columns))
    made = prepare(spelled, mended)
    truth = spelled["left"].str.casefold().str.strip(" .")
    assert (made.positive, made.negative) == ("yes", "no")
    assert made.y_train.tolist() == (truth.iloc[made.rows_train] == "yes").astype(float).tolist()
    assert made.y_test.tolist() == (truth.iloc[made.rows_test] == "yes").astype(float).tolist()
    assert targets_after(find_targets(spelled), spelled, mended).candidate("left").names == tuple(
        truth.value_counts().index
    )
    assert examine(spelled, mended, made) == ()
    assert Recipe.from_dict(mended.to_dict()) == mended
    assert without_step(mended, 0, tuple(spelled.columns)) == recipe


def test_the_class_looked_for_stays_chosen_under_its_frequent_name(spelled):
    recipe = replace(found(spelled)[0], positive="Yes")
    finding = target_findings(examine(spelled, recipe, prepare(spelled, recipe)))[0]
    assert finding.fixes[0].apply(recipe, tuple(spelled.columns)).positive == "yes"


def test_spellings_of_other_classes_only_are_a_remark(clean):
    clean.loc[np.flatnonzero(clean["left"] == "no")[:30], "left"] = "No"
    finding = one(clean, "classes spelled")
    assert finding.severity == "note"
    assert "'no'" in finding.sentence


@pytest.mark.parametrize("word", ["unknown", "n/a", "?", "Unbekannt", "other", "missing"])
def test_a_class_that_says_it_is_not_known_is_asked_about(clean, word):
    clean.loc[::20, "left"] = word
    finding = one(clean, "no class")
    assert f"'{word}' (50 rows)" in finding.sentence
    recipe, _ = found(clean)
    mended = finding.fixes[0].apply(recipe, tuple(clean.columns))
    made = prepare(clean, mended)
    assert made.negative == "no"
    assert made.rows_train.size + made.rows_test.size == N - 50
    assert Recipe.from_dict(mended.to_dict()) == mended
    assert without_step(mended, 0, tuple(clean.columns)) == recipe


def test_what_may_be_a_class_is_left_alone(clean):
    assert target_findings(found(clean)[1]) == []
    clean.loc[::3, "left"] = "other"  # too many rows to be a rest
    assert target_findings(found(clean)[1]) == []
    clean["left"] = np.where(clean["left"] == "yes", "A+", "A-")
    recipe = Recipe("left", "A+", ("x", "visits", "plan"))
    assert target_findings(examine(clean, recipe, prepare(clean, recipe))) == []


def test_a_target_of_ticks_is_refused_with_the_truth_and_predicted_once_blank_means_no(clean):
    clean["due"] = pd.Series(np.where(clean["left"] == "yes", "X", None), dtype="str")
    rows, gaps = int(clean["due"].count()), int(clean["due"].isna().sum())
    targets = find_targets(clean)
    assert dict(targets.refused)["due"] == f"“X” in {rows} rows, empty in {gaps}"
    assert [(each.column, each.value, each.blank) for each in targets.ticks] == [("due", "X", "no")]
    recipe = with_step(Recipe("due", "X", ("x", "visits")), BlankMeans(("due",), "no"), tuple(clean.columns))
    made = prepare(clean, recipe)
    assert (made.positive, made.negative) == ("X", "no")
    assert made.rows_train.size + made.rows_test.size == N
    assert made.y_train.tolist() == (clean["left"].iloc[made.rows_train] == "yes").astype(float).tolist()
    assert targets_after(targets, clean, recipe).candidate("due").classes == tuple(
        sorted((("X", rows), ("no", gaps)), key=lambda pair: -pair[1])
    )
    assert dict(targets_after(targets, clean, recipe).refused).get("due") is None
    assert Recipe.from_dict(recipe.to_dict()) == recipe
    assert carried_over(recipe, clean, ("x", "visits")).steps == recipe.steps


def test_a_column_that_says_the_same_everywhere_is_refused_as_before(clean):
    clean["due"] = "X"
    assert dict(find_targets(clean).refused)["due"] == "only one class: every row says the same"
    assert find_targets(clean).ticks == ()


def test_steps_about_a_former_target_go_and_no_step_that_learns_may_change_the_target():
    steps = (SameClass(("y",), ("Yes",), ("yes",)), NoClass(("y",), ("?",)))
    assert steps_for_target(steps, "x", ("x", "y"), "y") == ()
    Recipe("y", "yes", ("x",), steps=steps).validate()
    with pytest.raises(ValueError, match="may not change it"):
        Recipe("y", "yes", ("x",), steps=(OneSpelling(("y",)),)).validate()


def test_steps_about_classes_are_read_back_and_refused_where_they_say_nothing():
    step = SameClass(("y",), ("Yes", "NO", "YES"), ("yes", "no", "yes"))
    assert step_from_dict(step.to_dict()) == step
    assert step.sentence == "In 'y', count 'Yes' and 'YES' as 'yes', and 'NO' as 'no'"
    assert NoClass(("y",), ("?", "n/a")).sentence == "Leave out the rows in which 'y' is '?' or 'n/a'"
    assert NoClass(("y",), ("so and so",)).sentence == "Leave out the rows in which 'y' is 'so and so'"
    for wrong in (SameClass(("y",), ("Yes",), ()), SameClass(("y",)), NoClass(("y",))):
        with pytest.raises(ValueError, match="It is not said"):
            wrong.validate()


def test_yes_or_no_and_numbers_may_have_no_class_too():
    frame = pd.DataFrame({"y": pd.array([True, False, None], dtype="boolean"), "n": [1.0, 2.0, 9.0]})
    recipe = Recipe("n", "1", ("y",), steps=(NoClass(("n",), ("9",)),))
    assert class_column(frame, recipe).isna().tolist() == [False, False, True]
    assert NoClass(("y",), ("false",)).apply(frame)["y"].isna().tolist() == [False, True, True]
