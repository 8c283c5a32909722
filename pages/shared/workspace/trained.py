"""Training: how to, the running job, the latest result and what of it still belongs to the present choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.workspace.choices import recipe
from pages.shared.workspace.controls import seed_for
from pages.shared.workspace.opened import table

if TYPE_CHECKING:
    from logreg_core.errors import LogregError
    from logreg_core.training import TrainSettings
    from pages.shared.jobs import TrainedResult, TrainJob
    from pages.shared.race_job import RaceJob

_TRAINING = "workspace.training"
_TRAIN_ERROR = "workspace.train_error"
_JOB = "workspace.job"
_RESULT = "workspace.result"
_GIVEN_START = "workspace.given_start"
_RACE = "workspace.race"
_THRESHOLD = "workspace.threshold"


def training() -> TrainSettings | None:
    """How to train, as last chosen on the train page; not validated."""
    return st.session_state.get(_TRAINING)


def set_training(settings: TrainSettings) -> None:
    """Keep how to train."""
    st.session_state[_TRAINING] = settings


def train_error() -> LogregError | None:
    """Why the latest click on Train could not start a run, as long as the choices are those it was about."""
    error, about = st.session_state.get(_TRAIN_ERROR, (None, None))
    return error if about == training() else None


def set_train_error(error: LogregError | None, about: TrainSettings) -> None:
    """Keep why a run with these settings could not start; None when it did."""
    st.session_state[_TRAIN_ERROR] = (error, about)


def job() -> TrainJob | None:
    """The latest training job, running or ended."""
    return st.session_state.get(_JOB)


def set_job(new: TrainJob) -> None:
    """Keep the job just started."""
    st.session_state[_JOB] = new


def settle_job() -> bool:
    """Take in the result of a job that has ended; True while one is running.

    Asked once in a rerun, before anything is drawn: a job may end at any moment, and a page must not see it running in
    one place and ended in another.
    """
    current = job()
    if current is None:
        return False
    if not current.done:
        return True
    if current.outcome is not None and result() is not current.outcome:
        st.session_state[_RESULT] = current.outcome
        _begin_with_one_half(current.outcome)
    return False


def _begin_with_one_half(trained: TrainedResult) -> None:
    """Another question begins with a threshold of one half: one chosen for the former means nothing for it."""
    question = (trained.table.fingerprint, trained.prepared.target, trained.prepared.positive)
    seed_for("threshold", question, lambda: {_THRESHOLD: 0.5, "evaluate.threshold": 0.5})


def result() -> TrainedResult | None:
    """The latest trained model with all that belongs to it."""
    return st.session_state.get(_RESULT)


def stale_because() -> str:
    """Why the latest result does not belong to what is chosen now; empty when it does."""
    trained, opened, chosen = result(), table(), recipe()
    if trained is None:
        return ""
    if opened is None or trained.table.fingerprint != opened.fingerprint:
        return "another table is open now"
    if chosen is None or chosen.fingerprint(opened.fingerprint) != trained.prepared.fingerprint:
        return "the choices on the Features page have changed since"
    if training() is not None and training() != trained.model.settings:
        return "the choices for training have changed since"
    return ""


def is_present(other: TrainJob) -> bool:
    """True when a job learns, or learned, what is chosen now."""
    opened, chosen = table(), recipe()
    if opened is None or chosen is None or chosen.fingerprint(opened.fingerprint) != other.trains_on:
        return False
    return training() == other.settings


def is_of_present_rows(trained: TrainedResult) -> bool:
    """True when a result was trained on the rows and columns that are chosen now, in whichever way."""
    opened, chosen = table(), recipe()
    if opened is None or chosen is None:
        return False
    return chosen.fingerprint(opened.fingerprint) == trained.prepared.fingerprint


def given_start() -> tuple[float, ...] | None:
    """Weights to start from that were chosen in the laboratory, as long as they are for the present rows."""
    opened, chosen = table(), recipe()
    about, start = st.session_state.get(_GIVEN_START, ("", None))
    if opened is None or chosen is None or about != chosen.fingerprint(opened.fingerprint):
        return None
    return start  # type: ignore[no-any-return]


def set_given_start(trained_on: str, start: tuple[float, ...]) -> None:
    """Keep weights to start from, for the rows of this fingerprint."""
    st.session_state[_GIVEN_START] = (trained_on, start)


def race_job() -> RaceJob | None:
    """The latest race, running or ended."""
    return st.session_state.get(_RACE)


def set_race_job(new: RaceJob | None) -> None:
    """Keep the race just started."""
    st.session_state[_RACE] = new


def threshold() -> float:
    """Probability from which on a row counts as the positive class."""
    return float(st.session_state.get(_THRESHOLD, 0.5))


def seed_threshold() -> None:
    """Give the threshold's slider the present value; must run before it is drawn."""
    st.session_state.setdefault("evaluate.threshold", threshold())


def set_threshold(value: float) -> None:
    """Keep the threshold chosen on the evaluate page."""
    st.session_state[_THRESHOLD] = value
