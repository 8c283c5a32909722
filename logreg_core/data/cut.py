"""From regular rows of text to columns: numbers where pandas may be trusted with them, text for everything else.

pandas' C reader is the fastest there is for this, and lenient; ``survey`` holds it to the rules while it reads. What it
made of a column is only taken if nothing can have been lost: whole numbers without leading zeros, and measures below
2**53. Every other column is taken as text and typed by ``kinds``.
"""

from __future__ import annotations

import io
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from logreg_core.data.survey import Survey, glance, has_powers, survey

if TYPE_CHECKING:
    import numpy.typing as npt

    from logreg_core.data.body import Body

_EXACT = 2.0**53
_FIRST_DAY, _LAST_DAY = 19_000_101, 20_991_231


def cut(body: Body) -> tuple[list[pd.Series[Any]], Survey] | None:
    """Return (columns, what the survey saw), or None if the rows are not regular.

    A column is int64, float64 or bool, final as it is; or text as it stands in the file, missing where empty.
    """
    whole = np.frombuffer(body.utf8, np.uint8)[body.start : body.stop]
    if not whole.size:
        return None
    with ThreadPoolExecutor(1) as beside:
        surveying = beside.submit(_look_through, whole, body)
        try:
            frame = _read(body)
        except (ValueError, OverflowError):  # pandas' own ParserError among them
            frame = None
        seen, exact = surveying.result()
    if frame is None or frame.shape != (seen.n_rows, body.width):
        return None
    # pandas refuses rows that are too long and fills short ones up; with the right count of delimiters there can be
    # neither. Should it ever let a long one pass, a short one must make up for it, and its last cell is missing.
    if not exact and frame.iloc[:, -1].isna().any():
        seen = survey(whole, body.delimiter, body.width, has_quotes=False)
    if not seen.regular:
        return None
    columns = [frame.iloc[:, place] for place in range(body.width)]
    again = {place for place, column in enumerate(columns) if not _is_sound(column, bool(seen.coded[place]))}
    rounded = {place for place, column in enumerate(columns) if place not in again and _is_rounded(column)}
    if rounded and has_powers(whole):
        again |= rounded
    if again:
        try:
            texts = _read(body, usecols=sorted(again), dtype=str)
        except (ValueError, OverflowError):
            return None
        for place in again:
            columns[place] = texts[place]
    return columns, seen


def _look_through(whole: npt.NDArray[np.uint8], body: Body) -> tuple[Survey, bool]:
    """Return (what was seen, whether every row was looked at and not only counts taken)."""
    has_quotes = b'"' in body.utf8
    n_rows = 0 if has_quotes else glance(whole, body.delimiter, body.width)
    if n_rows:
        return Survey(n_rows, np.zeros(body.width, dtype=np.bool_)), False
    return survey(whole, body.delimiter, body.width, has_quotes=has_quotes), True


def _read(body: Body, **choices: Any) -> pd.DataFrame:
    source = io.BytesIO(body.text)
    source.seek(body.start)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pd.errors.DtypeWarning)  # such columns are taken as text below
        frame: pd.DataFrame = pd.read_csv(
            source,
            sep=body.delimiter,
            header=None,  # and no names: then a row longer than the first is an error
            keep_default_na=False,
            na_values=[""],
            encoding="utf-8",
            **choices,
        )
    return frame


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
    if coded or kind not in (np.int64, np.float64):
        return False
    values = column.to_numpy()
    if kind == np.int64:
        low, high = int(values.min()), int(values.max())
        return not _FIRST_DAY <= low <= high <= _LAST_DAY and -_EXACT < low <= high < _EXACT
    return bool(max(-np.nanmin(values, initial=0.0), np.nanmax(values, initial=0.0)) < _EXACT)


def as_text(body: Body, place: int) -> pd.Series[Any]:
    """Return one column as it stands in the file, missing where empty."""
    return _read(body, usecols=[place], dtype=str)[place]
