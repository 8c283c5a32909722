"""An exact fit with its verdict: choose a solver, run it, and say what the answer is worth.

Without a penalty there need not be an answer. Columns that repeat others (``aliasing``) leave it open how to share the
weight: they are left out beforehand, with a weight of 0, as R's ``glm`` does. Columns that tell the classes apart
(``separation``) have no best weight: the run ends where the gradient is within ``tol``, and the verdict is SEPARATED.
Both are looked for only where a cheap sign of them is there: a sample of rows whose columns are nearly dependent, and
an end from which the next step would still be long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.training.aliasing import Aliasing, find_aliased
from logreg_core.training.blas import one_blas_thread
from logreg_core.training.curvature import Curvature
from logreg_core.training.exact import ExactState
from logreg_core.training.exact_solvers import choose_solver, objective_of, solver_states
from logreg_core.training.log_loss import sigmoid
from logreg_core.training.objective import LogLoss
from logreg_core.training.penalty import Penalty
from logreg_core.training.run import Run, run
from logreg_core.training.separation import Separation, find_separation
from logreg_core.training.status import Status

Array = NDArray[np.float64]

FINER = 1e-4
"""Newton goes on to this share of ``tol``: near the end each step doubles the digits, so one more, which on a small
table costs next to nothing, brings the coefficients themselves to rounding and not just the gradient."""
FINER_BY_PASSES = 1e-3
MOST_VALUES_FOR_FINER = 1_000_000
"""The others gain about a digit a pass; on a table of up to so many values they are worth a few passes more: a gradient
of 1e-8 leaves coefficients of correlated columns right to some five digits only."""
SUSPICIOUS_SHARE = 1e-7
"""Less (squared) of a sample's column than this that others do not say: the whole column is looked at."""
SHORT_DISTANCE = 1e-4
LARGE_COEFFICIENT = 10.0
STEEP_COEFFICIENT = 15.0
SMALL_WEIGHT = 1e-3
SMALL_COST = 0.01
"""An end nearer than this, with smaller coefficients (per standard deviation and per unit), a larger cost and no row of
so small a share of the mean weight, is no separation."""


@dataclass(frozen=True, eq=False)
class Solution:
    """An exact fit.

    Attributes
    ----------
    run : Run
        Parameters in the order of the columns, with 0 for columns left out; status and history.
    solver : str
        The one that ran, also when "auto" was asked for.
    reason : str
        What the status means for these columns, by name; empty where there is nothing to say.
    separation : Separation or None
    aliasing : Aliasing or None
        The findings behind the reason, for who wants to word them otherwise.
    """

    run: Run
    solver: str
    reason: str
    separation: Separation | None = None
    aliasing: Aliasing | None = None


