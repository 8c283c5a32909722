"""One column seen closely says what NumPy and a person counting by hand would say."""

import numpy as np
import pandas as pd
import pytest

from logreg_core.data import counts_table, detail
from logreg_core.data.profile import shown
from logreg_core.data.spread import FAR_OUT, at_most, beyond, fences, quantile

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("size", [1, 2, 3, 10, 1001])
@pytest.mark.parametrize("share", [0, 0.05, 0.25, 0.5, 0.95, 1])
def test_quantiles_are_numpys(size, share):
    values = np.sort(RNG.normal(size=size))
    assert quantile(values, share) == pytest.approx(np.quantile(values, share), rel=1e-14, abs=1e-15)


def test_quantiles_near_the_largest_number_do_not_overflow():
    assert np.isfinite(quantile(np.array([-1.7e308, 1.7e308]), 0.5))


def test_fences():
    values = np.arange(101.0)
    assert fences(values, FAR_OUT) == (-125.0, 225.0)
    assert beyond(np.array([-200.0, -125.0, 0.0, 225.0, 226.0]), (-125.0, 225.0)) == 2
    assert fences(np.array([1.0, 1.0, 1.0, 9.0])) != (-np.inf, np.inf)
    assert fences(np.array([1.0, 1.0, 1.0, 1.0, 9.0])) == (-np.inf, np.inf)
    assert fences(np.empty(0)) == (-np.inf, np.inf)


def test_numbers():
    values = RNG.normal(size=500)
    values[3] = 1_000.0
    values[4] = np.nan
    values[5] = np.inf
    seen = detail(pd.Series(values, name="x"))
    assert (seen.kind, seen.rows, seen.missing, seen.infinite, seen.not_drawn) == ("number", 500, 1, 1, 1)
    assert dict(seen.facts)["infinite"] == "1"
    assert seen.outliers == ((3, "1,000"),)
    assert seen.counts.sum() == 497
    np.testing.assert_array_equal(seen.counts[0], np.histogram(np.delete(values, [3, 4, 5]), seen.edges)[0])
    assert dict(seen.facts)["median"] == f"{np.median(np.delete(values, [4, 5])):.4g}"


@pytest.mark.parametrize("size", [1, 2, 4, 7, 40, 140])
@pytest.mark.parametrize("values", [lambda n: RNG.normal(size=n), lambda n: RNG.integers(0, 4, n).astype(float)])
def test_so_many_percent_are_at_most_that(values, size):
    ordered = np.sort(values(size))
    for percent in (5, 25, 75, 95):
        found = at_most(ordered, percent)
        assert 100 * np.mean(ordered <= found) >= percent
        assert 100 * np.mean(ordered < found) < percent
    facts = dict(detail(pd.Series(ordered)).facts)
    assert facts["25 % are at most"] == shown(at_most(ordered, 25))


def test_whole_numbers_that_no_float_can_tell_apart_are_told_exactly():
    base = 2**60
    column = pd.Series(base + np.repeat(np.arange(10), 200), name="code")
    seen = detail(column)
    facts = dict(seen.facts)
    assert (facts["lowest"], facts["highest"]) == (f"{base:,}", f"{base + 9:,}")
    assert facts["5 % are at most"] == f"{base:,}"
    assert facts["25 % are at most"] == f"{base + 2:,}"
    assert facts["median"] == f"{base + 4:,}"  # between that and the next: rounded down
    assert facts["95 % are at most"] == f"{base + 9:,}"
    assert (seen.kind, seen.levels[0], seen.counts[0, 0], seen.other_levels) == ("level", str(base), 200, 0)
    assert counts_table(seen)["level"].iloc[9] == str(base + 9)


def test_infinite_is_not_missing_and_a_column_of_nothing_else_says_so():
    seen = detail(pd.Series([np.inf, -np.inf, np.nan, np.inf], name="x"))
    assert (seen.kind, seen.rows, seen.missing, seen.infinite) == ("empty", 4, 1, 3)


def test_no_number_is_minus_zero():
    seen = detail(pd.Series([-0.0] * 5 + [1.0], name="x"))
    assert dict(seen.facts)["median"] == "0"


def test_groups_are_counted_apart_and_rows_of_neither_are_not():
    group = RNG.choice(np.array([-1, 0, 1], dtype=np.int8), 300)
    whole = RNG.integers(0, 5, 300)
    seen = detail(pd.Series(whole, name="x"), group)
    for place in (0, 1):
        np.testing.assert_array_equal(seen.counts[place], np.bincount(whole[group == place], minlength=5))
    text = pd.Series([f"level {value}" for value in whole], name="x", dtype="str")
    levels = detail(text, group)
    assert levels.counts.sum() == (group >= 0).sum()
    at = levels.levels.index("level 2")
    assert levels.counts[1, at] == ((whole == 2) & (group == 1)).sum()


def test_levels():
    seen = detail(pd.Series([f"l{value}" for value in range(30)] + ["l7"], dtype="str", name="x"))
    assert (seen.levels[0], seen.other_levels, seen.counts[0, 0]) == ("l7", 15, 2)
    truth = detail(pd.Series([True, False, None, True], dtype="boolean", name="x"))
    assert (truth.levels, truth.missing) == (("true", "false"), 1)
    table = counts_table(truth)
    assert table.to_dict("list") == {"level": ["true", "false"], "rows": [2, 1]}


def test_dates():
    seen = detail(pd.Series(pd.date_range("2024-01-01", periods=25, freq="D"), name="day"))
    assert seen.kind == "date"
    assert seen.counts.sum() == 25
    assert dict(seen.facts)["lowest"] == "2024-01-01"
    assert counts_table(seen)["to"].iloc[-1] == "2024-01-25"


@pytest.mark.parametrize(
    "values",
    [
        [np.nan] * 3,
        [np.inf] * 3,
        pd.to_datetime([None, None]),
        pd.Series([None, None], dtype="str"),
        [1e308, -1e308],
        [5, 5, 5],
    ],
)
def test_odd_columns(values):
    seen = detail(pd.Series(values, name="x"))
    assert seen.counts.sum() == (0 if seen.kind == "empty" else len(values))


@pytest.mark.parametrize("values", [[1, 1, 2, 5, None], [0, 1, 1, 0], [7, 7, 7], [-2, 3]])
def test_few_whole_numbers_have_a_bin_around_each(values):
    seen = detail(pd.Series(values, name="x"))
    present = [value for value in values if value is not None]
    numbers = np.arange(min(present), max(present) + 1)
    assert seen.one_each
    np.testing.assert_array_equal(seen.edges, [*(numbers - 0.5), numbers[-1] + 0.5])
    np.testing.assert_array_equal(seen.counts[0], [present.count(number) for number in numbers])
    assert counts_table(seen)["value"].tolist() == [str(number) for number in numbers]


def test_amounts_and_many_whole_numbers_have_bins_of_equal_width():
    assert not detail(pd.Series([0.5, 1.0, 2.0])).one_each
    many = detail(pd.Series(np.arange(1_000)))
    assert not many.one_each
    assert (many.edges[0], many.edges[-1]) == (0, 999)
