"""A program of its own that reads an .xls: from standard input to CSV on standard output, within bounds.

The reader of values (calamine) holds the grid up to the farthest cell that the file claims, and aborts its process if
that is more memory than there is. What an .xls claims can hardly be known before, so it is read where that does no
harm. Run by its path, with nothing of the project imported: that starts in a tenth of a second.

In: a line of JSON (the chosen sheet or null, most cells, most bytes, how many times as many cells make a later sheet
the data), then the file. Out: a line of JSON (names of the sheets, place of the one that was read, whether it is hidden
and instead of which it was read, or an error), then the cells.
"""

from __future__ import annotations

import importlib.util
import io
import json
import sys
from pathlib import Path
from typing import Any

_MOST_MEMORY = 2 * 2**30
_MOST_SECONDS = 60


def _bounded() -> None:
    """Bound memory and time where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(
    data: bytes, chosen: str | None, most_cells: int, most_bytes: int, far_larger: int
) -> tuple[dict[str, Any], bytes]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    spec = importlib.util.spec_from_file_location("grid_text", Path(__file__).with_name("grid_text.py"))
    if spec is None or spec.loader is None:
        raise ImportError("grid_text")
    grid_text = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(grid_text)

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    names = list(book.sheet_names)
    if chosen is not None and chosen not in names:
        return {"sheets": names, "error": "no sheet"}, b""
    hidden = [sheet.visible != SheetVisibleEnum.Visible for sheet in book.sheets_metadata]
    if chosen is not None:
        first = place = names.index(chosen)
    else:
        cells = [_size(book.get_sheet_by_index(place)) for place in range(len(names))]
        shown_first = sorted(range(len(names)), key=hidden.__getitem__)
        first = next((place for place in shown_first if cells[place]), -1)
        if first < 0:
            return {"sheets": names, "error": "no table"}, b""
        largest = max((each for each in shown_first if not hidden[each]), key=cells.__getitem__, default=first)
        place = largest if cells[largest] >= far_larger * cells[first] else first
    sheet = book.get_sheet_by_index(place)
    left = [""] * (sheet.start or (0, 0))[1]
    csv = grid_text.as_csv(([*left, *row] for row in sheet.iter_rows()), most_cells, most_bytes)
    instead_of = names[first] if place != first else ""
    return {"sheets": names, "place": place, "hidden": hidden[place], "instead_of": instead_of}, csv


def _size(sheet: Any) -> int:
    """How many cells a sheet reaches over; 0 for one that is no table, of one row or column."""
    rows, columns = sheet.end or (0, 0)
    return (rows + 1) * (columns + 1) if rows and columns else 0


def main() -> None:
    """Read from standard input, write to standard output."""
    _bounded()
    chosen, *bounds = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    csv = b""
    try:
        told, csv = _read(data, chosen, *bounds)
    except Exception as error:
        told = {"error": f"{type(error).__name__}: {error}"}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + csv)


if __name__ == "__main__":
    main()
