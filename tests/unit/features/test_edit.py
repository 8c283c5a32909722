"""Adding and undoing repairs: what becomes a feature, and that undoing leads back to the very recipe."""

import dataclasses

import pandas as pd
import pytest

from logreg_core.errors import RecipeError
from logreg_core.features import Recipe, edit
from logreg_core.features.steps import Clip, DateParts, DropDuplicates, FlagMissing, LeaveOut, TextToNumber

COLUMNS = ("id", "total", "income", "day", "left")
USABLE = ("income", "id")
START = Recipe("left", "yes", ("id", "income"))


@pytest.mark.parametrize(
    ("step", "features"),
    [
        (LeaveOut(("id",)), ("income",)),
        (TextToNumber(("total",)), ("id", "total", "income")),
        (DateParts(("day",), ("year", "days")), ("id", "income", "day year", "day days since")),
        (FlagMissing(("income",)), ("id", "income", "income is missing")),
        (Clip(("income",)), ("id", "income")),
        (DropDuplicates(("id",)), ("id", "income")),
    ],
)
def test_a_step_brings_its_columns_in_and_undoing_it_leads_back(step, features):
    added = edit.with_step(START, step, COLUMNS)
    assert added.features == features
    assert edit.with_step(added, step, COLUMNS) == added  # a button pressed twice
    assert edit.without_step(added, 0, COLUMNS) == START
    assert edit.without_steps(added, COLUMNS) == START


def test_a_column_that_was_no_feature_does_not_come_back_as_one():
    out = edit.with_step(START, LeaveOut(("day", "id")), COLUMNS)
    assert edit.without_step(out, 0, COLUMNS) == START
    as_text = dataclasses.replace(START, features=("id", "total", "income"))
    read = edit.with_step(as_text, TextToNumber(("total",)), COLUMNS)
    assert edit.without_step(read, 0, COLUMNS) == as_text


def test_undoing_in_any_order_leads_back():
    recipe = START
    for step in (TextToNumber(("total",)), Clip(("total", "income")), LeaveOut(("id",)), DateParts(("day",))):
        recipe = edit.with_step(recipe, step, COLUMNS)
    assert edit.without_steps(recipe, COLUMNS) == START
    while recipe.steps:
        recipe = edit.without_step(recipe, 0, COLUMNS)
    assert recipe == START


def test_undoing_a_step_undoes_what_is_only_about_its_columns():
    recipe = edit.with_step(START, DateParts(("day",), ("days", "year")), COLUMNS)
    recipe = edit.with_step(recipe, Clip(("day days since", "income")), COLUMNS)
    assert edit.without_step(recipe, 0, COLUMNS).steps == (Clip(("income",)),)
    only = edit.with_step(edit.with_step(START, DateParts(("day",)), COLUMNS), Clip(("day days since",)), COLUMNS)
    assert edit.without_step(only, 0, COLUMNS) == START


def test_changing_a_step_follows_in_the_features():
    recipe = edit.with_step(START, DateParts(("day",), ("year", "days")), COLUMNS)
    changed = edit.with_changed_step(recipe, 0, DateParts(("day",), ("month",)), COLUMNS)
    assert changed.features == ("id", "income", "day month")
    out = edit.with_step(START, LeaveOut(("id", "income")), COLUMNS)
    assert edit.with_changed_step(out, 0, LeaveOut(("id",)), COLUMNS).features == ("income",)


def test_a_step_that_does_not_fit_changes_nothing():
    out = edit.with_step(START, LeaveOut(("id",)), COLUMNS)
    with pytest.raises(RecipeError, match="no column 'id'"):
        edit.with_step(out, Clip(("id",)), COLUMNS)
    steps = (Clip(("income",)), LeaveOut(("income",)))
    with pytest.raises(RecipeError, match="no column 'income'"):
        edit.with_steps_swapped(dataclasses.replace(START, features=("id",), steps=steps), 0, COLUMNS)


def test_steps_for_another_target():
    steps = (
        LeaveOut(("day",), because=edit.GIVES_AWAY),
        LeaveOut(("id",), because="names the row"),
        Clip(("income", "total")),
    )
    assert edit.steps_for_target(steps, "income", COLUMNS) == (
        LeaveOut(("id",), because="names the row"),
        Clip(("total",)),
    )


def test_usable_columns_and_kinds_after_steps():
    frame = pd.DataFrame(
        {
            "id": [1, 2],
            "total": pd.Series(["1", "2"], dtype="str"),
            "income": [1.0, 2.0],
            "day": pd.to_datetime(["2024-01-01", "2024-01-02"]),
            "left": ["yes", "no"],
        }
    )
    steps = (TextToNumber(("total",)), DateParts(("day",), ("month", "days")))
    assert edit.usable_after(steps, COLUMNS, USABLE) == ("id", "total", "income", "day month", "day days since")
    kinds = dict(edit.kinds_after(frame, steps, "left"))
    assert kinds == {"id": True, "total": True, "income": True, "day month": False, "day days since": True}


def test_what_is_left_out_is_no_category_any_more():
    coded = dataclasses.replace(START, as_categories=("id",))
    assert edit.with_step(coded, LeaveOut(("id",)), COLUMNS).as_categories == ()
