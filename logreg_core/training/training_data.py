"""What training takes in and reports: rows with the names of their columns, and where a run is."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from logreg_core.errors import TrainingError
from logreg_core.training.ending import Columns

Array = NDArray[np.float64]


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


def check_training_rows(prepared: TrainingData) -> None:
    """Raise TrainingError for rows that nothing can be learned from: none, of one class, or not finite."""
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
