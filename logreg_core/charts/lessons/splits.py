"""The same model judged on other test rows: a histogram of its accuracy."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from logreg_core.charts.layout import figure
from logreg_core.charts.palette import LINE, TEST_ROWS, faded

Array = NDArray[np.float64]


def split_histogram(accuracies: Array, ours: float, likely: tuple[float, float]) -> go.Figure:
    """How many splits gave which accuracy, the one of the tutorial, and its likely range."""
    values, counts = np.unique(accuracies.round(6), return_counts=True)
    chart = figure(height=300, x_title="test rows right", y_title="splits", fixed=True)
    chart.add_trace(
        go.Bar(
            x=values,
            y=counts,
            width=0.004,
            name=f"{len(accuracies)} other splits",
            marker_color=faded(TEST_ROWS, 0.75),
            hovertemplate="%{x:.1%} right in %{y} splits<extra></extra>",
        )
    )
    top = float(counts.max())
    chart.add_trace(
        go.Scatter(
            x=[ours, ours],
            y=[0, 1.1 * top],
            mode="lines",
            name=f"the tutorial's: {100 * ours:.2f} %",
            line={"color": LINE, "width": 3},
            hoverinfo="skip",
        )
    )
    chart.add_trace(
        go.Scatter(
            x=list(likely),
            y=[1.1 * top, 1.1 * top],
            mode="lines+markers",
            name=f"likely {100 * likely[0]:.1f} to {100 * likely[1]:.1f} %",
            line={"color": LINE, "width": 2, "dash": "dash"},
            marker={"symbol": "line-ns-open", "size": 14},
            hoverinfo="skip",
        )
    )
    percents = range(2 * int(50 * values.min()), 102, 2)
    chart.update_xaxes(tickvals=[p / 100 for p in percents], ticktext=[f"{p} %" for p in percents])
    chart.update_yaxes(range=[0, 1.25 * top])
    return chart


def split_histogram_alt(accuracies: Array, ours: float) -> str:
    """What ``split_histogram`` shows, in a sentence."""
    return (
        f"Accuracy of {len(accuracies)} other splits of the same points: from {100 * accuracies.min():.1f} to "
        f"{100 * accuracies.max():.1f} %; the tutorial's split gave {100 * ours:.2f} %."
    )
