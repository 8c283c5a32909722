"""Where a long text may be parted so that each part can be cut into cells on its own: at ends of rows.

A line end inside quotation marks ends no row. So where there are quotation marks, those before a line end are counted:
behind an even number of them it stands outside. That holds for text whose quotation marks are in order; whether they
are, ``survey`` and ``glance`` tell of every part.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from logreg_core.data.threads import n_threads

if TYPE_CHECKING:
    import numpy.typing as npt

_SMALLEST = 2**20  # bytes for which it is worth starting a thread
_USUAL = 2**22  # smaller ones cost more to begin with, larger ones more memory
_MOST_TRIES = 1_000
_BLOCK = 2**18
_QUOTE = 34


def part(utf8: bytes, start: int, stop: int, *, has_quotes: bool) -> list[tuple[int, int]]:
    """Return where the parts of ``utf8[start:stop]`` begin and end: one for each thread, or of some MB."""
    size = stop - start
    n_parts = max(min(n_threads(), size // _SMALLEST), size // _USUAL)
    counter = _QuoteCounter(np.frombuffer(utf8, np.uint8), start) if has_quotes else None
    places = [start]
    for number in range(1, n_parts):
        begin = start + size * number // n_parts
        if begin < places[-1]:
            continue
        at = _row_end(utf8, begin, stop, counter)
        if not at or at == stop:
            break
        places.append(at)
    return list(pairwise([*places, stop]))


class _QuoteCounter:
    """Counts the quotation marks from a fixed place on, never twice the same."""

    def __init__(self, whole: npt.NDArray[np.uint8], start: int) -> None:
        self._whole, self._at, self._count = whole, start, 0

    def is_even(self, stop: int) -> bool:
        """Whether an even number stands before ``stop``, which only grows from call to call."""
        for begin in range(self._at, stop, _BLOCK):
            self._count += int(np.count_nonzero(self._whole[begin : min(begin + _BLOCK, stop)] == _QUOTE))
        self._at = max(self._at, stop)
        return self._count % 2 == 0


def _row_end(utf8: bytes, begin: int, stop: int, counter: _QuoteCounter | None) -> int:
    """Return the place behind the first row end at or behind ``begin``, or 0 if none is near."""
    at = utf8.find(b"\n", begin, stop) + 1
    for _ in range(_MOST_TRIES):
        if at == 0 or counter is None or counter.is_even(at):
            return at
        closing = utf8.find(b'"', at, stop)
        at = 0 if closing < 0 else utf8.find(b"\n", closing, stop) + 1
    return 0
