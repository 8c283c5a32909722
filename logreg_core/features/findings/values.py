"""Numbers that stand for "not known", that cannot be, or that lie far from all others."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from logreg_core.data.spoken import spoken
from logreg_core.features.findings.apart import FloatArray, apart_fences
from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, key_of
from logreg_core.features.findings.look import Look
from logreg_core.features.names import OLDEST, names_an_age, never_negative, never_zero
from logreg_core.features.steps import MOST_STEPS, Clip, ValuesToMissing

_FEW = 0.05
_MOST_ZEROS = 0.5
_SHOWN_ROWS = 20
_NAMED = 3
_MOST_ALONE = 3


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
    """Values that stand apart from all others of their column; of more than three columns in one finding."""
    found = list(_far_out_by_column(evidence))
    yield from found if len(found) <= _MOST_ALONE else [_together(evidence, found)]


def _together(evidence: Evidence, found: list[Finding]) -> Finding:
    """One finding for all columns with values far out; its fixes are theirs, as many as the recipe has room for."""
    columns = tuple(name for each in found for name in each.columns)
    room = MOST_STEPS - len(evidence.recipe.steps)
    fixes = []
    for place, label in enumerate(("Limit them", "Take them as missing")):
        steps = [step for each in found if (step := each.fixes[place].step) is not None][:room]
        some = "" if len(steps) == len(found) else f" in {len(steps):,} of the columns"
        if steps:
            fixes.append(Fix(f"{label}{some}", steps[0], more=tuple(steps[1:])))
    return Finding(
        key=key_of("far out", columns),
        severity="note",
        sentence=f"{len(columns):,} columns have values far from all others.",
        why=found[0].why,
        columns=columns,
        evidence=tuple((each.columns[0], each.sentence) for each in found),
        fixes=tuple(fixes),
    )


def _far_out_by_column(evidence: Evidence) -> Iterator[Finding]:
    for look in _amounts(evidence):
        if look.far and not _is_limited(evidence, look.name):
            values = evidence.repaired(look.name)
            low, high = _ends(values[evidence.at])
            with np.errstate(invalid="ignore"):
                far = np.isfinite(values) & ((values < low) | (values > high))
            if far.any():
                training = values[evidence.at]
                others = training[np.isfinite(training) & ~far[evidence.at]]
                yield _far_out(look, values, far, (low, high), (float(others.min()), float(others.max())))


def _far_out(
    look: Look,
    values: FloatArray,
    far: npt.NDArray[np.bool_],
    ends: tuple[float, float],
    bounds: tuple[float, float],
) -> Finding:
    """Far are the values beyond ``ends``; limited they are to ``bounds``, where the other training values end."""
    low, high = (end if np.isfinite(end) else None for end in ends)
    low = low if low is not None and np.any(values[far] < low) else None
    high = high if high is not None and np.any(values[far] > high) else None
    count, others = int(far.sum()), values[np.isfinite(values) & ~far]
    named = ", ".join(spoken(value) for value in np.unique(values[far])[:_NAMED])
    more = " and more" if len(np.unique(values[far])) > _NAMED else ""
    return Finding(
        key=key_of("far out", (look.name,)),
        severity="note",
        sentence=(
            f"'{look.name}' has {count:,} {'value' if count == 1 else 'values'} far from all others: {named}{more}. "
            f"The others go from {spoken(others.min())} to {spoken(others.max())}."
        ),
        why=(
            "A few such rows can pull the whole line towards them. Far is at least half as far again from the median "
            "as any other value, and farther than the tail of the column makes likely (3 in 1,000)."
        ),
        columns=(look.name,),
        rows=tuple(int(row) for row in np.flatnonzero(far)[:_SHOWN_ROWS]),
        fixes=(
            Fix(
                "Limit it" if count == 1 else "Limit them",
                Clip(
                    (look.name,),
                    width=None,
                    low=None if low is None else bounds[0],
                    high=None if high is None else bounds[1],
                ),
            ),
            Fix(
                "Take it as missing" if count == 1 else "Take them as missing",
                ValuesToMissing((look.name,), (), low, high),
            ),
        ),
    )


def _is_limited(evidence: Evidence, name: str) -> bool:
    """Whether a step limits a column already."""
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


def _ends(training: FloatArray) -> tuple[float, float]:
    """Between which nothing stands apart, as short numbers; infinite where there is no end.

    Learned, like all that a step learns, from the ``training`` rows (n,).
    """
    ordered = np.sort(training[np.isfinite(training)])
    low, high = apart_fences(ordered)
    return -_short(-low, -ordered[::-1]), _short(high, ordered)


def _short(end: float, ordered: FloatArray) -> float:
    """A number of few digits with the same of the ``ordered`` ones below it as ``end``."""
    if not np.isfinite(end) or not ordered.size:
        return end
    below = np.searchsorted(ordered, end, side="right")
    for digits in range(2, 17):
        short = float(f"{end:.{digits}g}")
        if np.searchsorted(ordered, short, side="right") == below and (not below or ordered[below - 1] < short):
            return short
    return end


def _rows_where(evidence: Evidence, name: str, values: tuple[float, ...]) -> tuple[int, ...]:
    at = np.flatnonzero(np.isin(_values(evidence, name), values))
    return tuple(int(row) for row in at[:_SHOWN_ROWS])


def _values(evidence: Evidence, name: str) -> np.ndarray:
    """The column as it is in the table; all missing where the table has no such numbers."""
    if name not in evidence.frame.columns or not np.issubdtype(evidence.frame[name].to_numpy().dtype, np.number):
        return np.full(len(evidence.frame), np.nan)
    return np.asarray(evidence.frame[name].to_numpy(dtype=np.float64, na_value=np.nan))
