"""How well each column alone tells the two classes apart.

Two measures, both of rows with a class only:

AUC        of all pairs of one row of either class, the share in which the column puts the positive one higher (ties
           count half): the Mann-Whitney statistic. 0.5 is chance, 1 is perfect; for a column that falls as the class
           rises the pairs are counted the other way round. Numbers and dates: of the rows that have a value.
           Categories: of the rates of their levels.
explained  the share of the log loss of "always the overall rate" that the column's own rates take away: levels of a
           category, tenths of a number; a missing value is a level. It also sees what rises and falls again.

Rates are always those of other rows (five folds, the same each time, classes in equal shares; one pseudo-row at the
overall rate), so a column that names each row explains nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api import types

from logreg_core.data.spread import quantile
from logreg_core.features.targets import class_names
from logreg_core.features.values import is_number

FloatArray = npt.NDArray[np.float64]
FOLDS = 5
TENTHS = 10
SHOWN_LEVELS = 10


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
    direction : "higher", "lower" or ""
        For numbers and dates: which values the positive class has; empty for categories.
    explained : float
        Share of the log loss taken away, at most 1; 0 where the column's rates help nothing.
    groups : tuple of Group
        Tenths from low to high, or the ten most frequent levels; missing last, where there is any.
    missing, missing_positive : int
        Rows without a value, and those of them of the positive class.
    rows, positive : int
        All rows looked at, and those of the positive class.
    missing_auc : float
        0.5 to 1: AUC of whether the value is missing.
    """

    column: str
    auc: float
    direction: str
    explained: float
    groups: tuple[Group, ...]
    missing: int
    missing_positive: int
    rows: int
    positive: int
    missing_auc: float


def folds_of(y: FloatArray) -> npt.NDArray[np.int64]:
    """A fold 0 to 4 for each row of ``y`` (n,), the classes in equal shares; the same for the same ``y``."""
    folds = np.empty(y.size, dtype=np.int64)
    rng = np.random.default_rng(0)
    for value in (0.0, 1.0):
        rows = np.flatnonzero(y == value)
        folds[rows] = rng.permutation(rows.size) % FOLDS
    return folds


def alone(column: pd.Series, y: FloatArray, folds: npt.NDArray[np.int64]) -> Alone:
    """Measure a column (n,) against the classes ``y`` (n,) of 0 and 1, with ``folds`` from ``folds_of(y)``."""
    values = _in_order(column)
    if values is None:
        names = class_names(column)
        codes = np.asarray(names.codes, dtype=np.int64)
        labels: Sequence[str] = [str(name) for name in names.categories]
    else:
        codes, labels = _tenths(values, column)
    missing = codes < 0
    codes = np.where(missing, len(labels), codes)
    cells = _Cells(codes, y, folds, len(labels) + 1)
    auc, direction = (cells.auc(), "") if values is None else _auc_of_numbers(values[~missing], y[~missing])
    return Alone(
        column=str(column.name),
        auc=auc,
        direction=direction,
        explained=cells.explained(),
        groups=_groups(cells, labels, by_size=values is None),
        missing=int(cells.rows[-1].sum()),
        missing_positive=int(cells.positive[-1].sum()),
        rows=int(y.size),
        positive=int(y.sum()),
        missing_auc=_auc_of_missing(cells),
    )


def auc_of(positive: npt.NDArray[Any], negative: npt.NDArray[Any]) -> float:
    """Share of pairs in which the value of ``positive`` (p,) is above that of ``negative`` (q,), ties half."""
    if not positive.size or not negative.size:
        return math.nan
    # Both sorted, each search walks on from the one before in the cache: as fast as sorting once, and no ranks needed.
    positive, negative = np.sort(positive), np.sort(negative)
    below = np.searchsorted(negative, positive, side="left").sum(dtype=np.float64)
    up_to = np.searchsorted(negative, positive, side="right").sum(dtype=np.float64)
    return float((below + up_to) / 2 / (float(positive.size) * negative.size))


def _auc_of_numbers(values: npt.NDArray[Any], y: FloatArray) -> tuple[float, str]:
    auc = auc_of(values[y == 1], values[y == 0])
    return (auc, "higher") if not auc < 0.5 else (1 - auc, "lower")


