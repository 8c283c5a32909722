"""The ways to descend: each is its recurrence, reaches the same optimum, and goes on from any of its states."""

from __future__ import annotations

from itertools import islice, pairwise
from math import isnan

import numpy as np
import pytest
from training_rows import Rows, logistic_rows

from logreg_core.training import LogLoss, Status, TrainSettings, gradient_descent, run
from logreg_core.training.batches import RowBatches
from logreg_core.training.descent import descent
from logreg_core.training.line_search import line_search_descent
from logreg_core.training.optimisers import Adam, Momentum, Nesterov, Plain, descend
from logreg_core.training.settings import OPTIMISERS

ALL_SETTINGS = [TrainSettings(optimiser=name) for name in OPTIMISERS]
BATCHED_SETTINGS = [
    TrainSettings(optimiser=name, batch_size=50, seed=3) for name in OPTIMISERS if name != "line_search"
]


def of(settings: TrainSettings) -> str:
    return settings.optimiser + (" in batches" if settings.batch_size else "")


def states_of(rows: Rows, settings: TrainSettings):
    X, y = rows.X_train, rows.y_train
    batches = RowBatches(X, y, settings.batch_size, seed=settings.seed) if settings.batch_size else None
    return descent(LogLoss(X, y), X.shape[1], settings, batches)


def test_plain_is_gradient_descent(tutorial: Rows) -> None:
    objective = LogLoss(tutorial.X_train, tutorial.y_train)
    expected = list(islice(gradient_descent(objective, np.zeros(3), 0.1), 30))
    for state, other in zip(islice(states_of(tutorial, TrainSettings()), 30), expected, strict=True):
        np.testing.assert_array_equal(state.parameters, other.parameters)
    by_hand = np.zeros(3)
    for _ in range(29):
        by_hand = by_hand - 0.1 * objective.value_and_gradient(by_hand)[1]
    np.testing.assert_array_equal(expected[-1].parameters, by_hand)


def test_momentum_is_its_recurrence(tutorial: Rows) -> None:
    objective = LogLoss(tutorial.X_train, tutorial.y_train)
    w, v = np.zeros(3), np.zeros(3)
    for state in islice(descend(objective, np.zeros(3), Momentum(0.3, 0.8)), 40):
        np.testing.assert_allclose(state.parameters, w, rtol=0, atol=1e-14)
        v = 0.8 * v - 0.3 * objective.value_and_gradient(w)[1]
        w = w + v


def test_nesterov_is_its_recurrence_seen_from_the_point_ahead(tutorial: Rows) -> None:
    objective = LogLoss(tutorial.X_train, tutorial.y_train)
    w, v = np.zeros(3), np.zeros(3)
    for state in islice(descend(objective, np.zeros(3), Nesterov(0.3, 0.8)), 40):
        ahead = w + 0.8 * v
        np.testing.assert_allclose(state.parameters, ahead, rtol=0, atol=1e-14)
        v = 0.8 * v - 0.3 * objective.value_and_gradient(ahead)[1]
        w = w + v


def test_adam_is_its_recurrence(tutorial: Rows) -> None:
    objective = LogLoss(tutorial.X_train, tutorial.y_train)
    w, a, s = np.zeros(3), np.zeros(3), np.zeros(3)
    for t, state in enumerate(islice(descend(objective, np.zeros(3), Adam(0.05)), 40), start=1):
        np.testing.assert_allclose(state.parameters, w, rtol=0, atol=1e-14)
        g = objective.value_and_gradient(w)[1]
        a, s = 0.9 * a + 0.1 * g, 0.999 * s + 0.001 * g * g
        w = w - 0.05 * (a / (1 - 0.9**t)) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)


@pytest.mark.parametrize("settings", ALL_SETTINGS, ids=of)
def test_all_reach_the_same_optimum(tutorial: Rows, settings: TrainSettings) -> None:
    ended = run(states_of(tutorial, settings), max_iter=40_000, tol=1e-6)
    assert ended.status is Status.CONVERGED
    best = run(
        descend(LogLoss(tutorial.X_train, tutorial.y_train), np.zeros(3), Nesterov(2.8)), max_iter=999, tol=1e-12
    )
    assert best.status is Status.CONVERGED
    # A gradient of 1e-6 over the smallest curvature, about 0.004.
    np.testing.assert_allclose(ended.parameters, best.parameters, rtol=0, atol=5e-4)


@pytest.mark.parametrize("settings", [*ALL_SETTINGS, *BATCHED_SETTINGS], ids=of)
def test_any_state_can_be_gone_back_to(tutorial: Rows, settings: TrainSettings) -> None:
    states = list(islice(states_of(tutorial, settings), 12))
    assert [state.epoch for state in states] == list(range(12))
    objective = LogLoss(tutorial.X_train, tutorial.y_train)
    if settings.optimiser == "line_search":
        again = line_search_descent(objective, states[4], 0.1)
    else:
        rule = {"gradient_descent": Plain, "momentum": Momentum, "nesterov": Nesterov, "adam": Adam}
        batches = RowBatches(tutorial.X_train, tutorial.y_train, 50, seed=3) if settings.batch_size else None
        again = descend(objective, states[4], rule[settings.optimiser](0.1), batches)
    for state, other in zip(islice(again, 8), states[4:], strict=True):
        assert state.epoch == other.epoch
        assert state.cost == other.cost
        np.testing.assert_array_equal(state.parameters, other.parameters)


