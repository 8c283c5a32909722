"""What the laboratory computes: courses, learning rates, valleys, replayed epochs, standings of a race."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from training_rows import Rows, logistic_rows

from logreg_core.training import (
    LogLoss,
    TrainSettings,
    course_of,
    lane_in_words,
    moment,
    one_row,
    part_of,
    race,
    row_weights,
    rows_of_course,
    scaled,
    standings,
    train,
    try_rates,
    valley,
    winner,
)
from logreg_core.training.rates import CRAWLS, FALLS, GROWS, JUMPS
from logreg_core.training.surface import axis_values, cost_surface


def rows(n: int, p: int, *, seed: int = 0) -> Rows:
    X, y = logistic_rows(n, p, seed=seed)
    return Rows(X, y, X[:0], y[:0], tuple("abcdefgh"[:p]))


# ---------------------------------------------------------------- course


@pytest.mark.parametrize(
    "settings",
    [
        TrainSettings(),
        TrainSettings(alpha=0.05),
        TrainSettings(balanced=True),
        TrainSettings(alpha=0.05, balanced=True),
        TrainSettings(method="exact", alpha=0.05, l1_ratio=0.5, balanced=True),
    ],
)
def test_the_course_is_the_objective_of_the_run_and_of_its_map(settings: TrainSettings) -> None:
    data = rows(200, 3)
    model = train(data, settings)
    course = course_of(data, settings)
    at = np.array([*model.coefficients, model.intercept])
    assert course.cost(at) == pytest.approx(model.final_cost, rel=1e-13)
    assert not course.is_sample
    surface = cost_surface(
        course.X,
        course.y,
        at,
        1,
        3,
        at[1:2],
        at[3:],
        penalty=course.penalty,
        sample_weight=course.sample_weight,
    )
    assert surface.cost[0, 0] == pytest.approx(model.final_cost, rel=1e-13)
    assert course.optimum is not None
    assert course.has_end
    assert course.optimum.cost <= model.final_cost + 1e-12


def test_a_large_course_is_a_sample_with_the_same_shares_of_the_classes() -> None:
    data = rows(30_000, 3)
    course = course_of(data, TrainSettings(), most_cells=20_000)
    assert course.is_sample
    assert (len(course.y), course.n_in_all) == (5_000, 30_000)
    assert course.y.mean() == pytest.approx(data.y_train.mean(), abs=1e-4)
    chosen = rows_of_course(data, most_cells=20_000)
    np.testing.assert_array_equal(course.X, data.X_train[chosen])
    part, which = part_of(course, 500)
    np.testing.assert_array_equal(part.X, data.X_train[chosen[which]])
    assert part.n_in_all == 30_000


def test_the_safe_rate_of_a_sample_is_that_of_all_rows() -> None:
    data = rows(30_000, 3)
    for settings in (TrainSettings(), TrainSettings(alpha=0.3, balanced=True)):
        sample, whole = (course_of(data, settings, most_cells=most) for most in (20_000, 10**9))
        assert sample.is_sample
        assert not whole.is_sample
        assert sample.safe_rate == whole.safe_rate
        assert sample.objective.safe_learning_rate() != pytest.approx(whole.safe_rate, rel=1e-6)


def test_a_rare_class_is_not_lost_in_the_sample() -> None:
    data = rows(20_000, 2)
    y = np.zeros(20_000)
    y[:15] = 1.0
    course = course_of(replace(data, y_train=y), TrainSettings(), most_cells=6_000)
    assert course.y.sum() == 10


def test_no_lowest_point_where_columns_tell_the_classes_apart() -> None:
    X = np.linspace(-1, 1, 40)[:, None]
    y = (X[:, 0] > 0).astype(float)
    course = course_of(Rows(X, y, X[:0], y[:0], ("a",)), TrainSettings())
    assert course.optimum is not None
    assert not course.has_end
    assert course_of(Rows(X, y, X[:0], y[:0], ("a",)), TrainSettings(alpha=0.1)).has_end


# ---------------------------------------------------------------- learning rates


def test_rates_on_the_tutorials_rows(tutorial: Rows) -> None:
    course = course_of(tutorial, TrainSettings())
    assert course.safe_rate == pytest.approx(2.8866, abs=1e-4)
    small, right, large, blown, own = try_rates(course, own=0.1)
    assert [trial.kind for trial in (small, right, large, blown, own)] == [CRAWLS, FALLS, JUMPS, GROWS, FALLS]
    assert np.all(np.diff(right.cost) < 0)
    assert right.rate == pytest.approx(0.9 * course.safe_rate)
    assert blown.rate == pytest.approx(10 * course.safe_rate)
    assert blown.cost[-1] > blown.cost[0]
    # The tutorial's published cost after 100 updates at a rate of 0.1, to six digits.
    assert own.cost[100] == pytest.approx(0.284573, abs=5e-7)


def test_a_rate_below_the_safe_one_never_raises_the_cost() -> None:
    for seed in range(5):
        course = course_of(rows(60, 4, seed=seed), TrainSettings(alpha=0.01 * seed, balanced=seed % 2 == 1))
        trial = try_rates(course, own=0.999 * course.safe_rate)[-1]
        assert trial.rises == 0


def test_rates_go_up_until_one_blows_up() -> None:
    X, y = logistic_rows(3_000, 2)
    rare = (np.arange(3_000) % 300 == 0).astype(float)  # little curvature away from the start
    blown = try_rates(course_of(Rows(X, rare, X[:0], y[:0], ("a", "b")), TrainSettings()))[3]
    assert blown.kind == GROWS
    assert blown.rate > 10 * course_of(Rows(X, rare, X[:0], y[:0], ("a", "b")), TrainSettings()).safe_rate * 0.99


def test_a_rate_too_large_to_compute_with_ends_where_it_does() -> None:
    X, y = logistic_rows(50, 2)
    course = course_of(Rows(X * 1e150, y, X[:0], y[:0], ("a", "b")), TrainSettings(alpha=1.0))
    trial = try_rates(course, own=1e6)[-1]
    assert trial.kind == GROWS
    assert np.isfinite(trial.cost).all()


# ---------------------------------------------------------------- valleys


def test_scaling_makes_the_valley_rounder() -> None:
    X, y = logistic_rows(500, 2)
    uneven = X * np.array([1.0, 10.0])
    course = course_of(Rows(uneven, y, X[:0], y[:0], ("a", "b")), TrainSettings())
    raw, even = valley(course, uneven, ("a", "b")), valley(course, scaled(uneven), ("a", "b"))
    assert raw.condition > 20 * even.condition
    assert raw.left > even.left
    assert raw.lowest_cost == pytest.approx(even.lowest_cost, abs=1e-9)  # scaling is no other model
    np.testing.assert_allclose(even.lowest / raw.lowest, uneven.std(axis=0), rtol=1e-6)
    for found in (raw, even):
        assert not found.held_back
        assert found.surface.cost.min() >= found.lowest_cost - 1e-12
        np.testing.assert_array_equal(found.path[0], [0.0, 0.0])


def test_the_condition_number_is_that_of_the_hessian() -> None:
    X, y = logistic_rows(300, 2)
    course = course_of(Rows(X, y, X[:0], y[:0], ("a", "b")), TrainSettings())
    found = valley(course, X, ("a", "b"))
    assert course.optimum is not None
    hessian = LogLoss(X, y).hessian(course.optimum.parameters)[:2, :2]
    assert found.condition == pytest.approx(np.linalg.cond(hessian), rel=1e-6)


def test_a_constant_column_and_separated_classes_have_a_valley_too() -> None:
    X, y = logistic_rows(100, 2)
    flat = np.column_stack([X[:, 0], np.full(100, 3.0)])
    course = course_of(Rows(flat, y, X[:0], y[:0], ("a", "b")), TrainSettings())
    assert valley(course, scaled(flat), ("a", "b")).condition == float("inf")
    apart = (X[:, 0] > 0).astype(float)
    course = course_of(Rows(X, apart, X[:0], y[:0], ("a", "b")), TrainSettings())
    assert valley(course, X, ("a", "b")).held_back


# ---------------------------------------------------------------- axes of a map


def test_axes_hold_the_way_and_the_lowest_point() -> None:
    values = axis_values([0.0, 0.5, 1.0], 2.0)
    assert values[0] < 0.0
    assert values[-1] > 2.0
    wild = axis_values([0.0, 1e9, -1e12], 2.0)
    assert -10 < wild[0] < 0
    assert 2 < wild[-1] < 10
    round_about = axis_values([0.0, -3.0, 1.9], 2.0)  # a way round is on the map
    assert round_about[0] < -3
    for path, lowest in (([0.0], None), ([3.0, np.inf], None), ([0.0, 0.0], 0.0)):
        assert np.all(np.diff(axis_values(path, lowest)) > 0)


# ---------------------------------------------------------------- any epoch again


@pytest.mark.parametrize(
    "settings",
    [
        TrainSettings(learning_rate=0.5, max_iter=400),
        TrainSettings(learning_rate=0.1, max_iter=400, batch_size=32, seed=3),
        TrainSettings(learning_rate=0.05, max_iter=400, optimiser="nesterov"),
        TrainSettings(learning_rate=0.05, max_iter=400, optimiser="adam", alpha=0.01, balanced=True),
        TrainSettings(learning_rate=1.0, max_iter=400, optimiser="line_search", start="random", seed=1),
        TrainSettings(learning_rate=0.5, max_iter=400, start=(1.0, -1.0, 2.0)),
    ],
)
def test_a_replayed_epoch_has_the_bits_of_the_run(settings: TrainSettings) -> None:
    data = rows(120, 2)
    seen = []
    model = train(data, replace(settings, tol=0.0), watch=lambda progress: seen.append(progress.parameters))
    for epoch in (0, 1, 7, 251, 399):
        again = moment(model, data, epoch)
        assert again.epoch == epoch
        np.testing.assert_array_equal(again.parameters, seen[epoch])
        assert again.updated is not None
        np.testing.assert_array_equal(again.updated, seen[epoch + 1])
    last = moment(model, data, 400)
    np.testing.assert_array_equal(last.parameters, [*model.coefficients, model.intercept])


def test_a_long_replay_is_not_made_but_the_nearest_kept_epoch_shown() -> None:
    data = rows(120, 2)
    model = train(data, TrainSettings(learning_rate=0.5, max_iter=5_000, tol=0.0, optimiser="momentum"))
    near = moment(model, data, 4_000, most_work=10_000)
    assert near.epoch in model.history.snapshot_epochs
    assert abs(near.epoch - 4_000) < 60
    assert near.updated is None
    assert moment(model, data, 1, most_work=0).updated is not None  # the first epochs are all kept


def test_one_row_of_a_penalised_weighted_run_ties_out_with_the_gradient_of_all() -> None:
    data = rows(90, 3)
    settings = TrainSettings(learning_rate=0.3, max_iter=50, alpha=0.02, balanced=True, tol=0.0)
    model = train(data, settings)
    now = moment(model, data, 20)
    weights = row_weights(data.y_train, data.y_train, balanced=True)
    assert weights is not None
    assert now.updated is not None
    shares = [
        one_row(x, y, now.parameters, now.gradient, now.updated, weights.sum(), weight=weight).share
        for x, y, weight in zip(data.X_train, data.y_train, weights, strict=True)
    ]
    penalty = 0.02 * np.append(now.parameters[:-1], 0.0)
    np.testing.assert_allclose(np.sum(shares, axis=0) + penalty, now.gradient, rtol=0, atol=1e-15)
    np.testing.assert_allclose(now.updated, now.parameters - 0.3 * now.gradient, rtol=1e-15)


# ---------------------------------------------------------------- who was first


def test_standings_name_the_first_by_the_unit_asked_for() -> None:
    data = rows(300, 2)
    slow, fast = race(
        data.X_train,
        data.y_train,
        (
            TrainSettings(learning_rate=0.05, max_iter=300),
            TrainSettings(learning_rate=2.0, max_iter=300),
        ),
    )
    course = course_of(data, TrainSettings())
    assert course.optimum is not None
    lowest = course.optimum.cost
    first, second = standings((slow, fast), lowest)
    assert second.close is not None
    assert second.there is not None
    assert fast.cost[second.close.epoch] <= 1.01 * lowest < fast.cost[second.close.epoch - 1]
    assert fast.cost[second.there.epoch] <= lowest + 1e-6 < fast.cost[second.there.epoch - 1]
    assert second.close.passes == second.close.epoch
    assert first.there is None
    assert winner((first, second), "epoch") == 1
    assert winner(standings((slow, fast), None), "epoch") is None


def test_lanes_are_named_in_a_few_words() -> None:
    assert lane_in_words(TrainSettings(learning_rate=0.5)) == "Gradient descent, rate 0.5"
    assert lane_in_words(TrainSettings(optimiser="adam", batch_size=32)) == "Adam, rate 0.1, 32 rows at a time"
    assert lane_in_words(TrainSettings(optimiser="line_search")) == "Line search, first rate 0.1"
    assert lane_in_words(TrainSettings(optimiser="nesterov")) == "Nesterov momentum, rate 0.1"
