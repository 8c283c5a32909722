"""Knows files that are not text tables by their first bytes, and refuses each by its name."""

from __future__ import annotations

import re

from logreg_core.errors import TableError

_SAVE_AS_CSV = "Open it in the program it comes from, save it as CSV and upload that."
_UNPACK = "Unpack it and upload the CSV file inside."
_EXPORT = "Export the table as CSV and upload that."

_FIRST_BYTES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook", "Save it as CSV in Excel and upload that."),
    (b"%PDF", "a PDF document", "Export the table as CSV from where it was made and upload that."),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", _EXPORT),
    (b"\xff\xd8\xff", "a JPEG picture", _EXPORT),
    (b"GIF87a", "a GIF picture", _EXPORT),
    (b"GIF89a", "a GIF picture", _EXPORT),
    (b"PAR1", "a Parquet file", _EXPORT),
    (b"ARROW1", "an Arrow file", _EXPORT),
    (b"SQLite format 3\x00", "an SQLite database", _EXPORT),
    (b"$FL2", "an SPSS file", _SAVE_AS_CSV),
    (b"<stata_dta>", "a Stata file", _SAVE_AS_CSV),
    (b"{\\rtf", "a formatted text document", _SAVE_AS_CSV),
)

_MARKUP: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (
        re.compile(rb"<!doctype html|<html|<head|<body|<table", re.IGNORECASE),
        "a web page",
        "The download may have led to a sign-in or error page. Download the CSV file again and upload that.",
    ),
    (re.compile(rb"<\?xml", re.IGNORECASE), "an XML file", _EXPORT),
    # "[id],[name]" is how SQL Server writes a header, so a bracket alone does not make a file JSON.
    (
        re.compile(rb'\{\s*["}]|\[\s*[\[{"\]]|\[\s*-?[0-9][0-9.]*\s*,\s*-?[0-9][^\[\]\r\n]*\]?\s*$'),
        "a JSON file",
        _EXPORT,
    ),
)


def _kind_of_zip(data: bytes) -> tuple[str, str]:
    """Tell workbooks and documents, which are zip archives inside, from other zip archives."""
    ends = data[:8192] + data[-65536:]  # member names stand beside the members and again at the end
    if b"xl/" in ends:
        return "an Excel workbook", "Save it as CSV in Excel and upload that."
    if b"word/" in ends:
        return "a Word document", "Copy the table into a spreadsheet, save it as CSV and upload that."
    if b"opendocument.spreadsheet" in ends:
        return "a LibreOffice spreadsheet", "Save it as CSV in LibreOffice and upload that."
    return "a zip archive", _UNPACK


def refuse_other_formats(data: bytes) -> None:
    """Raise if the bytes are of a known format that is not delimited text.

    Raises
    ------
    TableError
        Naming the format and what to do, for archives, workbooks, pictures, documents, web pages and JSON.
    """
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        kind, remedy = _kind_of_zip(data)
        raise TableError(f"This is {kind}, not a CSV file.", remedy=remedy)
    for start, kind, remedy in _FIRST_BYTES:
        if data.startswith(start):
            raise TableError(f"This is {kind}, not a CSV file.", remedy=remedy)
    opening = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    for pattern, kind, remedy in _MARKUP:
        if pattern.match(opening):
            raise TableError(f"This is {kind}, not a CSV file.", remedy=remedy)
