"""What cannot be a table is refused by name, with the line and a remedy, and only ever as a TableError."""

import gzip
import io
import zipfile

import numpy as np
import pandas as pd
import pytest

from logreg_core.data import Table, TableError, read_table


def _zip_of(member: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "a,b\n1,2\n")
    return buffer.getvalue()


def _parquet() -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame({"a": [1, 2], "b": [3, 4]}).to_parquet(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (_zip_of("xl/workbook.xml"), "an Excel workbook"),
        (_zip_of("table.csv"), "a zip archive"),
        (gzip.compress(b"a,b\n1,2\n"), "a gzip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Excel workbook"),
        (b"%PDF-1.7\n1 0 obj", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        (b"GIF89a\1\0\1\0", "a GIF picture"),
        (_parquet(), "a Parquet file"),
        (b"\n <!DOCTYPE html><html><body>Sign in, please</body></html>", "a web page"),
        (b"<HTML>\n<head>", "a web page"),
        (b'\xef\xbb\xbf{"a": [1, 2], "b": 3}', "a JSON file"),
        (b'[{"a": 1, "b": 2}, {"a": 3, "b": 4}]', "a JSON file"),
        (b"<?xml version='1.0'?><rows/>", "an XML file"),
    ],
)
def test_other_formats_are_named(content: bytes, named: str) -> None:
    with pytest.raises(TableError, match=f"This is {named}, not a CSV file") as refusal:
        read_table(content)
    assert refusal.value.remedy


def test_a_bracket_in_the_header_is_not_json() -> None:
    assert list(read_table(b"[id],[age]\n1,30\n2,40\n").frame) == ["[id]", "[age]"]


@pytest.mark.parametrize(
    ("content", "what", "where"),
    [
        (b"", "empty", ""),
        (b" \r\n\n", "empty", ""),
        (b"\xef\xbb\xbf", "empty", ""),
        (b"a,b\n", "no rows", ""),
        (b"a\n1\n2\n", "Only one column", ""),
        (b"one two\n1 2\n", "Only one column", ""),
        (b"a,b\n1,2\n3,4,5\n6,7\n", "same number of cells", "Line 3 has 3 cells, where most rows have 2."),
        (b"a,b\n1,2\n\n3\n6,7\n8,9\n", "same number of cells", "Line 4 has 1 cell"),
        (b"Report\n\na,b\n1,2\n3,4\n", "same number of cells", "Line 1 has 1 cell"),
        (b"a,b\nr1,1,2\nr2,3,4\n", "same number of cells", "Line 1 has 2 cells"),
        (b"a,b\n1,2,\n3,4,\n", "same number of cells", "Line 1 has 2 cells"),
        (b'a,b\n1,2\n3,"4\n5,6\n', "never closed", "line 3"),
        (b'a,b\n1,"' + b"3,4\n" * 40_000, "longer than 131,072", "line 2"),
        (b'a,b\n1,"2"x\n', "quotation mark", "line 2"),
        (b"a,b\n1,2\n3,\x004\n" + b"5,6\n" * 99, "NUL", "line 3"),
        (bytes(range(1, 256)) * 20, "control characters", ""),
        (b"a,b\n" + "1,\u00e9\n".encode() * 9 + b"2,\xe9\n", "mixes two ways", "line 11"),
        (b"\xff\xfea\x00,\x00b", "UTF-16", ""),
        (b"a,b\n,\n,\n", "no values", ""),
        (b"a,\n1,\n2,\n", "Only one column", ""),
    ],
)
def test_a_broken_file_is_explained(content: bytes, what: str, where: str) -> None:
    with pytest.raises(TableError) as refusal:
        read_table(content)
    assert what in refusal.value.what
    assert where in refusal.value.where


