"""Newton's method, which for logistic regression is iteratively reweighted least squares.

    direction = -Hessian^-1 gradient          parameters <- parameters + step * direction

with the first step of 1, 1/2, 1/4, ... that lowers the cost enough (``careful_step`` where none does). Started from
the null model (no coefficients, the log-odds of the positive class), whose first step is the least-squares fit on the
logit scale (Haggstrom 1983). One pass over the rows gives cost, gradient and Hessian. The Hessian costs p times a
gradient, so this is for small tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.training.curvature import Curvature
from logreg_core.training.exact import HALVINGS_OF_NEWTON, ExactState, Frame, backtrack, careful_step, starting_point
from logreg_core.training.objective import Smooth

Array = NDArray[np.float64]

STEPS_IN_VAIN = 3


def newton(objective: Smooth, start: ArrayLike | None = None) -> Iterator[ExactState]:
    """Damped Newton steps; ends by itself only when no step lowers the cost or the gradient any more.

    Parameters
    ----------
    objective : Smooth
    start : array of shape (p + 1,), optional
        [coefficients..., intercept]; the null model if left out.
    """
    frame = Frame(objective)
    parameters = starting_point(objective, frame, start)
    cost, gradient, hessian = objective.derivatives(parameters)
    step, in_vain = 1.0, 0
    for epoch in count():
        if not np.isfinite(hessian).all():
            yield frame.state(epoch, parameters, cost, gradient, step=step)
            return
        direction = -Curvature(hessian).solve(gradient)
        yield frame.state(epoch, parameters, cost, gradient, step=step, distance=frame.length(direction))
        slope = float(gradient.dot(direction))
        latest = hessian

        def evaluate(tried: Array) -> tuple[float, Array]:
            nonlocal latest
            tried_cost, tried_gradient, latest = objective.derivatives(tried)
            return tried_cost, tried_gradient

        accepted = backtrack(evaluate, parameters, cost, direction, slope, halvings=HALVINGS_OF_NEWTON)
        if accepted is None:
            accepted = careful_step(objective, parameters, cost, gradient)
            if accepted is None:
                return
            latest = objective.hessian(accepted.parameters)
        # Close to the optimum rounding decides: neither the cost nor the gradient gets smaller any more.
        better = accepted.cost < cost or np.abs(accepted.gradient).max() < 0.5 * np.abs(gradient).max()
        in_vain = 0 if better else in_vain + 1
        if in_vain > STEPS_IN_VAIN:
            return
        parameters, step, cost, gradient = accepted
        hessian = latest
