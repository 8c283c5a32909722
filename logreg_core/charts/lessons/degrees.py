"""Training and test rows right, over the degree of the features."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from logreg_core.charts.layout import figure
from logreg_core.charts.palette import LINE, TEST_ROWS, TRAINING_ROWS


def degree_chart(table: pd.DataFrame, degree: int) -> go.Figure:
    """Two lines over the degrees, and the present degree marked."""
    chart = figure(height=300, x_title="degree", y_title="rows right", fixed=True)
    for column, colour, dash, symbol in (
        ("training rows right", TRAINING_ROWS, "solid", "circle"),
        ("test rows right", TEST_ROWS, "dash", "square"),
    ):
        chart.add_trace(
            go.Scatter(
                x=table["degree"],
                y=table[column],
                mode="lines+markers",
                name=column.removesuffix(" right"),
                line={"color": colour, "width": 2.5, "dash": dash},
                marker={"size": 8, "symbol": symbol},
                hovertemplate="degree %{x}<br>%{y:.1%} right<extra></extra>",
            )
        )
    chart.add_vline(x=degree, line={"color": LINE, "width": 1.5, "dash": "dot"})
    chart.update_xaxes(tickvals=list(table["degree"]), range=[0.8, 5.2])
    chart.update_yaxes(range=[0.35, 1.04], tickvals=[0.4, 0.6, 0.8, 1.0], ticktext=["40 %", "60 %", "80 %", "100 %"])
    return chart


def degree_chart_alt(table: pd.DataFrame, degree: int) -> str:
    """What ``degree_chart`` shows, in a sentence."""
    here = table.index[table["degree"] == degree][0]
    train, test = (table.loc[here, f"{part} rows right"] for part in ("training", "test"))
    best = table["degree"].iloc[int(table["test rows right"].to_numpy().argmax())]
    return (
        f"Rows right over the degree: at degree {degree} {100 * train:.1f} % of the training rows and {100 * test:.1f} "
        f"% of the test rows; the test rows do best at degree {best}."
    )
