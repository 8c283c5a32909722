"""From regular rows of text to columns: numbers where pandas may be trusted with them, text for everything else.

pandas' C reader is the fastest there is for this, and lenient; ``survey`` holds it to the rules. What it made of a
column is only taken if nothing can have been lost: whole numbers without leading zeros, and measures below 2**53. Every
other column is taken as text and typed by ``kinds``.

A long text is cut in parts, several at a time: pandas lets other threads run while it reads. A column is what all its
parts say it is, so the parts make no difference to what comes out; where they differ, it is text.
"""

from __future__ import annotations

import io
import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from logreg_core.data.parts import part
from logreg_core.data.survey import Survey, glance, has_powers, survey
from logreg_core.data.threads import Threads

if TYPE_CHECKING:
    import numpy.typing as npt

    from logreg_core.data.body import Body

_EXACT = 2.0**53
_FIRST_DAY, _LAST_DAY = 19_000_101, 20_991_231
_SAMPLE_BYTES = 2**15
_GLANCE = 20
_WHOLE_NUMBER = re.compile(r"\s*[+-]?\d+\s*")
_NUMBERS = {np.dtype(np.int64), np.dtype(np.float64)}


@dataclass
class _Part:
    """Some of the rows: where they stand, their columns as pandas has them (None if not sound), what was seen."""

    start: int
    stop: int
    columns: list[pd.Series[Any] | None]
    seen: Survey


def cut(body: Body) -> tuple[list[pd.Series[Any]], Survey] | None:
    """Return (columns, what the survey saw), or None if the rows are not regular.

    A column is int64, float64 or bool, final as it is; or text as it stands in the file, missing where empty.
    """
    if body.start >= body.stop:
        return None
    has_quotes = body.utf8.find(b'"', body.start, body.stop) >= 0
    spans = part(body.utf8, body.start, body.stop, has_quotes=has_quotes)
    known = _known_codes(body, has_quotes=has_quotes)
    is_broken = threading.Event()

    def cut_part(span: tuple[int, int]) -> _Part | None:
        found = None if is_broken.is_set() else _cut_part(body, span, known, has_quotes=has_quotes)
        if found is None:
            is_broken.set()
        return found

    with Threads(len(spans)) as threads:
        pieces = [piece for piece in threads.map(cut_part, spans) if piece is not None]
        if len(pieces) < len(spans):
            return None
        seen = Survey(
            sum(piece.seen.n_rows for piece in pieces),
            np.logical_or.reduce([piece.seen.coded for piece in pieces]),
            any(piece.seen.multiline for piece in pieces),
        )
        columns = _columns(body, pieces, seen, threads)
        return None if columns is None else (columns, seen)


def _bytes(body: Body, start: int, stop: int) -> npt.NDArray[np.uint8]:
    return np.frombuffer(body.utf8, np.uint8, stop - start, start)


def _known_codes(body: Body, *, has_quotes: bool) -> npt.NDArray[np.bool_]:
    """Return which columns hold codes such as 007 in the very first rows, and so are text."""
    stop = body.utf8.rfind(b"\n", body.start, min(body.start + _SAMPLE_BYTES, body.stop)) + 1
    first = _bytes(body, body.start, max(stop, body.start))
    seen = survey(first, body.delimiter, body.width, has_quotes=has_quotes)
    return seen.coded if seen.regular else np.zeros(body.width, dtype=np.bool_)


def _cut_part(body: Body, span: tuple[int, int], known: npt.NDArray[np.bool_], *, has_quotes: bool) -> _Part | None:
    """Return the rows between two places of the body, or None if they are not regular."""
    rows = _bytes(body, *span)
    n_rows = 0 if known.any() else glance(rows, body.delimiter, body.width, has_quotes=has_quotes)
    seen = Survey(n_rows, np.zeros_like(known))
    if not n_rows:
        seen = survey(rows, body.delimiter, body.width, has_quotes=has_quotes)
    if not seen.regular:
        return None
    try:
        frame = _read(body, span, dtype=dict.fromkeys(np.flatnonzero(known).tolist(), "str"))
    except (ValueError, OverflowError):  # pandas' own ParserError among them
        return None
    if frame.shape[1] != body.width:
        return None
    # pandas refuses rows that are too long and fills short ones up; with the right count of delimiters there can be
    # neither. Should it ever let a long one pass, a short one must make up for it, and its last cell is missing.
    if n_rows and (len(frame) != n_rows or frame.iloc[:, -1].isna().any()):
        seen = survey(rows, body.delimiter, body.width, has_quotes=has_quotes)
    if len(frame) != seen.n_rows:
        return None
    columns = [frame[place] for place in range(body.width)]
    return _Part(*span, [None if _keeps_empty(column) else column for column in columns], seen)


