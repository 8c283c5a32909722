"""What all exact solvers share: their state, the user's parameters around the solver's, and the line search.

A solver works with parameters [coefficients..., intercept at the objective's reference]; the user's intercept is the
log-odds where every column is 0. A state speaks the user's language; ``Frame`` translates.

**When is it finished?** The gradient of a column of size 1e9 can never be as small as 1e-8 in double precision, and
that of a column of size 1e-9 always is. So the gradient that a state carries, and that ``run`` holds against ``tol``,
is that of the mean objective for a column whose standard deviation is between 1 and 100,000. For one that varies less
it is taken per standard deviation, which is stricter; for one that varies more per 1/100,000 standard deviation, which
is what arithmetic can deliver. It comes from a full pass in double precision at the parameters of the state.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.training.curvature import Curvature
from logreg_core.training.objective import Smooth

Array = NDArray[np.float64]

LARGEST_SPREAD_JUDGED_AS_IS = 1e5
ENOUGH_DECREASE = 1e-4
ROUNDING = 8 * float(np.finfo(np.float64).eps)
MOST_HALVINGS = 40
HALVINGS_OF_NEWTON = 10
"""A Newton step that has to be shortened more than this comes from where the curvature means nothing."""


class ExactState(NamedTuple):
    """Where an exact solver is after ``epoch`` steps.

    Attributes
    ----------
    epoch : int
    parameters : array of shape (p + 1,)
        [coefficients..., intercept] in the user's columns; read-only.
    cost : float
        The objective there, all penalties included.
    gradient : array of shape (p + 1,)
        Gradient there, in the units by which convergence is judged (see above); with a penalty on absolute values
        the smallest subgradient. Read-only.
    step_size : float
        Share of the full step that was taken to get here: 1 unless the line search shortened it.
    distance : float
        Estimate of how far the optimum still is: the largest change of a coefficient in the next step, times the
        standard deviation of its column. Near 1 with a gradient near 0, the optimum is at infinity: the classes are
        separable. nan where the solver has no estimate.
    """

    epoch: int
    parameters: Array
    cost: float
    gradient: Array
    step_size: float
    distance: float


class Frame:
    """Between the solver's parameters (intercept at the reference) and the user's (intercept at 0)."""

    def __init__(self, objective: Smooth) -> None:
        self._reference = objective.reference
        spread = objective.columns.spread
        self.scale: Array = np.append(np.where(spread > 0, spread, 1.0), 1.0)
        """Standard deviation of each column, 1 for constant ones and the intercept; shape (p + 1,)."""
        self.units: Array = np.clip(self.scale, 1.0, LARGEST_SPREAD_JUDGED_AS_IS) / self.scale
        """What the gradient is multiplied with to be judged; shape (p + 1,)."""

    def outward(self, parameters: Array) -> Array:
        """Return the user's parameters, a fresh read-only array."""
        result = np.array(parameters)
        if self._reference is not None:
            result[-1] -= float(result[:-1].dot(self._reference))
        result.setflags(write=False)
        return result

    def inward(self, parameters: ArrayLike) -> Array:
        """Return the solver's parameters, a fresh array."""
        result = np.array(parameters, dtype=np.float64)
        if self._reference is not None:
            result[-1] += float(result[:-1].dot(self._reference))
        return result

    def state(
        self,
        epoch: int,
        parameters: Array,
        cost: float,
        gradient: Array,
        *,
        step: float = 1.0,
        distance: float = np.nan,
    ) -> ExactState:
        """Return the state of a solver at ``parameters``, given its own gradient there."""
        judged = gradient * self.units
        judged.setflags(write=False)
        return ExactState(epoch, self.outward(parameters), cost, judged, step, distance)

    def length(self, direction: Array) -> float:
        """Largest change of a coefficient or the intercept along ``direction``, in standard deviations."""
        return float(np.abs(direction * self.scale).max())


def starting_point(objective: Smooth, frame: Frame, start: ArrayLike | None) -> Array:
    """Return the solver's parameters for the user's ``start``; those of the null model if there is none."""
    return objective.null_parameters() if start is None else frame.inward(start)


class Accepted(NamedTuple):
    """The end of a line search."""

    parameters: Array
    step: float
    cost: float
    gradient: Array


def backtrack(
    evaluate: Callable[[Array], tuple[float, Array]],
    parameters: Array,
    cost: float,
    direction: Array,
    slope: float,
    *,
    halvings: int = MOST_HALVINGS,
) -> Accepted | None:
    """Take the first of the steps 1, 1/2, 1/4, ... that lowers the cost enough (Armijo); None if none does.

    "Enough" allows for the rounding of the cost itself: close to the optimum a good step changes it by less, and only
    the gradient can tell that it was good.

    Parameters
    ----------
    evaluate : callable
        Cost and gradient at given parameters.
    parameters, cost
        Where the search starts.
    direction : array of the shape of ``parameters``
    slope : float
        Derivative of the cost along ``direction``; where it is not below 0 there is nothing to find.
    halvings : int
        Most steps tried.
    """
    if not slope < 0:
        return None
    for step in (0.5**k for k in range(halvings)):
        with np.errstate(over="ignore", invalid="ignore"):
            tried = parameters + step * direction
        new_cost, gradient = evaluate(tried)
        if new_cost <= cost + ENOUGH_DECREASE * step * slope + ROUNDING * abs(cost):
            return Accepted(tried, step, new_cost, gradient)
    return None


def careful_step(objective: Smooth, parameters: Array, cost: float, gradient: Array) -> Accepted | None:
    """Take a step that lowers the cost from anywhere; None at the limit of rounding.

    No Hessian is larger than that at zero, where all curvatures are 1/4 (Boehning and Lindsay 1988), so the minimum of
    the quadratic with that Hessian is never too far. For starts where all rows are predicted with certainty, right or
    wrong: there the true Hessian is nearly 0 and Newton's step endless. From so far away that even the model without
    coefficients is better than where this step leads, the step is to that model.
    """
    bound = objective.hessian(np.zeros_like(parameters))
    if not np.isfinite(bound).all():
        return None
    direction = -Curvature(bound).solve(gradient)
    slope = float(gradient.dot(direction))
    careful = backtrack(objective.value_and_gradient, parameters, cost, direction, slope)
    null = objective.null_parameters()
    null_cost, null_gradient = objective.value_and_gradient(null)
    if null_cost < (cost if careful is None else careful.cost):
        return Accepted(null, 1.0, null_cost, null_gradient)
    return careful
