"""A case on the curve of probability, one unit and one standard deviation further on."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from logreg_core.charts.layout import SHARES, figure
from logreg_core.charts.palette import LINE, POSITIVE
from logreg_core.lessons.odds import Standing


def odds_curve(curve: pd.DataFrame, moved: dict[float, Standing], labels: dict[float, str]) -> go.Figure:
    """Probability over units more, with the cases of ``moved`` (units: where they stand) as labelled points."""
    chart = figure(height=360, x_title="units more of the column", y_title="probability", fixed=True)
    chart.add_trace(
        go.Scatter(
            x=curve["units more"],
            y=curve["probability"],
            mode="lines",
            line={"color": LINE, "width": 3},
            showlegend=False,
            hovertemplate="%{x:.1f} units more<br>probability %{y:.1%}<extra></extra>",
        )
    )
    for (units, at), symbol in zip(moved.items(), ("circle-open", "diamond", "square"), strict=False):
        chart.add_trace(
            go.Scatter(
                x=[units],
                y=[at.probability],
                mode="markers",
                name=f"{labels[units]}: {100 * at.probability:.1f} %",
                marker={"size": 14, "symbol": symbol, "color": POSITIVE, "line": {"width": 2, "color": POSITIVE}},
                hovertemplate=f"{labels[units]}<br>probability %{{y:.1%}}<extra></extra>",
            )
        )
    chart.update_yaxes(range=[-0.03, 1.03], **SHARES)
    chart.update_xaxes(range=[float(curve["units more"].iloc[0]), float(curve["units more"].iloc[-1])])
    return chart


def odds_curve_alt(moved: dict[float, Standing], labels: dict[float, str]) -> str:
    """What ``odds_curve`` shows, in a sentence."""
    said = ", ".join(f"{labels[units]} {100 * at.probability:.1f} %" for units, at in moved.items())
    return f"Probability as the column grows: {said}."
