"""Too little of the rarer class: for what accuracy says, and for the number of weights to learn."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

import numpy as np

from logreg_core.features.edit import SAYS_LESS_ALONE
from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, key_of
from logreg_core.features.prepare import Prepared
from logreg_core.features.steps import LeaveOut

RARE = 0.05
FEW_EVENTS, TOO_FEW_EVENTS = 10, 5
_CHOSEN_BY_THE_ANSWER = (
    " Columns kept because they say most alone are chosen by the answer: their weights, and how certain these seem, "
    "then look better than they are, even among columns of pure chance."
)


def find(evidence: Evidence) -> Iterator[Finding]:
    """A class of fewer than 1 in 20; fewer than ten training rows of the rarer class for each weight."""
    positive, rows = int(evidence.y.sum()), evidence.y.size
    rarer = min(positive, rows - positive)
    if not rarer:
        return
    name = evidence.event if positive <= rows - positive else f"not {evidence.event}"
    if rarer < RARE * rows:
        yield Finding(
            key=key_of("imbalance"),
            severity="note",
            sentence=f"Only {_percent(rarer / rows)} of the {evidence.rows_word} are {name} ({rarer:,} of {rows:,}).",
            why=(
                f"Who always says the other class is right in {_percent(1 - rarer / rows)} of the rows, so accuracy "
                "says little here. Look at recall and precision, and move the threshold on the Evaluate page."
            ),
        )
    yield from _events_per_weight(evidence, rarer, name)
    yield from _chosen_by_the_answer(evidence)


def _percent(share: float) -> str:
    if 0.999 < share < 1:
        return "more than 99.9 %"
    return f"{100 * share:.2g} %" if share < 0.1 else f"{100 * share:.3g} %"


def _events_per_weight(evidence: Evidence, rarer: int, name: str) -> Iterator[Finding]:
    """Events per parameter of Peduzzi et al. (1996); the parameters are the columns of the design matrix."""
    if evidence.prepared is None:
        return
    weights = len(evidence.prepared.columns)
    each = rarer / max(1, weights)
    if each >= FEW_EVENTS:
        return
    degree, said = evidence.recipe.degree, _below(each)
    fixes: tuple[Fix, ...] = (
        (Fix("Set the polynomial degree to 1", changes=(("degree", 1),)),)
        if degree > 1
        else _keep_the_strongest(evidence, evidence.prepared, rarer // FEW_EVENTS)
    )
    yield Finding(
        key=key_of("events per weight strong" if each < TOO_FEW_EVENTS else "events per weight"),
        severity="grave" if each < TOO_FEW_EVENTS else "warning",
        sentence=(
            f"{rarer:,} training {'row is' if rarer == 1 else 'rows are'} {name}, and the model has {weights:,} "
            f"{'weight' if weights == 1 else 'weights'} to learn: {said} {'row' if said == '1' else 'rows'} for each."
        ),
        why=(
            "A rule of thumb asks for 10 rows of the rarer class for each weight; under 5 the weights are mostly "
            "chance. Best hold the weights back (ridge) on the Train page, or choose fewer columns by what you know of "
            f"them.{_CHOSEN_BY_THE_ANSWER if fixes and degree == 1 else ''}"
        ),
        fixes=fixes,
    )


def _chosen_by_the_answer(evidence: Evidence) -> Iterator[Finding]:
    """Columns were kept for what they say of the target alone: what to think of their weights."""
    left = {
        name
        for step in evidence.recipe.steps
        if isinstance(step, LeaveOut) and step.because == SAYS_LESS_ALONE
        for name in step.columns
    }
    if left:
        kept = len(evidence.features)
        yield Finding(
            key=key_of("chosen by the answer", tuple(left)),
            severity="note",
            sentence=(
                f"The {kept:,} columns were chosen out of {kept + len(left):,} by the answer."
                if kept != 1
                else f"The column was chosen out of {1 + len(left):,} by the answer."
            ),
            why=(
                "They are those that say most of it in the training rows, so their weights, and how certain these "
                "seem, look better than they are, even if all were pure chance. What the test rows say of the model "
                "is not touched by that."
            ),
        )


def _below(each: float) -> str:
    """Rows for each weight to two digits; cut, not rounded, where rounding would say that they are enough."""
    for limit in (TOO_FEW_EVENTS, FEW_EVENTS):
        if each < limit == float(f"{each:.2g}"):
            return f"{math.floor(10 * each) / 10:g}"
    return f"{each:.2g}"


def _keep_the_strongest(evidence: Evidence, prepared: Prepared, most: int) -> tuple[Fix, ...]:
    """Leave out all but the features that say most alone, of the training rows, with ``most`` weights together.

    At least one stays. What a feature says is measured on rows that its rates do not come from (``features.alone``), so
    that of many columns of noise none leads for having many levels.
    """
    weights = Counter(column.source for column in prepared.columns)
    features = [name for name in prepared.features if name not in evidence.settled]
    order = sorted(
        (name for name in features if name in evidence.alone),
        key=lambda name: (-evidence.alone[name].explained, -np.nan_to_num(evidence.alone[name].auc)),
    )
    kept, taken = set(order[:1]), weights[order[0]] if order else 0
    for name in order[1:]:
        if taken + weights[name] <= most:
            kept.add(name)
            taken += weights[name]
    left = tuple(name for name in features if name not in kept)
    if not left:
        return ()
    label = f"Keep the {len(kept):,} columns that say most alone" if len(kept) > 1 else "Keep the column that says most"
    return (Fix(label, LeaveOut(left, because=SAYS_LESS_ALONE)),)
