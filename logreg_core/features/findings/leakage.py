"""Columns that give the answer away: they know what would not be known when the model is used."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from logreg_core.features.edit import GIVES_AWAY
from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, Severity, key_of
from logreg_core.features.findings.names import names_the_aftermath
from logreg_core.features.steps import LeaveOut

SUSPICIOUS_AUC = 0.98
AFTERMATH_AUC = 0.6
MIN_PER_CLASS = 10
_MUCH = 0.5  # of the log loss, where a number separates without rising or falling
_WHY = (
    "If it is filled in only once it has happened, the model will look perfect here and fail on the next case. If it "
    "is known before, all is well."
)


def find(evidence: Evidence) -> Iterator[Finding]:
    """The target in disguise; a column that alone is right in more than 98 of 100 pairs; one named after the event."""
    positive = int(evidence.y.sum())
    if min(positive, evidence.y.size - positive) < MIN_PER_CLASS:
        return  # among so few rows columns that fit perfectly are found by chance
    target = _target_codes(evidence)
    # Date columns are not features yet, but what only cancelled customers have a date in is offered as one.
    for name in evidence.names:
        if evidence.is_feature(name) or evidence.looks[name].kind == "date":
            found = _suspect(evidence, name, target)
            if found is not None:
                yield found


def _suspect(evidence: Evidence, name: str, target: np.ndarray) -> Finding | None:
    alone, look = evidence.alone[name], evidence.looks[name]
    best = max(alone.auc if look.kind != "date" else 0.0, alone.missing_auc)
    is_feature = evidence.is_feature(name)
    if not (best >= AFTERMATH_AUC or alone.explained > _MUCH):  # an AUC may be nan: nothing to compare
        return None
    if is_feature and 2 <= look.distinct <= 20 and _one_to_one(evidence, name, target):
        said = f"'{name}' is '{evidence.recipe.target}' in other words: each value of one goes with one of the other."
        return _finding("disguise", "grave", name, said, is_feature=is_feature)
    if alone.missing_auc > SUSPICIOUS_AUC:
        share = alone.missing_positive / max(1, alone.missing)
        where = "only where it is not" if share > 0.5 else "almost only where"
        said = f"'{name}' is filled in {where} {evidence.event}."
        return _finding("filled in", "grave", name, said, is_feature=is_feature)
    if is_feature and alone.auc > SUSPICIOUS_AUC:
        said = (
            f"'{name}' alone tells {evidence.event} from the rest in {100 * min(alone.auc, 0.9999):.4g} of 100 "
            "pairs. Is it known beforehand?"
        )
        if alone.auc == 1.0:
            said = f"'{name}' alone tells {evidence.event} from the rest without a mistake. Is it known beforehand?"
        return _finding("leak", "grave", name, said, is_feature=is_feature)
    if is_feature and names_the_aftermath(name, evidence.recipe.target):
        said = f"'{name}' sounds like something that is known only afterwards."
        return _finding("afterwards", "warning", name, said, is_feature=is_feature)
    return None


def _finding(kind: str, severity: Severity, name: str, sentence: str, *, is_feature: bool) -> Finding:
    return Finding(
        key=key_of(kind, (name,)),
        severity=severity if is_feature else "note",
        sentence=sentence,
        why=_WHY,
        columns=(name,),
        fixes=(Fix("Leave out", LeaveOut((name,), because=GIVES_AWAY)),),
    )


def _target_codes(evidence: Evidence) -> np.ndarray:
    codes, _ = pd.factorize(evidence.frame[evidence.recipe.target].iloc[evidence.at])
    return codes


def _one_to_one(evidence: Evidence, name: str, target: np.ndarray) -> bool:
    """Whether values of a column and of the target (all of its classes) come in fixed pairs; missing is a value."""
    if name not in evidence.frame.columns:
        return False
    codes, levels = pd.factorize(evidence.frame[name].iloc[evidence.at], use_na_sentinel=False)
    classes = int(target.max()) + 1
    return len(levels) == classes and len(np.unique(codes * classes + target)) == classes
