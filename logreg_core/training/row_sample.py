"""A random sample of rows that stands for all of them.

One row is drawn from each of k equal stretches of the table, so that the sample is spread over it whatever its order,
and at random within the stretch, so that a table that repeats itself every few rows is not seen at one phase only.
Where one class is rare, its rows carry most of what there is to know: they are drawn separately, up to half of the
sample, and every row is weighted by the rows of its class that it stands for (as in a case-control study).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]

RARE = 0.125
"""Share of rows below which a class is drawn separately."""


def row_sample(
    positive: NDArray[np.bool_] | None, rows: int, rng: np.random.Generator, n: int | None = None
) -> tuple[Rows, NDArray[np.float64] | None]:
    """Draw about ``rows`` of n rows without replacement.

    Parameters
    ----------
    positive : bool array of shape (n,), optional
        The class of each row; if left out, ``n`` says how many there are.
    rows : int
    rng : Generator
    n : int, optional

    Returns
    -------
    chosen : rising int array of shape (k,)
    weights : array of shape (k,) or None
        Rows that each of them stands for; None when that is the same for all.
    """
    if positive is None:
        assert n is not None
        return _spread_out(n, rows, rng), None
    n = len(positive)
    count = int(np.count_nonzero(positive))
    if min(count, n - count) >= RARE * n:
        return _spread_out(n, rows, rng), None
    rare = np.flatnonzero(positive if count < n - count else ~positive)
    chosen_rare = rare[_spread_out(len(rare), min(len(rare), rows // 2), rng)]
    # The others are nearly all: drawn from all rows, and the rare among them left out.
    chosen = _spread_out(n, rows - len(chosen_rare), rng)
    chosen = chosen[positive[chosen] != positive[rare[0]]] if len(rare) else chosen
    both = np.concatenate([chosen_rare, chosen])
    weights = np.empty(len(both))
    weights[: len(chosen_rare)] = len(rare) / max(1, len(chosen_rare))
    weights[len(chosen_rare) :] = (n - len(rare)) / max(1, len(chosen))
    order = np.argsort(both)
    return both[order], weights[order]


def _spread_out(n: int, rows: int, rng: np.random.Generator) -> Rows:
    """One row from each of ``rows`` stretches of n, rising."""
    if rows >= n:
        return np.arange(n)
    edges = np.arange(rows + 1) * n // max(rows, 1)
    drawn = edges[:-1] + (rng.random(rows) * np.diff(edges)).astype(np.intp)
    chosen: Rows = drawn.astype(np.intp)
    return chosen
