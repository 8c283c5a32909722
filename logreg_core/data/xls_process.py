"""A program of its own that reads an .xls: from standard input to CSV on standard output, within bounds.

The reader of values (calamine) holds the grid up to the farthest cell that the file claims, and aborts its process if
that is more memory than there is. What an .xls claims can hardly be known before, so it is read where that does no
harm. Run by its path, with nothing of the project imported: that starts in a tenth of a second.

In: a line of JSON (the chosen sheet or null, most cells, most bytes), then the file. Out: a line of JSON (names of the
sheets, place of the one that was read and whether it is hidden, or an error), then the cells.
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


def _read(data: bytes, chosen: str | None, most_cells: int, most_bytes: int) -> tuple[dict[str, Any], bytes]:
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
    places = sorted(range(len(names)), key=hidden.__getitem__) if chosen is None else [names.index(chosen)]
    for place in places:
        sheet = book.get_sheet_by_index(place)
        first, last = sheet.start or (0, 0), sheet.end or (0, 0)
        if chosen is not None or min(last) > 0:
            left = [""] * first[1]
            csv = grid_text.as_csv(([*left, *row] for row in sheet.iter_rows()), most_cells, most_bytes)
            return {"sheets": names, "place": place, "hidden": hidden[place]}, csv
    return {"sheets": names, "error": "no table"}, b""


def main() -> None:
    """Read from standard input, write to standard output."""
    _bounded()
    chosen, most_cells, most_bytes = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    csv = b""
    try:
        told, csv = _read(data, chosen, most_cells, most_bytes)
    except Exception as error:
        told = {"error": f"{type(error).__name__}: {error}"}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + csv)


if __name__ == "__main__":
    main()
