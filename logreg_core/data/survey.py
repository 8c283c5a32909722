"""One pass over the bytes of a table that tells whether they can be cut without looking further.

The fast reader (pandas) is lenient: it fills short rows, reads 01234 as 1234, and takes a quotation mark anywhere. So
the bytes are surveyed beside it, vectorised: every row must have the same number of cells, every quotation mark must
stand where RFC 4180 wants it, and columns with leading zeros or plus signs are named.

``survey`` is exact and finds every cell, which takes a third of the time of reading. Most files need less: ``glance``
only counts, and whoever cuts the rows sees whether the counts leave a doubt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pyarrow as pa

_BLOCK = 2**19
_NEWLINE, _RETURN, _QUOTE, _ZERO, _NINE, _PLUS, _MINUS, _SPACE = 10, 13, 34, 48, 57, 43, 45, 32
_SMALL_E = 101
_SMALL_BLOCK = 2**18  # with a handful of arrays of its length it still fits the cache
_NEAR = 2**14
_AHEAD = 3  # a sign, a zero and a digit


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


class Glance(NamedTuple):
    """What was counted: rows, and cells that begin like codes."""

    n_rows: int
    n_codes: int


def survey(whole: npt.NDArray[np.uint8], delimiter: str, width: int, *, has_quotes: bool) -> Survey:
    """Look through bytes of rows of ``width`` cells, whose lines end in LF or CRLF (the last may end with the text)."""
    coded = np.zeros(width, dtype=np.bool_)
    irregular = Survey(0, coded)
    mark = ord(delimiter)
    at_cell, n_rows, inside, multiline = 0, 0, 0, False
    start = 0
    while start < whole.size:
        stop = _end_of_block(whole, start)
        block = whole[start:stop]
        interesting = block == mark
        interesting |= block == _NEWLINE
        if has_quotes:
            interesting |= block == _QUOTE
        events = np.flatnonzero(interesting)
        found = block[events]
        if has_quotes:
            quotes = found == _QUOTE
            parity = (np.cumsum(quotes) + inside) & 1
            if not _quotes_in_order(whole, events[quotes] + start, parity[quotes], mark):
                return irregular
            outside = ~quotes & (parity == 0)
            multiline = multiline or bool((~quotes & (parity == 1) & (found == _NEWLINE)).any())
            inside = int(parity[-1]) if parity.size else inside
            events, found = events[outside], found[outside]
        if events.size:
            n_ends = _ends_in_order(found == _NEWLINE, at_cell, width)
            if n_ends < 0:
                return irregular
            n_rows += n_ends
            _mark_codes(whole, events + (start + 1), at_cell + 1, coded)
            at_cell = (at_cell + events.size) % width
        start = stop
    if whole.size and whole[-1] != _NEWLINE:
        n_rows, at_cell = n_rows + 1, (at_cell + 1) % width
    if inside or at_cell or not n_rows:
        return irregular
    _mark_codes(whole, np.array([0]), 0, coded)
    return Survey(n_rows, coded, multiline)


def glance(
    whole: npt.NDArray[np.uint8],
    delimiter: str,
    width: int,
    *,
    has_quotes: bool = True,
    has_plus: bool = True,
    has_returns: bool = True,
) -> Glance | None:
    """Count rows of ``width`` cells, and cells that begin like codes (01, -01, +1); None if only ``survey`` can tell.

    Delimiters, line ends and quotation marks are only counted, wherever they stand. Whoever cuts the rows finds each
    delimiter and line end to end a cell, or else to stand inside quotation marks or end an empty line. So if there are
    as many rows as told, and none has too few cells, then none has too many either and nothing else was counted.

    Then no quotation mark that opens a cell has swallowed anything, so the cell ends in the mark that closes it. With
    as many marks at ends of cells as at their beginnings, and none elsewhere, all stand in order and none is doubled.
    Where there are no quotation marks, plus signs or CR at all, saying so saves the search for them.
    """
    mark = ord(delimiter)
    n_cells = n_codes = n_quotes = n_opening = n_closing = 0
    # Kept for all blocks: threads that ask for memory again and again wait for each other longer than they look.
    before, *spare = (np.empty(_SMALL_BLOCK + _AHEAD, np.bool_) for _ in range(4))
    for start in range(0, whole.size, _SMALL_BLOCK):
        size = min(_SMALL_BLOCK, whole.size - start)
        block = whole[start : start + size + _AHEAD]  # the bytes ahead tell about cells that begin at the end
        if block.size < size + _AHEAD:
            block = np.concatenate([block, np.zeros(size + _AHEAD - block.size, np.uint8)])
        before, *spare = (array[: block.size] for array in (before, *spare))
        np.equal(block, mark, out=before)
        before |= np.equal(block, _NEWLINE, out=spare[0])
        n_cells += int(np.count_nonzero(before[:size]))
        # Where one block holds codes, the others do too.
        if n_codes or _may_hold_codes(block, before, spare, has_plus=has_plus, ends_like_digit=mark > _NINE):
            n_codes += _n_codes(block, before, spare)
        if has_quotes:
            quotes, both = np.equal(block, _QUOTE, out=spare[0]), spare[1][:size]
            n_quotes += int(np.count_nonzero(quotes[:size]))
            n_opening += int(np.count_nonzero(np.logical_and(quotes[1 : size + 1], before[:size], out=both)))
            if has_returns:
                before |= np.equal(block, _RETURN, out=spare[1])
            n_closing += int(np.count_nonzero(np.logical_and(quotes[:size], before[1 : size + 1], out=both)))
    if not whole.size:
        return None
    n_opening += int(whole[0] == _QUOTE)
    n_closing += int(whole[-1] == _QUOTE)
    n_cells += int(whole[-1] != _NEWLINE)
    n_codes += int(np.count_nonzero(_are_codes(whole, np.array([0]))))
    if n_opening != n_closing or n_opening + n_closing != n_quotes or n_cells % width:
        return None
    return Glance(n_cells // width, n_codes)


def _may_hold_codes(
    block: npt.NDArray[np.uint8],
    before: npt.NDArray[np.bool_],
    spare: list[npt.NDArray[np.bool_]],
    *,
    has_plus: bool,
    ends_like_digit: bool,
) -> bool:
    """Whether a cell behind a place in ``before`` may be a code; in half the steps that it takes to be sure.

    True too often, never too seldom: all characters up to the minus sign count as the sign, space or quotation mark
    in front of a code, and all from the zero on as its second digit; these only up to the nine if a delimiter such as
    a semicolon stands behind it in the alphabet, or each cell that is 0 would be one.
    """
    codes, other, behind_sign = spare[0][:-1], spare[1][:-1], spare[2][:-2]
    np.equal(block[:-1], _ZERO, out=codes)
    codes &= np.greater_equal(block[1:], _ZERO, out=other)
    if ends_like_digit:
        codes &= np.less_equal(block[1:], _NINE, out=other)
    if has_plus:
        codes |= np.equal(block[:-1], _PLUS, out=other)
    np.less_equal(block[:-2], _MINUS, out=behind_sign)
    behind_sign &= codes[1:]
    behind_sign |= codes[:-1]
    behind_sign[1:] &= before[:-_AHEAD]
    return bool(behind_sign[1:].any())


def _n_codes(block: npt.NDArray[np.uint8], before: npt.NDArray[np.bool_], spare: list[npt.NDArray[np.bool_]]) -> int:
    """Return how many cells behind a place in ``before`` are what ``_are_codes`` says, but the last ``_AHEAD``."""
    codes, other, signs = spare[0][:-1], spare[1][:-1], spare[2][:-2]
    np.equal(block[:-1], _ZERO, out=codes)
    codes &= np.greater_equal(block[1:], _ZERO, out=other)
    codes &= np.less_equal(block[1:], _NINE, out=other)
    codes |= np.equal(block[:-1], _PLUS, out=other)
    np.equal(block[:-2], _MINUS, out=signs)
    signs |= np.equal(block[:-2], _SPACE, out=other[:-1])
    signs |= np.equal(block[:-2], _QUOTE, out=other[:-1])
    signs &= codes[1:]
    codes[:-1] |= signs
    codes[1:] &= before[:-2]
    return int(np.count_nonzero(codes[1:-1]))


def _quotes_in_order(
    whole: npt.NDArray[np.uint8], quotes: npt.NDArray[np.int64], parity: npt.NDArray[np.int64], mark: int
) -> bool:
    """Whether opening marks follow a delimiter or line end and closing ones precede one; doubled ones are both."""
    opening, closing = quotes[parity == 1], quotes[parity == 0]
    before = whole[opening[opening > 0] - 1]
    after = whole[closing[closing + 1 < whole.size] + 1]
    if not ((before == mark) | (before == _NEWLINE) | (before == _QUOTE)).all():
        return False
    return bool(((after == mark) | (after == _NEWLINE) | (after == _RETURN) | (after == _QUOTE)).all())


def has_powers(whole: npt.NDArray[np.uint8]) -> bool:
    """Whether an E stands between two digits anywhere, as in 12E4: a number, or a code that looks like one."""
    for start in range(0, whole.size, _BLOCK):
        block = whole[start : start + _BLOCK + 2]
        places = np.flatnonzero((block[1:-1] | 32) == _SMALL_E)
        before, after = block[places], block[places + 2]
        if ((before >= _ZERO) & (before <= _NINE) & (after >= _ZERO) & (after <= _NINE)).any():
            return True
    return False


def count_lines(whole: npt.NDArray[np.uint8]) -> int:
    """Return how many line ends there are."""
    return sum(
        int(np.count_nonzero(whole[start : start + _BLOCK] == _NEWLINE)) for start in range(0, whole.size, _BLOCK)
    )


def _end_of_block(whole: npt.NDArray[np.uint8], start: int) -> int:
    """Return where the block that begins at ``start`` ends: behind a line end, if one is near."""
    stop = min(start + _BLOCK, whole.size)
    ends = np.flatnonzero(whole[max(start, stop - _NEAR) : stop] == _NEWLINE)
    return max(start, stop - _NEAR) + int(ends[-1]) + 1 if ends.size and stop < whole.size else stop


def _ends_in_order(is_end: npt.NDArray[np.bool_], at_cell: int, width: int) -> int:
    """Return how many rows end here, or -1 if one ends after another number of cells than ``width``."""
    if at_cell == 0 and is_end.size % width == 0:
        rows = is_end.reshape(-1, width)
        ordered = bool(rows[:, -1].all()) and int(np.count_nonzero(is_end)) == len(rows)
        return len(rows) if ordered else -1
    expected = (at_cell + np.arange(is_end.size)) % width == width - 1
    return int(np.count_nonzero(is_end)) if np.array_equal(is_end, expected) else -1


def _mark_codes(
    whole: npt.NDArray[np.uint8], begins: npt.NDArray[np.int64], first_cell: int, coded: npt.NDArray[np.bool_]
) -> None:
    """Mark the columns of cells that are codes."""
    begins = begins[:-1] if begins[-1] >= whole.size else begins
    cells = np.flatnonzero(whole[begins] <= _ZERO)
    if cells.size:
        found = cells[_are_codes(whole, begins[cells])]
        coded[(found + first_cell) % coded.size] = True


def _are_codes(whole: npt.NDArray[np.uint8], begins: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Whether cells begin with a zero and a digit, or a plus; after a sign or quotation mark too."""
    last = whole.size - 1
    first = whole[begins]
    signs = (first == _QUOTE) | (first == _MINUS) | (first == _SPACE)
    begins = np.minimum(begins + signs, last)
    return _begin_codes(whole, begins, last)


