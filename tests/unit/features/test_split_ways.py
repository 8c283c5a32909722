"""Rows kept aside by group, by time and by a column: nothing crosses, order holds, and what cannot be is told."""

import dataclasses
import itertools

import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import train_test_split

from logreg_core.errors import RecipeError
from logreg_core.features import Recipe, prepare
from logreg_core.features.findings import examine
from logreg_core.features.group_choice import choose_groups
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


@pytest.mark.parametrize("stratify", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_the_share_of_the_rows_is_kept_where_one_group_is_half_of_them(visits, stratify, seed):
    rng = np.random.default_rng(7)
    visits["shop"] = np.where(rng.random(N) < 0.5, 0, rng.integers(1, 60, N))
    made = prepare(visits, dataclasses.replace(BY_GROUP, split_column="shop", stratify=stratify, seed=seed))
    assert made.rows_test.size / N == pytest.approx(0.2, abs=0.01)
    assert not [note for note in made.notes if "stay together" in note]
    share = f"{100 * (visits['shop'] == 0).mean():.1f} %".replace(".0 %", " %")
    said = f"Group '0' of 'shop' has {share} of the rows, more than are to test: it trains, whatever the seed."
    assert said in made.notes
    assert (visits["shop"].iloc[made.rows_test] != 0).all()


def test_groups_come_as_near_to_the_share_as_trying_all_ways():
    rng = np.random.default_rng(3)
    behind = []
    for seed in range(60):
        rows = rng.integers(1, 60, int(rng.integers(2, 11))).astype(np.float64)
        share = float(rng.choice([0.05, 0.2, 0.35, 0.5]))
        chosen = choose_groups(rows[:, None], share, seed)
        assert 0 < chosen.sum() < len(rows)
        ways = np.array(list(itertools.product([False, True], repeat=len(rows)))[1:-1])
        best = np.abs((ways @ rows) / rows.sum() - share).min()
        behind.append(abs(rows[chosen].sum() / rows.sum() - share) - best)
    assert max(behind) < 0.05
    assert np.mean(behind) < 0.004


def test_each_of_equal_groups_tests_as_often():
    chosen = np.mean([choose_groups(np.full((20, 1), 5.0), 0.2, seed) for seed in range(1_000)], axis=0)
    # 200 of 1,000 expected, standard error 1.26 %: 5 of them hold for all twenty.
    np.testing.assert_allclose(chosen, 0.2, atol=0.065)


def _rows_by_class(sizes, rng):
    positive = rng.binomial(sizes, 0.3)
    return np.stack([positive, sizes - positive], axis=1).astype(float)


@pytest.mark.parametrize("stratify", [True, False])
@pytest.mark.parametrize("groups", ["100 of 10", "300 of 4", "200 of 1 to 15", "100 of 5 to 60"])
def test_each_group_tests_as_often_whatever_its_rows_and_classes(groups, stratify):
    rng = np.random.default_rng(5)
    sizes = {
        "100 of 10": np.full(100, 10),
        "300 of 4": np.full(300, 4),
        "200 of 1 to 15": rng.poisson(6, 200) + 1,
        "100 of 5 to 60": rng.integers(5, 60, 100),
    }[groups]
    counts = _rows_by_class(sizes, rng) if stratify else sizes[:, None].astype(float)
    seeds = 400
    chosen = np.array([choose_groups(counts, 0.2, seed) for seed in range(seeds)])
    error = np.sqrt(0.2 * 0.8 / seeds)
    often = chosen.mean(axis=0)
    assert np.abs(often - 0.2).max() < 4.5 * error  # of 300 groups one in 500 times by chance
    assert often.std() < 1.3 * error
    shares = (chosen @ counts) / counts.sum(axis=0)
    assert np.abs(shares - 0.2).max() <= 0.01 + 1e-9
    assert np.unique(chosen, axis=0).shape[0] > 0.99 * seeds


def test_a_group_of_more_rows_than_may_test_trains_and_the_others_are_equally_likely():
    sizes = np.r_[400.0, np.random.default_rng(5).poisson(5, 100) + 1.0]
    chosen = np.array([choose_groups(sizes[:, None], 0.2, seed) for seed in range(400)])
    assert not chosen[:, 0].any()
    expected = 0.2 * sizes.sum() / sizes[1:].sum()
    error = np.sqrt(expected * (1 - expected) / 400)
    assert np.abs(chosen[:, 1:].mean(axis=0) - expected).max() < 4.5 * error


@pytest.mark.parametrize(
    ("rows", "groups", "share"),
    [(20_000, 7_000, 0.2), (300, 12, 0.05)],  # more groups, and fewer, than could be stratified
)
def test_a_rare_class_has_the_same_share_in_both_parts_however_many_groups(rows, groups, share):
    rng = np.random.default_rng(4)
    y = rng.random(rows) < 0.05
    frame = pd.DataFrame(
        {"x": rng.normal(size=rows), "g": rng.integers(0, groups, rows), "y": np.where(y, "yes", "no")}
    )
    made = prepare(frame, Recipe("y", "yes", ("x",), split="group", split_column="g", test_share=share))
    assert made.y_test.sum() == pytest.approx(share * y.sum(), abs=1)
    assert made.y_test.size / rows == pytest.approx(share, abs=0.03)  # 12 groups of some 25 rows


def test_three_rows_of_a_class_are_on_both_sides_when_stratified():
    frame = pd.DataFrame({"x": np.arange(200.0), "g": np.arange(200) // 4, "y": ["no"] * 200})
    frame.loc[[3, 77, 150], "y"] = "yes"
    recipe = Recipe("y", "yes", ("x",), split="group", split_column="g")
    for seed in range(10):
        made = prepare(frame, dataclasses.replace(recipe, seed=seed))
        assert made.y_test.sum() >= 1
        assert made.y_train.sum() >= 1
    by_chance = dataclasses.replace(recipe, stratify=False, seed=next(s for s in range(50) if _fails(frame, recipe, s)))
    with pytest.raises(RecipeError) as caught:
        prepare(frame, by_chance)
    assert caught.value.remedy == "Turn on 'Same class shares in both parts'."


def _fails(frame, recipe, seed):
    try:
        prepare(frame, dataclasses.replace(recipe, stratify=False, seed=seed))
    except RecipeError:
        return True
    return False


def test_a_share_that_whole_groups_do_not_allow_is_told():
    rng = np.random.default_rng(8)
    frame = pd.DataFrame({"x": rng.normal(size=300), "ward": ["A"] * 100 + ["B"] * 200, "y": ["yes", "no", "no"] * 100})
    made = prepare(frame, Recipe("y", "yes", ("x",), split="group", split_column="ward"))
    assert made.notes == ("Whole groups of 'ward' stay together, so 33.3 % of the rows test instead of 20 %.",)


def test_class_shares_that_whole_groups_do_not_allow_are_told():
    rng = np.random.default_rng(8)
    ward = np.repeat(np.arange(5), 60)
    ill = rng.random(300) < np.array([0.05, 0.2, 0.4, 0.6, 0.8])[ward]
    frame = pd.DataFrame({"x": rng.normal(size=300), "ward": ward, "y": np.where(ill, "yes", "no")})
    recipe = Recipe("y", "yes", ("x",), split="group", split_column="ward")
    notes = [prepare(frame, dataclasses.replace(recipe, seed=seed)).notes for seed in range(5)]
    made = prepare(frame, recipe)
    assert made.notes[-1] == (
        "Whole groups of 'ward' stay together, so the class shares are not the same: 'yes' are "
        f"{100 * made.y_train.mean():.1f} % of the training rows and {100 * made.y_test.mean():.1f} % of the test rows."
    ), notes
    assert not prepare(frame, dataclasses.replace(recipe, stratify=False)).notes


def test_a_share_that_equal_times_do_not_allow_is_told(visits):
    visits["year"] = np.repeat([2019, 2020, 2021], [100, 350, 150])
    made = prepare(visits, dataclasses.replace(BY_TIME, split_column="year"))
    assert made.notes == ("Rows of the same 'year' stay together, so 25 % of the rows test instead of 20 %.",)


def test_levels_that_only_test_rows_hold_are_told(visits):
    visits = visits.sort_values("day", ignore_index=True)
    month = visits["day"].dt.month_name()
    frame = visits.assign(month=month.astype("str"), many=[f"town {i % 31 if i < 480 else i}" for i in range(N)])
    made = prepare(frame, dataclasses.replace(BY_TIME, features=("month", "many")))
    new = sorted(set(month[made.rows_test]) - set(month[made.rows_train]))
    rows = int(month[made.rows_test].isin(new).sum())
    assert rows > 0
    assert new == ["July"]
    reference = made.design.levels["month"][0]
    assert (
        f"'month': {rows} of the {made.rows_test.size} test rows hold 'July', which no training row has."
        in made.notes[0]
    )
    assert made.notes[0].endswith(f"The model takes it for '{reference}', the reference.")
    towns = next(note for note in made.notes if note.startswith("'many'"))
    assert "and 117 more levels, which no training row has. The model takes them for '(other levels)'." in towns
    assert not [note for note in prepare(visits, BY_GROUP).notes if "no training row" in note]


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
    without = int(visits["half"].isna().sum())
    assert (
        f"{without} rows have no value in 'half' and are split one by one; some of them may belong to rows that are on"
        " the other side." in made.notes
    )
    visits["gap"] = visits["patient_id"].astype(float)
    visits.loc[5, "gap"] = np.nan
    one = prepare(visits, dataclasses.replace(BY_GROUP, split_column="gap")).notes
    assert (
        "1 row has no value in 'gap' and is split by itself; it may belong to rows that are on the other side." in one
    )
    assert not [note for note in prepare(visits, BY_GROUP).notes if "no value" in note]


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


@pytest.mark.parametrize("name", ["Geburtsdatum", "date_of_birth", "DOB", "BirthDate"])
def test_a_birth_is_the_last_of_the_dates_to_order_rows_by(visits, name):
    visits.insert(0, name, visits["day"] - pd.Timedelta(days=10_000))
    offered = split_columns(visits, "ill").times
    assert offered[:2] == ("day", name)


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


def test_rows_kept_together_by_what_hardly_repeats_are_still_told_of_the_patients(visits):
    record = np.arange(N)
    record[-3:] = record[:3]
    visits["record_id"] = record
    assert split_columns(visits, "ill").groups[:2] == ("patient_id", "record_id")
    said = {}
    for column in ("record_id", "patient_id"):
        recipe = dataclasses.replace(BY_GROUP, split_column=column)
        found = examine(visits, recipe, prepare(visits, recipe))
        said[column] = [each.columns for each in found if each.key.startswith("rows that belong")]
    assert said == {"record_id": [("patient_id",)], "patient_id": []}


def test_a_column_says_which_rows_test_by_its_words_or_its_name_only():
    rows = np.arange(60)
    frame = pd.DataFrame({"sex": np.where(rows % 2, "male", "female"), "y": np.where(rows % 3, "no", "yes")})
    assert split_columns(frame, "y").of("column") == ("sex",)
    assert not split_columns(frame, "y").says
    assert split_columns(frame.assign(use=np.where(rows % 4, "train", "test")), "y").says
    assert split_columns(frame.assign(fold=np.where(rows % 4, "1", "2")), "y").says


SAYS_IT = [
    ("Datensatz", {"Trainingsdaten": 0, "Testdaten": 1}),
    ("split", {"Trn": 0, "Tst": 1}),
    ("sample", {"dev": 0, "oot": 1}),
    ("cohort", {"derivation": 0, "validation": 1}),
    ("cohort", {"Training set": 0, "Validation set": 0.5, "Test set": 1}),
    ("role", {"in-sample": 0, "out-of-sample": 1}),
    ("is_test", {0: 0, 1: 1}),
    ("isTest", {"no": 0, "yes": 1}),
    ("is_train", {1: 0, 0: 1}),
    ("for_testing", {False: 0, True: 1}),
    ("in_sample", {"in": 0, "out": 1}),
    ("holdout", {"N": 0, "Y": 1}),
    ("training_data", {True: 0, False: 1}),
]


@pytest.mark.parametrize(("name", "values"), SAYS_IT)
@pytest.mark.parametrize("share", [0.2, 0.8])
def test_a_column_that_says_train_or_test_in_other_words_is_found_and_chosen(visits, name, values, share):
    levels = list(values)
    chances = [(1 - share) / (len(levels) - 1)] * (len(levels) - 1) + [share]
    places = np.random.default_rng(5).choice(len(levels), N, p=chances)
    frame = visits[["x", "ill"]].assign(**{name: pd.Series([levels[place] for place in places])})
    test = str(levels[-1]).lower() if isinstance(levels[-1], bool) else str(levels[-1])
    offered = split_columns(frame, "ill")
    assert offered.says
    assert (offered.parts[0][0], offered.parts[0][1][0]) == (name, test)
    recipe = Recipe("ill", "yes", ("x", name))
    (finding,) = [f for f in examine(frame, recipe, prepare(frame, recipe)) if f.key.startswith("says train")]
    mended = finding.fixes[0].apply(recipe, tuple(frame.columns))
    assert (mended.split, mended.split_column, mended.test_value) == ("column", name, test)
    assert set(frame[name].iloc[prepare(frame, mended).rows_test]) == {levels[-1]}


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("test", (0, 1)),  # somebody took one
        ("stress test", ("no", "yes")),
        ("train", ("no", "yes")),  # a way to travel
        ("job training", (0, 1)),
        ("is_valid", (0, 1)),
        ("val", (0, 1)),
        ("environment", ("dev", "test", "prod")),
        ("environment", ("dev", "test")),
        ("stage", ("Development", "Verification")),
        ("door", ("in", "out")),
        ("fold_change", (1, 2, 3)),
        ("test_score", (1, 2, 3)),
    ],
)
def test_what_only_sounds_like_it_says_neither(visits, name, levels):
    frame = visits[["x", "ill"]].assign(**{name: np.random.default_rng(6).choice(levels, N)})
    recipe = Recipe("ill", "yes", ("x", name))
    found = examine(frame, recipe, prepare(frame, recipe))
    assert not [f for f in found if f.key.startswith(("says train", "folds"))]


def test_folds_of_a_cross_validation_are_no_feature(visits):
    frame = visits[["x", "ill"]].assign(cv_fold=np.arange(N) % 5 + 1)
    recipe = Recipe("ill", "yes", ("x", "cv_fold"))
    (finding,) = [f for f in examine(frame, recipe, prepare(frame, recipe)) if f.key.startswith("folds")]
    assert finding.fixes[0].apply(recipe, tuple(frame.columns)).features == ("x",)


def test_a_test_that_is_yes_in_most_rows_is_offered_by_its_yes(visits):
    frame = visits[["x", "ill"]].assign(TEST=np.where(np.arange(N) % 5, "yes", "no"))
    assert split_columns(frame, "ill").parts == (("TEST", ("yes", "no")),)


@pytest.mark.parametrize("written", ["%Y-%m-%d", "%Y-%m", "%Y-%m-%dT%H:%M:%S"])
@pytest.mark.parametrize("dtype", ["str", "object"])
def test_dates_written_as_text_are_offered_as_times_and_mended(visits, written, dtype):
    frame = visits[["x", "ill"]].assign(
        year=visits["day"].dt.day, seen=visits["day"].dt.strftime(written).astype(dtype)
    )
    frame.loc[4, "seen"] = None
    assert split_columns(frame, "ill").times[0] == "seen"
    assert split_columns(frame.assign(day=visits["day"]), "ill").times[:2] == ("day", "seen")
    recipe = Recipe("ill", "yes", ("x",), split="time", split_column="seen")
    made = prepare(frame, recipe)
    assert frame["seen"].iloc[made.rows_train].max() < frame["seen"].iloc[made.rows_test].min()
    assert "1 row has no value in 'seen' and cannot be used." in made.notes
    recipe = Recipe("ill", "yes", ("x",))
    (finding,) = [f for f in examine(frame, recipe, prepare(frame, recipe)) if f.key.startswith("dates as text")]
    mended = finding.fixes[0].apply(recipe, tuple(frame.columns))
    assert mended.features == ("x", "seen days since")
    assert prepare(frame, mended).X_train.shape[1] == 2
    assert not [f for f in examine(frame, mended, prepare(frame, mended)) if f.columns == ("seen",)]


@pytest.mark.parametrize("text", ["2024-13", "2024-02-31", "1234-567", "2024", "soon"])
def test_texts_that_are_no_dates_are_no_times(visits, text):
    frame = visits[["x", "ill"]].assign(seen=visits["day"].dt.strftime("%Y-%m-%d"))
    frame.loc[500, "seen"] = text
    assert split_columns(frame, "ill").times == ()
