"""Rows that are left out because a value is missing, when they are of another kind than those that stay."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.features.class_column import class_column
from logreg_core.features.columns import Roles
from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, key_of
from logreg_core.features.findings.missingness import MIN_ROWS, P_VALUE, differ, percent
from logreg_core.features.steps import rows_used
from logreg_core.features.targets import class_names
from logreg_core.features.values import missing

_MANY = 0.25


def find(evidence: Evidence) -> Iterator[Finding]:
    """With rows of missing values left out: that their classes differ from those of the training rows, or are many."""
    recipe, prepared = evidence.recipe, evidence.prepared
    if recipe.missing != "drop" or prepared is None:
        return
    classes = class_names(class_column(evidence.frame, recipe))
    known = ~np.asarray(classes.isna()) & rows_used(evidence.frame, recipe.steps)
    gaps = _gaps(prepared.repaired(evidence.frame), prepared.roles, recipe.degree)
    out = np.any([gap & known for gap in gaps.values()] or [np.zeros_like(known)], axis=0)
    left_out, kept = int(out.sum()), evidence.y.size
    if min(left_out, kept) < MIN_ROWS:
        return
    of_event = np.asarray(classes == recipe.positive)
    positive, stay = int((of_event & out).sum()), int(evidence.y.sum())
    tells = differ((positive, left_out), (stay, kept), P_VALUE)
    if not tells and left_out < _MANY * known.sum():
        return
    said = f"{left_out:,} of {int(known.sum()):,} rows are left out because a value is missing"
    if tells:
        said += (
            f": {percent(positive / left_out)} of them are {evidence.event}, and {percent(stay / kept)} of the rows "
            "that the model learns from"
        )
    yield Finding(
        key=key_of("rows left out differ" if tells else "many rows left out"),
        severity="warning" if tells else "note",
        sentence=f"{said}.",
        why=(
            "The model learns, and is tested, on the rest alone: new rows with a missing value are of another kind."
            if tells
            else "What is left may be of another kind than the rows the model is to be used on, and is less."
        ),
        evidence=tuple(
            (name, f"missing in {int((gap & known).sum()):,} rows")
            for name, gap in sorted(gaps.items(), key=lambda item: -int((item[1] & known).sum()))
            if (gap & known).any()
        ),
        rows=tuple(int(row) for row in np.flatnonzero(out)[:20]),
        fixes=(
            Fix("Keep them and let the model see the gaps", changes=(("missing", "flag"),)),
            Fix("Keep them and fill the gaps", changes=(("missing", "fill"),)),
        ),
    )


def _gaps(frame: pd.DataFrame, roles: Roles, degree: int) -> dict[str, npt.NDArray[np.bool_]]:
    """For each column the model uses, which rows (n,) have no value."""
    return {name: missing(frame[name], degree, as_number=name in roles.numbers) for name in roles.features}
