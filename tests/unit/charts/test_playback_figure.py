"""The figure that plays: what its frames hold, how large it is, and what it says of bad runs."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from logreg_core.charts import (
    epochs_of_zoom,
    out_of_sight,
    playback_alt,
    playback_caption,
    playback_figure,
    playback_height,
    playback_table,
    zoom_of_box,
)
from logreg_core.charts.palette import NEGATIVE, POSITIVE, faded
from logreg_core.data import load_sample
from logreg_core.evaluation import (
    MovingBoundary,
    Playback,
    RowsRight,
    axis_range,
    moving_boundary,
    moving_curve,
    play_back,
    sample_points,
    typical_values,
)
from logreg_core.features import Recipe, prepare
from logreg_core.training import TrainSettings, Walk

ABOUT = {"threshold": 0.5, "positive": "1", "negative": "0", "target": "class"}


def film_of(settings: TrainSettings, degree: int = 1) -> tuple[Playback, tuple[str, ...], MovingBoundary, object, Walk]:
    table = load_sample("tutorial")
    recipe = Recipe("class", "1", ("feature 1", "feature 2"), scale=degree > 1, stratify=False, degree=degree)
    prepared = prepare(table.frame, recipe, data_fingerprint=table.fingerprint)
    walk = Walk(prepared, settings)
    walk.go_on()
    film = play_back(walk, walk.model(), prepared, threshold=0.5, here=walk.model())
    typical = typical_values(table.frame, prepared)
    ranges = (axis_range(table.frame["feature 1"]), axis_range(table.frame["feature 2"]))
    moving = moving_boundary(prepared, film.parameters, typical, ("feature 1", "feature 2"), ranges, 0.5)
    points = sample_points(table.frame, prepared, "train", limit=600)
    return film, prepared.feature_names, moving, points, walk


@pytest.fixture(scope="module")
def tutorial() -> tuple[Playback, tuple[str, ...], MovingBoundary, object, Walk]:
    return film_of(TrainSettings())


def trace(figure: go.Figure, frame: int, base: int) -> go.Scatter:
    """What the base trace ``base`` shows in a frame."""
    shown = figure.frames[frame]
    return shown.data[list(shown.traces).index(base)]


def moving_of(figure: go.Figure, mode: str, axis: str, *, filled: bool = False) -> int:
    """Position of the moving trace of that kind on that axis; what a frame only keeps in place has nothing to move."""
    found = [
        k
        for k, moved in zip(figure.frames[0].traces, figure.frames[0].data, strict=True)
        if set(moved.to_plotly_json()) > {"type"}
        and figure.data[k].mode == mode
        and figure.data[k].yaxis == axis
        and (figure.data[k].fill == "toself") == filled
    ]
    return found[-1]  # of the boundary's lines, the boundary itself


def moves(figure: go.Figure) -> int:
    """How many traces move."""
    return sum(set(moved.to_plotly_json()) > {"type"} for moved in figure.frames[0].data)


def test_frames_show_each_epoch_on_every_panel(tutorial) -> None:
    film, names, moving, points, walk = tutorial
    figure = playback_figure(film, names, moving, points, shown=3, **ABOUT)
    assert [frame.name for frame in figure.frames] == [str(epoch) for epoch in film.epochs]
    boundary = moving_of(figure, "lines", "y")
    marks = {axis: moving_of(figure, "markers", axis) for axis in ("y2", "y3", "y4", "y5")}
    for k in (1, 20, len(film.epochs) - 1):
        model = walk.model(int(film.epochs[k]))
        line = trace(figure, k, boundary)
        z = np.array(line.x) * model.coefficients[0] + np.array(line.y) * model.coefficients[1] + model.intercept
        # Rounded to a two-thousandth of the picture: a thousandth of what the score spans across it.
        span = np.abs(model.coefficients) @ [np.ptp(ends) for ends in moving.ranges]
        assert np.abs(z).max() < span / 1000
        assert trace(figure, k, marks["y2"]).y == pytest.approx([film.train_loss[k], film.test_loss[k]], rel=1e-4)
        assert trace(figure, k, marks["y3"]).y == pytest.approx(
            [100 * film.train.share[k], 100 * film.test.share[k]], rel=1e-4
        )
        assert trace(figure, k, marks["y4"]).y == pytest.approx([walk.gradient_norm[film.epochs[k]]], rel=1e-4)
        expected = [*model.coefficients, model.intercept]
        assert trace(figure, k, marks["y5"]).y == pytest.approx(expected, rel=1e-4)
        assert set(trace(figure, k, marks["y5"]).x) == {film.epochs[k]}


def test_it_begins_at_the_epoch_shown_and_says_its_numbers(tutorial) -> None:
    film, names, moving, points, _ = tutorial
    shown = len(film.epochs) - 1
    figure = playback_figure(film, names, moving, points, shown=shown, **ABOUT)
    assert figure.layout.sliders[0].active == shown
    assert figure.layout.sliders[0].steps[shown].label == "1,000"
    for base, moved in zip(figure.frames[shown].traces, figure.frames[shown].data, strict=True):
        for key, value in moved.to_plotly_json().items():
            if key != "type":
                assert list(figure.data[base][key]) == list(value)
    said = " ".join(next(data.text for data in figure.data if data.mode == "text" and data.yaxis == "y6"))
    assert "721 of 800 training rows (90.1 %)" in said
    assert "180 of 200 test rows (90.0 %)" in said
    assert "0.2353 of training rows" in said
    assert "epoch 1,000" in playback_alt(film, shown)
    assert "721 of 800" in playback_alt(film, shown)


def test_frames_move_in_place_and_leave_the_axes_alone(tutorial) -> None:
    """Scatter traces only and no redraw: that is what keeps a zoom and does not flicker."""
    film, names, moving, points, _ = tutorial
    figure = playback_figure(film, names, moving, points, shown=0, **ABOUT)
    assert {figure.data[k].type for k in figure.frames[0].traces} == {"scatter"}
    for frame in figure.frames:
        assert frame.layout.to_plotly_json() == {}
        assert frame.traces == figure.frames[0].traces
    play, pause = figure.layout.updatemenus[0].buttons
    assert play.args[1]["frame"]["redraw"] is False
    assert play.args[1]["fromcurrent"] is True
    assert list(pause.args[0]) == [None]
    assert all(step.args[1]["frame"]["redraw"] is False for step in figure.layout.sliders[0].steps)


def test_where_boxes_are_dragged_a_frame_leaves_no_trace_out(tutorial) -> None:
    """Plotly can select no trace that its latest frame left out: after Play no box would be taken."""
    film, names, moving, points, _ = tutorial
    figure = playback_figure(film, names, moving, points, shown=0, **ABOUT)
    assert figure.layout.dragmode == "select"
    assert all(sorted(frame.traces) == list(range(len(figure.data))) for frame in figure.frames)
    # What stands still is in them without anything that changes.
    still = [k for k, drawn in enumerate(figure.data) if drawn.mode == "markers" and drawn.yaxis in (None, "y")]
    assert len(still) >= 2
    assert all(set(trace(figure, 5, k).to_plotly_json()) <= {"type"} for k in still)
    phone = playback_figure(film, names, moving, points, shown=0, stacked=True, **ABOUT)
    assert phone.layout.dragmode is False
    assert len(phone.frames[0].traces) < len(phone.data)


@pytest.mark.parametrize("degree", [1, 4])
@pytest.mark.parametrize("stacked", [False, True])
def test_it_is_small_enough_to_send(degree: int, stacked: bool) -> None:
    film, names, moving, points, _ = film_of(TrainSettings(max_iter=2000, learning_rate=0.05), degree)
    figure = playback_figure(film, names, moving, points, shown=0, stacked=stacked, **ABOUT)
    assert len(figure.frames) <= 120
    assert len(figure.to_json()) < 1_000_000


def test_panels_do_not_overlap(tutorial) -> None:
    film, names, moving, points, _ = tutorial
    for stacked in (False, True):
        for boundary in (moving, None):
            layout = playback_figure(film, names, boundary, points, shown=0, stacked=stacked, **ABOUT).layout
            boxes = [
                (*layout[f"xaxis{k}"].domain, *layout[f"yaxis{k}"].domain)
                for k in ("", "2", "3", "4", "5", "6")
                if layout[f"xaxis{k}"].domain
            ]
            assert len(boxes) == (6 if boundary else 5)
            for i, (left, right, low, high) in enumerate(boxes):
                assert 0 <= left < right <= 1
                assert 0 <= low < high <= 1
                for other_left, other_right, other_low, other_high in boxes[:i]:
                    assert right <= other_left or other_right <= left or high <= other_low or other_high <= low


def test_one_column_draws_its_curve_and_categories_alone_no_boundary(tutorial) -> None:
    film, names, _, points, walk = tutorial
    table = load_sample("tutorial")
    prepared = walk._prepared
    typical = typical_values(table.frame, prepared)
    curve = moving_curve(prepared, film.parameters, typical, "feature 2", (-3.0, 4.0))
    figure = playback_figure(film, names, curve, points, shown=0, **ABOUT)
    model = moving_of(figure, "lines", "y")
    last = trace(figure, len(film.epochs) - 1, model)
    np.testing.assert_allclose(last.y, curve.probability[-1], atol=5e-5)
    none = playback_figure(film, names, None, None, shown=0, **ABOUT)
    assert moves(none) == moves(figure) - 1


def test_a_blown_up_run_stays_readable_and_says_so() -> None:
    film, names, moving, points, _ = film_of(TrainSettings(learning_rate=300.0))
    figure = playback_figure(film, names, moving, points, shown=len(film.epochs) - 1, **ABOUT)
    assert film.train_loss.max() > 5
    assert figure.layout.yaxis2.type == figure.layout.yaxis4.type == "log"
    assert any("(logarithmic)" in note.text for note in figure.layout.annotations)
    # No axis has ends of its own: the whole way is in the picture, and so is each mark.
    assert figure.layout.yaxis2.range is None
    assert figure.layout.yaxis5.range is None
    for axis, values in (("y2", film.train_loss), ("y5", film.parameters)):
        drawn = np.concatenate([data.y for data in figure.data if data.yaxis == axis and len(data.y) > 3])
        assert drawn.min() <= values.min() + 1e-6 * np.ptp(values)
        assert drawn.max() >= values.max() - 1e-6 * np.ptp(values)
    assert f"to {film.train_loss.max():.3g}: the steps are too large" in playback_caption(film, names)


def test_a_calm_run_has_even_axes(tutorial) -> None:
    film, names, moving, points, _ = tutorial
    figure = playback_figure(film, names, moving, points, shown=0, **ABOUT)
    assert figure.layout.yaxis2.type == "linear"
    assert not any("Log loss" in note.text and "log." in note.text for note in figure.layout.annotations)
    assert any(note.text == "<b>Steepest slope</b> (log.)" for note in figure.layout.annotations)


@pytest.mark.parametrize("least", [3e-1, 2e-3, 1e-5, 1e-9])
def test_numbers_on_a_logarithmic_axis_are_few_round_and_short(tutorial, least: float) -> None:
    film, names, moving, points, _ = tutorial
    slope = np.geomspace(0.5, least, len(film.epochs))
    figure = playback_figure(replace(film, gradient_norm=slope), names, moving, points, shown=0, **ABOUT)
    axis = figure.layout.yaxis4
    written = axis.ticktext or [f"{value:g}" for value in axis.tickvals]
    assert 2 <= len(written) <= 6
    assert all(len(text) <= 7 and "e" not in text for text in written)
    assert all(len(text.strip("0.")) <= 1 for text in written)  # one digit that counts


def test_names_of_300_letters_leave_the_panels_their_room(tutorial) -> None:
    film, _, moving, points, _ = tutorial
    names = tuple(f"{'very ' * 60}long name {k}" for k in range(2))
    longest = {"target": "a target " * 33, "positive": "yes " * 75, "negative": "no " * 100}
    for stacked in (False, True):
        figure = playback_figure(film, names, moving, points, shown=0, stacked=stacked, **{**ABOUT, **longest})
        assert all(len(data.name or "") <= 40 for data in figure.data if data.showlegend)
        # The legend takes no more than the margin below: plotly would press the panels together for it.
        layout = figure.layout
        assert layout.height == playback_height(stacked=stacked, boundary=True)
        lowest = (1 - layout.legend.y) * (layout.height - layout.margin.t - layout.margin.b)
        assert lowest + layout.legend.maxheight <= layout.height - layout.margin.t + 1e-6


def test_side_by_side_titles_are_short_and_looks_are_in_the_legend(tutorial) -> None:
    """In a window of 390 pixels a title has room for some 22 letters."""
    film, names, moving, points, _ = tutorial
    figure = playback_figure(film, names, moving, points, shown=0, **ABOUT)
    for note in figure.layout.annotations:
        assert "<br>" not in note.text
        assert len(re.sub("<[^>]*>", "", note.text)) <= 22
    named = [data.name for data in figure.data if data.showlegend]
    assert named == [
        *("class = 1", "class = 0", "training rows", "test rows", "feature 1", "feature 2", "bias", "10 %, 90 %")
    ]
    stacked = playback_figure(film, names, moving, points, shown=0, stacked=True, **ABOUT)
    assert [data.name for data in stacked.data if data.showlegend] == ["feature 1", "feature 2", "bias"]
    assert any("class = 1" in note.text for note in stacked.layout.annotations)


def test_overflowing_costs_are_valid_json() -> None:
    k = np.arange(4)
    film = Playback(
        epochs=k,
        parameters=np.array([[0.0, 0.0], [1e200, 1e10], [1e300, -1e305], [np.inf, np.nan]]),
        train_loss=np.array([0.69, 1e200, 1e300, 1e308]),
        test_loss=np.array([0.69, 1e250, np.inf, np.nan]),
        gradient_norm=np.array([0.0, 1e100, 1e300, np.inf]),
        train=RowsRight(k, 5, 5),
        test=RowsRight(k, 5, 5),
        last_epoch=10,
    )
    figure = playback_figure(film, ("a",), None, None, shown=3, **ABOUT)
    json.loads(figure.to_json(), parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))


def test_no_test_rows_and_a_single_epoch() -> None:
    film = Playback(
        epochs=np.array([0]),
        parameters=np.zeros((1, 3)),
        train_loss=np.array([np.log(2)]),
        test_loss=np.array([np.nan]),
        gradient_norm=np.array([0.2]),
        train=RowsRight(np.array([3]), 5, 5),
        test=RowsRight(np.array([0]), 0, 0),
        last_epoch=1,
    )
    figure = playback_figure(film, ("a", "b"), None, None, shown=0, **ABOUT)
    assert not figure.frames
    assert not figure.layout.sliders  # there is nothing to play
    assert "test rows" not in figure.to_json()
    assert "test rows right" not in playback_table(film, ("a", "b")).columns


def test_the_table_has_the_numbers_of_the_figure(tutorial) -> None:
    film, names, *_ = tutorial
    table = playback_table(film, names)
    assert table.columns.tolist() == [
        *("epoch", "log loss, training rows", "log loss, test rows", "training rows right", "test rows right"),
        *("steepest slope", "weight of feature 1", "weight of feature 2", "bias"),
    ]
    assert table.iloc[-1]["weight of feature 2"] == pytest.approx(3.229442, abs=5e-7)


def test_of_many_weights_the_largest_are_drawn_and_names_are_harmless() -> None:
    n = 40
    parameters = np.vstack((np.zeros(n + 1), np.linspace(-3, 1, n + 1)))
    film = Playback(
        epochs=np.array([0, 5]),
        parameters=parameters,
        train_loss=np.array([0.69, 0.5]),
        test_loss=np.array([0.69, 0.5]),
        gradient_norm=np.array([0.1, 0.05]),
        train=RowsRight(np.array([1, 2]), 20_000, 160_000),
        test=RowsRight(np.array([1, 2]), 40_000, 40_000),
        last_epoch=5,
    )
    names = tuple(f"<b>{k}%{{x}}" for k in range(n))
    figure = playback_figure(film, names, None, None, shown=1, **ABOUT)
    drawn = [data for data in figure.data if data.showlegend and data.yaxis == "y5"]
    assert [data.name for data in drawn] == [*(f"&lt;b&gt;{k}&#37;&#123;x}}" for k in range(5)), "bias"]
    assert "5 largest" in playback_caption(film, names)
    assert "20,000 of 160,000" in playback_caption(film, names)
    assert "1 of 20,000 sampled training rows" in figure.to_json()
    named = playback_figure(film, ("contract = two years", *names[1:]), None, None, shown=1, **ABOUT)
    assert "contract = two years" in [data.name for data in named.data]


def test_at_one_epoch_nothing_differs_but_what_differs() -> None:
    """Curve and mark of the same number stand at the same height: a rounding of one alone would fill the panel."""
    table = load_sample("tutorial")
    recipe = Recipe("class", "1", ("feature 1", "feature 2"), scale=False, stratify=False)
    prepared = prepare(table.frame, recipe, data_fingerprint=table.fingerprint)
    walk = Walk(prepared, TrainSettings())
    walk.go_on(0)
    model = walk.model(0)
    film = play_back(walk, model, prepared, threshold=0.5, here=model)
    figure = playback_figure(film, prepared.feature_names, None, None, shown=0, **ABOUT)
    for axis, differing in (("y2", 1), ("y4", 1), ("y5", 1)):
        heights = {float(y) for drawn in figure.data if drawn.yaxis == axis for y in drawn.y}
        assert len(heights) == differing, (axis, heights)


def test_marks_stand_on_their_curves(tutorial) -> None:
    film, names, moving, points, _ = tutorial
    figure = playback_figure(film, names, moving, points, shown=0, **ABOUT)
    for axis in ("y2", "y3", "y4", "y5"):
        curves = [drawn for drawn in figure.data if drawn.yaxis == axis and len(drawn.x) == len(film.epochs)]
        for k in (0, 7, len(film.epochs) - 1):
            marks = trace(figure, k, moving_of(figure, "markers", axis))
            assert [float(curve.y[k]) for curve in curves] == list(marks.y)


def test_a_boundary_outside_of_the_picture_is_told(tutorial) -> None:
    film, names, moving, points, _ = tutorial
    assert not len(moving.boundary[0][0])  # with weights of 0 all is at 50 %
    figure = playback_figure(film, names, moving, points, shown=0, **ABOUT)
    told = moving_of(figure, "text", "y")
    assert list(trace(figure, 0, told).text) == ["everywhere<br>50 % or more"]
    assert list(trace(figure, len(film.epochs) - 1, told).text) == [""]
    nothing = (np.empty(0), np.empty(0))
    beyond = replace(moving, boundary=(nothing,) * len(film.epochs), positive=(nothing,) * len(film.epochs))
    figure = playback_figure(film, names, beyond, points, shown=0, **ABOUT)
    assert list(trace(figure, 5, told).text) == ["everywhere<br>below 50 %"]


def test_percents_are_written_alike(tutorial) -> None:
    film, names, moving, points, _ = tutorial
    figure = playback_figure(film, names, moving, points, shown=0, **ABOUT)
    assert figure.layout.yaxis3.ticksuffix == " %"
    assert "%" not in (figure.layout.yaxis3.tickformat or "")


def test_side_by_side_it_fits_on_one_screen_under_the_step_buttons(tutorial) -> None:
    film, names, moving, points, _ = tutorial
    figure = playback_figure(film, names, moving, points, shown=0, **ABOUT)
    # Of 900 pixels the page's head and the buttons with their gaps take some 150.
    assert figure.layout.height <= 750


def area(x: list[float | None], y: list[float | None]) -> float:
    """What a path fills, by the shoelace formula; holes turn the other way round."""
    filled, part = 0.0, []
    for point in [*zip(x, y, strict=True), (None, None)]:
        if point[0] is None:
            filled += sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(part, [*part[1:], *part[:1]], strict=True)) / 2
            part = []
        else:
            part.append(point)
    return abs(filled)


@pytest.mark.parametrize("degree", [1, 4])
def test_both_sides_of_the_boundary_have_the_colour_of_their_class_in_every_frame(degree: int) -> None:
    film, names, moving, points, _ = film_of(TrainSettings(max_iter=300), degree)
    figure = playback_figure(film, names, moving, points, shown=0, **ABOUT)
    filled = {data.fillcolor: k for k, data in enumerate(figure.data) if data.fill == "toself"}
    assert set(filled) == {faded(NEGATIVE, 0.16), faded(POSITIVE, 0.16)}
    (left, right), (low, high) = moving.ranges
    for frame in range(0, len(film.epochs), 9):
        sides = [trace(figure, frame, k) for k in filled.values()]
        covered = sum(area(side.x, side.y) for side in sides)
        assert covered == pytest.approx((right - left) * (high - low), rel=0.01)


def test_a_frame_alone_is_small_and_as_high_as_the_whole(tutorial) -> None:
    film, names, moving, points, _ = tutorial
    whole = playback_figure(film, names, moving, points, shown=40, **ABOUT)
    alone = playback_figure(film, names, moving, points, shown=40, plays=False, **ABOUT)
    assert json.loads(alone.to_json())["data"] == json.loads(whole.to_json())["data"]
    assert not alone.frames
    assert len(alone.to_json()) < len(whole.to_json()) / 2
    assert any(note.text == f"Epoch {film.epochs[40]:,}" for note in alone.layout.annotations)
    for stacked in (False, True):
        figure = playback_figure(film, names, moving, points, shown=0, stacked=stacked, **ABOUT)
        assert figure.layout.height == playback_height(stacked=stacked, boundary=True)


def test_a_box_becomes_the_ends_of_its_axes(tutorial) -> None:
    film, names, moving, points, _ = tutorial
    zoom = zoom_of_box({"xref": "x3", "yref": "y3", "x": [80.0, 20.0], "y": [60.0, 95.0]})
    assert zoom == {**{f"x{n}": (20.0, 80.0) for n in (2, 3, 4, 5)}, "y3": (60.0, 95.0)}
    assert epochs_of_zoom(zoom) == (20.0, 80.0)
    figure = playback_figure(film, names, moving, points, shown=0, zoom=zoom, **ABOUT)
    assert list(figure.layout.xaxis5.range) == [20, 80]
    assert list(figure.layout.yaxis3.range) == [60, 95]
    assert figure.layout.yaxis2.range is None
    boundary = zoom_of_box({"xref": "x", "yref": "y", "x": [0, 1], "y": [2, 1]})
    assert boundary == {"x": (0.0, 1.0), "y": (1.0, 2.0)}
    assert epochs_of_zoom(boundary) is None
    # In the readout there is nothing to enlarge, and a box without width is none.
    assert zoom_of_box({"xref": "x6", "yref": "y6", "x": [0, 1], "y": [0, 1]}) == {}
    assert zoom_of_box({"xref": "x2", "yref": "y2", "x": [5, 5], "y": [0, 1]}) == {}
    assert zoom_of_box({}) == {}


def test_a_box_on_a_logarithmic_axis_shows_what_is_in_it(tutorial) -> None:
    film, names, moving, points, _ = tutorial
    zoom = zoom_of_box({"xref": "x4", "yref": "y4", "x": [10, 50], "y": [0.001, 0.1]})
    axis = playback_figure(film, names, moving, points, shown=0, zoom=zoom, **ABOUT).layout.yaxis4
    assert axis.type == "log"
    assert axis.range == pytest.approx((-3.0, -1.0))
    assert list(axis.tickvals) == [0.001, 0.01, 0.1]  # those of the whole axis may all be outside
    below = playback_figure(film, names, moving, points, shown=0, zoom={"y4": (-1.0, 0.1)}, **ABOUT)
    assert below.layout.yaxis4.range is None


def test_what_a_zoom_leaves_out_of_sight_is_said(tutorial) -> None:
    film, *_ = tutorial
    zoom = zoom_of_box({"xref": "x2", "yref": "y2", "x": [10, 87], "y": [0.1, 0.9]})
    assert out_of_sight(film, {}, 241) == out_of_sight(film, zoom, 50) == ""
    said = out_of_sight(film, zoom, 241)
    assert said == "Epoch 241, the one shown, is out of sight: the curves show epochs 10 to 87."
    empty = zoom_of_box({"xref": "x2", "yref": "y2", "x": [10, 87], "y": [0.8, 0.9]})
    assert out_of_sight(film, empty, 50) == "Nothing of “Log loss” is in sight."
    # Between two epochs that were drawn a curve passes through, too.
    narrow = {**empty, **{f"x{n}": (10.2, 10.4) for n in (2, 3, 4, 5)}, "y2": (0.1, 0.9), "y3": (0.0, 100.0)}
    assert "Nothing" not in out_of_sight(film, narrow, 10)
