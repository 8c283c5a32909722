"""What the doctor's buttons do mends what was found, and nothing that was found is hidden by another mend."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from logreg_core.features import Recipe, edit, prepare
from logreg_core.features.findings import examine
from logreg_core.features.findings.look import look_at
from logreg_core.features.steps import Clip
from tests.unit.features.examined import N, found, one


def test_a_far_value_is_limited_to_the_end_of_the_other_training_values(clean):
    clean["spend"] = np.random.default_rng(0).gamma(3, 40, N).round(1)
    recipe, _ = found(clean)
    training = prepare(clean, recipe).rows_train
    clean.loc[training[0], "spend"] = 90_000
    step = one(clean, "far out").fixes[0].step
    assert (step.low, step.high) == (None, clean["spend"].iloc[training[1:]].max())
    assert look_at("spend", clean["spend"].clip(upper=step.high)).far == 0


@pytest.fixture
def customers():
    rng = np.random.default_rng(5)
    return pd.DataFrame(
        {
            "customer_id": rng.integers(1_000, 1_200, N),
            "day": pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(N), unit="D"),
            "part": rng.choice(["train", "test"], N, p=[0.7, 0.3]),
            "x": rng.normal(size=N),
            "left": rng.choice(["yes", "no"], N),
        }
    )


def together(frame, recipe):
    return [
        finding
        for finding in examine(frame, recipe, prepare(frame, recipe))
        if finding.key == "rows that belong together\ncustomer_id"
    ]


def fixed(frame, recipe, start):
    finding = next(each for each in examine(frame, recipe, prepare(frame, recipe)) if each.key.startswith(start))
    return finding.fixes[0].apply(recipe, tuple(frame.columns))


def test_split_by_it_does_not_hide_customers_on_both_sides(customers):
    recipe = Recipe("left", "yes", ("customer_id", "part", "x"))
    kept = fixed(customers, recipe, "rows that belong together")
    assert together(customers, kept) == []
    by_part = fixed(customers, kept, "says train or test")
    assert by_part.split == "column"
    (said,) = together(customers, by_part)
    made = prepare(customers, by_part)
    parts = [set(customers["customer_id"].iloc[rows]) for rows in (made.rows_train, made.rows_test)]
    assert f"{len(parts[0] & parts[1])} of the {len(parts[1])} among the test rows are also trained on" in said.sentence
    assert together(customers, said.fixes[0].apply(by_part, tuple(customers.columns))) == []


def test_by_time_customers_are_named_only_where_they_are_on_both_sides(customers):
    recipe = Recipe("left", "yes", ("x",), split="time", split_column="day")
    assert together(customers, recipe)
    customers["customer_id"] = np.arange(N) // 4
    assert together(customers, recipe) == []


def test_what_only_sounds_as_if_it_came_afterwards_is_not_said_to_give_the_answer_away(clean):
    clean["left reason code"] = np.where(
        (np.random.default_rng(0).random(N) < 0.8) == (clean["left"] == "yes"), "a", "b"
    )
    clean = clean.rename(columns={"left": "churned", "left reason code": "churn code"})
    recipe = Recipe("churned", "yes", ("x", "churn code"))
    (finding,) = [each for each in examine(clean, recipe, prepare(clean, recipe)) if each.columns == ("churn code",)]
    assert finding.key.startswith("afterwards")
    columns = tuple(clean.columns)
    mended = finding.fixes[0].apply(recipe, columns)
    assert mended.steps[0].sentence == "Leave out 'churn code' (may be known only afterwards)"
    assert edit.steps_for_target(mended.steps, "plan", columns) == ()


@pytest.mark.parametrize(
    "choices",
    [
        {"as_categories": ("visits",)},
        {"split": "group", "split_column": "visits"},
        {"split": "column", "split_column": "plan", "test_value": "pro"},
    ],
)
def test_undoing_all_repairs_undoes_those_that_are_choices(clean, choices):
    before = Recipe("left", "yes", ("x", "visits"))
    columns = tuple(clean.columns)
    mended = edit.with_step(dataclasses.replace(before, **choices), Clip(("x",)), columns)
    assert edit.without_steps(mended, columns) == before


def test_all_undone_the_rows_are_kept_aside_by_time_still(clean):
    by_time = Recipe("left", "yes", ("x",), split="time", split_column="visits")
    assert edit.without_steps(by_time, tuple(clean.columns)) == by_time


def test_without_bounds_and_width_nothing_is_limited_and_one_bound_is_one_side():
    frame = pd.DataFrame({"x": [-1e9, *np.arange(101.0), 1e9]})

    def limited(step):
        step.validate()
        return step.fit(frame, ("x",)).apply(frame)["x"].iloc[[0, -1]].tolist()

    bounded = Clip(("x",), width=None, high=200.0)
    assert limited(bounded) == [-1e9, 200]
    assert limited(dataclasses.replace(bounded, high=None)) == [-1e9, 1e9]
    assert "limit nothing" in dataclasses.replace(bounded, high=None).sentence
    assert limited(Clip(("x",), low=-5.0)) == [-5, 1e9]
    assert limited(Clip(("x",))) != [-1e9, 1e9]


def test_a_limited_column_is_not_limited_any_more_when_the_bound_is_taken_away(clean):
    clean.loc[prepare(clean, found(clean)[0]).rows_train[0], "x"] = 1e6
    step = one(clean, "far out").fixes[0].step
    freed = dataclasses.replace(step, high=None).fit(clean, ()).apply(clean)
    assert freed["x"].max() == 1e6
    recipe = Recipe("left", "yes", ("x",), steps=(dataclasses.replace(step, high=None),))
    assert Recipe.from_dict(recipe.to_dict()) == recipe


@pytest.mark.parametrize(("prices", "is_code"), [((99, 199, 299), False), ((9, 19, 29, 49), False), (range(300), True)])
def test_prices_that_end_in_nines_are_no_codes(clean, prices, is_code):
    highest = 999 if max(prices) > 99 else 99
    clean["list_price"] = np.random.default_rng(0).choice(list(prices), N)
    clean.loc[::20, "list_price"] = highest
    keys = [finding.key for finding in found(clean)[1]]
    assert ("stand-in\nlist_price" in keys) == is_code


def test_columns_chosen_by_the_answer_are_said_to_look_better_than_they_are():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(150, 20)), columns=[f"c{i}" for i in range(20)])
    frame["left"] = rng.choice(["yes", "no"], 150)
    finding = next(each for each in found(frame)[1] if each.key.startswith("events per weight"))
    assert finding.fixes[0].label.endswith("say most alone")
    assert finding.why.index("ridge") < finding.why.index("look better than they are")


def test_that_columns_were_chosen_by_the_answer_is_still_said_afterwards():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(150, 20)), columns=[f"c{i}" for i in range(20)])
    frame["left"] = rng.choice(["yes", "no"], 150)
    recipe, findings = found(frame)
    first = next(each for each in findings if each.key.startswith("events per weight"))
    mended = first.fixes[0].apply(recipe, tuple(frame.columns))
    again = examine(frame, mended, prepare(frame, mended))
    (said,) = [each for each in again if each.key.startswith("chosen by the answer")]
    kept = len(mended.features)
    assert said.sentence == f"The {kept} columns were chosen out of 20 by the answer."
    assert said.severity == "note"
    assert not any(each.key.startswith("chosen by the answer") for each in findings)


def test_numbers_read_with_another_mark_than_they_have_are_offered_as_they_are_written(clean):
    clean["price"] = [f"{value:.2f} a" if place == 3 else f"{value:.2f}" for place, value in enumerate(clean["x"])]
    recipe, findings = found(clean)
    fix = next(each for each in findings if each.key.startswith("numbers as text")).fixes[0]
    read = fix.apply(recipe, tuple(clean.columns))
    assert not any(each.key.startswith("read otherwise") for each in examine(clean, read, prepare(clean, read)))
    (step,) = read.steps
    otherwise = dataclasses.replace(read, steps=(dataclasses.replace(step, decimal=",", thousands=None),))
    (said,) = [each for each in examine(clean, otherwise) if each.key.startswith("read otherwise")]
    assert "'price' none is left" in said.sentence
    mended = said.fixes[0].apply(otherwise, tuple(clean.columns))
    assert prepare(clean, mended).fingerprint == prepare(clean, read).fingerprint


@pytest.mark.parametrize("columns", [3, 5, 230])
def test_values_far_out_in_many_columns_are_one_finding(columns):
    normal = np.random.default_rng(0).normal(size=(300, columns))
    frame = pd.DataFrame(normal, columns=[f"c{i}" for i in range(columns)])
    frame.iloc[7] = 1e6
    frame["left"] = np.random.default_rng(1).choice(["yes", "no"], 300)
    recipe = Recipe("left", "yes", tuple(f"c{i}" for i in range(columns)))
    far = [each for each in examine(frame, recipe) if each.key.startswith("far out")]
    if columns == 3:
        assert [each.columns for each in far] == [("c0",), ("c1",), ("c2",)]
        return
    (finding,) = far
    assert finding.sentence == f"{columns} columns have values far from all others."
    assert len(finding.evidence) == columns
    for fix in finding.fixes:
        mended = fix.apply(recipe, tuple(frame.columns))
        mended.validate()
        assert len(mended.steps) == min(columns, 200)
        again = [each for each in examine(frame, mended) if each.key.startswith("far out")]
        assert sum(len(each.columns) for each in again) == columns - len(mended.steps)


def test_rows_that_a_repair_took_away_belong_to_nobody(clean):
    clean["patient"] = np.arange(N) // 2
    twice = pd.concat([clean, clean.iloc[:30]], ignore_index=True)
    recipe, findings = found(twice)
    fix = next(each for each in findings if each.key.startswith("repeated rows")).fixes[0]
    mended = fix.apply(recipe, tuple(twice.columns))
    said = [each.sentence for each in examine(twice, mended, prepare(twice, mended)) if "belong" in each.sentence]
    assert said == [
        f"The {N:,} rows belong to {N // 2:,} different 'patient': the same one would be among training and test rows."
    ]
