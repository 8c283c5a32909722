"""Small worked cases for the tests of evaluation and charts: data prepared by hand and models with known weights."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
import pandas as pd

from logreg_core.training.log_loss import sigmoid

# Weights and bias after 1000 epochs of the tutorial at a learning rate of 0.1, to six digits.
TUTORIAL_WEIGHTS = np.array([-0.253187, 3.229442])
TUTORIAL_BIAS = 0.631114


@dataclass(frozen=True)
class LinearModel:
    coefficients: np.ndarray
    intercept: float
    fingerprint: str = "model"
    history: object = None
    final_cost: float = float("nan")
    test_epochs: np.ndarray = field(default_factory=lambda: np.empty(0))
    test_cost: np.ndarray = field(default_factory=lambda: np.empty(0))

    def scores(self, X):
        return X @ self.coefficients + self.intercept

    def probabilities(self, X):
        return sigmoid(self.scores(X))


@dataclass(frozen=True, eq=False)
class HandPrepared:
    """Numbers as they are, then one column for each level but the first of each category."""

    X_train: np.ndarray
    X_test: np.ndarray
    y_train: np.ndarray
    y_test: np.ndarray
    rows_train: np.ndarray
    rows_test: np.ndarray
    numbers: tuple[str, ...]
    categories: tuple[str, ...] = ()
    level_names: dict = field(default_factory=dict)
    target: str = "churned"
    positive: str = "yes"
    negative: str = "no"
    fingerprint: str = "prepared"

    @property
    def features(self):
        return (*self.numbers, *self.categories)

    @property
    def feature_names(self):
        return (*self.numbers, *(f"{c} = {level}" for c in self.categories for level in self.level_names[c][1:]))

    @property
    def design(self):
        return self

    def transform(self, frame):
        blocks = [frame[c].to_numpy(dtype=float, na_value=np.nan) for c in self.numbers]
        blocks += [
            (frame[c].astype(str) == level).to_numpy(dtype=float)
            for c in self.categories
            for level in self.level_names[c][1:]
        ]
        return np.column_stack(blocks)


def tutorial():
    """The tutorial's table, its split and the model it ends with."""
    from sklearn.datasets import make_classification
    from sklearn.model_selection import train_test_split

    X, y = make_classification(
        n_samples=1000, n_features=2, n_redundant=0, n_informative=2, n_clusters_per_class=1, random_state=42
    )
    rows_train, rows_test = train_test_split(np.arange(1000), test_size=0.2, random_state=42)
    frame = pd.DataFrame({"feature 1": X[:, 0], "feature 2": X[:, 1], "class": y})
    prepared = HandPrepared(
        X[rows_train],
        X[rows_test],
        y[rows_train].astype(float),
        y[rows_test].astype(float),
        rows_train,
        rows_test,
        ("feature 1", "feature 2"),
        target="class",
        positive="1",
        negative="0",
    )
    return frame, prepared, LinearModel(TUTORIAL_WEIGHTS, TUTORIAL_BIAS)


def churn(rows=6000, seed=1):
    """A made-up table of numbers and categories with missing values, and the model that made its target."""
    rng = np.random.default_rng(seed)
    contract = rng.choice(["month-to-month", "one year", "two years"], rows, p=[0.55, 0.25, 0.2])
    frame = pd.DataFrame(
        {
            "age": rng.normal(41, 12, rows).round(),
            "tenure": rng.gamma(2, 15, rows).round(),
            "charge": rng.normal(70, 20, rows).round(2),
            "contract": contract,
        }
    )
    level_names = {"contract": ("month-to-month", "one year", "two years")}
    model = LinearModel(np.array([0.01, -0.05, 0.03, -1.0, -2.0]), -3.4, history=SimpleNamespace(cost=np.empty(0)))
    split = rng.permutation(rows)
    rows_train, rows_test = split[: rows * 4 // 5], split[rows * 4 // 5 :]
    numbers, categories = ("age", "tenure", "charge"), ("contract",)
    stub = HandPrepared(*[np.empty(0)] * 6, numbers, categories, level_names)
    X = stub.transform(frame)
    y = (rng.random(rows) < model.probabilities(X)).astype(float)
    frame["churned"] = np.where(y == 1, "yes", "no")
    prepared = HandPrepared(
        X[rows_train],
        X[rows_test],
        y[rows_train],
        y[rows_test],
        rows_train,
        rows_test,
        numbers,
        categories,
        level_names,
    )
    return frame, prepared, model
