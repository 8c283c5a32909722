"""Which rows train and which are kept aside to test."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from logreg_core.errors import RecipeError
from logreg_core.features.recipe import TEST_SHARE, Recipe
from logreg_core.features.split_ways import FloatArray, Rows, parts

MIN_ROWS = 2
SHARE_STEP = 0.05


def split_rows(y: FloatArray, recipe: Recipe, negative: str, by: pd.Series | None = None) -> tuple[Rows, Rows]:
    """Positions of training and test rows among the ``n`` rows of ``y`` (0 or 1).

    At random, the same seed gives the rows that ``sklearn.model_selection.train_test_split(..., random_state=seed)``
    gives, in its order. For the other ways ``by`` (n,) holds the recipe's split column.
    Raises RecipeError when there are too few rows, or when a part would be without one of the classes.
    """
    counts = {recipe.positive: int(y.sum()), negative: int(y.size - y.sum())}
    if recipe.split == "random":
        _check_sizes(y, recipe)
        rarest = min(counts, key=lambda name: counts[name])
        if recipe.stratify and counts[rarest] < MIN_ROWS:
            raise RecipeError(
                f"Only one row is '{rarest}', so it cannot be in both the training and the test rows.",
                where=f"Column '{recipe.target}'.",
                remedy="Choose another class to predict, or bring more rows of this one.",
            )
    split = parts(y, recipe, by)
    check_parts(y, split, recipe, negative, by)
    return split


def check_parts(
    y: FloatArray, split: tuple[Rows, Rows], recipe: Recipe, negative: str, by: pd.Series | None = None
) -> None:
    """Raise RecipeError when a part has no rows, or is without one of the classes."""
    counts = {recipe.positive: int(y.sum()), negative: int(y.size - y.sum())}
    for part, name in zip(split, ("training", "test"), strict=True):
        if part.size == 0:
            raise RecipeError(
                f"No row would be left for the {name} rows.",
                where=f"Column '{recipe.split_column}'.",
                remedy=_remedy_of_column(y, recipe, by),
            )
        for value, missing_class in ((1.0, recipe.positive), (0.0, negative)):
            if not (y[part] == value).any():
                raise RecipeError(
                    f"No row of the {name} rows is '{missing_class}' ({counts[missing_class]} in the whole table).",
                    where=f"Column '{recipe.target}'.",
                    remedy=_remedy(y, recipe, f"bring more rows of '{missing_class}'")
                    if recipe.split == "random"
                    else _remedy_of_column(y, recipe, by),
                )


def _remedy_of_column(y: FloatArray, recipe: Recipe, by: pd.Series | None) -> str:
    """The smallest test share that gives both parts both classes, where the share matters; else another way."""
    if recipe.split == "column" or by is None:
        return "Choose another value for the test rows, or another way to keep rows aside."
    if recipe.split == "group" and not recipe.stratify and _has_classes(y, replace(recipe, stratify=True), by):
        return "Turn on 'Same class shares in both parts'."
    for share in _shares():
        if _has_classes(y, replace(recipe, test_share=share), by):
            return f"Choose a test share of {share * 100:.0f} %, or another way to keep rows aside."
    return "Choose another column, or keep rows aside at random."


def _check_sizes(y: FloatArray, recipe: Recipe) -> None:
    if min(_sizes(y.size, recipe.test_share)) >= MIN_ROWS:
        return
    if not any(min(_sizes(y.size, share)) >= MIN_ROWS for share in _shares()):
        raise RecipeError(
            f"{y.size} rows are too few to train on some and test on others.", remedy="Bring at least 10 rows."
        )
    # A test share is at most a half, so of the two parts it is the test part that is too small.
    raise RecipeError(
        f"{recipe.test_share * 100:.3g} % of {y.size} rows is 1 test row;"
        f" a test part needs at least {MIN_ROWS} rows of its own.",
        remedy=_remedy(y, recipe, "bring more rows"),
    )


def _sizes(rows: int, share: float) -> tuple[int, int]:
    """Numbers of training and test rows, as scikit-learn rounds them."""
    n_test = int(np.ceil(share * rows))
    return rows - n_test, n_test


def _shares() -> tuple[float, ...]:
    low, high = TEST_SHARE
    return tuple(round(low + step * SHARE_STEP, 2) for step in range(round((high - low) / SHARE_STEP) + 1))


def _remedy(y: FloatArray, recipe: Recipe, otherwise: str) -> str:
    """What gives both parts rows of both classes: stratifying, or the smallest test share that does; each was tried."""
    ways = []
    if not recipe.stratify and _works(y, replace(recipe, stratify=True)):
        ways.append("turn on 'Same class shares in both parts'")
    share = next((share for share in _shares() if _works(y, replace(recipe, test_share=share))), None)
    if share is not None:
        ways.append(f"choose a test share of {share * 100:.0f} %")
    said = ", or ".join(ways or [otherwise])
    return f"{said[0].upper()}{said[1:]}."


def _works(y: FloatArray, recipe: Recipe) -> bool:
    if min(_sizes(y.size, recipe.test_share)) < MIN_ROWS:
        return False
    if recipe.stratify and min(y.sum(), y.size - y.sum()) < MIN_ROWS:
        return False
    return _has_classes(y, recipe, None)


def _has_classes(y: FloatArray, recipe: Recipe, by: pd.Series | None) -> bool:
    """Whether both parts have rows of both classes."""
    return all(0 < y[part].sum() < part.size for part in parts(y, recipe, by))
