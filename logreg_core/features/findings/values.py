"""Numbers that stand for "not known", that cannot be, or that lie far from all others."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from logreg_core.data.spoken import spoken
from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, key_of, one_or_many
from logreg_core.features.findings.look import FAR, Look, far_fences
from logreg_core.features.names import OLDEST, names_an_age, never_negative, never_zero
from logreg_core.features.steps import Clip, ValuesToMissing

_FEW = 0.05
_MOST_ZEROS = 0.5
_SHOWN_ROWS = 20


def stand_ins(evidence: Evidence) -> Iterator[Finding]:
    """Numbers such as -999 that stand apart from all others again and again."""
    for look in _amounts(evidence):
        if look.sentinels:
            yield _stand_ins(evidence, look)


def impossible(evidence: Evidence) -> Iterator[Finding]:
    """A few values that, by the name of the column, cannot be."""
    for look in _amounts(evidence):
        problem = _impossible(look)
        if problem is not None:
            yield problem


def far_out(evidence: Evidence) -> Iterator[Finding]:
    """Values farther than ten times the middle half's width."""
    far = [look for look in _amounts(evidence) if look.far and not _is_limited(evidence, look.name)]
    if not far:
        return
    columns = tuple(look.name for look in far)
    yield Finding(
        key=key_of("far out", columns),
        severity="note",
        sentence=one_or_many(
            columns,
            f"has {far[0].far:,} {'value' if far[0].far == 1 else 'values'} far from all others "
            f"(it goes from {spoken(far[0].low)} to {spoken(far[0].high)}).",
            "have values far from all others.",
        ),
        why=(
            "A few such rows can pull the whole line towards them. Far is more than "
            f"{FAR:g} times the width of the middle half away from it."
        ),
        columns=columns,
        evidence=tuple((look.name, f"{look.far:,} of {look.known:,}, up to {spoken(look.high)}") for look in far),
        rows=_rows_at_the_ends(evidence, far[0]) if len(far) == 1 else (),
        fixes=(
            Fix("Limit them", Clip(columns, FAR)),
            *(
                (Fix("Take them as missing", ValuesToMissing(columns, (), *_ends(evidence, far[0]))),)
                if len(far) == 1 and far[0].name in evidence.frame.columns
                else ()
            ),
        ),
    )


def _is_limited(evidence: Evidence, name: str) -> bool:
    """Whether a step limits a column: to the fence of the training rows, beyond which that of all rows may lie."""
    return any(step.kind == Clip.kind and name in step.columns for step in evidence.recipe.steps)


def _amounts(evidence: Evidence) -> list[Look]:
    return [evidence.looks[name] for name in evidence.features if evidence.is_number(name)]


def _stand_ins(evidence: Evidence, look: Look) -> Finding:
    values = tuple(value for value, _ in look.sentinels)
    said = " and ".join(f"{value:.15g} ({rows:,} rows)" for value, rows in look.sentinels)
    return Finding(
        key=key_of("stand-in", (look.name,)),
        severity="warning",
        sentence=f"In '{look.name}', {said} {'seems' if len(values) == 1 else 'seem'} to stand for a missing value.",
        why="Again and again the same, away from every other value, as such codes are: as a number it would bend the "
        "whole column.",
        columns=(look.name,),
        rows=_rows_where(evidence, look.name, values),
        fixes=(Fix("Take as missing", ValuesToMissing((look.name,), values)),),
    )


def _impossible(look: Look) -> Finding | None:
    """A few negative values where the name allows none; an age beyond 120; zeros where nobody has none.

    Where many values are so, the column is in another unit, or another thing than its name says.
    """
    if never_negative(look.name) and 0 < look.negative <= _FEW * look.known:
        said = f"{look.negative:,} {'value' if look.negative == 1 else 'values'} of '{look.name}' below zero"
        step = ValuesToMissing((look.name,), (), below=0.0)
    elif names_an_age(look.name) and look.upper <= OLDEST < look.high and look.distinct > 2:
        said = f"values of '{look.name}' up to {spoken(look.high)}"
        step = ValuesToMissing((look.name,), (), above=OLDEST)
    elif never_zero(look.name) and 0 < look.zeros <= _MOST_ZEROS * look.known and look.zeros_apart and not look.values:
        said = f"'{look.name}' is zero in {look.zeros:,} {'row' if look.zeros == 1 else 'rows'}"
        step = ValuesToMissing((look.name,), (0.0,))
    else:
        return None
    return Finding(
        key=key_of("impossible", (look.name,)),
        severity="warning",
        sentence=f"{said[0].upper()}{said[1:]}: that cannot be.",
        why="Judged by the column's name. Such values are typing mistakes or stand for something else.",
        columns=(look.name,),
        fixes=(Fix("Take as missing", step),),
    )


def _ends(evidence: Evidence, look: Look) -> tuple[float | None, float | None]:
    """Values between which nothing is far out, for a step that names them; None where nothing lies beyond.

    Learned, like all that a step learns, from the training rows.
    """
    values = evidence.values(look.name)
    low, high = far_fences(np.sort(values[np.isfinite(values)]))
    return (low if look.low < low else None), (high if look.high > high else None)


def _rows_at_the_ends(evidence: Evidence, look: Look) -> tuple[int, ...]:
    low, high = _ends(evidence, look)
    values = _values(evidence, look.name)
    with np.errstate(invalid="ignore"):
        outside = (values < (low if low is not None else -np.inf)) | (values > (high if high is not None else np.inf))
    return tuple(int(row) for row in np.flatnonzero(outside)[:_SHOWN_ROWS])


def _rows_where(evidence: Evidence, name: str, values: tuple[float, ...]) -> tuple[int, ...]:
    at = np.flatnonzero(np.isin(_values(evidence, name), values))
    return tuple(int(row) for row in at[:_SHOWN_ROWS])


def _values(evidence: Evidence, name: str) -> np.ndarray:
    """The column as it is in the table; all missing where the table has no such numbers."""
    if name not in evidence.frame.columns or not np.issubdtype(evidence.frame[name].to_numpy().dtype, np.number):
        return np.full(len(evidence.frame), np.nan)
    return np.asarray(evidence.frame[name].to_numpy(dtype=np.float64, na_value=np.nan))
