"""Put the rare levels of a category together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from logreg_core.errors import RecipeError
from logreg_core.features.levels import free_name
from logreg_core.features.steps.step import FittedStep, Step, listed, present
from logreg_core.features.targets import class_names
from logreg_core.features.values import finite

RARE = "(rare levels)"
MIN_ROWS = 10
MOST_LEVELS = 1_000


@dataclass(frozen=True)
class GroupLevels(Step):
    """Levels with fewer than ``min_rows`` training rows become one level; so does what is beyond the ``keep`` largest.

    ``keep = 0`` keeps as many as there are.
    """

    kind: ClassVar[str] = "group levels"

    min_rows: int = MIN_ROWS
    keep: int = 0

    @property
    def sentence(self) -> str:
        """What the step does."""
        rules = [f"levels with fewer than {self.min_rows:,} training rows"] if self.min_rows > 1 else []
        rules += [f"all but the {self.keep:,} most frequent levels"] if self.keep else []
        return f"In {listed(self.columns)}, put together {' and '.join(rules) or 'nothing'}"

    def validate(self) -> None:
        """Raise RecipeError for negative numbers."""
        super().validate()
        for value in (self.min_rows, self.keep):
            if not (isinstance(value, int) and 0 <= value <= 10**9):
                raise RecipeError(f"{value} is no number of rows or levels.", remedy="Choose 0 or more.")

    def fit(self, train: pd.DataFrame, names: tuple[str, ...]) -> FittedStep:
        """Learn which levels stay from their rows in training."""
        kept, rare = {}, {}
        for name in present(self.columns, train):
            counts = pd.Series(class_names(finite(train[name]))).value_counts()
            counts = counts[counts > 0]
            # Of equally frequent levels the first in the alphabet stays, so that the order of rows plays no part.
            ordered = sorted(counts.index, key=lambda level: (-int(counts[level]), level))
            stay = [level for level in ordered if counts[level] >= self.min_rows][: self.keep or None]
            kept[name] = frozenset(stay) if len(stay) < len(ordered) else None
            rare[name] = free_name(RARE, set(ordered))
        return FittedGroupLevels(kept, rare)


@dataclass(frozen=True, eq=False)
class FittedGroupLevels:
    """``kept`` holds the levels that stay (None: all, nothing is put together), ``rare`` the name of the rest."""

    kept: dict[str, frozenset[str] | None]
    rare: dict[str, str]

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Levels as text; one not seen in training counts as rare where there are rare ones. Missing stays missing."""
        new = {}
        for column in present(tuple(self.kept), frame):
            levels = class_names(finite(frame[column]))
            kept = self.kept[column]
            names = [str(name) for name in levels.categories]
            if kept is not None:
                names = [name if name in kept else self.rare[column] for name in names]
            texts = np.array([*names, None], dtype=object)[levels.codes]
            new[column] = pd.Series(texts, index=frame.index, dtype="str")
        return frame.assign(**new)
