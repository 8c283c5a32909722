"""The boundary over the points: which columns on the axes, which rows as points, and the picture that fits them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from logreg_core.charts import (
    boundary_map,
    boundary_map_alt,
    boundary_volume,
    boundary_volume_alt,
    level_bars,
    level_bars_alt,
    probability_curve,
    probability_curve_alt,
)
from logreg_core.evaluation import (
    axis_range,
    boundary_sentence,
    curve,
    held_sentence,
    levels,
    plane,
    points_sentence,
    sample_points,
    score_rows,
    typical_values,
    volume,
)
from pages.shared import workspace
from pages.shared.figures import show_figure
from pages.shared.wording import plain

if TYPE_CHECKING:
    from logreg_core.evaluation import Points
    from pages.shared.jobs import TrainedResult

_PROBABILITY = "the probability"
_NO_DEPTH = "nothing (flat picture)"
_TRAINING, _TEST = "Training", "Test"


@st.fragment
def show(result: TrainedResult) -> None:
    """Controls and picture; a fragment, so that another axis redraws nothing else."""
    columns, part = _choose(result)
    points = workspace.remember(
        "points",
        (result.prepared.fingerprint, part),
        lambda: sample_points(result.frame, result.prepared, "train" if part == _TRAINING else "test"),
    )
    slice_ = workspace.remember("slice", (result.model.fingerprint, columns), lambda: _slice(result, columns))
    figure, alt = _picture(result, columns, slice_, points)
    show_figure(figure, key="train.boundary", alt=alt)
    said = [held_sentence(slice_.held), _points_said(columns, result, points)]
    if columns[0] in result.prepared.numbers:
        said.insert(0, boundary_sentence(slice_, workspace.threshold()))
    if slice_.held and columns[0] in result.prepared.numbers:
        said.append(
            "The colours are for a case with these typical values; each point has values of its own, so a point on the "
            "other side of the line is not necessarily a mistake."
        )
    st.caption(plain(" ".join(part for part in said if part), longest=None))


def _choose(result: TrainedResult) -> tuple[tuple[str, ...], str]:
    """Columns on the axes (one to three) and which rows are drawn."""
    prepared = result.prepared
    numbers = list(prepared.numbers)
    # Another table or other features begin with their own first two columns.
    workspace.seed_for(
        "axes",
        (result.table.fingerprint, prepared.features),
        lambda: {
            "train.x_axis": prepared.features[0],
            "train.y_axis": numbers[1] if len(numbers) > 1 else _PROBABILITY,
            "train.z_axis": _NO_DEPTH,
        },
    )
    across, up, depth, rows = st.columns(4, vertical_alignment="bottom")
    with across:
        workspace.keep_among("train.x_axis", prepared.features)
        x = st.selectbox("Across", prepared.features, key="train.x_axis", persist_state="session")
    chosen = [str(x)]
    others = [name for name in numbers if name != x]
    if x in numbers:
        options = [*others, _PROBABILITY]
        with up:
            workspace.keep_among("train.y_axis", options)
            y = st.selectbox("Up", options, key="train.y_axis", persist_state="session")
        deeper = [name for name in others if name != y]
        if y != _PROBABILITY:
            chosen.append(str(y))
        if y != _PROBABILITY and deeper:
            options = [_NO_DEPTH, *deeper]
            with depth:
                workspace.keep_among("train.z_axis", options)
                z = st.selectbox("Into depth", options, key="train.z_axis", persist_state="session")
            if z != _NO_DEPTH:
                chosen.append(str(z))
    with rows:
        part = st.segmented_control(
            "Points", [_TRAINING, _TEST], required=True, default=_TRAINING, key="train.part", persist_state="session"
        )
    return tuple(chosen), part or _TRAINING


def _slice(result: TrainedResult, columns: tuple[str, ...]) -> Any:
    """The model over the chosen columns, the others held at typical values."""
    frame, prepared = result.frame, result.prepared
    typical = workspace.remember("typical", prepared.fingerprint, lambda: typical_values(frame, prepared))
    score = score_rows(result.model, prepared)
    if columns[0] not in prepared.numbers:
        return levels(score, typical, columns[0], prepared.design.categories[columns[0]].named)
    ranges = [axis_range(frame[name].iloc[prepared.rows_train]) for name in columns]
    if len(columns) == 1:
        return curve(score, typical, columns[0], ranges[0])
    if len(columns) == 2:
        return plane(score, typical, columns[0], columns[1], ranges[0], ranges[1])
    first, second, third = columns
    return volume(score, typical, (first, second, third), (ranges[0], ranges[1], ranges[2]))


def _picture(result: TrainedResult, columns: tuple[str, ...], slice_: Any, points: Points) -> tuple[Any, str]:
    prepared = result.prepared
    about: dict[str, Any] = {
        "threshold": workspace.threshold(),
        "positive": prepared.positive,
        "target": prepared.target,
    }
    if columns[0] not in prepared.numbers:
        return level_bars(slice_, negative=prepared.negative, **about), level_bars_alt(slice_, **about)
    about_points = {"points": points, **about}
    drawn = {"negative": prepared.negative, **about_points}
    if len(columns) == 1:
        return probability_curve(slice_, **drawn), probability_curve_alt(slice_, **about_points)
    if len(columns) == 2:
        return boundary_map(slice_, **drawn), boundary_map_alt(slice_, **about_points)
    return boundary_volume(slice_, **drawn), boundary_volume_alt(slice_, **about_points)


def _points_said(columns: tuple[str, ...], result: TrainedResult, points: Points) -> str:
    return points_sentence(points, columns) if columns[0] in result.prepared.numbers else ""