def _columns(body: Body, pieces: list[_Part], seen: Survey, threads: Threads) -> list[pd.Series[Any]] | None:
    """Return the columns of all parts together; those of the parts are given up. None if pandas cannot cut again."""

    def judged(place: int) -> tuple[pd.Series[Any] | None, bool]:
        column = _joined([piece.columns[place] for piece in pieces])
        if column is None or not _is_sound(column, bool(seen.coded[place])):
            return None, False
        for piece in pieces:
            piece.columns[place] = None
        return column, _is_rounded(column)

    found = threads.map(judged, range(body.width))
    again = {place for place, (column, _) in enumerate(found) if column is None}
    rounded = {place for place, (_, is_rounded) in enumerate(found) if is_rounded}
    if rounded and any(threads.map(lambda piece: has_powers(_bytes(body, piece.start, piece.stop)), pieces)):
        again |= rounded
    columns = [column for column, _ in found]
    try:
        for place, texts in _texts(body, pieces, sorted(again), threads).items():
            columns[place] = texts
    except (ValueError, OverflowError):
        return None
    return [column for column in columns if column is not None]


def _joined(columns: list[pd.Series[Any] | None]) -> pd.Series[Any] | None:
    """Return one column of all rows, or None if its parts are not all text, all numbers or all truth values."""
    known = [column for column in columns if column is not None]
    kinds = {column.dtype for column in known}
    if len(known) < len(columns):
        return None
    if len(known) == 1:
        return known[0]
    if all(isinstance(kind, pd.StringDtype) for kind in kinds):
        return pd.concat(known, ignore_index=True)
    if kinds <= _NUMBERS or kinds == {np.dtype(np.bool_)}:
        return pd.Series(np.concatenate([column.to_numpy() for column in known]), copy=False)
    return None


def _texts(body: Body, pieces: list[_Part], places: list[int], threads: Threads) -> dict[int, pd.Series[Any]]:
    """Return columns as they stand in the file; cut once more where a part does not have them as text."""

    def texts_of(piece: _Part) -> None:
        wanted = [place for place in places if not _is_text(piece.columns[place])]
        if wanted:
            frame = _read(body, (piece.start, piece.stop), usecols=wanted, dtype=str)
            for place in wanted:
                piece.columns[place] = frame[place]

    threads.map(texts_of, pieces)
    joined = {place: _joined([piece.columns[place] for piece in pieces]) for place in places}
    return {place: column for place, column in joined.items() if column is not None}


def as_text(body: Body, place: int) -> pd.Series[Any]:
    """Return one column as it stands in the file, missing where empty."""
    spans = part(body.utf8, body.start, body.stop, has_quotes=body.utf8.find(b'"', body.start, body.stop) >= 0)
    with Threads(len(spans)) as threads:
        texts = threads.map(lambda span: _read(body, span, usecols=[place], dtype=str)[place], spans)
    return pd.concat(texts, ignore_index=True)


class _Slice(io.RawIOBase):
    """Some bytes of a text as a file, for which nothing is copied."""

    def __init__(self, utf8: bytes, start: int, stop: int) -> None:
        self._view, self._at = memoryview(utf8)[start:stop], 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        begin = self._at
        self._at = len(self._view) if size < 0 else min(begin + size, len(self._view))
        return self._view[begin : self._at].tobytes()


def _read(body: Body, span: tuple[int, int], **choices: Any) -> pd.DataFrame:
    frame: pd.DataFrame = pd.read_csv(
        _Slice(body.utf8, *span),
        sep=body.delimiter,
        header=None,  # and no names: then a row longer than the first is an error
        keep_default_na=False,
        na_values=[""],
        encoding="utf-8",
        low_memory=False,  # or the types would be found out again for every few thousand rows
        **choices,
    )
    return frame


def _is_text(column: pd.Series[Any] | None) -> bool:
    return column is not None and isinstance(column.dtype, pd.StringDtype)


def _keeps_empty(column: pd.Series[Any]) -> bool:
    """Whether pandas left empty cells as empty text, as it does where all others are whole numbers, some too long."""
    if not _is_text(column):
        return False
    first = next((cell for cell in column.head(_GLANCE) if isinstance(cell, str) and cell), "0")
    return bool(_WHOLE_NUMBER.fullmatch(first)) and bool((column == "").any())


def _is_rounded(column: pd.Series[Any]) -> bool:
    """Whether a column of measures holds whole numbers only, perhaps from codes such as 12E4."""
    if column.dtype != np.float64:
        return False
    values = column.to_numpy()
    with np.errstate(invalid="ignore"):
        return not (values[:1_000] % 1 > 0).any() and not (values % 1 > 0).any()


def _is_sound(column: pd.Series[Any], coded: bool) -> bool:
    """Whether pandas' types can have lost nothing of the column."""
    kind = column.dtype
    if isinstance(kind, pd.StringDtype):
        return True
    if kind == np.bool_:
        return True
    if coded or kind not in _NUMBERS:
        return False
    values = column.to_numpy()
    if kind == np.int64:
        low, high = int(values.min()), int(values.max())
        return not _FIRST_DAY <= low <= high <= _LAST_DAY and -_EXACT < low <= high < _EXACT
    return bool(max(-np.nanmin(values, initial=0.0), np.nanmax(values, initial=0.0)) < _EXACT)
