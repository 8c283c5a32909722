"""Count levels that differ by capitals or spaces only as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from logreg_core.features.steps.step import FittedStep, Step, listed, present
from logreg_core.features.targets import class_names
from logreg_core.features.values import is_number


def sound_of(level: str) -> str:
    """What is left of a level without capitals and without spaces around it or doubled in it."""
    return " ".join(level.casefold().split())


@dataclass(frozen=True)
class OneSpelling(Step):
    """Levels of ``columns`` that differ by capitals or spaces only become the most frequent of them in training."""

    kind: ClassVar[str] = "one spelling"

    @property
    def sentence(self) -> str:
        """What the step does."""
        return f"In {listed(self.columns)}, count levels that differ by capitals or spaces only as one"

    def fit(self, train: pd.DataFrame, names: tuple[str, ...]) -> FittedStep:
        """Learn the most frequent spelling; of equally frequent ones the first in the alphabet."""
        spelled: dict[str, dict[str, str]] = {}
        for name in present(self.columns, train):
            if is_number(train[name]):
                continue
            counts = pd.Series(class_names(train[name])).value_counts()
            ordered = sorted(counts.index[counts > 0], key=lambda level: (counts[level], level), reverse=True)
            ordered.sort(key=lambda level: counts[level])
            spelled[name] = {sound_of(level): level for level in ordered}
        return FittedOneSpelling(spelled)


@dataclass(frozen=True, eq=False)
class FittedOneSpelling:
    """``spelled`` holds for each column the spelling of each level by its sound."""

    spelled: dict[str, dict[str, str]]

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Levels as text; one not seen in training stays as it is, and so do missing values and number columns."""
        new = {}
        for name in present(tuple(self.spelled), frame):
            if is_number(frame[name]):
                continue
            levels = class_names(frame[name])
            texts = [self.spelled[name].get(sound_of(str(level)), str(level)) for level in levels.categories]
            new[name] = pd.Series(np.array([*texts, None], dtype=object)[levels.codes], index=frame.index, dtype="str")
        return frame.assign(**new)
