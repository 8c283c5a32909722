"""Log loss of training and test rows during a run, without the penalty: two numbers that can be compared.

What is made small may hold a penalty, which the test rows know nothing of; beside their log loss it would look like a
model that does better on new rows. Class weights stay: both parts have those of the training rows.
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.class_weights import row_weights
from logreg_core.training.history import Epochs, thinned_epochs
from logreg_core.training.objective import LogLoss
from logreg_core.training.penalty import Penalty
from logreg_core.training.settings import TrainSettings
from logreg_core.training.training_data import TrainingData

Array = NDArray[np.float64]

MOST_EPOCHS = 500
LARGE = 500_000
"""Cells of test rows (rows times columns) from which on a loss takes a noticeable share of an epoch."""
MOST_EPOCHS_OF_LARGE = 200


class WatchedLosses:
    """Losses at some epochs, planned beforehand, and at the end.

    Of a descent not at every epoch: it is for looking at, and would cost as much as a fifth of training. The steps of
    an exact solver are few.

    Parameters
    ----------
    training : LogLoss or None
        Over the training rows, without a penalty; None where it follows from the cost: not with Firth's correction.
    test : LogLoss or None
        Over the test rows; None if there are none.
    settings : TrainSettings
    most : int
        Epochs, beside those at which a run is left.
    """

    def __init__(
        self, training: LogLoss | None, test: LogLoss | None, settings: TrainSettings, *, most: int = MOST_EPOCHS
    ) -> None:
        self._training, self._test = training, test
        self._penalty = Penalty(settings.alpha, settings.l1_ratio)
        self._most = most
        self.plan(settings)
        self.epochs: list[int] = []
        self.train: list[float] = []
        self.test: list[float] = []

    def plan(self, settings: TrainSettings) -> None:
        """Spread the epochs that are still to come over as many as the settings allow."""
        # One place is kept for the end, whose epoch is not known beforehand.
        most = self._most - 1
        last = min(settings.max_iter, most - 1) if settings.method == "exact" else settings.max_iter
        self._planned = frozenset(thinned_epochs(last, most).tolist())

    def at(self, epoch: int, parameters: Array, cost: float) -> tuple[float, float]:
        """Return the losses (training, test) at ``parameters`` and note them; nan if this epoch is not planned.

        ``cost`` is the objective there. Test rows that are not there have a loss of nan.
        """
        if epoch not in self._planned:
            return float("nan"), float("nan")
        if not self.epochs or self.epochs[-1] < epoch:
            train, test = self._losses(parameters, cost)
            self.epochs.append(epoch)
            self.train.append(train)
            self.test.append(test)
        return self.train[-1], self.test[-1]

    def until(self, epoch: int, parameters: Array, cost: float) -> tuple[Epochs, Array, Array]:
        """Return (epochs, training losses, test losses) up to a state that was reached, its own the last of them."""
        before = bisect_left(self.epochs, epoch)
        if self.epochs[before : before + 1] == [epoch]:
            own = (self.train[before], self.test[before])
        else:
            own = self._losses(parameters, cost)
        train, test = zip(*zip(self.train[:before], self.test[:before], strict=True), own, strict=True)
        return np.array([*self.epochs[:before], epoch], dtype=np.int64), np.array(train), np.array(test)

    def _losses(self, parameters: Array, cost: float) -> tuple[float, float]:
        test = float("nan") if self._test is None else self._test.value(parameters)
        return self._without_penalty(parameters, cost), test

    def _without_penalty(self, parameters: Array, cost: float) -> float:
        if self._training is not None:
            return self._training.value(parameters)
        return cost - self._penalty.value(parameters) if self._penalty.alpha > 0 else cost


def watched_losses(prepared: TrainingData, settings: TrainSettings) -> WatchedLosses:
    """Return what notes the losses of a run on these rows; each class weighs as it does in training."""

    def of(X: Array, y: Array) -> LogLoss:
        return LogLoss(X, y, sample_weight=row_weights(y, prepared.y_train, balanced=settings.balanced))

    # Where the training loss does not follow from the cost, and where there are test rows.
    training = of(prepared.X_train, prepared.y_train) if settings.firth else None
    test = of(prepared.X_test, prepared.y_test) if len(prepared.y_test) else None
    most = MOST_EPOCHS if prepared.X_test.size < LARGE else MOST_EPOCHS_OF_LARGE
    return WatchedLosses(training, test, settings, most=most)
