"""Where the table stands in its file: title above, rows of names, units, first row of data, totals and notes below.

The header is the first row as wide as the table whose cells are names. Everything that is taken for something else than
a row of data is told with its line; nothing is left out because it does not fit.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import dropwhile, pairwise, takewhile

from logreg_core.data.cell_shapes import (
    GLANCE,
    is_blank,
    is_number,
    is_numeric_column,
    is_value,
    same_words,
    without_foot,
)
from logreg_core.data.column_names import (
    counts_columns,
    fit_names,
    is_numbering,
    is_of_logger,
    is_unit_row,
    n_described,
    names_in,
    names_of_labels,
    names_of_other_dialect,
    without_rule,
)
from logreg_core.data.drawn import is_rule
from logreg_core.data.number_names import is_year
from logreg_core.data.options import ReadOptions
from logreg_core.data.records import Record
from logreg_core.data.spellings import listed, quoted
from logreg_core.errors import TableError

_MOST_ABOVE = 60
_TWO_ROWS = 2
_LOGGER, _LOGGER_ROWS = "TOA5", 4
"""How files of Campbell's loggers begin, and the rows above their values: where from, names, units, how taken."""


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


def find_outline(head: list[Record], options: ReadOptions) -> Outline:
    """Return the outline that the first rows suggest.

    Raises
    ------
    TableError
        If there are no rows below the names, only one column, or a header of another width than the rows.
    """
    if not head:
        raise TableError("This file is empty.", remedy="Upload a file with column names in its first row.")
    says_so = options.skip_rows is None and head[0].cells[0].strip() == _LOGGER and len(head) > _LOGGER_ROWS
    of_logger = 1 if says_so else 0 if is_of_logger(head) else None
    width = _width(head) if of_logger is None else len(head[of_logger].cells)
    if width < 2:
        raise _one_column()
    start = of_logger or (0 if options.skip_rows is not None else _first_of_table(head, width))
    above, rest = [record for record in head[:start] if record.filled], head[start:]
    warnings = _told_above(above)
    n_names = options.header_rows
    certain = True
    rest, ruled = without_rule(rest)
    other = names_of_other_dialect(above, rest, width) if n_names is None else None
    if n_names is None and (ruled or of_logger is not None):
        n_names = ruled or 1
    elif n_names is None:
        n_names, told, certain = (0, (), True) if other is not None else names_in(rest, width)
        warnings += told
    if ruled:
        warnings += ("The line drawn below the column names was left out.",)
    if len(rest) < n_names:
        raise _no_rows()
    names, body = rest[:n_names], rest[n_names:]
    if not body:
        raise _no_rows()
    lead = False
    if other is not None:
        names, above = [other], above[:-1]
        warnings = (
            *_told_above(above),
            f"Line {other.line:,}, which is separated in another way, was read as column names.",
        )
    if names:
        lead, told = fit_names(names[-1], body, width)
        warnings += told
    if of_logger is not None and len(names) == 1:
        told = (
            f"Lines {body[0].line:,} and {body[1].line:,} hold units and how values were taken; they were left out.",
        )
        body, warnings = body[2:], warnings + told
    elif len(names) == 1:
        body, told = _below_names(names[0], body, width)
        warnings += told
    elif len(names) == _TWO_ROWS:
        names, body, told = _with_labels(names, body, width)
        warnings += told
    padded = tuple(tuple(_padded(record.cells, width, lead)) for record in names)
    rows = without_foot(
        [
            record
            for record in body[:GLANCE]
            if len(record.cells) == width
            and not (names and same_words(record, names[-1]))
            and not (ruled and is_rule(record.cells))
        ]
    )
    numeric = frozenset(place for place in range(width) if is_numeric_column(rows, place))
    skip = (rest[0].line - 1) if options.skip_rows is None else options.skip_rows
    surely = bool(ruled) or any(not is_value(padded[-1][place]) for place in numeric if padded)
    return Outline(
        width,
        padded,
        body[0].line,
        None if other is not None or says_so else skip,
        warnings,
        lead,
        numeric,
        certain,
        surely,
    )


def sure_outline(head: list[Record]) -> Outline:
    """Return the outline of a table whose first row surely holds its names, and all others are data.

    Raises
    ------
    TableError
        If there are no rows below the names, or only one column.
    """
    names, *rows = head
    width = len(names.cells)
    if width < 2:
        raise _one_column()
    if not rows:
        raise _no_rows()
    numeric = frozenset(place for place in range(width) if is_numeric_column(without_foot(rows[:GLANCE]), place))
    return Outline(width, (tuple(names.cells),), rows[0].line, 0, numeric=numeric, surely_names=False)


def _one_column() -> TableError:
    return TableError("Only one column was found; a model needs one to predict and at least one to predict from.")


