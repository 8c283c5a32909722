"""From bytes of unknown encoding to clean UTF-8, or a refusal.

The order is what makes it safe: a byte order mark decides; else the places of NUL bytes give UTF-16 or UTF-32 away;
else text that is valid UTF-8 is UTF-8 (other encodings almost never are, by accident); only what remains is guessed,
and a guess is always told. No character is ever replaced: where UTF-8 breaks off for a few bytes, these are read as
Windows-1252, and the lines are told.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from logreg_core.data.guess_encoding import (
    LATIN,
    OTHER_ALPHABETS,
    WESTERN,
    WESTERN_LETTERS,
    guesses,
    sample_of_high_bytes,
)
from logreg_core.errors import TableError

_MARKS: tuple[tuple[bytes, str, str], ...] = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_SAMPLE_BYTES = 65_536
_CHUNK = 2**22
_PIECE = 2**16  # no new memory is asked of the system for so little
_MOST_FOREIGN = 100_000
_NEWLINE = 10
_IS_CONTROL = ~np.isin(np.arange(32), list(b"\t\n\v\f\r\x1a\x1b"))
# Of the letters that are two bytes in UTF-8 only those of languages: the others are halves of Chinese signs.
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xc5\xce-\xd3\xd7-\xdb][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_SHIFTED = re.compile(rb"\x1b\$[@B][!-~]+\x1b\([BJ]")
_SEPARATORS = (b"\x01", b"\x1f")
_RUBBLE = re.compile(r"([^\x00-\x7f]+)")
# A letter such as Ã or â, and behind it what Windows-1252 or Latin-1 makes of the second byte of a letter in UTF-8.
_TWICE = re.compile(
    rb"\xc3[\x82-\x85](?:\xc2[\x80-\xbf]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xcb[\x86\x9c]|\xe2\x80[\x93-\xba]|\xe2\x82\xac)"
    rb"|\xc3\xa2(?:\xe2\x82\xac|\xc2\x80)"
)
_STRAY = re.compile(rb"\xc3[\x80-\xbf]")  # À to ÿ in UTF-8; in Windows-1252 Ã and a sign, as nobody writes
_MARKS_OF_WORDS = "‘“„«‹’”»›–—…€£°§²³µ"
_SAVE_AS_UTF8 = "Save the file as “CSV UTF-8” and upload that."

ENCODINGS = {
    "utf-8": "UTF-8",
    **WESTERN,
    "latin-1": "Latin-1",
    "utf-16": "UTF-16",
    "utf-32": "UTF-32",
    "cp1250": LATIN["cp1250"],
    "cp1254": LATIN["cp1254"],
    **OTHER_ALPHABETS,
}
"""Encodings to choose from, with their names for a reader."""


@dataclass(frozen=True)
class Decoded:
    """Text as UTF-8 without a byte order mark, the encoding it came in (name and codec), and what was assumed.

    ``plain`` is true if it is known to be ASCII, so that nobody has to look again.
    """

    utf8: bytes
    encoding: str
    codec: str
    warnings: tuple[str, ...] = ()
    plain: bool = False


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Return ``data`` as UTF-8.

    Raises
    ------
    TableError
        When the bytes are not text: broken Unicode, NUL bytes, many control characters; or not in ``encoding``.
    """
    padded = data[-1:] == b"\0" and b"\0" not in data[:_SAMPLE_BYTES].rstrip(b"\0")  # a block of a disk or tape
    data = data.rstrip(b"\0") if padded else data
    decoded = _decode_as(data, encoding) if encoding else _decode_by_marks(data)
    utf8 = decoded.utf8.removeprefix(codecs.BOM_UTF8).rstrip(b"\x1a")  # the end-of-file mark of DOS programs
    _refuse_binary(utf8)
    warnings = decoded.warnings
    if padded:
        warnings += ("NUL bytes at the end of the file were left out; look whether its last rows are complete.",)
    lost = 0 if decoded.plain or b"\xef" not in utf8 else utf8.count("\N{REPLACEMENT CHARACTER}".encode())
    if lost:
        warnings += (f"{lost:,} characters of this file were lost before it came here; they show as “\ufffd”.",)
    return Decoded(utf8, decoded.encoding, decoded.codec, warnings, decoded.plain)


