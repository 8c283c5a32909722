"""What happened during a run, as columns: one number for each epoch, the parameters for a few of them.

Memory is bounded: four numbers for each epoch, and at most ``MOST_SNAPSHOTS`` copies of the parameters.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import lru_cache
from math import nan

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Epochs = NDArray[np.int64]

MOST_SNAPSHOTS = 200


@dataclass(frozen=True, eq=False)
class History:
    """What happened in each epoch of a run of n updates.

    Attributes
    ----------
    cost : array of shape (n,)
        Cost before the update of each epoch: ``cost[0]`` is that of the start. The cost after the last update is found
        in the result of the run.
    gradient_norm : array of shape (n,)
        Largest absolute entry of the gradient, at the same moments.
    step_size : array of shape (n,)
        Step size of the update of each epoch, as the optimiser defines it: for a descent, its learning rate. nan where
        the optimiser names none.
    seconds : array of shape (n,)
        Computing time since the start until that cost was known, without the time spent in the caller's ``watch``.
    snapshot_epochs : int array of shape (k,)
        Number of updates behind each snapshot, rising, at most 200; 0 and n are always there.
    snapshots : array of shape (k, p + 1)
        Parameters [coefficients..., intercept] at those moments.
    """

    cost: Array
    gradient_norm: Array
    step_size: Array
    seconds: Array
    snapshot_epochs: Epochs
    snapshots: Array


def thinned_epochs(last: int, at_most: int) -> Epochs:
    """Return at most ``at_most`` rising epochs from 0 to ``last``, both included; all of them if they fit.

    The spacing is cubic, dense where the cost falls fast: even of a million the first few are all there, and the widest
    gap, at the end, is 3 / at_most of the whole.
    """
    if last < at_most:
        return np.arange(last + 1)
    return np.unique(np.rint(last * np.linspace(0.0, 1.0, at_most) ** 3).astype(np.int64))


@lru_cache(maxsize=16)
def _planned_epochs(last: int, at_most: int) -> frozenset[int]:
    return frozenset(thinned_epochs(last, at_most).tolist())


class Recorder:
    """Collects a ``History`` while a run goes on; every state handed in is one epoch further than the one before."""

    def __init__(self, max_iter: int) -> None:
        self._cost, self._gradient_norm, self._seconds = array("d"), array("d"), array("d")
        self._step_size = array("d")
        self._snapshot_epochs: list[int] = []
        self._snapshots: list[Array] = []
        self.plan(max_iter)

    def plan(self, max_iter: int) -> None:
        """Spread the snapshots that are still to come over so many epochs; those there are stay."""
        # One place is kept for the last state, whose epoch is not known beforehand.
        self._planned = _planned_epochs(max_iter, MOST_SNAPSHOTS - 1)

    def record(
        self, parameters: Array, cost: float, gradient_norm: float, seconds: float, step_size: float = nan
    ) -> None:
        """Add one epoch: its state before the update, and the step size that led to this state."""
        epoch = len(self._cost)
        if epoch in self._planned:
            self._snapshot_epochs.append(epoch)
            self._snapshots.append(parameters)
        self._cost.append(cost)
        self._gradient_norm.append(gradient_norm)
        self._seconds.append(seconds)
        self._step_size.append(step_size)

    def seconds_until(self, epoch: int) -> float:
        """Computing time from the start to a recorded epoch."""
        return self._seconds[epoch]

    def history(self, parameters: Array, n_iter: int, step_size: float = nan) -> History:
        """Return the history of the ``n_iter`` updates that led to ``parameters``, the last of this step size.

        More may have been recorded since: what came later is left out.
        """
        # Another thread may be between the two appends of a snapshot that is later than this epoch.
        kept = [(e, s) for e, s in zip(self._snapshot_epochs, self._snapshots, strict=False) if e < n_iter]
        kept.append((n_iter, parameters))
        return History(
            cost=np.array(self._cost[:n_iter]),
            gradient_norm=np.array(self._gradient_norm[:n_iter]),
            step_size=np.append(self._step_size[1:n_iter], [step_size])[:n_iter],
            seconds=np.array(self._seconds[:n_iter]),
            snapshot_epochs=np.array([e for e, _ in kept], dtype=np.int64),
            snapshots=np.array([s for _, s in kept]),
        )
