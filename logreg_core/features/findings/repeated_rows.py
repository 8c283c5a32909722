"""Rows that repeat others, and copies that would stand in the training and in the test rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, Severity, key_of
from logreg_core.features.findings.look import Look
from logreg_core.features.findings.names import names_an_identifier
from logreg_core.features.steps import ALL_COLUMNS, DropDuplicates

_SHOWN_ROWS = 20
_BY_CHANCE = 0.01
_FEW, _MANY = 0.01, 0.05


def find(evidence: Evidence) -> Iterator[Finding]:
    """Rows equal in all columns, apart from those that name the row; not where chance alone makes equal rows."""
    if any(step.kind == DropDuplicates.kind for step in evidence.recipe.steps):
        return
    ignored = tuple(look.name for look in evidence.looks.values() if _names_the_row(look))
    ignored = tuple(name for name in ignored if name in evidence.frame.columns)
    repeated = evidence.repeated(ignored)
    count = int(repeated.sum())
    if not count:
        return
    hashes = pd.util.hash_pandas_object(evidence.frame.drop(columns=list(ignored)), index=False).to_numpy()
    if _pairs_by_chance(evidence, ignored, hashes) > _BY_CHANCE * count:
        return
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
        rows=tuple(int(row) for row in np.flatnonzero(repeated)[:_SHOWN_ROWS]),
        fixes=(Fix("Use each once", DropDuplicates(ignored or (ALL_COLUMNS,))),),
    )


def _severity(evidence: Evidence, count: int, crossing: int) -> Severity:
    """By what share of the test rows is known from training, and what share of the table is copies."""
    if evidence.prepared is not None and crossing > _MANY * evidence.prepared.rows_test.size:
        return "grave"
    return "warning" if count >= _FEW * len(evidence.frame) else "note"


def _names_the_row(look: Look) -> bool:
    if look.known < look.rows or look.distinct < look.rows:
        return False
    return look.kind == "category" or (
        look.whole and (names_an_identifier(look.name) or look.high - look.low == look.rows - 1)
    )


def _pairs_by_chance(evidence: Evidence, ignored: tuple[str, ...], hashes: npt.NDArray[np.integer]) -> float:
    """Pairs of equal rows to expect if columns had nothing to do with each other.

    Columns that hang together make more pairs than that, which is why a finding asks for a hundred times as many. The
    share of pairs that agree in a column is counted without those that agree in all columns.
    """
    rows = len(evidence.frame)
    all_pairs = rows * (rows - 1) / 2
    _, sizes = np.unique(hashes, return_counts=True)
    equal = float((sizes * (sizes - 1) / 2).sum())
    by_chance = all_pairs
    for name, look in evidence.looks.items():
        if name not in ignored:
            agreeing = (look.agree * rows**2 - rows) / 2 - equal
            by_chance *= max(0.0, agreeing) / all_pairs
    return by_chance


def _crossing(evidence: Evidence, hashes: npt.NDArray[np.integer], copied: npt.NDArray[np.integer]) -> int:
    """Test rows that have an equal training row, among the rows with the hashes ``copied``."""
    prepared = evidence.prepared
    if prepared is None:
        return 0
    in_train = np.intersect1d(hashes[prepared.rows_train], copied)
    return int(np.isin(hashes[prepared.rows_test], in_train).sum())
