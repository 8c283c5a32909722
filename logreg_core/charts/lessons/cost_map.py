"""A cost over weight and bias as a map with lines of equal height, and the path of a descent on it."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from logreg_core.charts.layout import figure
from logreg_core.charts.palette import LINE, TEST_ROWS, TRAINING_ROWS, faded
from logreg_core.lessons.squared_error import CostMap, Path

# Low is dark, high is pale; one hue, which stands for no class.
_HEIGHTS = [[0.0, faded(TRAINING_ROWS, 0.75)], [1.0, faded(TRAINING_ROWS, 0.03)]]


def cost_map(heights: CostMap, path: Path, *, name: str, logarithmic: bool) -> go.Figure:
    """Map of a cost called ``name``: the lowest point, a start, the way from it, and the end."""
    chart = figure(height=360, x_title="weight", y_title="bias", fixed=True)
    chart.add_trace(
        go.Contour(
            x=heights.weights,
            y=heights.biases,
            z=(np.log(heights.cost) if logarithmic else heights.cost).astype(np.float32),
            customdata=heights.cost.astype(np.float32),
            ncontours=22,
            contours={"coloring": "heatmap"},  # filled bands lie on each other and would add up
            colorscale=_HEIGHTS,
            showscale=False,
            line={"width": 0.7, "color": faded(LINE, 0.7)},
            hovertemplate=f"weight %{{x:.2f}}<br>bias %{{y:.2f}}<br>{name} %{{customdata:.3f}}<extra></extra>",
        )
    )
    chart.add_trace(
        go.Scatter(
            x=path.parameters[:, 0],
            y=path.parameters[:, 1],
            mode="lines",
            name="way down",
            line={"color": TEST_ROWS, "width": 3},
            hoverinfo="skip",
        )
    )
    for place, label, symbol, size in (
        (heights.lowest, "lowest point", "star", 15),
        (path.parameters[0], "start", "circle-open", 12),
        (path.parameters[-1], "end", "square", 11),
    ):
        chart.add_trace(
            go.Scatter(
                x=[place[0]],
                y=[place[1]],
                mode="markers",
                name=label,
                marker={
                    "symbol": symbol,
                    "size": size,
                    "color": LINE if label == "lowest point" else TEST_ROWS,
                    "line": {"width": 3 if label == "start" else 1, "color": TEST_ROWS if label == "start" else LINE},
                },
                hovertemplate="weight %{x:.3f}<br>bias %{y:.3f}<extra>" + label + "</extra>",
            )
        )
    chart.update_xaxes(range=[heights.weights[0], heights.weights[-1]], showgrid=False)
    chart.update_yaxes(range=[heights.biases[0], heights.biases[-1]], showgrid=False)
    return chart


def cost_map_alt(heights: CostMap, path: Path, *, name: str) -> str:
    """What ``cost_map`` shows, in a sentence."""
    start, end = path.parameters[0], path.parameters[-1]
    return (
        f"Map of the {name} over weight and bias: from weight {start[0]:.3g}, bias {start[1]:.3g} descent comes to "
        f"weight {end[0]:.3g}, bias {end[1]:.3g} with {name} {path.cost[-1]:.3f}; the lowest is "
        f"{heights.lowest_cost:.3f}."
    )
