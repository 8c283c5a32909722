"""Columns that are mostly empty, and gaps that themselves say something about the target."""

from __future__ import annotations

import math
from collections.abc import Iterator

from logreg_core.features.alone import Alone
from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, key_of, one_or_many
from logreg_core.features.findings.look import Look
from logreg_core.features.steps import BLANK, BlankMeans, FlagMissing, LeaveOut
from logreg_core.features.targets import BLANK_IS_NO
from logreg_core.features.values import cut_short

MOSTLY_MISSING = 0.5
P_VALUE = 0.01
MIN_ROWS = 20
MIN_DIFFERENCE = 0.05
MIN_ODDS_RATIO = 1.5
_SHOWN = 30
_FEW_EXPECTED = 5


def ticks(evidence: Evidence) -> Iterator[Finding]:
    """Columns of one value or none, such as a tick: usable once it is said what the gaps mean.

    Whether that is worth doing shows in the rates; whether a gap means no, only the user can know.
    """
    looks = [look for look in evidence.open_looks if evidence.is_tick(look.name)]
    meanings = {look.name: BLANK_IS_NO.get(look.only.casefold(), BLANK) for look in looks}
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
    return f": {percent(present)} of the rows with it are {evidence.event}, {percent(missing)} of those without"


def _one_or_none(look: Look) -> str:
    cut = cut_short(look.only, _SHOWN)
    return f"'{cut}' in {look.known:,} rows and nothing in {look.missing:,}"


def mostly_missing(evidence: Evidence) -> Iterator[Finding]:
    """Features that are missing in more than half of the rows: apart from the others those whose gaps tell.

    Of those the gaps may be the best there is: to show them to the model comes before leaving them out.
    """
    seen = _seen_already(evidence)
    heavy = [evidence.looks[name] for name in evidence.features if name not in seen]
    heavy = [look for look in heavy if look.distinct > 1 and look.missing > MOSTLY_MISSING * look.rows]
    telling = set(_telling(evidence)) if evidence.recipe.missing == "fill" else set()
    for tells in (True, False):
        looks = [look for look in heavy if (look.name in telling) == tells]
        if looks:
            yield _mostly_missing(evidence, looks, tells=tells)


def _mostly_missing(evidence: Evidence, looks: list[Look], *, tells: bool) -> Finding:
    columns = tuple(look.name for look in looks)
    one = f"is missing in {looks[0].missing / looks[0].rows:.0%} of the rows"
    many = "are missing in more than half of the rows"
    if tells:
        one += f", and that says something: {_rates(evidence, evidence.alone[columns[0]])}"
        many += ", and that says something about the target"
    said = [f"{look.missing:,} of {look.rows:,} missing" for look in looks]
    if tells:
        said = [f"{text}; {_rates(evidence, evidence.alone[name])}" for name, text in zip(columns, said, strict=True)]
    fixes = (Fix("Leave out", LeaveOut(columns, because="mostly missing")), *_flag(evidence, columns))
    return Finding(
        key=key_of("mostly missing, telling" if tells else "mostly missing", columns),
        severity="warning",
        sentence=one_or_many(columns, f"{one}.", f"{many}."),
        why="Most of what the model would learn from is then the value filled in"
        + (", while what the gaps tell would be lost to it." if tells else "."),
        columns=columns,
        evidence=tuple(zip(columns, said, strict=True)),
        fixes=fixes[::-1] if tells else fixes,
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
    columns = _telling(evidence)
    fixes = _flag(evidence, columns) if columns else ()
    if not fixes:
        return
    yield Finding(
        key=key_of("telling gaps", columns),
        severity="note",
        sentence=one_or_many(
            columns,
            f"says something by being missing: {_rates(evidence, evidence.alone[columns[0]])}.",
            "say something about the target by being missing.",
        ),
        why=(
            f"Chance alone makes so large a difference in fewer than one of {1 / P_VALUE:.0f} tables. Filled in "
            "silently, it would be lost to the model."
        ),
        columns=columns,
        evidence=tuple((name, _rates(evidence, evidence.alone[name])) for name in columns),
        fixes=fixes,
    )


def _telling(evidence: Evidence) -> tuple[str, ...]:
    """Features whose gaps the model does not see, of those that have any the ones whose gaps tell."""
    seen = _seen_already(evidence)
    with_gaps = [name for name in evidence.features if evidence.alone[name].missing and name not in seen]
    return tuple(name for name in with_gaps if _tells(evidence.alone[name], len(with_gaps)))


def _rates(evidence: Evidence, alone: Alone) -> str:
    missing, present = _shares(alone)
    return f"{percent(missing)} of the rows without it are {evidence.event}, {percent(present)} of the others"


def percent(share: float) -> str:
    """A share in whole percent, small ones to two digits: "30%", "0.42%"."""
    return f"{100 * share:.2g}%" if 0 < share < 0.1 else f"{share:.0%}"


def _shares(alone: Alone) -> tuple[float, float]:
    present = alone.rows - alone.missing
    return alone.missing_positive / alone.missing, (alone.positive - alone.missing_positive) / max(1, present)


def _tells(alone: Alone, columns: int) -> bool:
    """Of many columns some differ by chance: the limit is shared among them (Bonferroni)."""
    known = alone.rows - alone.missing
    return min(alone.missing, known) >= MIN_ROWS and differ(
        (alone.missing_positive, alone.missing), (alone.positive - alone.missing_positive, known), P_VALUE / columns
    )


def differ(one: tuple[int, int], other: tuple[int, int], limit: float) -> bool:
    """Whether two shares, each (positive, rows), differ enough to matter, and by more than chance in ``limit``.

    Of a rare class no share can differ by many points, so there the ratio of the odds counts.
    """
    (a, n), (b, m) = one, other
    points = abs(a / n - b / m)
    # Half a row more in each cell: without, no row of a class makes a ratio without end (Haldane 1956, Anscombe 1956).
    ratio = (a + 0.5) * (m - b + 0.5) / ((b + 0.5) * (n - a + 0.5))
    matters = points >= MIN_DIFFERENCE or max(ratio, 1 / ratio) >= MIN_ODDS_RATIO
    return matters and p_value(one, other) < limit


def p_value(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Chance of two shares, each (positive, rows), that differ as much: Pearson's test (one degree, no correction).

    Fisher's exact test where fewer than five rows are to be expected in a cell.
    """
    (a, n), (b, m) = one, other
    expected = [part * kind / (n + m) for part in (n, m) for kind in (a + b, n + m - a - b)]
    if min(expected) <= 0:
        return 1.0
    if min(expected) < _FEW_EXPECTED:
        from scipy.stats import fisher_exact

        return float(fisher_exact([[a, n - a], [b, m - b]]).pvalue)
    # In a table of two by two all four cells differ from their expectation by the same amount.
    statistic = (a - expected[0]) ** 2 * sum(1 / each for each in expected)
    return math.erfc(math.sqrt(statistic / 2))
