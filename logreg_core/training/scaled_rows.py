"""The rows of X in centred, scaled columns, made block by block: what the verdicts on columns look at.

    z_ij = (x_ij - c_j) / s_j        with a column of ones for the intercept, last

The centre c_j is about the mean and the scale s_j about the standard deviation, both from a sample of rows unless that
says nothing; the scale is a power of 2, so that dividing rounds nothing. Verdicts do not depend on where a column lies
or how large it is; arithmetic does.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
RowNumbers = NDArray[np.intp]

BLOCK_BYTES = 2**20
FEWEST_BLOCK_ROWS = 256
SAMPLE_ROWS = 1024
CONSTANT = 4 * float(np.finfo(np.float64).eps)
"""Values that differ by less, relative to their size, are the same value after rounding."""


class ScaledRows:
    """X with a column of ones, in centred, scaled columns; never a copy of the whole.

    Parameters
    ----------
    X : float64 array of shape (n, p)

    Attributes
    ----------
    center, scale : array of shape (p,)
        Of a column whose values are all equal, the scale is 1.
    constant : bool array of shape (p,)
        Columns whose values differ by rounding at most.
    """

    def __init__(self, X: Array) -> None:
        self.X = X
        self.n_rows, self.n_features = X.shape
        self._block_rows = max(FEWEST_BLOCK_ROWS, BLOCK_BYTES // (8 * (self.n_features + 1)))
        sample = X[:: max(1, self.n_rows // SAMPLE_ROWS)]
        self.center: Array = X[0] + (sample - X[0]).mean(axis=0)
        spread = _spread(sample, self.center)
        self.constant: NDArray[np.bool_] = np.zeros(self.n_features, dtype=np.bool_)
        for j in np.flatnonzero(spread <= CONSTANT * np.abs(sample).max(axis=0)):  # rare values are in no sample
            column = X[:, j]
            self.constant[j] = np.ptp(column) <= CONSTANT * np.abs(column).max()
            self.center[j] = X[0, j] if self.constant[j] else X[0, j] + (column - X[0, j]).mean()
            spread[j] = 0.0 if self.constant[j] else _spread(X[:, [j]], self.center[[j]])[0]
        usable = spread > 0
        self.scale: Array = np.where(usable, 2.0 ** np.rint(np.log2(np.where(usable, spread, 1.0))), 1.0)

    def blocks(self) -> Iterator[tuple[slice, Array]]:
        """Yield the rows of each block and their values, a fresh array of shape (k, p + 1)."""
        for start in range(0, self.n_rows, self._block_rows):
            rows = slice(start, min(start + self._block_rows, self.n_rows))
            yield rows, self._scaled(self.X[rows])

    def take(self, rows: RowNumbers) -> Array:
        """Values of these rows, shape (k, p + 1)."""
        return self._scaled(self.X[rows])

    def _scaled(self, part: Array) -> Array:
        values = np.empty((len(part), self.n_features + 1))
        np.subtract(part, self.center, out=values[:, :-1])
        values[:, :-1] /= self.scale
        values[:, :-1][:, self.constant] = 0.0
        values[:, -1] = 1.0
        return values

    def outward(self, direction: Array) -> Array:
        """Return [coefficients..., intercept] in the columns of X, from those in scaled columns; shape (p + 1,)."""
        coefficients = direction[:-1] / self.scale
        return np.append(coefficients, direction[-1] - coefficients @ self.center)

    def inward(self, parameters: Array) -> Array:
        """Return [coefficients..., intercept] in scaled columns, from those in the columns of X; shape (p + 1,)."""
        return np.append(parameters[:-1] * self.scale, parameters[-1] + parameters[:-1] @ self.center)


def _spread(values: Array, center: Array) -> Array:
    """Root mean square distance from the centre of each column, safe from overflow; shape (p,)."""
    distance = np.abs(values - center)
    largest = distance.max(axis=0)
    shares = distance / np.where(largest > 0, largest, 1.0)
    spread: Array = largest * np.sqrt(np.square(shares).mean(axis=0))
    return spread
