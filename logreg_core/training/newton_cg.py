"""Truncated Newton for wide tables: the Newton system solved by conjugate gradients, never a p x p matrix.

Each Newton step needs only products of the Hessian with vectors, two multiplications by X each. They are taken in
single precision: the direction is a direction, and the gradient, in double precision, says where the end is. The system
is solved only as exactly as the gradient deserves, by a factor that shrinks with it (Eisenstat and Walker 1996). What
the products of one system have told about the Hessian serves the next as a first guess of its inverse: pairs as in
``lbfgs``, spread over the directions of the last system (Morales and Nocedal 2000); a quarter of the products saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.training.exact import ExactState, Frame, backtrack, starting_point
from logreg_core.training.lbfgs import MOST_PAIRS, Pair, apply_inverse, newest_steepness
from logreg_core.training.objective import Smooth
from logreg_core.training.standardised import Standardised

Array = NDArray[np.float64]

LARGEST_FORCING = 0.3
LEAST_FORCING = 0.01
"""More exact solutions cost more products than they save steps."""
FEWEST_PAIRS = 3


def newton_cg(objective: Smooth, start: ArrayLike | None = None) -> Iterator[ExactState]:
    """Newton steps by conjugate gradients, in standardised columns.

    Parameters
    ----------
    objective : Smooth
    start : array of shape (p + 1,), optional
        [coefficients..., intercept]; the null model if left out.
    """
    frame, view = Frame(objective), Standardised(objective)
    position = view.inward(starting_point(objective, frame, start))
    cost, gradient = view.value_and_gradient(position)
    step, distance, forcing = 1.0, np.nan, LARGEST_FORCING
    pairs: tuple[Pair, ...] = ()
    for epoch in count():
        yield frame.state(
            epoch, view.outward(position), cost, view.gradient_outward(gradient), step=step, distance=distance
        )
        norm = float(np.sqrt(gradient.dot(gradient)))
        solution, seen = conjugate_gradients(view.hessian_products(position), gradient, forcing * norm, pairs)
        direction = -solution
        pairs = _spread_out(seen) if len(seen) >= FEWEST_PAIRS else pairs
        slope = float(gradient.dot(direction))
        accepted = backtrack(view.value_and_gradient, position, cost, direction, slope)
        if accepted is None:
            return
        position, step, cost, gradient = accepted
        distance = float(np.abs(direction).max()) * forcing
        shrunk = float(np.sqrt(gradient.dot(gradient))) / norm
        forcing = min(LARGEST_FORCING, max(LEAST_FORCING, shrunk**1.5))


def conjugate_gradients(
    product: Callable[[Array], Array], right: Array, enough: float, pairs: tuple[Pair, ...] = ()
) -> tuple[Array, list[Pair]]:
    """Solve ``A x = right`` for a symmetric positive definite A until the residual is no longer than ``enough``.

    Stops at a direction without curvature, which an A that is only semidefinite has.

    Parameters
    ----------
    product : callable
        ``vector -> A times vector``, both of the shape of ``right``.
    right : array of shape (k,)
    enough : float
    pairs : tuple of Pair
        Directions with their images under a similar matrix: a first guess of the inverse.

    Returns
    -------
    solution : array of shape (k,)
    seen : list of Pair
        The directions taken with their images.
    """
    guess = newest_steepness(pairs)
    solution = np.zeros_like(right)
    residual = right.copy()
    direction = guessed = apply_inverse(pairs, residual, guess)
    slope = float(residual.dot(guessed))
    seen: list[Pair] = []
    for _ in range(2 * len(right)):
        if float(residual.dot(residual)) <= enough**2:
            break
        image = product(direction)
        curvature = float(direction.dot(image))
        if curvature <= 1e-12 * float(direction.dot(direction)):
            return (solution if seen else direction), seen
        solution += slope / curvature * direction
        residual -= slope / curvature * image
        seen.append(Pair(direction, image, 1.0 / curvature))
        guessed = apply_inverse(pairs, residual, guess)
        before, slope = slope, float(residual.dot(guessed))
        if not slope > 0:  # rounding
            break
        direction = guessed + slope / before * direction
    return solution, seen


def _spread_out(seen: list[Pair]) -> tuple[Pair, ...]:
    """At most ``MOST_PAIRS`` of them, from the first to the last."""
    places = np.unique(np.linspace(0, len(seen) - 1, min(MOST_PAIRS, len(seen))).astype(np.intp))
    return tuple(seen[place] for place in places)
