"""Remarks on columns as sentences: one for several columns of which the same is to be told, and few of a sort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from logreg_core.data.remarks import COLUMNS, EXAMPLE, LINE, Remark
from logreg_core.data.spellings import quoted

_OF_A_SORT = 5  # a table with 1,000 columns of one kind gets five sentences and a count
_NAMED = 3


def sentences_of(remarks: Iterable[Remark], line: Callable[[int], str]) -> list[str]:
    """Return what is to be told, at most five sentences of a sort; ``line`` names the line of a row."""
    told: Counter[str] = Counter()
    remarks = _put_together(list(remarks))
    spaced = sum(remark.sort == "spaces" for remark in remarks)
    if spaced > 1:  # one thing to say, of a file whose cells are separated by a comma and a space
        remarks = [remark for remark in remarks if remark.sort != "spaces"]
    sentences = [f"Spaces around the cells of {spaced:,} columns were removed."] if spaced > 1 else []
    zeros = [remark for remark in remarks if remark.sort == "zeros"]
    if len(zeros) > 1:  # measures typed by hand: one example says it
        remarks = [remark for remark in remarks if remark.sort != "zeros" or remark is zeros[0]]
        more = f"{_more(len(zeros) - 1)} such numbers, written with and without a zero at the end."
        remarks.append(Remark("more zeros", more))
    for remark in remarks:
        told[remark.sort] += 1
        if told[remark.sort] <= _OF_A_SORT:
            sentence = remark.sentence
            sentences.append(sentence.replace(LINE, line(remark.row)) if LINE in sentence else sentence)
    sentences += [
        f"{_more(count - _OF_A_SORT)} a remark like one of these." for count in told.values() if count > _OF_A_SORT
    ]
    return sentences


def _more(count: int) -> str:
    return "1 more column has" if count == 1 else f"{count:,} more columns have"


def _put_together(remarks: list[Remark]) -> list[Remark]:
    """Return one remark, in the place of the first, for all of which the same is to be told."""
    alike: dict[tuple[str, str], list[Remark]] = {}
    for remark in remarks:
        if remark.together:
            alike.setdefault((remark.sort, remark.together), []).append(remark)
    kept = []
    for remark in remarks:
        same = alike.get((remark.sort, remark.together), [remark])
        if len(same) == 1:
            kept.append(remark)
        elif remark is same[0]:
            sentence = remark.together.replace(EXAMPLE, remark.example)
            kept.append(Remark(remark.sort, sentence.replace(COLUMNS, _columns([each.column for each in same]))))
    return kept


def _columns(names: list[str]) -> str:
    shown = [quoted(name) for name in names[:_NAMED]]
    if len(names) > _NAMED:
        return f"columns {', '.join(shown)} and {len(names) - _NAMED:,} more"
    return f"columns {', '.join(shown[:-1])} and {shown[-1]}"
