"""Names from the user's table as they may appear in a figure.

Plotly reads the text it is given as a small HTML, fills in ``%{...}`` and hands ``$...$`` to MathJax; a column may be
called any of these.
"""

from __future__ import annotations

import html

LONGEST = 40


def shorten(value: object, longest: int = LONGEST, *, keep_end: bool = False) -> str:
    """One line of plain text of at most ``longest`` characters, cut with an ellipsis; for ``alt`` texts.

    ``keep_end`` cuts in the middle: names under one another often differ only in how they end.
    """
    printable = "".join(letter if letter.isprintable() else " " for letter in str(value))
    line = " ".join(printable.split())
    if len(line) <= longest:
        return line
    tail = (longest - 1) // 2 if keep_end else 0
    return line[: longest - 1 - tail].rstrip() + "…" + line[len(line) - tail :].lstrip()


def as_text(value: object, longest: int = LONGEST, *, keep_end: bool = False) -> str:
    """``value`` for any text of a figure: shortened, and every sign that plotly acts on written as an entity."""
    # Plotly's own decoder knows no entity for quotes; without a tag around them they do nothing.
    escaped = html.escape(shorten(value, longest, keep_end=keep_end), quote=False)
    return escaped.replace("%", "&#37;").replace("{", "&#123;").replace("$", "&#36;").replace("\\", "&#92;")


def as_space_text(value: object, longest: int = LONGEST) -> str:
    """``value`` for the axes of a figure in space, whose text knows tags but no entities."""
    return shorten(value, longest).translate(str.maketrans("<>", "‹›"))


def class_text(target: str, value: str, longest: int = LONGEST) -> str:
    """A class as it is read: "churned = yes", or the class alone when ``target`` is empty; plain text."""
    return f"{shorten(target, longest)} = {shorten(value, longest)}" if target else shorten(value, longest)


def class_label(target: str, value: str, longest: int = 16) -> str:
    """``class_text`` for plotly, target and class each cut to ``longest`` characters."""
    return as_text(class_text(target, value, longest), 2 * longest + 3)


def percent(share: float) -> str:
    """A share 0 to 1 with one digit after the point: "94.7 %"."""
    return f"{100 * share:.1f} %"
