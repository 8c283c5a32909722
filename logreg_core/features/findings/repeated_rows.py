"""Rows that repeat others, and copies that would stand in the training and in the test rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from logreg_core.features.findings.equal_rows import (
    Hashes,
    hashes_of_rows,
    more_than_chance,
    outside_of_large_groups,
)
from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, Severity, key_of
from logreg_core.features.findings.identity import numbers_the_rows
from logreg_core.features.findings.look import Look, look_at
from logreg_core.features.names import names_an_identifier
from logreg_core.features.steps import ALL_COLUMNS, DropDuplicates

_SHOWN_ROWS = 20
_NEARLY_ALL = 0.95
_FEW, _MANY = 0.01, 0.05


def find(evidence: Evidence) -> Iterator[Finding]:
    """Rows equal in all columns, apart from those that name the row; not where chance alone makes equal rows."""
    if any(step.kind == DropDuplicates.kind for step in evidence.recipe.steps):
        return
    # Rows are compared as they are in the table: a column left out by a step makes nobody another customer.
    looks = [evidence.look_before_steps(name) for name in evidence.frame.columns]
    ignored = tuple(look.name for look in looks if look.name != evidence.recipe.target and _names_the_row(look))
    repeated = evidence.repeated(ignored)
    count = int(repeated.sum())
    if not count:
        return
    compared = [look for look in looks if look.name not in ignored]
    compared.sort(key=lambda look: look.name != evidence.recipe.target)
    hashes = hashes_of_rows(evidence.frame, compared)
    known = evidence.memory.are_copies
    if ignored not in known:
        known[ignored] = more_than_chance(evidence.frame, compared, hashes) or _among_others(evidence, compared, hashes)
    if not known[ignored]:
        return
    # What names the row may differ; where it does in no copy, the rows are equal in every column.
    if ignored and int(evidence.repeated(()).sum()) == count:
        ignored, repeated = (), evidence.repeated(())
    crossing = _crossing(evidence, hashes, hashes[repeated])
    said = f"{count:,} {'row repeats' if count == 1 else 'rows repeat'} another row"
    said += f" in everything but {', '.join(repr(name) for name in ignored[:3])}" if ignored else " in every column"
    if crossing:
        said += f"; {crossing:,} of the test rows {'has' if crossing == 1 else 'have'} a copy among the training rows"
    yield Finding(
        key=key_of("repeated rows"),
        severity=_severity(evidence, count, crossing),
        sentence=f"{said}.",
        why="A copy counts twice while learning, and a test row the model has already learned from proves nothing.",
        columns=(),
        rows=_with_originals(hashes, repeated),
        fixes=(Fix("Use each once", DropDuplicates(ignored or (ALL_COLUMNS,))),),
    )


def _with_originals(hashes: Hashes, repeated: npt.NDArray[np.bool_]) -> tuple[int, ...]:
    """Positions of rows that are repeated, each followed by its copies, as far as they can be shown."""
    order = np.argsort(hashes, kind="stable")
    same = np.isin(hashes[order], hashes[repeated])
    groups: dict[int, list[int]] = {}
    for row in order[same]:
        groups.setdefault(int(hashes[row]), []).append(int(row))
    shown = [row for rows in sorted(groups.values()) for row in rows]
    return tuple(shown[:_SHOWN_ROWS])


def _among_others(evidence: Evidence, compared: list[Look], hashes: Hashes) -> bool:
    """Whether there are copies apart from a few large groups of rows that are alike by nature."""
    rows = outside_of_large_groups(hashes)
    if rows is None:
        return False
    frame = evidence.frame[rows]
    looks = [look_at(look.name, frame[look.name]) for look in compared]
    return more_than_chance(frame, looks, hashes[rows])


def _severity(evidence: Evidence, count: int, crossing: int) -> Severity:
    """By what share of the test rows is known from training, and what share of the table is copies."""
    if evidence.prepared is not None and crossing > _MANY * evidence.prepared.rows_test.size:
        return "grave"
    return "warning" if count >= _FEW * len(evidence.frame) else "note"


def _names_the_row(look: Look) -> bool:
    """Whether a column has a name for nearly each row; a row copied with its name has another's."""
    if look.distinct < _NEARLY_ALL * look.known or look.known < _NEARLY_ALL * look.rows:
        return False
    if look.kind == "category":
        return look.distinct == look.known or not look.written_numbers
    return numbers_the_rows(look) or (look.whole and names_an_identifier(look.name))


def _crossing(evidence: Evidence, hashes: Hashes, copied: Hashes) -> int:
    """Test rows that have an equal training row, among the rows with the hashes ``copied``."""
    prepared = evidence.prepared
    if prepared is None:
        return 0
    in_train = np.intersect1d(hashes[prepared.rows_train], copied)
    return int(np.isin(hashes[prepared.rows_test], in_train).sum())
