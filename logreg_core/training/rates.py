"""What a learning rate does: the same descent from the same start with rates around the one that is surely safe.

Every step of plain gradient descent lowers the cost when the rate is below 2 / L, with L the largest curvature that
the cost can have in any direction (``LogLoss.safe_learning_rate``). L is a bound and reached at weights of 0 at most,
so a rate somewhat above may still arrive, with jumps; one far above is thrown from side to side of the valley.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.blas import one_blas_thread
from logreg_core.training.course import Course
from logreg_core.training.optimisers import gradient_descent

Array = NDArray[np.float64]

EPOCHS = 100
HARDLY = 0.25
"""Share of the way down below which a descent has hardly moved."""
ROUNDING = 1e-12

CRAWLS, FALLS, JUMPS, GROWS = "crawls", "falls", "jumps", "grows"
TRIED: tuple[tuple[str, tuple[float, ...], tuple[str, ...]], ...] = (
    ("too small", (0.001,), ()),
    ("right", (0.9,), ()),
    ("too large", (2.0, 5.0, 20.0), (JUMPS, GROWS)),
    ("blown up", (10.0, 100.0, 1000.0, 1e4, 1e5), (GROWS,)),
)
"""What is tried, as shares of the safe rate: of each row the first that behaves as wanted, or else the last."""
OWN = "yours"


@dataclass(frozen=True, eq=False)
class RateTrial:
    """Plain gradient descent with one learning rate.

    Attributes
    ----------
    name : str
        What it is tried as.
    rate : float
    cost : array of shape (k + 1,)
        At the start and after each of k epochs; ends where it is no longer finite.
    kind : str
        CRAWLS, FALLS, JUMPS (the cost rose on the way) or GROWS (it ended above its start).
    """

    name: str
    rate: float
    cost: Array
    kind: str

    @property
    def highest(self) -> float:
        """The largest cost on the way."""
        return float(self.cost.max())

    @property
    def rises(self) -> int:
        """Steps that raised the cost."""
        return int(np.sum(np.diff(self.cost) > ROUNDING * np.abs(self.cost[:-1])))


def try_rates(course: Course, *, own: float | None = None, epochs: int = EPOCHS) -> tuple[RateTrial, ...]:
    """Descend from weights of 0 with rates around the safe one: too small, right, too large, blown up.

    Parameters
    ----------
    course : Course
    own : float, optional
        The user's rate, tried last.
    epochs : int
        Steps of each.
    """
    wanted = [*TRIED] if own is None else [*TRIED, (OWN, (own / course.safe_rate,), ())]
    lowest = lowest_cost(course)
    trials = []
    with one_blas_thread:
        for name, shares, kinds in wanted:
            for share in shares:
                trial = _trial(course, name, share * course.safe_rate, epochs, lowest)
                if trial.kind in kinds:
                    break
            trials.append(trial)
    return tuple(trials)


def lowest_cost(course: Course) -> float | None:
    """The lowest cost, 0 or nearly where columns tell the classes apart; None if it is not known."""
    return None if course.optimum is None else max(0.0, course.optimum.cost)


def _trial(course: Course, name: str, rate: float, epochs: int, lowest: float | None) -> RateTrial:
    start = np.zeros(course.X.shape[1] + 1)
    states = islice(gradient_descent(course.objective, start, rate), epochs + 1)
    cost = _finite(np.array([state.cost for state in states]))
    return RateTrial(name, rate, cost, _kind(cost, lowest, epochs))


def _finite(cost: Array) -> Array:
    broken = np.flatnonzero(~np.isfinite(cost))
    return cost[: broken[0]] if len(broken) else cost


def _kind(cost: Array, lowest: float | None, epochs: int) -> str:
    if len(cost) <= epochs or cost[-1] > cost[0] * (1 + ROUNDING):
        return GROWS
    if np.any(np.diff(cost) > ROUNDING * np.abs(cost[:-1])):
        return JUMPS
    way = cost[0] - (0.0 if lowest is None else lowest)
    return CRAWLS if way <= 0 or (cost[0] - cost[-1]) / way < HARDLY else FALLS
