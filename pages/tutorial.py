"""Tutorial: logistic regression from nothing, from top to bottom in twelve minutes, code beside what it does."""

from __future__ import annotations

from pages.shared import frame

frame.ensure()

import streamlit as st  # noqa: E402

from pages.shared import tutorial_end, tutorial_steps  # noqa: E402

st.title("Tutorial: from nothing to 90 %", anchor=False)
st.markdown(
    "A logistic regression without a library, in twelve minutes: points, a curve, a cost, a slope, a thousand steps. "
    "The code on this page is the code that runs, and the numbers beside it are what it returns. Copied into Python "
    "block after block, it runs there as well. You need not read it: each step says in words what it does."
)
for number, (title, show) in enumerate(tutorial_steps.STEPS, start=1):
    st.header(f"{number}. {title}", anchor=False, divider="gray")
    show()
st.header("What it does not tell", anchor=False, divider="gray")
tutorial_end.show()
