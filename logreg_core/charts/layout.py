"""What all figures have in common: no background and no text colour of their own, legend on top, narrow margins.

The page's theme supplies fonts and colours in the browser, which is why no figure sets a template.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from logreg_core.charts.palette import CLEAR, GRID

LEGEND: dict[str, Any] = {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom"}
MARGIN = {"t": 40, "l": 10, "r": 10, "b": 10}
AXIS: dict[str, Any] = {"automargin": True, "gridcolor": GRID, "zeroline": False, "type": "linear"}
# Ticks of an axis from 0 to 1 that is read in percent.
SHARES: dict[str, Any] = {
    "tickvals": [0, 0.25, 0.5, 0.75, 1],
    "ticktext": ["0 %", "25 %", "50 %", "75 %", "100 %"],
}


def figure(*, height: int, x_title: str = "", y_title: str = "", fixed: bool = False) -> go.Figure:
    """An empty figure with the common layout; titles are figure text already (see ``as_text``).

    ``fixed`` switches zooming off, which leaves a finger on a phone free to scroll the page.
    """
    return go.Figure(
        layout={
            "height": height,
            "margin": MARGIN,
            "legend": LEGEND,
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "hovermode": "closest",
            "xaxis": {**AXIS, "title": {"text": x_title}, "fixedrange": fixed},
            "yaxis": {**AXIS, "title": {"text": y_title}, "fixedrange": fixed},
        }
    )
