"""Can the classes be told apart by a line? Then the best weights are infinite, and whoever shows some is wrong.

With rows a_i = [x_i, 1] for class 1 and -[x_i, 1] for class 0, classes are separated when some direction d has

    a_i . d >= 0 for all rows, and > 0 for some (Albert and Anderson 1984):

completely if > 0 can be had for all, quasi if some rows stay on the line. Along d the cost falls forever. Whether
there is such a d is a linear program (Konis 2007): maximise sum_i a_i . d with a_i . d >= 0 for all i and |d_j| <= 1.
It is solved

- after a screen that proves the overlap of ordinary tables from a few thousand rows (``overlap``);
- with few rows at first, to which those are added that its solution puts on the wrong side, until there are none;
- again for the rows that are left on the line, until none of them can be moved off it: so no row whose class is certain
  is missed, and complete separation is never taken for quasi;
- once more for a short direction (a small sum of |d_j|) that separates the same rows with few columns.

A direction counts only after it has been checked on all rows: those on the line lie on it up to rounding, all others
on their side. It is the certificate, and it names the columns. A gap or an overlap of less than 1e-9 standard
deviations is too small to be told from none; no separation is claimed then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.training.column_words import plain_sentence
from logreg_core.training.overlap import screen
from logreg_core.training.scaled_rows import RowNumbers, ScaledRows

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

ON_THE_LINE = 1e-9
"""Of the size of its terms, a sum smaller than this may be 0: it is then made 0, or the direction is no separation."""
ROUNDING = 1e-12
"""Of the size of its terms, this is left of a sum that is 0."""
SMALLEST_COEFFICIENT = 1e-8
"""Of the largest coefficient, one smaller than this is 0."""
SCREEN_ROWS_OF_A_CLASS = 500
MOST_ENTRIES_TO_SHORTEN = 4_000_000
SECONDS_TO_SHORTEN = 2.0
"""Rows times columns of a program, and time, above which a direction is left with more columns than it needs."""
SHORTENING_ROUNDS = 4
MOST_LEFT_OUT_IN_TURN = 12


class Cut(NamedTuple):
    """How a single column separates: ``below`` rows up to ``low``, ``above`` rows from ``high``.

    Rows ``on_the_line`` have the value ``at`` and both classes; without such rows ``at`` is some value in between.
    ``rising``: those above are of class 1.
    """

    low: float
    at: float
    high: float
    below: int
    above: int
    on_the_line: int
    rising: bool


@dataclass(frozen=True, eq=False)
class Separation:
    """The classes can be told apart, for all rows or for some.

    Attributes
    ----------
    complete : bool
        For all rows; otherwise quasi: the others have both classes.
    direction : array of shape (p + 1,)
        [coefficients..., intercept] in the columns of X: added to any weights, any number of times, it lowers the cost.
    columns : tuple of int
        Those with a coefficient in it, whose best weights are infinite.
    names : tuple of str
        Their names.
    certain : bool array of shape (n,)
        Rows whose class is certain, strictly on their side of the line.
    cut : Cut or None
        Where the column separates, if it is a single one.
    sentence : str
        What was found and what can be done, of columns and classes as they are; ``column_words`` says it in the user's
        own units and names.
    """

    complete: bool
    direction: Array
    columns: tuple[int, ...]
    names: tuple[str, ...]
    certain: Mask
    cut: Cut | None
    sentence: str


def find_separation(
    X: Array, y: NDArray[np.generic], feature_names: Sequence[str], guess: ArrayLike | None = None
) -> Separation | None:
    """Find out whether the classes are separated, completely or quasi; None if they overlap.

    Parameters
    ----------
    X : float64 array of shape (n, p)
        Finite values. Rows without weight must not be in it.
    y : array of shape (n,)
        0 or 1 for each row, both at least once.
    feature_names : sequence of p str
    guess : array of shape (p + 1,), optional
        [coefficients..., intercept] that may separate all rows, such as those a fit has ended with: spares the search
        if they do.
    """
    table = _SignedRows(X, y)
    working = _rows_to_begin_with(table)
    direction = None if guess is None else _separating_all(table, np.asarray(guess, dtype=np.float64))
    if direction is not None:
        certain = np.ones(table.n_rows, dtype=np.bool_)
    else:
        direction, certain = _searched(table, working)
    if direction is None:
        return None
    direction = _shortest(table, working, direction, certain)
    return _named(table, direction, certain, feature_names)


def _separating_all(table: _SignedRows, guess: Array) -> Array | None:
    """Return these parameters as a direction in scaled columns if they put all rows strictly on their side."""
    direction = table.rows.inward(guess)
    largest = np.abs(direction).max()
    if not 0 < largest < np.inf:
        return None
    direction /= largest
    margins, sizes = table.margins(direction)
    return direction if np.all(margins > ON_THE_LINE * sizes) else None


def _searched(table: _SignedRows, working: RowNumbers) -> tuple[Array | None, Mask]:
    """Return a direction that separates as many rows as any can, and these rows; None if the classes overlap."""
    guess = _least_squares(table)
    if guess is None:
        found = screen(table.take(working))
        if len(working) < table.n_rows and not found.overlap:  # a sample lacks rare values: add the extremes
            working = np.union1d(working, _extreme_rows(table))
            found = screen(table.take(working))
        if found.overlap:
            return None, np.zeros(table.n_rows, dtype=np.bool_)
        guess = found.direction
    return _widest(table, working, guess)


class _SignedRows:
    """The rows a_i in scaled columns, all made only block by block."""

    def __init__(self, X: Array, y: NDArray[np.generic]) -> None:
        self.rows = ScaledRows(X)
        self.signs: Array = np.where(y == 1, 1.0, -1.0)
        self.n_rows = self.rows.n_rows
        self.width = self.rows.n_features + 1

    def take(self, numbers: RowNumbers) -> Array:
        """These rows, shape (k, q)."""
        taken: Array = self.rows.take(numbers) * self.signs[numbers, None]
        return taken

    def margins(self, direction: Array) -> tuple[Array, Array]:
        """Return a_i . d of all rows, and the size of its terms, sum_j |a_ij d_j|; (n,) each."""
        margins, sizes = np.empty(self.n_rows), np.empty(self.n_rows)
        for part, Z in self.rows.blocks():
            margins[part] = Z @ direction
            sizes[part] = np.abs(Z) @ np.abs(direction)
        return margins * self.signs, sizes

    def sum_of(self, mask: Mask) -> Array:
        """Sum of the rows in the mask, each divided by its largest entry; shape (q,)."""
        total = np.zeros(self.width)
        for part, Z in self.rows.blocks():
            total += (self.signs[part] * mask[part] / np.abs(Z).max(axis=1)) @ Z
        return total


def _rows_to_begin_with(table: _SignedRows) -> RowNumbers:
    """Some rows of each class, drawn at random: a stride would meet the same values again and again in sorted data."""
    rng = np.random.default_rng(0)
    wanted = max(SCREEN_ROWS_OF_A_CLASS, 10 * table.width)
    parts = []
    for sign in (-1.0, 1.0):
        numbers = np.flatnonzero(table.signs == sign)
        if len(numbers) > 2 * wanted:
            numbers = np.unique(numbers[rng.integers(0, len(numbers), wanted)])
        parts.append(numbers)
    return np.concatenate(parts)


def _extreme_rows(table: _SignedRows) -> RowNumbers:
    """For each class, the rows with the smallest and the largest value of each column."""
    X, found = table.rows.X, []
    for sign in (-1.0, 1.0):
        numbers = np.flatnonzero(table.signs == sign)
        for j in range(X.shape[1]):
            column = X[numbers, j]
            found += [numbers[column.argmin()], numbers[column.argmax()]]
    return np.unique(np.array(found, dtype=np.intp))


def _widest(table: _SignedRows, working: RowNumbers, guess: Array) -> tuple[Array | None, Mask]:
    """Return a direction that puts as many rows strictly on their side as any can, and these rows; None for none."""
    certain = np.zeros(table.n_rows, dtype=np.bool_)
    margins, sizes = table.margins(guess)
    if np.all(margins > ON_THE_LINE * sizes):
        return guess / np.abs(guess).max(), ~certain
    widest: Array | None = None
    while not certain.all():
        direction = _off_the_line(table, working, ~certain)
        if direction is None:
            break
        margins, sizes = table.margins(direction)
        now = ~certain & (margins > ON_THE_LINE * sizes)
        widest = direction if widest is None else widest + _share(table, widest, margins, certain) * direction
        certain |= now
    return widest, certain


def _least_squares(table: _SignedRows) -> Array | None:
    """With no more rows than columns, a direction with a_i . d = 1 for all; unless rows are combinations of others."""
    if table.n_rows > table.width:
        return None
    solution = np.linalg.lstsq(table.take(np.arange(table.n_rows)), np.ones(table.n_rows))[0]
    return np.asarray(solution, dtype=np.float64)


def _share(table: _SignedRows, widest: Array, margins: Array, certain: Mask) -> float:
    """Return how much of a direction with these margins may be added without taking back half of a certain row's."""
    had = table.margins(widest)[0][certain]
    lost = np.maximum(-margins[certain], 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(lost > 0, had / (2.0 * lost), np.inf)
    return min(1.0, float(shares.min(initial=np.inf)))


def _off_the_line(table: _SignedRows, working: RowNumbers, undecided: Mask) -> Array | None:
    """Return a direction that has no undecided row on the wrong side and some strictly on theirs; None for none."""
    wish = table.sum_of(undecided)
    wish /= np.abs(wish).max() or 1.0
    working = working[undecided[working]]
    while True:
        direction = _program(table.take(working), wish)
        if direction is None or float(wish @ direction) <= 0.0:
            return None
        margins, sizes = table.margins(direction)
        wrong = undecided & (margins < -ON_THE_LINE * sizes)
        wrong[working] = False
        if not wrong.any():
            return _checked(table, direction, undecided, margins, sizes)
        working = np.concatenate([working, _worst(np.where(wrong, margins / np.maximum(sizes, 1e-300), 0.0), table)])


def _worst(depth: Array, table: _SignedRows) -> RowNumbers:
    """Return the rows deepest on the wrong side."""
    most = max(200, 10 * table.width)
    numbers = np.flatnonzero(depth < 0)
    return numbers if len(numbers) <= most else numbers[np.argpartition(depth[numbers], most)[:most]]


def _program(signed: Array, wish: Array) -> Array | None:
    """Solve Konis's linear program: most of ``wish . d`` with a_i . d >= 0 and -1 <= d_j <= 1."""
    from scipy.optimize import linprog

    rows = signed / np.abs(signed).max(axis=1, keepdims=True)
    solved = linprog(-wish, A_ub=-rows, b_ub=np.zeros(len(rows)), bounds=(-1, 1), options=_precise())
    return None if solved.x is None else np.asarray(solved.x, dtype=np.float64)


def _precise() -> dict[str, float]:
    return {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}


def _checked(table: _SignedRows, direction: Array, mask: Mask, margins: Array, sizes: Array) -> Array | None:
    """Make the sums that may be 0 exactly so, up to rounding, and return the direction if it still separates.

    A program is solved to a tolerance, and classes that overlap by less would pass for separated.
    """
    line = mask & (np.abs(margins) <= ON_THE_LINE * sizes)
    if np.any(np.abs(margins[line]) > ROUNDING * sizes[line]):
        direction = _projected(table, np.flatnonzero(line), direction)
        # What a projection leaves of a column that is not needed is rounding, which other columns make large again.
        direction[np.abs(direction) <= ROUNDING * np.abs(direction).max()] = 0.0
        margins, sizes = table.margins(direction)
    largest = np.abs(direction).max()
    if not largest > SMALLEST_COEFFICIENT:
        return None
    if np.any(np.abs(margins[line]) > ROUNDING * sizes[line]):
        return None
    off = mask & ~line
    if not off.any() or np.any(margins[off] <= ON_THE_LINE * sizes[off]):
        return None
    result: Array = direction / largest
    return result


def _projected(table: _SignedRows, on_line: RowNumbers, direction: Array) -> Array:
    """Return the closest direction with a_i . d = 0 for these rows."""
    triangle = np.zeros((0, table.width))
    for start in range(0, len(on_line), 8192):
        rows = table.take(on_line[start : start + 8192])
        rows /= np.abs(rows).max(axis=1, keepdims=True)
        triangle = np.asarray(np.linalg.qr(np.vstack([triangle, rows]), mode="r"))
    _, values, vectors = np.linalg.svd(triangle, full_matrices=True)
    values = np.append(values, np.zeros(table.width - len(values)))
    free = vectors[values <= 1e-11 * values.max()]
    projected: Array = (direction @ free.T) @ free
    return projected


def _shortest(table: _SignedRows, working: RowNumbers, direction: Array, certain: Mask) -> Array:
    """Return a direction for the same rows with few columns, or the one given if there is trouble.

    The least sum of prices times |d_j|; after the first round, a column costs the more the less it was used, which soon
    leaves only those that are needed (Candes, Wakin and Boyd 2008).
    """
    margins = table.margins(direction)[0]
    working = np.union1d(working, np.flatnonzero(certain)[np.argsort(margins[certain])[:200]])
    prices = np.ones(table.width - 1)
    until = monotonic() + SECONDS_TO_SHORTEN
    for _ in range(SHORTENING_ROUNDS):
        distance = float(table.margins(direction)[0][certain].min())
        shorter = _priced(table, working, prices, certain, distance, until)
        if shorter is None:
            return direction
        direction = shorter
        prices = 1.0 / (np.abs(direction[:-1]) + 1e-3)
    return _without_needless(table, working, direction, certain, until)


def _without_needless(table: _SignedRows, working: RowNumbers, direction: Array, certain: Mask, until: float) -> Array:
    """Leave out one column after another, the least used first, where the others separate the same rows."""
    used = np.abs(direction[:-1])
    prices = np.where(used > SMALLEST_COEFFICIENT * used.max(), 1.0, np.inf)
    if not 1 < np.isfinite(prices).sum() <= MOST_LEFT_OUT_IN_TURN:
        return direction
    for j in np.argsort(used):
        if np.isfinite(prices[j]) and np.isfinite(prices).sum() > 1:
            prices[j] = np.inf
            distance = float(table.margins(direction)[0][certain].min())
            without = _priced(table, working, prices, certain, distance, until)
            if without is None:
                prices[j] = 1.0
            else:
                direction = without
    return direction


def _priced(  # noqa: PLR0917 - the rows, what the columns cost, what is to be kept, and how long it may take
    table: _SignedRows, working: RowNumbers, prices: Array, certain: Mask, distance: float, until: float
) -> Array | None:
    """Return the direction of least price with certain rows at this distance or more, the others on the line."""
    while len(working) * 2 * table.width <= MOST_ENTRIES_TO_SHORTEN and (left := until - monotonic()) > 0:
        shorter = _short_program(table.take(working), np.where(certain[working], distance, 0.0), prices, left)
        if shorter is None:
            return None
        margins, sizes = table.margins(shorter)
        least = np.where(certain, 0.5 * distance, -ON_THE_LINE * sizes)
        wrong = margins < least
        wrong[working] = False
        if not wrong.any():
            checked = _checked(table, shorter, np.ones(table.n_rows, dtype=np.bool_), margins, sizes)
            if checked is None:
                return None
            margins, sizes = table.margins(checked)
            return checked if np.array_equal(margins > ON_THE_LINE * sizes, certain) else None
        working = np.concatenate([working, _worst(np.where(wrong, margins - least, 0.0), table)])
    return None


def _short_program(signed: Array, least: Array, prices: Array, seconds: float) -> Array | None:
    """Least sum of prices times |d_j|, intercept free, with a_i . d at or above ``least``; infinite price, no use."""
    from scipy.optimize import linprog

    sizes = np.abs(signed).max(axis=1, keepdims=True)
    rows = signed / sizes
    p = signed.shape[1] - 1
    both_signs = np.hstack([rows[:, :p], -rows[:, :p], rows[:, p:]])
    allowed = np.isfinite(prices)
    costs = np.where(allowed, prices, 0.0) / prices[allowed].max()
    costs = np.concatenate([costs, costs, [0.0]])
    highest = np.where(allowed, np.inf, 0.0)
    bounds = np.array([np.zeros(2 * p + 1), np.concatenate([highest, highest, [np.inf]])]).T
    bounds[-1, 0] = -np.inf
    options = {**_precise(), "time_limit": seconds}
    solved = linprog(costs, A_ub=-both_signs, b_ub=-least / sizes[:, 0], bounds=bounds, options=options)
    if solved.x is None:
        return None
    return np.append(solved.x[:p] - solved.x[p : 2 * p], solved.x[-1])


def _named(table: _SignedRows, direction: Array, certain: Mask, names: Sequence[str]) -> Separation:
    coefficients = np.abs(direction[:-1])
    columns = np.flatnonzero(coefficients > SMALLEST_COEFFICIENT * coefficients.max()).tolist()
    kept = np.zeros_like(direction)
    kept[columns] = direction[columns]
    kept[-1] = direction[-1]
    complete = bool(certain.all())
    concerned = tuple(names[j] for j in columns)
    outward = table.rows.outward(kept)
    terms = abs(kept[-1]) + float(np.abs(outward[:-1]) @ np.abs(table.rows.center))
    if abs(outward[-1]) <= ROUNDING * terms:
        outward[-1] = 0.0
    cut = _cut(table, columns[0], outward, certain) if len(columns) == 1 else None
    found = Separation(complete, outward, tuple(columns), concerned, certain, cut, "")
    return replace(found, sentence=plain_sentence(found))


def _cut(table: _SignedRows, column: int, outward: Array, certain: Mask) -> Cut:
    values = table.rows.X[:, column]
    at = float(-outward[-1] / outward[column] if certain.all() else values[~certain][0])  # rows on the line have it
    above, below = certain & (values > at), certain & (values < at)
    return Cut(
        low=float(values[below].max()) if below.any() else at,
        at=at,
        high=float(values[above].min()) if above.any() else at,
        below=int(below.sum()),
        above=int(above.sum()),
        on_the_line=int((~certain).sum()),
        rising=bool(outward[column] > 0),
    )
