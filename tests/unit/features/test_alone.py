"""How each column alone separates the classes, against scikit-learn."""

import math
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
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


def rates_of_other_rows(levels, drawn_by=None):
    """For each row the share of the positive class among the rows of its level in other folds, drawn to the overall by
    so many rows: one, or as ``drawn_by`` (positive, rows) of other folds says.
    """
    folds = folds_of(Y)
    rates = np.empty(N)
    for fold in range(FOLDS):
        others = folds != fold
        overall = Y[others].mean()
        counts = [(Y[others & (levels == level)].sum(), (others & (levels == level)).sum()) for level in set(levels)]
        drawn = 1 if drawn_by is None else drawn_by(counts, overall)
        for level, (positive, rows) in zip(set(levels), counts, strict=True):
            rates[(folds == fold) & (levels == level)] = (positive + drawn * overall) / (rows + drawn)
    return rates


def by_moments(counts, overall):
    """Pseudo-rows that rates which differ more than chance ask for."""
    several = [(positive, rows) for positive, rows in counts if rows]
    total = sum(rows for _, rows in several)
    differences = sum(rows * (positive / rows - overall) ** 2 for positive, rows in several)
    beyond = differences - (len(several) - 1) * overall * (1 - overall)
    variance = beyond / (total - sum(rows**2 for _, rows in several) / total)
    return max(1.0, overall * (1 - overall) / max(variance, 1e-12) - 1)


def auc_within_folds(rates, y=Y):
    """Mean of the folds' AUC, each with as much weight as it has pairs."""
    folds = folds_of(y)
    parts = [(y[folds == fold], np.round(rates[folds == fold], 12)) for fold in range(FOLDS)]
    weights = [part.sum() * (1 - part).sum() for part, _ in parts]
    return np.average([roc_auc_score(part, rate) for part, rate in parts], weights=weights)


def test_rates_of_a_category_are_those_of_other_rows():
    levels = np.where(RNG.random(N) < 0.3 + 0.4 * Y, "a", RNG.choice(["b", "c"], N))
    seen = measure(levels, dtype="str")
    assert seen.auc == pytest.approx(auc_within_folds(rates_of_other_rows(levels)), abs=1e-12)
    baseline = log_loss(Y, np.full(N, Y.mean()))
    rates = rates_of_other_rows(levels, by_moments)
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
    assert math.isnan(seen.likely[0])


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
def test_the_interval_is_delongs_on_the_scale_of_log_odds_with_one_more_row(digits):
    y, x = Y[:400], np.round(RNG.normal(size=400) + 0.5 * Y[:400], digits)
    seen = measure(x, y)
    spread = seen.auc * (1 - seen.auc)
    error = math.sqrt(_delong(x, y) ** 2 + spread / y.sum() ** 2)
    ends = [math.log(end / (1 - end)) for end in seen.likely]
    middle = math.log(seen.auc / (1 - seen.auc))
    assert ends == pytest.approx([middle - 1.959964 * error / spread, middle + 1.959964 * error / spread], abs=1e-9)
    falling = measure(-x, y)
    assert (falling.likely, falling.direction) == (pytest.approx(seen.likely, abs=1e-9), "lower")
    # The rates of levels take the place of the numbers, and folds that share rows make it wider by a half.
    low, high = measure(pd.Series([f"level {value}" for value in np.round(x)], dtype="str"), y).likely
    assert high - low == pytest.approx(1.5 * 2 * 1.959964 * _delong(np.round(x), y), rel=0.15)


def _share_that_holds(truth_of, make, tables):
    rng = np.random.default_rng(0)
    held = []
    for _ in range(tables):
        x, y = make(rng)
        low, high = measure(x, y, dtype="str" if x.dtype.kind == "U" else None).likely
        held.append(low <= truth_of(x, y) <= high)
    return np.mean(held)


@pytest.mark.parametrize(
    ("rows", "share", "apart"), [(30, 0.3, 0), (100, 0.1, 1.5), (100, 0.1, 3), (200, 0.3, 3), (1_000, 0.05, 4)]
)
def test_the_interval_of_a_number_holds_the_truth_also_near_1(rows, share, apart):
    def make(rng):
        y = (np.arange(rows) < share * rows).astype(float)
        return rng.normal(size=rows) + apart * y, y

    truth = NormalDist().cdf(apart / math.sqrt(2))
    # Of 500 tables 95 % within 3 standard errors of 1 %; the few rows of the rarer class make it hold more often.
    assert _share_that_holds(lambda x, y: truth, make, 500) > 0.92


@pytest.mark.parametrize(("rows", "found", "alarms"), [(50, 0.3, 0.05), (200, 0.95, 0.02), (200, 0.2, 0.2)])
def test_the_interval_of_two_values_holds_the_truth(rows, found, alarms):
    def make(rng):
        y = (np.arange(rows) < 0.2 * rows).astype(float)
        return np.where(rng.random(rows) < np.where(y == 1, found, alarms), "yes", "no"), y

    truth = 0.5 + abs(found - alarms) / 2
    # Counts take few values, so what holds goes up and down by some points; DeLong's own falls to 70.
    assert _share_that_holds(lambda x, y: truth, make, 500) > 0.9


