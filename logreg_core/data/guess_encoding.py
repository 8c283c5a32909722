"""Which of the encodings with one byte (or two) a letter a text is in, guessed from what its high bytes spell.

The encoding that makes the likeliest text out of the cells is taken. charset-normalizer is made for pages of prose: of
small tables in 30 languages it took half rightly, and four in five together with rules for Western letters; this 99 of
100.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from logreg_core.data.likely_text import likelihood

_SAMPLE_BYTES = 65_536
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_LINE_END = re.compile(rb"[\r\n]")
OTHER_ALPHABETS = {
    "cp1251": "Windows-1251 (Cyrillic)",
    "koi8_r": "KOI8-R (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
    "shift_jis": "Shift JIS (Japanese)",
    "cp932": "Shift JIS (Japanese)",
    "euc_jp": "EUC-JP (Japanese)",
    "gb2312": "GB 18030 (Chinese)",
    "gbk": "GB 18030 (Chinese)",
    "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)",
    "euc_kr": "EUC-KR (Korean)",
    "cp949": "EUC-KR (Korean)",
}
WESTERN = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS (code page 850)"}
LATIN = {**WESTERN, "cp1250": "Windows-1250 (Central European)", "cp1254": "Windows-1254 (Turkish)"}
_SMALL_LETTERS = "äöüßéèêëàâáãçñóòôõíìîïúùûåæøœ"
WESTERN_LETTERS = _SMALL_LETTERS + _SMALL_LETTERS.upper()
_LABELS = {**LATIN, **OTHER_ALPHABETS}
_PRIOR = {
    "cp1252": 0.0,
    "cp1250": -1.5,
    "cp1254": -2.5,
    "cp1251": -1.5,
    "cp1253": -2.0,
    "cp1255": -2.0,
    "cp1256": -2.0,
    "cp932": -2.0,
    "gb18030": -2.0,
    "cp949": -2.0,
    "big5": -2.5,
    "mac_roman": -4.0,
    "cp850": -5.0,
    "euc_jp": -4.0,
    "koi8_r": -4.0,
}
"""Logarithms of how common the encodings are among files that are not UTF-8, roughly."""
_FEW_CELLS, _MOST_CELLS, _MOST_BYTES = 40, 300, 1_000
_SURE = 40.0
_ENDS_OF_CELLS = re.compile(rb"[\t\n\r,;\"]+")  # a bar may be half of a Japanese sign


def guesses(data: bytes) -> list[tuple[str, str]]:
    """Return (codec, label) to try in turn, the likeliest first; at last Latin-1, in which all bytes mean something.

    The first cells mostly leave no doubt; the others are looked at where they do.
    """
    cells = _cells(sample_of_high_bytes(data))
    few = cells[:: max(len(cells) // _FEW_CELLS, 1)]
    score = {codec: _score(few, codec) for codec in _PRIOR}
    close = [codec for codec in score if score[codec] > max(score.values()) - _SURE]
    if len(close) > 1 and len(few) < len(cells):
        score.update({codec: _score(cells, codec) for codec in close})
    ranked = sorted(score, key=lambda codec: (codec in close, score[codec]), reverse=True)
    return [*((codec, _LABELS[codec]) for codec in ranked), ("latin-1", "Latin-1")]


def _score(cells: list[bytes], codec: str) -> float:
    return _PRIOR[codec] + likelihood([cell.decode(codec, "replace") for cell in cells], codec)


def _cells(sample: bytes) -> list[bytes]:
    """Return distinct cells with high bytes, from all over the sample: what is repeated is no further evidence."""
    cells = (cell[:_MOST_BYTES] for cell in _ENDS_OF_CELLS.split(sample))
    distinct = list(dict.fromkeys(cell for cell in cells if not cell.isascii()))
    return distinct[:: max(len(distinct) // _MOST_CELLS, 1)][:_MOST_CELLS]


def sample_of_high_bytes(data: bytes) -> bytes:
    """Return up to 64 KB of the lines that hold a byte beyond ASCII."""
    lines = bytearray()
    for line in lines_with_high_bytes(data):
        lines += line[:_SAMPLE_BYTES] + b"\n"
        if len(lines) >= _SAMPLE_BYTES:
            break
    return bytes(lines)


def lines_with_high_bytes(data: bytes) -> Iterator[bytes]:
    """Yield the lines that hold a byte beyond ASCII, of very long ones what is near the first such byte.

    One pattern for all of a line would try each of its places.
    """
    at = 0
    while (found := _HIGH_BYTE.search(data, at)) is not None:
        high = found.start()
        start = max(data.rfind(b"\n", at, high), data.rfind(b"\r", at, high), at - 1) + 1
        end = _LINE_END.search(data, high)
        at = len(data) if end is None else end.start()
        yield data[max(start, high - _SAMPLE_BYTES // 2) : at]
