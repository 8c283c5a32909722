"""Lesson: gradient descent step by step, boundary and cost moving together."""

from __future__ import annotations

from typing import Any

import streamlit as st

from logreg_core.charts import boundary_map, boundary_map_alt
from logreg_core.charts.lessons import step_costs, step_costs_alt
from logreg_core.lessons import by_hand, stepping
from logreg_core.lessons.examples import loans
from pages.shared import workspace
from pages.shared.figures import show_figure
from pages.shared.lessons.lesson import ask, formula, kept_between

_ENDS = (-2.8, 2.8)
_AT = "learn.descent.step"
_NEAR = 0.001


def show() -> bool:
    """Step, ten, back, reset; nothing plays by itself."""
    st.markdown(
        "Gradient descent starts with all weights at 0 and repeats one thing: compute the slope of the cost for every "
        "weight, and move each weight a little **against** its slope. Forty loans by income and debt; which defaulted? "
        "Each step turns the boundary, and the cost falls: fast at first, then ever more slowly."
    )
    formula(
        r"w \leftarrow w - \text{rate} \cdot \frac{\partial J}{\partial w}, \qquad "
        r"b \leftarrow b - \text{rate} \cdot \frac{\partial J}{\partial b}",
        rf"\text{{rate}} = {stepping.LOAN_RATE:g}",
    )
    step = _choose_step()
    example, best = loans(), stepping.best_of_loans()
    states = stepping.states_of_loans(step)
    state = states[-1]
    weights, bias = state.parameters[:-1].tolist(), float(state.parameters[-1])
    left, right = st.columns(2)
    with left:
        slice_ = by_hand.plane_over(weights, bias, example.features, _ENDS)
        about: dict[str, Any] = {"threshold": 0.5, "positive": example.positive, "target": example.target}
        show_figure(
            boundary_map(slice_, example.points(), negative=example.negative, **about),
            key="learn.descent.boundary",
            alt=boundary_map_alt(slice_, example.points(), **about),
            numbers=by_hand.rows_table(example, weights, bias),
        )
    with right:
        cost = stepping.costs(states)
        show_figure(
            step_costs(cost, best.cost, height=460),
            key="learn.descent.cost",
            alt=step_costs_alt(cost, best.cost),
            numbers=stepping.steps_table(states, example.features),
        )
    st.markdown(
        f"Step {step}: cost **{state.cost:.4f}**, weight of income {weights[0]:.3f}, of debt {weights[1]:.3f}, bias "
        f"{bias:.3f}; {by_hand.rows_right(example, weights, bias)} of {len(example.y)} loans right. The lowest cost is "
        f"{best.cost:.4f}."
    )
    first = stepping.first_within(_NEAR)
    return ask(
        f"At which step does the cost come within {_NEAR:g} of the lowest for the first time?",
        answered=step == first,
        answer=(
            f"At step {first}. After half as many steps {100 * stepping.share_done(first // 2):.0f} % of the way down "
            "was done already: the last bit takes the most steps."
        ),
    )


def _choose_step() -> int:
    """The step, to type or by buttons."""
    workspace.begin_with(_AT, 0)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.number_input(
            f"Step (0 to {stepping.MOST_STEPS})",
            value=None,
            step=1,
            key=_AT,
            persist_state="session",
            width=160,
        )
        for label, change in (("Step", 1), ("Ten steps", 10), ("Back", -1)):
            st.button(label, key=f"{_AT}.{label.split()[0].lower()}", on_click=_go, args=(change,))
        st.button("Reset", key=f"{_AT}.reset", on_click=_go, args=(-stepping.MOST_STEPS,))
    return int(kept_between(typed, 0, stepping.MOST_STEPS, otherwise=0, what="step"))


def _go(change: int) -> None:
    workspace.set_controls({_AT: min(stepping.MOST_STEPS, max(0, _now() + change))})


def _now() -> int:
    return min(stepping.MOST_STEPS, max(0, int(str(workspace.widget(_AT) or 0))))
