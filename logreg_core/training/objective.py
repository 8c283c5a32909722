"""The objective: mean log loss over all rows, and its gradient, in one pass over X.

Parameters are one vector of length p + 1: the p coefficients, then the intercept. With s_i = +1 for rows of class 0,
-1 for rows of class 1, and the margin m_i = s_i (x_i . w + b),

    J         = mean_i log(1 + exp(m_i))
    dJ/dw     = mean_i s_i sigmoid(m_i) x_i          dJ/db = mean_i s_i sigmoid(m_i)

where ``s_i sigmoid(m_i)`` is the familiar residual ``sigmoid(z_i) - y_i``, free of its cancellation for rows that are
predicted well. Rows are taken in blocks small enough to stay in the processor's cache, so that X is read from
memory once for an evaluation and not twice. An optimiser sees only ``value_and_gradient``: where the rows live is not
its business.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.log_loss import log1pexp

Array = NDArray[np.float64]

_DENSE_AT_MOST = 256  # columns or rows up to which all eigenvalues at once are quickest
_LANCZOS_TOLERANCE = 1e-4

BLOCK_BYTES = 2**21
"""Memory of one block of rows with its working arrays: one core's second-level cache and its share of the third."""
FEWEST_BLOCK_ROWS = 128
"""Blocks of fewer rows cost more in calls than the cache gives back."""
FEWEST_ROWS_FOR_PRODUCTS = 2048
"""From here on the logarithm of products of 16 is faster than 16 logarithms."""
SMALLEST_MEAN_FOR_PRODUCTS = 0.01
"""log(1 + e) without log1p is off by up to 1e-16; relative to a mean loss above this, that is rounding."""
COLUMNS_TO_SWEEP = range(64, 1000)
"""Rows this wide come from memory faster in one sweep before the matrix product than in the product itself."""
LARGEST_EXPONENT = 700.0
"""exp of it is finite, and its share exp / (1 + exp) is 1 to the last bit, as for everything above."""

_quiet = np.errstate(over="ignore", invalid="ignore", under="ignore")
"""Parameters too large to compute with give an infinite or undefined cost: an answer, not something to warn about."""


class Objective(Protocol):
    """What an optimiser needs to know of the problem."""

    def value_and_gradient(self, parameters: Array) -> tuple[float, Array]:
        """Cost at ``parameters`` and its gradient, a fresh array of the same shape."""


class LogLoss:
    """Mean log loss of a logistic model over the rows of X.

    Parameters
    ----------
    X : float64 array of shape (n, p), C-contiguous
        Kept as it is, never copied or changed; there is no column of ones for the intercept.
    y : array of shape (n,)
        0 or 1 for each row.
    block_rows : int, optional
        Rows of a block; chosen from the width of X if left out.

    Raises
    ------
    ValueError
        X or y of another type, layout or shape, no rows, or a y that is neither 0 nor 1.

    Notes
    -----
    The working arrays are allocated once and shared by all evaluations: one instance serves one thread at a time.
    """

    def __init__(self, X: Array, y: NDArray[np.generic], *, block_rows: int | None = None) -> None:
        if X.ndim != 2 or X.dtype != np.float64 or not X.flags.c_contiguous:
            raise ValueError(f"X must be a C-contiguous float64 array of shape (n, p), got {X.dtype} {X.shape}.")
        if len(X) == 0 or y.shape != (len(X),):
            raise ValueError(f"y must have one value for each of the {len(X)} rows of X (at least one), got {y.shape}.")
        if not np.all((y == 0) | (y == 1)):
            raise ValueError("y must be 0 or 1 in every row.")
        self.n_rows: int = X.shape[0]
        self.n_features: int = X.shape[1]
        self._X = X
        signs = np.where(y == 1, -1.0, 1.0)
        self._blocks = _blocks(X, signs, block_rows or _rows_of_a_block(self.n_features))

    @_quiet
    def value(self, parameters: Array) -> float:
        """Cost at ``parameters`` (shape (p + 1,), intercept last); infinite or nan when they are too large."""
        coefficients, intercept = parameters[:-1], float(parameters[-1])
        total = 0.0
        for block in self._blocks:
            total += block.loss(coefficients, intercept)
        return total / self.n_rows

    @_quiet
    def value_and_gradient(self, parameters: Array) -> tuple[float, Array]:
        """Cost at ``parameters`` and its gradient.

        Parameters
        ----------
        parameters : float64 array of shape (p + 1,)
            [coefficients..., intercept]

        Returns
        -------
        cost : float
            Infinite or nan, without a warning, when the parameters are too large to compute with.
        gradient : float64 array of shape (p + 1,)
            A fresh array, in the order of the parameters.
        """
        coefficients, intercept = parameters[:-1], float(parameters[-1])
        gradient = np.zeros(self.n_features + 1)
        slope = gradient[:-1]
        total = 0.0
        for block in self._blocks:
            total += block.loss(coefficients, intercept)
            residual = block.residual()
            slope += residual.dot(block.X)
            gradient[-1] += np.add.reduce(residual)
        gradient /= self.n_rows
        return total / self.n_rows, gradient

    @_quiet
    def largest_curvature(self) -> float:
        """Upper bound on the curvature of J in any direction, at any parameters.

        The Hessian is [X 1]' D [X 1] / n with D between 0 and 1/4, so its largest eigenvalue is at most
        L = largest eigenvalue of [X 1]'[X 1] / n, over 4 (Boehning and Lindsay 1988). Infinite when X is too large to
        be squared.
        """
        if min(self.n_features, self.n_rows) > _DENSE_AT_MOST:
            return self._largest_eigenvalue_by_products() / self.n_rows / 4.0
        products = self._products_of_columns() if self.n_features < self.n_rows else self._products_of_rows()
        if not np.all(np.isfinite(products)):
            return float("inf")
        return float(np.linalg.eigvalsh(products)[-1]) / self.n_rows / 4.0

    def safe_learning_rate(self) -> float:
        """2 / L: with any learning rate below it, every step of gradient descent lowers the cost."""
        return 2.0 / self.largest_curvature()

    def _largest_eigenvalue_by_products(self) -> float:
        """Largest eigenvalue of [X 1]'[X 1] by Lanczos: some tens of products with X, never a p x p matrix."""
        from scipy.sparse.linalg import LinearOperator, eigsh

        def times(v: Array) -> Array:
            v = np.ravel(v)
            scores = np.dot(self._X, v[:-1]) + v[-1]
            return np.append(np.dot(scores, self._X), scores.sum())

        size = self.n_features + 1
        start = np.ones(size)
        if not np.all(np.isfinite(times(start))):
            return float("inf")
        operator = LinearOperator((size, size), matvec=times, dtype=np.float64)
        found = eigsh(operator, k=1, which="LA", tol=_LANCZOS_TOLERANCE, v0=start, return_eigenvectors=False)
        # Lanczos comes from below: what it may lack is added, so that the bound stays a bound.
        return float(found[0]) * (1.0 + _LANCZOS_TOLERANCE)

    def _products_of_columns(self) -> Array:
        """[X 1]'[X 1], of shape (p + 1, p + 1)."""
        p = self.n_features
        products = np.zeros((p + 1, p + 1))
        for block in self._blocks:
            products[:p, :p] += np.dot(block.X.T, block.X)
            products[p, :p] += block.X.sum(axis=0)
        products[:p, p] = products[p, :p]
        products[p, p] = self.n_rows
        return products

    def _products_of_rows(self) -> Array:
        """[X 1][X 1]', of shape (n, n): the same largest eigenvalue, smaller when X is wide."""
        products: Array = np.dot(self._X, self._X.T) + 1.0
        return products


