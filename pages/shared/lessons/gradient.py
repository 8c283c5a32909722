"""Lesson: gradients, and where their formula comes from: the chain rule with the numbers of one row."""

from __future__ import annotations

import streamlit as st

from logreg_core.charts.lessons import loss_slope, loss_slope_alt
from logreg_core.lessons import chain_rule
from pages.shared.figures import show_figure
from pages.shared.lessons.lesson import ask, dial, formula, pick

_YES, _NO = "It happened (1)", "It did not (0)"
_WEIGHTS = (-3.0, 3.0)


def show() -> bool:
    """One row forward to its loss, and the slope back, factor by factor."""
    st.markdown(
        "To lower the loss one has to know how it changes with each weight: its **slope**, or gradient. The weight "
        "changes the score, the score the probability, the probability the loss. So three slopes are multiplied: the "
        "chain rule. Two of them cancel in part, and what is left is short: **(probability - outcome) times feature**."
    )
    formula(
        r"\frac{\partial\,\text{loss}}{\partial w} = \frac{\partial\,\text{loss}}{\partial p} \cdot "
        r"\frac{\partial p}{\partial z} \cdot \frac{\partial z}{\partial w}",
        r"= \frac{p - y}{p\,(1 - p)} \cdot p\,(1 - p) \cdot x = (p - y)\,x",
        r"\frac{\partial J}{\partial w} = \frac{1}{n} \sum_{i=1}^{n} (p_i - y_i)\,x_i, \qquad "
        r"\frac{\partial J}{\partial b} = \frac{1}{n} \sum_{i=1}^{n} (p_i - y_i)",
    )
    left, right = st.columns(2)
    with left:
        x = dial("Feature of this row", -3.0, 3.0, start=2.0, step=0.5, key="learn.gradient.x")
        happened = pick("What happened", [_YES, _NO], key="learn.gradient.y") == _YES
    with right:
        weight = dial("Weight", *_WEIGHTS, start=-0.5, step=0.25, key="learn.gradient.weight")
        bias = dial("Bias", -3.0, 3.0, start=0.5, step=0.25, key="learn.gradient.bias")
    found = chain_rule.chain(x, int(happened), weight, bias)
    curve = chain_rule.loss_over_weight(x, int(happened), bias, _WEIGHTS)
    left, right = st.columns(2)
    with left:
        show_figure(
            loss_slope(curve, found), key="learn.gradient.chart", alt=loss_slope_alt(found), numbers=curve.iloc[::8]
        )
    with right:
        steps = chain_rule.steps(found)
        st.table(
            {
                "What": list(steps["What"]),
                "Number": [f"{value + 0.0:.4f}" for value in steps["Number"]],  # not -0
                "How": list(steps["How"]),
            },
            hide_index=True,
            border="horizontal",
            alt="The chain rule step by step, from the score of this row to the slope for its weight and bias.",
        )
    st.markdown(_direction(found.slope_of_weight))
    return ask(
        "Make the slope for the weight exactly 0, but not the one for the bias.",
        answered=found.slope_of_weight == 0 and found.slope_of_bias != 0,
        answer=(
            "A row whose feature is 0 says nothing about the weight: whatever the weight, its score stays the same. It "
            "still has a say about the bias."
        ),
    )


def _direction(slope: float) -> str:
    if slope == 0:
        return "For this row the weight may stay as it is."
    verb, way = ("rises", "down") if slope > 0 else ("falls", "up")
    return (
        f"The loss {verb} with the weight, by {abs(slope):.3f} for one unit at this point: so this row wants the "
        f"weight to go **{way}**. Descent goes where the mean of all rows points."
    )
