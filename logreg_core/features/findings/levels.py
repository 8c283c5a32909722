"""Levels with rows of one class only, whose weights have no end, and rare levels, which say little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from logreg_core.features.columns import MAX_LEVELS
from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, key_of, one_or_many
from logreg_core.features.findings.look import Look
from logreg_core.features.steps import GroupLevels, LeaveOut
from logreg_core.features.steps.group_levels import MIN_ROWS
from logreg_core.features.targets import class_names
from logreg_core.features.values import cut_short, finite

_SHOWN = 30
_SHOWN_ROWS = 20


@dataclass(frozen=True)
class _Counts:
    """Rows of each level of a column, and those of the positive class, among the rows set against the target.

    The most frequent level first; of equally frequent ones the first in the alphabet.
    """

    rows: pd.Series
    positive: pd.Series

    @property
    def one_sided(self) -> list[str]:
        """Levels with rows of one class only, the most frequent first."""
        pure = (self.positive == 0) | (self.positive == self.rows)
        return [str(level) for level in self.rows[pure].index]


def one_sided(evidence: Evidence) -> Iterator[Finding]:
    """Categories, and numbers of two values, with a level of one class only."""
    for look in _with_levels(evidence, two_valued_numbers=True):
        counts = _count(evidence, look.name)
        if counts is not None and counts.one_sided and len(counts.rows) > 1:
            yield _one_sided(evidence, look.name, counts)


def rare(evidence: Evidence) -> Iterator[Finding]:
    """Categories with other levels of few rows."""
    found = []
    for look in _with_levels(evidence, two_valued_numbers=False):
        levels, rows = _rare_levels(evidence, look)
        if levels and look.distinct > 2:
            found.append((look.name, levels, rows))
    if not found:
        return
    columns = tuple(name for name, _, _ in found)
    levels = found[0][1]
    yield Finding(
        key=key_of("rare levels", columns),
        severity="note",
        sentence=one_or_many(
            columns,
            f"has {levels:,} {'level' if levels == 1 else 'levels'} of fewer than {MIN_ROWS} rows.",
            f"have levels of fewer than {MIN_ROWS} rows.",
        ),
        why="A weight learned from so few rows is mostly chance.",
        columns=columns,
        evidence=tuple((name, f"{levels:,} levels, {rows:,} rows together") for name, levels, rows in found),
        fixes=(Fix("Put rare levels together", GroupLevels(columns, MIN_ROWS)),),
    )


def _with_levels(evidence: Evidence, *, two_valued_numbers: bool) -> list[Look]:
    """Features whose values have a weight each, but for those whose levels a step has put together.

    After that they may still be fewer than ten.
    """
    looks = [evidence.looks[name] for name in evidence.features]
    looks = [look for look in looks if 2 <= look.distinct <= MAX_LEVELS and look.rows >= 10 * MIN_ROWS]
    looks = [look for look in looks if not look.written_numbers and not _grouped(evidence, look.name)]
    as_categories = set(evidence.recipe.as_categories)
    return [
        look
        for look in looks
        if look.kind == "category"
        or (look.kind == "number" and (look.name in as_categories or (two_valued_numbers and look.distinct == 2)))
    ]


def _rare_levels(evidence: Evidence, look: Look) -> tuple[int, int]:
    """Levels of fewer than ten rows, and their rows together."""
    if look.kind == "category" or look.name not in evidence.frame.columns:
        return look.rare_levels, look.rare_rows
    counts = finite(evidence.frame[look.name]).value_counts()
    few = counts[counts < MIN_ROWS]
    return len(few), int(few.sum())


def _count(evidence: Evidence, name: str) -> _Counts | None:
    """None for a column that a step has made."""
    if name not in evidence.frame.columns:
        return None
    names = class_names(finite(evidence.column(name).iloc[evidence.at]))
    codes, levels = np.asarray(names.codes), list(names.categories)
    known = codes >= 0
    rows = np.bincount(codes[known], minlength=len(levels))
    positive = np.bincount(codes[known & (evidence.y == 1)], minlength=len(levels))
    counts = pd.DataFrame({"rows": rows, "positive": positive}, index=levels)
    counts = counts[counts["rows"] > 0].sort_index().sort_values("rows", ascending=False, kind="stable")
    return _Counts(counts["rows"], counts["positive"])


def _one_sided(evidence: Evidence, name: str, counts: _Counts) -> Finding:
    levels = counts.one_sided
    first, rows = levels[0], int(counts.rows[levels[0]])
    cut = cut_short(first, _SHOWN)
    said = _of_one_class(evidence, cut, rows, event=bool(counts.positive[first]))
    more = f", and {len(levels) - 1} more levels are of one class" if len(levels) > 2 else ""
    more = ", and 1 more level is of one class" if len(levels) == 2 else more
    at = np.flatnonzero(class_names(finite(evidence.column(name))) == first)[:_SHOWN_ROWS]
    return Finding(
        key=key_of("level of one class", (name,)),
        severity="warning",
        sentence=f"In '{name}', {said}{more}.",
        why="With no row of the other class, its weight grows without end, and training with it. Together with other "
        "levels it can be learned; or hold the weights back (ridge) on the Train page.",
        columns=(name,),
        evidence=tuple(
            (level, f"{counts.positive[level]:,} of {counts.rows[level]:,} rows are {evidence.event}")
            for level in levels
        ),
        rows=tuple(int(row) for row in at),
        fixes=_cures(name, counts),
    )


def _of_one_class(evidence: Evidence, level: str, rows: int, *, event: bool) -> str:
    """That the ``rows`` of a level are all of one class: by its name, or none of the event where that is several."""
    prepared, word = evidence.prepared, f"{evidence.rows_word} of '{level}'"
    rest = prepared.negative if prepared is not None else ""
    has_name = bool(rest) and rest != f"not {evidence.recipe.positive}"
    named = evidence.event if event else f"{evidence.recipe.target} = {rest}"
    if rows == 1:
        return f"the only row of '{level}' is {named if event or has_name else f'not {evidence.event}'}"
    if event or has_name:
        return f"{'both' if rows == 2 else f'all {rows:,}'} {word} are {named}"
    return f"{'neither of the two' if rows == 2 else f'none of the {rows:,}'} {word} is {evidence.event}"


def _cures(name: str, counts: _Counts) -> tuple[Fix, ...]:
    """Put levels together so that those of one class have company of the other; where that cannot be, leave it out.

    Levels are put together from the rarest up: the rare ones, or as many more as it takes.
    """
    out = Fix("Leave out", LeaveOut((name,), because="has rows of one class only in a level"))
    frequent = int((counts.rows >= MIN_ROWS).sum())
    kept = min(frequent, list(counts.rows.index).index(counts.one_sided[0]))
    while kept > 0 and not _both_classes(counts, kept):
        kept -= 1
    if not kept:
        return (out,)
    if kept == frequent:
        return (Fix("Put rare levels together", GroupLevels((name,), MIN_ROWS)),)
    if kept == frequent - 1 and counts.rows[counts.one_sided[0]] < MIN_ROWS:
        return (Fix("Put it with the next rarest level", GroupLevels((name,), MIN_ROWS, kept)),)
    most = "most frequent" if kept == 1 else f"{kept:,} most frequent"
    return (Fix(f"Put all but the {most} together", GroupLevels((name,), MIN_ROWS, kept)), out)


def _both_classes(counts: _Counts, kept: int) -> bool:
    """Whether all but the ``kept`` most frequent levels together have rows of both classes, and those kept too."""
    rows, positive = int(counts.rows.iloc[kept:].sum()), int(counts.positive.iloc[kept:].sum())
    return 0 < positive < rows


def _grouped(evidence: Evidence, name: str) -> bool:
    return any(step.kind == GroupLevels.kind and name in step.columns for step in evidence.recipe.steps)
