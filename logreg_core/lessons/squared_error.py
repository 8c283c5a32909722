"""Why not squared error: the same model, the same rows, two costs, and what descent makes of each.

    log loss         mean of -y log p - (1 - y) log(1 - p)      convex in weight and bias: one valley, no flat places
    squared error    mean of (p - y)^2                          not convex

The gradient of the squared error carries the slope of the sigmoid with it,

    d/dz (p - y)^2 = 2 (p - y) p (1 - p)

which is nearly 0 for a row that is certain and wrong: where the error is largest there is hardly any slope left, and a
descent that starts there does not get away within any number of steps that somebody would wait for. For log loss the
factor p (1 - p) cancels, and d/dz = p - y is then at its largest.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from logreg_core.lessons.examples import Example, exam
from logreg_core.training import LogLoss, cost_surface, exact_optimum, gradient_descent, sigmoid

Array = NDArray[np.float64]

RATE = 0.5
STEPS = 3000
WEIGHTS = (-4.0, 4.0)
BIASES = (-10.0, 10.0)
"""Where a descent may start."""
MAP_WEIGHTS, MAP_BIASES = (-8.5, 8.5), (-12.0, 12.0)
STUCK_ABOVE = 0.05
"""Of squared error, above its lowest point: as if one row in twenty were certain and wrong."""
FLAT = 0.001
ARRIVED_WITHIN = 0.001
_DRAWN = 200


class SquaredError:
    """Mean squared error of a logistic model, as an objective that a descent can walk down.

    Parameters
    ----------
    X : array of shape (n, p)
    y : array of shape (n,)
        0 or 1.
    """

    def __init__(self, X: Array, y: Array) -> None:
        self._X, self._y = X, y

    def value_and_gradient(self, parameters: Array) -> tuple[float, Array]:
        """Cost and gradient, shape (p + 1,), at [coefficients..., intercept]."""
        p = sigmoid(self._X @ parameters[:-1] + parameters[-1])
        error = p - self._y
        slope = 2.0 * error * p * (1.0 - p) / len(self._y)
        return float(np.mean(error**2)), np.append(slope @ self._X, slope.sum())


@dataclass(frozen=True, eq=False)
class CostMap:
    """A cost over weight and bias.

    Attributes
    ----------
    weights, biases : arrays of shape (k,) and (m,)
    cost : array of shape (m, k)
    lowest : array of shape (2,)
        Weight and bias of the lowest point.
    lowest_cost : float
    """

    weights: Array
    biases: Array
    cost: Array
    lowest: Array
    lowest_cost: float


@dataclass(frozen=True, eq=False)
class Path:
    """A descent.

    Attributes
    ----------
    epochs : int array of shape (k,)
        Those that are kept, the first and the last among them.
    parameters : array of shape (k, 2)
        Weight and bias at these epochs.
    cost : array of shape (k,)
    slope : float
        Largest absolute entry of the gradient at the end.
    """

    epochs: NDArray[np.int64]
    parameters: Array
    cost: Array
    slope: float


@cache
def log_loss_map(n: int = 61) -> CostMap:
    """Log loss of the exam over weight and bias."""
    example = exam()
    weights, biases = np.linspace(*MAP_WEIGHTS, n), np.linspace(*MAP_BIASES, n)
    surface = cost_surface(example.X, example.y, np.zeros(2), 0, 1, weights, biases)
    best = exact_optimum(example.X, example.y, example.features)
    return CostMap(weights, biases, surface.cost, best.parameters, best.cost)


@cache
def squared_error_map(n: int = 61) -> CostMap:
    """Squared error of the exam over weight and bias."""
    example = exam()
    objective = SquaredError(example.X, example.y)
    weights, biases = np.linspace(*MAP_WEIGHTS, n), np.linspace(*MAP_BIASES, n)
    scores = weights[None, :, None] * example.X[:, 0] + biases[:, None, None]
    cost = np.mean((sigmoid(scores) - example.y) ** 2, axis=-1)
    lowest = _lowest_squared_error(example)
    return CostMap(weights, biases, cost, lowest, objective.value_and_gradient(lowest)[0])


def descents(weight: float, bias: float) -> tuple[Path, Path]:
    """Walk down log loss and squared error from the same start, with the same rate and number of steps."""
    example, start = exam(), np.array([weight, bias])
    return (
        _walk(LogLoss(example.X, example.y), start),
        _walk(SquaredError(example.X, example.y), start),
    )


def came_down(path: Path) -> bool:
    """Whether a descent of the squared error ended near its lowest point."""
    return bool(path.cost[-1] - squared_error_map().lowest_cost <= STUCK_ABOVE)


def stuck(path: Path) -> bool:
    """Whether a descent of the squared error ended far above its lowest point, with hardly any slope to go on."""
    return not came_down(path) and path.slope < FLAT


def arrived(path: Path) -> bool:
    """Whether a descent of the log loss ended at its lowest point."""
    return bool(path.cost[-1] - log_loss_map().lowest_cost < ARRIVED_WITHIN)


def _walk(objective: LogLoss | SquaredError, start: Array) -> Path:
    states = list(islice(gradient_descent(objective, start, RATE), STEPS + 1))
    kept = np.unique(np.rint(STEPS * np.linspace(0.0, 1.0, _DRAWN) ** 3).astype(np.int64))
    return Path(
        epochs=kept,
        parameters=np.array([states[epoch].parameters for epoch in kept]),
        cost=np.array([states[epoch].cost for epoch in kept]),
        slope=float(np.abs(states[-1].gradient).max()),
    )


def _lowest_squared_error(example: Example) -> Array:
    """The lowest point on the whole map: descent to standstill from the best point of log loss, which is near it."""
    objective = SquaredError(example.X, example.y)
    best = exact_optimum(example.X, example.y, example.features).parameters
    state = next(islice(gradient_descent(objective, best, 2.0), 3_000, None))
    return np.array(state.parameters)


def path_table(path: Path) -> pd.DataFrame:
    """Weight, bias and cost at some of the steps."""
    some = np.unique(np.linspace(0, len(path.epochs) - 1, 25).round().astype(int))
    return pd.DataFrame(
        {
            "step": path.epochs[some],
            "weight": path.parameters[some, 0],
            "bias": path.parameters[some, 1],
            "cost": path.cost[some],
        }
    )
