"""Firth's penalised likelihood: finite weights for separated and rare data, and less bias for all small tables.

    l*(b) = l(b) + 1/2 log det I(b)        I = A' diag(v_i p_i (1 - p_i)) A        A = [X 1]

with weights v_i. The penalty (Jeffreys' prior) has no strength to choose, and no scale: other units of a column give
the same fit in other units. Its score replaces each residual v_i (y_i - p_i) by

    v_i (y_i - p_i) + h_i (1/2 - p_i)      h_i = v_i p_i (1 - p_i) a_i' I^-1 a_i

as if every row had been seen a little with both outcomes (Firth 1993; Heinze and Schemper 2002). Steps are I^-1 times
this score, halved until l* rises; they are made in scaled columns. The intercept is part of it, as in R's ``logistf``
and ``brglm2``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.errors import TrainingError
from logreg_core.training.aliasing import Aliasing, find_aliased
from logreg_core.training.blas import one_blas_thread
from logreg_core.training.log_loss import log1pexp, sigmoid
from logreg_core.training.run import Run, run
from logreg_core.training.scaled_rows import ScaledRows
from logreg_core.training.status import Status

Array = NDArray[np.float64]

LONGEST_STEP = 5.0
"""Of a coefficient, in standard deviations: as in ``logistf``, against leaps from a poor start."""
MOST_HALVINGS = 40
ROUNDING = 1e-13
MOST_WORK = 10_000_000_000
"""Rows times squared columns. Twice as many multiplications make a step: about two seconds, a fit half a minute."""


class FirthState(NamedTuple):
    """Where the fit is after ``epoch`` steps.

    ``parameters`` (p + 1,) are in the columns of X; ``cost`` is -l* / n, in the units of X, and ``gradient`` (p + 1,)
    its gradient with respect to scaled columns. ``step_size`` is the share of the last step that was taken.
    """

    epoch: int
    parameters: Array
    cost: float
    gradient: Array
    step_size: float


@dataclass(frozen=True, eq=False)
class FirthFit:
    """A fit by Firth's penalised likelihood.

    Attributes
    ----------
    parameters : array of shape (p + 1,)
        [coefficients..., intercept]; 0 for columns left out.
    covariance : array of shape (p + 1, p + 1)
        Inverse of the information I at the fit; nan for columns left out.
    log_likelihood, penalised_log_likelihood : float
        l and l*; l* in the units of X without the columns left out.
    aliasing : Aliasing or None
        Columns left out because they say nothing new.
    run : Run
        With the status and the history; its cost is -l* / n. RANK_DEFICIENT when columns were left out.
    """

    parameters: Array
    covariance: Array
    log_likelihood: float
    penalised_log_likelihood: float
    aliasing: Aliasing | None
    run: Run

    @property
    def standard_errors(self) -> Array:
        """Square roots of the covariance's diagonal, shape (p + 1,)."""
        return np.sqrt(np.diag(self.covariance))


def fit_firth(
    X: Array,
    y: NDArray[np.generic],
    *,
    feature_names: Sequence[str] | None = None,
    sample_weight: Array | None = None,
    start: ArrayLike | None = None,
    tol: float = 1e-10,
    max_iter: int = 500,
    watch: Callable[[FirthState], bool | None] | None = None,
    time_budget: float | None = None,
) -> FirthFit:
    """Maximise the log likelihood plus half the log determinant of the information.

    Parameters
    ----------
    X : float64 array of shape (n, p)
    y : array of shape (n,)
        0 or 1 for each row; also of one class only.
    feature_names : sequence of p str, optional
        For the sentence about columns that are left out.
    sample_weight : array of shape (n,), optional
        How often each row counts: unlike elsewhere, twice the weights are another fit, that of twice the rows.
    start : array of shape (p + 1,), optional
        [coefficients..., intercept]; zeros if left out.
    tol : float
        Converged when no entry of the gradient of l* / n, in scaled columns, is larger in absolute value.
    max_iter, watch, time_budget
        As of ``run``.

    Raises
    ------
    TrainingError
        More rows and columns than ``MOST_WORK`` allows: a step would take many seconds, and it cannot be stopped.
    """
    _check_size(*X.shape)
    names = [f"column {j}" for j in range(X.shape[1])] if feature_names is None else feature_names
    weights = np.ones(len(X)) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
    with one_blas_thread:
        aliasing = find_aliased(X[weights > 0] if (weights == 0).any() else X, names)
        everywhere = np.arange(X.shape[1] + 1) if aliasing is None else np.append(aliasing.kept, X.shape[1])
        likelihood = PenalisedLikelihood(X if aliasing is None else X[:, aliasing.kept], y, weights)
        states = firth_states(likelihood, None if start is None else np.asarray(start, dtype=np.float64)[everywhere])
        if aliasing is not None:
            states = _expanded(states, aliasing)
        ended = run(states, max_iter=max_iter, tol=tol, watch=watch, time_budget=time_budget)
        at = likelihood.at(likelihood.rows.inward(ended.parameters[everywhere]))
        covariance = np.full((X.shape[1] + 1, X.shape[1] + 1), np.nan)
        inverse = np.asarray(np.linalg.inv(at.information), dtype=np.float64)
        covariance[np.ix_(everywhere, everywhere)] = _outward(likelihood.rows, inverse)
    if aliasing is not None and ended.status is Status.CONVERGED:
        ended = replace(ended, status=Status.RANK_DEFICIENT)
    in_units = at.penalised + likelihood.log_volume
    return FirthFit(ended.parameters, covariance, at.log_likelihood, in_units, aliasing, ended)


