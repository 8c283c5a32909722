"""The last word on a trained model, in one line and with what is behind it.

A run knows only that its epochs were used up. With the exact optimum beside it (``optimum``) there is more to say: how
much the cost could still fall, and which weight is how far from its best value. A run that ended within a twentieth of
a standard error everywhere is as good as finished, whatever its gradient says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from logreg_core.training.class_weights import row_weights
from logreg_core.training.column_words import separation_sentence
from logreg_core.training.ending import Columns
from logreg_core.training.fitted import FittedModel
from logreg_core.training.optimum import NEAR, Distance, Optimum, distance_to_optimum, exact_optimum
from logreg_core.training.penalty import Penalty
from logreg_core.training.settings import TrainSettings, plain_number
from logreg_core.training.status import Status

UNFINISHED = (
    Status.EPOCH_LIMIT,
    Status.JUMPING,
    Status.HOVERING,
    Status.STALLED,
    Status.STOPPED,
    Status.PAUSED,
    Status.OUT_OF_TIME,
)
MOST_WORK = 2_500_000_000
"""Rows times squared columns up to which the optimum is looked for beside a run: it takes about half a second."""
MOST_COLUMNS = 200
"""With more, classes are often separated, and to prove that takes longer."""


@dataclass(frozen=True)
class Verdict:
    """What to think of a trained model.

    Attributes
    ----------
    kind : {"finished", "open", "warning", "error"}
        "open": not finished, but on a good way. "error": of no use.
    headline : str
        One line.
    details : str
        What is behind it; may be empty.
    can_be_finished : bool
        Solving the same objective exactly would lead further.
    """

    kind: str
    headline: str
    details: str
    can_be_finished: bool


def verdict(model: FittedModel, distance: Distance | None = None) -> Verdict:
    """Return what to think of ``model``, given its distance to the optimum where that is known."""
    status, descended = model.status, model.settings.method == "descent"
    if status == Status.DIVERGED:  # not "is": a running app may hold models from before it was updated
        return Verdict("error", status.value, model.reason, can_be_finished=descended)
    if status in (Status.SEPARATED, Status.RANK_DEFICIENT):
        return Verdict("warning", status.value, model.reason, can_be_finished=False)
    if status not in UNFINISHED:
        return Verdict("finished", status.value, model.reason, can_be_finished=False)
    if distance is not None and distance.finished:
        how = "stopped by you" if status == Status.STOPPED else "all epochs are used"
        if status == Status.PAUSED:
            how = "paused on the way"
        if status == Status.OUT_OF_TIME:
            how = "the time allowed is used up"
        headline = f"As good as finished: {how}, and no weight is more than {plain_number(NEAR)} standard errors from "
        return Verdict("finished", f"{headline}its best value.", model.reason, can_be_finished=False)
    left = "" if distance is None else distance.left
    details = " ".join(filter(None, (left, model.reason)))
    # Jumping is a fault of the choices; the others are where training happened to stop.
    return Verdict("warning" if status == Status.JUMPING else "open", status.value, details, can_be_finished=descended)


def optimum_beside(settings: TrainSettings, prepared: Columns) -> Optimum | None:
    """Find where a descent with these settings is going; None where that takes too long or cannot be computed.

    Parameters
    ----------
    settings : TrainSettings
        Only the objective counts: penalty and class weights.
    prepared : Columns
        The rows to train on.
    """
    rows, columns = prepared.X_train.shape
    if columns > MOST_COLUMNS or rows * columns**2 > MOST_WORK:
        return None
    try:
        return exact_optimum(
            prepared.X_train,
            prepared.y_train,
            prepared.feature_names,
            penalty=Penalty(settings.alpha, settings.l1_ratio),
            sample_weight=row_weights(prepared.y_train, prepared.y_train, balanced=settings.balanced),
        )
    except np.linalg.LinAlgError:  # no curvature left to measure by
        return None


def distance_left(model: FittedModel, prepared: Columns, optimum: Optimum | None = None) -> Distance | None:
    """Find out how far a descent that is not finished still is; None where that is not asked or takes too long.

    Parameters
    ----------
    model : FittedModel
    prepared : Columns
        The rows it was trained on.
    optimum : Optimum, optional
        What ``optimum_beside`` gave for them, if it is known already.
    """
    if model.settings.method != "descent" or model.status not in UNFINISHED:
        return None
    optimum = optimum or optimum_beside(model.settings, prepared)
    if optimum is None:
        return None
    distance = distance_to_optimum([*model.coefficients, model.intercept], model.final_cost, optimum)
    if optimum.separation is None:
        return distance
    told = f"There is no lowest point to go to. {separation_sentence(optimum.separation, prepared)}"
    return replace(distance, sentence=told, left=told)
