"""Leave columns out of the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from logreg_core.errors import RecipeError
from logreg_core.features.steps.step import FittedStep, Step, listed, present

LONGEST_REASON = 300


@dataclass(frozen=True)
class LeaveOut(Step):
    """Take ``columns`` away; ``because`` is a few words the user reads, such as "names the row"."""

    kind: ClassVar[str] = "leave out"

    because: str = ""

    @property
    def sentence(self) -> str:
        """What the step does."""
        return f"Leave out {listed(self.columns)}" + (f" ({self.because})" if self.because else "")

    def validate(self) -> None:
        """Raise RecipeError for a reason that nobody would read to its end."""
        super().validate()
        if len(self.because) > LONGEST_REASON:
            raise RecipeError(
                "The reason for leaving a column out is too long.", remedy=f"Use up to {LONGEST_REASON} characters."
            )

    def names_after(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Without the columns."""
        return tuple(name for name in names if name not in self.columns)

    def fit(self, train: pd.DataFrame, names: tuple[str, ...]) -> FittedStep:
        """Nothing is learned."""
        return self

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame without the columns."""
        return frame.drop(columns=list(present(self.columns, frame)))
