"""The learning-rate lab: which rates are safe on these rows, what others do, and why scaling changes the valley."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.charts import (
    against_safe,
    cost_map,
    cost_map_alt,
    cost_map_table,
    rate_curve,
    rate_curve_alt,
    rate_in_words,
    rate_scale,
    rate_scale_alt,
    rate_scale_table,
    rate_table,
    rate_title,
    valley_in_words,
)
from logreg_core.errors import TrainingError
from logreg_core.features import filled_numbers, uneven_pair
from logreg_core.training import (
    TrainSettings,
    lowest_cost,
    part_of,
    plain_number,
    rows_of_course,
    scaled,
    try_rates,
    valley,
)
from pages.shared import lab_course, workspace
from pages.shared.figures import show_figure
from pages.shared.wording import plain, rounded_down, show_error

if TYPE_CHECKING:
    from logreg_core.training import Course, RateTrial, Valley
    from pages.shared.jobs import TrainedResult

EPOCHS = 100
_VALLEY_ROWS = 5_000
_TRIED = "lab.rate.tried"


@st.fragment
def show(result: TrainedResult) -> None:
    """The rates, then the valley."""
    course = lab_course.course(result)
    if not 0 < course.safe_rate < math.inf:
        st.info("The columns are too large in size for any safe learning rate. Scale them on the Features page.")
    else:
        _show_rates(result, course)
    st.divider()
    _show_valleys(result, course)


def _show_rates(result: TrainedResult, course: Course) -> None:
    own = _own_rate(result)
    key = (lab_course.key_of(result), own)
    trials = workspace.remember("rate trials", key, lambda: try_rates(course, own=own, epochs=EPOCHS))
    safe, lowest = course.safe_rate, lowest_cost(course)
    rows = lab_course.rows_said(course)
    if course.all_rows is not None:
        rows = f"all {course.n_in_all:,} training rows"
    rows = f"{rows}," if course.is_sample else "these rows"
    st.markdown(
        f"On {rows} every step is sure to lower the cost as long as the learning rate is below "
        f"**{rounded_down(safe)}**. Your rate, **{plain_number(own)}**, is {against_safe(own, safe)}."
    )
    show_figure(
        rate_scale(safe, trials),
        key="lab.rate_scale",
        alt=rate_scale_alt(safe, trials),
        numbers=rate_scale_table(safe, trials),
    )
    if _choose_own():
        st.rerun()
    for row in (trials[:3], trials[3:]):
        for place, trial in zip(st.columns(3), row, strict=False):
            with place:
                _show_trial(trial, lowest)
    bounds = ""
    if lowest is not None and course.has_end:
        bounds = "The dashed line is the lowest cost there is. "
    elif lowest is not None:
        bounds = "The dashed line is what the cost falls towards without ever being there. "
    st.caption(
        plain(
            f"{EPOCHS} epochs of plain gradient descent from weights of 0, with all rows at a time. {bounds}The safe "
            "rate is a guarantee, not a cliff: somewhat above it, a descent may still arrive. "
            + lab_course.said(result, course),
            longest=None,
        )
    )
    with st.expander("The numbers of these charts"):
        st.dataframe(
            rate_table(trials), hide_index=True, key="lab.rate.numbers", alt="Cost after each epoch for each rate."
        )


def _show_trial(trial: RateTrial, lowest: float | None) -> None:
    st.markdown(f"**{rate_title(trial)}**")
    show_figure(
        rate_curve(trial, lowest, EPOCHS),
        key=f"lab.rate_curve.{trial.name}",
        alt=rate_curve_alt(trial, lowest, EPOCHS),
    )
    st.caption(rate_in_words(trial, lowest, EPOCHS))


def _own_rate(result: TrainedResult) -> float:
    """The rate tried last; at first that of the training choices, where it is one."""
    chosen, trained = workspace.training(), result.model.settings
    rates = [settings.learning_rate for settings in (chosen, trained) if settings and settings.method == "descent"]
    own = next((rate for rate in rates if _problem(rate) is None), TrainSettings().learning_rate)
    workspace.seed_for("lab rate", (lab_course.key_of(result), own), lambda: {_TRIED: own, "lab.rate": own})
    return float(workspace.widget(_TRIED))  # type: ignore[arg-type]


def _choose_own() -> bool:
    """Try another rate, or take it over for training; True when the whole page is to follow."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            "Try another rate", value=None, format="%g", step=0.01, key="lab.rate", persist_state="session", width=200
        )
        st.button("Try", icon=":material/science:", key="lab.try_rate", on_click=_try)
        use = st.button(
            "Use this rate for training",
            icon=":material/north:",
            key="lab.use_rate",
            on_click=_use,
            help="Puts it into the field Learning rate above. Press Train there to learn with it.",
        )
    problem = _problem(workspace.widget("lab.rate"))
    if problem is not None:
        show_error(problem)
    return use and problem is None


