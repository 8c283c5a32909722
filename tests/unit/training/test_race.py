"""Several ways downhill side by side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from training_rows import logistic_rows

from logreg_core.errors import TrainingError
from logreg_core.training import LogisticRegression, LogLoss, TrainSettings
from logreg_core.training.race import ALL_EPOCHS, OUT_OF_TIME, race
from logreg_core.training.standings import why_ended

PLAIN = TrainSettings(learning_rate=0.5, max_iter=60)


def test_lanes_are_what_the_estimator_runs() -> None:
    X, y = logistic_rows(400, 3)
    ways = (
        PLAIN,
        replace(PLAIN, optimiser="nesterov"),
        replace(PLAIN, optimiser="line_search", learning_rate=1.0),
        replace(PLAIN, batch_size=50),
    )
    for lane in race(X, y, ways):
        way = lane.settings
        model = LogisticRegression(
            way.optimiser, learning_rate=way.learning_rate, max_iter=60, batch_size=way.batch_size, tol=0.0
        ).fit(X, y)
        np.testing.assert_array_equal(lane.cost[:-1], model.history_.cost)
        np.testing.assert_array_equal(lane.parameters[:-1], model.coef_[0])
        assert lane.complete
        assert len(lane.cost) == len(lane.passes) == len(lane.seconds) == 61
        assert np.all(np.diff(lane.seconds) >= 0)


def test_passes_count_looks_at_the_rows() -> None:
    X, y = logistic_rows(400, 3)
    plain, batches, search = race(
        X, y, (PLAIN, replace(PLAIN, batch_size=64), replace(PLAIN, optimiser="line_search", learning_rate=64.0))
    )
    np.testing.assert_array_equal(plain.passes, np.arange(61))
    np.testing.assert_array_equal(batches.passes, np.arange(61))
    first_rate_taken = 64.0
    halvings = 0
    objective = LogLoss(X, y)
    start = np.zeros(4)
    cost, gradient = objective.value_and_gradient(start)
    while objective.value(start - first_rate_taken * gradient) > cost - 0.5 * first_rate_taken * gradient @ gradient:
        first_rate_taken, halvings = first_rate_taken / 2, halvings + 1
    assert halvings > 0
    assert search.passes[1] == 1 + halvings
    assert search.passes[-1] > 60


def test_reached() -> None:
    X, y = logistic_rows(400, 3)
    lane = race(X, y, (PLAIN, PLAIN))[0]
    assert lane.reached(lane.cost[17]) == 17
    assert lane.reached(0.0) is None


def test_stopped_and_blown_up() -> None:
    X, y = logistic_rows(400, 3)
    seen = []

    def watch(lane: int, epoch: int) -> bool:
        seen.append((lane, epoch))
        return (lane, epoch) == (1, 3)

    first, second = race(X, y, (PLAIN, PLAIN, PLAIN), watch=watch)
    assert first.complete
    assert not second.complete
    assert len(second.cost) == 4
    assert seen[-1] == (1, 3)
    wild, tame = race(X * 1e160, y, (replace(PLAIN, learning_rate=1e6), replace(PLAIN, learning_rate=1e-6, max_iter=1)))
    assert not wild.complete
    assert not np.isfinite(wild.cost[-1])
    assert tame.settings.max_iter == 1


def test_why_a_lane_ended_is_said_of_each() -> None:
    X, y = logistic_rows(400, 3)
    run = race(X, y, (PLAIN, replace(PLAIN, max_iter=1_000_000)), seconds_a_lane=0.05)
    epoch = len(run[1].cost) - 1
    assert [lane.ending for lane in run] == [ALL_EPOCHS, OUT_OF_TIME]
    assert why_ended(run) == f"Lane 2 was out of time after 0 seconds, at epoch {epoch:,} of 1,000,000."
    wild = race(X * 1e160, y, (replace(PLAIN, learning_rate=1e6), replace(PLAIN, learning_rate=1e-6, max_iter=1)))
    assert why_ended(wild).startswith(f"Lane 1 blew up: at epoch {len(wild[0].cost) - 1} of 60")
    stopped = race(X, y, (PLAIN, PLAIN), watch=lambda lane, epoch: (lane, epoch) == (1, 3))
    assert why_ended(stopped) == "Lane 2 was stopped by you at epoch 3 of 60."
    assert not why_ended(race(X, y, (PLAIN, PLAIN)))


def test_weights_of_rows() -> None:
    X, y = logistic_rows(200, 2)
    weights = np.random.default_rng(0).random(200)
    lane = race(X, y, (PLAIN, replace(PLAIN, batch_size=200)), sample_weight=weights)
    assert lane[0].cost[5] == pytest.approx(lane[1].cost[5], rel=1e-12)
    model = LogisticRegression(learning_rate=0.5, max_iter=60, tol=0.0).fit(X, y, sample_weight=weights)
    np.testing.assert_array_equal(lane[0].parameters[:-1], model.coef_[0])


@pytest.mark.parametrize(
    ("lanes", "said"),
    [
        ((PLAIN,), "2 to 4 lanes"),
        ((PLAIN,) * 5, "2 to 4 lanes"),
        ((PLAIN, replace(PLAIN, method="exact")), "ways of descending"),
        ((PLAIN, replace(PLAIN, alpha=0.1)), "same course"),
        ((PLAIN, replace(PLAIN, start="random")), "same course"),
        ((PLAIN, replace(PLAIN, learning_rate=-1.0)), "learning rate"),
    ],
)
def test_refusals(lanes: tuple[TrainSettings, ...], said: str) -> None:
    X, y = logistic_rows(50, 2)
    with pytest.raises(TrainingError, match=said):
        race(X, y, lanes)
