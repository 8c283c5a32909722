"""From a table and a recipe to what a model trains on: ``prepare(frame, recipe) -> Prepared``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.errors import RecipeError
from logreg_core.features.columns import Roles, assign_roles
from logreg_core.features.design import Design, DesignColumn, fit_design
from logreg_core.features.recipe import Recipe
from logreg_core.features.split import split_rows
from logreg_core.features.targets import class_names

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

    def transform(self, frame: pd.DataFrame) -> FloatArray:
        """Rows of ``frame`` (the user's columns) as the matrix the model sees, (n, n_columns)."""
        return self.design.transform(frame)


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
    _check_columns(frame, recipe)
    names = class_names(frame[recipe.target])
    positive, negative = _class_pair(names, recipe)
    rows, notes = _usable_rows(frame, names, recipe)
    y = np.asarray(names == positive, dtype=np.float64)[rows]
    _check_classes(y, recipe, negative)
    train, test = split_rows(y, recipe, negative)
    training_frame = _rows(frame, rows[train], recipe.features)
    roles = assign_roles(training_frame, recipe.features, recipe.as_categories)
    if not roles.features:
        raise RecipeError(
            "None of the chosen features can be used.",
            where=" ".join(f"'{name}': {reason}." for name, reason in roles.dropped[:5]),
            remedy="Choose other columns.",
        )
    design = fit_design(training_frame, roles, recipe)
    X_train = design.transform(training_frame)
    notes += _filling_notes(training_frame, roles, design, recipe)
    del training_frame
    return Prepared(
        recipe=recipe,
        fingerprint=recipe.fingerprint(data_fingerprint),
        X_train=X_train,
        X_test=design.transform(_rows(frame, rows[test], roles.features)),
        y_train=y[train],
        y_test=y[test],
        rows_train=rows[train],
        rows_test=rows[test],
        positive=positive,
        negative=negative,
        roles=roles,
        notes=tuple(notes),
        design=design,
    )


def _rows(frame: pd.DataFrame, rows: npt.NDArray[np.intp], columns: tuple[str, ...]) -> pd.DataFrame:
    return frame[list(columns)].iloc[rows]


def _check_columns(frame: pd.DataFrame, recipe: Recipe) -> None:
    absent = [name for name in (recipe.target, *recipe.features) if name not in frame.columns]
    if absent:
        raise RecipeError(f"The table has no column '{absent[0]}'.", remedy="Choose the target and the features again.")


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


def _usable_rows(frame: pd.DataFrame, names: pd.Categorical, recipe: Recipe) -> tuple[npt.NDArray[np.intp], list[str]]:
    """Positions of the rows with a target (and, with ``missing="drop"``, with every feature), and notes on the rest."""
    keep = ~np.asarray(names.isna())
    notes = []
    if not keep.all():
        notes.append(f"{_rows_have(int((~keep).sum()))} no value in '{recipe.target}' and cannot be used.")
    if recipe.missing == "drop":
        complete = keep.copy()
        for name in recipe.features:
            complete &= ~_missing(frame[name])
        if not complete.any():
            raise RecipeError(
                "Every row has a missing value in at least one of the chosen features.",
                remedy="Fill missing values instead, or leave out the columns with many missing values.",
            )
        if (left_out := int(keep.sum() - complete.sum())) > 0:
            notes.append(f"{_rows_have(left_out)} a missing value in a chosen feature and cannot be used.")
        keep = complete
    return np.flatnonzero(keep), notes


def _missing(column: pd.Series) -> npt.NDArray[np.bool_]:
    missing = column.isna().to_numpy()
    if column.dtype.kind == "f":
        missing = missing | np.isinf(column.to_numpy())
    return missing


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


def _filling_notes(train: pd.DataFrame, roles: Roles, design: Design, recipe: Recipe) -> list[str]:
    """One sentence for each column in which values were filled or infinite, counted on the training rows."""
    notes = []
    for name in roles.features:
        missing = int(_missing(train[name]).sum())
        if not missing:
            continue
        infinite = missing - int(train[name].isna().sum())
        said = f"'{name}': {missing:,} missing {'value' if missing == 1 else 'values'}"
        said += f" (of which {infinite:,} infinite)" if infinite else ""
        if name in design.medians:
            said += f" filled with {design.medians[name]:.6g}, the median of the training rows."
        elif recipe.missing == "flag":
            said += " kept as a level of its own."
        else:
            said += f" filled with '{design.levels[name][0]}', the most frequent level of the training rows."
        notes.append(said)
    return notes
