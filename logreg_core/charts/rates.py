"""What a learning rate does: where the safe ones end, and how the cost goes with some of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from logreg_core.charts import cost_look
from logreg_core.charts.layout import figure
from logreg_core.charts.palette import LINE, TRAINING_ROWS, faded
from logreg_core.training.rates import CRAWLS, FALLS, GROWS, JUMPS, OWN, RateTrial
from logreg_core.training.settings import plain_number

CLIPPED_AT = 2.5
"""Times the start cost; above that a curve says how far it goes instead of going there."""
LOOK = (
    ("triangle-left", "bottom center"),
    ("circle", "middle left"),
    ("triangle-right", "middle right"),
    ("x", "middle right"),
    (cost_look.YOU, "top center"),
)


def rate_scale(safe_rate: float, trials: Sequence[RateTrial]) -> go.Figure:
    """The tried rates on a logarithmic scale, the safe ones shaded."""
    rates = np.array([trial.rate for trial in trials])
    low, high = np.log10(min(rates.min(), safe_rate)) - 0.6, np.log10(max(rates.max(), safe_rate)) + 0.6
    chart = figure(height=170, x_title="learning rate (each mark is ten times the one before)", fixed=True)
    chart.add_shape(
        type="rect",
        x0=10**low,
        x1=safe_rate,
        y0=0,
        y1=1,
        yref="paper",
        fillcolor=faded(LINE, 0.18),
        line_width=0,
        layer="below",
    )
    chart.add_vline(x=safe_rate, line={"color": LINE, "width": 2.5})
    chart.add_annotation(
        x=np.log10(safe_rate),
        y=1.0,
        yref="paper",
        yanchor="bottom",
        showarrow=False,
        text=f"safe below {plain_number(safe_rate, digits=3)}",
    )
    for trial, (symbol, side) in zip(trials, LOOK, strict=False):
        own, shown = trial.name == OWN, plain_number(trial.rate, digits=2)
        chart.add_trace(
            go.Scatter(
                x=[trial.rate],
                y=[0.62 if own else 0.3],
                mode="markers+text",
                name=trial.name,
                text=[f"your rate {shown}" if own else shown],
                textposition=side,
                cliponaxis=False,
                marker={"color": LINE, "symbol": symbol, "size": 15 if own else 11},
                showlegend=False,
                hovertemplate=f"{trial.name}: %{{x:.4~g}}<extra></extra>",
            )
        )
    chart.update_xaxes(type="log", range=[low, high], dtick=1, exponentformat="none")
    chart.update_yaxes(visible=False, range=[0, 1.15])
    return chart


def rate_scale_alt(safe_rate: float, trials: Sequence[RateTrial]) -> str:
    """What ``rate_scale`` shows, in a sentence."""
    own = next((trial for trial in trials if trial.name == OWN), None)
    said = f"Learning rates on a logarithmic scale; those below {plain_number(safe_rate, digits=3)} are safe."
    return (
        said
        if own is None
        else f"{said} Yours, {plain_number(own.rate, digits=3)}, is {against_safe(own.rate, safe_rate)}."
    )


def rate_curve(trial: RateTrial, lowest: float | None, epochs: int) -> go.Figure:
    """Cost against epoch of one trial, on the same axis for all trials of a start; cut off high above the start."""
    top = CLIPPED_AT * float(trial.cost[0])
    chart = figure(height=230, x_title="epoch", y_title="cost", fixed=True)
    if lowest is not None:
        chart.add_hline(y=lowest, line=cost_look.LOWEST_LINE)
    chart.add_trace(
        go.Scatter(
            # What is cut off is drawn up to a little above the edge: the line leaves the picture.
            x=np.arange(len(trial.cost)),
            y=np.minimum(trial.cost, 1.5 * top),
            customdata=trial.cost,
            mode="lines",
            line={"color": TRAINING_ROWS, "width": 2.5},
            showlegend=False,
            hovertemplate="epoch %{x}<br>cost %{customdata:.6~g}<extra></extra>",
        )
    )
    chart.update_layout(margin={"t": 10, "l": 10, "r": 10, "b": 10})
    chart.update_xaxes(range=[0, epochs])
    chart.update_yaxes(range=[0, top])
    return chart


def rate_curve_alt(trial: RateTrial, lowest: float | None, epochs: int) -> str:
    """What ``rate_curve`` shows, in a sentence."""
    rate = plain_number(trial.rate, digits=3)
    return f"Cost over {epochs} epochs at a learning rate of {rate}. {rate_in_words(trial, lowest, epochs)}"


_TITLES = {
    "too small": "Too small",
    "right": "Right",
    "too large": "Too large",
    "blown up": "Far too large",
    OWN: "Your rate",
}
_HARMLESS = {
    "too large": ("Above the safe rate", (FALLS, CRAWLS)),
    "blown up": ("Far above the safe rate", (FALLS, CRAWLS, JUMPS)),
}
"""What a rate is called that was tried as too large and behaves otherwise."""


def rate_title(trial: RateTrial) -> str:
    """What a trial is shown as, with its rate: by what it did, not by what it was tried as."""
    title = _HARMLESS[trial.name][0] if _is_harmless(trial) else _TITLES[trial.name]
    return f"{title}: {plain_number(trial.rate, digits=3)}"


def _is_harmless(trial: RateTrial) -> bool:
    return trial.name in _HARMLESS and trial.kind in _HARMLESS[trial.name][1]


def rate_in_words(trial: RateTrial, lowest: float | None, epochs: int) -> str:
    """Say what a trial did, in a sentence or two."""
    start, last = float(trial.cost[0]), float(trial.cost[-1])
    way = start - (0.0 if lowest is None else lowest)
    share = 100 * (start - last) / way if way > 0 else 0.0
    done = "nearly all" if share >= 99.5 else f"{share:.0f} %" if way > 0 else "none"
    if trial.kind == GROWS:
        if len(trial.cost) <= epochs:
            return f"Blows up: after {len(trial.cost) - 1:,} epochs the cost is too large to compute."
        high = f" On the way it goes up to {_cost(trial.highest)}, beyond the picture."
        beyond = high if trial.highest > CLIPPED_AT * start else ""
        return f"Blows up: the cost is {_cost(last)} at the end, above the {_cost(start)} of the start.{beyond}"
    if trial.kind == JUMPS:
        return f"Overshoots: the cost rises in {trial.rises:,} of {epochs:,} steps, and {done} of the way down is done."
    if trial.kind == CRAWLS:
        return f"Crawls: it falls at every step, but only {done} of the way down is done."
    assert trial.kind == FALLS
    said = f"Falls at every step; {done} of the way down is done."
    return f"{said} So large a rate is not too large on these rows." if _is_harmless(trial) else said


def against_safe(rate: float, safe_rate: float) -> str:
    """A rate beside the safe one: "29 times below it", "3.5 times above it"."""
    ratio = rate / safe_rate
    if 0.995 < ratio < 1.005:
        return "about the same"
    times = max(ratio, 1 / ratio)
    shown = f"{times:.2g}" if times < 10 else f"{float(f'{times:.2g}'):,.0f}"
    return f"{shown} times {'below' if ratio < 1 else 'above'} it"


def rate_scale_table(safe_rate: float, trials: Sequence[RateTrial]) -> pd.DataFrame:
    """The numbers of ``rate_scale``: each rate, as a multiple of the safe one too, and what it did."""
    return pd.DataFrame(
        {
            "tried as": [trial.name for trial in trials],
            "learning rate": [trial.rate for trial in trials],
            "times the safe rate": [trial.rate / safe_rate for trial in trials],
            "the cost": [trial.kind for trial in trials],
            "cost at the end": [float(trial.cost[-1]) for trial in trials],
        }
    )


def rate_table(trials: Sequence[RateTrial]) -> pd.DataFrame:
    """The costs of all trials, one column each, epochs down; nan where a descent had blown up."""
    columns = {f"{trial.name} ({plain_number(trial.rate, digits=3)})": pd.Series(trial.cost) for trial in trials}
    return pd.DataFrame(columns).rename_axis("epoch").reset_index()


def _cost(value: float) -> str:
    return f"{value:.3f}" if value < 10 else f"{value:,.0f}" if value < 1e6 else f"{value:.2g}"
