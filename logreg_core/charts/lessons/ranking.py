"""Cases sorted by their probability, and how far down the list one acts."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from logreg_core.charts.layout import SHARES, figure
from logreg_core.charts.palette import LINE, POSITIVE, faded


def ranking_bars(probabilities: NDArray[np.float64], n_acted: int) -> go.Figure:
    """One bar a case, highest first; the first ``n_acted`` strong and hatched, the others pale."""
    chart = figure(height=300, x_title="cases, the most likely first", y_title="probability", fixed=True)
    places = np.arange(1, len(probabilities) + 1)
    for chosen, name, colour, pattern in (
        (places <= n_acted, "acted on", POSITIVE, "/"),
        (places > n_acted, "left alone", faded(LINE, 0.45), ""),
    ):
        chart.add_trace(
            go.Bar(
                x=places[chosen],
                y=probabilities[chosen],
                name=name,
                marker={"color": colour, "pattern": {"shape": pattern, "size": 6, "fillmode": "overlay"}},
                hovertemplate="case %{x}<br>probability %{y:.0%}<extra></extra>",
            )
        )
    chart.update_layout(bargap=0.25, barmode="overlay")
    chart.update_yaxes(range=[0, 1], **SHARES)
    chart.update_xaxes(range=[0.3, len(probabilities) + 0.7])
    return chart


def ranking_bars_alt(probabilities: NDArray[np.float64], n_acted: int) -> str:
    """What ``ranking_bars`` shows, in a sentence."""
    return (
        f"{len(probabilities)} cases by falling probability; acting on the first {n_acted} reaches "
        f"{float(np.sum(probabilities[:n_acted])):.1f} events on average, of "
        f"{float(np.sum(probabilities)):.1f} expected among all."
    )
