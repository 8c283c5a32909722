"""The boundary over three columns as a surface in space."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from logreg_core.charts.boundary import boundary_name, crosses
from logreg_core.charts.layout import AXIS, figure
from logreg_core.charts.palette import CLEAR, LINE, SPACE_GRID
from logreg_core.charts.scatter import marker, numbers, points_title, rows_drawn
from logreg_core.charts.space_view import CORNER, SpaceView, camera
from logreg_core.charts.text import as_space_text, as_text, class_text, shorten
from logreg_core.evaluation.points import Points
from logreg_core.evaluation.slices import Volume, logit


def boundary_volume(
    volume: Volume,
    points: Points,
    *,
    threshold: float,
    positive: str,
    negative: str,
    target: str = "",
    view: SpaceView = CORNER,
    looks: int = 0,
) -> go.Figure:
    """Boundary of three columns as a surface in space, flat when the model is linear in them, and rows as points.

    ``view`` is where it is looked at from. ``looks`` counts how often that was chosen: with another number the view
    holds again after the picture was turned by hand.
    """
    chart = figure(height=460)
    if crosses(volume.z, threshold):
        if volume.affine:
            chart.add_traces([_flat_boundary(volume, threshold), _outline(volume, threshold)])
        else:
            chart.add_trace(_curved_boundary(volume, threshold))
    x, y, z = (numbers(points.frame[column]) for column in volume.columns)
    inside = _inside(volume, (x, y, z))
    for is_positive, name in ((0, class_text(target, negative)), (1, class_text(target, positive))):
        chosen = inside & (points.y == is_positive)
        chart.add_trace(
            go.Scatter3d(
                x=x[chosen],
                y=y[chosen],
                z=z[chosen],
                mode="markers",
                name=as_text(name, 30),
                # A line around a point in space is a pixel wide or more: it would cover what it surrounds.
                marker={**marker(is_positive, len(x)), "size": 3 + is_positive, "line": {"width": 0}, "opacity": 1},
                hovertemplate=(
                    "<br>".join(
                        f"{as_text(column)} %{{{axis}:.4~g}}"
                        for column, axis in zip(volume.columns, "xyz", strict=True)
                    )
                    + f"<extra>{as_text(name, 30)}</extra>"
                ),
            )
        )
    chart.update_layout(
        legend={"title": points_title(points), "itemsizing": "constant"},
        scene={
            "aspectmode": "cube",
            "camera": camera(view),
            "uirevision": looks,
            "bgcolor": CLEAR,
            **{
                f"{axis}axis": _space_axis(column, values)
                for axis, column, values in zip("xyz", volume.columns, volume.axes, strict=True)
            },
        },
    )
    return chart


def boundary_volume_alt(volume: Volume, points: Points, *, threshold: float, positive: str, target: str = "") -> str:
    """What ``boundary_volume`` shows, in a sentence."""
    names = ", ".join(shorten(column) for column in volume.columns)
    share = float(np.mean(volume.z >= logit(threshold)))
    shape = "a flat plane" if volume.affine else "a curved surface"
    where = f"split by {shape}" if crosses(volume.z, threshold) else "with no boundary in it"
    return (
        f"The space of {names} {where}, with {points.shown:,} {rows_drawn(points)}: "
        f"{100 * share:.0f} % of it is predicted {class_text(target, positive)}."
    )


def _flat_boundary(volume: Volume, threshold: float) -> go.Surface:
    """The plane where z equals the cut, solved for the axis along which z changes most; drawn only inside the axes."""
    corner = volume.z[0, 0, 0]
    slopes = np.array([volume.z[-1, 0, 0], volume.z[0, -1, 0], volume.z[0, 0, -1]]) - corner
    solved = int(np.argmax(np.abs(slopes)))
    first, second = (axis for axis in range(3) if axis != solved)
    # The corners lie at 0 and 1 of each axis; two by two of them make the whole plane.
    u, v = np.meshgrid([0.0, 1.0], [0.0, 1.0])
    w = (logit(threshold) - corner - slopes[first] * u - slopes[second] * v) / slopes[solved]
    placed = [np.empty(0)] * 3
    for axis, share in ((first, u), (second, v), (solved, w)):
        low, high = volume.axes[axis][0], volume.axes[axis][-1]
        placed[axis] = low + share * (high - low)
    return go.Surface(
        x=placed[0],
        y=placed[1],
        z=placed[2],
        surfacecolor=np.zeros((2, 2)),
        **_surface_look(threshold),
    )


def _outline(volume: Volume, threshold: float) -> go.Scatter3d:
    """The edge of the plane inside the axes: all that is seen of it from where it is seen edge on."""
    corner = volume.z[0, 0, 0]
    slopes = np.array([volume.z[-1, 0, 0], volume.z[0, -1, 0], volume.z[0, 0, -1]]) - corner
    cut = logit(threshold) - corner
    found = []
    for axis in range(3):
        others = [other for other in range(3) if other != axis]
        for ends in ((0, 0), (0, 1), (1, 0), (1, 1)):
            place = np.zeros(3)
            place[others] = ends
            if abs(slopes[axis]) > 0 and 0 <= (share := (cut - slopes @ place) / slopes[axis]) <= 1:
                place[axis] = share
                found.append(place)
    # Around their middle, seen along the axis that the plane lies across most.
    across = int(np.argmax(np.abs(slopes)))
    flat = np.delete(np.array(found).reshape(-1, 3), across, axis=1)
    angle = np.arctan2(*(flat - flat.mean(axis=0)).T) if found else np.empty(0)
    around = np.array(found).reshape(-1, 3)[[*np.argsort(angle), *np.argsort(angle)[:1]]]
    x, y, z = (low + share * (high - low) for share, (low, high) in zip(around.T, _ends(volume), strict=True))
    return go.Scatter3d(
        x=x, y=y, z=z, mode="lines", line={"color": LINE, "width": 3}, hoverinfo="skip", showlegend=False
    )


def _ends(volume: Volume) -> list[tuple[float, float]]:
    return [(float(values[0]), float(values[-1])) for values in volume.axes]


def _curved_boundary(volume: Volume, threshold: float) -> go.Isosurface:
    a, b, c = (values.ravel() for values in np.meshgrid(*volume.axes, indexing="ij"))
    height = volume.z.ravel() - logit(threshold)
    return go.Isosurface(
        x=a,
        y=b,
        z=c,
        value=(height / np.nanmax(np.abs(height))).astype(np.float32),
        isomin=0,
        isomax=0,
        surface={"count": 1},
        caps={axis: {"show": False} for axis in "xyz"},
        **_surface_look(threshold),
    )


def _surface_look(threshold: float) -> dict[str, Any]:
    return {
        "colorscale": [[0, LINE], [1, LINE]],
        "showscale": False,
        "opacity": 0.55,
        "name": boundary_name(threshold),
        "legendrank": 4,
        "showlegend": True,
        "hoverinfo": "skip",
    }


def _space_axis(column: str, values: NDArray[np.float64]) -> dict[str, Any]:
    kept = {key: value for key, value in AXIS.items() if key != "automargin"}
    return {
        **kept,
        "title": {"text": as_space_text(column, 18)},
        "range": [values[0], values[-1]],
        "gridcolor": SPACE_GRID,
        "linecolor": SPACE_GRID,
        "showline": True,
        "nticks": 5,
        "backgroundcolor": CLEAR,
        "showspikes": False,
    }


def _inside(volume: Volume, places: tuple[NDArray[np.float64], ...]) -> NDArray[np.bool_]:
    """Rows between the ends of all three axes; in space a point beyond an axis would float outside the box."""
    inside = np.ones(len(places[0]), dtype=bool)
    for values, axis in zip(places, volume.axes, strict=True):
        inside &= (values >= axis[0]) & (values <= axis[-1])
    return inside
