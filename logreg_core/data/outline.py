"""Where the table stands in its file: title above, rows of names, units, first row of data, totals and notes below.

The header is the first row as wide as the table whose cells are names. Everything that is taken for something else than
a row of data is told with its line; nothing is left out because it does not fit.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from logreg_core.data.numbers import COMMA_NUMBER, NUMBER
from logreg_core.data.options import ReadOptions
from logreg_core.data.records import Record
from logreg_core.data.spellings import MISSING_AMONG_NUMBERS, MISSING_SPELLINGS, quoted
from logreg_core.errors import TableError

_NO_VALUE = set(MISSING_SPELLINGS) | set(MISSING_AMONG_NUMBERS)
_GROUPED = r"[1-9]\d{0,2}(?:[.,' \u00a0\u202f\u2019]\d{2,3})+(?:[.,]\d+)?"
_NUMERIC = re.compile(rf"[(]?\s?[-+]?\s?[$€£¥]?\s?(?:{NUMBER}|{COMMA_NUMBER}|{_GROUPED})\s?[%€$£¥]?[)]?-?")
_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}.*|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.*")
_UNIT = re.compile(
    r"[\[(].{0,20}[\])]|%|‰|°C|°F|°|K|[kMGmµu]?(?:g|m|l|L|s|W|Wh|V|A|Hz|J|Pa|mol|bar|B)|[cdk]m[²³23]?|m[²³23]|h|min|"
    r"(?:mg|g|µg|ng|mmol|mol|U|IU|kg|m|km|l)/(?:dl|dL|l|L|ml|mL|m2|m²|m3|m³|s|h|kg|min)|mmHg|bpm|"
    r"EUR|USD|GBP|CHF|[€$£]|years?|yrs?|months?|days?|hours?|Jahre?|Tage?|count|n|no unit|-|pts?|pcs|Stk\.?|ppm|lbs?|"
    r"ft|in|mph|kn"
)
TOTAL = re.compile(
    r"(?:grand |sub)?totals?\b|sum\b|summe\b|somme\b|gesamt|insgesamt|zwischensumme|total général|totale\b|"
    r"suma\b|soma\b|"
    r"итого|всего|averages?\b|mean\b|mittelwert|durchschnitt|moyenne|media\b|ø$|σ$|totaal|razem|celkem|"
    r"(?:min|max|minimum|maximum|count|anzahl|nombre|std)$",
    re.IGNORECASE,
)
"""Words a row of totals begins with; whether it is one, its numbers must tell."""
ONLY_TOTAL = re.compile(r"(?:grand |sub-?)totals?\b|totals?$|summe$|zwischensumme|gesamt$|insgesamt$", re.IGNORECASE)
"""Words that hardly any row of data begins with."""
_NOTE = re.compile(
    r"(?:source|quelle|note|hinweis|anmerkung|fuente|fonte|legend|stand|\*|©|--|end of|\d+ rows|\(\d)",
    re.IGNORECASE,
)
_RULE = re.compile(r":?(?:-+|=+|_+|─+)[:+|]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBERED = ", so it was read as data and the columns were numbered."
_MOST_ABOVE = 60
_GLANCE = 200
_IN_BOTH = 2  # a row of a small file stands in its head and in its tail


@dataclass(frozen=True)
class Outline:
    """The head of a file: how wide its table is, the rows of names, the line of the first row of data, what is told.

    ``skip_rows`` is None where the names stand in the table's way, so that no number of lines says where it begins.
    ``lead`` is true if the rows have one cell more than the header, in front of it: the row names R writes.
    ``surely_names`` is true if a row like that of the names can be nothing else: numbers stand below a word.
    """

    width: int
    names: tuple[tuple[str, ...], ...]
    data_line: int
    skip_rows: int | None
    warnings: tuple[str, ...] = ()
    lead: bool = False
    numeric: frozenset[int] = frozenset()
    certain: bool = True
    surely_names: bool = True


def is_number(cell: str) -> bool:
    """Whether a cell is written as a number, by whatever marks."""
    return bool(_NUMERIC.fullmatch(cell.strip()))


@lru_cache(maxsize=2**14)  # the same cells are asked about for names, second rows, units and columns of numbers
def _is_value(cell: str) -> bool:
    return is_number(cell) or bool(_DATED.fullmatch(cell.strip()))


def _is_blank(cell: str) -> bool:
    return cell.strip() in _NO_VALUE


def find_outline(head: list[Record], options: ReadOptions) -> Outline:
    """Return the outline that the first rows suggest.

    Raises
    ------
    TableError
        If there are no rows below the names, only one column, or a header of another width than the rows.
    """
    if not head:
        raise TableError("This file is empty.", remedy="Upload a file with column names in its first row.")
    width = _width(head)
    if width < 2:
        raise TableError("Only one column was found; a model needs one to predict and at least one to predict from.")
    start = 0 if options.skip_rows is not None else _first_of_table(head, width)
    above, rest = head[:start], head[start:]
    warnings = _told_above(above)
    n_names = options.header_rows
    certain = True
    rest, ruled = _without_rule(rest)
    if n_names is None:
        n_names, told, certain = _names_in(rest, width)
        n_names = ruled or n_names
        warnings += told
    if ruled:
        warnings += ("The line drawn below the column names was left out.",)
    if len(rest) < n_names:
        raise TableError("This file has column names but no rows below them.", remedy="Add rows and upload it again.")
    names, body = rest[:n_names], rest[n_names:]
    if not body:
        raise TableError("This file has column names but no rows below them.", remedy="Add rows and upload it again.")
    lead = False
    other = _names_of_other_dialect(above, width) if not names and options.header_rows is None else None
    if other is not None:
        names, above = [other], above[:-1]
        warnings = (
            *_told_above(above),
            f"Line {other.line:,}, which is separated in another way, was read as column names.",
        )
    if names:
        lead, told = _fit_names(names[-1], body, width)
        warnings += told
    if len(names) == 1 and len(body) > 1 and _is_unit_row(names[0], body, width):
        names = [*names, body[0]]
        body = body[1:]
        units = ", ".join(quoted(cell) for cell in names[1].cells if cell.strip())
        warnings += (f"Line {names[1].line:,} holds units ({units}); it was left out.",)
        names = names[:1]
    padded = tuple(tuple(_padded(record.cells, width, lead)) for record in names)
    rows = _without_foot(
        [record for record in body[:_GLANCE] if len(record.cells) == width and not (names and _same(record, names[-1]))]
    )
    numeric = frozenset(place for place in range(width) if _is_numeric_column(rows, place))
    skip = (rest[0].line - 1) if options.skip_rows is None else options.skip_rows
    surely = any(not _is_value(padded[-1][place]) for place in numeric if padded)
    return Outline(
        width, padded, body[0].line, skip if other is None else None, warnings, lead, numeric, certain, surely
    )


def _width(head: list[Record]) -> int:
    widths = Counter(len(record.cells) for record in head)
    return max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]))[0]


def _first_of_table(head: list[Record], width: int) -> int:
    """Return the place of the first record that belongs to the table: names, or data if there are no names."""
    for place, record in enumerate(head[:_MOST_ABOVE]):
        following = head[place + 1 : place + 16]
        wide = len(record.cells) >= width or (
            len(record.cells) == width - 1 > 1 and not _names_follow(following, width)
        )
        if wide and not _is_title(record, following, width):
            return place
    return 0


def _names_follow(following: list[Record], width: int) -> bool:
    """Whether the next row as wide as the table holds no number, and some column below it only numbers."""
    wide = [record for record in following if len(record.cells) == width]
    if len(wide) < 2 or any(map(_is_value, wide[0].cells)):
        return False
    return any(_is_numeric_column(_without_foot(wide[1:]), place) for place in range(width))


def _is_title(record: Record, following: list[Record], width: int) -> bool:
    """Whether a row holds only a few words at its left end while a row of names comes a little later."""
    filled = [bool(cell.strip()) for cell in record.cells]
    count = sum(filled)
    if following and _is_prose(record, following, width):
        return True
    if not all(filled[:count]) or count > max(1, width // 3) or (count == 1 and _is_value(record.cells[0])):
        return False
    for later in following:
        if len(later.cells) >= width and later.filled > count:
            cells = [cell for cell in later.cells if cell.strip()]
            has_names = len(cells) > len(later.cells) / 2 and not any(is_number(cell) for cell in cells)
            return has_names and (width > 2 or later.line > record.line + 1)
    return False


def _is_prose(record: Record, following: list[Record], width: int) -> bool:
    """Whether a row is a sentence whose commas make as many cells as the names have that come next, above numbers."""
    names = following[0]
    spaced = all(cell[:1] == " " for cell in record.cells[1:]) and not any(cell[:1] == " " for cell in names.cells)
    if not spaced or len(names.cells) != width or not _names_follow(following, width):
        return False
    return len({cell.strip() for cell in names.cells if cell.strip()}) == width


def _without_foot(rows: list[Record]) -> list[Record]:
    """Return the rows of a glance without the last ones of a short file, which may be totals and notes."""
    return rows if len(rows) >= _GLANCE // 2 else rows[: max(len(rows) - 3, (len(rows) + 1) // 2)]


def _without_rule(rest: list[Record]) -> tuple[list[Record], int]:
    """Return (the rows without a line drawn below one or two rows of words, how many these are; 0 if there is none)."""
    for place in (1, 2):
        above = [cell for record in rest[:place] for cell in record.cells if not _is_blank(cell)]
        if place < len(rest) and _is_rule(rest[place]) and above and not any(map(_is_value, above)):
            return [*rest[:place], *rest[place + 1 :]], place
    return rest, 0


def _is_rule(record: Record) -> bool:
    """Whether a row is a line drawn with characters, such as ``|---|:--:|`` in Markdown."""
    filled = [cell.strip() for cell in record.cells if cell.strip()]
    return len(filled) > 1 and all(_RULE.fullmatch(cell) for cell in filled)


def _names_of_other_dialect(above: list[Record], width: int) -> Record | None:
    """Return the line above rows without names as names, if another delimiter cuts it into as many words."""
    if not above or len(above[-1].cells) != 1:
        return None
    for mark in ",;\t|":
        cells = [cell.strip().strip('"') for cell in above[-1].cells[0].split(mark)]
        if len(cells) == width and all(cells) and not any(map(_is_value, cells)):
            return above[-1]._replace(cells=cells)
    return None


def _told_above(above: list[Record]) -> tuple[str, ...]:
    if not above:
        return ()
    text = " ".join(cell.strip() for cell in above[0].cells if cell.strip())
    if len(above) == 1:
        return (f"Line {above[0].line:,} stands above the table and was left out: {quoted(text)}.",)
    return (f"Lines {above[0].line:,} to {above[-1].last:,} stand above the table and were left out: {quoted(text)} …",)


def _names_in(rest: list[Record], width: int) -> tuple[int, tuple[str, ...], bool]:
    """Return (rows of names on top, what is to be told, whether the rows say so)."""
    first = rest[0]
    cells = [cell.strip() for cell in first.cells[:width]]
    rows = [record for record in rest[1:_GLANCE] if len(record.cells) == width]
    body = _without_foot([record for record in rows if [cell.strip() for cell in record.cells] != cells])
    numbers = [cell for cell in cells if _is_value(cell)]
    filled = [cell for cell in cells if not _is_blank(cell)]
    measured = any(re.search(r"[.,+-]", number) for number in numbers)
    if numbers and (len(numbers) == len(filled) or (measured and 2 * len(numbers) > len(filled))):
        return 0, (f"The first row holds numbers ({quoted(numbers[0])}){_NUMBERED}",), True
    if numbers and body and _is_like_data(cells, body):
        return 0, (f"The first row looks like the rows below it ({quoted(numbers[0])}){_NUMBERED}",), True
    if _has_second_row(first, rest[1:], width):
        return 2, (f"Lines {first.line:,} and {rest[1].line:,} were both read as column names.",), True
    if numbers:
        return 1, (f"The first row was read as column names, although it holds a number ({quoted(numbers[0])}).",), True
    return _by_levels(first, cells, body, rows)


def _is_like_data(cells: list[str], body: list[Record]) -> bool:
    """Whether the first row has numbers exactly in the columns that hold numbers below, and repeats a text below."""
    same = all(
        _is_value(cell) == _is_numeric_column(body, place) for place, cell in enumerate(cells) if not _is_blank(cell)
    )
    repeated = any(cell and not _is_value(cell) and _occurs(cell, place, body) for place, cell in enumerate(cells))
    return same and (repeated or any(re.search(r"[.,]\d|-", cell) for cell in cells if _is_value(cell)))


def _by_levels(
    first: Record, cells: list[str], body: list[Record], rows: list[Record]
) -> tuple[int, tuple[str, ...], bool]:
    """Judge a first row of words: names above numbers; above words data if it only repeats what stands below."""
    if any(_is_numeric_column(body, place) for place in range(len(cells))):
        if rows and _same(rows[0], first):
            return 1, ("The first two rows are the same; the first was read as column names.",), True
        return 1, (), True
    again = next((record.line for record in rows if _same(record, first)), None)
    if again is not None:  # names repeated below, or a row of data that occurs twice: no row is lost this way
        return 0, (f"The first row stands again in line {again:,}{_NUMBERED}",), True
    repeated = [cell for place, cell in enumerate(cells) if cell and _occurs(cell, place, rows)]
    if repeated and 2 * len(repeated) >= len([cell for cell in cells if cell]):
        return 0, (f"The first row repeats what stands below it ({quoted(repeated[0])}){_NUMBERED}",), True
    for place in range(len(cells)):
        below = [record.cells[place].strip() for record in body if record.cells[place].strip()]
        if len(set(below)) * 2 <= len(below):
            return 1, (), True
    return 1, (), False


def _same(record: Record, other: Record) -> bool:
    return [cell.strip() for cell in record.cells] == [cell.strip() for cell in other.cells]


def _occurs(cell: str, place: int, body: list[Record]) -> bool:
    return any(record.cells[place].strip() == cell for record in body if place < len(record.cells))


def _is_numeric_column(body: list[Record], place: int) -> bool:
    found = False
    for record in body:
        cell = record.cells[place] if place < len(record.cells) else ""
        if not _is_blank(cell):
            if not _is_value(cell):
                return False
            found = True
    return found


def _has_second_row(first: Record, following: list[Record], width: int) -> bool:
    """Whether names stand in two rows: groups, with gaps or repeated, above names, above numbers."""
    if len(following) < 3 or len(following[0].cells) != width:
        return False
    second, body = (
        following[0],
        _without_foot([record for record in following[1:_GLANCE] if len(record.cells) == width]),
    )
    numeric = [place for place in range(width) if _is_numeric_column(body, place)]
    upper = [cell.strip() for cell in first.cells]
    if _are_years(upper, second, body, numeric):
        return True
    if len(numeric) < 1 or not all(
        second.cells[place].strip() and not _is_value(second.cells[place]) and not _is_blank(second.cells[place])
        for place in numeric
    ):
        return False
    grouped = len({cell for cell in upper if cell}) < width
    return grouped and not all(_UNIT.fullmatch(cell.strip()) for cell in second.cells if cell.strip())


def _are_years(upper: list[str], second: Record, body: list[Record], numeric: list[int]) -> bool:
    """Whether names have years below them: only both together are unique, and the rows hold other numbers."""
    lower = [cell.strip() for cell in second.cells]
    words = [place for place in range(len(lower)) if place not in numeric]
    both = list(zip(upper, lower, strict=False))
    return (
        bool(numeric and words)
        and len(upper) == len(lower) == len(set(both)) > len(set(upper))
        and all(_YEAR.fullmatch(lower[place]) for place in numeric)
        and all(lower[place] and not upper[place] and not _occurs(lower[place], place, body) for place in words)
        and not all(_YEAR.fullmatch(record.cells[place].strip()) for record in body for place in numeric)
    )


def _is_unit_row(names: Record, body: list[Record], width: int) -> bool:
    """Whether the first row below the names holds units, where numbers follow."""
    second, later = body[0], _without_foot([record for record in body[1:_GLANCE] if len(record.cells) == width])
    filled = [cell.strip() for cell in second.cells if cell.strip()]
    if len(second.cells) != width or not filled or not all(_UNIT.fullmatch(cell) for cell in filled):
        return False
    unit_places = [place for place in range(width) if second.cells[place].strip() not in ("", "-")]
    return any(_is_numeric_column(later, place) for place in unit_places) and len(names.cells) == width


def _fit_names(names: Record, body: list[Record], width: int) -> tuple[bool, tuple[str, ...]]:
    """Return (whether the rows have a cell in front of the first name, what is to be told); else refuse."""
    cells = names.cells
    if len(cells) == width or (len(cells) > width and not any(cell.strip() for cell in cells[width:])):
        return False, ()
    rows = [record for record in body[:_GLANCE] if len(record.cells) == width]
    if len(cells) == width - 1 and rows:
        if all(not record.cells[-1].strip() for record in rows):
            return False, ("The rows end in one more delimiter than the column names; nothing follows it.",)
        first = [record.cells[0].strip() for record in rows]
        if len(set(first)) == len(first) and all(first) and width > 2:
            row_name = quoted(first[0])
            told = f"The rows have one cell more than the column names; the first, such as {row_name}, was taken as"
            return True, (f"{told} row names.",)
    counted = f"{len(cells):,} {'cell' if len(cells) == 1 else 'cells'}"
    raise TableError(
        "The rows do not all have the same number of cells.",
        where=f"Line {names.line:,} has {counted}, where most rows have {width:,}.",
        remedy="The first line must hold one name for each column.",
    )


def _padded(cells: list[str], width: int, lead: bool) -> list[str]:
    filled = ["", *cells] if lead else cells
    return [*filled, *[""] * (width - len(filled))][:width]


def n_footer(tail: list[Record], outline: Outline, head: list[Record]) -> int:
    """Return how many records at the end are totals or notes and not data; ``tail`` are the last records."""
    count = empty = 0
    labels = [
        record.cells[place].strip() for record in [*head[:_GLANCE], *tail] for place in range(min(2, len(record.cells)))
    ]
    levels = {label for label, times in Counter(labels).items() if times > _IN_BOTH}
    for place in range(len(tail) - 1, 0, -1):
        record = tail[place]
        gap = record.line > tail[place - 1].last + 1
        if not record.filled:
            empty += 1  # part of the foot only if notes stand above it, too
        elif _is_footer(record, outline, levels, gap):
            count, empty = count + empty + 1, 0
        else:
            break
    return count


def _is_footer(record: Record, outline: Outline, levels: set[str], gap: bool) -> bool:
    cells = [cell.strip() for cell in record.cells]
    filled = [(place, cell) for place, cell in enumerate(cells) if cell]
    place, label = filled[0]
    known = label in levels
    if len(cells) != outline.width:
        return len(filled) == 1 or (bool(_NOTE.match(label)) and place == 0) or (gap and len(cells) < outline.width)
    if TOTAL.match(label) and len(label) <= 40 and place < 2 and not known:
        return True
    misfits = [
        place
        for place in outline.numeric
        if cells[place] and not _is_value(cells[place]) and not _is_blank(cells[place])
    ]
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
