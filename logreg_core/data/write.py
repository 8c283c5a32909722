"""A frame becomes a CSV file that a spreadsheet shows and does not run.

A spreadsheet takes a cell for a formula by its first sign. Which cells there are depends on the separator of its
country: ``x;=1+1`` is one cell where commas separate and two where semicolons do, and quotation marks hold it together
only for the first. So a sign counts as the first one, too, after anything that may begin a cell somewhere.

Arrow writes: a few thousand rows at a time, and Python looks only at the texts that may need a change.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from typing import TypeAlias

    Column: TypeAlias = pd.Series[Any]
    Cells: TypeAlias = Any  # an Arrow array; Arrow has no types to check

_CELLS_AT_ONCE = 1_000_000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

# The sign that Unicode has for each control character but tab and line ends; those of 0x80 to 0x9F have none.
_SEEN = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n\r"} | {0x7F: "\u2421"}
_SEEN |= dict.fromkeys(range(0x80, 0xA0), "\ufffd")

_SIGNS = r"=+\-@＝＋－＠"
_SEPARATORS = ";|\t\r\n"  # a comma is none: it stands in quotation marks where commas separate, and is text elsewhere
_BEGINS_A_FORMULA = re.compile(rf"\A\s*+(?=[{_SIGNS}])|\A(?=[\t\r\n])")
_BETWEEN = re.compile(rf'(?<![{_SEPARATORS}\s"])[{_SEPARATORS}\s"]++(?=[{_SIGNS}])')
_MAY_BE_HARMFUL = (
    rf"^[\s\pZ]*[{_SIGNS}]|^[\t\r\n]|[{_SEPARATORS}][{_SEPARATORS}\s\pZ\"]*[{_SIGNS}]"
    r"|[\x00-\x08\x0B\x0C\x0E-\x1F\x{7F}-\x{9F}]"
)
"""For Arrow, which tells the few texts that ``harmless`` may change from all others."""
_TO_QUOTE = rf"""^'|[",{_SEPARATORS}]"""


def harmless(text: str) -> str:
    """Return a text cell with an apostrophe in front of every sign that a spreadsheet may take for a formula's first.

    These are ``= + - @``, full-width ones too, where they are the first sign but blanks, and where they come after a
    semicolon, a tab, a bar or a line end, with or without blanks and quotation marks between. An apostrophe stands also
    in front of a text that begins with a tab or a line end. Control characters, which can command a terminal
    (ESC [31m), become the signs that show them.
    """
    text = _BEGINS_A_FORMULA.sub(r"'\g<0>", text.translate(_SEEN), count=1)
    return _BETWEEN.sub(_with_apostrophe, text)


def _with_apostrophe(between: re.Match[str]) -> str:
    found = between[0]
    return f"{found}'" if any(mark in found for mark in _SEPARATORS) else found