@pytest.mark.parametrize("settings", [*ALL_SETTINGS, *BATCHED_SETTINGS], ids=of)
def test_states_are_immutable_and_tell_their_step(tutorial: Rows, settings: TrainSettings) -> None:
    first, second = islice(states_of(tutorial, settings), 2)
    assert isnan(first.step_size)
    assert second.step_size > 0
    objective = LogLoss(tutorial.X_train, tutorial.y_train)
    assert second.cost == objective.value(second.parameters)
    for state in (first, second):
        for array in (state.parameters, state.gradient, *state.memory):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1.0


@pytest.mark.parametrize("settings", [*ALL_SETTINGS, *BATCHED_SETTINGS], ids=of)
@pytest.mark.filterwarnings("error")
def test_a_blow_up_is_a_divergence_or_none(settings: TrainSettings) -> None:
    X = np.array([[1e160, -1e160], [-1e160, 1e150], [1e155, 1e160], [2e160, 1e159]])
    rows = Rows(X, np.array([0.0, 1.0, 1.0, 0.0]), X, np.zeros(4), ("a", "b"))
    ended = run(states_of(rows, settings), max_iter=20, tol=1e-8)
    assert np.isfinite(ended.parameters).all()
    assert ended.status in (Status.DIVERGED, Status.EPOCH_LIMIT)


def test_history_has_the_step_size_of_each_update(tutorial: Rows) -> None:
    states = list(islice(states_of(tutorial, TrainSettings(optimiser="line_search")), 31))
    ended = run(iter(states), max_iter=30, tol=0.0)
    assert ended.history.step_size.tolist() == [state.step_size for state in states[1:]]
    diverged = run(
        gradient_descent(LogLoss(tutorial.X_train * 1e3, tutorial.y_train), np.zeros(3), 1e6), max_iter=50, tol=0
    )
    assert diverged.status is Status.DIVERGED
    assert diverged.history.step_size.tolist() == [1e6] * diverged.n_iter
    assert len(diverged.history.step_size) == len(diverged.history.cost)


class TestLineSearch:
    @pytest.mark.parametrize("first_rate", [1e-6, 1.0, 1e6])
    @pytest.mark.parametrize("scale", [1.0, 1e4])
    def test_the_cost_never_rises_whatever_the_rate(self, tutorial: Rows, first_rate: float, scale: float) -> None:
        objective = LogLoss(tutorial.X_train * scale, tutorial.y_train)
        states = islice(line_search_descent(objective, np.zeros(3), first_rate), 200)
        assert np.all(np.diff([state.cost for state in states]) <= 0)

    def test_it_gets_to_the_last_digits(self, tutorial: Rows) -> None:
        objective = LogLoss(tutorial.X_train, tutorial.y_train)
        ended = run(line_search_descent(objective, np.zeros(3)), max_iter=3000, tol=1e-12)
        assert ended.status is Status.CONVERGED

    def test_a_step_falls_by_half_of_what_the_slope_promises(self, tutorial: Rows) -> None:
        objective = LogLoss(tutorial.X_train, tutorial.y_train)
        states = list(islice(line_search_descent(objective, np.zeros(3)), 20))
        for state, after in pairwise(states):
            assert after.cost <= state.cost - 0.5 * after.step_size * state.gradient @ state.gradient
            assert after.step_size >= 1 / objective.largest_curvature() / 2


class TestBatches:
    @pytest.mark.parametrize(("n", "size", "parts"), [(10, 3, 4), (10, 10, 1), (10, 99, 1), (7, 1, 7)])
    def test_each_row_is_taken_once_an_epoch(self, n: int, size: int, parts: int) -> None:
        X, y = logistic_rows(n, 2)
        batches = RowBatches(X, y, size)
        assert batches.n_batches == parts
        whole = LogLoss(X, y).value_and_gradient(np.ones(3))[1]
        for epoch in range(3):
            rows = [gradient.args[0] for gradient in batches.gradients(epoch)]
            assert sorted(np.concatenate(rows)) == list(range(n))
            assert max(map(len, rows)) - min(map(len, rows)) <= 1
            mean = sum(len(r) * g(np.ones(3)) for r, g in zip(rows, batches.gradients(epoch), strict=True)) / n
            np.testing.assert_allclose(mean, whole, rtol=0, atol=1e-14)

    def test_weights_and_penalty_are_those_of_the_objective(self) -> None:
        X, y = logistic_rows(60, 3)
        weight = np.random.default_rng(1).integers(0, 4, 60).astype(float)
        repeated = np.repeat(np.arange(60), weight.astype(int))
        at = np.array([0.5, -1.0, 2.0, 0.3])
        [gradient] = RowBatches(X, y, 60, sample_weight=weight, alpha=0.7).gradients(0)
        expected = LogLoss(X[repeated], y[repeated]).value_and_gradient(at)[1] + 0.7 * np.append(at[:-1], 0.0)
        np.testing.assert_allclose(gradient(at), expected, rtol=0, atol=1e-14)

    def test_the_seed_is_the_order(self, tutorial: Rows) -> None:
        def after_five(seed: int) -> list[float]:
            settings = TrainSettings(batch_size=32, seed=seed)
            return list(islice(states_of(tutorial, settings), 6))[-1].parameters.tolist()

        assert after_five(1) == after_five(1)
        assert after_five(1) != after_five(2)

    def test_few_epochs_go_far(self, tutorial: Rows) -> None:
        whole = list(islice(states_of(tutorial, TrainSettings()), 11))[-1]
        batched = list(islice(states_of(tutorial, TrainSettings(batch_size=32)), 11))[-1]
        assert batched.cost < whole.cost - 0.1

    def test_batches_and_batch_size_belong_together(self, tutorial: Rows) -> None:
        with pytest.raises(ValueError, match="batches must be given"):
            descent(LogLoss(tutorial.X_train, tutorial.y_train), 2, TrainSettings(batch_size=5))
