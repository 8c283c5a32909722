"""The sigmoid over one column, with the rows it was learned from or judged on."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from logreg_core.charts.boundary import GUESSING, boundary_name, nearest_cells
from logreg_core.charts.layout import SHARES, figure
from logreg_core.charts.palette import LINE, PALE
from logreg_core.charts.scatter import add_points, numbers, points_title, rows_drawn
from logreg_core.charts.text import as_text, class_label, class_text, percent, shorten
from logreg_core.evaluation.points import Points
from logreg_core.evaluation.slices import Curve, crossings


def probability_curve(
    curve: Curve,
    points: Points,
    *,
    threshold: float,
    positive: str,
    negative: str,
    target: str = "",
    supported: NDArray[np.bool_] | None = None,
) -> go.Figure:
    """Probability over one column, the threshold, where it is crossed, and rows at 0 and 1 (spread a little).

    Where ``supported``, of shape (k,) over equal steps of the column, is False, the curve is pale.
    """
    across = as_text(curve.column)
    chart = figure(height=420, x_title=across, y_title=f"chance of {class_label(target, positive)}")
    hover = f"{across} %{{x:.4~g}}<br>chance of {class_label(target, positive, 20)} %{{y:.1%}}<extra></extra>"
    model: dict[str, Any] = {
        "x": curve.x,
        "mode": "lines",
        "line": {"color": LINE, "width": 3},
        "legendrank": 4,
        "hovertemplate": hover,
    }
    if supported is None or supported.all():
        chart.add_trace(go.Scatter(y=curve.probability, name="Model", **model))
    else:
        at_each = supported[nearest_cells(len(supported), len(curve.x))]
        vouched = np.where(at_each, curve.probability, np.nan)
        chart.add_trace(go.Scatter(y=curve.probability, name=GUESSING, opacity=PALE, **model))
        chart.add_trace(go.Scatter(y=vouched, name="Model", hoverinfo="skip", **model))
    ends = [curve.x[0], curve.x[-1]]
    chart.add_trace(_threshold_line(ends, threshold))
    add_points(
        chart,
        numbers(points.frame[curve.column]),
        _spread(points.y),
        points.y,
        names=(class_text(target, negative), class_text(target, positive)),
        axes=(curve.column, "spread around"),
    )
    _add_crossings(chart, curve, threshold)
    chart.update_layout(legend_title=points_title(points))
    chart.update_xaxes(range=ends, showgrid=False)
    chart.update_yaxes(range=[-0.1, 1.1], **SHARES)
    return chart


def probability_curve_alt(curve: Curve, points: Points, *, threshold: float, positive: str, target: str = "") -> str:
    """What ``probability_curve`` shows, in a sentence."""
    first, last = curve.probability[0], curve.probability[-1]
    verb = "rises" if last > first else "falls" if last < first else "stays"
    at = crossings(curve, threshold)
    crossed = (
        f"passing {percent(threshold)} at {', '.join(f'{x:.4g}' for x in at[:3])}"
        if at
        else "not passing the threshold"
    )
    return (
        f"The chance of {class_text(target, positive)} {verb} from {percent(first)} to {percent(last)} as "
        f"{shorten(curve.column)} goes from {curve.x[0]:.4g} to {curve.x[-1]:.4g}, {crossed}; "
        f"{points.shown:,} {rows_drawn(points)} are drawn at 0 and 100 %."
    )


def _threshold_line(ends: list[float], threshold: float) -> go.Scatter:
    return go.Scatter(
        x=ends,
        y=[threshold, threshold],
        mode="lines",
        name=f"Threshold {100 * threshold:.3g} %",
        legendrank=5,
        line={"color": LINE, "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
    )


def _add_crossings(chart: go.Figure, curve: Curve, threshold: float) -> None:
    at = crossings(curve, threshold)
    for x in at:
        chart.add_shape(
            type="line", x0=x, x1=x, y0=-0.1, y1=threshold, line={"color": LINE, "width": 1.5, "dash": "dot"}
        )
    if at:
        chart.add_trace(
            go.Scatter(
                x=list(at),
                y=[threshold] * len(at),
                mode="markers+text",
                text=[_spoken(x, curve) for x in at],
                textposition="top right",
                showlegend=False,
                marker={"color": LINE, "size": 11, "symbol": "x"},
                hovertemplate=f"{as_text(curve.column)} %{{x:.4~g}}<extra>{boundary_name(threshold)}</extra>",
            )
        )


def _spoken(x: float, curve: Curve) -> str:
    """A place on the axis to four digits; what is nothing but rounding beside the axis's width is 0."""
    return f"{x if abs(x) > 1e-9 * abs(curve.x[-1] - curve.x[0]) else 0.0:.4g}"


def _spread(y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Heights around 0 and 1 so that rows of the same value are seen side by side; the same rows, the same heights."""
    steps = np.arange(len(y)) * (math.sqrt(5) - 1) / 2
    return (y + 0.1 * (steps % 1 - 0.5)).round(4)
