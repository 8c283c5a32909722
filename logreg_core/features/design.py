"""The design matrix: the user's columns as the numbers a model sees, learned on training rows only.

Numbers:     missing filled with the median -> (scaled) -> powers and products -> (scaled)
Categories:  missing filled with the most frequent level -> one yes/no column for each level but the most frequent,
             which is the reference; of more than 30 levels the rare ones share a column
Flags:       with ``missing="flag"``, a yes/no column for each number column that had missing values, and a level
             "(missing)" for each category
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.errors import RecipeError
from logreg_core.features.columns import MAX_LEVELS, Roles
from logreg_core.features.recipe import Recipe
from logreg_core.features.targets import class_names

MAX_CELLS = 40_000_000
MISSING_LEVEL = "(missing)"
OTHER_LEVELS = "(other levels)"
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class DesignColumn:
    """A column of the design matrix: its name, the user's columns it comes from, and how to read it."""

    name: str
    source: str
    note: str


@dataclass(frozen=True, eq=False)
class Design:
    """A fitted way from the user's columns to the design matrix.

    Attributes
    ----------
    columns : tuple of DesignColumn
        In the order of the matrix: numbers (with their powers and products), flags, levels.
    medians : dict of column -> float
        What a missing number is filled with.
    levels : dict of column -> tuple of str
        Levels with a name of their own, the reference level first.
    flagged : tuple of str
        Number columns that have a yes/no column for missing.
    """

    columns: tuple[DesignColumn, ...]
    medians: dict[str, float]
    levels: dict[str, tuple[str, ...]]
    flagged: tuple[str, ...]
    _numbers: Any
    _flag: bool

    def transform(self, frame: pd.DataFrame) -> npt.NDArray[np.float64]:
        """Rows of ``frame`` (n, any columns that include the used ones) as a matrix (n, n_design_columns), C order.

        A level not seen in training counts as one of the other levels where there are such, else as the reference.
        """
        matrix = np.empty((len(frame), len(self.columns)))
        filled = 0
        blocks: list[npt.NDArray[np.float64]] = []
        if self.medians:
            numbers = _amounts(frame, tuple(self.medians))
            flags = [np.isnan(numbers[name].to_numpy())[:, None] for name in self.flagged]
            blocks = [self._numbers.transform(numbers), *flags]
        for name, levels in self.levels.items():
            blocks.append(_indicators(class_names(frame[name]), levels, flag=self._flag))
        for block in blocks:
            matrix[:, filled : filled + block.shape[1]] = block
            filled += block.shape[1]
        return matrix


def fit_design(train: pd.DataFrame, roles: Roles, recipe: Recipe) -> Design:
    """Learn fills, levels, means and scales from the training rows.

    Raises RecipeError when the design matrix would have more than ``MAX_CELLS`` cells.
    """
    flag = recipe.missing == "flag"
    levels = {name: _ordered_levels(class_names(train[name]), flag=flag) for name in roles.categories}
    _check_size(len(train), roles, levels, recipe)
    numbers: Any = None
    medians: dict[str, float] = {}
    flagged: tuple[str, ...] = ()
    number_columns: list[DesignColumn] = []
    if roles.numbers:
        amounts = _amounts(train, roles.numbers)
        numbers = _number_pipeline(recipe).fit(amounts)
        medians = dict(zip(roles.numbers, map(float, numbers[0].statistics_), strict=True))
        flagged = tuple(name for name in roles.numbers if flag and amounts[name].isna().any())
        powers = next((step.powers_ for step in numbers if hasattr(step, "powers_")), None)
        number_columns = _number_columns(roles.numbers, powers)
    return Design(
        columns=(
            *number_columns,
            *(DesignColumn(f"{name} is missing", name, "1 where the value was missing, else 0") for name in flagged),
            *(
                DesignColumn(f"{name} = {level}", name, f"1 for this level, else 0; compared with {known[0]}")
                for name, known in levels.items()
                for level in known[1:]
            ),
        ),
        medians=medians,
        levels=levels,
        flagged=flagged,
        _numbers=numbers,
        _flag=flag,
    )


def _amounts(frame: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    """Number columns as float64, infinite values as missing."""
    columns = {}
    for name in names:
        values = frame[name].to_numpy(dtype=np.float64, na_value=np.nan)
        finite = np.isfinite(values)
        columns[name] = values if finite.all() else np.where(finite, values, np.nan)
    return pd.DataFrame(columns, copy=False)


def _number_pipeline(recipe: Recipe) -> Any:
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import PolynomialFeatures, StandardScaler

    steps: list[Any] = [SimpleImputer(strategy="median")]
    if recipe.degree > 1:
        # Powers of centred, scaled columns are far less correlated than powers of the columns as they are.
        steps += [StandardScaler(copy=False)] if recipe.scale else []
        steps += [PolynomialFeatures(recipe.degree, include_bias=False)]
    steps += [StandardScaler(copy=False)] if recipe.scale else []
    return make_pipeline(*steps)


def _number_columns(names: tuple[str, ...], powers: npt.NDArray[np.int64] | None) -> list[DesignColumn]:
    if powers is None:
        return [DesignColumn(name, name, "") for name in names]
    columns = []
    for row in powers:
        factors = [
            name if power == 1 else f"{name}{str(power).translate(_SUPERSCRIPTS)}"
            for name, power in zip(names, row, strict=True)
            if power
        ]
        sources = [name for name, power in zip(names, row, strict=True) if power]
        columns.append(
            DesignColumn(" × ".join(factors), ", ".join(sources), "power or product" if row.sum() > 1 else "")
        )
    return columns


def _ordered_levels(names: pd.Categorical, *, flag: bool) -> tuple[str, ...]:
    """Levels from the most frequent (the reference) down; beyond MAX_LEVELS the rest is one level.

    Of equally frequent levels the first in the alphabet comes first.
    """
    counts = pd.Series(names).value_counts()
    ordered = sorted((level for level in counts.index if counts[level]), key=lambda level: (-counts[level], level))
    if len(ordered) > MAX_LEVELS:
        ordered = [*ordered[: MAX_LEVELS - 1], OTHER_LEVELS]
    if flag and names.isna().any():
        ordered.append(MISSING_LEVEL)
    return tuple(ordered)


def _indicators(names: pd.Categorical, levels: tuple[str, ...], *, flag: bool) -> npt.NDArray[np.float64]:
    """Yes/no columns (n, len(levels) - 1), one for each level but the reference."""
    known = names.set_categories(list(levels))
    missing = np.asarray(names.isna())
    if OTHER_LEVELS in levels:
        known[np.asarray(known.isna()) & ~missing] = OTHER_LEVELS
    if flag and MISSING_LEVEL in levels:
        known[missing] = MISSING_LEVEL
    # get_dummies leaves a row of zeros, which is the reference, where a level is unknown or missing.
    return pd.get_dummies(known, dtype=np.float64).iloc[:, 1:].to_numpy()


def _check_size(rows: int, roles: Roles, levels: dict[str, tuple[str, ...]], recipe: Recipe) -> None:
    n = len(roles.numbers)
    width = math.comb(n + recipe.degree, recipe.degree) - 1 + sum(len(known) - 1 for known in levels.values())
    if rows * width > MAX_CELLS:
        raise RecipeError(
            f"The model would see {width:,} columns of {rows:,} training rows: more than fits in memory here.",
            remedy="Choose fewer features" + (" or a lower polynomial degree." if recipe.degree > 1 else "."),
        )
