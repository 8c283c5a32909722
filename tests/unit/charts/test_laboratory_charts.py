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
from logreg_core.evaluation import Curve, Plane, Points
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
