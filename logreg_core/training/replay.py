"""Any epoch of a finished descent again, from what its model keeps: the weights there, the gradient, the next weights.

A history keeps at most 200 epochs. What lies between is run again, with the same bits: from the kept epoch before it
where the way downhill remembers nothing else (plain descent, with or without batches), otherwise from the start. Where
that would take long, the nearest kept epoch stands in, and what follows it is known only if it is kept too.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.batches import RowBatches
from logreg_core.training.blas import one_blas_thread
from logreg_core.training.class_weights import row_weights
from logreg_core.training.course import Rows
from logreg_core.training.descent import descent, rule_of
from logreg_core.training.fitted import FittedModel
from logreg_core.training.objective import LogLoss
from logreg_core.training.optimisers import descend, evaluated

Array = NDArray[np.float64]

MOST_WORK = 300_000_000
"""Values of X that a replay may look at: a second or so."""


@dataclass(frozen=True, eq=False)
class Moment:
    """One epoch of a descent.

    Attributes
    ----------
    epoch : int
    parameters, gradient : array of shape (p + 1,)
        [coefficients..., intercept] and the objective's gradient there, over all rows.
    updated : array of shape (p + 1,) or None
        Parameters of the next epoch; None where they are not known.
    """

    epoch: int
    parameters: Array
    gradient: Array
    updated: Array | None


def moment(model: FittedModel, rows: Rows, epoch: int, *, most_work: int = MOST_WORK) -> Moment:
    """Return an epoch of the descent that led to ``model``, 0 to ``model.n_iter``; the nearest kept one if need be.

    Parameters
    ----------
    model : FittedModel
        Of a descent.
    rows : Rows
        The rows it was trained on.
    epoch : int
    most_work : int
        Epochs to run again times values of X, at most.
    """
    settings, history = model.settings, model.history
    weights = row_weights(rows.y_train, rows.y_train, balanced=settings.balanced)
    objective = LogLoss(rows.X_train, rows.y_train, sample_weight=weights, ridge=settings.alpha)
    batches = None
    if settings.batch_size is not None:
        batches = RowBatches(
            rows.X_train,
            rows.y_train,
            settings.batch_size,
            seed=settings.seed,
            sample_weight=weights,
            alpha=settings.alpha,
        )
    forgets = settings.optimiser == "gradient_descent"
    kept = int(np.searchsorted(history.snapshot_epochs, epoch, side="right")) - 1
    begin = int(history.snapshot_epochs[kept]) if forgets else 0
    passes = 2 if batches is not None else 1
    with one_blas_thread:
        if (epoch - begin + 1) * passes * rows.X_train.size <= most_work:
            if forgets:
                at = evaluated(objective, begin, np.array(history.snapshots[kept]), settings.learning_rate)
                states = descend(objective, at, rule_of(settings), batches)
            else:
                states = descent(objective, rows.X_train.shape[1], settings, batches)
            now, after = islice(states, epoch - begin, epoch - begin + 2)
            return Moment(epoch, now.parameters, now.gradient, after.parameters)
        near = int(np.abs(history.snapshot_epochs - epoch).argmin())
        here, there = int(history.snapshot_epochs[near]), np.array(history.snapshots[near])
        gradient = objective.value_and_gradient(there)[1]
    following = np.flatnonzero(history.snapshot_epochs == here + 1)
    updated = np.array(history.snapshots[following[0]]) if len(following) else None
    return Moment(here, there, gradient, updated)
