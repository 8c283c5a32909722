"""The end of a table: rows of totals and notes below the data."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter

from logreg_core.data.cell_shapes import GLANCE, is_blank, is_value
from logreg_core.data.drawn import is_line, is_rule
from logreg_core.data.outline import Outline
from logreg_core.data.records import Record

TOTAL = re.compile(
    r"(?:\*+ ?)?(?:(?:grand |sub)?totals?\b|summ?[ae]?\b|somme\b|gesamt|insgesamt|zwischensumme|total général|totale\b|"
    r"suma\b|soma\b|totalt\b|totais\b|yhteensä|összesen|(?:genel )?toplam\b|ogółem|ukupno\b|i alt\b|ensemble$|"
    r"合計|总计|總計|합계|σύνολο|(?:\w+ )?(?:average|mean|total|sum)$|"
    r"итого|всего|averages?\b|mean\b|mittelwert|durchschnitt|moyenne|media\b|ø$|σ$|totaal|razem|celkem|"
    r"(?:min|max|minimum|maximum|count|anzahl|nombre|std)$)",
    re.IGNORECASE,
)
"""Words a row of totals begins with; whether it is one, its numbers must tell."""
ONLY_TOTAL = re.compile(r"(?:grand |sub-?)totals?\b|totals?$|summe$|zwischensumme|gesamt$|insgesamt$", re.IGNORECASE)
"""Words that hardly any row of data begins with."""
_NOTE = re.compile(
    r"(?:sources?|quellen?|notes?|hinweise?|anmerkung(?:en)?|fuentes?|fonti|fontes?|legende?|stand|end of|\d+ rows)\b|"
    r"\*|©|--|\(\d",
    re.IGNORECASE,
)
_SURELY_NOTE = re.compile(
    r"(?:sources?|quellen?|notes?|hinweis|anmerkung|fuente|fonte|data as of|stand|exported|created|generated)\s*:|"
    r"(?:exported|generated|created|printed|data as of|stand) (?:on |at |by )?\d|"
    r"(?:exported|generated|created|printed) (?:by|from|with) \w",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\(?(?P<number>\d[\d,.]*) (?:rows?|row\(s\)|records?|Zeilen?|Datensätze|lignes?|filas?|righe|rijen)"
    r"(?P<done> (?:affected|selected|returned|fetched|betroffen|ausgewählt|in set)\b.{0,20})?\.?\)?",
    re.IGNORECASE,
)
"""How a database client says below a table how many rows it has."""
_BELOW_GAP = re.compile(r"(?:exported|generated|created|printed|confidential|copyright|page|seite)\b", re.IGNORECASE)
_STARS = re.compile(r"\*{1,5}")
_COLON = re.compile(r":(?!\d|//)")
_FEW_WORDS, _LONGEST_NAME = 2, 3
_LABEL_PLACES, _LONGEST_LABEL = 2, 40
_IN_BOTH = 2  # a row of a small file stands in its head and in its tail


def n_footer(tail: list[Record], outline: Outline, head: list[Record]) -> int:
    """Return how many records at the end are totals or notes and not data; ``tail`` are the last records."""
    count = empty = 0
    labels = [
        record.cells[place].strip() for record in [*head[:GLANCE], *tail] for place in range(min(2, len(record.cells)))
    ]
    rows = [record for record in head[:GLANCE] if record.line >= outline.data_line]
    longest = max((_n_words(record.cells[0]) for record in rows if record.filled > 1), default=0)
    levels = {label for label, times in Counter(labels).items() if times > _IN_BOTH}
    for place in range(len(tail) - 1, 0, -1):
        record = tail[place]
        gap = record.line > tail[place - 1].last + 1
        if not record.filled:
            empty += 1  # part of the foot only if notes stand above it, too
        elif (
            _is_footer(record, outline, levels, gap)
            or _is_sentence(record, tail[:place], levels, _most_words(longest, outline, gap=gap))
            or _is_starred(record, tail[:place])
        ):
            count, empty = count + empty + 1, 0
        else:
            break
    return count


def _is_starred(record: Record, above: list[Record]) -> bool:
    """Whether a row is a total of SAP's lists: stars in place of a word, below a drawn line."""
    stars = next(filter(None, map(str.strip, record.cells)), "")
    if not _STARS.fullmatch(stars):
        return False
    drawn = is_rule(above[-1].cells) or (above[-1].filled == 1 and is_line("".join(above[-1].cells)))
    return drawn or (len(above) > 1 and _is_starred(above[-1], above[:-1]))


