"""Words and signs that may be levels of a text column, or mean that there is no value: kept, taken, and told.

"-" beside "+" is a level, as is "NA" among codes of countries; ``\\N`` among words can only be no value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from logreg_core.data.remarks import Remark
from logreg_core.data.spellings import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy.typing as npt

FEW_LEVELS = 30
_MANY_CELLS = 10_000
_MOST = 0.9
NULLS = ("\\N", "<NA>")
"""How MySQL, PostgreSQL and Hive write no value, and how R and pandas print it; words they cannot be."""
_LOOKS_MISSING: tuple[str, ...] = (
    "(null)",
    "#NULL!",
    "#DIV/0!",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "NaT",
)
_LOOKS_MISSING += ("(blank)", "(empty)")
_CASES = ((str.isupper, r"^[A-Z]+$"), (str.islower, r"^[a-z]+$"), (str.istitle, r"^[A-Z][a-z]"))
CHANGE_IT = " say so under “What was detected”."


def are_levels(present: Any, missing: dict[str, int]) -> list[str]:
    """Return the signs read as missing that are levels, because all other cells are signs such as "+", too."""
    signs = list(filter(is_sign, missing))
    if not signs or len(present) > FEW_LEVELS + len(missing) + 1:
        return []
    others = [cell for cell in present.to_pylist() if cell is not None]
    return signs if others and not any(re.search(r"\w", cell) for cell in others) else []


def kept_levels(name: str, kept: list[str], present: Any) -> Iterable[Remark]:
    """Tell of signs that were kept as levels, except for minus beside plus, which leaves no doubt."""
    doubtful = [sign for sign in kept if not (sign in "-–—" and "+" in present.to_pylist())]
    if doubtful:
        told = ", ".join(map(quoted, doubtful))
        were = "was kept as a value" if len(doubtful) == 1 else "were kept as values"
        yield Remark(
            "levels",
            f"In column {quoted(name)}, {told} {were}, as all its cells are such signs.",
        )


def lost_levels(present: Any, missing: dict[str, int], n_rows: int, name: str) -> Iterable[Remark]:
    """Warn where a word read as missing may be a level: of few, or written like most of the many others."""
    words = {spelling: count for spelling, count in missing.items() if not is_sign(spelling)}
    words = {word: count for word, count in words.items() if word not in NULLS}
    if not words:
        return
    levels = len(set(present.drop_null().to_pylist())) if len(present) < _MANY_CELLS else FEW_LEVELS + 1
    if levels > FEW_LEVELS:
        words = {word: count for word, count in words.items() if _is_like_others(word, present)}
    if levels and words:
        told = ", ".join(f"{quoted(word)} ({count:,} of {n_rows:,} rows)" for word, count in words.items())
        was, it_is = ("was", "it is a value") if len(words) == 1 else ("were", "one of them is a value")
        sentence = f"In column {quoted(name)}, {told} {was} read as missing. If {it_is} of its own,{CHANGE_IT}"
        yield Remark("levels", sentence)


def is_sign(spelling: str) -> bool:
    """Whether a spelling has neither letters nor digits, as "-" and "?"."""
    return not re.search(r"\w", spelling)


def _is_like_others(word: str, present: Any) -> bool:
    """Whether nearly all other cells are words in the same letters, large or small, as this one."""
    import pyarrow.compute as pc

    pattern = next((pattern for is_case, pattern in _CASES if is_case(word)), None)
    if pattern is None:
        return False
    some = present.drop_null().slice(0, 1_000)
    return bool(pc.sum(pc.match_substring_regex(some, pattern)).as_py() > _MOST * len(some))


def suspicious_levels(present: Any, counts: Callable[[], npt.NDArray[np.int64]], name: str) -> Iterable[Remark]:
    """Tell of levels such as (null) that other programs write where there is no value."""
    import pyarrow as pa
    import pyarrow.compute as pc

    places = np.flatnonzero(pc.is_in(present, value_set=pa.array(_LOOKS_MISSING)).to_numpy(zero_copy_only=False))
    if len(places):
        rows = counts()
        told = ", ".join(f"{quoted(present[int(at)].as_py())} ({rows[at]:,})" for at in places[:5])
        kept = "was kept as a value; if it means" if len(places) == 1 else "were kept as values; if they mean"
        yield Remark("levels", f"In column {quoted(name)}, {told} {kept} no value,{CHANGE_IT}")
