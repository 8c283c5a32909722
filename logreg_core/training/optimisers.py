"""Optimisers: iterators over small immutable states, from the start onwards, without an end of their own.

An optimiser knows how to take the next step and nothing else. Recording, stopping and reporting are done once,
in ``run``; a caller who wants to play, pause or step takes the states one by one:

    states = gradient_descent(objective, np.zeros(p + 1), learning_rate=0.1)
    first = next(states)                 # epoch 0: the start itself
    second = next(states)                # after one update

A state holds all that the next one is made from. To go back, keep the states; to go on from any of them, give it as the
start: ``descend(objective, first, rule)`` repeats what followed ``first``, bit for bit.

What the variants do with a gradient g is a rule, a pure function of parameters and memory:

    plain       w <- w - rate g
    momentum    v <- m v - rate g,  w <- w + v                                      (Polyak 1964)
    Nesterov    v <- m v - rate g,  w <- w + m v - rate g                           (Nesterov 1983)
    Adam        a <- .9 a + .1 g,  s <- .999 s + .001 g^2,  w <- w - rate a' / (sqrt(s') + 1e-8)   (Kingma, Ba 2015)

with a' and s' corrected for their start at 0. Nesterov's point is the one looked ahead to, at which its gradient is
taken anyway: so one evaluation an epoch is enough, and cost and gradient belong to the parameters of the state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.training.objective import Objective

Array = NDArray[np.float64]
Memory = tuple[Array, ...]

_quiet = np.errstate(over="ignore", invalid="ignore", under="ignore")
"""A blow-up shows as an infinite cost in the next state."""


class DescentState(NamedTuple):
    """Where a descent is after ``epoch`` passes over the rows.

    ``parameters`` and ``gradient`` have shape (p + 1,): coefficients, then the intercept; both are read-only. ``cost``
    and ``gradient`` are those of ``parameters``, over all rows. ``step_size`` is the rate of the last update, nan at
    the start; ``memory`` is what the rule keeps, arrays of the shape of the parameters.
    """

    epoch: int
    parameters: Array
    cost: float
    gradient: Array
    step_size: float = float("nan")
    memory: Memory = ()


class Rule(Protocol):
    """What is done with a gradient."""

    @property
    def learning_rate(self) -> float:
        """The rate of every update."""

    def begin(self, parameters: Array) -> Memory:
        """Memory before the first update."""

    def step(self, parameters: Array, gradient: Array, memory: Memory, update: int) -> tuple[Array, Memory]:
        """Parameters and memory after this update, the ``update``-th from 0; fresh arrays."""


class Batches(Protocol):
    """The rows in parts, for mini-batch descent."""

    @property
    def n_batches(self) -> int:
        """Parts of an epoch, each row in exactly one."""

    def gradients(self, epoch: int) -> Iterable[Callable[[Array], Array]]:
        """For each part of this epoch, the function from parameters to the gradient over its rows."""


class Plain(NamedTuple):
    """Straight down the gradient."""

    learning_rate: float

    def begin(self, parameters: Array) -> Memory:  # noqa: D102
        return ()

    def step(self, parameters: Array, gradient: Array, memory: Memory, update: int) -> tuple[Array, Memory]:  # noqa: D102
        return parameters - self.learning_rate * gradient, memory


class Momentum(NamedTuple):
    """Down the gradient with a share of the last step kept: Polyak's heavy ball."""

    learning_rate: float
    momentum: float = 0.9

    def begin(self, parameters: Array) -> Memory:  # noqa: D102
        return (np.zeros_like(parameters),)

    def step(self, parameters: Array, gradient: Array, memory: Memory, update: int) -> tuple[Array, Memory]:  # noqa: D102
        velocity = self.momentum * memory[0] - self.learning_rate * gradient
        return parameters + velocity, (velocity,)


