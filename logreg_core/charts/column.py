"""One column of the table as a picture: a histogram or its most frequent levels, by class where there is a target."""

from __future__ import annotations

import itertools

import numpy as np
import plotly.graph_objects as go

from logreg_core.charts.layout import figure
from logreg_core.charts.palette import LINE, NEGATIVE, POSITIVE
from logreg_core.charts.text import as_text, class_label, class_text, percent, shorten
from logreg_core.data.detail import ColumnDetail

# Over the colour instead of in its place: thin lines alone would make the positive class look like the lesser one.
_HATCH = {"solidity": 0.25, "fillmode": "overlay", "fgcolor": "rgba(255, 255, 255, 0.55)"}

_MOST_TICKS = 16
_FEW = 5  # plotly would write halves of a row


def column_histogram(seen: ColumnDetail, *, target: str = "", positive: str = "") -> go.Figure:
    """Rows in bins; by class, the share of the rows of each class, so that a rare class can be compared.

    ``seen`` has one group of rows, or two when ``positive`` is given (the others first).
    """
    chart = figure(height=340, x_title=as_text(seen.name), y_title="rows", fixed=True)
    is_date = seen.kind == "date"
    for place, (name, colour, shape) in enumerate(_groups(seen, target, positive)):
        counts = seen.counts[place]
        total = max(1, int(counts.sum()))
        chart.add_trace(
            go.Bar(
                x=_centres(seen.edges, is_date=is_date),
                y=counts / total if positive else counts,
                width=_widths(seen.edges, is_date=is_date, share=1 / len(seen.counts)),
                offset=None if len(seen.counts) == 1 else _offsets(seen.edges, place, is_date=is_date),
                name=name,
                marker={"color": colour, "pattern": {**_HATCH, "shape": shape}},
                customdata=[f"{bin_}: {count:,} rows" for bin_, count in zip(_bins(seen), counts, strict=True)],
                hovertemplate="%{customdata}<extra>" + name + "</extra>",
            )
        )
    chart.update_layout(bargap=0.05, showlegend=bool(positive))
    # As written, with separators: 10,050 is a customer's number, and 10.05k is not.
    chart.update_xaxes(type="date" if is_date else "linear", minexponent=7, separatethousands=True)
    if seen.one_each and len(seen.edges) <= _MOST_TICKS:
        chart.update_xaxes(dtick=1)
    chart.update_yaxes(**_whole(int(seen.counts.max(initial=0))))
    if positive:
        chart.update_yaxes(title={"text": "share of the class"}, tickformat=".0%", dtick=None)
    return chart


def column_levels(seen: ColumnDetail, *, target: str = "", positive: str = "") -> go.Figure:
    """Rows of the most frequent levels as bars; by class stacked, with the share of the positive class at the end."""
    places = np.arange(len(seen.levels))
    chart = figure(height=max(220, 110 + 24 * len(places)), x_title="rows", fixed=True)
    total = seen.counts.sum(axis=0)
    for place, (name, colour, shape) in enumerate(_groups(seen, target, positive)):
        last = place == len(seen.counts) - 1
        share = seen.counts[-1] / np.maximum(1, total)
        chart.add_trace(
            go.Bar(
                x=seen.counts[place],
                y=places,
                orientation="h",
                name=name,
                marker={"color": colour, "pattern": {**_HATCH, "shape": shape}},
                text=[percent(each) for each in share] if positive and last else None,
                textposition="outside",
                cliponaxis=False,
                constraintext="none",
                customdata=[
                    f"{as_text(level)}: {count:,}" for level, count in zip(seen.levels, seen.counts[place], strict=True)
                ],
                hovertemplate="%{customdata} rows<extra>" + name + "</extra>",
            )
        )
    chart.update_layout(barmode="stack", bargap=0.25, showlegend=bool(positive))
    most = max(1, int(total.max(initial=1)))
    chart.update_xaxes(range=[0, 1.2 * most], **_whole(most))
    chart.update_yaxes(
        tickvals=places.tolist(),
        ticktext=[as_text(level, 26, keep_end=True) for level in seen.levels],
        range=[len(places) - 0.5, -0.5],
        showgrid=False,
    )
    return chart


def column_alt(seen: ColumnDetail, *, target: str = "", positive: str = "") -> str:
    """What the picture of a column shows, in a sentence."""
    known = seen.rows - seen.missing - seen.infinite
    by_class = f", {class_text(target, positive)} beside the others" if positive else ""
    if seen.kind == "level":
        total = seen.counts.sum(axis=0)
        return (
            f"{shorten(seen.name)} has {len(seen.levels) + seen.other_levels:,} levels{by_class}; the most frequent, "
            f"{shorten(seen.levels[0])}, has {int(total[0]):,} of {known:,} rows."
        )
    facts = dict(seen.facts)
    return (
        f"Histogram of {shorten(seen.name)}{by_class}: {known:,} values from {facts['lowest']} to {facts['highest']}, "
        f"half of them at most {facts['median']}."
    )


def _groups(seen: ColumnDetail, target: str, positive: str) -> list[tuple[str, str, str]]:
    """(name, colour, pattern) of each group of rows."""
    if len(seen.counts) == 1:
        return [("All rows", LINE, "")]
    return [("The others", NEGATIVE, ""), (class_label(target, positive), POSITIVE, "/")]


def _whole(most: int) -> dict[str, object]:
    """An axis that counts up to ``most`` rows: no halves of a row, and separators in place of a k."""
    return {"minexponent": 7, "separatethousands": True, **({"dtick": 1} if most <= _FEW else {})}


def _bins(seen: ColumnDetail) -> list[str]:
    """What each bin holds, in words."""
    if seen.one_each:
        return [f"{edge + 0.5:.15g}" for edge in seen.edges[:-1]]
    ends = [_end(value, is_date=seen.kind == "date") for value in seen.edges]
    return [f"{low} to {high}" for low, high in itertools.pairwise(ends)]


def _end(value: float, *, is_date: bool) -> str:
    return str(np.datetime64(round(value), "us"))[:10] if is_date else f"{value:.4g}"


def _centres(edges: np.ndarray, *, is_date: bool) -> list[object]:
    middle = edges[:-1] / 2 + edges[1:] / 2
    return [str(np.datetime64(round(value), "us")) for value in middle] if is_date else middle.tolist()


def _widths(edges: np.ndarray, *, is_date: bool, share: float) -> list[float]:
    """Plotly counts dates in milliseconds."""
    widths = np.maximum(np.diff(edges), 1e-12 * max(1.0, float(np.abs(edges).max())))
    return [float(width) for width in 0.95 * share * widths / (1000 if is_date else 1)]


def _offsets(edges: np.ndarray, place: int, *, is_date: bool) -> list[float]:
    """The first group left of the middle, the second right of it."""
    return [-width if place == 0 else 0.0 for width in _widths(edges, is_date=is_date, share=0.5)]
