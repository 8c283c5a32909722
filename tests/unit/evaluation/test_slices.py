import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from logreg_core.evaluation import (
    Curve,
    axis_range,
    boundary_sentence,
    crossings,
    curve,
    held_sentence,
    levels,
    logit,
    plane,
    points_sentence,
    sample_by_class,
    sample_points,
    score_rows,
    typical_values,
    values_range,
    volume,
)
from logreg_core.evaluation.thinning import thin
from logreg_core.training.log_loss import sigmoid
from tests.unit.evaluation.cases import LinearModel, churn


@pytest.fixture(scope="module")
def case():
    frame, prepared, model = churn()
    return frame, prepared, model, score_rows(model, prepared), typical_values(frame, prepared)


def test_typical_values_are_of_the_training_rows_alone(case):
    frame, prepared, *_ = case
    changed = frame.copy()
    changed.loc[prepared.rows_test, ["age", "tenure", "charge"]] = 1e9
    changed.loc[prepared.rows_test, "contract"] = "never seen"
    changed.loc[prepared.rows_train[:5], "age"] = [np.nan, np.inf, -np.inf, np.nan, np.inf]
    typical = typical_values(changed, prepared)
    age = frame["age"].iloc[prepared.rows_train[5:]]
    assert typical["age"] == age.median()
    assert typical["contract"] == "month-to-month"
    assert list(typical) == list(prepared.features)


def test_typical_values_of_columns_without_values_and_of_yes_no():
    frame = pd.DataFrame(
        {
            "none": [np.nan] * 4,
            "empty": pd.array([None] * 4, dtype="str"),
            "flag": pd.array([True, True, None, False], dtype="boolean"),
        }
    )
    _, prepared, _ = churn(rows=20)
    stub = replace(prepared, numbers=("none",), categories=("empty", "flag"), rows_train=np.arange(4))
    typical = typical_values(frame, stub)
    assert math.isnan(typical["none"])
    assert math.isnan(typical["empty"])
    assert typical["flag"] is True


def test_curve_follows_the_model(case):
    _, _, _, score, typical = case
    line = curve(score, typical, "tenure", (0.0, 80.0))
    z = 0.01 * typical["age"] - 0.05 * line.x + 0.03 * typical["charge"] - 3.4
    # The same five products summed in another order.
    np.testing.assert_allclose(line.z, z, atol=1e-13)
    np.testing.assert_array_equal(line.probability, sigmoid(line.z))
    assert set(line.held) == {"age", "charge", "contract"}
    assert len(line.x) == 200
    (crossed,) = crossings(line, 0.1)
    by_hand = (0.01 * typical["age"] + 0.03 * typical["charge"] - 3.4 - math.log(0.1 / 0.9)) / 0.05
    assert crossed == pytest.approx(by_hand, abs=1e-11)
    assert crossings(line, 0.0) == crossings(line, 1.0) == ()


def test_plane_has_rows_for_y_and_columns_for_x(case):
    _, _, _, score, typical = case
    grid = plane(score, typical, "age", "charge", (20.0, 60.0), (10.0, 100.0), n=7)
    assert grid.z.shape == (7, 7)
    assert grid.z[2, 5] == pytest.approx(
        0.01 * grid.x[5] - 0.05 * typical["tenure"] + 0.03 * grid.y[2] - 3.4, abs=1e-13
    )
    assert grid.held == {"tenure": typical["tenure"], "contract": "month-to-month"}


def test_volume_knows_whether_its_boundary_is_flat(case):
    _, _, _, score, typical = case
    ranges = ((20.0, 60.0), (0.0, 80.0), (10.0, 100.0))
    flat = volume(score, typical, ("age", "tenure", "charge"), ranges)
    assert flat.affine
    assert flat.z.shape == (22, 22, 22)
    assert flat.z[3, 4, 5] == pytest.approx(
        0.01 * flat.axes[0][3] - 0.05 * flat.axes[1][4] + 0.03 * flat.axes[2][5] - 3.4, abs=1e-12
    )
    # Along the edges from one corner a product of two columns is as straight as a plane: it bends inside.
    bent = volume(
        lambda rows: (rows["age"] - 20).to_numpy() * rows["tenure"].to_numpy() * 1e-3,
        typical,
        ("age", "tenure", "charge"),
        ranges,
    )
    assert not bent.affine


