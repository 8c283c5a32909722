"""The controls for preparing and splitting the rows, as part of the features page."""

from __future__ import annotations

import streamlit as st

from logreg_core.features import MAX_DEGREE, MAX_SEED, MISSING, TEST_SHARE


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


def choose_split() -> tuple[float, int, bool]:
    """Test share (0 to 1), seed, and whether both parts hold the same class shares."""
    st.subheader("Kept aside to test", anchor=False)
    left, middle, right = st.columns(3, vertical_alignment="center")
    low, high = (round(100 * share) for share in TEST_SHARE)
    with left:
        share = st.slider(
            "Test share, %",
            low,
            high,
            step=5,
            key="features.test_share",
            persist_state="session",
            help=(
                "Test rows are not shown to the model while it learns. More of "
                "them: a surer verdict, less to learn from."
            ),
        )
    with middle:
        seed = st.number_input(
            "Seed",
            0,
            MAX_SEED,
            key="features.seed",
            persist_state="session",
            help="Which rows are kept aside. The same seed always picks the same rows.",
        )
    with right:
        stratify = st.toggle(
            "Same class shares in both parts",
            key="features.stratify",
            persist_state="session",
            help="Stratified: training and test rows hold the same share of each class. Off: pure chance decides.",
        )
    return share / 100, int(seed), bool(stratify)
