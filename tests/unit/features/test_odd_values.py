"""Stand-ins, impossible and far-out values: what is named, and the fixes that would have destroyed a column."""

import numpy as np
import pandas as pd
import pytest

from logreg_core.data import load_sample
from logreg_core.data.spread import fences
from logreg_core.features import Recipe, prepare, suggest_features
from logreg_core.features.findings import examine
from logreg_core.features.findings.look import look_at
from logreg_core.features.steps import ValuesToMissing
from tests.unit.features.examined import N, found, one

RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("age", RNG.integers(10_798, 23_713, N)),  # in days
        ("average age of account months", RNG.integers(1, 300, N)),
        ("weight change kg", RNG.normal(8, 4, N).round(1)),
        ("days until due", RNG.integers(-3, 100, N)),
        ("class size", RNG.integers(15, 35, N)),
        ("store visits", RNG.poisson(6, N)),
        ("number of residents", RNG.integers(1_000, 900_000, N)),
        ("no of shares", RNG.integers(1_000, 9_000_000, N)),
        ("customer calls number", RNG.integers(0, 15, N)),
        ("number_customer_service_calls", RNG.integers(0, 10, N)),
        ("temperature", RNG.normal(8, 4, N).round()),  # -1 is a value like any other
        ("trend", RNG.choice([-1, 0, 1], N)),
        ("points", RNG.integers(0, 100, N)),
        ("glucose", RNG.choice([0, 1], N)),  # a tick
    ],
)
def test_an_amount_that_is_only_called_otherwise(clean, name, values):
    clean[name] = values
    assert name in suggest_features(clean, "left")
    assert found(clean)[1] == ()


@pytest.mark.parametrize(
    ("stand_in", "others"),
    [(-1, range(90)), (99, range(50)), (88, range(10)), (99, range(1, 7)), (-99, range(10)), (999, range(90))],
)
def test_codes_that_stand_apart(clean, stand_in, others):
    clean["score"] = RNG.choice(list(others), N)
    clean.loc[::40, "score"] = stand_in
    assert f"{stand_in} (25 rows) seems to stand for a missing value" in one(clean, "stand-in").sentence


def test_several_codes_at_once(clean):
    clean["answer"] = RNG.integers(1, 6, N)
    clean.loc[::40, "answer"] = 88
    clean.loc[1::50, "answer"] = 99
    finding = one(clean, "stand-in")
    assert finding.sentence == "In 'answer', 88 (25 rows) and 99 (20 rows) seem to stand for a missing value."


def test_extreme_values_of_a_column_that_is_mostly_zero(clean):
    gain = np.where(np.arange(N) % 7, 0, RNG.integers(100, 5_000, N)).astype(float)
    assert found(clean.assign(gain=gain))[1] == ()
    gain[3] = 9_999_999_999
    assert one(clean.assign(gain=gain), "far out").sentence.startswith("'gain' has 1 value far from all others")
    gain[4::50] = 99_999
    assert "99999 (20 rows)" in one(clean.assign(gain=gain), "stand-in").sentence


def test_fences_of_numbers_that_are_mostly_one():
    others = np.arange(1.0, 101.0)
    low, high = fences(np.r_[np.zeros(500), others], 3.0)
    assert (low, high) == fences(others, 3.0)
    assert fences(np.sort(np.r_[np.full(500, 1_000.0), others]), 3.0)[1] == 1_000  # the frequent one is no exception
    assert fences(np.r_[np.zeros(500), np.ones(100)], 3.0) == (-np.inf, np.inf)


def test_zeros_where_nobody_has_none(clean):
    clean["bmi"] = RNG.normal(30, 5, N).round(1)
    assert found(clean)[1] == ()
    clean.loc[:10, "bmi"] = 0
    finding = one(clean, "impossible")
    assert finding.sentence == "'bmi' is zero in 11 rows: that cannot be."
    assert finding.rows == tuple(range(11))
    assert finding.fixes[0].step == ValuesToMissing(("bmi",), (0.0,))
    clean = clean.drop(columns="bmi").assign(weight=RNG.integers(0, 30, N))  # of parcels
    assert found(clean)[1] == ()


@pytest.mark.parametrize(
    ("value", "said"), [(-4, "3 values of 'age' below zero"), (240, "3 values of 'age' above 120, up to 240")]
)
def test_values_that_cannot_be_are_counted_and_shown(clean, value, said):
    clean["age"] = RNG.integers(18, 90, N)
    clean.loc[[7, 70], "age"] = value
    clean.loc[700, "age"] = value // 2 if value < 0 else value - 30
    finding = one(clean, "impossible")
    assert (finding.sentence, finding.rows) == (f"{said}: that cannot be.", (7, 70, 700))


def test_both_ends_of_the_others_are_written_in_one_way(clean):
    clean["income"] = np.random.default_rng(2).integers(6_493, 176_939, N)
    clean.loc[0, "income"], clean.loc[1, "income"], clean.loc[2, "income"] = 6_493, 176_939, 9_000_000
    assert "The others go from 6,493 to 176,939." in one(clean, "far out").sentence


def test_the_fix_keeps_the_values_of_a_column(clean):
    clean["age"] = np.where(np.arange(N) % 40, RNG.integers(18, 90, N), RNG.integers(200, 900, N))
    finding = one(clean, "impossible")
    recipe, _ = found(clean)
    made = prepare(clean, finding.fixes[0].apply(recipe, tuple(clean.columns)))
    assert "age" in made.features


def test_bounds_are_learned_from_training_rows(clean):
    recipe, _ = found(clean)
    made = prepare(clean, recipe)
    clean["x"] = clean["x"].round(3)
    clean.loc[made.rows_train[0], "x"] = 900.0
    before = one(clean, "far out").fixes[0].step
    clean.loc[made.rows_test, "x"] *= 3
    after = one(clean, "far out").fixes[0].step
    assert after == before


