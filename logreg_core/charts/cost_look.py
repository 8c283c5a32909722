"""What costs look like in every figure: the stronger the colour, the lower; a star and a dashed line for the lowest.

Marks and ways lie on strong and on pale ground, on light and on dark pages: dark ink with a white edge is seen on all.
Their shapes are none of those that stand for classes or for training and test rows.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
from numpy.typing import ArrayLike

from logreg_core.charts.palette import LINE, TRAINING_ROWS, faded

SCALE = [[0.0, faded(TRAINING_ROWS, 0.7)], [1.0, faded(TRAINING_ROWS, 0.02)]]
"""From the lowest cost, strong, to the highest, nearly nothing."""
LOWEST_LINE: dict[str, Any] = {"color": LINE, "width": 1.5, "dash": "dash"}
LOWEST, START, END, YOU = "star", "circle-open", "hexagon", "cross"
"""Symbols: where the cost is lowest, where a descent starts and ends, and what the user chose."""
INK, EDGE = "#1B2733", "#FFFFFF"
DOTS = 40


def way(x: ArrayLike, y: ArrayLike, name: str, **more: Any) -> list[go.Scatter]:
    """The way of a descent: ink on a white edge, with a dot for each step, or for some of very many."""
    edge = go.Scatter(
        x=x, y=y, mode="lines", line={"color": EDGE, "width": 4.5}, showlegend=False, hoverinfo="skip", opacity=0.8
    )
    dots = {"size": 5, "color": INK, "line": {"width": 1, "color": EDGE}, "maxdisplayed": DOTS}
    line = {"color": INK, "width": 2}
    return [edge, go.Scatter(x=x, y=y, mode="lines+markers", name=name, line=line, marker=dots, **more)]


def mark(x: float, y: float, name: str, symbol: str, size: int, **more: Any) -> go.Scatter:
    """One place on a map or a curve, named in the legend."""
    inside = EDGE if symbol.endswith("-open") else INK
    look = {
        "symbol": symbol.removesuffix("-open"),
        "size": size,
        "color": inside,
        "line": {"width": 2, "color": INK if inside == EDGE else EDGE},
    }
    return go.Scatter(x=[x], y=[y], mode="markers", name=name, marker=look, **more)
