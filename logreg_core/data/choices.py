"""What there is to choose for each piece of a ``ReadOptions``, with a name for a reader."""

from __future__ import annotations

from logreg_core.data.decode import ENCODINGS as _ENCODINGS
from logreg_core.data.dialect import DELIMITER_NAMES
from logreg_core.data.options import SPACES
from logreg_core.data.spellings import MISSING_SPELLINGS

__all__ = [
    "COMMENTS",
    "DECIMAL_MARKS",
    "DELIMITERS",
    "DELIMITER_NAMES",
    "ENCODINGS",
    "MISSING_WORDS",
    "ORDERS",
    "QUOTES",
    "THOUSANDS_MARKS",
]

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", SPACES: "spaces", ":": "colon"}
QUOTES = {'"': 'double: "', "'": "single: '", "": "none"}
COMMENTS = {"": "none", "#": "#", "%": "%", "//": "//", "--": "--"}
ENCODINGS = {
    codec: name for codec, name in _ENCODINGS.items() if codec not in {"cp932", "gb2312", "gbk", "cp949", "utf-32"}
}
DECIMAL_MARKS = {".": "point", ",": "comma"}
THOUSANDS_MARKS = {"": "none", ",": "comma", ".": "point", " ": "space", "'": "apostrophe"}
ORDERS = {True: "day first", False: "month first"}
MISSING_WORDS = tuple(word for word in MISSING_SPELLINGS if word)
