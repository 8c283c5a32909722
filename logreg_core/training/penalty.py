"""What is added to the mean log loss, by strength and kind, in glmnet's convention.

    alpha * (l1_ratio * |w|_1 + (1 - l1_ratio)/2 * |w|_2^2)

The intercept is never penalised, nor are columns standardised first. The squared part is smooth and belongs to the
objective (``ridge``); the absolute part (``lasso``) has a kink at 0, which is what makes coefficients exactly 0, and
its solver needs the two formulas below. scikit-learn's C is 1 / (n * alpha).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Penalty(NamedTuple):
    """Strength and kind of a penalty: ``alpha`` 0 or more, ``l1_ratio`` from 0 (ridge) to 1 (lasso)."""

    alpha: float = 0.0
    l1_ratio: float = 0.0

    @property
    def ridge(self) -> float:
        """Factor of |w|^2 / 2."""
        return self.alpha * (1.0 - self.l1_ratio)

    @property
    def lasso(self) -> float:
        """Factor of the sum of |w|."""
        return self.alpha * self.l1_ratio

    def value(self, parameters: Array) -> float:
        """What is added at [coefficients..., intercept], shape (p + 1,)."""
        w = parameters[:-1]
        with np.errstate(over="ignore"):
            return float(self.lasso * np.abs(w).sum() + 0.5 * self.ridge * w.dot(w))


def smallest_subgradient(gradient: Array, parameters: Array, lasso: float) -> Array:
    """Steepest slope of ``J = f + lasso |w|_1``: 0 in every entry at the optimum, and only there (KKT).

    Parameters
    ----------
    gradient : array of shape (p + 1,)
        Of the smooth part f.
    parameters : array of shape (p + 1,)
        [coefficients..., intercept]

    Returns
    -------
    array of shape (p + 1,)
        Of a coefficient that is not 0, ``gradient + lasso sign(w)``; of one that is, what of its gradient exceeds
        ``lasso``.
    """
    result = gradient.copy()
    g, w = gradient[:-1], parameters[:-1]
    at_zero = np.sign(g) * np.maximum(np.abs(g) - lasso, 0.0)
    result[:-1] = np.where(w == 0, at_zero, g + lasso * np.sign(w))
    return result


def soft_threshold(value: float, threshold: float) -> float:
    """``value`` moved towards 0 by ``threshold``, and no further than 0."""
    if value > threshold:
        return value - threshold
    return value + threshold if value < -threshold else 0.0
