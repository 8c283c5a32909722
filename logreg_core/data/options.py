"""What may be said about how a file is to be read; everything that is not said is found out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self, get_args

from logreg_core.data.profile import Kind
from logreg_core.data.spellings import quoted
from logreg_core.errors import TableError

SPACES = " "
FIXED = "fixed"
KINDS_TO_CHOOSE = ("number", "date", "yes/no", "text")

_SCHEMA = 1
_MOST_LINES = 1_000_000
_SHOWN = 60
_ONE_OF: dict[str, tuple[object, ...]] = {
    "quote": ('"', "'", ""),
    "escape": ("\\", ""),
    "decimal": (".", ","),
    "thousands": (",", ".", " ", "'", ""),
    "header_rows": (0, 1, 2),
    "day_first": (True, False),
}
_COUNTS = ("skip_rows", "footer_rows")
_LONGEST_MEMBER = 2**16  # bytes that a zip archive has for the name of a file
_TEXTS = {"encoding": 40, "comment": 4, "sheet": _LONGEST_MEMBER}

assert set(KINDS_TO_CHOOSE) - {"text"} <= set(get_args(Kind))


@dataclass(frozen=True)
class ReadOptions:
    """How a file is to be read. ``None`` everywhere: found out from the file.

    Attributes
    ----------
    encoding : str
        A name Python knows, such as "utf-8", "cp1252" or "mac_roman".
    delimiter : str
        The character between cells; " " for any number of spaces; "fixed" for columns at fixed places.
    column_starts : tuple of int
        For "fixed": the place (from 0) at which each column begins.
    quote, escape, comment : str
        The mark around cells, the mark that takes the next character as it stands, the mark that begins a line of
        comment; "" for none.
    decimal, thousands : str
        The marks inside numbers; ``thousands=""`` for none.
    skip_rows, header_rows, footer_rows : int
        Lines above the column names; rows that hold names (0, 1 or 2); rows at the end to leave out.
    missing : tuple of str
        The cells that mean "no value" in any column; the empty cell always does. As long as one of the usual words is
        among them, words that can mean nothing else among numbers ("k. A.") mean it there, too.
    day_first : bool
        Whether 03/04/2024 is the third of April.
    kinds : tuple of (column, kind), or a mapping
        Kind of a column: "number", "date", "yes/no" or "text".
    sheet : str
        The sheet of a workbook, or the file inside an archive.
    """

    encoding: str | None = None
    delimiter: str | None = None
    column_starts: tuple[int, ...] | None = None
    quote: str | None = None
    escape: str | None = None
    comment: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    skip_rows: int | None = None
    header_rows: int | None = None
    footer_rows: int | None = None
    missing: tuple[str, ...] | None = None
    day_first: bool | None = None
    kinds: tuple[tuple[str, str], ...] | None = None
    sheet: str | None = None

    def __post_init__(self) -> None:
        for name in ("missing", "column_starts", "kinds"):
            value = getattr(self, name)
            if isinstance(value, Mapping):
                object.__setattr__(self, name, tuple(value.items()))
            elif isinstance(value, list | set | frozenset):
                items = (tuple(item) if isinstance(item, list) else item for item in value)
                object.__setattr__(self, name, tuple(items))

    def kind_of(self, column: str) -> str | None:
        """Return the kind chosen for a column, or None."""
        return dict(self.kinds or ()).get(column)

    def validate(self) -> None:
        """Raise ``TableError`` for a value that cannot be meant."""
        for name, allowed in _ONE_OF.items():
            value = getattr(self, name)
            if value is not None and (value not in allowed or isinstance(value, bool) != (name == "day_first")):
                raise _refusal(name, value)
        for name in _COUNTS:
            value = getattr(self, name)
            if value is not None and (type(value) is not int or not 0 <= value <= _MOST_LINES):
                raise _refusal(name, value)
        for name, longest in _TEXTS.items():
            value = getattr(self, name)
            if value is not None and (not _is_text(value) or len(value) > longest):
                raise _refusal(name, value)
        self._validate_delimiter()
        self._validate_lists()
        if self.decimal is not None and self.decimal == self.thousands:
            raise TableError("The decimal mark and the thousands mark cannot be the same.")

    def _validate_delimiter(self) -> None:
        mark = self.delimiter
        if mark is None or mark == FIXED:
            return
        if not _is_text(mark) or len(mark) != 1 or mark in '\r\n"\0' or mark.isalnum() or mark == self.quote:
            raise _refusal("delimiter", mark)

    def _validate_lists(self) -> None:
        if self.missing is not None and not (_all_are(self.missing, str) and all(map(_is_text, self.missing))):
            raise _refusal("missing", self.missing)
        starts = self.column_starts
        if starts is not None and (
            not _all_are(starts, int) or list(starts) != sorted(set(starts)) or not starts or starts[0] < 0
        ):
            raise _refusal("column_starts", starts)
        if self.kinds is not None and not isinstance(self.kinds, tuple):
            raise _refusal("kinds", self.kinds)
        for entry in self.kinds or ():
            if not (isinstance(entry, tuple) and len(entry) == 2 and _is_text(entry[0])) or (
                entry[1] not in KINDS_TO_CHOOSE
            ):
                raise _refusal("kinds", entry)

    def to_dict(self) -> dict[str, Any]:
        """Return the choices as plain JSON values with a schema number; what is not chosen is left out."""
        chosen = {name: value for name, value in asdict(self).items() if value is not None}
        return {"schema": _SCHEMA, **{name: _plain(value) for name, value in chosen.items()}}

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> Self:
        """Return validated choices from ``to_dict``; ``TableError`` for another schema or unknown entries."""
        if not isinstance(saved, Mapping) or saved.get("schema") != _SCHEMA:
            raise TableError(f"These reading options do not have schema {_SCHEMA}.")
        entries = {key: value for key, value in saved.items() if key != "schema"}
        unknown = sorted(set(map(str, entries)) - {field.name for field in fields(cls)})
        if unknown:
            raise TableError(f"These reading options have an unknown entry: {unknown[0][:60]!r}.")
        options = cls(**entries)
        options.validate()
        return options


def _all_are(values: object, kind: type) -> bool:
    return isinstance(values, tuple) and all(type(value) is kind for value in values)


def _is_text(value: object) -> bool:
    """Whether this is text that a file can hold: half a pair of surrogates can stand in none."""
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _plain(value: object) -> object:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _refusal(name: str, value: object) -> TableError:
    text = repr(value)
    if isinstance(value, str):
        shown = quoted(value.encode("utf-8", "replace").decode())
    else:
        shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return TableError(f"The reading option “{name}” cannot be {shown}.", remedy="Leave it out to find out.")


def merged(chosen: ReadOptions, found: Iterable[tuple[str, object]]) -> ReadOptions:
    """Return the choices with what was found in the places that nobody chose."""
    values = dict(found)
    values.update({name: value for name, value in vars(chosen).items() if value is not None})
    return ReadOptions(**values)  # type: ignore[arg-type]
