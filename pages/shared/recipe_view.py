"""The repairs that were chosen, in order: each can be changed, moved and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.features import edit
from pages.shared import repairs, step_editor, workspace
from pages.shared.wording import plain

if TYPE_CHECKING:
    from logreg_core.features import Recipe


def show() -> None:
    """The list of repairs; nothing where there are none."""
    recipe = workspace.recipe()
    if recipe is None:
        return
    repaired = len(recipe.steps) + len(recipe.as_categories) + _is_split_by_repair(recipe)
    if not repaired:
        return
    st.subheader("Repairs", anchor=False)
    st.caption(
        "Done in this order. What they learn, they learn from the training rows; test rows are treated the same."
    )
    with st.container(border=True, key="features.repairs", gap="small"):
        _show_steps(recipe)
        _show_choices(recipe)
    if repaired > 1:
        st.button("Undo all repairs", key="features.undo_all", type="tertiary", on_click=repairs.undo_all)


def _show_steps(recipe: Recipe) -> None:
    movable = repairs.movable()
    for place, step in enumerate(recipe.steps):
        with _line(f"{place + 1}. {step.sentence}."):
            step_editor.show(place, step)
            if movable[place]:
                st.button(
                    "Later",
                    key=f"features.later.{place}",
                    type="tertiary",
                    help="Do the next repair before this one.",
                    on_click=repairs.swap,
                    args=(place,),
                )
            st.button("Undo", key=f"features.undo.{place}", on_click=repairs.undo, args=(place,))


def _show_choices(recipe: Recipe) -> None:
    """Repairs that are choices further down the page."""
    for place, name in enumerate(recipe.as_categories):
        others = tuple(each for each in recipe.as_categories if each != name)
        with _line(f"Treat '{name}' as a category."):
            st.button(
                "Undo",
                key=f"features.undo_category.{place}",
                on_click=repairs.change_choices,
                kwargs={"as_categories": others},
            )
    if _is_split_by_repair(recipe):
        with _line(
            f"Keep all rows of the same '{recipe.split_column}' on one side."
            if recipe.split == "group"
            else f"Test on the rows where '{recipe.split_column}' is '{recipe.test_value}', and train on the others."
        ):
            st.button(
                "Undo",
                key=f"features.undo_{recipe.split}",
                on_click=repairs.undo_split,
            )


def _is_split_by_repair(recipe: Recipe) -> bool:
    return recipe.split in edit.REPAIRING_SPLITS and bool(recipe.split_column)


def _line(sentence: str) -> st.delta_generator.DeltaGenerator:
    said, buttons = st.columns([2, 1], vertical_alignment="center")
    said.markdown(plain(sentence, longest=500))
    return buttons.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center")
