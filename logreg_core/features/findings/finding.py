"""A finding of the data doctor, and what can be done about it in one click."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Literal

from logreg_core.features.edit import with_step
from logreg_core.features.recipe import Recipe
from logreg_core.features.steps import Step

Severity = Literal["grave", "warning", "note"]
SEVERITIES: dict[str, str] = {
    "grave": "The result would deceive you",
    "warning": "Worth mending",
    "note": "Good to know",
}

_GIVE_AWAY = frozenset(("disguise", "filled in", "leak"))
_SAID_AGAIN: dict[str, frozenset[str]] = {
    "leak": _GIVE_AWAY,
    "level of one class": _GIVE_AWAY,
    "telling gaps": _GIVE_AWAY | {"mostly missing, telling"},
}
"""Kinds of findings, and those that say the same of a column and more."""


@dataclass(frozen=True)
class Fix:
    """One way to mend a finding: a step to add to the recipe, or choices of the recipe to change.

    ``label`` is what the button says. ``changes`` holds (choice of the recipe, new value) pairs, ``more`` steps to
    add after the first.
    """

    label: str
    step: Step | None = None
    changes: tuple[tuple[str, Any], ...] = ()
    more: tuple[Step, ...] = ()

    def apply(self, recipe: Recipe, columns: tuple[str, ...]) -> Recipe:
        """The recipe with this fix; ``columns`` are the table's. RecipeError when it does not fit."""
        changed = replace(recipe, **dict(self.changes))
        for step in (self.step, *self.more):
            changed = with_step(changed, step, columns) if step is not None else changed
        return changed


@dataclass(frozen=True)
class Finding:
    """Something about the table that the user should know.

    Attributes
    ----------
    key : str
        The same for the same thing found again, so that "that is fine" is remembered.
    severity : "grave", "warning" or "note"
    sentence : str
        What is the matter, in one sentence; plain text with the user's names.
    why : str
        What it does to the result, and the rule by which it was found.
    columns : tuple of str
    evidence : tuple of (str, str)
        (column or value, what was found there), for a table under the sentence.
    rows : tuple of int
        Positions in the table of some of the rows concerned.
    fixes : tuple of Fix
        The best first; empty where nothing can be done on this page.
    """

    key: str
    severity: Severity
    sentence: str
    why: str
    columns: tuple[str, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    rows: tuple[int, ...] = ()
    fixes: tuple[Fix, ...] = ()


def key_of(kind: str, columns: tuple[str, ...] = ()) -> str:
    """A key for a kind of finding about columns, in any order."""
    return "\n".join((kind, *sorted(columns)))


def is_covered(key: str, fine: Collection[str]) -> bool:
    """Whether a finding is one of those called ``fine``, or about some of the same columns only."""
    kind, *columns = key.split("\n")
    for other in fine:
        other_kind, *other_columns = other.split("\n")
        if kind == other_kind and set(columns) <= set(other_columns):
            return True
    return False


def is_implied(key: str, fine: Collection[str]) -> bool:
    """Whether a finding only says again what one of those called ``fine`` has said of the same column."""
    kind, *columns = key.split("\n")
    said = [other.split("\n") for other in fine]
    return any(
        other in _SAID_AGAIN.get(kind, ()) and other != kind and set(columns) <= set(others) for other, *others in said
    )


def one_or_many(columns: tuple[str, ...], one: str, many: str) -> str:
    """``one`` after the name of the only column, or ``many`` after the number of columns."""
    return f"'{columns[0]}' {one}" if len(columns) == 1 else f"{len(columns):,} columns {many}"
