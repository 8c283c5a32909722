"""From a table and a recipe to what a model trains on: ``prepare(frame, recipe) -> Prepared``."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.errors import RecipeError
from logreg_core.features.class_column import class_column
from logreg_core.features.columns import Roles, assign_roles
from logreg_core.features.design import Design, DesignColumn, fit_design
from logreg_core.features.notes import notes_on_fills, notes_on_powers, notes_on_texts_among_numbers
from logreg_core.features.recipe import Recipe
from logreg_core.features.split import check_parts, split_rows
from logreg_core.features.split_notes import notes_on_new_levels, notes_on_split, notes_on_unknown_levels
from logreg_core.features.steps import FittedSteps, fit_steps, names_after, needed_columns
from logreg_core.features.targets import class_names
from logreg_core.features.usable_rows import check_classes, class_pair, pick, rows_have, usable_rows, without_gaps

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
        return self.design.transform(self._checked(frame))

    def notes_on(self, frame: pd.DataFrame) -> tuple[str, ...]:
        """Sentences on levels of new rows that no training row has: ``transform`` takes them for others.

        Raises RecipeError like ``transform``.
        """
        return notes_on_unknown_levels(self._checked(frame), self.design)

    def _checked(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rows after the recipe's steps; RecipeError where they lack a column."""
        repaired = self.repaired(frame)
        absent = [name for name in self.features if name not in repaired.columns]
        if absent:
            raise RecipeError(
                f"These rows have no column '{absent[0]}', or not what it is made from.",
                remedy="Bring rows with the columns of the table the model has learned from.",
            )
        return repaired


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
    classes = class_names(class_column(frame, recipe))
    positive, negative = class_pair(classes, recipe)
    rows, unusable, notes = usable_rows(frame, classes, recipe)
    y = np.asarray(classes == positive, dtype=np.float64)[rows]
    check_classes(y, recipe, negative)
    by = frame[recipe.split_column].iloc[rows] if recipe.split != "random" else None
    train, test = split_rows(y, recipe, negative, by)
    features = tuple(name for name in recipe.features if name not in dict(unusable))
    needed = needed_columns(tuple(frame.columns), recipe.steps, features)
    steps, training_frame = fit_steps(pick(frame, rows[train], needed), recipe.steps, tuple(frame.columns))
    roles = _roles(training_frame, features, recipe, unusable)
    test_frame = steps.apply(pick(frame, rows[test], needed))
    if recipe.missing == "drop":
        placed = train.size + test.size
        train, training_frame = _without_gaps(train, training_frame, roles, recipe)
        test, test_frame = _without_gaps(test, test_frame, roles, recipe)
        if (left_out := placed - train.size - test.size) > 0:
            notes.append(f"After the repairs, {rows_have(left_out)} a missing value and cannot be used.")
            check_parts(y, (train, test), recipe, negative, by)
            roles = _roles(training_frame, roles.features, recipe, roles.dropped)
    design = fit_design(training_frame, roles, recipe)
    X_train = design.transform(training_frame)
    notes += notes_on_split(y[train], y[test], recipe, by)
    notes += notes_on_new_levels(training_frame, test_frame, design)
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


def _roles(
    train: pd.DataFrame, features: tuple[str, ...], recipe: Recipe, unusable: tuple[tuple[str, str], ...]
) -> Roles:
    """What each of ``features`` is to the model; ``unusable`` are dropped already. RecipeError when none is left."""
    roles = assign_roles(train, features, recipe.as_categories, degree=recipe.degree, flag=recipe.missing == "flag")
    roles = replace(roles, dropped=unusable + roles.dropped)
    if not roles.features:
        raise RecipeError(
            "None of the chosen features can be used.",
            where=" ".join(f"'{name}': {reason}." for name, reason in roles.dropped[:5]),
            remedy="Choose other columns.",
        )
    return roles


def _without_gaps(
    part: npt.NDArray[np.intp], frame: pd.DataFrame, roles: Roles, recipe: Recipe
) -> tuple[npt.NDArray[np.intp], pd.DataFrame]:
    """Those rows of a part (their places, and the repaired rows) that have every value."""
    complete = without_gaps(frame, roles, recipe.degree)
    return (part, frame) if complete.all() else (part[complete], frame[complete])


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
