"""Numbers that stand apart from all others, in whatever way the others are spread.

Whether the most distant of some numbers is too distant depends on how their tail falls off: of incomes the highest is
often twice the second, of heights never. Distances d(1) >= d(2) >= ... from the median on one side tell: in a tail of
the Pareto kind, i log(d(i) / d(i+1)) are independent exponential variables of one mean xi (Rényi 1953), which the next
k of them estimate (Hill 1975); lighter tails have smaller ones the farther out. So m numbers are apart if

    x = m log(d(m) / d(m+1)) / xi  has  P(X >= x) = (1 + x / k)^-k  of at most 0.003, shared among the sides and all m

and if, besides, the nearest of them is half as far again from the median as any other number. Of a dozen different
values each may be a code: among so few only a single number can be apart.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
P_VALUE = 0.003
TIMES = 1.5
MOST = 20
"""Numbers on one side beyond which they are a group, and not a few."""
_FEW = 5
_FEW_SHARE = 0.02
_FEWEST = 10
_DIFFERENT = 12
_TAIL_SHARE = 1 / 8
_SHORTEST, _LONGEST = 10, 50


def apart_fences(ordered: FloatArray) -> tuple[float, float]:
    """Beyond which of sorted finite numbers (n,), and of others like them, one stands apart; infinite if none would."""
    if ordered.size < 2 * _FEWEST:
        return -math.inf, math.inf
    middle = float(ordered[(ordered.size - 1) // 2])
    with np.errstate(over="ignore"):
        gaps = np.diff(ordered)
        gaps = gaps[gaps > 0]
        # The unit in which numbers are written: a low quartile of the distances between neighbours.
        step = float(np.partition(gaps, gaps.size // 4)[gaps.size // 4]) if gaps.size else 0.0
        most = 1 if gaps.size + 1 < _DIFFERENT else min(MOST, max(_FEW, math.ceil(_FEW_SHARE * ordered.size)))
        above = _reach(ordered[ordered > middle][::-1] - middle, step, most)
        below = _reach(middle - ordered[ordered < middle], step, most)
        return middle - below, middle + above


def _reach(distances: FloatArray, step: float, most: int) -> float:
    """How far from the median one stands apart, given the positive ``distances`` (n,) on one side, farthest first."""
    most = min(most, distances.size - _FEWEST)
    if most < 1 or not np.isfinite(distances[0]):
        return math.inf
    length = min(_LONGEST, max(_SHORTEST, int(_TAIL_SHARE * distances.size)))
    tail = _spread(distances[: most + length + 1], step)
    for m in range(most, 0, -1):
        nearest, next_one = float(distances[m - 1]) - step / 2, float(tail[m])
        left = tail[m : m + length + 1]  # the tail is estimated from the numbers that are left
        if nearest >= TIMES * next_one and m * math.log(nearest / next_one) > _critical(left, m):
            return min(_next_reach(left), math.sqrt(nearest) * math.sqrt(next_one))
    return _next_reach(tail[: length + 1])


def _next_reach(tail: FloatArray) -> float:
    """From where on a single number would stand apart from ``tail``."""
    with np.errstate(over="ignore"):
        return float(tail[0] * max(TIMES, float(np.exp(_critical(tail, 1)))))


def _critical(tail: FloatArray, m: int) -> float:
    """What m log(d(m) / d(m+1)) exceeds by chance once in so many columns, by the tail (k + 1,), farthest first."""
    k = tail.size - 1
    limit = P_VALUE / (2 * m * (m + 1))  # 1 / (m (m + 1)) summed over all m is one
    return float(np.log(tail[:k] / tail[k]).sum() * math.expm1(-math.log(limit) / k))


def _spread(distances: FloatArray, step: float) -> FloatArray:
    """Equal distances apart from each other, evenly over the unit in which they are written."""
    _, place, counts = np.unique(-distances, return_inverse=True, return_counts=True)
    starts = np.cumsum(counts) - counts
    within = (np.arange(distances.size) - starts[place] + 0.5) / counts[place]
    return np.maximum(distances + step * (0.5 - within), np.finfo(np.float64).tiny)
