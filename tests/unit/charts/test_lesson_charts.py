"""Figures of the lessons: what is drawn is what was computed, classes keep colour and shape, alts say the takeaway."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from logreg_core.charts import lessons as charts
from logreg_core.charts import probability_curve
from logreg_core.charts.palette import NEGATIVE, NEGATIVE_SYMBOL, POSITIVE, POSITIVE_SYMBOL, TEST_ROWS
from logreg_core.lessons import by_hand, chain_rule, curved, odds, penalty, ranking, squared_error, stepping, trade
from logreg_core.lessons.examples import customers


def trace(figure: go.Figure, name: str) -> go.Scatter:
    found = [one for one in figure.data if one.name == name]
    assert len(found) == 1, [one.name for one in figure.data]
    return found[0]


def test_ranking_bars_mark_those_acted_on() -> None:
    probabilities = ranking.ranked_probabilities()
    figure = charts.ranking_bars(probabilities, 9)
    assert list(trace(figure, "acted on").y) == list(probabilities[:9])
    assert trace(figure, "acted on").marker.pattern.shape == "/"
    assert len(trace(figure, "left alone").x) == 31
    assert f"{probabilities[:9].sum():.1f} events" in charts.ranking_bars_alt(probabilities, 9)


def test_case_strip_keeps_colour_and_shape_of_the_classes() -> None:
    probability, y = trade.cases()
    figure = charts.case_strip(probability, y, 0.3, names=("benign", "malignant"))
    for name, colour, symbol, is_positive in (
        ("benign", NEGATIVE, NEGATIVE_SYMBOL, 0),
        ("malignant", POSITIVE, POSITIVE_SYMBOL, 1),
    ):
        drawn = trace(figure, name)
        assert (drawn.marker.color, drawn.marker.symbol) == (colour, symbol)
        np.testing.assert_array_equal(drawn.x, probability[y == is_positive])
    found = trade.outcome(0.3)
    said = charts.case_strip_alt(0.3, found, names=("benign", "malignant"))
    assert f"{found.false_negative} that are malignant" in said
    assert f"{found.false_positive} that are benign" in said


def test_threshold_costs_have_dots_where_they_may_be_the_lowest() -> None:
    table = trade.table(5.0)
    figure = charts.threshold_costs(table, 0.5, trade.threshold_in_theory(5.0))
    np.testing.assert_array_equal(trace(figure, "cost").y, table["price in false alarms"])
    np.testing.assert_array_equal(trace(figure, "may be the cheapest").x, trade.THRESHOLDS[trade.may_be_cheapest(5.0)])
    assert set(trace(figure, "threshold 50 %").x) == {0.5}
    assert trace(figure, "the formula's 17 %").x[0] == pytest.approx(1 / 6, rel=1e-15)
    said = charts.threshold_costs_alt(table, 0.5, trade.threshold_in_theory(5.0))
    assert "169 at 50 %; lowest, 85, at 21 %" in said


@pytest.mark.parametrize("happened", [True, False])
def test_penalty_chart_puts_the_row_on_its_curve(happened: bool) -> None:
    paid = penalty.penalty(0.2, happened)
    figure = charts.penalty_chart(penalty.penalty_curves(), 0.2, paid, happened=happened, names=("no", "yes"))
    row = trace(figure, "this row")
    assert (row.x[0], row.y[0]) == (0.2, paid)
    assert row.marker.symbol == (POSITIVE_SYMBOL if happened else NEGATIVE_SYMBOL)
    curve = trace(figure, "yes" if happened else "no")
    assert np.interp(0.2, curve.x, curve.y) == pytest.approx(paid, abs=1e-3)
    assert f"{paid:.3g}" in charts.penalty_chart_alt(0.2, paid, happened=happened, event="x")


def test_penalty_of_a_certain_error_can_be_drawn() -> None:
    figure = charts.penalty_chart(penalty.penalty_curves(), 0.0, np.inf, happened=True, names=("no", "yes"))
    assert np.all(np.isfinite(trace(figure, "this row").y))
    assert np.all(np.isfinite(figure.layout.yaxis.range))


def test_names_of_the_user_are_text_in_the_penalty_chart() -> None:
    names = ("<b>no</b>", "%{x} $y$")
    figure = charts.penalty_chart(penalty.penalty_curves(), 0.5, 0.69, happened=True, names=names)
    said = [one.name for one in figure.data]
    assert not any("<" in name or "%{" in name or "$" in name for name in said)


def test_cost_map_shows_way_and_lowest_point() -> None:
    log_path, _ = squared_error.descents(-2.0, 4.0)
    heights = squared_error.log_loss_map()
    figure = charts.cost_map(heights, log_path, name="log loss", logarithmic=True)
    way = trace(figure, "way down")
    assert (way.x[0], way.y[0]) == (-2.0, 4.0)
    assert (trace(figure, "end").x[0], trace(figure, "end").y[0]) == (way.x[-1], way.y[-1])
    assert trace(figure, "lowest point").x[0] == heights.lowest[0]
    bar = figure.data[0].colorbar
    assert bar.title.text == "log loss"
    np.testing.assert_allclose([float(text) for text in bar.ticktext], np.exp(bar.tickvals), atol=0.006)
    assert f"{heights.lowest_cost:.3f}" in charts.cost_map_alt(heights, log_path, name="log loss")


def test_tangent_has_the_slope() -> None:
    found = chain_rule.chain(2.0, 1, -0.5, 0.5)
    curve = chain_rule.loss_over_weight(2.0, 1, 0.5, (-3.0, 3.0))
    tangent = next(one for one in charts.loss_slope(curve, found).data if one.name.startswith("slope"))
    slope = (tangent.y[1] - tangent.y[0]) / (tangent.x[1] - tangent.x[0])
    assert slope == pytest.approx(found.slope_of_weight, rel=1e-12)
    assert "falls with" in charts.loss_slope_alt(found)
    assert "does not depend on" in charts.loss_slope_alt(chain_rule.chain(0.0, 1, 1.0, 1.0))


def test_step_costs() -> None:
    cost = stepping.costs(stepping.states_of_loans(20))
    figure = charts.step_costs(cost, 0.5)
    np.testing.assert_array_equal(trace(figure, "cost").y, cost)
    assert "in 20 steps" in charts.step_costs_alt(cost, 0.5)
    assert "at the start" in charts.step_costs_alt(cost[:1], 0.5)
    assert charts.step_costs(cost, 0.5, legend=False).layout.showlegend is False


def test_rate_chart_marks_the_guaranteed_rate_and_ones_own() -> None:
    curve, run, safe = stepping.cost_over_rates(), stepping.run_with(5.0), stepping.safe_rate()
    figure = charts.rate_chart(curve, run, safe, float(run.cost[0]))
    assert set(trace(figure, f"guaranteed below {safe:.2f}").x) == {safe}
    assert (trace(figure, "your rate").x[0], trace(figure, "your rate").y[0]) == (5.0, run.cost[-1])
    assert "above the guaranteed one" in charts.rate_chart_alt(run, safe)


def test_what_stands_for_test_rows_stands_for_nothing_else() -> None:
    log_path, _ = squared_error.descents(-2.0, 4.0)
    heights, run = squared_error.log_loss_map(), stepping.run_with(5.0)
    for figure in (
        charts.cost_map(heights, log_path, name="log loss", logarithmic=True),
        charts.rate_chart(stepping.cost_over_rates(), run, stepping.safe_rate(), float(run.cost[0])),
    ):
        assert TEST_ROWS not in figure.to_json()
        assert not any(one.marker.symbol == "square" for one in figure.data if one.type == "scatter")


def test_odds_curve_passes_through_its_cases() -> None:
    moved = odds.moved(0.2, 0.3, 4.0)
    labels = {0.0: "as it is", 1.0: "1 unit more", 4.0: "1 standard deviation more"}
    figure = charts.odds_curve(odds.probability_over_units(0.2, 0.3, (-6.0, 6.0)), moved, labels)
    assert len({one.marker.symbol for one in figure.data[1:]}) == 3
    for one, at in zip(figure.data[1:], moved.values(), strict=True):
        assert one.y[0] == at.probability
        assert f"{100 * at.probability:.1f} %" in charts.odds_curve_alt(moved, labels)


def test_odds_curve_when_a_standard_deviation_is_one_unit() -> None:
    moved = odds.moved(0.2, 0.3, 1.0)
    labels = {0.0: "as it is", 1.0: "1 standard deviation more"}
    assert len(charts.odds_curve(odds.probability_over_units(0.2, 0.3, (-3.0, 3.0)), moved, labels).data) == 3


def test_degree_chart() -> None:
    table = curved.over_degrees("circles")
    figure = charts.degree_chart(table, 2)
    test_rows = trace(figure, "test rows")
    np.testing.assert_array_equal(test_rows.y, table["test rows right"])
    assert (test_rows.line.color, test_rows.marker.symbol) == (TEST_ROWS, "square")  # as wherever they are drawn
    assert "at degree 2 97.5 %" in charts.degree_chart_alt(table, 2)


def test_sigmoid_chart() -> None:
    assert charts.sigmoid_chart(0.0).data[-1].y[0] == 0.5
    assert "50.0 %" in charts.sigmoid_chart_alt(0.0)


def test_split_histogram_counts_every_split() -> None:
    accuracies = np.array([0.85, 0.9, 0.9, 0.95])
    figure = charts.split_histogram(accuracies, 0.9, (0.85, 0.93))
    assert trace(figure, "4 other splits").y.sum() == 4
    assert figure.layout.xaxis.ticktext[:2] == ("84 %", "86 %")
    assert "from 85.0 to 95.0 %" in charts.split_histogram_alt(accuracies, 0.9)


def test_tables_of_the_charts_hold_numbers() -> None:
    for table in (ranking.table(), trade.table(5.0), stepping.cost_over_rates(), penalty.penalty_curves()):
        assert isinstance(table, pd.DataFrame)
        assert not table.isna().any(axis=None)


def test_a_crossing_at_zero_is_said_as_zero() -> None:
    line = by_hand.curve_over(1.0, 0.0, "complaints", (-3.0, 3.0))
    figure = probability_curve(line, customers().points(), threshold=0.5, positive="yes", negative="no")
    assert [one.text for one in figure.data if one.text] == [("0",)]
