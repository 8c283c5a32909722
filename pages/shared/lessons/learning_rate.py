"""Lesson: the learning rate - too small, right, too large, far too large - and the rate that is guaranteed."""

from __future__ import annotations

import streamlit as st

from logreg_core.charts.lessons import rate_chart, rate_chart_alt, step_costs, step_costs_alt
from logreg_core.lessons import stepping
from pages.shared import workspace
from pages.shared.figures import show_figure
from pages.shared.lessons.lesson import ask, formula, keep_field_between, kept_between, say_kept

_KEY = "learn.rate.own"
_RATES, _USUAL = (0.01, 100.0), 0.1
_HIGHEST_DRAWN = 1.2


def show() -> bool:
    """Four rates side by side, and one's own on the curve of all rates."""
    safe, lowest = stepping.safe_rate(), stepping.lowest_cost()
    st.markdown(
        "The **learning rate** says how far each step goes down the slope. Too small, and it takes for ever; too "
        "large, and steps overshoot the valley. For logistic regression a rate is known below which **every** step "
        f"lowers the cost; here it is {safe:.2f}. It is computed from the features alone. Above it nothing is "
        "promised, which does not mean that it goes wrong."
    )
    formula(
        r"\text{every rate below } \frac{2}{L} \text{ is safe}",
        r"L = \tfrac{1}{4} \cdot \text{largest eigenvalue of } \tfrac{1}{n}\,[X\;1]^\top [X\;1]",
        r"\text{No place of the cost is more strongly curved than } L \text{, because } p\,(1 - p) \le \tfrac{1}{4}.",
    )
    for place, (column, (name, rate)) in enumerate(zip(st.columns(4), stepping.RATES.items(), strict=True)):
        with column:
            run = stepping.run_with(rate)
            highest = max(_HIGHEST_DRAWN, float(run.cost.max()))
            st.markdown(f"**{name}: {rate:g}**")
            show_figure(
                step_costs(run.cost, lowest, height=230, highest=highest, legend=False),
                key=f"learn.rate.panel{place}",
                alt=step_costs_alt(run.cost, lowest),
            )
            st.caption(
                run.in_words + (f" Mind the axis: it goes to {highest:.2g}." if highest > _HIGHEST_DRAWN else "")
            )
    st.caption("Cost over a hundred steps; the dashed line is the lowest cost there is.")
    with st.expander("The numbers of these charts"):
        st.dataframe(
            stepping.costs_side_by_side(),
            hide_index=True,
            key="learn.rate.numbers",
            alt="Cost at the start and after each of a hundred steps, for the four learning rates.",
        )
    st.markdown("**Now yours.** The chart shows where a hundred steps lead, for every rate.")
    run = stepping.run_with(_choose_rate())
    chart = rate_chart(stepping.cost_over_rates(), run, safe, float(run.cost[0]))
    show_figure(
        chart,
        key="learn.rate.chart",
        alt=rate_chart_alt(run, safe),
        numbers=stepping.cost_over_rates(),
    )
    side = "below" if run.rate < safe else "above"
    cut = _beyond(run.cost[-1], chart.layout.yaxis.range[1])
    st.markdown(f"Rate {run.rate:g}, {side} the guaranteed {safe:.2f}. {run.in_words}{cut}")
    return ask(
        "Find a rate above the guaranteed one with which the cost still arrives at its lowest.",
        answered=run.rate > safe and run.arrived,
        answer=(
            f"{run.rate:g} works although nothing promised it. The guarantee counts with the strongest curvature there "
            "could be; near the lowest point the cost is usually curved less."
        ),
    )


def _beyond(cost: float, highest: float) -> str:
    return f" The picture ends at {highest:g}; the cost reaches {cost:.3g}." if cost > highest else ""


def _choose_rate() -> float:
    """A rate, to type or to halve and double."""
    workspace.begin_with(_KEY, _USUAL)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rate = st.number_input(
            f"Learning rate, {_RATES[0]:g} to {_RATES[1]:g}",
            value=None,
            step=0.1,
            format="%g",
            key=_KEY,
            persist_state="session",
            width=220,
            on_change=keep_field_between,
            args=(_KEY, *_RATES),
        )
        st.button("Half of it", key=f"{_KEY}.half", on_click=_scale, args=(0.5,))
        st.button("Twice as much", key=f"{_KEY}.twice", on_click=_scale, args=(2.0,))
    say_kept(_KEY, *_RATES, what="learning rate")
    return kept_between(rate, *_RATES, otherwise=_USUAL, what="learning rate")


def _scale(factor: float) -> None:
    low, high = _RATES
    typed = workspace.widget(_KEY)
    now = float(typed) if isinstance(typed, int | float) else _USUAL
    scaled = float(f"{now * factor:.4g}")
    workspace.set_controls({_KEY: min(high, max(low, scaled)), f"{_KEY}.typed": scaled})