def _decode_as(data: bytes, encoding: str) -> Decoded:
    """Decode in the encoding the user chose; a byte order mark of that encoding is taken off."""
    try:
        codec = codecs.lookup(encoding).name
        if not re.match("utf-?(8|16|32)|cp|iso8859|iso2022_jp|latin|ascii|mac|koi8|gb|big5|euc|shift", codec):
            raise LookupError(codec)
        text = data.decode(codec)
    except (LookupError, UnicodeError, ValueError):
        raise TableError(
            f"This file cannot be read in the encoding {ENCODINGS.get(encoding, encoding)[:60]!r}.",
            remedy="Choose another one, or let it be found out.",
        ) from None
    return Decoded(text.removeprefix("\ufeff").encode("utf-8"), ENCODINGS.get(encoding, encoding), encoding)


def _decode_by_marks(data: bytes) -> Decoded:
    wide = _wide_encoding(data)
    if wide is None and _SHIFTED.search(data, 0, _SAMPLE_BYTES):
        try:
            return Decoded(data.decode("iso2022_jp").encode(), "ISO-2022-JP (Japanese)", "iso2022_jp")
        except UnicodeDecodeError:
            pass
    if wide is None:
        return _decode_narrow(data)
    codec, label, mark_length = wide
    if codec == "utf-8":
        if _first_foreign(data, mark_length) is not None:
            return _decode_narrow(data[mark_length:])
        return Decoded(data[mark_length:], label, codec)
    _refuse_joined(data, mark_length, label)
    try:
        text = data[mark_length:].decode(codec)
    except UnicodeDecodeError:
        raise TableError(f"This file says it is {label} text, but its bytes are not.", remedy=_SAVE_AS_UTF8) from None
    return Decoded(text.encode("utf-8"), label, codec)


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


def _refuse_joined(data: bytes, start: int, label: str) -> None:
    """Refuse text of two bytes a letter with rows of one byte a letter before or behind it, as programs append them."""
    first, last = data.find(b"\0", start), data.rfind(b"\0", start)
    parts = (data[start : max(first, start)], data[last + 1 :])
    for part, where in zip(parts, ("at its beginning", "at its end"), strict=True):
        if b"\n" in part and any(mark in part for mark in (b",", b";", b"\t", b"|")) and _first_foreign(part) is None:
            raise TableError(
                f"This file mixes two ways of storing letters: {label}, and rows {where} in another one.",
                remedy=_SAVE_AS_UTF8,
            )


