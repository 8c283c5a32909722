"""Count classes that are one class, spelled in several ways, as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from logreg_core.errors import RecipeError
from logreg_core.features.steps.step import FittedStep, Step, listed, present
from logreg_core.features.targets import class_names


@dataclass(frozen=True)
class SameClass(Step):
    """In ``columns``, each of the classes ``spelled`` counts as the one of ``means`` in the same place.

    It is said which is which and nothing is learned, so it can be done to the target, before rows are split.
    """

    kind: ClassVar[str] = "same class"

    spelled: tuple[str, ...] = ()
    means: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What the step does."""
        counted = [
            f"{listed([each for each, name in zip(self.spelled, self.means, strict=True) if name == one])} as '{one}'"
            for one in dict.fromkeys(self.means)
        ]
        return f"In {listed(self.columns)}, count {', and '.join(counted)}"

    def validate(self) -> None:
        """Raise RecipeError where it is not said for each spelling which class it means."""
        super().validate()
        if not self.spelled or len(self.spelled) != len(self.means) or len(set(self.spelled)) < len(self.spelled):
            raise RecipeError("It is not said which classes are the same.", remedy="Remove this step.")

    def fit(self, train: pd.DataFrame, names: tuple[str, ...]) -> FittedStep:
        """Nothing is learned."""
        return self

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The columns as texts, each class as it is to be called; missing stays missing."""
        called = dict(zip(self.spelled, self.means, strict=True))
        new = {}
        for name in present(self.columns, frame):
            levels = class_names(frame[name])
            texts = [called.get(str(level), str(level)) for level in levels.categories]
            new[name] = pd.Series(np.array([*texts, None], dtype=object)[levels.codes], index=frame.index, dtype="str")
        return frame.assign(**new)
