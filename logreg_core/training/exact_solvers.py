"""Which solver for which table, and how each is started.

``SOLVERS`` names them with a sentence for the user. "auto" takes the one that was fastest for the shape and penalty in
``tests/benchmarks/solvers.md``; all exact ones end at the same optimum.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.errors import TrainingError
from logreg_core.training.exact import ExactState
from logreg_core.training.lbfgs import lbfgs
from logreg_core.training.moments import column_moments, far_reference
from logreg_core.training.newton import newton
from logreg_core.training.newton_cg import newton_cg
from logreg_core.training.objective import LogLoss, Smooth
from logreg_core.training.penalty import Penalty
from logreg_core.training.prox_newton import prox_newton
from logreg_core.training.subsampled_newton import subsampled_newton

Array = NDArray[np.float64]

EXACT_SOLVERS = MappingProxyType(
    {
        "newton": "Newton's method: a few steps, each with all second derivatives. For small tables.",
        "subsampled_newton": "Newton's method with second derivatives from a sample of rows. For many rows.",
        "newton_cg": "Newton's method without a table of second derivatives. For many columns.",
        "lbfgs": "L-BFGS: second derivatives learned from the last ten steps.",
        "prox_newton": "Newton's method for penalties that make coefficients exactly 0 (lasso, elastic net).",
    }
)
"""Name and, for the user, what it is."""

FEWEST_VALUES_TO_SAMPLE = 100_000
MOST_COLUMNS_FOR_HESSIAN = 600


def choose_solver(n_rows: int, n_features: int, penalty: Penalty) -> str:
    """Return the name of the exact solver that "auto" stands for."""
    if penalty.lasso > 0:
        return "prox_newton"
    if n_features > MOST_COLUMNS_FOR_HESSIAN or 3 * n_features > n_rows > 300:
        return "newton_cg"
    return "subsampled_newton" if n_rows * n_features >= FEWEST_VALUES_TO_SAMPLE else "newton"


def objective_of(
    X: Array, y: NDArray[np.generic], *, sample_weight: Array | None = None, ridge: float = 0.0
) -> LogLoss:
    """Return the objective that exact solvers work on: columns far from 0 are taken relative to their means."""
    columns = column_moments(X, None, sample_weight)
    reference = far_reference(columns)
    objective = LogLoss(X, y, sample_weight=sample_weight, ridge=ridge, reference=reference)
    objective.know_columns(columns if reference is None else columns._replace(mean=np.zeros_like(columns.mean)))
    return objective


def solver_states(
    name: str, objective: Smooth, penalty: Penalty, start: ArrayLike | None = None, *, seed: int = 0
) -> Iterator[ExactState]:
    """Return the states of the solver of that name.

    Parameters
    ----------
    name : str
        One of ``EXACT_SOLVERS`` or "auto".
    objective : Smooth
        With the ridge of ``penalty``.
    penalty : Penalty
    start : array of shape (p + 1,), optional
        [coefficients..., intercept]
    seed : int
        For the solvers that draw.

    Raises
    ------
    TrainingError
        There is no such solver, or it cannot do with this penalty.
    """
    if name == "auto":
        name = choose_solver(objective.n_rows, objective.n_features, penalty)
    if penalty.lasso > 0 and name in EXACT_SOLVERS and name != "prox_newton":
        raise TrainingError(
            f"The solver {name!r} has no absolute values in its penalty, and l1_ratio is {penalty.l1_ratio:g}.",
            remedy="Choose the solver 'prox_newton' or 'auto', or an l1_ratio of 0.",
        )
    match name:
        case "newton":
            return newton(objective, start)
        case "subsampled_newton":
            return subsampled_newton(objective, start, seed)
        case "newton_cg":
            return newton_cg(objective, start)
        case "lbfgs":
            return lbfgs(objective, start)
        case "prox_newton":
            return prox_newton(objective, penalty.lasso, start)
    raise TrainingError(f"There is no solver {name!r}.", remedy=f"Choose one of: auto, {', '.join(EXACT_SOLVERS)}.")
