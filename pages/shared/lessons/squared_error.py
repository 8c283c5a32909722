"""Lesson: why not squared error - two costs of the same model as maps, and a descent on each."""

from __future__ import annotations

import streamlit as st

from logreg_core.charts.lessons import cost_map, cost_map_alt
from logreg_core.lessons import squared_error as lesson
from pages.shared import workspace
from pages.shared.figures import show_figure
from pages.shared.lessons.lesson import ask, dial, formula


def show() -> bool:
    """Choose a start; both descents take the same steps from there."""
    st.markdown(
        "The mean of (probability - outcome)² would seem a natural cost. But where a row is **certain and wrong** the "
        "sigmoid is flat, and with it this cost: high ground without a slope, where descent hardly moves. Log loss has "
        "no such places. It is **convex**: one valley, and with steps that are small enough every way down leads to "
        "its lowest point."
    )
    formula(
        r"\frac{d}{dz}\,(p - y)^2 = 2\,(p - y)\,p\,(1 - p) \qquad\text{nearly 0 where } p \approx 1, y = 0",
        r"\frac{d}{dz}\,\text{log loss} = p - y \qquad\text{largest there}",
    )
    left, right = st.columns(2)
    with left:
        weight = dial("Weight to start from", *lesson.WEIGHTS, start=0.0, step=0.5, key="learn.squared.weight")
    with right:
        bias = dial("Bias to start from", *lesson.BIASES, start=0.0, step=1.0, key="learn.squared.bias")
    log_path, squared_path = workspace.remember(
        "lesson descents", (weight, bias), lambda: lesson.descents(float(weight), float(bias))
    )
    log_heights, squared_heights = lesson.log_loss_map(), lesson.squared_error_map()
    stuck, arrived = lesson.stuck(squared_path), lesson.arrived(log_path)
    left, right = st.columns(2)
    with left:
        st.subheader("Log loss", anchor=False)
        show_figure(
            cost_map(log_heights, log_path, name="log loss", logarithmic=True),
            key="learn.squared.log_loss",
            alt=cost_map_alt(log_heights, log_path, name="log loss"),
            numbers=lesson.path_table(log_path),
        )
        st.markdown(
            f"After {lesson.STEPS:,} steps: **{log_path.cost[-1]:.3f}**, the lowest is {log_heights.lowest_cost:.3f}. "
            + ("It has arrived." if arrived else "It is still on its way.")
        )
    with right:
        st.subheader("Squared error", anchor=False)
        show_figure(
            cost_map(squared_heights, squared_path, name="squared error", logarithmic=False),
            key="learn.squared.squared_error",
            alt=cost_map_alt(squared_heights, squared_path, name="squared error"),
            numbers=lesson.path_table(squared_path),
        )
        st.markdown(
            f"After {lesson.STEPS:,} steps: **{squared_path.cost[-1]:.3f}**, the lowest is "
            f"{squared_heights.lowest_cost:.3f}. " + _ending(squared_path)
        )
    st.caption(
        "The twelve exams, one weight and one bias; the stronger the colour, the lower. Lines join points "
        "of equal cost; for log loss, which reaches far higher, in equal ratios, for squared error in equal steps."
    )
    return ask(
        "Find a start from which squared error gets stuck while log loss arrives.",
        answered=stuck and arrived,
        answer=(
            "From here squared error stays on high ground: the model is certain about too many students, and wrong, "
            "and that gives no slope to go by. Log loss feels exactly these rows the most."
        ),
    )


def _ending(path: lesson.Path) -> str:
    if lesson.stuck(path):
        return f"It is stuck: the slope there is only {path.slope:.1g}."
    return "It has come down." if lesson.came_down(path) else "It is still on its way."
