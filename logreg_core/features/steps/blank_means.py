"""Read an empty cell as a value: in a column of ticks, no tick says no."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from logreg_core.errors import RecipeError
from logreg_core.features.steps.step import FittedStep, Step, listed, present
from logreg_core.features.targets import class_names
from logreg_core.features.values import finite, is_number

BLANK = "(blank)"
LONGEST = 100


@dataclass(frozen=True)
class BlankMeans(Step):
    """A missing value of ``columns`` becomes ``level``, in all rows alike; nothing is learned.

    A number column stays one where ``level`` is a number, and becomes a category otherwise.
    """

    kind: ClassVar[str] = "blank means"

    level: str = BLANK

    @property
    def sentence(self) -> str:
        """What the step does."""
        if self.level == BLANK:
            return f"In {listed(self.columns)}, take an empty cell as a level of its own"
        return f"In {listed(self.columns)}, an empty cell means '{self.level}'"

    def validate(self) -> None:
        """Raise RecipeError for a level that is no short text."""
        super().validate()
        if not isinstance(self.level, str) or not self.level.strip() or len(self.level) > LONGEST:
            raise RecipeError(
                "It is not said what an empty cell means.", remedy=f"Name a value of 1 to {LONGEST} characters."
            )

    def fit(self, train: pd.DataFrame, names: tuple[str, ...]) -> FittedStep:
        """Nothing is learned."""
        return self

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The columns without missing values; an infinite number counts as missing, as everywhere."""
        amount = _as_amount(self.level)
        return frame.assign(**{name: _filled(frame[name], self.level, amount) for name in present(self.columns, frame)})


def _as_amount(level: str) -> float | None:
    try:
        amount = float(level)
    except ValueError:
        return None
    return amount if math.isfinite(amount) else None


def _filled(column: pd.Series, level: str, amount: float | None) -> pd.Series:
    if amount is not None and is_number(column):
        values = column.to_numpy(dtype=np.float64, na_value=np.nan)
        return pd.Series(np.where(np.isfinite(values), values, amount), index=column.index)
    names = class_names(finite(column))
    texts = np.array([*(str(name) for name in names.categories), level], dtype=object)[names.codes]
    return pd.Series(texts, index=column.index, dtype="str")
