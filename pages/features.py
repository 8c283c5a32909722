"""Choose features: what to predict, from which columns, prepared and split how; and what results from it."""

from __future__ import annotations

from pages.shared import frame

frame.ensure()

import streamlit as st  # noqa: E402

from logreg_core.errors import RecipeError  # noqa: E402
from pages.shared import choices, empty, prepared_view, workspace  # noqa: E402
from pages.shared.wording import show_error  # noqa: E402

st.title("Choose features", anchor=False)

table = workspace.table()
if table is None:
    empty.no_table()
    st.stop()

recipe = choices.choose(table)
workspace.set_recipe(recipe)
if recipe is None:
    st.info("Choose what to predict: the column that says what happened.", icon=":material/flag:")
    st.stop()

try:
    recipe.validate()
    if workspace.is_large() and not workspace.is_prepared():
        st.info(f"{table.frame.shape[0]:,} rows take some seconds to prepare.", icon=":material/hourglass:")
        if not st.button("Prepare rows", key="features.prepare", type="primary"):
            st.stop()
    with st.spinner("Preparing training and test rows …"):
        prepared = workspace.prepared()
except RecipeError as error:
    show_error(error)
    st.stop()
if prepared is not None:
    prepared_view.show(prepared)
