"""Turn dates into what a model can use: year, month, day of the week, days since the first training date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from pandas.api import types

from logreg_core.errors import RecipeError
from logreg_core.features.levels import free_name
from logreg_core.features.steps.step import FittedStep, Step, inserted, listed, present, refuse_twice
from logreg_core.features.values import refuse_first

PARTS = {"year": "year", "month": "month", "weekday": "day of the week", "days": "days since the first"}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SUFFIX = {"year": "year", "month": "month", "weekday": "weekday", "days": "days since"}


@dataclass(frozen=True)
class DateParts(Step):
    """Replace each date column by its ``parts``, keys of ``PARTS``.

    Year and days are numbers. Month and day of the week are categories: December is not twelve times January.
    """

    kind: ClassVar[str] = "date parts"

    parts: tuple[str, ...] = ("days",)

    @property
    def sentence(self) -> str:
        """What the step does."""
        return f"Replace the dates in {listed(self.columns)} by {', '.join(PARTS[part] for part in self.parts)}"

    def validate(self) -> None:
        """Raise RecipeError for no part or an unknown one."""
        super().validate()
        unknown = [part for part in self.parts if part not in PARTS]
        if unknown or not self.parts:
            said = f"A date has no part '{unknown[0]}'." if unknown else "No part of the date is chosen."
            raise RecipeError(said, remedy=f"Choose from: {', '.join(PARTS)}.")
        refuse_twice(self.parts)

    def part_names(self, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """The new columns of each date column, named so that none has the name of another column."""
        taken, made = set(names), {}
        for column in self.columns:
            new = []
            for part in self.parts:
                new.append(free_name(f"{column} {_SUFFIX[part]}", taken))
                taken.add(new[-1])
            made[column] = tuple(new)
        return made

    def makes(self, names: tuple[str, ...]) -> dict[str, str]:
        """Each part and its date column."""
        return {part: column for column, parts in self.part_names(names).items() for part in parts}

    def names_after(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Each date column replaced by its parts."""
        for column, new in self.part_names(names).items():
            if column in names:
                names = inserted(names, column, new, keep=False)
        return names

    def fit(self, train: pd.DataFrame, names: tuple[str, ...]) -> FittedStep:
        """Learn the first date of the training rows, from which days are counted."""
        first = {name: as_dates(train[name]).min() for name in present(self.columns, train)}
        return FittedDateParts(self.parts, self.part_names(names), first)


@dataclass(frozen=True, eq=False)
class FittedDateParts:
    """``names`` holds the new columns of each date column, ``first`` the first date of the training rows."""

    parts: tuple[str, ...]
    names: dict[str, tuple[str, ...]]
    first: dict[str, Any]

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Dates replaced by their parts; of a missing date every part is missing."""
        order = tuple(frame.columns)
        new: dict[str, pd.Series] = {}
        for column in present(tuple(self.first), frame):
            dates = as_dates(frame[column])
            for part, name in zip(self.parts, self.names[column], strict=True):
                new[name] = _part(dates, part, self.first[column])
            order = inserted(order, column, self.names[column], keep=False)
        return frame.assign(**new)[list(order)]


def as_dates(column: pd.Series) -> pd.Series:
    """A date column as it is, texts read as dates; without time zones, which the dates learned from have not.

    Raises RecipeError for numbers, and for a text that is no date, with its row.
    """
    if types.is_numeric_dtype(column.dtype) and column.notna().any():
        raise RecipeError(
            f"'{column.name}' holds numbers, not dates.",
            remedy="Bring dates such as 2024-05-31, or undo the step that takes their parts.",
        )
    if types.is_datetime64_any_dtype(column.dtype) and column.dt.tz is None:
        return column
    dates = pd.to_datetime(column, errors="coerce", format="ISO8601", utc=True).dt.tz_localize(None)
    blank = (column.astype("str").str.strip() == "").to_numpy(dtype=np.bool_, na_value=False)
    refuse_first(column, dates.isna().to_numpy() & ~blank, "a date as it is expected here", "such as 2024-05-31")
    return dates


def _part(dates: pd.Series, part: str, first: Any) -> pd.Series:
    if part == "year":
        return pd.Series(dates.dt.year.astype("float64"))
    if part == "days":
        return pd.Series(np.floor((dates - first).dt.total_seconds() / 86_400))
    number, names = (dates.dt.month - 1, _MONTHS) if part == "month" else (dates.dt.day_of_week, _WEEKDAYS)
    codes = number.fillna(-1).to_numpy(dtype=np.int64)
    texts = np.array([*names, None], dtype=object)[codes]
    return pd.Series(texts, index=dates.index, dtype="str")
