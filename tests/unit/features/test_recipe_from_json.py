"""Whatever JSON holds is a Recipe or one RecipeError, and such a recipe can be prepared or is refused as calmly."""

import json
from dataclasses import fields as dataclass_fields
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, event, given
from hypothesis import settings as fuzz
from hypothesis import strategies as st

from logreg_core.errors import RecipeError
from logreg_core.features import Recipe, prepare
from logreg_core.features.steps.chain import STEPS
from logreg_core.plain_values import WrongValue, read_fields

ROWS = 60
RNG = np.random.default_rng(0)
FRAME = pd.DataFrame(
    {
        "a": np.where(RNG.random(ROWS) < 0.1, np.nan, RNG.normal(size=ROWS)),
        "b": RNG.integers(0, 9, ROWS),
        "c": pd.Series(RNG.choice(["p", "q", "r"], ROWS), dtype="str").mask(RNG.random(ROWS) < 0.1),
        "d": pd.Timestamp("2024-01-01") + pd.to_timedelta(RNG.integers(0, 300, ROWS), unit="D"),
        "t": pd.Series([f"{value},5" for value in RNG.integers(0, 9, ROWS)], dtype="str"),
        "inf": np.where(RNG.random(ROWS) < 0.1, np.inf, RNG.normal(size=ROWS)),
        "y": pd.Series(RNG.choice(["yes", "no"], ROWS), dtype="str"),
    }
)
BASE = Recipe("y", "yes", ("a", "b")).to_dict()
HUGE = 10**400
SUITS = {
    "clip": ["a", "b", "inf"], "date parts": ["d"], "drop duplicates": ["*", "a"], "flag missing": ["a", "c", "inf"],
    "leave out": ["a", "c", "d"], "no class": ["c", "y", "b"],
    "same class": ["c", "y"], "text to number": ["t", "c"], "values to missing": ["a", "b", "inf"],
}  # fmt: skip

junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(HUGE)
    | st.floats()
    | st.text(max_size=4)
    | st.just("\ud800")
    | st.sampled_from(["a", "yes", "*"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
columns = st.lists(st.sampled_from([name for name in FRAME if name != "y"]), min_size=1, max_size=4, unique=True)
number = st.sampled_from([0, 1, 3.5, -1e308, 1e308, 5e-324]) | st.floats(-10, 10)
GOOD: dict[str, st.SearchStrategy[Any]] = {
    "columns": columns,
    "chosen": columns,
    "width": number,
    "parts": st.lists(st.sampled_from(["year", "month", "weekday", "days"]), max_size=2),
    "min_rows": st.integers(0, 30),
    "keep": st.integers(0, 5),
    "because": st.text(max_size=5),
    "decimal": st.sampled_from([".", ","]),
    "thousands": st.sampled_from([None, "", ".", ",", " ", "'"]),
    "low": st.none() | number,
    "high": st.none() | number,
    "level": st.sampled_from(["(blank)", "no", "0", "x"]),
    "levels": st.lists(st.sampled_from(["p", "q", "no"]), max_size=2),
    "spelled": st.just(["p", "no"]),
    "means": st.lists(st.sampled_from(["q", "yes"]), min_size=2, max_size=2),
    "values": st.lists(number, max_size=2),
    "below": number,
    "above": number,
    "target": st.just("y"),
    "positive": st.just("yes"),
    "features": columns,
    "as_categories": columns,
    "missing": st.sampled_from(["fill", "flag", "drop"]),
    "scale": st.booleans(),
    "degree": st.integers(1, 5),
    "test_share": st.floats(0.05, 0.5),
    "seed": st.integers(0, 2**32 - 1),
    "stratify": st.booleans(),
    "split": st.sampled_from(["random", "group", "time", "column"]),
    "split_column": st.sampled_from(["", "b", "c", "d", "t"]),
    "test_value": st.sampled_from(["", "1", "p"]),
}


def fields(names: list[str], *, bad: bool) -> st.SearchStrategy[dict[str, Any]]:
    """Some of these fields, each with a good value or, if ``bad``, now and then with any."""
    return st.fixed_dictionaries({}, optional={name: GOOD[name] | junk if bad else GOOD[name] for name in names})


def step(kind: str, *, bad: bool) -> st.SearchStrategy[dict[str, Any]]:
    """A repair as JSON."""
    names = [field.name for field in dataclass_fields(STEPS[kind]) if field.name != "columns"]
    about = st.lists(st.sampled_from(SUITS.get(kind, ["a", "b", "c", "t"])), min_size=1, max_size=3, unique=True)
    return st.tuples(about, fields(names, bad=bad)).map(lambda both: {"kind": kind, "columns": both[0], **both[1]})


def recipes(*, bad: bool) -> st.SearchStrategy[dict[str, Any]]:
    """A recipe as JSON."""
    steps: st.SearchStrategy[Any] = st.lists(st.one_of([step(kind, bad=bad) for kind in sorted(STEPS)]), max_size=4)
    chosen = fields([name for name in BASE if name not in {"schema", "steps"}], bad=bad)
    return st.tuples(chosen, steps | junk if bad else steps).map(lambda both: {**BASE, **both[0], "steps": both[1]})


@fuzz(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(junk | st.dictionaries(st.sampled_from([*BASE, "nothing"]), junk) | recipes(bad=True))
def test_any_json_is_a_recipe_or_is_refused(values: Any) -> None:
    _read_and_prepare(values)


@pytest.mark.filterwarnings("ignore::RuntimeWarning", "ignore::UserWarning")
@fuzz(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(recipes(bad=False))
def test_a_recipe_from_json_is_prepared_or_refused(values: dict[str, Any]) -> None:
    _read_and_prepare(values)


def _read_and_prepare(values: Any) -> None:
    said = ""
    try:
        recipe = Recipe.from_dict(values)
        again = json.loads(json.dumps(recipe.to_dict(), allow_nan=False))
        assert Recipe.from_dict(again) == recipe
        assert all(step.sentence for step in recipe.steps)
        made = prepare(FRAME, recipe)
    except RecipeError as refused:
        said = str(refused)
    if said:
        event(f"refused: {said[:30]}")
        assert said.encode()  # a browser can be sent it
        return
    event("prepared")
    assert np.isfinite(made.X_train).all()
    assert np.isfinite(made.X_test).all()


WRONG = [
    {"schema": [1]}, {"schema": True}, {"missing": []}, {"split": {}}, {"test_share": "0.2"}, {"features": "ab"},
    {"features": [1, 2]}, {"target": ["y"]}, {"scale": "yes"}, {"degree": True}, {"seed": HUGE}, {"degree": HUGE},
    {"test_share": HUGE}, {"steps": {"a": 1}}, {"steps": [None]}, {"positive": "\ud800"}, {"steps": None},
]  # fmt: skip
WRONG_STEPS = [
    {"kind": "clip", "width": HUGE}, {"kind": "clip", "width": 1e9}, {"kind": "clip", "columns": "abc"},
    {"kind": "clip", "width": True}, {"kind": "clip", "chosen": [1]}, {"kind": "clip", "columns": ["a", "a"]},
    {"kind": "values to missing", "values": [HUGE]}, {"kind": "values to missing", "values": [True]},
    {"kind": "values to missing", "values": 12}, {"kind": "values to missing", "below": 5, "above": 1},
    {"kind": "leave out", "because": ["x"]}, {"kind": "leave out", "because": "x" * 5_000}, {"kind": ["clip"]},
    {"kind": "date parts", "parts": "year"}, {"kind": "date parts", "parts": ["year", "year"]},
    {"kind": "group levels", "keep": True}, {"kind": "group levels", "min_rows": 1.0}, {"kind": "clip", "fit": 1},
]  # fmt: skip


@pytest.mark.parametrize("change", WRONG + [{"steps": [{"columns": ["a"], **step}]} for step in WRONG_STEPS])
def test_a_value_of_another_type_or_size_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(RecipeError):
        Recipe.from_dict({**BASE, **change})


@pytest.mark.parametrize("values", [[1], None, "recipe", {1: 2}, 7])
def test_what_is_no_object_is_refused(values: object) -> None:
    with pytest.raises(RecipeError):
        Recipe.from_dict(values)


def test_the_message_names_what_is_wrong() -> None:
    with pytest.raises(RecipeError, match="clip: “width” has a value that is not known here"):
        Recipe.from_dict({**BASE, "steps": [{"kind": "clip", "columns": ["a"], "width": "3"}]})
    with pytest.raises(RecipeError, match="“target” is missing"):
        Recipe.from_dict({key: value for key, value in BASE.items() if key != "target"})
    with pytest.raises(WrongValue, match="“nothing” is not known here"):
        read_fields(Recipe, {"nothing": 1})


def test_a_whole_number_where_a_fraction_is_asked_for_is_one() -> None:
    recipe = Recipe.from_dict({**BASE, "steps": [{"kind": "clip", "columns": ["a"], "width": 3}]})
    assert recipe.fingerprint("") == Recipe.from_dict(json.loads(json.dumps(recipe.to_dict()))).fingerprint("")
    assert '"width": 3.0' in json.dumps(recipe.to_dict())
