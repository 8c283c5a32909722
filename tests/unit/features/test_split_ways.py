"""Rows kept aside by group, by time and by a column: nothing crosses, order holds, and what cannot be is told."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import GroupShuffleSplit, train_test_split

from logreg_core.errors import RecipeError
from logreg_core.features import Recipe, prepare
from logreg_core.features.findings import examine
from logreg_core.features.split_columns import split_columns

N = 600


@pytest.fixture
def visits() -> pd.DataFrame:
    rng = np.random.default_rng(2)
    patient = rng.integers(0, 90, N)
    return pd.DataFrame(
        {
            "patient_id": patient,
            "x": rng.normal(size=N),
            "day": pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 200, N), unit="D"),
            "part": rng.choice(["train", "valid", "test"], N, p=[0.6, 0.2, 0.2]),
            "ill": np.where(rng.random(N) < 0.2 + 0.3 * (patient % 3 == 0), "yes", "no"),
        }
    )


BY_GROUP = Recipe("ill", "yes", ("x",), split="group", split_column="patient_id")
BY_TIME = dataclasses.replace(BY_GROUP, split="time", split_column="day")
BY_COLUMN = dataclasses.replace(BY_GROUP, split="column", split_column="part", test_value="test")


@pytest.mark.parametrize("stratify", [True, False])
@pytest.mark.parametrize("share", [0.05, 0.2, 0.35, 0.5])
@pytest.mark.parametrize("seed", [0, 42])
def test_no_group_is_on_both_sides(visits, stratify, share, seed):
    made = prepare(visits, dataclasses.replace(BY_GROUP, stratify=stratify, test_share=share, seed=seed))
    groups = visits["patient_id"].to_numpy()
    assert not set(groups[made.rows_train]) & set(groups[made.rows_test])
    assert sorted([*made.rows_train, *made.rows_test]) == list(range(N))
    assert made.rows_test.size / N == pytest.approx(share, abs=0.06)
    if stratify:
        # A group of 7 rows cannot be cut, so the shares agree to about a group, not to a row.
        assert made.y_test.mean() == pytest.approx(made.y_train.mean(), abs=7 / made.y_test.size + 0.02)


def test_groups_without_strata_are_scikit_learns(visits):
    made = prepare(visits, dataclasses.replace(BY_GROUP, stratify=False))
    count = visits["patient_id"].nunique()
    splitter = GroupShuffleSplit(1, test_size=round(0.2 * count), random_state=42)
    groups = pd.factorize(visits["patient_id"])[0]
    train, test = next(splitter.split(visits, groups=groups))
    np.testing.assert_array_equal(made.rows_test, test)
    np.testing.assert_array_equal(made.rows_train, train)


def test_the_same_seed_gives_the_same_groups_and_another_others(visits):
    first, again = prepare(visits, BY_GROUP), prepare(visits, BY_GROUP)
    np.testing.assert_array_equal(first.rows_test, again.rows_test)
    other = prepare(visits, dataclasses.replace(BY_GROUP, seed=1))
    assert set(other.rows_test) != set(first.rows_test)


def test_groups_that_are_rows_and_rows_without_a_group(visits):
    visits["row"] = [f"r{i}" for i in range(N)]
    alone = prepare(visits, dataclasses.replace(BY_GROUP, split_column="row"))
    assert alone.rows_test.size == pytest.approx(120, abs=8)
    visits["half"] = visits["patient_id"].where(visits["patient_id"] < 45).astype("float64")
    made = prepare(visits, dataclasses.replace(BY_GROUP, split_column="half"))
    assert sorted([*made.rows_train, *made.rows_test]) == list(range(N))
    both = set(visits["half"].iloc[made.rows_train].dropna()) & set(visits["half"].iloc[made.rows_test].dropna())
    assert not both


def test_the_past_trains_and_the_latest_test(visits):
    made = prepare(visits, BY_TIME)
    day = visits["day"]
    assert day.iloc[made.rows_train].max() < day.iloc[made.rows_test].min()
    assert made.rows_test.size / N == pytest.approx(0.2, abs=0.01)  # three rows a day


def test_rows_of_the_same_time_are_on_one_side(visits):
    visits["year"] = np.repeat([2019, 2020, 2021], [100, 350, 150])
    for share, expected in ((0.2, 150), (0.3, 150), (0.4, 150), (0.5, 150)):
        made = prepare(visits, dataclasses.replace(BY_TIME, split_column="year", test_share=share))
        assert made.rows_test.size == expected
        years = visits["year"]
        assert years.iloc[made.rows_train].max() < years.iloc[made.rows_test].min()
    visits["year"] = 2020
    with pytest.raises(RecipeError, match="All rows have the same value in 'year'"):
        prepare(visits, dataclasses.replace(BY_TIME, split_column="year"))


def test_rows_without_a_time_are_left_out_and_counted(visits):
    visits.loc[:49, "day"] = pd.NaT
    made = prepare(visits, BY_TIME)
    assert made.rows_train.size + made.rows_test.size == N - 50
    assert made.notes[0] == "50 rows have no value in 'day' and cannot be used."
    visits["number"] = np.where(np.arange(N) < 30, np.inf, np.arange(N, dtype=float))
    made = prepare(visits, dataclasses.replace(BY_TIME, split_column="number"))
    assert made.rows_train.size + made.rows_test.size == N - 30


def test_a_column_that_says_it(visits):
    visits.loc[:9, "part"] = None
    made = prepare(visits, BY_COLUMN)
    np.testing.assert_array_equal(made.rows_test, np.flatnonzero(visits["part"] == "test"))
    np.testing.assert_array_equal(made.rows_train, np.flatnonzero(visits["part"].isin(["train", "valid"])))
    numbers = visits.assign(part=np.where(visits["part"] == "test", 1, 0))
    coded = prepare(numbers, dataclasses.replace(BY_COLUMN, test_value="1"))
    np.testing.assert_array_equal(coded.rows_test, made.rows_test)


@pytest.mark.parametrize(
    ("change", "columns", "said", "remedy"),
    [
        ({"split_column": ""}, {}, "not chosen which column", "Choose a column"),
        ({"split_column": "ill"}, {}, "'ill' is what to predict", "Choose another column"),
        ({"split_column": "gone"}, {}, "no column 'gone'", "Choose another column"),
        ({"split": "by the moon"}, {}, "by the moon", "random"),
        ({"split": "column", "test_value": "nothing"}, {}, "No row would be left for the test rows", "another value"),
        ({"split": "time", "split_column": "part"}, {}, "no dates or numbers", "another column"),
        ({}, {"patient_id": 1}, "one group only", "another column"),
    ],
)
def test_what_cannot_be_split_is_told(visits, change, columns, said, remedy):
    recipe = dataclasses.replace(BY_GROUP, **({"split_column": "part"} if change.get("split") == "column" else {}))
    with pytest.raises(RecipeError, match=said) as caught:
        prepare(visits.assign(**columns), dataclasses.replace(recipe, **change))
    assert remedy in caught.value.remedy


def test_a_part_of_one_class_names_a_share_that_works(visits):
    visits = visits.sort_values("day", ignore_index=True)
    visits["ill"] = np.where(np.arange(N) < 420, visits["ill"], "no")
    with pytest.raises(RecipeError, match="No row of the test rows is 'yes'") as caught:
        prepare(visits, BY_TIME)
    assert "Choose a test share of" in caught.value.remedy
    share = int(caught.value.remedy.split("share of ")[1].split(" %")[0]) / 100
    prepare(visits, dataclasses.replace(BY_TIME, test_share=share))


def test_random_rows_are_still_scikit_learns(visits):
    made = prepare(visits, Recipe("ill", "yes", ("x",)))
    train, test = train_test_split(np.arange(N), test_size=0.2, random_state=42, stratify=visits["ill"])
    np.testing.assert_array_equal(made.rows_train, train)
    np.testing.assert_array_equal(made.rows_test, test)


def test_columns_are_offered_for_what_they_can_say(visits):
    offered = split_columns(visits, "ill")
    assert offered.groups[0] == "patient_id"
    assert "x" not in offered.groups
    assert offered.times[0] == "day"
    assert offered.parts == (("part", ("test", "valid", "train")),)


def test_the_likeliest_group_is_the_one_named_by_a_number():
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(
        {
            "Kunde seit": pd.Timestamp("2020-01-01") + pd.to_timedelta(rng.integers(0, 500, N), unit="D"),
            "PLZ": rng.integers(10_115, 10_400, N),
            "Vertragsart": rng.choice(["Monat", "Jahr"], N),
            "Monate": rng.integers(1, 60, N),
            "Kundennummer": np.repeat(rng.choice(10_000, N // 2, replace=False), 2),
            "Status": rng.choice(["aktiv", "gekündigt"], N),
        }
    )
    assert split_columns(frame, "Status").groups == ("Kundennummer", "PLZ")


def test_three_rows():
    frame = pd.DataFrame({"g": ["a", "b", "c"], "x": [1.0, 2.0, 3.0], "t": [1, 2, 3], "y": [0, 1, 1]})
    for split, column in (("group", "g"), ("time", "t")):
        with pytest.raises(RecipeError):
            prepare(frame, Recipe("y", "1", ("x",), split=split, split_column=column))


def test_a_gap_changes_nothing_about_what_can_split(visits):
    """A missing cell makes floats of whole numbers; customer numbers, years and 0/1 for test stay what they are."""
    rng = np.random.default_rng(0)
    visits["year"], visits["is_test"] = rng.integers(2010, 2024, N), rng.integers(0, 2, N)
    whole = split_columns(visits, "ill")
    gaps = visits.astype({"patient_id": float, "year": float, "is_test": float})
    gaps.loc[:2, ["patient_id", "year", "is_test"]] = np.nan
    assert split_columns(gaps, "ill") == whole
    assert whole.groups[0] == "patient_id"
    assert dict(whole.parts)["is_test"] in {("0", "1"), ("1", "0")}
    made = prepare(gaps, BY_GROUP)
    sides = [set(gaps["patient_id"].iloc[rows].dropna()) for rows in (made.rows_train, made.rows_test)]
    assert not sides[0] & sides[1]
    made = prepare(gaps, dataclasses.replace(BY_TIME, split_column="year"))
    assert gaps["year"].iloc[made.rows_train].max() <= gaps["year"].iloc[made.rows_test].min()
    made = prepare(gaps, dataclasses.replace(BY_COLUMN, split_column="is_test", test_value="1"))
    assert set(gaps["is_test"].iloc[made.rows_test]) == {1.0}


def test_amounts_with_fractions_and_counts_group_nothing(visits):
    visits["customer score"] = np.random.default_rng(0).normal(size=N)
    visits["number of customer calls"] = np.arange(N) % 20
    assert split_columns(visits, "ill").groups == ("patient_id",)


def test_one_click_keeps_the_rows_of_a_customer_together_despite_a_gap(visits):
    visits["patient_id"] = visits["patient_id"].astype(float)
    visits.loc[0, "patient_id"] = np.nan
    recipe = Recipe("ill", "yes", ("x", "patient_id"))
    (finding,) = [f for f in examine(visits, recipe, prepare(visits, recipe)) if f.key.startswith("rows that belong")]
    mended = finding.fixes[0].apply(recipe, tuple(visits.columns))
    assert mended.split_column in split_columns(visits, "ill").groups
    made = prepare(visits, mended)
    sides = [set(visits["patient_id"].iloc[rows].dropna()) for rows in (made.rows_train, made.rows_test)]
    assert not sides[0] & sides[1]
