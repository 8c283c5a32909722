"""Where a picture of the model rests on real rows, and where the model is guessing.

The distance of two rows is that of their columns in standard units: numbers in standard deviations, 1 for a category
that differs. A place in the picture, with the held values that belong to it, is supported when its five nearest
training rows are on average no farther from it than they are for 99 % of the training rows from theirs: the rule of
an applicability domain by nearest neighbours (Sahigara et al. 2013, J. Cheminformatics 5:27), which sets its own
scale whatever the number of columns. The same has to hold by the columns on the axes alone: among many columns two can
go far beyond all rows before the distance by all of them shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from logreg_core.evaluation.points import sample_by_class
from logreg_core.evaluation.protocols import Floats, PreparedData
from logreg_core.features.targets import class_names

NEIGHBOURS = 5
SHARE = 0.99
MOST_ROWS = 4_000
MOST_LEVELS = 100
"""Of one category, for the distances of the rows to each other; further ones count as one."""
MISSING = "\0missing"
RULE = (
    "A place counts as guessing when its five nearest training rows, by all columns in standard units or "
    "by those on the axes alone, are farther away than they are for 99 % of the training rows themselves."
)
"""The rule, for the user."""


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """The training rows in standard units, and how close to each other they are.

    Attributes
    ----------
    numbers : array of shape (n, k)
        Number columns in standard deviations from their mean; the mean where missing.
    frame : DataFrame (n, columns)
        The rows, in the user's columns.
    centre, spread : dict of column -> float
    reach : float
        Mean distance to the five nearest rows that 99 % of the rows do not exceed.
    n_in_all : int
        Training rows there are; more than n if these are a sample.
    """

    numbers: Floats
    frame: pd.DataFrame
    centre: dict[str, float]
    spread: dict[str, float]
    reach: float
    n_in_all: int

    def supported(
        self, columns: Sequence[str], axes: Sequence[Floats], held: Mapping[str, object]
    ) -> NDArray[np.bool_]:
        """Which places of a grid rest on real rows.

        Parameters
        ----------
        columns : one or two number columns
            On the axes.
        axes : arrays of shape (n1,) and (n2,)
            Values of each axis.
        held : mapping of column -> value
            The other columns.

        Returns
        -------
        array of shape (n1,), or (n2, n1) for two columns
        """
        names = list(self.centre)
        on_axes = [names.index(column) for column in columns]
        grid = np.meshgrid(*(self._units(column, axis) for column, axis in zip(columns, axes, strict=True)))
        # The held columns are as far from a row wherever the place is: one more dimension, with all places at 0.
        rows = np.column_stack([self.numbers[:, on_axes], self._distance_of_held(held)])
        places = np.column_stack([*(part.ravel() for part in grid), np.zeros(grid[0].size)])
        k = min(NEIGHBOURS, len(rows))
        near = _mean_distance(rows, places, k) <= self.reach
        if len(self.frame.columns) > len(columns):
            near &= _mean_distance(rows[:, :-1], places[:, :-1], k) <= self._reach_along(on_axes)
        result: NDArray[np.bool_] = near.reshape(grid[0].shape)
        return result

    def _reach_along(self, on_axes: list[int]) -> float:
        """What ``reach`` is by the columns on the axes alone; between the steps of counts is as near as on them."""
        drawn = self.numbers[:, on_axes]
        k = min(NEIGHBOURS, len(drawn) - 1)
        if k < 1:
            return 0.0
        own = _distances(drawn, drawn, k + 1)[:, 1:].mean(axis=1)
        steps = [np.diff(np.unique(values)) for values in drawn.T]
        half = [0.5 * float(np.quantile(step, SHARE)) if len(step) else 0.0 for step in steps]
        return float(np.quantile(own, SHARE) + np.hypot.reduce(half))

    def _units(self, column: str, values: Floats) -> Floats:
        result: Floats = (np.asarray(values, dtype=np.float64) - self.centre[column]) / self.spread[column]
        return result

    def _distance_of_held(self, held: Mapping[str, object]) -> Floats:
        squares = np.zeros(len(self.frame))
        for column, value in held.items():
            if column in self.centre:
                at = float(self._units(column, np.array([value], dtype=np.float64))[0])
                squares += (self.numbers[:, list(self.centre).index(column)] - (at if np.isfinite(at) else 0.0)) ** 2
            else:
                squares += self._categories[column] != level_name(value)
        return np.sqrt(squares)

    @cached_property
    def _categories(self) -> dict[str, NDArray[np.object_]]:
        others = [column for column in self.frame.columns if column not in self.centre]
        return {column: _texts(self.frame[column]) for column in others}


def neighbourhood(frame: pd.DataFrame, prepared: PreparedData, *, most_rows: int = MOST_ROWS) -> Neighbourhood:
    """Learn from the training rows how close to one another they are; of many, from a sample of each class."""
    chosen = sample_by_class(prepared.y_train, most_rows)
    rows = frame.iloc[prepared.rows_train[chosen]][list(prepared.features)].reset_index(drop=True)
    names = list(prepared.numbers)
    values = np.column_stack([_finite(rows[name]) for name in names]) if names else np.empty((len(rows), 0))
    with np.errstate(invalid="ignore"):
        known = np.isfinite(values)
        counts = np.maximum(known.sum(axis=0), 1)
        centre = np.where(known, values, 0.0).sum(axis=0) / counts
        spread = np.sqrt(np.where(known, (values - centre) ** 2, 0.0).sum(axis=0) / counts)
    spread = np.where(spread > 0, spread, 1.0)
    numbers = np.where(known, (values - centre) / spread, 0.0)
    others = [name for name in prepared.features if name not in set(names)]
    everything = np.column_stack([numbers, *(_indicators(rows[name]) for name in others)])
    # Each row is its own nearest.
    k = min(NEIGHBOURS, len(rows) - 1)
    reach = 0.0
    if k > 0:
        own = _distances(everything, everything, k + 1)[:, 1:].mean(axis=1)
        reach = float(np.quantile(own, SHARE))
    return Neighbourhood(
        numbers,
        rows,
        dict(zip(names, centre.tolist(), strict=True)),
        dict(zip(names, spread.tolist(), strict=True)),
        reach,
        len(prepared.y_train),
    )


def _mean_distance(rows: Floats, places: Floats, k: int) -> Floats:
    result: Floats = _distances(rows, places, k).mean(axis=1)
    return result


def _distances(rows: Floats, places: Floats, k: int) -> Floats:
    """Distances of each place to its k nearest rows, rising; shape (places, k)."""
    from sklearn.neighbors import NearestNeighbors

    found: Floats = NearestNeighbors(n_neighbors=k).fit(rows).kneighbors(places)[0]
    return found


def _indicators(values: pd.Series) -> Floats:
    """One column for each value, such that two rows with different ones are at a distance of 1."""
    codes = np.minimum(pd.factorize(_texts(values))[0], MOST_LEVELS)
    result: Floats = np.eye(int(codes.max(initial=0)) + 1)[codes] / np.sqrt(2.0)
    return result


def level_name(value: object) -> str:
    """A value of a category as its level is called; missing is a level of its own."""
    return str(_texts(pd.Series([value]))[0])


def _texts(values: pd.Series) -> NDArray[Any]:
    names = class_names(values)
    missing = np.asarray(names.isna())
    result: NDArray[Any] = np.where(missing, MISSING, np.asarray(names.astype(str), dtype=object))
    return result


def _finite(values: pd.Series) -> Floats:
    floats = values.to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(np.isfinite(floats), floats, np.nan)
