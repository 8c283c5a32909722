"""The weights of a model as bars."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from logreg_core.charts.layout import figure
from logreg_core.charts.palette import LINE, NEGATIVE, POSITIVE
from logreg_core.charts.text import as_text, class_label, class_text, shorten

DRAWN_AT_MOST = 20


def weight_bars(
    feature_names: Sequence[str],
    coefficients: ArrayLike,
    *,
    positive: str = "",
    target: str = "",
    endless: Sequence[int] = (),
) -> go.Figure:
    """Weights from the largest down, the largest 20 in size; orange raises the chance of ``positive``, blue lowers it.

    ``coefficients`` has shape (p,), in log-odds per unit of the feature; its sign is also in the label. Bars of
    ``endless`` weights are hatched, say so instead of a number, and are no longer than the others need them to be.
    """
    weights = _cut(np.asarray(coefficients, dtype=np.float64), endless)
    drawn = _largest(weights)
    cut = f", the {len(drawn)} largest of {len(weights):,}" if len(drawn) < len(weights) else ""
    chart = figure(height=min(460, max(360, 110 + 22 * len(drawn))), x_title=f"weight{cut}", fixed=True)
    chance = f"the chance of {class_label(target, positive, 20)}" if positive else "the chance"
    for sign, colour, verb in ((1, POSITIVE, "Raises"), (-1, NEGATIVE, "Lowers")):
        rank = np.flatnonzero(np.sign(weights[drawn]) == sign)
        if not len(rank):
            continue
        shown = weights[drawn[rank]]
        chart.add_trace(
            go.Bar(
                x=shown,
                y=rank,
                orientation="h",
                name=f"{verb} {'the chance' if not positive else class_label(target, positive, 14)}",
                marker={"color": colour, "pattern": {"shape": ["/" if i in endless else "" for i in drawn[rank]]}},
                text=[
                    "no end" if i in endless else signed(weight, digits=3)
                    for i, weight in zip(drawn[rank], shown, strict=True)
                ],
                textposition="outside",
                cliponaxis=False,
                constraintext="none",
                customdata=[as_text(feature_names[i]) for i in drawn[rank]],
                hovertemplate=[
                    f"%{{customdata}}<br>weight {'without an end' if i in endless else '%{x:.6~g}'}: "
                    f"{verb.lower()} {chance}<extra></extra>"
                    for i in drawn[rank]
                ],
            )
        )
    chart.add_vline(x=0, line={"color": LINE, "width": 1})
    chart.update_layout(bargap=0.25, showlegend=True)
    chart.update_xaxes(range=_room_for_labels(weights[drawn]))
    chart.update_yaxes(
        tickvals=list(range(len(drawn))),
        ticktext=[as_text(feature_names[i], 24, keep_end=True) for i in drawn],
        range=[len(drawn) - 0.5, -0.5],
        showgrid=False,
    )
    return chart


def weight_bars_alt(
    feature_names: Sequence[str],
    coefficients: ArrayLike,
    *,
    positive: str = "",
    target: str = "",
    endless: Sequence[int] = (),
) -> str:
    """What ``weight_bars`` shows, in a sentence."""
    weights = np.asarray(coefficients, dtype=np.float64)
    if len(endless):
        more = f" and {len(endless) - 1:,} more" if len(endless) > 1 else ""
        return f"Of {len(weights):,} weights, that of {shorten(feature_names[endless[0]])}{more} has no end."
    if not weights.any():
        return f"All {len(weights):,} weights are zero."
    first = int(_largest(weights)[0])
    verb = "raises" if weights[first] > 0 else "lowers"
    chance = f"the chance of {class_text(target, positive)}" if positive else "the chance"
    largest = f"{shorten(feature_names[first])}, {signed(weights[first])}"
    return f"The largest of {len(weights):,} weights is that of {largest}: it {verb} {chance}."


def signed(weight: float, *, digits: int = 4) -> str:
    """A weight to ``digits`` digits, with its sign; without an exponent up to a million."""
    rounded = float(f"{weight:.{digits}g}")
    written = f"{rounded:+,.0f}" if 1000 <= abs(rounded) < 1e6 else f"{rounded:+.{digits}g}"
    return written.replace("-", "−")


def _cut(weights: NDArray[np.float64], endless: Sequence[int]) -> NDArray[np.float64]:
    """The weights, endless ones cut to a bit more than the largest of the others."""
    cut = weights.copy()
    others = np.abs(np.delete(weights, list(endless))).max(initial=0.0)
    if len(endless) and others > 0:
        chosen = list(endless)
        cut[chosen] = np.sign(weights[chosen]) * np.minimum(np.abs(weights[chosen]), 1.25 * others)
    return cut


def _largest(weights: NDArray[np.float64]) -> NDArray[np.intp]:
    """Positions of the weights largest in size, from the largest down; equal ones in the order given."""
    return np.argsort(-np.abs(weights), kind="stable")[:DRAWN_AT_MOST]


def _room_for_labels(weights: NDArray[np.float64]) -> list[float]:
    low, high = min(0.0, float(weights.min(initial=0))), max(0.0, float(weights.max(initial=0)))
    if low == high:
        return [-1.0, 1.0]
    room = 0.35 * (high - low)
    return [low - room if low < 0 else -0.02 * high, high + room if high > 0 else 0.02 * -low]
