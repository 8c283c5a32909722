"""Changing a recipe step by step: add a repair, undo one, change one, put two in the other order.

What a step adds or makes usable becomes a feature at once; undoing it takes that back. All features stay in the order
of the table, so that a step undone leaves the very recipe there was before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from logreg_core.features.recipe import Recipe
from logreg_core.features.steps import ALL_COLUMNS, LeaveOut, Step, TextToNumber, names_after, swapped


def with_step(recipe: Recipe, step: Step, columns: tuple[str, ...]) -> Recipe:
    """The recipe with ``step`` at its end; ``columns`` are the table's. RecipeError when it does not fit there."""
    step.validate()
    return _with_steps(recipe, (*recipe.steps, step), columns, come=step.columns)


def without_step(recipe: Recipe, place: int, columns: tuple[str, ...], usable: Collection[str] = ()) -> Recipe:
    """The recipe without step ``place``, and without later steps about columns that only it makes.

    ``usable`` are the columns a model can use without any step.
    """
    gone = recipe.steps[place]
    kept: tuple[Step, ...] = recipe.steps[:place]
    for step in recipe.steps[place + 1 :]:
        names = names_after(columns, kept)
        left = step.without([name for name in step.columns if name not in names and name != ALL_COLUMNS])
        kept = (*kept, left) if left is not None else kept
    return _with_steps(recipe, kept, columns, **_back(gone, gone.columns, usable))


def with_changed_step(
    recipe: Recipe, place: int, step: Step, columns: tuple[str, ...], usable: Collection[str] = ()
) -> Recipe:
    """The recipe with ``step`` in the place of another of its kind; RecipeError when it does not fit there."""
    step.validate()
    old = recipe.steps[place]
    steps = (*recipe.steps[:place], step, *recipe.steps[place + 1 :])
    return _with_steps(recipe, steps, columns, **_back(old, set(old.columns) - set(step.columns), usable))


def with_steps_swapped(recipe: Recipe, place: int, columns: tuple[str, ...]) -> Recipe:
    """The recipe with steps ``place`` and ``place + 1`` in the other order; RecipeError when that cannot be."""
    return _with_steps(recipe, swapped(recipe.steps, place), columns)


def without_steps(recipe: Recipe, columns: tuple[str, ...], usable: Collection[str] = ()) -> Recipe:
    """The recipe without any step."""
    while recipe.steps:
        recipe = without_step(recipe, len(recipe.steps) - 1, columns, usable)
    return recipe


def _back(old: Step, names: Collection[str], usable: Collection[str]) -> dict[str, set[str]]:
    """Which columns come and go as features when step ``old`` is no longer about ``names``."""
    if old.kind == LeaveOut.kind:
        return {"come": set(names)}
    return {"go": set(names) - set(usable)} if old.kind == TextToNumber.kind else {}


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
    new = {name for name in after if name not in before and name not in columns}
    chosen = (set(recipe.features) | new | set(come)) - {recipe.target, *go}
    features = tuple(name for name in after if name in chosen)
    as_categories = tuple(name for name in recipe.as_categories if name in features)
    return replace(recipe, steps=steps, features=features, as_categories=as_categories)
