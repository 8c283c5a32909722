import dataclasses
import json

import pytest

from logreg_core.errors import RecipeError
from logreg_core.features import Recipe
from logreg_core.features.steps import LeaveOut

GOOD = Recipe(target="churned", positive="yes", features=("age", "plan"), as_categories=("age",), degree=2)


def test_json_round_trip():
    assert Recipe.from_dict(json.loads(json.dumps(GOOD.to_dict()))) == GOOD


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"features": ()}, "No features"),
        ({"features": ("age", "churned")}, "both the target and a feature"),
        ({"features": ("age", "plan", "age")}, "'age' is chosen twice"),
        ({"missing": "guess"}, "guess"),
        ({"degree": 0}, "degree of 0"),
        ({"degree": 9}, "degree of 9"),
        ({"test_share": 0.0}, "0%"),
        ({"test_share": 0.99}, "99%"),
        ({"seed": -1}, "-1"),
    ],
)
def test_a_choice_out_of_range_is_named(change, said):
    with pytest.raises(RecipeError, match=said):
        dataclasses.replace(GOOD, **change).validate()


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d.pop("schema"),
        lambda d: d.pop("features"),
        lambda d: d.update(unknown=1),
        lambda d: d.update(seed=-3),
    ],
)
def test_damaged_json_is_refused(damage):
    values = GOOD.to_dict()
    damage(values)
    with pytest.raises(RecipeError):
        Recipe.from_dict(values)


def test_fingerprint_changes_with_each_choice_and_with_the_data():
    changed = [
        dataclasses.replace(GOOD, **{name: value})
        for name, value in {
            "target": "left", "positive": "no", "features": ("age",), "as_categories": (), "missing": "drop",
            "scale": False, "degree": 3, "test_share": 0.3, "seed": 1, "stratify": False,
            "steps": (LeaveOut(("age",)),), "split": "time", "split_column": "day", "test_value": "test",
        }.items()
    ]  # fmt: skip
    prints = {GOOD.fingerprint("a"), GOOD.fingerprint("b"), *(recipe.fingerprint("a") for recipe in changed)}
    assert len(prints) == 2 + len(dataclasses.fields(Recipe))
