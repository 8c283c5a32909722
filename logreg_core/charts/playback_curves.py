"""The panels over epochs of a playback: log loss, rows right, slope and weights, each with what moves on it."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from logreg_core.charts.palette import LINE, TEST_ROWS, TRAINING_ROWS
from logreg_core.charts.playback_panels import COST, GRADIENT, RIGHT, WEIGHTS, axis_of
from logreg_core.charts.text import as_text
from logreg_core.evaluation.playback import Playback

DRAWN_WEIGHTS = 6
OFF_THE_CHART = 3.0
"""Times the start's log loss at which the axis of a blown-up run ends."""
# Told apart by colour and by dash, and none a colour of a class or of a part of the rows; the bias is grey.
_WEIGHT_LINES = (
    ("#56B4E9", "solid"),
    ("#E69F00", "dash"),
    ("#CC79A7", "dot"),
    ("#8C564B", "dashdot"),
    ("#6A5ACD", "longdash"),
)

Floats = NDArray[np.float64]
Drawn = dict[str, Any]
Moving = tuple[Drawn, list[Drawn]]
"""A trace without what changes, and what it changes to at each frame."""


def grew_beyond(film: Playback) -> bool:
    """Whether the log loss grew so much that the chart does not follow it."""
    return bool(film.train_loss.max() > OFF_THE_CHART * max(film.train_loss[0], 1e-3))


def curve_panels(chart: go.Figure, film: Playback, names: tuple[str, ...]) -> list[Moving]:
    """Draw the panels over epochs of a playback; ``names`` are those of the p columns."""
    rows = [(TRAINING_ROWS, "solid", "circle", "training rows"), (TEST_ROWS, "dash", "square", "test rows")]
    rows = rows if film.test.rows else rows[:1]
    looks = [(f"log loss, {name}", colour, dash, symbol) for colour, dash, symbol, name in rows]
    losses = np.column_stack((film.train_loss, film.test_loss))[:, : len(rows)]
    percents = 100 * np.column_stack((film.train.share, film.test.share))[:, : len(rows)]
    moving = _panel(chart, COST, film.epochs, losses, looks)
    if grew_beyond(film):
        chart.update_layout(yaxis2={"range": [0, OFF_THE_CHART * max(film.train_loss[0], 1e-3)]})
    looks = [(f"{name} right", colour, dash, symbol) for colour, dash, symbol, name in rows]
    moving += _panel(chart, RIGHT, film.epochs, percents, looks, hover="%{y:.2f} %")
    chart.update_layout(yaxis3={"ticksuffix": " %"})
    slope = np.where(film.gradient_norm > 0, film.gradient_norm, np.nan)
    moving += _panel(chart, GRADIENT, film.epochs, slope[:, None], [("steepest slope", LINE, "solid", "circle")])
    chart.update_layout(yaxis4=_logarithmic(slope))
    drawn = drawn_weights(film)
    labels = [as_text(names[j], 22, keep_end=True) if j < len(names) else "bias" for j in drawn]
    lines = [*_WEIGHT_LINES[: len(labels) - 1], (LINE, "longdashdot")]
    looks = [(label, *line, "circle") for label, line in zip(labels, lines, strict=True)]
    moving += _panel(chart, WEIGHTS, film.epochs, film.parameters[:, drawn], looks, legend=True)
    if (calm := _calm(film)) < len(film.epochs):
        seen = film.parameters[: max(2, calm)][:, drawn]
        room = 0.1 * max(float(np.ptp(seen)), 1e-3)
        chart.update_layout(yaxis5={"range": [float(seen.min()) - room, float(seen.max()) + room]})
    return moving


def _logarithmic(values: Floats) -> Drawn:
    """An axis for these with about four numbers on it."""
    finite = values[np.isfinite(values)]
    powers = float(np.log10(finite.max() / finite.min())) if len(finite) else 0.0
    if powers <= 1:
        return {"type": "log", "nticks": 5, "tickformat": "~g"}
    return {"type": "log", "dtick": max(1, round(powers / 4)), "tickformat": ".1~e" if powers > 6 else "~g"}


def drawn_weights(film: Playback) -> list[int]:
    """Positions of the weights that are largest in size at the end, the bias always among them and last."""
    last = np.abs(film.parameters[max(0, _calm(film) - 1), :-1])
    largest = np.argsort(-last, kind="stable")[: DRAWN_WEIGHTS - 1]
    return [*sorted(largest.tolist()), film.parameters.shape[1] - 1]


def _calm(film: Playback) -> int:
    """Frames before the cost left the chart; all of them if it did not."""
    gone = np.flatnonzero(film.train_loss > OFF_THE_CHART * max(film.train_loss[0], 1e-3))
    return int(gone[0]) if len(gone) else len(film.epochs)


def _panel(
    chart: go.Figure,
    panel: str,
    epochs: NDArray[np.int64],
    values: Floats,
    looks: list[tuple[str, str, str, str]],
    *,
    hover: str = "%{y:.5~g}",
    legend: bool = False,
) -> list[Moving]:
    """Draw the curves; return what moves on them: a line at the epoch and a mark on each curve."""
    # Curve and marks are rounded alike: two roundings of one number would be two heights where nothing else differs.
    limit = _rounded(np.clip(values, -1e300, 1e300))
    for j, (name, colour, dash, symbol) in enumerate(looks):
        chart.add_trace(
            {
                "type": "scatter",
                "mode": "lines" if len(epochs) > 1 else "markers",
                "x": epochs,
                "y": limit[:, j],
                "name": name,
                "line": {"color": colour, "width": 2, "dash": dash},
                "marker": {"color": colour, "symbol": symbol},
                "showlegend": legend,
                "hovertemplate": f"epoch %{{x:,}}<br>{hover}<extra>{name}</extra>",
                **axis_of(panel),
            }
        )
    finite = limit[np.isfinite(limit)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
    upright: Drawn = {
        "type": "scatter",
        "mode": "lines",
        "y": [low, high],
        "line": {"color": LINE, "width": 1, "dash": "dot"},
        "hoverinfo": "skip",
        "showlegend": False,
        **axis_of(panel),
    }
    marks: Drawn = {
        "type": "scatter",
        "mode": "markers",
        "marker": {"color": [look[1] for look in looks], "symbol": [look[3] for look in looks], "size": 9},
        "hoverinfo": "skip",
        "showlegend": False,
        **axis_of(panel),
    }
    at = [int(epoch) for epoch in epochs]
    return [
        (upright, [{"x": [epoch, epoch]} for epoch in at]),
        (marks, [{"x": [epoch] * len(looks), "y": _shown(row)} for epoch, row in zip(at, limit, strict=True)]),
    ]


def _rounded(values: Floats) -> Floats:
    """To seven digits: more than is seen, and few characters to send."""
    return np.array([float(f"{value:.7g}") for value in values.ravel()]).reshape(values.shape)


def _shown(values: Floats) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in values]
