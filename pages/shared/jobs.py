"""Training in the background: start, watch, stop. The worker thread never touches Streamlit.

A ``TrainJob`` lives in the user's session; what it shares with its thread is a small locked object, so that a thread
never keeps a closed session alive and a closed session stops its thread.
"""

from __future__ import annotations

import logging
import math
import threading
import time
import weakref
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from logreg_core.errors import LogregError, TrainingError
from logreg_core.evaluation import evaluate
from logreg_core.training import train

if TYPE_CHECKING:
    from logreg_core.data import Table
    from logreg_core.evaluation import Evaluation
    from logreg_core.features import Prepared
    from logreg_core.training import FittedModel, Progress, TrainSettings

WATCH = "Watch"
FAST = "As fast as possible"
WATCH_SECONDS = 4.0
TIME_BUDGET = 120.0
_slots = threading.BoundedSemaphore(2)


@dataclass(frozen=True, eq=False)
class TrainedResult:
    """A trained model with what made it and how good it is; never changed, only replaced."""

    table: Table
    prepared: Prepared
    model: FittedModel
    evaluation: Evaluation | None
    """None when the weights have grown too large to score rows."""


@dataclass(frozen=True)
class Live:
    """How far a running job is; ``costs`` holds (epoch, log loss of training rows, log loss of test rows)."""

    epoch: int
    latest_cost: float
    costs: tuple[tuple[int, float, float], ...]


@dataclass
class _Shared:
    """What the job and its thread both hold."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    stop: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)
    epoch: int = 0
    latest_cost: float = math.nan
    costs: list[tuple[int, float, float]] = field(default_factory=list)
    outcome: TrainedResult | None = None
    error: LogregError | None = None


class TrainJob:
    """One run of training, started at once. ``stop`` keeps what was reached."""

    def __init__(self, table: Table, prepared: Prepared, settings: TrainSettings, pace: str) -> None:
        settings.validate()
        self.settings = settings
        self._shared = _Shared()
        self.thread = threading.Thread(
            target=_work,
            args=(self._shared, table, prepared, settings, WATCH_SECONDS if pace == WATCH else 0.0),
            name="training",
            daemon=True,
        )
        weakref.finalize(self, self._shared.stop.set)
        self.thread.start()

    @property
    def done(self) -> bool:
        """True once the thread has nothing more to do."""
        return self._shared.done.is_set()

    @property
    def outcome(self) -> TrainedResult | None:
        """The result, once done without an error."""
        return self._shared.outcome

    @property
    def error(self) -> LogregError | None:
        """What went wrong, once done."""
        return self._shared.error

    @property
    def stopping(self) -> bool:
        """True between the wish to stop and the end."""
        return self._shared.stop.is_set() and not self.done

    def stop(self) -> None:
        """Ask the run to end after the present epoch."""
        self._shared.stop.set()

    def live(self) -> Live:
        """A copy of how far the run is."""
        with self._shared.lock:
            return Live(self._shared.epoch, self._shared.latest_cost, tuple(self._shared.costs))


def _work(shared: _Shared, table: Table, prepared: Prepared, settings: TrainSettings, watch_seconds: float) -> None:
    try:
        with _slots:
            started = time.monotonic()

            def watch(progress: Progress) -> bool:
                _record(shared, progress)
                return _pace(shared.stop, progress, watch_seconds, started)

            model = train(prepared, settings, watch=watch, time_budget=TIME_BUDGET + watch_seconds)
            shared.outcome = TrainedResult(table, prepared, model, _evaluate(model, prepared))
    except LogregError as error:
        shared.error = error
    except MemoryError:
        shared.error = TrainingError("There is not enough memory for this training.", remedy="Choose fewer features.")
    except Exception:
        logging.getLogger(__name__).exception("training failed")
        shared.error = TrainingError(
            "Training failed.", remedy="Please try other settings, and report this if it stays."
        )
    finally:
        shared.done.set()


def _evaluate(model: FittedModel, prepared: Prepared) -> Evaluation | None:
    try:
        return evaluate(model, prepared)
    except TrainingError:
        return None


def _record(shared: _Shared, progress: Progress) -> None:
    """Keep where the run is; the costs only at epochs where both are known, which are spread over the run."""
    with shared.lock:
        shared.epoch, shared.latest_cost = progress.epoch, progress.cost
        if math.isfinite(progress.cost) and math.isfinite(progress.test_cost):
            shared.costs.append((progress.epoch, progress.cost, progress.test_cost))


def _pace(stop: threading.Event, progress: Progress, watch_seconds: float, started: float) -> bool:
    """Wait until this epoch is due, and tell whether to stop.

    Epoch e of n is due at ``watch_seconds * sqrt(e / n)``: the first epochs, where most happens, pass slowly.
    """
    if watch_seconds:
        due = started + watch_seconds * math.sqrt(progress.epoch / progress.max_iter)
        if (early := due - time.monotonic()) > 0.01:
            stop.wait(early)
    return stop.is_set()
