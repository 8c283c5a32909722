"""What a user chooses before training."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import floor, isfinite, isnan, log10
from numbers import Real
from typing import Any

import numpy as np

from logreg_core.errors import TrainingError

LARGEST_LEARNING_RATE = 1e6
MOST_EPOCHS = 1_000_000
SCHEMA = 1


@dataclass(frozen=True)
class TrainSettings:
    """How gradient descent is run. Not checked when made, so that a form can hold what was typed; see ``validate``.

    Attributes
    ----------
    learning_rate : float
        Above 0, at most 1,000,000.
    max_iter : int
        Epochs, which is updates for full-batch descent: 1 to 1,000,000.
    tol : float
        0 or more. Training is finished when no entry of the gradient is larger in absolute value.
    """

    learning_rate: float = 0.1
    max_iter: int = 1000
    tol: float = 1e-8

    def validate(self) -> None:
        """Raise TrainingError on the first value that no training can start with."""
        _validate_learning_rate(self.learning_rate)
        _validate_epochs(self.max_iter)
        if not _is_number(self.tol) or not isfinite(self.tol) or self.tol < 0:
            raise TrainingError(
                f"The tolerance is {_shown(self.tol)}.", remedy="Enter 0 or a small number, such as 0.00000001."
            )

    def to_dict(self) -> dict[str, Any]:
        """Return valid settings as plain JSON values."""
        return {
            "schema": SCHEMA,
            "learning_rate": float(self.learning_rate),
            "max_iter": int(self.max_iter),
            "tol": float(self.tol),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> TrainSettings:
        """Return settings from ``to_dict``'s values; what is missing keeps its default.

        Raises
        ------
        TrainingError
            Another schema, an unknown name or an invalid value.
        """
        given = dict(values)
        schema = given.pop("schema", SCHEMA)
        if schema != SCHEMA:
            raise TrainingError(
                f"These training settings are of version {_shown(schema)}; this app reads version {SCHEMA}.",
                remedy="Choose the settings again.",
            )
        known = cls.__dataclass_fields__.keys()
        unknown = [name for name in given if name not in known]
        if unknown:
            raise TrainingError(
                f"{_shown(unknown[0])} is not a training setting.", remedy=f"The settings are {', '.join(known)}."
            )
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


def _validate_learning_rate(value: float) -> None:
    example = f"Enter a number above 0 and at most {LARGEST_LEARNING_RATE:,.0f}, such as 0.1."
    if not _is_number(value) or isnan(value):
        raise TrainingError(f"The learning rate is {_shown(value)}, which is not a number.", remedy=example)
    if value <= 0:
        raise TrainingError(f"The learning rate is {_shown(value)}: with it nothing can be learned.", remedy=example)
    if value > LARGEST_LEARNING_RATE:
        raise TrainingError(
            f"The learning rate is {_shown(value)}; the largest allowed is {LARGEST_LEARNING_RATE:,.0f}.",
            remedy=example,
        )


def _validate_epochs(value: object) -> None:
    example = f"Enter a whole number from 1 to {MOST_EPOCHS:,}."
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise TrainingError(f"The number of epochs is {_shown(value)}, which is not a whole number.", remedy=example)
    if not 1 <= int(value) <= MOST_EPOCHS:
        raise TrainingError(f"The number of epochs is {_shown(int(value))}.", remedy=example)


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _shown(value: object) -> str:
    return plain_number(value) if isinstance(value, float | int) and not isinstance(value, bool) else repr(value)


def plain_number(value: float, digits: int | None = None) -> str:
    """Write a number without an exponent where that can be read: all its digits, or the first ``digits``."""
    if digits is not None:
        value = float(f"{value:.{digits}g}")
    if 1e-12 <= abs(value) < 1e15:
        return np.format_float_positional(value, trim="-") if abs(value) < 1000 else f"{value:,.15g}"
    return f"{value:g}"
