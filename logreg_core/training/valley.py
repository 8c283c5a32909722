"""Why scaling helps: the valley of two weights before and after, and how plain descent walks through each.

A model of two columns alone; its bias is held at its best value, so that the map is all there is and the path on it is
the path. The shape of the valley at its lowest point is its Hessian's: the cost rises ``condition`` times as strongly
across as along it, and contours are sqrt(condition) times as long as wide. The steep direction limits the rate of a
descent, which then goes to and fro across and hardly moves along: at the best rate a step leaves a share of
(condition - 1) / (condition + 1) of the way (Nocedal and Wright 2006, section 3.3). That rate is found by trial.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.blas import one_blas_thread
from logreg_core.training.course import Course, course_on
from logreg_core.training.optimisers import DescentState, gradient_descent
from logreg_core.training.penalty import Penalty
from logreg_core.training.status import Status
from logreg_core.training.surface import CostSurface, cost_surface

Array = NDArray[np.float64]

STEPS = 40
GRID = 45
MOST_ROWS_OF_A_MAP = 5_000
RATES_TRIED = np.geomspace(0.5, 20.0, 32)
"""As shares of the safe rate."""
THERE = 1e-3
"""Share of the way down, in cost, below which a descent is as good as there."""
SLIGHT_RIDGE = 1e-3
"""Added where the two columns tell the classes apart by themselves, so that there is a lowest point."""


@dataclass(frozen=True, eq=False)
class Valley:
    """The cost over two weights and a descent through it.

    Attributes
    ----------
    surface : CostSurface
    path : array of shape (k + 1, 2)
        The two weights at the start, (0, 0), and after each of at most ``STEPS`` epochs.
    lowest : array of shape (2,)
    lowest_cost : float
    condition : float
        Largest over smallest curvature at the lowest point; infinite if the latter is 0.
    rate : float
        Learning rate of the descent: of those tried that never climb above the start, the one
        that got it to the lowest cost.
    safe_rate : float
        Below it every step of this descent is sure to lower the cost.
    left : float
        Share of the way down, in cost, that is left after ``STEPS`` epochs.
    there_after : int or None
        Epochs until no more than ``THERE`` of the way was left for good; None if there was more at the end.
    held_back : bool
        A slight ridge was added to have a lowest point.
    """

    surface: CostSurface
    path: Array
    lowest: Array
    lowest_cost: float
    condition: float
    rate: float
    safe_rate: float
    left: float
    there_after: int | None
    held_back: bool


def scaled(X: Array) -> Array:
    """Columns brought to mean 0 and standard deviation 1; a constant one to 0."""
    spread = X.std(axis=0)
    result: Array = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return result


def valley(course: Course, X: Array, names: tuple[str, str]) -> Valley:
    """Map the cost over the weights of two columns.

    Parameters
    ----------
    course : Course
        Rows, row weights and ridge are taken from it.
    X : array of shape (n, 2)
        The two columns for the same rows.
    names : (str, str)
    """
    ridge, held_back = Penalty(course.penalty.ridge), False
    two = _with(course_on(X, course, names), ridge)
    if two.optimum is None or two.optimum.status is Status.SEPARATED:
        two, held_back = _with(two, Penalty(ridge.alpha + SLIGHT_RIDGE)), True
    best = np.zeros(3) if two.optimum is None else two.optimum.parameters
    objective = _WithBias(two.objective.value_and_gradient, float(best[-1]))
    hessian = two.objective.hessian(best)[:2, :2]
    curvatures = np.linalg.eigvalsh(hessian)
    safe_rate = 2.0 / _largest_curvature(two)
    rate, states = _best_descent(objective, safe_rate)
    path = np.array([state.parameters for state in states])
    lowest_cost = two.cost(best)
    left = _left(np.array([state.cost for state in states]), lowest_cost)
    reach = 1.3 * max(float(np.abs(path - best[:2]).max()), 1e-9)
    a, b = (np.linspace(float(best[j]) - reach, float(best[j]) + reach, GRID) for j in (0, 1))
    surface = cost_surface(
        two.X,
        two.y,
        best,
        0,
        1,
        a,
        b,
        penalty=two.penalty,
        sample_weight=two.sample_weight,
        most_rows=MOST_ROWS_OF_A_MAP,
    )
    flattest = float(curvatures[0])
    condition = float(curvatures[1]) / flattest if flattest > 1e-15 * curvatures[1] else float("inf")
    return Valley(
        surface,
        path,
        best[:2],
        lowest_cost,
        condition,
        rate,
        safe_rate,
        float(left[-1]),
        _there_after(left),
        held_back,
    )


def _left(costs: Array, lowest: float) -> Array:
    """Share of the way down, in cost, that is left at each epoch; 0 where there is no way."""
    way = float(costs[0]) - lowest
    return np.maximum(0.0, (costs - lowest) / way) if way > 0 else np.zeros(len(costs))


def _there_after(left: Array) -> int | None:
    away = np.flatnonzero(left > THERE)
    after = int(away[-1]) + 1 if len(away) else 0
    return after if after < len(left) else None


def _with(course: Course, penalty: Penalty) -> Course:
    return Course(course.X, course.y, course.feature_names, course.sample_weight, penalty, course.n_in_all)


def _largest_curvature(two: Course) -> float:
    """Of the two weights, at any point, with the bias held: as ``LogLoss.largest_curvature`` without its column."""
    weights = np.ones(len(two.y)) if two.sample_weight is None else two.sample_weight
    products = (two.X * weights[:, None]).T @ two.X / weights.sum()
    return float(np.linalg.eigvalsh(products)[-1]) / 4.0 + two.penalty.ridge


class _WithBias:
    """The objective of the two weights, with the bias where it is."""

    def __init__(self, at: Callable[[Array], tuple[float, Array]], bias: float) -> None:
        self._at, self._bias = at, bias

    def value_and_gradient(self, parameters: Array) -> tuple[float, Array]:
        cost, gradient = self._at(np.append(parameters, self._bias))
        return cost, gradient[:2]


def _best_descent(objective: _WithBias, safe_rate: float) -> tuple[float, list[DescentState]]:
    """The rate, and its states, that is lowest after ``STEPS`` epochs."""
    tried = []
    with one_blas_thread:
        for rate in (safe_rate * RATES_TRIED).tolist():
            states = list(islice(gradient_descent(objective, np.zeros(2), rate), STEPS + 1))
            # One that climbs above its start has left the valley that is to be shown.
            if max(state.cost for state in states) <= states[0].cost:
                tried.append((states[-1].cost, rate, states))
    _, rate, states = min(tried, key=lambda trial: trial[:2])
    return rate, states
