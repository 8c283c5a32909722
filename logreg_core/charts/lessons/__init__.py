"""Figures of the lessons and the tutorial, each with a sentence for its ``alt``."""

from logreg_core.charts.lessons.cases import case_strip, case_strip_alt
from logreg_core.charts.lessons.cost_map import cost_map, cost_map_alt
from logreg_core.charts.lessons.degrees import degree_chart, degree_chart_alt
from logreg_core.charts.lessons.loss_slope import loss_slope, loss_slope_alt
from logreg_core.charts.lessons.odds import odds_curve, odds_curve_alt
from logreg_core.charts.lessons.penalty import penalty_chart, penalty_chart_alt
from logreg_core.charts.lessons.ranking import ranking_bars, ranking_bars_alt
from logreg_core.charts.lessons.rates import rate_chart, rate_chart_alt
from logreg_core.charts.lessons.sigmoid import sigmoid_chart, sigmoid_chart_alt, sigmoid_table
from logreg_core.charts.lessons.splits import split_histogram, split_histogram_alt
from logreg_core.charts.lessons.step_costs import step_costs, step_costs_alt
from logreg_core.charts.lessons.threshold_costs import threshold_costs, threshold_costs_alt

__all__ = [
    "case_strip",
    "case_strip_alt",
    "cost_map",
    "cost_map_alt",
    "degree_chart",
    "degree_chart_alt",
    "loss_slope",
    "loss_slope_alt",
    "odds_curve",
    "odds_curve_alt",
    "penalty_chart",
    "penalty_chart_alt",
    "ranking_bars",
    "ranking_bars_alt",
    "rate_chart",
    "rate_chart_alt",
    "sigmoid_chart",
    "sigmoid_chart_alt",
    "sigmoid_table",
    "split_histogram",
    "split_histogram_alt",
    "step_costs",
    "step_costs_alt",
    "threshold_costs",
    "threshold_costs_alt",
]