def test_too_many_columns_or_rows_are_refused() -> None:
    header = ",".join(f"c{place}" for place in range(5_001))
    with pytest.raises(TableError, match="more than 5,000 columns"):
        read_table(f"{header}\n{header}\n".encode())
    with pytest.raises(TableError, match="2,000,001 rows; the limit is 2,000,000"):
        read_table(b"a,b\n" + b"1,2\n" * 2_000_001)
    with pytest.raises(TableError, match="longer than 8 MB"):
        read_table(b"," * 9_000_000)


def test_a_missing_path_stays_an_os_error(tmp_path: object) -> None:
    with pytest.raises(OSError, match=r"none\.csv"):
        read_table(f"{tmp_path}/none.csv")


_PARTS = [b",", b";", b"\t", b"|", b'"', b"'", b"\n", b"\r", b"sep=;", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe9", b" "]
_CELLS = [
    b"1",
    b"2.5",
    b"-3,5",
    b"a",
    b"",
    b"NA",
    b"-",
    b"\xc3\xa9",
    b"1e999",
    b"true",
    b"2024-01-31",
    b"01",
    b'"x ""y"""',
]
_CELLS += [
    b"9" * 20,
    b" b ",
    b"'c'",
    b"inf",
    b"+1",
    b"0x1F",
    b"2024-02-30",
    b"1.234.567",
    b"$5",
    b"\xf0\x9f\x98\x80",
    b"\x1b[31m",
]


def _fuzzed(rng: np.random.Generator) -> bytes:
    """Return noise, a soup of what CSV files are made of, rows of odd cells, or a good table with bytes damaged."""

    def drawn(parts: list[bytes], count: int) -> list[bytes]:
        return [parts[place] for place in rng.integers(len(parts), size=count)]

    sort = rng.integers(4)
    if sort == 0:
        return rng.integers(0, 256, rng.integers(1, 400), dtype=np.uint8).tobytes()
    if sort == 1:
        return b"".join(drawn(_PARTS + _CELLS, int(rng.integers(1, 120))))
    if sort == 2:
        width, (delimiter, line_end) = (
            int(rng.integers(2, 6)),
            (drawn([b";", b"\t", b"|"], 1)[0], drawn([b"\n", b"\r\n"], 1)[0]),
        )
        return line_end.join(delimiter.join(drawn(_CELLS, width)) for _ in range(rng.integers(1, 9)))
    table = bytearray(b'id;name;"when";x\n' + b'1;"a ""b"" c";2024-01-31;1,5\n02;\xc3\xa9;NA;-3\n' * 8)
    for _ in range(rng.integers(1, 4)):
        at = int(rng.integers(len(table)))
        change = rng.integers(3)
        if change == 0:
            table[at] = int(rng.integers(256))
        elif change == 1:
            del table[at : at + int(rng.integers(1, 9))]
        else:
            table[at:at] = table[at : at + int(rng.integers(1, 40))]
    return bytes(table)


def _outcome(content: bytes) -> Table | TableError:
    try:
        return read_table(content)
    except TableError as refusal:
        return refusal


def test_fuzzed_bytes_give_a_table_or_a_table_error() -> None:
    rng = np.random.default_rng(20261101)
    outcomes = [_outcome(_fuzzed(rng)) for _ in range(300)]
    tables = [outcome for outcome in outcomes if isinstance(outcome, Table)]
    assert 40 < len(tables) < 260  # the fuzz reaches both sides
    for table in tables:
        _assert_sound(table)
    assert all(outcome.what.endswith(".") for outcome in outcomes if isinstance(outcome, TableError))


def _assert_sound(table: Table) -> None:
    """Hold what ``Table`` promises of every frame."""
    frame = table.frame
    assert len(frame) > 0
    assert frame.shape[1] >= 2
    assert frame.columns.is_unique
    assert all(isinstance(name, str) and name for name in frame)
    assert isinstance(frame.index, pd.RangeIndex)
    allowed = {"int64", "float64", "str", "bool", "boolean", "datetime64[us]"}
    assert set(map(str, frame.dtypes)) <= allowed
