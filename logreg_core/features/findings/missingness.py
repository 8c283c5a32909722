"""Columns that are mostly empty, and gaps that themselves say something about the target."""

from __future__ import annotations

import math
from collections.abc import Iterator

from logreg_core.features.alone import Alone
from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, key_of, one_or_many
from logreg_core.features.findings.look import Look
from logreg_core.features.steps import BLANK, BlankMeans, FlagMissing, LeaveOut
from logreg_core.features.values import cut_short

MOSTLY_MISSING = 0.5
P_VALUE = 0.01
MIN_ROWS = 20
MIN_DIFFERENCE = 0.05
_NO = {
    **dict.fromkeys(("x", "yes", "y", "✓", "✔", "✗", "☑", "☒", "tick", "checked"), "no"),
    **{"true": "false", "t": "f", "1": "0", "ja": "nein", "j": "n", "oui": "non", "o": "n", "si": "no", "sí": "no"},
}
_SHOWN = 30


def ticks(evidence: Evidence) -> Iterator[Finding]:
    """Columns of one value or none, such as a tick: usable once it is said what the gaps mean.

    Whether that is worth doing shows in the rates; whether a gap means no, only the user can know.
    """
    looks = [look for look in evidence.open_looks if evidence.is_tick(look.name)]
    meanings = {look.name: _NO.get(look.only.casefold(), BLANK) for look in looks}
    for level in dict.fromkeys(meanings.values()):
        alike = [look for look in looks if meanings[look.name] == level]
        columns = tuple(look.name for look in alike)
        telling = [name for name in columns if _tells(evidence.alone[name], len(looks))]
        said = _one_or_none(alike[0]) + (_rates_of_ticks(evidence, columns[0]) if columns[0] in telling else "")
        yield Finding(
            key=key_of("tick", columns),
            severity="warning" if telling else "note",
            sentence=one_or_many(columns, f"holds {said}.", "hold one value or nothing."),
            why="No model can use it while an empty cell counts as missing. "
            + ("It can be a level of its own." if level == BLANK else f"If it means '{level}', say so."),
            columns=columns,
            evidence=tuple((look.name, _one_or_none(look)) for look in alike),
            fixes=(
                Fix("Take empty as a level" if level == BLANK else f"Empty means {level}", BlankMeans(columns, level)),
            ),
        )


def _rates_of_ticks(evidence: Evidence, name: str) -> str:
    missing, present = _shares(evidence.alone[name])
    return f": {present:.0%} of the rows with it are {evidence.event}, {missing:.0%} of those without"


def _one_or_none(look: Look) -> str:
    cut = cut_short(look.only, _SHOWN)
    return f"'{cut}' in {look.known:,} rows and nothing in {look.missing:,}"


def mostly_missing(evidence: Evidence) -> Iterator[Finding]:
    """Features that are missing in more than half of the rows."""
    heavy = [evidence.looks[name] for name in evidence.features]
    seen = _seen_already(evidence)
    heavy = [
        look
        for look in heavy
        if look.distinct > 1 and look.missing > MOSTLY_MISSING * look.rows and look.name not in seen
    ]
    if heavy:
        columns = tuple(look.name for look in heavy)
        share = heavy[0].missing / heavy[0].rows
        yield Finding(
            key=key_of("mostly missing", columns),
            severity="warning",
            sentence=one_or_many(
                columns,
                f"is missing in {share:.0%} of the rows.",
                "are missing in more than half of the rows.",
            ),
            why="Most of what the model would learn from is then the value filled in.",
            columns=columns,
            evidence=tuple((look.name, f"{look.missing:,} of {look.rows:,} missing") for look in heavy),
            fixes=(Fix("Leave out", LeaveOut(columns, because="mostly missing")), *_flag(evidence, columns)),
        )


def _flag(evidence: Evidence, columns: tuple[str, ...]) -> tuple[Fix, ...]:
    """The fix that shows gaps to the model, unless it sees them already."""
    seen = _seen_already(evidence)
    left = tuple(name for name in columns if name not in seen)
    return (Fix("Let the model see the gaps", FlagMissing(left)),) if left and evidence.recipe.missing == "fill" else ()


def _seen_already(evidence: Evidence) -> set[str]:
    """Columns whose gaps a step shows to the model."""
    return {name for step in evidence.recipe.steps if step.kind == FlagMissing.kind for name in step.columns}


def telling(evidence: Evidence) -> Iterator[Finding]:
    """Features whose rates differ between rows with and without a value."""
    seen = _seen_already(evidence)
    with_gaps = [name for name in evidence.features if evidence.alone[name].missing and name not in seen]
    found = []
    for name in with_gaps:
        alone = evidence.alone[name]
        if _tells(alone, len(with_gaps)):
            found.append((name, alone))
    columns = tuple(name for name, _ in found)
    fixes = _flag(evidence, columns) if columns else ()
    if not fixes:
        return
    yield Finding(
        key=key_of("telling gaps", columns),
        severity="note",
        sentence=one_or_many(
            columns,
            f"says something by being missing: {_rates(evidence, found[0][1])}.",
            "say something about the target by being missing.",
        ),
        why=(
            f"The shares differ by more than chance would make of them in one of {1 / P_VALUE:.0f} tables, and by "
            f"at least {100 * MIN_DIFFERENCE:.0f} points of 100. Filled in silently, that would be lost."
        ),
        columns=columns,
        evidence=tuple((name, _rates(evidence, alone)) for name, alone in found),
        fixes=fixes,
    )


def _rates(evidence: Evidence, alone: Alone) -> str:
    missing, present = _shares(alone)
    return f"{missing:.0%} of the rows without it are {evidence.event}, {present:.0%} of the others"


def _shares(alone: Alone) -> tuple[float, float]:
    present = alone.rows - alone.missing
    return alone.missing_positive / alone.missing, (alone.positive - alone.missing_positive) / max(1, present)


def _tells(alone: Alone, columns: int) -> bool:
    """Of many columns some differ by chance: the limit is shared among them (Bonferroni)."""
    return _differs(alone) and p_value(alone) < P_VALUE / columns


def _differs(alone: Alone) -> bool:
    missing, present = _shares(alone)
    return min(alone.missing, alone.rows - alone.missing) >= MIN_ROWS and abs(missing - present) >= MIN_DIFFERENCE


def p_value(alone: Alone) -> float:
    """Pearson's chi-squared test (one degree of freedom, no correction) of missing against class."""
    rows, missing, positive = alone.rows, alone.missing, alone.positive
    expected = [m * p / rows for m in (missing, rows - missing) for p in (positive, rows - positive)]
    if min(expected) <= 0:
        return 1.0
    # In a table of two by two all four cells differ from their expectation by the same amount.
    difference = alone.missing_positive - expected[0]
    statistic = difference**2 * sum(1 / each for each in expected)
    return math.erfc(math.sqrt(statistic / 2))
