"""Prepared data and settings in, a fitted model out: the training room's door for the app.

**When is a descent finished?** When no entry of its gradient is above ``tol``. That of a column of size 1e-9 is always
below, so for a column whose root mean square is below 1 the gradient is taken per root mean square, as the exact
solvers do (``exact``): |g_j| <= tol min(1, rms(x_j)). ``history.gradient_norm`` is what was held against ``tol``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from logreg_core.errors import TrainingError
from logreg_core.training.aliasing import MOST_NAMED, AliasedColumn
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
from logreg_core.training.solution import Solution, aliased_columns, solve
from logreg_core.training.status import Status

Array = NDArray[np.float64]

Watch = Callable[[DescentState | ExactState], bool | None]

MOST_TEST_COSTS = 500
NO_LOWER = "No further step lowers the cost, so more epochs will not help; scaling the features may."
LATE = 0.5
"""A cost that still rises after this share of the epochs will go on to do so."""


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

    ``cost`` is the objective at ``parameters`` ([coefficients..., intercept], read-only, shape (p + 1,));
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
    test = _TestCosts(prepared, settings)

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
    solution = solve(
        prepared.X_train,
        prepared.y_train,
        prepared.feature_names,
        solver=settings.solver,
        penalty=Penalty(settings.alpha, settings.l1_ratio),
        sample_weight=_row_weights(prepared.y_train, prepared, settings),
        tol=settings.tol,
        max_iter=settings.max_iter,
        seed=settings.seed,
        watch=report,
        time_budget=time_budget,
    )
    ended = solution.run
    if ended.status is Status.EPOCH_LIMIT and ended.n_iter < settings.max_iter:
        reason = f"{solution.reason} {NO_LOWER}".strip()
        return replace(solution, reason=reason)
    return solution


def _descend(prepared: TrainingData, settings: TrainSettings, report: Watch, time_budget: float | None) -> Solution:
    X, y = prepared.X_train, prepared.y_train
    weights = _row_weights(y, prepared, settings)
    objective = LogLoss(X, y, sample_weight=weights, ridge=settings.alpha)
    batches = None
    if settings.batch_size is not None:
        batches = RowBatches(X, y, settings.batch_size, seed=settings.seed, sample_weight=weights, alpha=settings.alpha)
    states = _judged(descent(objective, objective.n_features, settings, batches), X)
    with one_blas_thread:
        ended = run(states, max_iter=settings.max_iter, tol=settings.tol, watch=report, time_budget=time_budget)
        status, reason = _verdict(ended, settings, objective, prepared)
    return Solution(replace(ended, status=status), settings.optimiser, reason)


def _row_weights(y: Array, prepared: TrainingData, settings: TrainSettings) -> Array | None:
    """Weight of each row of y, (n,), None for 1: when balanced, n / (2 * rows of its class) among training rows."""
    if not settings.balanced:
        return None
    n, positives = len(prepared.y_train), np.count_nonzero(prepared.y_train == 1)
    weights: Array = np.where(y == 1, n / (2 * positives), n / (2 * (n - positives)))
    return weights


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


class _TestCosts:
    """Cost of the test rows at some epochs, planned beforehand, and at the end; without the penalty.

    Of a descent not at every epoch: it is for looking at, and would cost as much as a fifth of training. The steps of
    an exact solver are few.
    """

    def __init__(self, prepared: TrainingData, settings: TrainSettings) -> None:
        y = prepared.y_test
        weights = _row_weights(y, prepared, settings)
        self._objective = LogLoss(prepared.X_test, y, sample_weight=weights) if len(y) else None
        # One place is kept for the end, whose epoch is not known beforehand.
        most = MOST_TEST_COSTS - 1
        last = min(settings.max_iter, most - 1) if settings.method == "exact" else settings.max_iter
        self._planned = frozenset(thinned_epochs(last, most).tolist())
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
    status, reasons = ended.status, [_reason(ended, settings, objective, prepared)]
    if status is Status.EPOCH_LIMIT and reasons[0] and _rises_late(ended):
        status = Status.JUMPING
    if status is not Status.DIVERGED:
        aliasing = aliased_columns(objective, prepared.X_train, prepared.feature_names)
        if aliasing is not None:
            reasons.append(_shared_weights(aliasing.dropped, prepared.feature_names, penalised=settings.alpha > 0))
    if settings.alpha == 0 and status in (Status.CONVERGED, Status.EPOCH_LIMIT, Status.JUMPING):
        separation = find_separation(prepared.X_train, prepared.y_train, prepared.feature_names)
        if separation is not None:
            status, reasons = Status.SEPARATED, [separation.sentence, *reasons]
    return status, " ".join(filter(None, reasons))


def _rises_late(ended: Run) -> bool:
    costs = np.append(ended.history.cost, ended.cost)
    return epochs_with_rising_cost(costs[int(LATE * ended.n_iter) :]) > 0


def _shared_weights(aliased: tuple[AliasedColumn, ...], names: Sequence[str], *, penalised: bool) -> str:
    """Say of the columns that repeat others what this means for their weights; a penalty settles all but duplicates."""
    sentences = []
    for column in aliased:
        if len(column.of) == 1 and column.weights == (1.0,) and column.offset == 0.0:
            shared = f"“{column.name}” repeats “{names[column.of[0]]}”: they share one weight between them."
            sentences.append(shared)
        elif not penalised:
            sentences.append(f"{column.sentence} Other weights would give the same predictions.")
    more = len(sentences) - MOST_NAMED
    return " ".join([*sentences[:MOST_NAMED], *([f"So it is with {more:,} more."] if more > 0 else [])])


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
