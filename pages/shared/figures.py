"""How a figure of the core is put on a page: its sentence for screen readers and its numbers on request."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.data import to_csv_bytes
from pages.shared import workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    import pandas as pd
    import plotly.graph_objects as go

# Plotly's tool bar lies over the legend on a phone, and each of its buttons is a stop for the Tab key. Dragging zooms
# without it, a double click goes back.
_NO_TOOLS = {"displayModeBar": False}
_SLOW_CELLS = 3_000_000


def show_figure(
    figure: go.Figure,
    *,
    key: str,
    alt: str,
    height: int | None = None,
    numbers: pd.DataFrame | None = None,
    on_point: Callable[[Mapping[str, Any]], None] | None = None,
    on_box: Callable[[Mapping[str, Any]], None] | None = None,
) -> None:
    """Draw ``figure``; with ``numbers``, what it is drawn from can be opened as a table under it.

    A click on a point calls ``on_point`` with what plotly knows of it: x, y, point_index, customdata, ... In a figure
    without ``on_point``, a box drawn by dragging calls ``on_box``: xref, yref, x, y.
    """
    chosen = on_point or on_box
    if chosen is not None:
        workspace.set_click(key, chosen)
    st.plotly_chart(
        figure,
        key=key,
        alt=alt,
        config=_NO_TOOLS,
        height="content" if height is None else height,
        on_select="ignore" if chosen is None else partial(_take, key, "points" if on_point is not None else "box"),
        selection_mode="box" if on_point is None and on_box is not None else "points",
    )
    if numbers is not None:
        show_numbers(numbers, key=key, alt=alt)


def show_numbers(numbers: pd.DataFrame, *, key: str, alt: str) -> None:
    """What the figure of this key is drawn from, as a table to open."""
    with st.expander("The numbers of this chart"):
        st.dataframe(numbers, hide_index=True, key=f"{key}.numbers", alt=f"The numbers behind this chart: {alt}")
        offer_csv(numbers, "numbers.csv", key=f"{key}.csv")


def offer_csv(frame: pd.DataFrame, name: str, *, key: str) -> None:
    """A download of ``frame`` in which no cell is a formula; it is written when it is asked for.

    Meanwhile the button turns, which is all that Streamlit can show then; where that takes long it is said before.
    """
    st.download_button(
        "Download as CSV",
        data=partial(to_csv_bytes, frame),
        file_name=name,
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=key,
        help=(
            "Where a spreadsheet would take a text for a formula, because of = + - or @ at its beginning or after a "
            "separator or line end in it, an apostrophe stands before that sign."
        ),
    )
    if frame.size > _SLOW_CELLS:
        st.caption("A table of this size takes some seconds to write: the button turns until the file is ready.")


def _take(key: str, kind: str) -> None:
    """Hand on the first point or box of a selection; there is none after a double click, which clears it.

    What to do with it is looked up and not bound: Streamlit keeps the callback of every figure that was ever drawn, and
    with it all that the callback holds.
    """
    chosen: Any = workspace.widget(key)
    found = chosen["selection"][kind] if chosen else []
    do = workspace.click(key)
    if found and do is not None:
        do(found[0])


def on_a_phone() -> bool:
    """Whether the browser says that it runs on a phone; how wide its window is, no server knows."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")
