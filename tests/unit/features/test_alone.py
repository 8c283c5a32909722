"""How each column alone separates the classes, against scikit-learn."""

import math

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import log_loss, roc_auc_score

from logreg_core.features.alone import FOLDS, alone, folds_of

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


def test_rates_of_a_category_are_those_of_other_rows():
    levels = np.where(RNG.random(N) < 0.3 + 0.4 * Y, "a", RNG.choice(["b", "c"], N))
    seen = measure(levels, dtype="str")
    folds = folds_of(Y)
    rates = np.empty(N)
    for row in range(N):
        others = folds != folds[row]
        same = others & (levels == levels[row])
        rates[row] = (Y[same].sum() + Y[others].mean()) / (same.sum() + 1)
    assert seen.auc == pytest.approx(roc_auc_score(Y, rates), abs=1e-12)
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
