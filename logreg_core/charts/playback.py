"""A model while it learns, as a figure that plays in the browser: boundary, log loss, rows right, slope and weights.

The curves are there from the start; a frame moves the mark of the epoch on all of them, and draws the boundary of that
epoch. Frames hold scatter traces only, which plotly moves in place: nothing is drawn anew, and a zoom stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from logreg_core.charts.layout import SHARES
from logreg_core.charts.palette import LINE, NEGATIVE, POSITIVE, TEST_ROWS, TRAINING_ROWS, faded
from logreg_core.charts.playback_curves import (
    DRAWN_WEIGHTS,
    Drawn,
    Moving,
    curve_panels,
    drawn_weights,
    grew_far,
)
from logreg_core.charts.playback_panels import (
    BOUNDARY,
    COST,
    GRADIENT,
    READOUT,
    RIGHT,
    WEIGHTS,
    axis_of,
    controls,
    empty_panels,
    epoch_shown,
    places,
    zoom_in,
)
from logreg_core.charts.scatter import add_points, numbers
from logreg_core.charts.text import as_text, class_label, class_text
from logreg_core.evaluation.moving_boundary import MovingBoundary, MovingCurve
from logreg_core.evaluation.playback import Playback, RowsRight
from logreg_core.evaluation.points import Points

PLAYING_SECONDS = 8.0
SHORTEST_FRAME_MS, LONGEST_FRAME_MS = 60, 500
Floats = NDArray[np.float64]


def playback_figure(
    film: Playback,
    names: tuple[str, ...],
    boundary: MovingBoundary | MovingCurve | None,
    points: Points | None,
    *,
    shown: int,
    threshold: float,
    positive: str,
    negative: str,
    target: str = "",
    stacked: bool = False,
    plays: bool = True,
    zoom: Mapping[str, tuple[float, float]] | None = None,
) -> go.Figure:
    """Draw a playback, stopped at the frame of position ``shown``.

    Parameters
    ----------
    film : Playback
    names : tuple of p str
        Columns of the model.
    boundary, points : optional
        For the panel of the boundary, which is left out without them.
    shown : int
    threshold, positive, negative, target
        As in ``boundary_map``.
    stacked : bool
        One panel below the other, for a narrow page.
    plays : bool
        With all frames and what moves them; else the one frame alone, a third of the size, to be replaced by others.
    zoom : dict of axis -> (low, high), optional
        As ``zoom_of_box`` says it; other axes show all there is.
    """
    at = places(stacked=stacked, boundary=boundary is not None)
    classes = (class_label(target, negative, 12), class_label(target, positive, 12))
    titles = _titles(film, classes, threshold, boundary, stacked=stacked)
    chart = empty_panels(at, titles, float(film.epochs[-1]))
    moving: list[Moving] = []
    if boundary is not None and points is not None:
        moving += _boundary_panel(
            chart,
            boundary,
            points,
            threshold,
            (class_text(target, negative), class_text(target, positive)),
            legend=not stacked,
        )
    moving += curve_panels(chart, film, names, legend=not stacked)
    moving.append(_readout(film, stacked=stacked))
    zoom_in(chart, zoom or {})
    first = len(chart.data)
    chart.add_traces([{**base, **frames[shown]} for base, frames in moving])
    whole = {"marker": {"opacity": 0.8}}
    chart.update_traces(selected=whole, unselected=whole, selector={"mode": "markers"})
    traces = list(range(first, first + len(moving)))
    labels = [str(epoch) for epoch in film.epochs]
    if not plays:
        chart.add_annotation(epoch_shown(int(film.epochs[shown])))
    elif len(labels) > 1:
        pace = int(np.clip(1000 * PLAYING_SECONDS / len(labels), SHORTEST_FRAME_MS, LONGEST_FRAME_MS))
        chart.update_layout(controls(labels, shown, pace))
        chart.frames = [
            {"name": label, "data": [frames[k] for _, frames in moving], "traces": traces}
            for k, label in enumerate(labels)
        ]
    return chart


def playback_alt(film: Playback, shown: int) -> str:
    """What ``playback_figure`` shows, in a sentence."""
    first, last = film.train_loss[0], film.train_loss[-1]
    verb = "falls" if last < first else "rises" if last > first else "stays"
    return (
        f"Training from epoch 0 to {film.epochs[-1]:,}: the log loss of the training rows {verb} from {first:.4g} to "
        f"{last:.4g}, and at epoch {film.epochs[shown]:,}, shown first, {_right(film.train, shown, 'training rows')} "
        "are predicted right."
    )


def playback_table(film: Playback, names: tuple[str, ...]) -> pd.DataFrame:
    """The numbers of ``playback_figure``, one row for each frame."""
    columns: dict[str, Any] = {"epoch": film.epochs, "log loss, training rows": film.train_loss}
    if film.test.rows:
        columns["log loss, test rows"] = film.test_loss
    columns["training rows right"] = film.train.share
    if film.test.rows:
        columns["test rows right"] = film.test.share
    columns["steepest slope"] = film.gradient_norm
    for j in drawn_weights(film):
        columns[f"weight of {names[j]}" if j < len(names) else "bias"] = film.parameters[:, j]
    return pd.DataFrame(columns)


def playback_caption(film: Playback, names: tuple[str, ...]) -> str:
    """What to know when reading ``playback_figure``, as plain text."""
    said = ["The steepest slope of the cost is 0 at its lowest point."]
    if grew_far(film):
        largest, start = float(film.train_loss.max()), float(film.train_loss[0])
        said.append(
            f"The log loss grew from {start:.3g} to {largest:.3g}: the steps are too large. So that the whole way can "
            "be seen, each step up its axis is so many times as much."
        )
    if film.balanced:
        said.append("In the log loss both classes count alike.")
    if film.penalised:
        said.append("Log loss is without what holds the weights back, which the slope includes.")
    if len(names) >= DRAWN_WEIGHTS:
        said.append(f"Of {len(names):,} weights the {DRAWN_WEIGHTS - 1} largest are drawn, and the bias.")
    sampled = [part for part in (film.train, film.test) if part.counted < part.rows]
    if sampled:
        counted = " and ".join(f"{part.counted:,} of {part.rows:,}" for part in sampled)
        said.append(f"On the way, right predictions are counted on a random sample of the rows ({counted}).")
    return " ".join(said)


def _titles(
    film: Playback,
    classes: tuple[str, str],
    threshold: float,
    boundary: MovingBoundary | MovingCurve | None,
    *,
    stacked: bool,
) -> dict[str, str]:
    """What stands above the panels; side by side, where a narrow window leaves no room, looks are in the legend."""
    logarithmic = " (logarithmic)" if grew_far(film) else ""
    cut = f"{100 * threshold:.3g} %"
    parted = isinstance(boundary, MovingBoundary)
    titles = {
        BOUNDARY: f"<b>Boundary</b>  ━ {cut}" if parted else f"<b>Chance</b> of {classes[1]}",
        COST: f"<b>Log loss</b>{logarithmic}",
        RIGHT: "<b>Predicted right</b>",
        GRADIENT: "<b>Steepest slope</b>",
        WEIGHTS: "<b>Weights</b>",
    }
    if not stacked:
        return titles
    rows = f"<span style='color:{TRAINING_ROWS}'>━ ●</span> training rows"
    if film.test.rows:
        rows += f"  <span style='color:{TEST_ROWS}'>╍ ■</span> test rows"
    points = (
        f"<span style='color:{NEGATIVE}'>●</span> {classes[0]}  <span style='color:{POSITIVE}'>◆</span> {classes[1]}"
    )
    lines = "  ┅ 10 %, 90 %" if parted else f", ╍ threshold {cut}"
    return titles | {
        BOUNDARY: f"{titles[BOUNDARY]}{lines}<br>{points}",
        COST: f"{titles[COST]}<br>{rows}",
        RIGHT: "<b>Rows predicted right</b>",
        GRADIENT: "<b>Steepest slope of the cost</b>",
    }


def _boundary_panel(
    chart: go.Figure,
    boundary: MovingBoundary | MovingCurve,
    points: Points,
    threshold: float,
    classes: tuple[str, str],
    *,
    legend: bool,
) -> list[Moving]:
    line: Drawn = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False, **axis_of(BOUNDARY)}
    if isinstance(boundary, MovingCurve):
        x = numbers(points.frame[boundary.column])
        lift = 0.1 * ((np.arange(len(points.y)) * 0.618034) % 1 - 0.5)
        _points(chart, x, points.y + lift, points.y, classes, (boundary.column, "spread around"), legend=legend)
        level = {
            **line,
            "name": f"threshold {100 * threshold:.3g} %",
            "showlegend": legend,
            "line": {"color": LINE, "dash": "dash"},
        }
        chart.add_trace({**level, "x": boundary.x[[0, -1]], "y": [threshold] * 2})
        chart.update_layout(
            xaxis={"title": {"text": as_text(boundary.column), "standoff": 4}, "range": list(boundary.x[[0, -1]])},
            yaxis={"range": [-0.1, 1.1], **SHARES},
        )
        model = {**line, "line": {"color": LINE, "width": 3}, "x": boundary.x.tolist()}
        return [(model, [{"y": probability.round(4).tolist()} for probability in boundary.probability])]
    across, up = boundary.columns
    x, y = numbers(points.frame[across]), numbers(points.frame[up])
    _points(chart, x, y, points.y, classes, boundary.columns, legend=legend)
    chart.update_layout(
        xaxis={
            "title": {"text": as_text(across, 28), "standoff": 4},
            "range": list(boundary.ranges[0]),
            "showgrid": False,
        },
        yaxis={"title": {"text": as_text(up, 24), "standoff": 4}, "range": list(boundary.ranges[1]), "showgrid": False},
    )
    areas = [
        {**line, "fill": "toself", "fillcolor": faded(colour, 0.16), "line": {"width": 0}}
        for colour in (NEGATIVE, POSITIVE)
    ]
    negative = [_rest(path, boundary) for path in boundary.positive]
    dotted = {"line": {"color": LINE, "width": 1.5, "dash": "dot"}}
    unsure = {**line, **dotted, "name": "10 %, 90 %", "showlegend": legend}
    crossing = {**line, "line": {"color": LINE, "width": 3}}
    return [
        *(
            (base, [_path(path, boundary) for path in paths])
            for base, paths in (
                (areas[0], negative),
                (areas[1], boundary.positive),
                (unsure, boundary.unsure),
                (crossing, boundary.boundary),
            )
        ),
        _outside(line, boundary, threshold),
    ]


def _rest(positive: tuple[Floats, Floats], boundary: MovingBoundary) -> tuple[Floats, Floats]:
    """The picture without what is predicted positive: its frame, and in it that area the other way round, as a hole."""
    (left, right), (low, high) = boundary.ranges
    x, y = (np.asarray(values, dtype=np.float64) for values in positive)
    frame = np.array([left, right, right, left, left]), np.array([low, low, high, high, low])
    if not len(x):
        return frame
    outside = np.concatenate(([np.nan], x[::-1])), np.concatenate(([np.nan], y[::-1]))
    return np.concatenate((frame[0], outside[0])), np.concatenate((frame[1], outside[1]))


def _outside(line: Drawn, boundary: MovingBoundary, threshold: float) -> Moving:
    """Where the boundary is outside of the picture: which side of it all of the picture is on, as a text in it."""
    (left, right), (low, high) = boundary.ranges
    cut = f"{100 * threshold:.3g} %"
    text = {**line, "mode": "text", "x": [(left + right) / 2], "y": [low + 0.97 * (high - low)]}
    text |= {"textposition": "bottom center", "textfont": {"size": 13}}
    frames: list[Drawn] = []
    for path, positive in zip(boundary.boundary, boundary.positive, strict=True):
        side = f"everywhere<br>{cut} or more" if len(positive[0]) else f"everywhere<br>below {cut}"
        frames.append({"text": [""] if len(path[0]) else [side]})
    return text, frames


def _points(  # noqa: PLR0917 - as add_points
    chart: go.Figure,
    x: Floats,
    y: Floats,
    is_positive: Floats,
    classes: tuple[str, str],
    axes: tuple[str, str],
    *,
    legend: bool,
) -> None:
    """Points; without an entry in the legend where the title tells the classes."""
    add_points(chart, x, y, is_positive, names=classes, axes=axes)
    chart.update_traces(showlegend=legend)


def _path(path: tuple[Floats, Floats], boundary: MovingBoundary) -> Drawn:
    """A path in a thousandth of the picture; where there is none, a point that is not drawn: plotly keeps the trace."""
    if not len(path[0]):
        return {"x": [None], "y": [None]}
    return {
        name: _short(values, (high - low) / 2000)
        for name, values, (low, high) in zip(("x", "y"), path, boundary.ranges, strict=True)
    }


def _short(values: Floats, unit: float) -> list[float | None]:
    """Rounded to below ``unit``, nan as None: few characters to send."""
    digits = int(np.ceil(-np.log10(unit)))
    return [None if value != value else round(value, digits) for value in values.tolist()]  # noqa: PLR0124 - nan


def _readout(film: Playback, *, stacked: bool) -> Moving:
    """What the present frame is about, in numbers."""
    frames = []
    for k in range(len(film.epochs)):
        loss = f"Log loss {_loss(film.train_loss[k])} of training rows"
        right = f"Right: {_right(film.train, k, 'training rows')}"
        if not film.test.rows:
            frames.append({"text": [loss, right]})
            continue
        test_loss, test_right = f"{_loss(film.test_loss[k])} of test rows", _right(film.test, k, "test rows")
        if stacked:
            frames.append({"text": [loss, f"and {test_loss}", right, test_right]})
        else:
            frames.append({"text": [f"{loss}, {test_loss}", right, test_right]})
    n = len(frames[0]["text"])
    base = {
        "type": "scatter",
        "mode": "text",
        "x": [0.0] * n,
        "y": [1 - (k + 0.5) / n for k in range(n)],
        "textposition": "middle right",
        "textfont": {"size": 14},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
        **axis_of(READOUT),
    }
    return base, frames


def _right(part: RowsRight, k: int, rows: str) -> str:
    of = f"{part.counted:,} sampled {rows}" if part.counted < part.rows else f"{part.rows:,} {rows}"
    return f"{part.right[k]:,} of {of} ({100 * part.share[k]:.1f} %)"


def _loss(value: float) -> str:
    return f"{value:.4f}" if value < 100 else f"{value:.3g}"
