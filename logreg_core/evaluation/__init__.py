"""A trained model -> how good it is, and slices through it for pictures."""

from logreg_core.evaluation.evaluation import Baseline, Evaluation, PartEvaluation, RocCurve, evaluate
from logreg_core.evaluation.metrics import Confusion, wilson_interval
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
from logreg_core.evaluation.support import RULE, Neighbourhood, neighbourhood

__all__ = [
    "RULE",
    "Baseline",
    "Confusion",
    "Curve",
    "Evaluation",
    "Levels",
    "Neighbourhood",
    "PartEvaluation",
    "Plane",
    "Points",
    "Remark",
    "RocCurve",
    "Volume",
    "axis_range",
    "base_rate_log_loss",
    "boundary_sentence",
    "crossings",
    "curve",
    "evaluate",
    "held_sentence",
    "levels",
    "logit",
    "neighbourhood",
    "newcombe_interval",
    "plane",
    "points_sentence",
    "remarks",
    "sample_by_class",
    "sample_points",
    "score_rows",
    "spoken",
    "typical_values",
    "volume",
    "wilson_interval",
]
