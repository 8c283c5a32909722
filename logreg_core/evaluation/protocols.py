"""What this room asks of a trained model and of prepared data, as structural types.

Anything with these members will do; the rooms that make them need not be imported.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Scorer(Protocol):
    """A model that gives a linear predictor for each row of a design matrix."""

    @property
    def fingerprint(self) -> str:
        """Identifies the model and the data that made it."""
        ...

    def scores(self, X: Floats, /) -> Floats:
        """Linear predictor ``z = X w + b`` of shape (n,) for a design matrix ``X`` of shape (n, p)."""
        ...


class DesignMatrix(Protocol):
    """The way from feature columns to the numbers a model sees."""

    def transform(self, frame: pd.DataFrame, /) -> Floats:
        """Design matrix of shape (n, p) for a frame that holds the feature columns, repaired as the recipe says."""
        ...


class PreparedData(Protocol):
    """Design matrices of the training and the test rows, and how they came from the user's columns."""

    @property
    def X_train(self) -> Floats:  # noqa: N802 - the field's name
        """Shape (n_train, p)."""
        ...

    @property
    def X_test(self) -> Floats:  # noqa: N802
        """Shape (n_test, p)."""
        ...

    @property
    def y_train(self) -> Floats:
        """Shape (n_train,), 1 where the row is positive, else 0."""
        ...

    @property
    def y_test(self) -> Floats:
        """Shape (n_test,), 1 where the row is positive, else 0."""
        ...

    @property
    def rows_train(self) -> NDArray[np.integer]:
        """Positions of the training rows in the table's frame."""
        ...

    @property
    def rows_test(self) -> NDArray[np.integer]:
        """Positions of the test rows in the table's frame."""
        ...

    @property
    def target(self) -> str:
        """Name of the predicted column."""
        ...

    @property
    def positive(self) -> str:
        """Name of the class that is predicted."""
        ...

    @property
    def negative(self) -> str:
        """Name of the other class."""
        ...

    @property
    def features(self) -> tuple[str, ...]:
        """The columns that the model sees, named as they are after the recipe's steps."""
        ...

    @property
    def numbers(self) -> tuple[str, ...]:
        """Those of ``features`` that are numbers; the rest are categories."""
        ...

    @property
    def design(self) -> DesignMatrix:
        """From feature columns to the design matrix."""
        ...


class TrainedModel(Scorer, Protocol):
    """A model with the losses on its way; see ``logreg_core.training.FittedModel``."""

    @property
    def n_iter(self) -> int:
        """Updates that led to it."""
        ...

    @property
    def loss_epochs(self) -> NDArray[np.int64]:
        """Epochs at which the losses are known, shape (k,); 0 and ``n_iter`` are there."""
        ...

    @property
    def train_loss(self) -> Floats:
        """Log loss of the training rows then, shape (k,)."""
        ...

    @property
    def test_cost(self) -> Floats:
        """Log loss of the test rows then, shape (k,); empty without test rows."""
        ...


class _Settings(Protocol):
    @property
    def max_iter(self) -> int: ...

    @property
    def balanced(self) -> bool: ...

    @property
    def has_penalty(self) -> bool: ...


class WalkedDescent(Protocol):
    """A descent that can be looked back at; see ``logreg_core.training.Walk``."""

    @property
    def settings(self) -> _Settings:
        """How many epochs it may have, and what its cost is made of."""
        ...

    @property
    def gradient_norm(self) -> Floats:
        """Largest absolute entry of the gradient at each epoch so far."""
        ...

    def parameters(self, epochs: NDArray[np.int64], /) -> Floats:
        """[coefficients..., intercept] at these rising epochs, shape (k, p + 1)."""
        ...
