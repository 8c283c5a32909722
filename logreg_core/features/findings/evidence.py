"""All the doctor knows about a table and a recipe: each column by itself, against the target, and the two parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.errors import RecipeError
from logreg_core.features.alone import Alone, alone, folds_of
from logreg_core.features.class_column import class_column
from logreg_core.features.findings.look import Look, look_at
from logreg_core.features.prepare import Prepared
from logreg_core.features.recipe import Recipe
from logreg_core.features.steps import (
    DropDuplicates,
    FlagMissing,
    Step,
    fit_steps,
    names_after,
    needed_columns,
    repeats,
)
from logreg_core.features.targets import TargetCandidate, class_names
from logreg_core.features.values import is_number

MIN_TICKS = 10
"""Rows with the one value, and rows without, from which on both may say something."""


@dataclass
class Memory:
    """What was computed for a table, so that after one repair only the repaired columns are looked at again.

    Keys are a column's name with the steps it went through and, where rows matter, with the rows.
    """

    looks: dict[tuple[str, ...], Look] = field(default_factory=dict)
    alone: dict[tuple[str, ...], Alone] = field(default_factory=dict)
    repeats: dict[tuple[str, ...], npt.NDArray[np.bool_]] = field(default_factory=dict)
    are_copies: dict[tuple[str, ...], bool] = field(default_factory=dict)
    classes: dict[tuple[str, str], TargetCandidate] = field(default_factory=dict)
    members: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    rows: str = ""

    def for_rows(self, rows: str) -> None:
        """Forget what belongs to other rows."""
        if rows != self.rows:
            self.rows = rows
            self.alone.clear()


@dataclass(frozen=True, eq=False)
class Evidence:
    """What findings are made from.

    Attributes
    ----------
    recipe : Recipe
    frame : DataFrame
        The user's table.
    names : tuple of str
        The columns after the recipe's steps, without the target.
    looks : dict of column -> Look
        Of all rows, after the steps.
    alone : dict of column -> Alone
        Against the target, after the steps; of the training rows once they are known.
    y : float array (n,)
        1 for the positive class, of the rows in ``at``.
    at : int array (n,)
        Positions in the table of the rows that were set against the target.
    prepared : Prepared or None
        None when the recipe cannot be prepared as it is.
    memory : Memory
    settled : frozenset of str
        Columns that a graver finding is about: nothing milder is said of them.
    """

    recipe: Recipe
    frame: pd.DataFrame
    names: tuple[str, ...]
    looks: dict[str, Look]
    alone: dict[str, Alone]
    y: npt.NDArray[np.float64]
    at: npt.NDArray[np.intp]
    prepared: Prepared | None
    memory: Memory
    settled: frozenset[str] = frozenset()

    @cached_property
    def features(self) -> tuple[str, ...]:
        """Chosen features that are there and not settled."""
        return tuple(name for name in self.recipe.features if name in self.looks and name not in self.settled)

    @cached_property
    def open_looks(self) -> tuple[Look, ...]:
        """What is known of each column after the steps, features and others, that is not settled."""
        return tuple(self.looks[name] for name in self.names if name not in self.settled)

    @cached_property
    def _chosen(self) -> frozenset[str]:
        return frozenset(self.recipe.features) & frozenset(self.looks)

    def is_feature(self, name: str) -> bool:
        """True for a column the model may learn from."""
        return name in self._chosen

    def is_number(self, name: str) -> bool:
        """True for a column used as an amount."""
        return self.looks[name].kind == "number" and name not in self.recipe.as_categories

    def is_tick(self, name: str) -> bool:
        """True for a column of one value or none, which no model can use until the gaps are read as a value."""
        look = self.looks[name]
        seen = self.recipe.missing == "flag" and self.is_feature(name)
        return look.distinct == 1 and min(look.known, look.missing) >= MIN_TICKS and not seen

    def look_before_steps(self, name: str) -> Look:
        """What a column of the user's table holds, whatever the steps make of it."""
        if (name,) not in self.memory.looks:
            self.memory.looks[name,] = look_at(name, self.frame[name])
        return self.memory.looks[name,]

    def values(self, name: str) -> npt.NDArray[np.float64]:
        """A number column of the user's table as it is, of the rows in ``at``; missing where it holds no numbers."""
        if name not in self.frame.columns or not is_number(self.frame[name]):
            return np.full(self.at.size, np.nan)
        return np.asarray(self.frame[name].iloc[self.at].to_numpy(dtype=np.float64, na_value=np.nan))

    def column(self, name: str) -> pd.Series:
        """A column after the steps, of all rows of the table (n,)."""
        steps = self.recipe.steps
        if name in self.frame.columns and not any(name in step.columns for step in steps):
            return self.frame[name]
        columns = tuple(self.frame.columns)
        needed = self.frame[list(needed_columns(columns, steps, (name,)))]
        fitted, _ = fit_steps(needed.iloc[self.at], steps, columns)
        return fitted.apply(needed)[name]

    def repaired(self, name: str) -> npt.NDArray[np.float64]:
        """A number column after the steps, of all rows of the table (n,); missing where it holds no numbers."""
        column = self.column(name)
        if not is_number(column):
            return np.full(len(self.frame), np.nan)
        return np.asarray(column.to_numpy(dtype=np.float64, na_value=np.nan))

    @property
    def rows_word(self) -> str:
        """What the rows set against the target are called."""
        return "rows" if self.prepared is None else "training rows"

    def repeated(self, ignored: tuple[str, ...]) -> npt.NDArray[np.bool_]:
        """Rows of the table that repeat an earlier one in all but ``ignored`` columns."""
        if ignored not in self.memory.repeats:
            while len(self.memory.repeats) > 1:  # one flag for each row: those of two questions are kept
                self.memory.repeats.pop(next(iter(self.memory.repeats)))
            self.memory.repeats[ignored] = repeats(self.frame, ignored)
        return self.memory.repeats[ignored]

    @property
    def event(self) -> str:
        """The positive class as it is called: "churned = yes"."""
        return f"{self.recipe.target} = {self.recipe.positive}"


