"""Lesson: the threshold trades misses for false alarms."""

from __future__ import annotations

import streamlit as st

from logreg_core.charts.lessons import case_strip, case_strip_alt, threshold_costs, threshold_costs_alt
from logreg_core.lessons import trade
from pages.shared.figures import show_figure
from pages.shared.lessons.lesson import ask, dial, formula

_NAMES = ("benign", "malignant")


def show() -> bool:
    """Two hundred cases, a threshold, and what misses and false alarms cost."""
    st.markdown(
        "A probability becomes a decision at a **threshold**: at or above it one acts. A lower threshold misses fewer "
        "and gives more false alarms, a higher one the other way round. The model stays the same; which threshold is "
        "right depends on what a miss costs beside a false alarm."
    )
    formula(
        r"\text{act if } p \ge t",
        r"t^* = \frac{\text{cost of a false alarm}}{\text{cost of a false alarm} + \text{cost of a miss}}"
        r"\quad\text{if the probabilities are right, and right decisions cost nothing}",
    )
    left, right = st.columns(2)
    with left:
        threshold = dial("Threshold", 1, 99, start=50, step=1, key="learn.threshold.cut", unit=" %%") / 100
    with right:
        price = dial(
            "A miss costs as much as so many false alarms",
            1,
            20,
            start=5,
            step=1,
            key="learn.threshold.price",
            about="1: both are equally bad. 20: better twenty needless examinations than one tumour missed.",
        )
    probability, y = trade.cases()
    found = trade.outcome(threshold)
    show_figure(
        case_strip(probability, y, threshold, names=_NAMES),
        key="learn.threshold.strip",
        alt=case_strip_alt(threshold, found, names=_NAMES),
        numbers=trade.cases_table(),
    )
    cost, lowest = trade.cost(threshold, price), trade.lowest_cost(price)
    with st.container(horizontal=True):
        st.metric("Misses", found.false_negative, border=True, help="Malignant, and below the threshold.")
        st.metric("False alarms", found.false_positive, border=True, help="Benign, and at or above the threshold.")
        st.metric("Cost together", f"{cost:g}", border=True, help="In false alarms: a miss counts as many as chosen.")
    table, in_theory = trade.table(price), trade.threshold_in_theory(price)
    show_figure(
        threshold_costs(table, threshold, in_theory),
        key="learn.threshold.costs",
        alt=threshold_costs_alt(table, threshold, in_theory),
        numbers=table,
    )
    st.caption(
        f"In the long run the formula's {100 * in_theory:.0f} % is cheapest here. In {trade.N_CASES} cases chance "
        "moves the lowest point about: draw as many from these again and again, and in 95 of 100 draws the cheapest "
        "threshold is one with a dot."
    )
    return ask(
        f"A miss costs as much as {price:g} false alarms. At which threshold is the cost of both together lowest, as "
        f"far as {trade.N_CASES} cases can tell?",
        answered=trade.is_an_answer(threshold, price),
        answer=_answer(threshold, price, cost, lowest),
    )


def _answer(threshold: float, price: float, cost: float, lowest: float) -> str:
    said = f"At {100 * threshold:.0f} % both together cost {cost:g}"
    said += ", the lowest there is here" if cost == lowest else f"; the lowest here is {lowest:g}"
    said += "." if threshold == 0.5 else f"; at 50 % it would be {trade.cost(0.5, price):g}."
    in_theory = round(100 * trade.threshold_in_theory(price))
    if round(100 * threshold) == in_theory:
        return f"{said} It is the formula's answer: the cheapest in the long run, whatever happened in these cases."
    if cost > lowest:
        low, high = trade.range_of_the_cheapest(price)
        said += (
            f" By chance the cheapest of {trade.N_CASES} cases may be anywhere from {100 * low:.0f} to "
            f"{100 * high:.0f} %."
        )
    return f"{said} The formula's {in_theory} % needs no cases, only right probabilities."
