"""Columns at fixed places, as databases, SAS and many instruments write them.

They are found by a line drawn below the names, ``---- -----``, or else by the gaps all lines share.
"""

from __future__ import annotations

import re
from itertools import pairwise

from logreg_core.data.drawn import run_starts
from logreg_core.data.lines import filled_lines

_MOST_LINES = 2_000
_LONGEST = 5_000
_TOP, _BOTTOM = 6, 3
_MANY = 10
_MOST_ABOVE = 20
_NUMBER = re.compile(r"(?:^|(?<=\s))[-+]?\d[\d.,:/-]*(?=\s|$)")
_MOST_ACROSS = 0.1
_FEWEST_WORDS = 0.5


def ruled_starts(text: str) -> tuple[int, ...]:
    """Return the place at which each column begins by the dashes drawn below the names, or () if there are none.

    Database clients draw them: one run of dashes as wide as the column. They count where hardly a line below has a word
    across the beginning of a column; titles above and notes below may lie across it as they like.
    """
    if "- " not in text and "= " not in text:
        return ()
    lines = filled_lines(text)[:_MOST_LINES]
    at = next((place for place, line in enumerate(lines[: _MOST_ABOVE + 1]) if place and run_starts(line)), 0)
    if not at or at + 1 >= len(lines) or any("\t" in line for line in lines) or run_starts(lines[at - 1]):
        return ()
    starts = run_starts(lines[at])
    names = [lines[at - 1][start:end].strip() for start, end in zip(starts, (*starts[1:], None), strict=True)]
    below = lines[at + 1 :]
    across = sum(is_across(line, starts) for line in (*below, lines[at - 1]))
    if across > max(_MOST_ACROSS * len(below), _BOTTOM) or across == len(below):
        return ()
    return (0, *starts[1:]) if sum(map(bool, names)) > _FEWEST_WORDS * len(names) else ()


def is_across(line: str, starts: tuple[int, ...]) -> bool:
    """Whether a word stands across the beginning of a column other than the first."""
    return any(
        line[start - 1 : start + 1].strip(" ") == line[start - 1 : start + 1] != ""
        for start in starts[1:]
        if start < len(line)
    )


def without_frame(text: str) -> str:
    """Return the text without the titles above and notes below that empty lines keep apart from a print of a table.

    The names are the first line behind an empty one that holds no number, where the next line does; below an empty line
    a note of a few lines may end the text.
    """
    lines = re.findall(r"[^\r\n]*(?:\r\n?|\n|\Z)", text)[:-1]
    filled = [place for place, line in enumerate(lines) if line.strip()]
    top, bottom = 0, len(lines)
    for at, (place, following) in enumerate(pairwise(filled[: _MOST_ABOVE + 1])):
        apart = at == 0 or filled[at - 1] < place - 1
        if apart and not _NUMBER.search(lines[place]) and _NUMBER.search(lines[following]):
            top = place
            break
    for above, below in pairwise(filled[-_BOTTOM - 1 :]):
        if below > above + 1 and above > top and len(filled) > _MANY:
            bottom = below
            break
    return "".join(lines[top:bottom])


def find_starts(text: str) -> tuple[int, ...]:
    """Return the place at which each column begins, or () if no gap runs through (nearly) all lines.

    A title above and notes below may run across the gaps: up to six lines on top and three at the end are left out of
    the count if that is what it takes, or if then every column has one word of the first line, above numbers, as name.
    """
    lines = filled_lines(text)[:_MOST_LINES]
    if len(lines) < 3 or any("\t" in line for line in lines) or max(map(len, lines)) > _LONGEST:
        return ()
    first: tuple[int, ...] = ()
    for top in range(min(_TOP, len(lines) - 3) + 1):
        for bottom in range(min(_BOTTOM, len(lines) - 3 - top) + 1):
            kept = lines[top : len(lines) - bottom]
            if first and not _may_be_names(kept):
                break
            starts = _named(_starts(kept, narrowest=1), kept[0])
            # A gap of one space may be chance in a few lines, unless the names in the first line bear it out.
            if len(kept) < _MANY and len(starts) - _has_nameless_first(starts, kept[0]) != _n_words(kept[0]):
                starts = _starts(kept, narrowest=2)
            starts = _joined(starts, kept)
            if len(starts) > 1:
                if len(starts) == _n_words(kept[0]) and _may_be_names(kept):
                    return starts
                first = first or starts
    return first


