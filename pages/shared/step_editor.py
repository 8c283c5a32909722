"""Change a repair: which columns it is about, and its own settings."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import streamlit as st

from logreg_core.features.steps import ALL_COLUMNS, BLANK, LONGEST, PARTS, Clip
from pages.shared import repairs, workspace
from pages.shared.wording import plain

if TYPE_CHECKING:
    from logreg_core.features.steps import Step

_MARKS = {".": "a point: 3.5", ",": "a comma: 3,5"}
_THOUSANDS = {
    "": "none: 1234",
    ",": "a comma: 1,234",
    ".": "a point: 1.234",
    " ": "a space: 1 234",
    "'": "an apostrophe",
}


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
            if field == "width" and (step.width is None or step.is_bounded):  # type: ignore[attr-defined]
                continue  # it would change nothing
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
    _show_again(step, field, key)
    if value == () or (value is None and field not in _MAY_BE_EMPTY):
        return  # nothing chosen: undoing is what the Undo button is for
    changed: Any = replace(step, **{field: value})
    if value is None and isinstance(changed, Clip) and not changed.is_bounded:
        changed = replace(changed, width=None)  # an emptied bound is none, and no other comes in its place
    repairs.change(place, changed)


def _show_again(step: Any, field: str, key: str) -> None:
    """Have the control of a step say what the step says: it is drawn again when a later change leads back to it."""
    workspace.set_controls({key: _shown(step, field)})


def _shown(step: Any, field: str) -> Any:
    """What a control shows of a field: several values as a list, numbers that can be typed as text."""
    value = getattr(step, field)
    if field == "values":
        return [f"{number:.15g}" for number in value]
    if field in _NUMBERS and value is not None:
        return type(_NUMBERS[field].by)(value)
    return list(value) if isinstance(value, tuple) else value


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
        on_change=_take_decimal,
        args=(place, step, key),
    )


def _take_decimal(place: int, step: Any, key: str) -> None:
    """The mark that stood for thousands until now is free for decimals."""
    mark = workspace.widget(key)
    _show_again(step, "decimal", key)
    if mark in _MARKS:
        repairs.change(place, replace(step, decimal=mark, thousands=None if step.thousands == mark else step.thousands))


def _thousands(place: int, step: Any, key: str) -> None:
    marks = [mark for mark in _THOUSANDS if mark != step.decimal]
    st.selectbox(
        "Thousands mark",
        marks,
        None if step.thousands is None else marks.index(step.thousands),
        format_func=lambda mark: _THOUSANDS[mark],
        key=key,
        persist_state="session",
        placeholder="as the training rows have it",
        on_change=_take,
        args=(place, step, "thousands", key),
    )


def _number(place: int, step: Any, key: str) -> None:
    """A number of the step; an empty field where the step may do without (no bound)."""
    field = key.rpartition(".")[2]
    asked, value = _NUMBERS[field], _shown(step, field)
    if field in _MAY_BE_EMPTY:  # with a default the browser would put it back into an emptied field
        workspace.begin_with(key, value)
        value = None
    st.number_input(
        asked.label,
        asked.low,
        asked.high,
        value,
        asked.by,
        key=key,
        persist_state="session",
        help=asked.help,
        on_change=_take,
        args=(place, step, field, key),
    )


def _values(place: int, step: Any, key: str) -> None:
    present = _shown(step, "values")
    st.multiselect(
        "Values",
        present,
        default=present,
        key=key,
        persist_state="session",
        accept_new_options=True,
        placeholder="None",
        help="Numbers that stand for “not known”. Type one to add it.",
        on_change=_take_values,
        args=(place, step, key),
    )


def _take_values(place: int, step: Any, key: str) -> None:
    """What is not written as a number goes on as it is: the recipe says what is wrong with it."""
    typed: Any = workspace.widget(key)
    _show_again(step, "values", key)
    repairs.change(place, replace(step, values=tuple(map(_as_number, typed))))


def _as_number(typed: str) -> float | str:
    try:
        return float(typed)
    except ValueError:
        return typed


def _level(place: int, step: Any, key: str) -> None:
    st.text_input(
        "An empty cell means",
        step.level,
        max_chars=LONGEST,
        key=key,
        persist_state="session",
        help=f"The value it counts as, such as no. {plain(BLANK)} is a level of its own.",
        on_change=_take,
        args=(place, step, "level", key),
    )


class _Number(NamedTuple):
    """How a number of a step is asked for."""

    label: str
    low: float | None
    high: float | None
    by: float
    help: str


_NUMBERS = {
    "min_rows": _Number("Fewest training rows of a level", 1, 1_000_000, 1, "Levels with fewer rows are put together."),
    "keep": _Number("Most levels to keep", 0, 1_000, 1, "Beyond so many, the rarest are put together. 0: no limit."),
    "width": _Number(
        "How far is far",
        0.5,
        100.0,
        0.5,
        "In widths of the middle half of the training rows, from its ends; a bound that is given counts instead.",
    ),
    "low": _Number("Limit from below at", None, None, 1.0, "Smaller values count as this one. Empty: no bound."),
    "high": _Number("Limit from above at", None, None, 1.0, "Larger values count as this one. Empty: no bound."),
    "below": _Number("Missing below", None, None, 1.0, "Smaller values are taken as missing. Empty: no bound."),
    "above": _Number("Missing above", None, None, 1.0, "Larger values are taken as missing. Empty: no bound."),
}
_MAY_BE_EMPTY = ("below", "above", "low", "high")
_CONTROLS = {
    "parts": _parts,
    "decimal": _decimal,
    "thousands": _thousands,
    "values": _values,
    "level": _level,
    **dict.fromkeys(_NUMBERS, _number),
}
_FIELDS = {
    "blank means": ("level",),
    "date parts": ("parts",),
    "text to number": ("decimal", "thousands"),
    "group levels": ("min_rows", "keep"),
    "clip": ("width", "low", "high"),
    "values to missing": ("values", "below", "above"),
}
