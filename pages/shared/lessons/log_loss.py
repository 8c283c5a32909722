"""Lesson: log loss, the penalty of a row, on an example or on a row of the user's own trained model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.charts.lessons import penalty_chart, penalty_chart_alt
from logreg_core.lessons import penalty as lesson
from pages.shared import workspace
from pages.shared.figures import show_figure
from pages.shared.lessons.lesson import ask, dial, formula, kept_between, pick
from pages.shared.wording import named, number

if TYPE_CHECKING:
    from pages.shared.jobs import TrainedResult

_EXAMPLE, _OWN = "An example", "A row of your model"
_YES, _NO = "It happened", "It did not"
_FLIPS = 5


def show() -> bool:
    """Move the probability along the penalty curve of what happened."""
    st.markdown(
        "Each row pays a penalty, which depends on the probability the model had given to what then happened. Sure and "
        f"right: almost nothing. Undecided at 50 %: {lesson.COIN_FLIP:.2f}. Sure and wrong: more and more, without "
        "limit. The mean of these penalties is the **log loss**; training makes it as small as it can."
    )
    formula(
        r"\text{loss} = \begin{cases} -\log p & \text{if it happened } (y = 1) \\"
        r" -\log(1 - p) & \text{if it did not } (y = 0) \end{cases}",
        r"J = -\frac{1}{n} \sum_{i=1}^{n} \bigl[ y_i \log p_i + (1 - y_i) \log(1 - p_i) \bigr]",
    )
    result = workspace.result()
    own = result is not None and pick("Which row", [_EXAMPLE, _OWN], key="learn.log_loss.which") == _OWN
    if own and result is not None:
        probability, happened, names = _own_row(result)
    else:
        probability, happened = _example()
        names = ("if it did not happen", "if it happened")
    paid = lesson.penalty(probability, happened)
    show_figure(
        penalty_chart(lesson.penalty_curves(), probability, paid, happened=happened, names=names),
        key="learn.log_loss.chart",
        alt=penalty_chart_alt(probability, paid, happened=happened, event=names[1] if own else "the event"),
        numbers=lesson.penalty_curves(),
    )
    st.markdown(
        f"This row pays **{number(paid)}**, as much as {number(paid / lesson.COIN_FLIP, 2)} rows that are left "
        "undecided at 50 %."
    )
    wanted = _FLIPS * lesson.COIN_FLIP
    return ask(
        f"Something happened, and the model pays as much as for {_FLIPS} undecided rows ({wanted:.2f}). Which "
        "probability had it given?",
        answered=happened and abs(paid - wanted) < 0.2,
        answer=(
            f"About 3 %: one half to the power of {_FLIPS}. One row of which the model was 97 % sure and wrong costs "
            f"as much as {_FLIPS} about which it said nothing."
        ),
    )


def _example() -> tuple[float, bool]:
    left, right = st.columns(2)
    with left:
        happened = pick("What happened", [_YES, _NO], key="learn.log_loss.happened") == _YES
    with right:
        percent = dial("Probability that the model gave", 1, 99, start=70, step=1, key="learn.log_loss.p", unit=" %%")
    return percent / 100, happened


def _own_row(result: TrainedResult) -> tuple[float, bool, tuple[str, str]]:
    """Probability and outcome of a test row of the trained model, and the names of the classes."""
    prepared = result.prepared
    rows = len(prepared.y_test)
    workspace.begin_with("learn.log_loss.row", 1)
    typed = st.number_input(
        f"Test row, 1 to {rows:,}", value=None, step=1, key="learn.log_loss.row", persist_state="session"
    )
    place = int(kept_between(typed, 1, rows, otherwise=1, what="test row")) - 1
    happened = bool(prepared.y_test[place] == 1)
    probability = float(result.model.probabilities(prepared.X_test[place : place + 1])[0])
    was = prepared.positive if happened else prepared.negative
    st.markdown(
        f"The model gave {named(prepared.target, prepared.positive)} a chance of **{100 * probability:.1f} %**; in "
        f"truth this row is {named(prepared.target, was)}."
    )
    names = (f"{prepared.target} = {prepared.negative}", f"{prepared.target} = {prepared.positive}")
    return probability, happened, names
