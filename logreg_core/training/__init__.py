"""Prepared -> fitted model: log loss, optimisers, the loop that runs them, and the estimator.

An optimiser is an iterator over states and sees only an objective; ``run`` records and stops; ``train`` is the app's
door and ``LogisticRegression`` the one for code. The latter needs scikit-learn and is imported when first asked for.
"""

from typing import TYPE_CHECKING, Any

from logreg_core.training.aliasing import AliasedColumn, Aliasing, find_aliased
from logreg_core.training.batches import RowBatches
from logreg_core.training.class_weights import row_weights
from logreg_core.training.collinear import Collinear, nearly_collinear, variance_inflation
from logreg_core.training.course import MOST_CELLS_OF_A_RATE, Course, course_of, course_on, part_of, rows_of_course
from logreg_core.training.descent import descent
from logreg_core.training.exact import ExactState
from logreg_core.training.exact_solvers import EXACT_SOLVERS
from logreg_core.training.firth import FirthFit, fit_firth
from logreg_core.training.fitted import FittedModel
from logreg_core.training.history import History
from logreg_core.training.line_search import line_search_descent
from logreg_core.training.log_loss import log_loss_terms, sigmoid
from logreg_core.training.objective import LogLoss
from logreg_core.training.one_row import OneRow, one_row
from logreg_core.training.optimisers import Adam, DescentState, Momentum, Nesterov, Plain, descend, gradient_descent
from logreg_core.training.optimum import NEAR, Distance, Optimum, distance_to_optimum, exact_optimum
from logreg_core.training.path import RegularisationPath, regularisation_path
from logreg_core.training.penalty import Penalty
from logreg_core.training.race import SECONDS_A_LANE, Lane, race
from logreg_core.training.rates import RateTrial, lowest_cost, try_rates
from logreg_core.training.replay import Moment, moment
from logreg_core.training.run import Run, run
from logreg_core.training.separation import Separation, find_separation
from logreg_core.training.settings import (
    FIRTH,
    LARGEST_SEED,
    MINI_BATCH,
    OPTIMISERS,
    STARTS,
    TrainSettings,
    plain_number,
    suggested_learning_rate,
)
from logreg_core.training.settings_words import in_words, lane_in_words
from logreg_core.training.solution import Solution, solve
from logreg_core.training.standings import Arrival, Standing, standings, why_ended, winner
from logreg_core.training.status import Status
from logreg_core.training.surface import CostSurface, axis_values, cost_surface
from logreg_core.training.train import train
from logreg_core.training.training_data import Progress, TrainingData
from logreg_core.training.trajectory import Trajectory
from logreg_core.training.update_words import update_in_words
from logreg_core.training.valley import Valley, scaled, valley
from logreg_core.training.verdicts import UNFINISHED, Verdict, distance_left, optimum_beside, verdict
from logreg_core.training.walk import Walk

if TYPE_CHECKING:
    from logreg_core.training.estimator import LogisticRegression

__all__ = [
    "EXACT_SOLVERS",
    "FIRTH",
    "LARGEST_SEED",
    "MINI_BATCH",
    "MOST_CELLS_OF_A_RATE",
    "NEAR",
    "OPTIMISERS",
    "SECONDS_A_LANE",
    "STARTS",
    "UNFINISHED",
    "Adam",
    "AliasedColumn",
    "Aliasing",
    "Arrival",
    "Collinear",
    "CostSurface",
    "Course",
    "DescentState",
    "Distance",
    "ExactState",
    "FirthFit",
    "FittedModel",
    "History",
    "Lane",
    "LogLoss",
    "LogisticRegression",
    "Moment",
    "Momentum",
    "Nesterov",
    "OneRow",
    "Optimum",
    "Penalty",
    "Plain",
    "Progress",
    "RateTrial",
    "RegularisationPath",
    "RowBatches",
    "Run",
    "Separation",
    "Solution",
    "Standing",
    "Status",
    "TrainSettings",
    "TrainingData",
    "Trajectory",
    "Valley",
    "Verdict",
    "Walk",
    "axis_values",
    "cost_surface",
    "course_of",
    "course_on",
    "descend",
    "descent",
    "distance_left",
    "distance_to_optimum",
    "exact_optimum",
    "find_aliased",
    "find_separation",
    "fit_firth",
    "gradient_descent",
    "in_words",
    "lane_in_words",
    "line_search_descent",
    "log_loss_terms",
    "lowest_cost",
    "moment",
    "nearly_collinear",
    "one_row",
    "optimum_beside",
    "part_of",
    "plain_number",
    "race",
    "regularisation_path",
    "row_weights",
    "rows_of_course",
    "run",
    "scaled",
    "sigmoid",
    "solve",
    "standings",
    "suggested_learning_rate",
    "train",
    "try_rates",
    "update_in_words",
    "valley",
    "variance_inflation",
    "verdict",
    "why_ended",
    "winner",
]


def __getattr__(name: str) -> Any:
    if name == "LogisticRegression":
        from logreg_core.training.estimator import LogisticRegression

        return LogisticRegression
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
