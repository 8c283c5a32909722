"""Logistic regression from nothing, in short functions; the Tutorial page shows and runs them.

What is on the page is the source of these functions, read from here, and the numbers beside it are what they return.
They are written to be read: the core's own ``sigmoid`` and ``LogLoss`` are exact in the tails and faster, and a test
holds that both come to the same numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def make_points() -> tuple[Array, Array]:
    """A thousand points in two clusters; y says which of the two classes a point belongs to."""
    from sklearn.datasets import make_classification

    X, y = make_classification(
        n_samples=1000, n_features=2, n_redundant=0, n_informative=2, n_clusters_per_class=1, random_state=42
    )
    return X, y


def keep_some_aside(X: Array, y: Array) -> tuple[Array, Array, Array, Array]:
    """Four fifths of the points to learn from, one fifth to be judged on."""
    from sklearn.model_selection import train_test_split

    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)
    return X_train, X_test, y_train, y_test


def sigmoid(z: Array) -> Array:
    """Any number becomes a probability: far below 0 nearly 0, at 0 one half, far above nearly 1."""
    return 1 / (1 + np.exp(-z))


def probability(X: Array, weights: Array, bias: float) -> Array:
    """A score for each point, a weighted sum, and its probability."""
    return sigmoid(X @ weights + bias)


def cost(p: Array, y: Array) -> float:
    """Log loss: how surprised the model is by what each point turned out to be, on average."""
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def gradient(X: Array, y: Array, p: Array) -> tuple[Array, float]:
    """How the cost changes with each weight, and with the bias."""
    error = p - y
    return X.T @ error / len(y), float(np.mean(error))


def learn(X: Array, y: Array, learning_rate: float, epochs: int) -> tuple[Array, float, list[float]]:
    """Begin with nothing and take a small step downhill, again and again."""
    weights, bias, costs = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        p = probability(X, weights, bias)
        costs.append(cost(p, y))
        slope, slope_of_bias = gradient(X, y, p)
        weights = weights - learning_rate * slope
        bias = bias - learning_rate * slope_of_bias
    return weights, bias, costs


def predict(X: Array, weights: Array, bias: float) -> NDArray[np.int64]:
    """Class 1 from a probability of one half on."""
    return (probability(X, weights, bias) >= 0.5).astype(int)


def accuracy(predicted: NDArray[np.int64], y: Array) -> float:
    """The share of the points that are predicted right."""
    return float(np.mean(predicted == y))


def all_together() -> dict[str, Any]:
    """The whole tutorial, from the points to the share of them that it gets right."""
    X, y = make_points()
    X_train, X_test, y_train, y_test = keep_some_aside(X, y)
    weights, bias, costs = learn(X_train, y_train, learning_rate=0.1, epochs=1000)
    predicted = predict(X_test, weights, bias)
    parts = {"X": X, "y": y, "X_train": X_train, "X_test": X_test, "y_train": y_train, "y_test": y_test}
    found = {"weights": weights, "bias": bias, "costs": costs, "predicted": predicted}
    return parts | found | {"accuracy": accuracy(predicted, y_test)}