def to_csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return ``frame`` without its index as CSV: UTF-8 with a byte order mark, which spreadsheets need for accents.

    Text cells and column names are made ``harmless``; those that were changed in front, or that hold a comma, another
    separator, a quotation mark or a line end, stand in quotation marks. Two names that become one are told apart by a
    number. Numbers, dates and truth values stay as they are (a number in the fewest digits that give it back), and
    missing cells are empty.
    """
    if not frame.shape[1]:
        return _BYTE_ORDER_MARK
    columns = [frame.iloc[:, place] for place in range(frame.shape[1])]
    writers = [_writer(column) for column in columns]
    written = io.BytesIO()
    written.write(_BYTE_ORDER_MARK)
    header = _quoted(pa.array(_names(frame), pa.large_string()))
    written.write(_lines([header.slice(place, 1) for place in range(len(header))]))
    step = max(1, _CELLS_AT_ONCE // len(columns))
    for start in range(0, len(frame), step):
        written.write(_lines([write(c.iloc[start : start + step]) for write, c in zip(writers, columns, strict=True)]))
    return written.getvalue()


def _names(frame: pd.DataFrame) -> list[str]:
    """The harmless names of the columns, no two the same."""
    names: list[str] = []
    taken: set[str] = set()
    for name in (harmless(_writable(str(name))) for name in frame.columns):
        number, called = 1, name
        while called in taken:
            number += 1
            called = f"{name} ({number})"
        taken.add(called)
        names.append(called)
    return names


def _lines(columns: list[Cells]) -> memoryview:
    """The lines of these columns of written cells, one after another, as bytes."""
    only = '""' if len(columns) == 1 else ""  # an empty line would be no row
    missing = {"null_handling": "replace", "null_replacement": only}
    lines = pc.binary_join_element_wise(*columns, _text(","), **missing) if len(columns) > 1 else columns[0]
    ended = pc.binary_join_element_wise(lines, _text(""), _text("\r\n"), **missing)
    return memoryview(ended.buffers()[2])[: pc.sum(pc.binary_length(ended)).as_py()]


def _text(value: str) -> pa.Scalar:
    return pa.scalar(value, pa.large_string())


def _writer(column: Column) -> Callable[[Column], Cells]:
    """How cells of this column are written; the look of dates is decided for all of them."""
    kind = column.dtype
    types = pd.api.types
    if isinstance(kind, pd.CategoricalDtype):
        levels = pd.Series(kind.categories)
        return partial(_levels, _writer(levels)(levels))
    if types.is_datetime64_dtype(kind):
        return partial(_dates, _look_of_dates(column))
    plain: tuple[tuple[Callable[[Any], bool], Callable[[Column], Cells]], ...] = (
        (types.is_object_dtype, _objects),
        (types.is_bool_dtype, _truths),
        (types.is_integer_dtype, _whole),
        (types.is_float_dtype, _floats),
        (types.is_string_dtype, _texts),
    )
    return next((write for is_such, write in plain if is_such(kind)), _objects)


def _arrow(part: Column) -> Cells:
    array = pa.array(part, from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _levels(written: Cells, part: Column) -> Cells:
    codes = part.cat.codes.to_numpy()
    return written.take(pa.array(codes, mask=codes < 0))


def _truths(part: Column) -> Cells:
    return pc.if_else(_arrow(part), _text("True"), _text("False"))


def _whole(part: Column) -> Cells:
    return _arrow(part).cast(pa.large_string())


def _texts(part: Column) -> Cells:
    return _quoted(_all_harmless(_arrow(part).cast(pa.large_string())))


def _floats(part: Column) -> Cells:
    """Arrow writes 2.0 as 2, which would be read as another kind of number."""
    numbers = _arrow(part).cast(pa.large_string())
    is_whole = pc.match_substring_regex(numbers, r"^-?\d+$")
    if not pc.any(is_whole).as_py():
        return numbers
    return pc.if_else(is_whole, pc.binary_join_element_wise(numbers, _text(".0"), _text("")), numbers)


def _look_of_dates(column: Column) -> pa.DataType:
    """Days alone where no date has a time of day; else seconds, or as small a part of them as there is."""
    known = column.dropna()
    if (known == known.dt.normalize()).all():
        return pa.date32()
    return pa.timestamp(next((unit for unit in ("s", "ms", "us") if (known == known.dt.floor(unit)).all()), "ns"))


def _dates(look: pa.DataType, part: Column) -> Cells:
    return _arrow(part).cast(look, safe=False).cast(pa.large_string())


def _objects(part: Column) -> Cells:
    """Cells of any kind, as Python writes them."""
    said = (None if absent else str(cell) for cell, absent in zip(part, part.isna(), strict=True))
    texts = (None if text is None else _writable(text) for text in said)
    is_text = (isinstance(cell, str) for cell in part)
    cells: Iterable[str | None]
    cells = (harmless(text) if text and mine else text for text, mine in zip(texts, is_text, strict=True))
    return _quoted(pa.array(list(cells), pa.large_string()))


def _writable(text: str) -> str:
    """The text with a question mark for half a pair of surrogates, which only Python's own texts may hold."""
    return text.encode("utf-8", "replace").decode()


def _all_harmless(texts: Cells) -> Cells:
    may_be = pc.fill_null(pc.match_substring_regex(texts, _MAY_BE_HARMFUL), False)
    if not pc.any(may_be).as_py():
        return texts
    changed = [harmless(text) for text in texts.filter(may_be).to_pylist()]
    return pc.replace_with_mask(texts, may_be, pa.array(changed, pa.large_string()))


def _quoted(texts: Cells) -> Cells:
    """The texts that need it in quotation marks, with those in them doubled."""
    must_be = pc.fill_null(pc.match_substring_regex(texts, _TO_QUOTE), False)
    if not pc.any(must_be).as_py():
        return texts
    chosen = pc.replace_substring(texts.filter(must_be), '"', '""')
    marks = _text('"')
    return pc.replace_with_mask(texts, must_be, pc.binary_join_element_wise(marks, chosen, marks, _text("")))
