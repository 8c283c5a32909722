"""Lesson: what classification is, when to use it, and what a probability is good for."""

from __future__ import annotations

import streamlit as st

from logreg_core.charts.lessons import ranking_bars, ranking_bars_alt
from logreg_core.lessons import ranking
from pages.shared.figures import show_figure
from pages.shared.lessons.lesson import ask, dial, formula, pick

_WANTED = 6.0


def show() -> bool:
    """Four use cases, and forty cases sorted by probability."""
    st.markdown(
        "Some questions have two answers: it happens, or it does not. A classification model learns from rows where "
        "the answer is known, and gives each new row a **probability**. That is worth more than a bare yes or no: "
        "probabilities can be sorted, added up, and weighed against what an action costs. For amounts (how much will "
        "she spend?) another kind of model is needed."
    )
    cases = {case.name: case for case in ranking.USE_CASES}
    case = cases[pick("For example", list(cases), key="learn.kinds.case")]
    st.table(
        {
            "A row is": case.row,
            "The question": f"{case.event}: yes or no?",
            "What the model may see": case.columns,
            "What one does with a likely yes": case.act,
            "A miss": case.miss,
            "A false alarm": case.false_alarm,
        },
        border="horizontal",
    )
    formula(
        r"\text{expected events among the first } k = p_1 + p_2 + \dots + p_k",
        r"\text{if among rows given } p \text{ a share } p \text{ has the event}",
    )
    st.markdown("**Forty cases, sorted by their probability.** There is time for some of them only.")
    probabilities = ranking.ranked_probabilities()
    n = int(dial("Cases to act on", 0, ranking.N_CASES, start=4, step=1, key="learn.kinds.acted"))
    show_figure(
        ranking_bars(probabilities, n),
        key="learn.kinds.ranking",
        alt=ranking_bars_alt(probabilities, n),
        numbers=ranking.table(),
    )
    blind = n * float(probabilities.mean())
    st.markdown(
        f"The first {n} of the list: **{ranking.expected_hits(probabilities, n):.1f}** events to expect. "
        f"Any {n}, chosen blindly: {blind:.1f}."
    )
    fewest = ranking.fewest_for(probabilities, _WANTED)
    return ask(
        f"What is the smallest number of cases to act on, so that at least {_WANTED:.0f} events are to be expected?",
        answered=n == fewest,
        answer=(
            f"{fewest} cases: their probabilities add up to {ranking.expected_hits(probabilities, fewest):.1f}. "
            f"Chosen blindly it would take {_WANTED / float(probabilities.mean()):.0f}."
        ),
    )
