"""Blocks of rows: the log loss, its residuals and its curvature while the rows are in the processor's cache.

With s_i = +1 for rows of class 0 and -1 for rows of class 1, z_i = x_i . w + b and the margin m_i = s_i z_i,

    loss_i      = log(1 + exp(m_i))
    residual_i  = d loss_i / d z_i     = s_i sigmoid(m_i)
    curvature_i = d2 loss_i / d z_i^2  = sigmoid(m_i) (1 - sigmoid(m_i)) = exp(m_i) / (1 + exp(m_i))^2

each times the weight of its row. Columns whose mean is far from 0 for their spread are taken relative to a reference
point: ``x_i`` above is then a row minus that point, formed in the cache, and b the log-odds at the point.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.log_loss import log1pexp

Array = NDArray[np.float64]

BLOCK_BYTES = 2**21
"""Memory of one block of rows with its working arrays: one core's second-level cache and its share of the third."""
FEWEST_BLOCK_ROWS = 128
"""Blocks of fewer rows cost more in calls than the cache gives back."""
FEWEST_ROWS_FOR_PRODUCTS = 2048
"""From here on the logarithm of products of 16 is faster than 16 logarithms."""
SMALLEST_MEAN_FOR_PRODUCTS = 0.01
"""log(1 + e) without log1p is off by up to 1e-16; relative to a mean loss above this, that is rounding."""
COLUMNS_TO_SWEEP = range(15, 23)
BYTES_TO_SWEEP = 3 * 2**23
"""Rows of about two or three cache lines come from memory faster when one number of each line is read before the matrix
product, which takes four rows at a time; of wider rows, narrower ones and tables that stay in the cache they do not."""
CACHE_LINE = 8
"""Numbers in a line of the processor's cache."""
LARGEST_EXPONENT = 700.0
"""exp of it is finite, and its share exp / (1 + exp) is 1 to the last bit, as for everything above."""


@dataclass(frozen=True, eq=False, slots=True)
class Block:
    """Some rows of X with their signs s, and working arrays for the margins m, exp(m), and 1 + exp(m).

    The fast path works with exp(m) itself, whose share exp(m) / (1 + exp(m)) is exact until exp overflows at 709. The
    sum of logarithms, taken of products of 16, is exact unless it is small or overflows; then each is taken by itself,
    and if that overflows too, in the form that holds everywhere.

    ``loss`` first, then ``curvature`` if wanted, then ``residual``: each uses what the one before has left.
    """

    X: Array
    """The rows, or, with a ``reference``, the working array that ``load`` fills."""
    signs: Array
    """s, or, of several blocks, the working array that ``loss`` fills from ``coded_signs``."""
    coded_signs: NDArray[np.int8] | None
    weights: Array | None
    """Weight of each row; None when all are 1."""
    raw: Array | None
    reference: Array | None
    margin: Array
    odds: Array
    one_plus: Array
    factors: Array | None
    """``one_plus``, filled up with ones, as 16 rows; None for a block too small to gain from it."""
    sweep: Array | None
    """A number of each cache line of X, to be read before its first product; None where that gains nothing."""

    def load(self) -> Array:
        """Return the rows relative to the reference; valid until another block is loaded."""
        if self.raw is not None and self.reference is not None:
            np.subtract(self.raw, self.reference, out=self.X)
        elif self.sweep is not None:
            self.sweep.dot(self.sweep)
        return self.X

    def loss(self, coefficients: Array, intercept: float) -> float:
        """Sum of the log loss over these rows, each times its weight."""
        margin, odds, one_plus = self.margin, self.odds, self.one_plus
        if self.coded_signs is not None:
            np.copyto(self.signs, self.coded_signs)
        self.load().dot(coefficients, out=margin)
        margin += intercept
        margin *= self.signs
        np.exp(margin, out=odds)
        np.add(odds, 1.0, out=one_plus)
        if self.weights is not None:
            return self._weighted_loss(self.weights)
        products = one_plus if self.factors is None else np.multiply.reduce(self.factors)
        total = float(np.add.reduce(np.log(products)))
        if SMALLEST_MEAN_FOR_PRODUCTS * len(margin) <= total < inf:
            return total
        total = float(np.add.reduce(np.log1p(odds)))
        if isfinite(total):
            return total
        self._tame()
        return float(np.add.reduce(log1pexp(margin)))

    def _weighted_loss(self, weights: Array) -> float:
        total = float(weights.dot(np.log1p(self.odds)))
        if isfinite(total):
            return total
        self._tame()
        return float(weights.dot(log1pexp(self.margin)))

    def _tame(self) -> None:
        np.exp(np.minimum(self.margin, LARGEST_EXPONENT), out=self.odds)
        np.add(self.odds, 1.0, out=self.one_plus)

    def curvature(self) -> Array:
        """Second derivative of each row's weighted loss, a fresh array; after ``loss`` and before ``residual``."""
        curvature: Array = self.odds / self.one_plus
        curvature /= self.one_plus
        if self.weights is not None:
            curvature *= self.weights
        return curvature

    def residual(self) -> Array:
        """s sigmoid(m), once after each ``loss``; valid until the next."""
        residual = np.divide(self.odds, self.one_plus, out=self.odds)
        residual *= self.signs
        if self.weights is not None:
            residual *= self.weights
        return residual


def cut_into_blocks(
    X: Array,
    positive: NDArray[np.bool_],
    weights: Array | None = None,
    reference: Array | None = None,
    rows: int | None = None,
) -> list[Block]:
    """Cut X into blocks that share working arrays; the last, if shorter, has its own.

    Parameters
    ----------
    X : array of shape (n, p)
    positive : bool array of shape (n,)
        Rows of the positive class.
    weights : array of shape (n,), optional
    reference : array of shape (p,), optional
        Subtracted from every row.
    rows : int, optional
        Rows of a block; chosen from the width of X if left out.
    """
    n, p = X.shape
    rows = min(rows or _rows_of_a_block(p if reference is None else 2 * p), n)
    shared = _working_arrays(rows)
    coded = 1 - 2 * positive.view(np.int8)  # an eighth of the memory, and of the way from it
    signs = coded.astype(np.float64) if rows == n else np.empty(rows)
    centred = np.empty((rows, p)) if reference is not None else None
    sweep = reference is None and p in COLUMNS_TO_SWEEP and X.nbytes >= BYTES_TO_SWEEP
    blocks = []
    for start in range(0, n, rows):
        stop = min(start + rows, n)
        part = X[start:stop]
        arrays = shared if len(part) == rows else _working_arrays(len(part))
        blocks.append(
            Block(
                part if centred is None else centred[: stop - start],
                signs[: stop - start],
                None if rows == n else coded[start:stop],
                None if weights is None else weights[start:stop],
                None if centred is None else part,
                reference,
                *arrays,
                part.reshape(-1)[::CACHE_LINE] if sweep else None,
            )
        )
    return blocks


def _working_arrays(rows: int) -> tuple[Array, Array, Array, Array | None]:
    margin, odds = np.empty((2, rows))
    one_plus = np.ones(-(-rows // 16) * 16)
    factors = one_plus.reshape(16, -1) if rows >= FEWEST_ROWS_FOR_PRODUCTS else None
    return margin, odds, one_plus[:rows], factors


def _rows_of_a_block(n_features: int) -> int:
    bytes_of_a_row = 8 * (n_features + 4)  # a row of X, its sign and three working arrays
    return max(FEWEST_BLOCK_ROWS, BLOCK_BYTES // bytes_of_a_row)
