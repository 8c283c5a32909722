import dataclasses
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from logreg_core.errors import RecipeError
from logreg_core.features import Recipe, prepare, suggest_features
from logreg_core.features.steps import Clip, DateParts, GroupLevels, ValuesToMissing
from logreg_core.features.too_wide import TooWideError


@pytest.fixture
def people() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    n = 200
    frame = pd.DataFrame(
        {
            "age": rng.integers(18, 80, n).astype(float),
            "income": rng.normal(2000, 400, n),
            "plan": pd.Series(rng.choice(["month", "year", "two years"], n, p=[0.6, 0.3, 0.1]), dtype="str"),
            "bought": rng.choice(["yes", "no"], n, p=[0.3, 0.7]),
        }
    )
    frame.loc[[3, 50, 120], "age"] = np.nan
    frame.loc[[7, 8], "plan"] = np.nan
    frame.loc[9, "income"] = np.inf
    return frame


RECIPE = Recipe(target="bought", positive="yes", features=("age", "income", "plan"))


def test_tutorial_split_is_the_tutorials():
    X, y = make_classification(
        n_samples=1000, n_features=2, n_redundant=0, n_informative=2, n_clusters_per_class=1, random_state=42
    )
    expected = train_test_split(X, y, test_size=0.2, random_state=42)
    frame = pd.DataFrame({"feature 1": X[:, 0], "feature 2": X[:, 1], "class": y})
    recipe = Recipe("class", "1", ("feature 1", "feature 2"), scale=False, stratify=False)
    made = prepare(frame, recipe)
    for ours, theirs in zip((made.X_train, made.X_test, made.y_train, made.y_test), expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    np.testing.assert_array_equal(frame["class"].to_numpy()[made.rows_test], made.y_test)


def test_everything_learned_comes_from_training_rows(people):
    made = prepare(people, RECIPE)
    changed = people.copy()
    changed.loc[made.rows_test, "income"] *= 1000
    changed.loc[made.rows_test, "plan"] = "never seen"
    again = prepare(changed, RECIPE)
    np.testing.assert_array_equal(made.X_train, again.X_train)
    level_columns = [i for i, name in enumerate(made.feature_names) if name.startswith("plan = ")]
    assert not again.X_test[:, level_columns].any()  # an unknown level counts as the reference


def test_fill_scale_and_levels_are_scikit_learns(people):
    made = prepare(people, RECIPE)
    assert made.feature_names == ("age", "income", "plan = year", "plan = two years")
    train = people.iloc[made.rows_train]
    numbers = train[["age", "income"]].replace(np.inf, np.nan)
    filled = numbers.fillna(numbers.median())
    np.testing.assert_allclose(made.X_train[:, :2], StandardScaler().fit_transform(filled), rtol=0, atol=1e-12)
    np.testing.assert_array_equal(made.X_train[:, 2], (train["plan"] == "year").to_numpy())
    assert made.columns[2].note.endswith("compared with month")
    assert any("infinite" in note for note in made.notes)
    assert np.isfinite(made.X_train).all()
    assert np.isfinite(made.X_test).all()


def test_missing_as_information(people):
    made = prepare(people, dataclasses.replace(RECIPE, missing="flag"))
    assert "age is missing" in made.feature_names
    assert "plan = (missing)" in made.feature_names
    at = made.feature_names.index("age is missing")
    np.testing.assert_array_equal(made.X_train[:, at], people["age"].isna().to_numpy()[made.rows_train])


def test_rows_with_missing_values_left_out(people):
    made = prepare(people, dataclasses.replace(RECIPE, missing="drop"))
    used = np.concatenate([made.rows_train, made.rows_test])
    assert set(people.index) - set(used) == {3, 50, 120, 7, 8, 9}
    assert "6 rows have" in made.notes[0]


def test_rows_are_not_left_out_for_columns_that_cannot_be_used(people):
    unusable = {
        "empty": np.nan,
        "same": np.where(np.arange(200) % 2, 1.0, np.nan),
        "code": pd.Series([f"c{i}" if i % 2 else None for i in range(200)], dtype="str"),
        "day": pd.Series(pd.date_range("2026-01-01", periods=200)).where(np.arange(200) % 2 == 0),
    }
    frame = people.assign(**unusable)
    alone = prepare(people, dataclasses.replace(RECIPE, missing="drop"))
    made = prepare(frame, dataclasses.replace(RECIPE, missing="drop", features=(*RECIPE.features, *unusable)))
    np.testing.assert_array_equal(made.X_train, alone.X_train)
    assert made.notes == alone.notes
    assert [name for name, _ in made.dropped] == list(unusable)


def test_polynomial_terms(people):
    made = prepare(people, dataclasses.replace(RECIPE, features=("age", "income"), degree=2, scale=False))
    assert made.feature_names == ("age", "income", "age²", "age × income", "income²")
    train = people.iloc[made.rows_train][["age", "income"]].replace(np.inf, np.nan)
    expected = PolynomialFeatures(2, include_bias=False).fit_transform(train.fillna(train.median()))
    np.testing.assert_allclose(made.X_train, expected, rtol=1e-14)
    scaled = prepare(people, dataclasses.replace(RECIPE, features=("age", "income"), degree=3))
    np.testing.assert_allclose(scaled.X_train.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(scaled.X_train.std(axis=0), 1, atol=1e-12)


def test_a_class_against_the_rest():
    frame = pd.DataFrame({"x": np.arange(90.0), "kind": ["a", "b", "c"] * 30})
    made = prepare(frame, Recipe("kind", "b", ("x",)))
    assert made.negative == "not b"
    assert made.y_train.sum() + made.y_test.sum() == 30


def test_stratified_parts_have_the_same_shares(people):
    made = prepare(people, RECIPE)
    assert abs(made.y_train.mean() - made.y_test.mean()) < 1 / len(made.y_test)


def test_rows_without_a_target_are_left_out_and_counted(people):
    people.loc[:9, "bought"] = None
    made = prepare(people, RECIPE)
    assert made.rows_train.size + made.rows_test.size == 190
    assert made.notes[0].startswith("10 rows have no value in 'bought'")


def test_columns_that_no_model_can_use_are_dropped_with_the_reason(people):
    people["same"] = 1
    people["empty"] = np.nan
    people["code"] = [f"c{i}" for i in range(len(people))]
    people["day"] = pd.date_range("2026-01-01", periods=len(people))
    made = prepare(people, dataclasses.replace(RECIPE, features=("age", "same", "empty", "code", "day")))
    reasons = dict(made.dropped)
    assert made.features == ("age",)
    assert "constant" in reasons["same"]
    assert "no values" in reasons["empty"]
    assert "different texts" in reasons["code"]
    assert "date" in reasons["day"]
    with pytest.raises(RecipeError, match="None of the chosen features"):
        prepare(people, dataclasses.replace(RECIPE, features=("same", "empty")))


def test_many_levels_share_a_column():
    levels = np.repeat([f"l{i:02d}" for i in range(60)], 20)
    frame = pd.DataFrame({"city": pd.Series(levels, dtype="str"), "y": np.tile([0, 1], 600)})
    made = prepare(frame, Recipe("y", "1", ("city",)))
    assert len(made.feature_names) == 29
    assert made.feature_names[-1] == "city = (other levels)"
    unknown = made.transform(pd.DataFrame({"city": ["never seen", made.design.levels["city"][0]]}))
    assert unknown[0, -1] == 1
    assert not unknown[1].any()


def test_numbers_as_categories(people):
    people["region"] = np.tile([1, 2, 3, 4], 50)
    made = prepare(people, dataclasses.replace(RECIPE, features=("region",), as_categories=("region",)))
    assert len(made.feature_names) == 3
    assert made.categories == ("region",)


@pytest.mark.parametrize(
    ("frame", "recipe", "said"),
    [
        ({"x": [1.0] * 5 + [2.0] * 5, "y": [1] * 10}, Recipe("y", "1", ("x",)), "nothing to tell apart"),
        ({"x": np.arange(10.0), "y": [1] + [0] * 9}, Recipe("y", "1", ("x",)), "Only one row is '1'"),
        (
            {"x": np.arange(40.0), "y": [1] * 2 + [0] * 38},
            Recipe("y", "1", ("x",), stratify=False, seed=3),
            "No row of the test rows is '1'",
        ),
        ({"x": [1.0, 2.0, 3.0], "y": [0, 1, 1]}, Recipe("y", "1", ("x",)), "too few"),
        ({"x": np.arange(10.0), "y": [0, 1] * 5}, Recipe("y", "2", ("x",)), "not a class"),
        ({"x": np.arange(10.0), "y": [0, 1] * 5}, Recipe("y", "1", ("z",)), "no column 'z'"),
        ({"x": [np.nan] * 10, "y": [0, 1] * 5}, Recipe("y", "1", ("x",), missing="drop"), "'x': no values"),
        (
            {"x": [np.nan, 1.0, 2.0, np.nan] * 5, "z": [1.0, np.nan, np.nan, 2.0] * 5, "y": [0, 1] * 10},
            Recipe("y", "1", ("x", "z"), missing="drop"),
            "Every row has a missing",
        ),
        ({"x": [1e300, 2e300] * 5, "y": [0, 1] * 5}, Recipe("y", "1", ("x",)), "no values of at most 1e.100 in size"),
        ({"x": [0.3, 0.1 * 3] * 5, "y": [0, 1] * 5}, Recipe("y", "1", ("x",)), "varies too little"),
        ({"x": np.arange(10.0), "y": [np.nan] * 10}, Recipe("y", "1", ("x",)), "no values"),
    ],
)
def test_what_cannot_be_prepared_is_said(frame, recipe, said):
    with pytest.raises(RecipeError, match=said):
        prepare(pd.DataFrame(frame), recipe)


def test_a_design_too_large_for_memory_is_refused_before_it_is_made():
    frame = pd.DataFrame(np.random.default_rng(0).normal(size=(500, 100)), columns=[f"x{i}" for i in range(100)])
    frame["y"] = np.tile([0, 1], 250)
    with pytest.raises(RecipeError, match="fit in memory") as refused:
        prepare(frame, Recipe("y", "1", tuple(f"x{i}" for i in range(100)), degree=4))
    assert refused.value.where == "Most of them come from powers and products of 100 numbers (4,598,125)."


def test_too_many_levels_are_named_with_how_many_of_them_fit(monkeypatch):
    rng, rows = np.random.default_rng(0), 4_000
    frame = pd.DataFrame({f"x{i}": rng.normal(size=rows) for i in range(13)})
    for name, levels in {"plan": 3, "city": 60, "street": 40}.items():
        frame[name] = [f"{name} {level}" for level in rng.integers(0, levels, rows)]
    frame["y"] = np.tile([0, 1], rows // 2)
    features = tuple(name for name in frame if name != "y")
    recipe = Recipe("y", "1", features)
    width = prepare(frame, recipe).X_train.shape[1]
    monkeypatch.setattr("logreg_core.features.too_wide.MAX_CELLS", 3_200 * 50)
    with pytest.raises(TooWideError) as refused:
        prepare(frame, recipe)
    error = refused.value
    assert error.what == f"The model would see {width} columns of 3,200 training rows; 50 fit in memory here."
    assert error.where == "Most of them come from 'city' (29) and 'street' (29)."
    assert (error.columns, error.keep) == (("city", "street"), 17)
    kept = replace(recipe, steps=(GroupLevels(error.columns, 1, error.keep),))
    assert prepare(frame, kept).X_train.shape[1] == 13 + 2 + 2 * 17
    # One level more would not have fitted.
    with pytest.raises(TooWideError):
        prepare(frame, replace(recipe, steps=(GroupLevels(error.columns, 1, error.keep + 1),)))
    monkeypatch.setattr("logreg_core.features.too_wide.MAX_CELLS", 3_200 * 15)
    with pytest.raises(TooWideError) as refused:
        prepare(frame, recipe)
    assert (refused.value.keep, refused.value.remedy) == (0, "Choose fewer features.")


def test_suggested_features_leave_out_row_numbers_and_names(people):
    people["row"] = np.arange(len(people))
    people["customer"] = [f"c{i}" for i in range(len(people))]
    assert suggest_features(people, "bought") == ("age", "income", "plan")


def test_the_frame_is_left_as_it_is(people):
    before = people.copy()
    prepare(people, dataclasses.replace(RECIPE, missing="flag", degree=2))
    pd.testing.assert_frame_equal(people, before)


def test_a_text_among_numbers_is_named_where_it_makes_levels_of_numbers():
    age = pd.Series([str(20 + i % 40) for i in range(400)], dtype="str")
    age[112] = "unknown"
    frame = pd.DataFrame({"age": age, "plan": ["a", "b"] * 200, "y": [0, 1, 1, 0] * 100})
    made = prepare(frame, Recipe("y", "1", ("age", "plan"), seed=0))
    assert any("'age' is treated as a category" in note and "'unknown'" in note for note in made.notes)
    assert not any("'plan'" in note for note in made.notes)


@pytest.mark.parametrize("seed", range(8))
def test_no_row_is_filled_where_rows_with_gaps_are_left_out(seed):
    # Of all rows the middle half has a width, so a limit would make the infinite value finite; of some training rows it
    # has none, and the value stays infinite.
    n = 40
    frame = pd.DataFrame(
        {
            "a": [*[0.0] * 29, *range(1, 11), np.inf],
            "b": np.random.default_rng(0).normal(size=n),
            "y": ["yes", "no"] * 20,
        }
    )
    recipe = Recipe("y", "yes", ("a", "b"), missing="drop", steps=(Clip(("a",)),), seed=seed, test_share=0.5)
    made = prepare(frame, recipe)
    assert not [note for note in made.notes if "filled" in note]
    limited = np.isfinite(made.steps.apply(frame)["a"].to_numpy()[n - 1])
    used = n - 1 in {*made.rows_train, *made.rows_test}
    assert used == limited
    if not limited:
        assert "After the repairs, 1 row has a missing value and cannot be used." in made.notes
    assert made.rows_train.size + made.rows_test.size == n - (not limited)


@pytest.mark.parametrize(
    ("column", "cell", "said", "where"),
    [
        ("age", "forty", "'forty' is not a number", "Column 'age', row 2 of 3"),
        ("limited", "1,5", "'1,5' is not a number", "Column 'limited', row 2 of 3"),
        ("no9", "x" * 500, f"'{'x' * 60}' is not a number", "Column 'no9', row 2 of 3"),
        ("day", "03.05.2021", "'03.05.2021' is not a date", "Column 'day', row 2 of 3"),
    ],
)
def test_new_rows_that_cannot_be_read_are_told_with_their_column_and_row(column, cell, said, where):
    made, frame = _of_many_kinds()
    rows = frame.iloc[:3].astype({column: object})
    rows.loc[1, column] = cell
    with pytest.raises(RecipeError, match=re.escape(said)) as caught:
        made.transform(rows)
    assert caught.value.where == f"{where}."
    assert "leave the cell empty" in caught.value.remedy


def test_new_rows_of_texts_are_read_as_what_they_were_learned_from():
    made, frame = _of_many_kinds()
    texts = frame.iloc[:5].astype("str")
    np.testing.assert_array_equal(made.transform(texts), made.transform(frame.iloc[:5]))
    texts.loc[0, ["age", "limited", "no9", "day"]] = ["", " ", None, ""]
    empty = frame.iloc[:5].copy()
    empty.loc[0, ["age", "limited", "no9"]] = np.nan
    empty.loc[0, "day"] = pd.NaT
    np.testing.assert_array_equal(made.transform(texts), made.transform(empty))
    zoned = frame.iloc[:5].assign(day=frame["day"].iloc[:5].dt.tz_localize("UTC"))
    np.testing.assert_array_equal(made.transform(zoned), made.transform(frame.iloc[:5]))
    with pytest.raises(RecipeError, match="holds numbers, not dates"):
        made.transform(frame.iloc[:5].assign(day=20210503))
    with pytest.raises(RecipeError, match="is not a number"):
        made.transform(frame.iloc[:5].assign(age=frame["day"]))


def _of_many_kinds():
    rng = np.random.default_rng(0)
    n = 100
    frame = pd.DataFrame(
        {
            "age": rng.normal(40, 9, n),
            "limited": rng.normal(size=n),
            "no9": rng.integers(0, 9, n).astype("float64"),
            "day": pd.Timestamp("2021-01-01") + pd.to_timedelta(rng.integers(0, 300, n), unit="D"),
            "y": rng.choice(["yes", "no"], n),
        }
    )
    steps = (Clip(("limited",)), ValuesToMissing(("no9",), (9.0,)), DateParts(("day",), ("days", "month")))
    features = ("age", "limited", "no9", "day days since", "day month")
    return prepare(frame, Recipe("y", "yes", features, steps=steps)), frame


def test_the_column_that_empties_the_table_is_named():
    rng = np.random.default_rng(0)
    died = rng.random(200) < 0.3
    frame = pd.DataFrame({"x": rng.normal(size=200), "days": np.where(died, rng.integers(1, 99, 200), np.nan)})
    frame["y"] = np.where(died, "yes", "no")
    recipe = Recipe("y", "yes", ("x", "days"), missing="drop")
    with pytest.raises(RecipeError, match=f"'days' is missing in {200 - died.sum()} of the {200 - died.sum()} rows"):
        prepare(frame, recipe)
    frame["other"] = np.where(died, np.nan, rng.normal(size=200))
    with pytest.raises(RecipeError, match=r"Every row has a missing .*'days' is missing in"):
        prepare(frame, dataclasses.replace(recipe, features=("x", "days", "other")))
