"""Closing a table: all that this session keeps about it goes."""

from __future__ import annotations

import streamlit as st

from pages.shared.workspace.links import ANSWERED, LESSON, SET_UP
from pages.shared.workspace.memory import TURN, init
from pages.shared.workspace.trained import job, race_job
from pages.shared.workspace.uploads import UPLOAD

_NOT_OF_TABLES = {TURN, UPLOAD, SET_UP, LESSON, ANSWERED}
"""What was learned, and which file and link were taken, so that they are not taken again."""


def close_table() -> None:
    """Forget the open table and all that was made of it; a run that is still going on is stopped."""
    for running in (job(), race_job()):
        if running is not None and not running.done:
            running.stop()
    for key in [key for key in st.session_state if str(key).startswith("workspace.") and key not in _NOT_OF_TABLES]:
        del st.session_state[key]
    init()
