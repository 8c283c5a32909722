"""The loss of one row over its weight, and the slope at the present weight as a tangent."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from logreg_core.charts.layout import figure
from logreg_core.charts.palette import LINE, NEGATIVE, NEGATIVE_SYMBOL, POSITIVE, POSITIVE_SYMBOL, TRAINING_ROWS
from logreg_core.lessons.chain_rule import Chain


def loss_slope(curve: pd.DataFrame, found: Chain) -> go.Figure:
    """The curve, the row on it, and the tangent whose slope is the gradient for the weight."""
    weight, loss, slope = float(found.row.parameters[0]), found.row.loss, found.slope_of_weight
    chart = figure(height=360, x_title="weight", y_title="loss of this row", fixed=True)
    chart.add_trace(
        go.Scatter(
            x=curve["weight"],
            y=curve["loss"],
            mode="lines",
            name="loss",
            line={"color": LINE, "width": 3},
            hovertemplate="weight %{x:.2f}<br>loss %{y:.3f}<extra></extra>",
        )
    )
    reach = np.array([-1.2, 1.2])
    chart.add_trace(
        go.Scatter(
            x=weight + reach,
            y=loss + slope * reach,
            mode="lines",
            name=f"slope {slope:+.3f}",
            line={"color": TRAINING_ROWS, "width": 3, "dash": "dash"},
            hoverinfo="skip",
        )
    )
    chart.add_trace(
        go.Scatter(
            x=[weight],
            y=[loss],
            mode="markers",
            name="this row",
            marker={
                "size": 14,
                "color": (NEGATIVE, POSITIVE)[found.row.y],
                "symbol": (NEGATIVE_SYMBOL, POSITIVE_SYMBOL)[found.row.y],
                "line": {"color": LINE, "width": 1},
            },
            hovertemplate="weight %{x:.2f}<br>loss %{y:.3f}<extra></extra>",
        )
    )
    chart.update_xaxes(range=[float(curve["weight"].iloc[0]), float(curve["weight"].iloc[-1])])
    chart.update_yaxes(range=[-0.3, max(3.0, loss + 0.8)])
    return chart


def loss_slope_alt(found: Chain) -> str:
    """What ``loss_slope`` shows, in a sentence."""
    slope = found.slope_of_weight
    verb = "rises with" if slope > 0 else "falls with" if slope < 0 else "does not depend on"
    return (
        f"Loss of the row over its weight; at weight {found.row.parameters[0]:g} it is {found.row.loss:.3f} and {verb} "
        f"the weight, slope {slope:+.3f}."
    )
