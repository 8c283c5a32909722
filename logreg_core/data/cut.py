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
from collections.abc import Callable
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


def cut(body: Body, watch: Callable[[float], None] | None = None) -> tuple[list[pd.Series[Any]], Survey] | None:
    """Return (columns, what the survey saw), or None if the rows are not regular.

    A column is int64, float64 or bool, final as it is; or text as it stands in the file, missing where empty. ``watch``
    is called with the share of parts that were begun, in the thread that called; it may raise to stop.
    """
    if body.start >= body.stop:
        return None
    work = _Cutting(body, watch or (lambda share: None))
    with Threads(len(body.spans)) as threads:
        is_regular = work.read(threads)
        if work.is_miscounted:
            is_regular = work.read(threads, exactly=True)
        columns = work.columns(threads) if is_regular else None
    return None if columns is None else (columns, work.seen)


class _Cutting:
    """A body on its way from text to columns, in parts that begin and end with rows."""

    def __init__(self, body: Body, watch: Callable[[float], None]) -> None:
        self.body, self.watch = body, watch
        self.is_miscounted = False
        self._codes = np.flatnonzero(self._codes_on_top()).tolist()
        self._parts: list[_Seen] = []
        self._gathered = Gathered(0, [])
        self._is_broken = threading.Event()
        self._waiting: dict[int, pd.DataFrame] = {}
        self._lock = threading.Lock()

    @property
    def seen(self) -> Survey:
        """What was seen of all parts."""
        found = [each.survey for each in self._parts]
        coded = np.logical_or.reduce([each.coded for each in found])
        return Survey(sum(each.n_rows for each in found), coded, any(each.multiline for each in found))

    def read(self, threads: Threads, *, exactly: bool = False) -> bool:
        """Look through the rows while pandas cuts them; return whether they are regular and all were found.

        Looking is many short steps, for which threads would only wait for each other; so one thread looks through all
        parts while the others have pandas cut the first ones, and then it joins them.
        """
        self._parts = []
        self._waiting = {}
        self._is_broken.clear()

        caller, n_parts = threading.get_ident(), len(self.body.spans)

        def work(number: int) -> bool:
            if number > 0 and threading.get_ident() == caller:
                self.watch(number / n_parts)
            if not self._is_broken.is_set() and not (self._read_part(number) if number >= 0 else self._look(exactly)):
                self._is_broken.set()
            return not self._is_broken.is_set()

        return all(threads.map(work, range(-1, n_parts)))

    def _look(self, exactly: bool) -> bool:
        """Count the rows of all parts and look for codes, and settle the parts that were cut in the meantime."""
        utf8, start, stop = self.body.utf8, self.body.start, self.body.stop
        has_plus = utf8.find(b"+", start, stop) >= 0
        has_returns = self.body.has_quotes and utf8.find(b"\r", start, stop) >= 0
        found = []
        for span in self.body.spans:
            counted = None if exactly else self._glance(span, has_plus=has_plus, has_returns=has_returns)
            no_codes = np.zeros(self.body.width, dtype=np.bool_)
            seen = _Seen(self._survey(span)) if counted is None else _Seen(Survey(counted.n_rows, no_codes), counted)
            if not seen.survey.regular:
                return False
            found.append(seen)
        refuse_too_many_rows(sum(each.survey.n_rows for each in found))
        with self._lock:
            self._gathered = Gathered(self.body.width, [each.survey.n_rows for each in found])
            self._parts = found
        return all(self._settle(number, self._waiting.pop(number)) for number in sorted(self._waiting))

    def _glance(self, span: tuple[int, int], *, has_plus: bool, has_returns: bool) -> Glance | None:
        mark, width, has_quotes = self.body.delimiter, self.body.width, self.body.has_quotes
        whole = self._bytes(span)
        return glance(whole, mark, width, has_quotes=has_quotes, has_plus=has_plus, has_returns=has_returns)

    def _survey(self, span: tuple[int, int]) -> Survey:
        return survey(self._bytes(span), self.body.delimiter, self.body.width, has_quotes=self.body.has_quotes)

    def _bytes(self, span: tuple[int, int]) -> npt.NDArray[np.uint8]:
        return np.frombuffer(self.body.utf8, np.uint8)[slice(*span)]

    def _codes_on_top(self) -> npt.NDArray[np.bool_]:
        """Return which columns hold codes such as 007 in the very first rows, and so are text."""
        start, stop = self.body.start, self.body.stop
        first = self._survey((start, self.body.utf8.rfind(b"\n", start, min(start + _SAMPLE_BYTES, stop)) + 1))
        return first.coded if first.regular else np.zeros(self.body.width, dtype=np.bool_)

    def _read_part(self, number: int) -> bool:
        """Have pandas cut a part, and settle it if all parts are looked through; else it waits for that."""
        try:
            frame = _read(self.body, self.body.spans[number], texts=self._codes)
        except (ValueError, OverflowError):  # pandas' own ParserError among them
            return False
        if frame.shape[1] != self.body.width:
            return False
        with self._lock:
            if not self._parts:
                self._waiting[number] = frame
                return True
        return self._settle(number, frame)

    def _settle(self, number: int, frame: pd.DataFrame) -> bool:
        """Put the cells of a part in their places; return whether they are those that were seen."""
        seen = self._parts[number]
        if seen.counted is not None and not self._bears_out(frame, seen.counted):
            counted = seen.survey.n_rows
            self._parts[number] = seen = _Seen(self._survey(self.body.spans[number]))
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
    if isinstance(column.dtype, pd.StringDtype):
        return bool(column.array.__arrow_array__().null_count) or _keeps_empty(column)
    return column.dtype.kind not in "iub" and bool(column.isna().any())


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
