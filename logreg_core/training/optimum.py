"""How far a run is from where it is going: the exact optimum of its objective, and the distance to it.

A cost that hardly falls any more looks finished long before it is. What tells is the distance that is left, in the unit
that matters to who reads the weights: the standard error, by which each weight is uncertain anyway. A weight that is a
twentieth of it away will not change a conclusion: its mean squared error grows by a four-hundredth (0.05 squared). One
that is two standard errors away is another finding.

Standard errors are square roots of the diagonal of the inverse observed information, total weight times Hessian at
the optimum. With a ridge penalty its curvature is part of the Hessian; of coefficients that a lasso set to 0 there are
none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.training.aliasing import find_aliased
from logreg_core.training.blas import one_blas_thread
from logreg_core.training.exact_solvers import objective_of
from logreg_core.training.penalty import Penalty
from logreg_core.training.separation import Separation
from logreg_core.training.settings import plain_number
from logreg_core.training.solution import solve
from logreg_core.training.status import Status

Array = NDArray[np.float64]

NEAR = 0.05
"""Standard errors from the optimum within which a run counts as finished."""
BIAS = "the bias"


@dataclass(frozen=True, eq=False)
class Optimum:
    """Where the cost is lowest.

    Attributes
    ----------
    parameters : array of shape (p + 1,)
        [coefficients..., intercept]; 0 for columns left out because they say nothing new.
    cost : float
    covariance : array of shape (p + 1, p + 1)
        Inverse of the observed information; nan for columns left out, and everywhere when the classes are separated.
    n : float
        Total weight of the rows, their number if they have none.
    feature_names : tuple of p str
    status : Status
        CONVERGED, or why there is no single optimum: SEPARATED, RANK_DEFICIENT.
    reason : str
        The columns that this comes from, in words.
    separation : Separation or None
        What separates the classes, if they are.
    """

    parameters: Array
    cost: float
    covariance: Array
    n: float
    feature_names: tuple[str, ...]
    status: Status
    reason: str
    separation: Separation | None = None

    @property
    def standard_errors(self) -> Array:
        """Of [coefficients..., intercept], shape (p + 1,)."""
        return np.sqrt(np.diag(self.covariance))


@dataclass(frozen=True, eq=False)
class Distance:
    """How far weights are from the optimum.

    Attributes
    ----------
    cost_gap : float
        Cost above the lowest, 0 or more; nan when the classes are separated.
    drift : array of shape (p + 1,)
        Each weight minus its best value, in standard errors; nan where there is none.
    finished : bool
        No weight is more than ``NEAR`` standard errors away.
    left : str
        What is left, for the user.
    sentence : str
        The same, beginning with whether it is finished.
    """

    cost_gap: float
    drift: Array
    finished: bool
    left: str
    sentence: str


def exact_optimum(
    X: Array,
    y: NDArray[np.generic],
    feature_names: Sequence[str],
    *,
    penalty: Penalty | None = None,
    sample_weight: Array | None = None,
    tol: float = 1e-10,
) -> Optimum:
    """Find the optimum of the objective that a run with this penalty and these weights descends.

    Parameters
    ----------
    X : float64 array of shape (n, p), C-contiguous
    y : array of shape (n,)
        0 or 1 for each row.
    feature_names : sequence of p str
    penalty : Penalty, optional
    sample_weight : array of shape (n,), optional
    tol : float
        Largest absolute entry of the gradient.
    """
    penalty = penalty or Penalty()
    solution = solve(X, y, feature_names, penalty=penalty, sample_weight=sample_weight, tol=tol)
    parameters, status = solution.run.parameters, solution.run.status
    covariance = np.full((X.shape[1] + 1, X.shape[1] + 1), np.nan)
    if status is not Status.SEPARATED:
        kept = np.arange(X.shape[1]) if penalty.lasso == 0 else np.flatnonzero(parameters[:-1])
        if status is Status.RANK_DEFICIENT:
            counted = X if sample_weight is None else X[sample_weight > 0]
            aliasing = find_aliased(counted, feature_names)
            kept = kept if aliasing is None else aliasing.kept
        part = X if len(kept) == X.shape[1] else np.ascontiguousarray(X[:, kept])
        everywhere = np.append(kept, X.shape[1])
        covariance[np.ix_(everywhere, everywhere)] = _covariance(
            part, y, parameters[everywhere], penalty.ridge, sample_weight
        )
    total = float(len(y)) if sample_weight is None else float(np.sum(sample_weight))
    names = tuple(feature_names)
    return Optimum(
        parameters, solution.run.cost, covariance, total, names, status, solution.reason, solution.separation
    )


def _covariance(
    X: Array, y: NDArray[np.generic], parameters: Array, ridge: float, sample_weight: Array | None
) -> Array:
    """Inverse of the information for [coefficients..., intercept], shape (k + 1, k + 1)."""
    with one_blas_thread:
        objective = objective_of(X, y, sample_weight=sample_weight, ridge=ridge)
        position = np.array(parameters)
        reference = np.zeros(X.shape[1]) if objective.reference is None else objective.reference
        position[-1] += float(position[:-1] @ reference)
        total = len(y) if sample_weight is None else np.sum(sample_weight)
        information = objective.hessian(position) * total
        lengths = np.sqrt(np.diag(information))
        covariance = np.linalg.inv(information / lengths / lengths[:, None]) / lengths / lengths[:, None]
    to_origin = np.eye(len(position))
    to_origin[-1, :-1] = -reference
    result: Array = to_origin @ covariance @ to_origin.T
    return result


def distance_to_optimum(parameters: ArrayLike, cost: float, optimum: Optimum) -> Distance:
    """Say how far weights are from the optimum.

    Parameters
    ----------
    parameters : array of shape (p + 1,)
        [coefficients..., intercept]
    cost : float
        Of the same objective, at these parameters.
    optimum : Optimum
    """
    drift = np.full(len(optimum.parameters), np.nan)
    if optimum.status is Status.SEPARATED:
        told = f"There is no lowest point. {optimum.reason}"
        return Distance(float("nan"), drift, False, told, told)
    gap = max(0.0, float(cost) - optimum.cost)
    if optimum.status is Status.RANK_DEFICIENT:
        # The weights of columns that repeat each other can be shared in many ways; twice the gap of the log likelihood
        # is the squared distance in standard errors, along whatever combination of weights is the worst.
        worst = float(np.sqrt(2.0 * optimum.n * gap))
        name = "some combination of weights"
    else:
        drift = (np.asarray(parameters, dtype=np.float64) - optimum.parameters) / optimum.standard_errors
        largest = int(np.argmax(np.where(np.isnan(drift), -1.0, np.abs(drift))))
        worst = float(abs(drift[largest]))
        name = BIAS if largest == len(drift) - 1 else f"the weight of “{optimum.feature_names[largest]}”"
    if worst <= NEAR:
        said = f"weight is more than {plain_number(NEAR)} standard errors from its best value."
        return Distance(gap, drift, True, f"No {said}", f"Finished: no {said}")
    away = plain_number(worst, digits=2)
    errors = "standard error" if away == "1" else "standard errors"
    said = f"he cost is {plain_number(gap, digits=2)} above its lowest point, and {name} is {away} {errors} from "
    said += "its best value."
    return Distance(gap, drift, False, f"T{said}", f"Not finished: t{said}")
