"""The columns of rows that were cut in parts: each part is put in its place, then a column is what all parts say it is.

Numbers go straight into one long array for each type, and the part's own are given up: so little memory is asked of the
system anew, which takes longer than copying. Where the parts of a column differ in more than whole numbers and
measures, there is no column: they must be cut once more, as text.
"""

from __future__ import annotations

import threading
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

_WHOLE, _MEASURE, _TRUTH = np.dtype(np.int64), np.dtype(np.float64), np.dtype(np.bool_)


class Gathered:
    """Columns of ``width`` cells a row, in parts of ``n_rows`` rows each. Parts may be put from several threads."""

    def __init__(self, width: int, n_rows: list[int]) -> None:
        starts = np.concatenate([[0], np.cumsum(n_rows)])
        self._rows = [slice(int(start), int(stop)) for start, stop in pairwise(starts)]
        self._shape = (width, int(starts[-1]))
        self._blocks: dict[Any, npt.NDArray[Any]] = {}
        self._places: dict[Any, dict[int, int]] = {_WHOLE: {}, _MEASURE: {}}
        self._lock = threading.Lock()
        self._series: list[list[pd.Series[Any] | None]] = [[None] * width for _ in n_rows]
        self._kinds: list[list[Any]] = [[None] * width for _ in n_rows]

    def put(self, part: int, place: int, column: pd.Series[Any]) -> None:
        """Take the cells of a part over, in place of what was put there before."""
        kind = column.dtype
        self._kinds[part][place] = kind
        if kind in (_WHOLE, _MEASURE) and len(self._rows) > 1:
            self._numbers(kind, place)[self._rows[part]] = column.to_numpy()
        else:
            self._series[part][place] = column

    def is_text(self, part: int, place: int) -> bool:
        """Whether the cells of a part were put as text."""
        return isinstance(self._kinds[part][place], pd.StringDtype)

    def column(self, place: int) -> pd.Series[Any] | None:
        """Return a column of all rows, or None if its parts do not agree."""
        kinds = {kinds[place] for kinds in self._kinds}
        pieces = [pieces[place] for pieces in self._series]
        held = [piece for piece in pieces if piece is not None]
        if len(held) == len(pieces) == 1:
            return held[0]
        if all(isinstance(kind, pd.StringDtype) for kind in kinds):
            return pd.concat(held, ignore_index=True)
        if kinds == {_TRUTH}:
            return pd.Series(np.concatenate([piece.to_numpy() for piece in held]), copy=False)
        if not kinds <= {_WHOLE, _MEASURE}:
            return None
        column = self._numbers(_MEASURE if _MEASURE in kinds else _WHOLE, place)
        for rows, each in zip(self._rows, self._kinds, strict=True):
            if each[place] != column.dtype:
                column[rows] = self._numbers(_WHOLE, place)[rows]
        return pd.Series(column, copy=False)

    def _numbers(self, kind: Any, place: int) -> npt.NDArray[Any]:
        """Return the array of a column's numbers; those of one type stand side by side in one block.

        The system gives a large block in large pages, and what is not used of it never.
        """
        with self._lock:
            if kind not in self._blocks:
                self._blocks[kind] = np.empty(self._shape, kind)
            places = self._places[kind]
            row: npt.NDArray[Any] = self._blocks[kind][places.setdefault(place, len(places))]
            return row
