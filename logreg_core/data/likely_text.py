"""How likely it is that somebody wrote a piece of text: logarithms of rough probabilities, letter by letter.

Bytes beyond ASCII are letters in every encoding of one byte. In the right one they spell words: of letters that one
language has, small ones behind a capital one, beside Latin letters where the language is written with these, and never
beside them where it is not. Signs of Chinese, Japanese and Korean are thousands, of which some hundreds make up most of
any text. Each high letter adds the logarithm of its share among the letters of a language, and each thing nobody
writes takes some off; so encodings of one byte and of two can be compared.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from math import exp, log

from logreg_core.data.alphabets import (
    CHINESE,
    FOLLOWED_BY,
    JAPANESE,
    KOREAN,
    LETTERS,
    SELDOM,
    TRADITIONAL,
    VOWELS,
)

_HIGH_RUN = re.compile(r"[^\x00-\x7f]+")
_WORDS = re.compile(r"[^\W\d_ªºµˆ¹²³½¼¾]+")
_RARE = 3.0  # the last letter of an alphabet is exp(3), twenty times, rarer than the first
_NOT_OF_IT = -7.0
_NO_CHARACTER = -16.0
_IN_PLACE, _OUT_OF_PLACE = -2.5, -8.5
_CAPITAL_INSIDE = -6.0
_ALL_CAPITAL = -2.0
_LONE_LETTER = -2.0
_NO_LATIN_LETTER = -4.0
_SIDE_BY_SIDE = -2.0
_BESIDE_LATIN = -5.0
_SHORT = -1.5
_HALF_WIDTH = -6.0
_NO_LETTERS = "ªºµˆ"
_UNUSUAL = -3.0
_GREEK_ENDS = frozenset("αεηιουωςνρξψάέήίόύώϊϋσ")
_GREEK_ACCENTS = frozenset("άέήίόύώΐΰΆΈΉΊΌΎΏ")
_HEBREW_FINALS, _HEBREW_NOT_FINAL = frozenset("ךםןףץ"), frozenset("כמנפצ")
_ASIAN = {
    "cp932": (JAPANESE, "shift_jis", b"\x97"),
    "euc_jp": (JAPANESE, "euc_jp", b"\xcf"),
    "gb18030": (CHINESE, "gb2312", b"\xd7"),
    "big5": (TRADITIONAL, "big5", b"\xc6"),
    "cp949": (KOREAN, "euc_kr", b"\xc8"),
}
"""Common signs; the standard that puts the frequent signs first; the first byte of the last of these."""
_LATIN = ("cp1252", "mac_roman", "cp850", "cp1250", "cp1254")
_COMMON_SIGN, _SIGN, _RARE_SIGN, _ODD_SIGN = -6.3, -9.2, -13.0, -14.0
_KANA = -5.0
_FULL_WIDTH = -7.0
_RANGES = (
    ("\ufffd", "\ufffd", _NO_CHARACTER),
    ("\u3041", "\u30ff", _KANA),
    ("\uff61", "\uff9f", _HALF_WIDTH),
    ("\uff01", "\uff60", _FULL_WIDTH),
    ("\u3000", "\u3011", _FULL_WIDTH),
)

# Typographic marks in their places: an apostrophe in a contraction, quotation marks around words, dashes between words.
_CONTRACTION = re.compile(
    r"(?<![A-Za-z])(?:[cdjlmnstCDJLMNSTO]|[Qq]u|[Dd]ell|[Aa]ll)’\Z|’(?:[tsdm]|ll|re|ve)(?![A-Za-z])"
)
_PLACES = tuple(
    (marks, re.compile(rf"(?:{before})\Z"), re.compile(after))
    for marks, before, after in (
        ("‘“„«‹", r"(?:^|[\s(,;|\t\"'])", r"[^\s|]"),
        ("’”“‘»›", r"[^\s|]", r"(?:[\s).,;:!?|\t\"']|$)"),
        ("–—", r"(?:^|[\s\d,;|\t\"])", r"(?:[\s\d,;|\t\"]|$)"),
        ("…", r"[\w\s]", r"(?:[\s).,;!?|\t\"']|$)"),
        ("™®©²³", r"\w", r"(?:\W|$)"),
        ("°", r"(?:^|[\s\d(\[])", r"(?:[CFK\s).,;|\t\"\]]|$)"),
        ("°", r"(?:^|[^A-Za-z])", r"(?:[CFKNSEWO]?(?![A-Za-z]))"),
        ("µ", r"(?:^|[\s\d(\[/])", r"[AFLMVWglms]"),
        ("µ", r"(?:^|[^A-Za-z])", r"[A-Za-z]"),
        ("€£¥¢", r"(?:^|[\s\d,;|\t\"(/])", r"(?:[\s\d_,;|\t\")/]|$)"),
        ("‰", r"[\s\d]", r"(?:[\s),;|\t\"]|$)"),
        ("†‡", r"[\w\s.)]", r"(?:[\s),;|\t\"]|$)"),
        ("©", r"(?:^|[\s(,;|\t\"])", r"(?:[\s\d]|$)"),
        ("\xa0", r"\w", r"(?:[A-Z\d\W]|$)"),
        ("ºª", r"(?:\d|\b(?:[Nn][r.]?|n\.?o|M|D))", r"(?:\W|$)"),
        ("±×", r"(?:^|[\s\d,;|\t\"(A-Za-z])", r"[\s\dA-Za-z]"),
        ("·", r"[\s\dA-Za-z]", r"[\s\dA-Za-z]"),
        ("½¼¾¹", r"(?:^|[\w\s,;|\t\"])", r"(?![A-Za-z])"),
        ("§", r"(?:^|[\s,;|\t\"(§])", r"[\s\d§]"),
        ("¿¡", r"(?:^|[\s,;|\t\"(])", r"\w\w"),
        ("№", r"(?:^|\W)", r"(?:[\s\d]|$)"),
        ("•", r"(?:^|\s)", r"(?:\s|$)"),
        ("±", r"(?:^|\W)", r"(?:\W|$)"),
    )
)


def likelihood(texts: list[str], codec: str) -> float:
    """Return the logarithm of how likely pieces of text are, in the likeliest language their encoding is used for."""
    if codec in _ASIAN:
        return sum(_of_signs(text, codec) for text in texts)
    return max(
        SELDOM.get(letters, 0.0) + sum(_of_letters(text, codec, letters) for text in texts)
        for letters in LETTERS[codec]
    )


@cache
def _weights(letters: str) -> dict[str, float]:
    """Logarithms of the shares of the letters of a language."""
    shares = [exp(-_RARE * place / len(letters)) for place in range(len(letters))]
    return {letter: log(share / sum(shares)) for letter, share in zip(letters, shares, strict=True)}


def _of_letters(text: str, codec: str, letters: str) -> float:
    total = 0.0
    for found in _WORDS.finditer(text):
        if not found[0].isascii():
            total += _of_word(found[0], codec, letters)
    for found in _HIGH_RUN.finditer(text):
        for at, mark in enumerate(found[0], found.start()):
            if mark == "\ufffd":
                total += _NO_CHARACTER
            elif not mark.isalpha() or mark in _NO_LETTERS:
                fits = _is_in_place(mark, text[max(at - 5, 0) : at], text[at + 1 : at + 5])
                total += _IN_PLACE if fits else _OUT_OF_PLACE
    return total


def _of_word(word: str, codec: str, letters: str) -> float:
    """A word with a letter beyond ASCII, in a language of these letters."""
    weights = _weights(letters)
    small = word.replace("İ", "\0").lower().replace("\0", "İ")
    high = [letter for letter in small if letter > "\x7f"]
    total = sum(weights.get(letter, _NOT_OF_IT) for letter in high)
    total += _of_capitals(word)
    for letter, follower in _followers(letters):
        for at, other in enumerate(small):
            if other == letter and not follower.match(small, at + 1):
                total += _UNUSUAL
    if codec in _LATIN:
        total += _SIDE_BY_SIDE * sum(one > "\x7f" < other for one, other in pairwise(small))
        if len(high) == len(word):
            total += _LONE_LETTER if len(high) == 1 else _NO_LATIN_LETTER
        return total
    n_latin = len(word) - len(high)
    total += _BESIDE_LATIN * min(len(high), n_latin)
    if codec in VOWELS:
        total += _SHORT * (len(word) < 3)
        total += _UNUSUAL * (len(word) >= 3 and set(VOWELS[codec]).isdisjoint(small))
    if codec == "cp1253":
        total += _UNUSUAL * (small[-1] not in _GREEK_ENDS)
        is_bare = _GREEK_ACCENTS.isdisjoint(word) and not word.isupper()
        total += _UNUSUAL * (is_bare and sum(letter in VOWELS[codec] for letter in word) > 1)
    if codec == "cp1255":
        total += _UNUSUAL * (not _HEBREW_FINALS.isdisjoint(word[:-1]))
        total += _UNUSUAL * (len(word) > 1 and word[-1] in _HEBREW_NOT_FINAL)
    return total


def _of_capitals(word: str) -> float:
    """What capitals take off: all of a word may be capitals, or its first letter; others hardly are."""
    if word.islower() or word.istitle() or len(word) == 1 or word.upper() == word.lower():
        return 0.0
    if word.isupper():
        return _ALL_CAPITAL
    return _CAPITAL_INSIDE * max(sum(one.islower() and other.isupper() for one, other in pairwise(word)), 0.7)


@cache
def _followers(letters: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((letter, re.compile(pattern)) for letter, pattern in FOLLOWED_BY.get(letters, {}).items())


def _is_in_place(mark: str, before: str, after: str) -> bool:
    """Whether a typographic mark stands where such marks stand."""
    if mark == "’" and (_CONTRACTION.search(before + mark) or _CONTRACTION.match(mark + after)):
        return True
    return any(mark in marks and behind.search(before) and ahead.match(after) for marks, behind, ahead in _PLACES)


@cache
def _of_sign(sign: str, codec: str) -> float:
    common, core, last_frequent = _ASIAN[codec]
    if sign in common:
        return _COMMON_SIGN
    for first, last, score in _RANGES:
        if first <= sign <= last:
            return _ODD_SIGN if score == _KANA and common is not JAPANESE else score
    is_hangul = "\uac00" <= sign <= "\ud7af"
    if not is_hangul and not "\u4e00" <= sign <= "\u9fff":
        return _ODD_SIGN
    lead = sign.encode(core, "ignore")[:1]
    return _SIGN if is_hangul == (common is KOREAN) and b"" < lead <= last_frequent else _RARE_SIGN


def _of_signs(text: str, codec: str) -> float:
    total = 0.0
    for found in _HIGH_RUN.finditer(text):
        run = found[0]
        total += sum(_of_sign(sign, codec) for sign in run)
        beside = text[: found.start()][-1:].isalpha() + text[found.end() :][:1].isalpha()
        total += _UNUSUAL * beside
    return total
