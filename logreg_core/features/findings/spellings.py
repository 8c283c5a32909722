"""Levels that are the same word, written with other capitals or spaces."""

from __future__ import annotations

from collections.abc import Iterator

from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, key_of, one_or_many
from logreg_core.features.findings.kinds import MOSTLY_DIFFERENT
from logreg_core.features.findings.look import Look
from logreg_core.features.steps import OneSpelling
from logreg_core.features.values import cut_short

_SHOWN = 30


def find(evidence: Evidence) -> Iterator[Finding]:
    """Categories of which some levels differ by capitals or spaces only."""
    looks = [evidence.looks[name] for name in evidence.features]
    looks = [look for look in looks if look.alike and look.distinct < MOSTLY_DIFFERENT * look.known]
    if not looks:
        return
    columns = tuple(look.name for look in looks)
    yield Finding(
        key=key_of("spellings", columns),
        severity="warning",
        sentence=one_or_many(
            columns,
            f"has levels that differ by capitals or spaces only: {_spoken(looks[0])}.",
            "have levels that differ by capitals or spaces only.",
        ),
        why="The model learns a weight for each spelling, from fewer rows each. If they mean the same, count them as "
        "one: the most frequent spelling of the training rows.",
        columns=columns,
        evidence=tuple((look.name, _spoken(look)) for look in looks),
        fixes=(Fix("Count them as one", OneSpelling(columns)),),
    )


def _spoken(look: Look) -> str:
    return ", ".join(
        f"'{cut_short(level, _SHOWN)}' ({rows:,} {'row' if rows == 1 else 'rows'})" for level, rows in look.alike
    )
