"""What the update of an epoch is made of, in words: the last of the six steps of the learning cycle."""

from __future__ import annotations

from logreg_core.training.settings import TrainSettings, plain_number
from logreg_core.training.status import Status


def update_in_words(settings: TrainSettings, status: Status, *, known: bool = True) -> str:
    """Say how the gradient moves the weights.

    Parameters
    ----------
    settings : TrainSettings
        Valid ones.
    status : Status
        How the run ended.
    known : bool
        Whether the weights of the next epoch are at hand.
    """
    if settings.method != "descent":
        return _at_the_end(settings, status)
    if not known:
        return "What came next was not kept for this epoch; try an earlier one."
    if settings.batch_size is not None:
        return (
            f"In this epoch the weights were updated for {settings.batch_size:,} rows at a time, so the update is "
            "that of many small steps and not the gradient of all rows times the rate."
        )
    rate = plain_number(settings.learning_rate)
    said = {
        "gradient_descent": f"New weight = weight − {rate} × gradient of all rows. This row's share is a part of that "
        "gradient.",
        "line_search": "Each weight moves against the gradient of all rows, as far as the line search found good.",
    }
    remembered = (
        f"The gradient of all rows and what is remembered of earlier ones, with a learning rate of {rate}, move each "
        "weight."
    )
    return said.get(settings.optimiser, remembered)


def _at_the_end(settings: TrainSettings, status: Status) -> str:
    if settings.firth:
        return "None any more: Firth's correction pulls too, so the gradient of the log loss alone is not 0."
    if status is Status.SEPARATED:
        return "None any more: the cost is as good as 0, and hardly anything moves."
    if settings.alpha:
        lasso = " (the lasso's pull is not in the table)" if settings.l1_ratio else ""
        return f"None any more: the rows and what holds the weights back cancel out{lasso}, and nothing moves."
    return "None any more: at the lowest cost the shares of all rows cancel out, and nothing moves."
