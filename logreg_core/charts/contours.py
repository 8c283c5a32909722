"""The cost over two parameters as a map with contours: the way a descent took, where it is lowest, where one stands."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from logreg_core.charts import cost_look
from logreg_core.charts.layout import figure
from logreg_core.charts.palette import LINE, faded
from logreg_core.charts.text import as_text, shorten
from logreg_core.training.surface import CostSurface
from logreg_core.training.valley import Valley

LEVELS = 12
PICKS = 21


def cost_map(
    surface: CostSurface,
    names: tuple[str, str],
    *,
    path: ArrayLike | None = None,
    lowest: ArrayLike | None = None,
    here: ArrayLike | None = None,
    height: int = 440,
    pickable: bool = False,
    to_scale: bool = False,
) -> go.Figure:
    """Contours of the cost over two parameters.

    Parameters
    ----------
    surface : CostSurface
    names : (str, str)
        Of the two, as the user reads them; across, then up.
    path : array of shape (k, 2), optional
        Where a descent was.
    lowest : array of shape (2,), optional
        Where the cost is lowest.
    here : array of shape (2,), optional
        Where the user stands.
    height : int
    pickable : bool
        Add a net of unseen points, so that a click chooses a place.
    to_scale : bool
        Draw one unit equally long on both axes, so that a valley is as narrow as it is.
    """
    across, up = as_text(names[0], 30), as_text(names[1], 30)
    chart = figure(height=height, x_title=across, y_title=up, fixed=pickable)
    chart.add_trace(_contours(surface, across, up))
    if pickable:
        chart.add_trace(_net(surface, across, up))
    if path is not None:
        _add_path(chart, np.asarray(path, dtype=np.float64), across, up)
    for place, name, symbol, size in (
        (lowest, "Lowest", cost_look.LOWEST, 17),
        (here, "You", cost_look.YOU, 15),
    ):
        if place is not None:
            a, b = np.asarray(place, dtype=np.float64)
            chart.add_trace(_mark((float(a), float(b)), name, symbol, size, (across, up)))
    chart.update_xaxes(range=[surface.first_values[0], surface.first_values[-1]], showgrid=False)
    chart.update_yaxes(range=[surface.second_values[0], surface.second_values[-1]], showgrid=False)
    for axis in (chart.layout.xaxis, chart.layout.yaxis):
        axis.update(tickformat="~g", constrain="domain", nticks=6)
    chart.update_layout(legend_itemsizing="constant")
    if to_scale:
        chart.update_yaxes(scaleanchor="x", scaleratio=1)
    return chart


def cost_map_alt(surface: CostSurface, names: tuple[str, str], *, path: ArrayLike | None = None) -> str:
    """What ``cost_map`` shows, in a sentence."""
    i, j = np.unravel_index(int(np.nanargmin(surface.cost)), surface.cost.shape)
    said = (
        f"Cost over {shorten(names[0])} (across) and {shorten(names[1])} (up): lowest, {surface.cost[i, j]:.4g}, near "
        f"{surface.first_values[j]:.3g} and {surface.second_values[i]:.3g}; highest {np.nanmax(surface.cost):.4g}."
    )
    if path is None:
        return said
    places = np.asarray(path, dtype=np.float64)
    first, last = (", ".join(f"{value:.3g}" for value in place) for place in (places[0], places[-1]))
    return f"{said} The descent goes from ({first}) to ({last})."


def cost_map_table(surface: CostSurface, names: tuple[str, str]) -> pd.DataFrame:
    """The numbers of ``cost_map``: every third value of each parameter, with the cost there."""
    a, b = surface.first_values[::3], surface.second_values[::3]
    across, up = np.meshgrid(a, b)
    second = names[1] if names[1] != names[0] else f"{names[1]} (2)"
    return pd.DataFrame({names[0]: across.ravel(), second: up.ravel(), "cost": surface.cost[::3, ::3].ravel()})


def _contours(surface: CostSurface, across: str, up: str) -> go.Contour:
    # The root of the height above the lowest point: near it the valley is a bowl with contours equally far apart.
    finite = np.where(np.isfinite(surface.cost), surface.cost, np.nan)
    lowest = float(np.nanmin(finite))
    height = np.sqrt(finite - lowest)
    top = float(np.nanmax(height)) or 1.0
    ticks = np.linspace(0.0, top, 5)
    return go.Contour(
        x=surface.first_values,
        y=surface.second_values,
        z=height.astype(np.float32),
        customdata=finite,
        zmin=0,
        zmax=top,
        colorscale=cost_look.SCALE,
        contours={"start": top / LEVELS, "end": top, "size": top / LEVELS, "coloring": "heatmap"},
        line={"width": 1, "color": faded("#808080", 0.7)},
        colorbar={
            "title": {"text": _of_which_rows(surface), "side": "right"},
            "tickvals": ticks,
            "ticktext": [_short(lowest + tick**2, top**2) for tick in ticks],
            "thickness": 10,
            "len": 0.85,
            "xpad": 4,
            "outlinewidth": 0,
        },
        hovertemplate=f"{across} %{{x:.4~g}}<br>{up} %{{y:.4~g}}<br>cost %{{customdata:.5~g}}<extra></extra>",
    )


def _of_which_rows(surface: CostSurface) -> str:
    if surface.n_rows == surface.n_rows_in_all:
        return "cost"
    return f"cost of {surface.n_rows:,} rows"


def _net(surface: CostSurface, across: str, up: str) -> go.Scatter:
    a, b = (np.linspace(values[0], values[-1], PICKS + 2)[1:-1] for values in _axes(surface))
    x, y = np.meshgrid(a, b)
    unseen: dict[str, Any] = {"marker": {"opacity": 0}}
    return go.Scatter(
        x=x.ravel(),
        y=y.ravel(),
        mode="markers",
        showlegend=False,
        marker={"size": 16, "opacity": 0, "color": LINE},
        selected=unseen,
        unselected=unseen,
        hovertemplate=f"{across} %{{x:.4~g}}<br>{up} %{{y:.4~g}}<br>click to stand here<extra></extra>",
    )


def _axes(surface: CostSurface) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return surface.first_values, surface.second_values


def _add_path(chart: go.Figure, path: NDArray[np.float64], across: str, up: str) -> None:
    path = path[np.isfinite(path).all(axis=1)]
    if not len(path):
        return
    hover = f"{across} %{{x:.4~g}}<br>{up} %{{y:.4~g}}<extra>on the way</extra>"
    chart.add_traces(cost_look.way(path[:, 0], path[:, 1], "Descent", hovertemplate=hover, **_still()))
    chart.add_trace(_mark((float(path[0, 0]), float(path[0, 1])), "Start", cost_look.START, 11, (across, up)))


def _mark(place: tuple[float, float], name: str, symbol: str, size: int, axes: tuple[str, str]) -> go.Scatter:
    hover = f"{axes[0]} %{{x:.4~g}}<br>{axes[1]} %{{y:.4~g}}<extra>{name}</extra>"
    return cost_look.mark(*place, name, symbol, size, hovertemplate=hover, **_still())


def _still() -> dict[str, Any]:
    """A click on the map does not pale what it did not hit."""
    return {"unselected": {"marker": {"opacity": 1}}}


def _short(cost: float, span: float) -> str:
    """A cost with the digits that costs on a map with this ``span`` differ in."""
    if span < 0.05:
        return f"{cost:.4f}"
    return f"{cost:.3f}" if cost < 10 else f"{cost:,.0f}" if cost < 1e5 else f"{cost:.1g}"


def valley_in_words(found: Valley) -> str:
    """Say what shape a valley has and how far a descent came in it."""
    steps = len(found.path) - 1
    way = f"After {steps} epochs {100 * (1 - found.left):.3g} % of the way down is done."
    if found.there_after is not None:
        epochs = "1 epoch" if found.there_after == 1 else f"{found.there_after} epochs"
        way = f"It is as good as there (99.9 % of the way down) after {epochs}."
    if not np.isfinite(found.condition):
        return f"One direction is perfectly flat: there the cost does not change at all. {way}"
    long = float(np.sqrt(found.condition))
    shape = "nearly round" if long < 1.5 else f"{long:.2g} times as long as it is wide" if long < 10 else ""
    shape = shape or f"{float(f'{long:.2g}'):,.0f} times as long as it is wide"
    path = "the descent goes to and fro across it" if _zigzags(found.path) else "the descent goes down it without turns"
    return f"The valley is {shape} (condition number {_condition(found.condition)}), and {path}. {way}"


def _zigzags(path: NDArray[np.float64]) -> bool:
    """Whether a third or more of the steps that can be seen turn back."""
    steps = np.diff(path, axis=0)
    lengths = np.sqrt(np.sum(steps**2, axis=1))
    seen = steps[lengths > 0.01 * lengths.max(initial=0.0)]
    back = np.sum(seen[1:] * seen[:-1], axis=1) < 0
    return bool(len(back) and back.mean() >= 1 / 3)


def _condition(value: float) -> str:
    if value >= 1e9:
        return "more than a billion"
    return f"{value:.2g}" if value < 10 else f"{float(f'{value:.2g}'):,.0f}"
