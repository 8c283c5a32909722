"""Values that stand apart are found whatever the others are like; the ends of smooth tails are not called so."""

import numpy as np
import pytest

from logreg_core.errors import RecipeError
from logreg_core.features import prepare
from logreg_core.features.edit import with_step
from logreg_core.features.findings import examine
from logreg_core.features.findings.apart import apart_fences
from logreg_core.features.steps import Clip, TextToNumber
from tests.unit.features.examined import N, found, one

SMOOTH = {
    "normal": lambda g, n: g.normal(size=n),
    "t(4)": lambda g, n: g.standard_t(4, n),
    "t(3)": lambda g, n: g.standard_t(3, n),
    "incomes": lambda g, n: g.lognormal(8, 1.6, n).round(2),
    "wages with a minimum": lambda g, n: 1_500 + g.lognormal(7, 1, n),
    "Pareto with a minimum": lambda g, n: (g.pareto(2.5, n) + 1) * 1_000,
    "profits": lambda g, n: g.lognormal(5, 1, n) - g.lognormal(5, 1, n),
    "changes in percent": lambda g, n: 100 * (np.exp(g.normal(0, 0.8, n)) - 1),
    "counts": lambda g, n: g.zipf(2.5, n),
    "few counts": lambda g, n: g.poisson(0.2, n),
    "mostly zero": lambda g, n: np.where(g.random(n) < 0.8, 0, g.lognormal(6, 1, n)),
}
APART = {
    "zeros of a blood pressure": (lambda g: g.normal(120, 12, N).round(), [0] * 5),
    "a year of birth": (lambda g: g.integers(1940, 2005, N), [2190]),
    "hours a day": (lambda g: g.integers(2, 11, N), [40]),
    "percent": (lambda g: g.uniform(0, 100, N).round(), [180]),
    "kilograms in grams": (lambda g: g.normal(70, 10, N).round(1), [7_000, 70_500]),
    "one income": (lambda g: g.lognormal(8, 1, N), [1e8]),
    "a long tail": (lambda g: g.standard_t(3, N), [1e4]),
}


@pytest.mark.parametrize("tail", SMOOTH)
@pytest.mark.parametrize("rows", [300, 3_000])
def test_the_end_of_a_smooth_tail_is_not_apart(tail, rows):
    alarms = 0
    for seed in range(60):
        values = np.sort(SMOOTH[tail](np.random.default_rng(seed), rows).astype(float))
        low, high = apart_fences(values)
        alarms += bool(((values < low) | (values > high)).any())
    assert alarms <= 2


@pytest.mark.parametrize("case", APART)
@pytest.mark.parametrize("seed", range(3))
def test_what_stands_apart_is_found_and_nothing_else(case, seed):
    make, odd = APART[case]
    values = make(np.random.default_rng(seed)).astype(float)
    values[: len(odd)] = odd
    low, high = apart_fences(np.sort(values))
    assert list(np.flatnonzero((values < low) | (values > high))) == list(range(len(odd)))


@pytest.mark.parametrize(
    "values", [[], [1.0], [1.0] * 50, [1e308, -1e308] * 20, [0.0] * 500 + [1.0] * 30 + [2.0] * 3 + [3.0]]
)
def test_too_few_or_equal_numbers_have_no_value_apart(values):
    ordered = np.sort(np.array(values, dtype=float))
    low, high = apart_fences(ordered)
    assert not ((ordered < low) | (ordered > high)).any()


def test_both_fixes_change_exactly_the_values_named(clean):
    clean["income"] = np.random.default_rng(1).lognormal(8, 1.6, N).round(2)
    clean.loc[[5, 70], "income"] = 9e8
    finding = one(clean, "far out")
    assert finding.sentence.startswith("'income' has 2 values far from all others: 900,000,000. The others go from ")
    training = prepare(clean, found(clean)[0]).rows_train
    for fix in finding.fixes:
        recipe = fix.apply(found(clean)[0], tuple(clean.columns))
        changed = np.flatnonzero(recipe.steps[0].fit(clean, ()).apply(clean)["income"] != clean["income"])
        assert set(changed) & set(training) == {5, 70} & set(training)
        assert {5, 70} <= set(changed)
        assert finding.rows == (5, 70)


def test_far_values_of_numbers_read_from_text_are_named_and_limited(clean):
    income = np.random.default_rng(1).normal(3_000, 400, N).round(1).astype(str)
    income[[5, 70, 90]] = ["900000", "900000", "unknown"]
    clean["income"] = income
    recipe = with_step(found(clean)[0], TextToNumber(("income",)), tuple(clean.columns))
    (finding,) = examine(clean, recipe, prepare(clean, recipe))
    assert finding.rows == (5, 70)
    mended = finding.fixes[0].apply(recipe, tuple(clean.columns))
    assert prepare(clean, mended).repaired(clean)["income"].max() < 900_000
    assert examine(clean, mended, prepare(clean, mended)) == ()


@pytest.mark.parametrize("bounds", [{"low": 2.0, "high": 1.0}, {"low": 1.0, "high": 1.0}, {"high": float("inf")}])
def test_bounds_with_nothing_between_them_are_refused(bounds):
    with pytest.raises(RecipeError):
        Clip(("x",), **bounds).validate()
