"""One number with a slider to move and a field to type in; the field is the truth and may go beyond the slider."""

from __future__ import annotations

import streamlit as st

from pages.shared import workspace
from pages.shared.wording import number

STEPS = 200


def slider_with_field(
    label: str,
    key: str,
    ends: tuple[float, float],
    *,
    whole: bool = False,
    empty: float | None = None,
    beyond: str = "",
) -> float:
    """Draw both and return the value; ``{key}.field`` holds it and is seeded by the caller.

    ``whole`` goes in steps of one. An empty field counts as ``empty``, the low end if not given, which is said; so is
    ``beyond``, if given, where the field has what the slider has not.
    """
    low, high = ends
    step = 1.0 if whole else (high - low) / STEPS
    instead = low if empty is None else empty
    value = _value(key, instead)
    workspace.set_controls({f"{key}.slider": min(max(value, low), high)})
    slide, field = st.columns([3, 1], vertical_alignment="bottom", gap="small")
    with slide:
        st.slider(
            label,
            low,
            high,
            step=step,
            format="%.0f" if whole else "%.3g",
            key=f"{key}.slider",
            persist_state="session",
            on_change=_follow,
            args=(key, ends, step),
        )
    with field:
        st.number_input(
            label,
            value=None,
            format="%.6g",
            step=step,
            key=f"{key}.field",
            persist_state="session",
            label_visibility="collapsed",
        )
    if workspace.widget(f"{key}.field") is None:
        st.caption(f":material/info: The field is empty: {number(instead)} is taken.")
    elif beyond and not low <= value <= high:
        st.caption(f":material/info: {beyond}")
    return value


def _value(key: str, otherwise: float) -> float:
    typed = workspace.widget(f"{key}.field")
    return float(typed) if isinstance(typed, int | float) else otherwise


def _follow(key: str, ends: tuple[float, float], step: float) -> None:
    """Take the slider's value, unless it is only where it was put for a field that goes beyond its ends.

    The browser sends a value that was set from here back as if it had been moved.
    """
    moved, typed = workspace.widget(f"{key}.slider"), workspace.widget(f"{key}.field")
    if isinstance(moved, int | float) and isinstance(typed, int | float):
        put = min(max(float(typed), ends[0]), ends[1])
        if abs(float(moved) - put) < step / 2:
            return
    workspace.set_controls({f"{key}.field": moved})
