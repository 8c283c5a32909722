"""Which of the encodings with one byte (or two) a letter a text is in, guessed from what its high bytes spell.

Other alphabets are charset-normalizer's to recognise. Between the Western pages its guess is no better than chance on a
few accents, so there the letters decide: which page makes words and punctuation out of the bytes?
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SAMPLE_BYTES = 65_536
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_LINE_END = re.compile(rb"[\r\n]")
# What charset-normalizer may overrule the Western guess with: encodings it recognises by their letters (other
# alphabets). Between the Western single-byte pages its guess is no better than chance on a few accents.
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
_ONE_BYTE_ALPHABETS = {"cp1251", "koi8_r", "cp1253", "cp1255", "cp1256"}
WESTERN = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS (code page 850)"}
LATIN = {**WESTERN, "cp1250": "Windows-1250 (Central European)"}
_SMALL_LETTERS = "äöüßéèêëàâáãçñóòôõíìîïúùûåæøœ"
WESTERN_LETTERS = _SMALL_LETTERS + _SMALL_LETTERS.upper()
_SMALL_OF = {"cp1250": "äöüßéáçóôíîâúýëąćęłńśźżčďěňřšťůžőűăşţľĺŕ"}  # else the Western ones
# Signs that say nothing between the Western encodings, and yet are no halves of Chinese signs.
_SIGNS = (
    ("\xa0×±·", r"", r""),
    ("°", r"(?:^|[^A-Za-z])\Z", r"(?:[CFKNSEWO]?(?![A-Za-z]))"),
    ("µ", r"(?:^|[^A-Za-z])\Z", r"[A-Za-z]"),
    ("½¼¾¹²³ºª", r"(?:^|[\w\s,;\t\"])\Z", r"(?![A-Za-z])"),
    ("£¥€¢§¿¡", r"(?:^|[\s\d,;\t\"(/])\Z", r""),
)
_IN_WORDS = re.compile(r"[^\x00-\x7f]")
# Typographic marks in their places: an apostrophe in a contraction, quotation marks around words, dashes between words.
_CONTRACTION = re.compile(
    r"(?<![A-Za-z])(?:[cdjlmnstCDJLMNSTO]|[Qq]u|[Dd]ell|[Aa]ll)’\Z|’(?:[tsdm]|ll|re|ve)(?![A-Za-z])"
)
_PLACES = (
    ("‘“„«‹", r"(?:^|[\s(,;\t\"'])\Z", r"\S"),
    ("’”“‘»›", r"\S\Z", r"(?:[\s).,;:!?\t\"']|$)"),
    ("–—", r"(?:^|[\s\d,;\t\"])\Z", r"(?:[\s\d,;\t\"]|$)"),
    ("…", r"[\w\s]\Z", r"(?:[\s).,;!?\t\"']|$)"),
    ("™®©²³", r"\w\Z", r"(?:\W|$)"),
    ("°", r"(?:^|[\s\d(\[])\Z", r"(?:[CFK\s).,;\t\"\]]|$)"),
    ("µ", r"(?:^|[\s\d(\[/])\Z", r"[AFLMVWglms]"),
    ("€£", r"(?:^|[\s\d,;\t\"(/])\Z", r"(?:[\s\d,;\t\")/]|$)"),
    ("\xa0", r"\d\Z", r"(?=)"),
    ("\xa0", r"\w\Z", r"(?:[A-Z\d\W]|\Z)"),  # between words of which the second begins with a capital, or at an end
    ("ºª", r"(?:\d|\b(?:[Nn][r.]?|n\.?o|M|D))\Z", r"(?:\W|\Z)"),
    ("±×", r"(?:^|[\s\d,;\t\"(])\Z", r"[\s\d]"),
    ("§", r"(?:^|[\s,;\t\"(§])\Z", r"[\s\d§]"),
)


def guesses(data: bytes) -> list[tuple[str, str]]:
    """Return (codec, label) to try in turn; charset-normalizer sees only lines with something to see, up to 64 KB."""
    from charset_normalizer import from_bytes

    lines = bytearray()
    for line in lines_with_high_bytes(data):
        lines += line[:_SAMPLE_BYTES] + b"\n"
        if len(lines) >= _SAMPLE_BYTES:
            break
    sample = bytes(lines)
    western = [(codec, LATIN[codec]) for codec in _latin_by_letters(sample)] + [("latin-1", "Latin-1")]
    best = from_bytes(sample, cp_isolation=[*OTHER_ALPHABETS, "cp1252"]).best()
    if best is not None and best.encoding in OTHER_ALPHABETS and not _is_accents(sample, best.encoding):
        codec = {"gb2312": "gb18030", "gbk": "gb18030"}.get(best.encoding, best.encoding)
        return [(codec, OTHER_ALPHABETS[best.encoding]), *western]
    return western


def lines_with_high_bytes(data: bytes) -> Iterator[bytes]:
    """Yield the lines that hold a byte beyond ASCII; one pattern for all of a line would try each of its places."""
    at = 0
    while (found := _HIGH_BYTE.search(data, at)) is not None:
        high = found.start()
        start = max(data.rfind(b"\n", at, high), data.rfind(b"\r", at, high), at - 1) + 1
        end = _LINE_END.search(data, high)
        at = len(data) if end is None else end.start()
        yield data[start:at]


def _latin_by_letters(sample: bytes) -> list[str]:
    """Return the Latin one-byte encodings, best first: which makes words and punctuation out of the high bytes?

    On a tie Windows-1252, which is by far the most common.
    """
    return sorted(LATIN, key=lambda codec: _fit(sample, codec), reverse=True)


def _fit(sample: bytes, codec: str) -> int:
    """Return how many high bytes make sense in an encoding, less those that make none.

    A letter makes sense beside another letter, a typographic mark where such marks stand. A capital inside a word, a
    symbol or mark between two letters and a byte without meaning make none. Everything else says nothing.
    """
    text = sample.decode(codec, "replace")
    small = _SMALL_OF.get(codec, _SMALL_LETTERS)
    letters = small + small.upper()
    score = 0
    for found in _IN_WORDS.finditer(text):
        letter, at = found.group(), found.start()
        before, after = text[max(at - 5, 0) : at], text[at + 1 : at + 5]
        in_word = bool(re.search(r"[A-Za-z]\Z", before) or re.match(r"[a-z]", after))
        if letter == "\ufffd":
            score -= 1
        elif letter in letters:
            is_inside = re.search(r"[a-z]\Z", before) or (re.search(r"[A-Z]\Z", before) and re.match(r"[a-z]", after))
            capital_inside = letter not in small and bool(is_inside)
            beside_letter = in_word or any(neighbour in letters for neighbour in before[-1:] + after[:1])
            score += -1 if capital_inside else beside_letter
        elif _is_in_place(letter, before, after):
            score += 1
        elif letter not in "’\xa0" or not in_word:
            score -= in_word
    return score


def _is_in_place(mark: str, before: str, after: str) -> bool:
    """Whether a typographic mark stands where such marks stand."""
    if mark == "’" and (_CONTRACTION.search(before + mark) or _CONTRACTION.match(mark + after)):
        return True
    return any(
        mark in marks and re.search(behind, before) and re.match(ahead, after) for marks, behind, ahead in _PLACES
    )


def _is_accents(sample: bytes, encoding: str) -> bool:
    """Whether what was guessed as another alphabet is accents and signs of a Western text: lone ones, or only letters.

    Half-width Japanese letters are no evidence: each is one byte, as a degree sign of Latin-1 is.
    """
    if encoding not in _ONE_BYTE_ALPHABETS:
        if _makes_western_sense(sample) or _stands_alone_in_words(sample.decode(encoding, "replace")):
            return True
        high = [letter for letter in sample.decode("cp1252", "replace") if letter > "\x7f"]
        text = sample.decode(encoding, "replace")
        foreign = len(re.findall(r"[^\x00-\x7f]", text))
        wide = len(re.findall(r"[\u3001-\u30ff\u3400-\u9fff\uac00-\ud7af\uff01-\uff60]", text))
        return all(letter in WESTERN_LETTERS for letter in high) or 2 * wide < foreign
    n_high = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    in_words = sum(map(len, re.findall(rb"[\x80-\xff]{3,}", sample)))
    beside_latin = len(re.findall(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])", sample))
    return 2 * in_words < n_high or 5 * beside_latin > n_high


def _makes_western_sense(sample: bytes) -> bool:
    """Whether each high byte is, in Windows-1252, a letter beside a letter or a sign in its place, such as "21°C"."""
    text = sample.decode("cp1252", "replace")
    letters = WESTERN_LETTERS
    for found in _IN_WORDS.finditer(text):
        letter, at = found.group(), found.start()
        before, after = text[max(at - 5, 0) : at], text[at + 1 : at + 5]
        if letter in letters:
            is_inside = letter.isupper() and bool(re.search(r"[a-z]\Z", before))
            fits = not is_inside and bool(re.search(r"[A-Za-z]\Z", before) or re.match(r"[A-Za-z]", after))
        else:
            fits = _is_in_place(letter, before, after) or any(
                letter in signs and re.search(behind, before) and re.match(ahead, after)
                for signs, behind, ahead in _SIGNS
            )
        if not fits:
            return False
    return True


def _stands_alone_in_words(text: str) -> bool:
    """Whether foreign letters never stand side by side and mostly beside Latin ones, as no language writes them."""
    runs = re.findall(r"[^\x00-\x7f]+", text)
    beside = len(re.findall(r"(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[A-Za-z])", text))
    return all(len(run) == 1 for run in runs) and 2 * beside > len(runs)
