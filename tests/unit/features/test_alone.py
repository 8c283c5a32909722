"""How each column alone separates the classes, against scikit-learn."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit
from scipy.stats import norm
from sklearn.metrics import log_loss, roc_auc_score

from logreg_core.features.alone import FOLDS, alone, auc_of, chance_reaches, folds_of

RNG = np.random.default_rng(1)
N = 3_000
Y = (RNG.random(N) < 0.3).astype(float)


def measure(values, y=Y, **options):
    return alone(pd.Series(values, name="x", **options), y, folds_of(y))


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("digits", [0, 1, 9])  # many ties, some, none
def test_auc_of_numbers_is_scikit_learns(sign, digits):
    x = np.round(RNG.normal(size=N) + sign * 0.8 * Y, digits)
    expected = roc_auc_score(Y, sign * x)
    seen = measure(x)
    # Both count pairs exactly; they differ by the rounding of a sum of ranks.
    assert seen.auc == pytest.approx(expected, abs=1e-12)
    assert seen.direction == ("higher" if sign > 0 else "lower")


def test_missing_and_infinite_numbers_are_left_out_of_the_auc_and_counted():
    x = RNG.normal(size=N) + Y
    x[::7] = np.nan
    x[1::70] = np.inf
    known = np.isfinite(x)
    seen = measure(x)
    assert seen.auc == pytest.approx(roc_auc_score(Y[known], x[known]), abs=1e-12)
    assert (seen.missing, seen.missing_positive) == (int((~known).sum()), int(Y[~known].sum()))
    assert seen.groups[-1].label == "(missing)"
    assert sum(group.rows for group in seen.groups) == N
    assert len(seen.groups) == 11


def test_dates_are_in_order_of_time():
    days = (100 * Y + RNG.integers(0, 300, N)).astype(int)
    dates = pd.Timestamp("2024-01-01") + pd.to_timedelta(days, unit="D")
    assert measure(dates).auc == pytest.approx(roc_auc_score(Y, days), abs=1e-12)


def rates_of_other_rows(levels):
    """For each row the share of the positive class among the rows of its level in other folds, drawn to the overall."""
    folds = folds_of(Y)
    rates = np.empty(N)
    for row in range(N):
        others = folds != folds[row]
        same = others & (levels == levels[row])
        rates[row] = (Y[same].sum() + Y[others].mean()) / (same.sum() + 1)
    return rates


def auc_within_folds(rates):
    folds = folds_of(Y)
    within = [roc_auc_score(Y[folds == fold], np.round(rates[folds == fold], 12)) for fold in range(FOLDS)]
    pairs = [Y[folds == fold].sum() * (1 - Y[folds == fold]).sum() for fold in range(FOLDS)]
    return np.average(within, weights=pairs)


def test_rates_of_a_category_are_those_of_other_rows():
    levels = np.where(RNG.random(N) < 0.3 + 0.4 * Y, "a", RNG.choice(["b", "c"], N))
    seen = measure(levels, dtype="str")
    rates = rates_of_other_rows(levels)
    assert seen.auc == pytest.approx(auc_within_folds(rates), abs=1e-12)
    baseline = log_loss(Y, np.full(N, Y.mean()))
    assert seen.explained == pytest.approx(1 - log_loss(Y, rates) / baseline, abs=1e-12)


def test_folds_hold_the_same_share_of_each_class():
    folds = folds_of(Y)
    assert np.ptp(np.bincount(folds[Y == 1], minlength=FOLDS)) <= 1
    assert np.ptp(np.bincount(folds[Y == 0], minlength=FOLDS)) <= 1
    np.testing.assert_array_equal(folds, folds_of(Y))


def test_a_column_that_names_the_row_explains_nothing():
    seen = measure([f"row {i}" for i in range(N)], dtype="str")
    assert seen.auc == pytest.approx(0.5, abs=0.01)
    assert seen.explained == pytest.approx(0, abs=1e-6)


def test_ups_and_downs_are_seen_where_the_auc_is_blind():
    x = RNG.normal(size=N)
    y = (np.abs(x) > 0.7).astype(float)
    seen = measure(x, y)
    assert seen.auc < 0.55
    assert seen.explained > 0.4


def test_the_answer_itself():
    assert measure(Y).auc == 1.0
    text = measure(np.where(Y == 1, "yes", "no"), dtype="str")
    assert text.auc == 1.0
    assert text.explained > 0.98


def test_gaps_as_an_answer():
    x = np.where(Y == 1, np.nan, RNG.normal(size=N))
    seen = measure(x)
    assert seen.missing_auc == 1.0
    assert math.isnan(seen.auc)  # no positive row has a value
    half = measure(np.where(RNG.random(N) < 0.2 + 0.4 * Y, np.nan, 1.0))
    assert 0.6 < half.missing_auc < 0.8


@pytest.mark.parametrize("values", [[1.0, 2.0, 3.0], [np.nan] * 3, [5.0] * 3, [np.inf, 1.0, -np.inf]])
def test_three_rows(values):
    seen = measure(values, np.array([0.0, 1.0, 1.0]))
    assert seen.rows == 3
    assert math.isnan(seen.auc) or 0.5 <= seen.auc <= 1


def test_one_class_only_is_not_a_number():
    assert math.isnan(measure(np.arange(10.0), np.ones(10)).auc)
    assert measure(np.arange(10.0), np.ones(10)).explained == 0


@pytest.mark.parametrize("n", [30, 60, 500])
def test_two_values_say_the_same_however_they_are_written(n):
    rng = np.random.default_rng(n)
    for _ in range(20):
        y = (rng.random(n) < 0.4).astype(float)
        x = (rng.random(n) < 0.3 + 0.15 * y).astype(float)
        x[:3] = np.nan
        number = measure(x, y)
        text = measure(pd.Series(x).map({0.0: "no", 1.0: "yes"}), y, dtype="str")
        truth = measure(pd.Series(x).map({0.0: False, 1.0: True}), y, dtype="boolean")
        known = ~np.isnan(x)
        expected = roc_auc_score(y[known], x[known])
        assert number.auc == pytest.approx(max(expected, 1 - expected), abs=1e-12)
        for other in (text, truth):
            assert other.auc == pytest.approx(number.auc, abs=1e-12)
            assert other.likely == pytest.approx(number.likely, abs=1e-12)
            assert other.explained == pytest.approx(number.explained, abs=1e-12)


def test_nothing_changes_when_the_other_class_is_the_positive_one():
    rng = np.random.default_rng(3)
    for n in (25, 60, 200):
        y = (rng.random(n) < 0.35).astype(float)
        np.testing.assert_array_equal(folds_of(y), folds_of(1 - y))
        columns = [rng.normal(size=n), rng.integers(0, 4, n), pd.Series(rng.choice(list("abcdefgh"), n), dtype="str")]
        for column in columns:
            one, other = measure(column, y), measure(column, 1 - y)
            assert one.auc == pytest.approx(other.auc, abs=1e-12)
            assert one.explained == pytest.approx(other.explained, abs=1e-12)
            assert one.likely == pytest.approx(other.likely, abs=1e-12)


def _delong(x, y):
    """The standard error as DeLong, DeLong and Clarke-Pearson (1988) write it: over all pairs."""
    pairs = np.sign(x[y == 1][:, None] - x[y == 0][None, :]) / 2 + 0.5
    p, q = pairs.shape
    return math.sqrt(pairs.mean(axis=1).var(ddof=1) / p + pairs.mean(axis=0).var(ddof=1) / q)


@pytest.mark.parametrize("digits", [0, 1, 9])
def test_the_interval_is_delongs(digits):
    y, x = Y[:400], np.round(RNG.normal(size=400) + 0.5 * Y[:400], digits)
    seen = measure(x, y)
    error = _delong(x, y) / (seen.auc * (1 - seen.auc))
    ends = expit(logit(seen.auc) + np.array([-1.959964, 1.959964]) * error)
    assert seen.likely == pytest.approx(tuple(ends), abs=1e-9)
    levels = pd.Series([f"level {value}" for value in np.round(x)], dtype="str")
    low, high = measure(levels, y).likely
    # The rates of levels take the place of the numbers.
    assert high - low == pytest.approx(2 * 1.959964 * _delong(np.round(x), y), rel=0.15)


@pytest.mark.parametrize(("n", "events", "apart"), [(100, 10, 3.0), (200, 60, 3.0), (100, 10, 1.5)])
def test_the_interval_of_a_high_auc_holds_the_truth(n, events, apart):
    truth, held = norm.cdf(apart / math.sqrt(2)), 0
    y = (np.arange(n) < events).astype(float)
    for seed in range(300):
        low, high = measure(np.random.default_rng(seed).normal(size=n) + apart * y, y).likely
        held += low <= truth <= high
    assert held / 300 > 0.91


@pytest.mark.parametrize(("levels", "n", "base"), [(4, 1_000, -2), (10, 500, -1)])
def test_a_category_is_measured_like_the_rates_learned_of_it(levels, n, base):
    """A level's rate of other rows is the lower the more positive rows the fold has: pairs across folds mislead."""
    rates = expit(base + 0.5 * np.random.default_rng(99).normal(size=levels))
    shown, real = [], []
    for seed in range(150):
        rng = np.random.default_rng(seed)
        level = rng.integers(0, levels, n)
        y = (rng.random(n) < rates[level]).astype(float)
        seen = measure(pd.Series([f"level {each}" for each in level]), y)
        learned = np.array(
            [(y[level == each].sum() + y.mean()) / ((level == each).sum() + 1) for each in range(levels)]
        )
        true = rates[np.argsort(learned)]
        positive, negative = true / true.sum(), (1 - true) / (1 - true).sum()
        real.append(float(positive @ (np.cumsum(negative) - negative / 2)))
        shown.append(seen.auc)
    assert np.mean(shown) == pytest.approx(np.mean(real), abs=0.008)


