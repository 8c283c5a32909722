"""The steps of a recipe one after another: what columns they lead to, learning them on training rows, applying them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.errors import RecipeError
from logreg_core.features.steps.blank_means import BlankMeans
from logreg_core.features.steps.clip import Clip
from logreg_core.features.steps.date_parts import DateParts
from logreg_core.features.steps.drop_duplicates import ALL_COLUMNS, DropDuplicates
from logreg_core.features.steps.flag_missing import FlagMissing
from logreg_core.features.steps.group_levels import GroupLevels
from logreg_core.features.steps.leave_out import LeaveOut
from logreg_core.features.steps.no_class import NoClass
from logreg_core.features.steps.one_spelling import OneSpelling
from logreg_core.features.steps.same_class import SameClass
from logreg_core.features.steps.step import FittedStep, Step
from logreg_core.features.steps.text_to_number import TextToNumber
from logreg_core.features.steps.values_to_missing import ValuesToMissing
from logreg_core.plain_values import WrongValue, read_fields

STEPS: dict[str, type[Step]] = {
    step.kind: step
    for step in (
        BlankMeans,
        Clip,
        DateParts,
        DropDuplicates,
        FlagMissing,
        GroupLevels,
        LeaveOut,
        NoClass,
        OneSpelling,
        SameClass,
        TextToNumber,
        ValuesToMissing,
    )
}
MOST_STEPS = 200
OF_THE_TARGET = (BlankMeans.kind, NoClass.kind, SameClass.kind)
"""Steps that may change the target: they learn nothing, so they can be done before rows are split."""


@dataclass(frozen=True, eq=False)
class FittedSteps:
    """Steps that have learned what they need, in order."""

    steps: tuple[FittedStep, ...] = ()

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rows of the user's table (n, any columns) after all steps, as many and in the same order."""
        for step in self.steps:
            frame = step.apply(frame)
        return frame


def step_from_dict(values: object) -> Step:
    """Read what ``Step.to_dict`` wrote; RecipeError when it is of an unknown kind, incomplete or invalid."""
    kind = values.get("kind") if isinstance(values, Mapping) else None
    made = STEPS.get(kind) if isinstance(kind, str) else None
    if made is None or not isinstance(values, Mapping):
        raise RecipeError("A repair of these choices is of an unknown kind.", remedy="Choose again on this page.")
    try:
        step = made(**read_fields(made, {name: value for name, value in values.items() if name != "kind"}))
    except WrongValue as problem:
        raise RecipeError(
            "A repair of these choices cannot be read.", where=f"{made.kind}: {problem}.", remedy="Choose it again."
        ) from problem
    step.validate()
    return step


def names_after(names: tuple[str, ...], steps: tuple[Step, ...]) -> tuple[str, ...]:
    """The columns a table with the columns ``names`` has after ``steps``.

    Raises RecipeError when a step is about a column that is not there at its point.
    """
    for step in steps:
        absent = [name for name in step.columns if name not in names and name != ALL_COLUMNS]
        if absent:
            raise RecipeError(
                f"There is no column '{absent[0]}' at this point of the recipe.",
                where=f"Step: {step.sentence}.",
                remedy="Undo this step, or put it elsewhere.",
            )
        names = step.names_after(names)
    return names


def origins(names: tuple[str, ...], steps: tuple[Step, ...]) -> dict[str, str]:
    """For each column that ``steps`` make, the column of the table (with the columns ``names``) it comes from."""
    made: dict[str, str] = {}
    for step in steps:
        made |= {new: made.get(source, source) for new, source in step.makes(names).items()}
        names = step.names_after(names)
    return made


def fit_steps(train: pd.DataFrame, steps: tuple[Step, ...], names: tuple[str, ...]) -> tuple[FittedSteps, pd.DataFrame]:
    """Learn each step on the training rows as the steps before it leave them; also gives the rows after all steps.

    ``names`` are all columns of the table, of which ``train`` may hold only those that are used.
    """
    fitted = []
    for step in steps:
        learned = step.fit(train, names)
        train = learned.apply(train)
        names = step.names_after(names)
        fitted.append(learned)
    return FittedSteps(tuple(fitted)), train


def needed_columns(names: tuple[str, ...], steps: tuple[Step, ...], features: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the table's columns ``names`` from which ``features`` (names after the steps) are made."""
    needed = set(features)
    for step in steps:
        if step.kind not in {LeaveOut.kind, DropDuplicates.kind}:
            needed |= set(step.columns)
    return tuple(name for name in names if name in needed)


def rows_used(frame: pd.DataFrame, steps: tuple[Step, ...]) -> npt.NDArray[np.bool_]:
    """Which rows (n,) of the whole table the steps about rows leave."""
    used = np.ones(len(frame), dtype=np.bool_)
    for step in steps:
        kept = step.kept(frame)
        if kept is not None:
            used &= kept
    return used


def can_swap(rows: pd.DataFrame, steps: tuple[Step, ...], place: int) -> bool:
    """Whether steps ``place`` and ``place + 1`` can change places, and whether it makes a difference.

    Tried on ``rows``, a few rows of the table.
    """
    if not 0 <= place < len(steps) - 1 or not set(steps[place].columns) & set(steps[place + 1].columns):
        return False
    try:
        names_after(tuple(rows.columns), swapped(steps, place))
        fit_steps(rows, swapped(steps, place), tuple(rows.columns))
    except RecipeError:
        return False
    return True


def swapped(steps: tuple[Step, ...], place: int) -> tuple[Step, ...]:
    """The steps with ``place`` and ``place + 1`` in the other order."""
    return (*steps[:place], steps[place + 1], steps[place], *steps[place + 2 :])
