"""How well each column alone tells the two classes apart.

Two measures, both of rows with a class only:

AUC        of all pairs of one row of either class, the share in which the column puts the positive one higher (ties
           count half): the Mann-Whitney statistic. 0.5 is chance, 1 is perfect; for a column that falls as the class
           rises the pairs are counted the other way round. Numbers and dates: of the rows that have a value.
           Categories: of the rates of their levels, among the rows of a fold.
explained  the share of the log loss of "always the overall rate" that the column's own rates take away: levels of a
           category, tenths of a number; a missing value is a level. It also sees what rises and falls again.

Rates are always those of other rows (five folds, the same each time, classes in equal shares; one pseudo-row at the
overall rate), so a column that names each row explains nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
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
        95 % interval of ``auc``, for a category about that of the rates learned; it may begin below 0.5. Nan where
        there is no ``auc``, or one row of a class only.
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


def chance_reaches(positive: int, negative: int) -> float:
    """The AUC, at least 0.5, that a column of pure noise stays below 95 times in 100, with so many rows of the classes.

    From the standard deviation of the Mann-Whitney statistic without ties (Mann and Whitney 1947); 1 at most.
    """
    if not positive or not negative:
        return math.nan
    return min(1.0, 0.5 + NORMAL_95 * math.sqrt((positive + negative + 1) / (12 * positive * negative)))


@dataclass(frozen=True)
class _Auc:
    """An AUC with its standard error, and the rows of the rarer class."""

    value: float
    error: float
    rarer: int

    @property
    def likely(self) -> tuple[float, float]:
        if math.isnan(self.value) or self.rarer < 2:
            return (math.nan, math.nan)
        if self.value == 1.0:
            return (self.rarer / (self.rarer + NORMAL_95**2), 1.0)
        if not 0 < self.value < 1:
            return (self.value, self.value)
        # On the scale of log odds, where it does not lean against 1: of a high AUC the plain one is too narrow.
        middle = math.log(self.value / (1 - self.value))
        reach = NORMAL_95 * self.error / (self.value * (1 - self.value))
        return (_share(middle - reach), _share(middle + reach))

    def at_least_chance(self) -> tuple[_Auc, str]:
        """The same or, with the pairs counted the other way round, its mirror; and which values the event has."""
        return (self, "higher") if not self.value < 0.5 else (replace(self, value=1 - self.value), "lower")


def _share(log_odds: float) -> float:
    return (1 + math.tanh(log_odds / 2)) / 2


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

    def rates(self) -> FloatArray:
        """Share of the positive class among the rows of the same group in the other folds (k, 5)."""
        overall = (self.positive.sum() - self.positive.sum(axis=0)) / np.maximum(
            1, self.rows.sum() - self.rows.sum(axis=0)
        )
        positive = self.positive.sum(axis=1, keepdims=True) - self.positive
        rows = self.rows.sum(axis=1, keepdims=True) - self.rows
        rates = np.asarray((positive + overall) / (rows + 1))
        if self._singles is not None:
            rates[self._singles] = overall  # the only row of its level: other folds hold none of it
        return rates

    def auc(self) -> _Auc:
        """AUC of the rates, at least 0.5: what does worse than chance on other rows is chance.

        Pairs are those within a fold, whose rates come from the same rows: across folds a fold with more positive rows
        has lower rates, which would put the pairs the wrong way round. The error is that of DeLong et al., of these
        pairs (as LeDell, Petersen and van der Laan 2015 do for cross-validated AUC).
        """
        # Rounded, so that rates which are equal but for the order of the sums stay equal: shares of 3 of 7 and 4 of 7.
        rates, others = np.round(self.rates(), 12), self.rows - self.positive
        both = np.flatnonzero((self.positive.sum(axis=0) > 0) & (others.sum(axis=0) > 0))
        folds = [_placed(rates[:, fold], self.positive[:, fold], others[:, fold]) for fold in both]
        if not folds:
            return _Auc(math.nan, math.nan, 0)
        pairs = np.array([positive.sum() * negative.sum() for positive, negative, _, _ in folds])
        each = np.array([positive @ above / positive.sum() for positive, _, above, _ in folds])
        auc = float(each @ pairs / pairs.sum())
        n_positive, n_negative = int(self.positive[:, both].sum()), int(others[:, both].sum())
        error, rarer = math.nan, min(n_positive, n_negative)
        if rarer > 1:
            of_positive = sum(positive @ (above - auc) ** 2 for positive, _, above, _ in folds) / (n_positive - 1)
            of_negative = sum(negative @ (share - auc) ** 2 for _, negative, _, share in folds) / (n_negative - 1)
            error = math.sqrt(of_positive / n_positive + of_negative / n_negative)
        return _Auc(max(0.5, auc), error, rarer)

    def explained(self) -> float:
        """One minus the log loss of the rates over that of the overall rate; 0 when they do no better."""
        share = self.positive.sum() / max(1, self.rows.sum())
        if not 0 < share < 1:
            return 0.0
        rates = np.clip(self.rates(), 1e-15, 1 - 1e-15)
        with_column = -(self.positive * np.log(rates) + (self.rows - self.positive) * np.log1p(-rates)).sum()
        without = -self.rows.sum() * (share * math.log(share) + (1 - share) * math.log1p(-share))
        return max(0.0, 1 - float(with_column) / float(without))


def _placed(
    rates: FloatArray, positive: npt.NDArray[np.int64], negative: npt.NDArray[np.int64]
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Positive and negative rows at each different rate (k,), and the pairs each wins.

    That is the share of the negative rows below a positive one, and of the positive rows above a negative one.
    """
    used = (positive + negative) > 0
    _, place = np.unique(rates[used], return_inverse=True)
    p = np.bincount(place, weights=positive[used].astype(np.float64))
    q = np.bincount(place, weights=negative[used].astype(np.float64))
    below: FloatArray = (np.cumsum(q) - q / 2) / q.sum()
    above: FloatArray = 1 - (np.cumsum(p) - p / 2) / p.sum()
    return np.asarray(p, dtype=np.float64), np.asarray(q, dtype=np.float64), below, above


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
