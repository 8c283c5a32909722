"""The cells of a column as distinct texts, so that whatever is decided costs next to nothing where levels are few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from logreg_core.data.levels import FEW_LEVELS
from logreg_core.data.spellings import FORMULA_OF_TEXT

if TYPE_CHECKING:
    import numpy.typing as npt

_GLANCE = 20
_SAMPLE = 1_000
_TOO_MANY = 0.5  # of the rows: with more distinct cells than that, counting them is not worth it


class Cells:
    """The cells of a column as distinct texts and, for each row, which one it is.

    Attributes
    ----------
    distinct : pyarrow array of string
        Trimmed; null where the cell is empty.
    codes : array of int or None
        For each row the place of its distinct cell; None if the rows are the distinct cells.
    spaces : bool
        Whether something was trimmed.
    formulas : bool
        Whether all cells were text written as a formula, ``="007"``; it is taken out of them.
    """

    def __init__(self, texts: Any, series: pd.Series[Any] | None = None) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        self.n_rows = len(texts)
        self._series = series
        self.codes: npt.NDArray[np.integer[Any]] | None = None
        distinct = self._distinct_cells(texts)
        trimmed = pc.utf8_trim_whitespace(distinct)
        self.spaces = not trimmed.equals(distinct)
        plain = _out_of_formulas(trimmed)
        self.formulas = plain is not trimmed
        self.distinct = pc.if_else(pc.equal(plain, ""), pa.scalar(None, plain.type), plain)

    def _distinct_cells(self, texts: Any) -> Any:
        """Return the distinct cells if they are few, all cells if nearly every one is another."""
        import pyarrow as pa
        import pyarrow.compute as pc

        levels = pc.unique(texts.slice(0, _SAMPLE))
        if len(levels) <= FEW_LEVELS:
            places = pc.index_in(texts, value_set=levels)
            if not places.null_count:
                self.codes = places.to_numpy()
                return levels
        whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
        if self.n_rows > _SAMPLE and len(levels) > _TOO_MANY * _SAMPLE:
            return whole
        encoded = pc.dictionary_encode(whole, null_encoding="encode")
        self.codes = encoded.indices.to_numpy()
        return encoded.dictionary

    def spread(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return for each row the value of its distinct cell."""
        return values if self.codes is None else values[self.codes]

    def row_of(self, place: int) -> int:
        """Return the first row that holds the distinct cell ``place``."""
        return place if self.codes is None else int(np.argmax(self.codes == place))

    def counts(self) -> npt.NDArray[np.int64]:
        """Return how many rows hold each distinct cell."""
        if self.codes is None:
            return np.ones(len(self.distinct), np.int64)
        return np.bincount(self.codes, minlength=len(self.distinct))

    def n_missing(self, present: Any) -> int:
        """Return how many of the distinct cells are missing in ``present``."""
        return int(present.null_count) if len(present) else self.n_rows

    def text(self, present: Any) -> pd.Series[Any]:
        """Return the rows as text, missing where ``present`` is null."""
        import pyarrow as pa

        is_changed = self.spaces or self.formulas or present.null_count != self.distinct.null_count
        if self._series is not None and not is_changed:
            return self._series  # nothing was changed
        whole = present if self.codes is None else present.take(pa.array(self.codes))
        return pd.Series(pd.array(whole, dtype="str"))


def _out_of_formulas(cells: Any) -> Any:
    """Return the text in cells that are all formulas which hold only text, such as ="007"; else the cells themselves.

    Programs write codes so to keep Excel from making numbers of them.
    """
    import pyarrow.compute as pc

    first = next((cell for cell in cells.slice(0, _GLANCE).to_pylist() if cell), "")
    if not first.startswith('="') or not pc.all(pc.match_substring_regex(cells, FORMULA_OF_TEXT + "|^$")).as_py():
        return cells
    return pc.replace_substring_regex(cells, FORMULA_OF_TEXT, r"\1")


def without(cells: Cells, distinct: Any, spellings: tuple[str, ...]) -> tuple[Any, dict[str, int]]:
    """Return (distinct cells with null where missing, rows of each spelling other than the empty cell)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    is_missing = pc.is_in(distinct, value_set=pa.array([spelling for spelling in spellings if spelling], pa.string()))
    if not pc.any(is_missing).as_py():
        return distinct, {}
    places = np.flatnonzero(is_missing.to_numpy(zero_copy_only=False))
    counts = cells.counts()
    found: dict[str, int] = {}
    for place, spelling in zip(places, distinct.take(pa.array(places)).to_pylist(), strict=True):
        found[spelling] = found.get(spelling, 0) + int(counts[place])
    return pc.if_else(is_missing, pa.scalar(None, distinct.type), distinct), found