def test_levels_vary_the_category_alone(case):
    _, _, _, score, typical = case
    found = levels(score, typical, "contract", ("month-to-month", "one year", "two years"))
    z = np.array([logit(float(p)) for p in found.probability])
    np.testing.assert_allclose(np.diff(z), [-1.0, -1.0], atol=1e-12)
    assert set(found.held) == {"age", "tenure", "charge"}


def test_scores_of_runaway_weights_stay_finite(case):
    frame, prepared, *_ = case
    wild = score_rows(LinearModel(np.array([1e308, 0.0, 0, 0, 0]), 0.0), prepared)
    z = wild(frame.iloc[:10])
    assert np.isfinite(z).all()


def test_sample_shows_the_rare_class_and_is_the_same_each_time():
    frame, prepared, _ = churn()
    y = np.zeros(4800)
    y[:130] = 1
    rare = replace(prepared, y_train=y)
    points = sample_points(frame, rare, "train", limit=1000, seed=5)
    assert (points.shown, points.total, points.part) == (1000, 4800, "train")
    assert points.y.sum() == 100
    assert list(points.frame.columns) == list(prepared.features)
    again = sample_points(frame, rare, "train", limit=1000, seed=5)
    pd.testing.assert_frame_equal(points.frame, again.frame)
    assert not points.frame.equals(sample_points(frame, rare, "train", limit=1000, seed=6).frame)


def test_sample_rows_belong_to_their_class_and_part():
    frame, prepared, _ = churn()
    points = sample_points(frame, prepared, "test", limit=300)
    test_rows = frame.iloc[prepared.rows_test]
    matched = points.frame.assign(y=points.y).merge(
        test_rows.assign(y=prepared.y_test), on=[*prepared.features, "y"], how="left", indicator=True
    )
    assert (matched["_merge"] == "both").all()
    everything = sample_points(frame, prepared, "test", limit=5000)
    assert everything.shown == everything.total == 1200


@pytest.mark.parametrize(("positives", "expected"), [(0, 0), (3, 3), (99, 99), (100, 100), (400, 100), (5000, 1000)])
def test_share_of_the_smaller_class(positives, expected):
    y = np.zeros(10_000)
    y[:positives] = 1
    chosen = sample_by_class(y, 2000)
    assert len(chosen) == len(np.unique(chosen)) == 2000
    assert y[chosen].sum() == expected


@pytest.mark.parametrize(
    "values",
    [
        [],
        [np.nan, np.inf],
        [3.0] * 50,
        [0.0],
        [1e308, -1e308],
        [1e300, np.nextafter(1e300, np.inf)],
        [0.1 + 0.2, 0.3],
        [0] * 999 + [1],
        np.arange(5),
        pd.Series([1, None, 3], dtype="Int64"),
        [-1.7976931348623157e308] * 30 + [1.7976931348623157e308] * 30,
        [1e-300, 2e-300],
    ],
)
def test_axis_range_is_finite_with_room_between(values):
    low, high = axis_range(values)
    assert math.isfinite(low)
    assert math.isfinite(high)
    finite = np.clip([v for v in np.asarray(values, dtype=float) if math.isfinite(v)], -1e300, 1e300)
    assert np.all((finite >= low) & (finite <= high))
    assert len(np.unique(np.linspace(low, high, 80))) == 80


def test_axis_range_does_not_follow_an_outlier_beyond_reason():
    values = np.random.default_rng(0).normal(50, 10, 1000)
    low, high = axis_range(values)
    assert low < values.min()
    assert high > values.max()
    with_outlier = axis_range(np.append(values, 1e9))
    assert with_outlier[1] < 120


def test_held_sentence():
    assert held_sentence({}) == ""
    assert held_sentence({"age": 41.0}) == "The other column is held at a typical value: age 41."
    three = {"age": 41.0, "contract": "month-to-month", "tenure": 29.0}
    assert held_sentence(three) == (
        "The other 3 columns are held at typical values: age 41, contract month-to-month, tenure 29."
    )
    many = held_sentence({f"c{i}": float(i) for i in range(18)})
    assert many.startswith("The other 18 columns")
    assert many.endswith("c5 5 and 12 more.")


