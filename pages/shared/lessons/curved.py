"""Lesson: when a straight boundary fails, and how features help."""

from __future__ import annotations

from typing import Any

import streamlit as st

from logreg_core.charts import boundary_map, boundary_map_alt
from logreg_core.charts.lessons import degree_chart, degree_chart_alt
from logreg_core.lessons import curved
from pages.shared.figures import show_figure
from pages.shared.lessons.lesson import ask, dial, formula, pick

_GOOD = 0.9


def show() -> bool:
    """A shape, a degree, and how many rows are right."""
    st.markdown(
        "The boundary is straight in the columns that the model sees. Rings, moons or a checkerboard cannot be cut "
        "well that way. But the model may also be shown **squares and products** of the columns: a straight boundary "
        "in those is a curve in the picture. More powers never fit the training rows worse; only rows that took no "
        "part tell when it is enough."
    )
    formula(
        r"\text{degree 2:}\quad z = w_1 x_1 + w_2 x_2 + w_3 x_1^2 + w_4 x_1 x_2 + w_5 x_2^2 + b",
        r"x_1^2 + x_2^2 = r^2 \quad\text{is straight in } x_1^2 \text{ and } x_2^2",
    )
    left, right = st.columns(2)
    with left:
        names = {name: shape for shape, name in curved.SHAPES.items()}
        shape = names[pick("Shape", list(names), key="learn.curved.shape")]
    with right:
        degree = int(dial("Degree", 1, 5, start=1, step=1, key="learn.curved.degree"))
    with st.spinner("Fitting all five degrees …"):
        found, over = curved.fit(shape, degree), curved.over_degrees(shape)
    left, right = st.columns([3, 2])
    with left:
        about: dict[str, Any] = {"threshold": 0.5, "positive": "orange"}
        show_figure(
            boundary_map(found.plane, found.points, negative="blue", **about),
            key="learn.curved.boundary",
            alt=boundary_map_alt(found.plane, found.points, **about),
            numbers=found.rows,
        )
    with right:
        show_figure(
            degree_chart(over, degree), key="learn.curved.degrees", alt=degree_chart_alt(over, degree), numbers=over
        )
        (train_right, train), (test_right, test) = found.train_right, found.test_right
        st.markdown(
            f"The model sees {found.n_features} columns. Right: {train_right} of {train} training rows, "
            f"**{test_right} of {test} test rows**."
        )
        st.caption(
            "To choose a degree in earnest, leave the test rows out of it: whoever picks by them has no rows left to "
            "judge by."
        )
        if found.separated:
            st.caption(
                "Every training row is on its side. Then the weights have no best size: the larger, the surer. What is "
                "drawn is where the search ended."
            )
    lowest = curved.lowest_good_degree(shape, _GOOD)
    return ask(
        f"What is the lowest degree with which at least {100 * _GOOD:.0f} % of the test rows are right?",
        answered=degree == lowest,
        answer=(
            f"Degree {lowest}. Higher degrees change little, or get fewer test rows right; with {test} test rows two "
            "or three more or less may be chance."
        ),
    )
