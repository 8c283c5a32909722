"""The objective: mean weighted log loss over all rows plus a ridge penalty, with its derivatives, in one pass over X.

Parameters are one vector of length p + 1: the p coefficients, then the intercept. With s_i = +1 for rows of class 0,
-1 for rows of class 1, the margin m_i = s_i (x_i . w + b), and weights u_i of sum U (1 and n if none are given),

    J         = sum_i u_i log(1 + exp(m_i)) / U + ridge/2 |w|^2
    dJ/dw     = sum_i u_i s_i sigmoid(m_i) x_i / U + ridge w        dJ/db = sum_i u_i s_i sigmoid(m_i) / U
    d2J       = [X 1]' diag(u_i sigmoid(m_i) (1 - sigmoid(m_i))) [X 1] / U + ridge diag(1, ..., 1, 0)

where ``s_i sigmoid(m_i)`` is the familiar residual ``sigmoid(z_i) - y_i``, free of its cancellation for rows that are
predicted well. Rows are taken in blocks small enough to stay in the processor's cache, so that X is read from
memory once for an evaluation and not twice. A solver sees only what ``Smooth`` names: where the rows live is not
its business. The penalty on absolute values has no gradient at 0 and is not in here but in ``penalty``.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.moments import Columns, column_moments
from logreg_core.training.products import (
    FEW_COLUMNS,
    MOST_VALUES_BOTH_WAYS,
    RowsBothWays,
    RowsInSinglePrecision,
    WeightedProducts,
)
from logreg_core.training.row_blocks import cut_into_blocks
from logreg_core.training.row_sample import row_sample

Array = NDArray[np.float64]

_DENSE_AT_MOST = 256  # columns or rows up to which all eigenvalues at once are quickest
_LANCZOS_TOLERANCE = 1e-4
FEWEST_VALUES_FOR_SINGLE = 2**17

_quiet = np.errstate(over="ignore", invalid="ignore", under="ignore")
"""Parameters too large to compute with give an infinite or undefined cost: an answer, not something to warn about."""


class Objective(Protocol):
    """What an optimiser needs to know of the problem."""

    def value_and_gradient(self, parameters: Array) -> tuple[float, Array]:
        """Cost at ``parameters`` and its gradient, a fresh array of the same shape."""


class Smooth(Objective, Protocol):
    """What an exact solver needs to know of the problem; parameters are [coefficients..., intercept at reference]."""

    n_rows: int
    n_features: int
    ridge: float

    @property
    def reference(self) -> Array | None:
        """Point that rows are taken relative to, shape (p,); None for the origin."""

    @property
    def columns(self) -> Columns:
        """Where the columns are."""

    def value(self, parameters: Array) -> float:
        """Cost at ``parameters``."""

    def derivatives(self, parameters: Array) -> tuple[float, Array, Array]:
        """Cost, gradient and Hessian of shape (p + 1, p + 1) at ``parameters``."""

    def hessian(self, parameters: Array, columns: NDArray[np.intp] | None = None) -> Array:
        """Hessian at ``parameters``; of only some coefficients (and the intercept, last) if ``columns`` are given."""

    def hessian_products(self, parameters: Array) -> Callable[[Array], Array]:
        """Return the function that multiplies the Hessian at ``parameters`` by a vector, in single precision."""

    def null_parameters(self) -> Array:
        """Best parameters of a model without coefficients: zeros, and the log-odds of the positive class."""

    def sample(self, rows: int, seed: int) -> Smooth:
        """Return the same objective of about so many rows, drawn at random."""


class LogLoss:
    """Mean log loss of a logistic model over the rows of X, with a ridge penalty if wanted.

    Parameters
    ----------
    X : float64 array of shape (n, p), C-contiguous
        Kept as it is, never copied or changed; there is no column of ones for the intercept.
    y : array of shape (n,)
        0 or 1 for each row.
    sample_weight : array of shape (n,), optional
        Weight of each row, 0 or more, not all 0; all 1 if left out.
    ridge : float
        Strength of the penalty ``ridge/2 |w|^2``.
    reference : array of shape (p,), optional
        Rows are taken relative to this point, and the intercept is the log-odds there: keeps the digits of columns
        whose mean is far from 0 for their spread.
    block_rows : int, optional
        Rows of a block; chosen from the width of X if left out.

    Raises
    ------
    ValueError
        X, y or weights of another type, layout or shape, no rows, a y that is neither 0 nor 1, or a weight below 0.

    Notes
    -----
    The working arrays are allocated once and shared by all evaluations: one instance serves one thread at a time.
    """

    def __init__(
        self,
        X: Array,
        y: NDArray[np.generic],
        *,
        sample_weight: Array | None = None,
        ridge: float = 0.0,
        reference: Array | None = None,
        block_rows: int | None = None,
    ) -> None:
        if X.ndim != 2 or X.dtype != np.float64 or not X.flags.c_contiguous:
            raise ValueError(f"X must be a C-contiguous float64 array of shape (n, p), got {X.dtype} {X.shape}.")
        if len(X) == 0 or y.shape != (len(X),):
            raise ValueError(f"y must have one value for each of the {len(X)} rows of X (at least one), got {y.shape}.")
        positive = _positive(y)
        _check_weights(sample_weight, len(X))
        self.n_rows: int = X.shape[0]
        self.n_features: int = X.shape[1]
        self.ridge = float(ridge)
        self.reference = reference
        self._X = X
        self._positive = positive
        self._weights = sample_weight
        self._total = float(self.n_rows) if sample_weight is None else float(np.sum(sample_weight))
        self._blocks = cut_into_blocks(X, positive, sample_weight, reference, block_rows)
        self._columns: Columns | None = None
        self._copy: RowsInSinglePrecision | None = None
        self._both_ways: RowsBothWays | None = None
        self._latest: tuple[Array, Array] | None = None
        """Where the Hessian was last computed, and what it was."""
        self._curvature: tuple[Array, NDArray[Any]] | None = None
        """Where the gradient was last computed, and the curvature of each row there."""

    @_quiet
    def value(self, parameters: Array) -> float:
        """Cost at ``parameters`` (shape (p + 1,), intercept last); infinite or nan when they are too large."""
        coefficients, intercept = parameters[:-1], float(parameters[-1])
        total = 0.0
        for block in self._blocks:
            total += block.loss(coefficients, intercept)
        return total / self._total + self._ridge_cost(coefficients)

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
        # Who has asked for products with the Hessian will ask again, where the gradient is taken now.
        curvature = None if self._copy is None else np.empty(self.n_rows, dtype=self._copy.precision)
        start = 0
        for block in self._blocks:
            total += block.loss(coefficients, intercept)
            if curvature is not None:
                curvature[start : start + len(block.margin)] = block.curvature()
                start += len(block.margin)
            residual = block.residual()
            slope += residual.dot(block.X)
            gradient[-1] += np.add.reduce(residual)
        self._curvature = None if curvature is None else (parameters.copy(), curvature)
        gradient /= self._total
        if self.ridge:
            slope += self.ridge * coefficients
        return total / self._total + self._ridge_cost(coefficients), gradient

    @_quiet
    def derivatives(self, parameters: Array) -> tuple[float, Array, Array]:
        """Cost, gradient of shape (p + 1,) and Hessian of shape (p + 1, p + 1), in one pass over the rows."""
        coefficients, intercept = parameters[:-1], float(parameters[-1])
        gradient = np.zeros(self.n_features + 1)
        products = self._products()
        total = 0.0
        for block in self._blocks:
            total += block.loss(coefficients, intercept)
            products.add(block.X, block.curvature())
            residual = block.residual()
            gradient[:-1] += residual.dot(block.X)
            gradient[-1] += np.add.reduce(residual)
        gradient /= self._total
        if self.ridge:
            gradient[:-1] += self.ridge * coefficients
        hessian = self._with_ridge(products.symmetric() / self._total)
        self._latest = parameters.copy(), hessian
        return total / self._total + self._ridge_cost(coefficients), gradient, hessian

    def _products(self) -> WeightedProducts | RowsBothWays:
        """Return what sums the products of all columns."""
        values = self.n_rows * (self.n_features + 1)
        if len(self._blocks) > 1 or self.n_features > FEW_COLUMNS or values > MOST_VALUES_BOTH_WAYS:
            return WeightedProducts(self.n_features)
        if self._both_ways is None:
            self._both_ways = RowsBothWays(self._blocks[0].load())
        return self._both_ways

    @_quiet
    def hessian(self, parameters: Array, columns: NDArray[np.intp] | None = None) -> Array:
        """Second derivatives at ``parameters``.

        Parameters
        ----------
        parameters : array of shape (p + 1,)
        columns : int array of shape (k,), optional
            The coefficients wanted; all if left out. The intercept is always there, last.

        Returns
        -------
        array of shape (k + 1, k + 1)
        """
        if columns is None and self._latest is not None and np.array_equal(self._latest[0], parameters):
            return self._latest[1].copy()
        coefficients, intercept = parameters[:-1], float(parameters[-1])
        products = self._products() if columns is None else WeightedProducts(len(columns))
        for block in self._blocks:
            block.loss(coefficients, intercept)
            products.add(block.X if columns is None else block.X[:, columns], block.curvature())
        return self._with_ridge(products.symmetric() / self._total)

    @_quiet
    def hessian_products(self, parameters: Array) -> Callable[[Array], Array]:
        """Return the function ``vector -> Hessian at parameters times vector``, both of shape (p + 1,).

        The products of large tables are taken in single precision, on a copy of X that the objective keeps: for the
        direction of a step that is enough, since the gradient says where the end is.
        """
        if self._copy is None:
            precision = np.float32 if self._X.size >= FEWEST_VALUES_FOR_SINGLE else np.float64
            self._copy = RowsInSinglePrecision(self._blocks, self.n_rows, self.n_features, precision)
        if self._curvature is None or not np.array_equal(self._curvature[0], parameters):
            self.value_and_gradient(parameters)
        assert self._curvature is not None
        return self._copy.products(self._curvature[1], self._total, self.ridge)

    @property
    def columns(self) -> Columns:
        """Mean (relative to the reference) and standard deviation of the columns, of a sample if rows are many."""
        if self._columns is None:
            self._columns = column_moments(self._X, self.reference, self._weights)
        return self._columns

    def overlap(self) -> Array:
        """Correlations of the columns in a sample of at least four rows for each, shape (p, p)."""
        n, p = self._X.shape
        columns = self.columns
        offsets = columns.offsets
        if len(offsets) < min(n, 4 * p):
            offsets = np.take(self._X, row_sample(None, 4 * p, np.random.default_rng(0), n)[0], axis=0)
            offsets -= columns.mean if self.reference is None else columns.mean + self.reference
        scaled = offsets / np.where(columns.spread > 0, columns.spread, 1.0)
        products: Array = np.dot(scaled.T, scaled)
        return products / len(scaled)

    def know_columns(self, columns: Columns) -> None:
        """Take the columns' moments from somebody who has them already."""
        self._columns = columns

    def with_ridge(self, ridge: float) -> LogLoss:
        """Return the same objective with another ridge; the two share their rows and working arrays."""
        other = copy(self)
        other.ridge = float(ridge)
        other._latest = other._curvature = None
        return other

    def null_parameters(self) -> Array:
        """Zeros, and the log-odds of the positive class; of the zeros alone if one class has no weight."""
        parameters = np.zeros(self.n_features + 1)
        positive = np.count_nonzero(self._positive) if self._weights is None else self._weights @ self._positive
        share = float(positive) / self._total
        if 0.0 < share < 1.0:
            parameters[-1] = np.log(share) - np.log1p(-share)
        return parameters

    def sample(self, rows: int, seed: int) -> LogLoss:
        """Return the same objective of about ``rows`` rows drawn at random, a copy of them.

        Where one class is rare its rows are drawn more often and weighted less: see ``row_sample``.
        """
        chosen, weights = row_sample(self._positive, rows, np.random.default_rng(seed))
        if self._weights is not None:
            drawn = self._weights[chosen]
            weights = drawn if weights is None else weights * drawn
            if not weights.any():
                return self
        sampled = LogLoss(
            np.take(self._X, chosen, axis=0),
            self._positive[chosen],
            sample_weight=weights,
            ridge=self.ridge,
            reference=self.reference,
        )
        sampled.know_columns(self.columns)
        return sampled

    @_quiet
    def largest_curvature(self) -> float:
        """Upper bound on the curvature of J in any direction, at any parameters.

        The Hessian is [X 1]' D [X 1] / n with D between 0 and 1/4, so its largest eigenvalue is at most
        L = largest eigenvalue of [X 1]'[X 1] / n, over 4 (Boehning and Lindsay 1988), plus the ridge. Infinite when X
        is too large to be squared.
        """
        if min(self.n_features, self.n_rows) > _DENSE_AT_MOST and self.reference is None:
            return self._largest_eigenvalue_by_products() / self._total / 4.0 + self.ridge
        wide = self.n_features >= self.n_rows and self._weights is None and self.reference is None
        products = self._products_of_rows() if wide else self._products_of_columns()
        if not np.all(np.isfinite(products)):
            return float("inf")
        return float(np.linalg.eigvalsh(products)[-1]) / self._total / 4.0 + self.ridge

    def safe_learning_rate(self) -> float:
        """2 / L: with any learning rate below it, every step of gradient descent lowers the cost."""
        return 2.0 / self.largest_curvature()

    def _largest_eigenvalue_by_products(self) -> float:
        """Largest eigenvalue of [X 1]' diag(weights) [X 1] by Lanczos: tens of products with X, nothing p x p."""
        from scipy.sparse.linalg import LinearOperator, eigsh

        def times(v: Array) -> Array:
            v = np.ravel(v)
            scores = np.dot(self._X, v[:-1]) + v[-1]
            if self._weights is not None:
                scores *= self._weights
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
        """[X 1]' diag(weights) [X 1], of shape (p + 1, p + 1)."""
        p = self.n_features
        if self._weights is not None:
            weighted = WeightedProducts(p)
            for block in self._blocks:
                assert block.weights is not None
                weighted.add(block.load(), block.weights)
            return weighted.symmetric()
        products = np.zeros((p + 1, p + 1))
        for block in self._blocks:
            rows = block.load()
            products[:p, :p] += np.dot(rows.T, rows)
            products[p, :p] += rows.sum(axis=0)
        products[:p, p] = products[p, :p]
        products[p, p] = self.n_rows
        return products

    def _products_of_rows(self) -> Array:
        """[X 1][X 1]', of shape (n, n): the same largest eigenvalue, smaller when X is wide."""
        products: Array = np.dot(self._X, self._X.T) + 1.0
        return products

    def _ridge_cost(self, coefficients: Array) -> float:
        return 0.5 * self.ridge * float(coefficients.dot(coefficients)) if self.ridge else 0.0

    def _with_ridge(self, hessian: Array) -> Array:
        if self.ridge:
            diagonal = np.einsum("ii->i", hessian)
            diagonal[:-1] += self.ridge
        return hessian


def _positive(y: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Return where y is 1; y itself if it is boolean."""
    positive: NDArray[np.bool_] = np.equal(y, True)
    if not np.all(np.equal(y, False) | positive):
        raise ValueError("y must be 0 or 1 in every row.")
    return positive


def _check_weights(sample_weight: Array | None, n: int) -> None:
    if sample_weight is None:
        return
    if sample_weight.shape != (n,) or sample_weight.dtype != np.float64:
        raise ValueError(f"sample_weight must be a float64 array of shape ({n},), got {sample_weight.shape}.")
    if not np.all(sample_weight >= 0) or not 0 < float(np.sum(sample_weight)) < float("inf"):
        raise ValueError("sample_weight must be 0 or more in every row, and above 0 in one.")
