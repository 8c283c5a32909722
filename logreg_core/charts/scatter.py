"""Rows as points: class by colour and shape."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from logreg_core.charts.layout import figure
from logreg_core.charts.palette import NEGATIVE, NEGATIVE_SYMBOL, OUTLINE, POSITIVE, POSITIVE_SYMBOL
from logreg_core.charts.text import as_text, class_text, shorten
from logreg_core.evaluation.points import Points, sample_by_class

DRAWN_AT_MOST = 2000


def class_scatter(
    frame: pd.DataFrame, x: str, y: str, target: str, positive: str, *, negative: str = "", height: int = 400
) -> go.Figure:
    """Two number columns of ``frame`` against each other, the rows where ``target`` reads ``positive`` marked.

    Of more than 2,000 rows a sample is drawn, by class, and the legend says so.
    """
    is_positive = np.asarray(frame[target].astype(str) == str(positive), dtype=np.float64)
    rows = sample_by_class(is_positive, DRAWN_AT_MOST)
    drawn = frame.iloc[rows]
    chart = figure(height=height, x_title=as_text(x), y_title=as_text(y))
    add_points(
        chart,
        numbers(drawn[x]),
        numbers(drawn[y]),
        is_positive[rows],
        names=(negative or _other_class(frame[target], positive), positive),
        axes=(x, y),
    )
    chart.update_layout(legend_title=legend_title("Rows", len(rows), len(frame)))
    return chart


def class_scatter_alt(frame: pd.DataFrame, x: str, y: str, target: str, positive: str) -> str:
    """What ``class_scatter`` shows, in a sentence."""
    share = (frame[target].astype(str) == str(positive)).mean() if len(frame) else 0.0
    return (
        f"{len(frame):,} rows as points, {shorten(x)} across and {shorten(y)} up; "
        f"{100 * share:.0f} % are {class_text(target, positive)}."
    )


def add_points(
    chart: go.Figure,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    is_positive: NDArray[np.float64],
    *,
    names: tuple[str, str],
    axes: tuple[str, str],
) -> None:
    """Add one trace for each class, the larger one below; ``names`` are (negative, positive), all text still raw."""
    for positive in _larger_first(is_positive):
        chosen = is_positive == positive
        chart.add_trace(
            go.Scatter(
                x=x[chosen],
                y=y[chosen],
                mode="markers",
                name=as_text(names[positive], 30),
                legendrank=1 + positive,
                marker=marker(positive, len(x)),
                hovertemplate=(
                    f"{as_text(axes[0])} %{{x:.4~g}}<br>{as_text(axes[1])} %{{y:.4~g}}"
                    f"<extra>{as_text(names[positive], 30)}</extra>"
                ),
            )
        )


def marker(positive: int, n: int) -> dict[str, Any]:
    """Marker of a class, smaller when there are many points."""
    size = 8 if n <= 300 else 6 if n <= 1000 else 5
    return {
        "color": (NEGATIVE, POSITIVE)[positive],
        "symbol": (NEGATIVE_SYMBOL, POSITIVE_SYMBOL)[positive],
        # A diamond looks smaller than a circle of the same width.
        "size": size + positive,
        "opacity": 0.8,
        "line": {"width": 0.7, "color": OUTLINE},
    }


def points_title(points: Points) -> dict[str, Any]:
    """Legend title that names the rows drawn and, where it is a sample, says so."""
    return legend_title("Training rows" if points.part == "train" else "Test rows", points.shown, points.total)


def legend_title(rows: str, shown: int, total: int) -> dict[str, Any]:
    """Legend title above the entries: "Test rows (2,000 of 40,000 drawn)"."""
    sample = f" ({shown:,} of {total:,} drawn)" if shown < total else ""
    return {"text": rows + sample, "side": "top"}


def rows_drawn(points: Points) -> str:
    """The rows drawn, to follow their number: "test rows" or "of 40,000 test rows"."""
    kind = "training rows" if points.part == "train" else "test rows"
    return kind if points.shown == points.total else f"of {points.total:,} {kind}"


def numbers(values: pd.Series) -> NDArray[np.float64]:
    """A column as floats, missing and infinite as nan (which is not drawn)."""
    floats = values.to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(np.isfinite(floats), floats, np.nan)


def _larger_first(is_positive: NDArray[np.float64]) -> tuple[int, int]:
    return (0, 1) if is_positive.mean() <= 0.5 else (1, 0)


def _other_class(values: pd.Series, positive: str) -> str:
    others = [level for level in values.dropna().astype(str).unique() if level != str(positive)]
    return others[0] if len(others) == 1 else f"not {positive}"
