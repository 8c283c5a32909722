"""Whether a first row that holds numbers is a row of names: years, moments or series beside a word, or words of names.

Numbers head columns where they are years, moments, or a series that no row below goes on with, beside a word that
stands for what the rows are. Other numbers, such as answers, ages and counts, are names only if the words beside them
can be nothing else: words above numbers, or what a column of keys is called. What is left is data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, pairwise

from logreg_core.data.cell_shapes import is_blank, is_number, is_numeric_column, is_value, occurs
from logreg_core.data.records import Record

_YEAR = re.compile(r"(?:19|20)\d\d")
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp][Mm])?Z?)?"
_MOMENT = re.compile(rf"\d{{4}}[-/]\d{{1,2}}(?:[-/]\d{{1,2}})?{_TIME}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}{_TIME}")
_KEY = re.compile(
    r"(?:\w+[ _.-])?(?:id|nr|number|nummer|key|index|name|label|sample|date|time|student|subject|patient|country)\.?",
    re.IGNORECASE,
)
_DECIMALS = re.compile(r"\d[.,]\d")
_FEWEST_IN_SERIES = 3
_FEWEST_BELOW = 2


def is_year(cell: str) -> bool:
    """Whether a cell is a year, which may be a name."""
    return bool(_YEAR.fullmatch(cell.strip()))


def are_numbers_as_names(cells: Sequence[str], body: list[Record]) -> bool:
    """Whether the numbers of a first row are years, days, a plate's or a series, behind what the rows are called."""
    lead = next((place for place, cell in enumerate(cells) if is_value(cell)), len(cells))
    numbers = cells[lead:]
    if _counts_like_rows(cells, body) or _counts_above_others(cells, body):
        return True
    if not lead or not body or not all(map(is_value, numbers)) or len(set(numbers)) < max(len(numbers), 1):
        return False
    if any(_is_like_others(cell, _below(body, place)) for place, cell in enumerate(cells[:lead])):
        return False
    texts = [_below(body, place) for place in range(lead, len(cells))]
    are_numeric = all(map(is_number, chain.from_iterable(texts)))
    for is_one in (_MOMENT.fullmatch, is_year):
        if all(map(is_one, numbers)):
            told_apart = are_numeric or len(numbers) > 1
            return told_apart and not any(below and all(map(is_one, below)) for below in texts)
    if not are_numeric:
        return False
    is_plate = not any(cells[:lead]) and all(cell.isdigit() for cell in numbers)
    is_counted = lead == 1 and _are_levels_across(cells[0], numbers, _below(body, 0), texts)
    return is_plate or is_counted or _is_series(numbers, texts, body, key=bool(_KEY.fullmatch(cells[0])))


def _are_levels_across(word: str, numbers: Sequence[str], labels: list[str], texts: list[list[str]]) -> bool:
    """Whether two classes such as 0 and 1 head their counts or means, as cross tables of pandas have them.

    The word is written like no label below, the labels differ, and the numbers below have decimals or are all larger.
    """
    classes = [int(cell) for cell in numbers if cell.isdigit()]
    if len(classes) != len(numbers) or not _is_monotone(classes) or len(classes) < _FEWEST_BELOW:
        return False
    alike = {_shape(label) if word.islower() else _shape(label[:1]) for label in labels}
    if len(set(labels)) < len(labels) or (_shape(word) if word.islower() else _shape(word[:1])) in alike:
        return False
    if all("." in cell for below in texts for cell in below):
        return True
    larger = all(_number(cell) > name for name, below in zip(classes, texts, strict=True) for cell in below)
    return classes == [0, 1] and larger


def tells_names(cells: Sequence[str], body: list[Record]) -> bool:
    """Whether the words of a first row with other numbers are names: more of them than repeat what stands below."""
    named = repeated = 0
    for place, cell in enumerate(cells):
        below = _below(body, place)
        if is_blank(cell) or not below:
            continue
        if is_value(cell):
            named += cell.isdigit() and len(below) > _FEWEST_BELOW and not any(map(is_value, below))
        elif occurs(cell, place, body) or goes_on(cell, below):
            repeated += 1
        elif re.search(r"[^\W\d_]", cell):
            named += is_numeric_column(body, place) or bool(_KEY.fullmatch(cell))
    return named > 0 and named >= repeated


def _counts_like_rows(cells: Sequence[str], body: list[Record]) -> bool:
    """Whether numbers behind a blank count the columns from 0 or 1 as the first cells count the rows, as of pandas."""
    first, width = _below(body, 0), len(cells)
    start = cells[1] if width > 2 and not cells[0] else ""
    if start not in ("0", "1") or len(first) < _FEWEST_BELOW:
        return False
    return list(cells[1:]) == _counted(start, width - 1) and first == _counted(start, len(first))


