"""A training run: what it will learn, start and stop, and how it goes on."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from logreg_core.charts import TEST_ROWS, TRAINING_ROWS
from logreg_core.errors import LogregError
from pages.shared import empty, training_choices, training_refinements, workspace
from pages.shared.jobs import FAST, WATCH, TrainJob
from pages.shared.wording import count, loss, named, plain, show_error

if TYPE_CHECKING:
    from logreg_core.features import Prepared
    from pages.shared.jobs import TrainedResult

_TICK_SECONDS = 0.5
_AT_ONCE = 0.2
"""Seconds that a click on Train waits for a run that is to be watched: one that blows up is over by then."""
_CHART_HEIGHT = 320
GROWN = 1.01
"""Times the first log loss from which on a cost that grows is told while it does."""


def ready_rows() -> Prepared | None:
    """The prepared rows to train on; where there are none yet, says what is missing. RecipeError passes through."""
    if workspace.table() is None:
        empty.no_table()
        return None
    if workspace.recipe() is None:
        empty.no_target()
        return None
    if workspace.is_large() and not workspace.is_prepared():
        empty.not_prepared()
        return None
    with st.spinner("Preparing training and test rows …"):
        return workspace.prepared()


def controls(prepared: Prepared, *, running: bool) -> None:
    """What will be learned, how, and the buttons to start and stop."""
    st.markdown(
        f"Predict **{named(prepared.target, prepared.positive)}** from "
        f"{count(len(prepared.feature_names), 'column')}, learning on {count(prepared.y_train.size, 'training row')}; "
        f"{count(prepared.y_test.size, 'test row')} are kept aside."
    )
    training_choices.choose(prepared)
    buttons(running=running)
    problem = workspace.train_error()
    if problem is not None and not running:
        show_error(problem)
        if workspace.result() is not None:
            st.caption("Nothing was trained. Below is the model from before.")


def buttons(*, running: bool, can_start: bool = True) -> None:
    """Start and stop; stop is there whenever something runs.

    Start is not disabled by its own click, which would take the focus from it; during a run it says that there is one.
    """
    fresh = workspace.result() is not None and not workspace.stale_because()
    with st.container(horizontal=True):
        st.button(
            "Train again" if fresh else "Train",
            type="secondary" if fresh else "primary",
            icon=":material/play_arrow:",
            key="train.start",
            disabled=not can_start,
            on_click=_start,
        )
        st.button("Stop", icon=":material/stop:", key="train.stop", disabled=not running, on_click=_stop)


def say_nothing_is_trained() -> None:
    """What will happen at the first click, unless there is an error to read."""
    job, chosen = workspace.job(), workspace.training()
    if chosen is None or (job is not None and job.error is not None and workspace.is_present(job)):
        return
    if chosen.method == "exact":
        what = "Solving exactly goes straight to the weights with the lowest cost."
    elif chosen.start == "random":
        what = "Training starts with random weights and lowers the cost step by step."
    else:
        what = "Training starts with all weights at zero and lowers the cost step by step."
    st.info(f"Nothing is trained yet. {what}", icon=":material/model_training:")


def is_running() -> bool:
    """Whether a run is under way, which is said: for the callback of a button that would start another."""
    job = workspace.job()
    if job is None or job.done:
        return False
    st.toast("Training is running already. **Stop** ends it.", icon=":material/hourglass_top:")
    return True


def _start() -> None:
    table = workspace.table()
    if table is None or is_running():
        return
    settings = training_choices.settings()
    try:
        prepared = workspace.prepared()
        if prepared is not None:
            begin(started := TrainJob(table, prepared, settings, training_choices.pace()))
            if training_choices.pace() == WATCH:
                started.wait(_AT_ONCE)
        workspace.set_train_error(None, settings)
    except LogregError as error:
        workspace.set_train_error(error, settings)


def descend_from(result: TrainedResult, start: tuple[float, ...]) -> None:
    """Start a descent from these weights, otherwise as chosen; for a callback. The controls follow."""
    workspace.set_given_start(result.prepared.fingerprint, start)
    workspace.set_controls({"train.method": training_choices.DESCENT, "train.from": training_refinements.GIVEN})
    _start()


def finish_button(result: TrainedResult, label: str) -> None:
    """Offer to solve exactly what a descent was on the way to."""
    st.button(
        label,
        icon=":material/flag:",
        key="train.finish",
        on_click=_finish,
        args=(result,),
        help="Solves the same task exactly: the same rows and columns, the same holding back, the same classes.",
    )


def _finish(result: TrainedResult) -> None:
    job = workspace.job()
    if job is None or job.done:
        settings = training_choices.to_finish(result.model.settings)
        begin(TrainJob(result.table, result.prepared, settings, FAST))


def begin(started: TrainJob) -> None:
    """Make a run just started the session's own: it is shown, and it ends with the session."""
    workspace.set_job(started)
    _stop_with_session(started.identity, started.stop_event)


