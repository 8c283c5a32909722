"""The sigmoid itself: from any score to a probability."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from logreg_core.charts import cost_look
from logreg_core.charts.layout import SHARES, figure
from logreg_core.charts.palette import LINE
from logreg_core.training.log_loss import sigmoid


def sigmoid_chart(score: float) -> go.Figure:
    """The curve between scores of -6 and 6, and one score on it."""
    z = np.linspace(-6.0, 6.0, 121)
    chart = figure(height=300, x_title="score", y_title="probability", fixed=True)
    chart.add_trace(
        go.Scatter(
            x=z,
            y=sigmoid(z),
            mode="lines",
            showlegend=False,
            line={"color": LINE, "width": 3},
            hovertemplate="score %{x:.2f}<br>probability %{y:.1%}<extra></extra>",
        )
    )
    p = float(sigmoid(score))
    chart.add_trace(
        go.Scatter(
            x=[-6, score, score],
            y=[p, p, 0],
            mode="lines",
            showlegend=False,
            line={"color": LINE, "width": 1.5, "dash": "dot"},
            hoverinfo="skip",
        )
    )
    hover = "score %{x:.2f}<br>probability %{y:.1%}<extra></extra>"
    chart.add_trace(cost_look.mark(score, p, "your score", cost_look.YOU, 15, showlegend=False, hovertemplate=hover))
    chart.update_xaxes(range=[-6.1, 6.1])
    chart.update_yaxes(range=[-0.03, 1.03], **SHARES)
    return chart


def sigmoid_table(score: float) -> pd.DataFrame:
    """Whole scores and this one, each with its probability."""
    scores = np.unique([*np.arange(-6.0, 7.0), score])
    return pd.DataFrame({"score": scores, "probability": sigmoid(scores)})


def sigmoid_chart_alt(score: float) -> str:
    """What ``sigmoid_chart`` shows, in a sentence."""
    return f"The sigmoid, an S from 0 % to 100 %: a score of {score:g} becomes {100 * float(sigmoid(score)):.1f} %."
