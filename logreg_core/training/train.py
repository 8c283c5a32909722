"""Prepared data and settings in, a fitted model out: the training room's door for the app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from logreg_core.errors import TrainingError
from logreg_core.training.batches import RowBatches
from logreg_core.training.blas import one_blas_thread
from logreg_core.training.descent import descent
from logreg_core.training.divergence import epochs_with_rising_cost, why_the_cost_rose
from logreg_core.training.exact import ExactState
from logreg_core.training.fitted import FittedModel
from logreg_core.training.history import thinned_epochs
from logreg_core.training.objective import LogLoss
from logreg_core.training.optimisers import DescentState
from logreg_core.training.penalty import Penalty
from logreg_core.training.run import Run, run
from logreg_core.training.separation import find_separation
from logreg_core.training.settings import TrainSettings
from logreg_core.training.solution import Solution, solve
from logreg_core.training.status import Status

Array = NDArray[np.float64]

Watch = Callable[[DescentState | ExactState], bool | None]

MOST_TEST_COSTS = 500


class TrainingData(Protocol):
    """What training needs of prepared data; X is float64 and C-contiguous, y is 0 or 1."""

    @property
    def X_train(self) -> Array:  # noqa: N802
        """Training rows, shape (n, p)."""

    @property
    def X_test(self) -> Array:  # noqa: N802
        """Test rows, shape (n_test, p); may have no rows."""

    @property
    def y_train(self) -> Array:
        """Classes of the training rows, shape (n,)."""

    @property
    def y_test(self) -> Array:
        """Classes of the test rows, shape (n_test,)."""

    @property
    def feature_names(self) -> tuple[str, ...]:
        """Names of the p columns."""

    @property
    def fingerprint(self) -> str:
        """Names this data and how it was prepared."""


class Progress(NamedTuple):
    """Where training is after ``epoch`` updates of at most ``max_iter``.

    ``cost`` is the training cost at ``parameters`` ([coefficients..., intercept], read-only, shape (p + 1,));
    ``test_cost`` that of the test rows, nan in epochs for which it is not computed.
    """

    epoch: int
    max_iter: int
    cost: float
    test_cost: float
    parameters: Array


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
    test = _TestCosts(prepared, settings.max_iter)

    def report(state: DescentState | ExactState) -> bool | None:
        test_cost = test.at(state.epoch, state.parameters)
        if watch is None:
            return None
        return watch(Progress(state.epoch, settings.max_iter, state.cost, test_cost, state.parameters))

    fit = _solve if settings.method == "exact" else _descend
    ended = fit(prepared, settings, report, time_budget)
    test.at(ended.run.n_iter, ended.run.parameters, planned=False)
    return FittedModel(
        coefficients=ended.run.parameters[:-1],
        intercept=float(ended.run.parameters[-1]),
        feature_names=tuple(prepared.feature_names),
        status=ended.run.status,
        reason=ended.reason,
        history=ended.run.history,
        test_epochs=np.array(test.epochs, dtype=np.int64),
        test_cost=np.array(test.costs),
        settings=settings,
        trained_on=prepared.fingerprint,
        n_iter=ended.run.n_iter,
        seconds=ended.run.seconds,
        final_cost=ended.run.cost,
        solver=ended.solver,
    )


def _solve(prepared: TrainingData, settings: TrainSettings, report: Watch, time_budget: float | None) -> Solution:
    return solve(
        prepared.X_train,
        prepared.y_train,
        prepared.feature_names,
        penalty=Penalty(settings.alpha, settings.l1_ratio),
        sample_weight=_row_weights(prepared.y_train, settings),
        tol=settings.tol,
        max_iter=settings.max_iter,
        seed=settings.seed,
        watch=report,
        time_budget=time_budget,
    )


def _descend(prepared: TrainingData, settings: TrainSettings, report: Watch, time_budget: float | None) -> Solution:
    X, y, weights = prepared.X_train, prepared.y_train, _row_weights(prepared.y_train, settings)
    objective = LogLoss(X, y, sample_weight=weights, ridge=settings.alpha)
    batches = None
    if settings.batch_size is not None:
        batches = RowBatches(X, y, settings.batch_size, seed=settings.seed, sample_weight=weights, alpha=settings.alpha)
    states = descent(objective, objective.n_features, settings, batches)
    with one_blas_thread:
        ended = run(states, max_iter=settings.max_iter, tol=settings.tol, watch=report, time_budget=time_budget)
        status, reason = _verdict(ended, settings, objective, prepared)
    return Solution(replace(ended, status=status), settings.optimiser, reason)


def _row_weights(y: Array, settings: TrainSettings) -> Array | None:
    """Weight of each row, shape (n,): n / (2 * rows of its class) when both classes count alike."""
    if not settings.balanced:
        return None
    positives = y.sum()
    weights: Array = np.where(y == 1, len(y) / (2 * positives), len(y) / (2 * (len(y) - positives)))
    return weights


class _TestCosts:
    """Cost of the test rows at some epochs, planned beforehand, and at the end.

    Not at every epoch: it is for looking at, and would cost as much as a fifth of training.
    """

    def __init__(self, prepared: TrainingData, max_iter: int) -> None:
        self._objective = LogLoss(prepared.X_test, prepared.y_test) if len(prepared.y_test) else None
        # One place is kept for the end, whose epoch is not known beforehand.
        self._planned = frozenset(thinned_epochs(max_iter, MOST_TEST_COSTS - 1).tolist())
        self.epochs: list[int] = []
        self.costs: list[float] = []

    def at(self, epoch: int, parameters: Array, *, planned: bool = True) -> float:
        """Return the test cost at ``parameters`` and note it; nan if ``planned`` and this epoch is not."""
        if self._objective is None or (planned and epoch not in self._planned):
            return float("nan")
        if self.epochs and self.epochs[-1] == epoch:
            return self.costs[-1]
        self.epochs.append(epoch)
        self.costs.append(self._objective.value(parameters))
        return self.costs[-1]


def _verdict(ended: Run, settings: TrainSettings, objective: LogLoss, prepared: TrainingData) -> tuple[Status, str]:
    """Return how the run ended and why: of separated classes, that more epochs would not help."""
    reason = _reason(ended, settings, objective, prepared)
    at_an_end = ended.status in (Status.CONVERGED, Status.EPOCH_LIMIT)
    if at_an_end and settings.alpha == 0:
        separation = find_separation(prepared.X_train, prepared.y_train, prepared.feature_names)
        if separation is not None:
            return Status.SEPARATED, " ".join(filter(None, [separation.sentence, reason]))
    if ended.status is Status.EPOCH_LIMIT and reason:
        return Status.JUMPING, reason
    return ended.status, reason


def _reason(ended: Run, settings: TrainSettings, objective: LogLoss, prepared: TrainingData) -> str:
    costs = np.append(ended.history.cost, ended.cost)
    if ended.status is not Status.DIVERGED and epochs_with_rising_cost(costs) == 0:
        return ""  # spares computing the safe rate
    safe_rate = objective.safe_learning_rate()
    if settings.optimiser != "gradient_descent" or settings.batch_size is not None:
        # With momentum or in batches the cost also rises on a good way, and Adam's rate is no multiple of the gradient.
        if ended.status is not Status.DIVERGED:
            return ""
        safe_rate = safe_rate if settings.optimiser != "adam" else float("inf")
    overshooting = settings.learning_rate > safe_rate and epochs_with_rising_cost(costs) > 0
    if ended.status is Status.DIVERGED or (ended.status is not Status.CONVERGED and overshooting):
        return why_the_cost_rose(costs, settings.learning_rate, safe_rate, prepared.X_train, prepared.feature_names)
    return ""


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
