"""Columns that give the answer away: they know what would not be known when the model is used."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd

from logreg_core.data.spoken import spoken
from logreg_core.features.alone import Alone
from logreg_core.features.class_column import class_column
from logreg_core.features.edit import GIVES_AWAY, MAY_BE_AFTERWARDS
from logreg_core.features.findings.best_range import best_range
from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, Severity, key_of
from logreg_core.features.names import names_the_aftermath
from logreg_core.features.steps import LeaveOut

SUSPICIOUS_AUC = 0.98
AFTERMATH_AUC = 0.6
MIN_PER_CLASS = 10
"""Rows of the rarer class from which on more than a nearly perfect order may speak against a column."""
CHANCE = 0.01
SOME_EXPLAINED, NEARLY_ALL_EXPLAINED = 0.25, 0.9
_WHY = (
    "If it is filled in only once it has happened, the model will look perfect here and fail on the next case. If it "
    "is known before, all is well."
)


def find(evidence: Evidence) -> Iterator[Finding]:
    """The target in disguise; a column that alone is right in more than 98 of 100 pairs, or by a range of its
    values; one that is named after the event.
    """
    target = _target_codes(evidence)
    # Dates and ticks are not features yet, but even those that only cancelled customers have are offered as such.
    for name in evidence.names:
        if evidence.is_feature(name) or evidence.looks[name].kind == "date" or evidence.is_tick(name):
            found = _suspect(evidence, name, target) if _is_no_chance(evidence, name) else None
            if found is not None:
                yield found


def _suspect(evidence: Evidence, name: str, target: np.ndarray) -> Finding | None:
    alone, look = evidence.alone[name], evidence.looks[name]
    best = max(alone.auc if look.kind != "date" else 0.0, alone.missing_auc)
    if not (best >= AFTERMATH_AUC or alone.explained >= SOME_EXPLAINED):  # an AUC may be nan: nothing to compare
        return None
    is_feature = evidence.is_feature(name)
    if is_feature and 2 <= look.distinct <= 20 and _one_to_one(evidence, name, target):
        said = f"'{name}' is '{evidence.recipe.target}' in other words: each value of one goes with one of the other."
        return _finding("disguise", "grave", name, said, is_feature=is_feature)
    if alone.missing_auc > SUSPICIOUS_AUC:
        said = f"'{name}' is filled in {_where_filled(alone)} {evidence.event}."
        return _finding("filled in", "grave", name, said, is_feature=is_feature)
    told = _what_it_tells(evidence, alone) if is_feature else ""
    if told:
        return _finding("leak", "grave", name, f"'{name}' {told} Is it known beforehand?", is_feature=True)
    if is_feature and _rarer(alone) >= MIN_PER_CLASS and names_the_aftermath(name, evidence.recipe.target):
        said = f"'{name}' sounds like something that is known only afterwards."
        return _finding("afterwards", "warning", name, said, is_feature=True)
    return None


def _rarer(alone: Alone) -> int:
    return min(alone.positive, alone.rows - alone.positive)


def _is_no_chance(evidence: Evidence, name: str) -> bool:
    """Whether there are enough rows, or a column fits too well for them: among few rows some fit by chance."""
    alone = evidence.alone[name]
    rarer = _rarer(alone)
    if rarer >= MIN_PER_CLASS:
        return True
    best = max(0.0 if evidence.looks[name].kind == "date" else alone.auc, alone.missing_auc)
    return best_by_chance(best, rarer, alone.rows) < CHANCE / len(evidence.names)


def best_by_chance(auc: float, rarer: int, rows: int) -> float:
    """Chance at most that noise orders ``rows`` rows, ``rarer`` of them of one class, with an AUC of ``auc`` or more.

    Of k rows placed at random the shares u of others beyond them are uniform, and 1 - AUC is their mean: it is at most
    t for a share (k t)^k / k! of the cases (the corner of a cube), but for no fewer than one order in C(n, k). Twice
    that, as either class may be the higher one.
    """
    if rarer < 2 or not auc > 0.5:
        return 1.0
    log_corner = rarer * math.log(max(rarer * (1 - auc), 1e-300)) - math.lgamma(rarer + 1)
    log_orders = math.lgamma(rows + 1) - math.lgamma(rarer + 1) - math.lgamma(rows - rarer + 1)
    return min(1.0, 2 * math.exp(max(log_corner, -log_orders)))


def _what_it_tells(evidence: Evidence, alone: Alone) -> str:
    """That a column alone tells nearly all, by its order or by a range of its values; empty where it does not."""
    if alone.auc == 1.0:
        return f"alone tells {evidence.event} from the rest without a mistake."
    if alone.auc > SUSPICIOUS_AUC:
        return f"alone tells {evidence.event} from the rest in {100 * min(alone.auc, 0.9999):.4g} of 100 pairs."
    by_range = _what_a_range_tells(evidence, alone)
    if not by_range and alone.explained > NEARLY_ALL_EXPLAINED and _rarer(alone) >= MIN_PER_CLASS:
        return (
            f"alone takes away {100 * min(alone.explained, 0.999):.3g} % of the doubt about {evidence.event}, by rates "
            "that go up and down."
        )
    return by_range


def _what_a_range_tells(evidence: Evidence, alone: Alone) -> str:
    """That a range of a number's values tells nearly all; empty where none does."""
    if alone.explained < SOME_EXPLAINED or not evidence.is_number(alone.column):
        return ""
    best = best_range(evidence.values(alone.column), evidence.y)
    if best is None or (1 + best.difference) / 2 <= SUSPICIOUS_AUC:
        return ""
    if best.low == best.high:
        said = f"{'the value' if best.positive_inside else 'any value but'} {spoken(best.low)}"
    else:
        said = f"values {'from' if best.positive_inside else 'outside of'} {spoken(best.low)} to {spoken(best.high)}"
    return (
        f"alone tells {evidence.event} from the rest by {said}: that is wrong in {best.wrong:,} of "
        f"{evidence.y.size:,} {evidence.rows_word}."
    )


def _where_filled(alone: Alone) -> str:
    """Where a column has values, if that is nearly one of the classes."""
    filled_positive = alone.positive - alone.missing_positive
    filled_others = alone.rows - alone.missing - filled_positive
    if filled_positive > filled_others:
        return "only where" if not filled_others else "almost only where"
    return "only where it is not" if not filled_positive else "almost only where it is not"


def _finding(kind: str, severity: Severity, name: str, sentence: str, *, is_feature: bool) -> Finding:
    return Finding(
        key=key_of(kind, (name,)),
        severity=severity if is_feature else "note",
        sentence=sentence,
        why=_WHY,
        columns=(name,),
        fixes=(Fix("Leave out", LeaveOut((name,), because=MAY_BE_AFTERWARDS if kind == "afterwards" else GIVES_AWAY)),),
    )


def _target_codes(evidence: Evidence) -> np.ndarray:
    codes, _ = pd.factorize(class_column(evidence.frame, evidence.recipe).iloc[evidence.at])
    return codes


def _one_to_one(evidence: Evidence, name: str, target: np.ndarray) -> bool:
    """Whether values of a column and of the target (all of its classes) come in fixed pairs; missing is a value."""
    if name not in evidence.frame.columns:
        return False
    codes, levels = pd.factorize(evidence.frame[name].iloc[evidence.at], use_na_sentinel=False)
    classes = int(target.max()) + 1
    return len(levels) == classes and len(np.unique(codes * classes + target)) == classes
