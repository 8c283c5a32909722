"""Which columns say nothing new: constant ones, duplicates, and combinations of columns before them.

As R's ``glm`` does: columns are taken in their order after the intercept, and one is dropped when what the columns
kept so far leave of it is less than ``SMALLEST_SHARE`` of its own length (1e-7, R's tolerance). R measures the length
from 0, here it is measured from the mean: a year between 2000 and 2020 is no nearly constant column.

What is left of each column comes from the Cholesky factor of the columns' products, in one pass over the rows.
Products keep only half of the digits, so for a column of which little is left this is only a suspicion: its combination
of the others is improved and its remainder measured on the rows themselves, which settles it to full precision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.scaled_rows import ScaledRows
from logreg_core.training.settings import plain_number

Array = NDArray[np.float64]

SMALLEST_SHARE = 1e-7
"""Less than this of a column's length is nothing new."""
SUSPICIOUS_SHARE = 1e-4
"""Up to here products of columns cannot be trusted to tell."""
SMALLEST_WEIGHT = 1e-6
"""Smaller weights in a combination, in standard deviations, are rounding."""
MOST_NAMED = 4
PANEL_COLUMNS = 64


@dataclass(frozen=True, eq=False)
class AliasedColumn:
    """A column that says nothing new: ``x = offset + sum of weights times other columns``.

    Attributes
    ----------
    index : int
    name : str
    of : tuple of int
        The columns before it that it is made of; empty for a constant one.
    weights : tuple of float
        One for each of ``of``.
    offset : float
    sentence : str
        The same in words.
    """

    index: int
    name: str
    of: tuple[int, ...]
    weights: tuple[float, ...]
    offset: float
    sentence: str


@dataclass(frozen=True, eq=False)
class Aliasing:
    """The columns that say nothing new, and those that are left.

    Attributes
    ----------
    dropped : tuple of AliasedColumn
        At least one.
    kept : int array of shape (k,)
        Column numbers, rising.
    """

    dropped: tuple[AliasedColumn, ...]
    kept: NDArray[np.intp]

    @property
    def sentence(self) -> str:
        """What is wrong and what is done about it, for the user."""
        return self.told(column.sentence for column in self.dropped[:MOST_NAMED])

    def told(self, sentences: Iterable[str]) -> str:
        """What is wrong in these sentences, of the first ``MOST_NAMED`` dropped columns, and what is done about it."""
        told = too_many(self.dropped, len(self.dropped) + len(self.kept))
        if not told:
            told = " ".join(sentences)
            more = len(self.dropped) - MOST_NAMED
            told += f" So it is with {more:,} more." if more > 0 else ""
        which = "It is" if len(self.dropped) == 1 else "They are"
        return f"{told} {which} left out, with a weight of 0; the predictions are the same."

    def expand(self, parameters: Array) -> Array:
        """Put zeros for the dropped columns into [coefficients of the kept..., intercept]; shape (p + 1,)."""
        expanded = np.zeros(len(self.kept) + len(self.dropped) + 1)
        expanded[self.kept] = parameters[:-1]
        expanded[-1] = parameters[-1]
        return expanded


def find_aliased(X: Array, feature_names: Sequence[str]) -> Aliasing | None:
    """Find the columns that are combinations of the intercept and the columns before them; None if there are none.

    Parameters
    ----------
    X : float64 array of shape (n, p)
        Finite values, at least one row.
    feature_names : sequence of p str
    """
    rows = ScaledRows(X)
    kept, combinations, means = _dependent_columns(rows)
    if not combinations:
        return None
    dropped = tuple(_in_words(rows, j, weights, means, feature_names) for j, weights in sorted(combinations.items()))
    return Aliasing(dropped, np.array(kept, dtype=np.intp))


