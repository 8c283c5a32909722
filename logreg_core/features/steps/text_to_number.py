"""Read text columns as numbers; cells that are none become missing.

What is a number, and which mark is which, is decided as the reader of files does (``logreg_core.data.numbers``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from pandas.api import types

from logreg_core.data.mostly_numbers import Writing, read, writing_of
from logreg_core.data.numbers import Marks
from logreg_core.errors import RecipeError
from logreg_core.features.steps.step import FittedStep, Step, listed, present

MARKS = (".", ",")
THOUSANDS = ("", ",", ".", " ", "'")


@dataclass(frozen=True)
class TextToNumber(Step):
    """Read ``columns`` as numbers written with the ``decimal`` mark and ``thousands`` mark.

    ``thousands`` is "" for none; None learns it from the training rows, as recipes of earlier days do. A currency or a
    percent sign beside the numbers is learned from the training rows.
    """

    kind: ClassVar[str] = "text to number"

    decimal: str = "."
    thousands: str | None = None

    @property
    def sentence(self) -> str:
        """What the step does."""
        named = {".": "a point", ",": "a comma", " ": "a space", "'": "an apostrophe"}
        said = [f"{named[self.decimal]} for decimals"] if self.decimal == "," or self.thousands else []
        said += [f"{named[self.thousands]} for thousands"] if self.thousands else []
        marks = f" with {' and '.join(said)}" if said else ""
        others = "cells that are neither a number nor a limit such as <5 become missing"
        return f"Read {listed(self.columns)} as numbers{marks}; {others}"

    def validate(self) -> None:
        """Raise RecipeError for another mark, and where one mark is to be both."""
        super().validate()
        if self.decimal not in MARKS:
            raise RecipeError(f"'{self.decimal}' is no decimal mark.", remedy="Choose a point or a comma.")
        if self.thousands is not None and self.thousands not in THOUSANDS:
            raise RecipeError(f"'{self.thousands}' is no thousands mark.", remedy="Choose another, or none.")
        if self.thousands == self.decimal:
            raise RecipeError(
                "One mark cannot stand for decimals and for thousands.",
                remedy="Choose another thousands mark, or none.",
            )

    def fit(self, train: pd.DataFrame, names: tuple[str, ...]) -> FittedStep:
        """Learn from the training rows what is not chosen: the sign beside the numbers, and the thousands mark."""
        written = {}
        for name in present(self.columns, train):
            if not types.is_numeric_dtype(train[name].dtype):
                cells, codes = _distinct(train[name])
                counts = np.bincount(codes[codes >= 0], minlength=len(cells))
                found = writing_of(cells, counts, 0.0, (self.decimal, self.thousands))
                written[name] = found or Writing(Marks(self.decimal, self.thousands or ""))
        return FittedTextToNumber(written)


@dataclass(frozen=True, eq=False)
class FittedTextToNumber:
    """How the numbers of each column are ``written``."""

    written: dict[str, Writing] = field(default_factory=dict)

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The columns as float64; one that holds numbers already stays as it is."""
        new = {}
        for name in present(tuple(self.written), frame):
            if not types.is_numeric_dtype(frame[name].dtype):
                cells, codes = _distinct(frame[name])
                # The code of a missing cell is -1, so its value goes last.
                values = np.append(read(cells, self.written[name]), np.nan)
                new[name] = pd.Series(values[codes], index=frame.index)
        return frame.assign(**new)


def _distinct(column: pd.Series) -> tuple[Any, np.ndarray]:
    """Distinct cells of a column as an Arrow array of text, and the place of each row's cell; -1 where missing."""
    import pyarrow as pa

    codes, cells = pd.factorize(column.astype("str"))
    return pa.array(cells.tolist(), pa.string()), codes
