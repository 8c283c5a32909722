"""The same objective in standardised columns: mean 0 and standard deviation 1.

Only the parameters are changed, never the rows: with means m (relative to the objective's reference) and spreads s,

    z = x . w + b = ((x - m) / s) . u + c       w = u / s       b = c - m . w

Solvers that do not see the whole Hessian need this to be fast; to the others it makes no difference.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.objective import Smooth

Array = NDArray[np.float64]


class Standardised:
    """An objective as a function of the parameters [u..., c] of standardised columns."""

    def __init__(self, objective: Smooth) -> None:
        self._objective = objective
        columns = objective.columns
        spread = columns.spread
        self._mean = columns.mean
        self._scale: Array = np.where(spread > 0, spread, 1.0)

    def outward(self, position: Array) -> Array:
        """Return the objective's parameters for those of the standardised columns."""
        parameters = np.append(position[:-1] / self._scale, position[-1])
        parameters[-1] -= self._mean.dot(parameters[:-1])
        return parameters

    def inward(self, parameters: Array) -> Array:
        """Return the parameters of the standardised columns for the objective's."""
        return np.append(parameters[:-1] * self._scale, parameters[-1] + self._mean.dot(parameters[:-1]))

    def gradient_inward(self, gradient: Array) -> Array:
        """Gradient with respect to [u..., c], from that with respect to the objective's parameters."""
        return np.append((gradient[:-1] - self._mean * gradient[-1]) / self._scale, gradient[-1])

    def gradient_outward(self, gradient: Array) -> Array:
        """Gradient with respect to the objective's parameters, from that with respect to [u..., c]."""
        return np.append(gradient[:-1] * self._scale + self._mean * gradient[-1], gradient[-1])

    def value_and_gradient(self, position: Array) -> tuple[float, Array]:
        """Cost and gradient with respect to [u..., c]."""
        cost, gradient = self._objective.value_and_gradient(self.outward(position))
        return cost, self.gradient_inward(gradient)

    def hessian_products(self, position: Array) -> Callable[[Array], Array]:
        """Return the function ``vector -> Hessian times vector`` with respect to [u..., c]."""
        product = self._objective.hessian_products(self.outward(position))
        return lambda vector: self.gradient_inward(product(self.outward(vector)))
