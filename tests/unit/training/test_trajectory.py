"""A descent that can be walked both ways."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from training_rows import logistic_rows

from logreg_core.training import LogLoss, RowBatches
from logreg_core.training.optimisers import Adam, DescentState, Nesterov, Plain, Rule, descend
from logreg_core.training.trajectory import From, Trajectory


def walk(rule: Rule, batch_size: int | None = None) -> tuple[From, list[DescentState]]:
    X, y = logistic_rows(200, 3)
    objective = LogLoss(X, y)
    batches = None if batch_size is None else RowBatches(X, y, batch_size, seed=3)

    def states_from(state: DescentState | None) -> Iterator[DescentState]:
        return descend(objective, np.zeros(4) if state is None else state, rule, batches)

    states = states_from(None)
    return states_from, [next(states) for _ in range(301)]


@pytest.mark.parametrize("rule", [Plain(0.5), Nesterov(0.1), Adam(0.05)])
@pytest.mark.parametrize("batch_size", [None, 50])
@pytest.mark.parametrize("most_numbers", [10**6, 600])
def test_every_epoch_can_be_gone_back_to(rule: Rule, batch_size: int | None, most_numbers: int) -> None:
    """Also those whose state was let go of, with the same bits."""
    states_from, states = walk(rule, batch_size)
    trajectory = Trajectory(states_from, most_numbers=most_numbers)
    for epochs in (1, 10, 100, 189):
        trajectory.forward(epochs)
    assert trajectory.last.epoch == 300
    np.testing.assert_array_equal(trajectory.cost, [state.cost for state in states])
    np.testing.assert_array_equal(trajectory.gradient_norm, [np.abs(state.gradient).max() for state in states])
    for epoch in (0, 1, 7, 63, 64, 65, 255, 299, 300, 3):
        found = trajectory.at(epoch)
        assert found.epoch == epoch
        np.testing.assert_array_equal(found.parameters, states[epoch].parameters)
    np.testing.assert_array_equal(
        trajectory.parameters(np.array([2, 250])), [states[2].parameters, states[250].parameters]
    )


def test_going_back_does_not_disturb_going_on() -> None:
    states_from, states = walk(Adam(0.05))
    trajectory = Trajectory(states_from, most_numbers=400)
    trajectory.forward(90)
    trajectory.at(13)
    trajectory.forward(100)
    np.testing.assert_array_equal(trajectory.last.parameters, states[190].parameters)


def test_memory_is_bounded() -> None:
    states_from, _ = walk(Plain(0.5))
    trajectory = Trajectory(states_from, most_numbers=400)
    trajectory.forward(5000)
    assert len(trajectory._kept) <= 400 // 8


def test_epochs_not_reached() -> None:
    states_from, _ = walk(Plain(0.5))
    trajectory = Trajectory(states_from)
    trajectory.forward(5)
    for epoch in (-1, 6):
        with pytest.raises(IndexError, match="from 0 to 5"):
            trajectory.at(epoch)


def test_a_blow_up_ends_the_way() -> None:
    X, y = logistic_rows(200, 3)
    objective = LogLoss(X * 1e160, y)
    trajectory = Trajectory(lambda state: descend(objective, np.zeros(4) if state is None else state, Plain(1e6)))
    trajectory.forward(50)
    ended = trajectory.last.epoch
    assert ended < 50
    assert not np.isfinite(trajectory.last.cost)
    assert trajectory.forward(10).epoch == ended


def test_until() -> None:
    states_from, states = walk(Plain(0.5))
    trajectory = Trajectory(states_from)
    goal = states[40].cost
    assert trajectory.forward(10**6, until=lambda state: state.cost <= goal).epoch == 40