def _begin_codes(
    text: npt.NDArray[np.uint8], begins: npt.NDArray[np.integer[Any]], last: npt.NDArray[np.integer[Any]] | int
) -> npt.NDArray[np.bool_]:
    """Whether a plus, or a zero and a digit, stand at ``begins``, of cells or a text that end with ``last``."""
    first, second = text[begins], text[np.minimum(begins + 1, last)]
    has_digit = (second >= _ZERO) & (second <= _NINE) & (begins < last)
    found: npt.NDArray[np.bool_] = (first == _PLUS) | ((first == _ZERO) & has_digit)
    return found


def count_codes(cells: pa.Array, *, has_quotes: bool) -> int:
    """Return how many cells of Arrow's text ``glance`` counts as codes where they stand in the file; never too many.

    Where there are quotation marks, which are gone from the cells, no sign in front of a code is looked through: behind
    a quotation mark ``glance`` does not do so either.
    """
    import pyarrow as pa

    places = {pa.large_string(): np.int64, pa.string(): np.int32}.get(cells.type)
    _, bounds, letters = cells.buffers()
    if places is None or letters is None or not letters.size:
        return 0
    text = np.frombuffer(letters, np.uint8)
    ends = np.frombuffer(bounds, places)[cells.offset : cells.offset + len(cells) + 1]
    begins, last = ends[:-1][ends[:-1] < ends[1:]], ends[1:][ends[:-1] < ends[1:]] - 1
    if not has_quotes:
        begins = begins + (((text[begins] == _MINUS) | (text[begins] == _SPACE)) & (begins < last))
    return int(np.count_nonzero(_begin_codes(text, begins, last)))
