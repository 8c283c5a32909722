"""Lesson: from a line to a probability."""

from __future__ import annotations

from typing import Any

import streamlit as st

from logreg_core.charts import probability_curve, probability_curve_alt
from logreg_core.lessons import by_hand
from logreg_core.lessons.examples import exam
from logreg_core.training import sigmoid
from pages.shared.figures import show_figure
from pages.shared.lessons.lesson import ask, dial, formula

_HOURS = (0.0, 7.0)


def show() -> bool:
    """Weight and bias bend the sigmoid over twelve students."""
    st.markdown(
        "Twelve students, the hours each studied, and whether they passed. A line turns hours into a **score**: weight "
        "times hours, plus bias. A score may be any number. The **sigmoid** squeezes it into a probability: a score "
        "of 0 becomes 50 %, a large one nearly 100 %, one far below 0 nearly 0 %."
    )
    formula(r"z = w \cdot \text{hours} + b", r"p = \sigma(z) = \frac{1}{1 + e^{-z}}")
    left, right = st.columns(2)
    with left:
        weight = dial(
            "Weight",
            -3.0,
            3.0,
            start=0.5,
            step=0.1,
            key="learn.sigmoid.weight",
            about="How steep the curve is. Below 0 it falls instead of rising.",
        )
    with right:
        bias = dial(
            "Bias",
            -12.0,
            12.0,
            start=0.0,
            step=0.1,
            key="learn.sigmoid.bias",
            about="The score of somebody with 0 hours. Another bias moves the curve to the left or right.",
        )
    example = exam()
    line = by_hand.curve_over(weight, bias, example.features[0], _HOURS)
    about: dict[str, Any] = {"threshold": 0.5, "positive": example.positive, "target": example.target}
    show_figure(
        probability_curve(line, example.points(), negative=example.negative, **about),
        key="learn.sigmoid.curve",
        alt=probability_curve_alt(line, example.points(), **about),
        numbers=by_hand.curve_table(line),
    )
    at_six = float(sigmoid(6 * weight + bias))
    half = f"It passes 50 % at {-bias / weight + 0.0:.2f} hours" if weight else "It is flat: hours make no difference"
    st.markdown(f"{half}; with 6 hours the chance is **{100 * at_six:.1f} %**.")
    st.caption(
        "Points are students: those who passed belong at 100 %, the others at 0 %. They are moved up or down a little, "
        "so that none hides another."
    )
    return ask(
        "Set weight and bias so that the curve passes 50 % at 4 hours, and 6 hours give a chance of at least 90 %.",
        answered=weight > 0 and abs(-bias / weight - 4) <= 0.1 and at_six >= 0.9,
        answer=(
            "The curve passes 50 % where the score is 0, at minus bias divided by weight: so the bias has to be about "
            "-4 times the weight. The weight alone decides how fast the chance rises from there."
        ),
    )
