"""Characters that cannot be seen, taken out of text.

Those of no width make two levels of one; those that turn the direction of writing make a cell look like another.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

INVISIBLE = "\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_CODES = tuple(int.from_bytes(mark.encode()) for mark in INVISIBLE)  # three bytes each
_LEADS = sorted({code >> 16 for code in _CODES})
_LOOKED_AT_ONCE = 2**22
_ANY = f"[{INVISIBLE}]"


def without_invisible(utf8: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return (text without characters that cannot be seen, a sentence if there were some)."""
    places = _places_of_invisible(utf8)
    if not places.size:
        return utf8, ()
    line = utf8.count(b"\n", 0, int(places[0])) + 1
    seen = np.delete(np.frombuffer(utf8, np.uint8), (places[:, None] + np.arange(3)).ravel())
    return seen.tobytes(), (f"Invisible characters were removed; the first stands in line {line:,}.",)


def _places_of_invisible(utf8: bytes) -> npt.NDArray[np.intp]:
    """Where characters begin that cannot be seen: for many with the same first bytes, faster than looking for each."""
    if not any(lead in utf8 for lead in _LEADS):
        return np.empty(0, dtype=np.intp)
    content = np.frombuffer(utf8, np.uint8)
    found = []
    for start in range(0, content.size, _LOOKED_AT_ONCE):
        part = content[start : start + _LOOKED_AT_ONCE + 2]
        begins = np.flatnonzero(np.logical_or.reduce([part[:-2] == lead for lead in _LEADS]))
        codes = (part[begins].astype(np.uint32) << 16) | (part[begins + 1].astype(np.uint32) << 8) | part[begins + 2]
        found.append(start + begins[np.isin(codes, _CODES)])
    return np.concatenate(found)


def cells_without_invisible(cells: Any) -> tuple[Any, bool]:
    """Return (Arrow text without characters that cannot be seen, whether there were some)."""
    import pyarrow.compute as pc

    if not pc.any(pc.match_substring_regex(cells, _ANY)).as_py():
        return cells, False
    return pc.replace_substring_regex(cells, _ANY, ""), True
