"""How far each weight is from its best value, in standard errors: what is left of training, weight by weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from logreg_core.charts.layout import figure
from logreg_core.charts.palette import GRID, LINE
from logreg_core.charts.text import as_text, shorten
from logreg_core.training.fitted import BIAS
from logreg_core.training.optimum import NEAR

DRAWN_AT_MOST = 20
SMALLEST = NEAR / 10
"""What is nearer is drawn here: on a logarithmic axis there is no 0."""
ROOM = 1.3
"""Powers of ten beside the largest, for the numbers beside the marks."""

Floats = NDArray[np.float64]


def drift_dots(names: Sequence[str], drift: Floats) -> go.Figure:
    """Distance of each weight from its best value on a logarithmic axis, the 20 largest from the top.

    Parameters
    ----------
    names : sequence of p str
    drift : array of shape (p + 1,)
        Each weight, and the bias last, minus its best value in standard errors; nan is not drawn.

    Notes
    -----
    Up or down says on which side of its best value a weight is. The band at the left is ``NEAR``: as good as there.
    """
    labels = [*names, BIAS]
    drawn = _largest(drift)
    size = np.maximum(np.abs(drift[drawn]), SMALLEST)
    chart = figure(height=min(480, 130 + 26 * len(drawn)), x_title="standard errors away (log scale)", fixed=True)
    chart.add_vrect(x0=SMALLEST / 2, x1=NEAR, fillcolor=GRID, line_width=0, layer="below")
    for sign, symbol, name in ((1, "triangle-right", "Above its best value"), (-1, "triangle-left", "Below it")):
        rank = np.flatnonzero((drift[drawn] >= 0) == (sign == 1))
        if not len(rank):
            continue
        chart.add_trace(
            go.Scatter(
                x=size[rank],
                y=rank,
                mode="markers+text",
                name=name,
                showlegend=True,
                marker={"symbol": symbol, "size": 12, "color": LINE},
                text=[_errors(drift[drawn[k]]) for k in rank],
                textposition="middle right",
                cliponaxis=False,
                customdata=[as_text(labels[drawn[k]]) for k in rank],
                hovertemplate="%{customdata}<br>%{text} standard errors<extra></extra>",
            )
        )
    top = max(1.0, float(size.max(initial=SMALLEST)))
    chart.update_xaxes(
        type="log", range=[np.log10(SMALLEST / 2), np.log10(top) + ROOM], dtick=1, tickformat="~g", minor={"ticks": ""}
    )
    chart.update_yaxes(
        tickvals=list(range(len(drawn))),
        ticktext=[as_text(labels[j], 24, keep_end=True) for j in drawn],
        range=[len(drawn) - 0.5, -0.5],
        showgrid=False,
    )
    return chart


def drift_dots_alt(names: Sequence[str], drift: Floats) -> str:
    """What ``drift_dots`` shows, in a sentence."""
    known = drift[np.isfinite(drift)]
    first = int(_largest(drift)[0])
    return (
        f"{int((np.abs(known) <= NEAR).sum()):,} of {len(known):,} weights are within {NEAR:g} standard errors of "
        f"their best value; furthest is {shorten([*names, BIAS][first])}, {_errors(drift[first])}."
    )


def drift_table(names: Sequence[str], weights: Floats, best: Floats, drift: Floats) -> pd.DataFrame:
    """The numbers of ``drift_dots``, all of them; each array of shape (p + 1,)."""
    return pd.DataFrame(
        {"column": [*names, BIAS], "weight now": weights, "best value": best, "standard errors away": drift}
    )


def _largest(drift: Floats) -> NDArray[np.intp]:
    order = np.argsort(-np.abs(drift), kind="stable")  # nan last
    return order[: min(DRAWN_AT_MOST, int(np.isfinite(drift).sum()))]


def _errors(value: float) -> str:
    if abs(value) < SMALLEST:
        return f"below {SMALLEST:g}"
    return f"{value:+.2g}".replace("-", "−")
