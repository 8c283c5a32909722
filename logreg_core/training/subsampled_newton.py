"""The fast path for many rows: gradients of all rows, curvature of a few.

The step to the optimum needs a gradient that is exact and a Hessian that need not be: one from a random sample of m
rows is off by a share of about sqrt(p / m), so every step leaves only such a share of the gradient, and L-BFGS pairs on
top (``lbfgs``) learn what the sample got wrong. A pass for the gradient is all that a step costs. The start is the
optimum of the sample itself, found in the same way from a sample of the sample. After a step that shrinks the gradient
by less than a factor 5 the sample's Hessian is taken again where the parameters are now: with rare events it changes
much along the way. (Sub-sampled Newton: Xu et al., NeurIPS 2016; samples that grow: Ada Newton, arXiv 1605.07659.)
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.training.curvature import Curvature
from logreg_core.training.exact import HALVINGS_OF_NEWTON, ExactState, Frame, backtrack, careful_step, starting_point
from logreg_core.training.lbfgs import Pair, apply_inverse, with_pair
from logreg_core.training.newton import STEPS_IN_VAIN, newton
from logreg_core.training.objective import Smooth

Array = NDArray[np.float64]

SHARE_OF_ROWS = 32
"""One row in so many is in the sample ..."""
SAMPLE_ROWS_PER_COLUMN = 100
"""... but at least so many for each column ..."""
FEWEST_SAMPLE_ROWS = 2000
LARGEST_SHARE = 3
"""... and at most one row in so many: beyond, sampling is not worth it."""
ENOUGH_SHRINKING = 5.0
MOST_SLOW_STEPS = 3
"""After so many in a row the sample misses something, such as a level that only a few rows have: all rows, then."""
MOST_STEPS_ON_A_SAMPLE = 12


def subsampled_newton(objective: Smooth, start: ArrayLike | None = None, seed: int = 0) -> Iterator[ExactState]:
    """Newton steps with the Hessian of a random sample of rows; the first state is the optimum of the sample.

    Parameters
    ----------
    objective : Smooth
    start : array of shape (p + 1,), optional
        [coefficients..., intercept], then also the first state; if left out, the search begins on the sample from the
        null model.
    seed : int
        Of the samples: equal seeds give equal bits.
    """
    frame = Frame(objective)
    parameters = starting_point(objective, frame, start)
    sample = _sample(objective, seed)
    if start is None and sample is not None:
        parameters = _optimum_of(sample, parameters, seed + 1)
    yield from _steps(objective, sample or objective, parameters, frame)


def _steps(objective: Smooth, sample: Smooth, parameters: Array, frame: Frame) -> Iterator[ExactState]:
    cost, gradient = objective.value_and_gradient(parameters)
    if not np.isfinite(cost):
        yield frame.state(0, parameters, cost, gradient)
        return
    curvature = Curvature(sample.hessian(parameters))
    if curvature.deficient and sample is not objective:
        sample = objective
        curvature = Curvature(sample.hessian(parameters))
    pairs: tuple[Pair, ...] = ()
    step, slow, in_vain = 1.0, 0, 0
    for epoch in count():
        direction = -apply_inverse(pairs, gradient, curvature.solve)
        yield frame.state(epoch, parameters, cost, gradient, step=step, distance=frame.length(direction))
        slope = float(gradient.dot(direction))
        accepted = backtrack(
            objective.value_and_gradient, parameters, cost, direction, slope, halvings=HALVINGS_OF_NEWTON
        ) or careful_step(objective, parameters, cost, gradient)
        if accepted is None:
            return
        before = float(np.abs(gradient * frame.units).max())
        # Close to the optimum rounding decides: neither the cost nor the gradient gets smaller any more.
        better = accepted.cost < cost or float(np.abs(accepted.gradient * frame.units).max()) < 0.5 * before
        in_vain = 0 if better else in_vain + 1
        if in_vain > STEPS_IN_VAIN:
            return
        pairs = with_pair(pairs, accepted.parameters - parameters, accepted.gradient - gradient)
        parameters, step, cost, gradient = accepted
        slow = slow + 1 if ENOUGH_SHRINKING * float(np.abs(gradient * frame.units).max()) > before else 0
        if slow:
            sample = objective if slow >= MOST_SLOW_STEPS else sample
            curvature, pairs = Curvature(sample.hessian(parameters)), ()


def _sample(objective: Smooth, seed: int) -> Smooth | None:
    """Return a sample to take curvature from; None where all rows serve as well."""
    n, p = objective.n_rows, objective.n_features
    rows = max(n // SHARE_OF_ROWS, SAMPLE_ROWS_PER_COLUMN * p, FEWEST_SAMPLE_ROWS)
    return objective.sample(rows, seed) if rows * LARGEST_SHARE <= n else None


def _optimum_of(objective: Smooth, parameters: Array, seed: int) -> Array:
    """Return the optimum of a sample, up to a tenth of the error that it has for being a sample.

    The smallest sample is small enough for Newton steps with its own second derivatives, which end where the next
    larger one wants them.
    """
    sample = _sample(objective, seed)
    if sample is not None:
        parameters = _optimum_of(sample, parameters, seed + 1)
    enough = 0.1 * np.sqrt(objective.n_features / objective.n_rows)
    frame = Frame(objective)
    start = frame.outward(parameters)
    last = None
    for state in newton(objective, start) if sample is None else _steps(objective, sample, frame.inward(start), frame):
        last = state
        if not np.isfinite(state.cost) or state.distance <= enough or state.epoch >= MOST_STEPS_ON_A_SAMPLE:
            break
    assert last is not None
    return frame.inward(last.parameters) if np.isfinite(last.cost) else parameters
