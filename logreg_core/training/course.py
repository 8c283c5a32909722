"""The ground that the laboratory's descents run on: rows, their weights and a penalty, together one objective.

Of a large table it takes a sample, each class in proportion, so that whatever is tried out answers within a second; who
shows numbers of it says so (``is_sample``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.training.blas import one_blas_thread
from logreg_core.training.class_weights import row_weights
from logreg_core.training.objective import LogLoss
from logreg_core.training.optimum import Optimum, exact_optimum
from logreg_core.training.penalty import Penalty
from logreg_core.training.settings import TrainSettings
from logreg_core.training.status import Status

Array = NDArray[np.float64]

MOST_CELLS = 1_000_000
MOST_CELLS_OF_A_RATE = 10_000_000
"""Rows times columns of which the safe learning rate is known within a second."""
FEWEST_ROWS = 2_000
FEWEST_ROWS_OF_MANY_COLUMNS = 500
MOST_COLUMNS = 600
"""Of which the optimum is looked for: more take long."""


class Rows(Protocol):
    """Training rows as prepared data has them."""

    @property
    def X_train(self) -> Array:  # noqa: N802 - the field's name
        """Shape (n, p)."""

    @property
    def y_train(self) -> Array:
        """Shape (n,), 0 or 1."""

    @property
    def feature_names(self) -> tuple[str, ...]:
        """Names of the columns of X."""


@dataclass(frozen=True, eq=False)
class Course:
    """An objective with the rows it is made from.

    Attributes
    ----------
    X : array of shape (n, p)
    y : array of shape (n,)
    feature_names : tuple of p str
    sample_weight : array of shape (n,) or None
    penalty : Penalty
    n_in_all : int
        Training rows there are; more than n if the course is a sample of them.
    known_optimum : Optimum, optional
        Where the cost of these rows is lowest, if that was found before.
    all_rows : LogLoss, optional
        The smooth part of all training rows, of a sample whose safe learning rate is to be that of all of them.
    """

    X: Array
    y: Array
    feature_names: tuple[str, ...]
    sample_weight: Array | None
    penalty: Penalty
    n_in_all: int
    known_optimum: Optimum | None = None
    all_rows: LogLoss | None = None

    @property
    def is_sample(self) -> bool:
        """Whether there are more training rows than these."""
        return len(self.y) < self.n_in_all

    @cached_property
    def objective(self) -> LogLoss:
        """The smooth part: everything but a lasso."""
        return LogLoss(self.X, self.y, sample_weight=self.sample_weight, ridge=self.penalty.ridge)

    @cached_property
    def optimum(self) -> Optimum | None:
        """Where the cost is lowest; None where that cannot be told, or would take long."""
        if self.known_optimum is not None or self.X.shape[1] > MOST_COLUMNS:
            return self.known_optimum
        try:
            return exact_optimum(
                self.X, self.y, self.feature_names, penalty=self.penalty, sample_weight=self.sample_weight
            )
        except np.linalg.LinAlgError:  # no curvature left to measure by
            return None

    @property
    def has_end(self) -> bool:
        """Whether there is a lowest point, and it is known."""
        return self.optimum is not None and self.optimum.status is not Status.SEPARATED

    @cached_property
    def safe_rate(self) -> float:
        """2 / L: below it every step of plain descent lowers the cost; of all training rows where they are known."""
        with one_blas_thread:
            return (self.all_rows or self.objective).safe_learning_rate()

    def cost(self, parameters: ArrayLike) -> float:
        """The cost at [coefficients..., intercept], shape (p + 1,), penalty included."""
        at = np.array(parameters, dtype=np.float64)
        return self.objective.value(at) + self.penalty.lasso * float(np.abs(at[:-1]).sum())


def course_of(
    rows: Rows, settings: TrainSettings, *, most_cells: int = MOST_CELLS, seed: int = 0, optimum: Optimum | None = None
) -> Course:
    """Return the course that a run with these settings is on; Firth's correction is left out of it.

    Parameters
    ----------
    rows : Rows
    settings : TrainSettings
        Penalty and class weights are taken from it.
    most_cells : int
        Values (rows times columns and the bias) of the course. Of more rows a sample is drawn: at least 2,000, and at
        least 500 of more columns than the optimum is looked for of.
    seed : int
        For that draw.
    optimum : Optimum, optional
        Of all rows, if it is known; a sample has one of its own.
    """
    chosen = rows_of_course(rows, most_cells=most_cells, seed=seed)
    whole = len(chosen) == len(rows.y_train)
    X = rows.X_train if whole else np.ascontiguousarray(rows.X_train[chosen])
    y = rows.y_train[chosen]
    penalty = Penalty(settings.alpha, settings.l1_ratio)
    all_rows = None
    if not whole and rows.X_train.size <= MOST_CELLS_OF_A_RATE:
        weights = row_weights(rows.y_train, rows.y_train, balanced=settings.balanced)
        all_rows = LogLoss(rows.X_train, rows.y_train, sample_weight=weights, ridge=penalty.ridge)
    return Course(
        X,
        y,
        tuple(rows.feature_names),
        row_weights(y, y, balanced=settings.balanced),
        penalty,
        len(rows.y_train),
        optimum if whole else None,
        all_rows,
    )


def course_on(X: Array, course: Course, feature_names: Sequence[str]) -> Course:
    """Return the same rows, weights and penalty with other columns X of shape (n, k)."""
    return Course(
        np.ascontiguousarray(X, dtype=np.float64),
        course.y,
        tuple(feature_names),
        course.sample_weight,
        course.penalty,
        course.n_in_all,
    )


def part_of(course: Course, n: int, *, seed: int = 0) -> tuple[Course, NDArray[np.intp]]:
    """Return the course of at most about n of its rows, and which these are."""
    chosen = _sample(course.y, n, seed)
    weights = None if course.sample_weight is None else course.sample_weight[chosen]
    X = np.ascontiguousarray(course.X[chosen])
    return Course(X, course.y[chosen], course.feature_names, weights, course.penalty, course.n_in_all), chosen


def rows_of_course(rows: Rows, *, most_cells: int = MOST_CELLS, seed: int = 0) -> NDArray[np.intp]:
    """Positions, among the training rows, of those that ``course_of`` is made of."""
    columns = rows.X_train.shape[1] + 1
    fewest = FEWEST_ROWS if columns <= MOST_COLUMNS else FEWEST_ROWS_OF_MANY_COLUMNS
    return _sample(rows.y_train, max(fewest, most_cells // columns), seed)


def _sample(y: Array, most: int, seed: int) -> NDArray[np.intp]:
    """Positions of at most about ``most`` rows, in order, of each class its share and at least ten if it has them."""
    if len(y) <= most:
        return np.arange(len(y))
    rng = np.random.default_rng(seed)
    parts = []
    for label in (0, 1):
        of_class = np.flatnonzero(y == label)
        wanted = min(len(of_class), max(10, round(most * len(of_class) / len(y))))
        parts.append(rng.choice(of_class, wanted, replace=False))
    return np.sort(np.concatenate(parts))
