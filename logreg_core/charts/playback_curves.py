"""The panels over epochs of a playback: log loss, rows right, slope and weights, each with what moves on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from logreg_core.charts.logarithmic_axis import logarithmic_axis
from logreg_core.charts.palette import LINE, TEST_ROWS, TRAINING_ROWS
from logreg_core.charts.playback_panels import COST, GRADIENT, RIGHT, WEIGHTS, axis_of
from logreg_core.charts.text import as_text
from logreg_core.evaluation.playback import Playback

DRAWN_WEIGHTS = 6
FAR_ABOVE = 3.0
"""Times the start's log loss beyond which the axis is logarithmic, so that the whole way of a blow-up is seen."""
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


def grew_far(film: Playback) -> bool:
    """Whether the log loss grew so much that its axis is logarithmic."""
    return bool(film.train_loss.max() > FAR_ABOVE * max(film.train_loss[0], 1e-3))


def curve_panels(chart: go.Figure, film: Playback, names: tuple[str, ...], *, legend: bool) -> list[Moving]:
    """Draw the panels over epochs of a playback; ``names`` are those of the p columns.

    The weights are in the legend; with ``legend``, training and test rows are, too.
    """
    rows = [(TRAINING_ROWS, "solid", "circle", "training rows"), (TEST_ROWS, "dash", "square", "test rows")]
    rows = rows if film.test.rows else rows[:1]
    looks = [(f"log loss, {name}", colour, dash, symbol) for colour, dash, symbol, name in rows]
    losses = np.column_stack((film.train_loss, film.test_loss))[:, : len(rows)]
    percents = 100 * np.column_stack((film.train.share, film.test.share))[:, : len(rows)]
    called = [name for *_, name in rows] if legend else []
    moving = _panel(chart, COST, film.epochs, losses, looks, called=called)
    if grew_far(film):
        chart.update_layout(yaxis2=logarithmic_axis(losses))
    looks = [(f"{name} right", colour, dash, symbol) for colour, dash, symbol, name in rows]
    moving += _panel(chart, RIGHT, film.epochs, percents, looks, hover="%{y:.2f} %")
    chart.update_layout(yaxis3={"ticksuffix": " %"})
    slope = np.where(film.gradient_norm > 0, film.gradient_norm, np.nan)
    moving += _panel(chart, GRADIENT, film.epochs, slope[:, None], [("steepest slope", LINE, "solid", "circle")])
    chart.update_layout(yaxis4=logarithmic_axis(slope))
    drawn = drawn_weights(film)
    labels = [as_text(names[j], 22, keep_end=True) if j < len(names) else "bias" for j in drawn]
    lines = [*_WEIGHT_LINES[: len(labels) - 1], (LINE, "longdashdot")]
    looks = [(label, *line, "circle") for label, line in zip(labels, lines, strict=True)]
    moving += _panel(chart, WEIGHTS, film.epochs, film.parameters[:, drawn], looks, called=labels)
    return moving


def drawn_weights(film: Playback) -> list[int]:
    """Positions of the weights that are largest in size at the end, the bias always among them and last."""
    last = np.nan_to_num(np.abs(film.parameters[-1, :-1]))
    largest = np.argsort(-last, kind="stable")[: DRAWN_WEIGHTS - 1]
    return [*sorted(largest.tolist()), film.parameters.shape[1] - 1]


def _panel(
    chart: go.Figure,
    panel: str,
    epochs: NDArray[np.int64],
    values: Floats,
    looks: list[tuple[str, str, str, str]],
    *,
    hover: str = "%{y:.5~g}",
    called: Sequence[str] = (),
) -> list[Moving]:
    """Draw the curves; return what moves on them: a line at the epoch and a mark on each curve.

    Those that are ``called`` something are in the legend.
    """
    # Curve and marks are rounded alike: two roundings of one number would be two heights where nothing else differs.
    limit = _rounded(np.clip(values, -1e300, 1e300))
    for j, (name, colour, dash, symbol) in enumerate(looks):
        chart.add_trace(
            {
                "type": "scatter",
                "mode": "lines" if len(epochs) > 1 else "markers",
                "x": epochs,
                "y": limit[:, j],
                "name": called[j] if called else name,
                "line": {"color": colour, "width": 2, "dash": dash},
                "marker": {"color": colour, "symbol": symbol},
                "showlegend": bool(called),
                "hovertemplate": f"epoch %{{x:,}}<br>{hover}<extra>{name}</extra>",
                **axis_of(panel),
            }
        )
    finite = limit[np.isfinite(limit)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
    if panel in (COST, GRADIENT) and len(finite) and high > 0:
        low = float(finite[finite > 0].min())  # where the axis is logarithmic, 0 has no place
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
