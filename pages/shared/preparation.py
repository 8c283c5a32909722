"""The controls for preparing the columns, as part of the features page."""

from __future__ import annotations

import streamlit as st

from logreg_core.features import MAX_DEGREE, MISSING


def choose_preparation() -> tuple[str, bool, int]:
    """How missing values are treated, whether numbers are scaled, and the polynomial degree."""
    left, middle, right = st.columns(3, vertical_alignment="center")
    with left:
        missing = st.selectbox(
            "Missing values",
            list(MISSING),
            format_func=lambda key: MISSING[key],
            key="features.missing",
            persist_state="session",
            help=(
                "The typical value is the median of a number column and the most frequent "
                "level of a category, taken from the training rows."
            ),
        )
    with middle:
        degree = st.number_input(
            "Polynomial degree",
            1,
            MAX_DEGREE,
            key="features.degree",
            persist_state="session",
            help=(
                "1: the boundary is straight. 2 and more add powers and products "
                "of the number columns, so that it can bend."
            ),
        )
    with right:
        scale = st.toggle(
            "Scale number columns",
            key="features.scale",
            persist_state="session",
            help=(
                "Brings number columns to a common size (mean 0, standard deviation 1), so that "
                "learning is quick. Off: the numbers as they are."
            ),
        )
    return str(missing), bool(scale), int(degree)
