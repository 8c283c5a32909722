"""A column whose values rows share, together with what stays the same about somebody: several rows of one patient.

A name such as "patient_id" says so; "pid", "case" or "school" may be anything. What then tells is the other columns:
rows with the same "pid" always have the same age and the same sex, though both vary from one "pid" to the next, so
often that it is no chance. Two such columns are asked for, and an amount or a day among them: levels above levels, as
of a city and its country, are no members. Nor are numbers of which others are made, such as an age and its groups.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.look import Look
from logreg_core.features.names import names_a_code, names_a_count, names_a_postcode

_FEWEST_MEMBERS, _FEWEST_FIXED = 20, 2
_ROWS_OF_ONE = (1.5, 60.0)
"""Rows that a member has, on average: with fewer there is little to see, with more it is rather a place or a kind."""
_MOST_LOOKED_AT = 500
_MOST_OF_ITS_OWN = 0.9
_NO_CHANCE = math.log(1e-9)
_FEWEST_AMOUNTS = 5


def same_members(evidence: Evidence) -> tuple[Look, tuple[str, ...]] | None:
    """The column that most others are fixed by, with these; None if there is none such."""
    found = [(look, fixed) for look in _candidates(evidence) if (fixed := _fixed_by(evidence, look))]
    return max(found, key=lambda pair: (len(pair[1]), pair[0].distinct), default=None)


def _candidates(evidence: Evidence) -> Iterator[Look]:
    for look in evidence.open_looks:
        can_name = look.kind == "category" or (look.kind == "number" and look.whole)
        if look.name not in evidence.frame.columns or not can_name or look.distinct < _FEWEST_MEMBERS:
            continue
        is_of_other_sort = names_a_postcode(look.name) or names_a_code(look.name) or names_a_count(look.name)
        if not is_of_other_sort and _ROWS_OF_ONE[0] <= look.known / look.distinct <= _ROWS_OF_ONE[1]:
            yield look


def _fixed_by(evidence: Evidence, look: Look) -> tuple[str, ...]:
    """The columns that are the same in all rows of the same value, if they are enough to tell of members."""
    key = (look.name, evidence.recipe.target)
    if key not in evidence.memory.members:
        evidence.memory.members[key] = _found_fixed(evidence, look)
    return evidence.memory.members[key]


def _found_fixed(evidence: Evidence, look: Look) -> tuple[str, ...]:
    codes, _ = pd.factorize(evidence.frame[look.name])
    several = np.bincount(codes[codes >= 0], minlength=look.distinct) > 1
    chosen = np.flatnonzero(several)[:_MOST_LOOKED_AT]
    at = np.flatnonzero(np.isin(codes, chosen))
    n_repeats = at.size - chosen.size
    order = at[np.argsort(codes[at], kind="stable")]
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    fixed, amounts = [], 0
    for name in map(str, evidence.frame.columns):
        if name in {look.name, evidence.recipe.target}:
            continue
        other = evidence.look_before_steps(name)
        is_by_chance = other.distinct < 2 or n_repeats * math.log(max(other.agree, 1e-12)) > _NO_CHANCE
        if is_by_chance or other.distinct > _MOST_OF_ITS_OWN * look.distinct:
            continue
        cells, _ = pd.factorize(evidence.frame[name].iloc[order], use_na_sentinel=False)
        if (np.maximum.reduceat(cells, starts) == np.minimum.reduceat(cells, starts)).all() and not _is_made_of(
            evidence.frame[look.name].iloc[order[starts]], cells[starts]
        ):
            fixed.append(name)
            amounts += other.kind in {"number", "date"} and other.distinct >= _FEWEST_AMOUNTS
    return tuple(fixed) if len(fixed) >= _FEWEST_FIXED and amounts else ()


def _is_made_of(members: pd.Series, cells: npt.NDArray[np.intp]) -> bool:
    """Whether the members are numbers, and those of each cell stand side by side in their order, as of age groups."""
    if not pd.api.types.is_numeric_dtype(members.dtype):
        return False
    in_order = cells[np.argsort(members.to_numpy(dtype=np.float64), kind="stable")]
    n_runs = 1 + int(np.count_nonzero(np.diff(in_order)))
    return n_runs < 2 * np.unique(cells).size
