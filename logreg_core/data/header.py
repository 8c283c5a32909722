"""Column names: taken from the rows of names or made, stripped, filled and told apart; every repair is told."""

from __future__ import annotations

import re

from logreg_core.data.column_names import added_to_name
from logreg_core.data.outline import Outline
from logreg_core.data.spellings import FORMULA_OF_TEXT, listed

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def name_columns(outline: Outline) -> tuple[list[str], list[str], list[str]]:
    """Return (unique, non-empty names; sentences naming the repairs; names made where there was none)."""
    if not outline.names:
        return [f"column {place}" for place in range(1, outline.width + 1)], [], []
    if len(outline.names) == 1:
        return _named(list(outline.names[0]))
    groups, names = outline.names
    joined, group = [], ""
    for above, below in zip(groups, names, strict=True):
        group = above.strip() or (group if below.strip() else "")
        joined.append(" ".join(part for part in (group, added_to_name(below)) if part))
    return _named(joined)


def repaired(cells: list[str]) -> tuple[list[str], list[str]]:
    """Return (the names stripped, filled and told apart; sentences naming the repairs)."""
    names, sentences, blank = _named(cells)
    return names, [*sentences, *told_of_unnamed(blank)]


def told_of_unnamed(made: list[str]) -> list[str]:
    """Return a sentence about names that were made where there was none."""
    return [f"Columns without a name were named {listed(made)}."] if made else []


def _named(cells: list[str]) -> tuple[list[str], list[str], list[str]]:
    names: list[str] = []
    blank: list[str] = []
    repeated: list[str] = []
    originals = [re.sub(FORMULA_OF_TEXT, r"\1", _CONTROL.sub(" ", cell).strip()) for cell in cells]
    taken = set(originals)
    copies: dict[str, int] = {}
    seen: set[str] = set()
    for place, original in enumerate(originals, start=1):
        name = original or f"column {place}"
        if name in seen or (not original and name in taken):
            stem, copy = name, copies.get(name, 2)
            while name in seen or name in taken:
                name, copy = f"{stem} ({copy})", copy + 1
            copies[stem] = copy
            repeated.append(name)
        elif not original:
            blank.append(name)
        seen.add(name)
        names.append(name)
    sentences = []
    damaged = [name for name in originals if name.count('"') % 2]
    if damaged:
        sentences.append(f"A quotation mark stands in the column name {listed(damaged)}; look whether a name is cut.")
    gaps = [name for name in originals if "   " in name]
    if gaps:
        sentences.append(f"A wide gap stands in the column name {listed(gaps)}; look whether it is several columns.")
    if repeated:
        sentences.append(f"Columns with a name that occurs before were renamed: {listed(repeated)}.")
    return names, sentences, blank
