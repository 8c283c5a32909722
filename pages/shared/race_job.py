"""A race in the background: its lanes, where it is, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from logreg_core.training import course_of, race
from pages.shared.background import BackgroundJob, Shared

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
class _Place(Shared[RaceResult]):
    """What the race and its thread both hold of where it is."""

    place: tuple[int, int] = (0, 0)


class RaceJob(BackgroundJob[RaceResult]):
    """One race, started at once. ``stop`` keeps what was run."""

    def __init__(self, prepared: Prepared, lanes: tuple[TrainSettings, ...]) -> None:
        self.lanes = lanes
        self.trains_on = prepared.fingerprint
        self._shared = shared = _Place()
        super().__init__(shared, partial(_run, shared, prepared, lanes), name="race")

    @property
    def place(self) -> tuple[int, int]:
        """Lane and epoch that the race is at."""
        return self._shared.place


def _run(shared: _Place, prepared: Prepared, lanes: tuple[TrainSettings, ...]) -> RaceResult:
    def watch(lane: int, epoch: int) -> bool:
        shared.place = (lane, epoch)
        return shared.stop.is_set()

    course = course_of(prepared, lanes[0], most_cells=EVERYTHING)
    run = race(course.X, course.y, lanes, sample_weight=course.sample_weight, watch=watch)
    optimum = course.optimum
    separated = optimum is not None and not course.has_end
    return RaceResult(run, optimum.cost if optimum is not None and course.has_end else None, separated)
