r"""What a backslash is in a text: an escape of what follows it, no value as ``\N``, or a letter as any other.

Programs that put no cell in quotation marks write ``a\,b`` for a delimiter, ``a\\b`` for the backslash itself and a
backslash before a line end inside a cell; MySQL and PostgreSQL add ``\N`` and, in some of their outputs, ``\n`` and
``\t``. Elsewhere backslashes stand in paths and patterns. A backslash that escapes nothing is never dropped: it stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NULL = r"\N"
_SPELLED = {"n": "\n", "t": "\t", "r": "\r"}
_TWICE = re.compile(rb"[\w:.-]\\\\(?=[^\\])")
_ALONE = re.compile(rb"(?<!\\)(?:\\\\)*+\\(?![\\ntr0\r\n])(?!(?<![^\s,;|]\\)N(?:[\s,;|]|\Z))")
"""A backslash that is neither doubled nor, as in some dumps, part of a letter for a sign."""


def escapes_outside_quotes(text: str, mark: str) -> bool:
    """Whether a backslash stands before a delimiter or a line end outside of cells in quotation marks."""
    if f"\\{mark}" not in text and not re.search(r"\\\r?\n", text):
        return False
    others = _without_quoted(text, mark)
    return bool(re.search(rf"(?<!\\)(?:\\\\)*+\\(?:{re.escape(mark)}|\r?\n)", others))


def _without_quoted(text: str, mark: str) -> str:
    """Return the text without its cells in quotation marks; a line end inside one counts if it is escaped."""
    delimiter = re.escape(mark)
    return re.sub(rf'(?m)(?:^|(?<={delimiter}))"(?:[^"\\\r\n]|\\(?:.|\r?\n)|"")*"(?=\r?$|{delimiter})', "", text)


def escapes_quotes(text: str, mark: str) -> bool:
    """Whether a quotation mark behind a backslash stands where one could not end its cell."""
    delimiter = re.escape(mark)
    return bool(
        re.search(rf'(?m)(?:^|{delimiter})"[^"\r\n]*\\"(?!["\r\n{delimiter}])[^\r\n]*"(?=\r?$|{delimiter})', text)
    )


def is_dump(text: str, mark: str) -> bool:
    r"""Whether a text is a dump of a database: some cells are ``\N``, and every other backslash is an escape."""
    delimiter = re.escape(mark)
    if _NULL not in text or not re.search(rf"(?m)(?:^|{delimiter})\\N(?=\r?$|{delimiter})", text):
        return False
    kept = _escaping_nothing("\\", "", mark, also="".join(_SPELLED) + "0")
    return bool(re.search(r"\\[^N]", text)) and not re.search(kept, text)


def is_enclosed(text: str, mark: str) -> bool:
    r"""Whether all words below the first line of a dump stand in quotation marks; ``\N`` does not."""
    others = _without_quoted(text, mark)
    return len(others) < len(text) and not re.search(r"(?<!\\)[^\W\d_]", others.partition("\n")[2])


def always_escapes(text: str, mark: str) -> bool:
    """Whether no backslash of a text stands before something that needs none."""
    return not re.search(_escaping_nothing("\\", "", mark), text)


def _escaping_nothing(escape: str, quote: str, mark: str, also: str = "") -> str:
    """Return a pattern for the escape before a character that needs none; whole cells that mean no value are none."""
    sign, delimiter = re.escape(escape), re.escape(mark)
    needing = "|".join(map(re.escape, [escape, mark, '"', "'", "\r", "\n", *filter(None, [quote]), *also]))
    null = rf"(?<![^\n{delimiter}]{sign})N(?=[\r\n{delimiter}]|\Z)"
    return rf"(?<!{sign})(?:{sign}{sign})*+{sign}(?!{needing})(?!{null})"


def escaped_anew(lines: Iterator[str], escape: str, quote: str, mark: str, *, spelled: bool) -> Iterator[str]:
    r"""Yield the lines with a second escape before one that escapes nothing, so that the ``csv`` module keeps it.

    Where they are ``spelled``, ``\n`` and ``\t`` become what they stand for.
    """
    sign = re.escape(escape)
    needing = "|".join(map(re.escape, [escape, mark, '"', "'", "\r", "\n", *filter(None, [quote])]))
    letters = "[ntr]" if spelled else "(?!)"
    pattern = re.compile(rf"{sign}(?:({needing})|({letters}))?")

    def anew(found: re.Match[str]) -> str:
        if found[1]:
            return found[0]
        return escape + _SPELLED[found[2]] if found[2] else escape * 2

    return (pattern.sub(anew, line) if escape in line else line for line in lines)


def told_of_backslashes(utf8: bytes, escape: str, quote: str, mark: str, *, spelled: bool) -> tuple[str, ...]:
    """Return a sentence about the first backslash of a file that may mean something else than what it was read as."""
    if b"\\" not in utf8:  # one byte is found quicker than two
        return ()
    if escape == "\\":
        told = _told_of_letters(utf8, quote, mark, spelled=spelled)
        return (told,) if told else ()
    twice = None
    if not escape and b"\\\\" in utf8:
        twice = _TWICE.search(utf8) or (None if _ALONE.search(utf8) else re.search(rb"\\\\", utf8))
    if twice is None:
        return ()
    line = _line(utf8, twice.start())
    return (f"Backslashes that stand twice, as in line {line:,}, were kept so; they may each stand for one.",)


def _told_of_letters(utf8: bytes, quote: str, mark: str, *, spelled: bool) -> str:
    """Return a sentence where a backslash that was read as an escape may be a letter of its cell, else ""."""
    loose = re.search(_escaping_nothing("\\", quote, mark, "".join(_SPELLED) if spelled else "").encode(), utf8)
    if loose:
        sign = utf8[loose.end() : loose.end() + 1].decode("ascii", errors="ignore").strip()
        return (
            "Backslashes were read as escapes and left out, except where they escape nothing, as"
            f" “\\{sign}” in line {_line(utf8, loose.end() - 1):,}."
        )
    letter = re.search(rb"\\[ntr]", utf8) if spelled and b"\\\\" not in utf8 else None
    if letter:
        line = _line(utf8, letter.start())
        return (
            f"“{letter[0].decode()}”, as in line {line:,}, was read as a line end or a tab, as databases write these."
        )
    is_bare = quote == '"' and not re.search(rf'(?m)(?:^|{re.escape(mark)}) ?"'.encode(), utf8)
    escaped = re.search(rb'\\"', utf8) if is_bare else None
    if escaped:
        return f"Backslashes before quotation marks, as in line {_line(utf8, escaped.start()):,}, were left out."
    return ""


def _line(utf8: bytes, place: int) -> int:
    return utf8.count(b"\n", 0, place) + 1
