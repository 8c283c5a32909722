"""The optimum in arithmetic of 80 digits, by the definition: slow, simple, and independent of the engine.

Newton's method on sums written out with ``decimal``, from the 64-bit numbers as they are. Where it starts does not
matter: it ends where the gradient of a convex objective is 0 to 30 digits and more, or raises.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

DIGITS = 80
SMALL = Decimal(10) ** -30
"""Of a step, relative to the parameter; convergence is quadratic, so the last one leaves the square of it."""


class Reference(NamedTuple):
    """[coefficients..., intercept] and their standard errors, and for each column how far within the lasso's bound the
    gradient is (only for coefficients of 0; 0 for others), rounded to 64 bits.
    """

    parameters: Array
    standard_errors: Array
    slack: Array


def reference_optimum(
    X: Array,
    y: Array,
    start: ArrayLike,
    *,
    weights: Array | None = None,
    alpha: float = 0.0,
    l1_ratio: float = 0.0,
) -> Reference:
    """Return the optimum whose coefficients have the signs of ``start``, [coefficients..., intercept]."""
    with localcontext() as context:
        context.prec = DIGITS
        rows = [[Decimal(v) for v in row] + [Decimal(1)] for row in X.tolist()]
        labels = [int(v) for v in y]
        shares = [Decimal(1)] * len(rows) if weights is None else [Decimal(v) for v in weights.tolist()]
        total = sum(shares)
        lasso = total * Decimal(alpha) * Decimal(l1_ratio)
        ridge = total * Decimal(alpha) * (1 - Decimal(l1_ratio))
        at = [Decimal(float(v)) for v in np.asarray(start)]
        p = len(at) - 1
        active = [j for j in range(p + 1) if j == p or lasso == 0 or at[j] != 0]
        signs = [(v > 0) - (v < 0) for v in at[:p]]
        for _ in range(30):
            gradient, hessian = _derivatives(rows, labels, shares, at)
            for j in range(p):
                gradient[j] += ridge * at[j] + lasso * signs[j]
                hessian[j][j] += ridge
            system = [[hessian[j][k] for k in active] for j in active]
            step = _solve(system, [[-gradient[j]] for j in active])
            for j, (change,) in zip(active, step, strict=True):
                at[j] += change
            if all(abs(change) <= SMALL * abs(at[j]) for j, (change,) in zip(active, step, strict=True)):
                break
        else:
            raise AssertionError("no optimum within reach of the start")
        if any((v > 0) - (v < 0) != sign for v, sign in zip(at[:p], signs, strict=True) if lasso):
            raise AssertionError("the optimum has other signs than the start")
        identity = [[Decimal(int(j == k)) for k in active] for j in active]
        covariance = _solve(system, identity)
        errors = np.full(p + 1, np.nan)
        errors[active] = [float(covariance[i][i].sqrt()) for i in range(len(active))]
        slack = [float((lasso - abs(gradient[j])) / total) if j not in active else 0.0 for j in range(p)]
        return Reference(np.array([float(v) for v in at]), errors, np.array(slack))


def _derivatives(
    rows: list[list[Decimal]], labels: list[int], shares: list[Decimal], at: list[Decimal]
) -> tuple[list[Decimal], list[list[Decimal]]]:
    """Gradient and Hessian of the sum of the weighted log loss."""
    size = len(at)
    gradient = [Decimal(0)] * size
    hessian = [[Decimal(0)] * size for _ in range(size)]
    for row, label, share in zip(rows, labels, shares, strict=True):
        z = sum((x * b for x, b in zip(row, at, strict=True)), Decimal(0))
        probability = 1 / (1 + (-z).exp())
        residual, curvature = share * (probability - label), share * probability * (1 - probability)
        for j, x in enumerate(row):
            gradient[j] += residual * x
            weighted, target = curvature * x, hessian[j]
            for k in range(j + 1):
                target[k] += weighted * row[k]
    for j in range(size):
        for k in range(j):
            hessian[k][j] = hessian[j][k]
    return gradient, hessian


def _solve(matrix: Sequence[Sequence[Decimal]], right: Sequence[Sequence[Decimal]]) -> list[list[Decimal]]:
    """Gauss and Jordan, for a positive definite matrix."""
    size = len(matrix)
    table = [[*row, *values] for row, values in zip(matrix, right, strict=True)]
    for j in range(size):
        pivot = table[j][j]
        table[j] = [value / pivot for value in table[j]]
        for k in range(size):
            if k != j and table[k][j]:
                share = table[k][j]
                table[k] = [a - share * b for a, b in zip(table[k], table[j], strict=True)]
    return [row[size:] for row in table]
