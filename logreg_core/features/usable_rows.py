"""Which rows of a table can be used, and what the two classes are called."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.errors import RecipeError
from logreg_core.features.columns import Roles, assign_roles
from logreg_core.features.recipe import Recipe
from logreg_core.features.steps import fit_steps, needed_columns, rows_used
from logreg_core.features.values import finite, missing

FloatArray = npt.NDArray[np.float64]


def pick(frame: pd.DataFrame, rows: npt.NDArray[np.intp], columns: tuple[str, ...]) -> pd.DataFrame:
    """The rows at these positions, with these columns only."""
    return frame[list(columns)].iloc[rows]


def class_pair(names: pd.Categorical, recipe: Recipe) -> tuple[str, str]:
    """Names of the positive and the negative class."""
    classes = [str(level) for level in names.categories]
    if not classes:
        raise RecipeError(f"Column '{recipe.target}' has no values.", remedy="Choose another column to predict.")
    if recipe.positive not in classes:
        raise RecipeError(
            f"'{recipe.positive}' is not a class of '{recipe.target}'.",
            remedy=f"Its classes are: {', '.join(classes[:10])}.",
        )
    others = [level for level in classes if level != recipe.positive]
    return recipe.positive, others[0] if len(others) == 1 else f"not {recipe.positive}"


def usable_rows(
    frame: pd.DataFrame, names: pd.Categorical, recipe: Recipe
) -> tuple[npt.NDArray[np.intp], tuple[tuple[str, str], ...], list[str]]:
    """Positions of the rows to use, (column, reason) for features that were found unusable, and notes on other rows.

    Used are rows with a target (and, to split by it, with a time or a part), which no step drops; with
    ``missing="drop"`` those of them that have every feature which can be used at all.
    """
    used = ~np.asarray(names.isna())
    notes = []
    if not used.all():
        notes.append(f"{rows_have(len(frame) - int(used.sum()))} no value in '{recipe.target}' and cannot be used.")
    if recipe.split in {"time", "column"}:
        placed = used & ~finite(frame[recipe.split_column]).isna().to_numpy()
        if (left_out := int(used.sum() - placed.sum())) > 0:
            notes.append(f"{rows_have(left_out)} no value in '{recipe.split_column}' and cannot be used.")
        used = placed
    kept = used & rows_used(frame, recipe.steps)
    if (left_out := int(used.sum() - kept.sum())) > 0:
        said = "row repeats another and is" if left_out == 1 else "rows repeat others and are"
        notes.append(f"{left_out:,} {said} not used.")
    rows = np.flatnonzero(kept)
    if recipe.missing != "drop":
        return rows, (), notes
    # What a step learns hardly ever decides which values are missing, so learned on all rows it says nearly the same as
    # learned on the training rows, which are not known yet; ``prepare`` looks once more when they are.
    needed = needed_columns(tuple(frame.columns), recipe.steps, recipe.features)
    _, candidates = fit_steps(pick(frame, rows, needed), recipe.steps, tuple(frame.columns))
    roles = assign_roles(
        candidates,
        recipe.features,
        recipe.as_categories,
        degree=recipe.degree,
        rows=f"the rows with a '{recipe.target}'",
    )
    complete = without_gaps(candidates, roles, recipe.degree)
    if not complete.any() and rows.size:
        raise RecipeError(
            "Every row has a missing value in at least one of the chosen features.",
            where=_emptiest(candidates, roles, recipe.degree),
            remedy="Fill missing values instead, or leave out the columns with many missing values.",
        )
    if (left_out := int(rows.size - complete.sum())) > 0:
        notes.append(f"{rows_have(left_out)} a missing value in a chosen feature and cannot be used.")
    _check_left(np.asarray(names == recipe.positive)[rows], complete, candidates, roles, recipe)
    return rows[complete], roles.dropped, notes


def _check_left(
    event: npt.NDArray[np.bool_],
    complete: npt.NDArray[np.bool_],
    candidates: pd.DataFrame,
    roles: Roles,
    recipe: Recipe,
) -> None:
    """Raise RecipeError, with the column that does it, where leaving rows out leaves one class of two.

    ``event`` says which rows (n,) are of the positive class, ``complete`` which have every value.
    """
    if event[complete].min() != event[complete].max() or event.min() == event.max():
        return
    only = event[complete][0]
    named = f"{recipe.target} = {recipe.positive}"
    raise RecipeError(
        f"No row without a missing value is {f'other than {named}' if only else named}: nothing to tell apart is left.",
        where=_emptiest(candidates[event != only], roles, recipe.degree, f"not {named}" if only else named),
        remedy="Leave that column out, or fill missing values instead of leaving rows out.",
    )


def _emptiest(frame: pd.DataFrame, roles: Roles, degree: int, of: str = "") -> str:
    """Which column misses a value in most rows of ``frame``."""
    gaps = {name: int(missing(frame[name], degree, as_number=name in roles.numbers).sum()) for name in roles.features}
    name = max(gaps, key=gaps.__getitem__)
    return f"'{name}' is missing in {gaps[name]:,} of the {len(frame):,} rows{f' that are {of}' if of else ''}."


def without_gaps(frame: pd.DataFrame, roles: Roles, degree: int) -> npt.NDArray[np.bool_]:
    """Which rows (n,) have a value in every column of ``roles``."""
    complete = np.ones(len(frame), dtype=np.bool_)
    for name in roles.features:
        complete &= ~missing(frame[name], degree, as_number=name in roles.numbers)
    return complete


def rows_have(count: int) -> str:
    """How a sentence on rows begins: "1 row has", "1,200 rows have"."""
    return "1 row has" if count == 1 else f"{count:,} rows have"


def check_classes(y: FloatArray, recipe: Recipe, negative: str) -> None:
    """Raise RecipeError when the rows that can be used are all of one class."""
    if y.size and 0 < y.sum() < y.size:
        return
    only = recipe.positive if y.size and y.all() else negative
    raise RecipeError(
        f"All rows that can be used are '{only}': there is nothing to tell apart.",
        where=f"Column '{recipe.target}'.",
        remedy="Choose another column to predict, or fill missing values instead of leaving rows out.",
    )
