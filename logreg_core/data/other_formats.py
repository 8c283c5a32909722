"""Knows files that are not text tables by their first bytes, and refuses each by its name."""

from __future__ import annotations

import re

from logreg_core.errors import TableError

_SAVE_AS_CSV = "Open it in the program it comes from, save it as CSV and upload that."
_UNPACK = "Unpack it and upload the CSV file inside."
_EXPORT = "Export the table as CSV and upload that."

_FIRST_BYTES: tuple[tuple[bytes, str, str], ...] = (
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", _SAVE_AS_CSV),
    (b"%PDF", "a PDF document", "Export the table as CSV from where it was made and upload that."),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", _EXPORT),
    (b"\xff\xd8\xff", "a JPEG picture", _EXPORT),
    (b"GIF87a", "a GIF picture", _EXPORT),
    (b"GIF89a", "a GIF picture", _EXPORT),
    (b"BM", "a bitmap picture", _EXPORT),
    (b"II*\x00", "a TIFF picture", _EXPORT),
    (b"MM\x00*", "a TIFF picture", _EXPORT),
    (b"RIFF", "a sound, film or picture", _EXPORT),
    (b"\x7fELF", "a program", _EXPORT),
    (b"MZ", "a program", _EXPORT),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file", _EXPORT),
    (b"RDX2\n", "an R data file", _EXPORT),
    (b"RDX3\n", "an R data file", _EXPORT),
    (b"Obj\x01", "an Avro file", _EXPORT),
    (b"ORC", "an ORC file", _EXPORT),
    (b"\x93NUMPY", "a NumPy array", _EXPORT),
    (b"\x00" * 12 + b"\xc2\xea\x81\x60", "a SAS table", _SAVE_AS_CSV),
    (b"HEADER RECORD*******LIBRARY", "a SAS transport file", _SAVE_AS_CSV),
    (b"ARROW1", "an Arrow file", _EXPORT),
    (b"SQLite format 3\x00", "an SQLite database", _EXPORT),
    (b"$FL2", "an SPSS file", _SAVE_AS_CSV),
    (b"<stata_dta>", "a Stata file", _SAVE_AS_CSV),
    (b"{\\rtf", "a formatted text document", _SAVE_AS_CSV),
)

_ALSO_WORDS = {b"BM", b"MZ", b"ORC", b"RIFF"}  # a column may be called BMI

_MARKUP: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (
        re.compile(rb"(?:<!doctype html|<html|<head|<body|<table)(?=.*<t[dh]\b)", re.IGNORECASE | re.DOTALL),
        "a web page with a table",
        "Programs save such pages as .xls: open it in Excel, save it as .xlsx or CSV and upload that.",
    ),
    (
        re.compile(rb"<!doctype html|<html|<head|<body|<table", re.IGNORECASE),
        "a web page",
        "The download may have led to a sign-in or error page. Download the CSV file again and upload that.",
    ),
    (re.compile(rb"<\?xml|<svg", re.IGNORECASE), "an XML file", _EXPORT),
)


