"""What a line drawn with characters is: below column names, across a table, or as many strokes as there are columns.

A cell of one or two strokes may be a value, as minus beside plus; who asks has to look at the rows around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SIGNS = "-=_─"
_RUN = "(?:" + "|".join(f"{sign}+" for sign in _SIGNS) + ")"
_STROKE = re.compile(rf":?{_RUN}[:+|]?")
_SURE = re.compile("|".join([*(f"{sign}{{3}}" for sign in _SIGNS), ":-", "-:"]))
_ACROSS = re.compile(rf"[{_SIGNS}+]{{3,}}")
_APART = re.compile(rf" *{_RUN}(?: +{_RUN})+ *")


def is_line(line: str) -> bool:
    """Whether a line is drawn in one piece, such as ``+-----+----+`` between the pages of a print."""
    return bool(_ACROSS.fullmatch(line.strip()))


def are_strokes(cells: Sequence[str]) -> bool:
    """Whether the cells of a row are strokes as of a drawn line, however short; one alone is none."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) > 1 and all(_STROKE.fullmatch(cell) for cell in filled)


def is_rule(cells: Sequence[str]) -> bool:
    """Whether the cells of a row are a drawn line, such as ``|---|:--:|`` in Markdown.

    A single sign in each cell is a result of a test, plus or minus.
    """
    return are_strokes(cells) and any(_SURE.search(cell) for cell in cells)


def run_starts(line: str) -> tuple[int, ...]:
    """Return where strokes begin that blanks keep apart, as database clients draw them below names; () if none are."""
    if not _APART.fullmatch(line):
        return ()
    return tuple(run.start() for run in re.finditer(_RUN, line))
