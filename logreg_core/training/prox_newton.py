"""Lasso and elastic net: Newton's method with the absolute values left as they are.

Each step minimises the quadratic that agrees with the smooth part in value, gradient and Hessian, plus the absolute
values exactly (``lasso_quadratic``), then shortens the way there until the cost falls enough (Lee, Sun and Saunders
2014). Only coefficients that are not 0, or that want to leave it, take part; the gradient of a full pass says which,
and is the certificate at the end: the largest entry of the smallest subgradient, 0 exactly at the optimum. A Hessian
is kept as long as it serves, also from one alpha of a path to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.training.exact import ENOUGH_DECREASE, HALVINGS_OF_NEWTON, ROUNDING, ExactState, Frame, starting_point
from logreg_core.training.lasso_quadratic import minimise
from logreg_core.training.log_loss import log1pexp, sigmoid
from logreg_core.training.objective import Smooth
from logreg_core.training.penalty import smallest_subgradient

Array = NDArray[np.float64]

ENOUGH_SHRINKING = 5.0
FEW_COLUMNS = 256
"""Up to so many columns the Hessian is taken of all: those that join later on a path are then there."""


@dataclass
class KeptHessian:
    """The last Hessian and the coefficients it is for; one may serve the fits of a whole path.

    ``columns`` is None until the first Hessian; ``matrix`` has the intercept last.
    """

    columns: NDArray[np.intp] | None = None
    matrix: Array | None = None

    def of(self, objective: Smooth, parameters: Array, wanted: NDArray[np.bool_], *, anew: bool) -> Array:
        """Return the Hessian of the wanted coefficients and the intercept, taken at ``parameters`` if needed."""
        known = np.zeros(objective.n_features, dtype=bool)
        if self.columns is not None:
            known[self.columns] = True
        if anew or self.matrix is None or np.any(wanted & ~known):
            everything = objective.n_features <= FEW_COLUMNS or 2 * np.count_nonzero(wanted) > objective.n_features
            self.columns = np.arange(objective.n_features) if everything else np.flatnonzero(wanted | known)
            whole = len(self.columns) == objective.n_features
            self.matrix = objective.hessian(parameters, None if whole else self.columns)
        assert self.columns is not None
        if wanted[self.columns].all():
            return self.matrix
        inside = np.append(np.flatnonzero(wanted[self.columns]), len(self.columns))
        part: Array = self.matrix[np.ix_(inside, inside)]
        return part


def prox_newton(
    objective: Smooth, lasso: float, start: ArrayLike | None = None, kept: KeptHessian | None = None
) -> Iterator[ExactState]:
    """Proximal Newton steps; ends by itself only when no step lowers the cost any more.

    Parameters
    ----------
    objective : Smooth
        The smooth part, a ridge penalty included.
    lasso : float
        Factor of the sum of absolute coefficients, 0 or more.
    start : array of shape (p + 1,), optional
        [coefficients..., intercept]; the null model if left out.
    kept : KeptHessian, optional
        To begin with, and to hand on.
    """
    frame, kept = Frame(objective), kept or KeptHessian()
    parameters = starting_point(objective, frame, start)
    smooth, gradient = objective.value_and_gradient(parameters)
    null_cost = _null_cost(objective)
    anew, step, distance = False, 1.0, np.nan
    for epoch in count():
        subgradient = smallest_subgradient(gradient, parameters, lasso)
        cost = smooth + lasso * float(np.abs(parameters[:-1]).sum())
        yield frame.state(epoch, parameters, cost, subgradient, step=step, distance=distance)
        largest = float(np.abs(subgradient * frame.units).max())
        wanted = (parameters[:-1] != 0) | (subgradient[:-1] != 0)
        places = np.append(np.flatnonzero(wanted), objective.n_features)
        scale = frame.scale[places]
        penalties = np.append(np.full(len(places) - 1, lasso), 0.0)
        found = None
        # The Hessian kept, the one here, and the one at zero, which none exceeds (see ``careful_step``).
        for at in (None, parameters, np.zeros_like(parameters))[1 if anew or kept.matrix is None else 0 :]:
            hessian = kept.of(objective, parameters if at is None else at, wanted, anew=at is not None)
            if not np.isfinite(hessian).all():
                return
            direction = np.zeros_like(parameters)
            direction[places] = _step_of_quadratic(
                hessian, gradient[places], parameters[places], penalties, scale, tol=0.01 * largest
            )
            found = _shorten(objective, lasso, parameters, direction, cost=cost, gradient=gradient)
            if found is not None:
                break
        if cost > null_cost and (found is None or found[2] > null_cost):
            # So far away that the model without coefficients is better than where any of these steps leads.
            null = objective.null_parameters()
            found = null, 1.0, *objective.value_and_gradient(null)
            direction = null - parameters
        if found is None:
            return
        parameters, step, smooth, gradient = found
        distance = frame.length(direction)
        new = float(np.abs(smallest_subgradient(gradient, parameters, lasso) * frame.units).max())
        anew = ENOUGH_SHRINKING * new > largest


def _null_cost(objective: Smooth) -> float:
    """Cost of the model without coefficients, the entropy of the classes: without a pass over the rows."""
    log_odds = float(objective.null_parameters()[-1])
    return float(log1pexp(log_odds) - sigmoid(log_odds) * log_odds)


def _step_of_quadratic(
    hessian: Array, gradient: Array, position: Array, penalties: Array, scale: Array, *, tol: float
) -> Array:
    """Way to the minimum of the model of the wanted coordinates, solved in units of their standard deviations."""
    scaled = position * scale
    H = hessian / scale
    H /= scale[:, None]
    change: Array = minimise(H, gradient / scale - H @ scaled, penalties / scale, scaled, tol / float(scale.max()))
    change -= scaled
    return change / scale


def _shorten(
    objective: Smooth, lasso: float, parameters: Array, direction: Array, *, cost: float, gradient: Array
) -> tuple[Array, float, float, Array] | None:
    """Take the first of the steps 1, 1/2, 1/4, ... that lowers the cost enough."""
    w, d = parameters[:-1], direction[:-1]
    same_sign = (w != 0) & (np.sign(w + d) == np.sign(w))
    change = np.where(same_sign, np.sign(w) * d, np.abs(w + d) - np.abs(w))  # free of cancellation near the optimum
    predicted = float((gradient[:-1] * d + lasso * change).sum() + gradient[-1] * direction[-1])
    if not predicted < 0:
        return None
    for step in (0.5**k for k in range(HALVINGS_OF_NEWTON)):
        tried = parameters + step * direction
        tried[:-1][w + d == 0] *= step != 1.0  # what arrives at 0 is 0, not nearly
        smooth, new_gradient = objective.value_and_gradient(tried)
        new_cost = smooth + lasso * float(np.abs(tried[:-1]).sum())
        if new_cost <= cost + ENOUGH_DECREASE * step * predicted + ROUNDING * abs(cost):
            return tried, step, smooth, new_gradient
    return None