def _n_words(cell: str) -> int:
    """Return how many words a cell has; a colon behind one counts for a word, inside of a time it does not."""
    return len(cell.split()) + len(_COLON.findall(cell))


def _most_words(longest: int, outline: Outline, *, gap: bool) -> float:
    """Return how many words a first cell alone may have and be one of a row of data with nothing else.

    ``longest`` is the most that first cells have beside others. Where these are texts, or nothing but words stands
    beside them, the next one may well be longer by some words; texts beside words are labelled one after the other.
    Without rows to compare with, nothing is known.
    """
    are_texts, beside_words = longest > _LONGEST_NAME, not outline.numeric
    if not longest or (are_texts and beside_words and not gap):
        return math.inf
    return max(longest, _FEW_WORDS) * (2 if (are_texts or beside_words) and not gap else 1)


def _is_sentence(record: Record, above: list[Record], levels: set[str], most_words: float) -> bool:
    """Whether a row is a note: it says so with a colon, or is a first cell alone with more words than those of rows."""
    label = record.cells[0].strip()
    if not label or label in levels:
        return False
    if _is_count(record, above):
        return True
    alone = record.filled == 1
    return (bool(_SURELY_NOTE.match(label)) and (alone or _is_cut(record, above))) or (
        alone and _n_words(label) > most_words
    )


def _is_count(record: Record, above: list[Record]) -> bool:
    """Whether a row says how many there are; over several cells, "12" and "records" may be a number and its unit."""
    text = " ".join(" ".join(record.cells).split())
    counted = _COUNTED.fullmatch(text)
    if not counted:
        return False
    said = int(re.sub(r"\D", "", counted["number"]))
    return record.filled == 1 or bool(counted["done"]) or said == sum(row.filled > 0 for row in above)


def _is_cut(record: Record, above: list[Record]) -> bool:
    """Whether the cells are one sentence cut at its commas: a space follows each, and none in the row above."""
    return all(cell[:1].isspace() for cell in record.cells[1:] if cell) and not any(
        cell[:1].isspace() for cell in above[-1].cells
    )


def _is_footer(record: Record, outline: Outline, levels: set[str], gap: bool) -> bool:
    cells = [cell.strip() for cell in record.cells]
    filled = [(place, cell) for place, cell in enumerate(cells) if cell]
    place, label = filled[0]
    known = label in levels
    if gap and place == 0 and _BELOW_GAP.match(label) and not known:
        return True
    if len(cells) != outline.width:
        if len(filled) == 1 and _is_row_of_other_delimiter(label, outline.width):
            return False
        return len(filled) == 1 or (bool(_NOTE.match(label)) and place == 0) or (gap and len(cells) < outline.width)
    misfits = [
        place for place in outline.numeric if cells[place] and not is_value(cells[place]) and not is_blank(cells[place])
    ]
    may_label = place < _LABEL_PLACES or place in misfits or len(filled) == 1
    if TOTAL.match(label) and len(label) <= _LONGEST_LABEL and may_label and not known:
        return True
    if (
        len(filled) == 1
        and place == 0
        and (place in misfits or (_NOTE.match(label) and not known) or (gap and outline.width > 2))
    ):
        return True
    return (
        bool(misfits)
        and (gap or bool(_NOTE.match(label)))
        and (len(misfits) == len(outline.numeric & {at for at, _ in filled}))
    )


def _is_row_of_other_delimiter(line: str, width: int) -> bool:
    """Whether another delimiter, no comma of a sentence, cuts a line into as many cells as the table has."""
    if TOTAL.match(line) or _NOTE.match(line):
        return False
    for mark in ";,\t|":
        try:
            cells = next(csv.reader([line], delimiter=mark), [])
        except csv.Error:  # a line end in a cell
            return False
        if len(cells) == width and not any(cell[:1] == " " for cell in cells[1:]):
            return True
    return False
