"""What a training run led to: how it ended, the cost curve, the weights in the user's names, the boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.charts import cost_curve, cost_curve_alt, cost_table, weight_bars, weight_bars_alt
from pages.shared import boundary_view, frame, workspace
from pages.shared.cards import share_card
from pages.shared.figures import show_figure
from pages.shared.wording import count, named, number, plain

if TYPE_CHECKING:
    from logreg_core.training import FittedModel
    from pages.shared.jobs import TrainedResult


UNFINISHED = {"EPOCH_LIMIT", "JUMPING", "STOPPED", "OUT_OF_TIME"}
_WARNED = {"JUMPING", "SEPARATED", "RANK_DEFICIENT"}


def show(result: TrainedResult) -> None:
    """All that the train page says of a finished run, and the way on."""
    show_stale(result)
    model = result.model
    _show_status(model)
    _show_numbers(result)
    left, right = st.columns(2)
    with left:
        st.subheader("Cost curve", anchor=False)
        show_figure(
            cost_curve(model, measure=model.settings.cost_name),
            key="train.cost",
            alt=cost_curve_alt(model),
            numbers=cost_table(model),
        )
    with right:
        st.subheader("Weights", anchor=False)
        _show_weights(result)
    st.subheader("Boundary", anchor=False)
    boundary_view.show(result)


def show_stale(result: TrainedResult) -> None:
    """Say that a result does not belong to the present choices."""
    because = workspace.stale_because()
    if because:
        st.warning(
            f"Trained on **{plain(result.table.name)}**, predicting {plain(result.prepared.target)}. "
            "Train again to follow the present choices.",
            title=f"This model is from before: {because}",
            icon=":material/history:",
        )


def _show_status(model: FittedModel) -> None:
    """How the run ended, in the status's own words, and why where that is known."""
    name, ended, reason = model.status.name, model.status.value, plain(model.reason, longest=None)
    if name == "DIVERGED":
        st.error(reason, title=ended, icon=":material/trending_up:")
    elif name in _WARNED:
        st.warning(reason or ended, title=ended if reason else None, icon=":material/report:")
    else:
        icon = ":material/check_circle:" if name == "CONVERGED" else ":material/pending:"
        st.markdown(f"{icon} {plain(ended, longest=None)} {reason}")


def _show_numbers(result: TrainedResult) -> None:
    model, evaluation = result.model, result.evaluation
    exact = model.settings.method == "exact"
    cost = model.settings.cost_name.capitalize()
    weighted = model.settings.cost_name == "cost"
    what = "Of the training rows" + (", with class weights and penalty as chosen" if weighted else "")
    with st.container(horizontal=True):
        st.metric(
            f"{cost} at the start",
            number(model.start_cost, 4),
            border=True,
            height="stretch",
            help=f"{what}, before the first step.",
        )
        st.metric(
            f"{cost} reached",
            number(model.final_cost, 4),
            border=True,
            height="stretch",
            help=f"{what}. Lower is better; 0 would be certain and right about every row.",
        )
        if evaluation is not None:
            test = evaluation.test.at(workspace.threshold())
            share_card(
                "Test rows right",
                test,
                "accuracy",
                meaning=f"Accuracy on the {test.total:,} rows kept aside. The Evaluate page says what it is worth.",
            )
        st.metric(
            "Steps" if exact else "Epochs",
            f"{model.n_iter:,}",
            border=True,
            height="stretch",
            help=f"Computed in {number(model.seconds)} seconds, without the time for watching.",
        )
    if evaluation is not None and st.button(
        "Evaluate",
        type="secondary" if workspace.stale_because() or model.status.name == "DIVERGED" else "primary",
        icon=":material/arrow_forward:",
        key="train.next",
    ):
        st.switch_page(frame.EVALUATE)


def _show_weights(result: TrainedResult) -> None:
    model, prepared = result.model, result.prepared
    names = {"positive": prepared.positive, "target": prepared.target}
    show_figure(
        weight_bars(model.feature_names, model.coefficients, **names),
        key="train.weights",
        alt=weight_bars_alt(model.feature_names, model.coefficients, **names),
    )
    st.caption(_weights_in_words(result))
    with st.expander(f"{count(len(model.feature_names), 'weight')} and the bias as a table"):
        st.dataframe(
            model.weights(),
            hide_index=True,
            column_config={
                "feature": st.column_config.TextColumn("Column"),
                "weight": st.column_config.NumberColumn("Weight", format="%.6f"),
            },
            key="train.weight_table",
            alt="The weight of each column the model sees, and the bias.",
        )


def _weights_in_words(result: TrainedResult) -> str:
    prepared = result.prepared
    positive = named(prepared.target, prepared.positive)
    said = f"Bars to the right make {positive} more likely, with all other columns unchanged. "
    if prepared.recipe.degree > 1:
        return said + "Powers of one column act together: read the boundary rather than single weights."
    said += f"A weight is the change of the log-odds of {positive} for one unit more"
    if prepared.recipe.scale and prepared.numbers:
        said += "; number columns are scaled, so a unit is one standard deviation"
    if prepared.categories:
        said += "; for a category, compared with its most frequent value"
    return said + "."
