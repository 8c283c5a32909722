"""The target as a recipe reads it: what the steps about it make of its classes, before rows are split."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from logreg_core.features.steps import OF_THE_TARGET, Step, fit_steps
from logreg_core.features.targets import TargetCandidate, Targets, counted

if TYPE_CHECKING:
    from logreg_core.features.recipe import Recipe


def steps_of_target(recipe: Recipe) -> tuple[Step, ...]:
    """Those of the recipe's steps that change its target."""
    return tuple(step for step in recipe.steps if recipe.target in step.columns and step.kind in OF_THE_TARGET)


def class_column(frame: pd.DataFrame, recipe: Recipe) -> pd.Series:
    """The target (n,) of a table that has it, after the steps about it; they learn nothing from the rows."""
    steps = steps_of_target(recipe)
    if not steps:
        return frame[recipe.target]
    _, changed = fit_steps(frame[[recipe.target]], steps, tuple(frame.columns))
    return changed[recipe.target]


def targets_after(found: Targets, frame: pd.DataFrame, recipe: Recipe | None) -> Targets:
    """``found`` in ``frame``, with the classes of the recipe's target as they are after the steps about it."""
    if recipe is None or recipe.target not in frame.columns or not steps_of_target(recipe):
        return found
    return found.with_candidate(candidate_after(frame, recipe))


def candidate_after(frame: pd.DataFrame, recipe: Recipe) -> TargetCandidate:
    """The recipe's target, a column of ``frame``, with its classes after the steps about it."""
    return counted(class_column(frame, recipe).rename(recipe.target))
