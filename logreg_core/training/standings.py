"""Who won a race: when each lane first came close to the lowest cost, and how close it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from logreg_core.training.race import BLEW_UP, OUT_OF_TIME, STOPPED, Lane

CLOSE = 0.01
"""Share of the lowest cost above it that counts as close."""
VERY_CLOSE = 1e-6
"""Cost above the lowest that counts as there."""


@dataclass(frozen=True)
class Arrival:
    """When a lane first came so close: epochs, looks at all rows, seconds."""

    epoch: int
    passes: float
    seconds: float


@dataclass(frozen=True, eq=False)
class Standing:
    """How one lane did.

    Attributes
    ----------
    lane : Lane
    close, there : Arrival or None
        When its cost was first within 1 % of the lowest, and within 0.000001 of it; None if it never was or there is
        no lowest.
    final_cost : float
        The last cost, of a descent that blew up not finite.
    """

    lane: Lane
    close: Arrival | None
    there: Arrival | None
    final_cost: float


def standings(lanes: Sequence[Lane], lowest: float | None) -> tuple[Standing, ...]:
    """Say when each lane came close to the ``lowest`` cost; None if there is no lowest."""
    return tuple(
        Standing(
            lane,
            None if lowest is None else _arrival(lane, lowest * (1 + CLOSE)),
            None if lowest is None else _arrival(lane, lowest + VERY_CLOSE),
            float(lane.cost[-1]),
        )
        for lane in lanes
    )


def winner(found: Sequence[Standing], unit: str) -> int | None:
    """Number of the lane that came within 1 % first, by "epoch", "passes" or "seconds"; None if none did."""
    arrived = [(getattr(standing.close, unit), place) for place, standing in enumerate(found) if standing.close]
    return min(arrived)[1] if arrived else None


def _arrival(lane: Lane, cost: float) -> Arrival | None:
    epoch = lane.reached(cost)
    return None if epoch is None else Arrival(epoch, float(lane.passes[epoch]), float(lane.seconds[epoch]))


def why_ended(lanes: Sequence[Lane]) -> str:
    """Say of each lane that was not run to its end why, and where it ended; empty when all were."""
    return " ".join(filter(None, (_why(place + 1, lane) for place, lane in enumerate(lanes))))


def _why(number: int, lane: Lane) -> str:
    epoch = len(lane.cost) - 1
    at = f"epoch {epoch:,} of {lane.settings.max_iter:,}"
    return {
        BLEW_UP: f"Lane {number} blew up: at {at} its cost was too large for a number.",
        OUT_OF_TIME: f"Lane {number} was out of time after {lane.seconds[-1]:.0f} seconds, at {at}.",
        STOPPED: f"Lane {number} was stopped by you at {at}.",
    }.get(lane.ending, "")
