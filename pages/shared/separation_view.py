"""How well each column of the open table alone tells the classes apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.features.alone import chance_reaches
from pages.shared import repairs, workspace
from pages.shared.tables import height_of
from pages.shared.wording import named

if TYPE_CHECKING:
    from logreg_core.features import Recipe
    from logreg_core.features.alone import Alone

_LAZY_FROM = 200
_NOTABLE_REACH = 0.51
_DIRECTIONS = {"higher": "higher values", "lower": "lower values", "": "its levels"}


def show() -> None:
    """A line for each column, the one that explains most first; nothing as long as there is no target."""
    recipe = workspace.recipe()
    if recipe is None:
        return
    event = named(recipe.target, recipe.positive)
    st.markdown(f"**What each column alone says about {event}**")
    if not (repairs.is_compared() or st.button("Compare each column with the target", key="data.compare")):
        return
    with st.spinner("Comparing each column with the target …"):
        measured = repairs.columns_alone()
    rows = "training rows" if workspace.ready_rows() is not None else "rows with a class"
    st.caption(
        f"What explains most comes first. Take a row that is {event} and one that is not, and guess by one column "
        f"which is which: 50 of 100 pairs right is chance{_reach(measured)}, 100 is perfect. Measured on the {rows}."
    )
    _show_lines(measured, recipe)


def _reach(measured: tuple[Alone, ...]) -> str:
    """How far the best of as many columns of pure noise would get; empty where that is hardly farther than 50."""
    if not measured:
        return ""
    reached = chance_reaches(measured[0].positive, measured[0].rows - measured[0].positive, len(measured))
    if not reached > _NOTABLE_REACH:
        return ""
    if len(measured) == 1:
        return f" (with so few rows, up to {100 * reached:.0f} may be chance, too)"
    return f" (of {len(measured):,} columns that say nothing, the best one may get up to {100 * reached:.0f} by chance)"


def _likely(low: float, high: float) -> str:
    return "" if low != low else f"{100 * low:.0f} to {100 * high:.0f}"  # noqa: PLR0124 - only nan differs from itself


def _show_lines(measured: tuple[Alone, ...], recipe: Recipe) -> None:
    lines = {
        "Column": [each.column for each in measured],
        "Explains": [100 * each.explained for each in measured],
        "Pairs right": [100 * each.auc for each in measured],
        "Likely": [_likely(*each.likely) for each in measured],
        "By": [_DIRECTIONS[each.direction] for each in measured],
        "Share by value": [[100 * group.rate for group in each.groups] for each in measured],
        "Missing": [each.missing for each in measured],
    }
    st.dataframe(
        lines,
        hide_index=True,
        lazy=len(measured) > _LAZY_FROM,
        height=height_of(len(measured), most=13),
        column_config={
            "Column": st.column_config.TextColumn(pinned=True, width="medium"),
            "Explains": st.column_config.NumberColumn(
                format="%.1f %%",
                width="small",
                help=(
                    "How much of the uncertainty about the class goes away when only this column is known, measured on "
                    "rows it was not learned from. Sees ups and downs too."
                ),
            ),
            "Pairs right": st.column_config.ProgressColumn(
                format="%.1f of 100",
                min_value=50,
                max_value=100,
                help="Area under the ROC curve (AUC) of this column alone, in pairs of 100.",
            ),
            "Likely": st.column_config.TextColumn(
                width="small",
                help=(
                    "95 % interval: on other rows of the same kind the column would mostly get a value in this range; "
                    "a category would by what these rows say about its levels. Where it reaches down to 50, the column "
                    "may say nothing at all. Of many columns the best one owes a part of its place to chance."
                ),
            ),
            "By": st.column_config.TextColumn(
                width="small",
                help="Which values speak for the positive class; of a category, the shares of its levels.",
            ),
            "Share by value": st.column_config.BarChartColumn(
                width="small",
                y_min=0,
                help=(
                    "Share of the positive class from the lowest tenth of the values to the highest; of a category "
                    "its most frequent levels, then those of one row each together. A last bar for missing values, "
                    "where there are any."
                ),
            ),
            "Missing": st.column_config.NumberColumn(format="localized", width="small"),
        },
        key="data.separation",
        alt=_alt(measured, recipe),
    )


def _alt(measured: tuple[Alone, ...], recipe: Recipe) -> str:
    if not measured:
        return "No column to compare."
    best = measured[0]
    return (
        f"How well each of {len(measured)} columns alone tells {recipe.target} = {recipe.positive} from the rest; "
        f"{best.column} explains most, {100 * best.explained:.1f} % of the uncertainty."
    )
