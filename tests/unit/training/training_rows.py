"""Rows to train on: the members that ``train`` asks of prepared data, and draws from a logistic model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from logreg_core.features.design import DesignColumn


@dataclass(frozen=True)
class Rows:
    """The members that ``train`` asks of prepared data."""

    X_train: NDArray[np.float64]
    y_train: NDArray[np.float64]
    X_test: NDArray[np.float64]
    y_test: NDArray[np.float64]
    feature_names: tuple[str, ...]
    fingerprint: str = "by hand"
    target: str = "class"
    positive: str = "1"
    negative: str = "0"
    units: tuple[tuple[float, float], ...] | None = None

    @property
    def columns(self) -> tuple[DesignColumn, ...]:
        units = self.units or ((0.0, 1.0),) * len(self.feature_names)
        return tuple(
            DesignColumn(name, name, "", units=each) for name, each in zip(self.feature_names, units, strict=True)
        )


def logistic_rows(
    n: int, p: int, *, seed: int = 0, size: float = 1.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Rows drawn from a logistic model with coefficients of ``size``; both classes are there."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p))
    z = X @ rng.normal(scale=size, size=p) + 0.3
    y = (rng.random(n) < 1 / (1 + np.exp(-z))).astype(float)
    y[:2] = 0.0, 1.0
    return X, y
