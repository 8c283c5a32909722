"""Names from the user's table as they may appear in a figure.

Plotly reads the text it is given as a small HTML, fills in ``%{...}`` and hands ``$...$`` to MathJax; a column may be
called any of these. Before that Streamlit's front end looks through the whole figure: it replaces the colours of its
theme, ``#000001`` to ``#000040``, wherever they stand in a text, and looks names of the layout up in a table of
JavaScript, which answers ``constructor`` with a function; what begins with ``mapbox`` it renames. Nothing of the user
may be taken for any of these.
"""

from __future__ import annotations

import re
from unicodedata import category

LONGEST = 40

# Plotly's own decoder knows no entity for quotes; without a tag around them they do nothing.
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {sign: f"&#{ord(sign)};" for sign in "#%{$\\"})
# Where no entity is read: a mark that is not seen parts what would be recognised as a whole.
_UNSEEN = "\u2060"
_IN_SPACE = str.maketrans({"<": "‹", ">": "›", "#": f"#{_UNSEEN}"})
_TAKEN_FOR_CODE = re.compile(
    r"constructor$|hasOwnProperty$|isPrototypeOf$|propertyIsEnumerable$|toLocaleString$|toString$|valueOf$"
    r"|__\w+__$|(layout\.)?mapbox|\w+Mapbox$"
)


# Two invisible marks that belong to words of some scripts, and to pictures made of several.
_JOINERS = "\u200c\u200d"


def one_line(value: object) -> str:
    """``value`` on one line: all that cannot be seen is a space, and marks of layout, which turn writing round, go."""
    text = str(value)
    if not text.isprintable():
        text = "".join(
            letter if letter.isprintable() or letter in _JOINERS else "" if category(letter) == "Cf" else " "
            for letter in text
        )
    return " ".join(text.split())


def shorten(value: object, longest: int = LONGEST, *, keep_end: bool = False) -> str:
    """One line of plain text of at most ``longest`` characters, cut with an ellipsis; for ``alt`` texts.

    ``keep_end`` cuts in the middle: names under one another often differ only in how they end.
    """
    line = one_line(value)
    if len(line) <= longest:
        return line
    tail = (longest - 1) // 2 if keep_end else 0
    return line[: longest - 1 - tail].rstrip() + "…" + line[len(line) - tail :].lstrip()


def as_text(value: object, longest: int = LONGEST, *, keep_end: bool = False) -> str:
    """``value`` for any text of a figure: shortened, and every sign that plotly acts on written as an entity."""
    text = shorten(value, longest, keep_end=keep_end)
    escaped = text.translate(_ENTITIES)
    # Such a word begins with a plain letter, which is one character of ``escaped``, too.
    return f"&#{ord(text[0])};{escaped[1:]}" if _TAKEN_FOR_CODE.match(text) else escaped


def as_space_text(value: object, longest: int = LONGEST) -> str:
    """``value`` for the axes of a figure in space, whose text knows tags but no entities."""
    text = shorten(value, longest).translate(_IN_SPACE)
    return f"{text[0]}{_UNSEEN}{text[1:]}" if _TAKEN_FOR_CODE.match(text) else text


def class_text(target: str, value: str, longest: int = LONGEST) -> str:
    """A class as it is read: "churned = yes", or the class alone when ``target`` is empty; plain text."""
    return f"{shorten(target, longest)} = {shorten(value, longest)}" if target else shorten(value, longest)


def class_label(target: str, value: str, longest: int = 16) -> str:
    """``class_text`` for plotly, target and class each cut to ``longest`` characters."""
    return as_text(class_text(target, value, longest), 2 * longest + 3)


def percent(share: float) -> str:
    """A share 0 to 1 with one digit after the point: "94.7 %"."""
    return f"{100 * share:.1f} %"