def _first_foreign(data: bytes, start: int = 0) -> int | None:
    """Return the place of the first byte that is no UTF-8, or None; in pieces, so that no second copy is made."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for at in range(start, len(data), _CHUNK):
        try:
            decoder.decode(data[at : at + _CHUNK], final=at + _CHUNK >= len(data))
        except UnicodeDecodeError as error:
            return max(at - 4 + error.start, 0) if at > start else at + error.start
    return None


def _decode_narrow(data: bytes) -> Decoded:
    """Decode one-byte and multi-byte encodings: strict UTF-8, else a told guess."""
    if data.isascii():
        return Decoded(data, "UTF-8", "utf-8", plain=True)
    foreign = _first_foreign(data)
    if foreign is None:
        return _once(data)
    _refuse_binary(data)
    if _is_mostly_utf8(data, foreign):
        return _decode_mixed(data)
    for codec, label in guesses(data):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        warning = f"The file does not say how its letters are stored; {label} was assumed. Check names with accents."
        if codec == "cp1252" and _STRAY.search(data):
            return _decode_strays(data, warning)
        return Decoded(text.encode("utf-8"), label, codec, (warning,))
    raise TableError("The letters of this file could not be read.", remedy=_SAVE_AS_UTF8)  # Latin-1 takes all bytes


def _decode_strays(data: bytes, warning: str) -> Decoded:
    """Decode Windows-1252 in which some letters were stored as UTF-8."""
    first: list[int] = []

    def whole(pair: re.Match[bytes]) -> bytes:
        first.append(pair.start())
        return bytes([pair[0][1] + 0x40])

    text = _STRAY.sub(whole, data).decode("cp1252")
    line = data.count(b"\n", 0, first[0]) + 1
    were = "1 letter was" if len(first) == 1 else f"{len(first):,} letters were"
    told = f"Unlike the others, {were} stored as UTF-8 and read so, the first in line {line:,}."
    return Decoded(text.encode("utf-8"), "Windows-1252 mixed with UTF-8", "", (warning, told))


def _is_mostly_utf8(data: bytes, first_foreign: int) -> bool:
    """Whether most letters beyond ASCII are UTF-8, so that a one-byte encoding would turn them into rubble."""
    window = data[max(first_foreign - _CHUNK, 0) : first_foreign + _CHUNK]
    rest, valid = _UTF8_SEQUENCE.subn(b"", window)
    if valid > len(rest) - len(rest.translate(None, bytes(range(128, 256)))):
        return True
    lines = sample_of_high_bytes(window).splitlines()
    return 3 * sum(map(_is_western_utf8, lines)) >= len(lines)


def _is_western_utf8(line: bytes) -> bool:
    """Whether a line is UTF-8 with Western letters and marks, as no line of another encoding is by accident."""
    try:
        high = {letter for letter in line.decode("utf-8") if letter > "\x7f"}
    except UnicodeDecodeError:
        return False
    return all(letter in WESTERN_LETTERS or letter in _MARKS_OF_WORDS for letter in high)


def _once(data: bytes) -> Decoded:
    """Return UTF-8; where all letters beyond ASCII were stored as UTF-8 twice ("MÃ¼ller"), once is undone and told."""
    twice = _TWICE.search(data)
    if twice is None:
        return Decoded(data, "UTF-8", "utf-8")
    line = data.count(b"\n", 0, twice.start()) + 1
    text = data.decode("utf-8")
    try:
        found = "".join(map(_undone, _RUBBLE.split(text)))
    except UnicodeError:
        told = f"Line {line:,} holds letters that look like rubble (such as “Ã¼” for “ü”); they were left as they are."
        return Decoded(data, "UTF-8", "utf-8", (told,))
    told = f"Letters were stored in UTF-8 twice (“Ã¼” for “ü”), first in line {line:,}; this was undone."
    return Decoded(found.encode("utf-8"), "UTF-8, stored twice", "", (told,))


def _undone(part: str) -> str:
    """Return what a run of characters beyond ASCII was before it was stored as UTF-8 once more."""
    if part.isascii():
        return part
    as_bytes = bytearray()
    for letter in part:
        as_bytes += letter.encode("latin-1" if letter < "\xa0" else "cp1252")  # bytes cp1252 does not know
    return as_bytes.decode("utf-8")


def _decode_mixed(data: bytes) -> Decoded:
    """Decode UTF-8 in which some bytes are Windows-1252, as when lines of two programs end up in one file."""
    foreign: list[int] = []

    def as_windows(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        foreign.append(error.start)
        if len(foreign) > _MOST_FOREIGN:
            raise _mixed_refusal(data, foreign[0])
        byte = error.object[error.start : error.start + 1]
        try:
            return byte.decode("cp1252"), error.start + 1
        except UnicodeDecodeError:
            return byte.decode("latin-1"), error.start + 1

    codecs.register_error("logit-lab-mixed", as_windows)
    text = data.decode("utf-8", "logit-lab-mixed")
    line = data.count(b"\n", 0, foreign[0]) + 1
    warning = (
        f"This file mixes two ways of storing letters: UTF-8, and {len(foreign):,} characters that were read as"
        f" Windows-1252, the first in line {line:,}. Check names with accents."
    )
    return Decoded(text.encode("utf-8"), "UTF-8 mixed with Windows-1252", "", (warning,))


def _mixed_refusal(data: bytes, first: int) -> TableError:
    line = data.count(b"\n", 0, first) + 1
    return TableError(
        "This file mixes two ways of storing letters: most of it is UTF-8, but not all.",
        where=f"The first other character is in line {line:,}.",
        remedy=_SAVE_AS_UTF8,
    )


def _separates(mark: bytes, data: bytes) -> bool:
    """Whether a control character stands between cells, as Hive writes them: equally often in each line."""
    counts = {line.count(mark) for line in data[:_PIECE].split(b"\n")[:20][:-1]}
    return len(counts) == 1 and counts != {0}


def _refuse_binary(data: bytes) -> None:
    """Refuse what no text holds: NUL bytes at all, other control characters in number."""
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise TableError(
            "This file is not plain text: it holds NUL bytes.",
            where=f"The first is in line {line:,}.",
            remedy="If it is a workbook or a database, save the table as CSV and upload that.",
        )
    size = min(len(data), _CHUNK)
    beginning = np.frombuffer(data, np.uint8, size)
    separator = next((mark[0] for mark in _SEPARATORS if _separates(mark, data)), _NEWLINE)
    controls = sum(_count_controls(beginning[at : at + _PIECE], separator) for at in range(0, size, _PIECE))
    if controls > max(size // 1000, 2):
        raise TableError(
            "This file is not plain text: it holds many control characters.",
            remedy="If it comes from a program of its own, save the table as CSV there and upload that.",
        )


def _count_controls(piece: npt.NDArray[np.uint8], separator: int) -> int:
    low = piece < len(_IS_CONTROL)
    if np.count_nonzero(low) == np.count_nonzero(piece == _NEWLINE):  # nearly always, and quick
        return 0
    return int(np.count_nonzero(_IS_CONTROL[piece[low]] & (piece[low] != separator)))
