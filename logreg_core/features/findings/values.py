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
from logreg_core.features.steps import MOST_STEPS, Clip, ValuesToMissing, listed

_FEW = 0.05
_MOST_ZEROS = 0.5
_SHOWN_ROWS = 20
_NAMED = 3
_MOST_ALONE = 3


def stand_ins(evidence: Evidence) -> Iterator[Finding]:
    """Numbers such as -999 that stand apart from all others; columns of the same ones in one finding.

    Not a zero that by the column's name cannot be: ``impossible`` says it better.
    """
    alike: dict[tuple[float, ...], dict[Look, tuple[int, ...]]] = {}
    for look in _amounts(evidence):
        found = [(value, rows) for value, rows in look.sentinels if value or not _cannot_be_zero(look)]
        if found:
            values, rows = zip(*found, strict=True)
            alike.setdefault(values, {})[look] = rows
    for values, rows_of in alike.items():
        yield _stand_ins(evidence, values, rows_of)


def impossible(evidence: Evidence) -> Iterator[Finding]:
    """A few values that, by the name of the column, cannot be."""
    for look in _amounts(evidence):
        problem = _impossible(evidence, look)
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
    """What is far shows in the values of all rows, so that it does not come and go with the rows that test; the target
    plays no part. Only the bounds that a step applies are learned from the training rows.
    """
    for look in _amounts(evidence):
        if look.far and not _is_limited(evidence, look.name):
            values = evidence.repaired(look.name)
            low, high = _ends(values)
            with np.errstate(invalid="ignore"):
                far = np.isfinite(values) & ((values < low) | (values > high))
            if far.any():
                training = values[evidence.at]
                others = training[np.isfinite(training) & ~far[evidence.at]]
                if others.size:
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
            f"The others go from {_both(float(others.min()), float(others.max()))}."
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


def _both(low: float, high: float) -> str:
    """Two ends in one way: where one has a mark for thousands, the other has it, too."""
    said = (spoken(low), spoken(high))
    marked = any("," in text for text in said)
    return " to ".join(
        f"{round(end):,}" if marked and abs(end) >= 1_000 else text for end, text in zip((low, high), said, strict=True)
    )


def _is_limited(evidence: Evidence, name: str) -> bool:
    """Whether a step limits a column already."""
    return any(step.kind == Clip.kind and name in step.columns for step in evidence.recipe.steps)


def _amounts(evidence: Evidence) -> list[Look]:
    return [evidence.looks[name] for name in evidence.features if evidence.is_number(name)]


def _stand_ins(evidence: Evidence, values: tuple[float, ...], rows_of: dict[Look, tuple[int, ...]]) -> Finding:
    """The same ``values`` in one or more columns; ``rows_of`` holds how many rows of each column have each of them."""
    columns = tuple(look.name for look in rows_of)
    evidences = tuple((look.name, _with_rows(values, rows)) for look, rows in rows_of.items())
    named = " and ".join(f"{value:.15g}" for value in values)
    where = listed(columns) if len(columns) <= _NAMED else f"{len(columns):,} columns, such as '{columns[0]}',"
    said = f"In {where}{'' if where.endswith(',') else ','} {evidences[0][1] if len(columns) == 1 else named}"
    may_be_none = values == (0.0,)
    if may_be_none:
        said += " stands apart from all other values: none, or not known?"
    else:
        said += f" {'seems' if len(values) == 1 else 'seem'} to stand for a missing value."
    return Finding(
        key=key_of("stand-in", columns),
        severity="note" if may_be_none else "warning",
        sentence=said,
        why=_why_stand_in(values),
        columns=columns,
        evidence=evidences if len(columns) > 1 else (),
        rows=_rows_where(evidence, columns, values),
        fixes=(Fix("Take as missing", ValuesToMissing(columns, values)),),
    )


def _with_rows(values: tuple[float, ...], rows: tuple[int, ...]) -> str:
    return " and ".join(
        f"{value:.15g} ({count:,} {'row' if count == 1 else 'rows'})" for value, count in zip(values, rows, strict=True)
    )


def _why_stand_in(values: tuple[float, ...]) -> str:
    if values == (0.0,):
        return (
            "No other value is anywhere near zero, as it would be if some simply had little of it. As a number, a "
            "zero that stands for a missing value would bend the whole column. Where it is really none, all is well."
        )
    return (
        "Again and again the same, away from every other value, as such codes are: as a number it would bend the "
        "whole column."
    )


def _impossible(evidence: Evidence, look: Look) -> Finding | None:
    """A few negative values where the name allows none; an age beyond 120; zeros where nobody has none.

    Where many values are so, the column is in another unit, or another thing than its name says.
    """
    if never_negative(look.name) and 0 < look.negative <= _FEW * look.known:
        step = ValuesToMissing((look.name,), (), below=0.0)
    elif names_an_age(look.name) and look.upper <= OLDEST < look.high and look.distinct > 2:
        step = ValuesToMissing((look.name,), (), above=OLDEST)
    elif _cannot_be_zero(look):
        step = ValuesToMissing((look.name,), (0.0,))
    else:
        return None
    rows = _rows_concerned(evidence.repaired(look.name), step)
    count = f"{rows.size:,} {'value' if rows.size == 1 else 'values'} of '{look.name}'"
    if step.values:
        said = f"'{look.name}' is zero in {rows.size:,} {'row' if rows.size == 1 else 'rows'}"
    else:
        said = f"{count} below zero" if step.above is None else f"{count} above {OLDEST}, up to {spoken(look.high)}"
    return Finding(
        key=key_of("impossible", (look.name,)),
        severity="warning",
        sentence=f"{said}: that cannot be.",
        why="Judged by the column's name. Such values are typing mistakes or stand for something else.",
        columns=(look.name,),
        rows=tuple(int(row) for row in rows[:_SHOWN_ROWS]),
        fixes=(Fix("Take as missing", step),),
    )


def _rows_concerned(values: FloatArray, step: ValuesToMissing) -> npt.NDArray[np.intp]:
    """Places of the ``values`` (n,) that a step takes as missing."""
    low = -np.inf if step.below is None else step.below
    high = np.inf if step.above is None else step.above
    with np.errstate(invalid="ignore"):
        gone = np.isin(values, step.values) | (values < low) | (values > high)
    return np.flatnonzero(gone & np.isfinite(values))


def _cannot_be_zero(look: Look) -> bool:
    some = 0 < look.zeros <= _MOST_ZEROS * look.known
    return never_zero(look.name) and some and look.zeros_apart and not look.values


def _ends(values: FloatArray) -> tuple[float, float]:
    """Between which nothing of ``values`` (n,) stands apart, as short numbers; infinite where there is no end."""
    ordered = np.sort(values[np.isfinite(values)])
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


def _rows_where(evidence: Evidence, columns: tuple[str, ...], values: tuple[float, ...]) -> tuple[int, ...]:
    at = np.flatnonzero(np.any([np.isin(_values(evidence, name), values) for name in columns], axis=0))
    return tuple(int(row) for row in at[:_SHOWN_ROWS])


def _values(evidence: Evidence, name: str) -> np.ndarray:
    """The column as it is in the table; all missing where the table has no such numbers."""
    if name not in evidence.frame.columns or not np.issubdtype(evidence.frame[name].to_numpy().dtype, np.number):
        return np.full(len(evidence.frame), np.nan)
    return np.asarray(evidence.frame[name].to_numpy(dtype=np.float64, na_value=np.nan))