class _Factor:
    """Cholesky factor of the products of the kept columns, grown panel by panel; ``rows[k, j]`` for every column j."""

    def __init__(self, products: Array, most: int) -> None:
        self.products = products
        self.rows = np.zeros((most, len(products)))
        self.kept: list[int] = []

    def left(self, columns: NDArray[np.intp]) -> Array:
        """What the kept columns leave of these and their products, shape (m, m)."""
        said = self.rows[: len(self.kept), columns]
        rest: Array = self.products[np.ix_(columns, columns)] - said.T @ said
        return rest

    def keep(self, columns: list[int]) -> None:
        """Add these columns, which say something new."""
        if not columns:
            return
        from scipy.linalg import solve_triangular

        k = len(self.kept)
        said = self.rows[:k]
        small = np.linalg.cholesky(self.left(np.array(columns, dtype=np.intp)))
        rest = self.products[columns] - said[:, columns].T @ said
        self.rows[k : k + len(columns)] = solve_triangular(small, rest, lower=True)
        self.kept += columns

    def solve(self, right: Array) -> Array:
        """Return (products of the kept)^-1 right, for ``right`` of shape (k,) or (k, m)."""
        from scipy.linalg import cho_solve

        solution: Array = cho_solve((self.rows[: len(self.kept), self.kept], False), right)
        return solution


def _dependent_columns(rows: ScaledRows) -> tuple[list[int], dict[int, Array], Array]:
    """Return the kept columns, for each other one its weights in scaled columns, (p,), and these columns' means."""
    combinations = {int(j): np.zeros(rows.n_features) for j in np.flatnonzero(rows.constant)}
    varying = np.flatnonzero(~rows.constant)
    products, columns = _products(rows)
    most = min(len(varying), rows.n_rows - 1)
    if len(varying) == most and _independent(products[np.ix_(varying, varying)]):
        return varying.tolist(), combinations, columns.means
    factor = _Factor(products, most)
    for start in range(0, len(varying), PANEL_COLUMNS):
        _add_panel(rows, factor, varying[start : start + PANEL_COLUMNS], columns, combinations)
        if len(factor.kept) == most:  # as many as rows: all others are combinations of them
            others = [j for j in varying.tolist() if j not in combinations and j not in factor.kept]
            solved = factor.solve(products[np.ix_(factor.kept, others)])
            for j, shares in zip(others, solved.T, strict=True):
                combinations[j] = np.zeros(rows.n_features)
                combinations[j][factor.kept] = shares * columns.lengths[j] / columns.lengths[factor.kept]
            break
    return factor.kept, combinations, columns.means


def _add_panel(
    rows: ScaledRows, factor: _Factor, panel: NDArray[np.intp], columns: _Columns, combinations: dict[int, Array]
) -> None:
    """Keep the columns of the panel that say something new; give the others their combination."""
    rest = factor.left(panel)
    new: list[int] = []
    for i, column in enumerate(panel.tolist()):
        if len(factor.kept) + len(new) == len(factor.rows):
            break
        if rest[i, i] <= SUSPICIOUS_SHARE**2:
            factor.keep(new)
            new = []
            weights = _combination(rows, column, factor, columns)
            share = _share_left(rows, column, weights, columns.means)
            if share <= SMALLEST_SHARE:
                combinations[column] = weights
                continue
            factor.products[column, column] += share**2 - rest[i, i]
            rest[i, i] = share**2
        row = rest[i, i:] / np.sqrt(rest[i, i])
        rest[i:, i:] -= np.outer(row, row)
        new.append(column)
    factor.keep(new)


class _Columns(NamedTuple):
    """Length about the mean, and mean, of each scaled column; shape (p,)."""

    lengths: Array
    means: Array


def _products(rows: ScaledRows) -> tuple[Array, _Columns]:
    """Return the products of the columns about their means, each divided by its length, (p, p); lengths and means."""
    p = rows.n_features
    sums = np.zeros((p + 1, p + 1))
    for _, Z in rows.blocks():
        sums += Z.T @ Z
    products: Array = sums[:p, :p] - np.outer(sums[p, :p], sums[p, :p]) / rows.n_rows
    lengths = np.sqrt(np.maximum(np.diag(products), 0.0))
    lengths[lengths == 0] = 1.0
    products /= lengths
    products /= lengths[:, None]
    return products, _Columns(lengths, sums[p, :p] / rows.n_rows)


