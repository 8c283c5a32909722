"""Sigmoid and log loss of a linear predictor z, exact in both tails.

    sigmoid(z)   = 1 / (1 + exp(-z))                       the probability of the positive class
    loss(z, y)   = -y log(sigmoid(z)) - (1 - y) log(1 - sigmoid(z))
                 = log(1 + exp(-z)) if y = 1, log(1 + exp(z)) if y = 0

Taken literally, the first form of the loss is the logarithm of 0 from z = 37 on, and ``exp`` overflows from 710 on.
Here only ``exp(-|z|)`` is ever computed: it lies between 0 and 1, and every result keeps its full relative precision
until it is smaller than the smallest float. (Compare M. Maechler, "Accurately computing log(1 - exp(-|a|))", 2012, on
log1pexp.)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def sigmoid(z: ArrayLike) -> Array:
    """Probability of the positive class, ``1 / (1 + exp(-z))``.

    Parameters
    ----------
    z : array of any shape
        Linear predictor (log-odds); infinities are allowed.

    Returns
    -------
    array of the shape of ``z``, from 0 to 1.
    """
    z = np.asarray(z, dtype=np.float64)
    e = _exp_of_minus_abs(z)
    probability: Array = np.where(z >= 0, 1.0, e) / (1.0 + e)
    return probability


def log1pexp(x: ArrayLike) -> Array:
    """``log(1 + exp(x))``, as ``max(x, 0) + log1p(exp(-|x|))``; any shape, any size, infinities allowed."""
    x = np.asarray(x, dtype=np.float64)
    result: Array = np.maximum(x, 0.0) + np.log1p(_exp_of_minus_abs(x))
    return result


def log_loss_terms(z: ArrayLike, y: ArrayLike) -> Array:
    """Log loss of every row, from the linear predictor.

    Parameters
    ----------
    z : array of shape (n,)
        Linear predictor (log-odds); infinities are allowed.
    y : array of shape (n,)
        1 for the positive class, 0 for the other.

    Returns
    -------
    array of shape (n,), 0 or more; infinite only where ``z`` is.
    """
    z = np.asarray(z, dtype=np.float64)
    return log1pexp(np.where(np.asarray(y) == 1, -z, z))


def _exp_of_minus_abs(x: Array) -> Array:
    with np.errstate(under="ignore"):  # below 1e-308 the rounded value, down to 0, is the answer
        e: Array = np.exp(-np.abs(x))
    return e