def test_the_interval_of_few_rows_that_are_all_right_is_wide():
    y = np.array([0.0] * 5 + [1.0] * 3)
    low, high = measure(np.arange(8.0), y).likely
    assert (low, high) == (pytest.approx(3 / (3 + 1.959964**2), abs=1e-6), 1.0)
    assert all(math.isnan(end) for end in measure(np.arange(3.0), np.array([0.0, 0.0, 1.0])).likely)


@pytest.mark.parametrize("n", [50, 200, 1_000])
def test_noise_stays_below_what_chance_reaches_95_times_in_100(n):
    rng = np.random.default_rng(n)
    y = np.zeros(n)
    y[: round(0.3 * n)] = 1
    below = np.mean(
        [auc_two_sided(rng.normal(size=n), y) <= chance_reaches(int(y.sum()), n - int(y.sum())) for _ in range(2_000)]
    )
    assert below == pytest.approx(0.95, abs=0.02)  # standard error 0.5 %


def auc_two_sided(x, y):
    auc = auc_of(x[y == 1], x[y == 0])
    return max(auc, 1 - auc)


def test_chance_of_no_rows_and_of_two():
    assert math.isnan(chance_reaches(0, 7))
    assert chance_reaches(1, 1) == 1.0


def test_whole_numbers_that_no_float_can_tell_apart_are_kept_apart():
    small = RNG.integers(0, 12, N) + np.where(Y == 1, 3, 0)
    for large in (2**60 + small, (2**63 + small.astype(np.uint64)), -(2**62) + small):
        seen, expected = measure(large), measure(small)
        assert seen.auc == expected.auc
        assert seen.explained == pytest.approx(expected.explained, abs=1e-12)
        assert [group.rows for group in seen.groups] == [group.rows for group in expected.groups]
    assert measure(2**60 + small).groups[0].label == f"up to {2**60 + int(expected.groups[0].label.split()[-1]):,}"


def test_levels_of_one_row_are_counted_together_and_change_no_measure():
    levels = np.where(RNG.random(N) < 0.7, RNG.choice(list("abc"), N), [f"only {i}" for i in range(N)])
    seen = measure(levels, dtype="str")
    rates = rates_of_other_rows(levels)
    assert seen.auc == pytest.approx(max(0.5, auc_within_folds(rates)), abs=1e-12)
    assert seen.explained == pytest.approx(
        max(0, 1 - log_loss(Y, rates) / log_loss(Y, np.full(N, Y.mean()))), abs=1e-12
    )
    once = ~np.isin(levels, list("abc"))
    assert seen.groups[-1].label == "(levels of one row)"
    assert (seen.groups[-1].rows, seen.groups[-1].rate) == (once.sum(), pytest.approx(Y[once].mean()))
    everyone = measure([f"row {i}" for i in range(N)], dtype="str")
    assert [group.label for group in everyone.groups] == ["(levels of one row)"]
