"""How rows were kept aside before: what undoing a split brings back, and a split that the table can no longer give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from logreg_core.features import edit

if TYPE_CHECKING:
    from logreg_core.features import Recipe

_BEFORE = "workspace.splits_before"
_LOST = "workspace.split_lost"


def note_split(before: Recipe | None, new: Recipe | None) -> None:
    """Keep what a new way to keep rows aside takes the place of, in case it is undone."""
    if before is None or new is None or before.split == new.split:
        return
    kept: dict[str, dict[str, Any]] = st.session_state.setdefault(_BEFORE, {})
    # One whose column was never chosen is nothing to go back to.
    is_whole = before.split == "random" or bool(before.split_column)
    kept[new.split] = edit.split_of(before) if is_whole else kept.get(before.split, edit.AT_RANDOM)
    st.session_state.pop(_LOST, None)


def take_split_before(way: str) -> dict[str, Any]:
    """The choices that way to keep rows aside took the place of; each is gone back to once."""
    kept: dict[str, dict[str, Any]] = st.session_state.get(_BEFORE, {})
    return kept.pop(way, edit.AT_RANDOM)


def split_before_repairs(way: str) -> dict[str, Any]:
    """The choices before all splits that are repairs, gone back to one by one."""
    choices: dict[str, Any] = {"split": way}
    while choices["split"] in edit.REPAIRING_SPLITS:
        choices = take_split_before(choices["split"])
    return choices


def forget_splits() -> None:
    """Forget all of it: another table is open."""
    st.session_state.pop(_BEFORE, None)
    st.session_state.pop(_LOST, None)


def note_lost_split(before: Recipe, new: Recipe) -> None:
    """Keep that rows are at random again because the column ``before`` had for it can no longer say it."""
    if before.split != "random" and new.split == "random":
        st.session_state[_LOST] = edit.split_of(before)


def lost_split() -> dict[str, Any] | None:
    """The choices of such a split, until another is chosen."""
    return st.session_state.get(_LOST)
