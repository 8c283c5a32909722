"""The boundary over the points: which columns on the axes, which rows as points, and the picture that fits them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
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
    slice_table,
)
from logreg_core.evaluation import (
    RULE,
    axis_range,
    boundary_sentence,
    curve,
    held_sentence,
    levels,
    neighbourhood,
    plane,
    points_sentence,
    row_at,
    sample_points,
    score_rows,
    volume,
)
from pages.shared import held_values, space_controls, workspace
from pages.shared.figures import show_figure
from pages.shared.wording import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logreg_core.evaluation import Points
    from logreg_core.training import FittedModel
    from pages.shared.jobs import TrainedResult
    from pages.shared.space_controls import Look

_PROBABILITY = "the probability"
_NO_DEPTH = "nothing (flat picture)"
_TRAINING, _TEST = "Training", "Test"
MOST_AXES = 3
SUPPORT_CELLS = 50


@st.fragment
def show(result: TrainedResult) -> None:
    """Controls and picture; a fragment, so that another axis redraws nothing else."""
    columns, part = _choose(result)
    held, source = held_values.choose(result, columns)
    points = _points(result, part)
    at = tuple((name, str(value)) for name, value in held.items() if name not in columns)
    key = (result.model.fingerprint, columns, at)
    slice_ = workspace.remember("slice", key, lambda: _slice(result, result.model, columns, held))
    supported = workspace.remember("support", key, lambda: _supported(result, columns, slice_))
    look = space_controls.choose_view("train.boundary") if len(columns) == MOST_AXES else None
    figure, alt = _picture(result, columns, slice_, points, supported, look)
    in_a_plane = columns[0] in result.prepared.numbers and len(columns) < MOST_AXES
    show_figure(
        figure,
        key="train.boundary",
        alt=alt,
        numbers=_table(result, slice_),
        on_point=(lambda point: _use_point(result, columns, points, point)) if in_a_plane and slice_.held else None,
    )
    st.caption(plain(_said(result, columns, slice_, points, supported, source), longest=None))


def show_by_hand(result: TrainedResult, model: FittedModel, columns: tuple[str, ...], *, key: str) -> None:
    """The picture of a model with weights of another's, over one or two columns, the others at typical values."""
    points = _points(result, _TRAINING)
    slice_ = _slice(result, model, columns, held_values.typical(result))
    figure, alt = _picture(result, columns, slice_, points, None)
    show_figure(figure, key=key, alt=alt, numbers=_table(result, slice_))
    said = boundary_sentence(slice_, workspace.threshold()) if columns[0] in result.prepared.numbers else ""
    st.caption(plain(f"{said} {held_sentence(slice_.held)}".strip(), longest=None))


def _table(result: TrainedResult, slice_: Any) -> Any:
    return slice_table(slice_, positive=result.prepared.positive, target=result.prepared.target)


def _points(result: TrainedResult, part: str) -> Points:
    return workspace.remember(
        f"points {part}",
        result.prepared.fingerprint,
        lambda: sample_points(result.frame, result.prepared, "train" if part == _TRAINING else "test"),
    )


def _said(  # noqa: PLR0917 - all that is in the picture
    result: TrainedResult,
    columns: tuple[str, ...],
    slice_: Any,
    points: Points,
    supported: Any,
    source: str,
) -> str:
    number = columns[0] in result.prepared.numbers
    said = [
        boundary_sentence(slice_, workspace.threshold()) if number else "",
        held_sentence(slice_.held, "" if source == "typical values" else source),
        _points_said(columns, result, points),
    ]
    if slice_.held and number:
        drawn, line = ("surface is", "surface") if len(columns) == MOST_AXES else ("colours are", "line")
        said.append(
            f"The {drawn} for a case with these values; each point has values of its own, so a point on the other side "
            f"of the {line} is not necessarily a mistake."
        )
        if len(columns) < MOST_AXES:
            said.append("A click on a point holds the other columns at its values.")
    if supported is not None and not supported.all():
        said.append(f"Faded: few real rows are near, and the model is guessing there. {RULE}")
    return " ".join(part for part in said if part)


def _supported(result: TrainedResult, columns: tuple[str, ...], slice_: Any) -> Any:
    """Where the picture rests on real rows; None for categories and in space, where it cannot be drawn."""
    prepared = result.prepared
    if columns[0] not in prepared.numbers or len(columns) == MOST_AXES:
        return None
    near = workspace.remember("neighbourhood", prepared.fingerprint, lambda: neighbourhood(result.frame, prepared))
    axes = [slice_.x] if len(columns) == 1 else [slice_.x, slice_.y]
    steps = [np.linspace(axis[0], axis[-1], SUPPORT_CELLS) for axis in axes]
    return near.supported(columns, steps, slice_.held)


def _use_point(result: TrainedResult, columns: tuple[str, ...], points: Points, point: Mapping[str, Any]) -> None:
    """Hold the other columns at the values of the row that was clicked."""
    place = row_at(points, columns, point)
    if place is not None:
        row = points.frame.iloc[place]
        values = {name: row[name] for name in result.prepared.features}
        held_values.use_case(result, values, "the values of the clicked point")


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
                chosen.insert(1, str(z))  # the third axis of a picture in space is the one that goes up
    part = _TRAINING
    if x in numbers:  # else no points are drawn
        with rows:
            part = st.segmented_control(
                "Points",
                [_TRAINING, _TEST],
                required=True,
                default=_TRAINING,
                key="train.part",
                persist_state="session",
            )
    return tuple(chosen), part or _TRAINING


def _slice(result: TrainedResult, model: FittedModel, columns: tuple[str, ...], held: Mapping[str, object]) -> Any:
    """The model over the chosen columns, the others held."""
    frame, prepared = result.frame, result.prepared
    score = score_rows(model, prepared)
    if columns[0] not in prepared.numbers:
        return levels(score, held, columns[0], prepared.design.categories[columns[0]].named)
    ranges = [axis_range(frame[name].iloc[prepared.rows_train]) for name in columns]
    if len(columns) == 1:
        return curve(score, held, columns[0], ranges[0])
    if len(columns) == 2:
        return plane(score, held, columns[0], columns[1], ranges[0], ranges[1])
    first, second, third = columns
    return volume(score, held, (first, second, third), (ranges[0], ranges[1], ranges[2]))


def _picture(  # noqa: PLR0917 - all that is in the picture
    result: TrainedResult,
    columns: tuple[str, ...],
    slice_: Any,
    points: Points,
    supported: Any,
    look: Look | None = None,
) -> tuple[Any, str]:
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
        return probability_curve(slice_, supported=supported, **drawn), probability_curve_alt(slice_, **about_points)
    if len(columns) == 2:
        return boundary_map(slice_, supported=supported, **drawn), boundary_map_alt(slice_, **about_points)
    seen = look.of_figure() if look is not None else {}
    return boundary_volume(slice_, **drawn, **seen), boundary_volume_alt(slice_, **about_points)


def _points_said(columns: tuple[str, ...], result: TrainedResult, points: Points) -> str:
    return points_sentence(points, columns) if columns[0] in result.prepared.numbers else ""
