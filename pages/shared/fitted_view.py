"""What a training run led to: how it ended, the cost curve, the weights in the user's names, the boundary."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.charts import cost_caption, cost_curve, cost_curve_alt, cost_table, weight_bars, weight_bars_alt
from logreg_core.evaluation import base_rate_log_loss
from logreg_core.training import in_words, verdict
from pages.shared import boundary_view, frame, gate, playback_view, player, training_run, weight_table, workspace
from pages.shared.cards import share_card
from pages.shared.figures import show_figure
from pages.shared.wording import duration, loss, named, plain

if TYPE_CHECKING:
    from pages.shared.jobs import TrainedResult


_ICONS = {"finished": ":material/check_circle:", "open": ":material/pending:", "warning": ":material/report:"}


def show(result: TrainedResult, *, under_steps: bool, running: bool) -> None:
    """All that the train page says of a finished run, and the way on; ``under_steps``: right below the step buttons."""
    show_stale(result)
    _show_verdict(result, running=running)
    # Also during a run: what is large stays on the page, or the browser would forget what it is told to show again.
    if result.walk is not None:
        if not under_steps:
            st.subheader(player.HEADING, anchor=False)
        playback_view.show(result)
    _show_numbers(result)
    gate.show(result)
    left, right = st.columns(2)
    with left:
        st.subheader("Cost curve", anchor=False)
        model = result.model
        show_figure(cost_curve(model), key="train.cost", alt=cost_curve_alt(model), numbers=cost_table(model))
        if said := cost_caption(model):
            st.caption(said)
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


def show_headline(result: TrainedResult) -> None:
    """The verdict on the model in one line, with how it was trained: for numbers shown elsewhere."""
    said = verdict(result.model, result.distance)
    if said.kind in ("warning", "error"):
        show = st.error if said.kind == "error" else st.warning
        show("All numbers below are of this model. The Train page says more.", title=said.headline)
    else:
        may_change = " These numbers, and the weights, may still change." if said.kind == "open" else ""
        st.markdown(f"{_ICONS[said.kind]} {plain(said.headline + may_change, longest=None)}")
    _show_how(result)


def _show_verdict(result: TrainedResult, *, running: bool) -> None:
    """How the run ended, how far it is from the end and why where that is known, and how it was trained."""
    said = verdict(result.model, result.distance)
    details = plain(said.details, longest=None)
    if said.kind == "error":
        st.error(details, title=said.headline, icon=":material/trending_up:")
    elif said.kind == "warning":
        st.warning(details or said.headline, title=said.headline if details else None, icon=_ICONS["warning"])
    else:
        st.markdown(f"{_ICONS[said.kind]} {plain(said.headline, longest=None)} {details}")
    _show_how(result)
    if said.can_be_finished and not running:
        training_run.finish_button(result, "Solve exactly" if said.kind == "error" else "Finish training")


def _show_how(result: TrainedResult) -> None:
    model = result.model
    st.caption(plain(in_words(model.settings, model.solver, model.n_iter), longest=None))


def _show_numbers(result: TrainedResult) -> None:
    model, evaluation = result.model, result.evaluation
    exact = model.settings.method == "exact"
    # With Firth's correction the cost itself says nothing; the log loss in it does.
    firth = model.settings.firth
    cost = "Log loss" if firth else model.settings.cost_name.capitalize()
    reached = float(model.train_loss[-1]) if firth else model.final_cost
    what = "Of the training rows"
    if model.settings.balanced:
        what += ", both classes counted alike"
    if model.settings.alpha > 0:
        what += ", with what holds the weights back"
    with st.container(horizontal=True):
        if exact:
            st.metric(
                f"{cost} without a model",
                loss(_cost_without_a_model(result)),
                border=True,
                height="stretch",
                help="Of the training rows, if every row gets the same probability. A model has to be below.",
            )
        else:
            st.metric(
                f"{cost} at the start",
                loss(model.start_cost),
                border=True,
                height="stretch",
                help=f"{what}, before the first step.",
            )
        st.metric(
            f"{cost} reached",
            loss(reached),
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
            help=f"Computed in {duration(model.seconds)}, without the time for watching.",
        )
    if evaluation is not None and st.button(
        "Evaluate",
        type="secondary" if workspace.stale_because() or model.status.name == "DIVERGED" else "primary",
        icon=":material/arrow_forward:",
        key="train.next",
    ):
        st.switch_page(frame.EVALUATE)


def _cost_without_a_model(result: TrainedResult) -> float:
    """Of the training rows: with classes that count alike that of a coin flip."""
    evaluation = result.evaluation
    if result.model.settings.balanced or evaluation is None:
        return math.log(2)
    return base_rate_log_loss(evaluation, evaluation.train)


def _show_weights(result: TrainedResult) -> None:
    model, prepared = result.model, result.prepared
    if why := gate.why_not_to_read(result):
        st.caption(f":material/lock: {plain(why, longest=None)}")
    chart = (model.feature_names, model.coefficients)
    names = {"positive": prepared.positive, "target": prepared.target}
    show_figure(
        weight_bars(*chart, **names, endless=model.endless),
        key="train.weights",
        alt=weight_bars_alt(*chart, **names, endless=model.endless),
    )
    if model.endless:
        st.caption(
            ":material/all_inclusive: Hatched bars have no end: such a weight is as large as training happened to let "
            "it grow, and the others are those beside it at that moment."
        )
    if result.collinear is not None:
        st.caption(f":material/info: {plain(result.collinear.sentence, longest=None)}")
    st.caption(_weights_in_words(result))
    weight_table.show(result)


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
