"""Take values of the target that only say it is not known as no class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from pandas.api import types

from logreg_core.errors import RecipeError
from logreg_core.features.steps.step import FittedStep, Step, listed, present
from logreg_core.features.targets import class_names


@dataclass(frozen=True)
class NoClass(Step):
    """In ``columns``, rows of the classes ``levels`` have no value; where that is the target, they are not used."""

    kind: ClassVar[str] = "no class"

    levels: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What the step does."""
        return f"Leave out the rows in which {listed(self.columns)} is {listed(self.levels, 'or')}"

    def validate(self) -> None:
        """Raise RecipeError where no class is named."""
        super().validate()
        if not self.levels:
            raise RecipeError("It is not said what is no class.", remedy="Remove this step.")

    def fit(self, train: pd.DataFrame, names: tuple[str, ...]) -> FittedStep:
        """Nothing is learned."""
        return self

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The columns with these values missing; the others stay as they are."""
        new = {}
        for name in present(self.columns, frame):
            levels = class_names(frame[name])
            gone = np.append(np.isin(levels.categories.to_numpy(dtype=object), list(self.levels)), False)
            column = frame[name]
            column = column.astype("boolean") if types.is_bool_dtype(column.dtype) else column
            new[name] = column.mask(gone[levels.codes])
        return frame.assign(**new)
