"""Take numbers that stand for "not known", or that cannot be, as missing."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from logreg_core.errors import RecipeError
from logreg_core.features.steps.step import FittedStep, Step, listed, present
from logreg_core.features.values import as_floats, is_number


@dataclass(frozen=True)
class ValuesToMissing(Step):
    """``values``, and what is less than ``below`` or more than ``above`` (None: no bound), become missing."""

    kind: ClassVar[str] = "values to missing"

    values: tuple[float, ...] = ()
    below: float | None = None
    above: float | None = None

    @property
    def sentence(self) -> str:
        """What the step does."""
        said = [", ".join(f"{value:.15g}" for value in self.values)] if self.values else []
        said += [f"values below {self.below:.15g}"] if self.below is not None else []
        said += [f"values above {self.above:.15g}"] if self.above is not None else []
        return f"In {listed(self.columns)}, take {' and '.join(said)} as missing"

    def validate(self) -> None:
        """Raise RecipeError for values that are no finite numbers, and where there is neither value nor bound."""
        super().validate()
        if not self.values and self.below is None and self.above is None:
            raise RecipeError(
                "Nothing would be taken as missing.", remedy="Name a value or a bound, or undo the step instead."
            )
        for value in (*self.values, *(end for end in (self.below, self.above) if end is not None)):
            if not isinstance(value, int | float) or not abs(value) <= sys.float_info.max:
                raise RecipeError(f"'{str(value)[:60]}' is no number.", remedy="Choose numbers.")
        if self.below is not None and self.above is not None and self.below > self.above:
            raise RecipeError(
                f"All values would be missing: each is below {self.below:.15g} or above {self.above:.15g}.",
                remedy="Choose a lower bound that is not above the upper one.",
            )

    def fit(self, train: pd.DataFrame, names: tuple[str, ...]) -> FittedStep:
        """Nothing is learned; RecipeError when a column holds no numbers."""
        for name in present(self.columns, train):
            check_number(train[name], "No value of it can be taken as missing by its size.")
        return self

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The columns as float64, missing where a value is one of those."""
        new = {}
        for name in present(self.columns, frame):
            values = as_floats(frame[name])
            gone = np.isin(values, self.values) if self.values else np.zeros(len(values), dtype=np.bool_)
            if self.below is not None:
                gone |= values < self.below
            if self.above is not None:
                gone |= values > self.above
            new[name] = pd.Series(np.where(gone, np.nan, values), index=frame.index)
        return frame.assign(**new)


def check_number(column: pd.Series, why: str) -> None:
    """Raise RecipeError when a column holds no numbers at this point of the recipe."""
    if not is_number(column):
        raise RecipeError(
            f"'{column.name}' holds no numbers at this point of the recipe.",
            where=why,
            remedy="Undo this step, or put it after the one that makes numbers of the column.",
        )