def _problem(rate: object) -> TrainingError | None:
    try:
        TrainSettings(learning_rate=rate).validate()  # type: ignore[arg-type]
    except TrainingError as error:
        return error
    return None


def _try() -> None:
    rate = workspace.widget("lab.rate")
    if _problem(rate) is None:
        workspace.set_controls({_TRIED: rate})


def _use() -> None:
    rate = workspace.widget("lab.rate")
    if _problem(rate) is None:
        workspace.set_controls({"train.learning_rate": rate})


def _show_valleys(result: TrainedResult, course: Course) -> None:
    st.markdown("**Why scaling changes the valley**")
    numbers = list(result.prepared.numbers)
    if len(numbers) < 2:
        st.caption("This takes two number columns; the model has fewer.")
        return
    first, second = _choose_pair(result, numbers)
    raw, even = workspace.remember(
        "valleys", (lab_course.key_of(result), first, second), lambda: _valleys(result, course, (first, second))
    )
    names = (f"weight of {first}", f"weight of {second}")
    for place, title, found, name in zip(
        st.columns(2), ("As the columns are", "Scaled"), (raw, even), ("raw", "scaled"), strict=True
    ):
        with place:
            st.markdown(f"**{title}**")
            show_figure(
                cost_map(found.surface, names, path=found.path, lowest=found.lowest, height=400, to_scale=True),
                key=f"lab.valley.{name}",
                alt=cost_map_alt(found.surface, names, path=found.path),
                numbers=cost_map_table(found.surface, names),
            )
            st.caption(valley_in_words(found))
    shown = raw.surface.n_rows
    sample = f" They are made from {shown:,} training rows drawn at random." if shown < course.n_in_all else ""
    rates, safe = (
        " and ".join(plain_number(value, digits=2) for value in values)
        for values in ((raw.rate, even.rate), (raw.safe_rate, even.safe_rate))
    )
    held = " A little is held back (alpha = 0.001): without it there is no lowest point." if raw.held_back else ""
    st.caption(
        f"A model of these two columns alone, its bias at its best value; {len(raw.path) - 1} epochs from weights of "
        f"0, each at the learning rate that brings it farthest, found by trial: {rates}. For this smaller model the "
        f"safe rates are {safe}; the best ones may lie above them.{held} Both maps are to scale.{sample} "
        "Scaling means: mean 0 and standard deviation 1."
    )
    _offer_scaling(result)


def _choose_pair(result: TrainedResult, numbers: list[str]) -> tuple[str, str]:
    telling = workspace.remember("uneven pair", result.prepared.fingerprint, lambda: _uneven_pair(result, numbers))
    workspace.seed_for(
        "lab valley",
        (result.table.fingerprint, tuple(numbers)),
        lambda: {"lab.valley.first": telling[0], "lab.valley.second": telling[1]},
    )
    left, right = st.columns(2)
    with left:
        workspace.keep_among("lab.valley.first", numbers)
        first = st.selectbox("Two columns", numbers, key="lab.valley.first", persist_state="session")
    others = [name for name in numbers if name != first]
    with right:
        workspace.keep_among("lab.valley.second", others)
        second = st.selectbox("and", others, key="lab.valley.second", persist_state="session")
    return str(first), str(second)


def _uneven_pair(result: TrainedResult, numbers: list[str]) -> tuple[str, str]:
    """Two columns that show what scaling changes."""
    frame = result.frame[numbers].iloc[result.prepared.rows_train]
    return uneven_pair(frame)


def _valleys(result: TrainedResult, course: Course, columns: tuple[str, str]) -> tuple[Valley, Valley]:
    part, chosen = part_of(course, _VALLEY_ROWS)
    rows = result.prepared.rows_train[rows_of_course(result.prepared)][chosen]
    X = filled_numbers(result.frame.iloc[rows], columns, result.prepared.design.medians)
    return valley(part, X, columns), valley(part, scaled(X), columns)


def _offer_scaling(result: TrainedResult) -> None:
    chosen, opened = workspace.recipe(), workspace.table()
    if chosen is None or opened is None or opened.fingerprint != result.table.fingerprint:
        return
    if chosen.scale:
        trained = result.prepared.recipe.scale
        st.caption(
            ":material/check: Your columns are scaled."
            if trained
            else ":material/check: Scaling is on now. Press Train above: the model shown is of columns as they were."
        )
        return
    if st.button(
        "Scale features",
        icon=":material/aspect_ratio:",
        key="lab.scale",
        help="Switches on Scale number columns in your choices, as on the Features page. Then train again.",
    ):
        # Not in a callback: after it this would no longer be drawn, and the page above would not hear of it.
        workspace.scale_features()
        st.rerun()
