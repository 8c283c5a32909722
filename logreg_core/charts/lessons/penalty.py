"""The two penalty curves of log loss, and one row on the curve of what happened."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from logreg_core.charts.layout import SHARES, figure
from logreg_core.charts.palette import LINE, NEGATIVE, NEGATIVE_SYMBOL, POSITIVE, POSITIVE_SYMBOL
from logreg_core.charts.text import as_text, shorten


def penalty_chart(
    curves: pd.DataFrame, probability: float, penalty: float, *, happened: bool, names: tuple[str, str]
) -> go.Figure:
    """Loss over the probability for ``names`` = (if it did not happen, if it happened), and the row as a point."""
    chart = figure(height=380, x_title="probability that the model gave", y_title="penalty (log loss)", fixed=True)
    highest = max(5.0, penalty + 0.5) if np.isfinite(penalty) else 8.0
    for column, name, colour, dash, place in (
        ("if it happened", names[1], POSITIVE, "solid", 1),
        ("if not", names[0], NEGATIVE, "dash", 0),
    ):
        chart.add_trace(
            go.Scatter(
                x=curves["probability"],
                y=curves[column],
                mode="lines",
                name=as_text(name, 34),
                line={"color": colour, "width": 3 if place == happened else 2, "dash": dash},
                hovertemplate="probability %{x:.1%}<br>penalty %{y:.3f}<extra></extra>",
            )
        )
    chart.add_trace(
        go.Scatter(
            x=[probability],
            y=[min(penalty, highest)],
            mode="markers+text",
            name="this row",
            showlegend=False,
            text=[f"{penalty:.2f}" if penalty < 100 else f"{penalty:.0f}"],
            textposition="top right" if happened else "top left",
            textfont={"size": 16},
            marker={
                "size": 15,
                "color": POSITIVE if happened else NEGATIVE,
                "symbol": POSITIVE_SYMBOL if happened else NEGATIVE_SYMBOL,
                "line": {"color": LINE, "width": 2},
            },
            cliponaxis=False,
            hovertemplate="this row<br>probability %{x:.1%}<extra></extra>",
        )
    )
    chart.update_xaxes(range=[-0.02, 1.02], **SHARES)
    chart.update_yaxes(range=[-0.1, highest])
    return chart


def penalty_chart_alt(probability: float, penalty: float, *, happened: bool, event: str) -> str:
    """What ``penalty_chart`` shows, in a sentence."""
    what = "and it was so" if happened else "and it was not so"
    return (
        f"Two penalty curves, one falling and one rising; a row given {100 * probability:.3g} % for "
        f"{shorten(event)}, {what}, pays {penalty:.3g}."
    )
