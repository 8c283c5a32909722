"""Column names: found in the first row or made, stripped, filled and told apart, with a sentence for every repair."""

from __future__ import annotations

import re

from logreg_core.data.kinds import MISSING_SPELLINGS, NUMBER

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_NAMED_IN_FULL = 5


def find_names(first_row: list[str], second_row: list[str]) -> tuple[list[str], bool, tuple[str, ...]]:
    """Return (names, whether the first row holds them, warnings).

    The first row is data if all its cells are numbers or missing (at least one a number), or if most are numbers and
    one of those has a decimal mark or a sign: years as names ("2019") do happen, "5.1" as a name does not.
    """
    cells = [cell.strip() for cell in first_row]
    numbers = [cell for cell in cells if re.fullmatch(NUMBER, cell.replace(",", "."))]
    filled = [cell for cell in cells if cell not in MISSING_SPELLINGS]
    measured = any(re.search(r"[.,+-]", number) for number in numbers)
    if numbers and (len(numbers) == len(filled) or (measured and 2 * len(numbers) > len(filled))):
        names = [f"column {place}" for place in range(1, len(cells) + 1)]
        warning = f"The first row holds numbers (“{numbers[0]}”), so it was read as data and the columns were numbered."
        return names, False, (warning,)
    warnings: list[str] = []
    if numbers:
        warnings.append(f"The first row was read as column names, although it holds a number (“{numbers[0]}”).")
    elif [cell.strip() for cell in second_row] == cells:
        warnings.append("The first two rows are the same; the first was read as column names.")
    names, repairs = _repair(cells)
    return names, True, (*warnings, *repairs)


def _repair(cells: list[str]) -> tuple[list[str], list[str]]:
    """Return (unique, non-empty names; sentences naming the repairs)."""
    names: list[str] = []
    blank: list[str] = []
    repeated: list[str] = []
    originals = [_CONTROL.sub(" ", cell).strip() for cell in cells]
    taken = set(originals)
    seen: set[str] = set()
    for place, original in enumerate(originals, start=1):
        name = original or f"column {place}"
        if name in seen or (not original and name in taken):
            stem, copy = name, 2
            while name in seen or name in taken:
                name, copy = f"{stem} ({copy})", copy + 1
            repeated.append(name)
        elif not original:
            blank.append(name)
        seen.add(name)
        names.append(name)
    sentences = []
    if blank:
        sentences.append(f"Columns without a name were named {_listed(blank)}.")
    if repeated:
        sentences.append(f"Columns with a name that occurs before were renamed: {_listed(repeated)}.")
    return names, sentences


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:_NAMED_IN_FULL])
    rest = len(names) - _NAMED_IN_FULL
    return f"{shown} and {rest:,} more" if rest > 0 else shown
