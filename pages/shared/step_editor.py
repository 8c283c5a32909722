"""Change a repair: which columns it is about, and its own settings."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from logreg_core.features.steps import ALL_COLUMNS, PARTS
from pages.shared import repairs, workspace

if TYPE_CHECKING:
    from logreg_core.features.steps import Step

_MARKS = {".": "a point: 3.5", ",": "a comma: 3,5"}


def show(place: int, step: Step) -> None:
    """A popover with the controls of this kind of repair; none where there is nothing to choose."""
    name = hashlib.sha256(f"{place}{step!r}".encode()).hexdigest()[:12]
    fields = _FIELDS.get(step.kind, ())
    if len(step.columns) < 2 and not fields:
        return
    with st.popover("Change", key=f"features.change.{place}"):
        if len(step.columns) > 1 and step.columns != (ALL_COLUMNS,):
            _choose_columns(place, step, name)
        for field in fields:
            _CONTROLS[field](place, step, f"features.step.{name}.{field}")


def _choose_columns(place: int, step: Step, name: str) -> None:
    key = f"features.step.{name}.columns"
    st.multiselect(
        "Columns",
        step.columns,
        default=step.columns,
        key=key,
        persist_state="session",
        on_change=_take,
        args=(place, step, "columns", key),
    )


def _take(place: int, step: Step, field: str, key: str) -> None:
    """Put what a control shows into the step."""
    value: Any = workspace.widget(key)
    if isinstance(value, list):
        value = tuple(value)
    if value in ((), None):
        return  # nothing chosen: undoing is what the Undo button is for
    repairs.change(place, replace(step, **{field: value}))


def _parts(place: int, step: Any, key: str) -> None:
    st.pills(
        "Parts of the date",
        list(PARTS),
        selection_mode="multi",
        format_func=lambda part: PARTS[part],
        default=step.parts,
        key=key,
        persist_state="session",
        on_change=_take,
        args=(place, step, "parts", key),
    )


def _decimal(place: int, step: Any, key: str) -> None:
    st.segmented_control(
        "Decimal mark",
        list(_MARKS),
        format_func=lambda mark: _MARKS[mark],
        default=step.decimal,
        required=True,
        key=key,
        persist_state="session",
        on_change=_take,
        args=(place, step, "decimal", key),
    )


def _min_rows(place: int, step: Any, key: str) -> None:
    st.number_input(
        "Fewest training rows of a level",
        1,
        1_000_000,
        step.min_rows,
        key=key,
        persist_state="session",
        help="Levels with fewer rows are put together.",
        on_change=_take,
        args=(place, step, "min_rows", key),
    )


def _keep(place: int, step: Any, key: str) -> None:
    st.number_input(
        "Most levels to keep",
        0,
        1_000,
        step.keep,
        key=key,
        persist_state="session",
        help="Beyond so many, the rarest are put together. 0: no limit.",
        on_change=_take,
        args=(place, step, "keep", key),
    )


def _width(place: int, step: Any, key: str) -> None:
    st.number_input(
        "How far is far",
        0.5,
        100.0,
        float(step.width),
        0.5,
        key=key,
        persist_state="session",
        help="In widths of the middle half of the training rows, from its ends. Smaller: more values are limited.",
        on_change=_take,
        args=(place, step, "width", key),
    )


_CONTROLS = {
    "parts": _parts,
    "decimal": _decimal,
    "min_rows": _min_rows,
    "keep": _keep,
    "width": _width,
}
_FIELDS = {
    "date parts": ("parts",),
    "text to number": ("decimal",),
    "group levels": ("min_rows", "keep"),
    "clip": ("width",),
}
