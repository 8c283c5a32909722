"""The probability at each level of a category as bars."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from logreg_core.charts.layout import SHARES, figure
from logreg_core.charts.palette import LINE, NEGATIVE, POSITIVE
from logreg_core.charts.text import as_text, class_label, class_text, percent, shorten
from logreg_core.evaluation.slices import Levels

DRAWN_AT_MOST = 20
_WRITTEN_AT = 1.02


def level_bars(levels: Levels, *, threshold: float, positive: str, negative: str = "", target: str = "") -> go.Figure:
    """Probability at each level of a category as bars, and the threshold; the first 20 levels."""
    names, probability = levels.names[:DRAWN_AT_MOST], levels.probability[:DRAWN_AT_MOST]
    cut = f" (first {DRAWN_AT_MOST} of {len(levels.names):,} levels)" if len(levels.names) > DRAWN_AT_MOST else ""
    chart = figure(
        height=min(460, max(360, 130 + 24 * len(names))),
        x_title=f"chance of {class_label(target, positive)}",
        fixed=True,
    )
    for is_positive, name in ((0, negative or f"not {positive}"), (1, positive)):
        chosen = np.flatnonzero((probability >= threshold) == bool(is_positive))
        if not len(chosen):
            continue
        chart.add_trace(
            go.Bar(
                x=probability[chosen],
                y=chosen,
                orientation="h",
                showlegend=True,
                name=f"Predicted {class_label(target, name)}",
                marker={
                    "color": (NEGATIVE, POSITIVE)[is_positive],
                    "pattern": {"shape": ("", "/")[is_positive], "solidity": 0.15},
                },
                customdata=[as_text(names[i]) for i in chosen],
                hovertemplate=(
                    f"%{{customdata}}<br>chance of {as_text(class_text(target, positive, 20), 44)} %{{x:.1%}}"
                    "<extra></extra>"
                ),
            )
        )
    # In a column of their own: beside its bar a number could stand on the line of the threshold.
    chart.add_trace(
        go.Scatter(
            x=[_WRITTEN_AT] * len(names),
            y=list(range(len(names))),
            mode="text",
            text=[percent(value) for value in probability],
            textposition="middle right",
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=False,
        )
    )
    chart.add_vline(x=threshold, line={"color": LINE, "dash": "dash", "width": 2}, layer="below")
    chart.update_layout(bargap=0.25, legend_title={"text": as_text(levels.column) + cut, "side": "top"})
    chart.update_xaxes(range=[0, 1.18], **SHARES)
    chart.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=[as_text(name, 24, keep_end=True) for name in names],
        range=[len(names) - 0.5, -0.5],
        showgrid=False,
    )
    return chart


def level_bars_alt(levels: Levels, *, threshold: float, positive: str, target: str = "") -> str:
    """What ``level_bars`` shows, in a sentence."""
    low, high = int(np.argmin(levels.probability)), int(np.argmax(levels.probability))
    above = int(np.sum(levels.probability >= threshold))
    return (
        f"The chance of {class_text(target, positive)} over {shorten(levels.column)} goes from "
        f"{percent(levels.probability[low])} ({shorten(levels.names[low])}) to {percent(levels.probability[high])} "
        f"({shorten(levels.names[high])}); {above:,} of {len(levels.names):,} levels reach the threshold of "
        f"{percent(threshold)}."
    )
