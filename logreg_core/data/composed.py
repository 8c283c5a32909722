"""Letters that are written as two characters, such as u and a mark for ü, put together to one.

Both forms look the same, and in a file that holds both (a Mac writes the long one) one level would be two. This is
Unicode's normal form C (https://unicode.org/reports/tr15/).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_LEADS = {
    b"\xcc": (b"\xcc",),
    b"\xcd": (b"\xcd",),
    b"\xe1": (b"\xe1\x84", b"\xe1\x85", b"\xe1\x86", b"\xe1\x87"),
    b"\xe3": (b"\xe3\x82\x99", b"\xe3\x82\x9a"),
}
"""The first bytes of the marks, by the very first, which most texts do not hold and which is found the quickest."""
_MARKS = "[\u0300-\u036f\u1100-\u11ff\u3099\u309a]"  # of Latin, Greek and Cyrillic letters; Korean; Japanese
_FIRST = re.compile(_MARKS)


def composed(utf8: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return (text with its letters put together, a sentence if there were letters of two characters)."""
    if not any(lead in utf8 and any(first in utf8 for first in more) for lead, more in _LEADS.items()):
        return utf8, ()
    text = utf8.decode("utf-8", "surrogateescape")
    whole = unicodedata.normalize("NFC", text)
    mark = _FIRST.search(text)
    if mark is None or whole == text:
        return utf8, ()
    line = text.count("\n", 0, mark.start()) + 1
    told = f"Letters of two characters (a letter and its mark) were put together; the first stands in line {line:,}."
    return whole.encode("utf-8", "surrogateescape"), (told,)


def composed_cells(cells: Any) -> tuple[Any, bool]:
    """Return (Arrow text with its letters put together, whether there were letters of two characters)."""
    import pyarrow.compute as pc

    if not pc.any(pc.match_substring_regex(cells, _MARKS)).as_py():
        return cells, False
    whole = pc.utf8_normalize(cells, form="NFC")
    return whole, not whole.equals(cells)
