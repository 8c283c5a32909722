"""Lesson: reading a coefficient as odds, log odds and odds ratio."""

from __future__ import annotations

import streamlit as st

from logreg_core.charts.lessons import odds_curve, odds_curve_alt
from logreg_core.lessons import odds
from pages.shared import workspace
from pages.shared.figures import show_figure
from pages.shared.lessons.lesson import ask, dial, formula, kept_between

_SPREAD = "learn.odds.sd"
_SPREADS, _USUAL_SPREAD = (0.1, 20.0), 4.0


def show() -> bool:
    """A case, a coefficient, and what one unit and one standard deviation more do."""
    st.markdown(
        "**Odds** are the chance that it happens beside the chance that it does not: 20 % is 1 to 4. A coefficient "
        "adds to the *logarithm* of the odds; so each further unit of its column **multiplies** the odds by the same "
        "number, the **odds ratio**. What that does to the probability depends on where one starts."
    )
    formula(
        r"\text{odds} = \frac{p}{1 - p}, \qquad \log \text{odds} = z = w x + b",
        r"\text{odds ratio of one unit} = e^{w}, \qquad \text{of one standard deviation } s = e^{w s}",
    )
    left, right = st.columns(2)
    with left:
        percent = dial("Probability to start from", 1, 99, start=20, step=1, key="learn.odds.p", unit=" %%")
        workspace.begin_with(_SPREAD, _USUAL_SPREAD)
        typed = st.number_input(
            f"Standard deviation of the column, {_SPREADS[0]:g} to {_SPREADS[1]:g}",
            value=None,
            step=0.5,
            format="%g",
            key=_SPREAD,
            persist_state="session",
            help="How far rows usually lie from the mean: one unit may be a small step for a column, or a huge one.",
        )
        sd = kept_between(typed, *_SPREADS, otherwise=_USUAL_SPREAD, what="standard deviation")
    with right:
        coefficient = dial("Coefficient", -2.0, 2.0, start=0.3, step=0.01, key="learn.odds.w")
    start = percent / 100
    moved = odds.moved(start, coefficient, sd)
    reach = max(3.0, 1.5 * sd)
    labels = {0.0: "as it is", 1.0: "1 unit more", sd: "1 standard deviation more"}
    curve = odds.probability_over_units(start, coefficient, (-reach, reach))
    show_figure(
        odds_curve(curve, moved, labels),
        key="learn.odds.chart",
        alt=odds_curve_alt(moved, labels),
        numbers=curve,
    )
    st.table(
        odds.table(moved, labels),
        hide_index=True,
        border="horizontal",
        alt="Probability, odds, log odds and odds ratio: as it is, one unit more, one standard deviation more.",
    )
    st.caption(
        "An odds ratio compares rows that differ in this column and in nothing else the model sees. It is no statement "
        "about causes."
    )
    ratio = odds.odds_ratio(coefficient)
    one_more = moved[1.0]
    return ask(
        "Set the coefficient so that one unit more doubles the odds. Does the probability double too?",
        answered=1.98 <= ratio <= 2.02,
        answer=(
            f"{coefficient:g} is close to the logarithm of 2. The odds double: “{odds.odds_in_words(moved[0.0].odds)}” "
            f"becomes “{odds.odds_in_words(one_more.odds)}”. But the probability goes from {100 * start:.0f} % to "
            f"{100 * one_more.probability:.1f} %. Only for rare events do the two nearly agree."
        ),
    )
