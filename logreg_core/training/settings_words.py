"""How a model was trained, in a line: what the user chose, and what was chosen for them."""

from __future__ import annotations

from types import MappingProxyType

from logreg_core.training.settings import DEFAULT_MOMENTUM, WITH_MOMENTUM, TrainSettings, plain_number

WAYS = MappingProxyType(
    {
        "gradient_descent": "gradient descent",
        "momentum": "gradient descent with momentum",
        "nesterov": "gradient descent with Nesterov momentum",
        "adam": "Adam",
        "line_search": "gradient descent with line search",
        "newton": "Newton's method",
        "subsampled_newton": "Newton's method on a sample of rows",
        "newton_cg": "Newton's method for many columns",
        "lbfgs": "L-BFGS",
        "prox_newton": "Newton's method for lasso",
        "firth": "Newton's method",
    }
)
"""What each way downhill and each exact solver is called in the middle of a sentence."""


def in_words(settings: TrainSettings, solver: str, n_iter: int) -> str:
    """Say how a model was trained: method and its numbers, start, penalty, weights of the classes.

    Parameters
    ----------
    settings : TrainSettings
        Valid ones.
    solver : str
        What ran: ``FittedModel.solver``.
    n_iter : int
        Epochs, or steps of an exact solver, that it took.
    """
    way = WAYS.get(solver, solver)
    way += " with Firth's correction" if settings.firth else ""
    steps = f"{n_iter:,} step{'s' if n_iter != 1 else ''}"
    exact = settings.method == "exact"
    how = f"Solved exactly by {way} in {steps}" if exact else _descent(settings, way, n_iter)
    classes = "; both classes count alike" if settings.balanced else ""
    penalty = "" if settings.firth else f"; {_penalty(settings)}"
    return f"{how}{penalty}{classes}."


def lane_in_words(settings: TrainSettings) -> str:
    """Name a way downhill in a few words: "Adam, rate 0.1, 32 rows at a time"."""
    way = WAYS[settings.optimiser].removeprefix("gradient descent with ")
    parts = [way[0].upper() + way[1:]]
    parts.append(
        f"{'first ' if settings.optimiser == 'line_search' else ''}rate {plain_number(settings.learning_rate)}"
    )
    if settings.batch_size is not None:
        parts.append(f"{settings.batch_size:,} row{'s' if settings.batch_size != 1 else ''} at a time")
    return ", ".join(parts)


def _descent(settings: TrainSettings, way: str, n_iter: int) -> str:
    parts = [f"Trained by {way}"]
    if settings.batch_size is not None:
        parts[0] += f" on {settings.batch_size:,} row{'s' if settings.batch_size != 1 else ''} at a time"
    first = "first tried at" if settings.optimiser == "line_search" else "learning rate"
    parts.append(f"{first} {plain_number(settings.learning_rate)}")
    if settings.optimiser in WITH_MOMENTUM:
        momentum = DEFAULT_MOMENTUM if settings.momentum is None else settings.momentum
        parts.append(f"momentum {plain_number(momentum)}")
    parts.append(f"{n_iter:,} of {settings.max_iter:,} epoch{'s' if settings.max_iter != 1 else ''}")
    start = {"zero": "from weights of 0", "random": "from random weights"}
    parts.append(start.get(settings.start, "") if isinstance(settings.start, str) else "from given weights")
    if settings.batch_size is not None or settings.start == "random":
        parts.append(f"seed {settings.seed}")
    return ", ".join(parts)


def _penalty(settings: TrainSettings) -> str:
    if settings.alpha == 0:
        return "no weights held back"
    kind = {0.0: "ridge", 1.0: "lasso"}.get(settings.l1_ratio, f"{100 * settings.l1_ratio:.0f} % lasso")
    return f"weights held back ({kind}, alpha = {plain_number(settings.alpha)})"
