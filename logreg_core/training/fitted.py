"""What training results in: weights in the user's feature names, how the run went, and what it was made from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from logreg_core.training.history import Epochs, History
from logreg_core.training.log_loss import sigmoid
from logreg_core.training.settings import TrainSettings
from logreg_core.training.status import Status

Array = NDArray[np.float64]

BIAS = "(bias)"


@dataclass(frozen=True, eq=False)
class FittedModel:
    """A trained model, with the run that made it.

    Attributes
    ----------
    coefficients : array of shape (p,)
        Change of the log-odds for one unit of each model column.
    intercept : float
        The bias: log-odds where every column is 0.
    feature_names : tuple of p str
    status : Status
        How the run ended; its value is a sentence to show.
    reason : str
        What the columns have to do with it, by name: those that separate the classes, those that repeat others; why
        the cost rose, if it did, with the learning rate that would have been safe. Empty where there is nothing to say.
    history : History
        ``history.cost[k]`` is the objective before update k; there are ``n_iter`` of them.
    loss_epochs : int array of shape (k,)
        Number of updates behind each loss, rising, at most 500; 0 and ``n_iter`` are always there.
    train_loss : array of shape (k,)
        Mean log loss of the training rows at those moments, without a penalty: what ``test_cost`` compares with.
    test_epochs : int array
        ``loss_epochs`` again; empty without test rows.
    test_cost : array of shape (k,)
        Mean log loss of the test rows at those moments, without a penalty; each class weighs as it does in training.
    settings : TrainSettings
    trained_on : str
        Fingerprint of the prepared data.
    n_iter : int
        Updates that led to these weights.
    seconds : float
        Computing time, without the time spent in ``watch``.
    final_cost : float
        The objective at these weights: mean log loss of the training rows, weighted if the settings say "balanced",
        and the penalty, if any.
    solver : str
        What ran: one of ``OPTIMISERS`` or of ``EXACT_SOLVERS``, by name also when "auto" was asked for; or "firth".
    endless : tuple of int
        Columns that separate the classes: their weights have no end, and these are where the run happened to stop.
    """

    coefficients: Array
    intercept: float
    feature_names: tuple[str, ...]
    status: Status
    reason: str
    history: History
    loss_epochs: Epochs
    train_loss: Array
    test_epochs: Epochs
    test_cost: Array
    settings: TrainSettings
    trained_on: str
    n_iter: int
    seconds: float
    final_cost: float
    solver: str
    endless: tuple[int, ...] = ()

    @property
    def start_cost(self) -> float:
        """The objective before the first update."""
        return float(self.history.cost[0]) if len(self.history.cost) else self.final_cost

    @property
    def fingerprint(self) -> str:
        """Hexadecimal SHA-256 of the data, the settings and the number of updates: together they decide the weights."""
        made_from = f"{self.trained_on} {self.settings.fingerprint()} {self.n_iter}"
        return hashlib.sha256(made_from.encode()).hexdigest()

    def scores(self, X: ArrayLike) -> Array:
        """Linear predictor (log-odds) of each row of X, shape (n, p) -> (n,)."""
        X = np.asarray(X, dtype=np.float64)
        if X.ndim != 2 or X.shape[1] != len(self.coefficients):
            raise ValueError(f"X must have {len(self.coefficients)} columns, got an array of shape {X.shape}.")
        return X @ self.coefficients + self.intercept

    def probabilities(self, X: ArrayLike) -> Array:
        """Probability of the positive class for each row of X, shape (n, p) -> (n,)."""
        return sigmoid(self.scores(X))

    def weights(self) -> pd.DataFrame:
        """One row for each feature and a last one for the bias; columns "feature" and "weight"."""
        return pd.DataFrame(
            {"feature": [*self.feature_names, BIAS], "weight": [*self.coefficients.tolist(), self.intercept]}
        )

    def odds_ratios(self) -> Array:
        """By what one unit more of each column multiplies the odds: exp(weight), shape (p,); infinite beyond 1e308."""
        with np.errstate(over="ignore"):
            return np.exp(self.coefficients)