def _no_rows() -> TableError:
    return TableError("This file has column names but no rows below them.", remedy="Add rows and upload it again.")


def _width(head: list[Record]) -> int:
    """Return how many cells most rows have, or those at the end if they are wider, with names above numbers."""
    widths = Counter(len(record.cells) for record in head)
    last = len(head[-1].cells)
    run = list(takewhile(lambda record: len(record.cells) == last, reversed(head)))[::-1]
    if len(run) > 2 and last == max(widths) > 2 and _names_follow(run, last):
        return last
    return max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]))[0]


def _first_of_table(head: list[Record], width: int) -> int:
    """Return the place of the first record that belongs to the table: names, or data if there are no names."""
    if counts_columns(head[0], width) and _names_follow(head[1:16], width):
        return 1
    apart = _names_above_rule(head, width) or _names_apart(head, width) or _names_below_keys(head, width)
    if apart:
        return apart
    for place, record in enumerate(head[:_MOST_ABOVE]):
        if not record.filled or (is_rule(record.cells) and place + 2 < len(head)):
            continue
        following = head[place + 1 : place + 16]
        wide = len(record.cells) >= width or (
            len(record.cells) == width - 1 > 1 and not _names_follow(following, width)
        )
        if wide and not _is_title(record, following, width):
            return place
    return 0


def _names_above_rule(head: list[Record], width: int) -> int:
    """Return the place of names that fill the line above the first drawn one, with a title above them; else 0.

    A title has one cell, or an empty line below it.
    """
    for names, rule in pairwise(head[:_MOST_ABOVE]):
        if is_rule(rule.cells) and not is_rule(names.cells):
            place = head.index(names)
            if place == 0 or len(names.cells) != width or names.filled < width or any(map(is_value, names.cells)):
                return 0
            above = head[place - 1]
            return place if above.filled == 1 or names.line > above.last + 1 else 0
    return 0


def _names_apart(head: list[Record], width: int) -> int:
    """Return the place of names that stand below an empty line, with keys and values or titles above it; else 0."""
    empty = 0
    for place, record in enumerate(head[:_MOST_ABOVE]):
        if not record.filled:
            empty = place + 1
            continue
        gap = place > 0 and (record.line > head[place - 1].last + 1 or empty == place)
        if not gap or not len(record.cells) == width == record.filled or len(head) <= 2 * place:
            continue
        above = [row for row in head[:place] if row.filled]
        if above:
            is_table = len(above) > 1 and (any(row.filled == width > 2 for row in above) or _has_one_kind(above[1:]))
            if not is_table and _names_follow([record, *head[place + 1 : place + 16]], width):
                return place
    return 0


def _names_below_keys(head: list[Record], width: int) -> int:
    """Return the place of names directly below keys with a colon and their values, such as "Report:;Customers"."""
    filled = [record for record in head[:_MOST_ABOVE] if record.filled]
    keys = list(takewhile(_is_key, filled))
    names = filled[len(keys)] if keys and len(keys) < len(filled) else None
    if names is None or any(map(_is_key, filled[len(keys) :])) or len(names.cells) != width > names.filled + 1:
        return 0
    following = head[head.index(names) : head.index(names) + 16]
    if len(keys) > 1:
        is_clear = not any(map(is_value, names.cells)) and len(following) > 2
    else:  # one alone may be names of which one ends in a colon
        is_clear = all(is_blank(cell) or is_value(cell) for cell in keys[0].cells[1:]) and _names_follow(
            following, width
        )
    return head.index(names) if is_clear else 0


def _is_key(record: Record) -> bool:
    """Whether a row is a key with a colon and at most one value."""
    key, *values = [cell.strip() for cell in record.cells if cell.strip()]
    return bool(record.cells[0].strip()) and key.endswith(":") and len(values) < 2 and not "".join(values).endswith(":")


def _has_one_kind(rows: list[Record]) -> bool:
    """Whether the second cells are all numbers or all dates, as in a table and not in a list of keys and values."""
    cells = [row.cells[1].strip() for row in rows if len(row.cells) > 1 and row.cells[1].strip()]
    numbers = sum(map(is_number, cells))
    return bool(cells) and (numbers == len(cells) or (numbers == 0 and all(map(is_value, cells))))


def _names_follow(following: list[Record], width: int) -> bool:
    """Whether the next row as wide as the table holds no number, and some column below it only numbers."""
    wide = [record for record in following if len(record.cells) == width]
    if len(wide) < 2 or any(map(is_value, wide[0].cells)):
        return False
    return any(is_numeric_column(without_foot(wide[1:]), place) for place in range(width))


