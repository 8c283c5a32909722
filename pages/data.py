"""Bring a table: upload one, take a sample or generate one; then see what is in it."""

from __future__ import annotations

from pages.shared import frame

frame.ensure()

import streamlit as st  # noqa: E402

from pages.shared import bring, reading_view, table_view, workspace  # noqa: E402

st.title("Bring a table", anchor=False)
st.caption(
    "Each row is a case: a customer, a patient, a message. One column says what "
    "happened; that is what a model learns to predict."
)

opened = st.container()
progress = opened.empty()
upload, sample, made = st.columns(3, border=True)
with upload:
    bring.upload_card(progress)
with sample:
    bring.sample_card()
with made:
    bring.generator_card()

table = workspace.table()
with opened:
    if table is None:
        st.info(
            "No table is open yet. Upload a file, or choose **Use this sample** to start with the tutorial's two "
            "clusters.",
            icon=":material/table_chart:",
        )
    else:
        table_view.show_open(table)
    reading_view.show(table)
if table is not None:
    table_view.show(table)