_JSONP = "Keep what stands in its round brackets, and upload that."
_COPY = "Copy the rows into a spreadsheet, or write them as CSV, and upload that."
_PYTHON = "Write it as CSV or JSON, for example with pandas or the json module, and upload that."
_NO_TABLES: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (re.compile(rb"(?:%[^\n]*\n|\s)*@relation\b", re.IGNORECASE), "an ARFF file", _EXPORT),
    (
        re.compile(
            rb"(?:--[^\n]*\n|/\*[^\n]*\n|\s)*(?:(?:set \w+ *=[^\n]*;|begin;|select pg_catalog[^\n]*;)\s*)*"
            rb"(?:(?:--[^\n]*\n|/\*[^\n]*\n|\s)*)"
            rb"(?:insert into \S|create (?:table|database|schema|extension) "
            rb"|drop (?:table|database) (?:if exists )?\S+;"
            rb"|use \S+;\s*(?:--|/\*|insert |create |drop |set |lock )|lock tables |copy \S+ \(.*\) from stdin)",
            re.IGNORECASE,
        ),
        "a dump of a database",
        _EXPORT,
    ),
    (re.compile(rb"\S+ \S+ \S+ \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d"), "a log of a web server", _COPY),
    (re.compile(rb"\s*Volume in drive \w"), "a listing of files", _COPY),
    (re.compile(rb"(?:[+-]?\d+(?:\.\d+)?(?: +\d+:[\d.eE+-]+)+[ \r]*\n){2}"), "a file for LIBSVM", _EXPORT),
    (re.compile(rb"(?:---\s*\n)?- \w+: [^\n]*\n(?:  \w+: [^\n]*\n)+- "), "a YAML file", _COPY),
    (
        re.compile(
            rb"\W?\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}:\d\d(?::\d\d)?(?:[ \xe2\x80\xaf]*[AaPp][Mm])?"
            rb"(?:\]| -) [^\n\d,;\t][^\n]*\n?[^\n]*: "
        ),
        "a chat or a log",
        _COPY,
    ),
    (re.compile(rb"(?:WEBVTT\b|\d+\r?\n[\d:,.]+ --> [\d:,.]+)"), "a file of subtitles", _COPY),
    (re.compile(rb"From \S+ (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [^\n]*\n[A-Z][\w-]*: "), "a mailbox", _COPY),
    (re.compile(rb"MIME-Version: "), "a web page in one file or a message", _EXPORT),
    (re.compile(rb"(?:\{'[^'\n]+': [^\n]*\}[,\r]*\n){2}"), "a list of Python dictionaries", _PYTHON),
    (
        re.compile(rb"(?:\[[^\[\]\n]*,[^\[\]\n]*\],?\r?\n){2}|(?:\([^()\n]*,[^()\n]*\),?\r?\n){2}"),
        "a list of Python lists",
        _PYTHON,
    ),
    (re.compile(rb"[A-Za-z_$][\w.$]{0,60}\s?\(\s*(?:\[\s*)?\{\s*\""), "JSON inside of a script (JSONP)", _JSONP),
    (
        re.compile(rb"(?:[A-Za-z_]\w*=[^\s=,;\t]+(?: [A-Za-z_]\w*=[^\s=,;\t]+)+[ \r]*\n){2}"),
        "a log of names and values",
        _COPY,
    ),
    (re.compile(rb"(?:[^\n]*&[^\n]*\\\\[ \r]*\n){2}|\s*\\begin\{tab"), "a table in LaTeX", _COPY),
)


def _kind_of_zip(data: bytes) -> tuple[str, str]:
    """Tell workbooks and documents, which are zip archives inside, from other zip archives."""
    ends = data[:8192] + data[-65536:]  # member names stand beside the members and again at the end
    if b"xl/workbook.bin" in ends:
        return "a binary Excel workbook", "Save it as .xlsx or CSV in Excel and upload that."
    if b"ppt/" in ends:
        return "a presentation", "Copy the table into a spreadsheet, save it as CSV and upload that."
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
        Naming the format and what to do, for archives, pictures, documents, programs and web pages.
    """
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        kind, remedy = _kind_of_zip(data)
        raise TableError(f"This is {kind}, not a CSV file.", remedy=remedy, is_final=True)
    if data[257:262] == b"ustar":
        raise TableError("This is a tar archive, not a CSV file.", remedy=_UNPACK, is_final=True)
    binary = b"\0" in data[:4096]
    for start, kind, remedy in _FIRST_BYTES:
        if data.startswith(start) and (binary or start not in _ALSO_WORDS):
            raise TableError(f"This is {kind}, not a CSV file.", remedy=remedy, is_final=True)
    refuse_markup(data)


def refuse_markup(text: bytes) -> None:
    """Raise for web pages, XML and other text that is no table, whatever the file is called.

    Raises
    ------
    TableError
        Naming the format and what to do.
    """
    opening = text[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    for pattern, kind, remedy in (*_MARKUP, *_NO_TABLES):
        if pattern.match(opening):
            raise TableError(f"This is {kind}, not a CSV file.", remedy=remedy, is_final=True)
