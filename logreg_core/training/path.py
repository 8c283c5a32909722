"""The regularisation path: fits from the alpha at which every coefficient is 0 down to a small one, each from the last.

With an absolute part in the penalty, every coefficient is 0 from ``alpha_max = max |gradient at the null model| /
l1_ratio`` on (glmnet). A fit that starts where the one for a slightly larger alpha ended needs two or three passes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.errors import TrainingError
from logreg_core.training.blas import one_blas_thread
from logreg_core.training.exact import ExactState, Frame
from logreg_core.training.exact_solvers import objective_of, solver_states
from logreg_core.training.objective import LogLoss
from logreg_core.training.penalty import Penalty
from logreg_core.training.prox_newton import KeptHessian, prox_newton
from logreg_core.training.run import run
from logreg_core.training.status import Status

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RegularisationPath:
    """Fits of falling strength.

    Attributes
    ----------
    alphas : array of shape (k,)
    coefficients : array of shape (k, p)
    intercepts : array of shape (k,)
    costs : array of shape (k,)
        The objective, penalty included.
    largest_subgradient : array of shape (k,)
        The certificate of each fit: 0 exactly at its optimum.
    n_iter : int array of shape (k,)
    statuses : tuple of k Status
    """

    alphas: Array
    coefficients: Array
    intercepts: Array
    costs: Array
    largest_subgradient: Array
    n_iter: NDArray[np.int64]
    statuses: tuple[Status, ...]


def regularisation_path(
    X: Array,
    y: NDArray[np.generic],
    alphas: ArrayLike | None = None,
    n_alphas: int = 50,
    l1_ratio: float = 1.0,
    *,
    smallest_share: float = 1e-3,
    sample_weight: Array | None = None,
    tol: float = 1e-8,
    max_iter: int = 1000,
) -> RegularisationPath:
    """Fit for every alpha, from the largest down.

    Parameters
    ----------
    X : float64 array of shape (n, p), C-contiguous
    y : array of shape (n,)
        0 or 1.
    alphas : array of shape (k,), optional
        Taken in falling order; if left out, ``n_alphas`` in equal ratios from ``alpha_max`` to ``smallest_share`` of
        it. With ``l1_ratio`` 0 no alpha makes all coefficients 0; as in glmnet, that of ``l1_ratio`` 0.001 is taken.
    l1_ratio : float
        From 0 (ridge) to 1 (lasso).
    sample_weight : array of shape (n,), optional

    Raises
    ------
    TrainingError
        No alphas, or some that are negative or not finite; an ``l1_ratio`` or ``smallest_share`` out of its range.
    """
    _check(alphas, n_alphas, l1_ratio, smallest_share)
    with one_blas_thread:
        objective = objective_of(X, y, sample_weight=sample_weight)
        if alphas is None:
            values = largest_alpha(objective, l1_ratio) * np.geomspace(1.0, smallest_share, n_alphas)
        else:
            values = np.sort(np.asarray(alphas, dtype=np.float64))[::-1]
        kept = KeptHessian()
        start = Frame(objective).outward(objective.null_parameters())
        fits = []
        for alpha in values:
            certificate: list[float] = []
            states = _states(objective, Penalty(float(alpha), l1_ratio), start, kept)
            ended = run(_noting(states, certificate), max_iter=max_iter, tol=tol)
            start = ended.parameters
            fits.append((ended, certificate[-1]))
    return RegularisationPath(
        alphas=values,
        coefficients=np.array([ended.parameters[:-1] for ended, _ in fits]),
        intercepts=np.array([ended.parameters[-1] for ended, _ in fits]),
        costs=np.array([ended.cost for ended, _ in fits]),
        largest_subgradient=np.array([certificate for _, certificate in fits]),
        n_iter=np.array([ended.n_iter for ended, _ in fits]),
        statuses=tuple(ended.status for ended, _ in fits),
    )


def _check(alphas: ArrayLike | None, n_alphas: int, l1_ratio: float, smallest_share: float) -> None:
    given = np.atleast_1d(np.asarray(() if alphas is None else alphas, dtype=np.float64))
    if alphas is not None and (given.size == 0 or not np.all((given >= 0) & np.isfinite(given))):
        raise TrainingError(f"alphas is {alphas!r}.", remedy="Give at least one number, all of them 0 or more.")
    if alphas is None and n_alphas < 1:
        raise TrainingError(f"n_alphas is {n_alphas!r}.", remedy="Choose 1 or more.")
    if not 0 <= l1_ratio <= 1:
        raise TrainingError(f"l1_ratio is {l1_ratio!r}.", remedy="Choose a number from 0 (ridge) to 1 (lasso).")
    if not 0 < smallest_share <= 1:
        raise TrainingError(f"smallest_share is {smallest_share!r}.", remedy="Choose a number above 0, at most 1.")


def largest_alpha(objective: LogLoss, l1_ratio: float) -> float:
    """Smallest alpha at which every coefficient is 0."""
    _, gradient = objective.value_and_gradient(objective.null_parameters())
    return float(np.abs(gradient[:-1]).max(initial=0.0)) / max(l1_ratio, 1e-3)


def _states(objective: LogLoss, penalty: Penalty, start: Array, kept: KeptHessian) -> Iterator[ExactState]:
    ridged = objective.with_ridge(penalty.ridge)
    if penalty.lasso:
        return prox_newton(ridged, penalty.lasso, start, kept)
    return solver_states("auto", ridged, penalty, start)


def _noting(states: Iterator[ExactState], certificate: list[float]) -> Iterator[ExactState]:
    for state in states:
        certificate.append(float(np.abs(state.gradient).max()))
        yield state
