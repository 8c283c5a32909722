"""The figures of the laboratory: what is drawn is what was computed, and no text of the table acts in them."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from logreg_core import charts
from logreg_core.charts import palette
from logreg_core.charts.lessons import cost_map as lesson_cost_map
from logreg_core.charts.lessons import step_costs
from logreg_core.evaluation import Curve, Levels, Plane, Points, Volume
from logreg_core.lessons import squared_error
from logreg_core.training import (
    OneRow,
    TrainSettings,
    cost_surface,
    course_of,
    lowest_cost,
    one_row,
    race,
    scaled,
    try_rates,
    valley,
)
from logreg_core.training.log_loss import sigmoid
from tests.unit.training.training_rows import Rows, logistic_rows

NASTY = "<b>%{x}$a$&\n\x00" + "long " * 20
CLASSES = {"positive": NASTY, "negative": NASTY, "target": NASTY}


@pytest.fixture(scope="module")
def course():
    X, y = logistic_rows(300, 3)
    return course_of(Rows(X, y, X[:0], y[:0], ("a", "b", "c")), TrainSettings())


@pytest.fixture(scope="module")
def row() -> OneRow:
    return one_row([2.0, -1.0, 0.0], 1, [0.5, 0.25, 3.0, -0.25], np.full(4, 0.1), np.zeros(4), 10)


@pytest.fixture(scope="module")
def surface(course):
    return cost_surface(course.X, course.y, np.zeros(4), 0, 3, np.linspace(-1, 2, 10), np.linspace(-3, 1, 7))


@pytest.fixture(scope="module")
def lanes(course):
    plain = TrainSettings(learning_rate=0.5, max_iter=40)
    return race(course.X, course.y, (plain, TrainSettings(learning_rate=1e4, max_iter=40)))


def drawn(course, row, surface, lanes):
    trials = try_rates(course, own=0.3)
    names = (NASTY, "second")
    return {
        "scale": charts.rate_scale(course.safe_rate, trials),
        "curve": charts.rate_curve(trials[0], lowest_cost(course), 100),
        "map": charts.cost_map(surface, names, path=[[0, 0], [1, -1]], lowest=[1, -1], here=[0, 0], pickable=True),
        "race": charts.race_chart(lanes, names),
        "waterfall": charts.score_waterfall(row, (NASTY, "b", "c"), positive=NASTY, target=NASTY),
        "sigmoid": charts.sigmoid_point(row, np.array([1.0, -50.0]), np.array([0.0, 1.0]), **CLASSES),
        "penalty": charts.penalty_point(row, **CLASSES),
    }


def test_no_text_of_the_table_acts_and_the_page_shows_through(course, row, surface, lanes):
    for name, chart in drawn(course, row, surface, lanes).items():
        spec = chart.to_json()
        assert "<b>%" not in spec, name
        assert "$a$" not in spec, name
        assert chart.layout.paper_bgcolor == palette.CLEAR
        assert len(spec) < 200_000, name


def test_every_sentence_states_a_number(course, row, surface, lanes):
    trials = try_rates(course, own=0.3)
    sentences = [
        charts.rate_scale_alt(course.safe_rate, trials),
        *(charts.rate_curve_alt(trial, lowest_cost(course), 100) for trial in trials),
        charts.cost_map_alt(surface, ("a", "bias"), path=[[0, 0], [1, -1]]),
        charts.race_chart_alt(lanes, ("one", "two")),
        charts.score_waterfall_alt(row, ("a", "b", "c")),
        charts.sigmoid_point_alt(row, positive="yes"),
        charts.penalty_point_alt(row, positive="yes", negative="no"),
        charts.valley_in_words(valley(course, course.X[:, :2], ("a", "b"))),
    ]
    for sentence in sentences:
        assert re.search(r"\d", sentence)
        assert sentence.endswith(".")


def test_the_table_of_the_score_ends_at_the_score(row):
    table = charts.score_waterfall_table(row, ("a", "b", "c"))
    assert table["weight × value"].sum() == pytest.approx(row.score)
    assert table["score z so far"].iloc[-1] == pytest.approx(row.score)


def test_a_map_of_a_sample_says_so_at_its_costs(surface):
    assert charts.cost_map(surface, ("a", "b")).data[0].colorbar.title.text == "cost"
    sample = replace(surface, n_rows_in_all=10 * surface.n_rows)
    assert f"{surface.n_rows:,} rows" in charts.cost_map(sample, ("a", "b")).data[0].colorbar.title.text


def test_the_map_is_the_cost_seen_from_above(surface):
    contour = charts.cost_map(surface, ("a", "b")).data[0]
    np.testing.assert_allclose(np.array(contour.z) ** 2 + surface.cost.min(), surface.cost, rtol=1e-5)
    np.testing.assert_array_equal(contour.customdata, surface.cost)
    table = charts.cost_map_table(surface, ("a", "a"))
    assert list(table.columns) == ["a", "a (2)", "cost"]
    assert table["cost"].min() >= surface.cost.min()


def test_a_map_with_a_blown_up_path_and_infinite_costs_is_drawn():
    surface = cost_surface(*logistic_rows(30, 1), np.zeros(2), 0, 1, np.linspace(0, 1, 4), np.linspace(0, 1, 4))
    surface.cost[0, 0] = np.inf
    chart = charts.cost_map(surface, ("a", "b"), path=[[0, 0], [np.inf, np.nan]])
    json.loads(chart.to_json())
    assert chart.data[-1].name == "Start"


def test_rates_are_clipped_and_the_words_say_how_far_they_go(course):
    blown = try_rates(course, own=0.3)[3]
    chart = charts.rate_curve(blown, lowest_cost(course), 100)
    top = chart.layout.yaxis.range[1]
    assert top == pytest.approx(2.5 * np.log(2))
    assert max(chart.data[0].y) <= 1.5 * top
    np.testing.assert_array_equal(chart.data[0].customdata, blown.cost)
    said = charts.rate_in_words(blown, lowest_cost(course), 100)
    assert said.startswith("Blows up")
    assert ("beyond the picture" in said) == (blown.highest > top)


@pytest.mark.parametrize(
    ("rate", "said"), [(0.1, "20 times below it"), (2.0, "about the same"), (7.0, "3.5 times above it")]
)
def test_a_rate_against_the_safe_one(rate, said):
    assert charts.against_safe(rate, 2.0) == said


def test_the_waterfall_ends_at_the_score(row):
    labels, values = charts.terms_drawn(row, ("a", "b", "c"))
    assert labels == ["bias", "a", "b", "all others (1)"]
    assert sum(values) == pytest.approx(row.score)
    many = one_row(np.arange(1.0, 31.0), 0, np.ones(31), np.zeros(31), np.zeros(31), 5)
    labels, values = charts.terms_drawn(many, [f"c{j}" for j in range(30)])
    assert labels[1] == "c29"
    assert labels[-1] == "all others (21)"
    assert sum(values) == pytest.approx(many.score)


def test_all_numbers_of_a_row_are_in_its_table(row):
    table = charts.one_row_table(row, ("a", "b", "c"))
    assert table["Weight × value"].sum() == pytest.approx(row.score)
    np.testing.assert_allclose(table["Update"], -table["Weight"])


def test_lanes_differ_in_colour_dash_and_mark(lanes):
    looks = [(line.line.color, line.line.dash, line.marker.symbol) for line in charts.race_chart(lanes, "ab").data]
    assert all(one != two for one, two in zip(*looks, strict=True))
    above = charts.race_chart(lanes, "ab", lowest=float(lanes[0].cost.min()))
    assert min(min(line.y) for line in above.data) > 0
    assert above.layout.yaxis.type == "log"
    assert set(charts.race_chart_table(lanes, "ab").columns) >= {"lane", "epoch", "seconds", "cost"}


def test_a_picture_is_pale_where_there_is_no_support():
    x = np.linspace(0, 1, 7)
    points = Points(pd.DataFrame({"a": [0.5], "b": [0.5]}), np.array([1.0]), 1, 1, "train")
    plane = Plane("a", "b", x, x, np.add.outer(x, x) - 1, {})
    supported = np.ones((3, 4), dtype=bool)  # half as many cells as the grid has points, less one
    about = {"threshold": 0.5, "positive": "yes", "negative": "no"}
    assert (
        len(charts.boundary_map(plane, points, supported=supported, **about).data) == 4
    )  # probability, boundary, two classes
    supported[2, 1] = False
    pale, full = [
        t for t in charts.boundary_map(plane, points, supported=supported, **about).data if t.type == "heatmap"
    ]
    assert pale.opacity < 0.5
    assert np.isfinite(np.array(pale.z, dtype=float)).all()
    assert full.opacity is None
    assert pale.showscale is False
    blank = np.argwhere(np.isnan(np.array(full.z, dtype=float)))
    # Points of the 7 x 7 grid nearest to the cell at 1 of 1 up and 1/3 of 1 across.
    assert set(map(tuple, blank)) == {(up, across) for up in (5, 6) for across in (2,)}
    line = Curve("a", x, x - 0.5, x, {})
    drawn = charts.probability_curve(line, points, supported=np.array([False, True, True, False]), **about)
    faint, model = (trace for trace in drawn.data if trace.mode == "lines" and len(trace.x) == 7)
    assert faint.opacity < 0.5
    assert np.isfinite(faint.y).all()
    assert np.isfinite(model.y).tolist() == [False, False, True, True, True, True, False]


def test_the_words_of_a_valley_follow_its_numbers(course):
    uneven = course.X[:, :2] * np.array([1.0, 5.0])
    found = valley(course, uneven, ("a", "b"))
    assert "4.4 times as long as it is wide (condition number 19)" in charts.valley_in_words(found)
    across = np.column_stack([0.1 * np.arange(9), (-1.0) ** np.arange(9)])
    assert "goes to and fro across it" in charts.valley_in_words(replace(found, path=across))
    along = np.column_stack([np.arange(9), np.arange(9)])
    assert "goes down it without turns" in charts.valley_in_words(replace(found, path=along))
    assert "nearly round" in charts.valley_in_words(valley(course, scaled(uneven), ("a", "b")))


def test_in_every_cost_map_the_stronger_the_colour_the_lower(surface) -> None:
    log_path, _ = squared_error.descents(-2.0, 4.0)
    maps = [
        charts.cost_map(surface, ("a", "b"), path=[[0, 0], [1, -1]], lowest=[1, -1], here=[0, 0]),
        lesson_cost_map(squared_error.log_loss_map(), log_path, name="log loss", logarithmic=True),
    ]
    of_rows = {palette.TRAINING_ROWS, palette.TEST_ROWS}
    for chart in maps:
        ground = chart.data[0]
        (_, low), (_, high) = ground.colorscale
        opacity = [float(colour.removesuffix(")").split(",")[-1]) for colour in (low, high)]
        assert opacity[0] > opacity[1]
        assert ground.showscale is not False
        marks = {drawn.name: drawn for drawn in chart.data[1:] if drawn.mode == "markers"}
        assert next(mark.marker.symbol for name, mark in marks.items() if name.lower().startswith("lowest")) == "star"
        assert [mark.marker.symbol for mark in marks.values()].count("star") == 1
        for drawn in chart.data[1:]:
            assert drawn.line.color not in of_rows
            assert drawn.marker.color not in of_rows
            assert drawn.marker.symbol != "square"  # test rows have it


def test_the_lowest_cost_is_dashed_and_a_chosen_rate_is_no_star(course) -> None:
    trials = try_rates(course, own=0.3)
    assert charts.rate_curve(trials[0], 0.2, 100).layout.shapes[0].line.dash == "dash"
    assert step_costs(np.array([0.7, 0.3]), 0.2).data[0].line.dash == "dash"
    scale = charts.rate_scale(course.safe_rate, trials)
    assert "star" not in {drawn.marker.symbol for drawn in scale.data}
    assert scale.layout.shapes[1].line.dash is None


def test_a_rate_is_called_by_what_it_did(course) -> None:
    trials = try_rates(course, own=0.3)
    assert charts.rate_title(trials[2]).startswith("Too large: ")
    harmless = replace(trials[2], kind="falls", cost=np.linspace(0.69, 0.001, 101))
    assert charts.rate_title(harmless).startswith("Above the safe rate: ")
    said = charts.rate_in_words(harmless, 0.0, 100)
    assert "nearly all of the way down" in said
    assert "100 %" not in said
    assert "not too large on these rows" in said
    assert charts.rate_title(replace(trials[3], kind="falls")).startswith("Far above the safe rate: ")
    assert "not too large" not in charts.rate_in_words(trials[1], lowest_cost(course), 100)


def test_two_valleys_that_are_reached_differ_in_when(course) -> None:
    uneven = course.X[:, :2] * np.array([1.0, 5.0])
    raw, even = valley(course, uneven, ("a", "b")), valley(course, scaled(uneven), ("a", "b"))
    assert even.there_after is not None
    assert raw.there_after is None or raw.there_after > even.there_after
    objective = replace(even, path=even.path[: even.there_after + 1])
    assert f"after {even.there_after} epoch" in charts.valley_in_words(objective)
    assert 0 < raw.safe_rate < even.safe_rate


def test_every_slice_and_every_point_has_its_numbers(row) -> None:
    x, y, z = np.linspace(0, 1, 80), np.linspace(2, 3, 80), np.linspace(4, 5, 22)
    about = {"positive": "yes", "target": "left"}
    line = charts.slice_table(Curve("a", x, x - 0.5, sigmoid(x - 0.5), {}), **about)
    assert list(line.columns) == ["a", "chance of left = yes"]
    assert line["a"].iloc[[0, -1]].tolist() == [0, 1]
    plane = charts.slice_table(Plane("a", "b", x, y, 3 * x[None, :] - y[:, None], {}), **about)
    np.testing.assert_allclose(plane["chance of left = yes"], sigmoid(3 * plane["a"] - plane["b"]))
    assert len(plane) == 121
    grid = z[:, None, None] + 2 * z[None, :, None] - 3 * z[None, None, :]
    space = charts.slice_table(Volume(("a", "b", "c"), (z, z, z), grid, True, {}), **about)
    np.testing.assert_allclose(space["chance of left = yes"], sigmoid(space["a"] + 2 * space["b"] - 3 * space["c"]))
    levels = charts.slice_table(Levels("a", ("x", "y"), np.array([0.2, 0.7]), {}), **about)
    assert levels["chance of left = yes"].tolist() == [0.2, 0.7]
    curve = charts.sigmoid_point_table(row, **about)
    assert curve.iloc[0].tolist() == ["this row", row.score, pytest.approx(row.probability)]
    penalty = charts.penalty_point_table(row, negative="no", **about)
    assert penalty["loss if left = yes"].iloc[0] == pytest.approx(row.loss)


def test_the_scale_of_rates_has_its_numbers(course) -> None:
    trials = try_rates(course, own=0.3)
    table = charts.rate_scale_table(course.safe_rate, trials)
    np.testing.assert_allclose(table["learning rate"], table["times the safe rate"] * course.safe_rate)
    assert table["tried as"].iloc[-1] == "yours"
