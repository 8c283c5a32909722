"""What the doctor looks at in one column, without regard to the target: computed once for each column."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api import types

from logreg_core.data.mostly_numbers import Writing, is_limit, read, writing_of
from logreg_core.data.spread import FAR_OUT, LARGEST_EXACT, beyond, fences, quantile
from logreg_core.features.columns import NEARLY_ALL
from logreg_core.features.findings.apart import apart_fences
from logreg_core.features.findings.lone_values import lone_values
from logreg_core.features.findings.survey_codes import survey_codes
from logreg_core.features.iso_dates import holds_iso_dates
from logreg_core.features.steps.group_levels import MIN_ROWS
from logreg_core.features.steps.one_spelling import sound_of
from logreg_core.features.targets import class_names
from logreg_core.features.values import finite, is_number

ColumnKind = Literal["number", "category", "date", "empty"]
MOST_VALUES = 20
_ONE_DIGIT = re.compile(r"-?(7{2,}|8{2,}|9{2,})")
_MIN_REPEATS = 3
_MIN_OTHERS = 10
_SPIKE = 10
_PRICES = 5
_MOST_SPELLINGS = 20_000
_NEARLY_ALL = 0.95
_APART = 0.4


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
    low, high, upper : float
        For numbers: the lowest and the highest finite value, and what 95 of 100 are at most.
    values : tuple of float
        For numbers of no more than 20 different values: these.
    only : str
        Of columns of one value: its name.
    negative : int
        For numbers: rows below zero.
    zeros : int
        For numbers of which none is negative: rows that are zero.
    zeros_apart : bool
        Whether all other numbers keep away from zero, by 0.4 of the width of their middle half.
    far : int
        For numbers: rows beyond ``apart_fences``.
    sentinels : tuple of (float, int)
        For numbers: values of nines (or of sevens or eights) only, or -1, that stand apart from all others, or are
        negative and by far the most frequent, with their rows; no nines beside others that end so, as prices do. And
        ``lone_values`` of what is left.
    rare_levels, rare_rows : int
        For categories: levels of fewer than ten rows, and their rows together.
    alike : tuple of (str, int)
        For categories: the first levels that differ by capitals or spaces only, with their rows; else empty.
    written_numbers : int
        For texts of which nearly all are numbers: how many are; else 0.
    odd, number : str
        The first text among them that is no number, and the first number that has a mark or a sign.
    writing : Writing or None
        How they are written.
    limits : int
        How many of them are limits, such as "<0.01".
    limit : str
        The first of these.
    dates : bool
        For texts: whether they are dates, as ``iso_dates`` knows them.
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
    upper: float = np.nan
    only: str = ""
    values: tuple[float, ...] = ()
    negative: int = 0
    zeros: int = 0
    zeros_apart: bool = False
    far: int = 0
    sentinels: tuple[tuple[float, int], ...] = ()
    rare_levels: int = 0
    rare_rows: int = 0
    alike: tuple[tuple[str, int], ...] = ()
    written_numbers: int = 0
    odd: str = ""
    number: str = ""
    writing: Writing | None = None
    limits: int = 0
    limit: str = ""
    dates: bool = False

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
    texts = _NO_NUMBERS if types.is_bool_dtype(column.dtype) else _written_numbers(counts)
    return Look(
        name,
        "category",
        rows=len(column),
        missing=missing,
        distinct=len(counts),
        digest=digest,
        agree=_agree(counts.to_numpy(), missing),
        only=_only_name(column) if len(counts) == 1 else "",
        rare_levels=len(rare),
        rare_rows=int(rare.sum()),
        alike=() if types.is_bool_dtype(column.dtype) else _alike(counts),
        written_numbers=texts.rows,
        odd=texts.odd,
        number=texts.number,
        writing=texts.writing,
        limits=texts.limits,
        limit=texts.limit,
        dates=holds_iso_dates(column),
    )


def _numbers(name: str, column: pd.Series) -> Look:
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    digest = hashlib.blake2b(np.ascontiguousarray(values).tobytes()).hexdigest()
    ordered = np.sort(values[np.isfinite(values)])
    missing = len(values) - len(ordered)
    if not ordered.size:
        return Look(name, "empty", len(values), missing, 0, digest)
    exact = _exact(column) if missing == 0 else None
    if exact is not None:
        digest = hashlib.blake2b(np.ascontiguousarray(exact).tobytes()).hexdigest()
        exact = np.sort(exact)
    starts = _starts(ordered if exact is None else exact)
    few = tuple(float(value) for value in ordered[starts]) if len(starts) <= MOST_VALUES else ()
    sentinels = _sentinels(ordered, starts)
    real = ordered[~np.isin(ordered, [value for value, _ in sentinels])] if sentinels else ordered
    with_zeros = ordered[(ordered == 0) | np.isin(ordered, real)] if (0.0 in dict(sentinels)) else real
    return Look(
        name,
        "number",
        rows=len(values),
        missing=missing,
        distinct=len(starts),
        digest=digest,
        agree=_agree(np.diff(np.append(starts, len(ordered))), missing),
        whole=bool((ordered == np.floor(ordered)).all()),
        low=float(ordered[0]) if exact is None else int(exact[0]),
        high=float(ordered[-1]) if exact is None else int(exact[-1]),
        upper=quantile(ordered, _NEARLY_ALL),
        only=_only_name(column) if len(starts) == 1 else "",
        values=few,
        negative=int(np.searchsorted(real, 0.0, side="left")),
        zeros=int(np.searchsorted(with_zeros, 0.0, side="right")) if with_zeros.size and with_zeros[0] >= 0 else 0,
        zeros_apart=_zeros_apart(with_zeros),
        far=beyond(real, apart_fences(real)),
        sentinels=sentinels,
    )


def _exact(column: pd.Series) -> npt.NDArray[Any] | None:
    """The whole numbers (n,) of a column some of whose no float can hold; None for all other columns."""
    if not types.is_integer_dtype(column.dtype):
        return None
    values = column.to_numpy()
    return values if values.dtype.kind in "iu" and max(-int(values.min()), int(values.max())) > LARGEST_EXACT else None


def _starts(ordered: npt.NDArray[Any]) -> npt.NDArray[np.intp]:
    """Where each different value of sorted ones (n,), n > 0, begins."""
    return np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))


def _agree(counts: npt.NDArray[Any], missing: int) -> float:
    """Chance that two rows agree, from the rows of each value."""
    rows = np.append(counts, missing).astype(np.float64)
    return float(((rows / max(1.0, rows.sum())) ** 2).sum())


def _only_name(column: pd.Series) -> str:
    return str(class_names(finite(column)).categories[0])


def _sentinels(ordered: npt.NDArray[np.float64], starts: npt.NDArray[np.intp]) -> tuple[tuple[float, int], ...]:
    """Values such as -999, 99 and -1 at either end, seen three times or more, that stand apart from all others; and 0
    or another that does without looking like a code.
    """
    values = ordered[starts]
    counts = np.diff(np.append(starts, len(ordered)))
    first, last = 0, len(values) - 1
    while last > 0 and values[last] > 0 and _looks_like_a_code(values[last]):
        last -= 1
    while first < last and values[first] < 0 and _looks_like_a_code(values[first]):
        first += 1
    others = ordered[starts[first] : starts[last] + counts[last]]
    often = int(counts[first]) if last - first + 1 >= _MIN_OTHERS else len(ordered)
    ends = [*range(first), *range(last + 1, len(values))]
    found = [(float(values[place]), int(counts[place])) for place in ends if counts[place] >= _MIN_REPEATS]
    found = [
        (value, rows)
        for value, rows in found
        if _is_apart(value, rows, others, often) and not _is_price_point(value, others)
    ]
    codes = survey_codes(values, counts) or tuple(found) or _spikes(values, counts)
    left = ~np.isin(values, [value for value, _ in codes])
    return tuple(sorted((*codes, *lone_values(values[left], counts[left]))))


def _spikes(values: npt.NDArray[np.float64], counts: npt.NDArray[np.intp]) -> tuple[tuple[float, int], ...]:
    """A code such as -999 among other negative numbers: ten times as frequent as any other but zero."""
    place = int(np.argmax(np.where(values < 0, counts, 0)))
    others = np.where(values == 0, 0, counts)
    others[place] = 0
    is_code = "9" in f"{values[place]:.15g}" and _ONE_DIGIT.fullmatch(f"{values[place]:.15g}") is not None
    is_spike = counts[place] >= _SPIKE * max(1, int(others.max())) and np.count_nonzero(others) >= _MIN_OTHERS
    return ((float(values[place]), int(counts[place])),) if values[place] < 0 and is_code and is_spike else ()


def _looks_like_a_code(value: float) -> bool:
    return value == -1 or _ONE_DIGIT.fullmatch(f"{value:.15g}") is not None


def _is_price_point(value: float, others: npt.NDArray[np.float64]) -> bool:
    """Whether of the ``others`` (n,), too, far more end in one or two nines than would by chance, as 99, 199 and 299.

    Of whole numbers up to 300 a few end so anyway, and 999 may all the same be a code among them.
    """
    if value <= 0 or "9" not in f"{value:.15g}":
        return False
    return any(float((np.mod(others, end) == end - 1).mean()) > _PRICES / end for end in (10.0, 100.0))


def _is_apart(value: float, rows: int, others: npt.NDArray[np.float64], often: int) -> bool:
    """Whether a code is none of the ``others`` (sorted): beyond their fences, far off their ends, or negative alone.

    Nines do with half the range of the others. Below zero alone -1 could be the tail of a measure: it has to have more
    ``rows`` than the lowest of the others, which are ``often``.
    """
    low, high = float(others[0]), float(others[-1])
    gap, reach = max(low - value, value - high), high - low
    if value == -1:
        return low >= 0 and rows > often
    if "9" not in f"{value:.15g}":
        return 0 < reach <= gap
    below, above = fences(others, FAR_OUT)
    return not below <= value <= above or 0 < reach <= 2 * gap or value < 0 <= low


def _zeros_apart(ordered: npt.NDArray[np.float64]) -> bool:
    others = ordered[np.searchsorted(ordered, 0.0, side="right") :]
    if len(others) in {0, len(ordered)} or ordered[0] < 0:
        return False
    return bool(others[0] >= _APART * (quantile(others, 0.75) - quantile(others, 0.25)))


def _alike(counts: pd.Series) -> tuple[tuple[str, int], ...]:
    """Of the rows of each level (most frequent first) the first levels of one sound, where any are."""
    if len(counts) > _MOST_SPELLINGS:
        return ()
    of_sound: dict[str, list[tuple[str, int]]] = {}
    for level, rows in counts.items():
        of_sound.setdefault(sound_of(str(level)), []).append((str(level), int(rows)))
    return next((tuple(levels) for levels in of_sound.values() if len(levels) > 1), ())


class _Texts(NamedTuple):
    """Rows of a text column that are numbers, the first text that is none, a number with marks, and their writing; how
    many rows are limits, and the first of these."""

    rows: int
    odd: str
    number: str
    writing: Writing | None
    limits: int = 0
    limit: str = ""


_NO_NUMBERS = _Texts(0, "", "", None)


def _written_numbers(counts: pd.Series) -> _Texts:
    """What is known of texts of which nearly all rows are numbers; codes, as those that begin with zero, are not."""
    import pyarrow as pa

    texts = counts.index.astype("str")
    cells, rows = pa.array(texts.tolist(), pa.string()), counts.to_numpy(dtype=np.int64)
    writing = writing_of(cells, rows, NEARLY_ALL)
    if writing is None or texts.str.fullmatch(r"[+-]?0\d+|\d{16,}").any():
        return _NO_NUMBERS
    known = np.isfinite(read(cells, writing))
    if rows[known].sum() < NEARLY_ALL * rows.sum():
        return _NO_NUMBERS
    odd = texts[~known]
    limits = known & is_limit(cells)
    marked = texts[known & ~limits & ~np.asarray(texts.str.fullmatch(r"[+-]?\d+"), dtype=bool)]
    return _Texts(
        int(rows[known].sum()),
        str(odd[0]) if len(odd) else "",
        str(marked[0]) if len(marked) else "",
        writing,
        int(rows[limits].sum()),
        str(texts[limits][0]) if limits.any() else "",
    )
