"""What the session has worked out and keeps, and the turn that reruns of one session take."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import streamlit as st

_MEMORY = "workspace.memory"
TURN = "workspace.turn"
_CLICKS = "workspace.clicks"

Value = TypeVar("Value")


def init() -> None:
    """Make the keys that the functions below need."""
    st.session_state.setdefault(_MEMORY, {})
    st.session_state.setdefault(TURN, threading.RLock())


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let only one rerun of this session through.

    When a control moves during slow work, Streamlit starts a second rerun beside the first. It waits here, finds the
    work done, and a third that has overtaken it ends it: touching the session's state is where a rerun that has been
    replaced stops.
    """
    with st.session_state[TURN]:
        st.session_state.get(_MEMORY)
        yield


def remember(slot: str, key: object, compute: Callable[[], Value]) -> Value:
    """What ``compute`` gave when it was last called for ``slot`` with this ``key``; called anew for another key.

    One value a slot, so the session's memory is bounded by the number of slots.
    """
    memory: dict[str, tuple[object, Any]] = st.session_state[_MEMORY]
    if slot not in memory or memory[slot][0] != key:
        with one_at_a_time():
            if slot not in memory or memory[slot][0] != key:
                memory[slot] = (key, compute())
    value: Value = memory[slot][1]
    return value


def remembered(slot: str, otherwise: Value) -> Value:
    """What ``remember`` holds for ``slot``, whatever its key; ``otherwise`` when nothing is."""
    memory: dict[str, tuple[object, Any]] = st.session_state[_MEMORY]
    value: Value = memory[slot][1] if slot in memory else otherwise
    return value


def set_click(chart: str, on_point: Callable[[Any], None]) -> None:
    """Keep what a click on a point of a chart does, in place of what it did before."""
    st.session_state.setdefault(_CLICKS, {})[chart] = on_point


def click(chart: str) -> Callable[[Any], None] | None:
    """What a click on a point of a chart does."""
    found: Callable[[Any], None] | None = st.session_state.get(_CLICKS, {}).get(chart)
    return found


def is_remembered(slot: str, key: object) -> bool:
    """Whether ``remember`` holds a value for ``slot`` that was computed for this ``key``."""
    memory: dict[str, tuple[object, Any]] = st.session_state[_MEMORY]
    return slot in memory and memory[slot][0] == key
