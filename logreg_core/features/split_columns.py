"""Which columns can decide about training and test rows: by group, by time, or because they say so."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from logreg_core.features.members import MIN_GROUPS, MOST_GROUPS, can_name
from logreg_core.features.names import (
    names_a_birth,
    names_a_count,
    names_a_group,
    names_an_age,
    names_an_identifier,
    never_negative,
)
from logreg_core.features.part_words import UNLIKELY, likelier_to_test, names_folds, test_value
from logreg_core.features.split_ways import time_columns
from logreg_core.features.targets import class_names
from logreg_core.features.values import is_number

MOST_PARTS = 10
_FIRST_LOOK = 20_000
_PART_NAMES = ("split", "part", "fold", "set", "subset", "sample", "partition", "is_test", "test")


@dataclass(frozen=True)
class SplitColumns:
    """Columns for each way, the likeliest first; ``parts`` holds (column, its values) pairs, the test value first."""

    groups: tuple[str, ...]
    times: tuple[str, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]

    def of(self, split: str) -> tuple[str, ...]:
        """The columns for a way of the recipe's ``SPLITS``."""
        by_way = {"group": self.groups, "time": self.times, "column": tuple(name for name, _ in self.parts)}
        return by_way.get(split, ())

    @property
    def says(self) -> bool:
        """Whether a column says by a value such as "test", or by its name, which rows test."""
        return bool(self.parts) and _unlikely_part(self.parts[0]) < 2


def split_columns(frame: pd.DataFrame, target: str) -> SplitColumns:
    """Sort the columns of ``frame`` but the target by what they can decide."""
    names = [name for name in frame.columns if name != target]
    groups = [name for name in names if _can_group(frame[name])]
    unlikely = {name: _unlikely_to_group(frame[name]) for name in groups}
    groups.sort(key=unlikely.__getitem__)
    found = []
    for name in names:
        values = _part_values(frame[name])
        if values:
            found.append((name, values))
    found.sort(key=_unlikely_part)
    times = [name for name in time_columns(frame) if name != target and _several(frame[name])]
    dates, numbers = set(frame.select_dtypes("datetime")), {name for name in times if is_number(frame[name])}
    # Texts that are dates may be months only, beside the days themselves; the others are numbers.
    times.sort(key=lambda name: (0 if name in dates else 2 if name in numbers else 1, names_a_birth(name)))
    return SplitColumns(tuple(groups), tuple(times), tuple(found))


def test_value_of(column: pd.Series) -> str:
    """The value of the test rows in a column whose values or whose name say "train" or "test"; else an empty text.

    Where several values mean test rows, such as "validation" and "test", it is the likeliest.
    """
    return test_value(str(column.name), _part_values(column))


def _unlikely_part(part: tuple[str, tuple[str, ...]]) -> int:
    """0 for a column (its name, its values) that says which rows test, 1 for one that by its name may, 2 for others."""
    name, values = part
    if test_value(name, values):
        return 0
    may_say = likelier_to_test(name, values[0]) < UNLIKELY or names_folds(name) or name.casefold() in _PART_NAMES
    return 1 if may_say else 2


def _can_group(column: pd.Series) -> bool:
    """True for names or numbers that rows may share; not for amounts and dates, nor for the few values of a part."""
    name = str(column.name)
    if not can_name(column) or not _several(column):
        return False
    is_amount = is_number(column)
    if names_a_group(name) and not (is_amount and names_a_count(name)):
        return True
    if is_amount and (names_a_count(name) or names_an_age(name) or never_negative(name)):
        return False
    return column.iloc[:_FIRST_LOOK].nunique() >= MIN_GROUPS or column.nunique() >= MIN_GROUPS


def _unlikely_to_group(column: pd.Series) -> int:
    """0 for a column that by its name and its values most likely names what rows belong to; more for others."""
    name, known = str(column.name), column.count()
    hardly_repeats = column.nunique() > MOST_GROUPS * known
    return 4 * hardly_repeats + 2 * (not names_a_group(name)) + (not names_an_identifier(name))


def _several(column: pd.Series) -> bool:
    known = column.iloc[:_FIRST_LOOK].dropna()
    return not known.empty and bool((known != known.iloc[0]).any())


def _part_values(column: pd.Series) -> tuple[str, ...]:
    """The names of 2 to 10 values, what says "test" first, then the rarest; none when there are more or fewer."""
    if not can_name(column):
        return ()
    if not 2 <= column.iloc[:_FIRST_LOOK].nunique() <= MOST_PARTS or column.nunique() > MOST_PARTS:
        return ()
    counts = pd.Series(class_names(column)).value_counts()
    named = sorted((str(name) for name in counts.index), key=lambda name: int(counts[name]))
    return tuple(sorted(named, key=lambda value: likelier_to_test(str(column.name), value)))
