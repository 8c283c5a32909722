"""Figures of what the other rooms computed: pure functions that lay out, each with a sentence for its ``alt``."""

from logreg_core.charts.boundary import boundary_map, boundary_map_alt
from logreg_core.charts.column import column_alt, column_histogram, column_levels
from logreg_core.charts.confusion import confusion_matrix, confusion_matrix_alt
from logreg_core.charts.cost import cost_caption, cost_curve, cost_curve_alt, cost_table
from logreg_core.charts.drift import drift_dots, drift_dots_alt, drift_table
from logreg_core.charts.levels import level_bars, level_bars_alt
from logreg_core.charts.palette import TEST_ROWS, TRAINING_ROWS
from logreg_core.charts.playback import playback_alt, playback_caption, playback_figure, playback_table
from logreg_core.charts.probability import probability_curve, probability_curve_alt
from logreg_core.charts.roc import roc_curve, roc_curve_alt, roc_table
from logreg_core.charts.scatter import class_scatter, class_scatter_alt
from logreg_core.charts.space import boundary_volume, boundary_volume_alt
from logreg_core.charts.text import as_text
from logreg_core.charts.weights import weight_bars, weight_bars_alt

__all__ = [
    "TEST_ROWS",
    "TRAINING_ROWS",
    "as_text",
    "boundary_map",
    "boundary_map_alt",
    "boundary_volume",
    "boundary_volume_alt",
    "class_scatter",
    "class_scatter_alt",
    "column_alt",
    "column_histogram",
    "column_levels",
    "confusion_matrix",
    "confusion_matrix_alt",
    "cost_caption",
    "cost_curve",
    "cost_curve_alt",
    "cost_table",
    "drift_dots",
    "drift_dots_alt",
    "drift_table",
    "level_bars",
    "level_bars_alt",
    "playback_alt",
    "playback_caption",
    "playback_figure",
    "playback_table",
    "probability_curve",
    "probability_curve_alt",
    "roc_curve",
    "roc_curve_alt",
    "roc_table",
    "weight_bars",
    "weight_bars_alt",
]