def _auc_of_missing(cells: _Cells) -> float:
    """With two groups the ROC curve has one corner: half the sum of the shares right."""
    positive, negative = cells.positive.sum(), (cells.rows - cells.positive).sum()
    if not positive or not negative:
        return math.nan
    found = cells.positive[-1].sum() / positive
    alarms = (cells.rows[-1] - cells.positive[-1]).sum() / negative
    return float(0.5 + abs(found - alarms) / 2)


def _in_order(column: pd.Series) -> npt.NDArray[Any] | None:
    """Numbers and dates as float64 (n,), nan where there is no finite value; None for categories."""
    if types.is_datetime64_any_dtype(column.dtype):
        dates = column.to_numpy().astype("datetime64[us]")
        return np.where(np.isnat(dates), np.nan, dates.astype(np.int64).astype(np.float64))
    if not is_number(column):
        return None
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(np.isfinite(values), values, np.nan)


def _tenths(values: FloatArray, column: pd.Series) -> tuple[npt.NDArray[np.int64], list[str]]:
    """The tenth of each value (-1: missing), and what each tenth is called; values that are equal stay together."""
    missing = np.isnan(values)
    ordered = np.sort(values[~missing])
    if not ordered.size:
        return np.full(values.size, -1), []
    cuts = np.unique([quantile(ordered, place / TENTHS) for place in range(1, TENTHS)])
    cuts = cuts[cuts < ordered[-1]]
    codes = np.searchsorted(cuts, values, side="left")
    codes[missing] = -1
    is_date = types.is_datetime64_any_dtype(column.dtype)
    said = [str(np.datetime64(int(cut), "us"))[:10] if is_date else f"{cut:.4g}" for cut in (*cuts, ordered[-1])]
    return codes, [f"up to {cut}" for cut in said]


class _Cells:
    """Rows and positive rows by group and fold, (k, 5) each, and the rates that other folds give a cell."""

    def __init__(self, codes: npt.NDArray[np.int64], y: FloatArray, folds: npt.NDArray[np.int64], groups: int) -> None:
        cell = codes * FOLDS + folds
        shape = (groups, FOLDS)
        self.rows = np.bincount(cell, minlength=groups * FOLDS).reshape(shape)
        # Weights would make bincount add floats; counting the positive rows alone stays with whole numbers.
        self.positive = np.bincount(cell[y == 1], minlength=groups * FOLDS).reshape(shape)

    def rates(self) -> FloatArray:
        """Share of the positive class among the rows of the same group in the other folds (k, 5)."""
        overall = (self.positive.sum() - self.positive.sum(axis=0)) / np.maximum(
            1, self.rows.sum() - self.rows.sum(axis=0)
        )
        positive = self.positive.sum(axis=1, keepdims=True) - self.positive
        rows = self.rows.sum(axis=1, keepdims=True) - self.rows
        return np.asarray((positive + overall) / (rows + 1))

    def auc(self) -> float:
        """AUC of the rates, at least 0.5: what does worse than chance on other rows is chance."""
        rates = self.rates().ravel()
        _, place = np.unique(rates, return_inverse=True)
        positive = np.bincount(place, weights=self.positive.ravel())
        negative = np.bincount(place, weights=(self.rows - self.positive).ravel())
        if not positive.sum() or not negative.sum():
            return math.nan
        below = np.cumsum(negative) - negative
        return max(0.5, float((positive * (below + negative / 2)).sum() / (positive.sum() * negative.sum())))

    def explained(self) -> float:
        """One minus the log loss of the rates over that of the overall rate; 0 when they do no better."""
        share = self.positive.sum() / max(1, self.rows.sum())
        if not 0 < share < 1:
            return 0.0
        rates = np.clip(self.rates(), 1e-15, 1 - 1e-15)
        with_column = -(self.positive * np.log(rates) + (self.rows - self.positive) * np.log1p(-rates)).sum()
        without = -self.rows.sum() * (share * math.log(share) + (1 - share) * math.log1p(-share))
        return max(0.0, 1 - float(with_column) / float(without))


def _groups(cells: _Cells, labels: Sequence[str], *, by_size: bool) -> tuple[Group, ...]:
    rows, positive = cells.rows.sum(axis=1), cells.positive.sum(axis=1)
    order = np.arange(len(labels))
    if by_size:
        order = np.argsort(-rows[:-1], kind="stable")[:SHOWN_LEVELS]
    made = [Group(labels[int(at)], int(rows[at]), float(positive[at] / rows[at])) for at in order if rows[at]]
    if rows[-1]:
        made.append(Group("(missing)", int(rows[-1]), float(positive[-1] / rows[-1])))
    return tuple(made)
