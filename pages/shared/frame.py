"""What surrounds every page: page settings, the menu, and the guard that each page calls first."""

from __future__ import annotations

import threading

import streamlit as st

from pages.shared import workspace

_run = threading.local()

DATA = "pages/data.py"
FEATURES = "pages/features.py"
TRAIN = "pages/train.py"
EVALUATE = "pages/evaluate.py"


def main() -> None:
    """Run the page that the browser asks for, inside the frame."""
    st.set_page_config(page_title="Logit Lab", page_icon=":material/analytics:", layout="wide")
    workspace.init()
    page = st.navigation(
        [
            st.Page(DATA, title="Data", icon=":material/table_chart:", default=True),
            st.Page(FEATURES, title="Features", icon=":material/checklist:"),
            st.Page(TRAIN, title="Train", icon=":material/model_training:"),
            st.Page(EVALUATE, title="Evaluate", icon=":material/fact_check:"),
        ]
    )
    _run.active = True
    try:
        page.run()
    finally:
        _run.active = False


def ensure() -> None:
    """Go through the frame when a page was started without it.

    On a cold server Streamlit opens ``pages/*.py`` of a deep link directly, before it has seen the navigation.
    """
    if not getattr(_run, "active", False):
        main()
        st.stop()
