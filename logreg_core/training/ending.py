"""How a descent ended, and why: what the columns and the learning rate have to do with it, by name.

Exact fits bring their findings along (``solution``); a descent is looked at from outside. Separated classes and columns
that repeat others are found here too, and all of it is said in the user's units (``column_words``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.aliasing import MOST_NAMED, AliasedColumn, Aliasing, too_many
from logreg_core.training.column_words import ColumnWords, TableWords, aliasing_sentence, separation_sentence
from logreg_core.training.divergence import epochs_with_rising_cost, why_the_cost_rose
from logreg_core.training.objective import LogLoss
from logreg_core.training.run import Run
from logreg_core.training.separation import Separation, find_separation
from logreg_core.training.settings import TrainSettings
from logreg_core.training.solution import Solution, aliased_columns
from logreg_core.training.status import Status

Array = NDArray[np.float64]

CLOSER = "A smaller learning rate, or all rows at a time, comes closer."
LATE = 0.5
"""A cost that still rises after this share of the epochs will go on to do so."""


class Columns(TableWords, Protocol):
    """Training rows with the names of their columns and classes."""

    @property
    def X_train(self) -> Array:  # noqa: N802
        """Training rows, shape (n, p)."""

    @property
    def y_train(self) -> Array:
        """Classes of the training rows, shape (n,)."""

    @property
    def feature_names(self) -> tuple[str, ...]:
        """Names of the p columns."""


class Ending(NamedTuple):
    """How a run ended and why, with the separation it met, if it met one."""

    status: Status
    reason: str
    separation: Separation | None = None


def of_descent(ended: Run, settings: TrainSettings, objective: LogLoss, prepared: Columns) -> Ending:
    """Return how the descent ended and why: of separated classes, that more epochs would not help."""
    separation = None
    status, reasons = ended.status, [_learning_rate(ended, settings, objective, prepared)]
    if status is Status.EPOCH_LIMIT and _rises_late(ended):
        if settings.batch_size is not None:
            status = Status.HOVERING
            reasons.append(CLOSER)
        elif reasons[0]:
            status = Status.JUMPING
    if status is not Status.DIVERGED:
        aliasing = aliased_columns(objective, prepared.X_train, prepared.feature_names)
        if aliasing is not None:
            reasons.append(_shared_weights(aliasing.dropped, prepared.columns, penalised=settings.alpha > 0))
    if settings.alpha == 0 and status in (Status.CONVERGED, Status.EPOCH_LIMIT, Status.JUMPING, Status.HOVERING):
        X, y = prepared.X_train, prepared.y_train
        separation = find_separation(X, y, prepared.feature_names, guess=ended.parameters)
        if separation is not None:
            status, reasons = Status.SEPARATED, [separation_sentence(separation, prepared), *reasons]
    return Ending(status, " ".join(filter(None, reasons)), separation)


def of_solution(solution: Solution, words: TableWords) -> str:
    """Return why an exact fit ended as it did, in the user's units."""
    said = [separation_sentence(solution.separation, words)] if solution.separation is not None else []
    if solution.aliasing is not None:
        said.append(left_out(solution.aliasing, words.columns))
    return " ".join(said)


def left_out(aliasing: Aliasing, columns: Sequence[ColumnWords]) -> str:
    """Say which columns were left out because they repeat others."""
    return aliasing.told(aliasing_sentence(column, columns) for column in aliasing.dropped[:MOST_NAMED])


def _rises_late(ended: Run) -> bool:
    costs = np.append(ended.history.cost, ended.cost)
    return epochs_with_rising_cost(costs[int(LATE * ended.n_iter) :]) > 0


def _shared_weights(aliased: tuple[AliasedColumn, ...], columns: Sequence[ColumnWords], *, penalised: bool) -> str:
    """Say of the columns that repeat others what this means for their weights; a penalty settles all but duplicates."""
    if not penalised and (told := too_many(aliased, len(columns))):
        return f"{told} Other weights would give the same predictions."
    sentences = []
    for column in aliased:
        # What counts for the weights are the columns as the model sees them, scaled or not.
        if len(column.of) == 1 and column.weights == (1.0,) and column.offset == 0.0:
            other = columns[column.of[0]].name
            same = aliasing_sentence(column, columns)
            repeats = f"“{column.name}” is the same as “{other}”."
            told = f"“{column.name}” repeats “{other}”:" if same == repeats else f"{same.removesuffix('.')}:"
            sentences.append(f"{told} they share one weight between them.")
        elif not penalised:
            told = aliasing_sentence(column, columns)
            sentences.append(f"{told} Other weights would give the same predictions.")
    more = len(sentences) - MOST_NAMED
    return " ".join([*sentences[:MOST_NAMED], *([f"So it is with {more:,} more."] if more > 0 else [])])


def _learning_rate(ended: Run, settings: TrainSettings, objective: LogLoss, prepared: Columns) -> str:
    """Say what the learning rate has to do with a cost that rose."""
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
