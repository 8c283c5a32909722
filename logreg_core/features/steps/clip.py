"""Limit far-out numbers to bounds that are given, or to a fence learned from the training rows.

The fences are Tukey's (Exploratory Data Analysis, 1977): the quartiles, and ``width`` times their distance beyond.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from logreg_core.data.spoken import spoken
from logreg_core.data.spread import FAR_OUT, fences
from logreg_core.errors import RecipeError
from logreg_core.features.steps.step import FittedStep, Step, listed, present
from logreg_core.features.steps.values_to_missing import check_number
from logreg_core.features.values import as_floats

WIDEST = 1_000.0


@dataclass(frozen=True)
class Clip(Step):
    """Values below ``low`` count as ``low``, those above ``high`` as ``high`` (None: no bound).

    With neither, values beyond the fences, ``width`` interquartile ranges from the quartiles, count as the fence; where
    ``width`` is None, too, nothing is limited.
    """

    kind: ClassVar[str] = "clip"

    width: float | None = FAR_OUT
    low: float | None = None
    high: float | None = None

    @property
    def is_bounded(self) -> bool:
        """Whether bounds are given."""
        return self.low is not None or self.high is not None

    @property
    def sentence(self) -> str:
        """What the step does."""
        if self.is_bounded:
            said = [f"values below {spoken(self.low)} to {spoken(self.low)}"] if self.low is not None else []
            said += [f"values above {spoken(self.high)} to {spoken(self.high)}"] if self.high is not None else []
            return f"In {listed(self.columns)}, limit {' and '.join(said)}"
        if self.width is None:
            return f"In {listed(self.columns)}, limit nothing: no bound is given"
        return (
            f"In {listed(self.columns)}, limit values farther than {self.width:g} times the middle half's width"
            " from the middle half of the training rows"
        )

    def validate(self) -> None:
        """Raise RecipeError for a width that is no positive number, or a very large one."""
        super().validate()
        if self.width is not None and not (isinstance(self.width, int | float) and 0 < self.width <= WIDEST):
            raise RecipeError(
                "That width is not possible.", remedy=f"Choose more than 0, such as 3, up to {WIDEST:,.0f}."
            )
        for end in (self.low, self.high):
            if end is not None and (not isinstance(end, int | float) or not math.isfinite(end)):
                raise RecipeError(f"'{str(end)[:60]}' is no bound.", remedy="Choose a number, or leave it empty.")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise RecipeError(
                "Nothing would be left between the bounds.", remedy="Choose a lower bound that is below the upper one."
            )

    def fit(self, train: pd.DataFrame, names: tuple[str, ...]) -> FittedStep:
        """Learn the fences where no bounds are given; a column that has none, as one of two values, is not limited."""
        ends = {}
        for name in present(self.columns, train):
            check_number(train[name], "Its values cannot be limited.")
            if self.is_bounded or self.width is None:
                ends[name] = (
                    -math.inf if self.low is None else self.low,
                    math.inf if self.high is None else self.high,
                )
                continue
            values = as_floats(train[name])
            ends[name] = fences(np.sort(values[np.isfinite(values)]), self.width)
        return FittedClip(ends)


@dataclass(frozen=True, eq=False)
class FittedClip:
    """``ends`` holds the lowest and the highest value of each column."""

    ends: dict[str, tuple[float, float]]

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The columns within their fences; missing stays missing, infinite becomes the fence."""
        new = {}
        for name in present(tuple(self.ends), frame):
            values = as_floats(frame[name])
            new[name] = pd.Series(np.clip(values, *self.ends[name]), index=frame.index)
        return frame.assign(**new)
