"""Choose features: what to predict, what to mend, from which columns, prepared and split how; and what results."""

from __future__ import annotations

from pages.shared import frame

frame.ensure()

import streamlit as st  # noqa: E402

from pages.shared import choices, doctor_view, empty, prepared_view, recipe_view, workspace  # noqa: E402

st.title("Choose features", anchor=False)

if workspace.table() is None:
    empty.no_table()
    st.stop()

target = choices.choose_target()
if target is None:
    workspace.set_recipe(None)
    if workspace.present_targets().candidates:
        st.info("Choose what to predict: the column that says what happened.", icon=":material/flag:")
    else:
        st.page_link(frame.DATA, label="Take another table", icon=":material/arrow_back:")
    st.stop()

examined, repaired = st.container(), st.container()
recipe = choices.choose_the_rest(target)
workspace.set_recipe(recipe)
with repaired:  # after the controls: they are repairs, too
    recipe_view.show()
prepared = prepared_view.prepare(recipe)
with examined:
    doctor_view.show()
if prepared is not None:
    prepared_view.show(prepared)
