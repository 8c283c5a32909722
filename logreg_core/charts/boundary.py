"""Where the model changes its mind over two columns: a map of the probability, crossed by the boundary."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from logreg_core.charts.layout import SHARES, figure
from logreg_core.charts.palette import CLEAR, LINE, PALE, PROBABILITY_SCALE
from logreg_core.charts.scatter import add_points, numbers, points_title, rows_drawn
from logreg_core.charts.text import as_text, class_label, class_text, shorten
from logreg_core.evaluation.points import Points
from logreg_core.evaluation.slices import Plane, logit
from logreg_core.training.log_loss import sigmoid

GUESSING = "Faded: few real rows, guessing"


def boundary_map(
    plane: Plane,
    points: Points,
    *,
    threshold: float,
    positive: str,
    negative: str,
    target: str = "",
    supported: NDArray[np.bool_] | None = None,
) -> go.Figure:
    """Probability over two columns, the boundary where it equals ``threshold``, and rows as points.

    The boundary is a contour of the linear predictor, which a straight boundary follows exactly. At a threshold of 0
    or 1, and when it lies outside the picture, there is none. Where ``supported``, of shape (n2, n1) over equal steps
    of the same axes, is False, the picture is pale.
    """
    across, up = as_text(plane.x_column), as_text(plane.y_column)
    chart = figure(height=460, x_title=across, y_title=up)
    probability = sigmoid(plane.z).round(3).astype(np.float32)
    colours = {"x": plane.x, "y": plane.y, "zmin": 0, "zmax": 1, "colorscale": PROBABILITY_SCALE}
    hover = (
        f"{across} %{{x:.4~g}}<br>{up} %{{y:.4~g}}<br>"
        f"chance of {class_label(target, positive, 20)} %{{z:.1%}}<extra></extra>"
    )
    scale = {"colorbar": _colourbar(target, positive)}
    if supported is None or supported.all():
        chart.add_trace(go.Heatmap(z=probability, zsmooth="fast", hovertemplate=hover, **scale, **colours))
    else:
        chart.add_trace(
            go.Heatmap(z=probability, zsmooth="fast", opacity=PALE, showscale=False, hovertemplate=hover, **colours)
        )
        vouched = np.where(_at_each(plane, supported), probability, np.float32(np.nan))
        chart.add_trace(go.Heatmap(z=vouched, hoverinfo="skip", **scale, **colours))
        _explain_pale(chart)
    if crosses(plane.z, threshold):
        chart.add_trace(_contour(plane, threshold))
    add_points(
        chart,
        numbers(points.frame[plane.x_column]),
        numbers(points.frame[plane.y_column]),
        points.y,
        names=(class_text(target, negative), class_text(target, positive)),
        axes=(plane.x_column, plane.y_column),
    )
    chart.update_layout(legend_title=points_title(points))
    chart.update_xaxes(range=[plane.x[0], plane.x[-1]], showgrid=False)
    chart.update_yaxes(range=[plane.y[0], plane.y[-1]], showgrid=False)
    return chart


def boundary_map_alt(plane: Plane, points: Points, *, threshold: float, positive: str, target: str = "") -> str:
    """What ``boundary_map`` shows, in a sentence."""
    share = float(np.mean(plane.z >= logit(threshold)))
    where = "the boundary crosses it" if crosses(plane.z, threshold) else "no boundary crosses it"
    return (
        f"Chance of {class_text(target, positive)} over {shorten(plane.x_column)} (across) and "
        f"{shorten(plane.y_column)} (up), with {points.shown:,} {rows_drawn(points)}: "
        f"{100 * share:.0f} % of the area is predicted {shorten(positive)}, {where}."
    )


def _at_each(plane: Plane, supported: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The cell of ``supported`` that is nearest to each point of the plane's grid."""
    nearest = [nearest_cells(cells, points) for cells, points in zip(supported.shape, plane.z.shape, strict=True)]
    at_each: NDArray[np.bool_] = supported[np.ix_(*nearest)]
    return at_each


def nearest_cells(cells: int, points: int) -> NDArray[np.intp]:
    """For each of ``points`` places in equal steps along an axis, which of ``cells`` in equal steps is nearest."""
    return np.linspace(0, cells - 1, points).round().astype(np.intp)


def _explain_pale(chart: go.Figure) -> None:
    """An entry in the legend, which a heatmap has not."""
    marker = {"symbol": "square", "size": 14, "color": CLEAR, "line": {"width": 1, "color": LINE}}
    chart.add_trace(go.Scatter(x=[None], y=[None], mode="markers", name=GUESSING, legendrank=5, marker=marker))


def crosses(z: NDArray[np.float64], threshold: float) -> bool:
    """Whether both sides of the threshold are among the grid values; never at 0 or 1, where logit is infinite."""
    above = z >= logit(threshold)
    return 0 < threshold < 1 and bool(above.any()) and not bool(above.all())


def boundary_name(threshold: float) -> str:
    """How the boundary is called in a legend, with its probability."""
    return f"Boundary ({100 * threshold:.3g} %)"


def _contour(plane: Plane, threshold: float) -> go.Contour:
    # Shifted and scaled so that the cut is at 0 and single precision, half the size to send, does not move it.
    height = plane.z - logit(threshold)
    return go.Contour(
        x=plane.x,
        y=plane.y,
        z=(height / np.nanmax(np.abs(height))).astype(np.float32),
        contours={"type": "constraint", "operation": "=", "value": 0},
        line={"color": LINE, "width": 3},
        name=boundary_name(threshold),
        legendrank=4,
        showlegend=True,
        hoverinfo="skip",
    )


def _colourbar(target: str, positive: str) -> dict[str, Any]:
    return {
        "title": {"text": f"chance of {class_label(target, positive)}", "side": "right"},
        "thickness": 10,
        "len": 0.8,
        "xpad": 4,
        "outlinewidth": 0,
        **SHARES,
    }