def _counts_above_others(cells: Sequence[str], body: list[Record]) -> bool:
    """Whether numbers count the columns from 0, or three or more from 1, above what they cannot go on with.

    That are words, or numbers with decimals throughout; among many columns of these, half may hold whole numbers.
    """
    width = len(cells)
    fewest = _FEWEST_IN_SERIES if cells[0] == "1" else _FEWEST_BELOW
    if cells[0] not in ("0", "1") or width < fewest or list(cells) != _counted(cells[0], width) or not body:
        return False
    columns = [_below(body, place) for place in range(width)]
    if columns[0][:_FEWEST_BELOW] == _counted(str(int(cells[0]) + 1), _FEWEST_BELOW):
        return False  # they count the rows
    n_others = sum(
        len(below) >= _FEWEST_BELOW
        and (not any(map(is_value, below)) or all(is_number(cell) and _DECIMALS.search(cell) for cell in below))
        for below in columns
    )
    return n_others == width or (width >= _FEWEST_IN_SERIES and 2 * n_others >= width)


def _counted(start: str, count: int) -> list[str]:
    return [str(int(start) + place) for place in range(count)]


def _below(body: list[Record], place: int) -> list[str]:
    """Return the cells of a column that say something."""
    cells = (record.cells[place].strip() for record in body if place < len(record.cells))
    return [cell for cell in cells if not is_blank(cell)]


def _number(cell: str) -> float:
    """Return about what a number says: enough to tell whether numbers rise and where they lie."""
    try:
        return float(cell)
    except ValueError:  # 1.234,5 or 12 %
        whole, mark, decimals = re.sub(r"[^\d.,]", "", cell).replace(",", ".").rpartition(".")
    if not mark:
        whole, decimals = decimals, ""
    sign = -1.0 if cell[:1] in "-(" else 1.0
    return sign * float(f"{whole.replace('.', '')}.{decimals or 0}")


def _is_like_others(cell: str, below: list[str]) -> bool:
    """Whether a cell is a value like those below it: one of them, written like all of them, or numbers stand there."""
    if any(map(is_value, below)) or cell in below:
        return True
    return bool(below and cell) and not _KEY.fullmatch(cell) and {_shape(cell)} == set(map(_shape, below))


def goes_on(cell: str, below: list[str]) -> bool:
    """Whether all cells below are the same code with other digits, or mail addresses or links as the cell is."""
    for sign in ("@", "://"):
        if sign in cell:
            return all(sign in other for other in below)
    pattern = re.sub(r"\d+", "0", cell)
    return "0" in pattern and all(re.sub(r"\d+", "0", other) == pattern for other in below)


def _shape(cell: str) -> str:
    """Return a cell with its letters and digits made the same."""
    kinds = ("A" if sign.isupper() else "a" if sign.isalpha() else sign for sign in cell)
    return re.sub(r"\d+", "9", "".join(kinds))


def _is_series(numbers: Sequence[str], texts: list[list[str]], body: list[Record], *, key: bool) -> bool:
    """Whether numbers only rise or fall, and evenly as no row below does, or far from all that stands below them.

    Behind a ``key`` such as "id" the rows below may be even, too.
    """
    values = [_number(cell) for cell in numbers]
    if len(values) < _FEWEST_IN_SERIES or not _is_monotone(values):
        return False
    columns = [[_number(cell) for cell in below] for below in texts]
    if all(len(column) >= _FEWEST_BELOW for column in columns) and all(map(_is_far, values, columns)):
        return True
    rows = [[_number(cell) for cell in record.cells[-len(values) :] if is_number(cell)] for record in body]
    return _is_even(values) and (key or not all(len(row) == len(values) and _is_even(row) for row in rows))


def _is_far(value: float, others: list[float]) -> bool:
    """Whether a number is farther from the others than these are from each other."""
    return min(abs(value - other) for other in others) > max(others) - min(others)


def _is_monotone(values: Sequence[float]) -> bool:
    steps = [after - before for before, after in pairwise(values)]
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


def _is_even(values: Sequence[float]) -> bool:
    """Whether numbers rise or fall by the same step, or, behind a zero, by the same factor."""
    if not _is_monotone(values):
        return False
    steps = [after - before for before, after in pairwise(values)]
    if max(steps) - min(steps) <= 1e-6 * max(map(abs, values)):
        return True
    doses = list(values[1:] if values[0] == 0 else values)
    if len(doses) < _FEWEST_IN_SERIES or min(doses) <= 0:
        return False
    factors = [after / before for before, after in pairwise(doses)]
    return max(factors) - min(factors) <= 1e-6 * max(factors)
