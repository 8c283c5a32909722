"""Lines that programs have damaged, mended before anything is cut.

Three kinds are common. Excel, where semicolons separate cells, saves a file with commas as ``1,Ann,0;;`` with a mark at
the end of its lines, or with its lines in quotation marks as a whole, ``"1,""Lee, Ann"",0"``. And some programs write
lists as they are, ``1,[3,4],0``, without quotation marks around them.

Each is mended only where the lines say so: afterwards every line of a sample has as many cells as the first, and no
number of lines changes.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable

from logreg_core.data.lines import filled_lines
from logreg_core.data.options import ReadOptions

_SAMPLE_BYTES = 2**16
_TOP, _FEW = 2**13, 20
_DELIMITERS = (",", ";", "\t", "|")
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_LINE = re.compile(rb"[^\r\n]+")
_WHOLE = re.compile(r'\s*"((?:[^"]|"")*)"\s*')
_SOME_WHOLE = re.compile(r'(?:^|[\r\n])"(?:[^"\r\n]|"")*[,;\t|](?:[^"\r\n]|"")*"[,;\t| ]*(?=[\r\n]|$)')
_SOME_BRACKETS = re.compile(r"(?:^|[\r\n,;\t|])[ \t]*[\[({]")
_OPENS, _BRACKET = re.compile(r" *[\[({]"), re.compile(r"[\[\](){}]")
_QUOTED_CELL = re.compile(r'[ \t]*"(?:[^"]|"")*"[ \t]*')
_DECIMAL = re.compile(r"\s*[-+]?\d+,\d+\s*")
_FEWEST, _MOST_INSIDE, _LEAST_ROWS = 2, 0.05, 0.5
_MOST_OPEN = 20  # brackets of a line that close nowhere; each is looked for to the end of the line
Mending = tuple[Callable[[str], str], str]


def mended_lines(utf8: bytes, options: ReadOptions) -> tuple[bytes, tuple[str, ...]]:
    """Return (the text with its damaged lines mended, sentences about them); the text as it is if none are."""
    told: list[str] = []
    for find in (_ended, _whole, _bracketed):
        found = find(_sample(utf8, options), options)
        if found is not None:
            mend, sentence = found
            utf8 = _each_line(utf8, mend)
            told.append(sentence)
    return utf8, tuple(told)


def _sample(utf8: bytes, options: ReadOptions) -> str:
    """Return the first lines as text, without those that are skipped."""
    text = utf8[:_SAMPLE_BYTES].decode("utf-8", errors="ignore")
    if len(utf8) > _SAMPLE_BYTES:  # the last line of a sample is cut somewhere
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
    for _ in range(options.skip_rows or 0):
        text = text[text.find("\n") + 1 :]
    return re.sub(r"(?i)^\s*sep=.\s*[\r\n]", "", text)


def _each_line(utf8: bytes, mend: Callable[[str], str]) -> bytes:
    return _LINE.sub(lambda line: mend(line[0].decode()).encode(), utf8)


def _possible(options: ReadOptions) -> tuple[str, ...]:
    return (options.delimiter,) if options.delimiter else _DELIMITERS


def _unwrapped(line: str) -> str:
    """Return what stands in quotation marks if the whole line does, else the line."""
    whole = _WHOLE.fullmatch(line)
    return whole[1].replace('""', '"') if whole else line


def _width(line: str, mark: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=mark, strict=True), []))
    except csv.Error:
        return 0


def _ended(text: str, options: ReadOptions) -> Mending | None:
    """Return how to take off a mark that ends the lines, or only the first, and separates nothing."""
    lasts = {line.rstrip(" ")[-1:] for line in filled_lines(text[:_TOP])[:_FEW]}
    for mark in lasts.intersection(_DELIMITERS):
        for other in _possible(options):
            if other == mark or len(other) != 1 or other not in text:
                continue
            rows = [line.rstrip() if mark != "\t" else line.rstrip(" ") for line in filled_lines(text)]
            rows = [line for line in rows if other in line.rstrip(mark)]
            if _is_ended(rows, mark, other) and len(rows) >= _LEAST_ROWS * len(filled_lines(text)):
                return _without_end(rows, mark)
    return None


def _is_ended(rows: list[str], mark: str, other: str) -> bool:
    """Whether all rows below the first, or only the first, end in the mark, which stands hardly anywhere else."""
    if len(rows) < _FEWEST:
        return False
    ends = [row.endswith(mark) for row in rows]
    bare = [row.rstrip(mark) for row in rows]
    inside = sum(mark in row for row in bare)
    if not all(ends[1:]) and (any(ends[1:]) or inside):
        return False
    if inside > _MOST_INSIDE * len(rows) or all(map(_DECIMAL.fullmatch, bare[1:])):
        return False
    widths = {_width(_unwrapped(row), other) for row in bare}
    return len(widths) == 1 and min(widths) > 1


def _without_end(rows: list[str], mark: str) -> Mending:
    if not rows[1].endswith(mark):
        first, bare = rows[0], rows[0].rstrip(mark)
        told = f"The column names end in a {_NAMES[mark]} that separates nothing; it was left out."
        return lambda line: bare if line.rstrip() == first else line, told
    told = f"The lines end in a {_NAMES[mark]} that separates nothing; it was left out."
    return lambda line: line.rstrip(" \t").rstrip(mark) if line.rstrip(" \t").endswith(mark) else line, told


def _whole(text: str, options: ReadOptions) -> Mending | None:
    """Return how to take lines out of the quotation marks in which they stand as a whole."""
    if '"' not in text or options.quote in {"'", ""} or not _SOME_WHOLE.search(text):
        return None
    lines = filled_lines(text)
    for mark in _possible(options):
        whole = [line for line in lines if _WHOLE.fullmatch(line) and mark in line]
        width = _width(_unwrapped(lines[0]), mark)
        if not whole or width < 2 or len(mark) != 1:
            continue
        bare = [line for line in lines if not _WHOLE.fullmatch(line) and mark in line]
        apart = [line for line in whole if re.search(rf'{re.escape(mark)}(?! )|""', line)]
        if (
            len(apart) >= min(_FEWEST, len(whole))
            and all(_width(_unwrapped(line), mark) == width for line in whole)
            and all(_width(line, mark) == width for line in bare)
            and len(whole) + len(bare) >= max(_FEWEST, _LEAST_ROWS * len(lines))
        ):
            told = "Lines that stand in quotation marks as a whole, such as line {}, were taken out of these."
            number = next(at for at, line in enumerate(re.split(r"\r\n?|\n", text), start=1) if line == whole[0])
            number += options.skip_rows or 0
            return lambda line, mark=mark: _unwrapped(line) if mark in line else line, told.format(f"{number:,}")
    return None


def _bracketed(text: str, options: ReadOptions) -> Mending | None:
    """Return how to put cells in brackets, with delimiters between these, in quotation marks."""
    if options.quote in {"'", ""} or not any(map(text.__contains__, "[({")) or not _SOME_BRACKETS.search(text):
        return None
    lines = filled_lines(text)
    for mark in _possible(options):
        if len(mark) != 1 or mark not in lines[0]:
            continue
        mended = [_with_quotes(line, mark) for line in lines]
        changed = [line for line, other in zip(lines, mended, strict=True) if line != other]
        widths = Counter(_width(line, mark) for line in mended if mark in line)
        if (
            changed
            and len(widths) == 1
            and min(widths) == _width(lines[0], mark) > 1
            and all(_width(line, mark) != min(widths) for line in changed)
            and widths.total() >= max(_FEWEST, _LEAST_ROWS * len(lines))
        ):
            told = f"Cells in brackets hold {_NAMES.get(mark, 'delimiter')}s; each was read as one cell."
            return lambda line, mark=mark: _with_quotes(line, mark), told
    return None


def _with_quotes(line: str, mark: str) -> str:
    """Return the line with quotation marks around cells that begin and end with a bracket and hold the delimiter."""
    if not _BRACKET.search(line):
        return line
    cells: list[str] = []
    at = n_open = 0
    while True:
        quoted = _QUOTED_CELL.match(line, at)
        end = _closing(line, at, mark) if _OPENS.match(line, at) else 0
        n_open += end < 0
        if n_open > _MOST_OPEN:
            return line
        if end > 0:
            cell = line[at:end].strip()
            cells.append('"' + cell.replace('"', '""') + '"' if mark in cell else line[at:end])
        else:
            end = line.find(mark, quoted.end() if quoted else at)
            end = len(line) if end < 0 else end
            cells.append(line[at:end])
        if end >= len(line):
            return mark.join(cells)
        at = end + len(mark)


def _closing(line: str, at: int, mark: str) -> int:
    """Return the place behind the bracket that closes the one at the beginning of a cell and ends it, or -1."""
    depth = 0
    for bracket in _BRACKET.finditer(line, at):
        depth += 1 if bracket[0] in "[({" else -1
        if depth == 0:
            end = bracket.end()
            while line[end : end + 1] == " ":
                end += 1
            return end if end == len(line) or line.startswith(mark, end) else -1
    return -1
