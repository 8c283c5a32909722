"""From bytes of unknown encoding to clean UTF-8, or a refusal.

The order is what makes it safe: a byte order mark decides; else the places of NUL bytes give UTF-16 or UTF-32 away;
else text that is valid UTF-8 is UTF-8 (other encodings almost never are, by accident); only what remains is guessed,
and a guess is always told.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from logreg_core.errors import TableError

_MARKS: tuple[tuple[bytes, str, str], ...] = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_SAMPLE_BYTES = 65_536
_WINDOW_BYTES = 2**22
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LINE_WITH_HIGH_BYTES = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_SAVE_AS_UTF8 = "Save the file as “CSV UTF-8” and upload that."

# What charset-normalizer may overrule Windows-1252 with: encodings it recognises by their letters (other alphabets).
# Between the Western single-byte pages its guess is no better than chance on a few accents.
_OTHER_ALPHABETS = {
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


@dataclass(frozen=True)
class Decoded:
    """Text as UTF-8 without a byte order mark, the name of the encoding it came in, and what was assumed."""

    utf8: bytes
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Return ``data`` as UTF-8.

    Raises
    ------
    TableError
        When the bytes are not text: broken Unicode, NUL bytes, many control characters, or two encodings mixed.
    """
    wide = _wide_encoding(data)
    if wide is not None:
        codec, label, mark_length = wide
        try:
            text = data[mark_length:].decode(codec)
        except UnicodeDecodeError:
            raise TableError(
                f"This file says it is {label} text, but its bytes are not.", remedy=_SAVE_AS_UTF8
            ) from None
        decoded = Decoded(text.encode("utf-8"), label)
    else:
        decoded = _decode_narrow(data)
    utf8 = decoded.utf8.rstrip(b"\x1a")  # the end-of-file mark of DOS programs
    _refuse_binary(utf8)
    warnings = decoded.warnings
    lost = utf8.count("\N{REPLACEMENT CHARACTER}".encode())
    if lost:
        warnings += (f"{lost:,} characters of this file were lost before it came here; they show as “\ufffd”.",)
    return Decoded(utf8, decoded.encoding, warnings)


def _wide_encoding(data: bytes) -> tuple[str, str, int] | None:
    """Return (codec, label, length of the mark) if a mark or the places of NUL bytes tell, else None."""
    for mark, codec, label in _MARKS:
        if data.startswith(mark):
            return codec, label, len(mark)
    sample = data[: _SAMPLE_BYTES // 4 * 4]
    if b"\0" not in sample:
        return None
    nul_share = [sample[place::4].count(0) / max(len(sample[place::4]), 1) for place in range(4)]
    for codec, high_bytes in (("utf-32-le", (2, 3)), ("utf-32-be", (0, 1))):
        if all(nul_share[place] > 0.99 for place in high_bytes) and len(data) % 4 == 0:
            return codec, "UTF-32", 0
    # ASCII characters (delimiters, digits, line ends) have one NUL each, always on the same side.
    if max(nul_share[0], nul_share[2]) < 0.01 and min(nul_share[1], nul_share[3]) > 0.3:
        return "utf-16-le", "UTF-16", 0
    if max(nul_share[1], nul_share[3]) < 0.01 and min(nul_share[0], nul_share[2]) > 0.3:
        return "utf-16-be", "UTF-16", 0
    return None


def _decode_narrow(data: bytes) -> Decoded:
    """Decode one-byte and multi-byte encodings: strict UTF-8, else a told guess."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_binary(data)
        _refuse_mixed(data, error.start)
    else:
        return Decoded(data, "UTF-8")
    for codec, label in _guesses(data):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        warning = f"The file does not say how its letters are stored; {label} was assumed. Check names with accents."
        return Decoded(text.encode("utf-8"), label, (warning,))
    raise TableError("The letters of this file could not be read.", remedy=_SAVE_AS_UTF8)  # Latin-1 takes all bytes


def _guesses(data: bytes) -> list[tuple[str, str]]:
    """Return (codec, label) to try in turn; charset-normalizer sees only lines with something to see, up to 64 KB."""
    from charset_normalizer import from_bytes

    sample = bytearray()
    for line in _LINE_WITH_HIGH_BYTES.finditer(data):
        sample += line.group()[:_SAMPLE_BYTES] + b"\n"
        if len(sample) >= _SAMPLE_BYTES:
            break
    western = [("cp1252", "Windows-1252"), ("latin-1", "Latin-1")]
    best = from_bytes(bytes(sample), cp_isolation=[*_OTHER_ALPHABETS, "cp1252"]).best()
    if best is not None and best.encoding in _OTHER_ALPHABETS and not _is_accents(bytes(sample), best.encoding):
        codec = {"gb2312": "gb18030", "gbk": "gb18030"}.get(best.encoding, best.encoding)
        return [(codec, _OTHER_ALPHABETS[best.encoding]), *western]
    return western


def _is_accents(sample: bytes, encoding: str) -> bool:
    """Whether a guessed one-byte alphabet would consist of lone letters, which are accents of a Western text."""
    if encoding not in _ONE_BYTE_ALPHABETS:
        return False
    in_words = sum(map(len, re.findall(rb"[\x80-\xff]{3,}", sample)))
    return 2 * in_words < len(sample) - len(sample.translate(None, bytes(range(128, 256))))


def _refuse_mixed(data: bytes, first_bad: int) -> None:
    """Refuse UTF-8 with a few foreign bytes: any one-byte encoding would turn its accents into rubble."""
    window = data[:_WINDOW_BYTES] + data[first_bad : first_bad + _WINDOW_BYTES]
    rest, valid = _UTF8_SEQUENCE.subn(b"", window)
    foreign = len(rest) - len(rest.translate(None, bytes(range(128, 256))))
    if valid > foreign:
        line = data.count(b"\n", 0, first_bad) + 1
        raise TableError(
            "This file mixes two ways of storing letters: most of it is UTF-8, but not all.",
            where=f"The first other character is in line {line:,}.",
            remedy=_SAVE_AS_UTF8,
        )


def _refuse_binary(data: bytes) -> None:
    """Refuse what no text holds: NUL bytes at all, other control characters in number."""
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise TableError(
            "This file is not plain text: it holds NUL bytes.",
            where=f"The first is in line {line:,}.",
            remedy="If it is a workbook or a database, save the table as CSV and upload that.",
        )
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > max(len(data) // 1000, 2):
        raise TableError(
            "This file is not plain text: it holds many control characters.",
            remedy="If it comes from a program of its own, save the table as CSV there and upload that.",
        )
