"""Weights of rows that make both classes count alike, as scikit-learn's ``class_weight="balanced"``."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def row_weights(y: Array, y_train: Array, *, balanced: bool) -> Array | None:
    """Weight of each row of y, (n,): n / (2 * rows of its class) among training rows; None for 1 each."""
    if not balanced:
        return None
    n, positives = len(y_train), np.count_nonzero(y_train == 1)
    weights: Array = np.where(y == 1, n / (2 * positives), n / (2 * (n - positives)))
    return weights
