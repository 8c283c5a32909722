"""What misses and false alarms cost together over the threshold, and where the cheapest threshold may be."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from logreg_core.charts.layout import SHARES, figure
from logreg_core.charts.palette import LINE

MAY_BE_CHEAPEST = "may be the cheapest"


def threshold_costs(table: pd.DataFrame, threshold: float, in_theory: float) -> go.Figure:
    """Price of ``trade.table``, dots where it may be the lowest; the threshold that is chosen, and the formula's."""
    chart = figure(height=330, x_title="threshold", y_title="cost, in false alarms", fixed=True)
    at, cost = table["threshold"], table["price in false alarms"]
    hover = "threshold %{x:.0%}<br>cost %{y:g}<extra></extra>"
    highest = 1.1 * float(cost.max())
    chart.add_trace(
        go.Scatter(x=at, y=cost, mode="lines", name="cost", line={"color": LINE, "width": 2}, hovertemplate=hover)
    )
    low = table[MAY_BE_CHEAPEST]
    dots = {"symbol": "circle", "size": 9, "color": LINE}
    chart.add_trace(
        go.Scatter(x=at[low], y=cost[low], mode="markers", name=MAY_BE_CHEAPEST, marker=dots, hovertemplate=hover)
    )
    for name, x, line in (
        (f"threshold {100 * threshold:.0f} %", threshold, {"color": LINE, "width": 3, "dash": "dash"}),
        (f"the formula's {100 * in_theory:.0f} %", in_theory, {"color": LINE, "width": 2, "dash": "dot"}),
    ):
        chart.add_trace(go.Scatter(x=[x, x], y=[0, highest], mode="lines", name=name, line=line, hoverinfo="skip"))
    chart.update_xaxes(range=[-0.02, 1.02], **SHARES)
    chart.update_yaxes(range=[0, highest])
    return chart


def threshold_costs_alt(table: pd.DataFrame, threshold: float, in_theory: float) -> str:
    """What ``threshold_costs`` shows, in a sentence."""
    at, cost = table["threshold"].to_numpy(), table["price in false alarms"].to_numpy()
    low = at[table[MAY_BE_CHEAPEST].to_numpy()]
    lowest = at[int(np.argmin(cost))]
    here = cost[int(np.argmin(np.abs(at - threshold)))]
    return (
        f"Cost over the threshold: {here:g} at {100 * threshold:.0f} %; lowest, {cost.min():g}, at "
        f"{100 * lowest:.0f} %; by chance the cheapest may be anywhere from {100 * low.min():.0f} to "
        f"{100 * low.max():.0f} %; the formula says {100 * in_theory:.0f} %."
    )
