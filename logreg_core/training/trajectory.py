"""A descent that can be walked both ways: forward as far as one likes, and back to any epoch it has been at.

What happened at each epoch (cost, gradient norm) is kept for all of them, three numbers each. States are kept for all
epochs as long as there is room for them, then for every second, fourth, ... ; a state that was let go of is made again
from the last kept one before it, and has the same bits, since a state holds all that the next one is made from.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.optimisers import DescentState

Array = NDArray[np.float64]

From = Callable[[DescentState | None], Iterator[DescentState]]

MOST_NUMBERS = 2_000_000
"""Numbers kept in states, 16 MB."""
OVERHEAD = 60
"""What a state takes beside its numbers, in numbers: its arrays are objects of some hundred bytes."""


class Trajectory:
    """The states of a descent, from epoch 0 to the furthest one asked for.

    Parameters
    ----------
    states_from : callable
        ``state -> states``: the descent that goes on from a state, whose first state is that one; from None, the one
        that begins at the start.
    most_numbers : int
        Numbers that the kept states may hold together.

    Notes
    -----
    Not for several threads at once.
    """

    def __init__(self, states_from: From, *, most_numbers: int = MOST_NUMBERS) -> None:
        self._states_from = states_from
        self._ahead = states_from(None)
        self._stride = 1
        first = next(self._ahead)
        size = first.parameters.size * (2 + len(first.memory)) + OVERHEAD
        self._most_kept = max(16, most_numbers // size)
        self._kept = {0: first}
        self._last = first
        self._cost = array("d", [first.cost])
        self._gradient_norm = array("d", [float(np.abs(first.gradient).max())])

    @property
    def last(self) -> DescentState:
        """The furthest state so far."""
        return self._last

    @property
    def cost(self) -> Array:
        """Cost at each epoch so far, shape (last.epoch + 1,); a fresh array."""
        return np.array(self._cost)

    @property
    def gradient_norm(self) -> Array:
        """Largest absolute entry of the gradient at each epoch so far, shape (last.epoch + 1,); a fresh array."""
        return np.array(self._gradient_norm)

    def forward(self, epochs: int, *, until: Callable[[DescentState], bool] | None = None) -> DescentState:
        """Go on for so many epochs beyond the last, or until a state for which ``until`` is true; return the last.

        Nothing is gone beyond a cost that is no longer finite.
        """
        if not np.isfinite(self._last.cost):
            return self._last
        for state in islice(self._ahead, epochs):
            self._keep(state)
            if not np.isfinite(state.cost) or (until is not None and until(state)):
                break
        return self._last

    def at(self, epoch: int) -> DescentState:
        """Return the state of an epoch from 0 to the last one.

        Raises
        ------
        IndexError
            For an epoch that has not been reached.
        """
        if not 0 <= epoch <= self._last.epoch:
            raise IndexError(f"epoch must be from 0 to {self._last.epoch}, got {epoch}.")
        if epoch == self._last.epoch:
            return self._last
        before = epoch - epoch % self._stride
        return next(islice(self._states_from(self._kept[before]), epoch - before, None))

    def parameters(self, epochs: NDArray[np.integer]) -> Array:
        """Parameters at these rising epochs, shape (k, p + 1)."""
        return np.array([self.at(int(epoch)).parameters for epoch in epochs])

    def _keep(self, state: DescentState) -> None:
        self._last = state
        self._cost.append(state.cost)
        self._gradient_norm.append(float(np.abs(state.gradient).max()))
        if state.epoch % self._stride:
            return
        self._kept[state.epoch] = state
        if len(self._kept) > self._most_kept:
            self._stride *= 2
            self._kept = {epoch: kept for epoch, kept in self._kept.items() if epoch % self._stride == 0}
