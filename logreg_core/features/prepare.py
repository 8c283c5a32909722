"""From a table and a recipe to what a model trains on: ``prepare(frame, recipe) -> Prepared``."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.errors import RecipeError
from logreg_core.features.columns import Roles, assign_roles
from logreg_core.features.design import Design, DesignColumn, fit_design
from logreg_core.features.notes import notes_on_fills, notes_on_powers, notes_on_texts_among_numbers
from logreg_core.features.recipe import Recipe
from logreg_core.features.split import split_rows
from logreg_core.features.steps import FittedSteps, fit_steps, names_after, needed_columns, rows_used
from logreg_core.features.targets import class_names
from logreg_core.features.values import finite, missing

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Prepared:
    """Training and test rows as numbers; everything learned for it comes from the training rows.

    Attributes
    ----------
    recipe : Recipe
    fingerprint : str
        SHA-256 of the recipe and the data it was applied to.
    X_train, X_test : float64 arrays (n_train, n_columns), (n_test, n_columns), C order, all finite
    y_train, y_test : float64 arrays of 0 and 1
    rows_train, rows_test : int arrays
        Positions in the table of the rows of each part.
    positive, negative : str
        Names of the two classes, as the user reads them.
    roles : Roles
        The user's columns used, and those dropped with the reason.
    notes : tuple of str
        Sentences on rows left out and values filled.
    design : Design
        From the columns as they are after the recipe's steps to the columns of X.
    steps : FittedSteps
        From the user's table to those columns.
    """

    recipe: Recipe
    fingerprint: str
    X_train: FloatArray
    X_test: FloatArray
    y_train: FloatArray
    y_test: FloatArray
    rows_train: npt.NDArray[np.intp]
    rows_test: npt.NDArray[np.intp]
    positive: str
    negative: str
    roles: Roles
    notes: tuple[str, ...]
    design: Design
    steps: FittedSteps

    @property
    def target(self) -> str:
        """The column to predict."""
        return self.recipe.target

    @property
    def feature_names(self) -> tuple[str, ...]:
        """Names of the columns of X."""
        return tuple(column.name for column in self.design.columns)

    @property
    def columns(self) -> tuple[DesignColumn, ...]:
        """The columns of X with where they come from."""
        return self.design.columns

    @property
    def features(self) -> tuple[str, ...]:
        """The user's columns that are used: numbers, then categories."""
        return self.roles.features

    @property
    def numbers(self) -> tuple[str, ...]:
        """The user's number columns that are used."""
        return self.roles.numbers

    @property
    def categories(self) -> tuple[str, ...]:
        """The user's category columns that are used."""
        return self.roles.categories

    @property
    def dropped(self) -> tuple[tuple[str, str], ...]:
        """(column, reason) for each chosen column that no model can use."""
        return self.roles.dropped

    def repaired(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rows of a table like the user's (n, its columns) after the recipe's steps; the same rows, in order."""
        return self.steps.apply(frame)

    def transform(self, frame: pd.DataFrame) -> FloatArray:
        """Rows of a table like the user's as the matrix the model sees, (n, n_columns).

        Raises RecipeError when ``frame`` lacks a column that is needed.
        """
        repaired = self.repaired(frame)
        absent = [name for name in self.features if name not in repaired.columns]
        if absent:
            raise RecipeError(
                f"These rows have no column '{absent[0]}', or not what it is made from.",
                remedy="Bring rows with the columns of the table the model has learned from.",
            )
        return self.design.transform(repaired)


def prepare(frame: pd.DataFrame, recipe: Recipe, *, data_fingerprint: str = "") -> Prepared:
    """Apply ``recipe`` to ``frame``: pick the rows, split them, learn the preparation on the training rows, apply it.

    Parameters
    ----------
    frame : DataFrame (n_rows, n_columns)
        Left as it is.
    recipe : Recipe
    data_fingerprint : str
        What identifies ``frame``; becomes part of ``Prepared.fingerprint``.

    Raises
    ------
    RecipeError
        For every combination of choices and data that cannot be trained on: no feature left, one class only, a part
        without one of the classes, too many cells.
    """
    recipe.validate()
    names = names_after(tuple(frame.columns), recipe.steps)
    _check_columns(frame, names, recipe)
    classes = class_names(frame[recipe.target])
    positive, negative = _class_pair(classes, recipe)
    rows, unusable, notes = _usable_rows(frame, classes, recipe)
    y = np.asarray(classes == positive, dtype=np.float64)[rows]
    _check_classes(y, recipe, negative)
    by = frame[recipe.split_column].iloc[rows] if recipe.split != "random" else None
    train, test = split_rows(y, recipe, negative, by)
    features = tuple(name for name in recipe.features if name not in dict(unusable))
    needed = needed_columns(tuple(frame.columns), recipe.steps, features)
    steps, training_frame = fit_steps(_rows(frame, rows[train], needed), recipe.steps, tuple(frame.columns))
    roles = assign_roles(training_frame, features, recipe.as_categories, degree=recipe.degree)
    roles = replace(roles, dropped=unusable + roles.dropped)
    if not roles.features:
        raise RecipeError(
            "None of the chosen features can be used.",
            where=" ".join(f"'{name}': {reason}." for name, reason in roles.dropped[:5]),
            remedy="Choose other columns.",
        )
    design = fit_design(training_frame, roles, recipe)
    X_train = design.transform(training_frame)
    test_frame = steps.apply(_rows(frame, rows[test], needed))
    notes += notes_on_texts_among_numbers(training_frame, roles)
    notes += notes_on_powers(design)
    notes += notes_on_fills(training_frame, test_frame, roles, design, recipe)
    del training_frame
    return Prepared(
        recipe=recipe,
        fingerprint=recipe.fingerprint(data_fingerprint),
        X_train=X_train,
        X_test=design.transform(test_frame),
        y_train=y[train],
        y_test=y[test],
        rows_train=rows[train],
        rows_test=rows[test],
        positive=positive,
        negative=negative,
        roles=roles,
        notes=tuple(notes),
        design=design,
        steps=steps,
    )


def _rows(frame: pd.DataFrame, rows: npt.NDArray[np.intp], columns: tuple[str, ...]) -> pd.DataFrame:
    return frame[list(columns)].iloc[rows]


def _check_columns(frame: pd.DataFrame, names: tuple[str, ...], recipe: Recipe) -> None:
    """``names`` are the columns after the recipe's steps."""
    absent = [recipe.target] if recipe.target not in frame.columns else []
    absent += [name for name in recipe.features if name not in names]
    if absent:
        raise RecipeError(f"The table has no column '{absent[0]}'.", remedy="Choose the target and the features again.")
    if recipe.split != "random" and recipe.split_column not in frame.columns:
        raise RecipeError(
            f"The table has no column '{recipe.split_column}', which is to say which rows test.",
            remedy="Choose another column, or keep rows aside at random.",
        )


def _class_pair(names: pd.Categorical, recipe: Recipe) -> tuple[str, str]:
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


def _usable_rows(
    frame: pd.DataFrame, names: pd.Categorical, recipe: Recipe
) -> tuple[npt.NDArray[np.intp], tuple[tuple[str, str], ...], list[str]]:
    """Positions of the rows to use, (column, reason) for features that were found unusable, and notes on other rows.

    Used are rows with a target (and, to split by it, with a time or a part), which no step drops; with
    ``missing="drop"`` those of them that have every feature which can be used at all.
    """
    used = ~np.asarray(names.isna())
    notes = []
    if not used.all():
        notes.append(f"{_rows_have(len(frame) - int(used.sum()))} no value in '{recipe.target}' and cannot be used.")
    if recipe.split in {"time", "column"}:
        placed = used & ~finite(frame[recipe.split_column]).isna().to_numpy()
        if (left_out := int(used.sum() - placed.sum())) > 0:
            notes.append(f"{_rows_have(left_out)} no value in '{recipe.split_column}' and cannot be used.")
        used = placed
    kept = used & rows_used(frame, recipe.steps)
    if (left_out := int(used.sum() - kept.sum())) > 0:
        said = "row repeats another and is" if left_out == 1 else "rows repeat others and are"
        notes.append(f"{left_out:,} {said} not used.")
    rows = np.flatnonzero(kept)
    if recipe.missing != "drop":
        return rows, (), notes
    # What a step learns changes values, not which of them are missing: learned on all rows, it says the same of these.
    needed = needed_columns(tuple(frame.columns), recipe.steps, recipe.features)
    _, candidates = fit_steps(_rows(frame, rows, needed), recipe.steps, tuple(frame.columns))
    roles = assign_roles(
        candidates,
        recipe.features,
        recipe.as_categories,
        degree=recipe.degree,
        rows=f"the rows with a '{recipe.target}'",
    )
    complete = np.ones(rows.size, dtype=np.bool_)
    for name in roles.features:
        complete &= ~missing(candidates[name], recipe.degree, as_number=name in roles.numbers)
    if not complete.any() and rows.size:
        raise RecipeError(
            "Every row has a missing value in at least one of the chosen features.",
            remedy="Fill missing values instead, or leave out the columns with many missing values.",
        )
    if (left_out := int(rows.size - complete.sum())) > 0:
        notes.append(f"{_rows_have(left_out)} a missing value in a chosen feature and cannot be used.")
    return rows[complete], roles.dropped, notes


def _rows_have(count: int) -> str:
    return "1 row has" if count == 1 else f"{count:,} rows have"


def _check_classes(y: FloatArray, recipe: Recipe, negative: str) -> None:
    if y.size and 0 < y.sum() < y.size:
        return
    only = recipe.positive if y.size and y.all() else negative
    raise RecipeError(
        f"All rows that can be used are '{only}': there is nothing to tell apart.",
        where=f"Column '{recipe.target}'.",
        remedy="Choose another column to predict, or fill missing values instead of leaving rows out.",
    )
