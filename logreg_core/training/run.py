"""The one loop that records, reports and stops: any optimiser's states in, a ``Run`` out.

A run ends for one of five reasons, named by its ``Status``. Converged means that the largest absolute entry of the
gradient of the mean objective is at most ``tol``; that the cost stopped changing proves nothing, and a cost that rises
never counts. Diverged means a cost that is no longer finite, one above that of the start for several epochs in a row
(``MOST_EPOCHS_ABOVE_START``), or one above that of the start when the epochs are used up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite, nan
from time import perf_counter
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.history import History, Recorder
from logreg_core.training.status import Status

Array = NDArray[np.float64]

MOST_EPOCHS_ABOVE_START = 10
ROUNDING = 1e-12
"""Relative difference of two costs that says nothing."""


class State(Protocol):
    """What the loop needs of an optimiser's state; each optimiser may add its own.

    A ``step_size``, the one that led to this state, goes into the history if there is one.
    """

    @property
    def epoch(self) -> int:
        """Number of updates behind this state."""

    @property
    def parameters(self) -> Array:
        """[coefficients..., intercept], shape (p + 1,)."""

    @property
    def cost(self) -> float:
        """Cost at the parameters."""

    @property
    def gradient(self) -> Array:
        """Gradient at the parameters, shape (p + 1,)."""


S = TypeVar("S", bound=State)


@dataclass(frozen=True, eq=False)
class Run:
    """Where a run ended.

    Attributes
    ----------
    parameters : array of shape (p + 1,)
        [coefficients..., intercept]; of a run that diverged, the last ones with a finite cost.
    status : Status
    history : History
    n_iter : int
        Number of updates that led to ``parameters``.
    cost : float
        Cost at ``parameters``.
    seconds : float
        Computing time, without the time spent in ``watch``.
    """

    parameters: Array
    status: Status
    history: History
    n_iter: int
    cost: float
    seconds: float


def run(
    states: Iterator[S],
    *,
    max_iter: int,
    tol: float,
    watch: Callable[[S], bool | None] | None = None,
    time_budget: float | None = None,
) -> Run:
    """Take states from an optimiser until one of them is good enough, hopeless or the last allowed.

    Parameters
    ----------
    states : iterator of State
        From epoch 0, one update further each time.
    max_iter : int
        Most updates, at least 1; exactly as many are made unless the run ends otherwise.
    tol : float
        Converged when no entry of the gradient is larger than this in absolute value.
    watch : callable, optional
        Called with every state of finite cost, the start and the last included. True stops the run there.
    time_budget : float, optional
        Seconds of computing, without those spent in ``watch``, after which the run stops.
    """
    recorder = Recorder(max_iter)
    began = perf_counter()
    seconds = watching = start_cost = 0.0
    above_start = 0
    last: S | None = None
    status = Status.EPOCH_LIMIT  # of an optimiser that ends by itself
    for state in states:
        seconds = perf_counter() - began - watching
        if not isfinite(state.cost):
            last, status = (state if last is None else last), Status.DIVERGED
            break
        start_cost = state.cost if last is None else start_cost
        above_start = above_start + 1 if state.cost > start_cost + ROUNDING * abs(start_cost) else 0
        last = state
        gradient_norm = float(np.abs(state.gradient).max())
        stop = False
        if watch is not None:
            paused = perf_counter()
            stop = bool(watch(state))
            watching += perf_counter() - paused
        verdict = _verdict(
            converged=gradient_norm <= tol and not above_start,
            diverged=above_start >= MOST_EPOCHS_ABOVE_START or (above_start > 0 and state.epoch >= max_iter),
            at_limit=state.epoch >= max_iter,
            stopped=stop,
            out_of_time=time_budget is not None and seconds > time_budget,
        )
        if verdict is not None:
            status = verdict
            break
        recorder.record(state.parameters, state.cost, gradient_norm, seconds, getattr(state, "step_size", nan))
    if last is None:
        raise ValueError("states must yield at least the start.")
    history = recorder.history(last.parameters, last.epoch, getattr(last, "step_size", nan))
    return Run(last.parameters, status, history, last.epoch, last.cost, seconds)


def _verdict(*, converged: bool, diverged: bool, at_limit: bool, stopped: bool, out_of_time: bool) -> Status | None:
    """Return the first that holds, in this order; None to go on."""
    if converged:
        return Status.CONVERGED
    if diverged:
        return Status.DIVERGED
    if at_limit:
        return Status.EPOCH_LIMIT
    if stopped:
        return Status.STOPPED
    return Status.OUT_OF_TIME if out_of_time else None
