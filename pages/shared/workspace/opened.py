"""The open table, and what is known about it before anything is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from logreg_core import features
from logreg_core.features import Targets, find_targets, suggest_features
from pages.shared.workspace.memory import remember
from pages.shared.workspace.uploads import forget_file_unless

if TYPE_CHECKING:
    from logreg_core.data import Table
    from logreg_core.features import Recipe

_TABLE = "workspace.table"
_FORMER = "workspace.former"

LARGE_TABLE = 2_000_000
"""Cells (rows times columns) from which on preparing is slow enough to wait for a button."""
_COST_OF_A_COLUMN = 400  # cells: what a column costs however few rows there are


def table() -> Table | None:
    """The open table."""
    return st.session_state.get(_TABLE)


def opened_table() -> Table:
    """The open table, where there must be one."""
    opened = table()
    if opened is None:
        raise RuntimeError("no table is open")
    return opened


def put_table(new: Table) -> None:
    """Make ``new`` the open table; the choices that follow from it are set elsewhere."""
    forget_file_unless(new.fingerprint)
    st.session_state[_TABLE] = new
    if new.origin is None:
        st.session_state.pop(_FORMER, None)


def keep_former(former: Table, chosen: Recipe | None, how_to_train: object) -> None:
    """Keep the user's own table and the choices made for it, which a link closes."""
    st.session_state[_FORMER] = (former, chosen, how_to_train)


def former_table() -> Table | None:
    """The user's own table that a link has closed."""
    kept = st.session_state.get(_FORMER)
    return kept[0] if kept is not None else None


def take_former() -> tuple[Table, Recipe | None, object] | None:
    """The user's own table that a link has closed, with its choices; it is not kept any longer."""
    kept: tuple[Table, Recipe | None, object] | None = st.session_state.pop(_FORMER, None)
    return kept


def open_fingerprint() -> str:
    """What identifies the open table; empty when there is none."""
    opened = table()
    return opened.fingerprint if opened is not None else ""


def table_columns() -> tuple[str, ...]:
    """The columns of the open table."""
    return tuple(opened_table().frame.columns)


def is_large() -> bool:
    """True when preparing the open table takes long enough to wait for a button."""
    rows, columns = opened_table().frame.shape
    return (rows + _COST_OF_A_COLUMN) * columns >= LARGE_TABLE


def targets() -> Targets:
    """Which columns of the open table can be predicted."""
    opened = opened_table()
    return remember("targets", opened.fingerprint, lambda: find_targets(opened.frame))


def suggested_features(target: str) -> tuple[str, ...]:
    """The columns of the open table to start with for a target."""
    opened = opened_table()
    return remember("suggested", (opened.fingerprint, target), lambda: suggest_features(opened.frame, target))


def left_out_features(target: str) -> tuple[tuple[str, str], ...]:
    """(column, reason) for the columns of the open table that are not suggested for a target."""
    opened = opened_table()
    return remember("left out", (opened.fingerprint, target), lambda: features.left_out_features(opened.frame, target))
