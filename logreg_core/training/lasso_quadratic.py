"""The lasso of a quadratic: minimise ``x'Hx/2 + c'x + sum_j penalties_j |x_j|``, exactly.

Once it is known which coordinates are 0 and the signs of the others, the answer is one linear system. So: guess from
the present x (coordinates whose slope exceeds their penalty join, in the direction they want to go), solve, and walk
towards the solution as far as no sign changes; a coordinate that arrives at 0 is left out and the rest solved again
(feature-sign search, Lee et al. 2007). The objective falls with every walk, so no guess comes back. Where guesses
contradict each other one sweep of coordinate descent, which never fails, moves on.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.curvature import Curvature
from logreg_core.training.penalty import soft_threshold

Array = NDArray[np.float64]

MOST_ROUNDS = 500


def minimise(H: Array, c: Array, penalties: Array, start: Array, tol: float) -> Array:
    """Return the minimiser, found from ``start``.

    Parameters
    ----------
    H : array of shape (k, k)
        Symmetric, positive semidefinite.
    c, penalties, start : arrays of shape (k,)
        ``penalties`` 0 or more.
    tol : float
        Largest subgradient of the result, where rounding allows it.
    """
    x = start.copy()
    for _ in range(MOST_ROUNDS):
        slope = H @ x + c
        if _largest_subgradient(x, slope, penalties) <= tol:
            break
        moved = _walk(H, c, penalties, x, slope)
        if moved is None:
            moved = x.copy()
            sweep(H, c, penalties, moved)
            if np.array_equal(moved, x):
                break
        x = moved
    return x


def sweep(H: Array, c: Array, penalties: Array, x: Array) -> None:
    """Minimise over one coordinate after the other, once, in place."""
    slope = H @ x + c
    for j in range(len(x)):
        curvature = float(H[j, j])
        if curvature <= 0:
            continue
        new = soft_threshold(x[j] - slope[j] / curvature, penalties[j] / curvature)
        if new != x[j]:
            slope += (new - x[j]) * H[j]
            x[j] = new


def _largest_subgradient(x: Array, slope: Array, penalties: Array) -> float:
    at_zero = np.maximum(np.abs(slope) - penalties, 0.0)
    return float(np.where(x == 0, at_zero, np.abs(slope + penalties * np.sign(x))).max(initial=0.0))


def _walk(H: Array, c: Array, penalties: Array, x: Array, slope: Array) -> Array | None:
    """One solve and the walk towards it; None where the guess of signs leads nowhere."""
    signs = np.sign(x)
    joining = (x == 0) & (np.abs(slope) > penalties)
    signs[joining] = -np.sign(slope[joining])
    active = np.flatnonzero((signs != 0) | (penalties == 0))
    while len(active):
        curvature = Curvature(H[np.ix_(active, active)])
        if curvature.deficient:
            return None
        target = np.zeros_like(x)
        target[active] = -curvature.solve(c[active] + penalties[active] * signs[active])
        wrong = (penalties[active] > 0) & (target[active] * signs[active] < 0)
        from_zero = wrong & (x[active] == 0)
        if not wrong.any():
            return target
        if not from_zero.any():
            flips = active[wrong]
            shares = x[flips] / (x[flips] - target[flips])
            first = int(np.argmin(shares))
            moved: Array = x + shares[first] * (target - x)
            moved[flips[first]] = 0.0
            return moved
        active = active[~from_zero]
    return None
