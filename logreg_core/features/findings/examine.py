"""The data doctor: everything worth knowing about a table and a recipe before training, gravest first."""

from __future__ import annotations

import pandas as pd

from logreg_core.features.findings import balance, identity, kinds, leakage, levels, missingness, repeated_rows, values
from logreg_core.features.findings.evidence import Evidence, Memory, gather
from logreg_core.features.findings.finding import SEVERITIES, Finding
from logreg_core.features.prepare import Prepared
from logreg_core.features.recipe import Recipe

_FAMILIES = (leakage, repeated_rows, balance, identity, kinds, levels, values, missingness)


def examine(
    frame: pd.DataFrame, recipe: Recipe, prepared: Prepared | None = None, memory: Memory | None = None
) -> tuple[Finding, ...]:
    """Findings about ``frame`` as ``recipe`` leaves it, gravest first; none when there is nothing to say.

    Parameters
    ----------
    frame : DataFrame (n_rows, n_columns)
    recipe : Recipe
    prepared : Prepared, optional
        What ``prepare(frame, recipe)`` gave. With it, what concerns the target is judged by training rows only, and
        the number of weights and of copies across the split is known.
    memory : Memory, optional
        Of an earlier call for the same frame: only what has changed since is computed.

    Raises RecipeError when the recipe's steps do not fit the table.
    """
    return findings_of(gather(frame, recipe, prepared, memory if memory is not None else Memory()))


def findings_of(evidence: Evidence) -> tuple[Finding, ...]:
    """Findings from what was gathered; a column that one fix leaves out is not named by milder findings again."""
    order = list(SEVERITIES)
    found = [finding for family in _FAMILIES for finding in family.find(evidence)]
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))
