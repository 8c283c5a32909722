"""From regular rows of text to columns: numbers where pandas may be trusted with them, text for everything else.

pandas' C reader is the fastest there is for this, and lenient; ``survey`` holds it to the rules. What it made of a
column is only taken if nothing can have been lost: whole numbers without leading zeros, and measures below 2**53. Every
other column is taken as text and typed by ``kinds``.

A long text is cut in parts, several at a time: pandas lets other threads run while it reads. A column is what all its
parts say it is, so the parts make no difference to what comes out; where they differ, it is text.
"""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from logreg_core.data.body import Body, refuse_too_many_rows
from logreg_core.data.gathered import Gathered
from logreg_core.data.spread import LARGEST_EXACT
from logreg_core.data.survey import Glance, Survey, count_codes, glance, has_powers, survey
from logreg_core.data.threads import Threads

if TYPE_CHECKING:
    import numpy.typing as npt

_FIRST_DAY, _LAST_DAY = 19_000_101, 20_991_231
_WITH_TIME = (1, 100, 10_000, 1_000_000)  # hours, minutes and seconds may follow the day
_SAMPLE_BYTES = 2**15
_NUMBERS = {np.dtype(np.int64), np.dtype(np.float64)}


def cut(body: Body) -> tuple[list[pd.Series[Any]], Survey] | None:
    """Return (columns, what the survey saw), or None if the rows are not regular.

    A column is int64, float64 or bool, final as it is; or text as it stands in the file, missing where empty.
    """
    if body.start >= body.stop:
        return None
    work = _Cutting(body)
    with Threads(len(body.spans)) as threads:
        is_regular = work.look_through(threads) and work.read(threads)
        if work.is_miscounted:
            is_regular = work.look_through(threads, exactly=True) and work.read(threads)
        columns = work.columns(threads) if is_regular else None
    return None if columns is None else (columns, work.seen)


