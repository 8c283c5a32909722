"""Too little of the rarer class: for what accuracy says, and for the number of weights to learn."""

from __future__ import annotations

import math
from collections.abc import Iterator

from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, key_of

RARE = 0.05
FEW_EVENTS, TOO_FEW_EVENTS = 10, 5


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


def _percent(share: float) -> str:
    """Never "100 %" for what is less."""
    if 0.999 < share < 1:
        return "more than 99.9 %"
    return f"{100 * share:.2g} %" if share < 0.1 else f"{100 * share:.3g} %"


def _rows_for_each(each: float) -> str:
    """Rounded down, so that what falls short of 10 or of 5 never reads as 10 or 5."""
    return f"{math.floor(10 * each) / 10:g}" if each >= 1 else f"{each:.2g}"


def _events_per_weight(evidence: Evidence, rarer: int, name: str) -> Iterator[Finding]:
    """Events per parameter of Peduzzi et al. (1996); the parameters are the columns of the design matrix."""
    if evidence.prepared is None:
        return
    weights = len(evidence.prepared.columns)
    each = rarer / max(1, weights)
    if each >= FEW_EVENTS:
        return
    degree = evidence.recipe.degree
    yield Finding(
        key=key_of("events per weight strong" if each < TOO_FEW_EVENTS else "events per weight"),
        severity="grave" if each < TOO_FEW_EVENTS else "warning",
        sentence=(
            f"{rarer:,} training {'row is' if rarer == 1 else 'rows are'} {name}, and the model has {weights:,} "
            f"{'weight' if weights == 1 else 'weights'} to learn: {_rows_for_each(each)} rows for each."
        ),
        why=(
            "A rule of thumb asks for 10 rows of the rarer class for each weight; under 5 the weights are mostly "
            "chance. Choose fewer columns, or hold the weights back (ridge, lasso) on the Train page."
        ),
        fixes=(Fix("Set the polynomial degree to 1", changes=(("degree", 1),)),) if degree > 1 else (),
    )
