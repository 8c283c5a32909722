"""L-BFGS: Newton's direction from the last few steps and what they did to the gradient.

Each pair (step s, change of gradient y) says how steep the objective is along s. The two loops of Nocedal (1980) apply
the inverse Hessian that agrees with all pairs kept, and elsewhere with a first guess: here one number per column (the
variance of a standardised column times the newest pair's steepness), in ``subsampled_newton`` the Hessian of a sample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.training.exact import ExactState, Frame, backtrack, starting_point
from logreg_core.training.objective import Smooth
from logreg_core.training.standardised import Standardised

Array = NDArray[np.float64]

MOST_PAIRS = 10


class Pair(NamedTuple):
    """A step and the change of the gradient along it, with the reciprocal of their product."""

    step: Array
    change: Array
    reciprocal: float


def with_pair(pairs: tuple[Pair, ...], step: Array, change: Array) -> tuple[Pair, ...]:
    """Return the pairs with one more, at most ``MOST_PAIRS``; without it where rounding hides the curvature."""
    product = float(step.dot(change))
    if product <= 1e-14 * float(np.sqrt(step.dot(step) * change.dot(change))):
        return pairs
    return (*pairs[-MOST_PAIRS + 1 :], Pair(step, change, 1.0 / product))


def apply_inverse(pairs: tuple[Pair, ...], gradient: Array, guess: Callable[[Array], Array]) -> Array:
    """Inverse Hessian of the pairs times ``gradient``; ``guess`` applies the one to start from."""
    result = gradient.copy()
    shares = []
    for pair in reversed(pairs):
        share = pair.reciprocal * float(pair.step.dot(result))
        shares.append(share)
        result -= share * pair.change
    result = guess(result)
    for pair, share in zip(pairs, reversed(shares), strict=True):
        result += (share - pair.reciprocal * float(pair.change.dot(result))) * pair.step
    return result


def lbfgs(objective: Smooth, start: ArrayLike | None = None) -> Iterator[ExactState]:
    """L-BFGS in standardised columns: one gradient per step, memory for 10 pairs.

    Parameters
    ----------
    objective : Smooth
    start : array of shape (p + 1,), optional
        [coefficients..., intercept]; the null model if left out.
    """
    frame, view = Frame(objective), Standardised(objective)
    position = view.inward(starting_point(objective, frame, start))
    cost, gradient = view.value_and_gradient(position)
    pairs: tuple[Pair, ...] = ()
    step = 1.0
    for epoch in count():
        direction = -apply_inverse(pairs, gradient, newest_steepness(pairs))
        yield frame.state(
            epoch,
            view.outward(position),
            cost,
            view.gradient_outward(gradient),
            step=step,
            distance=float(np.abs(direction).max()),
        )
        slope = float(gradient.dot(direction))
        accepted = backtrack(view.value_and_gradient, position, cost, direction, slope)
        if accepted is None and pairs:
            pairs = ()
            direction, slope = -4.0 * gradient, -4.0 * float(gradient.dot(gradient))
            accepted = backtrack(view.value_and_gradient, position, cost, direction, slope)
        if accepted is None:
            return
        pairs = with_pair(pairs, accepted.parameters - position, accepted.gradient - gradient)
        position, step, cost, gradient = accepted


def newest_steepness(pairs: tuple[Pair, ...]) -> Callable[[Array], Array]:
    """Return the function that multiplies by one number, the inverse of the curvature along the newest pair."""
    if not pairs:
        return lambda gradient: 4.0 * gradient  # a standardised column has curvature of 1/4 at most
    newest = pairs[-1]
    size = 1.0 / (newest.reciprocal * float(newest.change.dot(newest.change)))
    return lambda gradient: size * gradient
