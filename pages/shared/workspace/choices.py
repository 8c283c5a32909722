"""The choices made for the open table: the recipe, the repairs, and the rows prepared as they say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.errors import RecipeError
from logreg_core.features import Recipe, edit, prepare, targets_after
from logreg_core.features.steps import BlankMeans
from pages.shared.workspace.memory import is_remembered, remember
from pages.shared.workspace.opened import (
    is_large,
    open_fingerprint,
    opened_table,
    put_table,
    suggested_features,
    table,
    table_columns,
    targets,
)
from pages.shared.workspace.splits import forget_splits, note_lost_split, note_split

if TYPE_CHECKING:
    from logreg_core.data import Table
    from logreg_core.errors import LogregError
    from logreg_core.features import Prepared, Targets

_RECIPE = "workspace.recipe"
_RECIPE_IS_NEW = "workspace.recipe_is_new"
_FORMER_TARGETS = "workspace.former_targets"
_DISMISSED = "workspace.dismissed"
_REPAIR_ERROR = "workspace.repair_error"


def open_table(new: Table) -> None:
    """Make ``new`` the open table and set the choices that follow from it; earlier results stay, labelled as such."""
    before = open_fingerprint()
    put_table(new)
    if before != new.fingerprint:
        st.session_state[_RECIPE] = None
        forget_splits()
        start_recipe(new.suggestion.target if new.suggestion else None)


def start_recipe(target: str | None) -> None:
    """Begin with the features that suit ``target``, keeping preparation and split; the controls follow."""
    before = recipe()
    new = _default_recipe(target) if target is not None else None
    if new is not None and before is not None:
        new = _carried_over(before, new)
        note_lost_split(before, new)
    st.session_state[_RECIPE] = new
    st.session_state[_RECIPE_IS_NEW] = True


def change_target(target: str | None) -> None:
    """Predict another column, or none for now; the choices made for a former target come back with it."""
    table_now, present = open_fingerprint(), recipe()
    about, former = st.session_state.get(_FORMER_TARGETS, ("", {}))
    former = dict(former) if about == table_now else {}
    if present is not None:
        former.pop(present.target, None)
        former[present.target] = present  # the latest is the last
        st.session_state[_FORMER_TARGETS] = (table_now, former)
    if target in former:
        follow_recipe(former[target])
        return
    if present is None and former:
        set_recipe(next(reversed(former.values())))
    start_recipe(target)


def predict_ticks(column: str) -> None:
    """Predict a column of one value or none, an empty cell in it read as the other class."""
    ticks = next((each for each in targets().ticks if each.column == column), None)
    if ticks is None:
        return
    change_target(column)
    chosen = recipe()
    if chosen is not None and not any(column in step.columns for step in chosen.steps):
        read = edit.with_step(chosen, BlankMeans((column,), ticks.blank), table_columns())
        follow_recipe(replace(read, positive=ticks.value))


def present_targets() -> Targets:
    """Which columns of the open table can be predicted; the chosen one as the repairs leave it."""
    opened, chosen = opened_table(), recipe()
    key = (opened.fingerprint, chosen.target if chosen else "", repr(chosen.steps) if chosen else "")
    return remember("targets after repairs", key, lambda: targets_after(targets(), opened.frame, chosen))


def _carried_over(before: Recipe, new: Recipe) -> Recipe:
    """What of the choices ``before`` still makes sense for the target of ``new``."""
    columns = table_columns()
    steps = edit.steps_for_target(before.steps, new.target, columns, before.target)
    usable = edit.usable_after(steps, columns, new.features)
    by_target = before.split_column == new.target
    return replace(
        before,
        target=new.target,
        positive=new.positive,
        features=tuple(name for name in usable if name != new.target),
        as_categories=(),
        steps=steps,
        split="random" if by_target else before.split,
        split_column="" if by_target else before.split_column,
    )


def _default_recipe(target: str) -> Recipe:
    opened = opened_table()
    candidate = targets().candidate(target)
    suggestion = opened.suggestion if opened.suggestion and opened.suggestion.target == target else None
    return Recipe(
        target=target,
        positive=suggestion.positive if suggestion else candidate.default_positive if candidate else "",
        features=suggested_features(target),
        scale=suggestion.scale if suggestion else True,
        stratify=suggestion.stratify if suggestion else True,
    )


def recipe() -> Recipe | None:
    """The choices made for the open table, or None as long as there is no target."""
    return st.session_state.get(_RECIPE)


def set_recipe(new: Recipe | None) -> None:
    """Keep the choices made on the features page."""
    note_split(recipe(), new)
    st.session_state[_RECIPE] = new


def follow_recipe(new: Recipe) -> None:
    """Take choices that were not made by the controls; the controls follow."""
    st.session_state[_RECIPE] = new
    st.session_state[_RECIPE_IS_NEW] = True


def scale_features() -> None:
    """Switch scaling on in the present choices."""
    chosen = recipe()
    if chosen is not None:
        follow_recipe(replace(chosen, scale=True))


def recipe_is_new() -> bool:
    """True when the recipe was not made by the controls and they have not followed yet."""
    return bool(st.session_state.get(_RECIPE_IS_NEW, True))


def seed_widgets(values: dict[str, object]) -> None:
    """Give controls the values of a recipe made elsewhere; must run before they are drawn."""
    for key, value in values.items():
        st.session_state[key] = value
    st.session_state[_RECIPE_IS_NEW] = False


def repair_error() -> LogregError | None:
    """Why the latest click on a repair changed nothing."""
    return st.session_state.get(_REPAIR_ERROR)


def set_repair_error(error: LogregError | None) -> None:
    """Keep why a repair could not be made; None when it was."""
    st.session_state[_REPAIR_ERROR] = error


def dismissed_in(fingerprint: str) -> frozenset[str]:
    """Keys of the findings about the table of this fingerprint that the user called fine."""
    every: dict[str, frozenset[str]] = st.session_state.get(_DISMISSED, {})
    return every.get(fingerprint, frozenset())


def dismissed() -> frozenset[str]:
    """Keys of the findings about the open table that the user called fine."""
    return dismissed_in(open_fingerprint())


def set_dismissed(keys: frozenset[str]) -> None:
    """Keep which findings about the open table the user called fine."""
    every: dict[str, frozenset[str]] = st.session_state.get(_DISMISSED, {})
    st.session_state[_DISMISSED] = {**every, open_fingerprint(): keys}


def is_prepared() -> bool:
    """True when the rows of the open table are prepared as the present choices say."""
    chosen = recipe()
    return chosen is not None and is_remembered("prepared", chosen.fingerprint(opened_table().fingerprint))


def prepared() -> Prepared | None:
    """The rows prepared as the present choices say, None as long as there is no target.

    Raises
    ------
    RecipeError
        When they cannot be; known from then on, and not tried again at every rerun.
    """
    opened, chosen = table(), recipe()
    if opened is None or chosen is None:
        return None
    outcome = remember("prepared", chosen.fingerprint(opened.fingerprint), lambda: _prepared_or_why_not(opened, chosen))
    if isinstance(outcome, Exception):
        raise outcome.with_traceback(None)
    return outcome


def _prepared_or_why_not(opened: Table, chosen: Recipe) -> Prepared | RecipeError:
    try:
        return prepare(opened.frame, chosen, data_fingerprint=opened.fingerprint)
    except RecipeError as error:
        return error.with_traceback(None)  # which would hold the table


def ready_rows() -> Prepared | None:
    """The rows prepared as the choices say; None where they cannot be, or would take long and nobody has asked."""
    if is_large() and not is_prepared():
        return None
    try:
        return prepared()
    except RecipeError:
        return None
