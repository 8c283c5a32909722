"""The values of the controls: read, given and kept within what they offer.

A control's key is ``page.field``; who draws it names it. Its value vanishes with the control, so what it leads to is
kept elsewhere in the session.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

_OWNERS = "workspace.owners"


def widget(key: str) -> object:
    """The present value of a control, for callbacks."""
    return st.session_state.get(key)


def set_controls(values: dict[str, object]) -> None:
    """Give controls these values; in a callback, or before they are drawn."""
    for key, value in values.items():
        st.session_state[key] = value


def begin_with(key: str, value: object) -> None:
    """Give a control its first value; unlike a default it may later be set from elsewhere. Before it is drawn."""
    st.session_state.setdefault(key, value)


def keep_among(key: str, options: Sequence[str | None]) -> None:
    """Keep a control's value among its options: of several what is left, of one the first; before it is drawn.

    Set rather than forgotten: the browser would go on showing a value that is only forgotten here.
    """
    value = st.session_state.get(key)
    if isinstance(value, list):
        known = set(options)
        if any(item not in known for item in value):
            st.session_state[key] = [item for item in value if item in known]
    elif options and value not in options:
        st.session_state[key] = options[0]


def keep_within(key: str, low: int, high: int) -> None:
    """Keep a number field's value between its ends, which depend on something else; before it is drawn."""
    st.session_state[key] = min(high, max(low, int(st.session_state.get(key) or low)))


def seed_for(slot: str, owner: object, values: Callable[[], dict[str, object]]) -> None:
    """Give controls fresh values whenever what they are about (``owner``) is another than before."""
    owners: dict[str, object] = st.session_state.setdefault(_OWNERS, {})
    if owners.get(slot) != owner:
        owners[slot] = owner
        for key, value in values().items():
            st.session_state[key] = value
