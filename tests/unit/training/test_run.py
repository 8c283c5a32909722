"""The loop: exactly as many updates as asked, and a verdict that never flatters."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
import pytest
from training_rows import Rows, logistic_rows

from logreg_core.training import DescentState, LogLoss, Run, Status, gradient_descent, run
from logreg_core.training.history import MOST_SNAPSHOTS, thinned_epochs


def descend(rows: Rows, learning_rate: float = 0.1, **options: object) -> Run:
    states = gradient_descent(LogLoss(rows.X_train, rows.y_train), np.zeros(3), learning_rate)
    return run(states, **{"max_iter": 1000, "tol": 1e-8, **options})


def made_up(costs: list[float], slope: float = 1.0) -> Iterator[DescentState]:
    """States with the given costs; the parameters name the epoch."""
    for epoch, cost in enumerate(costs):
        yield DescentState(epoch, np.array([float(epoch)]), cost, np.array([slope]))


def test_epochs_are_updates(tutorial: Rows) -> None:
    ended = descend(tutorial, max_iter=7)
    states = list(islice(gradient_descent(LogLoss(tutorial.X_train, tutorial.y_train), np.zeros(3), 0.1), 8))
    assert ended.n_iter == len(ended.history.cost) == 7
    assert ended.status is Status.EPOCH_LIMIT
    np.testing.assert_array_equal(ended.parameters, states[7].parameters)
    assert ended.history.cost.tolist() == [state.cost for state in states[:7]]
    assert ended.cost == states[7].cost
    assert ended.history.gradient_norm.tolist() == [np.abs(state.gradient).max() for state in states[:7]]
    assert np.all(np.diff(ended.history.seconds) > 0)


def test_one_epoch_is_one_step(tutorial: Rows) -> None:
    ended = descend(tutorial, max_iter=1)
    gradient = LogLoss(tutorial.X_train, tutorial.y_train).value_and_gradient(np.zeros(3))[1]
    np.testing.assert_array_equal(ended.parameters, -0.1 * gradient)


def test_states_start_at_the_start_and_cannot_be_changed(tutorial: Rows) -> None:
    start = np.array([1.0, 2.0, 3.0])
    states = gradient_descent(LogLoss(tutorial.X_train, tutorial.y_train), start, 0.5)
    first, second = next(states), next(states)
    assert (first.epoch, second.epoch) == (0, 1)
    np.testing.assert_array_equal(first.parameters, start)
    np.testing.assert_array_equal(second.parameters, start - 0.5 * first.gradient)
    with pytest.raises(ValueError, match="read-only"):
        first.parameters[0] = 0.0
    start[0] = 9.0
    assert first.parameters[0] == 1.0


def test_converged_is_a_small_gradient(tutorial: Rows) -> None:
    ended = descend(tutorial, 2.8, max_iter=100_000, tol=1e-6)
    gradient = LogLoss(tutorial.X_train, tutorial.y_train).value_and_gradient(ended.parameters)[1]
    assert ended.status is Status.CONVERGED
    assert np.abs(gradient).max() <= 1e-6 < ended.history.gradient_norm.min()


def test_a_start_that_is_good_enough_stays() -> None:
    X, y = np.zeros((4, 1)), np.array([0.0, 1.0, 0.0, 1.0])
    ended = run(gradient_descent(LogLoss(X, y), np.zeros(2), 0.1), max_iter=10, tol=1e-8)
    assert (ended.status, ended.n_iter, len(ended.history.cost)) == (Status.CONVERGED, 0, 0)
    assert ended.history.snapshots.tolist() == [[0.0, 0.0]]


def test_watch_sees_every_state_and_its_true_keeps_what_was_reached(tutorial: Rows) -> None:
    seen: list[DescentState] = []

    def watch(state: DescentState) -> bool:
        seen.append(state)
        return state.epoch == 42

    ended = descend(tutorial, watch=watch)
    assert [state.epoch for state in seen] == list(range(43))
    assert ended.status is Status.STOPPED
    assert ended.n_iter == len(ended.history.cost) == 42
    np.testing.assert_array_equal(ended.parameters, seen[-1].parameters)
    np.testing.assert_array_equal(ended.parameters, descend(tutorial, max_iter=42).parameters)


def test_watch_that_returns_nothing_does_not_stop(tutorial: Rows) -> None:
    seen: list[int] = []
    ended = descend(tutorial, max_iter=5, watch=lambda state: seen.append(state.epoch))
    assert ended.status is Status.EPOCH_LIMIT
    assert seen == [0, 1, 2, 3, 4, 5]


def test_no_time_means_no_update_but_an_answer(tutorial: Rows) -> None:
    ended = descend(tutorial, time_budget=0.0)
    assert (ended.status, ended.n_iter) == (Status.OUT_OF_TIME, 0)
    assert ended.cost == pytest.approx(np.log(2), rel=1e-15)


def test_ten_epochs_above_the_start_are_a_divergence() -> None:
    ended = run(made_up([1.0] + [2.0] * 9 + [0.5] + [2.0] * 20), max_iter=100, tol=0.0)
    assert (ended.status, ended.n_iter, ended.cost) == (Status.DIVERGED, 20, 2.0)


def test_ending_above_the_start_is_a_divergence() -> None:
    assert run(made_up([1.0, 0.5, 1.5]), max_iter=2, tol=0.0).status is Status.DIVERGED
    assert run(made_up([1.0, 1.5, 0.5]), max_iter=2, tol=0.0).status is Status.EPOCH_LIMIT


@pytest.mark.parametrize("cost", [np.inf, np.nan])
def test_a_cost_that_is_not_finite_returns_the_last_that_was(cost: float) -> None:
    ended = run(made_up([1.0, 0.9, 0.8, cost, 0.1]), max_iter=100, tol=0.0)
    assert (ended.status, ended.n_iter, ended.cost) == (Status.DIVERGED, 2, 0.8)
    assert ended.parameters.tolist() == [2.0]
    assert ended.history.cost.tolist() == [1.0, 0.9]


def test_a_higher_cost_than_at_the_start_never_converges() -> None:
    assert run(made_up([1.0, 2.0, 2.0], slope=0.5), max_iter=2, tol=0.1).status is Status.DIVERGED
    assert run(made_up([1.0] + [2.0] * 20, slope=0.0), max_iter=100, tol=-1.0).status is Status.DIVERGED
    # The gradient at the start is small enough, so only the start itself may count.
    assert run(made_up([1.0, 2.0], slope=0.0), max_iter=1, tol=0.0).n_iter == 0


def test_a_gradient_with_nan_is_not_small() -> None:
    states = iter([DescentState(0, np.zeros(2), 0.5, np.array([0.0, np.nan]))])
    assert run(states, max_iter=5, tol=1.0).status is not Status.CONVERGED


def test_an_optimiser_that_gives_up_is_not_finished() -> None:
    ended = run(made_up([1.0, 0.9]), max_iter=10, tol=0.0)
    assert (ended.status, ended.n_iter, ended.cost) == (Status.EPOCH_LIMIT, 1, 0.9)
    assert ended.history.cost.tolist() == [1.0]


def test_no_states_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="at least the start"):
        run(iter([]), max_iter=1, tol=0.0)


@pytest.mark.parametrize("learning_rate", [20.0, 50.0, 1000.0, 1e6])
def test_too_large_a_rate_never_converges_and_stays_finite(tutorial: Rows, learning_rate: float) -> None:
    with np.errstate(all="raise", under="ignore"):
        ended = descend(tutorial, learning_rate, tol=1e-3)
    assert ended.status in (Status.DIVERGED, Status.EPOCH_LIMIT)
    assert learning_rate < 50 or ended.status is Status.DIVERGED
    assert np.isfinite(ended.parameters).all()
    assert np.isfinite(ended.history.cost).all()


def test_overflow_is_a_divergence_without_a_warning() -> None:
    X = np.array([[1e160, -1e160], [-1e160, 1e150], [1e155, 1e160], [2e160, 1e159]])
    with np.errstate(all="raise", under="ignore"):
        states = gradient_descent(LogLoss(X, np.array([0.0, 1.0, 1.0, 0.0])), np.zeros(3), 1e6)
        ended = run(states, max_iter=100, tol=1e-8)
    assert ended.status is Status.DIVERGED
    assert np.isfinite(ended.parameters).all()


def test_separable_rows_are_not_finished_at_the_limit() -> None:
    X = np.linspace(-1, 1, 20)[:, None]
    ended = run(gradient_descent(LogLoss(X, (X[:, 0] > 0).astype(float)), np.zeros(2), 1.0), max_iter=500, tol=1e-8)
    assert ended.status is Status.EPOCH_LIMIT
    assert np.all(np.diff(ended.history.cost) < 0)


@pytest.mark.parametrize(("n", "p"), [(2, 1), (2, 3), (3, 1)])
def test_the_smallest_tables(n: int, p: int) -> None:
    X, y = logistic_rows(n, p)
    ended = run(gradient_descent(LogLoss(X, y), np.zeros(p + 1), 0.1), max_iter=50, tol=1e-8)
    assert ended.n_iter == 50
    assert ended.cost < ended.history.cost[0]


@pytest.mark.parametrize("max_iter", [1, 10, 150, 198, 199, 1000, 2000])
def test_snapshots_are_few_and_have_both_ends(tutorial: Rows, max_iter: int) -> None:
    states: list[DescentState] = []
    ended = descend(tutorial, max_iter=max_iter, watch=states.append)
    epochs, snapshots = ended.history.snapshot_epochs, ended.history.snapshots
    assert (epochs[0], epochs[-1]) == (0, max_iter)
    assert np.all(np.diff(epochs) > 0)
    assert len(epochs) == min(len(epochs), max_iter + 1, MOST_SNAPSHOTS)
    assert snapshots.shape == (len(epochs), 3)
    for epoch, snapshot in zip(epochs, snapshots, strict=True):
        np.testing.assert_array_equal(snapshot, states[epoch].parameters)


@pytest.mark.parametrize("last", [0, 1, 5, 499, 500, 1000, 1_000_000])
def test_thinned_epochs_are_dense_at_the_start(last: int) -> None:
    epochs = thinned_epochs(last, 500)
    assert (epochs[0], epochs[-1]) == (0, last)
    assert len(epochs) <= 500
    gaps = np.diff(epochs)
    assert np.all(gaps > 0)
    assert np.all(gaps[:3] == 1)
    # The derivative of last * u^3 is 3 * last at u = 1, in steps of 1 / 499; rounding adds one.
    assert gaps.max(initial=1) <= 3 * last / 499 + 1
