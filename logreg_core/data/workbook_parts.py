"""The parts of an .xlsx: its sheets, their cells' formats, and a copy with one sheet for the reader of values.

An .xlsx is a zip archive of XML (ECMA-376, part 1, 18.2 "Workbook", 18.8 "Styles"). The reader of values gets a new
archive made of the very parts that were looked at, so that it cannot find others than these: a zip archive may be
written so that two programs see two contents.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from posixpath import join, normpath
from xml.etree import ElementTree
from xml.parsers import expat

from logreg_core.data.unpack import MAX_UNPACKED
from logreg_core.errors import TableError

REMEDY = "Save the sheet as CSV in Excel and upload that."
_MOST_SETTINGS = 16 * 2**20
_MOST_PARTS = 20_000
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SCHEMAS = "http://schemas.openxmlformats.org"
_PACKAGE = (
    f'<Relationships xmlns="{_SCHEMAS}/package/2006/relationships"><Relationship Id="rId1"'
    f' Type="{_SCHEMAS}/officeDocument/2006/relationships/officeDocument" Target="{_BOOK}"/></Relationships>'
)
_PERCENT_FORMATS = {"9", "10"}
_ZEROS = re.compile(r'0{2,}|"[0-9]+"[#0?]|\\0')
_IN_QUOTES = re.compile(r'"[^"]*"|\\.')
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, whether Excel hides it, the part with its cells ("" for a chart)."""

    name: str
    hidden: bool
    part: str


def broken() -> TableError:
    """Return the refusal of a workbook that is not what it says."""
    return TableError("This Excel workbook is broken.", remedy=REMEDY, is_final=True)


class Parts:
    """The parts of an .xlsx, none of them unpacked before it is needed and known to be small enough.

    Raises
    ------
    TableError
        If it is broken, protected by a password, or larger than ``MAX_UNPACKED`` bytes.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise TableError("This Excel workbook is broken or protected.", remedy=REMEDY, is_final=True) from None
        infos = self._archive.infolist()
        if len(infos) > _MOST_PARTS:
            raise broken()
        self._infos = {info.filename.replace("\\", "/").lower(): info for info in infos}
        self._left = MAX_UNPACKED
        self._read: dict[str, bytes] = {}
        self.sheets = tuple(self._listed())

    def part(self, name: str) -> bytes:
        """Return the bytes of a part, whose name is told apart from others by letters and not by capitals."""
        key = name.lower()
        if key in self._read:
            return self._read[key]
        info = self._infos.get(key)
        if info is None:
            raise broken()
        if info.file_size > self._left:
            raise TableError(
                f"Unpacked, this workbook is larger than {MAX_UNPACKED // 2**20} MB.", remedy="Save it as CSV."
            )
        try:
            self._read[key] = self._archive.read(info)
        except _BROKEN:
            raise TableError("This Excel workbook is broken or protected.", remedy=REMEDY) from None
        self._left -= len(self._read[key])
        return self._read[key]

    def size(self, name: str) -> int:
        """Return how many bytes a part has unpacked; 0 if there is none."""
        info = self._infos.get(name.lower())
        return info.file_size if info is not None else 0

    def forget(self, name: str) -> None:
        """Let go of a part that is not needed any more."""
        self._left += len(self._read.pop(name.lower(), b""))

    @cached_property
    def strings(self) -> bytes:
        """The texts that cells share, as XML; empty if there are none."""
        return self.part("xl/sharedStrings.xml") if "xl/sharedstrings.xml" in self._infos else b""

    def alone(self, sheet: Sheet) -> bytes:
        """Return a workbook that holds the cells of one sheet only, not compressed."""
        out = io.BytesIO()
        shared = ("[Content_Types].xml", _BOOK, _RELATIONS, "xl/styles.xml", "xl/sharedStrings.xml")
        with zipfile.ZipFile(out, "w") as copy:
            copy.writestr("_rels/.rels", _PACKAGE)
            for name in (*shared, sheet.part):
                if name.lower() in self._infos:
                    copy.writestr(name, self.part(name))
        return out.getvalue()

    def _settings(self, name: str) -> ElementTree.Element:
        """Return a small part as a tree; entities, which could grow without bound, are refused."""
        xml = self.part(name)
        if len(xml) > _MOST_SETTINGS or b"<!DOCTYPE" in xml:
            raise broken()
        try:
            return ElementTree.fromstring(xml, ElementTree.XMLParser(encoding="utf-8"))
        except (ElementTree.ParseError, expat.ExpatError, LookupError, RecursionError):
            raise broken() from None

    def _listed(self) -> Iterator[Sheet]:
        targets: dict[str, str] = {}
        for relation in self._settings(_RELATIONS).iter():
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            if relation.get("Id", "") in targets:
                raise broken()
            targets[relation.get("Id", "")] = path
        for entry in self._settings(_BOOK).iter():
            if _local(entry.tag) == "sheet":
                place = next((value for key, value in entry.attrib.items() if _local(key) == "id"), "")
                path = targets.get(place, "")
                is_cells = path.lower() in self._infos and "worksheets/" in path.lower()
                yield Sheet(entry.get("name", ""), entry.get("state", "visible") != "visible", path if is_cells else "")

    @cached_property
    def formats(self) -> tuple[frozenset[str], frozenset[str]]:
        """The numbers of the cell styles that draw zeros in front of a number, and of those that draw percent."""
        if "xl/styles.xml" not in self._infos:
            return frozenset(), frozenset()
        try:
            tree = self._settings("xl/styles.xml")
        except TableError:  # what only decorates need not be whole
            return frozenset(), frozenset()
        padded: set[str] = set()
        percent = set(_PERCENT_FORMATS)
        for entry in tree.iter():
            if _local(entry.tag) == "numFmt":
                code, number = entry.get("formatCode", ""), entry.get("numFmtId", "")
                if _ZEROS.match(code):
                    padded.add(number)
                if "%" in _IN_QUOTES.sub("", code):
                    percent.add(number)
        styles = [entry for entry in tree.iter() if _local(entry.tag) == "cellXfs"][:1]
        numbers = [style.get("numFmtId", "") for style in (styles[0] if styles else ())]
        return (
            frozenset(str(place) for place, number in enumerate(numbers) if number in padded),
            frozenset(str(place) for place, number in enumerate(numbers) if number in percent),
        )


def _local(name: str) -> str:
    return name.rpartition("}")[2]
