"""The cost over any two parameters: a map of the valley that a descent walks through.

The others are either held where they are, a cut through the valley, or made as good as they can be at every point of
the map, its floor as seen from above:

    held            J(a, b, others)
    re-optimised    min over the others of J(a, b, others)

The second costs a small fit at every point: Newton's method with the two columns as an offset, each point started from
its neighbour. For a map some thousand rows are enough; of more, some are drawn at random, and the map says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.training.blas import one_blas_thread
from logreg_core.training.log_loss import log1pexp, sigmoid
from logreg_core.training.penalty import Penalty
from logreg_core.training.scaled_rows import ScaledRows

Array = NDArray[np.float64]

MOST_ROWS = 20_000
MOST_ROWS_REOPTIMISED = 2_000
MOST_STEPS = 50
SMALL_GRADIENT = 1e-9
FARTHEST = 4.0
LONGEST_STEP = 5.0
"""Of a coefficient, in standard deviations: where all rows are far from the line, curvature says little."""


@dataclass(frozen=True, eq=False)
class CostSurface:
    """Cost over two parameters.

    Attributes
    ----------
    first, second : int
        Which ones, numbers in [coefficients..., intercept].
    first_values : array of shape (k,)
    second_values : array of shape (m,)
    cost : array of shape (m, k)
        ``cost[i, j]`` at ``second_values[i]`` and ``first_values[j]``.
    reoptimised : bool
        The other parameters are as good as they can be at each point.
    n_rows : int
        Rows it is made from.
    n_rows_in_all : int
        If larger, they are a random sample, and the lowest point is near that of all rows.
    """

    first: int
    second: int
    first_values: Array
    second_values: Array
    cost: Array
    reoptimised: bool
    n_rows: int
    n_rows_in_all: int


def cost_surface(  # noqa: PLR0917
    X: Array,
    y: NDArray[np.generic],
    parameters: ArrayLike,
    first: int,
    second: int,
    first_values: ArrayLike,
    second_values: ArrayLike,
    *,
    reoptimise: bool = False,
    penalty: Penalty | None = None,
    sample_weight: Array | None = None,
    most_rows: int | None = None,
    seed: int = 0,
) -> CostSurface:
    """Compute the cost over a grid of values of two parameters.

    Parameters
    ----------
    X : float64 array of shape (n, p)
    y : array of shape (n,)
        0 or 1 for each row.
    parameters : array of shape (p + 1,)
        [coefficients..., intercept]: where the others are held, or start from.
    first, second : int
        Two different numbers from 0 to p; p is the intercept.
    first_values, second_values : array of shape (k,) and (m,)
    reoptimise : bool
        Make the other parameters as good as they can be at each point. Not with a lasso part in the penalty.
    penalty : Penalty, optional
    sample_weight : array of shape (n,), optional
    most_rows : int, optional
        Rows of the map; 20,000 if left out, 2,000 when re-optimised.
    seed : int
        For the rows that are drawn if there are more.
    """
    penalty = penalty or Penalty()
    at = np.array(parameters, dtype=np.float64)
    columns, rows_values = (np.array(values, dtype=np.float64) for values in (first_values, second_values))
    if first == second or not {first, second} <= set(range(len(at))):
        raise ValueError(f"first and second must be two numbers from 0 to {len(at) - 1}, got {first} and {second}.")
    if reoptimise and penalty.lasso > 0:
        raise ValueError(f"reoptimise is for ridge penalties only, got l1_ratio {penalty.l1_ratio}.")
    chosen = _rows(len(y), most_rows or (MOST_ROWS_REOPTIMISED if reoptimise else MOST_ROWS), seed)
    weights = np.ones(len(chosen)) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)[chosen]
    signs = np.where(y[chosen] == 1, -1.0, 1.0)
    section = _Section(X[chosen], signs, weights / weights.sum(), penalty=penalty, at=at, pair=(first, second))
    cost = np.empty((len(rows_values), len(columns)))
    with one_blas_thread:
        for i, b in enumerate(rows_values):
            there_and_back = range(len(columns)) if i % 2 == 0 else range(len(columns) - 1, -1, -1)
            for j in there_and_back:
                cost[i, j] = section.cost(float(columns[j]), float(b), reoptimise=reoptimise)
    return CostSurface(first, second, columns, rows_values, cost, reoptimise, len(chosen), len(y))


def axis_values(path: ArrayLike, lowest: float | None, *, spread: float = 0.0, n: int = 45) -> Array:
    """Values of one axis of a map that shows where a descent was and where it should have gone.

    Parameters
    ----------
    path : array of shape (k,)
        The parameter at the start and on the way; what is more than ``FARTHEST`` times as far off as the lowest point
        is left out, so that a descent that blew up does not make the map of nothing else.
    lowest : float or None
        Where the cost is lowest.
    spread : float
        At least three times as far is shown on both sides, such as a standard error.
    n : int
        How many values.
    """
    places = np.asarray(path, dtype=np.float64)
    places = places[np.isfinite(places)]
    ends = [float(places[0]), float(places[-1]) if lowest is None else lowest]
    low, high = min(ends), max(ends)
    far = max(high - low, 3.0 * spread if np.isfinite(spread) else 0.0, 0.1 * abs(ends[1]), 1e-3)
    near = places[(places >= low - FARTHEST * far) & (places <= high + FARTHEST * far)]
    low, high = min(low, float(near.min())), max(high, float(near.max()))
    if high - low < far:
        low, high = ends[1] - far, ends[1] + far
    margin = 0.2 * (high - low)
    return np.linspace(low - margin, high + margin, n)


def _rows(n: int, most: int, seed: int) -> NDArray[np.intp]:
    if n <= most:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, most, replace=False))


class _Section:
    """The cost as a function of two parameters; keeps the others of the last point to start from."""

    def __init__(
        self, X: Array, signs: Array, weights: Array, *, penalty: Penalty, at: Array, pair: tuple[int, int]
    ) -> None:
        scaled = ScaledRows(X)
        Z = scaled.take(np.arange(len(X)))
        position = scaled.inward(at)
        self._signs, self._weights, self._penalty, self._pair = signs, weights, penalty, pair
        self._others = np.array([j for j in range(len(at)) if j not in pair], dtype=np.intp)
        self._scale: Array = np.append(scaled.scale, 1.0)
        self._coefficients = np.append(np.ones(len(at) - 1, dtype=np.bool_), False)
        self._held = at
        design = np.column_stack([X, np.ones(len(X))])
        self._pair_columns = design[:, list(pair)]
        self._scores_of_held: Array = design[:, self._others] @ at[self._others]
        # Re-optimised in scaled columns, centred only where there is an intercept to take up the centre.
        centred = len(at) - 1 in self._others
        self._design: Array = (Z if centred else design / self._scale)[:, self._others]
        self._free_pair: Array = (Z * self._scale if centred else design)[:, list(pair)]
        self._start: Array = (position if centred else at * self._scale)[self._others]
        ridge = np.where(self._coefficients, penalty.ridge, 0.0) / self._scale**2
        self._ridge: Array = ridge[self._others]

    def cost(self, first: float, second: float, *, reoptimise: bool) -> float:
        """Cost at these values of the pair."""
        pair_values = np.array([first, second])[[self._coefficients[j] for j in self._pair]]
        fixed = float(
            self._penalty.ridge / 2 * pair_values @ pair_values + self._penalty.lasso * np.abs(pair_values).sum()
        )
        if reoptimise and len(self._others):
            self._start, cost = self._newton(self._free_pair @ np.array([first, second]))
            return cost + fixed
        others = self._held[self._others][self._coefficients[self._others]]
        fixed += float(self._penalty.ridge / 2 * others @ others + self._penalty.lasso * np.abs(others).sum())
        scores = self._pair_columns @ np.array([first, second]) + self._scores_of_held
        return float(self._weights @ log1pexp(self._signs * scores)) + fixed

    def _newton(self, offset: Array) -> tuple[Array, float]:
        position = self._start
        cost = self._loss(position, offset)
        for _ in range(MOST_STEPS):
            margins = self._signs * (offset + self._design @ position)
            share = sigmoid(margins)
            gradient = (self._weights * self._signs * share) @ self._design + self._ridge * position
            if np.abs(gradient).max() <= SMALL_GRADIENT:
                break
            curvature = self._weights * share * sigmoid(-margins)
            hessian = (self._design * curvature[:, None]).T @ self._design + np.diag(self._ridge)
            step = np.linalg.lstsq(hessian, gradient)[0]
            step *= min(1.0, LONGEST_STEP / max(float(np.abs(step).max()), 1e-300))
            tried, tried_cost = position - step, self._loss(position - step, offset)
            while tried_cost > cost and np.abs(step).max() > 1e-12:
                step = step / 2.0
                tried, tried_cost = position - step, self._loss(position - step, offset)
            if tried_cost > cost:
                break
            position, cost = tried, tried_cost
        return position, cost

    def _loss(self, position: Array, offset: Array) -> float:
        loss = self._weights @ log1pexp(self._signs * (offset + self._design @ position))
        return float(loss + self._ridge @ position**2 / 2.0)
