"""Truncated Newton for wide tables: the Newton system solved by conjugate gradients, never a p x p matrix.

Each Newton step needs only products of the Hessian with vectors, two multiplications by X each. They are taken in
single precision: the direction is a direction, and the gradient, in double precision, says where the end is. The system
is solved only as exactly as the gradient deserves, by a factor that shrinks with it (Eisenstat and Walker 1996).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.training.exact import ExactState, Frame, backtrack, starting_point
from logreg_core.training.objective import Smooth
from logreg_core.training.standardised import Standardised

Array = NDArray[np.float64]

LEAST_FORCING = 1e-3
"""Products in single precision are good for somewhat more than three digits of the direction."""


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
    step, distance, forcing = 1.0, np.nan, 0.1
    for epoch in count():
        yield frame.state(
            epoch, view.outward(position), cost, view.gradient_outward(gradient), step=step, distance=distance
        )
        norm = float(np.sqrt(gradient.dot(gradient)))
        direction = -conjugate_gradients(view.hessian_products(position), gradient, forcing * norm)
        slope = float(gradient.dot(direction))
        accepted = backtrack(view.value_and_gradient, position, cost, direction, slope)
        if accepted is None:
            return
        position, step, cost, gradient = accepted
        distance = float(np.abs(direction).max()) * forcing
        shrunk = float(np.sqrt(gradient.dot(gradient))) / norm
        forcing = min(0.1, max(LEAST_FORCING, shrunk**1.5))


def conjugate_gradients(
    product: Callable[[Array], Array], right: Array, enough: float, most: int | None = None
) -> Array:
    """Solve ``A x = right`` for a symmetric positive definite A until the residual is no longer than ``enough``.

    Stops at a direction without curvature, which an A that is only semidefinite has.
    """
    solution = np.zeros_like(right)
    residual = right.copy()
    direction = residual
    squared = float(residual.dot(residual))
    for _ in range(most or 2 * len(right)):
        if squared <= enough**2:
            break
        image = product(direction)
        curvature = float(direction.dot(image))
        if curvature <= 1e-12 * float(direction.dot(direction)):
            return solution if solution.any() else right
        length = squared / curvature
        solution = solution + length * direction
        residual = residual - length * image
        before, squared = squared, float(residual.dot(residual))
        direction = residual + (squared / before) * direction
    return solution
