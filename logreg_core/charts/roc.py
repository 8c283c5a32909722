"""The ROC curve: what each threshold would catch, and at what price in false alarms."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from logreg_core.charts.layout import SHARES, figure
from logreg_core.charts.palette import LINE, OUTLINE, TEST_ROWS, TRAINING_ROWS
from logreg_core.charts.text import class_label, class_text, percent
from logreg_core.evaluation.evaluation import Evaluation, PartEvaluation


def roc_curve(evaluation: Evaluation, threshold: float) -> go.Figure:
    """ROC of test and training rows, the line of guessing by chance, and the point of the current threshold.

    A part with rows of one class has no curve and is left out.
    """
    chart = figure(
        height=440,
        x_title=f"false alarms: share of {class_label(evaluation.target, evaluation.negative, 14)}",
        y_title=f"found: share of {class_label(evaluation.target, evaluation.positive, 14)}",
        fixed=True,
    )
    chart.add_trace(
        go.Scatter(
            x=[0, 1],
            y=[0, 1],
            mode="lines",
            name="By chance",
            legendrank=4,
            line={"color": LINE, "width": 1.5, "dash": "dot"},
            hoverinfo="skip",
        )
    )
    _add_part(chart, evaluation.train, "Training", {"color": TRAINING_ROWS, "width": 2, "dash": "dash"}, rank=2)
    _add_part(chart, evaluation.test, "Test", {"color": TEST_ROWS, "width": 3}, rank=1)
    confusion = evaluation.test.at(threshold)
    if not math.isnan(confusion.recall) and not math.isnan(confusion.specificity):
        chart.add_trace(
            go.Scatter(
                x=[1 - confusion.specificity],
                y=[confusion.recall],
                mode="markers",
                name=f"Threshold {threshold:.3g}",
                legendrank=3,
                marker={"color": TEST_ROWS, "size": 14, "symbol": "diamond", "line": {"width": 2, "color": OUTLINE}},
                hovertemplate="false alarms %{x:.1%}<br>found %{y:.1%}<extra>this threshold</extra>",
            )
        )
    chart.update_xaxes(range=[-0.02, 1.02], **SHARES)
    chart.update_yaxes(range=[-0.02, 1.02], **SHARES)
    return chart


def roc_curve_alt(evaluation: Evaluation, threshold: float) -> str:
    """What ``roc_curve`` shows, in a sentence."""
    if math.isnan(evaluation.test.auc):
        return "No ROC curve: the test rows are all of one class."
    confusion = evaluation.test.at(threshold)
    return (
        f"Area under the ROC curve {evaluation.test.auc:.3f} on the test rows; at a threshold of {threshold:.3g} "
        f"{percent(confusion.recall)} of the {class_text(evaluation.target, evaluation.positive)} rows are found, with "
        f"{percent(1 - confusion.specificity)} false alarms among the others."
    )


def _add_part(chart: go.Figure, part: PartEvaluation, name: str, line: dict[str, object], *, rank: int) -> None:
    if math.isnan(part.auc):
        return
    chart.add_trace(
        go.Scatter(
            x=part.roc.false_positive_rate,
            y=part.roc.recall,
            mode="lines",
            name=f"{name} (AUC {part.auc:.3f})",
            legendrank=rank,
            line=line,
            # The first threshold is infinite: above every probability.
            customdata=np.minimum(part.roc.threshold, 1.0),
            hovertemplate=(
                "threshold %{customdata:.3f}<br>false alarms %{x:.1%}<br>found %{y:.1%}"
                f"<extra>{name} rows</extra>"
            ),
        )
    )


def roc_table(evaluation: Evaluation) -> pd.DataFrame:
    """The numbers of ``roc_curve`` on the test rows: threshold (0 to 1), share found and share of false alarms."""
    roc = evaluation.test.roc
    return pd.DataFrame(
        {
            "threshold": np.minimum(roc.threshold, 1.0),
            "found (recall)": roc.recall,
            "false alarms": roc.false_positive_rate,
        }
    )
