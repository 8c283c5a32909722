"""Prepared data and settings in, a fitted model out: the training room's door for the app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from logreg_core.training.class_weights import row_weights
from logreg_core.training.ending import of_solution
from logreg_core.training.firth import fit_firth
from logreg_core.training.fitted import FittedModel
from logreg_core.training.penalty import Penalty
from logreg_core.training.settings import TrainSettings
from logreg_core.training.solution import Solution, solve
from logreg_core.training.training_data import Progress, TrainingData, check_training_rows
from logreg_core.training.walk import Walk, Watch, fitted_model, reporting
from logreg_core.training.watched_losses import watched_losses


def train(
    prepared: TrainingData,
    settings: TrainSettings,
    *,
    watch: Callable[[Progress], bool | None] | None = None,
    time_budget: float | None = None,
    walk: Walk | None = None,
    epoch: int | None = None,
) -> FittedModel:
    """Fit a logistic regression as the settings say: by a descent, or exactly.

    Parameters
    ----------
    prepared : TrainingData
    settings : TrainSettings
    watch : callable, optional
        Called after each epoch and at the start. True stops training; what was reached is kept.
    time_budget : float, optional
        Seconds of computing after which training stops, keeping what was reached.
    walk : Walk, optional
        A descent of these rows and settings to go on with; a new one if left out. Not with the method "exact".
    epoch : int, optional
        Of the model; where the walk has not come to it, training goes on to it. Left out, it goes to the end.

    Raises
    ------
    TrainingError
        Settings that no training can start with, no rows, rows of one class only, or values that are not finite.
    """
    settings.validate()
    check_training_rows(prepared)
    if settings.method == "descent":
        walk = walk or Walk(prepared, settings)
        walk.allow(settings.max_iter)
        if epoch is None or not walk.started or epoch > walk.epoch:
            ahead = None if epoch is None else epoch - walk.epoch
            walk.go_on(ahead, watch=watch, time_budget=time_budget)
        return walk.model(None if epoch is None else min(epoch, walk.epoch))
    losses = watched_losses(prepared, settings)
    fit = _correct if settings.firth else _solve
    ended = fit(prepared, settings, reporting(losses, settings, watch), time_budget)
    seen = losses.until(ended.run.n_iter, ended.run.parameters, ended.run.cost)
    return fitted_model(ended, prepared, settings, seen)


def _solve(prepared: TrainingData, settings: TrainSettings, report: Watch, time_budget: float | None) -> Solution:
    solution = solve(
        prepared.X_train,
        prepared.y_train,
        prepared.feature_names,
        solver=settings.solver,
        penalty=Penalty(settings.alpha, settings.l1_ratio),
        sample_weight=row_weights(prepared.y_train, prepared.y_train, balanced=settings.balanced),
        tol=settings.tol,
        max_iter=settings.max_iter,
        seed=settings.seed,
        watch=report,
        time_budget=time_budget,
    )
    return replace(solution, reason=of_solution(solution, prepared))


def _correct(prepared: TrainingData, settings: TrainSettings, report: Watch, time_budget: float | None) -> Solution:
    fitted = fit_firth(
        prepared.X_train,
        prepared.y_train,
        feature_names=prepared.feature_names,
        sample_weight=row_weights(prepared.y_train, prepared.y_train, balanced=settings.balanced),
        tol=settings.tol,
        max_iter=settings.max_iter,
        watch=report,
        time_budget=time_budget,
    )
    solution = Solution(fitted.run, "firth", "", aliasing=fitted.aliasing)
    return replace(solution, reason=of_solution(solution, prepared))
