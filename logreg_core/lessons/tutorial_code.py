"""Logistic regression from nothing, in short functions; the Tutorial page shows and runs them.

What is on the page is the source of these functions, read from here, and the numbers beside it are what they return.
The page shows the imports first, so that its blocks run when they are pasted one after the other; lines are short
enough (``tutorial.LONGEST_LINE``) for the narrow column they stand in. They are written to be read: the
core's own ``sigmoid`` and ``LogLoss`` are exact in the tails and faster, and a test holds that both come to the same
numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def make_points() -> tuple[Array, Array]:
    """1,000 points, and the class of each."""
    from sklearn.datasets import make_classification

    X, y = make_classification(
        n_samples=1000,
        n_features=2,
        n_informative=2,
        n_redundant=0,
        n_clusters_per_class=1,
        random_state=42,
    )
    return X, y


def keep_some_aside(X: Array, y: Array) -> Any:
    """X and y to train on, and to test on."""
    from sklearn import model_selection

    return model_selection.train_test_split(
        X,
        y,
        test_size=0.2,
        random_state=42,
    )


def sigmoid(z: Array) -> Array:
    """Any number becomes a probability."""
    return 1 / (1 + np.exp(-z))


def probability(X: Array, w: Array, b: float) -> Array:
    """A score for each point, made a probability."""
    return sigmoid(X @ w + b)


def cost(p: Array, y: Array) -> float:
    """Log loss: the mean penalty of the points."""
    if_1, if_0 = -np.log(p), -np.log(1 - p)
    return float(np.mean(y * if_1 + (1 - y) * if_0))


def gradient(X: Array, y: Array, p: Array) -> Any:
    """The slopes for the weights and the bias."""
    error = p - y
    return X.T @ error / len(y), np.mean(error)


def learn(
    X: Array,
    y: Array,
    rate: float,
    epochs: int,
) -> Any:
    """Begin at zero; each epoch is one step down."""
    weights, bias = np.zeros(X.shape[1]), 0.0
    costs = []
    for _ in range(epochs):
        p = probability(X, weights, bias)
        costs.append(cost(p, y))
        slopes, slope = gradient(X, y, p)
        weights = weights - rate * slopes
        bias = bias - rate * slope
    return weights, bias, costs


def predict(X: Array, w: Array, b: float) -> Array:
    """Class 1 from a probability of one half on."""
    p = probability(X, w, b)
    return np.where(p >= 0.5, 1, 0)


def accuracy(predicted: Array, y: Array) -> float:
    """The share that is predicted right."""
    return float(np.mean(predicted == y))


def all_together() -> dict[str, Any]:
    """The whole tutorial, from the points to the share that is right."""
    X, y = make_points()
    X_train, X_test, y_train, y_test = keep_some_aside(X, y)
    weights, bias, costs = learn(X_train, y_train, rate=0.1, epochs=1000)
    predicted = predict(X_test, weights, bias)
    return {
        "X": X,
        "y": y,
        "X_train": X_train,
        "X_test": X_test,
        "y_train": y_train,
        "y_test": y_test,
        "weights": weights,
        "bias": bias,
        "costs": costs,
        "predicted": predicted,
        "accuracy": accuracy(predicted, y_test),
    }
