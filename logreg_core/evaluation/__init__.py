"""A trained model -> how good it is, and slices through it for pictures."""

from logreg_core.evaluation.evaluation import Baseline, Evaluation, PartEvaluation, RocCurve, evaluate
from logreg_core.evaluation.metrics import Confusion, wilson_interval
from logreg_core.evaluation.moving_boundary import MovingBoundary, MovingCurve, moving_boundary, moving_curve
from logreg_core.evaluation.playback import Playback, RowsRight, frame_epochs, play_back, rows_right
from logreg_core.evaluation.points import (
    Points,
    axis_range,
    points_sentence,
    sample_by_class,
    sample_points,
    typical_values,
)
from logreg_core.evaluation.remarks import Remark, base_rate_log_loss, newcombe_interval, remarks
from logreg_core.evaluation.slices import (
    Curve,
    Levels,
    Plane,
    Volume,
    boundary_sentence,
    crossings,
    curve,
    held_sentence,
    levels,
    logit,
    plane,
    score_rows,
    spoken,
    volume,
)

__all__ = [
    "Baseline",
    "Confusion",
    "Curve",
    "Evaluation",
    "Levels",
    "MovingBoundary",
    "MovingCurve",
    "PartEvaluation",
    "Plane",
    "Playback",
    "Points",
    "Remark",
    "RocCurve",
    "RowsRight",
    "Volume",
    "axis_range",
    "base_rate_log_loss",
    "boundary_sentence",
    "crossings",
    "curve",
    "evaluate",
    "frame_epochs",
    "held_sentence",
    "levels",
    "logit",
    "moving_boundary",
    "moving_curve",
    "newcombe_interval",
    "plane",
    "play_back",
    "points_sentence",
    "remarks",
    "rows_right",
    "sample_by_class",
    "sample_points",
    "score_rows",
    "spoken",
    "typical_values",
    "volume",
    "wilson_interval",
]
