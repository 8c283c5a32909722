"""Letters with accents that are written as two characters, as macOS names files: put together, as one word is else two.

Only what Unicode calls canonically the same is changed (its form NFC); lines stay where they are.
"""

from __future__ import annotations

import unicodedata

_ACCENTS = (b"\xcc", b"\xcd")  # begin every accent that is a character of its own, in UTF-8


def composed(utf8: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return (text whose accents are one with their letters, a sentence with the first line if some stood apart)."""
    if not any(mark in utf8 for mark in _ACCENTS):
        return utf8, ()
    text = utf8.decode("utf-8", errors="replace")
    together = unicodedata.normalize("NFC", text)
    if together == text:
        return utf8, ()
    both = zip(text.split("\n"), together.split("\n"), strict=True)
    line = next(place for place, (apart, one) in enumerate(both, 1) if apart != one)
    told = f"Letters with accents that were written as two characters were put together; the first is in line {line:,}."
    return together.encode(), (told,)
