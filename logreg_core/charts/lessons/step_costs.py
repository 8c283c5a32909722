"""The cost over the steps of a descent, with the lowest cost there is as a line to arrive at."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from logreg_core.charts.cost_look import LOWEST_LINE
from logreg_core.charts.layout import figure
from logreg_core.charts.palette import TRAINING_ROWS

Array = NDArray[np.float64]


def step_costs(
    cost: Array, lowest: float, *, height: int = 300, highest: float | None = None, legend: bool = True
) -> go.Figure:
    """Cost at the start and after each step; ``highest`` gives several charts the same axis."""
    # Several side by side are read with one legend, in words.
    chart = figure(height=height, x_title="step", y_title="cost", fixed=True)
    last = max(len(cost) - 1, 10)
    chart.add_trace(
        go.Scatter(
            x=[0, last],
            y=[lowest, lowest],
            mode="lines",
            name="lowest there is",
            line=LOWEST_LINE,
            hovertemplate=f"lowest {lowest:.4f}<extra></extra>",
        )
    )
    chart.add_trace(
        go.Scatter(
            x=np.arange(len(cost)),
            y=cost,
            mode="lines+markers" if len(cost) <= 60 else "lines",
            name="cost",
            line={"color": TRAINING_ROWS, "width": 2.5},
            marker={"size": 5},
            hovertemplate="step %{x}<br>cost %{y:.4f}<extra></extra>",
        )
    )
    top = highest if highest is not None else max(float(np.max(cost)), 0.75)
    chart.update_yaxes(range=[0, 1.05 * top])
    chart.update_xaxes(range=[-0.03 * last, 1.03 * last])
    chart.update_layout(showlegend=legend)
    return chart


def step_costs_alt(cost: Array, lowest: float) -> str:
    """What ``step_costs`` shows, in a sentence."""
    if len(cost) == 1:
        return f"The cost at the start is {cost[0]:.4f}; the lowest there is is {lowest:.4f}."
    return (
        f"The cost goes from {cost[0]:.4f} to {cost[-1]:.4f} in {len(cost) - 1} steps; the lowest there is is "
        f"{lowest:.4f}."
    )
