"""A race of descents: cost of each lane against epochs, looks at the rows, or seconds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from logreg_core.charts.layout import figure
from logreg_core.charts.palette import LINE
from logreg_core.charts.text import as_text
from logreg_core.evaluation.thinning import thin
from logreg_core.training.race import Lane

DRAWN_AT_MOST = 400
CLIPPED_AT = 2.5
SMALLEST_GAP = 1e-12
# Told apart by dash and mark too; neither colours of classes nor of training and test rows.
LANE_LOOK = (
    (LINE, "solid", "circle"),
    ("#A67C00", "dash", "square"),
    ("#7B68EE", "dot", "triangle-up"),
    ("#D1477F", "dashdot", "x"),
)
UNITS = {"epochs": "epoch", "looks at all rows": "passes", "seconds": "seconds"}
"""What a race can be drawn against, and its field."""


def race_chart(
    lanes: Sequence[Lane], names: Sequence[str], *, against: str = "epochs", lowest: float | None = None
) -> go.Figure:
    """Cost of each lane; with ``lowest``, how far above it on a logarithmic scale.

    Parameters
    ----------
    lanes : sequence of Lane
    names : sequence of str
        Of the lanes.
    against : str
        One of ``UNITS``.
    lowest : float, optional
        The lowest cost there is.
    """
    title = "cost" if lowest is None else "cost above the lowest (logarithmic)"
    chart = figure(height=420, x_title=against, y_title=title)
    for lane, name, (colour, dash, symbol) in zip(lanes, names, LANE_LOOK, strict=False):
        x, cost = _line(lane, against)
        y = cost if lowest is None else np.maximum(cost - lowest, SMALLEST_GAP)
        marks = np.zeros(len(x))
        marks[:: max(1, len(x) // 8)] = 8
        chart.add_trace(
            go.Scatter(
                x=x,
                y=y,
                mode="lines+markers",
                name=as_text(name, 60),
                line={"color": colour, "width": 2.5, "dash": dash},
                marker={"symbol": symbol, "size": marks, "color": colour, "line": {"width": 0}},
                hovertemplate=f"{against} %{{x:.4~g}}<br>%{{y:.6~g}}<extra>{as_text(name, 40)}</extra>",
            )
        )
    if lowest is not None:
        chart.update_yaxes(type="log", exponentformat="power")
    else:
        top = CLIPPED_AT * max(float(lane.cost[0]) for lane in lanes)
        if any(np.nanmax(lane.cost[np.isfinite(lane.cost)], initial=0.0) > top for lane in lanes):
            chart.update_yaxes(range=[0, top])
    chart.update_xaxes(rangemode="tozero")
    return chart


def race_chart_alt(lanes: Sequence[Lane], names: Sequence[str], *, against: str = "epochs") -> str:
    """What ``race_chart`` shows, in a sentence."""
    ends = [lane.cost[-1] if np.isfinite(lane.cost[-1]) else np.inf for lane in lanes]
    best = int(np.argmin(ends))
    return (
        f"Cost of {len(lanes)} descents from the same start against {against}. "
        f"The lowest at the end is {names[best]} with {ends[best]:.6g}."
    )


def race_chart_table(lanes: Sequence[Lane], names: Sequence[str]) -> pd.DataFrame:
    """The numbers of ``race_chart``: epoch, looks at all rows, seconds and cost of each lane."""
    parts = []
    for lane, name in zip(lanes, names, strict=True):
        kept = thin(np.arange(len(lane.cost), dtype=np.float64), np.nan_to_num(lane.cost, posinf=0.0), DRAWN_AT_MOST)
        parts.append(
            pd.DataFrame(
                {
                    "lane": name,
                    "epoch": kept,
                    "looks at all rows": lane.passes[kept],
                    "seconds": lane.seconds[kept],
                    "cost": lane.cost[kept],
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _line(lane: Lane, against: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    unit = UNITS[against]
    x = np.arange(len(lane.cost), dtype=np.float64) if unit == "epoch" else getattr(lane, unit)
    finite = np.isfinite(lane.cost)
    x, cost = x[finite], lane.cost[finite]
    kept = thin(x, cost, DRAWN_AT_MOST)
    return x[kept], cost[kept]
