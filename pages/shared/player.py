"""Step by step: the buttons that take training on and back, epoch by epoch.

A step is training itself: the descent that *Train* would make, gone on with by so many epochs. The model on the page is
the one of the epoch where it stands; back, and on again, nothing is computed twice but what a page shows of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.errors import LogregError
from pages.shared import training_choices, training_run, workspace
from pages.shared.jobs import FAST, TrainJob

if TYPE_CHECKING:
    from logreg_core.features import Prepared
    from logreg_core.training import TrainSettings
    from pages.shared.jobs import TrainedResult

    Target = Callable[[TrainedResult | None, TrainSettings], int | None]

SOON = 1.5
"""Seconds that a click waits for its epochs, so that they are seen at once; longer ones go on in the background."""
HEADING = "Watch it learn"
_ASKED = "train.epoch_asked"
_FIELD = "train.epoch_field"
STEPS = {1: "1 step", 10: "10 steps", 100: "100 steps"}


def offers_steps() -> bool:
    """Whether training goes step by step, as a descent does."""
    return training_choices.settings().method == "descent"


def buttons(prepared: Prepared, *, running: bool) -> None:
    """Back, some steps on, to the end, reset; and the epoch to go to, as a number.

    Before the first step they stand where they stand after it: nobody clicks on something that moves away.
    """
    settings = training_choices.settings()
    st.subheader(HEADING, anchor=False)
    present = _present(prepared, settings)
    walk = present.walk if present is not None else None
    epoch = present.model.n_iter if present is not None else 0
    ahead = walk is None or epoch < walk.epoch or walk.goes_on(settings.max_iter)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            "Back",
            icon=":material/skip_previous:",
            key="train.back",
            disabled=running or epoch == 0,
            on_click=_step,
            args=(-1,),
            help="One epoch back. What was learned stays known: going on again costs nothing.",
        )
        for by, label in STEPS.items():
            st.button(
                label, key=f"train.step_{by}", disabled=running or not ahead, on_click=_step, args=(by,), help=_HELP[by]
            )
        st.button(
            "To the end",
            icon=":material/skip_next:",
            key="train.to_end",
            disabled=running or not ahead,
            on_click=_to_end,
            help="From here to the last epoch, at the pace chosen above; Stop pauses it.",
        )
        st.button(
            "Reset",
            icon=":material/restart_alt:",
            key="train.reset",
            disabled=running or present is None,
            on_click=_reset,
            help="Back to the same start, before the first epoch; the way is forgotten.",
        )
        furthest = walk.epoch if walk is not None else 0
        _choose_epoch(epoch, furthest, disabled=running or not furthest)
    _say_which_there_are(epoch, furthest)
    st.caption(_where(present, settings) + (_REPLAY if furthest else ""))


def _choose_epoch(epoch: int, furthest: int, *, disabled: bool) -> None:
    """The epoch to go to, as a number.

    It is another field each time that training has gone on: what the browser still sends of the last one, when the user
    is quick, is no wish to go back there.
    """
    workspace.seed_for("furthest epoch", furthest, lambda: {_FIELD: 1 - int(workspace.widget(_FIELD) == 1)})
    key = f"train.at_epoch.{workspace.widget(_FIELD)}"
    workspace.seed_for("at epoch", (furthest, epoch), lambda: {key: epoch})
    with st.container(key="train.at_epoch", width=150):
        st.number_input(
            "Go to epoch",
            step=1,
            format="%d",
            key=key,
            persist_state="session",
            on_change=_go,
            args=(key,),
            disabled=disabled,
            help=f"Any epoch from 0 to {furthest:,}: picture, model and all numbers of this page go there. "
            "Nothing is trained again.",
        )


def _say_which_there_are(epoch: int, furthest: int) -> None:
    """An epoch was typed that there is not: say so, and which is shown instead."""
    asked = workspace.widget(_ASKED)
    if not isinstance(asked, int) or 0 <= asked <= furthest or epoch != min(max(asked, 0), furthest):
        return
    if asked > furthest:
        said = f"Training has not come to epoch {asked:,} yet. This is the furthest, {furthest:,}."
    else:
        said = f"There is no epoch {asked:,}: training begins at epoch 0, which is shown."
    st.info(said, icon=":material/info:")


_HELP = {
    1: "One epoch of training with the choices above.",
    10: "Ten epochs of training.",
    100: "A hundred epochs of training.",
}


_REPLAY = (
    " Play, Pause and the slider move the picture only. To take the model, and all numbers on this page, to an epoch "
    "you see there, type it into **Go to epoch**."
)


def _where(present: TrainedResult | None, settings: TrainSettings) -> str:
    if present is None or present.walk is None:
        return "Or step by step: one step is one epoch of training."
    epoch, walk = present.model.n_iter, present.walk
    said = f"At epoch {epoch:,} of {settings.max_iter:,}"
    if epoch < walk.epoch:
        return f"{said}; trained up to epoch {walk.epoch:,}. All below is of the model at epoch {epoch:,}."
    return f"{said}." if walk.goes_on(settings.max_iter) else f"{said}: training ends here."


def _present(prepared: Prepared, settings: TrainSettings) -> TrainedResult | None:
    """The latest result, if it is an epoch of the descent that is chosen now."""
    result = workspace.result()
    if result is None or result.walk is None:
        return None
    try:
        settings.validate()
    except LogregError:
        return None
    return result if result.walk.is_of(prepared, settings) else None


def _step(by: int) -> None:
    _move(lambda present, settings: max(0, min((present.model.n_iter if present else 0) + by, settings.max_iter)))


def _to_end() -> None:
    _move(lambda present, settings: None, pace=training_choices.pace())


def _go(key: str) -> None:
    wanted, result, prepared = workspace.widget(key), workspace.result(), workspace.ready_rows()
    if not isinstance(wanted, int) or result is None or result.walk is None or prepared is None:
        return
    if _present(prepared, training_choices.settings()) is None:
        return  # what is on the page is of other choices: going to one of its epochs would begin a new run
    furthest = result.walk.epoch
    there = max(0, min(wanted, furthest))
    _move(lambda present, settings: there)
    workspace.set_controls({key: there, _ASKED: wanted})


def _reset() -> None:
    _move(lambda present, settings: 0, anew=True)


def _move(target: Target, *, anew: bool = False, pace: str = FAST) -> None:
    """Start a run to the epoch that ``target`` names, and wait a little for it."""
    workspace.settle_job()
    workspace.set_controls({_ASKED: None})
    job, table = workspace.job(), workspace.table()
    if table is None or (job is not None and not job.done):
        return
    settings = training_choices.settings()
    try:
        settings.validate()
        prepared = workspace.prepared()
        if prepared is None:
            return
        present = None if anew else _present(prepared, settings)
        started = TrainJob(table, prepared, settings, pace, after=present, epoch=target(present, settings))
        training_run.begin(started)
        if pace == FAST:
            started.wait(SOON)
        workspace.set_train_error(None, settings)
    except LogregError as error:
        workspace.set_train_error(error, settings)
