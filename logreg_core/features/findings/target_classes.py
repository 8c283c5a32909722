"""Classes of the target that are one class spelled in several ways, and those that only say it is not known."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from logreg_core.features.class_column import candidate_after
from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, key_of
from logreg_core.features.steps import NoClass, SameClass
from logreg_core.features.steps.one_spelling import sound_of
from logreg_core.features.targets import TargetCandidate, class_names
from logreg_core.features.values import cut_short

_SHOWN = 30
_SHOWN_ROWS = 20
_ENDS = ".,;:!"
_FEW, _FEWER = 0.3, 0.1
_NOT_KNOWN = frozenset(
    (
        *("unknown", "unk", "not known", "undetermined", "undefined", "missing", "null", "nan", "?", "??", "-", "--"),
        *("n/a", "na", "n.a.", "#n/a", "#nv", "not available", "not recorded", "not stated", "not specified"),
        *("no data", "no answer", "unbekannt", "keine angabe", "k.a.", "k. a.", "nicht bekannt", "inconnu", "inconnue"),
        *("non renseigné", "desconocido", "sin datos", "sconosciuto", "nieznany", "brak danych", "onbekend"),
    )
)
_OTHER = frozenset(("other", "others", "sonstige", "sonstiges", "andere", "autre", "otro", "altro", "inne"))


def spelled(evidence: Evidence) -> Iterator[Finding]:
    """Classes of a text target that differ by capitals, spaces or a point at the end only."""
    target, positive = evidence.recipe.target, evidence.recipe.positive
    candidate = _of_texts(evidence)
    alike = _alike(candidate) if candidate is not None else {}
    if candidate is None or not alike or len({_sound(name) for name in candidate.names}) < 2:
        return
    called = {each: names[0] for names in alike.values() for each in names[1:]}
    deceives = any(positive in names for names in alike.values())
    rows = dict(candidate.classes)
    first = alike.get(_sound(positive)) or next(iter(alike.values()))
    taken = sum(rows[name] for name in first if name != positive)
    yield Finding(
        key=key_of("classes spelled", (target,)),
        severity="grave" if deceives else "note",
        sentence=f"'{target}' spells one class in several ways: {_spoken(first, rows)}.",
        why=(
            f"Only '{positive}' counts as the class you look for: {taken:,} rows that seem to say the same "
            f"{'is' if taken == 1 else 'are'} taken for its opposite."
            if deceives
            else "They are all taken for the opposite of the class you look for, as they should be; as one, it has one "
            "name."
        ),
        columns=(target,),
        evidence=tuple((f"'{each}'", f"{rows[each]:,} rows") for names in alike.values() for each in names),
        rows=_rows_of(evidence, called),
        fixes=(
            Fix(
                "Count them as one class",
                SameClass((target,), tuple(called), tuple(called.values())),
                (("positive", called.get(positive, positive)),),
            ),
        ),
    )


def not_known(evidence: Evidence) -> Iterator[Finding]:
    """Classes of few rows, besides two others or more, whose name says that the class is not known."""
    target, positive = evidence.recipe.target, evidence.recipe.positive
    candidate = _of_texts(evidence)
    if candidate is None:
        return
    total = sum(rows for _, rows in candidate.classes)
    found = [(name, rows) for name, rows in candidate.classes if name != positive and _says_nothing(name, rows / total)]
    if not found or len(candidate.classes) - len(found) < 2:
        return
    names, count = tuple(name for name, _ in found), sum(rows for _, rows in found)
    yield Finding(
        key=key_of("no class", (target, *names)),
        severity="warning",
        sentence=f"'{target}' is {_spoken(names, dict(found), ' or ')}: is that a class, or is it not known there?",
        why=f"{'The row counts' if count == 1 else 'These rows count'} as not {evidence.event}. Where nobody knows "
        "what happened, the model learns something false from it, and is tested on it.",
        columns=(target,),
        rows=_rows_of(evidence, names),
        fixes=(Fix(f"Leave {'this row' if count == 1 else 'these rows'} out", NoClass((target,), names)),),
    )


def _of_texts(evidence: Evidence) -> TargetCandidate | None:
    """The classes as they are after the steps about the target; None where they are no texts."""
    known = evidence.memory.classes
    key = (evidence.recipe.target, repr(evidence.recipe.steps))
    if key not in known:
        known.clear()
        known[key] = candidate_after(evidence.frame, evidence.recipe)
    candidate = known[key]
    return candidate if any(not _is_amount(name) for name in candidate.names) else None


def _is_amount(name: str) -> bool:
    try:
        float(name)
    except ValueError:
        return False
    return True


def _sound(name: str) -> str:
    """A class without capitals, spaces around it, and a mark at its end."""
    return sound_of(name).rstrip(_ENDS).rstrip() or sound_of(name)


def _alike(candidate: TargetCandidate) -> dict[str, list[str]]:
    """Classes of one sound, the most frequent first, where there are several."""
    sounds: dict[str, list[str]] = {}
    for name in candidate.names:
        sounds.setdefault(_sound(name), []).append(name)
    return {sound: names for sound, names in sounds.items() if len(names) > 1}


def _says_nothing(name: str, share: float) -> bool:
    sound = sound_of(name)
    return (sound in _NOT_KNOWN and share <= _FEW) or (sound in _OTHER and share <= _FEWER)


def _spoken(names: list[str] | tuple[str, ...], rows: dict[str, int], joined: str = ", ") -> str:
    return joined.join(
        f"'{cut_short(name, _SHOWN)}' ({rows[name]:,} {'row' if rows[name] == 1 else 'rows'})" for name in names
    )


def _rows_of(evidence: Evidence, classes: dict[str, str] | tuple[str, ...]) -> tuple[int, ...]:
    names = class_names(evidence.frame[evidence.recipe.target])
    return tuple(int(row) for row in np.flatnonzero(names.isin(list(classes)))[:_SHOWN_ROWS])
