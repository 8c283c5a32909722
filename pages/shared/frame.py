"""What surrounds every page: page settings, the menu, and the guard that each page calls first."""

from __future__ import annotations

import logging
import threading

import streamlit as st

from pages.shared import setup_link, workspace

_run = threading.local()

DATA = "pages/data.py"
FEATURES = "pages/features.py"
TRAIN = "pages/train.py"
EVALUATE = "pages/evaluate.py"
LEARN = "pages/learn.py"
TUTORIAL = "pages/tutorial.py"


def main() -> None:
    """Run the page that the browser asks for, inside the frame."""
    workspace.init()
    page = st.navigation(
        [
            st.Page(DATA, title="Data", icon=":material/table_chart:", default=True),
            st.Page(FEATURES, title="Features", icon=":material/checklist:"),
            st.Page(TRAIN, title="Train", icon=":material/model_training:"),
            st.Page(EVALUATE, title="Evaluate", icon=":material/fact_check:"),
            st.Page(LEARN, title="Learn", icon=":material/school:"),
            st.Page(TUTORIAL, title="Tutorial", icon=":material/menu_book:"),
        ]
    )
    st.set_page_config(page_title=f"{page.title} · Logit Lab", page_icon=":material/analytics:", layout="wide")
    _run.active = True
    try:
        setup_link.take_in()
        page.run()
    except Exception as problem:  # Streamlit's own stop and rerun are not Exceptions and pass
        show_calmly(problem)
    finally:
        _run.active = False


def show_calmly(problem: Exception) -> None:
    """Log a fault of ours in full, and tell the user that it is not theirs."""
    logging.getLogger(__name__).error("a page failed", exc_info=problem)
    st.error(
        "Your table and your choices are kept. Try again, or go on with another page; reloading starts afresh.",
        title="Something went wrong on this page, and it is not your doing",
    )


def ensure() -> None:
    """Go through the frame when a page was started without it.

    On a cold server Streamlit opens ``pages/*.py`` of a deep link directly, before it has seen the navigation.
    """
    if not getattr(_run, "active", False):
        main()
        st.stop()
