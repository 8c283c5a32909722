"""Changing a recipe step by step: add a repair, undo one, change one, put two in the other order.

What a step adds or makes usable becomes a feature at once; undoing it takes that back. All features stay in the order
of the table, so that a step undone leaves the very recipe there was before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from logreg_core.errors import RecipeError
from logreg_core.features.recipe import Recipe
from logreg_core.features.steps import (
    ALL_COLUMNS,
    BlankMeans,
    DateParts,
    DropDuplicates,
    GroupLevels,
    LeaveOut,
    Step,
    TextToNumber,
    can_swap,
    fit_steps,
    names_after,
    swapped,
)
from logreg_core.features.values import is_number

_FIRST_ROWS = 100
_MAKE_USABLE = (TextToNumber.kind, GroupLevels.kind, BlankMeans.kind)

GIVES_AWAY = "gives the answer away"
MAY_BE_AFTERWARDS = "may be known only afterwards"
SAYS_LESS_ALONE = "says less alone than those kept"
_OF_ONE_TARGET = (GIVES_AWAY, MAY_BE_AFTERWARDS, SAYS_LESS_ALONE)
"""Why a column is left out for what it says of the target, or may; means nothing for another target."""


REPAIRING_SPLITS = ("group", "column")
"""Ways to keep rows aside that the doctor offers as repairs."""
AT_RANDOM: dict[str, Any] = {"split": "random", "split_column": "", "test_value": ""}
"""The choices that undo them where nothing else was chosen before."""


def split_of(recipe: Recipe) -> dict[str, Any]:
    """The choices of a recipe that say how rows are kept aside."""
    return {name: getattr(recipe, name) for name in AT_RANDOM}


def with_step(recipe: Recipe, step: Step, columns: tuple[str, ...]) -> Recipe:
    """The recipe with ``step`` at its end, unless it has it; RecipeError when it does not fit there.

    Rows are compared as they are in the table, so the step that drops equal ones goes to the beginning. ``columns`` are
    those of the table.
    """
    step.validate()
    if step in recipe.steps:
        return recipe  # a button pressed twice
    step = replace(step, chosen=tuple(name for name in step.columns if name in recipe.features))
    if step.kind == DropDuplicates.kind:  # columns in which equal rows may differ are no features for that
        return _with_steps(recipe, (step, *recipe.steps), columns)
    return _with_steps(recipe, (*recipe.steps, step), columns, come=step.columns)


def without_step(recipe: Recipe, place: int, columns: tuple[str, ...]) -> Recipe:
    """The recipe without step ``place``, and without later steps about columns that only it makes."""
    gone = recipe.steps[place]
    kept: tuple[Step, ...] = recipe.steps[:place]
    for step in recipe.steps[place + 1 :]:
        names = names_after(columns, kept)
        left = step.without([name for name in step.columns if name not in names and name != ALL_COLUMNS])
        kept = (*kept, left) if left is not None else kept
    return _with_steps(recipe, kept, columns, **_back(gone, gone.columns))


def with_changed_step(recipe: Recipe, place: int, step: Step, columns: tuple[str, ...]) -> Recipe:
    """The recipe with ``step`` in the place of another of its kind; RecipeError when it does not fit there."""
    step.validate()
    old = recipe.steps[place]
    steps = (*recipe.steps[:place], step, *recipe.steps[place + 1 :])
    return _with_steps(recipe, steps, columns, **_back(old, set(old.columns) - set(step.columns)))


def with_steps_swapped(recipe: Recipe, place: int, columns: tuple[str, ...]) -> Recipe:
    """The recipe with steps ``place`` and ``place + 1`` in the other order; RecipeError when that cannot be."""
    return _with_steps(recipe, swapped(recipe.steps, place), columns)


def without_steps(recipe: Recipe, columns: tuple[str, ...], split: Mapping[str, Any] = AT_RANDOM) -> Recipe:
    """The recipe without any repair: no step, no number as a category, no rows kept aside by a group or a column.

    ``split`` are the choices that take the place of the last.
    """
    while recipe.steps:
        recipe = without_step(recipe, len(recipe.steps) - 1, columns)
    recipe = replace(recipe, as_categories=())
    return replace(recipe, **split) if recipe.split in REPAIRING_SPLITS else recipe


def usable_after(steps: tuple[Step, ...], columns: tuple[str, ...], usable: Collection[str]) -> tuple[str, ...]:
    """The columns a model can use after ``steps``: ``usable`` before them, those they make, and those they mend."""
    mended = {name for step in steps if step.kind in _MAKE_USABLE for name in step.columns}
    known, fine = set(columns), set(usable) | mended
    return tuple(name for name in names_after(columns, steps) if name in fine or name not in known)


def kinds_after(frame: pd.DataFrame, steps: tuple[Step, ...], target: str) -> tuple[tuple[str, bool], ...]:
    """(column, is it a number) of a table after ``steps``, without ``target``; judged by its first rows."""
    columns = tuple(frame.columns)
    try:
        _, repaired = fit_steps(frame.iloc[:_FIRST_ROWS], steps, columns)
        return tuple((str(name), is_number(repaired[name])) for name in repaired.columns if name != target)
    except RecipeError:  # a step that does not fit is told where the rows are prepared
        names = names_after(columns, steps)
        return tuple((name, name in columns and is_number(frame[name])) for name in names if name != target)


def movable(frame: pd.DataFrame, steps: tuple[Step, ...]) -> tuple[bool, ...]:
    """For each step whether it and the next can change places; judged by the table's first rows."""
    rows = frame.iloc[:_FIRST_ROWS]
    return tuple(can_swap(rows, steps, place) for place in range(len(steps)))


def steps_for_target(
    steps: tuple[Step, ...], target: str, columns: tuple[str, ...], former: str = ""
) -> tuple[Step, ...]:
    """What stays of ``steps`` when ``target`` is to be predicted: none changes it, none is about the former target.

    What is left out for what it says of the former target means nothing either.
    """
    kept: tuple[Step, ...] = ()
    for step in steps:
        if step.kind == LeaveOut.kind and getattr(step, "because", "") in _OF_ONE_TARGET:
            continue
        names = names_after(columns, kept)
        there = {*names, ALL_COLUMNS} - {target, former}
        left = step.without([name for name in step.columns if name not in there])
        kept = (*kept, left) if left is not None else kept
    return kept


def _back(old: Step, names: Collection[str]) -> dict[str, set[str]]:
    """Which columns come and go as features when step ``old`` is no longer about ``names``."""
    if old.kind not in {LeaveOut.kind, DateParts.kind, *_MAKE_USABLE}:
        return {}  # what else a step does to a column leaves the choice of it to the user
    return {"come": set(names) & set(old.chosen), "go": set(names) - set(old.chosen)}


def _with_steps(
    recipe: Recipe,
    steps: tuple[Step, ...],
    columns: tuple[str, ...],
    *,
    come: Iterable[str] = (),
    go: Iterable[str] = (),
) -> Recipe:
    """``steps`` in place of the recipe's; the columns they add, and those that ``come``, become features."""
    before, after = names_after(columns, recipe.steps), names_after(columns, steps)
    new = set(after) - set(before) - set(columns)
    chosen = (set(recipe.features) | new | set(come)) - {recipe.target, *go}
    features = tuple(name for name in after if name in chosen)
    kept = set(features)
    as_categories = tuple(name for name in recipe.as_categories if name in kept)
    return replace(recipe, steps=steps, features=features, as_categories=as_categories)
