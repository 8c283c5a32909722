"""One pass over the bytes of a table that tells whether they can be cut without looking further.

The fast reader (pandas) is lenient: it fills short rows, cuts long ones with a warning at most, reads 01234 as 1234,
and takes a quotation mark anywhere. So the bytes are surveyed beside it, vectorised: every row must have the same number
of cells, every quotation mark must stand where RFC 4180 wants it, and columns with leading zeros or plus signs are named.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_BLOCK = 2**19
_NEWLINE, _QUOTE, _ZERO, _PLUS, _MINUS, _SPACE = 10, 34, 48, 43, 45, 32


@dataclass(frozen=True)
class Survey:
    """What was seen: rows (0 if they are not all alike), columns with codes, whether cells hold line ends."""

    n_rows: int
    coded: npt.NDArray[np.bool_]
    multiline: bool = False

    @property
    def regular(self) -> bool:
        """Whether all rows have the same number of cells and all quotation marks stand in order."""
        return self.n_rows > 0


def survey(whole: npt.NDArray[np.uint8], delimiter: str, width: int, *, has_quotes: bool) -> Survey:
    """Look through bytes of rows of ``width`` cells, whose lines end in LF or CRLF (the last may end with the text)."""
    coded = np.zeros(width, dtype=np.bool_)
    irregular = Survey(0, coded)
    mark = ord(delimiter)
    at_cell, n_rows, inside, multiline = 0, 0, 0, False
    for start in range(0, whole.size, _BLOCK):
        block = whole[start : start + _BLOCK]
        interesting = (block == mark) | (block == _NEWLINE)
        if has_quotes:
            interesting |= block == _QUOTE
        events = np.flatnonzero(interesting) + start
        if has_quotes:
            quotes = whole[events] == _QUOTE
            parity = (np.cumsum(quotes) + inside) & 1
            if not _quotes_in_order(whole, events[quotes], parity[quotes], mark):
                return irregular
            outside = ~quotes & (parity == 0)
            multiline = multiline or bool((~quotes & (parity == 1) & (whole[events] == _NEWLINE)).any())
            inside = int(parity[-1]) if parity.size else inside
            events = events[outside]
        if not events.size:
            continue
        is_end = whole[events] == _NEWLINE
        cells = at_cell + np.arange(events.size)
        if not np.array_equal(is_end, cells % width == width - 1):
            return irregular
        n_rows += int(np.count_nonzero(is_end))
        _mark_codes(whole, events, cells + 1, coded)
        at_cell = (at_cell + events.size) % width
    if whole.size and whole[-1] != _NEWLINE:
        n_rows, at_cell = n_rows + 1, (at_cell + 1) % width
    if inside or at_cell or not n_rows:
        return irregular
    _mark_codes(whole, np.array([-1]), np.array([0]), coded)
    return Survey(n_rows, coded, multiline)


def _quotes_in_order(
    whole: npt.NDArray[np.uint8], quotes: npt.NDArray[np.int64], parity: npt.NDArray[np.int64], mark: int
) -> bool:
    """Whether opening marks follow a delimiter or line end and closing ones precede one; doubled ones are both."""
    opening, closing = quotes[parity == 1], quotes[parity == 0]
    before = whole[opening[opening > 0] - 1]
    after = whole[closing[closing + 1 < whole.size] + 1]
    if not ((before == mark) | (before == _NEWLINE) | (before == _QUOTE)).all():
        return False
    return bool(((after == mark) | (after == _NEWLINE) | (after == 13) | (after == _QUOTE)).all())


def _mark_codes(
    whole: npt.NDArray[np.uint8],
    ends: npt.NDArray[np.int64],
    cells: npt.NDArray[np.int64],
    coded: npt.NDArray[np.bool_],
) -> None:
    """Mark the columns of cells that begin with a zero and a digit, or with a plus, after a sign or quotation mark too."""
    begins = np.minimum(ends + 1, whole.size - 1)
    first = whole[begins]
    signed = np.flatnonzero((first == _QUOTE) | (first == _MINUS) | (first == _SPACE))
    if signed.size:
        begins = begins.copy()
        begins[signed] = np.minimum(begins[signed] + 1, whole.size - 1)
        first = whole[begins]
    suspects = np.flatnonzero((first == _ZERO) | (first == _PLUS))
    if suspects.size:
        second = whole[np.minimum(begins[suspects] + 1, whole.size - 1)]
        bad = (first[suspects] == _PLUS) | ((second >= _ZERO) & (second <= 57))
        coded[cells[suspects[bad]] % coded.size] = True
