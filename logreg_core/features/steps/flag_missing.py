"""Let the model see that a value was missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from logreg_core.features.levels import free_name
from logreg_core.features.steps.step import FittedStep, Step, inserted, listed, present
from logreg_core.features.values import finite


@dataclass(frozen=True)
class FlagMissing(Step):
    """Add a yes/no column beside each column that says whether its value was missing."""

    kind: ClassVar[str] = "flag missing"

    @property
    def sentence(self) -> str:
        """What the step does."""
        return f"Add a yes/no column that says where a value of {listed(self.columns)} is missing"

    def flag_names(self, names: tuple[str, ...]) -> dict[str, str]:
        """The new column of each column, named as no other column is."""
        taken, made = set(names), {}
        for column in self.columns:
            made[column] = free_name(f"{column} is missing", taken)
            taken.add(made[column])
        return made

    def makes(self, names: tuple[str, ...]) -> dict[str, str]:
        """Each flag and its column."""
        return {flag: column for column, flag in self.flag_names(names).items()}

    def names_after(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Each column followed by its flag."""
        for column, flag in self.flag_names(names).items():
            if column in names:
                names = inserted(names, column, (flag,), keep=True)
        return names

    def fit(self, train: pd.DataFrame, names: tuple[str, ...]) -> FittedStep:
        """Nothing is learned but the names."""
        return FittedFlagMissing(self.flag_names(names))


@dataclass(frozen=True, eq=False)
class FittedFlagMissing:
    """``flags`` holds the new column of each column."""

    flags: dict[str, str]

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame with the flags; an infinite number counts as missing, as everywhere."""
        order = tuple(frame.columns)
        new = {}
        for column in present(tuple(self.flags), frame):
            gone = finite(frame[column]).isna().to_numpy()
            new[self.flags[column]] = pd.Series(np.where(gone, "yes", "no"), index=frame.index, dtype="str")
            order = inserted(order, column, (self.flags[column],), keep=True)
        return frame.assign(**new)[list(order)]
