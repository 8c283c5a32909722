"""Rare levels of a category: those of one class only, whose weights have no end, and those that say little."""

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
from logreg_core.features.values import finite

_SHOWN = 30
_SHOWN_ROWS = 20


@dataclass(frozen=True)
class _Counts:
    """Rows of each level of a column, and those of the positive class, among the rows set against the target."""

    rows: pd.Series
    positive: pd.Series

    @property
    def rare(self) -> pd.Series:
        """For each level whether it is rare: True or False."""
        return self.rows < MIN_ROWS

    @property
    def one_sided(self) -> list[str]:
        """Rare levels with rows of one class only, the most frequent first."""
        pure = self.rare & ((self.positive == 0) | (self.positive == self.rows))
        return [str(level) for level in self.rows[pure].sort_values(ascending=False, kind="stable").index]


def find(evidence: Evidence) -> Iterator[Finding]:
    """Rare levels of one class only, column by column; then all columns with other rare levels in one finding."""
    looks = [evidence.looks[name] for name in evidence.features]
    looks = [look for look in looks if look.kind == "category" and look.rare_levels and not look.written_numbers]
    looks = [look for look in looks if look.distinct <= MAX_LEVELS and look.distinct > 2 and look.rows >= 10 * MIN_ROWS]
    # After they are put together, they may still be fewer than ten.
    looks = [look for look in looks if not _grouped(evidence, look.name)]
    said = set()
    for look in looks:
        counts = _count(evidence, look.name)
        if counts is not None and counts.one_sided:
            said.add(look.name)
            yield _one_sided(evidence, look.name, counts)
    others = [look for look in looks if look.name not in said]
    if others:
        yield _rare(others)


def _count(evidence: Evidence, name: str) -> _Counts | None:
    """None for a column that a step has made."""
    if name not in evidence.frame.columns:
        return None
    names = class_names(finite(evidence.frame[name].iloc[evidence.at]))
    codes, levels = np.asarray(names.codes), list(names.categories)
    known = codes >= 0
    rows = np.bincount(codes[known], minlength=len(levels))
    positive = np.bincount(codes[known & (evidence.y == 1)], minlength=len(levels))
    counts = pd.DataFrame({"rows": rows, "positive": positive}, index=levels)
    counts = counts[counts["rows"] > 0]
    return _Counts(counts["rows"], counts["positive"])


def _one_sided(evidence: Evidence, name: str, counts: _Counts) -> Finding:
    levels = counts.one_sided
    where = "training rows" if evidence.prepared is not None else "rows"
    first, rows = levels[0], int(counts.rows[levels[0]])
    cut = first[:_SHOWN] + ("…" if len(first) > _SHOWN else "")
    event = evidence.event if counts.positive[first] else f"not {evidence.event}"
    said = f"the only row of '{cut}' is {event}" if rows == 1 else f"all {rows} {where} of '{cut}' are {event}"
    more = f", and {len(levels) - 1} more rare levels are of one class" if len(levels) > 2 else ""
    more = ", and 1 more rare level is of one class" if len(levels) == 2 else more
    at = np.flatnonzero(class_names(finite(evidence.frame[name])) == first)[:_SHOWN_ROWS]
    return Finding(
        key=key_of("level of one class", (name,)),
        severity="warning",
        sentence=f"In '{name}', {said}{more}.",
        why="With no row of the other class, its weight grows without end, and training with it. Together with other "
        "levels it can be learned.",
        columns=(name,),
        evidence=tuple(
            (level, f"{counts.positive[level]:,} of {counts.rows[level]:,} rows are {evidence.event}")
            for level in levels
        ),
        rows=tuple(int(row) for row in at),
        fixes=(_cure(name, counts),),
    )


def _cure(name: str, counts: _Counts) -> Fix:
    """Put the rare levels together; with the rarest of the others, too, where they alone would be of one class."""
    rows, positive = int(counts.rows[counts.rare].sum()), int(counts.positive[counts.rare].sum())
    if 0 < positive < rows:
        return Fix("Put rare levels together", GroupLevels((name,), MIN_ROWS))
    frequent = int((~counts.rare).sum())
    if frequent > 1:
        return Fix("Put it with the next rarest level", GroupLevels((name,), MIN_ROWS, frequent - 1))
    return Fix("Leave out", LeaveOut((name,), because="has rows of one class only in a level"))


def _rare(looks: list[Look]) -> Finding:
    columns = tuple(look.name for look in looks)
    first = looks[0]
    level = "level" if first.rare_levels == 1 else "levels"
    return Finding(
        key=key_of("rare levels", columns),
        severity="note",
        sentence=one_or_many(
            columns,
            f"has {first.rare_levels:,} {level} of fewer than {MIN_ROWS} rows.",
            f"have levels of fewer than {MIN_ROWS} rows.",
        ),
        why="A weight learned from so few rows is mostly chance.",
        columns=columns,
        evidence=tuple((look.name, f"{look.rare_levels:,} levels, {look.rare_rows:,} rows together") for look in looks),
        fixes=(Fix("Put rare levels together", GroupLevels(columns, MIN_ROWS)),),
    )


def _grouped(evidence: Evidence, name: str) -> bool:
    return any(step.kind == GroupLevels.kind and name in step.columns for step in evidence.recipe.steps)