def _check_size(rows: int, columns: int) -> None:
    width = columns + 1
    if max(rows, width) * width**2 > MOST_WORK:
        raise TrainingError(
            f"Firth's correction of {columns:,} columns and {rows:,} rows would take minutes.",
            remedy="Choose fewer columns, or a ridge penalty: with so many rows the correction is hardly seen.",
        )


def _expanded(states: Iterator[FirthState], aliasing: Aliasing) -> Iterator[FirthState]:
    for state in states:
        parameters, gradient = aliasing.expand(state.parameters), aliasing.expand(state.gradient)
        for array in (parameters, gradient):
            array.setflags(write=False)
        yield state._replace(parameters=parameters, gradient=gradient)


class Point(NamedTuple):
    """Likelihood at a position in scaled columns: l, l*, and the information I of shape (q, q)."""

    log_likelihood: float
    penalised: float
    information: Array


class PenalisedLikelihood:
    """l* over the rows of X, in scaled columns [u..., intercept] of shape (q,); -inf for no information at all."""

    def __init__(self, X: Array, y: NDArray[np.generic], weights: Array) -> None:
        self.rows = ScaledRows(X)
        self.weights = weights
        self.total = float(weights.sum())
        self.log_volume = float(np.log(self.rows.scale).sum())
        """What l* in the units of X is larger by."""
        self._signs: Array = np.where(y == 1, 1.0, -1.0)

    def at(self, position: Array) -> Point:
        """Value and information."""
        total, information = 0.0, np.zeros((len(position), len(position)))
        for part, Z in self.rows.blocks():
            margins = self._signs[part] * (Z @ position)
            total -= float(self.weights[part] @ log1pexp(-margins))
            information += (Z * self._curvatures(part, margins)[:, None]).T @ Z
        sign, log_determinant = np.linalg.slogdet(information)
        penalised = total + 0.5 * float(log_determinant) if sign > 0 else -np.inf
        return Point(total, penalised, information)

    def score(self, position: Array, information: Array) -> Array:
        """Gradient of l*, shape (q,)."""
        inverse = np.linalg.inv(information)
        score = np.zeros(len(position))
        for part, Z in self.rows.blocks():
            margins = self._signs[part] * (Z @ position)
            leverage = self._curvatures(part, margins) * np.einsum("ij,ij->i", Z @ inverse, Z)
            wrong = sigmoid(-margins)  # 1 - p for class 1, p for class 0
            residual = self._signs[part] * (self.weights[part] * wrong + leverage * (wrong - 0.5))
            score += residual @ Z
        return score

    def _curvatures(self, part: slice, margins: Array) -> Array:
        curvatures: Array = self.weights[part] * sigmoid(margins) * sigmoid(-margins)
        return curvatures


def firth_states(likelihood: PenalisedLikelihood, start: Array | None = None) -> Iterator[FirthState]:
    """Steps from ``start``, or zero weights; ends by itself when no step makes l* larger.

    The information is not the second derivative of l*: where one row alone carries a weight, a full step leads as far
    beyond the top as it was away. A step that overshoots by half or more makes all that follow half as long.
    """
    position = np.zeros(likelihood.rows.n_features + 1) if start is None else likelihood.rows.inward(start)
    if not likelihood.at(position).penalised > -np.inf:  # all rows predicted with certainty: no direction to be seen
        position = np.zeros_like(position)
    point, step_size, epoch = likelihood.at(position), float("nan"), 0
    before, longest = (np.zeros_like(position), 0.0), 1.0
    while True:
        score = likelihood.score(position, point.information)
        if float(score @ before[0]) < -0.5 * before[1]:
            longest = 0.5
        parameters, gradient = likelihood.rows.outward(position), -score / likelihood.total
        for array in (parameters, gradient):
            array.setflags(write=False)
        cost = -(point.penalised + likelihood.log_volume) / likelihood.total
        yield FirthState(epoch, parameters, cost, gradient, step_size)
        direction = np.linalg.solve(point.information, score)
        step_size = min(longest, LONGEST_STEP / max(float(np.abs(direction).max()), 1e-300))
        before = direction, float(score @ direction)
        for _ in range(MOST_HALVINGS):
            tried = likelihood.at(position + step_size * direction)
            if tried.penalised >= point.penalised - ROUNDING * abs(point.penalised):
                break
            step_size /= 2.0
        else:
            return
        position, point, epoch = position + step_size * direction, tried, epoch + 1


def _outward(rows: ScaledRows, covariance: Array) -> Array:
    """Covariance of [coefficients..., intercept] in the columns of X."""
    to_user = np.diag(np.append(1.0 / rows.scale, 1.0))
    to_user[-1, :-1] = -rows.center / rows.scale
    outward: Array = to_user @ covariance @ to_user.T
    return outward
