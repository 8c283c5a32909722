"""A race: several ways downhill on the same rows from the same start, each with the costs it went through.

Epochs are not a fair unit: a line search looks at all rows several times in one, and small batches look at them once
for their many updates. So each lane also counts passes, one for as many rows as there are, whichever they are: what an
evaluation of the objective or of a batch looks at to make its updates. The look at all rows that only says what the
cost is after an epoch of batches is not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from logreg_core.errors import TrainingError
from logreg_core.training.batches import RowBatches
from logreg_core.training.blas import one_blas_thread
from logreg_core.training.descent import descent
from logreg_core.training.objective import LogLoss
from logreg_core.training.settings import TrainSettings

Array = NDArray[np.float64]

LANES = (2, 4)
SECONDS_A_LANE = 10.0
ALL_EPOCHS, OUT_OF_TIME, BLEW_UP, STOPPED = "all epochs", "out of time", "blew up", "stopped"


@dataclass(frozen=True, eq=False)
class Lane:
    """One way downhill.

    Attributes
    ----------
    settings : TrainSettings
    cost : array of shape (k + 1,)
        At the start and after each of k epochs; the last may be infinite or nan if the descent blew up.
    passes : array of shape (k + 1,)
        Looks at all rows until then.
    seconds : array of shape (k + 1,)
        Computing time until then.
    parameters : array of shape (p + 1,)
        [coefficients..., intercept] at the end.
    ending : str
        ``ALL_EPOCHS``, or why it ended before: ``OUT_OF_TIME``, ``BLEW_UP`` (at the last epoch) or ``STOPPED``.
    """

    settings: TrainSettings
    cost: Array
    passes: Array
    seconds: Array
    parameters: Array
    ending: str

    @property
    def complete(self) -> bool:
        """All epochs were run."""
        return self.ending == ALL_EPOCHS

    def reached(self, cost: float) -> int | None:
        """Return the first epoch with at most this cost; None if there is none."""
        there = np.flatnonzero(self.cost <= cost)
        return int(there[0]) if there.size else None


def race(
    X: Array,
    y: NDArray[np.generic],
    lanes: Sequence[TrainSettings],
    *,
    sample_weight: Array | None = None,
    watch: Callable[[int, int], bool | None] | None = None,
    seconds_a_lane: float = SECONDS_A_LANE,
) -> tuple[Lane, ...]:
    """Run each of the settings to the end of its epochs, one after the other.

    Parameters
    ----------
    X : float64 array of shape (n, p), C-contiguous
    y : array of shape (n,)
        0 or 1.
    lanes : sequence of 2 to 4 TrainSettings
        Descents of the same objective from the same start.
    sample_weight : array of shape (n,), optional
    watch : callable, optional
        Called with (lane, epoch) after each epoch; True stops the race and keeps what was run.
    seconds_a_lane : float
        Computing time after which a lane ends.

    Raises
    ------
    TrainingError
        Too few or too many lanes, settings that are not valid or no descents, or of different objectives or starts.
    """
    _check(lanes)
    run: list[Lane] = []
    with one_blas_thread:
        for number, settings in enumerate(lanes):
            course = _Counted(LogLoss(X, y, sample_weight=sample_weight, ridge=settings.alpha))
            batches = None
            if settings.batch_size is not None:
                drawn = RowBatches(
                    X,
                    y,
                    settings.batch_size,
                    seed=settings.seed,
                    sample_weight=sample_weight,
                    alpha=settings.alpha,
                )
                batches = _CountedBatches(drawn, course)

            def see(epoch: int, number: int = number) -> bool:
                return watch is not None and bool(watch(number, epoch))

            lane, stopped = _lane(course, X.shape[1], settings, batches, see, seconds_a_lane)
            run.append(lane)
            if stopped:
                break
    return tuple(run)


def _check(lanes: Sequence[TrainSettings]) -> None:
    fewest, most = LANES
    if not fewest <= len(lanes) <= most:
        raise TrainingError(f"A race has {fewest} to {most} lanes, not {len(lanes)}.", remedy="Add or remove lanes.")
    for settings in lanes:
        settings.validate()
        if settings.method != "descent":
            raise TrainingError("A race is between ways of descending.", remedy="Choose a way downhill for each lane.")
    if len({(s.alpha, s.balanced, _start(s)) for s in lanes}) > 1:
        raise TrainingError(
            "The lanes do not run the same course: their penalties, class weights or starts differ.",
            remedy="Give all lanes the same.",
        )


def _start(settings: TrainSettings) -> object:
    return (settings.start, settings.seed if settings.start == "random" else None)


def _lane(  # noqa: PLR0917 - the course, the runner, who watches
    course: _Counted,
    n_features: int,
    settings: TrainSettings,
    batches: _CountedBatches | None,
    stop_after: Callable[[int], bool],
    most_seconds: float,
) -> tuple[Lane, bool]:
    states = descent(course, n_features, settings, batches)
    costs: list[float] = []
    passes: list[float] = []
    seconds: list[float] = []
    began, watching = perf_counter(), 0.0
    state = next(states)
    while True:
        costs.append(state.cost)
        seconds.append(perf_counter() - began - watching)
        passes.append(course.passes - (state.epoch + 1 if batches is not None else 1))
        paused = perf_counter()
        stopped = stop_after(state.epoch)
        watching += perf_counter() - paused
        if stopped or not np.isfinite(state.cost) or state.epoch >= settings.max_iter or seconds[-1] > most_seconds:
            break
        state = next(states)
    ending = _ending(state.cost, all_run=state.epoch >= settings.max_iter, stopped=stopped)
    lane = Lane(settings, np.array(costs), np.array(passes), np.array(seconds), state.parameters, ending)
    return lane, stopped


def _ending(last_cost: float, *, all_run: bool, stopped: bool) -> str:
    if not np.isfinite(last_cost):
        return BLEW_UP
    if all_run:
        return ALL_EPOCHS
    return STOPPED if stopped else OUT_OF_TIME


class _Counted:
    """The objective, counting how often its rows are looked at."""

    def __init__(self, objective: LogLoss) -> None:
        self._objective = objective
        self.passes = 0.0

    def value_and_gradient(self, parameters: Array) -> tuple[float, Array]:
        self.passes += 1.0
        return self._objective.value_and_gradient(parameters)


class _CountedBatches:
    """Batches that count with the objective: together they look at all rows once an epoch."""

    def __init__(self, batches: RowBatches, course: _Counted) -> None:
        self._batches, self._course = batches, course
        self.n_batches = batches.n_batches

    def gradients(self, epoch: int) -> Iterable[Callable[[Array], Array]]:
        return self._count(self._batches.gradients(epoch))

    def _count(self, gradients: Iterable[Callable[[Array], Array]]) -> Iterator[Callable[[Array], Array]]:
        yield from gradients
        self._course.passes += 1.0