class _Cutting:
    """A body on its way from text to columns, in parts that begin and end with rows."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.has_plus = body.utf8.find(b"+", body.start, body.stop) >= 0
        self.has_returns = body.has_quotes and body.utf8.find(b"\r", body.start, body.stop) >= 0
        self.is_miscounted = False
        self._parts: list[_Seen] = []
        self._codes: list[int] = []
        self._gathered = Gathered(0, [])

    @property
    def seen(self) -> Survey:
        """What was seen of all parts."""
        found = [each.survey for each in self._parts]
        coded = np.logical_or.reduce([each.coded for each in found])
        return Survey(sum(each.n_rows for each in found), coded, any(each.multiline for each in found))

    def look_through(self, threads: Threads, *, exactly: bool = False) -> bool:
        """Count the rows of each part and look for codes; return whether the rows are regular, as far as is seen."""
        self._codes = np.flatnonzero(self._codes_on_top()).tolist()
        self._parts = threads.map(lambda span: self._look_through(span, exactly=exactly), self.body.spans)
        refuse_too_many_rows(sum(each.survey.n_rows for each in self._parts))
        return all(each.survey.regular for each in self._parts)

    def _look_through(self, span: tuple[int, int], *, exactly: bool) -> _Seen:
        if not exactly:
            counted = glance(
                self._bytes(span),
                self.body.delimiter,
                self.body.width,
                has_quotes=self.body.has_quotes,
                has_plus=self.has_plus,
                has_returns=self.has_returns,
            )
            if counted is not None:
                return _Seen(Survey(counted.n_rows, np.zeros(self.body.width, dtype=np.bool_)), counted)
        return _Seen(self._survey(span))

    def _survey(self, span: tuple[int, int]) -> Survey:
        return survey(self._bytes(span), self.body.delimiter, self.body.width, has_quotes=self.body.has_quotes)

    def _bytes(self, span: tuple[int, int]) -> npt.NDArray[np.uint8]:
        return np.frombuffer(self.body.utf8, np.uint8)[slice(*span)]

    def _codes_on_top(self) -> npt.NDArray[np.bool_]:
        """Return which columns hold codes such as 007 in the very first rows, and so are text."""
        start, stop = self.body.start, self.body.stop
        first = self._survey((start, self.body.utf8.rfind(b"\n", start, min(start + _SAMPLE_BYTES, stop)) + 1))
        return first.coded if first.regular else np.zeros(self.body.width, dtype=np.bool_)

    def read(self, threads: Threads) -> bool:
        """Have pandas cut every part; return whether it found the rows that were counted."""
        self._gathered = Gathered(self.body.width, [each.survey.n_rows for each in self._parts])
        is_broken = threading.Event()

        def read_part(number: int) -> bool:
            if not is_broken.is_set() and not self._read_part(number):
                is_broken.set()
            return not is_broken.is_set()

        return all(threads.map(read_part, range(len(self.body.spans))))

    def _read_part(self, number: int) -> bool:
        span, seen = self.body.spans[number], self._parts[number]
        try:
            frame = _read(self.body, span, texts=self._codes)
        except (ValueError, OverflowError):  # pandas' own ParserError among them
            return False
        if frame.shape[1] != self.body.width:
            return False
        if seen.counted is not None and not self._bears_out(frame, seen.counted):
            counted = seen.survey.n_rows
            self._parts[number] = seen = _Seen(self._survey(span))
            self.is_miscounted = self.is_miscounted or (seen.survey.n_rows == len(frame) != counted)
            if seen.survey.n_rows != counted:
                return False
        if len(frame) != seen.survey.n_rows:
            return False
        for place, (_, column) in enumerate(frame.items()):
            if not _keeps_empty(column):
                self._gathered.put(number, place, column)
        return True

    def _bears_out(self, frame: pd.DataFrame, counted: Glance) -> bool:
        """Whether the cells are those that were counted: no row too short, and every code in a column of text."""
        # pandas fills rows that are too short up, so that their last cell is missing; an empty one looks the same.
        if len(frame) != counted.n_rows or _has_missing(frame.iloc[:, -1]):
            return False
        n_codes = 0
        if counted.n_codes:
            texts = [column for _, column in frame.items() if isinstance(column.dtype, pd.StringDtype)]
            pieces = [piece for column in texts for piece in _pieces(column)]
            n_codes = sum(count_codes(piece, has_quotes=self.body.has_quotes) for piece in pieces)
        return n_codes == counted.n_codes

    def columns(self, threads: Threads) -> list[pd.Series[Any]] | None:
        """Return the columns of all parts together, or None if pandas cannot cut some of them again."""
        coded = self.seen.coded

        def judged(place: int) -> tuple[pd.Series[Any] | None, bool]:
            column = self._gathered.column(place)
            if column is None or not _is_sound(column, bool(coded[place])):
                return None, False
            return column, _is_rounded(column)

        found = threads.map(judged, range(self.body.width))
        again = {place for place, (column, _) in enumerate(found) if column is None}
        rounded = {place for place, (_, is_rounded) in enumerate(found) if is_rounded}
        if rounded and any(threads.map(lambda span: has_powers(self._bytes(span)), self.body.spans)):
            again |= rounded
        try:
            threads.map(lambda number: self._read_as_text(number, sorted(again)), range(len(self.body.spans)))
        except (ValueError, OverflowError):
            return None
        texts = {place: self._gathered.column(place) for place in again}
        columns = [texts.get(place, column) for place, (column, _) in enumerate(found)]
        return [column for column in columns if column is not None]

    def _read_as_text(self, number: int, places: list[int]) -> None:
        wanted = [place for place in places if not self._gathered.is_text(number, place)]
        if wanted:
            frame = _read(self.body, self.body.spans[number], texts=wanted, usecols=wanted)
            for place in wanted:
                self._gathered.put(number, place, frame[place])


@dataclass(frozen=True)
class _Seen:
    """What was seen of a part; ``counted`` if that was only counting, still to be borne out by the cells."""

    survey: Survey
    counted: Glance | None = None


def as_text(body: Body, place: int) -> pd.Series[Any]:
    """Return one column as it stands in the file, missing where empty."""
    with Threads(len(body.spans)) as threads:
        texts = threads.map(lambda span: _read(body, span, texts=[place], usecols=[place])[place], body.spans)
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


def _read(body: Body, span: tuple[int, int], *, texts: list[int], usecols: list[int] | None = None) -> pd.DataFrame:
    """Return the cells of a part; those of the columns ``texts`` as they stand, missing where empty."""
    import pyarrow as pa

    as_arrow = pd.ArrowDtype(pa.string())  # asked for "str", pandas makes a Python object of each cell first
    frame: pd.DataFrame = pd.read_csv(
        _Slice(body.utf8, *span),
        sep=body.delimiter,
        header=None,  # and no names: then a row longer than the first is an error
        keep_default_na=False,
        na_values=[""],
        encoding="utf-8",
        low_memory=False,  # the types of a part are found out once
        usecols=usecols,
        dtype=dict.fromkeys(texts, as_arrow) or None,
    )
    if not texts:
        return frame
    return pd.DataFrame({place: _as_str(column) for place, column in frame.items()}, copy=False)


def _as_str(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return Arrow's text as pandas' own."""
    is_arrow = isinstance(column.dtype, pd.ArrowDtype)
    return pd.Series(pd.array(column.array.__arrow_array__(), dtype="str")) if is_arrow else column


def _pieces(column: pd.Series[Any]) -> list[Any]:
    """Return the arrays of Arrow that a column of text consists of."""
    found = column.array.__arrow_array__()
    return found.chunks if hasattr(found, "chunks") else [found]


def _keeps_empty(column: pd.Series[Any]) -> bool:
    """Whether pandas left empty cells as empty text, as it does where all others are whole numbers, some too long."""
    import pyarrow.compute as pc

    if not isinstance(column.dtype, pd.StringDtype):
        return False
    return bool(pc.min(pc.binary_length(column.array.__arrow_array__())).as_py() == 0)


def _has_missing(column: pd.Series[Any]) -> bool:
    return bool(column.isna().any()) or _keeps_empty(column)


def _is_rounded(column: pd.Series[Any]) -> bool:
    """Whether a column of measures holds whole numbers only, perhaps from codes such as 12E4."""
    if column.dtype != np.float64:
        return False
    values = column.to_numpy()
    with np.errstate(invalid="ignore"):
        return not (values[:1_000] % 1 > 0).any() and not (values % 1 > 0).any()


def _is_sound(column: pd.Series[Any], coded: bool) -> bool:
    """Whether pandas' types can have lost nothing of the column, and it holds no days such as 20240131."""
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
    else:  # with gaps, or with fractions
        low, high = np.nanmin(values, initial=np.inf), np.nanmax(values, initial=-np.inf)
    return bool(low > -LARGEST_EXACT and high < LARGEST_EXACT and not _may_be_days(low, high))


def _may_be_days(low: float, high: float) -> bool:
    return any(_FIRST_DAY * more <= low <= high < (_LAST_DAY + 1) * more for more in _WITH_TIME)
