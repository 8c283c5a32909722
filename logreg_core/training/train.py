"""Prepared data and settings in, a fitted model out: the training room's door for the app.

**When is a descent finished?** When no entry of its gradient is above ``tol``. That of a column of size 1e-9 is always
below, so for a column whose root mean square is below 1 the gradient is taken per root mean square, as the exact
solvers do (``exact``): |g_j| <= tol min(1, rms(x_j)). ``history.gradient_norm`` is what was held against ``tol``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from logreg_core.errors import TrainingError
from logreg_core.training.batches import RowBatches
from logreg_core.training.blas import one_blas_thread
from logreg_core.training.class_weights import row_weights
from logreg_core.training.descent import descent
from logreg_core.training.ending import Columns, of_descent, of_solution
from logreg_core.training.exact import ExactState
from logreg_core.training.firth import FirthState, fit_firth
from logreg_core.training.fitted import FittedModel
from logreg_core.training.objective import LogLoss
from logreg_core.training.optimisers import DescentState
from logreg_core.training.penalty import Penalty
from logreg_core.training.run import run
from logreg_core.training.settings import TrainSettings
from logreg_core.training.solution import Solution, solve
from logreg_core.training.watched_losses import WatchedLosses

Array = NDArray[np.float64]

State = DescentState | ExactState | FirthState
Watch = Callable[[State], bool | None]


class TrainingData(Columns, Protocol):
    """What training needs of prepared data; X is float64 and C-contiguous, y is 0 or 1."""

    @property
    def X_test(self) -> Array:  # noqa: N802
        """Test rows, shape (n_test, p); may have no rows."""

    @property
    def y_test(self) -> Array:
        """Classes of the test rows, shape (n_test,)."""

    @property
    def fingerprint(self) -> str:
        """Names this data and how it was prepared."""


class Progress(NamedTuple):
    """Where training is after ``epoch`` updates of at most ``max_iter``.

    ``cost`` is the objective at ``parameters`` ([coefficients..., intercept], read-only, shape (p + 1,)).
    ``train_loss`` and ``test_cost`` are the log losses of training and test rows without a penalty, nan in epochs for
    which they are not computed.
    """

    epoch: int
    max_iter: int
    cost: float
    test_cost: float
    parameters: Array
    train_loss: float = float("nan")


def train(
    prepared: TrainingData,
    settings: TrainSettings,
    *,
    watch: Callable[[Progress], bool | None] | None = None,
    time_budget: float | None = None,
) -> FittedModel:
    """Fit a logistic regression as the settings say: by a descent, or exactly.

    Parameters
    ----------
    prepared : TrainingData
    settings : TrainSettings
    watch : callable, optional
        Called after each epoch and at the start. True stops training; what was reached is kept.
    time_budget : float, optional
        Seconds of computing after which training stops, keeping what was reached.

    Raises
    ------
    TrainingError
        Settings that no training can start with, no rows, rows of one class only, or values that are not finite.
    """
    settings.validate()
    _check_training_rows(prepared)
    losses = WatchedLosses(*_without_penalty(prepared, settings), settings)

    def report(state: State) -> bool | None:
        loss, test_loss = losses.at(state.epoch, state.parameters, state.cost)
        if watch is None:
            return None
        return watch(Progress(state.epoch, settings.max_iter, state.cost, test_loss, state.parameters, loss))

    fit = _correct if settings.firth else _solve if settings.method == "exact" else _descend
    ended = fit(prepared, settings, report, time_budget)
    losses.at(ended.run.n_iter, ended.run.parameters, ended.run.cost, planned=False)
    has_test_rows = len(prepared.y_test) > 0
    return FittedModel(
        coefficients=ended.run.parameters[:-1],
        intercept=float(ended.run.parameters[-1]),
        feature_names=tuple(prepared.feature_names),
        status=ended.run.status,
        reason=ended.reason,
        history=ended.run.history,
        loss_epochs=np.array(losses.epochs, dtype=np.int64),
        train_loss=np.array(losses.train),
        test_epochs=np.array(losses.epochs if has_test_rows else [], dtype=np.int64),
        test_cost=np.array(losses.test if has_test_rows else []),
        settings=settings,
        trained_on=prepared.fingerprint,
        n_iter=ended.run.n_iter,
        seconds=ended.run.seconds,
        final_cost=ended.run.cost,
        solver=ended.solver,
    )


def _solve(prepared: TrainingData, settings: TrainSettings, report: Watch, time_budget: float | None) -> Solution:
    solution = solve(
        prepared.X_train,
        prepared.y_train,
        prepared.feature_names,
        solver=settings.solver,
        penalty=Penalty(settings.alpha, settings.l1_ratio),
        sample_weight=row_weights(prepared.y_train, prepared.y_train, balanced=settings.balanced),
        tol=settings.tol,
        max_iter=settings.max_iter,
        seed=settings.seed,
        watch=report,
        time_budget=time_budget,
    )
    return replace(solution, reason=of_solution(solution, prepared))


def _correct(prepared: TrainingData, settings: TrainSettings, report: Watch, time_budget: float | None) -> Solution:
    fitted = fit_firth(
        prepared.X_train,
        prepared.y_train,
        feature_names=prepared.feature_names,
        sample_weight=row_weights(prepared.y_train, prepared.y_train, balanced=settings.balanced),
        tol=settings.tol,
        max_iter=settings.max_iter,
        watch=report,
        time_budget=time_budget,
    )
    solution = Solution(fitted.run, "firth", "", aliasing=fitted.aliasing)
    return replace(solution, reason=of_solution(solution, prepared))


def _descend(prepared: TrainingData, settings: TrainSettings, report: Watch, time_budget: float | None) -> Solution:
    X, y = prepared.X_train, prepared.y_train
    weights = row_weights(y, prepared.y_train, balanced=settings.balanced)
    objective = LogLoss(X, y, sample_weight=weights, ridge=settings.alpha)
    batches = None
    if settings.batch_size is not None:
        batches = RowBatches(X, y, settings.batch_size, seed=settings.seed, sample_weight=weights, alpha=settings.alpha)
    states = _judged(descent(objective, objective.n_features, settings, batches), X)
    with one_blas_thread:
        ended = run(states, max_iter=settings.max_iter, tol=settings.tol, watch=report, time_budget=time_budget)
        status, reason = of_descent(ended, settings, objective, prepared)
    return Solution(replace(ended, status=status), settings.optimiser, reason)


def _without_penalty(prepared: TrainingData, settings: TrainSettings) -> tuple[LogLoss | None, LogLoss | None]:
    """Log loss of training rows, where it is asked for, and of test rows, where there are; with their weights."""

    def of(X: Array, y: Array) -> LogLoss:
        return LogLoss(X, y, sample_weight=row_weights(y, prepared.y_train, balanced=settings.balanced))

    return (
        of(prepared.X_train, prepared.y_train) if settings.firth else None,
        of(prepared.X_test, prepared.y_test) if len(prepared.y_test) else None,
    )


def _judged(states: Iterator[DescentState], X: Array) -> Iterator[DescentState]:
    """Pass states on with the gradient by which they are judged; unchanged if no column is smaller than 1."""
    units = np.minimum(1.0, np.append(_sizes(X), 1.0))
    if np.all(units == 1.0):
        return states
    return (_per_unit(state, units) for state in states)


@np.errstate(over="ignore", invalid="ignore")
def _per_unit(state: DescentState, units: Array) -> DescentState:
    return state._replace(gradient=state.gradient / units)


def _sizes(X: Array) -> Array:
    """Root mean square of each column, 1 for a column of zeros; shape (p,)."""
    with np.errstate(over="ignore", under="ignore"):
        sizes: Array = np.sqrt(np.einsum("ij,ij->j", X, X) / len(X))
    for j in np.flatnonzero(sizes < 1e-140):  # squares that lost their digits, or are gone
        largest = float(np.abs(X[:, j]).max())
        sizes[j] = largest * np.sqrt(np.mean((X[:, j] / largest) ** 2)) if largest else 1.0
    return sizes


def _check_training_rows(prepared: TrainingData) -> None:
    X, y = prepared.X_train, prepared.y_train
    if len(y) == 0:
        raise TrainingError("There are no training rows.", remedy="Choose a smaller test share or another table.")
    if y.min() == y.max():
        raise TrainingError(
            f"All {len(y):,} training rows are of the same class, so there is nothing to tell apart.",
            remedy="Choose another target, more rows, or a split that keeps both classes.",
        )
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(X.sum()):  # one fast pass; only when it is not finite are the columns looked at
            return
        broken = np.flatnonzero(~np.isfinite(X.min(axis=0)) | ~np.isfinite(X.max(axis=0)))
    if len(broken):
        raise TrainingError(
            "A column holds missing or infinite values.",
            where=f"Column “{prepared.feature_names[broken[0]]}”.",
            remedy="Fill or drop these values, or leave the column out.",
        )
