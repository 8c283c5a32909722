"""A descent to be played back: what there is to see at some of its epochs, few enough to be sent to a browser at once.

Epochs are taken where the cost moves (``frame_epochs``), among those at which the log loss of the test rows is known
already. Only the rows predicted right have to be counted anew, which is one product of rows and weights; of a large
table those of a random sample, whose size is said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from logreg_core.evaluation.protocols import Floats, PreparedData, TrainedModel, WalkedDescent
from logreg_core.evaluation.slices import logit
from logreg_core.evaluation.thinning import thin
from logreg_core.training.blas import one_blas_thread

Epochs = NDArray[np.int64]

MOST_FRAMES = 120
MOST_PRODUCTS = 50_000_000
"""Rows times columns times frames up to which all rows are counted: it takes some hundredths of a second."""
BLOWN_UP = 20.0
"""Times the start cost beyond which a cost is not followed: there is nothing to see but that it grows."""
_BLOCK = 4096


@dataclass(frozen=True, eq=False)
class RowsRight:
    """How many rows were predicted right at each frame: ``right`` of shape (k,), of ``counted`` of the ``rows``."""

    right: NDArray[np.int64]
    counted: int
    rows: int

    @property
    def share(self) -> Floats:
        """0 to 1 at each frame; nan without rows."""
        return self.right / self.counted if self.counted else np.full(len(self.right), np.nan)


@dataclass(frozen=True, eq=False)
class Playback:
    """What happened, at k epochs from the first to the furthest.

    Attributes
    ----------
    epochs : int array of shape (k,)
        Rising; the first is 0.
    parameters : array of shape (k, p + 1)
        [coefficients..., intercept].
    train_loss, test_loss : arrays of shape (k,)
        Mean log loss without a penalty, as in ``FittedModel``; nan without test rows.
    gradient_norm : array of shape (k,)
        Largest absolute entry of the gradient.
    train, test : RowsRight
    last_epoch : int
        Epochs that the descent may have.
    balanced, penalised : bool
        Whether both classes count alike in the losses, and whether the cost has a penalty that they leave out.
    """

    epochs: Epochs
    parameters: Floats
    train_loss: Floats
    test_loss: Floats
    gradient_norm: Floats
    train: RowsRight
    test: RowsRight
    last_epoch: int
    balanced: bool = False
    penalised: bool = False


def frame_epochs(epochs: Epochs, cost: Floats, *, at_most: int = MOST_FRAMES) -> NDArray[np.intp]:
    """Positions of at most ``at_most`` of these epochs, dense where the cost moves; first and last among them."""
    return thin(epochs.astype(np.float64), np.minimum(cost, BLOWN_UP * max(float(cost[0]), 1e-3)), at_most)


def play_back(
    walk: WalkedDescent, whole: TrainedModel, prepared: PreparedData, *, threshold: float, here: TrainedModel
) -> Playback:
    """Return what there is to see on the way of ``walk``.

    Parameters
    ----------
    walk : WalkedDescent
    whole : TrainedModel
        The model at its furthest epoch.
    prepared : PreparedData
        What it was trained on.
    threshold : float
        Probability from which on a row counts as positive.
    here : TrainedModel
        A model of the same walk whose epoch has to be among the frames.
    """
    known = np.asarray(whole.loss_epochs)
    kept = frame_epochs(known, np.asarray(whole.train_loss, dtype=np.float64))
    epochs = known[kept]
    losses = np.column_stack((whole.train_loss, _or_nan(whole.test_cost, len(known))))[kept]
    if here.n_iter not in epochs:
        at = int(np.searchsorted(epochs, here.n_iter))
        epochs = np.insert(epochs, at, here.n_iter)
        last = len(here.train_loss)
        losses = np.insert(losses, at, [here.train_loss[-1], _or_nan(here.test_cost, last)[-1]], axis=0)
    parameters = walk.parameters(epochs)
    return Playback(
        epochs=epochs,
        parameters=parameters,
        train_loss=losses[:, 0],
        test_loss=losses[:, 1],
        gradient_norm=walk.gradient_norm[epochs],
        train=rows_right(prepared.X_train, prepared.y_train, parameters, threshold),
        test=rows_right(prepared.X_test, prepared.y_test, parameters, threshold),
        last_epoch=walk.settings.max_iter,
        balanced=walk.settings.balanced,
        penalised=walk.settings.has_penalty,
    )


def rows_right(X: Floats, y: Floats, parameters: Floats, threshold: float, *, seed: int = 0) -> RowsRight:
    """Count the rows of X, shape (n, p), predicted right by each of ``parameters``, shape (k, p + 1).

    A row counts as positive when its probability is at least ``threshold``. Of many rows a random sample is counted.
    """
    rows = len(y)
    affordable = max(1, MOST_PRODUCTS // max(1, parameters.size))
    if rows > affordable:
        chosen = np.sort(np.random.default_rng(seed).choice(rows, affordable, replace=False))
        X, y = X[chosen], y[chosen]
    cut = logit(threshold)
    right = np.zeros(len(parameters), dtype=np.int64)
    # The weights of a run that diverged may overflow; a score that is nan is not positive.
    with one_blas_thread, np.errstate(over="ignore", invalid="ignore"):
        for first in range(0, len(y), _BLOCK):
            block = slice(first, first + _BLOCK)
            z = X[block] @ parameters[:, :-1].T + parameters[:, -1]
            right += ((z >= cut) == (y[block] == 1)[:, None]).sum(axis=0)
    return RowsRight(right, len(y), rows)


def _or_nan(values: Floats, size: int) -> Floats:
    return np.asarray(values, dtype=np.float64) if len(values) else np.full(size, np.nan)
