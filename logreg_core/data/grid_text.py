"""Rows of cells that do not come from text, written as CSV; needs nothing but Python (see ``xls_process``)."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections.abc import Iterable, Sequence

_FLUSH_ROWS = 20_000


class TooManyCellsError(ValueError):
    """The rows hold more cells than the limit."""


def as_cell(value: object) -> str:
    """Return a value as a cell: whole numbers without a point, dates by ISO 8601, nothing as the empty cell."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.timedelta):
        return _duration(value)
    text = str(value).replace("\0", "\ufffd")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text  # CR alone would end a line


def _duration(value: dt.timedelta) -> str:
    """Return a span of time in hours, as spreadsheets show it: 27:00:00 for a day and three hours."""
    sign = "-" if value < dt.timedelta() else ""
    whole, rest = divmod(abs(value), dt.timedelta(hours=1))
    return f"{sign}{whole}{str(rest)[1:]}"


def as_csv(rows: Iterable[Sequence[object]], most_cells: int, most_bytes: int) -> bytes:
    """Return rows as CSV in UTF-8: row n of the grid is line n, if no cell holds a line end.

    Raises
    ------
    TooManyCellsError
        If there are more than ``most_cells``, or their text is longer than ``most_bytes``.
    """
    written = io.BytesIO()
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    n_cells = waiting = 0

    def flush() -> None:
        written.write(text.getvalue().encode("utf-8", "replace"))
        text.seek(0)
        text.truncate()
        if written.tell() > most_bytes:
            raise TooManyCellsError

    for row in rows:
        n_cells += len(row)
        if n_cells > most_cells:
            raise TooManyCellsError
        cells = [as_cell(value) for value in row]
        writer.writerow(cells if len(cells) > 1 else [*cells, ""])
        waiting += 1
        if waiting == _FLUSH_ROWS or text.tell() > 2**22:
            flush()
            waiting = 0
    flush()
    return written.getvalue()
