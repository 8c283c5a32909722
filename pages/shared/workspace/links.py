"""Where links led: set-ups opened in place of a table, the table they closed, lessons seen and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.shared.workspace.choices import open_table, recipe, set_recipe, start_recipe
from pages.shared.workspace.opened import keep_former, table, take_former

if TYPE_CHECKING:
    from logreg_core.data import Table
    from logreg_core.features import Recipe

SET_UP = "workspace.set_up"
ANSWERED = "workspace.answered"
LESSON = "workspace.lesson"


def set_up() -> Any:
    """What the latest link to a set-up led to; None before the first."""
    return st.session_state.get(SET_UP)


def remember_set_up(state: object) -> None:
    """Keep what a link to a set-up led to."""
    st.session_state[SET_UP] = state


def open_with(new: Table, chosen: Recipe | None, how_to_train: object = None) -> None:
    """Open a table with choices made elsewhere, or those it comes with.

    A user's own table is kept to go back to, and with it ``how_to_train``: what is to be known of the way to train.
    """
    before, choices_before = table(), recipe()
    open_table(new)
    if before is not None and before.origin is None and before.fingerprint != new.fingerprint:
        keep_former(before, choices_before, how_to_train)
    set_recipe(None)
    start_recipe(new.suggestion.target if new.suggestion else None)
    if chosen is not None:
        set_recipe(chosen)


def reopen_former() -> Any:
    """Go back to the user's own table that a link has closed, and its choices; return how it was to be trained."""
    kept = take_former()
    if kept is None:
        return None
    former, chosen, how_to_train = kept
    open_with(former, chosen)
    return how_to_train


def answered() -> frozenset[str]:
    """Lessons whose question was answered in this session."""
    found: frozenset[str] = st.session_state.get(ANSWERED, frozenset())
    return found


def set_answered(lesson: str) -> None:
    """Note that the question of a lesson was answered."""
    st.session_state[ANSWERED] = answered() | {lesson}


def is_another_lesson(lesson: str) -> bool:
    """Whether the Learn page showed something else a moment ago; from now on it shows ``lesson``."""
    before = st.session_state.get(LESSON)
    st.session_state[LESSON] = lesson
    return before is not None and before != lesson
