"""What the choices lead to, before anything is trained: rows and class shares of each part, the model's columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.errors import RecipeError
from logreg_core.features.findings import Fix
from logreg_core.features.steps import GroupLevels, listed, origins
from logreg_core.features.too_wide import TooWideError
from pages.shared import frame, repairs, workspace
from pages.shared.tables import height_of
from pages.shared.wording import count, named, percent, plain, show_error

if TYPE_CHECKING:
    from logreg_core.features import Prepared, Recipe


def prepare(recipe: Recipe) -> Prepared | None:
    """The rows prepared as the recipe says; None, with the reason on the page, where they cannot be or not yet."""
    try:
        recipe.validate()
        if workspace.is_large() and not workspace.is_prepared():
            rows = workspace.opened_table().frame.shape[0]
            asked = st.empty()
            with asked.container():
                st.info(f"{rows:,} rows take some seconds to prepare.", icon=":material/hourglass:")
                if not st.button("Prepare rows", key="features.prepare", type="primary"):
                    return None
            asked.empty()
        with st.spinner("Preparing training and test rows …"):
            return workspace.prepared()
    except RecipeError as error:
        show_error(error)
        if isinstance(error, TooWideError) and error.keep:
            fix = Fix(f"Keep the {error.keep} most frequent levels", GroupLevels(error.columns, 1, error.keep))
            st.button(
                fix.label,
                key="features.fewer_levels",
                help=f"Of {listed(error.columns)}. All other levels share one weight.",
                on_click=repairs.add,
                args=(fix,),
            )
        return None


def show(prepared: Prepared) -> None:
    """Rows, shares, columns, what was dropped and why, and the way on."""
    # Not right above a table: on a phone the table's own tools would lie over the button.
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("What the model will get", anchor=False, width="stretch")
        if st.button("Train", type="primary", icon=":material/arrow_forward:", key="features.next"):
            st.switch_page(frame.TRAIN)
    in_train, in_test = prepared.y_train.size, prepared.y_test.size
    st.markdown(
        f"Training **{percent(in_train / (in_train + in_test))}** ({count(in_train, 'row')}), "
        f"test **{percent(in_test / (in_train + in_test))}** ({count(in_test, 'row')})."
    )
    positive, negative = prepared.positive, prepared.negative
    parts = {"Training rows": prepared.y_train, "Test rows": prepared.y_test}
    left, right = st.columns(2)
    with left:
        st.table(
            {
                "": [
                    named(prepared.target, positive),
                    named(prepared.target, negative),
                    "All",
                ],
                **{
                    name: [
                        f"{int(y.sum()):,} ({percent(y.mean())})",
                        f"{int(y.size - y.sum()):,} ({percent(1 - y.mean())})",
                        f"{y.size:,}",
                    ]
                    for name, y in parts.items()
                },
            },
            hide_index=True,
            border="horizontal",
            alt=(f"{in_train:,} training rows and {in_test:,} test rows with the share of each class."),
        )
    with right:
        for name, reason in prepared.dropped[:8]:
            st.caption(f":material/block: **{plain(name)}** is left out ({plain(reason, longest=None)}).")
        if len(prepared.dropped) > 8:
            st.caption(f"… and {len(prepared.dropped) - 8} more columns are left out.")
        for note in prepared.notes[:8]:
            st.caption(f":material/edit_note: {plain(note, longest=None)}")
        if len(prepared.notes) > 8:
            with st.expander(f"{count(len(prepared.notes) - 8, 'more remark')} on rows and columns"):
                for note in prepared.notes[8:]:
                    st.caption(plain(note, longest=None))
        if not prepared.dropped and not prepared.notes:
            st.caption("All chosen columns and all rows can be used as they are.")
    made_from = origins(workspace.table_columns(), prepared.recipe.steps)
    st.markdown(f"The model will see **{count(len(prepared.columns), 'column')}**:")
    st.dataframe(
        [
            {
                "Column": column.name,
                "Made from": made_from.get(column.source, column.source),
                "How to read it": column.note,
            }
            for column in prepared.columns
        ],
        hide_index=True,
        height=height_of(len(prepared.columns), most=13),
        column_config={
            "Column": st.column_config.TextColumn(width=200),
            "Made from": st.column_config.TextColumn(width=140),
            "How to read it": st.column_config.TextColumn(width=620),
        },
        key="features.design",
        alt=f"The {len(prepared.columns)} columns the model will see, and which of your columns each is made from.",
    )
