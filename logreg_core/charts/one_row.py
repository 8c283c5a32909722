"""One row on its way through the model: from its columns to a score, to a probability, to a loss."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from logreg_core.charts.layout import SHARES, figure
from logreg_core.charts.palette import (
    LINE,
    NEGATIVE,
    NEGATIVE_SYMBOL,
    OUTLINE,
    POSITIVE,
    POSITIVE_SYMBOL,
)
from logreg_core.charts.text import as_text, class_label, class_text, shorten
from logreg_core.charts.weights import signed
from logreg_core.training.log_loss import log1pexp, sigmoid
from logreg_core.training.one_row import OneRow

DRAWN_AT_MOST = 10
BIAS, REST, SCORE = "bias", "all others", "score z"
FARTHEST = 8.0


def terms_drawn(row: OneRow, names: Sequence[str]) -> tuple[list[str], list[float]]:
    """The bias, the largest terms and the rest as one, with their names: what ``score_waterfall`` draws."""
    order = np.argsort(-np.abs(row.terms[:-1]), kind="stable")
    order = order[row.terms[order] != 0]
    room = DRAWN_AT_MOST if len(order) <= DRAWN_AT_MOST else DRAWN_AT_MOST - 1
    labels = [BIAS, *(names[j] for j in order[:room])]
    values = [float(row.terms[-1]), *row.terms[order[:room]].tolist()]
    drawn = min(room, len(order))
    if drawn < len(row.x):
        labels.append(f"{REST} ({len(row.x) - drawn:,})")
        values.append(float(row.terms[order[room:]].sum()))
    return labels, values


def score_waterfall(row: OneRow, names: Sequence[str], *, positive: str, target: str = "") -> go.Figure:
    """What each column adds to the score, one after the other, down to their sum; the largest ten."""
    labels, values = terms_drawn(row, names)
    chart = figure(height=130 + 30 * (len(labels) + 1), x_title="score z", fixed=True)
    base = np.concatenate(([0.0], np.cumsum(values)[:-1]))
    for sign, colour, verb in ((1, POSITIVE, "towards"), (-1, NEGATIVE, "away from")):
        places = [i for i, value in enumerate(values) if (value > 0) == (sign > 0) and value != 0]
        if places:
            chart.add_trace(
                go.Bar(
                    y=places,
                    x=[values[i] for i in places],
                    base=[base[i] for i in places],
                    orientation="h",
                    name=f"{verb} {class_label(target, positive, 14)}",
                    marker={"color": colour},
                    hovertext=[f"{as_text(labels[i])}: {signed(values[i])}" for i in places],
                    hoverinfo="text",
                )
            )
    ends = np.concatenate((base, np.cumsum(values), [0.0, row.score]))
    room = 0.3 * (float(ends.max() - ends.min()) or 1.0)
    for i, value in enumerate(values):
        chart.add_annotation(
            x=max(base[i], base[i] + value),
            y=i,
            text=signed(value, digits=3) if value else "0",
            showarrow=False,
            xanchor="left",
            xshift=4,
        )
    chart.add_trace(
        go.Bar(
            y=[len(values)],
            x=[row.score],
            orientation="h",
            showlegend=False,
            marker={"color": LINE},
            hovertext=[f"{SCORE}: {signed(row.score)}"],
            hoverinfo="text",
        )
    )
    chart.add_annotation(
        x=max(0.0, row.score),
        y=len(values),
        text=f"<b>{signed(row.score, digits=3) if row.score else '0'}</b>",
        showarrow=False,
        xanchor="left",
        xshift=4,
    )
    chart.add_vline(x=0, line={"color": LINE, "width": 1})
    chart.update_layout(bargap=0.3, showlegend=True)
    chart.update_xaxes(range=[float(ends.min()) - 0.1 * room, float(ends.max()) + 1.4 * room])
    chart.update_yaxes(
        tickvals=list(range(len(values) + 1)),
        ticktext=[*(as_text(label, 22, keep_end=True) for label in labels), SCORE],
        range=[len(values) + 0.5, -0.5],
        showgrid=False,
    )
    return chart


def score_waterfall_alt(row: OneRow, names: Sequence[str]) -> str:
    """What ``score_waterfall`` shows, in a sentence."""
    labels, values = terms_drawn(row, names)
    largest = int(np.argmax(np.abs(values)))
    return (
        f"The terms add up to a score of {signed(row.score)}; the largest is that of {shorten(labels[largest])}, "
        f"{signed(values[largest])}."
    )


def score_waterfall_table(row: OneRow, names: Sequence[str]) -> pd.DataFrame:
    """The numbers of ``score_waterfall``: each bar, and where the sum stands after it."""
    labels, values = terms_drawn(row, names)
    return pd.DataFrame({"column": labels, "weight × value": values, f"{SCORE} so far": np.cumsum(values)})


def sigmoid_point(
    row: OneRow,
    scores: NDArray[np.float64],
    y: NDArray[np.float64],
    *,
    positive: str,
    negative: str,
    target: str = "",
) -> go.Figure:
    """The sigmoid with this row on it, and other rows at their own scores, at 0 and 1.

    Parameters
    ----------
    row : OneRow
    scores, y : arrays of shape (k,)
        Of the other rows, in the order in which a click numbers them.
    positive, negative, target : str
    """
    reach = max(FARTHEST, 1.15 * abs(row.score), float(np.quantile(np.abs(scores), 0.95)) if len(scores) else 0.0)
    z = np.linspace(-reach, reach, 161)
    chart = figure(height=320, x_title="score z", y_title=f"chance of {class_label(target, positive)}", fixed=True)
    chart.add_trace(
        go.Scatter(
            x=z,
            y=sigmoid(z),
            mode="lines",
            name="Sigmoid",
            showlegend=False,
            line={"color": LINE, "width": 3},
            hovertemplate="z %{x:.3~g}<br>chance %{y:.1%}<extra></extra>",
        )
    )
    still = {"unselected": {"marker": {"opacity": 0.45}}}
    for label, name in ((0, negative), (1, positive)):
        chosen = np.flatnonzero(y == label)
        chart.add_trace(
            go.Scatter(
                x=np.clip(scores[chosen], -reach, reach),
                y=np.full(len(chosen), float(label)),
                mode="markers",
                name=as_text(class_text(target, name), 30),
                customdata=chosen,
                marker={**_class_marker(label, 7), "opacity": 0.45},
                hovertemplate=f"z %{{x:.3~g}}<br>click to follow this row<extra>{as_text(name, 30)}</extra>",
                **still,
            )
        )
    chart.add_trace(
        go.Scatter(
            x=[row.score, row.score],
            y=[row.y, row.probability],
            mode="lines",
            showlegend=False,
            line={"color": LINE, "width": 2, "dash": "dot"},
            hoverinfo="skip",
        )
    )
    chart.add_trace(
        go.Scatter(
            x=[row.score],
            y=[row.probability],
            mode="markers",
            name="This row",
            marker={**_class_marker(row.y, 17), "line": {"width": 2.5, "color": LINE}},
            hovertemplate="z %{x:.4~g}<br>chance %{y:.2%}<extra>this row</extra>",
            unselected={"marker": {"opacity": 1}},
        )
    )
    chart.update_xaxes(range=[-1.04 * reach, 1.04 * reach])
    chart.update_yaxes(range=[-0.08, 1.08], **SHARES)
    return chart


def sigmoid_point_alt(row: OneRow, *, positive: str, target: str = "") -> str:
    """What ``sigmoid_point`` shows, in a sentence."""
    is_positive = "it is" if row.y else "it is not"
    return (
        f"A score of {signed(row.score)} is a chance of {100 * row.probability:.1f} % of "
        f"{class_text(target, positive)}; {is_positive}."
    )


def sigmoid_point_table(row: OneRow, *, positive: str, target: str = "") -> pd.DataFrame:
    """The numbers of ``sigmoid_point``: whole scores, and first of all this row's own."""
    z = np.array([row.score, *range(-6, 7)], dtype=np.float64)
    what = ["this row", *[""] * (len(z) - 1)]
    return pd.DataFrame({"": what, "score z": z, f"chance of {class_text(target, positive)}": sigmoid(z)})


