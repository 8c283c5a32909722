"""Gradient descent that finds its own learning rate: backtracking until the cost has fallen enough (Armijo 1966).

Each epoch tries twice the rate of the last one and halves it until

    J(w - t g) <= J(w) - t |g|^2 / 2,

half of what the slope promises. A rate of at most 1/L always passes, so no cost ever rises and no rate is to be chosen.
Near the lowest point the two costs agree in all their digits and their difference is rounding; there the slope decides,
which keeps its digits: a step is good as long as it does not lead past the lowest point of its line (for a quadratic
cost the same condition; compare "approximate Wolfe" of Hager and Zhang 2005).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from logreg_core.training.objective import Objective
from logreg_core.training.optimisers import DescentState, evaluated

ENOUGH = 0.5
"""Share of the promised fall that must be there."""
ROUNDING = 1e-12
"""Relative difference of two costs that says nothing."""
MOST_HALVINGS = 1100
"""From the largest float to the smallest, and on."""


def line_search_descent(
    objective: Objective, start: ArrayLike | DescentState, first_rate: float = 1.0
) -> Iterator[DescentState]:
    """Full-batch gradient descent with a backtracking line search.

    Parameters
    ----------
    objective : Objective
    start : array of shape (p + 1,), or a state to go on from
        [coefficients..., intercept]
    first_rate : float
        The rate tried first, above 0. Later epochs begin at twice the rate that was taken before them.

    Yields
    ------
    DescentState
        ``step_size`` is the rate that was taken. Most epochs cost one or two passes over the rows.
    """
    if isinstance(start, DescentState):
        state = start
    else:
        state = evaluated(objective, 0, np.array(start, dtype=np.float64), float("nan"))
    while True:
        yield state
        rate = first_rate if np.isnan(state.step_size) else 2.0 * state.step_size
        state = _backtrack(objective, state, rate)


@np.errstate(over="ignore", invalid="ignore", under="ignore")
def _backtrack(objective: Objective, state: DescentState, rate: float) -> DescentState:
    steepness = float(state.gradient @ state.gradient)
    trial = state
    for _ in range(MOST_HALVINGS):
        trial = evaluated(objective, state.epoch + 1, state.parameters - rate * state.gradient, rate)
        promised = rate * steepness
        if promised > ROUNDING * abs(state.cost):
            enough = trial.cost <= state.cost - ENOUGH * promised
        else:
            level = trial.cost <= state.cost + ROUNDING * abs(state.cost)
            enough = level and float(state.gradient @ trial.gradient) >= 0.0
        if enough:
            break
        rate /= 2.0
    return trial