def _independent(products: Array) -> bool:
    """Whether plenty is left of each column, so that nothing has to be looked at closely."""
    try:
        return bool(np.diag(np.linalg.cholesky(products)).min(initial=1.0) > SUSPICIOUS_SHARE)
    except np.linalg.LinAlgError:
        return False


def _combination(rows: ScaledRows, column: int, factor: _Factor, columns: _Columns) -> Array:
    """Weights of the kept columns, in scaled columns, that come closest to this one; shape (p,)."""
    weights = np.zeros(rows.n_features)
    kept = factor.kept
    if not kept:
        return weights
    lengths, means = columns
    for _ in range(3):  # the first is as good as the products, each further one corrects its rounding
        slopes, mean = np.zeros(len(kept)), float(means[column] - weights @ means)
        for _, Z in rows.blocks():
            slopes += (Z[:, column] - Z[:, :-1] @ weights - mean) @ Z[:, kept]
        weights[kept] += factor.solve(slopes / lengths[kept]) / lengths[kept]
    return weights


def _share_left(rows: ScaledRows, column: int, weights: Array, means: Array) -> float:
    """Length of what the combination leaves of the column, as a share of the column's; both about their means."""
    mean = float(means[column] - weights @ means)
    left = whole = 0.0
    for _, Z in rows.blocks():
        rest = Z[:, column] - Z[:, :-1] @ weights - mean
        left += float(rest @ rest)
        whole += float(np.square(Z[:, column] - means[column]).sum())
    return float(np.sqrt(left / whole))


def _in_words(rows: ScaledRows, column: int, weights: Array, means: Array, names: Sequence[str]) -> AliasedColumn:
    of = np.flatnonzero(np.abs(weights) > SMALLEST_WEIGHT)
    in_units = weights[of] * rows.scale[column] / rows.scale[of]
    offset = float(rows.center[column] - in_units @ rows.center[of])
    offset += float(means[column] - weights @ means) * float(rows.scale[column])
    size = abs(rows.center[column]) + np.abs(in_units) @ np.abs(rows.center[of]) + rows.scale[column]
    if abs(offset) <= 1e-9 * size:
        offset = 0.0
    in_units = np.array([tidy(weight) for weight in in_units])
    sentence = combination_sentence(names[column], [names[k] for k in of.tolist()], in_units, tidy(offset))
    return AliasedColumn(column, names[column], tuple(of.tolist()), tuple(in_units.tolist()), tidy(offset), sentence)


def too_many(aliased: Sequence[AliasedColumn], n_columns: int) -> str:
    """Say once what many columns have in common when each of them can be computed from many others; else empty."""
    if len(aliased) <= 1 or any(len(column.of) <= MOST_NAMED for column in aliased):
        return ""
    apart = n_columns - len(aliased)
    return (
        f"There are more columns than the training rows can tell apart, {apart:,} of {n_columns:,}: the other "
        f"{len(aliased):,}, such as “{aliased[0].name}”, can be computed from these."
    )


def tidy(value: float) -> float:
    """Take back the rounding of a number that was meant to be round."""
    rounded = float(f"{value:.6g}")
    return rounded if abs(value - rounded) <= 1e-9 * abs(value) else float(value)


def combination_sentence(name: str, others: list[str], weights: Array, offset: float) -> str:
    """Say that a column is ``offset + sum of weights times others``."""
    if not others:
        return f"“{name}” has the same value in every row."
    if len(others) == 1 and weights[0] == 1.0 and offset == 0.0:
        return f"“{name}” is the same as “{others[0]}”."
    if len(others) > MOST_NAMED:
        named = ", ".join(f"“{other}”" for other in others[:MOST_NAMED])
        return f"“{name}” can be computed from {named} and {len(others) - MOST_NAMED:,} other columns."
    terms = [plain_number(offset, digits=6)] if offset else []
    for weight, other in zip(weights, others, strict=True):
        size = "" if abs(weight) == 1.0 else f"{plain_number(abs(weight), digits=6)} × "
        if terms:
            terms.append(f"{'−' if weight < 0 else '+'} {size}“{other}”")
        else:
            terms.append(f"{'−' if weight < 0 else ''}{size}“{other}”")
    return f"“{name}” is {' '.join(terms)}."