def solve(
    X: Array,
    y: NDArray[np.generic],
    feature_names: Sequence[str],
    *,
    solver: str = "auto",
    penalty: Penalty | None = None,
    sample_weight: Array | None = None,
    start: ArrayLike | None = None,
    tol: float = 1e-8,
    max_iter: int = 1000,
    seed: int = 0,
    watch: Callable[[ExactState], bool | None] | None = None,
    time_budget: float | None = None,
) -> Solution:
    """Find the optimum.

    Parameters
    ----------
    X : float64 array of shape (n, p), C-contiguous
    y : array of shape (n,)
        0 or 1.
    feature_names : sequence of p str
    solver : str
        One of ``EXACT_SOLVERS`` or "auto".
    penalty : Penalty, optional
    sample_weight : array of shape (n,), optional
    start : array of shape (p + 1,), optional
        [coefficients..., intercept]
    tol, max_iter, watch, time_budget
        As of ``run``.
    seed : int
        For the solvers that draw.

    Raises
    ------
    TrainingError
        There is no such solver, or it cannot do with this penalty.
    """
    penalty = penalty or Penalty()
    if sample_weight is not None and not sample_weight.all():
        # Rows without weight say nothing: not what a column is made of, nor whether it varies.
        counts = sample_weight > 0
        X, y, sample_weight = X[counts], y[counts], sample_weight[counts]
    with one_blas_thread:
        objective = objective_of(X, y, sample_weight=sample_weight, ridge=penalty.ridge)
        aliasing = aliased_columns(objective, X, feature_names) if penalty.alpha == 0 else None
        if aliasing is not None:
            kept = np.ascontiguousarray(X[:, aliasing.kept])
            objective = objective_of(kept, y, sample_weight=sample_weight)
            start = None if start is None else np.asarray(start)[np.append(aliasing.kept, X.shape[1])]
        if solver == "auto":
            solver = choose_solver(objective.n_rows, objective.n_features, penalty)
        states = solver_states(solver, objective, penalty, start, seed=seed)
        last = _Last(states if aliasing is None else _expanded(states, aliasing))
        finer = _finer(solver, objective)
        ended = run(last, max_iter=max_iter, tol=tol * finer, watch=watch, time_budget=time_budget)
        assert last.state is not None
        if ended.status is Status.EPOCH_LIMIT:
            if np.abs(last.state.gradient).max() <= tol:
                ended = replace(ended, status=Status.CONVERGED)
            elif ended.n_iter < max_iter:
                ended = replace(ended, status=Status.STALLED)
        if penalty.alpha == 0 and _may_be_separated(objective, last.state, ended, sample_weight):
            separation = find_separation(X, y, feature_names, guess=last.state.parameters)
            if separation is not None:
                left_out = "" if aliasing is None else f" {aliasing.sentence}"
                told = separation.sentence + left_out
                return Solution(replace(ended, status=Status.SEPARATED), solver, told, separation, aliasing)
    if aliasing is None:
        return Solution(ended, solver, "")
    converged = ended.status is Status.CONVERGED
    ended = replace(ended, status=Status.RANK_DEFICIENT) if converged else ended
    return Solution(ended, solver, aliasing.sentence, aliasing=aliasing)


def _finer(solver: str, objective: LogLoss) -> float:
    """Return the share of ``tol`` to go on to; a smaller one where a rare class leaves little curvature."""
    if solver == "newton":
        return FINER
    if solver == "prox_newton":  # a subgradient is at its limit of rounding sooner
        return 1.0
    values = objective.n_rows * objective.n_features
    share = float(sigmoid(objective.null_parameters()[-1]))
    finer = (FINER_BY_PASSES if values <= MOST_VALUES_FOR_FINER else 1.0) * 4.0 * share * (1.0 - share)
    return max(FINER, finer)


class _Last(Iterator[ExactState]):
    """Passes states on and remembers the last."""

    def __init__(self, states: Iterator[ExactState]) -> None:
        self._states = states
        self.state: ExactState | None = None

    def __next__(self) -> ExactState:
        self.state = next(self._states)
        return self.state


def _expanded(states: Iterator[ExactState], aliasing: Aliasing) -> Iterator[ExactState]:
    for state in states:
        parameters, gradient = aliasing.expand(state.parameters), aliasing.expand(state.gradient)
        parameters.setflags(write=False)
        gradient.setflags(write=False)
        yield state._replace(parameters=parameters, gradient=gradient)


def aliased_columns(objective: LogLoss, X: Array, feature_names: Sequence[str]) -> Aliasing | None:
    """Find the columns that say nothing new, None if there are none; all rows are looked at only if a sample hints.

    Parameters
    ----------
    objective : LogLoss
        Over the rows of X, all of which have a weight.
    X : float64 array of shape (n, p)
    feature_names : sequence of p str
    """
    varying = objective.columns.spread > 0
    if varying.all() and Curvature(objective.overlap()).smallest_share > SUSPICIOUS_SHARE:
        return None
    return find_aliased(X, feature_names)


def _may_be_separated(objective: LogLoss, last: ExactState, ended: Run, sample_weight: Array | None) -> bool:
    if ended.status is not Status.CONVERGED and ended.n_iter < 10:
        return False
    coefficients = last.parameters[:-1]
    if len(coefficients) != objective.n_features:  # columns were left out
        return True
    if sample_weight is not None and sample_weight.min() < SMALL_WEIGHT * sample_weight.mean():
        return True  # rows that hardly weigh stop their weights from growing long before the others do
    largest = float(np.abs(coefficients * objective.columns.spread).max(initial=0.0))
    steepest = float(np.abs(coefficients).max(initial=0.0))  # of a rare level, whose spread is small
    near = last.distance < SHORT_DISTANCE and largest < LARGE_COEFFICIENT and steepest < STEEP_COEFFICIENT
    return not (near and last.cost > SMALL_COST)
