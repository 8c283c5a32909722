"""Lesson: the boundary as a point, a line, a plane, a hyperplane."""

from __future__ import annotations

from typing import Any

import streamlit as st

from logreg_core.charts import (
    boundary_map,
    boundary_map_alt,
    boundary_volume,
    boundary_volume_alt,
    probability_curve,
    probability_curve_alt,
)
from logreg_core.lessons import by_hand
from logreg_core.lessons.examples import customers
from pages.shared.figures import show_figure
from pages.shared.lessons.lesson import ask, dial, formula, pick
from pages.shared.space_controls import choose_view

_ENDS = (-3.0, 3.0)
_FEATURES = {"One": 1, "Two": 2, "Three": 3}


def show() -> bool:
    """Turn and shift the boundary by its weights and bias."""
    st.markdown(
        "The **boundary** is where the score is 0 and the model says 50 %. With one feature that is a point on an "
        "axis, with two a line, with three a plane. With more nobody can draw it, but the equation goes on in the same "
        "way, and it is called a hyperplane. The weights give it its direction, the bias shifts it."
    )
    formula(
        r"w_1 x_1 + w_2 x_2 + \dots + w_k x_k + b = 0",
        r"\text{Twice the weights and twice the bias: the same boundary, twice as sharp.}",
    )
    n = _FEATURES[pick("How many features", list(_FEATURES), key="learn.boundary.features", start="Two")]
    example = customers().only(n)
    cells = [column for _ in range(n // 2 + 1) for column in st.columns(2)]  # wide enough for names on one line
    weights = []
    for place, name in enumerate(example.features):
        with cells[place]:
            start = 1.0 if place == 0 else 0.0
            weights.append(
                dial(f"Weight of {name}", -3.0, 3.0, start=start, step=0.25, key=f"learn.boundary.weight{place}")
            )
    with cells[n]:
        bias = dial("Bias", -3.0, 3.0, start=0.0, step=0.25, key="learn.boundary.bias")
    look = choose_view("learn.boundary.space").of_figure() if n == 3 else {}
    figure, alt = _picture(by_hand.over_features(weights, bias, example.features, [_ENDS] * n), example, n, look)
    show_figure(figure, key="learn.boundary.picture", alt=alt, numbers=by_hand.rows_table(example, weights, bias))
    right = by_hand.rows_right(example, weights, bias)
    st.markdown(
        f"Boundary: {by_hand.boundary_in_words(weights, bias, example.features)}. "
        f"**{right} of {len(example.y)}** customers are on their side."
    )
    st.caption("Months as a customer, complaints and calls are counted from their mean, in standard deviations.")
    return ask(
        f"With two features: turn and shift the line so that all {len(example.y)} customers are on their side.",
        answered=n == 2 and right == len(example.y),
        answer=(
            "All are on their side. With complaints alone that is not possible, wherever the point is put: it takes "
            "both features together."
        ),
    )


def _picture(slice_: Any, example: Any, n: int, look: dict[str, Any]) -> tuple[Any, str]:
    about = {"points": example.points(), "threshold": 0.5, "positive": example.positive, "target": example.target}
    drawn = {"negative": example.negative, **about}
    if n == 1:
        return probability_curve(slice_, **drawn), probability_curve_alt(slice_, **about)
    if n == 2:
        return boundary_map(slice_, **drawn), boundary_map_alt(slice_, **about)
    return boundary_volume(slice_, **drawn, **look), boundary_volume_alt(slice_, **about)
