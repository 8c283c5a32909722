"""The gradient by which a descent is judged.

**When is a descent finished?** When no entry of its gradient is above ``tol``. That of a column of size 1e-9 is always
below, so for a column whose root mean square is below 1 the gradient is taken per root mean square, as the exact
solvers do (``exact``): |g_j| <= tol min(1, rms(x_j)). ``history.gradient_norm`` is what was held against ``tol``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.optimisers import DescentState

Array = NDArray[np.float64]


def judged_by(X: Array) -> Callable[[DescentState], DescentState]:
    """Return what gives a state the gradient it is judged by; it does nothing if no column of X is smaller than 1."""
    units = np.minimum(1.0, np.append(_sizes(X), 1.0))
    if np.all(units == 1.0):
        return lambda state: state
    return lambda state: _per_unit(state, units)


@np.errstate(over="ignore", invalid="ignore")
def _per_unit(state: DescentState, units: Array) -> DescentState:
    return state._replace(gradient=state.gradient / units)


def _sizes(X: Array) -> Array:
    """Root mean square of each column, 1 for a column of zeros; shape (p,)."""
    with np.errstate(over="ignore", under="ignore"):
        sizes: Array = np.sqrt(np.einsum("ij,ij->j", X, X) / len(X))
    for j in np.flatnonzero(sizes < 1e-140):  # squares that lost their digits, or are gone
        largest = float(np.abs(X[:, j]).max())
        sizes[j] = largest * np.sqrt(np.mean((X[:, j] / largest) ** 2)) if largest else 1.0
    return sizes
