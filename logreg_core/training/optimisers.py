"""Optimisers: iterators over small immutable states, from the start onwards, without an end of their own.

An optimiser knows how to take the next step and nothing else. Recording, stopping and reporting are done once,
in ``run``; a caller who wants to play, pause or step takes the states one by one:

    states = gradient_descent(objective, np.zeros(p + 1), learning_rate=0.1)
    first = next(states)                 # epoch 0: the start itself
    second = next(states)                # after one update
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.training.objective import Objective

Array = NDArray[np.float64]


class DescentState(NamedTuple):
    """Where a descent is after ``epoch`` updates.

    ``parameters`` and ``gradient`` have shape (p + 1,): coefficients, then the intercept; both are read-only. ``cost``
    and ``gradient`` are those of ``parameters``.
    """

    epoch: int
    parameters: Array
    cost: float
    gradient: Array


def gradient_descent(objective: Objective, start: ArrayLike, learning_rate: float) -> Iterator[DescentState]:
    """Full-batch gradient descent, ``parameters <- parameters - learning_rate * gradient``.

    Parameters
    ----------
    objective : Objective
    start : array of shape (p + 1,)
        [coefficients..., intercept]; the first state is this one, at epoch 0.
    learning_rate : float
        Above 0. Every step lowers the cost when it is below ``objective.safe_learning_rate()``.
    """
    parameters = np.array(start, dtype=np.float64)
    for epoch in count():
        cost, gradient = objective.value_and_gradient(parameters)
        parameters.setflags(write=False)
        gradient.setflags(write=False)
        yield DescentState(epoch, parameters, cost, gradient)
        parameters = _step(parameters, gradient, learning_rate)


@np.errstate(over="ignore", invalid="ignore")  # a blow-up shows as an infinite cost in the next state
def _step(parameters: Array, gradient: Array, learning_rate: float) -> Array:
    return parameters - learning_rate * gradient
