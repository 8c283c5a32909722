"""Columns that can nearly be computed from the others: their weights hang on chance.

The variance inflation of column j is 1 / (1 - R_j^2), R_j^2 being the share of its variance that a least-squares fit on
the other columns explains: by this factor the variance of its weight is larger than if it had nothing to do with them.
It is the j-th diagonal entry of the inverse of the columns' correlations (Marquardt 1970); this is the classical one,
of the columns alone, not that of ``car::vif``, which weighs the rows by p (1 - p).

The limit is 10, the usual one: there the standard error is 3.2 times as large, and a weight that would be known to one
digit is hardly known by its sign. Columns that are exact combinations are ``aliasing``'s business and left out here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.aliasing import find_aliased
from logreg_core.training.blas import one_blas_thread
from logreg_core.training.scaled_rows import ScaledRows

Array = NDArray[np.float64]

LARGE = 10.0
MOST_NAMED = 4
MOST_WORK = 5_000_000_000
"""Rows times squared columns up to which the columns are looked at: it takes about half a second."""
MOST_WORK_WITH_COPIES = 1_000_000_000
"""The same where exact combinations have to be found first."""
FEWEST_ROWS_A_COLUMN = 2
"""With fewer, columns of pure chance can be computed from each other: their inflation is about n / (n - p)."""
SHARE_OF_FLATTEST = 0.1
NEARLY_EXACT = 1e10
"""Above this, rounding may have hidden that a column is an exact combination."""


@dataclass(frozen=True, eq=False)
class Collinear:
    """Columns whose variance inflation is above ``LARGE``, the largest first, and what that means in words.

    ``inflation`` has shape (k,), one for each of ``columns``.
    """

    columns: tuple[int, ...]
    inflation: Array
    sentence: str


def variance_inflation(X: Array) -> Array | None:
    """Variance inflation of each column of X, (n, p) -> (p,); None if some column is an exact combination of others.

    Constant columns, too, are such combinations.
    """
    correlations = _correlations(X)
    inflation = None if correlations is None else _inflation(correlations)
    return None if inflation is None or inflation.max(initial=1.0) > NEARLY_EXACT else inflation


def _correlations(X: Array) -> Array | None:
    """Correlations of the columns, (p, p); None if one is constant."""
    rows = ScaledRows(X)
    p = rows.n_features
    sums = np.zeros((p + 1, p + 1))
    with one_blas_thread:
        for _, Z in rows.blocks():
            sums += Z.T @ Z
    products: Array = sums[:p, :p] - np.outer(sums[p, :p], sums[p, :p]) / rows.n_rows
    lengths = np.sqrt(np.maximum(np.diag(products), 0.0))
    return products / lengths / lengths[:, None] if lengths.all() else None


def _inflation(correlations: Array) -> Array | None:
    """Diagonal of the inverse, (p,); None where rounding hides that it exists."""
    try:
        half = np.linalg.inv(np.linalg.cholesky(correlations))
    except np.linalg.LinAlgError:
        return None
    return np.asarray(np.einsum("ij,ij->j", half, half))


def _inflation_beyond_rounding(correlations: Array) -> Array:
    """At least what can be told of it: ``NEARLY_EXACT`` for the columns of the flattest direction, 1 for the others."""
    flattest = np.abs(np.linalg.eigh(correlations)[1][:, 0])
    return np.where(flattest > SHARE_OF_FLATTEST, NEARLY_EXACT, 1.0)


def nearly_collinear(X: Array, feature_names: Sequence[str]) -> Collinear | None:
    """Name the columns that can nearly be computed from others; None if there are none, or too many rows and columns.

    Parameters
    ----------
    X : float64 array of shape (n, p)
        Finite values.
    feature_names : sequence of p str
    """
    n, p = X.shape
    if p < 2 or n < FEWEST_ROWS_A_COLUMN * p or n * p**2 > MOST_WORK:
        return None
    kept = np.arange(p)
    inflation = variance_inflation(X)
    if inflation is None:
        if n * p**2 > MOST_WORK_WITH_COPIES:
            return None
        aliasing = find_aliased(X, feature_names)
        kept = kept if aliasing is None else aliasing.kept
        correlations = _correlations(np.ascontiguousarray(X[:, kept])) if len(kept) > 1 else None
        if correlations is None:
            return None
        found = _inflation(correlations)
        inflation = _inflation_beyond_rounding(correlations) if found is None else found
    order = np.argsort(-inflation, kind="stable")
    order = order[inflation[order] > LARGE]
    if not len(order):
        return None
    columns = tuple(int(j) for j in kept[order])
    return Collinear(columns, inflation[order], _sentence([feature_names[j] for j in columns], float(inflation.max())))


def _sentence(names: list[str], largest: float) -> str:
    named = [f"“{name}”" for name in names[:MOST_NAMED]]
    if len(names) > MOST_NAMED:
        named.append(f"{len(names) - MOST_NAMED:,} more column{'s' if len(names) > MOST_NAMED + 1 else ''}")
    listed = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    verb, whose = ("says", "its weight is") if len(names) == 1 else ("say", "their weights are")
    return (
        f"{listed} {verb} nearly what other columns say too, so {whose} shaky: other rows could give quite different "
        f"ones, even of the other sign (variance inflation up to {_rounded(largest)}; above 10 is much). The "
        "predictions do not suffer. Leave some of these columns out, or hold weights back, before reading weights."
    )


def _rounded(value: float) -> str:
    return f"{float(f'{value:.2g}'):,.0f}" if value < 1e6 else "more than a million"
