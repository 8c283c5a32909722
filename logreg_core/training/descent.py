"""From what the user chose to the states of a descent."""

from __future__ import annotations

from collections.abc import Iterator

from logreg_core.training.line_search import line_search_descent
from logreg_core.training.objective import Objective
from logreg_core.training.optimisers import Adam, Batches, DescentState, Momentum, Nesterov, Plain, Rule, descend
from logreg_core.training.settings import DEFAULT_MOMENTUM, TrainSettings


def descent(
    objective: Objective, n_features: int, settings: TrainSettings, batches: Batches | None = None
) -> Iterator[DescentState]:
    """Descend as ``settings`` say, from the start that they name.

    Parameters
    ----------
    objective : Objective
        Over all rows.
    n_features : int
        Number of coefficients p.
    settings : TrainSettings
        Valid ones.
    batches : Batches, optional
        Needed exactly when ``settings.batch_size`` is given, such as ``RowBatches(X, y, settings.batch_size)``.

    Raises
    ------
    TrainingError
        A given start with another number of weights.
    """
    if (batches is None) != (settings.batch_size is None):
        raise ValueError(f"batches must be given if, and only if, there is a batch size: {settings.batch_size}.")
    start = settings.start_parameters(n_features)
    if settings.optimiser == "line_search":
        return line_search_descent(objective, start, settings.learning_rate)
    return descend(objective, start, rule_of(settings), batches)


def rule_of(settings: TrainSettings) -> Rule:
    """Return what valid settings do with a gradient; not for "line_search", which is no rule."""
    rate = settings.learning_rate
    momentum = DEFAULT_MOMENTUM if settings.momentum is None else settings.momentum
    rules: dict[str, Rule] = {
        "gradient_descent": Plain(rate),
        "momentum": Momentum(rate, momentum),
        "nesterov": Nesterov(rate, momentum),
        "adam": Adam(rate),
    }
    return rules[settings.optimiser]


def go_on_from(
    state: DescentState, objective: Objective, settings: TrainSettings, batches: Batches | None = None
) -> Iterator[DescentState]:
    """Repeat what followed ``state`` in the ``descent`` with these settings, bit for bit; the first is that state."""
    if settings.optimiser == "line_search":
        return line_search_descent(objective, state, settings.learning_rate)
    return descend(objective, state, rule_of(settings), batches)
