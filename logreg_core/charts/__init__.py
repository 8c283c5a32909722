"""Figures of what the other rooms computed: pure functions that lay out, each with a sentence for its ``alt``."""

from logreg_core.charts.boundary import boundary_map, boundary_map_alt
from logreg_core.charts.column import column_alt, column_histogram, column_levels
from logreg_core.charts.confusion import confusion_matrix, confusion_matrix_alt
from logreg_core.charts.contours import cost_map, cost_map_alt, cost_map_table, valley_in_words
from logreg_core.charts.cost import cost_caption, cost_curve, cost_curve_alt, cost_table
from logreg_core.charts.drift import drift_dots, drift_dots_alt, drift_table
from logreg_core.charts.levels import level_bars, level_bars_alt
from logreg_core.charts.one_row import (
    one_row_table,
    penalty_point,
    penalty_point_alt,
    penalty_point_table,
    score_waterfall,
    score_waterfall_alt,
    score_waterfall_table,
    sigmoid_point,
    sigmoid_point_alt,
    sigmoid_point_table,
    terms_drawn,
)
from logreg_core.charts.palette import TEST_ROWS, TRAINING_ROWS
from logreg_core.charts.playback import playback_alt, playback_caption, playback_figure, playback_table
from logreg_core.charts.playback_panels import epochs_of_zoom, playback_height, zoom_of_box, zoom_of_epochs
from logreg_core.charts.probability import probability_curve, probability_curve_alt
from logreg_core.charts.race import UNITS as RACE_AGAINST
from logreg_core.charts.race import race_chart, race_chart_alt, race_chart_table
from logreg_core.charts.rates import (
    against_safe,
    rate_curve,
    rate_curve_alt,
    rate_in_words,
    rate_scale,
    rate_scale_alt,
    rate_scale_table,
    rate_table,
    rate_title,
)
from logreg_core.charts.roc import roc_curve, roc_curve_alt, roc_table
from logreg_core.charts.scatter import class_scatter, class_scatter_alt
from logreg_core.charts.slice_tables import slice_table
from logreg_core.charts.space import boundary_volume, boundary_volume_alt
from logreg_core.charts.space_view import CORNER, SPACE_VIEWS, SpaceView, camera
from logreg_core.charts.space_view import STEP as SPACE_STEP
from logreg_core.charts.text import as_text
from logreg_core.charts.weights import weight_bars, weight_bars_alt

__all__ = [
    "CORNER",
    "RACE_AGAINST",
    "SPACE_STEP",
    "SPACE_VIEWS",
    "TEST_ROWS",
    "TRAINING_ROWS",
    "SpaceView",
    "against_safe",
    "as_text",
    "boundary_map",
    "boundary_map_alt",
    "boundary_volume",
    "boundary_volume_alt",
    "camera",
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
    "cost_map",
    "cost_map_alt",
    "cost_map_table",
    "cost_table",
    "drift_dots",
    "drift_dots_alt",
    "drift_table",
    "epochs_of_zoom",
    "level_bars",
    "level_bars_alt",
    "one_row_table",
    "penalty_point",
    "penalty_point_alt",
    "penalty_point_table",
    "playback_alt",
    "playback_caption",
    "playback_figure",
    "playback_height",
    "playback_table",
    "probability_curve",
    "probability_curve_alt",
    "race_chart",
    "race_chart_alt",
    "race_chart_table",
    "rate_curve",
    "rate_curve_alt",
    "rate_in_words",
    "rate_scale",
    "rate_scale_alt",
    "rate_scale_table",
    "rate_table",
    "rate_title",
    "roc_curve",
    "roc_curve_alt",
    "roc_table",
    "score_waterfall",
    "score_waterfall_alt",
    "score_waterfall_table",
    "sigmoid_point",
    "sigmoid_point_alt",
    "sigmoid_point_table",
    "slice_table",
    "terms_drawn",
    "valley_in_words",
    "weight_bars",
    "weight_bars_alt",
    "zoom_of_box",
    "zoom_of_epochs",
]