def _is_title(record: Record, following: list[Record], width: int) -> bool:
    """Whether a row holds only a few words at its left end while a row of names comes a little later."""
    filled = [bool(cell.strip()) for cell in record.cells]
    count = sum(filled)
    if following and (_is_prose(record, following, width) or _are_settings(record, following, width)):
        return True
    apart = count == 1 and not is_value("".join(record.cells)) and _is_followed_by_gap(record, following)
    if not (apart or all(filled[:count])) or count > max(1, width // 3) or (count == 1 and is_value(record.cells[0])):
        return False
    for place, later in enumerate(following):
        if len(later.cells) >= width and later.filled > count:
            cells = [cell for cell in later.cells if cell.strip()]
            has_names = len(cells) > len(later.cells) / 2 and not any(is_number(cell) for cell in cells)
            return (has_names or _are_groups(later, following[place + 1 :], width)) and (
                width > 2 or later.line > record.line + 1
            )
    return False


def _are_groups(record: Record, following: list[Record], width: int) -> bool:
    """Whether a row with gaps holds words or years and stands directly above more names, above numbers."""
    cells = [cell for cell in record.cells if cell.strip()]
    if not following or following[0].line > record.last + 1 or following[0].filled <= len(cells):
        return False
    return not any(is_value(cell) and not is_year(cell) for cell in cells) and _names_follow(following, width)


def _is_followed_by_gap(record: Record, following: list[Record]) -> bool:
    """Whether an empty line follows, perhaps below more rows with a cell alone in the same place."""
    place = [bool(cell.strip()) for cell in record.cells].index(True)
    last = record.last
    for later in following:
        if not later.filled or later.line > last + 1:
            return True
        if later.filled > 1 or place >= len(later.cells) or not later.cells[place].strip():
            return False
        last = later.last
    return False


def _are_settings(record: Record, following: list[Record], width: int) -> bool:
    """Whether a row with numbers stands above full names, above numbers: a program's own first line."""
    names = following[0]
    full = len(names.cells) == width == names.filled == len({cell.strip() for cell in names.cells})
    numbers = sum(is_value(cell) and not is_year(cell) for cell in record.cells)
    return full and numbers > 1 and not is_value(record.cells[0]) and _names_follow(following, width)


def _is_prose(record: Record, following: list[Record], width: int) -> bool:
    """Whether a row is a sentence whose commas make as many cells as the names have that come next, above numbers."""
    following = list(dropwhile(_is_spaced, following))
    names = following[0] if following else record
    if not _is_spaced(record) or any(cell[:1] == " " for cell in names.cells):
        return False
    if len(names.cells) != width or not _names_follow(following, width):
        return False
    return len({cell.strip() for cell in names.cells if cell.strip()}) == width


def _is_spaced(record: Record) -> bool:
    """Whether a blank follows every delimiter."""
    return all(cell[:1] == " " for cell in record.cells[1:])


def _told_above(above: list[Record]) -> tuple[str, ...]:
    if not above:
        return ()
    text = " ".join(cell.strip() for cell in above[0].cells if cell.strip())
    if len(above) == 1:
        return (f"Line {above[0].line:,} stands above the table and was left out: {quoted(text)}.",)
    return (f"Lines {above[0].line:,} to {above[-1].last:,} stand above the table and were left out: {quoted(text)} …",)


def _below_names(names: Record, body: list[Record], width: int) -> tuple[list[Record], tuple[str, ...]]:
    """Return (the rows without units and descriptions below the names, sentences about these)."""
    told: list[str] = []
    if len(body) > 1 and is_numbering(body, width):
        told.append(f"Line {body[0].line:,} numbers the columns ({quoted(body[0].cells[0])}, …); it was left out.")
        body = body[1:]
    if len(body) > 1 and is_unit_row(names, body, width):
        units = ", ".join(quoted(cell) for cell in body[0].cells if cell.strip())
        told.append(f"Line {body[0].line:,} holds units ({units}); it was left out.")
        body = body[1:]
    count = n_described(names, body, width)
    for record in body[:count]:
        told.append(f"Line {record.line:,} describes the columns ({quoted(record.cells[0])}, …); it was left out.")
    return body[count:], tuple(told)


def _with_labels(
    names: list[Record], body: list[Record], width: int
) -> tuple[list[Record], list[Record], tuple[str, ...]]:
    """Return (two rows of names, the rows, a sentence) once a row below gave the columns of row labels their names."""
    labels = names_of_labels(names, body, width)
    if not labels:
        return names, body, ()
    upper, lower = names
    names = [
        upper._replace(cells=["" for _ in labels] + upper.cells[len(labels) :]),
        lower._replace(cells=labels + lower.cells[len(labels) :]),
    ]
    told = f"Line {body[0].line:,} was read as the names of the first columns ({listed(labels)})."
    return names, body[1:], (told,)


def _padded(cells: list[str], width: int, lead: bool) -> list[str]:
    filled = ["", *cells] if lead else cells
    return [*filled, *[""] * (width - len(filled))][:width]
