"""The refusal of a design matrix that would not fit in memory: what makes it so wide, and how many levels would fit."""

from __future__ import annotations

import math

from logreg_core.errors import RecipeError
from logreg_core.features.columns import MAX_LEVELS

MAX_CELLS = 40_000_000
_FEWEST_LEVELS = 2
_NAMED = 3
_MANY = 5


class TooWideError(RecipeError):
    """A model of more columns than fit.

    Parameters
    ----------
    rows : int
        Training rows.
    numbers, degree : int
        Number columns, and the highest power and product of them.
    levels : dict of column -> int
        The levels of each category; all but one of them are columns.
    gaps : int
        Categories of which a missing value is one more level.

    ``keep`` is how many levels of the categories ``columns`` (those of the most levels) may stay so that all fits, with
    one more that the others share; 0 where there is no such number.
    """

    def __init__(self, rows: int, numbers: int, degree: int, levels: dict[str, int], gaps: int = 0) -> None:
        of_numbers = _width_of_numbers(numbers, degree)
        width = _width(numbers, degree, levels, gaps)
        fits = MAX_CELLS // max(1, rows)
        self.keep = _levels_that_fit(fits - of_numbers - gaps, levels)
        self.columns = tuple(name for name, count in levels.items() if self.keep and count > self.keep + 1)
        ways = ["keep fewer of their levels"] if self.keep else []
        ways += ["choose fewer features"]
        ways += ["a lower polynomial degree"] if degree > 1 else []
        said = ", or ".join(ways)
        super().__init__(
            f"The model would see {width:,} columns of {rows:,} training rows; {fits:,} fit in memory here.",
            where=_where(of_numbers, numbers, degree, levels),
            remedy=f"{said[0].upper()}{said[1:]}.",
        )


def check_width(rows: int, numbers: int, degree: int, levels: dict[str, int], gaps: int) -> None:
    """Raise TooWideError where so many columns, as TooWideError takes them, have more cells than fit."""
    if rows * _width(numbers, degree, levels, gaps) > MAX_CELLS:
        raise TooWideError(rows, numbers, degree, levels, gaps)


def _width(numbers: int, degree: int, levels: dict[str, int], gaps: int) -> int:
    """Columns of the whole design matrix."""
    return _width_of_numbers(numbers, degree) + gaps + sum(count - 1 for count in levels.values())


def _width_of_numbers(numbers: int, degree: int) -> int:
    """Columns of so many numbers with their powers and products."""
    return math.comb(numbers + degree, degree) - 1


def _levels_that_fit(room: int, levels: dict[str, int]) -> int:
    """The most levels that categories may keep so that they have at most ``room`` columns; 0 where even two are many.

    One that keeps k of more levels has k + 1, the last for all others: k columns.
    """
    for keep in range(MAX_LEVELS - 1, _FEWEST_LEVELS - 1, -1):
        if sum(min(count - 1, keep) for count in levels.values()) <= room:
            return keep if any(count > keep + 1 for count in levels.values()) else 0
    return 0


def _where(of_numbers: int, numbers: int, degree: int, levels: dict[str, int]) -> str:
    """What most columns come from."""
    widest = sorted((name for name in levels if levels[name] > _MANY), key=lambda name: -levels[name])
    parts = [f"'{name}' ({levels[name] - 1})" for name in widest[:_NAMED]]
    if len(widest) > _NAMED:
        rest = sum(levels[name] - 1 for name in widest[_NAMED:])
        parts.append(f"{len(widest) - _NAMED:,} more categories ({rest:,})")
    if degree > 1 and numbers:
        parts.insert(0, f"powers and products of {numbers:,} numbers ({of_numbers:,})")
    return f"Most of them come from {_listed(parts)}." if parts else ""


def _listed(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
