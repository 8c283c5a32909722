"""What is in the open table: its size, its first rows, and one line for each column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from logreg_core.data import profile, whole_days
from pages.shared import column_view, frame, separation_view, workspace
from pages.shared.figures import offer_csv
from pages.shared.tables import height_of, without_time
from pages.shared.wording import count, plain

if TYPE_CHECKING:
    from logreg_core.data import ColumnProfile, Table

_PREVIEW_COLUMNS = 100
_LAZY_FROM = 200
_WITH_ENDS = ("number", "date")


def show_open(table: Table) -> None:
    """Which table is open, in one line, with the way on."""
    rows, columns = table.frame.shape
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":material/table_chart: **{plain(table.name)}** is open: "
            f"{count(rows, 'row')}, {count(columns, 'column')}.",
            width="stretch",
        )
        with st.popover("Close"):
            st.caption("The table is forgotten, with its repairs and what was trained on it.")
            st.button("Close this table", key="data.close", on_click=workspace.close_table)
        if st.button("Choose features", type="primary", icon=":material/arrow_forward:", key="data.next"):
            st.switch_page(frame.FEATURES)


def show(table: Table) -> None:
    """Where ``table`` comes from, how it was read, one line for each column, and its rows."""
    st.subheader(plain(table.name), anchor=False)
    rows, columns = table.frame.shape
    profiles = workspace.remember("profile", table.fingerprint, lambda: profile(table.frame))
    missing = sum(column.missing for column in profiles)
    st.markdown(
        f"{count(rows, 'row')}, {count(columns, 'column')}, {count(missing, 'missing value')}. "
        f"{plain(table.about, longest=None)}"
    )
    _show_facts(table)
    st.markdown("**Columns**")
    _show_columns(profiles)
    column_view.show(table, profiles)
    separation_view.show()
    st.markdown("**Rows**")
    _show_rows(table)


def _show_facts(table: Table) -> None:
    facts = [(what, found) for what, found in table.report.facts if what not in {"Rows", "Columns"}]
    if facts:
        st.caption(" · ".join(f"{plain(what)}: {plain(found)}" for what, found in facts))


def _show_columns(profiles: tuple[ColumnProfile, ...]) -> None:
    lines = pd.DataFrame(
        {
            "Column": [column.name for column in profiles],
            "Looks like": [column.looks_like for column in profiles],
            "Kind": [column.kind for column in profiles],
            "Missing": [column.missing for column in profiles],
            "Different": [column.distinct for column in profiles],
            "Distribution": [list(column.histogram) for column in profiles],
            "Range": [
                f"{column.lowest} to {column.highest}" if column.kind in _WITH_ENDS else "" for column in profiles
            ],
        }
    )
    st.dataframe(
        lines,
        lazy=len(lines) > _LAZY_FROM,
        hide_index=True,
        height=height_of(len(lines), most=13),
        column_config={
            "Column": st.column_config.TextColumn(pinned=True, width=130),
            "Kind": st.column_config.TextColumn(width="small"),
            "Missing": st.column_config.NumberColumn(format="localized", width="small"),
            "Different": st.column_config.NumberColumn(
                format="localized", width="small", help="How many different values"
            ),
            "Distribution": st.column_config.BarChartColumn(
                width=95,
                help="Numbers and dates: how many rows from low to high. Categories: rows of the ten most frequent.",
                y_min=0,
            ),
            "Looks like": st.column_config.TextColumn(
                width=225,
                help=(
                    "Far from the rest are numbers more than three times the width of the middle half away from it: "
                    "mistakes, or rare cases, worth a look."
                ),
            ),
            "Range": st.column_config.TextColumn(width=150, help="Lowest and highest number, first and last day"),
        },
        key="data.columns",
        alt=(
            f"One line for each of the {len(profiles)} columns: kind, missing "
            "values, different values and distribution."
        ),
    )


def _show_rows(table: Table) -> None:
    rows, columns = table.frame.shape
    shown = table.frame.iloc[:, :_PREVIEW_COLUMNS].set_axis(pd.RangeIndex(1, rows + 1), axis="index")
    days = workspace.remember("days", table.fingerprint, lambda: whole_days(shown))
    st.dataframe(
        shown,
        column_config=without_time(shown, days),
        lazy=rows > _LAZY_FROM,
        height=height_of(rows, most=9),
        placeholder="",
        key="data.preview_rows",
        alt=f"Rows of the table, {rows:,} in all.",
    )
    offer_csv(table.frame, "table.csv", key="data.download")
    if columns > _PREVIEW_COLUMNS:
        st.caption(f"The first {_PREVIEW_COLUMNS} of {columns:,} columns are shown here; all are used.")