@dataclass(frozen=True, eq=False, slots=True)
class _Block:
    """Some rows of X with their signs s, and working arrays for the margins m, exp(m), and 1 + exp(m).

    The fast path works with exp(m) itself, whose share exp(m) / (1 + exp(m)) is exact until exp overflows at 709. The
    sum of logarithms, taken of products of 16, is exact unless it is small or overflows; then each is taken by itself,
    and if that overflows too, in the form that holds everywhere.
    """

    X: Array
    signs: Array
    margin: Array
    odds: Array
    one_plus: Array
    factors: Array | None
    """``one_plus``, filled up with ones, as 16 rows; None for a block too small to gain from it."""
    sweep: Array | None
    """All of X as one vector, to be read once before its first product; None where that gains nothing."""

    def loss(self, coefficients: Array, intercept: float) -> float:
        """Sum of the log loss over these rows."""
        margin, odds, one_plus = self.margin, self.odds, self.one_plus
        if self.sweep is not None:
            self.sweep.dot(self.sweep)
        self.X.dot(coefficients, out=margin)
        margin += intercept
        margin *= self.signs
        np.exp(margin, out=odds)
        np.add(odds, 1.0, out=one_plus)
        products = one_plus if self.factors is None else np.multiply.reduce(self.factors)
        total = float(np.add.reduce(np.log(products)))
        if SMALLEST_MEAN_FOR_PRODUCTS * len(margin) <= total < inf:
            return total
        total = float(np.add.reduce(np.log1p(odds)))
        if isfinite(total):
            return total
        np.exp(np.minimum(margin, LARGEST_EXPONENT), out=odds)
        np.add(odds, 1.0, out=one_plus)
        return float(np.add.reduce(log1pexp(margin)))

    def residual(self) -> Array:
        """s sigmoid(m), once after each ``loss``; valid until the next."""
        residual = np.divide(self.odds, self.one_plus, out=self.odds)
        residual *= self.signs
        return residual


def _blocks(X: Array, signs: Array, rows: int) -> list[_Block]:
    """Cut X into blocks that share working arrays; the last, if shorter, has its own."""
    n = len(X)
    rows = min(rows, n)
    shared = _working_arrays(rows)
    sweep = X.shape[1] in COLUMNS_TO_SWEEP and rows < n
    blocks = []
    for start in range(0, n, rows):
        part = X[start : start + rows]
        arrays = shared if len(part) == rows else _working_arrays(len(part))
        blocks.append(_Block(part, signs[start : start + rows], *arrays, part.reshape(-1) if sweep else None))
    return blocks


def _working_arrays(rows: int) -> tuple[Array, Array, Array, Array | None]:
    margin, odds = np.empty((2, rows))
    one_plus = np.ones(-(-rows // 16) * 16)
    factors = one_plus.reshape(16, -1) if rows >= FEWEST_ROWS_FOR_PRODUCTS else None
    return margin, odds, one_plus[:rows], factors


def _rows_of_a_block(n_features: int) -> int:
    bytes_of_a_row = 8 * (n_features + 4)  # a row of X, its sign and three working arrays
    return max(FEWEST_BLOCK_ROWS, BLOCK_BYTES // bytes_of_a_row)
