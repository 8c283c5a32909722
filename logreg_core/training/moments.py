"""Where the columns of X are, from a sample of their rows: mean and standard deviation.

They choose the coordinates in which solvers work, and tell a column that is far from 0 or constant; no result depends
on them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.row_sample import row_sample

Array = NDArray[np.float64]

MOST_VALUES_LOOKED_AT = 2**14
FEWEST_ROWS_LOOKED_AT = 256
ROUNDING = 1e-13
MOST_SPREADS_FROM_ZERO = 100.0
"""A column further from 0 than this many standard deviations is taken relative to its mean."""


class Columns(NamedTuple):
    """Where the columns are: mean (relative to the objective's reference) and standard deviation, shape (p,) each.

    Both may be those of a sample of rows: they choose coordinates, never a result. A constant column has spread 0.
    ``offsets``, shape (k, p), are the rows that were looked at, about the mean.
    """

    mean: Array
    spread: Array
    offsets: Array


def column_moments(X: Array, reference: Array | None = None, weights: Array | None = None) -> Columns:
    """Mean (relative to ``reference``) and standard deviation of the columns, from a sample of rows if there are many.

    A column that does not vary in the sample is looked at in full, so that a spread of 0 means constant. With
    ``weights`` (of shape (n,)), of the weighted rows.
    """
    n, p = X.shape
    wanted = max(FEWEST_ROWS_LOOKED_AT, MOST_VALUES_LOOKED_AT // max(p, 1))
    chosen = row_sample(None, wanted, np.random.default_rng(0), n)[0] if wanted < n else None
    first = X[0]
    offsets = (X if chosen is None else np.take(X, chosen, axis=0)) - first
    shares = np.full(len(offsets), 1.0 / len(offsets))
    if weights is not None:
        drawn = weights if chosen is None else weights[chosen]
        shares = drawn / drawn.sum() if drawn.any() else shares
    mean = shares.dot(offsets)
    offsets -= mean
    rounded_away = ROUNDING * np.abs(mean)
    with np.errstate(over="ignore"):
        spread = np.sqrt(shares.dot(np.square(offsets)))
    if not np.isfinite(spread).all():
        size = np.maximum(np.abs(offsets).max(axis=0), 1.0)
        spread = size * np.sqrt(shares @ (offsets / size) ** 2)
    # Values that are all the same in the sample, but not those of the first row, leave a spread of pure rounding.
    flat = np.flatnonzero(spread <= rounded_away)
    spread[flat] = 0.0
    if chosen is not None:
        for j in flat:
            size = float(np.abs(X[:, j]).max()) or 1.0
            spread[j] = size * (X[:, j] / size).std() if X[:, j].min() < X[:, j].max() else 0.0
    mean += first if reference is None else first - reference
    return Columns(mean, spread, offsets)


def far_reference(columns: Columns) -> Array | None:
    """The means of the columns if one is so far from 0 that digits would be lost; None otherwise."""
    far = np.abs(columns.mean) > MOST_SPREADS_FROM_ZERO * columns.spread
    return columns.mean.copy() if far.any() else None
