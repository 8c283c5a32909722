"""How well each column alone tells the two classes apart.

Two measures, both of rows with a class only:

AUC        of all pairs of one row of either class, the share in which the column puts the positive one higher (ties
           count half): the Mann-Whitney statistic. 0.5 is chance, 1 is perfect; for a column that falls as the class
           rises the pairs are counted the other way round. Numbers and dates: of the rows that have a value.
           Categories: of the rates of their levels, among rows of the same fold.
explained  the share of the log loss of "always the overall rate" that the column's own rates take away: levels of a
           category, tenths of a number; a missing value is a level. It also sees what rises and falls again. Rates
           that differ little more than chance would make them are drawn to the overall rate, as otherwise ten rates
           learned from few rows would cost more than a true difference gives.

Rates are always those of other rows (five folds, the same each time, classes in equal shares; one pseudo-row or more at
the overall rate), so a column that names each row explains nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api import types

from logreg_core.data.spread import LARGEST_EXACT, quantile
from logreg_core.features.targets import class_name
from logreg_core.features.values import is_number

FloatArray = npt.NDArray[np.float64]
FOLDS = 5
TENTHS = 10
SHOWN_LEVELS = 10
NORMAL_95 = 1.959964
"""Standard deviations on either side of a normal mean that hold 95 % of the cases."""


@dataclass(frozen=True)
class Group:
    """Rows of a column that belong together (a tenth, a level): how many, and the share of the positive class."""

    label: str
    rows: int
    rate: float


@dataclass(frozen=True)
class Alone:
    """What a column alone says about the class.

    Attributes
    ----------
    column : str
    auc : float
        0.5 to 1, nan when no row of one of the classes has a value.
    likely : (float, float)
        95 % interval of ``auc``; it may begin below 0.5. For a category of more than two levels it is that of the rates
        learned from these rows; those nobody had to learn may do better. Nan where there is no ``auc``, or where one
        row of a class only, for a category as many rows as folds, leave nothing to measure it by.
    direction : "higher", "lower" or ""
        For numbers and dates: which values the positive class has; empty for categories.
    explained : float
        Share of the log loss taken away, at most 1; 0 where the column's rates help nothing.
    groups : tuple of Group
        Tenths from low to high, or the ten most frequent levels and those of one row each together; missing last,
        where there is any.
    missing, missing_positive : int
        Rows without a value, and those of them of the positive class.
    rows, positive : int
        All rows looked at, and those of the positive class.
    missing_auc : float
        0.5 to 1: AUC of whether the value is missing.
    """

    column: str
    auc: float
    likely: tuple[float, float]
    direction: str
    explained: float
    groups: tuple[Group, ...]
    missing: int
    missing_positive: int
    rows: int
    positive: int
    missing_auc: float


def folds_of(y: FloatArray) -> npt.NDArray[np.int64]:
    """A fold 0 to 4 for each row of ``y`` (n,), the classes in equal shares.

    The same for the same ``y``, also when the classes change their names: the class of the first row is drawn first.
    """
    folds = np.empty(y.size, dtype=np.int64)
    rng = np.random.default_rng(0)
    first = y == y[0] if y.size else np.empty(0, dtype=np.bool_)
    for of_class in (first, ~first):
        rows = np.flatnonzero(of_class)
        folds[rows] = rng.permutation(rows.size) % FOLDS
    return folds


def alone(column: pd.Series, y: FloatArray, folds: npt.NDArray[np.int64]) -> Alone:
    """Measure a column (n,) against the classes ``y`` (n,) of 0 and 1, with ``folds`` from ``folds_of(y)``."""
    values = _in_order(column)
    split = _levels(column) if values is None else _tenths(*values)
    cells = _Cells(split, y, folds)
    if values is not None or split.two_levels:
        order = split.codes if values is None else values[0]
        known = split.codes < split.missing
        auc, direction = _auc_of_numbers(order[known], y[known])
    else:
        auc, direction = cells.auc(), ""
    return Alone(
        column=str(column.name),
        auc=auc.value,
        likely=auc.likely,
        direction=direction if values is not None else "",
        explained=cells.explained(),
        groups=_groups(cells, split),
        missing=int(cells.rows[-1].sum()),
        missing_positive=int(cells.positive[-1].sum()),
        rows=int(y.size),
        positive=int(y.sum()),
        missing_auc=_auc_of_missing(cells),
    )


def chance_reaches(positive: int, negative: int, columns: int = 1) -> float:
    """The AUC, at least 0.5, that the best of ``columns`` independent columns of pure noise stays below 95 times in
    100, with so many rows of the classes.

    From the standard deviation of the Mann-Whitney statistic without ties (Mann and Whitney 1947), and the chance each
    of the columns may have for all to hold together (Šidák 1967); 1 at most.
    """
    if not positive or not negative:
        return math.nan
    each = 0.95 ** (1 / max(1, columns))
    reach = NormalDist().inv_cdf((1 + each) / 2)
    return min(1.0, 0.5 + reach * math.sqrt((positive + negative + 1) / (12 * positive * negative)))


@dataclass(frozen=True)
class _Auc:
    """An AUC with its standard error, the rows of the rarer class, and what it is told as at least."""

    found: float
    error: float
    rarer: int
    least: float = 0.0

    @property
    def value(self) -> float:
        return self.least if self.found < self.least else self.found  # nan stays nan

    @property
    def likely(self) -> tuple[float, float]:
        """On the scale of log-odds, so that it stays within 0 and 1.

        DeLong's error knows nothing of rows that are not there: where all 20 positive rows are alike it takes all for
        alike, and near 1 the worst rows are mostly yet to come. So one more row of the rarer class is reckoned with,
        at a place with the widest spread an AUC allows, ``auc (1 - auc)``. With that it holds the truth in 92 to 99 of
        100 tables, of 30 rows or 2,000, from an AUC of 0.5 to 0.998; DeLong's own in 20 to 96.
        """
        all_alike = self.found == 0.5 and not self.error > 0  # no row is told from another: nothing was measured
        if math.isnan(self.found) or self.rarer < 2 or all_alike:
            return (math.nan, math.nan)
        if self.found in {0.0, 1.0}:
            low = self.rarer / (self.rarer + NORMAL_95**2)
            return (low, 1.0) if self.found else (0.0, 1 - low)
        spread = self.found * (1 - self.found)
        reach = NORMAL_95 * math.sqrt(self.error**2 + spread / self.rarer**2) / spread
        middle = math.log(self.found / (1 - self.found))
        return (_logistic(middle - reach), _logistic(middle + reach))

    def at_least_chance(self) -> tuple[_Auc, str]:
        """The same or, with the pairs counted the other way round, its mirror; and which values the event has."""
        return (self, "higher") if not self.found < 0.5 else (replace(self, found=1 - self.found), "lower")


def _logistic(score: float) -> float:
    """The probability of log-odds; of two rows of a class among a million they may be in the thousands."""
    return (1 + math.tanh(score / 2)) / 2


def auc_of(positive: npt.NDArray[Any], negative: npt.NDArray[Any]) -> float:
    """Share of pairs in which the value of ``positive`` (p,) is above that of ``negative`` (q,), ties half."""
    return _auc(positive, negative).value


def _auc(positive: npt.NDArray[Any], negative: npt.NDArray[Any]) -> _Auc:
    if not positive.size or not negative.size:
        return _Auc(math.nan, math.nan, 0)
    # Both sorted, each search walks on from the one before in the cache: as fast as sorting once, and no ranks needed.
    positive, negative = np.sort(positive), np.sort(negative)
    below, up_to = (np.searchsorted(negative, positive, side=side) for side in ("left", "right"))
    p, q = positive.size, negative.size
    auc = float((below.sum(dtype=np.float64) + up_to.sum(dtype=np.float64)) / 2 / (float(p) * q))
    if min(p, q) < 2:
        return _Auc(auc, math.nan, min(p, q))
    # The positive rows above a negative one (q,) are those with more negative rows below: counted, not searched for.
    above = 2 * p - np.cumsum(np.bincount(below, minlength=q)[:q]) - np.cumsum(np.bincount(up_to, minlength=q)[:q])
    below += up_to
    error = math.sqrt(_variance(below / (2 * q), auc) / p + _variance(above / (2 * p), auc) / q)
    return _Auc(auc, error, min(p, q))


def _variance(shares: FloatArray, mean: float) -> float:
    shares -= mean
    return float(shares @ shares) / (shares.size - 1)


def _auc_of_numbers(values: npt.NDArray[Any], y: FloatArray) -> tuple[_Auc, str]:
    return _auc(values[y == 1], values[y == 0]).at_least_chance()


def _auc_of_missing(cells: _Cells) -> float:
    """With two groups the ROC curve has one corner: half the sum of the shares right."""
    positive, negative = cells.positive.sum(), (cells.rows - cells.positive).sum()
    if not positive or not negative:
        return math.nan
    found = cells.positive[-1].sum() / positive
    alarms = (cells.rows[-1] - cells.positive[-1]).sum() / negative
    return float(0.5 + abs(found - alarms) / 2)


@dataclass(frozen=True, eq=False)
class _Split:
    """Rows of a column by group.

    Attributes
    ----------
    codes : int array (n,)
        Group of each row, ``missing`` for those without a value, ``missing - 1`` for ``singles``.
    label : callable
        What a group is called.
    missing : int
        The last group.
    singles : int
        Levels of one row each that share a group, because they are all alike: no other row says anything of them.
    is_category : bool
    """

    codes: npt.NDArray[np.int64]
    label: Callable[[int], str]
    missing: int
    singles: int = 0
    is_category: bool = False

    @property
    def two_levels(self) -> bool:
        return self.is_category and self.missing == 2 and not self.singles


def _in_order(column: pd.Series) -> tuple[npt.NDArray[Any], Callable[[float], str]] | None:
    """Numbers and dates as float64 (n,), nan where there is no finite value, and how to write one; None for categories.

    Whole numbers that no float can tell apart are put in order by their ranks.
    """
    if types.is_datetime64_any_dtype(column.dtype):
        dates = column.to_numpy().astype("datetime64[us]")
        values = np.where(np.isnat(dates), np.nan, dates.astype(np.int64).astype(np.float64))
        return values, lambda value: str(np.datetime64(int(value), "us"))[:10]
    if not is_number(column):
        return None
    array = column.to_numpy()
    if array.dtype.kind in "iu" and array.size and max(-int(array.min()), int(array.max())) > LARGEST_EXACT:
        distinct, ranks = np.unique(array, return_inverse=True)
        return ranks.astype(np.float64), lambda rank: f"{int(distinct[int(rank)]):,}"
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    finite = np.isfinite(values)
    return values if finite.all() else np.where(finite, values, np.nan), lambda value: f"{value:.4g}"


def _tenths(values: FloatArray, write: Callable[[float], str]) -> _Split:
    """Tenths from low to high; values that are equal stay together."""
    missing = np.isnan(values)
    known = values[~missing] if missing.any() else values
    if not known.size:
        return _Split(np.zeros(values.size, dtype=np.int64), str, 0)
    cuts, highest = np.unique(_quantiles(known)), known.max()
    cuts = cuts[cuts < highest]
    codes = np.searchsorted(cuts, values, side="left")
    codes[missing] = len(cuts) + 1
    ends = (*cuts, highest)
    return _Split(codes, lambda place: f"up to {write(ends[place])}", len(ends))


def _quantiles(values: FloatArray) -> list[float]:
    """The nine values between the tenths; only where they may be are the values put in order."""
    shares = [place / TENTHS for place in range(1, TENTHS)]
    places = {min(math.floor(share * (len(values) - 1)) + step, len(values) - 1) for share in shares for step in (0, 1)}
    placed = np.partition(values, sorted(places))
    return [quantile(placed, share) for share in shares]


def _levels(column: pd.Series) -> _Split:
    """Levels in the order in which they come; those of one row at the end, as one group where there are several.

    A column that names each row has as many levels as rows: none of them is worth a name or a place in an order.
    """
    codes, values = pd.factorize(column)
    codes = codes.astype(np.int64)
    rows = np.bincount(codes[codes >= 0], minlength=len(values))
    single = rows == 1
    if single.sum() < 2:
        codes[codes < 0] = len(values)
        return _Split(codes, lambda place: class_name(values[place]), len(values), is_category=True)
    several = np.flatnonzero(~single)
    group = np.full(len(values) + 1, len(several))
    group[several] = np.arange(len(several))
    group[-1] = len(several) + 1  # the code of a missing value is -1
    return _Split(
        group[codes],
        lambda place: class_name(values[several[place]]),
        len(several) + 1,
        singles=int(single.sum()),
        is_category=True,
    )


class _Cells:
    """Rows and positive rows by group and fold, (k, 5) each, and the rates that other folds give a cell."""

    def __init__(self, split: _Split, y: FloatArray, folds: npt.NDArray[np.int64]) -> None:
        cell = split.codes * FOLDS + folds
        shape = (split.missing + 1, FOLDS)
        self.rows = np.bincount(cell, minlength=shape[0] * FOLDS).reshape(shape)
        # Weights would make bincount add floats; counting the positive rows alone stays with whole numbers.
        self.positive = np.bincount(cell[y == 1], minlength=shape[0] * FOLDS).reshape(shape)
        self._singles = split.missing - 1 if split.singles else None
        self._in_order = not split.is_category or split.two_levels

    def rates(self) -> FloatArray:
        """Share of the positive class among the rows of the same group in the other folds (k, 5), drawn to the overall
        rate by one pseudo-row.
        """
        positive, rows, overall = self._of_others()
        rates = np.asarray((positive + overall) / (rows + 1))
        if self._singles is not None:
            rates[self._singles] = overall  # the only row of its level: other folds hold none of it
        return rates

    def _of_others(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], FloatArray]:
        """Positive rows and rows by group in the other folds (k, 5), and their overall rate (5,)."""
        positive = self.positive.sum(axis=1, keepdims=True) - self.positive
        rows = self.rows.sum(axis=1, keepdims=True) - self.rows
        return positive, rows, positive.sum(axis=0) / np.maximum(1, rows.sum(axis=0))

    def _drawn_rates(self) -> FloatArray:
        """The same, drawn to where rates would be expected without the group: the more so, the less groups differ."""
        positive, rows, overall = self._of_others()
        several = np.arange(len(rows)) != self._singles
        centre = np.broadcast_to(overall, rows.shape).copy()
        if self._in_order:  # the last group, of missing values, has no place in the order
            centre[:-1] = _line(positive[:-1], rows[:-1], overall)
        drawn = _pseudo_rows(positive[several], rows[several], centre[several])
        rates = np.asarray((positive + drawn * centre) / (rows + drawn))
        rates[~several] = overall
        return rates

    def auc(self) -> _Auc:
        """AUC of the rates, at least 0.5: what does worse than chance on other rows is chance.

        Pairs are of rows in the same fold, as rates of different folds are no one measure: where a fold holds more
        positive rows of a level, its rate of the other folds is lower, and pairs across folds would count that against
        the column. The error is that of LeDell, Petersen and van der Laan ("Computationally efficient confidence
        intervals for cross-validated AUC estimates", 2015), which takes the rates as learned, and the folds for
        independent. They share rows, and it holds the truth in 85 of 100 tables. Its variance is corrected by
        Nadeau and Bengio's factor ("Inference for the generalization error", 2003): then it does in 95 or more.
        """
        negative = self.rows - self.positive
        n_positive, n_negative = self.positive.sum(axis=0), negative.sum(axis=0)
        pairs = n_positive * n_negative.astype(np.float64)
        if not pairs.any():
            return _Auc(math.nan, math.nan, 0)
        weights = pairs / pairs.sum()
        folds = np.flatnonzero(pairs)
        rates, wins, of_positive, of_negative = self.rates(), 0, 0.0, 0.0
        for fold in folds:
            won, spread, spread_of_negative = _in_steps(rates[:, fold], self.positive[:, fold], negative[:, fold])
            wins += won
            of_positive += spread
            of_negative += spread_of_negative
        auc = wins / (2 * int(pairs.sum()))  # counted: the mean of the folds' own could miss a perfect 1 by rounding
        free = min(int(n_positive[folds].sum()), int(n_negative[folds].sum())) - len(folds)
        if free < 1:
            return _Auc(auc, math.nan, 0, least=0.5)
        of_positive /= n_positive[folds].sum() - len(folds)
        of_negative /= n_negative[folds].sum() - len(folds)
        shares = weights[folds] ** 2
        variance = (of_positive * shares / n_positive[folds] + of_negative * shares / n_negative[folds]).sum()
        return _Auc(auc, math.sqrt(variance * (1 + FOLDS / (FOLDS - 1))), free + len(folds), least=0.5)

    def explained(self) -> float:
        """One minus the log loss of the rates over that of the overall rate; 0 when they do no better."""
        share = self.positive.sum() / max(1, self.rows.sum())
        if not 0 < share < 1:
            return 0.0
        rates = np.clip(self._drawn_rates(), 1e-15, 1 - 1e-15)
        with_column = -(self.positive * np.log(rates) + (self.rows - self.positive) * np.log1p(-rates)).sum()
        without = -self.rows.sum() * (share * math.log(share) + (1 - share) * math.log1p(-share))
        return max(0.0, 1 - float(with_column) / float(without))


def _line(positive: npt.NDArray[np.int64], rows: npt.NDArray[np.int64], overall: FloatArray) -> FloatArray:
    """Rates on a line through groups in order (k, 5), by fold; as level as chance alone could have made it.

    Least squares, the slope taken times ``1 - 1 / z^2`` where z is the slope in standard errors (0 at least).
    """
    place = np.arange(len(rows), dtype=np.float64)[:, None]
    total = np.maximum(1, rows.sum(axis=0))
    off = place - (place * rows).sum(axis=0) / total
    spread = np.maximum(1e-12, (rows * off**2).sum(axis=0))
    slope = (positive * off).sum(axis=0) / spread
    error = overall * (1 - overall) / spread
    slope *= np.maximum(0.0, slope**2 - error) / np.maximum(1e-300, slope**2)
    mean = positive.sum(axis=0) / total
    return np.asarray(np.clip(mean + slope * off, overall / 10, 1 - (1 - overall) / 10))


def _pseudo_rows(positive: npt.NDArray[np.int64], rows: npt.NDArray[np.int64], centre: FloatArray) -> FloatArray:
    """Rows at the rate ``centre`` (k, 5) to add to each group, by fold (5,), given the rows of groups in other folds.

    The less the rates of groups differ from it beyond what chance makes of them, the more. The variance of the true
    rates comes from Pearson's chi-squared by the method of moments (Kleinman, "Proportions with extraneous variance",
    1973). Always one at least, and as good as infinitely many where the rates differ by no more than chance.
    """
    total = np.maximum(1, rows.sum(axis=0))
    of_one = (rows * centre * (1 - centre)).sum(axis=0) / total
    differences = (rows * (positive / np.maximum(1, rows) - centre) ** 2).sum(axis=0)
    by_chance = ((rows > 0).sum(axis=0) - 1) * of_one
    evenness = np.maximum(1.0, total - (rows.astype(np.float64) ** 2).sum(axis=0) / total)
    variance = np.maximum(1e-12, (differences - by_chance) / evenness)
    return np.asarray(np.maximum(1.0, of_one / variance - 1))


def _in_steps(
    rates: FloatArray, positive: npt.NDArray[np.int64], negative: npt.NDArray[np.int64]
) -> tuple[int, float, float]:
    """Twice the pairs that ``rates`` (k,) put in order, ties half, given the rows of either class at each; and the sums
    of squares of DeLong's places, those of positive rows and those of negative ones.
    """
    # Rounded, so that rates which are equal but for the order of the sums stay equal: shares of 3 of 7 and 4 of 7.
    _, place = np.unique(np.round(rates, 12), return_inverse=True)
    steps = int(place.max()) + 1
    positive, negative = _added(positive, place, steps), _added(negative, place, steps)
    won = 2 * np.cumsum(negative) - negative  # by a positive row: twice the negative rows below it
    wins = int(positive @ won)
    above, below = won / (2 * negative.sum()), (np.cumsum(positive) - positive / 2) / positive.sum()
    auc = wins / (2 * int(positive.sum()) * int(negative.sum()))
    spread, of_negative = (positive * (above - auc) ** 2).sum(), (negative * (below - (1 - auc)) ** 2).sum()
    return wins, float(spread), float(of_negative)


def _added(rows: npt.NDArray[np.int64], place: npt.NDArray[np.intp], steps: int) -> npt.NDArray[np.int64]:
    """The ``rows`` (k,) at each of so many ``steps``; whole numbers, which weights of ``bincount`` would not stay."""
    added = np.zeros(steps, dtype=np.int64)
    np.add.at(added, place, rows)
    return added


def _groups(cells: _Cells, split: _Split) -> tuple[Group, ...]:
    rows, positive = cells.rows.sum(axis=1), cells.positive.sum(axis=1)
    places = np.arange(split.missing - (1 if split.singles else 0))
    if split.is_category:
        places = places[np.argsort(-rows[places], kind="stable")[:SHOWN_LEVELS]]
    made = [Group(split.label(int(at)), int(rows[at]), float(positive[at] / rows[at])) for at in places if rows[at]]
    if split.singles:
        made.append(Group("(levels of one row)", int(rows[-2]), float(positive[-2] / rows[-2])))
    if rows[-1]:
        made.append(Group("(missing)", int(rows[-1]), float(positive[-1] / rows[-1])))
    return tuple(made)
