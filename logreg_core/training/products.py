"""Products of the rows of X with each other and with vectors, as second derivatives are made of.

``WeightedProducts`` sums [X 1]' diag(weights) [X 1] over blocks of rows; ``RowsBothWays`` does so for a table so small
that the calls cost more than the arithmetic; ``RowsInSinglePrecision`` multiplies the Hessian by
vectors and never makes it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.row_blocks import Block

Array = NDArray[np.float64]

FEW_COLUMNS = 36
MOST_VALUES_BOTH_WAYS = 2**15


class WeightedProducts:
    """Sum over blocks of [X 1]' diag(weights) [X 1], some rows at a time, so that their copy stays in the cache.

    Of few columns the product of the rows and the weighted rows is quicker, though it computes both triangles: OpenBLAS
    has kernels of its own for small products. Of more, both factors are the rows times the roots of their weights:
    NumPy sees that they are the same array and hands them to SYRK, for one triangle.
    """

    def __init__(self, width: int) -> None:
        self._few = width <= FEW_COLUMNS
        room = min(2**15 // width, 10**6 // width**2) if self._few else 2**17 // max(1, width)
        self._rows = max(256, min(4096, room))
        self._scaled = np.empty((self._rows, width))
        self._products = np.zeros((width, width))
        self._sums = np.zeros(width + 1)

    def add(self, X: Array, weights: Array) -> None:
        """Add the rows of X, shape (k, width), with their weights, shape (k,), 0 or more."""
        for start in range(0, len(weights), self._rows):
            part, w = X[start : start + self._rows], weights[start : start + self._rows]
            scaled = self._scaled[: len(w)]
            np.multiply(part, (w if self._few else np.sqrt(w))[:, None], out=scaled)
            self._products += np.dot(scaled.T, part if self._few else scaled)
            self._sums[:-1] += w.dot(part)
            self._sums[-1] += np.add.reduce(w)

    def symmetric(self) -> Array:
        """The sum so far, a fresh array of shape (width + 1, width + 1)."""
        total = np.empty((len(self._sums), len(self._sums)))
        np.add(self._products, self._products.T, out=total[:-1, :-1])
        total[:-1, :-1] *= 0.5
        total[-1] = total[:, -1] = self._sums
        return total


class RowsInSinglePrecision:
    """X in single precision (or, if small, double), for products with the Hessian."""

    def __init__(self, blocks: list[Block], n_rows: int, n_features: int, precision: type[np.floating[Any]]) -> None:
        self.precision = precision
        self._X = np.empty((n_rows, n_features), dtype=precision)
        start = 0
        for block in blocks:
            self._X[start : start + len(block.margin)] = block.load()
            start += len(block.margin)
        self._rows = max(64, 2**20 // (self._X.itemsize * max(1, n_features)))

    def products(self, curvature: NDArray[Any], total: float, ridge: float) -> Callable[[Array], Array]:
        """Return the function ``vector -> ([X 1]' diag(curvature) [X 1] / total + ridge) vector``, (p + 1,) each."""

        def product(vector: Array) -> Array:
            coefficients, intercept = vector[:-1].astype(self.precision), self.precision(vector[-1])
            result = np.zeros(len(vector))
            slope, changes = result[:-1], np.empty(len(self._X), dtype=self.precision)
            for start in range(0, len(self._X), self._rows):
                rows, change = self._X[start : start + self._rows], changes[start : start + self._rows]
                rows.dot(coefficients, out=change)
                change += intercept
                change *= curvature[start : start + self._rows]
                slope += change.dot(rows)
            result[-1] = changes.sum(dtype=np.float64)
            result /= total
            result[:-1] += ridge * vector[:-1]
            return result

        return product


class RowsBothWays:
    """``WeightedProducts`` of one small table, kept row by row and column by column so that few calls are needed."""

    def __init__(self, X: Array) -> None:
        self._rows = np.column_stack([X, np.ones(len(X))])
        self._columns = np.ascontiguousarray(self._rows.T)
        self._weighted = np.empty_like(self._columns)

    def add(self, X: Array, weights: Array) -> None:
        """Take these weights, shape (k,), for the rows of the table, which are always the same."""
        np.multiply(self._columns, weights, out=self._weighted)

    def symmetric(self) -> Array:
        """Products with the weights taken last, a fresh array of shape (width + 1, width + 1)."""
        products: Array = self._weighted.dot(self._rows)
        products += products.T.copy()
        products *= 0.5
        return products
