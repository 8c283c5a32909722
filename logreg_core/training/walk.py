"""A descent on prepared data that can be walked both ways: forward, training as ever, and back to any epoch it was at.

Each epoch has its model, the same to the last bit as if training had been told to end there. Forward is a ``RunLoop``
over a ``Trajectory``: the one judges and records, the other remembers the states.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.batches import RowBatches
from logreg_core.training.blas import one_blas_thread
from logreg_core.training.class_weights import row_weights
from logreg_core.training.descent import descent, go_on_from
from logreg_core.training.ending import Ending, of_descent
from logreg_core.training.exact import ExactState
from logreg_core.training.firth import FirthState
from logreg_core.training.fitted import FittedModel
from logreg_core.training.history import Epochs
from logreg_core.training.judged import judged_by
from logreg_core.training.objective import LogLoss
from logreg_core.training.optimisers import DescentState
from logreg_core.training.run import RunLoop
from logreg_core.training.settings import TrainSettings
from logreg_core.training.solution import Solution
from logreg_core.training.status import Status
from logreg_core.training.training_data import Progress, TrainingData, check_training_rows
from logreg_core.training.trajectory import Trajectory
from logreg_core.training.watched_losses import WatchedLosses, watched_losses

Array = NDArray[np.float64]
State = DescentState | ExactState | FirthState
Watch = Callable[[State], bool | None]
Losses = tuple[Epochs, Array, Array]

ABOVE_START = "The cost is higher than at the start: the learning rate may be too large."


class Walk:
    """One descent, from its start to the furthest epoch it was taken to.

    Parameters
    ----------
    prepared : TrainingData
    settings : TrainSettings
        With the method "descent".

    Raises
    ------
    TrainingError
        Settings or rows that no training can start with.

    Notes
    -----
    One thread may look back while another goes on.
    """

    def __init__(self, prepared: TrainingData, settings: TrainSettings) -> None:
        settings.validate()
        check_training_rows(prepared)
        X, y = prepared.X_train, prepared.y_train
        weights = row_weights(y, y, balanced=settings.balanced)
        self._objective = LogLoss(X, y, sample_weight=weights, ridge=settings.alpha)
        self._batches: RowBatches | None = None
        if settings.batch_size is not None:
            self._batches = RowBatches(
                X, y, settings.batch_size, seed=settings.seed, sample_weight=weights, alpha=settings.alpha
            )
        self.settings = settings
        self._prepared = prepared
        self._lock = threading.Lock()
        self._judged = judged_by(X)
        self._losses = watched_losses(prepared, settings)
        with one_blas_thread:
            self._trajectory = Trajectory(self._states_from)
        self._loop = RunLoop(self._states(), max_iter=settings.max_iter, tol=settings.tol)
        self._ending: Ending | None = None

    @property
    def epoch(self) -> int:
        """The furthest epoch of finite cost so far."""
        return 0 if self._loop.last is None else self._loop.last.epoch

    @property
    def started(self) -> bool:
        """Whether it has a model yet, if only that of the start."""
        return self._loop.last is not None

    @property
    def ended(self) -> bool:
        """Whether it goes no further: converged, diverged, or all epochs used."""
        return self._loop.ended

    @property
    def cost(self) -> Array:
        """The objective at each epoch so far, shape (epoch + 1,)."""
        with self._lock:
            return self._trajectory.cost[: self.epoch + 1]

    @property
    def gradient_norm(self) -> Array:
        """Largest absolute entry of the gradient at each epoch so far, shape (epoch + 1,)."""
        with self._lock:
            return self._trajectory.gradient_norm[: self.epoch + 1]

    def is_of(self, prepared: TrainingData, settings: TrainSettings) -> bool:
        """Whether it is the descent of these choices; a number of epochs that it has not passed makes no difference."""
        same = replace(self.settings, max_iter=settings.max_iter) == settings
        return same and self._prepared.fingerprint == prepared.fingerprint and self.epoch <= settings.max_iter

    def goes_on(self, max_iter: int) -> bool:
        """Whether an epoch could follow the furthest one if so many were allowed."""
        return self._loop.goes_on(max_iter)

    def allow(self, max_iter: int) -> None:
        """Allow another number of epochs, no less than the furthest one."""
        if max_iter != self.settings.max_iter:
            self.settings = replace(self.settings, max_iter=max_iter)
            self._loop.allow(max_iter)
            self._losses.plan(self.settings)
            self._ending = self._ending if self._loop.ended else None

    def go_on(
        self,
        epochs: int | None = None,
        *,
        watch: Callable[[Progress], bool | None] | None = None,
        time_budget: float | None = None,
    ) -> None:
        """Go on for so many epochs, or to the end; at the start with 0, to epoch 0. As in ``train``."""
        with one_blas_thread:
            run = self._loop.go_on(
                epochs=epochs, watch=reporting(self._losses, self.settings, watch), time_budget=time_budget
            )
            if run.status is Status.PAUSED:  # what the columns have to do with it can wait for the end
                self._ending = Ending(run.status, ABOVE_START if run.cost > self._trajectory.cost[0] else "")
            else:
                self._ending = of_descent(run, self.settings, self._objective, self._prepared)

    def model(self, epoch: int | None = None) -> FittedModel:
        """Return the model at an epoch that was reached; without one, at the furthest."""
        if epoch is None or epoch == self.epoch:
            run = self._loop.here()
            status, reason, separation = self._ending or Ending(run.status, "")
            ended = Solution(replace(run, status=status), self.settings.optimiser, reason, separation)
        else:
            ended = Solution(self._loop.back_at(self.at(epoch)), self.settings.optimiser, "")
        run = ended.run
        seen = self._losses.until(run.n_iter, run.parameters, run.cost)
        return fitted_model(ended, self._prepared, self.settings, seen)

    def at(self, epoch: int) -> DescentState:
        """Return the state of an epoch that was reached; IndexError for another."""
        with self._lock, one_blas_thread:
            return self._trajectory.at(epoch)

    def parameters(self, epochs: Epochs) -> Array:
        """[coefficients..., intercept] at these rising epochs, shape (k, p + 1)."""
        return np.array([self.at(int(epoch)).parameters for epoch in epochs])

    def _states_from(self, state: DescentState | None) -> Iterator[DescentState]:
        if state is None:
            return descent(self._objective, self._objective.n_features, self.settings, self._batches)
        return go_on_from(state, self._objective, self.settings, self._batches)

    def _states(self) -> Iterator[DescentState]:
        """The states from the start on, judged; each is remembered."""
        yield self._judged(self._trajectory.last)
        while True:
            with self._lock:
                state = self._trajectory.forward(1)
            yield self._judged(state)


def reporting(losses: WatchedLosses, settings: TrainSettings, watch: Callable[[Progress], bool | None] | None) -> Watch:
    """Return what notes the losses at a state and passes on where the run is."""

    def report(state: State) -> bool | None:
        loss, test_loss = losses.at(state.epoch, state.parameters, state.cost)
        if watch is None:
            return None
        return watch(Progress(state.epoch, settings.max_iter, state.cost, test_loss, state.parameters, loss))

    return report


def fitted_model(ended: Solution, prepared: TrainingData, settings: TrainSettings, seen: Losses) -> FittedModel:
    """Return the model of a run that ended, was left, or is looked back at, with the losses ``seen`` on the way."""
    epochs, train_loss, test_loss = seen
    has_test_rows = len(prepared.y_test) > 0
    return FittedModel(
        coefficients=ended.run.parameters[:-1],
        intercept=float(ended.run.parameters[-1]),
        feature_names=tuple(prepared.feature_names),
        status=ended.run.status,
        reason=ended.reason,
        history=ended.run.history,
        loss_epochs=epochs,
        train_loss=train_loss,
        test_epochs=epochs if has_test_rows else epochs[:0],
        test_cost=test_loss if has_test_rows else test_loss[:0],
        settings=settings,
        trained_on=prepared.fingerprint,
        n_iter=ended.run.n_iter,
        seconds=ended.run.seconds,
        final_cost=ended.run.cost,
        solver=ended.solver,
        endless=() if ended.separation is None else ended.separation.columns,
    )
