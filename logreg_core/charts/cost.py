"""The cost of training and test rows over the epochs of a run."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from logreg_core.charts.layout import figure
from logreg_core.charts.palette import TEST_ROWS, TRAINING_ROWS
from logreg_core.evaluation.thinning import thin

DRAWN_AT_MOST = 400
# Beyond this many times the start cost a linear axis shows nothing but the last few epochs.
BLOWN_UP = 20


class _History(Protocol):
    @property
    def cost(self) -> ArrayLike: ...


class TrainedModel(Protocol):
    """A model with the costs of its run: training rows at each epoch, test rows at some."""

    @property
    def history(self) -> _History:
        """``history.cost`` of shape (n_epochs,), the training cost before each update."""
        ...

    @property
    def final_cost(self) -> float:
        """Training cost after the last update."""
        ...

    @property
    def test_epochs(self) -> ArrayLike:
        """Epochs, shape (k,), at which the cost of the test rows was computed."""
        ...

    @property
    def test_cost(self) -> ArrayLike:
        """Cost of the test rows at ``test_epochs``."""
        ...


def cost_curve(model: TrainedModel, *, log_x: bool = False, measure: str = "log loss") -> go.Figure:
    """Cost against epoch, training rows as a line and test rows dashed, at most 400 points each.

    ``measure`` names what was made small. On a logarithmic epoch axis epoch 0 is left out. Costs that are not
    finite are not drawn; when a run has blown up the cost axis is logarithmic too.
    """
    train, test = _curves(model, log_x=log_x)
    chart = figure(height=380, x_title="epoch", y_title=measure)
    for (epochs, cost), name, line in (
        (train, "Training rows", {"color": TRAINING_ROWS, "width": 2.5}),
        (test, "Test rows", {"color": TEST_ROWS, "width": 2.5, "dash": "dash"}),
    ):
        if len(epochs):
            chart.add_trace(_line(epochs, cost, name, line, log_x=log_x))
    if log_x:
        chart.update_xaxes(type="log", dtick=1)
    costs = np.concatenate((train[1], test[1]))
    if len(costs) and costs.max() > BLOWN_UP * max(float(costs[0]), 1e-3):
        chart.update_yaxes(type="log", title_text=f"{measure} (logarithmic)")
    return chart


def cost_curve_alt(model: TrainedModel) -> str:
    """What ``cost_curve`` shows, in a sentence."""
    (epochs, cost), (_, test_cost) = _curves(model, log_x=False)
    if not len(cost):
        return "No cost to draw: it was not finite from the start."
    verb = "falls" if cost[-1] < cost[0] else "rises" if cost[-1] > cost[0] else "stays"
    test = f"; on the test rows it ends at {test_cost[-1]:.4g}" if len(test_cost) else ""
    return (
        f"The log loss on the training rows {verb} from {cost[0]:.4g} to {cost[-1]:.4g} "
        f"by epoch {epochs[-1]:,.0f}{test}."
    )


def cost_table(model: TrainedModel) -> pd.DataFrame:
    """The numbers of ``cost_curve``: log loss of training and test rows at the epochs drawn, nan where not computed."""
    (epochs, cost), (test_epochs, test_cost) = _curves(model, log_x=False)
    train = pd.Series(cost, index=epochs.astype(np.int64), name="training rows")
    test = pd.Series(test_cost, index=test_epochs.astype(np.int64), name="test rows")
    return pd.concat([train, test], axis=1).sort_index().rename_axis("epoch").reset_index()


_Line = tuple[NDArray[np.float64], NDArray[np.float64]]


def _curves(model: TrainedModel, *, log_x: bool) -> tuple[_Line, _Line]:
    # The history holds the cost before each update; the end is after the last one.
    cost = np.append(np.asarray(model.history.cost, dtype=np.float64), model.final_cost)
    return (
        _drawn(np.arange(len(cost), dtype=np.float64), cost, log_x=log_x),
        _drawn(np.asarray(model.test_epochs, np.float64), np.asarray(model.test_cost, np.float64), log_x=log_x),
    )


def _drawn(epochs: NDArray[np.float64], cost: NDArray[np.float64], *, log_x: bool) -> _Line:
    keep = np.isfinite(cost)
    if log_x and len(epochs) > 1:
        keep &= epochs > 0
    epochs, cost = epochs[keep], cost[keep]
    kept = thin(np.log(epochs) if log_x and len(epochs) > 1 else epochs, cost, DRAWN_AT_MOST)
    return epochs[kept], cost[kept]


def _line(
    epochs: NDArray[np.float64], cost: NDArray[np.float64], name: str, line: dict[str, Any], *, log_x: bool
) -> go.Scatter:
    return go.Scatter(
        x=epochs,
        y=cost,
        # A single epoch is a point: a line through it would not be seen.
        mode="lines" if len(epochs) > 1 else "markers",
        name=name,
        line=line,
        marker={"color": line["color"], "size": 9},
        hovertemplate="epoch %{x:,.0f}<br>log loss %{y:.6~g}<extra>" + name + "</extra>",
    )
