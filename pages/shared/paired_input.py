"""One number with a slider to move and a field to type in; the field is the truth and may go beyond the slider."""

from __future__ import annotations

import streamlit as st

from pages.shared import workspace

STEPS = 200


def slider_with_field(label: str, key: str, ends: tuple[float, float], *, meaning: str | None = None) -> float:
    """Draw both and return the value; ``{key}.field`` holds it and is seeded by the caller."""
    low, high = ends
    value = _value(key, low)
    workspace.set_controls({f"{key}.slider": min(max(value, low), high)})
    slide, field = st.columns([3, 1], vertical_alignment="bottom", gap="small")
    with slide:
        st.slider(
            label,
            low,
            high,
            step=(high - low) / STEPS,
            format="%.3g",
            key=f"{key}.slider",
            persist_state="session",
            on_change=_follow,
            args=(key,),
            help=meaning,
        )
    with field:
        st.number_input(
            label,
            format="%.6g",
            step=(high - low) / STEPS,
            key=f"{key}.field",
            persist_state="session",
            label_visibility="collapsed",
        )
    return _value(key, low)


def _value(key: str, otherwise: float) -> float:
    typed = workspace.widget(f"{key}.field")
    return float(typed) if isinstance(typed, int | float) else otherwise


def _follow(key: str) -> None:
    workspace.set_controls({f"{key}.field": workspace.widget(f"{key}.slider")})
