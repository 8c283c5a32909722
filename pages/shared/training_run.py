"""The controls of a training run, and the run as it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from logreg_core.charts import TEST_ROWS, TRAINING_ROWS
from logreg_core.errors import LogregError
from logreg_core.training import LogLoss, TrainSettings
from pages.shared import empty, workspace
from pages.shared.jobs import FAST, WATCH, TrainJob
from pages.shared.wording import count, named, number, show_error

if TYPE_CHECKING:
    from logreg_core.features import Prepared

_TICK_SECONDS = 0.5


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
    """What will be learned, learning rate, epochs and pace, and the buttons to start and stop."""
    st.markdown(
        f"Predict **{named(prepared.target, prepared.positive)}** from "
        f"{count(len(prepared.feature_names), 'column')}, learning on {count(prepared.y_train.size, 'training row')}; "
        f"{count(prepared.y_test.size, 'test row')} are kept aside."
    )
    defaults = TrainSettings()
    rate, epochs, pace = st.columns(3, vertical_alignment="top")
    with rate:
        st.number_input(
            "Learning rate",
            value=defaults.learning_rate,
            format="%g",
            key="train.learning_rate",
            persist_state="session",
            help="How far each step goes. Smaller: slow but steady. Too large: the steps overshoot and the cost grows.",
        )
        safe = workspace.remember(
            "safe rate", prepared.fingerprint, lambda: LogLoss(prepared.X_train, prepared.y_train).safe_learning_rate()
        )
        if safe > 0:
            st.caption(f"Below {number(safe)} every step is sure to lower the cost.")
    with epochs:
        st.number_input(
            "Epochs",
            value=defaults.max_iter,
            step=100,
            key="train.max_iter",
            persist_state="session",
            help="How many steps. In each, every training row is looked at once.",
        )
    with pace:
        st.segmented_control(
            "Pace",
            [WATCH, FAST],
            required=True,
            default=WATCH,
            key="train.pace",
            persist_state="session",
            help="Watch: spread over some seconds, so that you see the cost fall. The result is the same.",
        )
    fresh = workspace.result() is not None and not workspace.stale_because()
    with st.container(horizontal=True):
        st.button(
            "Train again" if fresh else "Train",
            type="secondary" if fresh else "primary",
            icon=":material/play_arrow:",
            key="train.start",
            disabled=running,
            on_click=_start,
        )
        st.button("Stop", icon=":material/stop:", key="train.stop", disabled=not running, on_click=_stop)
    problem = workspace.train_error()
    if problem is not None and not running:
        show_error(problem)


def _start() -> None:
    job, table = workspace.job(), workspace.table()
    if table is None or (job is not None and not job.done):
        return
    settings = TrainSettings(
        learning_rate=workspace.widget("train.learning_rate"),  # type: ignore[arg-type]
        max_iter=workspace.widget("train.max_iter"),  # type: ignore[arg-type]
    )
    try:
        prepared = workspace.prepared()
        if prepared is not None:
            workspace.set_job(TrainJob(table, prepared, settings, str(workspace.widget("train.pace"))))
        workspace.set_train_error(None)
    except LogregError as error:
        workspace.set_train_error(error)


def _stop() -> None:
    job = workspace.job()
    if job is not None:
        job.stop()


def follow(job: TrainJob) -> None:
    """Show a run while it goes on; once it has ended, only what went wrong, if anything."""
    if not job.done:
        st.fragment(_live, run_every=_TICK_SECONDS)(job)
    elif job.error is not None:
        show_error(job.error)


def _live(job: TrainJob) -> None:
    if job.done:
        st.rerun()
    live = job.live()
    epochs = job.settings.max_iter
    text = "Stopping …" if job.stopping else f"Epoch {live.epoch:,} of {epochs:,}"
    if live.costs:
        text += f", log loss {number(live.latest_cost, 4)}"
    st.progress(min(1.0, live.epoch / epochs), text=text)
    st.line_chart(
        pd.DataFrame(live.costs, columns=["epoch", "training rows", "test rows"]),
        x="epoch",
        y=["training rows", "test rows"],
        y_label="log loss",
        color=[TRAINING_ROWS, TEST_ROWS],
        height=320,
        alt=f"Log loss of training and test rows over the epochs so far. {text}.",
    )
