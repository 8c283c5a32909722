"""A frame becomes a CSV file that a spreadsheet shows and does not run."""

from __future__ import annotations

import csv
import io

import pandas as pd

# The sign that Unicode has for each control character but tab and line ends; those of 0x80 to 0x9F have none.
_SEEN = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n\r"} | {0x7F: "\u2421"}
_SEEN |= dict.fromkeys(range(0x80, 0xA0), "\ufffd")
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """Return a text cell with an apostrophe in front if a spreadsheet would take it for a formula.

    Control characters, which can command a terminal (ESC [31m), become the signs that show them.
    """
    text = text.translate(_SEEN)
    return f"'{text}" if text.startswith(_RUN_BY_SPREADSHEETS) else text


def to_csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return ``frame`` without its index as CSV: UTF-8 with a byte order mark, which spreadsheets need for accents.

    Text cells and column names that begin with ``= + - @``, a tab or a carriage return get an apostrophe in front, and
    control characters in them are replaced by signs that show them;
    numbers, dates and truth values stay as they are, and missing cells are empty.
    """
    safe = {}
    for name in frame.columns:
        column = frame[name]
        is_text = pd.api.types.is_string_dtype(column.dtype) or isinstance(column.dtype, pd.CategoricalDtype)
        if is_text or column.dtype == object:
            column = column.astype(object).map(lambda cell: harmless(cell) if isinstance(cell, str) else cell)
        safe[harmless(str(name))] = column
    text = io.StringIO()
    pd.DataFrame(safe, index=frame.index).to_csv(text, index=False, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    return text.getvalue().encode("utf-8-sig")
