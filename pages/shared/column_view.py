"""One column of the open table seen closely, by class once there is a target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.charts import column_alt, column_histogram, column_levels
from logreg_core.data import counts_table, detail, infinite_values
from logreg_core.features import class_column, class_groups
from pages.shared import workspace
from pages.shared.figures import show_figure
from pages.shared.wording import count, named, plain

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from logreg_core.data import ColumnDetail, ColumnProfile, Table
    from logreg_core.features import Recipe

_NAMED = 5


@st.fragment
def show(table: Table, profiles: tuple[ColumnProfile, ...]) -> None:
    """A column to choose, its picture and its numbers; a fragment, so that another column redraws nothing else."""
    workspace.seed_for("column seen closely", table.fingerprint, lambda: {"data.column": _first_telling(profiles)})
    columns = [str(name) for name in table.frame.columns]
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        workspace.keep_among("data.column", columns)
        name = str(st.selectbox("Look closer at", columns, key="data.column", persist_state="session"))
    recipe = workspace.recipe()
    by_class = recipe is not None and recipe.target != name
    if by_class:
        with right:
            by_class = st.toggle(
                "Tell the classes apart",
                value=True,
                key="data.by_class",
                persist_state="session",
                help="Each class by itself, so that you see where they differ.",
            )
    target, positive = (recipe.target, recipe.positive) if recipe is not None and by_class else ("", "")
    groups = _groups(table, recipe) if recipe is not None and by_class else None
    steps = repr(recipe.steps) if recipe is not None and by_class else ""
    seen = workspace.remember(
        "detail", (table.fingerprint, name, target, positive, steps), lambda: detail(table.frame[name], groups)
    )
    _draw(seen, target, positive)


def _first_telling(profiles: tuple[ColumnProfile, ...]) -> str:
    """The first column that does not merely name the rows."""
    return next((column.name for column in profiles if not column.is_identifier), profiles[0].name)


def _groups(table: Table, recipe: Recipe) -> npt.NDArray[np.int8]:
    """1 for rows of the positive class, 0 for the others, -1 for rows without one."""
    key = (table.fingerprint, recipe.target, recipe.positive, repr(recipe.steps))
    return workspace.remember("groups", key, lambda: class_groups(class_column(table.frame, recipe), recipe.positive))


def _draw(seen: ColumnDetail, target: str, positive: str) -> None:
    if seen.kind == "empty":
        but = f" but {infinite_values(seen.infinite)}" if seen.infinite else ""
        st.caption(f"This column has no values{but}.")
        return
    picture, facts = st.columns([2, 1])
    about = {"target": target, "positive": positive}
    with picture:
        draw = column_levels if seen.kind == "level" else column_histogram
        names = ("rows of the others", f"rows of {positive}") if positive else ("rows",)
        show_figure(
            draw(seen, **about),
            key="data.column_chart",
            alt=column_alt(seen, **about),
            numbers=counts_table(seen, names),
        )
    with facts:
        st.table(
            {
                "": [fact for fact, _ in seen.facts] + ["missing"],
                plain(seen.name, longest=24): [value for _, value in seen.facts] + [f"{seen.missing:,}"],
            },
            hide_index=True,
            border="horizontal",
            alt=f"Quantiles and counts of the column, {count(seen.missing, 'value')} missing.",
        )
    said = []
    if seen.not_drawn:
        farthest = ", ".join(f"{value} (row {row:,})" for row, value in seen.outliers[:_NAMED])
        more = " …" if seen.not_drawn > _NAMED else "."
        verb = "is" if seen.not_drawn == 1 else "are"
        said.append(f"{count(seen.not_drawn, 'value')} far from the rest {verb} not drawn: {farthest}{more}")
    if seen.other_levels:
        said.append(f"{count(seen.other_levels, 'further level')} not drawn.")
    if positive and seen.kind == "level":
        said.append(f"At the end of each bar: the share of {named(target, positive)}.")
    if said:
        st.caption(" ".join(said))
