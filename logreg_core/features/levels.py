"""The levels of a category, learned on training rows, and their yes/no columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.features.columns import MAX_LEVELS
from logreg_core.features.targets import class_names
from logreg_core.features.values import finite

MISSING_LEVEL = "(missing)"
OTHER_LEVELS = "(other levels)"


@dataclass(frozen=True)
class Levels:
    """Levels of a category.

    Attributes
    ----------
    named : tuple of str
        Levels of the training rows with a name of their own, the most frequent (the reference) first.
    other : str or None
        Name of the level that all further levels share, where there are too many.
    missing : str or None
        Name of the level of missing values, where they are one.
    """

    named: tuple[str, ...]
    other: str | None
    missing: str | None

    @property
    def all(self) -> tuple[str, ...]:
        """Every level, the reference first."""
        return (*self.named, *(name for name in (self.other, self.missing) if name is not None))

    def indicators(self, column: pd.Series) -> npt.NDArray[np.float64]:
        """Yes/no columns (n, len(all) - 1), one for each level but the reference.

        An unknown level counts as the other levels or, without these, as the reference; so does a missing value
        as the reference, unless missing is a level.
        """
        names = class_names(finite(column))
        place = {level: at for at, level in enumerate(self.named)}
        unknown = len(self.named) if self.other is not None else 0
        absent = len(self.all) - 1 if self.missing is not None else 0
        # The code of a missing value is -1, so its place goes last.
        places = np.array([place.get(name, unknown) for name in names.categories] + [absent])
        at = places[names.codes]
        matrix = np.zeros((len(column), len(self.all)))
        matrix[np.arange(len(column)), at] = 1
        return matrix[:, 1:]


def fit_levels(column: pd.Series, *, flag: bool) -> Levels:
    """Learn the levels from the most frequent down; beyond MAX_LEVELS the rest is one level.

    Of equally frequent levels the first in the alphabet comes first. With ``flag``, missing is a level where it occurs.
    """
    names = class_names(finite(column))
    counts = pd.Series(names).value_counts()
    ordered = sorted((level for level in counts.index if counts[level]), key=lambda level: (-counts[level], level))
    taken = set(ordered)
    other = free_name(OTHER_LEVELS, taken) if len(ordered) > MAX_LEVELS else None
    missing = free_name(MISSING_LEVEL, taken) if flag and names.isna().any() else None
    return Levels(tuple(ordered if other is None else ordered[: MAX_LEVELS - 1]), other, missing)


def free_name(name: str, taken: set[str]) -> str:
    """``name``, with as many primes as it takes to be none of ``taken``."""
    while name in taken:
        name += "′"
    return name
