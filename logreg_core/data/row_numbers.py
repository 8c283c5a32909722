"""Tells of rows in a workbook or JSON: what was said of the lines of the text that their cells were written to."""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Callable
from contextlib import suppress
from functools import cache

_COUNT = r"\d+(?:,\d{3})*"
_QUOTED_OR_LINE = re.compile(rf"“[^”]*”|\b([Ll]ine)(s? )({_COUNT}(?:(?:, | to | and ){_COUNT})*)")


def row_of_line(utf8: bytes, n_names: int = 0) -> Callable[[int], int]:
    """Return a function from a line of CSV to its row, ``n_names`` on top not counted; cells may hold line ends."""

    @cache
    def first_lines() -> list[int]:
        if b'"' not in utf8:
            return []
        reader = csv.reader(io.StringIO(utf8.decode("utf-8", "replace"), newline=""))
        starts = [1]
        with suppress(csv.Error):  # at a cell longer than the csv module takes; the rows above are known
            for _ in reader:
                starts.append(reader.line_num + 1)
        return starts

    def row(line: int) -> int:
        starts = first_lines()
        return (bisect_right(starts, line) if starts else line) - n_names

    return row


def told_of_rows(sentence: str, row: Callable[[int], int]) -> str:
    """Return a sentence that speaks of lines with rows in their place; what it quotes stays as it is."""

    def replaced(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        numbers = re.sub(_COUNT, lambda digits: f"{row(int(digits[0].replace(',', ''))):,}", found[3])
        return ("Row" if found[1] == "Line" else "row") + found[2] + numbers

    return _QUOTED_OR_LINE.sub(replaced, sentence)
