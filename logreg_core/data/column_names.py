"""Rows of column names: how many there are, whether units or a drawn line follow, and whether they fit the rows.

A row of words above numbers is names; above words it is data if it only repeats what stands below, or goes on with its
codes. A row that holds numbers is judged in ``number_names``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from itertools import takewhile

from logreg_core.data.cell_shapes import (
    GLANCE,
    is_blank,
    is_numeric_column,
    is_value,
    occurs,
    same_cells,
    without_foot,
)
from logreg_core.data.drawn import are_strokes, is_rule
from logreg_core.data.number_names import are_numbers_as_names, goes_on, is_year, tells_names
from logreg_core.data.records import Record
from logreg_core.data.spellings import quoted
from logreg_core.errors import TableError

_UNIT = re.compile(
    r"[\[(].{0,20}[\])]|%|‰|°C|°F|°|K|[kMGmµu]?(?:g|m|l|L|s|W|Wh|V|A|Hz|J|Pa|mol|bar|B)|[cdk]m[²³23]?|m[²³23]|h|min|"
    r"(?:mg|g|µg|ng|mmol|mol|U|IU|kg|m|km|l)/(?:dl|dL|l|L|ml|mL|m2|m²|m3|m³|s|h|kg|min)|mmHg|bpm|"
    r"EUR|USD|GBP|CHF|[€$£]|years?|yrs?|months?|days?|hours?|Jahre?|Tage?|count|n|no unit|-|pts?|pcs|Stk\.?|ppm|lbs?|"
    r"ft|in|mph|kn|[YyJj]/[Nn]|0/1"
)
_SURE_UNIT = re.compile(r"[\[(].{0,20}[\])]|%|°C|.{1,8}/.{1,8}")
"""Units that are no level of a category, as M may be."""
_SIGN = re.compile(r"[-+=_]+")
_MOST_DESCRIBED = 2
_TOP_OF_LOGGER = 4
_FEWEST_NUMBERED = 3
_WORDS_BELOW_A_NUMBER = 3
_IDENTIFIER = re.compile(r"(?:\w+[ _.-])?(?:id|nr|no|number|nummer|key|index)\.?", re.IGNORECASE)
_LABEL = re.compile(r"(?:\w+[ _.-]?)?(?:name|nom|nombre|label|bezeichnung|ort|city|stadt)", re.IGNORECASE)
_ANSWERED = re.compile(
    r"(?:open-ended |offene )?(?:response|antwort|antwoord)|réponse(?: ouverte)?|respuesta(?: abierta)?|"
    r"resposta(?: aberta)?|risposta(?: aperta)?|open antwoord",
    re.IGNORECASE,
)
"""What survey tools write below a question that has one answer; it adds nothing to its name."""
_NO_NAMES = {"NA", "N/A", "#N/A", "NaN", "nan", "null", "NULL", "?", "\\N", "<NA>"}
_NUMBERED = ", so it was read as data and the columns were numbered."


def without_rule(rest: list[Record]) -> tuple[list[Record], int]:
    """Return (the rows without a line drawn below one or two rows of words, how many these are; 0 if there is none)."""
    for place in (1, 2):
        above = [cell for record in rest[:place] for cell in record.cells if not is_blank(cell)]
        if (
            place < len(rest)
            and _is_rule_above(rest[place], rest[place + 1 : GLANCE])
            and above
            and not any(map(is_value, above))
        ):
            return [*rest[:place], *rest[place + 1 :]], place
    return rest, 0


def _is_rule_above(record: Record, later: list[Record]) -> bool:
    """Whether a row is a drawn line; one of single dashes only if numbers follow, and no cell below is such a sign."""
    if not are_strokes(record.cells):
        return False
    if is_rule(record.cells):
        return True
    signs = any(_SIGN.fullmatch(cell.strip()) for row in later for cell in row.cells)
    return not signs and any(is_numeric_column(later, place) for place in range(len(record.cells)))


def names_of_other_dialect(above: list[Record], rest: list[Record], width: int) -> Record | None:
    """Return the line above rows without names as names, if another delimiter cuts it into as many words."""
    if not above or len(above[-1].cells) != 1 or not any(map(is_value, rest[0].cells)):
        return None
    for mark in ",;\t|":
        cells = [cell.strip().strip('"') for cell in above[-1].cells[0].split(mark)]
        if len(cells) == width and all(cells) and not any(map(is_value, cells)):
            return above[-1]._replace(cells=cells)
    return None


def names_in(rest: list[Record], width: int) -> tuple[int, tuple[str, ...], bool]:
    """Return (rows of names on top, what is to be told, whether the rows say so)."""
    first = rest[0]
    cells = [cell.strip() for cell in first.cells[:width]]
    rows = [record for record in rest[1:GLANCE] if len(record.cells) == width]
    body = without_foot([record for record in rows if [cell.strip() for cell in record.cells] != cells])
    numbers = [cell for cell in cells if is_value(cell)]
    two = (2, (f"Lines {first.line:,} and {rest[1].line:,} were both read as column names.",), True) if rows else None
    if two and numbers and not any(map(is_value, rows[0].cells)) and _has_second_row(first, rest[1:], width):
        return two  # years or days above groups of names
    if numbers and are_numbers_as_names(cells, body):
        told = f"The first row was read as column names, although it holds numbers ({quoted(numbers[0])})."
        return 1, (told,), True
    like = _told_like_data(cells, numbers, body)
    if like:
        return 0, (f"The first row {like}{_NUMBERED}",), True
    if two and _has_second_row(first, rest[1:], width):
        return two
    if numbers:
        return 1, (f"The first row was read as column names, although it holds a number ({quoted(numbers[0])}).",), True
    return _by_levels(first, cells, body, rows)


def _has_gap_of_data(cells: list[str], body: list[Record]) -> bool:
    """Whether a cell without a value stands above numbers, in a row that repeats a word of the rows below."""
    gap = any(is_blank(cell) and is_numeric_column(body, place) for place, cell in enumerate(cells))
    words = [cell for cell in cells if not is_blank(cell)]
    return gap and any(occurs(cell, place, body) for place, cell in enumerate(cells) if cell in words)


def _told_like_data(cells: list[str], numbers: list[str], body: list[Record]) -> str:
    """Return why the first row is data, or "": it holds numbers, looks like the rows below, or repeats their words."""
    filled = [cell for cell in cells if not is_blank(cell)]
    measured = any(re.search(r"[.,+-]", number) for number in numbers)
    if numbers and (len(numbers) == len(filled) or (measured and 2 * len(numbers) > len(filled))):
        return f"holds numbers ({quoted(numbers[0])})"
    if numbers and body and len(cells) == len(body[0].cells) and not tells_names(cells, body):
        return f"looks like the rows below it ({quoted(numbers[0])})"
    if body and len(filled) < len(cells) and _has_gap_of_data(cells, body):
        return "repeats a word of the rows below it"
    gap = _gap_above_numbers(cells, body)
    if gap:
        return f"holds {quoted(gap)} above numbers, which is no name"
    return ""


def _gap_above_numbers(cells: list[str], body: list[Record]) -> str:
    """Return a cell that says "no value" where numbers follow, as no column is called, or "".

    If a word stands above other numbers, all are names, the one of sodium (NA) among them; so it is beside "name".
    """
    if "NA" in cells and any(_IDENTIFIER.fullmatch(cell) or _LABEL.fullmatch(cell) for cell in cells):
        return ""
    if _NO_NAMES.isdisjoint(cells):
        return ""
    above = [cell for place, cell in enumerate(cells) if body and is_numeric_column(body, place)]
    gaps = [cell for cell in above if cell in _NO_NAMES]
    return gaps[0] if gaps and all(cell in _NO_NAMES or is_blank(cell) or is_value(cell) for cell in above) else ""


def _by_levels(
    first: Record, cells: list[str], body: list[Record], rows: list[Record]
) -> tuple[int, tuple[str, ...], bool]:
    """Judge a first row of words: names above numbers; above words data if it only repeats what stands below."""
    if any(is_numeric_column(body, place) for place in range(len(cells))):
        if rows and same_cells(rows[0], first):
            return 1, ("The first two rows are the same; the first was read as column names.",), True
        return 1, (), True
    again = _told_again(first, cells, body, rows)
    if again:
        return 0, (f"The first row {again}{_NUMBERED}",), True
    few = any(len(set(others)) * 2 <= len(others) for others in _filled_below(cells, body))
    return 1, (), few


def _told_again(first: Record, cells: list[str], body: list[Record], rows: list[Record]) -> str:
    """Return how a first row of words goes on below, or "": as a whole, by most of its words, or by a code."""
    again = next((record.line for record in rows if same_cells(record, first)), None)
    if again is not None:  # names repeated below, or a row of data that occurs twice: no row is lost this way
        return f"stands again in line {again:,}"
    repeated = [cell for place, cell in enumerate(cells) if cell and occurs(cell, place, rows)]
    if repeated and 2 * len(repeated) >= len([cell for cell in cells if cell]):
        return f"repeats what stands below it ({quoted(repeated[0])})"
    below = zip(cells, _filled_below(cells, body), strict=True)
    codes = [cell for cell, others in below if len(set(others)) > 1 and goes_on(cell, others)]
    return f"looks like the rows below it ({quoted(codes[0])})" if codes else ""


def _filled_below(cells: list[str], body: list[Record]) -> list[list[str]]:
    """Return the cells below those of the first row, without empty ones."""
    return [[record.cells[at].strip() for record in body if record.cells[at].strip()] for at in range(len(cells))]


def _has_second_row(first: Record, following: list[Record], width: int) -> bool:
    """Whether names stand in two rows: groups, with gaps or repeated, above names, above numbers."""
    if len(following) < 3 or len(following[0].cells) != width:
        return False
    second, body = (
        following[0],
        without_foot([record for record in following[1:GLANCE] if len(record.cells) == width]),
    )
    return not _is_row_of_numbers(second, body) and _names_in_two(first, second, body, width)


def _is_row_of_numbers(record: Record, body: list[Record]) -> bool:
    """Whether a number that is no year stands in a column of numbers, as it does in nearly every row of data."""
    numbers = [place for place, cell in enumerate(record.cells) if is_value(cell) and not is_year(cell)]
    return any(is_numeric_column(body, place) for place in numbers)


def _names_in_two(first: Record, second: Record, body: list[Record], width: int) -> bool:
    lower = [cell.strip() for cell in second.cells]
    numeric = [place for place in range(width) if is_numeric_column(body, place)]
    upper = [cell.strip() for cell in first.cells]
    if _are_years(upper, second, body, numeric):
        return True
    upper += [""] * (width - len(upper))
    if _are_answers(upper, lower, body):
        return True
    named = [place for place in numeric if lower[place]]
    if not named or any(is_value(lower[place]) or is_blank(lower[place]) for place in named):
        return False
    labels = not upper[0] and not lower[0]  # of the rows, as pandas writes them
    gaps = [place for place in range(int(labels), len(lower)) if not (upper[place] and lower[place])]
    if len(named) < len(numeric) and not all(upper[place] or lower[place] for place in gaps):
        return False
    grouped = len({cell for cell in upper if cell}) < width
    return grouped and not all(_UNIT.fullmatch(cell.strip()) for cell in second.cells if cell.strip())


def names_of_labels(names: Sequence[Record], body: list[Record], width: int) -> list[str]:
    """Return what the row labels are called, if it stands alone in the row below two of names, as pandas writes it."""
    cells = [cell.strip() for cell in body[0].cells]
    count = len(list(takewhile(bool, cells)))
    if not 0 < count < width - 1 or any(cells[count:]) or len(body) < 2:
        return []
    last = {bool(record.cells[count - 1].strip()) for record in names}  # both name their levels there, or none does
    others = any(cell.strip() for record in names for cell in record.cells[: count - 1])
    goes_on_filled = body[1].filled > count and bool(body[1].cells[0].strip())
    return cells[:count] if goes_on_filled and len(last) == 1 and not others and not any(map(is_value, cells)) else []


def _are_answers(upper: list[str], lower: list[str], body: list[Record]) -> bool:
    """Whether questions have their options below them, as survey tools write them: nothing below the first names.

    Where one question takes several columns, only the first has its words; a question with one answer has "Response".
    """
    if lower[0] or not upper[0] or any(map(is_value, lower)) or not any(lower):
        return False
    if not all(record.cells[0].strip() for record in body):
        return False
    options = [place for place in range(len(lower)) if not upper[place]]
    if any(
        lower[at] and at not in options and at + 1 not in options and not _ANSWERED.fullmatch(lower[at])
        for at in range(len(lower))
    ):
        return False
    answered = any(_ANSWERED.fullmatch(cell) for cell in lower)
    return all(lower[place] for place in options) and (answered or len(options) > 1)


def added_to_name(cell: str) -> str:
    """Return what a cell of a second row of names adds to the first."""
    return "" if _ANSWERED.fullmatch(cell.strip()) else cell.strip()


def _are_years(upper: list[str], second: Record, body: list[Record], numeric: list[int]) -> bool:
    """Whether names have years below them: only both together are unique, and the rows hold other numbers."""
    lower = [cell.strip() for cell in second.cells]
    words = [place for place in range(len(lower)) if place not in numeric]
    both = list(zip(upper, lower, strict=False))
    return (
        bool(numeric and words)
        and len(upper) == len(lower) == len(set(both)) > len(set(upper))
        and all(is_year(lower[place]) for place in numeric)
        and all(lower[place] and not upper[place] and not occurs(lower[place], place, body) for place in words)
        and not all(is_year(record.cells[place]) for record in body for place in numeric)
    )


def is_unit_row(names: Record, body: list[Record], width: int) -> bool:
    """Whether the first row below the names holds units, where numbers follow."""
    second, later = body[0], without_foot([record for record in body[1:GLANCE] if len(record.cells) == width])
    filled = [cell.strip() for cell in second.cells if cell.strip()]
    if len(second.cells) != width or not filled or not all(_UNIT.fullmatch(cell) for cell in filled):
        return False
    unit_places = [place for place in range(width) if second.cells[place].strip() not in ("", "-")]
    if len(names.cells) != width or any(occurs(second.cells[place].strip(), place, later) for place in unit_places):
        return False
    is_sure = all(_SURE_UNIT.fullmatch(second.cells[place].strip()) for place in unit_places)
    lists_units = any(_SURE_UNIT.fullmatch(row.cells[place].strip()) for row in later for place in unit_places)
    is_apart = (
        is_sure
        and not lists_units
        and is_blank(second.cells[0])
        and bool(unit_places)
        and not any(is_blank(row.cells[0]) for row in later)
    )
    return is_apart or any(is_numeric_column(later, place) for place in unit_places)


def counts_columns(record: Record, width: int) -> bool:
    """Whether a row is 1, 2, 3 or (1), (2), (3), as forms number their columns."""
    cells = [cell.strip().strip("().") for cell in record.cells]
    return width >= _FEWEST_NUMBERED and cells == [str(place) for place in range(1, width + 1)]


def is_numbering(body: list[Record], width: int) -> bool:
    """Whether the first row below the names numbers the columns, one of words among them in three rows or more.

    Where the first column goes on with 2 and 3, it numbers the rows, and the first of them is one by chance.
    """
    if not counts_columns(body[0], width):
        return False
    below = [record.cells[0].strip().strip("().") for record in body[1:3]]
    if below == ["2", "3"][: len(below)]:
        return False
    rows = [record for record in body[1:GLANCE] if len(record.cells) == width]
    above_foot = without_foot(rows)
    return any(
        sum(not is_blank(record.cells[place]) for record in rows) >= _WORDS_BELOW_A_NUMBER
        and not any(is_value(record.cells[place]) for record in above_foot)
        for place in range(width)
    )


def is_of_logger(rows: list[Record]) -> bool:
    """Whether rows begin as in the TOA5 files of Campbell loggers: names, units, how values were taken, values."""
    first = [record.cells[0].strip() for record in rows[:_TOP_OF_LOGGER]]
    return len(first) == _TOP_OF_LOGGER and first[:3] == ["TIMESTAMP", "TS", ""]


def n_described(names: Record, body: list[Record], width: int) -> int:
    """Return how many rows below the names describe the columns, such as questions: words where only numbers follow."""
    count = 0
    while count < _MOST_DESCRIBED and len(body) - count > 1 and len(names.cells) == width:
        row = body[count]
        later = without_foot([record for record in body[count + 1 : GLANCE] if len(record.cells) == width])
        cells = [cell.strip() for cell in row.cells]
        if len(cells) != width or not later or not _describes(cells, later):
            break
        count += 1
    if count or len(body) < 2 or len(body[0].cells) != width:
        return count
    below = body[1] if len(body[1].cells) == width else None
    is_import = below is not None and sum("ImportId" in cell for cell in below.cells) * 2 > width
    return 2 if is_import else 0


def _describes(cells: list[str], later: list[Record]) -> bool:
    if sum("ImportId" in cell for cell in cells) * 2 > len(cells):
        return True
    are_words = not any(is_value(cell) or is_blank(cell) for cell in cells)
    are_questions = 2 * sum(cell.endswith("?") for cell in cells) > len(cells)
    if not (are_words or are_questions) or goes_on(cells[0], [record.cells[0].strip() for record in later]):
        return False
    rows = [record for record in later if not any("ImportId" in cell for cell in record.cells)]
    fits = are_words and sum(is_numeric_column(rows, place) for place in range(len(cells))) > 1
    asked = are_questions and not any(cell.strip().endswith("?") for row in rows for cell in row.cells)
    return (fits or asked) and not any(occurs(cell, place, rows) for place, cell in enumerate(cells))


def fit_names(names: Record, body: list[Record], width: int) -> tuple[bool, tuple[str, ...]]:
    """Return (whether the rows have a cell in front of the first name, what is to be told); else refuse."""
    cells = names.cells
    if len(cells) == width:
        return False, ()
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        told = f"Line {names.line:,} ends in empty cells that no other row has; they were left out."
        return False, (told,) if len(cells) > width + 1 else ()  # a delimiter at the end of a line is nothing to tell
    rows = [record for record in body[:GLANCE] if len(record.cells) == width]
    if len(cells) == width - 1 and rows:
        if all(not record.cells[-1].strip() for record in rows):
            return False, ("The rows end in one more delimiter than the column names.",)
        first = [record.cells[0].strip() for record in rows]
        if len(set(first)) == len(first) and all(first) and width > 2:
            if _are_commas_inside(cells, rows):
                raise TableError(
                    "The rows do not all have the same number of cells.",
                    where=f"Line {rows[0].line:,} has {width:,}, where the column names are {len(cells):,}.",
                    remedy="A delimiter seems to stand inside cells, as in 1,234 or “Smith, John”: put such cells in"
                    " quotation marks.",
                )
            row_name = quoted(first[0])
            told = f"The rows have one cell more than the column names; the first, such as {row_name}, was taken as"
            return True, (f"{told} row names. If a delimiter stands inside cells, put these in quotation marks.",)
    counted = f"{len(cells):,} {'cell' if len(cells) == 1 else 'cells'}"
    raise TableError(
        "The rows do not all have the same number of cells.",
        where=f"Line {names.line:,} has {counted}, where most rows have {width:,}.",
        remedy="The first line must hold one name for each column.",
    )


def _are_thousands_cut(rows: list[Record]) -> bool:
    """Whether in every row a number of up to three digits stands before one of just three, some of them "000"."""
    for place in range(1, len(rows[0].cells) - 1):
        pairs = [(record.cells[place].strip(), record.cells[place + 1].strip()) for record in rows]
        if all(re.fullmatch(r"-?[1-9]\d{0,2}", high) and re.fullmatch(r"\d{3}", low) for high, low in pairs):
            return any(low.startswith("0") for _, low in pairs)
    return False


def _are_commas_inside(names: list[str], rows: list[Record]) -> bool:
    """Whether the cell too many comes from a delimiter inside a cell: row names would make another column odd."""
    spaced = sum(any(cell[:1] == " " for cell in record.cells[1:]) for record in rows)
    grouped = sum(
        any(
            re.fullmatch(r"\s*[-(]?[$€£¥]\s?\d{1,3}", cell) and re.fullmatch(r"\d{3}(?:\.\d+)?\)?", after.strip())
            for cell, after in itertools.pairwise(record.cells)
        )
        for record in rows
    )
    if 2 * max(spaced, grouped) > len(rows) and not any(name[:1] == " " for name in names):
        return True
    under_first = [record.cells[1].strip() for record in rows]
    if _IDENTIFIER.fullmatch(names[0].strip()):
        return _are_thousands_cut(rows) or any(
            is_value(cell) and re.search(r"[.]\d|^[$€£¥]", cell) for cell in under_first
        )
    return bool(_LABEL.fullmatch(names[0].strip())) and all(map(is_value, under_first))
