"""What a page says when there is nothing to show yet: what to do, and a sample to do it with."""

from __future__ import annotations

import streamlit as st

from logreg_core.data import load_sample
from pages.shared import frame, workspace


def no_table() -> None:
    """No table is open: the way to one, and the tutorial's at once."""
    st.info("No table is open yet.", icon=":material/table_chart:")
    with st.container(horizontal=True):
        st.button("Use the tutorial sample", key="empty.use_sample", type="primary", on_click=_open_tutorial)
        st.page_link(frame.DATA, label="Bring a table", icon=":material/arrow_back:")


def no_target() -> None:
    """A table is open but it is not said what to predict, or there is nothing in it that could be."""
    found = workspace.present_targets()
    if not found.candidates and not found.ticks:
        nothing_to_predict()
        st.page_link(frame.DATA, label="Take another table", icon=":material/arrow_back:")
        return
    st.info("It is not chosen yet what to predict.", icon=":material/flag:")
    st.page_link(frame.FEATURES, label="Choose features", icon=":material/arrow_back:")


def nothing_to_predict() -> None:
    """No column of the open table has two classes, or a few."""
    st.error(
        "A target needs 2 to 20 different values, such as yes and no. No column of this table has that. "
        "Take another table, or give this one a column that says what happened: of an amount, whether it is high.",
        title="Nothing in this table can be predicted by classes",
    )


def not_prepared() -> None:
    """A table so large that its rows are prepared only when asked for."""
    st.info("The rows of this large table are not prepared yet.", icon=":material/hourglass:")
    st.page_link(frame.FEATURES, label="Prepare them", icon=":material/arrow_back:")


def no_model() -> None:
    """Nothing is trained yet."""
    st.info("No model is trained yet.", icon=":material/model_training:")
    st.page_link(frame.TRAIN, label="Train one", icon=":material/arrow_back:")


def _open_tutorial() -> None:
    workspace.open_table(load_sample("tutorial"))
