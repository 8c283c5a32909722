"""Read text columns as numbers; cells that are none become missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
from pandas.api import types

from logreg_core.errors import RecipeError
from logreg_core.features.steps.step import FittedStep, Step, listed, present

MARKS = (".", ",")


def as_numbers(cells: pd.Series, decimal: str) -> pd.Series:
    """Text cells as float64, missing where they are no number; with a decimal comma, points separate thousands."""
    text = cells.astype("str").str.strip()
    if decimal == ",":
        text = text.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    # float() reads "1_000" and "infinity", which nobody means in a table; pandas reads neither underscore nor hex.
    return pd.to_numeric(text, errors="coerce").astype("float64")


@dataclass(frozen=True)
class TextToNumber(Step):
    """Read ``columns`` as numbers written with the ``decimal`` mark."""

    kind: ClassVar[str] = "text to number"

    decimal: str = "."

    @property
    def sentence(self) -> str:
        """What the step does."""
        mark = " with a decimal comma" if self.decimal == "," else ""
        return f"Read {listed(self.columns)} as numbers{mark}; cells that are no number become missing"

    def validate(self) -> None:
        """Raise RecipeError for another decimal mark."""
        super().validate()
        if self.decimal not in MARKS:
            raise RecipeError(f"'{self.decimal}' is no decimal mark.", remedy="Choose a point or a comma.")

    def fit(self, train: pd.DataFrame, names: tuple[str, ...]) -> FittedStep:
        """Nothing is learned."""
        return self

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The columns as float64; one that holds numbers already stays as it is."""
        texts = (name for name in present(self.columns, frame) if not types.is_numeric_dtype(frame[name].dtype))
        return frame.assign(**{name: as_numbers(frame[name], self.decimal) for name in texts})
