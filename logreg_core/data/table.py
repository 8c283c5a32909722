"""What every way in results in: a ``Table``, with what was found or assumed on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from logreg_core.data.options import ReadOptions

Watch = Callable[[float, str], None]
"""Called with (share done from 0 to 1, what is being done) while a file is read; may raise to stop."""


@dataclass(frozen=True)
class ReadReport:
    """How a table was read.

    ``facts`` are (what, found) pairs to show, such as ("Delimiter", "semicolon"); ``warnings`` are sentences for
    everything that was assumed or repaired. Both are plain text. ``detected`` is what was found as options, with which
    the file reads the same again; ``unplaced`` are rows that were set aside, as (line, text), at most 1,000 of them;
    ``sheets`` are the sheets of a workbook, or the files of an archive, to choose from.
    """

    facts: tuple[tuple[str, str], ...] = ()
    warnings: list[str] = field(default_factory=list)
    detected: ReadOptions | None = None
    unplaced: tuple[tuple[int, str], ...] = ()
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """The choices a sample or generator comes with; every one can be changed by the user."""

    target: str
    positive: str
    scale: bool = True
    stratify: bool = True


@dataclass(frozen=True, eq=False)
class Table:
    """A table in memory.

    Attributes
    ----------
    frame : DataFrame of shape (n_rows, n_columns)
        Unique, non-empty string column names and a ``RangeIndex`` from 0. A column is one of: numbers (``int64``,
        ``float64``, missing as NaN), text (pandas ``str`` dtype, missing as NaN), yes/no (``bool``, or ``boolean`` when
        some are missing), or dates (``datetime64``).
    name : str
        File name or sample title, as the user knows it; untrusted plain text.
    fingerprint : str
        Hexadecimal SHA-256 of what made the table (the uploaded bytes, or the generator's settings).
    report : ReadReport
    about : str
        One or two sentences on where the table comes from; empty for an upload.
    suggestion : Suggestion or None
    origin : tuple of (str, plain JSON value), or None
        How the table can be made again: ("sample", its key) or ("generator", the settings); None for an upload.
    """

    frame: pd.DataFrame
    name: str
    fingerprint: str
    report: ReadReport = field(default_factory=ReadReport)
    about: str = ""
    suggestion: Suggestion | None = None
    origin: tuple[str, Any] | None = None
