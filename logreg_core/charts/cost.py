"""The cost of training and test rows over the epochs of a run."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from logreg_core.charts.layout import figure
from logreg_core.charts.palette import LINE, TEST_ROWS, TRAINING_ROWS
from logreg_core.evaluation.thinning import thin

DRAWN_AT_MOST = 400
# Beyond this many times the start cost a linear axis shows nothing but the last few epochs.
BLOWN_UP = 20
# A test cost that ends so many times above its lowest point has risen by more than the wobble of a last digit.
RISEN = 1.1


class _History(Protocol):
    @property
    def cost(self) -> ArrayLike: ...


class _Settings(Protocol):
    @property
    def balanced(self) -> bool: ...

    @property
    def firth(self) -> bool: ...

    @property
    def has_penalty(self) -> bool: ...

    @property
    def method(self) -> str: ...


class TrainedModel(Protocol):
    """A model with the costs of its run: what was made small at each epoch, the log loss of both parts at some."""

    @property
    def settings(self) -> _Settings:
        """Whether there is a penalty, whether classes count alike, and the method."""
        ...

    @property
    def history(self) -> _History:
        """``history.cost`` of shape (n_epochs,), the training cost before each update."""
        ...

    @property
    def final_cost(self) -> float:
        """Training cost after the last update."""
        ...

    @property
    def loss_epochs(self) -> ArrayLike:
        """Epochs, shape (k,), at which the log loss of the training rows was computed."""
        ...

    @property
    def train_loss(self) -> ArrayLike:
        """Log loss of the training rows at ``loss_epochs``, without a penalty."""
        ...

    @property
    def test_epochs(self) -> ArrayLike:
        """Epochs at which the log loss of the test rows was computed."""
        ...

    @property
    def test_cost(self) -> ArrayLike:
        """Log loss of the test rows at ``test_epochs``."""
        ...


def cost_curve(model: TrainedModel, *, log_x: bool = False) -> go.Figure:
    """Log loss against epoch, training rows as a line and test rows dashed, at most 400 points each.

    Both are without the penalty, so that they can be compared; with one, what was made small is a dotted line beside
    them. On a logarithmic epoch axis epoch 0 is left out. Costs that are not finite are not drawn; when a run has blown
    up the cost axis is logarithmic too.
    """
    train, test, penalised = _curves(model, log_x=log_x)
    measure = _measure(model)
    chart = figure(height=380, x_title=_step(model), y_title=measure)
    for (epochs, cost), name, line in (
        (train, "Training rows", {"color": TRAINING_ROWS, "width": 2.5}),
        (test, "Test rows", {"color": TEST_ROWS, "width": 2.5, "dash": "dash"}),
        (penalised, "Training, with penalty", {"color": LINE, "width": 2, "dash": "dot"}),
    ):
        if len(epochs):
            chart.add_trace(_line(epochs, cost, name, line, _step(model)))
    if log_x:
        chart.update_xaxes(type="log", dtick=1)
    costs = np.concatenate((train[1], test[1]))
    if len(costs) and costs.max() > BLOWN_UP * max(float(costs[0]), 1e-3):
        chart.update_yaxes(type="log", exponentformat="power", title_text=f"{measure} (logarithmic)")
    return chart


def cost_curve_alt(model: TrainedModel) -> str:
    """What ``cost_curve`` shows, in a sentence."""
    (epochs, cost), (_, test_cost), _ = _curves(model, log_x=False)
    if not len(cost):
        return "No cost to draw: it was not finite from the start."
    verb = "falls" if cost[-1] < cost[0] else "rises" if cost[-1] > cost[0] else "stays"
    test = f"; on the test rows it ends at {test_cost[-1]:.4g}" if len(test_cost) else ""
    return (
        f"The {_measure(model)} on the training rows {verb} from {cost[0]:.4g} to {cost[-1]:.4g} "
        f"by {_step(model)} {epochs[-1]:,.0f}{test}."
    )


def cost_caption(model: TrainedModel) -> str:
    """What to know when reading the curve, as plain text; empty where it is as one expects."""
    settings, said = model.settings, []
    if settings.firth:
        said.append("Firth's correction makes something slightly different small, so log loss may rise a little.")
    elif settings.has_penalty:
        said.append(
            "Solid and dashed leave out what holds the weights back, so that training and test rows can be compared; "
            "dotted is with it, and that is what training makes small."
        )
    if settings.balanced:
        said.append("Both classes count alike in it, so it differs from the log loss on the Evaluate page.")
    if settings.method == "exact" and not settings.firth:
        said.append("Solving exactly does not begin with weights of 0, so its first point is no model to compare with.")
    if settings.method != "exact":
        said.append(_turn(model))
    return " ".join(filter(None, said))


def _turn(model: TrainedModel) -> str:
    """Say where the log loss of the test rows was lowest, if it has risen by much since while the cost fell."""
    epochs, test = np.asarray(model.test_epochs), np.asarray(model.test_cost, dtype=np.float64)
    if not len(test) or not np.isfinite(test).all() or model.final_cost >= np.asarray(model.history.cost)[:1].sum():
        return ""
    lowest = int(test.argmin())
    if test[-1] <= RISEN * test[lowest]:
        return ""
    return (
        f"On the test rows log loss was lowest around epoch {int(epochs[lowest]):,} and has risen since: what was "
        "learned later holds for the training rows only. Holding weights back or leaving columns out helps."
    )


def cost_table(model: TrainedModel) -> pd.DataFrame:
    """The numbers of ``cost_curve``: log loss of training and test rows at the epochs drawn, nan where not computed."""
    names = ("training rows", "test rows", "training rows, with penalty")
    columns = [
        pd.Series(cost, index=epochs.astype(np.int64), name=name)
        for (epochs, cost), name in zip(_curves(model, log_x=False), names, strict=True)
        if len(epochs) or name != names[-1]
    ]
    return pd.concat(columns, axis=1).sort_index().rename_axis(_step(model)).reset_index()


def _measure(model: TrainedModel) -> str:
    return "log loss, both classes alike" if model.settings.balanced else "log loss"


def _step(model: TrainedModel) -> str:
    return "step" if model.settings.method == "exact" else "epoch"


_Line = tuple[NDArray[np.float64], NDArray[np.float64]]


def _curves(model: TrainedModel, *, log_x: bool) -> tuple[_Line, _Line, _Line]:
    """Log loss of training rows, that of test rows, and the cost with the penalty where there is one."""
    # The history holds the cost before each update; the end is after the last one.
    cost = np.append(np.asarray(model.history.cost, dtype=np.float64), model.final_cost)
    whole = _drawn(np.arange(len(cost), dtype=np.float64), cost, log_x=log_x)
    test = _drawn(np.asarray(model.test_epochs, np.float64), np.asarray(model.test_cost, np.float64), log_x=log_x)
    nothing = (np.empty(0), np.empty(0))
    if not model.settings.has_penalty:
        return whole, test, nothing
    epochs, loss = np.asarray(model.loss_epochs, np.float64), np.asarray(model.train_loss, np.float64)
    # Firth's penalty depends on the units of the columns, so the cost with it cannot be drawn beside a log loss.
    return _drawn(epochs, loss, log_x=log_x), test, nothing if model.settings.firth else whole


def _drawn(epochs: NDArray[np.float64], cost: NDArray[np.float64], *, log_x: bool) -> _Line:
    keep = np.isfinite(cost)
    if log_x and len(epochs) > 1:
        keep &= epochs > 0
    epochs, cost = epochs[keep], cost[keep]
    kept = thin(np.log(epochs) if log_x and len(epochs) > 1 else epochs, cost, DRAWN_AT_MOST)
    return epochs[kept], cost[kept]


def _line(
    epochs: NDArray[np.float64], cost: NDArray[np.float64], name: str, line: dict[str, Any], step: str
) -> go.Scatter:
    return go.Scatter(
        x=epochs,
        y=cost,
        # A single epoch is a point: a line through it would not be seen.
        mode="lines" if len(epochs) > 1 else "markers",
        name=name,
        line=line,
        marker={"color": line["color"], "size": 9},
        hovertemplate=step + " %{x:,.0f}<br>%{y:.6~g}<extra>" + name + "</extra>",
    )
