"""The ways to keep rows aside: by chance, whole groups by chance, the latest rows, or as a column says."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api import types

from logreg_core.errors import RecipeError
from logreg_core.features.group_choice import choose_groups
from logreg_core.features.iso_dates import holds_iso_dates
from logreg_core.features.recipe import Recipe
from logreg_core.features.steps.date_parts import as_dates
from logreg_core.features.targets import class_names
from logreg_core.features.values import holds_whole_numbers, is_number

FloatArray = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]


def parts(y: FloatArray, recipe: Recipe, by: pd.Series | None) -> tuple[Rows, Rows]:
    """Positions of training and test rows among the rows of ``y`` (n,); ``by`` (n,) is the column that decides.

    Either part may come out empty or with one class only. RecipeError when ``by`` cannot decide.
    """
    if recipe.split == "random" or by is None:
        return _random(y, recipe)
    if recipe.split == "group":
        return _groups(y, recipe, by)
    if recipe.split == "time":
        return _latest(recipe, by)
    names = class_names(by)
    is_test = np.asarray(names == recipe.test_value)
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)


def _random(y: FloatArray, recipe: Recipe) -> tuple[Rows, Rows]:
    """The rows that ``train_test_split(..., random_state=seed)`` gives, in scikit-learn's order."""
    from sklearn.model_selection import train_test_split

    train, test = train_test_split(
        np.arange(y.size),
        test_size=recipe.test_share,
        random_state=recipe.seed,
        stratify=y if recipe.stratify else None,
    )
    return train, test


def _groups(y: FloatArray, recipe: Recipe, by: pd.Series) -> tuple[Rows, Rows]:
    """Whole groups by chance, as near as they allow to the share of the rows; a row without a group is one of its own.

    Stratified, as near as they allow to the share of the rows of each class.
    """
    groups = group_codes(by)
    count = int(groups.max()) + 1
    if count < 2:
        raise RecipeError(
            f"Column '{recipe.split_column}' holds one group only, which cannot be on both sides.",
            remedy="Choose another column, or keep rows aside at random.",
        )
    kinds = [y == 1, y == 0] if recipe.stratify else [np.ones(y.size, dtype=np.bool_)]
    counts = np.stack([np.bincount(groups[rows], minlength=count) for rows in kinds], axis=1)
    is_test = choose_groups(counts.astype(np.float64), recipe.test_share, recipe.seed)[groups]
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)


def group_codes(by: pd.Series) -> npt.NDArray[np.int64]:
    """Groups as whole numbers from 0 (n,); a missing value is a group of its own."""
    codes, values = pd.factorize(by)
    missing = codes < 0
    numbers: npt.NDArray[np.int64] = codes.astype(np.int64)
    numbers[missing] = len(values) + np.arange(int(missing.sum()))
    return numbers


def _latest(recipe: Recipe, by: pd.Series) -> tuple[Rows, Rows]:
    """The latest rows test, about as many as the test share says; rows of the same time are all on one side."""
    times = time_order(by, recipe.split_column)
    ordered = np.sort(times)
    if ordered[0] == ordered[-1]:
        raise RecipeError(
            f"All rows have the same value in '{recipe.split_column}', so none is later than another.",
            remedy="Choose another column, or keep rows aside at random.",
        )
    wanted = recipe.test_share * len(times)
    cut = ordered[len(ordered) - max(1, round(wanted))]
    # Rows at the cut go where the test part comes closer to its share, as long as both parts keep some.
    with_ties, without = int((times >= cut).sum()), int((times > cut).sum())
    closer = abs(without - wanted) < abs(with_ties - wanted)
    is_test = times > cut if with_ties == len(times) or (without and closer) else times >= cut
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)


def time_order(by: pd.Series, name: str) -> npt.NDArray[np.int64] | FloatArray:
    """Dates or numbers, none missing, as values (n,) that can be put in order; RecipeError for other texts."""
    if holds_iso_dates(by):
        by = as_dates(by)
    if types.is_datetime64_any_dtype(by.dtype):
        return by.to_numpy().astype("datetime64[us]").astype(np.int64)
    if types.is_numeric_dtype(by.dtype) and not types.is_bool_dtype(by.dtype):
        return by.to_numpy(dtype=np.float64)
    raise RecipeError(
        f"Column '{name}' holds no dates or numbers, so its rows have no order in time.",
        remedy="Choose another column, or keep rows aside at random.",
    )


def holds_dates(column: pd.Series) -> bool:
    """True for dates, and for texts that are dates."""
    return types.is_datetime64_any_dtype(column.dtype) or holds_iso_dates(column)


def time_columns(frame: pd.DataFrame) -> tuple[str, ...]:
    """Columns that can put rows in order of time: dates, as text or not, first, then whole numbers such as a year."""
    dates = tuple(name for name in frame.columns if holds_dates(frame[name]))
    numbers = (name for name in frame.columns if is_number(frame[name]) and holds_whole_numbers(frame[name]))
    return dates + tuple(numbers)