def penalty_point_table(row: OneRow, *, positive: str, negative: str, target: str = "") -> pd.DataFrame:
    """The numbers of ``penalty_point``: some probabilities, and first of all this row's own."""
    probability = np.array([row.probability, 0.01, *(0.1 * np.arange(1, 10)), 0.99])
    z = np.array([row.score, *(np.log(probability[1:]) - np.log1p(-probability[1:]))])
    return pd.DataFrame(
        {
            "": ["this row", *[""] * (len(z) - 1)],
            f"chance of {class_text(target, positive)}": probability,
            f"loss if {class_text(target, positive)}": log1pexp(-z),
            f"loss if {class_text(target, negative)}": log1pexp(z),
        }
    )


def penalty_point(row: OneRow, *, positive: str, negative: str, target: str = "") -> go.Figure:
    """The two penalty curves, loss against probability for each class, with this row on its own."""
    probability = np.concatenate((np.geomspace(1e-3, 0.5, 60), 1 - np.geomspace(0.5, 1e-3, 60)[1:]))
    top = max(5.0, 1.1 * row.loss)
    chart = figure(height=320, x_title=f"chance of {class_label(target, positive)}", y_title="loss", fixed=True)
    z = np.log(probability) - np.log1p(-probability)
    for label, name in ((0, negative), (1, positive)):
        mine = label == row.y
        chart.add_trace(
            go.Scatter(
                x=probability,
                y=log1pexp(-z if label else z),
                mode="lines",
                name=f"If it is {as_text(name, 20)}",
                line={
                    "color": (NEGATIVE, POSITIVE)[label],
                    "width": 3.5 if mine else 1.5,
                    "dash": "solid" if mine else "dot",
                },
                hovertemplate="chance %{x:.1%}<br>loss %{y:.3~f}<extra></extra>",
            )
        )
    chart.add_trace(
        go.Scatter(
            x=[row.probability],
            y=[row.loss],
            mode="markers",
            name="This row",
            marker={**_class_marker(row.y, 17), "line": {"width": 2.5, "color": LINE}},
            hovertemplate="chance %{x:.2%}<br>loss %{y:.4~g}<extra>this row</extra>",
            cliponaxis=False,
        )
    )
    chart.update_xaxes(range=[-0.04, 1.04], **SHARES)
    chart.update_yaxes(range=[-0.04 * top, top])
    return chart


def penalty_point_alt(row: OneRow, *, positive: str, negative: str, target: str = "") -> str:
    """What ``penalty_point`` shows, in a sentence."""
    name = class_text(target, positive if row.y else negative)
    return f"For a row that is {name}, a chance of {100 * row.probability:.1f} % costs a loss of {row.loss:.4g}."


def one_row_table(row: OneRow, names: Sequence[str]) -> pd.DataFrame:
    """All numbers of the cycle, one line for each weight and one for the bias, which comes last."""
    return pd.DataFrame(
        {
            "Column": [*names, f"({BIAS})"],
            "Weight": row.parameters,
            "Value": np.append(row.x, 1.0),
            "Weight × value": row.terms,
            "This row's share of the gradient": row.share,
            "Gradient of all rows": row.gradient,
            "Update": row.updated - row.parameters,
            "New weight": row.updated,
        }
    )


def _class_marker(label: int, size: int) -> dict[str, object]:
    return {
        "color": (NEGATIVE, POSITIVE)[label],
        "symbol": (NEGATIVE_SYMBOL, POSITIVE_SYMBOL)[label],
        "size": size,
        "line": {"width": 0.7, "color": OUTLINE},
    }