@st.cache_resource(scope="session", max_entries=1, show_spinner=False, on_release=lambda event: event.set())
def _stop_with_session(identity: str, _stop: threading.Event) -> threading.Event:
    """Have a run stopped as soon as its session is closed: the session's cache lets go of its stop event then."""
    return _stop


def _stop() -> None:
    job = workspace.job()
    if job is not None:
        job.stop()


def follow(job: TrainJob, *, running: bool, chart: bool = True) -> None:
    """Show a run while it goes on; once it has ended, only what went wrong, if anything."""
    if running:
        st.fragment(_live, run_every=_TICK_SECONDS)(job, chart)
    elif job.error is not None and workspace.is_present(job):
        show_error(job.error)


def _live(job: TrainJob, chart: bool) -> None:
    if job.done:
        st.rerun()
    _say_if_elsewhere(job)
    live = job.live()
    epochs = job.settings.max_iter
    measure = "log loss" if job.settings.firth else job.settings.cost_name
    step = "step" if job.settings.method == "exact" else "epoch"
    if job.stopping:
        text = "Stopping …"
    elif live.epoch == 0 and live.waiting:
        text = "Waiting: two other trainings are running on this computer. Yours starts by itself."
    else:
        text = f"Step {live.epoch:,}" if job.settings.method == "exact" else f"Epoch {live.epoch:,} of {epochs:,}"
        # With Firth's correction the cost has no meaning by itself; the log loss has.
        latest = live.costs[-1][1] if job.settings.firth and live.costs else live.latest_cost
        text += f", {measure} {loss(latest)}" if live.costs else ""
    if job.settings.method == "exact":
        st.markdown(f":material/hourglass_top: {text}")  # how many steps it takes is not known beforehand
    else:
        st.progress(min(1.0, live.epoch / epochs), text=text)
    if live.costs and live.costs[-1][1] > GROWN * live.costs[0][1]:
        st.caption(
            ":material/trending_up: The cost is above where it began. If it goes on so, choose a smaller learning rate."
        )
    if not chart:
        return
    if len(live.costs) < 2:  # one point makes no line
        st.skeleton(height=_CHART_HEIGHT)
        return
    st.line_chart(
        pd.DataFrame(live.costs, columns=[step, "training rows", "test rows"]),
        x=step,
        y=["training rows", "test rows"],
        y_label="log loss, both classes alike" if job.settings.balanced else "log loss",
        color=[TRAINING_ROWS, TEST_ROWS],
        height=_CHART_HEIGHT,
        alt=f"Log loss of training and test rows over the {step}s so far. {text}.",
    )


def _say_if_elsewhere(job: TrainJob) -> None:
    """Name what is being trained on when it is not what the page shows above."""
    opened, chosen = workspace.table(), workspace.recipe()
    if opened is None or chosen is None or chosen.fingerprint(opened.fingerprint) != job.trains_on:
        st.caption(
            f"This run is from before your latest choices: {named(job.target, job.positive)} "
            f"in **{plain(job.table_name)}**."
        )
