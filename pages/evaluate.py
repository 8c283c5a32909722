"""Evaluate: how good the model is on rows it never saw, how sure that is, and what another threshold changes."""

from __future__ import annotations

from pages.shared import frame

frame.ensure()

import streamlit as st  # noqa: E402

from pages.shared import empty, evaluation_view, fitted_view, training_run, workspace  # noqa: E402

st.title("Evaluate", anchor=False)

running = workspace.settle_job()
result, job = workspace.result(), workspace.job()
if running and job is not None:
    training_run.follow(job, running=True, chart=False)
if result is None:
    if workspace.table() is None:
        empty.no_table()
    elif not running:
        empty.no_model()
    st.stop()

fitted_view.show_stale(result)
if result.evaluation is None:
    st.error(
        "Train again with a smaller learning rate.", title="This model's weights have grown too large to score rows"
    )
    st.page_link(frame.TRAIN, label="Train", icon=":material/arrow_back:")
    st.stop()

evaluation_view.show(result, result.evaluation)
