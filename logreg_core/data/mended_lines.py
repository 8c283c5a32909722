"""Lines that programs have damaged, mended before anything is cut.

Four kinds are common. Excel, where semicolons separate cells, saves a file with commas as ``1,Ann,0;;`` with a mark at
the end of its lines, or with its lines in quotation marks as a whole, ``"1,""Lee, Ann"",0"``. And some programs write
lists as they are, ``1,[3,4],0``, without quotation marks around them; or single blanks between cells, and nothing
between two of them for an empty one, which would be gone where any number of blanks counts as one.

Each is mended only where the lines say so: afterwards every line of a sample has as many cells as the first, and no
number of lines changes. A cell in quotation marks may hold line ends; the lines of such a row are mended as one.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator

from logreg_core.data.cell_shapes import is_blank, is_value
from logreg_core.data.lines import filled_lines
from logreg_core.data.options import ReadOptions

_SAMPLE_BYTES = 2**16
_TOP, _FEW = 2**13, 20
_DELIMITERS = (",", ";", "\t", "|")
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_LINE = re.compile(rb"[^\r\n]+")
_WHOLE = re.compile(r'\s*"((?:[^"]|"")*)"\s*')
_LINE_AND_END = re.compile(r"[^\r\n]*+[\r\n]++|[^\r\n]++")
_OPENED = re.compile(r'(?:^|[,;\t|])[ \t]*"(?:[^"]|"")*+\Z')
_MOST_JOINED = 1_000  # lines of one row; more, and the quotation mark is a stray one
_PLAIN_WORDS = re.compile(r"\w[\w.-]*(?: \w[\w.-]*)?")
_SOME_BRACKETS = re.compile(r"(?:^|[\r\n,;\t|])[ \t]*[\[({]")
_OPENS, _BRACKET = re.compile(r" *[\[({]"), re.compile(r"[\[\](){}]")
_QUOTED_CELL = re.compile(r'[ \t]*"(?:[^"]|"")*"[ \t]*')
_IN_QUOTES = re.compile(r'"(?:[^"]|"")*"')
_DECIMAL = re.compile(r"\s*[-+]?\d+,\d+\s*")
_FEWEST, _MOST_INSIDE, _LEAST_ROWS = 2, 0.05, 0.5
_FEWEST_SPACED = 3
_MOST_OPEN = 20  # brackets of a line that close nowhere; each is looked for to the end of the line
Mending = tuple[Callable[[str], str], str]


def mended_lines(utf8: bytes, options: ReadOptions) -> tuple[bytes, tuple[str, ...]]:
    """Return (the text with its damaged lines mended, sentences about them); the text as it is if none are."""
    told: list[str] = []
    for find in (_ended, _whole, _bracketed, _spaced):
        found = find(_sample(utf8, options), options)
        if found is not None:
            mend, sentence = found
            utf8 = _each_row(utf8, mend)
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


def _each_row(utf8: bytes, mend: Callable[[str], str]) -> bytes:
    if b'"' not in utf8:
        return _LINE.sub(lambda line: mend(line[0].decode()).encode(), utf8)
    mended: list[str] = []
    for row in _rows(utf8.decode()):
        bare = row.rstrip("\r\n")
        mended += (mend(bare), row[len(bare) :])
    return "".join(mended).encode()


def _rows(text: str) -> Iterator[str]:
    """Yield the lines with what ends them; those that stand in the same quotation marks together."""
    joined: list[str] = []
    for found in _LINE_AND_END.finditer(text):
        line = found[0]
        is_odd = line.count('"') % 2 == 1
        if joined:
            joined.append(line)
            if is_odd or len(joined) > _MOST_JOINED:
                yield from ["".join(joined)] if is_odd else joined
                joined = []
        elif is_odd and _OPENED.search(line):
            joined = [line]
        else:
            yield line
    yield from joined


def _filled_rows(text: str) -> list[str]:
    """Return the rows that hold anything but blanks, without what ends them."""
    if '"' not in text:
        return filled_lines(text)
    return [row.rstrip("\r\n") for row in _rows(text) if not row.isspace()]


def _possible(options: ReadOptions) -> tuple[str, ...]:
    return (options.delimiter,) if options.delimiter else _DELIMITERS


def _unwrapped(line: str) -> str:
    """Return what stands in quotation marks if the whole line does, else the line."""
    whole = _WHOLE.fullmatch(line)
    return whole[1].replace('""', '"') if whole else line


def _is_whole(line: str) -> bool:
    """Whether a row stands in quotation marks as a whole, with a delimiter inside."""
    whole = _WHOLE.fullmatch(line) if line.lstrip()[:1] == '"' else None
    return whole is not None and any(map(whole[1].__contains__, _DELIMITERS)) and ("\n" not in line or '""' in line)


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
            filled = _filled_rows(text)
            rows = [line.rstrip() if mark != "\t" else line.rstrip(" ") for line in filled]
            rows = [line for line in rows if other in line.rstrip(mark)]
            if _is_ended(rows, mark, other) and len(rows) >= _LEAST_ROWS * len(filled):
                return _without_end(rows, mark)
    return None


def _is_ended(rows: list[str], mark: str, other: str) -> bool:
    """Whether all rows below the first, or only the first, end in the mark, which stands hardly anywhere else."""
    if len(rows) < _FEWEST:
        return False
    ends = [row.endswith(mark) for row in rows]
    bare = [row.rstrip(mark) for row in rows]
    inside = sum(mark in _IN_QUOTES.sub("", row) for row in bare)
    if not all(ends[1:]) and (not ends[0] or any(ends[1:]) or inside):
        return False
    if inside > _MOST_INSIDE * len(rows) or all(map(_DECIMAL.fullmatch, bare[1:])):
        return False
    widths = {_width(_unwrapped(row), other) for row in bare}
    return len(widths) == 1 and min(widths) > 1 and (ends[0] or not all(ends[1:]) or _are_plain_ends(rows, mark, other))


def _are_plain_ends(rows: list[str], mark: str, other: str) -> bool:
    """Whether the last cells are values or words without the mark, and no code that it may end, such as ``&amp;``."""
    lasts = [_unwrapped(row.rstrip(mark)).rpartition(other)[2].strip(' "') for row in rows[1:]]
    return all(is_blank(cell) or is_value(cell) or _PLAIN_WORDS.fullmatch(cell) for cell in lasts)


def _without_end(rows: list[str], mark: str) -> Mending:
    if not rows[1].endswith(mark):
        first, bare = rows[0], rows[0].rstrip(mark)
        told = f"The column names end in a {_NAMES[mark]} that separates nothing; it was left out."
        return lambda line: bare if line.rstrip() == first else line, told
    told = f"The lines end in a {_NAMES[mark]} that separates nothing; it was left out."
    return lambda line: line.rstrip(" \t").rstrip(mark) if line.rstrip(" \t").endswith(mark) else line, told


def _whole(text: str, options: ReadOptions) -> Mending | None:
    """Return how to take lines out of the quotation marks in which they stand as a whole."""
    if '"' not in text or options.quote in {"'", ""}:
        return None
    lines = _filled_rows(text)
    if not any(_is_whole(line) for line in lines):
        return None
    for mark in _possible(options):
        whole = [line for line in lines if _is_whole(line) and mark in line]
        width = _width(_unwrapped(lines[0]), mark)
        if not whole or width < 2 or len(mark) != 1:
            continue
        bare = [line for line in lines if not _is_whole(line) and mark in line]
        apart = [line for line in whole if re.search(rf'{re.escape(mark)}(?! )|""', line)]
        if (
            len(apart) >= min(_FEWEST, len(whole))
            and all(_width(_unwrapped(line), mark) == width for line in whole)
            and all(_width(line, mark) == width for line in bare)
            and len(whole) + len(bare) >= max(_FEWEST, _LEAST_ROWS * len(lines))
        ):
            told = "Lines that stand in quotation marks as a whole, such as line {}, were taken out of these."
            top = _physical(whole[0])[0]
            number = next(at for at, line in enumerate(_physical(text), start=1) if line == top)
            number += options.skip_rows or 0
            return lambda line, mark=mark: _unwrapped(line) if mark in line and _is_whole(line) else line, told.format(
                f"{number:,}"
            )
    return None


def _physical(text: str) -> list[str]:
    return re.split(r"\r\n?|\n", text)


def _bracketed(text: str, options: ReadOptions) -> Mending | None:
    """Return how to put cells in brackets, with delimiters between these, in quotation marks."""
    if options.quote in {"'", ""} or not any(map(text.__contains__, "[({")) or not _SOME_BRACKETS.search(text):
        return None
    lines = _filled_rows(text)
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


def _spaced(text: str, options: ReadOptions) -> Mending | None:
    """Return how to put tabs for single blanks between cells, if all lines have as many and some cells are empty."""
    if "  " not in text or options.delimiter not in {None, "\t"} or any(map(text.__contains__, ',;\t|"')):
        return None
    lines = filled_lines(text)
    counts = {line.count(" ") for line in lines}
    if len(lines) < _FEWEST_SPACED or len(counts) > 1 or min(counts) < 1 or not all(lines[0].split(" ")):
        return None
    told = (
        "Single spaces stand between the cells, and two beside each other around an empty one; each was read as a tab."
    )
    return lambda line: line.replace(" ", "\t"), told
