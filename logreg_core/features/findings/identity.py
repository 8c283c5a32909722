"""Columns that name the row, repeat another column, or never vary; and rows of one customer on both sides."""

from __future__ import annotations

from collections.abc import Iterator

from logreg_core.features.columns import MIN_GROUPS, MOST_GROUPS
from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, key_of, one_or_many
from logreg_core.features.findings.look import Look
from logreg_core.features.findings.names import names_an_identifier, names_members_of_a_group
from logreg_core.features.steps import LeaveOut, listed

_FEW_ROWS = 20
_MOSTLY_DIFFERENT = 0.95


def find(evidence: Evidence) -> Iterator[Finding]:
    """Identifier, constant and duplicate columns among the features; a column whose rows belong together."""
    features = [evidence.looks[name] for name in evidence.features]
    # What a step makes, such as days, may differ in every row and yet be an amount.
    identifiers = [look for look in features if look.name in evidence.frame.columns and _is_identifier(look)]
    if identifiers:
        columns = tuple(look.name for look in identifiers)
        yield Finding(
            key=key_of("identifier", columns),
            severity="warning",
            sentence=one_or_many(
                columns,
                f"is an identifier: {identifiers[0].distinct:,} different values in {identifiers[0].known:,} rows.",
                "are identifiers: nearly every row has a value of its own.",
            ),
            why="A model can learn such numbers by heart, and that helps with no new row.",
            columns=columns,
            evidence=tuple((look.name, f"{look.distinct:,} different in {look.known:,} rows") for look in identifiers),
            fixes=(Fix("Leave out", LeaveOut(columns, because="names the row")),),
        )
    constant = tuple(look.name for look in features if look.distinct <= 1)
    if constant:
        yield Finding(
            key=key_of("constant", constant),
            severity="note",
            sentence=one_or_many(
                constant,
                "says the same in every row.",
                "say the same in every row.",
            ),
            why="What does not vary cannot tell rows apart; the model leaves it out in any case.",
            columns=constant,
            fixes=(Fix("Leave out", LeaveOut(constant, because="always the same")),),
        )
    yield from _duplicates(features)
    yield from _groups(evidence)


def _is_identifier(look: Look) -> bool:
    """All different, and no amount: whole numbers that a name calls an identifier, or text that names nearly each row.

    Whole numbers without such a name may be amounts, all different by chance.
    """
    if look.known < _FEW_ROWS or look.distinct < _MOSTLY_DIFFERENT * look.known:
        return False
    if look.kind == "category":
        return not look.written_numbers
    if look.kind != "number" or not look.whole:
        return False
    return names_an_identifier(look.name) or look.high - look.low == look.known - 1


def _duplicates(features: list[Look]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    pairs = []
    for look in features:
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


def _groups(evidence: Evidence) -> Iterator[Finding]:
    """A column that names a customer or patient who has several rows, while rows are kept aside at random."""
    if evidence.recipe.split != "random":
        return
    for look in evidence.looks.values():
        repeated = MIN_GROUPS <= look.distinct <= MOST_GROUPS * look.known
        if not (repeated and names_members_of_a_group(look.name)):
            continue
        if look.name not in evidence.frame.columns or look.kind == "date" or (look.kind == "number" and not look.whole):
            continue
        left_out = evidence.is_feature(look.name)
        yield Finding(
            key=key_of("rows that belong together", (look.name,)),
            severity="warning",
            sentence=f"The {look.known:,} rows belong to {look.distinct:,} different {listed([look.name])}: "
            "the same one would be among training and test rows.",
            why="The model would be tested on what it has met before, and look better than it is.",
            columns=(look.name,),
            fixes=(
                Fix(
                    "Keep them together",
                    LeaveOut((look.name,), because="names who the row is about") if left_out else None,
                    (("split", "group"), ("split_column", look.name)),
                ),
            ),
        )
        return
