"""Features that say the same as another one in other words or on another scale: "sex" and its code, inches and cm.

Columns that are equal cell by cell are found by ``identity.duplicate_columns``.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from logreg_core.features.columns import MAX_LEVELS
from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, key_of
from logreg_core.features.findings.look import Look
from logreg_core.features.findings.rounded_units import rounded_pairs
from logreg_core.features.steps import LeaveOut

_MOST_COMPARED = 200
_SAME = 1e-9
"""Largest distance from a line through two columns, as a share of the range, which rounding of floats explains."""


def find(evidence: Evidence) -> Iterator[Finding]:
    """Features whose values go with those of an earlier one, each with one, or lie on a line with them, or nearly."""
    alike: dict[tuple[float, ...], list[str]] = {}
    pairs, compared = [], 0
    for look in _as_in_the_table(evidence):
        earlier = alike.setdefault(_mark(evidence, look), [])
        for name in earlier:
            if compared >= _MOST_COMPARED:
                break
            compared += 1
            how = _how_alike(evidence, name, look.name)
            if how:
                pairs.append((look.name, name, how))
                break
        else:
            earlier.append(look.name)
    copied = {copy for copy, _, _ in pairs}
    amounts = [
        look.name
        for look in _as_in_the_table(evidence)
        if look.distinct > MAX_LEVELS and evidence.is_number(look.name) and look.name not in copied
    ]
    pairs += [(*pair, "in another unit, but for rounding") for pair in rounded_pairs(evidence.frame, amounts)]
    if not pairs:
        return
    copies = tuple(copy for copy, _, _ in pairs)
    copy, original, how = pairs[0]
    yield Finding(
        key=key_of("says the same", copies),
        severity="warning",
        sentence=f"'{copy}' says the same as '{original}' {how}."
        if len(pairs) == 1
        else f"{len(pairs):,} columns say the same as another one, in other words or on another scale.",
        why="Of two such columns one follows from the other in every row: they share one weight in a way nobody can "
        "read, and nothing is lost without one of them.",
        columns=copies,
        evidence=tuple((name, f"the same as '{other}' {said}") for name, other, said in pairs),
        fixes=(
            Fix(
                "Leave out the second one" if len(pairs) == 1 else "Leave out the second ones",
                LeaveOut(copies, because="says the same as another column"),
            ),
        ),
    )


def _as_in_the_table(evidence: Evidence) -> Iterator[Look]:
    """Numbers and categories that vary and that no step has changed."""
    repaired = {name for step in evidence.recipe.steps for name in step.columns}
    for name in evidence.features:
        look = evidence.looks[name]
        if name not in evidence.frame.columns or name in repaired or look.distinct < 2:
            continue
        if evidence.is_number(name) or look.distinct <= MAX_LEVELS:
            yield look


def _mark(evidence: Evidence, look: Look) -> tuple[float, ...]:
    """What two columns that say the same have in common; few others do, so that few are compared."""
    mark = (look.missing, look.distinct, round(look.agree, 12))
    if look.distinct <= MAX_LEVELS:
        return mark
    auc = evidence.alone[look.name].auc
    return (*mark, -1.0 if np.isnan(auc) else round(auc, 9))


def _how_alike(evidence: Evidence, first: str, second: str) -> str:
    """How the second column says what the first does; empty where it does not."""
    if evidence.is_number(first) and evidence.is_number(second):
        values = [
            evidence.frame[name].to_numpy(dtype=np.float64, na_value=np.nan, copy=False) for name in (first, second)
        ]
        return "on another scale" if _on_a_line(*values) else ""
    codes = [pd.factorize(evidence.frame[name], use_na_sentinel=False)[0] for name in (first, second)]
    kinds = int(codes[0].max()) + 1
    paired = codes[0].astype(np.int64) * (int(codes[1].max()) + 1) + codes[1]
    return "in other words" if kinds == codes[1].max() + 1 and len(pd.unique(paired)) == kinds else ""


def _on_a_line(first: np.ndarray, second: np.ndarray) -> bool:
    """Whether one of two numbers (n,) is the other times a factor, plus something; gaps have to be in the same rows."""
    known = np.isfinite(first)
    if not np.array_equal(known, np.isfinite(second)) or known.sum() < 2:
        return False
    first, second = first[known], second[known]
    low, high = int(first.argmin()), int(first.argmax())
    with np.errstate(over="ignore", invalid="ignore"):
        factor = (second[high] - second[low]) / (first[high] - first[low])
        off = np.abs(second[low] + factor * (first - first[low]) - second).max()
        return bool(factor != 0 and off <= _SAME * np.ptp(second))
