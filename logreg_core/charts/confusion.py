"""The confusion matrix, classes by name on both axes."""

from __future__ import annotations

import math

import numpy as np
import plotly.graph_objects as go

from logreg_core.charts.layout import figure
from logreg_core.charts.palette import SHARE_INK, SHARE_SCALE
from logreg_core.charts.text import as_text, percent, shorten
from logreg_core.evaluation.metrics import Confusion


def confusion_matrix(confusion: Confusion, positive: str, negative: str, *, target: str = "") -> go.Figure:
    """Actual against predicted class: the count of rows, and its share of the rows that are actually of that class."""
    counts = np.array(
        [
            [confusion.true_negative, confusion.false_positive],
            [confusion.false_negative, confusion.true_positive],
        ]
    )
    totals = counts.sum(axis=1)
    share = counts / np.maximum(totals, 1)[:, None]
    # On lines of their own: plotly leaves out labels that would touch, as they would on a phone.
    of = f"{as_text(target, 14)}<br>= " if target else ""
    names = [of + as_text(name, 14) for name in (negative, positive)]
    chart = figure(height=360, fixed=True)
    chart.add_trace(
        go.Heatmap(
            z=share,
            x=[0, 1],
            y=[0, 1],
            zmin=0,
            zmax=1,
            colorscale=SHARE_SCALE,
            showscale=False,
            xgap=3,
            ygap=3,
            hoverinfo="skip",
        )
    )
    for row in (0, 1):
        for column in (0, 1):
            of_row = f"{percent(share[row, column])} of row" if totals[row] else "no such rows"
            chart.add_annotation(
                x=column,
                y=row,
                text=f"<b>{counts[row, column]:,}</b><br><span style='font-size:13px'>{of_row}</span>",
                font={"size": 18, "color": SHARE_INK},
                showarrow=False,
            )
    chart.update_xaxes(
        tickvals=[0, 1], ticktext=[f"Predicted<br>{name}" for name in names], side="top", tickangle=0, showgrid=False
    )
    chart.update_yaxes(
        tickvals=[0, 1], ticktext=[f"Actually<br>{name}" for name in names], range=[1.5, -0.5], showgrid=False
    )
    return chart


def confusion_matrix_alt(confusion: Confusion, positive: str, negative: str) -> str:
    """What ``confusion_matrix`` shows, in a sentence."""
    right, total = confusion.counts("accuracy")
    accuracy = "" if math.isnan(confusion.accuracy) else f" ({percent(confusion.accuracy)})"
    yes, no = shorten(positive), shorten(negative)
    return (
        f"{right:,} of {total:,} rows are predicted right{accuracy}: {confusion.true_positive:,} {yes} found and "
        f"{confusion.false_negative:,} missed, {confusion.true_negative:,} {no} recognised and "
        f"{confusion.false_positive:,} wrongly called {yes}."
    )
