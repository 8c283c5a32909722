"""A cost over weight and bias as a map with lines of equal height, and the path of a descent on it."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from logreg_core.charts import cost_look
from logreg_core.charts.layout import figure
from logreg_core.charts.palette import LINE, faded
from logreg_core.lessons.squared_error import CostMap, Path


def cost_map(heights: CostMap, path: Path, *, name: str, logarithmic: bool) -> go.Figure:
    """Map of a cost called ``name``: the lowest point, a start, the way from it, and the end."""
    chart = figure(height=360, x_title="weight", y_title="bias", fixed=True)
    z = np.log(heights.cost) if logarithmic else heights.cost
    ticks = np.linspace(float(z.min()), float(z.max()), 5)
    chart.add_trace(
        go.Contour(
            x=heights.weights,
            y=heights.biases,
            z=z.astype(np.float32),
            customdata=heights.cost.astype(np.float32),
            ncontours=22,
            contours={"coloring": "heatmap"},  # filled bands lie on each other and would add up
            colorscale=cost_look.SCALE,
            colorbar={
                "title": {"text": name, "side": "right"},
                "tickvals": ticks,
                "ticktext": [f"{np.exp(tick) if logarithmic else tick:.2f}" for tick in ticks],
                "thickness": 10,
                "len": 0.85,
                "xpad": 4,
                "outlinewidth": 0,
            },
            line={"width": 0.7, "color": faded(LINE, 0.7)},
            hovertemplate=f"weight %{{x:.2f}}<br>bias %{{y:.2f}}<br>{name} %{{customdata:.3f}}<extra></extra>",
        )
    )
    chart.add_traces(cost_look.way(path.parameters[:, 0], path.parameters[:, 1], "way down", hoverinfo="skip"))
    for place, label, symbol, size in (
        (heights.lowest, "lowest point", cost_look.LOWEST, 17),
        (path.parameters[0], "start", cost_look.START, 11),
        (path.parameters[-1], "end", cost_look.END, 12),
    ):
        hover = "weight %{x:.3f}<br>bias %{y:.3f}<extra>" + label + "</extra>"
        chart.add_trace(cost_look.mark(float(place[0]), float(place[1]), label, symbol, size, hovertemplate=hover))
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
