"""Which value of a column means the rows that test, told by its values ("Testdaten") or by its name (is_test: 1)."""

from __future__ import annotations

import re
from collections.abc import Collection

from logreg_core.features.names import words

_TEST = (
    *("test", "tst", "testing", "tests", "teste", "prueba", "prüf", "holdout", "hold out", "oot", "out of time", "oos"),
    *("out of", "validation", "validierung", "valid", "val", "evaluation", "eval", "verification"),
)
"""The likeliest first, where several parts are no training rows."""
UNLIKELY = len(_TEST)
"""What ``likelier_to_test`` gives where nothing speaks for it."""
_TRAIN = frozenset(
    (
        *("train", "trn", "training", "learn", "learning", "development", "dev", "derivation", "build", "in", "lern"),
        *("entrenamiento", "apprentissage", "entraînement", "entrainement", "treino", "addestramento"),
    )
)
_WORK = frozenset(("development", "dev", "build"))
_ITS_TEST = frozenset(("test", "tst", "testing", "tests", "verification", "validation", "val"))
"""What follows in a program or a building as well; beside "out of time" or "holdout" these words are parts."""
_FILLERS = frozenset(("data", "dataset", "set", "sample", "subset", "rows", "row", "cases", "cohort", "part", "split"))
_COMPOUND = re.compile(r"s?(daten|datensatz|satz|set|menge|stichprobe|data|gruppe)$")
_YES, _NO = (
    frozenset(("1", "true", "yes", "y", "t", "ja", "j", "x", "in")),
    frozenset(("0", "false", "no", "n", "f", "nein", "out")),
)
_NAMES = {"test": "test", "testing": "test", "validation": "test", "train": "train", "training": "train"}
_MAKES_A_PART = frozenset(("is", "for", "set", "dataset", "data", "sample", "rows", "split", "used", "use"))
_PARTS = {
    **{"holdout": "test", "is holdout": "test", "hold out": "test", "oot": "test", "oos": "test", "in test": "test"},
    **{"out of sample": "test", "out of time": "test", "in sample": "train", "insample": "train", "in train": "train"},
}
_FOLDS = frozenset(("fold", "folds", "kfold"))
_BESIDE_FOLDS = frozenset(("cv", "k", "id", "no", "nr", "number", "xval", "index", "outer", "inner", "test"))


def test_value(name: str, values: Collection[str]) -> str:
    """Of the different ``values`` of a column the one of the test rows; empty where neither they nor ``name`` say it.

    All values have to say "train" or "test" in some way, and both have to be said. Or there are two, such as 1 and 0,
    and the name says what they are about; "test" alone may be a test that somebody took, and "train" a way to travel.
    """
    ranks = {value: _rank(value) for value in values}
    tests = [value for value in values if ranks[value] is not None]
    trained = [value for value in values if value not in tests]
    if tests and trained and all(map(_means_train, trained)) and not _are_stages(trained, tests):
        return min(tests, key=lambda value: ranks[value] or 0)
    answers = {value: _answer(value) for value in values}
    part = _part_named(name)
    if part and len(answers) == 2 and set(answers.values()) == {True, False}:
        return next(value for value in values if answers[value] is (part == "test"))
    return ""


def likelier_to_test(name: str, value: str) -> int:
    """0 for the value that ``test_value`` might name, more for others: also where the name is no more than "test"."""
    rank = _rank(value)
    if rank is not None:
        return rank
    named = _part_named(name) or _NAMES.get(" ".join(words(name)), "")
    return 0 if named and _answer(value) is (named == "test") else UNLIKELY


def names_a_part(name: str) -> bool:
    """Such as "is_test", "for training", "in_sample", "holdout": its yes and no are about a part of the rows."""
    return bool(_part_named(name))


def names_folds(name: str) -> bool:
    """Such as "fold", "cv_fold": its numbers are parts of the rows, each of which tests in turn; not "fold change"."""
    found = set(words(name))
    return bool(found & _FOLDS) and found <= _FOLDS | _BESIDE_FOLDS


def _part_named(name: str) -> str:
    """ "test" or "train" where a name says that a column is about such rows; else empty."""
    found = words(name)
    if " ".join(found) in _PARTS:
        return _PARTS[" ".join(found)]
    told = {_NAMES[word] for word in found if word in _NAMES}
    beside = {word for word in found if word not in _NAMES}
    return told.pop() if len(told) == 1 and beside and beside <= _MAKES_A_PART else ""


def _rank(value: str) -> int | None:
    """Place among the words for test rows, None for other words."""
    word = _bare(value)
    return _TEST.index(word) if word in _TEST else None


def _means_train(value: str) -> bool:
    return _bare(value) in _TRAIN


def _are_stages(trained: Collection[str], tests: Collection[str]) -> bool:
    """Whether the words may be stages of a work, as "development" and "test" of a program are, and no parts."""
    return {_bare(value) for value in trained} <= _WORK and {_bare(value) for value in tests} <= _ITS_TEST


def _bare(value: str) -> str:
    """The word that says it: "Training set" and "Trainingsdaten" are "training", "out-of-sample" is "out of"."""
    found = [word for word in re.findall(r"[^\W_]+", value[:60].casefold()) if word not in _FILLERS]
    if len(found) == 1 and found[0] not in _TEST:
        found = [_COMPOUND.sub("", found[0])]
    return " ".join(found)


def _answer(value: str) -> bool | None:
    word = value.strip().casefold()
    return True if word in _YES else False if word in _NO else None
