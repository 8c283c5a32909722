"""A race in the background: started by a button, watched, stopped. The worker thread never touches Streamlit."""

from __future__ import annotations

import logging
import threading
import uuid
import weakref
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from logreg_core.errors import LogregError, TrainingError
from logreg_core.training import course_of, race
from pages.shared.jobs import turns

if TYPE_CHECKING:
    from logreg_core.features import Prepared
    from logreg_core.training import Lane, TrainSettings

EVERYTHING = 10**12


@dataclass(frozen=True, eq=False)
class RaceResult:
    """The lanes as far as they were run, and the lowest cost there is; None where there is none or it is not known."""

    lanes: tuple[Lane, ...]
    lowest: float | None
    separated: bool


@dataclass
class _Shared:
    """What the race and its thread both hold."""

    stop: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)
    place: tuple[int, int] = (0, 0)
    outcome: RaceResult | None = None
    error: LogregError | None = None


class RaceJob:
    """One race, started at once. ``stop`` keeps what was run."""

    def __init__(self, prepared: Prepared, lanes: tuple[TrainSettings, ...]) -> None:
        self.lanes = lanes
        self.trains_on = prepared.fingerprint
        self.identity = uuid.uuid4().hex
        self._shared = _Shared()
        self.thread = threading.Thread(target=_work, args=(self._shared, prepared, lanes), name="race", daemon=True)
        weakref.finalize(self, self._shared.stop.set)
        self.thread.start()

    @property
    def stop_event(self) -> threading.Event:
        """What ends the race when set; holds nothing of the job."""
        return self._shared.stop

    @property
    def done(self) -> bool:
        """True once the thread has nothing more to do."""
        return self._shared.done.is_set()

    @property
    def outcome(self) -> RaceResult | None:
        """The result, once done without an error."""
        return self._shared.outcome

    @property
    def error(self) -> LogregError | None:
        """What went wrong, once done."""
        return self._shared.error

    @property
    def place(self) -> tuple[int, int]:
        """Lane and epoch that the race is at."""
        return self._shared.place

    def stop(self) -> None:
        """Ask the race to end after the present epoch."""
        self._shared.stop.set()


def _work(shared: _Shared, prepared: Prepared, lanes: tuple[TrainSettings, ...]) -> None:
    has_turn = False
    try:
        while not has_turn:
            has_turn = turns.acquire(timeout=0.2)
            if shared.stop.is_set():
                return
        shared.outcome = _run(shared, prepared, lanes)
    except LogregError as error:
        shared.error = error
    except MemoryError:
        shared.error = TrainingError("There is not enough memory for this race.", remedy="Choose fewer features.")
    except Exception:
        logging.getLogger(__name__).exception("race failed")
        shared.error = TrainingError("The race failed.", remedy="Please try other lanes, and report this if it stays.")
    finally:
        if has_turn:
            turns.release()
        shared.done.set()


def _run(shared: _Shared, prepared: Prepared, lanes: tuple[TrainSettings, ...]) -> RaceResult:
    def watch(lane: int, epoch: int) -> bool:
        shared.place = (lane, epoch)
        return shared.stop.is_set()

    course = course_of(prepared, lanes[0], most_cells=EVERYTHING)
    run = race(course.X, course.y, lanes, sample_weight=course.sample_weight, watch=watch)
    optimum = course.optimum
    separated = optimum is not None and not course.has_end
    return RaceResult(run, optimum.cost if optimum is not None and course.has_end else None, separated)