def _may_be_names(lines: list[str]) -> bool:
    """Whether the first line holds words only, and the next one a number."""
    return not re.search(r"(?<!\S)[\d.,-]+(?!\S)", lines[0]) and bool(re.search(r"(?<!\S)[\d.,-]*\d(?!\S)", lines[1]))


def _has_nameless_first(starts: tuple[int, ...], names: str) -> bool:
    """Whether the first column has no name, as the row numbers that R and pandas print."""
    return len(starts) > 1 and not names[: starts[1]].strip()


def _joined(starts: tuple[int, ...], lines: list[str]) -> tuple[int, ...]:
    """Return the columns with those put together that are one word each of a name: below one of them nothing stands."""
    names, found = lines[0], list(starts)
    for start in starts:
        place = found.index(start) if start in found else -1
        end = found[place + 1] if 0 <= place < len(found) - 1 else max(map(len, lines))
        if place < 0 or not names[start:end].strip() or any(line[start:end].strip() for line in lines[1:]):
            continue
        if place < len(found) - 1 and names[end - 1 : end] == " " and names[end - 2 : end - 1] != " ":
            del found[place + 1]
        elif start > 1 and names[start - 1] == " " and names[start - 2] != " ":
            del found[place]
    return tuple(found)


def _n_words(line: str) -> int:
    return len(re.findall(r"[^ ]+", line))  # a no-break space stands inside a word


def _named(starts: tuple[int, ...], names: str) -> tuple[int, ...]:
    """Return the columns that have a name in the first line, if there is one for every word of that line.

    The others are gaps inside a column of words, which all cells happen to share.
    """
    ends = (*starts[1:], max(len(names), *starts, 0) + 1) if starts else ()
    named = tuple(start for start, end in zip(starts, ends, strict=True) if names[start:end].strip())
    return named if len(named) == _n_words(names) else starts


def _starts(lines: list[str], narrowest: int) -> tuple[int, ...]:
    """Return where columns begin after gaps of at least ``narrowest`` (1 or 2) spaces that every line has."""
    width = max(map(len, lines))
    taken = bytearray(width)
    for line in lines:
        for word in re.finditer(r"[^ ]+", line):
            taken[word.start() : word.end()] = b"\1" * (word.end() - word.start())
    column = rb"\x01+(?:\x00\x01+)*" if narrowest > 1 else rb"\x01+"
    starts = [found.start() for found in re.finditer(column, bytes(taken))]
    if not starts:
        return ()
    if all(line[: starts[0]].strip() == "" for line in lines):
        starts[0] = 0
    # A column that nearly no line fills is a gap that one long word bridges, not a column; or, without a name, the rest
    # of some cells of several words.
    if _least_filled(tuple(starts), lines) * 4 >= len(lines):
        return tuple(starts)
    named = _named(tuple(starts), lines[0])
    is_sure = named[0] == starts[0] and _may_be_names(lines) and not _is_number_before_words(named, starts, lines)
    return named if is_sure and _least_filled(named, lines) * 4 >= len(lines) else ()


def _is_number_before_words(named: tuple[int, ...], starts: list[int], lines: list[str]) -> bool:
    """Whether a column without a name would be put to one of numbers in front of it."""
    for place, start in enumerate(starts):
        if start not in named:
            before = [line[starts[place - 1] : start].strip() for line in lines[1:]]
            if all(_NUMBER.fullmatch(cell) for cell in before if cell):
                return True
    return False


def _least_filled(starts: tuple[int, ...], lines: list[str]) -> int:
    """Return in how many lines the column has a word that has one in the fewest."""
    spans = list(zip(starts, (*starts[1:], None), strict=True))
    return min(sum(1 for line in lines if line[start:end].strip()) for start, end in spans)
