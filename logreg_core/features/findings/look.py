"""What the doctor looks at in one column, without regard to the target: computed once for each column."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api import types

from logreg_core.data.spread import FAR_OUT, beyond, fences
from logreg_core.features.columns import NEARLY_ALL
from logreg_core.features.steps.group_levels import MIN_ROWS
from logreg_core.features.steps.text_to_number import as_numbers
from logreg_core.features.values import is_number

ColumnKind = Literal["number", "category", "date", "empty"]
FAR = 10.0
"""Interquartile ranges from the quartiles from which on a number is called far out."""
MOST_VALUES = 20
_FIRST_LOOK = 2_000
_ALL_NINES = re.compile(r"-?9{2,}")
_MIN_REPEATS = 3


@dataclass(frozen=True)
class Look:
    """What a column of n rows holds.

    Attributes
    ----------
    name : str
    kind : "number", "category" (text and yes/no), "date" or "empty"
    rows, missing, distinct : int
    digest : str
        Equal for equal columns.
    agree : float
        Chance that two rows drawn at random agree; missing is a value.
    whole : bool
        For numbers: no fractions.
    low, high : float
        For numbers: the lowest and the highest finite value.
    values : tuple of float
        For numbers of no more than 20 different values: these.
    negative : int
        For numbers: rows below zero.
    far : int
        For numbers: rows far out on the column's own scale and, if nothing is negative, on a logarithmic one too.
    sentinels : tuple of (float, int)
        For numbers: values of nines only that stand apart from all others, with their rows.
    rare_levels, rare_rows : int
        For categories: levels of fewer than ten rows, and their rows together.
    written_numbers : int
        For texts of which nearly all are numbers: how many are; else 0.
    odd, decimal : str
        The first text among them that is no number, and their decimal mark.
    """

    name: str
    kind: ColumnKind
    rows: int
    missing: int
    distinct: int
    digest: str
    agree: float = 1.0
    whole: bool = False
    low: float = np.nan
    high: float = np.nan
    values: tuple[float, ...] = ()
    negative: int = 0
    far: int = 0
    sentinels: tuple[tuple[float, int], ...] = ()
    rare_levels: int = 0
    rare_rows: int = 0
    written_numbers: int = 0
    odd: str = ""
    decimal: str = "."

    @property
    def known(self) -> int:
        """Rows with a value."""
        return self.rows - self.missing


def look_at(name: str, column: pd.Series) -> Look:
    """Look at a column of any kind (n,)."""
    if is_number(column):
        return _numbers(name, column)
    missing = int(column.isna().sum())
    digest = hashlib.blake2b(pd.util.hash_pandas_object(column, index=False).to_numpy().tobytes()).hexdigest()
    if missing == len(column):
        return Look(name, "empty", len(column), missing, 0, digest)
    counts = column.value_counts()
    if types.is_datetime64_any_dtype(column.dtype):
        return Look(name, "date", len(column), missing, len(counts), digest, _agree(counts.to_numpy(), missing))
    rare = counts[counts < MIN_ROWS]
    written, odd, decimal = (0, "", ".") if types.is_bool_dtype(column.dtype) else _written_numbers(counts)
    return Look(
        name,
        "category",
        rows=len(column),
        missing=missing,
        distinct=len(counts),
        digest=digest,
        agree=_agree(counts.to_numpy(), missing),
        rare_levels=len(rare),
        rare_rows=int(rare.sum()),
        written_numbers=written,
        odd=odd,
        decimal=decimal,
    )


def _numbers(name: str, column: pd.Series) -> Look:
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    digest = hashlib.blake2b(np.ascontiguousarray(values).tobytes()).hexdigest()
    ordered = np.sort(values[np.isfinite(values)])
    missing = len(values) - len(ordered)
    if not ordered.size:
        return Look(name, "empty", len(values), missing, 0, digest)
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    few = tuple(float(value) for value in ordered[starts]) if len(starts) <= MOST_VALUES else ()
    sentinels = _sentinels(ordered, starts)
    real = ordered[~np.isin(ordered, [value for value, _ in sentinels])] if sentinels else ordered
    return Look(
        name,
        "number",
        rows=len(values),
        missing=missing,
        distinct=len(starts),
        digest=digest,
        agree=_agree(np.diff(np.append(starts, len(ordered))), missing),
        whole=bool((ordered == np.floor(ordered)).all()),
        low=float(ordered[0]),
        high=float(ordered[-1]),
        values=few,
        negative=int(np.searchsorted(real, 0.0, side="left")),
        far=_far_out(real),
        sentinels=sentinels,
    )


def _agree(counts: npt.NDArray[Any], missing: int) -> float:
    """Chance that two rows agree, from the rows of each value."""
    rows = np.append(counts, missing).astype(np.float64)
    return float(((rows / max(1.0, rows.sum())) ** 2).sum())


def _sentinels(ordered: npt.NDArray[np.float64], starts: npt.NDArray[np.intp]) -> tuple[tuple[float, int], ...]:
    """Lowest and highest values such as -999 and 9999, seen three times or more, that stand apart.

    Apart is beyond the fences of all others, or the only negative value.
    """
    ends = np.append(starts[1:], len(ordered))
    found = []
    for place in {0, len(starts) - 1}:
        value, count = float(ordered[starts[place]]), int(ends[place] - starts[place])
        if count < _MIN_REPEATS or not _ALL_NINES.fullmatch(f"{value:.15g}"):
            continue
        others = np.delete(ordered, np.s_[starts[place] : ends[place]])
        low, high = fences(others, FAR_OUT)
        if not low <= value <= high or (others.size and value < 0 <= others[0]):
            found.append((value, count))
    return tuple(sorted(found))


def _far_out(ordered: npt.NDArray[np.float64]) -> int:
    """Numbers far out on their own scale; where none is negative, only if they are so on a logarithmic one too.

    Incomes and prices reach far up by nature: on a logarithmic scale they do not.
    """
    if not ordered.size:
        return 0
    count = beyond(ordered, fences(ordered, FAR))
    if not count or ordered[0] < 0:
        return count
    logs = np.log(ordered[ordered > 0])
    return min(count, beyond(logs, fences(logs, FAR_OUT)))


def _written_numbers(counts: pd.Series) -> tuple[int, str, str]:
    """(rows that are numbers, the first text that is none, decimal mark) where nearly all rows are; else (0, "", ".").

    Codes that begin with a zero and numbers of more than 15 digits are texts on purpose.
    """
    texts = pd.Series(counts.index.astype("str"))
    if as_numbers(texts.iloc[:_FIRST_LOOK], ".").isna().mean() > 0.5 and (
        as_numbers(texts.iloc[:_FIRST_LOOK], ",").isna().mean() > 0.5
    ):
        return 0, "", "."  # spares looking at a million names
    if texts.str.fullmatch(r"[+-]?0\d+|\d{16,}").any():
        return 0, "", "."
    rows = counts.to_numpy()
    best = (0, "", ".")
    for decimal in (".", ","):
        is_number_ = as_numbers(texts, decimal).notna().to_numpy()
        written = int(rows[is_number_].sum())
        if written > best[0] and written >= NEARLY_ALL * rows.sum():
            odd = texts[~is_number_]
            best = (written, str(odd.iloc[0]) if len(odd) else "", decimal)
    return best
