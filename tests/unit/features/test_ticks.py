"""A column of ticks, "x" or nothing: not thrown away in silence, and usable once it is said what nothing means."""

import json

import numpy as np
import pandas as pd
import pytest

from logreg_core.errors import RecipeError
from logreg_core.features import Recipe, left_out_features, prepare
from logreg_core.features.edit import without_step
from logreg_core.features.steps import BLANK, BlankMeans, Clip
from tests.unit.features.examined import N, found, one


def ticked(clean, value="x", share=(0.2, 0.6)):
    """A tick for some rows of either class, and nothing for the others."""
    rng = np.random.default_rng(0)
    has = rng.random(N) < np.where(clean["left"] == "yes", share[1], share[0])
    column = pd.Series(np.where(has, value, None), dtype="str" if isinstance(value, str) else "float64")
    return clean.assign(complained=column), has


def test_a_tick_that_tells_the_classes_apart_is_worth_mending(clean):
    clean, has = ticked(clean)
    assert left_out_features(clean, "left") == (("complained", "holds only 'x' or blanks"),)
    finding = one(clean, "tick")
    assert finding.severity == "warning"
    assert finding.sentence.startswith(f"'complained' holds 'x' in {has.sum()} rows and nothing in {N - has.sum()}: ")
    assert finding.fixes[0].label == "Empty means no"
    recipe, findings = found(clean)
    assert len(findings) == 1  # neither constant nor mostly missing nor telling gaps
    mended = finding.fixes[0].apply(recipe, tuple(clean.columns))
    made = prepare(clean, mended)
    assert mended.steps[0].sentence == "In 'complained', an empty cell means 'no'"
    assert "complained = x" in made.feature_names
    at = made.feature_names.index("complained = x")
    for matrix, rows in ((made.X_train, made.rows_train), (made.X_test, made.rows_test)):
        np.testing.assert_array_equal(matrix[:, at], has[rows])
    new = pd.DataFrame({"x": [0.0, 0.0], "visits": [6, 6], "plan": ["plus"] * 2, "complained": ["x", None]})
    assert list(made.transform(new)[:, at]) == [1, 0]
    assert without_step(mended, 0, tuple(clean.columns)) == recipe
    assert Recipe.from_dict(json.loads(json.dumps(mended.to_dict()))) == mended


def test_a_tick_that_tells_nothing_is_only_noted(clean):
    clean, _ = ticked(clean, share=(0.4, 0.4))
    assert one(clean, "tick").severity == "note"


def test_a_tick_that_gives_the_answer_away_is_not_offered(clean):
    clean, _ = ticked(clean, share=(0.0, 1.0))
    keys = [finding.key for finding in found(clean)[1]]
    assert keys == ["filled in\ncomplained"]


def test_a_one_or_nothing_stays_a_number(clean):
    clean, _ = ticked(clean, 1.0)
    finding = one(clean, "tick")
    assert finding.fixes[0].label == "Empty means 0"
    recipe, _ = found(clean)
    made = prepare(clean, finding.fixes[0].apply(recipe, tuple(clean.columns)))
    assert "complained" in made.numbers
    assert set(np.unique(made.repaired(clean)["complained"])) == {0.0, 1.0}


def test_what_a_blank_beside_another_word_means_is_left_open(clean):
    clean, _ = ticked(clean, "gold")
    finding = one(clean, "tick")
    assert finding.fixes[0].label == "Take empty as a level"
    assert finding.fixes[0].step.level == BLANK


def test_many_ticks_are_one_finding(clean):
    clean, _ = ticked(clean)
    clean = clean.assign(called=clean["complained"], wrote=clean["complained"])
    assert one(clean, "tick").columns == ("complained", "called", "wrote")


def test_a_stray_word_is_no_tick(clean):
    clean["remark"] = pd.Series([None] * N, dtype="str")
    clean.loc[:4, "remark"] = "see file"
    assert found(clean)[1] == ()
    sentence = one(clean, "constant", ("x", "remark")).sentence
    assert sentence == "'remark' says the same in every row that has a value."


@pytest.mark.parametrize("value", ["x", 5.0])
def test_the_model_sees_the_gaps_of_a_tick_where_it_is_to_see_gaps(clean, value):
    clean, has = ticked(clean, value)
    recipe, findings = found(clean, ("x", "complained"), missing="flag")
    made = prepare(clean, recipe)
    assert made.dropped == ()
    assert made.feature_names[1] == "complained = (missing)"
    np.testing.assert_array_equal(made.X_train[:, 1], ~has[made.rows_train])
    assert findings == ()
    filled = prepare(clean, Recipe("left", "yes", ("x", "complained")))
    assert filled.dropped[0][1].startswith("holds only ")


def test_rows_without_a_tick_are_not_left_out_with_those_that_lack_a_value(clean):
    clean, _ = ticked(clean)
    recipe = Recipe("left", "yes", ("x", "complained"), missing="drop", steps=(BlankMeans(("complained",), "no"),))
    made = prepare(clean, recipe)
    assert made.rows_train.size + made.rows_test.size == N


def test_a_blank_can_mean_a_level_there_is(clean):
    answers = pd.Series(["yes", "no", None, None] * (N // 4), dtype="str")
    step = BlankMeans(("answer",), "no")
    after = step.fit(clean, ()).apply(pd.DataFrame({"answer": answers}))["answer"]
    assert after.tolist() == ["yes", "no", "no", "no"] * (N // 4)
    amounts = pd.DataFrame({"answer": [2.0, np.inf, np.nan]})
    assert step.fit(clean, ()).apply(amounts)["answer"].tolist() == ["2", "no", "no"]
    assert BlankMeans(("answer",), "0").fit(clean, ()).apply(amounts)["answer"].tolist() == [2.0, 0.0, 0.0]
    flags = pd.DataFrame({"answer": pd.array([True, None], dtype="boolean")})
    assert step.fit(clean, ()).apply(flags)["answer"].tolist() == ["true", "no"]


@pytest.mark.parametrize("level", ["", "  ", 3, "n" * 101])
def test_a_blank_means_a_short_text(level):
    with pytest.raises(RecipeError):
        BlankMeans(("answer",), level).validate()


def test_a_step_for_numbers_after_it_is_refused(clean):
    clean, _ = ticked(clean)
    with pytest.raises(RecipeError, match="holds no numbers"):
        prepare(
            clean,
            Recipe("left", "yes", ("x", "complained"), steps=(BlankMeans(("complained",)), Clip(("complained",)))),
        )
