"""Fewer points on a drawn curve without moving its shape: equal steps along its length."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def thin(x: NDArray[np.float64], y: NDArray[np.float64], limit: int) -> NDArray[np.intp]:
    """Positions of at most ``limit`` points of the curve through (x, y), first and last always among them.

    Both axes are scaled to 0 to 1 and points are taken at equal steps of ``|dx| + |dy|``, so that steep and flat
    stretches are equally well drawn. On a monotone curve no left-out point is further than ``2 / (limit - 1)`` from
    a kept one. ``x`` and ``y`` have shape (n,) and are finite.
    """
    n = len(x)
    if n <= limit:
        return np.arange(n)
    steps = np.abs(np.diff(_unit(x))) + np.abs(np.diff(_unit(y)))
    length = np.concatenate(([0.0], np.cumsum(steps)))
    kept = np.searchsorted(length, np.linspace(0.0, length[-1], limit))
    kept[0], kept[-1] = 0, n - 1
    return np.unique(np.minimum(kept, n - 1))


def _unit(values: NDArray[np.float64]) -> NDArray[np.float64]:
    # Halved first: the range of -1.7e308 to 1.7e308 is not a float.
    halves = values / 2
    span = float(halves.max() - halves.min())
    return np.asarray((halves - halves.min()) / span) if span > 0 else np.zeros_like(halves)
