"""The one loop that records, reports and stops: any optimiser's states in, a ``Run`` out.

A run ends for one of five reasons, named by its ``Status``. Converged means that the largest absolute entry of the
gradient of the mean objective is at most ``tol``; that the cost stopped changing proves nothing, and a cost that rises
never counts. Diverged means a cost that is no longer finite, one above that of the start for several epochs in a row
(``MOST_EPOCHS_ABOVE_START``), or one above that of the start when the epochs are used up. A ``RunLoop`` may also be
left at an epoch of one's choice, as Paused, and gone on with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite, nan
from time import perf_counter
from typing import Generic, Protocol, TypeVar

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
    return RunLoop(states, max_iter=max_iter, tol=tol).go_on(watch=watch, time_budget=time_budget)


class RunLoop(Generic[S]):
    """The loop of ``run``, which can be left at any epoch and gone on with; parameters as there.

    Where it is left makes no difference to what follows: the same states are taken and recorded.
    """

    def __init__(self, states: Iterator[S], *, max_iter: int, tol: float) -> None:
        self.last: S | None = None
        """The furthest state of finite cost."""
        self._states = states
        self._max_iter, self._tol = max_iter, tol
        self._recorder = Recorder(max_iter)
        self._start_cost = self._seconds = 0.0
        self._above_start = 0
        self._status: Status | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing can follow any more: converged, diverged, or all epochs used."""
        return self._status in (Status.CONVERGED, Status.DIVERGED, Status.EPOCH_LIMIT)

    def goes_on(self, max_iter: int) -> bool:
        """Whether something could follow if so many updates were allowed."""
        used_up = self._status is Status.EPOCH_LIMIT
        return not self.ended or (used_up and self.last is not None and self.last.epoch < max_iter)

    def allow(self, max_iter: int) -> None:
        """Allow another number of updates, no less than were made; a run that had used up its own can go on."""
        self._max_iter = max_iter
        self._recorder.plan(max_iter)
        if self.ended and self.goes_on(max_iter):
            self._status = None

    def go_on(
        self,
        *,
        epochs: int | None = None,
        watch: Callable[[S], bool | None] | None = None,
        time_budget: float | None = None,
    ) -> Run:
        """Go on for so many updates (from the start, epoch 0 comes with them), or until the run ends; as ``run``."""
        goal = None if epochs is None else (0 if self.last is None else self.last.epoch) + epochs
        if not self.ended and (goal is None or self.last is None or goal > self.last.epoch):
            if self.last is not None:
                self._record(self.last)
            self._status = self._take(goal, watch, time_budget)
        return self.here()

    def here(self) -> Run:
        """Return the run up to the furthest state."""
        if self.last is None:
            raise ValueError("states must yield at least the start.")
        history = self._recorder.history(self.last.parameters, self.last.epoch, getattr(self.last, "step_size", nan))
        status = self._status or Status.PAUSED
        return Run(self.last.parameters, status, history, self.last.epoch, self.last.cost, self._seconds)

    def back_at(self, state: S) -> Run:
        """Return the run as it was when it had come to ``state``, one of those it has taken."""
        if self.last is not None and state.epoch == self.last.epoch:
            return self.here()
        history = self._recorder.history(state.parameters, state.epoch, getattr(state, "step_size", nan))
        seconds = self._recorder.seconds_until(state.epoch)
        return Run(state.parameters, Status.PAUSED, history, state.epoch, state.cost, seconds)

    def _take(self, goal: int | None, watch: Callable[[S], bool | None] | None, time_budget: float | None) -> Status:
        before = self._seconds
        began = perf_counter()
        watching = 0.0
        for state in self._states:
            self._seconds = before + perf_counter() - began - watching
            if not isfinite(state.cost):
                self.last = state if self.last is None else self.last
                return Status.DIVERGED
            gradient_norm = self._take_in(state)
            stop = False
            if watch is not None:
                paused = perf_counter()
                stop = bool(watch(state))
                watching += perf_counter() - paused
            verdict = _verdict(
                converged=gradient_norm <= self._tol and not self._above_start,
                diverged=self._above_start >= MOST_EPOCHS_ABOVE_START
                or (self._above_start > 0 and state.epoch >= self._max_iter),
                at_limit=state.epoch >= self._max_iter,
                stopped=stop,
                out_of_time=time_budget is not None and self._seconds - before > time_budget,
            )
            if verdict is None and goal is not None and state.epoch >= goal:
                verdict = Status.PAUSED
            if verdict is not None:
                return verdict
            self._record(state, gradient_norm)
        return Status.EPOCH_LIMIT  # of an optimiser that ends by itself

    def _take_in(self, state: S) -> float:
        """Note where the run is now; return the size of the gradient."""
        self._start_cost = state.cost if self.last is None else self._start_cost
        above = state.cost > self._start_cost + ROUNDING * abs(self._start_cost)
        self._above_start = self._above_start + 1 if above else 0
        self.last = state
        return float(np.abs(state.gradient).max())

    def _record(self, state: S, gradient_norm: float | None = None) -> None:
        norm = float(np.abs(state.gradient).max()) if gradient_norm is None else gradient_norm
        self._recorder.record(state.parameters, state.cost, norm, self._seconds, getattr(state, "step_size", nan))


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
