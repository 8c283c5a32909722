"""Where a hundred steps lead, for every learning rate, with the guaranteed rate marked."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from logreg_core.charts import cost_look
from logreg_core.charts.layout import figure
from logreg_core.charts.palette import LINE, TRAINING_ROWS
from logreg_core.lessons.stepping import RateRun


def rate_chart(curve: pd.DataFrame, run: RateRun, safe: float, start_cost: float) -> go.Figure:
    """Cost after a hundred steps over the rate (logarithmic), the cost at the start, the safe rate, and one's own."""
    chart = figure(height=340, x_title="learning rate", y_title="cost after 100 steps", fixed=True)
    rates, costs = curve["learning rate"], curve["cost after 100 steps"]
    chart.add_trace(
        go.Scatter(
            x=rates,
            y=costs,
            mode="lines",
            name="after 100 steps",
            line={"color": TRAINING_ROWS, "width": 2.5},
            hovertemplate="rate %{x:.3g}<br>cost %{y:.3f}<extra></extra>",
        )
    )
    chart.add_trace(
        go.Scatter(
            x=[rates.iloc[0], rates.iloc[-1]],
            y=[start_cost, start_cost],
            mode="lines",
            name="at the start",
            line={"color": LINE, "width": 1.5, "dash": "dot"},
            hoverinfo="skip",
        )
    )
    highest = 3.0
    chart.add_trace(
        go.Scatter(
            x=[safe, safe],
            y=[0, highest],
            mode="lines",
            name=f"guaranteed below {safe:.2f}",
            line={"color": LINE, "width": 2.5},
            hoverinfo="skip",
        )
    )
    yours = (run.rate, min(float(run.cost[-1]), highest))
    hover = "your rate %{x:.3g}<extra></extra>"
    chart.add_trace(cost_look.mark(*yours, "your rate", cost_look.YOU, 14, cliponaxis=False, hovertemplate=hover))
    chart.update_xaxes(type="log", tickvals=[0.01, 0.1, 1, 10, 100], ticktext=["0.01", "0.1", "1", "10", "100"])
    chart.update_yaxes(range=[0, highest])
    return chart


def rate_chart_alt(run: RateRun, safe: float) -> str:
    """What ``rate_chart`` shows, in a sentence."""
    side = "below" if run.rate < safe else "above"
    return (
        f"Cost after 100 steps over the learning rate: it falls towards the guaranteed rate of {safe:.2f}, stays "
        f"low for some way beyond, then rises; your rate {run.rate:g}, {side} the guaranteed one, ends at "
        f"{run.cost[-1]:.3f}."
    )
