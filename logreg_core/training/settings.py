"""What a user chooses before training."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import floor, isfinite, isnan, log10
from numbers import Real
from typing import Any, TypeGuard

import numpy as np
from numpy.typing import NDArray

from logreg_core.errors import TrainingError
from logreg_core.training.exact_solvers import EXACT_SOLVERS

LARGEST_LEARNING_RATE = 1e6
MOST_EPOCHS = 1_000_000
SCHEMA = 4
_NAMES_OF_SCHEMA_1 = ("learning_rate", "max_iter", "tol")
_NAMES_OF_SCHEMA_2 = (*_NAMES_OF_SCHEMA_1, "optimiser", "batch_size", "momentum", "seed", "start")
_NAMES_OF_SCHEMA_3 = (*_NAMES_OF_SCHEMA_2, "method", "solver", "alpha", "l1_ratio", "balanced")
_NAMES_OF = {1: _NAMES_OF_SCHEMA_1, 2: _NAMES_OF_SCHEMA_2, 3: _NAMES_OF_SCHEMA_3}
LARGEST_SEED = 2**32 - 1
LARGEST_ALPHA = 1e6
DEFAULT_MOMENTUM = 0.9

OPTIMISERS: dict[str, str] = {
    "gradient_descent": "Straight downhill: every step follows the slope, as far as the learning rate says.",
    "momentum": "Downhill like a heavy ball: each step keeps most of the last one, which speeds up long flat valleys.",
    "nesterov": "Momentum that looks ahead: the slope is taken where the last step leads to, so it overshoots less.",
    "adam": "A learning rate for each weight of its own, from the size of its recent slopes; needs little scaling.",
    "line_search": "Downhill with the size of each step found by trial: the cost never rises; no rate is to choose.",
}
"""The ways to descend, each with a line for the user."""
MINI_BATCH = "Many small steps in each epoch, each from a few rows drawn at random: fast at first, restless at the end."
"""What a batch size does, for the user."""
WITH_MOMENTUM = ("momentum", "nesterov")
WITHOUT_BATCHES = ("line_search",)
STARTS: dict[str, str] = {
    "zero": "All weights are 0 at the start: every row gets a probability of one half.",
    "random": "The weights are drawn at random at the start, by the seed.",
}
"""Where a descent may start, each with a line for the user; a tuple of numbers is a start too."""


METHODS: dict[str, str] = {
    "descent": "Step by step downhill, to be watched.",
    "exact": "Straight to the lowest cost, in a few steps.",
}
"""The two ways to train, each with a line for the user."""
FIRTH = (
    "As if every row had been seen a little with both outcomes: weights stay finite even where "
    "columns tell the classes apart, and are less exaggerated where a class or a value is rare. Nothing is to choose."
)
"""What it does, for the user."""


@dataclass(frozen=True)
class TrainSettings:
    """How a model is trained. Not checked when made, so that a form can hold what was typed; see ``validate``.

    Attributes
    ----------
    learning_rate : float
        Above 0, at most 1,000,000. With "line_search", the rate that is tried first.
    max_iter : int
        Epochs, passes over all rows: 1 to 1,000,000. Also the number of updates, unless there are batches.
    tol : float
        0 or more. Training is finished when no entry of the gradient is larger in absolute value.
    optimiser : str
        One of ``OPTIMISERS``.
    batch_size : int, optional
        Rows of a mini-batch, 1 or more; None for all rows at once. Not with "line_search".
    momentum : float, optional
        Share of the last step that is kept, 0 to below 1; None for 0.9. Only with "momentum" and "nesterov".
    seed : int
        0 to 4,294,967,295: of the random start, of the order of the rows in batches, and of solvers that draw rows.
    start : str or tuple of float
        One of ``STARTS``, or the weights to start from: [coefficients..., intercept].
    method : str
        One of ``METHODS``. With "exact", ``max_iter`` counts steps, and learning rate, batches, momentum and start are
        neither used nor checked.
    solver : str
        "auto", for the one that suits the table, or one of ``EXACT_SOLVERS``; used with "exact" only.
    alpha : float
        Strength of the penalty, 0 to 1,000,000: adds ``alpha * (l1_ratio * |w|_1 + (1 - l1_ratio)/2 * |w|_2^2)``.
    l1_ratio : float
        Kind of the penalty, 0 (ridge) to 1 (lasso); above 0 only with "exact".
    balanced : bool
        Rows weigh ``n / (2 * rows of their class)``, as scikit-learn's "balanced": both classes count alike.
    firth : bool
        Firth's penalised likelihood (``firth``) in place of another penalty; only with "exact" and an alpha of 0. Its
        solver is its own.
    """

    learning_rate: float = 0.1
    max_iter: int = 1000
    tol: float = 1e-8
    optimiser: str = "gradient_descent"
    batch_size: int | None = None
    momentum: float | None = None
    seed: int = 0
    start: str | tuple[float, ...] = "zero"
    method: str = "descent"
    solver: str = "auto"
    alpha: float = 0.0
    l1_ratio: float = 0.0
    balanced: bool = False
    firth: bool = False

    @property
    def has_penalty(self) -> bool:
        """Whether anything but the log loss is made small."""
        return self.alpha > 0 or self.firth

    @property
    def cost_name(self) -> str:
        """What is made small: the mean "log loss" as it is, or a "cost" of weighted rows or with a penalty."""
        return "cost" if self.balanced or self.has_penalty else "log loss"

    def validate(self) -> None:
        """Raise TrainingError on the first value that no training can start with."""
        _validate_choice("method", self.method, METHODS)
        _validate_choice("solver", self.solver, ("auto", *EXACT_SOLVERS))
        _validate_choice("optimiser", self.optimiser, OPTIMISERS)
        _validate_penalty(self.alpha, self.l1_ratio, self.method)
        _validate_switch("Balanced", self.balanced)
        _validate_firth(self.firth, self.alpha, self.method)
        _validate_epochs(self.max_iter)
        if not _is_number(self.tol) or not isfinite(self.tol) or self.tol < 0:
            raise TrainingError(
                f"The tolerance is {_shown(self.tol)}.", remedy="Enter 0 or a small number, such as 0.00000001."
            )
        if not _is_whole(self.seed) or not 0 <= int(self.seed) <= LARGEST_SEED:
            raise TrainingError(
                f"The seed is {_shown(self.seed)}.", remedy=f"Enter a whole number from 0 to {LARGEST_SEED:,}."
            )
        if self.method == "exact":
            return
        _validate_learning_rate(self.learning_rate)
        _validate_batches(self.batch_size, self.optimiser)
        _validate_momentum(self.momentum, self.optimiser)
        _validate_start(self.start)

    def start_parameters(self, n_features: int) -> NDArray[np.float64]:
        """Where the descent begins, [coefficients..., intercept] of shape (n_features + 1,).

        Raises
        ------
        TrainingError
            A given start with another number of weights.
        """
        if isinstance(self.start, str):
            if self.start == "zero":
                return np.zeros(n_features + 1)
            return np.random.default_rng(self.seed).normal(size=n_features + 1)
        if len(self.start) != n_features + 1:
            raise TrainingError(
                f"The start has {len(self.start)} weights, and the model {n_features + 1}.",
                remedy="Enter one weight for each column and a last one for the bias.",
            )
        return np.array(self.start, dtype=np.float64)

    def to_dict(self) -> dict[str, Any]:
        """Return valid settings as plain JSON values."""
        return {
            "schema": SCHEMA,
            "learning_rate": _plain(self.learning_rate),
            "max_iter": int(self.max_iter),
            "tol": float(self.tol),
            "optimiser": self.optimiser,
            "batch_size": int(self.batch_size) if _is_whole(self.batch_size) else _plain(self.batch_size),
            "momentum": _plain(self.momentum),
            "seed": int(self.seed),
            "start": [_plain(weight) for weight in self.start] if isinstance(self.start, tuple) else self.start,
            "method": self.method,
            "solver": self.solver,
            "alpha": float(self.alpha),
            "l1_ratio": float(self.l1_ratio),
            "balanced": bool(self.balanced),
            "firth": bool(self.firth),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> TrainSettings:
        """Return settings from ``to_dict``'s values, of this schema or an earlier; what is missing keeps its default.

        Raises
        ------
        TrainingError
            Another schema, an unknown name or an invalid value.
        """
        given = dict(values)
        schema = given.pop("schema", SCHEMA)
        if schema != SCHEMA and schema not in _NAMES_OF:
            raise TrainingError(
                f"These training settings are of version {_shown(schema)}; this app reads versions 1 to {SCHEMA}.",
                remedy="Choose the settings again.",
            )
        known = _NAMES_OF.get(schema, tuple(cls.__dataclass_fields__))
        unknown = [name for name in given if name not in known]
        if unknown:
            raise TrainingError(
                f"{_shown(unknown[0])} is not a training setting.", remedy=f"The settings are {', '.join(known)}."
            )
        if isinstance(given.get("start"), list):
            given["start"] = tuple(given["start"])
        settings = cls(**given)
        settings.validate()
        return settings

    def fingerprint(self) -> str:
        """Hexadecimal SHA-256 of the settings, equal for equal settings."""
        return hashlib.sha256(json.dumps(self.to_dict(), sort_keys=True).encode()).hexdigest()


def suggested_learning_rate(safe_rate: float) -> float:
    """A learning rate to start with: the largest of 1 and 3 times a power of ten below 0.9 of the safe rate.

    0.1 when the safe rate is not known (0).
    """
    if not safe_rate > 0:
        return TrainSettings().learning_rate
    power = 10.0 ** floor(log10(0.9 * safe_rate))
    return float(f"{3 * power if 3 * power <= 0.9 * safe_rate else power:.1g}")


def _validate_learning_rate(value: object) -> None:
    example = f"Enter a number above 0 and at most {LARGEST_LEARNING_RATE:,.0f}, such as 0.1."
    if value is None:
        raise TrainingError("No learning rate is given.", remedy=example)
    if not _is_number(value) or isnan(value):
        raise TrainingError(f"The learning rate is {_shown(value)}, which is not a number.", remedy=example)
    if value <= 0:
        raise TrainingError(f"The learning rate is {_shown(value)}: with it nothing can be learned.", remedy=example)
    if value > LARGEST_LEARNING_RATE:
        shown = "far too large" if value == float("inf") else _shown(value)
        raise TrainingError(
            f"The learning rate is {shown}; the largest allowed is {LARGEST_LEARNING_RATE:,.0f}.",
            remedy=example,
        )


def _validate_penalty(alpha: object, l1_ratio: object, method: str) -> None:
    if not _is_number(alpha) or not 0 <= alpha <= LARGEST_ALPHA:
        raise TrainingError(f"The penalty's alpha is {_shown(alpha)}.", remedy=f"Enter 0 to {LARGEST_ALPHA:,.0f}.")
    if not _is_number(l1_ratio) or not 0 <= l1_ratio <= 1:
        raise TrainingError(f"The penalty's l1_ratio is {_shown(l1_ratio)}.", remedy="Enter 0 (ridge) to 1 (lasso).")
    if alpha > 0 and l1_ratio > 0 and method != "exact":
        raise TrainingError(
            "A penalty that makes weights exactly 0 (lasso) cannot be watched step by step.",
            remedy="Solve exactly, or choose ridge.",
        )


def _validate_switch(name: str, value: object) -> None:
    if not isinstance(value, bool | np.bool_):
        raise TrainingError(f"“{name}” is {_shown(value)}.", remedy="Choose true or false.")


def _validate_firth(firth: object, alpha: float, method: str) -> None:
    _validate_switch("Firth", firth)
    if firth and method != "exact":
        raise TrainingError("Firth's correction cannot be watched step by step.", remedy="Solve exactly.")
    if firth and alpha > 0:
        raise TrainingError(
            "Firth's correction and another penalty do not go together.",
            remedy="Choose one of them.",
        )


def _validate_epochs(value: object) -> None:
    example = f"Enter a whole number from 1 to {MOST_EPOCHS:,}."
    if value is None:
        raise TrainingError("No number of epochs is given.", remedy=example)
    if not _is_whole(value):
        raise TrainingError(f"The number of epochs is {_shown(value)}, which is not a whole number.", remedy=example)
    if not 1 <= int(value) <= MOST_EPOCHS:
        raise TrainingError(f"The number of epochs is {_shown(int(value))}.", remedy=example)


def _validate_choice(name: str, value: object, choices: Collection[str]) -> None:
    if not isinstance(value, str) or value not in choices:
        raise TrainingError(f"There is no {name} {_shown(value)}.", remedy=f"Choose one of: {', '.join(choices)}.")


def _validate_batches(value: object, optimiser: str) -> None:
    if value is None:
        return
    if not _is_whole(value) or int(value) < 1:
        raise TrainingError(
            f"The batch size is {_shown(value)}.", remedy="Enter a whole number of rows, or nothing for all rows."
        )
    if optimiser in WITHOUT_BATCHES:
        raise TrainingError(
            f"A batch size of {int(value):,} cannot be used with {optimiser!r}, which compares costs of all rows.",
            remedy="Enter no batch size, or choose another optimiser.",
        )


def _validate_momentum(value: object, optimiser: str) -> None:
    if value is None:
        return
    if not _is_number(value) or not 0 <= value < 1:
        raise TrainingError(
            f"The momentum is {_shown(value)}.", remedy="Enter a number from 0 to below 1, such as 0.9."
        )
    if optimiser not in WITH_MOMENTUM:
        raise TrainingError(
            f"A momentum of {_shown(value)} cannot be used with {optimiser!r}.",
            remedy=f"Enter no momentum, or choose one of: {', '.join(WITH_MOMENTUM)}.",
        )


def _validate_start(value: object) -> None:
    if not isinstance(value, tuple):
        _validate_choice("start", value, STARTS)
        return
    for weight in value:
        if not _is_number(weight) or not isfinite(weight):
            raise TrainingError(f"The start has a weight of {_shown(weight)}.", remedy="Enter finite numbers.")


def _plain(value: object) -> object:
    """A number as a float; anything else as it is: what an exact fit does not use may be whatever a form held."""
    return float(value) if _is_number(value) else value


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, Real) and not isinstance(value, bool)


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _shown(value: object) -> str:
    return plain_number(value) if isinstance(value, float | int) and not isinstance(value, bool) else repr(value)


def plain_number(value: float, digits: int | None = None) -> str:
    """Write a number without an exponent where that can be read: all its digits, or the first ``digits``."""
    if digits is not None:
        value = float(f"{value:.{digits}g}")
    if 1e-12 <= abs(value) < 1e15:
        return np.format_float_positional(value, trim="-") if abs(value) < 1000 else f"{value:,.15g}"
    return f"{value:g}"
