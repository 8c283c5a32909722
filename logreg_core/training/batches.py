"""Rows in small batches, in another order each epoch: the gradients of mini-batch descent.

Each epoch takes every row exactly once. Its order is drawn from the seed and the epoch's number alone, so an epoch can
be repeated without those before it. With weights v_i scaled to a mean of 1, the gradient of a batch B,

    1/|B| sum_B v_i (sigmoid(z_i) - y_i) [x_i, 1]  +  alpha [w, 0],

is right on average. At a constant learning rate the descent ends up wandering about the lowest point, the closer the
smaller the rate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
RowNumbers = NDArray[np.intp]

_quiet = np.errstate(over="ignore", invalid="ignore", under="ignore")


class RowBatches:
    """Batches of the rows of X, drawn anew each epoch.

    Parameters
    ----------
    X : float64 array of shape (n, p)
        Never copied as a whole.
    y : array of shape (n,)
        0 or 1 for each row.
    batch_size : int
        Rows of a batch, at least 1; the batches of an epoch differ by at most one row.
    seed : int
        0 or more.
    sample_weight : array of shape (n,), optional
        0 or more; 1 for each row if left out.
    alpha : float
        Strength of the ridge penalty alpha / 2 |w|^2.
    """

    def __init__(
        self,
        X: Array,
        y: NDArray[np.generic],
        batch_size: int,
        *,
        seed: int = 0,
        sample_weight: Array | None = None,
        alpha: float = 0.0,
    ) -> None:
        self.n_batches: int = max(1, -(-len(X) // batch_size))
        self._X = X
        self._signs = np.where(y == 1, -1.0, 1.0)
        self._weights = None if sample_weight is None else sample_weight / np.mean(sample_weight)
        self._seed = seed
        self._alpha = alpha

    def gradients(self, epoch: int) -> Iterator[Callable[[Array], Array]]:
        """For each batch of this epoch, the function from parameters to its gradient, both of shape (p + 1,)."""
        order = np.random.default_rng([self._seed, epoch]).permutation(len(self._X))
        for rows in np.array_split(order, self.n_batches):
            yield partial(self._gradient, rows)

    @_quiet
    def _gradient(self, rows: RowNumbers, parameters: Array) -> Array:
        X, signs = self._X[rows], self._signs[rows]
        margins = signs * (X.dot(parameters[:-1]) + parameters[-1])
        residual = signs / (1.0 + np.exp(-margins))
        if self._weights is not None:
            residual *= self._weights[rows]
        gradient = np.append(residual.dot(X), residual.sum()) / len(rows)
        if self._alpha:
            gradient[:-1] += self._alpha * parameters[:-1]
        return gradient
