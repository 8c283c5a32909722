"""Which columns can be predicted: those with a small number of classes, and why the rest cannot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api import types

from logreg_core.features.values import cut_short

MAX_CLASSES = 20
_YES = ("1", "yes", "true", "y", "t", "ja", "oui", "si", "sí")
_FIRST_LOOK = 20_000
_ONE_CLASS = "only one class: every row says the same"
_SHOWN = 30
_FEWEST_TICKS = 5
BLANK_IS_NO = {
    **dict.fromkeys(("x", "yes", "y", "✓", "✔", "✗", "☑", "☒", "tick", "checked"), "no"),
    **{"true": "false", "t": "f", "1": "0", "ja": "nein", "j": "n", "oui": "non", "o": "n", "si": "no", "sí": "no"},
}
"""What an empty cell most likely says in a column of ticks, by what the others say."""


@dataclass(frozen=True)
class TargetCandidate:
    """A column that can be the target.

    ``classes`` holds (name, rows) pairs, the most frequent first; ``missing`` counts rows without a value.
    """

    column: str
    classes: tuple[tuple[str, int], ...]
    missing: int

    @property
    def names(self) -> tuple[str, ...]:
        """Class names, the most frequent first."""
        return tuple(name for name, _ in self.classes)

    @property
    def default_positive(self) -> str:
        """The class a reader would most likely call "it happened".

        Of two classes, the one that says yes (1, yes, true); otherwise the rarer one. Of more, the most frequent.
        """
        if len(self.classes) == 2:
            yes = [name for name in self.names if name.casefold() in _YES]
            return yes[0] if len(yes) == 1 else self.names[-1]
        return self.names[0]


@dataclass(frozen=True)
class Ticks:
    """A column that says ``value`` in ``rows`` and is empty in the ``missing`` others, which may mean ``blank``."""

    column: str
    value: str
    rows: int
    missing: int

    @property
    def blank(self) -> str:
        """What an empty cell is likely to say."""
        said = BLANK_IS_NO.get(self.value.casefold(), "no")
        return said if said != self.value.casefold() else "yes"


@dataclass(frozen=True)
class Targets:
    """``candidates`` can be predicted; ``refused`` holds (column, reason) for the others.

    Those of them that can be predicted once it is said what an empty cell means are in ``ticks``, too.
    """

    candidates: tuple[TargetCandidate, ...]
    refused: tuple[tuple[str, str], ...]
    ticks: tuple[Ticks, ...] = ()

    def candidate(self, column: str) -> TargetCandidate | None:
        """The candidate of that name, or None when the column cannot be a target."""
        return next((found for found in self.candidates if found.column == column), None)

    def with_candidate(self, other: TargetCandidate) -> Targets:
        """With ``other`` in place of what was found of its column."""
        column = other.column
        candidates = tuple(other if found.column == column else found for found in self.candidates)
        return Targets(
            candidates if self.candidate(column) is not None else (*candidates, other),
            tuple(refused for refused in self.refused if refused[0] != column),
            tuple(ticks for ticks in self.ticks if ticks.column != column),
        )


def class_names(column: pd.Series) -> pd.Categorical:
    """Values as the names a user reads: 1.0 as "1", True as "true", a date as "2026-11-23"; missing stays missing."""
    codes, values = pd.factorize(column)
    # Texts are their own names; a million of them need not be asked one by one.
    names = values if isinstance(column.dtype, pd.StringDtype) else [class_name(value) for value in values]
    return pd.Categorical.from_codes(codes, categories=pd.Index(names, dtype="str"))


def class_groups(column: pd.Series, positive: str) -> npt.NDArray[np.int8]:
    """1 for rows (n,) of the class ``positive``, 0 for rows of another, -1 for rows without one."""
    names = class_names(column)
    return np.where(np.asarray(names.isna()), -1, np.asarray(names == positive)).astype(np.int8)


def class_name(value: object) -> str:
    """The name of one value that is not missing."""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, float | np.floating):
        return str(int(value)) if value.is_integer() else repr(float(value))
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d" if value == value.normalize() else "%Y-%m-%d %H:%M:%S.%f")
    return str(value)


def find_targets(frame: pd.DataFrame) -> Targets:
    """Sort the columns of ``frame`` (n_rows, n_columns) into possible targets and the rest, with reasons.

    Targets that are likely to be an outcome come first: yes/no and text of two classes, then 0/1, then other columns of
    two classes, then those of more; among equals in table order.
    """
    candidates: list[TargetCandidate] = []
    refused: list[tuple[str, str]] = []
    found: list[Ticks] = []
    for name in frame.columns:
        reason = _reason_against(frame[name])
        ticks = _ticks(frame[name]) if reason == _ONE_CLASS else None
        if ticks is not None:
            reason = f"“{cut_short(ticks.value, _SHOWN)}” in {ticks.rows:,} rows, empty in {ticks.missing:,}"
            if min(ticks.rows, ticks.missing) >= _FEWEST_TICKS:
                found.append(ticks)
        if reason:
            refused.append((name, reason))
            continue
        candidates.append(counted(frame[name]))
    candidates.sort(key=lambda found: _unlikeliness(frame[found.column], found))
    return Targets(tuple(candidates), tuple(refused), tuple(found))


def _ticks(column: pd.Series) -> Ticks | None:
    """None for a column of one value without gaps."""
    one = counted(column)
    return Ticks(one.column, *one.classes[0], one.missing) if one.missing else None


def counted(column: pd.Series) -> TargetCandidate:
    """The classes of a column with their rows."""
    counts = column.value_counts(dropna=True)
    named = tuple((class_name(value), int(rows)) for value, rows in counts.items())
    return TargetCandidate(str(column.name), named, int(column.isna().sum()))


def _unlikeliness(column: pd.Series, candidate: TargetCandidate) -> int:
    if len(candidate.classes) > 2:
        return 3
    if types.is_bool_dtype(column.dtype) or not types.is_numeric_dtype(column.dtype):
        return 0
    return 1 if set(candidate.names) == {"0", "1"} else 2


def _reason_against(column: pd.Series) -> str:
    """Why a column cannot be a target, or an empty text when it can."""
    if types.is_datetime64_any_dtype(column.dtype):
        return "a date, not a class"
    # Most columns show more than enough values in their first rows, which spares counting those of a million.
    distinct = column.iloc[:_FIRST_LOOK].nunique()
    if distinct <= MAX_CLASSES and len(column) > _FIRST_LOOK:
        distinct = column.nunique()
    if distinct == 0:
        return "no values at all"
    if distinct == 1:
        return _ONE_CLASS
    if distinct > MAX_CLASSES:
        kind = "an amount" if types.is_numeric_dtype(column.dtype) else "texts of many kinds"
        return f"{kind}, with more than {MAX_CLASSES} different values (a target has 2 to {MAX_CLASSES})"
    if distinct > 2 and types.is_float_dtype(column.dtype) and not _whole(column):
        return "an amount: its values are not whole numbers"
    return ""


def _whole(column: pd.Series) -> bool:
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    values = values[np.isfinite(values)]
    return bool((values == np.floor(values)).all())
