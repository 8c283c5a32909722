"""What a sheet of an .xlsx holds that its values do not show: formulas without results, errors, zeros drawn in front.

Read from the parts of the file (ECMA-376, 18.3.1.4 "c", 18.8.31 "numFmts"), as the reader of values passes them over.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from posixpath import join, normpath

_TAG = rb"(?:\w+:)?"
_CELL = re.compile(rb"<" + _TAG + rb"c\b([^>]*?)(?:/>|>(.*?)</" + _TAG + rb"c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_NO_RESULT = re.compile(rb"<T:f\b(?:[^>]*/>|.*?</T:f>)\s*(?:<T:v\s*/>|<T:v></T:v>)?\s*".replace(b"T:", _TAG), re.DOTALL)
_WHOLE = re.compile(rb">\d+(?:\.0*)?<")
_ERROR = re.compile(rb"#[A-Z0-9/]+[!?]?")
_FORMAT = re.compile(rb'<(?:\w+:)?numFmt\b(?=[^>]*\bnumFmtId="(\d+)")(?=[^>]*\bformatCode="(0{2,})")')
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_FORMAT = re.compile(rb'<(?:\w+:)?xf\b[^>]*\bnumFmtId="(\d+)"')
_MOST_BYTES = 64 * 2**20


def told_of_sheet(data: bytes, place: int) -> list[str]:
    """Return sentences about the cells of the sheet at ``place`` whose values are not what the sheet shows."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = _part_of(archive, place)
            if part is None or archive.getinfo(part).file_size > _MOST_BYTES:
                return []
            padded = _padded_styles(archive)
            xml = archive.read(part)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return []  # damaged where the values are not
    if not (padded or b't="e"' in xml or re.search(rb"<(?:\w+:)?f\b", xml)):
        return []
    found: dict[str, list[str]] = {"unknown": [], "error": [], "padded": []}
    for cell in _CELL.finditer(xml):
        attributes, content = cell[1], cell[2] or b""
        where = _PLACE.search(attributes)
        style = _STYLE.search(attributes)
        name = where[1].decode() if where else "?"
        error = _ERROR.search(content) if b't="e"' in attributes else None
        if error:
            found["error"].append(f"{name} ({error[0].decode()})")
        elif _NO_RESULT.fullmatch(content):
            found["unknown"].append(name)
        elif (
            style and int(style[1]) in padded and re.search(rb">\d+(?:\.0*)?<", content) and b't="s"' not in attributes
        ):
            found["padded"].append(name)
    return [_SENTENCES[sort].format(cells=_counted(cells)) for sort, cells in found.items() if cells]


_SENTENCES = {
    "unknown": "{cells} no stored result of its formula; read as missing. Open and save the workbook in Excel.",
    "error": "{cells} an error instead of a value; read as missing.",
    "padded": "{cells} a number shown with zeros in front, which are not stored; read without them.",
}


def _counted(cells: list[str]) -> str:
    return f"Cell {cells[0]} holds" if len(cells) == 1 else f"Each of {len(cells):,} cells, the first {cells[0]}, holds"


def _part_of(archive: zipfile.ZipFile, place: int) -> str | None:
    """Return the part that holds the sheet at ``place``, by the workbook's list of sheets."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    book, relations = (
        archive.read(name).decode("utf-8", "replace") for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    )
    sheets = re.findall(r'<(?:\w+:)?sheet\b[^>]*\b\w+:id="([^"]+)"', book)
    if place >= len(sheets):
        return None
    for tag in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", relations):
        target = re.search(r'\bTarget="([^"]+)"', tag)
        if target and f' Id="{sheets[place]}"' in tag:
            path = target[1].lstrip("/") if target[1].startswith("/") else normpath(join("xl", target[1]))
            return path if path in names else None
    return None


def _padded_styles(archive: zipfile.ZipFile) -> set[int]:
    """Return the styles whose format draws zeros in front of numbers, such as ``00000``."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    xml = archive.read("xl/styles.xml")
    formats = {number for number, _ in _FORMAT.findall(xml)}
    block = _CELL_FORMATS.search(xml)
    styles = _CELL_FORMAT.findall(block[0]) if block and formats else []
    return {place for place, number in enumerate(styles) if number in formats}
