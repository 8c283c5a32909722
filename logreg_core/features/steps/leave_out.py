"""Leave columns out of the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from logreg_core.features.steps.step import FittedStep, Step, listed, present


@dataclass(frozen=True)
class LeaveOut(Step):
    """Take ``columns`` away; ``because`` is a few words the user reads, such as "names the row"."""

    kind: ClassVar[str] = "leave out"

    because: str = ""

    @property
    def sentence(self) -> str:
        """What the step does."""
        return f"Leave out {listed(self.columns)}" + (f" ({self.because})" if self.because else "")

    def names_after(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Without the columns."""
        return tuple(name for name in names if name not in self.columns)

    def fit(self, train: pd.DataFrame, names: tuple[str, ...]) -> FittedStep:
        """Nothing is learned."""
        return self

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame without the columns."""
        return frame.drop(columns=list(present(self.columns, frame)))