def test_points_sentence_says_when_it_is_a_sample():
    frame, prepared, _ = churn(rows=500)
    assert points_sentence(sample_points(frame, prepared, "test")) == "All 100 test rows are drawn."
    assert "50 of the 400 training rows" in points_sentence(sample_points(frame, prepared, "train", limit=50))


def test_points_sentence_counts_rows_that_no_picture_can_hold():
    frame, prepared, _ = churn(rows=500)
    rows = prepared.rows_train
    frame = frame.assign(age=frame["age"].astype(float), tenure=frame["tenure"].astype(float))
    frame.loc[rows[:30], "age"] = np.nan
    frame.loc[rows[30], "age"] = np.inf
    frame.loc[rows[:2], "tenure"] = np.nan
    frame.loc[rows[40], "tenure"] = 1e6
    points = sample_points(frame, prepared, "train")
    assert points_sentence(points, ("charge",)) == "All 400 training rows are drawn."
    assert points_sentence(points, ("age",)) == "369 of 400 training rows are drawn; 31 have no value in 'age'."
    both = "369 of 400 training rows are drawn; 31 have no value in 'age' or 'tenure'."
    assert points_sentence(points, ("age", "tenure")) == both
    ends = ((-1e5, 1e5), (-1e5, 1e5))
    assert points_sentence(points, ("age", "tenure"), ends) == (
        "368 of 400 training rows are drawn; 31 have no value in 'age' or 'tenure'; 1 lies outside of the picture."
    )
    sample = sample_points(frame, prepared, "train", limit=300)
    absent = int((~np.isfinite(sample.frame["age"])).sum())
    assert points_sentence(sample, ("age",)) == (
        f"{300 - absent} of the 400 training rows are drawn, chosen at random within each class;"
        f" {absent} of those chosen have no value in 'age'."
    )


def test_an_infinite_code_is_no_typical_level():
    _, prepared, _ = churn(rows=20)
    stub = replace(prepared, numbers=(), categories=("code",), rows_train=np.arange(5))
    assert typical_values(pd.DataFrame({"code": [np.inf, np.inf, np.inf, 2.0, 2.0]}), stub) == {"code": 2.0}


def test_logit_inverts_the_sigmoid_and_is_infinite_at_the_ends():
    for p in (1e-12, 0.1, 0.5, 0.999):
        assert float(sigmoid(np.array(logit(p)))) == pytest.approx(p, rel=1e-14)
    assert (logit(0.0), logit(1.0)) == (-math.inf, math.inf)
    with pytest.raises(ValueError, match=r"got 1\.5"):
        logit(1.5)


def test_thinning_keeps_both_ends_and_steep_places():
    x = np.arange(100_000.0)
    y = 0.7 * np.exp(-x / 50)
    kept = thin(x, y, 400)
    assert len(kept) <= 400
    assert (kept[0], kept[-1]) == (0, 99_999)
    # The fall in the first 400 of 100,000 epochs gets a large part of the points; equal steps of x would give it 2.
    assert np.sum(kept < 400) > 100
    flat = thin(x, np.ones_like(x), 10)
    assert (len(flat), flat[0], flat[-1]) == (10, 0, 99_999)
    np.testing.assert_array_equal(thin(x[:5], y[:5], 400), np.arange(5))


def test_a_picture_without_a_boundary_says_on_which_side_it_lies():
    x = np.linspace(0, 1, 5)
    flat = Curve("x", x, x - 3, sigmoid(x - 3), {})
    assert boundary_sentence(flat, 0.5).endswith("stays below 50 % everywhere in it.")
    assert "10 % or more" not in boundary_sentence(flat, 0.1)
    assert "4 % or more" in boundary_sentence(flat, 0.04)
    assert boundary_sentence(flat, 0.08) == ""


def test_a_control_for_a_column_offers_the_values_that_are_there() -> None:
    calls = np.array([0.0, 3.0, 9.0, np.nan])
    assert values_range(calls) == (0.0, 9.0, True)  # never -0.23 calls
    assert values_range(np.array([18.25, 8684.8])) == (18.25, 8684.8, False)
    low, high, whole = values_range(np.array([4.0, 4.0]))
    assert low < 4 < high
    assert not whole
    assert values_range(np.array([np.nan])) == (0.0, 1.0, False)
    assert values_range(np.array([0.0, 5e9]))[2] is False  # nobody moves a slider in five billion steps
