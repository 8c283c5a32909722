"""A certificate that two classes overlap, so that the best weights are finite and unique.

With rows a_i = [x_i, 1] for class 1 and -[x_i, 1] for class 0, the classes are separated when some direction d has
a_i . d >= 0 for all rows and > 0 for some (Albert and Anderson 1984). There is none exactly when positive weights v_i
exist with sum_i v_i a_i = 0 (Stiemke's lemma), for columns of full rank. Every step of Newton's method offers some:
u_i = sigmoid(-a_i . d), whose sum r = sum_i u_i a_i is the score. It need not be 0: with

    h = (sum_i u_i a_i a_i')^-1 r        v_i = u_i (1 - a_i . h)

the sum is 0, and if all |a_i . h| < 1 the weights are positive and the proof is complete. For classes that clearly
overlap that takes a few steps, and some of the rows suffice: what separates all rows would separate them too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.log_loss import log1pexp, sigmoid

Array = NDArray[np.float64]

MOST_STEPS = 15
MOST_HALVINGS = 30
SMALLEST_PIVOT = 1e-5
"""Less than this left of a column, of unit length, is too close to aliased for a proof."""
LARGEST_REMAINDER = 1e-9


class Screened(NamedTuple):
    """What the screen found: a proof that the classes overlap or, if not, the direction it ended with, shape (q,)."""

    overlap: bool
    direction: Array


def screen(signed: Array) -> Screened:
    """Look for a proof that the classes overlap in these rows.

    Parameters
    ----------
    signed : array of shape (k, q)
        The rows a_i: with a column of ones, and the sign of their class.
    """
    direction = np.zeros(signed.shape[1])
    for _ in range(MOST_STEPS):
        margins = signed @ direction
        weights = sigmoid(-margins)
        score = weights @ signed
        if _proves_overlap(signed, weights, score):
            return Screened(True, direction)
        step = _solve((signed * (weights * sigmoid(margins))[:, None]).T @ signed, score, pivot=0.0)
        if step is None:
            break
        direction = _damped(signed, direction, step)
    return Screened(False, direction)


def _proves_overlap(signed: Array, weights: Array, score: Array) -> bool:
    h = _solve((signed * weights[:, None]).T @ signed, score, pivot=SMALLEST_PIVOT)
    if h is None:
        return False
    changes = signed @ h
    if not np.abs(changes).max() < 0.999:
        return False
    corrected = weights * (1.0 - changes)
    return bool(np.all(np.abs(corrected @ signed) <= LARGEST_REMAINDER * (corrected @ np.abs(signed))))


def _solve(matrix: Array, right: Array, *, pivot: float) -> Array | None:
    """Solve with a positive definite matrix scaled to a unit diagonal; None if a pivot of its factor is too small."""
    from scipy.linalg import cho_solve

    diagonal = np.sqrt(np.diag(matrix))
    if not np.all(diagonal > 0):
        return None
    try:
        factor = np.linalg.cholesky(matrix / diagonal / diagonal[:, None])
    except np.linalg.LinAlgError:
        return None
    if np.diag(factor).min() <= pivot:
        return None
    solution: Array = cho_solve((factor, True), right / diagonal) / diagonal
    return solution


def _damped(signed: Array, direction: Array, step: Array) -> Array:
    cost = float(log1pexp(-(signed @ direction)).sum())
    for _ in range(MOST_HALVINGS):
        tried: Array = direction + step
        if log1pexp(-(signed @ tried)).sum() < cost:
            return tried
        step = step / 2.0
    return direction