@pytest.mark.parametrize(("levels", "rows"), [(4, 200), (10, 500), (30, 1_000)])
def test_the_auc_of_a_category_is_that_of_its_learned_rates_on_new_rows(levels, rows):
    true_rates = 1 / (1 + np.exp(1.5 - np.random.default_rng(9).normal(0, 0.5, levels)))
    names = np.array([f"level {i}" for i in range(levels)])

    def on_new_rows(x, y):
        learned = [(y[x == name].sum() + y.mean()) / ((x == name).sum() + 1) for name in names]
        rates = true_rates[np.argsort(learned)]
        negative = (1 - rates) / (1 - rates).sum()
        return (rates / rates.sum()) @ (np.cumsum(negative) - negative / 2)

    rng = np.random.default_rng(1)
    shown, truths, held = [], [], []
    for _ in range(200):
        at = rng.integers(0, levels, rows)
        y = (rng.random(rows) < true_rates[at]).astype(float)
        seen, truth = measure(names[at], y, dtype="str"), on_new_rows(names[at], y)
        shown.append(seen.auc)
        truths.append(truth)
        held.append(seen.likely[0] <= truth <= seen.likely[1])
    # A pooled AUC of rates across folds was 1 to 2 points lower here, and exactly 0.5 in up to 45 of 100 tables.
    assert np.mean(shown) == pytest.approx(np.mean(truths), abs=0.012)
    assert np.mean(held) > 0.92
    assert np.mean(np.array(shown) == 0.5) < 0.3


def test_what_separates_by_its_order_explains_something_also_in_few_rows():
    rng = np.random.default_rng(0)
    explained, of_noise = [], []
    for _ in range(100):
        y = (rng.random(300) < 0.26).astype(float)
        x = rng.normal(size=300)
        seen = measure(x + 0.6 * y, y)
        if seen.auc > 0.62:
            explained.append(seen.explained)
        of_noise.append(measure(x, y).explained)
    assert min(explained) > 0
    assert np.mean(explained) > 0.03  # 4 to 5 % are there to explain
    assert np.mean(np.array(of_noise) > 0.01) < 0.1


def test_one_amount_far_out_changes_no_measure():
    rng = np.random.default_rng(5)
    y = (rng.random(300) < 0.26).astype(float)
    x = 50 + 10 * rng.normal(size=300) + 5 * y
    seen = measure(x, y)
    x[np.argmax(x)] = 1e9
    beside = measure(x, y)
    assert (beside.auc, beside.explained) == (seen.auc, seen.explained)


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


@pytest.mark.parametrize("columns", [1, 20, 600])
def test_the_best_of_many_columns_of_noise_stays_below_what_chance_reaches(columns):
    rng = np.random.default_rng(columns)
    y = np.zeros(200)
    y[:60] = 1
    reached = chance_reaches(60, 140, columns)
    error = math.sqrt(201 / (12 * 60 * 140))
    best = [0.5 + error * np.abs(rng.normal(size=columns)).max() for _ in range(1_000)]
    assert np.mean(np.array(best) <= reached) == pytest.approx(0.95, abs=0.025)
    if columns == 600:
        below = [
            max(auc_two_sided(column, y) for column in rng.normal(size=(columns, 200))) <= reached for _ in range(40)
        ]
        assert np.mean(below) > 0.8
        assert reached > chance_reaches(60, 140) + 0.05


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
    assert seen.auc == pytest.approx(max(0.5, auc_within_folds(rates_of_other_rows(levels))), abs=1e-12)
    # They can learn nothing of each other, so how much rates differ is learned from the levels of several rows.
    rates = rates_of_other_rows(levels, lambda counts, overall: by_moments([c for c in counts if c[1] > 1], overall))
    assert seen.explained == pytest.approx(max(0, 1 - log_loss(Y, rates) / log_loss(Y, np.full(N, Y.mean()))), abs=1e-6)
    once = ~np.isin(levels, list("abc"))
    assert seen.groups[-1].label == "(levels of one row)"
    assert (seen.groups[-1].rows, seen.groups[-1].rate) == (once.sum(), pytest.approx(Y[once].mean()))
    everyone = measure([f"row {i}" for i in range(N)], dtype="str")
    assert [group.label for group in everyone.groups] == ["(levels of one row)"]


GIVE_AWAYS = {
    "filled in only for the event": lambda rng, y: np.where(
        y == 1, np.resize(["price", "moved", "other"], y.size), None
    ),
    "three levels": lambda rng, y: np.where(y == 1, "left", np.where(rng.random(y.size) < 0.3, "paused", "active")),
    "two levels and gaps": lambda rng, y: np.where(y == 1, "left", np.where(rng.random(y.size) < 0.3, None, "active")),
}


@pytest.mark.parametrize("kind", GIVE_AWAYS)
@pytest.mark.parametrize("seed", range(60))
def test_a_category_that_is_never_wrong_is_measured_as_that(seed, kind):
    rng = np.random.default_rng(seed)
    n = int(rng.choice([30, 60, 141, 500, 1_000, 2_040]))
    y = (rng.random(n) < 0.3).astype(float)
    values = GIVE_AWAYS[kind](rng, y)
    rare = pd.Series(values).value_counts(dropna=False).min() < FOLDS  # a level that the other folds may lack
    seen = alone(pd.Series(values, name="x", dtype="str"), y, folds_of(y))
    if math.isnan(seen.auc):  # two levels, both of the event: the gaps tell
        assert seen.missing_auc == 1.0
        return
    assert seen.auc == 1.0 or (rare and seen.auc > 0.9)
    assert 0.5 < seen.likely[0] < seen.likely[1] <= 1.0


def test_one_wrong_pair_of_two_rows_of_a_class_among_a_million_leaves_the_interval_wide():
    n = 400_000
    values = np.arange(n, dtype=float)
    y = np.zeros(n)
    y[[-1, -3]] = 1.0  # the log-odds of such an AUC have a standard error in the hundreds
    low, high = measure(values, y).likely
    assert (low, high) == (pytest.approx(0.0, abs=1e-9), pytest.approx(1.0, abs=1e-9))
