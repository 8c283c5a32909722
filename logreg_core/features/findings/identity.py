"""Columns that name the row or decide the split, repeat another or never vary; rows of one customer on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, key_of, one_or_many
from logreg_core.features.findings.look import Look
from logreg_core.features.findings.same_members import same_members
from logreg_core.features.members import MOST_GROUPS, names_members, names_the_row
from logreg_core.features.names import names_an_identifier, names_members_of_a_group, names_somebody
from logreg_core.features.part_words import names_a_part, names_folds
from logreg_core.features.split_columns import MOST_PARTS, test_value_of
from logreg_core.features.steps import LeaveOut, listed

_FEW_ROWS = 20
_NEARLY_ALL = 0.95
_MOST = 0.5
_MOST_FOLDS = 20
_SAID_OF_A_SPLIT = {
    "group": "has no value that is in training and test rows both",
    "column": "says which rows train and which test",
}


def identifiers(evidence: Evidence) -> Iterator[Finding]:
    """Features of which nearly each row has a value of its own that is no amount."""
    # What a step makes, such as days, may differ in every row and yet be an amount.
    looks = [evidence.looks[name] for name in evidence.features if name in evidence.frame.columns]
    looks = [look for look in looks if is_identifier(look)]
    if not looks:
        return
    columns, first = tuple(look.name for look in looks), looks[0]
    different = f"{first.distinct:,} different values in {first.known:,} rows"
    is_text = first.kind == "category" and not names_an_identifier(first.name)
    yield Finding(
        key=key_of("identifier", columns),
        severity="warning",
        sentence=one_or_many(
            columns,
            f"holds another text in nearly every row: {different}." if is_text else f"is an identifier: {different}.",
            "name the row more than they describe it.",
        ),
        why="A model can learn such values by heart, and that helps with no new row.",
        columns=columns,
        evidence=tuple((look.name, f"{look.distinct:,} different in {look.known:,} rows") for look in looks),
        fixes=(Fix("Leave out", LeaveOut(columns, because="names the row")),),
    )


def constants(evidence: Evidence) -> Iterator[Finding]:
    """Features of one value, or of none."""
    looks = [evidence.looks[name] for name in evidence.features if evidence.looks[name].distinct <= 1]
    columns = tuple(look.name for look in looks if not _is_seen(evidence, look))
    if not columns:
        return
    first = evidence.looks[columns[0]]
    one = "says the same in every row." if not first.missing else "says the same in every row that has a value."
    yield Finding(
        key=key_of("constant", columns),
        severity="note",
        sentence=one_or_many(columns, one if first.distinct else "has no values.", "say the same in every row."),
        why="What does not vary cannot tell rows apart; the model leaves it out in any case.",
        columns=columns,
        fixes=(Fix("Leave out", LeaveOut(columns, because="always the same")),),
    )


def says_train_or_test(evidence: Evidence) -> Iterator[Finding]:
    """A feature that says which rows train and which test, while others are kept aside."""
    recipe = evidence.recipe
    if recipe.split == "column":
        return
    for look in (evidence.looks[name] for name in evidence.features if name in evidence.frame.columns):
        # Words are texts; of numbers, often a million of them, only a few named so are worth looking at.
        may_say = 2 <= look.distinct <= MOST_PARTS and (look.kind == "category" or names_a_part(look.name))
        value = test_value_of(evidence.frame[look.name]) if may_say else ""
        if names_folds(look.name) and 2 < look.distinct <= _MOST_FOLDS:
            yield _folds(look)
            return
        if value:
            says = _SAID_OF_A_SPLIT["column"]
            leave_out = LeaveOut((look.name,), because=says)
            yield Finding(
                key=key_of("says train or test", (look.name,)),
                severity="warning",
                sentence=f"'{look.name}' {says}: it is a feature, and does not decide.",
                why="Somebody has split these rows already. It tells nothing about a new case.",
                columns=(look.name,),
                fixes=(
                    Fix(
                        "Split by it",
                        leave_out,
                        (("split", "column"), ("split_column", look.name), ("test_value", value)),
                    ),
                    Fix("Leave out", leave_out),
                ),
            )
            return


def _folds(look: Look) -> Finding:
    """Parts of the rows that test in turn: none of them is *the* test part."""
    return Finding(
        key=key_of("folds", (look.name,)),
        severity="warning",
        sentence=f"'{look.name}' is a feature, and by its name says in which fold of a cross-validation a row is.",
        why="Somebody has dealt out these rows by chance. It tells nothing about a new case.",
        columns=(look.name,),
        fixes=(Fix("Leave out", LeaveOut((look.name,), because="names a fold of a cross-validation")),),
    )


def decides_the_split(evidence: Evidence) -> Iterator[Finding]:
    """A feature that decides which rows test: what is learned of its values holds for no test row."""
    recipe = evidence.recipe
    if recipe.split not in _SAID_OF_A_SPLIT or not evidence.is_feature(recipe.split_column):
        return
    yield Finding(
        key=key_of("decides the split", (recipe.split_column,)),
        severity="warning",
        sentence=f"'{recipe.split_column}' {_SAID_OF_A_SPLIT[recipe.split]}, and is a feature as well.",
        why="What a model learns of such values, it learns of the training rows alone: it holds for no test row.",
        columns=(recipe.split_column,),
        fixes=(Fix("Leave out", LeaveOut((recipe.split_column,), because="decides which rows test")),),
    )


def _is_seen(evidence: Evidence, look: Look) -> bool:
    """Whether the model sees the gaps of a column of one value: it can tell rows apart then."""
    return evidence.recipe.missing == "flag" and look.distinct == 1 and look.missing > 0


def is_identifier(look: Look) -> bool:
    """Whole numbers or texts that name nearly each row: by a name that says so, or as 1, 2, 3, ..., or as text.

    Whole numbers without such a name may be amounts, all different by chance.
    """
    if look.known < _FEW_ROWS or look.distinct < _MOST * look.known or look.written_numbers:
        return False
    if look.kind != "category" and not (look.kind == "number" and look.whole):
        return False
    if names_the_row(look.name, look.distinct, look.known):
        return True
    if look.kind == "category":
        return look.distinct >= _NEARLY_ALL * look.known
    return numbers_the_rows(look)


def numbers_the_rows(look: Look) -> bool:
    """1, 2, 3, ... in any order; as many may be left out as rows have none, which are few."""
    in_a_row = look.known - 1 <= look.high - look.low < look.rows
    return look.whole and in_a_row and look.distinct == look.known >= _NEARLY_ALL * look.rows


def duplicate_columns(evidence: Evidence) -> Iterator[Finding]:
    """Features that are equal to another one."""
    first: dict[str, str] = {}
    pairs = []
    for look in (evidence.looks[name] for name in evidence.features):
        if look.distinct <= 1:
            continue
        if look.digest in first:
            pairs.append((look.name, first[look.digest]))
        else:
            first[look.digest] = look.name
    if not pairs:
        return
    copies = tuple(name for name, _ in pairs)
    yield Finding(
        key=key_of("duplicate column", copies),
        severity="warning",
        sentence=f"'{copies[0]}' repeats '{pairs[0][1]}' in every row."
        if len(copies) == 1
        else f"{len(copies):,} columns repeat another column in every row.",
        why="Two equal columns share one weight in a way nobody can read; nothing is lost without the copy.",
        columns=copies,
        evidence=tuple((name, f"equal to '{original}'") for name, original in pairs),
        fixes=(Fix("Leave out the copy" if len(copies) == 1 else "Leave out the copies", _copies(copies)),),
    )


def _copies(copies: tuple[str, ...]) -> LeaveOut:
    return LeaveOut(copies, because="repeats another column")


def groups(evidence: Evidence) -> Iterator[Finding]:
    """A column that names a customer or patient who has several rows, while rows are kept aside without regard to it.

    By time or by a column, the same ones may all the same be on one side only: there it is counted. So it is where rows
    are kept together by a column whose values hardly occur twice. Where no name says who it is, the other columns may.
    """
    if evidence.recipe.split == "group" and _keeps_together(evidence):
        return
    for look in _looks_at_members(evidence):
        if not names_members(look.name, look.distinct, look.known):
            continue
        if look.name not in evidence.frame.columns or look.kind == "date" or (look.kind == "number" and not look.whole):
            continue
        finding = _together(evidence, look)
        if finding is not None:
            yield finding
            return
    found = same_members(evidence)
    if found is not None:
        look, fixed = found
        finding = _together(evidence, look)
        if finding is not None:
            same = f"Rows with the same '{look.name}' always have the same {listed(fixed)}, too."
            yield replace(finding, sentence=f"{same} {finding.sentence}")


def _together(evidence: Evidence, look: Look) -> Finding | None:
    """The finding that rows of the same value are kept aside without regard to it, or None if none of it is."""
    is_feature = evidence.is_feature(look.name)
    rows, members = _rows_of_members(evidence, look)
    if members == rows:
        return None
    said = f"The {rows:,} rows belong to {members:,} different {listed([look.name])}: "
    if evidence.recipe.split == "random":
        said += "the same one would be among training and test rows."
    else:
        both, tested = _on_both_sides(evidence, look.name)
        if not both:
            return None
        said += f"{both:,} of the {tested:,} among the test rows {'is' if both == 1 else 'are'} also trained on."
    return Finding(
        key=key_of("rows that belong together", (look.name,)),
        severity="warning",
        sentence=said,
        why=_why_together(evidence),
        columns=(look.name,),
        fixes=(
            Fix(
                "Keep them together",
                LeaveOut((look.name,), because="names who the row is about") if is_feature else None,
                (("split", "group"), ("split_column", look.name)),
            ),
        ),
    )


def _why_together(evidence: Evidence) -> str:
    why = "The model would be tested on what it has met before, and look better than it is."
    if evidence.recipe.split == "time":
        why += f" Kept together, rows are no longer split by '{evidence.recipe.split_column}': both cannot be had."
    return why


def _keeps_together(evidence: Evidence) -> bool:
    """Whether values of the column that decides which rows stay together have several rows."""
    if evidence.recipe.split_column not in evidence.frame.columns:  # none is chosen yet
        return False
    look = evidence.look_before_steps(evidence.recipe.split_column)
    return look.distinct <= MOST_GROUPS * look.known


def _rows_of_members(evidence: Evidence, look: Look) -> tuple[int, int]:
    """How many rows name one, and how many there are; of the rows that are used, where these are known."""
    if evidence.prepared is None or look.name not in evidence.frame.columns:
        return look.known, look.distinct
    used = np.concatenate([evidence.prepared.rows_train, evidence.prepared.rows_test])
    if used.size == len(evidence.frame):  # the column as a whole was counted once already
        whole = evidence.look_before_steps(look.name)
        return whole.known, whole.distinct
    column = evidence.frame[look.name].iloc[used]
    return int(column.count()), int(column.nunique())


def _looks_at_members(evidence: Evidence) -> Iterator[Look]:
    """Columns that may name members; those that were left out name them still where rows are kept aside otherwise."""
    if evidence.recipe.split == "random":
        yield from evidence.open_looks
        return
    for name in map(str, evidence.frame.columns):
        is_open = name not in evidence.settled and name != evidence.recipe.target
        if is_open and (names_members_of_a_group(name) or names_somebody(name)):
            yield evidence.look_before_steps(name)


def _on_both_sides(evidence: Evidence, name: str) -> tuple[int, int]:
    """How many values of a column test rows have that training rows have, too, and how many they have at all."""
    if evidence.prepared is None:
        return 0, 0
    column = evidence.frame[name]
    tested = column.iloc[evidence.prepared.rows_test].dropna().unique()
    return int(pd.Series(tested).isin(column.iloc[evidence.prepared.rows_train]).sum()), len(tested)
