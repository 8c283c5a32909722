"""All lessons in their order, and what each opens in the app."""

from __future__ import annotations

from logreg_core.experiment import Experiment, Source
from logreg_core.features import Recipe
from logreg_core.lessons import curved
from logreg_core.training import TrainSettings
from pages.shared.lessons import (
    boundary,
    descent,
    gradient,
    kinds,
    learning_rate,
    line_to_probability,
    log_loss,
    odds,
    squared_error,
    threshold,
)
from pages.shared.lessons import curved as curved_lesson
from pages.shared.lessons.lesson import Lesson

_EXACTLY = TrainSettings(method="exact")
_TUTORIAL = Source(sample="tutorial")


def _one_column() -> Recipe:
    """The tutorial with its second feature alone: the picture is then a sigmoid."""
    return Recipe(target="class", positive="1", features=("feature 2",), scale=False, stratify=False)


LESSONS: tuple[Lesson, ...] = (
    Lesson(
        "kinds",
        "Yes or no, and how likely",
        "What classification is, when to use it, and what a probability is good for.",
        kinds.show,
        Experiment(Source(sample="churn"), settings=_EXACTLY),
        "customer churn",
        "then the Evaluate page says how many leavers it finds",
    ),
    Lesson(
        "sigmoid",
        "From a line to a probability",
        "A weight and a bias bend an S through twelve students.",
        line_to_probability.show,
        Experiment(_TUTORIAL, _one_column(), TrainSettings()),
        "the tutorial's points with one feature",
        "the curve is under Boundary",
    ),
    Lesson(
        "boundary",
        "The boundary: point, line, plane",
        "Where the model says 50 %, with one, two and three features.",
        boundary.show,
        Experiment(_TUTORIAL, settings=TrainSettings()),
        "the tutorial's points with two features",
        "the line is under Boundary",
    ),
    Lesson(
        "threshold",
        "The threshold",
        "Fewer misses or fewer false alarms: what each costs decides.",
        threshold.show,
        Experiment(Source(sample="fraud"), settings=_EXACTLY),
        "card fraud, where the threshold matters most",
        "then go on to the Evaluate page: the threshold is a slider there",
    ),
    Lesson(
        "log-loss",
        "Log loss: what a row pays",
        "Two penalty curves, and a row of your own model on them.",
        log_loss.show,
        Experiment(Source(sample="tumours"), settings=TrainSettings(max_iter=300)),
        "tumours, 300 epochs",
        "what a row pays is in the Laboratory, under One row, step by step",
    ),
    Lesson(
        "squared-error",
        "Why not squared error",
        "Two costs as maps: on one of them descent gets stuck.",
        squared_error.show,
        Experiment(_TUTORIAL, settings=TrainSettings()),
        "the tutorial's points, log loss going down",
        "the valley is in the Laboratory, under Cost surface",
    ),
    Lesson(
        "gradient",
        "Where the gradient comes from",
        "The chain rule, step by step, with the numbers of one row.",
        gradient.show,
        Experiment(_TUTORIAL, settings=TrainSettings(max_iter=10)),
        "the tutorial's points, the first ten epochs",
        "the gradient of a row is in the Laboratory, under One row, step by step",
    ),
    Lesson(
        "descent",
        "Gradient descent, step by step",
        "Step, ten, back: boundary and cost move together.",
        descent.show,
        Experiment(_TUTORIAL, settings=TrainSettings(max_iter=100)),
        "the tutorial's points, 100 epochs",
        "then the buttons for steps and epochs walk it there, too",
    ),
    Lesson(
        "learning-rate",
        "The learning rate",
        "Too small, right, too large, and the rate that is guaranteed.",
        learning_rate.show,
        Experiment(_TUTORIAL, settings=TrainSettings(learning_rate=30.0, max_iter=100)),
        "the tutorial's points with a rate far above the guaranteed one",
        "other rates are in the Laboratory, under Learning rate",
    ),
    Lesson(
        "curved",
        "When a straight boundary fails",
        "Rings, moons and a checkerboard, and how features help.",
        curved_lesson.show,
        Experiment(Source(generator=curved.spec_of("circles")), curved.recipe_of(2), _EXACTLY),
        "the rings with features of degree 2",
        "the curve is under Boundary",
    ),
    Lesson(
        "odds",
        "Reading a coefficient",
        "Odds, log odds, odds ratio: per unit and per standard deviation.",
        odds.show,
        Experiment(Source(sample="churn"), settings=_EXACTLY),
        "customer churn, solved exactly",
        "each column's odds ratio is in the table under Weights",
    ),
)


def find(key: str) -> int | None:
    """Place of the lesson with this key; None if there is none."""
    return next((place for place, lesson in enumerate(LESSONS) if lesson.key == key), None)
