"""A recipe carried over to another reading of the same file: what still makes sense stays, the rest begins anew."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pandas as pd

from logreg_core.errors import RecipeError
from logreg_core.features.class_column import targets_after
from logreg_core.features.edit import usable_after
from logreg_core.features.recipe import Recipe
from logreg_core.features.split_columns import split_columns
from logreg_core.features.steps import ALL_COLUMNS, Step, fit_steps, names_after
from logreg_core.features.suggest import suggest_features
from logreg_core.features.targets import find_targets
from logreg_core.features.values import is_number

_FIRST_ROWS = 100


def carried_over(recipe: Recipe, frame: pd.DataFrame, usable_before: Collection[str]) -> Recipe | None:
    """``recipe`` for ``frame``, another reading of the table it was made for; None without its target.

    ``usable_before`` are the columns a model could use after the recipe's steps in the former reading. Features stay as
    chosen, but for those that have become unusable; what has only now become usable joins them.
    """
    columns = tuple(map(str, frame.columns))
    steps = _steps_that_fit(recipe.steps, frame, columns)
    candidate = targets_after(find_targets(frame), frame, replace(recipe, steps=steps)).candidate(recipe.target)
    if candidate is None:
        return None
    names = names_after(columns, steps)
    usable = set(usable_after(steps, columns, suggest_features(frame, recipe.target)))
    before = set(usable_before)
    chosen = {name for name in recipe.features if name in usable or name not in before} | (usable - before)
    features = tuple(name for name in names if name in chosen and name != recipe.target)
    return replace(
        recipe,
        positive=recipe.positive if recipe.positive in candidate.names else candidate.default_positive,
        features=features,
        as_categories=tuple(
            name
            for name in recipe.as_categories
            if name in features and (name not in columns or is_number(frame[name]))
        ),
        steps=steps,
        **_split(recipe, frame),
    )


def _steps_that_fit(steps: tuple[Step, ...], frame: pd.DataFrame, columns: tuple[str, ...]) -> tuple[Step, ...]:
    """The steps without columns that are gone, and without those that the columns' new kinds make impossible."""
    rows = frame.iloc[:_FIRST_ROWS]
    kept: tuple[Step, ...] = ()
    for step in steps:
        names = {*names_after(columns, kept), ALL_COLUMNS}
        left = step.without([name for name in step.columns if name not in names])
        if left is None:
            continue
        try:
            fit_steps(rows, (*kept, left), columns)
        except RecipeError:
            continue
        kept = (*kept, left)
    return kept


def _split(recipe: Recipe, frame: pd.DataFrame) -> dict[str, Any]:
    """The way to keep rows aside, as long as its column can still say it; at random otherwise."""
    if recipe.split != "random":
        offered = split_columns(frame, recipe.target)
        values = dict(offered.parts).get(recipe.split_column, ())
        fits = recipe.split_column in offered.of(recipe.split)
        if not fits or (recipe.split == "column" and recipe.test_value not in values):
            return {"split": "random", "split_column": "", "test_value": ""}
    return {"split": recipe.split, "split_column": recipe.split_column, "test_value": recipe.test_value}
