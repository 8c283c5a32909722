"""Train: step by step in the open or straight to the end; it can be stopped, and what was learned is drawn."""

from __future__ import annotations

from pages.shared import frame

frame.ensure()

import streamlit as st  # noqa: E402

from logreg_core.errors import RecipeError  # noqa: E402
from pages.shared import empty, fitted_view, laboratory, player, setup_link, training_run, workspace  # noqa: E402
from pages.shared.wording import show_error  # noqa: E402

st.title("Train", anchor=False)

running = workspace.settle_job()
result = workspace.result()
if workspace.table() is None and result is None:
    empty.no_table()
    st.stop()

job = workspace.job()
try:
    ready = training_run.ready_rows()
except RecipeError as error:
    show_error(error)
    st.page_link(frame.FEATURES, label="Change the choices", icon=":material/arrow_back:")
    ready = None
if ready is not None:
    training_run.controls(ready, running=running)
    setup_link.show()
    if player.offers_steps():
        player.buttons(ready, running=running)
elif running:
    training_run.buttons(running=True, can_start=False)
if job is not None:
    training_run.follow(job, running=running)
if result is not None:
    if running:
        st.divider()
        st.caption("The model before this run:")
    fitted_view.show(result, under_steps=ready is not None and player.offers_steps(), running=running)
    if not running:
        laboratory.show(result)
elif not running and ready is not None:
    training_run.say_nothing_is_trained()
