"""Column names in a line that is marked like a comment: ``# id age`` above numbers, ``#Fields: date time`` in logs.

NumPy, gnuplot and web servers write them so. Such a line is told from a comment by the rows below it: it is as wide as
they are, the first of them holds a number, and it holds none.
"""

from __future__ import annotations

import re

from logreg_core.data.cell_shapes import is_blank, is_value

_TOP_BYTES = 2**16
_MOST_ABOVE = 60
_LEAST_ROWS = 0.9
_FEWEST = 2
_FIELDS = re.compile(r"#\s*Fields:", re.IGNORECASE)
_COUNTED = re.compile(r"#\s+of\s", re.IGNORECASE)
_OTHER_MARKS = re.compile(r"[\t;|]|, ")


def unmarked_names(utf8: bytes, skipped: int) -> tuple[bytes, tuple[str, ...]]:
    """Return (the text with blanks for the mark of a line of names, a sentence about it); the text as it is if none.

    Nothing is moved: the text keeps its length and its lines.
    """
    if b"#" not in utf8[:_TOP_BYTES]:
        return utf8, ()
    lines = utf8[:_TOP_BYTES].decode("utf-8", errors="ignore").splitlines(keepends=True)
    lines = lines[:-1] if len(utf8) > _TOP_BYTES else lines
    for place in range(skipped, min(len(lines) - _FEWEST, skipped + _MOST_ABOVE)):
        if not lines[place].startswith("#"):
            continue
        rows = [line for line in lines[place + 1 :] if line.strip() and not line.startswith("#")]
        above = [line for line in lines[skipped:place] if line.strip() and not line.startswith("#")]
        is_first = not any(line.strip() for line in lines[:place])
        plain = _unmarked(lines[place], above, rows, is_first=is_first)
        if plain:
            lines[place] = plain
            head = "".join(lines).encode()
            told = f"Line {place + 1:,} begins with “#” and was read as column names without that mark"
            return head + utf8[len(head) :], (f"{told}, as it is as wide as the rows.",)
    return utf8, ()


def _unmarked(line: str, above: list[str], rows: list[str], *, is_first: bool) -> str:
    """Return the line with blanks for its marks if it holds the names of the rows, else ""."""
    if len(rows) < _FEWEST:
        return ""
    fields = _FIELDS.match(line)
    for mark in ("\t", ";", ",", "|", None):
        if mark is None and _OTHER_MARKS.search(rows[0].strip()):
            continue
        if not fields and _is_sign_of_number(line, mark, rows, is_first=is_first):
            continue
        is_marked = mark is not None and sum(cell.startswith("#") for cell in _cells(line, mark)) > 1
        if is_marked:
            plain = re.sub(rf"(^|{re.escape(mark or ' ')})(\s*)#", r"\1\2 ", line)
        elif fields:
            plain = line[fields.end() :]
        elif re.match(r"#\s", line):
            plain = line[1:]
        else:
            continue
        end = plain[len(plain.rstrip("\r\n")) :]
        plain = plain.strip()  # blanks in front of names would look like a first column without one
        plain += " " * (len(line.encode()) - len(plain.encode()) - len(end)) + end
        names, wide = _cells(plain, mark), [_cells(row, mark) for row in rows]
        fitting = [row for row in wide if len(row) == len(names)]
        if (
            len(names) > 1
            and names[0]  # else "#" is the first name
            and len(fitting) >= _LEAST_ROWS * len(rows)
            and len(wide[0]) == len(names)
            and not any(len(_cells(row, mark)) == len(names) for row in above)
            and any(is_value(cell) for cell in wide[0])
            and not any(is_value(cell) for cell in names if not is_blank(cell))
        ):
            return plain
    return ""


def _is_sign_of_number(line: str, mark: str | None, rows: list[str], *, is_first: bool) -> bool:
    """Whether "#" stands for "number" in a name, as in "# of visits" or "# children", and does not mark the line.

    In a line that is marked, all names are or only the line is. Between commas and semicolons, what writes such a line
    is NumPy, and below it are only numbers; anything else that marks its names has marked a line above them, too.
    """
    n_marked = sum(cell.startswith("#") for cell in _cells(line, mark)) if mark else 1
    if _COUNTED.match(line) or 1 < n_marked < len(_cells(line, mark)):
        return True
    if not is_first or mark not in {",", ";"} or n_marked > 1:
        return False
    return not all(is_value(cell) or is_blank(cell) for row in rows for cell in _cells(row, mark))


def _cells(line: str, mark: str | None) -> list[str]:
    """Return the cells of a line without the empty ones at its end."""
    cells = [cell.strip().strip('"') for cell in line.split(mark)]
    while cells and not cells[-1]:
        cells.pop()
    return cells
