"""Takes a file out of a gzip, bzip2, xz or zip archive, never more than a bounded number of bytes."""

from __future__ import annotations

import bz2
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from logreg_core.errors import TableError

MAX_UNPACKED = 256 * 2**20
_CHUNK = 2**20
_FIRST_PART = 8192
_MOST_MEMBERS = 1_000
_MOST_PARTS = 50
_BOMB = "Unpacked, this file is larger than {mb:,} MB, so it was not read."


@dataclass(frozen=True)
class Content:
    """What was inside: bytes, the kind of archive ("" for none), the files to choose from, the one that was taken."""

    data: bytes
    packing: str = ""
    members: tuple[str, ...] = ()
    chosen: str = ""
    warnings: tuple[str, ...] = ()


def unpack(data: bytes, member: str | None) -> Content:
    """Return the content of an archive of one table, or the data as they are.

    Raises
    ------
    TableError
        For a broken archive, one that holds more than ``MAX_UNPACKED`` bytes or an archive again, one with a password,
        or one with several files of which none was chosen and none stands out.
    """
    for start, packing, opener in _STREAMS:
        if data.startswith(start):
            unpacked, rest = _streamed(data, packing, opener)
            told = (f"Behind the end of the {packing} archive stand {len(rest):,} more bytes, which were left out.",)
            content = Content(unpacked, packing, warnings=told if rest.strip(b"\0") else ())
            break
    else:
        if data[:4] not in (b"PK\x03\x04", b"PK\x05\x06") or _is_document(data):
            return Content(data)
        content = _from_zip(data, member)
    if any(content.data.startswith(start) for start, _, _ in _STREAMS):
        raise TableError(
            "This is an archive inside an archive.", remedy="Unpack it and upload the file inside.", is_final=True
        )
    return content


def _gzip() -> Any:
    return zlib.decompressobj(wbits=31)


_STREAMS: tuple[tuple[bytes, str, Callable[[], Any]], ...] = (
    (b"\x1f\x8b", "gzip", _gzip),
    (b"BZh", "bzip2", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\x00", "xz", lambda: lzma.LZMADecompressor(memlimit=2**28)),
)


def _too_large() -> TableError:
    return TableError(_BOMB.format(mb=MAX_UNPACKED // 2**20), remedy="Unpack it and upload a part of the rows.")


def _streamed(data: bytes, packing: str, opener: Callable[[], Any]) -> tuple[bytes, bytes]:
    """Return (the content of all parts, what stands behind the last of them)."""
    out, rest = bytearray(), data
    try:
        for _ in range(_MOST_PARTS):  # an archive may be written in parts, one behind the other
            decoder = opener()
            pending = rest
            while True:
                piece = decoder.decompress(pending, _CHUNK)
                out += piece
                if len(out) > MAX_UNPACKED:
                    raise _too_large()
                if decoder.eof:
                    break
                pending = getattr(decoder, "unconsumed_tail", b"")
                if not piece and not pending:
                    raise EOFError
            rest = decoder.unused_data
            if not any(rest.startswith(start) for start, _, _ in _STREAMS):  # the end, or padding behind the last part
                return bytes(out), bytes(rest)
        raise EOFError
    except (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError(
            f"This {packing} archive is broken or incomplete.", remedy="Pack or download the file again.", is_final=True
        ) from None


def _is_document(data: bytes) -> bool:
    """Whether a zip archive is a workbook or a document, which are read or refused elsewhere."""
    if any(has_folder(data, folder) for folder in ("xl", "word", "ppt")):
        return True
    return b"opendocument" in data[:_FIRST_PART]


def has_folder(data: bytes, folder: str) -> bool:
    """Whether a zip archive, whole or broken, has such a folder of its own and not in an archive inside of it."""
    if f"{folder}/".encode() not in data[:8192] + data[-65536:]:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.lstrip("/").lower().startswith(f"{folder}/") for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return True


def _from_zip(data: bytes, member: str | None) -> Content:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [info for info in archive.infolist() if not info.is_dir() and not _is_hidden(info.filename)]
            info, warnings = _choose(files, member)
            if info.flag_bits & 1:
                raise TableError("This archive needs a password.", remedy="Unpack it and upload the file inside.")
            if info.file_size > MAX_UNPACKED:
                raise _too_large()
            with archive.open(info) as stream:
                inside = stream.read(MAX_UNPACKED + 1)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, RuntimeError):
        raise TableError(
            "This zip archive is broken or packed in an unusual way.", remedy="Unpack it and upload the file inside."
        ) from None
    except (ValueError, UnicodeError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError("This zip archive is broken.", remedy="Unpack it and upload the file inside.") from None
    if len(inside) > MAX_UNPACKED:
        raise _too_large()
    names = tuple(info.filename for info in files[:_MOST_MEMBERS])
    return Content(inside, "zip", names, info.filename, warnings)


def _is_hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith(".")


def _choose(files: list[zipfile.ZipInfo], member: str | None) -> tuple[zipfile.ZipInfo, tuple[str, ...]]:
    """Return the file to read: the chosen one, the only one, or the only one that is a table by its name."""
    if not files:
        raise TableError(
            "This is an empty zip archive.", remedy="Pack the table again, or upload it as it is.", is_final=True
        )
    for info in files:
        if member is not None and info.filename == member:
            return info, ()
    endings = (".csv", ".tsv", ".tab", ".txt", ".json", ".jsonl", ".parquet", ".xlsx", ".xls", ".dat")
    tables = [info for info in files if info.filename.lower().endswith(endings)]
    for candidates in (files, tables, [info for info in tables if info.filename.lower().endswith(".csv")]):
        if len(candidates) == 1:
            others = len(files) - 1
            told = f"Of the {len(files):,} files in this archive, “{candidates[0].filename[:80]}” was read."
            return candidates[0], (told,) if others else ()
    listed = ", ".join(f"“{info.filename[:60]}”" for info in files[:5])
    raise TableError(
        f"This zip archive holds {len(files):,} files: {listed}{' …' if len(files) > 5 else ''}.",
        remedy="Choose one of them, or unpack it and upload the one with the table.",
        choices=tuple(info.filename for info in (tables or files)[:_MOST_MEMBERS]),
    )
