"""The words of data files: how "no value", true and false are written, and sentences' way of quoting cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from logreg_core.data.invisible import INVISIBLE

MISSING_SPELLINGS = (
    *("", "NA", "N/A", "n/a", "#N/A", "#NV", "NaN", "nan", "NAN", "null", "NULL", "Null"),
    *("-", "–", "—", "?", ".", "missing", "Missing", "MISSING"),
)
"""Cells that mean "no value" in any column."""

MISSING_AMONG_NUMBERS = (
    *("None", "none", "NONE", "nil", "<NA>", "(null)", "\\N", "NaT", "N.A.", "n.a.", "n.a", "na", "Na", "-.-", "--"),
    *("---", "…", "...", "..", "*", "#NULL!", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!"),
    *("(blank)", "(empty)", "not available", "Not Available", "no data", "No data", "-nan", "ND", "nd", "BDL"),
    *(
        "k.A.",
        "k. A.",
        "k.A",
        "keine Angabe",
        "keine Daten",
        "n.d.",
        "n.d",
        "N.D.",
        "n/d",
        "N/D",
        "s/d",
        "S/D",
        "n.v.t.",
    ),
    *("sin dato", "sin datos", "sem dados", "non disponible", "brak", "brak danych", "b.d.", "н/д", "Н/Д"),
    *("н.д.", "нет данных", "不明", "缺失", "无数据"),
    # How spreadsheets in other languages write that a value is not available, or an error.
    *("#N/D", "#N/D!", "#Н/Д", "#I/T", "#WERT!", "#BEZUG!", "#ZAHL!", "#VALEUR!", "#VALOR!", "#¡VALOR!", "#¡DIV/0!"),
    *("#DIV/0", "#DZIEL/0!", "#ARG!", "#ДЕЛ/0!", "#ЗНАЧ!", "#ССЫЛКА!"),
)
"""Cells that mean "no value" only where all others are numbers, dates or truth values: among text they are levels."""

TRUTH: tuple[tuple[str, str], ...] = (
    ("true", "false"),
    ("wahr", "falsch"),
    ("vrai", "faux"),
    ("verdadero", "falso"),
    ("vero", "falso"),
)
TRUTH += (("verdadeiro", "falso"), ("waar", "onwaar"), ("sant", "falskt"), ("prawda", "fałsz"), ("истина", "ложь"))
"""Pairs of words that are truth values and nothing else. "Yes" and "no" are class names, and stay text."""

FORMULA_OF_TEXT = '^="([^"]*)"$'
"""A formula that only holds text, as programs write codes for Excel: ="007"."""

YES = {"yes", "y", "ja", "j", "oui", "o", "si", "sí", "s", "sim", "да", "tak", "t", "true", "1", "on", "x"}
NO = {"no", "n", "nein", "non", "não", "nao", "нет", "nie", "f", "false", "0", "off", "nee", "nej"}
"""For a column that the user says is yes/no."""

_SHOWN_CHARACTERS = 40


def quoted(text: str) -> str:
    """Return a cell or name as shown inside a sentence: on one line, cut to 40 characters, in quotation marks.

    Invisible marks are left out: those that turn the direction of writing would turn the sentence around it.
    """
    line = re.sub(rf"[\x00-\x1f\x7f-\x9f]+|[{INVISIBLE}\u061c]+", " ", text)
    return f"“{line[:_SHOWN_CHARACTERS]}…”" if len(line) > _SHOWN_CHARACTERS else f"“{line}”"


def lines_listed(lines: Sequence[int], count: int = 0, most: int = 10) -> str:
    """Return "line 3", or "lines 3, 1,007 and 5 more": the first ``most`` of ``count``, by default all of ``lines``."""
    count = count or len(lines)
    shown = ", ".join(f"{line:,}" for line in lines[:most])
    more = f" and {count - most:,} more" if count > most else ""
    return f"{'line' if count == 1 else 'lines'} {shown}{more}"


def listed(names: list[str], most: int = 5) -> str:
    """Return names in quotation marks, the first ``most`` and a count of the others."""
    shown = ", ".join(quoted(name) for name in names[:most])
    return f"{shown} and {len(names) - most:,} more" if len(names) > most else shown


def told_apart_by(sentences: Iterable[str], names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Sentences that name one of the columns ``names``, and the others; both in their order."""
    called = [quoted(name) for name in names]
    about: list[str] = []
    others: list[str] = []
    for sentence in sentences:
        (about if any(name in sentence for name in called) else others).append(sentence)
    return about, others
