"""The data doctor: everything worth knowing about a table and a recipe before training, gravest first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

import pandas as pd

from logreg_core.features.findings import (
    balance,
    identity,
    kinds,
    leakage,
    levels,
    missingness,
    repeated_rows,
    rows_left_out,
    same_content,
    spellings,
    target_classes,
    values,
)
from logreg_core.features.findings.evidence import Evidence, Memory, gather
from logreg_core.features.findings.finding import SEVERITIES, Finding, is_covered, is_implied
from logreg_core.features.prepare import Prepared
from logreg_core.features.recipe import Recipe

_Finder = Callable[[Evidence], Iterator[Finding]]
# Who is before another has the first word about a column: what leaves it out, before what repairs it, before remarks.
_FINDERS: tuple[_Finder, ...] = (
    target_classes.spelled,
    target_classes.not_known,
    leakage.find,
    repeated_rows.find,
    rows_left_out.find,
    balance.find,
    identity.groups,
    identity.decides_the_split,
    identity.says_train_or_test,
    identity.identifiers,
    identity.duplicate_columns,
    same_content.find,
    kinds.read_otherwise,
    kinds.numbers_as_text,
    kinds.dates_as_text,
    spellings.find,
    kinds.postcodes,
    values.stand_ins,
    values.impossible,
    missingness.ticks,
    missingness.mostly_missing,
    levels.one_sided,
    identity.constants,
    kinds.names_as_numbers,
    kinds.dates,
    kinds.many_levels,
    levels.rare,
    values.far_out,
    missingness.telling,
)


def examine(
    frame: pd.DataFrame,
    recipe: Recipe,
    prepared: Prepared | None = None,
    memory: Memory | None = None,
    fine: Collection[str] = (),
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
    fine : collection of str
        Keys of findings the user has called fine: they come all the same, and milder ones about their columns too.

    Raises RecipeError when the recipe's steps do not fit the table.
    """
    return findings_of(gather(frame, recipe, prepared, memory if memory is not None else Memory()), fine)


def findings_of(evidence: Evidence, fine: Collection[str] = ()) -> tuple[Finding, ...]:
    """Findings from what was gathered; each column is in one only, the gravest.

    Advice about a column that had better be left out would lead astray: it would mend what gives the answer away.
    """
    found: list[Finding] = []
    for find in _FINDERS:
        new = [finding for finding in find(evidence) if not is_implied(finding.key, fine)]
        settled = {name for finding in new if not is_covered(finding.key, fine) for name in finding.columns}
        if settled:
            evidence = replace(evidence, settled=evidence.settled | settled)
        found += new
    order = list(SEVERITIES)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))
