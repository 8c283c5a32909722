"""A training in the background: what it is started with, how far it is, and the model that comes of it."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from logreg_core.errors import TrainingError
from logreg_core.evaluation import evaluate
from logreg_core.training import UNFINISHED, Walk, distance_left, nearly_collinear, optimum_beside, train
from pages.shared.background import BackgroundJob, Shared

if TYPE_CHECKING:
    import pandas as pd

    from logreg_core.data import Table
    from logreg_core.evaluation import Evaluation
    from logreg_core.features import Prepared
    from logreg_core.training import Collinear, Distance, FittedModel, Optimum, Progress, TrainSettings

WATCH = "Watch"
FAST = "As fast as possible"
WATCH_SECONDS = 4.0
_FEW_EPOCHS = 10
_FAR_ABOVE = 3.0
"""Times the first log loss from which on a run counts as blown up, for which nobody waits."""
TIME_BUDGET = 120.0


@dataclass(frozen=True, eq=False)
class TrainedResult:
    """A trained model with what made it and how good it is; never changed, only replaced."""

    table: Table
    prepared: Prepared
    model: FittedModel
    evaluation: Evaluation | None
    """None when the weights have grown too large to score rows."""

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The rows of the table with the columns the model knows, as the recipe's repairs leave them."""
        return self.prepared.repaired(self.table.frame)

    distance: Distance | None = None
    """To the optimum, of a descent that is not finished; None where it would take long to find."""
    collinear: Collinear | None = None
    """Columns that nearly repeat others, where nothing holds their weights back."""
    optimum: Optimum | None = None
    """Where the descent is going, if that is known."""
    walk: Walk | None = None
    """The descent that the model is an epoch of, to go on with and to look back at; None of an exact solution."""
    furthest: int = 0
    """The epoch that the descent had come to when this was made; a run that goes on with it changes nothing here."""


@dataclass(frozen=True)
class Live:
    """How far a running job is; ``costs`` holds (epoch, log loss of training rows, log loss of test rows)."""

    waiting: bool
    epoch: int
    latest_cost: float
    costs: tuple[tuple[int, float, float], ...]


@dataclass
class _Progress(Shared[TrainedResult]):
    """What the job and its thread both hold of how far it is."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    epoch: int = 0
    latest_cost: float = math.nan
    costs: list[tuple[int, float, float]] = field(default_factory=list)


class TrainJob(BackgroundJob[TrainedResult]):
    """One run of training, started at once. ``stop`` keeps what was reached.

    Parameters
    ----------
    table : Table
    prepared : Prepared
    settings : TrainSettings
    pace : str
    after : TrainedResult, optional
        A result whose descent is gone on with, or looked back at, instead of beginning a new one.
    epoch : int, optional
        Of the model wanted; left out, training goes to the end.
    """

    def __init__(
        self,
        table: Table,
        prepared: Prepared,
        settings: TrainSettings,
        pace: str,
        *,
        after: TrainedResult | None = None,
        epoch: int | None = None,
    ) -> None:
        settings.validate()
        self.settings = settings
        self.table_name = table.name
        self.target, self.positive = prepared.target, prepared.positive
        self.trains_on = prepared.fingerprint
        self._shared = shared = _Progress()
        work = partial(
            _work,
            shared,
            table,
            prepared,
            settings,
            watch_seconds=WATCH_SECONDS if pace == WATCH else 0.0,
            after=after,
            epoch=epoch,
        )
        super().__init__(shared, work, name="training")

    def live(self) -> Live:
        """A copy of how far the run is."""
        with self._shared.lock:
            return Live(
                not self._shared.has_turn, self._shared.epoch, self._shared.latest_cost, tuple(self._shared.costs)
            )


def _work(
    shared: _Progress,
    table: Table,
    prepared: Prepared,
    settings: TrainSettings,
    *,
    watch_seconds: float,
    after: TrainedResult | None,
    epoch: int | None,
) -> TrainedResult:
    started = time.monotonic()
    walk = None
    if settings.method == "descent":
        walk = Walk(prepared, settings) if after is None else after.walk
    first = 0 if walk is None else walk.epoch

    def watch(progress: Progress) -> bool:
        _record(shared, progress)
        return _pace(shared, progress, watch_seconds, started, first)

    model = train(prepared, settings, watch=watch, time_budget=TIME_BUDGET, walk=walk, epoch=epoch)
    return _look_at(model, table, prepared, walk, after)


def _look_at(
    model: FittedModel, table: Table, prepared: Prepared, walk: Walk | None, before: TrainedResult | None
) -> TrainedResult:
    """All that is to be known of a model; what takes long is left out, so that this is done in about a second.

    What depends on the rows alone is taken over from a result of the same descent.
    """
    # Powers and products always go together, a penalty settles how columns that do share their weight, and where there
    # is no best weight there is nothing to be shaky.
    endless = model.status.name in ("SEPARATED", "DIVERGED")
    apart = prepared.recipe.degree == 1 and model.settings.alpha == 0 and not endless
    if before is not None:
        optimum, collinear = before.optimum, before.collinear if apart else None
    else:
        optimum = None
        collinear = nearly_collinear(prepared.X_train, prepared.feature_names) if apart else None
    if optimum is None and model.status.name in {status.name for status in UNFINISHED} and walk is not None:
        optimum = optimum_beside(model.settings, prepared)
    distance = distance_left(model, prepared, optimum) if optimum is not None else None
    evaluation = _evaluate(model, prepared)
    furthest = 0 if walk is None else walk.epoch
    return TrainedResult(
        table, prepared, model, evaluation, distance, collinear, optimum=optimum, walk=walk, furthest=furthest
    )


def _evaluate(model: FittedModel, prepared: Prepared) -> Evaluation | None:
    try:
        return evaluate(model, prepared)
    except TrainingError:
        return None


def _record(shared: _Progress, progress: Progress) -> None:
    """Keep where the run is; the costs only at epochs where both are known, which are spread over the run."""
    with shared.lock:
        shared.epoch, shared.latest_cost = progress.epoch, progress.cost
        if math.isfinite(progress.train_loss) and math.isfinite(progress.test_cost):
            shared.costs.append((progress.epoch, progress.train_loss, progress.test_cost))


def _pace(shared: _Progress, progress: Progress, watch_seconds: float, started: float, first: int) -> bool:
    """Wait until this epoch is due, and tell whether to stop.

    From epoch a on, epoch e of n is due at ``watch_seconds * log((1 + e) / (1 + a)) / log((1 + n) / (1 + a))``: the
    first epochs pass slowly. A few epochs, less than ten, take so many tenths of that time. A run that blows up is not
    waited for: that it does is to be said at once.
    """
    blows_up = bool(shared.costs) and progress.cost > _FAR_ABOVE * shared.costs[0][1]
    if watch_seconds and first < progress.epoch and not blows_up:
        way = math.log1p(progress.max_iter) - math.log1p(first)
        watch_seconds *= min((progress.max_iter - first) / _FEW_EPOCHS, 1.0)
        due = started + watch_seconds * (math.log1p(progress.epoch) - math.log1p(first)) / way
        if (early := due - time.monotonic()) > 0.01:
            shared.give_back_turn()
            shared.stop.wait(early)
            if not shared.take_turn():
                return True
    return shared.stop.is_set()