def gather(frame: pd.DataFrame, recipe: Recipe, prepared: Prepared | None, memory: Memory) -> Evidence:
    """Look at each column of ``frame`` after the steps of ``recipe``, and set it against the target.

    Raises RecipeError when the recipe's steps do not fit the table, or it has no such target.
    """
    columns = tuple(frame.columns)
    if recipe.target not in columns:
        raise RecipeError(f"The table has no column '{recipe.target}'.", remedy="Choose another column to predict.")
    names = tuple(name for name in names_after(columns, recipe.steps) if name != recipe.target)
    at, y = _rows_with_classes(frame, recipe, prepared)
    rows = _identity(at, y)
    memory.for_rows(rows)
    histories = _histories(columns, recipe.steps, rows)
    missing = [name for name in names if histories[name] not in memory.looks or histories[name] not in memory.alone]
    if missing:
        repaired = _repaired(frame, recipe, prepared, at)
        folds = folds_of(y)
        for name in missing:
            key = histories[name]
            if key not in memory.looks:
                memory.looks[key] = look_at(name, repaired[name])
            if key not in memory.alone:
                memory.alone[key] = alone(repaired[name].iloc[at], y, folds)
    return Evidence(
        recipe=recipe,
        frame=frame,
        names=names,
        looks={name: memory.looks[histories[name]] for name in names},
        alone={name: memory.alone[histories[name]] for name in names},
        y=y,
        at=at,
        prepared=prepared,
        memory=memory,
    )


def against_target(frame: pd.DataFrame, recipe: Recipe, prepared: Prepared | None, memory: Memory) -> tuple[Alone, ...]:
    """How each column of ``frame`` as it is, the target left out, separates the classes.

    What explains most comes first.
    """
    at, y = _rows_with_classes(frame, recipe, prepared)
    memory.for_rows(_identity(at, y))
    names = [str(name) for name in frame.columns if name != recipe.target]
    missing = [name for name in names if (name,) not in memory.alone]
    folds = folds_of(y) if missing else np.empty(0, dtype=np.int64)
    for name in missing:
        memory.alone[name,] = alone(frame[name].iloc[at], y, folds)
    measured = [memory.alone[name,] for name in names]
    return tuple(sorted(measured, key=lambda each: (-each.explained, -_known(each.auc))))


def _known(auc: float) -> float:
    return 0.0 if np.isnan(auc) else auc


def _identity(at: npt.NDArray[np.intp], y: npt.NDArray[np.float64]) -> str:
    return hashlib.blake2b(at.tobytes() + y.tobytes()).hexdigest()


def _rows_with_classes(
    frame: pd.DataFrame, recipe: Recipe, prepared: Prepared | None
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """The training rows, so that nothing is learned from test rows; all rows with a target where nothing is split."""
    if prepared is not None:
        order = np.argsort(prepared.rows_train)
        return prepared.rows_train[order], prepared.y_train[order]
    classes = class_names(class_column(frame, recipe))
    at = np.flatnonzero(~np.asarray(classes.isna()))
    return at, np.asarray(classes == recipe.positive, dtype=np.float64)[at]


def _repaired(frame: pd.DataFrame, recipe: Recipe, prepared: Prepared | None, at: npt.NDArray[np.intp]) -> pd.DataFrame:
    if not recipe.steps:
        return frame
    # Prepared has learned the steps of the columns it needs; the doctor looks at all of them.
    fitted, _ = fit_steps(frame.iloc[prepared.rows_train if prepared else at], recipe.steps, tuple(frame.columns))
    return fitted.apply(frame)


def _histories(columns: Iterable[str], steps: tuple[Step, ...], rows: str) -> dict[str, tuple[str, ...]]:
    """For each column after ``steps`` its name and the steps that made it what it is."""
    names = tuple(columns)
    histories: dict[str, tuple[str, ...]] = {name: (name,) for name in names}
    for step in steps:
        after = step.names_after(names)
        made = f"{step!r} {rows}"  # what a step has learned depends on the rows
        before = tuple(entry for name in step.columns for entry in histories.get(name, ()))
        for name in after:
            if name not in names:
                histories[name] = (name, *before, made)
            elif name in step.columns and step.kind not in {FlagMissing.kind, DropDuplicates.kind}:
                histories[name] = (*histories[name], made)
        names = after
    return histories
