"""A Hessian, factored once to be solved with many times.

Rows and columns are first divided by the square roots of its diagonal, so that columns of size 1e9 and 1e-9 beside
each other do no harm; then Cholesky. The squared diagonal of the factor is, for each column, the share of it that the
columns before do not already say: where that is no more than rounding, or the matrix is not positive definite, the
columns are aliased, and the solution of smallest length (in the divided columns) is taken instead, by eigenvalues.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

SMALLEST_SHARE = 1e-13
"""Less of a column than this that is not said by others is rounding."""


class Curvature:
    """The factored Hessian.

    Parameters
    ----------
    hessian : array of shape (k, k)
        Symmetric, positive semidefinite up to rounding, finite.

    Attributes
    ----------
    smallest_share : float
        Least share of a column that the columns before it do not say, squared; 0 when the matrix is singular.
    deficient : bool
        Some directions have no curvature.
    """

    def __init__(self, hessian: Array) -> None:
        from scipy.linalg import lapack

        diagonal = hessian.diagonal()
        self._divisors: Array = np.sqrt(diagonal if diagonal.min() > 0 else np.where(diagonal > 0, diagonal, 1.0))
        scaled = hessian / self._divisors
        scaled /= self._divisors[:, None]
        # The upper triangle of a C array is the lower of LAPACK's: no copy, and no transposition.
        self._factor, failed = lapack.dpotrf(scaled, lower=1)
        self._solve = lapack.dpotrs
        self.smallest_share = 0.0 if failed else float(self._factor.diagonal().min()) ** 2
        self.deficient = self.smallest_share < SMALLEST_SHARE
        self._inverse: Array | None = _smallest_inverse(scaled) if self.deficient else None

    def solve(self, gradient: Array) -> Array:
        """Hessian^-1 gradient, shape (k,); of smallest length where that is not unique."""
        scaled = gradient / self._divisors
        solution: Array
        solution = self._solve(self._factor, scaled, lower=1)[0] if self._inverse is None else self._inverse @ scaled
        solution /= self._divisors
        return solution


def _smallest_inverse(scaled: Array) -> Array:
    """Pseudo-inverse of a symmetric matrix of unit diagonal."""
    values, vectors = np.linalg.eigh(scaled)
    kept = values > SMALLEST_SHARE * max(1.0, float(values[-1]))
    inverse: Array = (vectors[:, kept] / values[kept]) @ vectors[:, kept].T
    return inverse
