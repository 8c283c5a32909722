"""Cases along their probability, one row of points for each class, cut by the threshold into right and wrong."""

from __future__ import annotations

import math

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from logreg_core.charts.layout import SHARES, figure
from logreg_core.charts.palette import LINE
from logreg_core.charts.scatter import add_points
from logreg_core.evaluation import Confusion

Array = NDArray[np.float64]


def case_strip(probability: Array, y: Array, threshold: float, *, names: tuple[str, str]) -> go.Figure:
    """Points at their probability, ``names[0]`` below and ``names[1]`` above, and the threshold as a line."""
    chart = figure(height=330, x_title="probability that the model gives", fixed=True)
    chart.add_vrect(x0=threshold, x1=1.02, fillcolor=LINE, opacity=0.12, line_width=0, layer="below")
    steps = np.arange(len(y)) * (math.sqrt(5) - 1) / 2 % 1
    add_points(chart, probability, y + 0.5 * (steps - 0.5), y, names=names, axes=("probability", "spread around"))
    chart.add_trace(
        go.Scatter(
            x=[threshold, threshold],
            y=[-0.45, 1.45],
            mode="lines",
            name=f"threshold {100 * threshold:.0f} %",
            line={"color": LINE, "width": 3, "dash": "dash"},
            hoverinfo="skip",
        )
    )
    for x, text, anchor in (
        (max(threshold - 0.01, 0.0), "no action", "right"),
        (min(threshold + 0.01, 1.0), "action", "left"),
    ):
        chart.add_annotation(x=x, y=0.5, text=text, showarrow=False, xanchor=anchor)
    chart.update_xaxes(range=[-0.02, 1.02], **SHARES)
    chart.update_yaxes(
        range=[-0.45, 1.45], tickvals=[0, 1], ticktext=[names[0].replace(" ", "<br>"), names[1].replace(" ", "<br>")]
    )
    return chart


def case_strip_alt(threshold: float, found: Confusion, *, names: tuple[str, str]) -> str:
    """What ``case_strip`` shows, in a sentence."""
    return (
        f"{found.total} cases along their probability; at a threshold of {100 * threshold:.0f} % "
        f"{found.false_negative} that are {names[1]} lie below it and are missed, and {found.false_positive} that are "
        f"{names[0]} lie above it and are false alarms."
    )
