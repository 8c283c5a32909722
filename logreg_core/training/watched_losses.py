"""Log loss of training and test rows during a run, without the penalty: two numbers that can be compared.

What is made small may hold a penalty, which the test rows know nothing of; beside their log loss it would look like a
model that does better on new rows. Class weights stay: both parts have those of the training rows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.history import thinned_epochs
from logreg_core.training.objective import LogLoss
from logreg_core.training.penalty import Penalty
from logreg_core.training.settings import TrainSettings

Array = NDArray[np.float64]

MOST_EPOCHS = 500


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
    """

    def __init__(self, training: LogLoss | None, test: LogLoss | None, settings: TrainSettings) -> None:
        self._training, self._test = training, test
        self._penalty = Penalty(settings.alpha, settings.l1_ratio)
        # One place is kept for the end, whose epoch is not known beforehand.
        most = MOST_EPOCHS - 1
        last = min(settings.max_iter, most - 1) if settings.method == "exact" else settings.max_iter
        self._planned = frozenset(thinned_epochs(last, most).tolist())
        self.epochs: list[int] = []
        self.train: list[float] = []
        self.test: list[float] = []

    def at(self, epoch: int, parameters: Array, cost: float, *, planned: bool = True) -> tuple[float, float]:
        """Return the losses (training, test) at ``parameters`` and note them; nan if ``planned`` and this epoch is not.

        ``cost`` is the objective there. Test rows that are not there have a loss of nan.
        """
        if planned and epoch not in self._planned:
            return float("nan"), float("nan")
        if not self.epochs or self.epochs[-1] != epoch:
            self.epochs.append(epoch)
            self.train.append(self._without_penalty(parameters, cost))
            self.test.append(float("nan") if self._test is None else self._test.value(parameters))
        return self.train[-1], self.test[-1]

    def _without_penalty(self, parameters: Array, cost: float) -> float:
        if self._training is not None:
            return self._training.value(parameters)
        return cost - self._penalty.value(parameters) if self._penalty.alpha > 0 else cost