@pytest.mark.parametrize("zeros", [1, 2, 5, 30, 80])
@pytest.mark.parametrize(("name", "middle", "spread"), [("sys_bp", 132, 18), ("temp", 37, 0.6), ("price", 80, 12)])
def test_zeros_far_from_every_other_value_are_named_however_many_and_whatever_the_name(
    clean, name, middle, spread, zeros
):
    clean[name] = np.random.default_rng(zeros).normal(middle, spread, N).round(1)
    clean.loc[np.random.default_rng(zeros).choice(N, zeros, replace=False), name] = 0
    finding = one(clean, "stand-in")
    rows = "1 row" if zeros == 1 else f"{zeros} rows"
    assert finding.sentence == f"In '{name}', 0 ({rows}) stands apart from all other values: none, or not known?"
    assert finding.fixes[0].step == ValuesToMissing((name,), (0.0,))
    assert len(finding.rows) == min(zeros, 20)


@pytest.mark.parametrize("zeros", [0.02, 0.1, 0.25, 0.6, 0.95])
@pytest.mark.parametrize("seed", range(8))
def test_amounts_counts_and_claims_may_be_none(seed, zeros):
    rng = np.random.default_rng(seed)
    for values in (
        rng.lognormal(3, 0.5, N).round(2),
        rng.gamma(2, 300, N).round(2),
        rng.exponential(20, N).round(2),
        (500 + rng.exponential(3_000, N)).round(),  # claims above what is not paid
        rng.integers(100, 5_000, N).astype(float),
        rng.poisson(8, N).astype(float),
        rng.negative_binomial(2, 0.1, N).astype(float),
        rng.normal(60, 20, N).clip(1).round(),
        rng.choice([5.0, 10.0, 15.0, 20.0, 25.0], N),  # a discount
        rng.normal(38, 8, N).clip(4).round(),  # hours worked
        rng.normal(8, 4, N).round(1),  # signed
    ):
        none = np.where(rng.random(N) < zeros, 0.0, values)
        assert look_at("x", pd.Series(none)).sentinels == ()


def test_another_value_apart_is_named_where_it_comes_more_often_than_any_other(clean):
    clean["gauge"] = np.random.default_rng(1).normal(132, 18, N).round()
    clean.loc[::25, "gauge"] = 1_000
    assert "1000 (40 rows)" in one(clean, "stand-in").sentence
    household = np.random.default_rng(2).lognormal(8, 1.5, N // 4).round().repeat(4)  # each of its members has it
    assert look_at("income", pd.Series(household)).sentinels == ()


def test_what_is_far_out_does_not_come_and_go_with_the_split(clean):
    clean["sys_bp"] = np.random.default_rng(3).normal(132, 18, N).round(1)
    clean.loc[[3, 44, 555, 777, 901], "sys_bp"] = [1_320.0, 1_410.0, 1_280.0, 1_350.0, 1_390.0]
    taken_as_missing = set()
    for seed in range(12):
        said = [finding for finding in found(clean, seed=seed)[1] if finding.key.startswith("far out")]
        assert [finding.sentence.split(" far")[0] for finding in said] == ["'sys_bp' has 5 values"]
        taken_as_missing.add(said[0].fixes[1].step)
    assert len(taken_as_missing) == 1


@pytest.mark.parametrize("codes", [(99,), (9, 99)])
def test_the_same_codes_in_several_columns_are_one_finding_with_one_fix(clean, codes):
    for place in range(1, 9):
        clean[f"q{place}"] = RNG.integers(1, 6, N)
        for at, code in enumerate(codes):
            clean.loc[place + 20 * at :: 40, f"q{place}"] = code
    clean["age"] = RNG.integers(18, 90, N)
    clean.loc[::50, "age"] = -999
    _, findings = found(clean)
    said = [finding for finding in findings if finding.key.startswith("stand-in")]
    assert len(said) == 2
    many = next(finding for finding in said if len(finding.columns) == 8)
    verb = "seems" if len(codes) == 1 else "seem"
    assert many.sentence == (
        f"In 8 columns, such as 'q1', {' and '.join(map(str, codes))} {verb} to stand for a missing value."
    )
    assert many.evidence[0] == ("q1", " and ".join(f"{code} (25 rows)" for code in codes))
    assert [fix.step for fix in many.fixes] == [ValuesToMissing(tuple(f"q{at}" for at in range(1, 9)), codes)]


@pytest.mark.parametrize("seed", range(5))
def test_several_far_values_are_counted(seed):
    rng = np.random.default_rng(seed)
    values = np.r_[rng.lognormal(3, 1, 500), rng.lognormal(3, 1, 5) * 1e6]
    assert look_at("x", pd.Series(values)).far == 5


def test_a_code_among_negative_values_is_found_by_how_often_it_comes(clean):
    income = np.random.default_rng(0).normal(30_000, 14_000, N).round()
    assert (income < -999).any()
    income[::12] = -999
    finding = one(clean.assign(income=income), "stand-in")
    assert finding.sentence == "In 'income', -999 (84 rows) seems to stand for a missing value."
    rounded = np.random.default_rng(0).normal(0, 100, N).round(-1)  # -90 comes often, and so do others
    assert found(clean.assign(balance=np.where(rounded == -90, -99, rounded)))[1] == ()


def test_a_long_tail_down_to_zero_has_no_value_far_out():
    table = load_sample("tumours")
    chosen = table.suggestion
    recipe = Recipe(chosen.target, chosen.positive, suggest_features(table.frame, chosen.target))
    keys = [finding.key for finding in examine(table.frame, recipe, prepare(table.frame, recipe))]
    assert keys == ["events per weight"]
