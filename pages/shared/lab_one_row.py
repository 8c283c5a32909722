"""The learning cycle on one row: six steps with its real numbers at any epoch, forward to the loss and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from logreg_core.charts import (
    one_row_table,
    penalty_point,
    penalty_point_alt,
    penalty_point_table,
    score_waterfall,
    score_waterfall_alt,
    score_waterfall_table,
    sigmoid_point,
    sigmoid_point_alt,
    sigmoid_point_table,
)
from logreg_core.data import spoken
from logreg_core.evaluation import sample_by_class
from logreg_core.training import Moment, course_of, moment, one_row, row_weights, update_in_words
from pages.shared import workspace
from pages.shared.figures import show_figure
from pages.shared.wording import count, loss, named, number, percent, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from logreg_core.training import OneRow
    from pages.shared.jobs import TrainedResult

_ROW, _EPOCH = "lab.row", "lab.row.epoch"
_POINTS = 300
_SHORT = {"This row's share of the gradient": "Its share"}


@st.fragment
def show(result: TrainedResult) -> None:
    """Row and epoch, then the six steps."""
    now = _choose(result)
    at = min(max(int(workspace.widget(_ROW) or 1), 1), len(result.prepared.y_train)) - 1  # type: ignore[call-overload]
    row = _follow(result, now, at)
    _say_which(result, at, now)
    _step_weights(result, row, now)
    _forward(result, row, now)
    _back(result, row, now)


def _choose(result: TrainedResult) -> Moment:
    n, epochs = len(result.prepared.y_train), result.model.n_iter
    descended = result.model.settings.method == "descent"
    workspace.seed_for("lab row", result.prepared.fingerprint, lambda: {_ROW: 1})
    workspace.seed_for("lab row epoch", result.model.fingerprint, lambda: {_EPOCH: epochs})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(f"Training row (1 to {n:,})", 1, n, key=_ROW, persist_state="session", width=170)
        st.button("Previous", icon=":material/chevron_left:", key="lab.row.previous", on_click=_move, args=(n, -1))
        st.button("Next", icon=":material/chevron_right:", key="lab.row.next", on_click=_move, args=(n, 1))
        st.button(
            "A row the model gets wrong",
            icon=":material/error_outline:",
            key="lab.row.wrong",
            on_click=_to_wrong,
            args=(result,),
            help="The next training row on the wrong side of 50 % at the end of the training.",
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if descended:
            st.number_input(f"Epoch (0 to {epochs:,})", 0, epochs, key=_EPOCH, persist_state="session", width=150)
            for label, key, to in (("First epoch", "lab.row.first", 0), ("Last epoch", "lab.row.last", epochs)):
                st.button(label, key=key, on_click=workspace.set_controls, args=({_EPOCH: to},))
    if not descended:
        return workspace.remember("moment", result.model.fingerprint, lambda: _end(result))
    epoch = int(workspace.widget(_EPOCH) or 0)  # type: ignore[call-overload]
    return workspace.remember(
        "moment", (result.model.fingerprint, epoch), lambda: moment(result.model, result.prepared, epoch)
    )


def _end(result: TrainedResult) -> Moment:
    """An exact solution has no way, only its end."""
    parameters = np.array([*result.model.coefficients, result.model.intercept])
    objective = course_of(result.prepared, result.model.settings, most_cells=result.prepared.X_train.size * 2).objective
    return Moment(result.model.n_iter, parameters, objective.value_and_gradient(parameters)[1], None)


def _move(n: int, by: int) -> None:
    at: Any = workspace.widget(_ROW)
    workspace.set_controls({_ROW: (int(at or 1) - 1 + by) % n + 1})


def _to_wrong(result: TrainedResult) -> None:
    at: Any = workspace.widget(_ROW)
    wrong = workspace.remember("wrong rows", result.model.fingerprint, lambda: _wrong_rows(result))
    if len(wrong):
        later = wrong[wrong > int(at or 1) - 1]
        workspace.set_controls({_ROW: int(later[0] if len(later) else wrong[0]) + 1})


def _wrong_rows(result: TrainedResult) -> Any:
    scores = result.model.scores(result.prepared.X_train)
    return np.flatnonzero((scores >= 0) != (result.prepared.y_train == 1))


def _follow(result: TrainedResult, now: Moment, at: int) -> OneRow:
    prepared = result.prepared
    weights = row_weights(prepared.y_train, prepared.y_train, balanced=result.model.settings.balanced)
    return one_row(
        prepared.X_train[at],
        float(prepared.y_train[at]),
        now.parameters,
        now.gradient,
        now.parameters if now.updated is None else now.updated,
        float(len(prepared.y_train)) if weights is None else float(weights.sum()),
        weight=1.0 if weights is None else float(weights[at]),
    )


def _say_which(result: TrainedResult, at: int, now: Moment) -> None:
    prepared = result.prepared
    values = result.frame.iloc[int(prepared.rows_train[at])]
    is_what = named(prepared.target, prepared.positive if prepared.y_train[at] == 1 else prepared.negative)
    shown = [f"{plain(name, longest=24)}: {plain(spoken(values[name]), longest=24)}" for name in prepared.features[:8]]
    more = f" and {len(prepared.features) - 8:,} more" if len(prepared.features) > 8 else ""
    st.markdown(
        f"Row **{int(prepared.rows_train[at]) + 1:,}** of the table, which is **{is_what}**: {', '.join(shown)}{more}."
    )
    wanted = workspace.widget(_EPOCH)
    if result.model.settings.method == "descent" and wanted != now.epoch:
        st.caption(f"Of this long run only some epochs can be shown again: this is epoch {now.epoch:,}.")


def _step_weights(result: TrainedResult, row: OneRow, now: Moment) -> None:
    settings = result.model.settings
    if settings.method != "descent":
        when = "Solved exactly, these are the weights at the lowest cost"
    elif now.epoch == 0:
        how = {"zero": "All begin at 0", "random": "They are drawn at random"}
        when = how.get(str(settings.start), "They are the ones given")
    else:
        when = f"After {count(now.epoch, 'update')} they are what training made of them"
    st.markdown(f"**1 · The weights as they are.** {when}. The table below has them all.")


def _forward(result: TrainedResult, row: OneRow, now: Moment) -> None:
    prepared = result.prepared
    names, classes = result.model.feature_names, {"positive": prepared.positive, "target": prepared.target}
    both = {**classes, "negative": prepared.negative}
    positive = named(prepared.target, prepared.positive)
    st.markdown(":material/arrow_downward: **Forward: from the columns to the loss**")
    left, middle, right = st.columns([1.35, 1, 1])
    with left:
        st.markdown(f"**2 · The score**, z \\= **{number(row.score)}**")
        show_figure(
            score_waterfall(row, names, **classes),
            key="lab.row.score",
            alt=score_waterfall_alt(row, names),
            numbers=score_waterfall_table(row, names),
        )
        st.caption("Each weight times its value, one after the other, and the bias: z = w₁x₁ + w₂x₂ + … + b.")
    with middle:
        st.markdown(f"**3 · The probability**, **{percent(row.probability, 2)}**")
        rows, scores, y = _others(result, now)
        show_figure(
            sigmoid_point(row, scores, y, **both),
            key="lab.row.sigmoid",
            alt=sigmoid_point_alt(row, **classes),
            numbers=sigmoid_point_table(row, **classes),
            on_point=lambda point: _take(point, rows),
        )
        st.caption(
            f"The sigmoid, 1 / (1 + e⁻ᶻ), makes a chance of {positive} of the score. Click another row to follow it."
        )
    with right:
        st.markdown(f"**4 · The loss**, **{loss(row.loss)}**")
        show_figure(
            penalty_point(row, **both),
            key="lab.row.loss",
            alt=penalty_point_alt(row, **both),
            numbers=penalty_point_table(row, **both),
        )
        is_what = positive if row.y else named(prepared.target, prepared.negative)
        st.caption(
            f"The row is {is_what}: the loss is −log of the chance that the model gave that. Being sure and wrong "
            "costs most."
        )


def _others(result: TrainedResult, now: Moment) -> tuple[Any, Any, Any]:
    prepared = result.prepared
    rows = workspace.remember("lab rows", prepared.fingerprint, lambda: sample_by_class(prepared.y_train, _POINTS))
    scores = prepared.X_train[rows] @ now.parameters[:-1] + now.parameters[-1]
    return rows, scores, prepared.y_train[rows]


def _take(point: Mapping[str, Any], rows: Any) -> None:
    place = point.get("customdata")
    place = place[0] if isinstance(place, list) else place
    if isinstance(place, int | float):
        workspace.set_controls({_ROW: int(rows[int(place)]) + 1})


def _back(result: TrainedResult, row: OneRow, now: Moment) -> None:
    settings = result.model.settings
    n = len(result.prepared.y_train)
    st.markdown(":material/arrow_upward: **Back: from the loss to the weights**")
    st.markdown(
        f"**5 · Its share of the gradient.** The error is probability − truth \\= {number(row.probability)} − "
        f"{row.y} \\= **{number(row.error)}**; times each value, over {count(n, 'row')}, it is what this row asks of "
        "each weight."
    )
    table = one_row_table(row, result.model.feature_names)
    shares = ["Column", "This row's share of the gradient", "Value", "Weight × value"]
    _show_table(
        table, shares, key="lab.row.shares", alt="For each column what this row asks of its weight, and its term."
    )
    update = update_in_words(settings, result.model.status, known=now.updated is not None)
    st.markdown(f"**6 · The update.** {plain(update, longest=None)}")
    updated = ["Update", "New weight"] if now.updated is not None else []
    _show_table(
        table,
        ["Column", "Weight", *updated, "Gradient of all rows"],
        key="lab.row.table",
        alt="For each column its weight, the update and what it makes of it, and the gradient of all rows.",
    )
    said = "Values are as the model sees them"
    if result.prepared.recipe.scale and result.prepared.numbers:
        said += ": number columns scaled, so 0 is the mean and 1 one standard deviation above it"
    if settings.balanced:
        said += "; this row weighs more or less than 1, so that both classes count alike"
    if settings.alpha:
        said += "; the gradient of all rows holds the weights back too"
    st.caption(f"{said}.")


def _written(value: Any) -> str:
    return number(float(value), 4)


def _show_table(table: pd.DataFrame, columns: list[str], *, key: str, alt: str) -> None:
    """Some columns of the row's table, few enough for a phone; what the step is about comes first."""
    st.dataframe(
        table[columns].style.format(dict.fromkeys(columns[1:], _written)),
        hide_index=True,
        column_config={name: st.column_config.NumberColumn(_SHORT.get(name, name)) for name in columns[1:]},
        key=key,
        alt=alt,
    )