class Nesterov(NamedTuple):
    """Momentum with the gradient taken where the momentum leads to."""

    learning_rate: float
    momentum: float = 0.9

    def begin(self, parameters: Array) -> Memory:  # noqa: D102
        return (np.zeros_like(parameters),)

    def step(self, parameters: Array, gradient: Array, memory: Memory, update: int) -> tuple[Array, Memory]:  # noqa: D102
        push = self.learning_rate * gradient
        velocity = self.momentum * memory[0] - push
        return parameters + self.momentum * velocity - push, (velocity,)


class Adam(NamedTuple):
    """A rate of its own for each parameter, from the running mean of its gradient and of the gradient's square."""

    learning_rate: float
    mean_share: float = 0.9
    square_share: float = 0.999
    least_root: float = 1e-8

    def begin(self, parameters: Array) -> Memory:  # noqa: D102
        return np.zeros_like(parameters), np.zeros_like(parameters)

    def step(self, parameters: Array, gradient: Array, memory: Memory, update: int) -> tuple[Array, Memory]:  # noqa: D102
        mean = self.mean_share * memory[0] + (1.0 - self.mean_share) * gradient
        square = self.square_share * memory[1] + (1.0 - self.square_share) * gradient**2
        direction = mean / (1.0 - self.mean_share ** (update + 1))
        root = np.sqrt(square / (1.0 - self.square_share ** (update + 1)))
        return parameters - self.learning_rate * direction / (root + self.least_root), (mean, square)


def gradient_descent(
    objective: Objective, start: ArrayLike | DescentState, learning_rate: float
) -> Iterator[DescentState]:
    """Full-batch gradient descent, ``parameters <- parameters - learning_rate * gradient``.

    Parameters
    ----------
    objective : Objective
    start : array of shape (p + 1,), or a state to go on from
        [coefficients..., intercept]; the first state is this one, at epoch 0.
    learning_rate : float
        Above 0. Every step lowers the cost when it is below ``objective.safe_learning_rate()``.
    """
    return descend(objective, start, Plain(learning_rate))


def descend(
    objective: Objective, start: ArrayLike | DescentState, rule: Rule, batches: Batches | None = None
) -> Iterator[DescentState]:
    """Descend by a rule, with one update an epoch or, with batches, as many as there are parts.

    Parameters
    ----------
    objective : Objective
        Over all rows: gives every state its cost and gradient, so that a verdict never rests on a part of the rows.
    start : array of shape (p + 1,), or a state to go on from
        The first state is this one.
    rule : Rule
    batches : Batches, optional
        Where the updates take their gradients from. An epoch then costs two passes: its updates, and its cost.
    """
    state = start if isinstance(start, DescentState) else first_state(objective, start, rule)
    step = _quiet(rule.step)
    while True:
        yield state
        if batches is None:
            parameters, memory = step(state.parameters, state.gradient, state.memory, state.epoch)
        else:
            parameters, memory = _epoch_of_batches(state, batches, step)
        state = evaluated(objective, state.epoch + 1, parameters, rule.learning_rate, memory)


def first_state(objective: Objective, start: ArrayLike, rule: Rule) -> DescentState:
    """Return the state at epoch 0; ``start`` is copied."""
    parameters = np.array(start, dtype=np.float64)
    return evaluated(objective, 0, parameters, float("nan"), rule.begin(parameters))


def evaluated(
    objective: Objective, epoch: int, parameters: Array, step_size: float, memory: Memory = ()
) -> DescentState:
    """Return the state at ``parameters``, a fresh array that from now on cannot be changed, like all of the state."""
    cost, gradient = objective.value_and_gradient(parameters)
    for array in (parameters, gradient, *memory):
        array.setflags(write=False)
    return DescentState(epoch, parameters, cost, gradient, step_size, memory)


def _epoch_of_batches(
    state: DescentState, batches: Batches, step: Callable[[Array, Array, Memory, int], tuple[Array, Memory]]
) -> tuple[Array, Memory]:
    parameters, memory = state.parameters, state.memory
    first = state.epoch * batches.n_batches
    for update, gradient_at in enumerate(batches.gradients(state.epoch), start=first):
        parameters, memory = step(parameters, gradient_at(parameters), memory, update)
    return parameters, memory
