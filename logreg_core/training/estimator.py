"""Logistic regression as a scikit-learn estimator, for code: pipelines, cross-validation, scripts.

The app does not come through here but through ``train``; both run the same objective, optimiser and loop.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import check_is_fitted, validate_data

from logreg_core.errors import TrainingError
from logreg_core.training.blas import one_blas_thread
from logreg_core.training.log_loss import sigmoid
from logreg_core.training.objective import LogLoss
from logreg_core.training.optimisers import DescentState, gradient_descent
from logreg_core.training.run import run
from logreg_core.training.settings import TrainSettings

Array = NDArray[np.float64]

SOLVERS = ("gradient_descent",)


class LogisticRegression(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Binary logistic regression without a penalty, trained from zero.

    Parameters
    ----------
    solver : {"gradient_descent"}
        Full-batch gradient descent.
    learning_rate : float
        Above 0; every step lowers the cost when it is below ``LogLoss(X, y).safe_learning_rate()``.
    max_iter : int
        Most epochs; exactly as many updates are made unless the run converges, diverges or is stopped.
    tol : float
        Converged when no entry of the gradient of the mean log loss is larger than this in absolute value.

    Attributes
    ----------
    classes_ : array of shape (2,)
        The positive class is the second.
    coef_ : array of shape (1, n_features)
    intercept_ : array of shape (1,)
    n_iter_ : int array of shape (1,)
        Updates made.
    n_features_in_ : int
    feature_names_in_ : array of shape (n_features,)
        Only when X had column names.
    history_ : History
        ``history_.cost[k]`` is the cost before update k.
    status_ : Status
        How the run ended; no warning is given besides.
    """

    def __init__(
        self, solver: str = "gradient_descent", *, learning_rate: float = 0.1, max_iter: int = 1000, tol: float = 1e-8
    ) -> None:
        self.solver = solver
        self.learning_rate = learning_rate
        self.max_iter = max_iter
        self.tol = tol

    def fit(
        self, X: ArrayLike, y: ArrayLike, watch: Callable[[DescentState], bool | None] | None = None
    ) -> LogisticRegression:
        """Train on X of shape (n, n_features) and y of shape (n,) with two classes, of any type.

        ``watch`` is called with every state, the start included; True stops the run and keeps what was reached.

        Raises
        ------
        TrainingError
            A parameter out of its range.
        ValueError
            X or y that cannot be trained on, in scikit-learn's words.
        """
        if self.solver not in SOLVERS:
            raise TrainingError(f"There is no solver {self.solver!r}.", remedy=f"Choose one of: {', '.join(SOLVERS)}.")
        settings = TrainSettings(self.learning_rate, self.max_iter, self.tol)
        settings.validate()
        rows, targets = validate_data(self, X, y, dtype=np.float64, order="C")
        self.classes_, encoded = _two_classes(targets)
        objective = LogLoss(rows, encoded)
        states = gradient_descent(objective, np.zeros(objective.n_features + 1), settings.learning_rate)
        with one_blas_thread:
            ended = run(states, max_iter=settings.max_iter, tol=settings.tol, watch=watch)
        self.coef_ = ended.parameters[None, :-1].copy()
        self.intercept_ = ended.parameters[-1:].copy()
        self.n_iter_ = np.array([ended.n_iter], dtype=np.int32)
        self.history_ = ended.history
        self.status_ = ended.status
        return self

    def decision_function(self, X: ArrayLike) -> Array:
        """Linear predictor (log-odds) of ``classes_[1]``, shape (n,)."""
        check_is_fitted(self)
        rows = validate_data(self, X, dtype=np.float64, reset=False)
        scores: Array = rows @ self.coef_[0] + self.intercept_[0]
        return scores

    def predict_proba(self, X: ArrayLike) -> Array:
        """Probability of each class in the order of ``classes_``, shape (n, 2)."""
        scores = self.decision_function(X)
        return np.column_stack([sigmoid(-scores), sigmoid(scores)])

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """Return ``classes_[1]`` where its probability is at least one half, shape (n,)."""
        positive = sigmoid(self.decision_function(X)) >= 0.5
        predicted: NDArray[Any] = self.classes_[positive.astype(np.intp)]
        return predicted

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags


def _two_classes(y: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """Return the two classes in sorted order, and y as 0 and 1."""
    check_classification_targets(y)
    kind = type_of_target(y, input_name="y", raise_unknown=True)
    if kind != "binary":
        raise ValueError(f"Only binary classification is supported. The type of the target is {kind}.")
    classes, encoded = np.unique(y, return_inverse=True)
    if len(classes) < 2:
        raise ValueError(
            "This solver needs samples of at least 2 classes in the data, but the data contains only one class: "
            f"{classes[0]}"
        )
    return classes, encoded
