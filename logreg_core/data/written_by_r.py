r"""Knows the tables that ``write.table`` of R writes: blanks between cells, words in quotation marks.

Commas and semicolons inside of the quotation marks separate nothing then. Rows may have a name in front, above which
there is none; a quotation mark inside of a cell is written ``\"`` or twice.

With single tabs between the names, tabs separate the cells, too, and a blank outside of quotation marks is part of a
cell, such as the one inside of a moment.
"""

from __future__ import annotations

import re

from logreg_core.data.lines import filled_lines

_QUOTED = r'"(?:\\"|""|[^"])*"'
_NAME = re.compile(_QUOTED)
_DOUBLED = re.compile(r'"(?:""|[^"])*"')
_CELL = re.compile(rf"{_QUOTED}(?=[ \t]|$)|[^ \t]+")
_ROW = re.compile(rf'(?:(?:{_QUOTED}|-?\d+,\d+|[^\s",;|]+)(?:[ \t]+|$))+')
_MOST_ROWS = 500


def is_written_by_r(text: str) -> bool:
    """Whether all names stand in quotation marks, and outside of these nothing but blanks separates the cells."""
    whole = filled_lines(text[: 2**16])[:_MOST_ROWS]
    lines = [line.strip() for line in whole]
    if len(lines) < 2 or not all(map(_NAME.fullmatch, _CELL.findall(lines[0]))):
        return False
    names, *rows = [len(_CELL.findall(line)) if _ROW.fullmatch(line) else 0 for line in lines]
    if names < rows[0] and not all(line.startswith('"') for line in lines[1:]):
        return False  # names of rows are words
    is_cut_alike = rows[0] > 1 and names in {rows[0], rows[0] - 1} and set(rows) == {rows[0]}
    return is_cut_alike and not any(_has_tabs_between(whole, quoted) for quoted in (_NAME, _DOUBLED))


def _has_tabs_between(lines: list[str], quoted: re.Pattern[str]) -> bool:
    """Whether single tabs separate the names, and as many in each row, or beside them blanks stand in some.

    Where tabs only align the cells, by one or several of them, no blank stands beside them. ``quoted`` says what a
    backslash before a quotation mark is: an escape, or a letter of the cell.
    """
    names, *rows = [quoted.sub("", line) for line in lines]
    tabs = {row.count("\t") for row in rows}
    return set(names) == {"\t"} and 0 not in tabs and (len(tabs) == 1 or any(" " in row.strip() for row in rows))
