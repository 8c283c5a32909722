"""Watch it learn: all that moves while a model learns, in one figure that plays in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.charts import (
    playback_alt,
    playback_caption,
    playback_figure,
    playback_height,
    playback_table,
)
from logreg_core.evaluation import (
    axis_range,
    held_sentence,
    moving_boundary,
    moving_curve,
    play_back,
    points_sentence,
    sample_points,
    typical_values,
)
from pages.shared import playback_keys, playback_zoom, workspace
from pages.shared.figures import on_a_phone, show_figure, show_numbers
from pages.shared.wording import plain

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from logreg_core.evaluation import MovingBoundary, MovingCurve, Playback, Points
    from logreg_core.training import Walk
    from pages.shared.jobs import TrainedResult

POINTS = 600
"""Rows drawn: the browser moves everything above them many times a second."""
_PROBABILITY = "the probability"


def show(result: TrainedResult) -> None:
    """The way of a descent, from its start to the furthest epoch."""
    if result.walk is not None:
        playback_keys.stop()
        _show(result, result.walk)


@st.fragment
def _show(result: TrainedResult, walk: Walk) -> None:
    """Picture and controls; a fragment: another axis redraws nothing else."""
    prepared = result.prepared
    keys, picture = st.container(), st.container()  # what moves it comes right before it, its axes after it
    columns, stacked, row = _choose(result)
    threshold = workspace.threshold()
    way = (result.model.fingerprint, result.furthest, threshold)
    film = workspace.remember(
        "film",
        way,
        lambda: play_back(walk, walk.model(result.furthest), prepared, threshold=threshold, here=result.model),
    )
    moving = workspace.remember("moving", (*way, columns), lambda: _boundary(result, film, columns, threshold))
    points = workspace.remember(
        "moving points",
        prepared.fingerprint,
        lambda: sample_points(result.frame, prepared, "train", limit=POINTS),
    )

    seen = (result.table.fingerprint, prepared.fingerprint, columns, stacked)
    zoom = playback_zoom.present(seen)

    def draw(shown: int, *, plays: bool) -> None:
        figure = playback_figure(
            film,
            prepared.feature_names,
            moving,
            points,
            shown=shown,
            threshold=threshold,
            positive=prepared.positive,
            negative=prepared.negative,
            target=prepared.target,
            stacked=stacked,
            plays=plays,
            zoom=zoom,
        )
        key = "train.playback" if plays else f"train.playback.{shown}"
        # On a phone a finger that moves over the picture scrolls the page.
        show_figure(
            figure,
            key=key,
            alt=playback_alt(film, shown),
            on_box=None if stacked or not plays else playback_zoom.take_box,
        )

    epochs = tuple(int(epoch) for epoch in film.epochs)
    playback_keys.seed(way, result.model.n_iter)
    if not stacked:
        with row:
            playback_zoom.whole_button()
    with keys:
        playback_keys.offer(epochs, picture, playback_height(stacked=stacked, boundary=moving is not None), draw)
    with picture:
        said = playback_alt(film, epochs.index(result.model.n_iter))
        show_numbers(playback_table(film, prepared.feature_names), key="train.playback", alt=said)
    _say(film, moving, points, columns, prepared.feature_names)


def _say(
    film: Playback,
    moving: MovingBoundary | MovingCurve | None,
    points: Points,
    columns: tuple[str, ...],
    names: tuple[str, ...],
) -> None:
    """What to know when looking at the picture."""
    said = [playback_caption(film, names)]
    if moving is None:
        said.append("No boundary is drawn: all columns are categories, and a category has nothing in between.")
    else:
        said += [points_sentence(points, columns), held_sentence(moving.held)]
        if moving.held:
            said.append("Each point has values of its own, so one beyond the boundary is not necessarily a mistake.")
    st.caption(plain(" ".join(part for part in said if part), longest=None))


def _choose(result: TrainedResult) -> tuple[tuple[str, ...], bool, DeltaGenerator]:
    """Number columns on the axes of the boundary, none to two; whether panels stand below one another; their row."""
    numbers = list(result.prepared.numbers)
    chosen = tuple(numbers[:2])
    row = st.container(horizontal=True, vertical_alignment="bottom")
    with row:
        if len(numbers) > 1:
            workspace.seed_for(
                "moving axes",
                (result.table.fingerprint, result.prepared.features),
                lambda: {"train.moving_x": numbers[0], "train.moving_y": numbers[1]},
            )
            workspace.keep_among("train.moving_x", numbers)
            x = str(st.selectbox("Across", numbers, key="train.moving_x", persist_state="session", width=220))
            others = [*(name for name in numbers if name != x), _PROBABILITY]
            workspace.keep_among("train.moving_y", others)
            y = str(st.selectbox("Up", others, key="train.moving_y", persist_state="session", width=220))
            chosen = (x,) if y == _PROBABILITY else (x, y)
        stacked = st.toggle(
            "One below the other",
            value=on_a_phone(),
            key="train.stacked",
            persist_state="session",
            help="For a narrow window: each panel takes the whole width.",
        )
    return chosen, stacked, row


def _boundary(
    result: TrainedResult, film: Playback, columns: tuple[str, ...], threshold: float
) -> MovingBoundary | MovingCurve | None:
    if not columns:
        return None
    frame, prepared = result.frame, result.prepared
    typical = workspace.remember("typical", prepared.fingerprint, lambda: typical_values(frame, prepared))
    ranges = [axis_range(frame[name].iloc[prepared.rows_train]) for name in columns]
    if len(columns) == 1:
        return moving_curve(prepared, film.parameters, typical, columns[0], ranges[0])
    (across, up), (width, height) = columns, ranges
    return moving_boundary(prepared, film.parameters, typical, (across, up), (width, height), threshold)
