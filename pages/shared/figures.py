"""How a figure of the core is put on a page: its sentence for screen readers, few tools, and its numbers on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

# Each button of the tool bar is a stop for the Tab key; what is left is what helps.
_TOOLS = {
    "modeBarButtonsToRemove": ["zoomIn2d", "zoomOut2d", "lasso2d", "select2d", "autoScale2d"],
    "displaylogo": False,
}
_NO_TOOLS = {"displayModeBar": False}


def show_figure(
    figure: go.Figure,
    *,
    key: str,
    alt: str,
    tools: bool = True,
    height: int | None = None,
    numbers: pd.DataFrame | None = None,
) -> None:
    """Draw ``figure``; with ``numbers``, what it is drawn from can be opened as a table under it."""
    st.plotly_chart(
        figure,
        key=key,
        alt=alt,
        config=_TOOLS if tools else _NO_TOOLS,
        height=height if height is not None else "content",
    )
    if numbers is not None:
        with st.expander("The numbers of this chart"):
            st.dataframe(numbers, hide_index=True, key=f"{key}.numbers", alt=f"The numbers behind this chart: {alt}")
