"""Each kind of repair: what it does, that it learns on training rows only, and that new rows are treated alike."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest

from logreg_core.errors import RecipeError
from logreg_core.features import Recipe, prepare
from logreg_core.features.steps import (
    Clip,
    DateParts,
    DropDuplicates,
    FlagMissing,
    GroupLevels,
    LeaveOut,
    OneSpelling,
    TextToNumber,
    ValuesToMissing,
    can_swap,
    fit_steps,
    names_after,
    origins,
    step_from_dict,
)

ONE_OF_EACH = (
    DropDuplicates(),
    LeaveOut(("id",), because="names the row"),
    TextToNumber(("total",)),
    ValuesToMissing(("income",), (-999.0,), below=-5.0),
    Clip(("income",)),
    OneSpelling(("city",)),
    GroupLevels(("city",), 5, 3),
    DateParts(("day",), ("year", "month", "weekday", "days")),
    FlagMissing(("total", "income")),
)


@pytest.fixture
def customers() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    n = 400
    frame = pd.DataFrame(
        {
            "id": [f"c{i}" for i in range(n)],
            "total": pd.Series([f"{value:.2f}" for value in rng.gamma(2, 50, n)], dtype="str"),
            "income": rng.normal(3000, 500, n).round(),
            "city": rng.choice([f"town {i}" for i in range(12)], n, p=[0.3, 0.2, 0.1] + [0.4 / 9] * 9),
            "day": pd.Timestamp("2023-03-01") + pd.to_timedelta(rng.integers(0, 500, n), unit="D"),
            "left": rng.choice(["yes", "no"], n, p=[0.4, 0.6]),
        }
    ).astype({"id": "str", "city": "str"})
    frame.loc[::40, "total"] = "not yet"
    frame.loc[1::50, "income"] = -999
    frame.loc[7, "income"] = 1e6
    frame.loc[2::60, "day"] = pd.NaT
    return frame


RECIPE = Recipe(
    "left",
    "yes",
    (
        "total",
        "total is missing",
        "income",
        "income is missing",
        "city",
        "day year",
        "day month",
        "day weekday",
        "day days since",
    ),
    steps=ONE_OF_EACH,
)


def after(step, frame, train=None):
    fitted, _ = fit_steps(frame if train is None else train, (step,), tuple(frame.columns))
    return fitted.apply(frame)


def test_every_step_goes_through_json():
    saved = json.loads(json.dumps(RECIPE.to_dict()))
    assert Recipe.from_dict(saved) == RECIPE
    assert saved["schema"] == 2


def test_recipes_of_the_first_schema_are_read():
    old = {
        "schema": 1, "target": "y", "positive": "1", "features": ["x"], "as_categories": [], "missing": "fill",
        "scale": False, "degree": 1, "test_share": 0.2, "seed": 42, "stratify": False,
    }  # fmt: skip
    assert Recipe.from_dict(old) == Recipe("y", "1", ("x",), scale=False, stratify=False)


@pytest.mark.parametrize(
    "damage",
    [
        {"kind": "format the disk"},
        {"kind": "clip", "columns": ["x"], "width": -1},
        {"kind": "clip", "columns": ["x"], "width": "wide"},
        {"kind": "clip", "columns": []},
        {"kind": "clip", "columns": [["x"]]},
        {"kind": "clip"},
        {"kind": "clip", "columns": ["x"], "more": 1},
        {"kind": "date parts", "columns": ["x"], "parts": ["hour"]},
        {"kind": "date parts", "columns": ["x"], "parts": []},
        {"kind": "text to number", "columns": ["x"], "decimal": ";"},
        {"kind": "group levels", "columns": ["x"], "min_rows": -1},
        {"kind": "values to missing", "columns": ["x"], "values": ["NaN"]},
        {"columns": ["x"]},
        {"kind": ["clip"], "columns": ["x"]},
    ],
)
def test_damaged_steps_are_refused(damage):
    with pytest.raises(RecipeError):
        step_from_dict(damage)
    with pytest.raises(RecipeError):
        Recipe.from_dict({**RECIPE.to_dict(), "steps": [damage]})


def test_text_becomes_numbers_and_what_is_none_is_missing(customers):
    numbers = after(TextToNumber(("total",)), customers)["total"]
    assert numbers.dtype == np.float64
    assert numbers.isna().sum() == 10
    assert numbers[1] == float(customers["total"][1])
    comma = after(TextToNumber(("x",), ","), pd.DataFrame({"x": pd.Series(["1.234,5", "-3,25", "?"], dtype="str")}))
    np.testing.assert_array_equal(comma["x"], [1234.5, -3.25, np.nan])


def test_dates_become_parts_counted_from_the_first_training_date():
    frame = pd.DataFrame(
        {"a": 1, "day": pd.to_datetime(["2024-02-29T00:00", "2023-12-31T00:00", None, "2024-03-01T13:00"]), "z": 2}
    )
    parts = after(DateParts(("day",), ("year", "month", "weekday", "days")), frame, frame.iloc[:1])
    assert list(parts.columns) == ["a", "day year", "day month", "day weekday", "day days since", "z"]
    np.testing.assert_array_equal(parts["day year"], [2024, 2023, np.nan, 2024])
    assert parts["day month"].tolist()[:2] == ["February", "December"]
    assert parts["day month"].isna().tolist() == [False, False, True, False]
    assert parts["day weekday"].tolist()[3] == "Friday"
    np.testing.assert_array_equal(parts["day days since"], [0, -60, np.nan, 1])


def test_a_new_column_never_takes_the_name_of_another():
    frame = pd.DataFrame({"day": pd.to_datetime(["2024-01-01"]), "day year": [1], "day is missing": ["x"]})
    names = names_after(tuple(frame.columns), (DateParts(("day",), ("year",)),))
    assert names == ("day year′", "day year", "day is missing")
    assert tuple(after(FlagMissing(("day",)), frame).columns) == (
        "day",
        "day is missing′",
        "day year",
        "day is missing",
    )


def test_columns_know_where_they_come_from(customers):
    steps = (DateParts(("day",), ("year", "days")), FlagMissing(("day year", "total")))
    assert origins(tuple(customers.columns), steps) == {
        "day year": "day",
        "day days since": "day",
        "day year is missing": "day",
        "total is missing": "total",
    }


def test_rare_levels_are_learned_on_training_rows():
    train = pd.DataFrame({"city": pd.Series(["a"] * 6 + ["b"] * 5 + ["c"] * 2, dtype="str")})
    new = pd.DataFrame({"city": pd.Series(["a", "b", "c", "never seen", None], dtype="str")})
    kept = after(GroupLevels(("city",), 5), new, train)["city"]
    assert kept.tolist()[:4] == ["a", "b", "(rare levels)", "(rare levels)"]
    assert kept.isna().tolist()[4]
    assert after(GroupLevels(("city",), 0, 1), new, train)["city"].tolist()[:2] == ["a", "(rare levels)"]
    # Nothing rare in training: a new level is left for the design to treat as any unknown one.
    assert after(GroupLevels(("city",), 2), new, train)["city"].tolist()[3] == "never seen"


def test_numbers_can_be_grouped_as_levels():
    train = pd.DataFrame({"zip": [10, 10, 20, 20, 30]})
    assert after(GroupLevels(("zip",), 2), train)["zip"].tolist() == ["10", "10", "20", "20", "(rare levels)"]


def test_fences_are_tukeys_of_the_training_rows():
    train = pd.DataFrame({"x": np.arange(101.0)})  # quartiles 25 and 75
    limited = after(Clip(("x",), 3.0), pd.DataFrame({"x": [-1e9, 10.0, np.nan, 300.0, np.inf]}), train)["x"]
    np.testing.assert_array_equal(limited, [-125, 10, np.nan, 225, 225])
    same = pd.DataFrame({"x": [5.0] * 9 + [1e9]})
    np.testing.assert_array_equal(after(Clip(("x",)), same)["x"], same["x"])


def test_values_become_missing():
    frame = pd.DataFrame({"x": [-999, 5, 130, -2]})
    step = ValuesToMissing(("x",), (-999.0,), below=-1.0, above=120.0)
    np.testing.assert_array_equal(after(step, frame)["x"], [np.nan, 5, np.nan, np.nan])


def test_gaps_become_a_column():
    frame = pd.DataFrame({"x": [1.0, np.nan, np.inf]})
    assert after(FlagMissing(("x",)), frame)["x is missing"].tolist() == ["no", "yes", "yes"]


def test_repeated_rows_are_used_once():
    frame = pd.DataFrame({"id": range(40), "x": np.tile(np.arange(20.0), 2), "y": np.tile([0, 1], 20)})
    all_rows = prepare(frame, Recipe("y", "1", ("x",), steps=(DropDuplicates(),)))
    assert all_rows.rows_train.size + all_rows.rows_test.size == 40
    once = prepare(frame, Recipe("y", "1", ("x",), steps=(DropDuplicates(("id",)),)))
    assert set(once.rows_train) | set(once.rows_test) == set(range(20))
    assert "20 rows repeat others and are not used." in once.notes


def test_everything_steps_learn_comes_from_training_rows(customers):
    made = prepare(customers, RECIPE)
    changed = customers.copy()
    changed.loc[made.rows_test, "income"] = 1e9
    changed.loc[made.rows_test, "total"] = "unknown"
    changed.loc[made.rows_test, "city"] = "elsewhere"
    changed.loc[made.rows_test, "day"] = pd.Timestamp("1950-01-01")
    again = prepare(changed, RECIPE)
    np.testing.assert_array_equal(made.rows_train, again.rows_train)
    np.testing.assert_array_equal(made.X_train, again.X_train)
    assert made.feature_names == again.feature_names


def test_new_raw_rows_are_treated_as_the_training_rows_were(customers):
    made = prepare(customers, RECIPE)
    np.testing.assert_array_equal(made.transform(customers.iloc[made.rows_train]), made.X_train)
    np.testing.assert_array_equal(made.transform(customers.iloc[made.rows_test]), made.X_test)
    # Columns that no feature is made from need not be there, and kinds may differ: a file of one row reads otherwise.
    one = customers.iloc[[3]].drop(columns=["id", "left"]).assign(total=12.5, day="2024-05-05")
    known = customers.iloc[[3]].assign(total="12.5", day=pd.Timestamp("2024-05-05"))
    np.testing.assert_array_equal(made.transform(one), made.transform(known))
    with pytest.raises(RecipeError, match="no column 'city'"):
        made.transform(one.drop(columns="city"))


def test_a_recipe_without_steps_is_the_same_as_before(customers):
    plain = dataclasses.replace(RECIPE, features=("income", "city"), steps=())
    out = dataclasses.replace(plain, steps=(LeaveOut(("id",)),))
    np.testing.assert_array_equal(prepare(customers, plain).X_train, prepare(customers, out).X_train)


@pytest.mark.parametrize("missing", ["fill", "flag", "drop"])
def test_all_ways_to_treat_gaps_work_after_steps(customers, missing):
    made = prepare(customers, dataclasses.replace(RECIPE, missing=missing))
    assert np.isfinite(made.X_train).all()
    if missing == "drop":
        kept = np.concatenate([made.rows_train, made.rows_test])
        assert not customers.iloc[kept]["income"].isin([-999]).any()
        assert (customers.iloc[kept]["total"] != "not yet").all()


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((Clip(("total",)),), "no numbers at this point"),
        ((LeaveOut(("id",)), Clip(("id",))), "no column 'id' at this point"),
        ((Clip(("nothing",)),), "no column 'nothing'"),
        ((Clip(("left",)),), "'left' is what to predict"),
        ((DateParts(("income",)),), "holds numbers, not dates"),
    ],
)
def test_steps_that_do_not_fit_are_told(customers, steps, said):
    with pytest.raises(RecipeError, match=said):
        prepare(customers, Recipe("left", "yes", ("city",), steps=steps))


def test_only_an_order_that_works_and_matters_can_be_changed(customers):
    steps = (FlagMissing(("total",)), TextToNumber(("total",)), LeaveOut(("id",)), TextToNumber(("city",)))
    assert can_swap(customers, steps, 0)
    assert not can_swap(customers, steps, 1)  # nothing in common
    assert not can_swap(customers, (TextToNumber(("total",)), Clip(("total",))), 0)  # text cannot be limited
    assert not can_swap(customers, (Clip(("income",)), LeaveOut(("income",))), 0)  # what is left out is gone
    assert not can_swap(customers, steps, 3)
