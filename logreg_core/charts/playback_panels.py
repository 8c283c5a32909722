"""Where the panels of a playback are: side by side on a wide page, one below the other on a narrow one.

Side by side they are low enough to be seen at once on a screen of 900 pixels, together with the buttons above them.

Panels are named; each has axes of its own, and all over epochs share one, so that zooming into one zooms into all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from logreg_core.charts.layout import AXIS, MARGIN
from logreg_core.charts.logarithmic_axis import logarithmic_axis
from logreg_core.charts.palette import CLEAR, LINE

BOUNDARY, COST, RIGHT, GRADIENT, WEIGHTS, READOUT = "boundary", "cost", "right", "gradient", "weights", "readout"
_AXES = {BOUNDARY: "", COST: "2", RIGHT: "3", GRADIENT: "4", WEIGHTS: "5", READOUT: "6"}
_TOP = 84
_EPOCHS_BELOW = 40
"""Pixels below the lowest panel: the numbers and the title of its axis. The legend comes after them."""
_LEGEND_BESIDE, _LEGEND_STACKED = 64, 140
"""Pixels of a legend, of three lines and of six. A longer one, in a narrow window, scrolls: otherwise plotly would
press the panels together to make room for it, and their texts would run into each other."""
_GAP = 64
"""Pixels above a panel: its title of up to two lines, and the numbers of the axis of the one above."""

_AXIS_TITLE = 16


class Place(NamedTuple):
    """A panel in pixels from the top of the plot area, and across from 0 to 1."""

    top: int
    bottom: int
    left: float = 0.0
    right: float = 1.0


def places(*, stacked: bool, boundary: bool) -> dict[str, Place]:
    """Where each panel is; without a ``boundary`` that panel is missing."""
    if stacked:
        tall = {BOUNDARY: 300, COST: 150, RIGHT: 130, GRADIENT: 120, WEIGHTS: 180}
        made, top = {READOUT: Place(14, 98)}, 98
        for name, height in tall.items():
            if name == BOUNDARY and not boundary:
                continue
            made[name] = Place(top + _GAP, top + _GAP + height)
            top += _GAP + height + (_AXIS_TITLE if name == BOUNDARY else 0)
        return made
    made = {READOUT: Place(4, 60)}
    left, right = 0.43, 0.59  # between them the numbers of the axes on the right, in a window of 390 pixels, too
    first, second, third = Place(94, 218), Place(274, 390), Place(446, 562)
    if boundary:
        made[BOUNDARY] = Place(94, 350, 0.0, left)
        made[WEIGHTS] = Place(426, 562, 0.0, left)
    else:
        made[WEIGHTS] = Place(94, 562, 0.0, left)
    for name, place in zip((COST, RIGHT, GRADIENT), (first, second, third), strict=True):
        made[name] = place._replace(left=right)
    return made


def playback_height(*, stacked: bool, boundary: bool) -> int:
    """Pixels of the whole figure."""
    return _height(places(stacked=stacked, boundary=boundary))


def _legend(at: dict[str, Place]) -> int:
    return _LEGEND_BESIDE if at[COST].left else _LEGEND_STACKED


def _height(at: dict[str, Place]) -> int:
    return max(place.bottom for place in at.values()) + _TOP + _EPOCHS_BELOW + _legend(at)


def axis_of(name: str) -> dict[str, str]:
    """Which axes the traces of a panel belong to."""
    return {"xaxis": f"x{_AXES[name]}", "yaxis": f"y{_AXES[name]}"}


def empty_panels(at: dict[str, Place], titles: dict[str, str], last_epoch: float) -> go.Figure:
    """A figure with these panels, their titles above them, and the epochs from 0 to ``last_epoch`` across."""
    height = max(place.bottom for place in at.values())
    layout: dict[str, Any] = {
        "height": _height(at),
        "margin": {**MARGIN, "t": _TOP, "b": _EPOCHS_BELOW + _legend(at)},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "hovermode": "closest",
        # One below the other they fill a phone: a finger that moves over them scrolls the page.
        "dragmode": "select" if at[COST].left else False,
        # What is inside the box is shown larger, as after a zoom; nothing is chosen by it.
        "newselection": {"line": {"color": LINE, "width": 1}},
        "showlegend": True,
        "legend": {
            "orientation": "h",
            "x": at[WEIGHTS].left,
            "xanchor": "left",
            "y": 1 - (at[WEIGHTS].bottom + _EPOCHS_BELOW) / height,
            "yanchor": "top",
            "maxheight": _legend(at),
            "font": {"size": 12},
        },
        "annotations": [_title(text, at[name], height) for name, text in titles.items() if name in at],
    }
    lowest = {GRADIENT, WEIGHTS} if at[COST].left else {WEIGHTS}
    room = 0.02 * max(1.0, last_epoch)
    for name, place in at.items():
        number = _AXES[name]
        x: dict[str, Any] = {**AXIS, "domain": [place.left, place.right], "anchor": f"y{number}"}
        y: dict[str, Any] = {**AXIS, "domain": [1 - place.bottom / height, 1 - place.top / height]}
        y["anchor"] = f"x{number}"
        if name == READOUT:
            x |= {"visible": False, "range": [0, 1], "fixedrange": True}
            y |= {"visible": False, "range": [0, 1], "fixedrange": True}
        elif name != BOUNDARY:
            x |= {"range": [-room, last_epoch + room], "tickformat": ",d", "nticks": 4, "tickangle": 0}
            if last_epoch < 6:
                x["dtick"] = 1  # there is no half of an epoch
            y |= {"nticks": 5}
            if name in lowest:
                x["title"] = {"text": "epoch", "standoff": 4}
            if name != COST:
                x["matches"] = f"x{_AXES[COST]}"
        layout[f"xaxis{number}"], layout[f"yaxis{number}"] = x, y
    return go.Figure(layout=layout)


def zoom_of_box(box: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """The ends of axes when the picture shows what is inside a box drawn in a panel; empty where that means nothing.

    ``box`` is what plotly says of one: ``xref`` and ``yref`` name its axes, ``x`` and ``y`` hold its ends. Panels over
    epochs share theirs.
    """
    across, up = str(box.get("xref", "")), str(box.get("yref", ""))
    if up not in {f"y{_AXES[name]}" for name in _AXES if name != READOUT}:
        return {}
    ends = {axis: tuple(sorted(float(value) for value in box[axis[0]][:2])) for axis in (across, up)}
    if any(len(pair) != 2 or pair[0] == pair[1] for pair in ends.values()):
        return {}
    (left, right), (low, high) = ends[across], ends[up]
    epochs = zoom_of_epochs(left, right)
    return {**(epochs if across in epochs else {across: (left, right)}), up: (low, high)}


def zoom_of_epochs(first: float, last: float) -> dict[str, tuple[float, float]]:
    """The ends of axes when the picture shows these epochs."""
    return {f"x{_AXES[name]}": (first, last) for name in (COST, RIGHT, GRADIENT, WEIGHTS)}


def epochs_of_zoom(zoom: Mapping[str, tuple[float, float]]) -> tuple[float, float] | None:
    """Which epochs a zoom shows; None when it shows all."""
    return zoom.get(f"x{_AXES[COST]}")


def zoom_in(chart: go.Figure, zoom: Mapping[str, tuple[float, float]]) -> None:
    """Give axes, by plotly's name such as ``x2``, these ends; those of a logarithmic one are powers of ten for plotly.

    The numbers chosen for the whole of that axis may all be outside of these ends: it gets others.
    """
    for axis, (low, high) in zoom.items():
        name = f"{axis[0]}axis{axis[1:]}"
        seen: dict[str, Any] = {"range": [low, high], "autorange": False}
        if chart.layout[name].type == "log":
            if low <= 0:
                continue
            seen["range"] = [math.log10(low), math.log10(high)]
            seen |= {"ticktext": None, "tickformat": None, **logarithmic_axis(np.array([low, high]))}
        chart.update_layout({name: seen})


def _title(text: str, place: Place, height: int) -> dict[str, Any]:
    return {
        "text": text,
        "x": place.left,
        "xref": "paper",
        "xanchor": "left",
        "y": 1 - place.top / height,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 3,
        "align": "left",
        "showarrow": False,
        "font": {"size": 13},
    }


def controls(names: list[str], shown: int, milliseconds: int) -> dict[str, Any]:
    """Play, pause and a slider above the panels, for frames of these names; ``shown`` is the one seen first."""
    at_once = {"mode": "immediate", "transition": {"duration": 0}}
    playing = {**at_once, "frame": {"duration": milliseconds, "redraw": False}, "fromcurrent": True}
    still = {**at_once, "frame": {"duration": 0, "redraw": False}}
    return {
        "updatemenus": [
            {
                "type": "buttons",
                "direction": "right",
                "showactive": False,
                "x": 0,
                "xanchor": "left",
                "y": 1,
                "yanchor": "bottom",
                "pad": {"b": 40, "r": 8, "t": 0},
                "font": {"size": 14},
                "buttons": [
                    {"label": "▶ Play", "method": "animate", "args": [None, playing]},
                    {"label": "❚❚ Pause", "method": "animate", "args": [[None], still]},
                ],
            }
        ],
        "sliders": [
            {
                "active": shown,
                "x": 0,
                "len": 1,
                "y": 1,
                "yanchor": "bottom",
                "pad": {"b": 0, "t": 0, "l": 0, "r": 0},
                "currentvalue": {
                    "prefix": "Epoch ",
                    "xanchor": "right",
                    "font": {"size": 16, "color": LINE},
                    "offset": 6,
                },
                "ticklen": 0,
                "minorticklen": 0,
                "font": {"size": 1, "color": CLEAR},  # there are too many epochs to write all along the slider
                "steps": [{"label": f"{int(n):,}", "method": "animate", "args": [[n], still]} for n in names],
            }
        ],
    }


def epoch_shown(epoch: int) -> dict[str, Any]:
    """The number of an epoch where the slider of ``controls`` shows it, for a figure without them."""
    return {
        "text": f"Epoch {epoch:,}",
        "x": 1,
        "xref": "paper",
        "xanchor": "right",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 22,
        "showarrow": False,
        "font": {"size": 16},
    }
