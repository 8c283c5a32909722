"""What cannot be a table is refused by name, with the line and a remedy, and only ever as a TableError."""

import pytest

from logreg_core.data import TableError, read_table


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Office document"),
        (b"%PDF-1.7\n1 0 obj", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        (b"GIF89a\1\0\1\0", "a GIF picture"),
        (b"\n <!DOCTYPE html><html><body>Sign in, please</body></html>", "a web page"),
        (b"<HTML>\n<head>", "a web page"),
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
        (b"a,b\n1,2\n3,4,5\n6\n7\n8\n", "same number of cells", "Line 3 has 3 cells, where most rows have 2."),
        (b"a,b,c\n1,2\n3,4\n5,6\n", "same number of cells", "Line 1 has 3 cells"),
        (b'a,b\n1,2\n3,"4\n5,6\n', "never closed", "line 3"),
        (b'a,b\n1,"' + b"3,4\n" * 40_000, "longer than 131,072", "line 2"),
        (b"a,b\n1,2\n3,\x004\n" + b"5,6\n" * 99, "NUL", "line 3"),
        (bytes(range(1, 256)) * 20, "control characters", ""),
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


def test_a_refusal_in_other_words_keeps_what_can_be_chosen_and_that_no_choice_helps() -> None:
    error = TableError("This file is odd.", remedy="Mend it.", choices=("a", "b"), is_final=True)
    other = error.retold("This sheet is odd.", where="Row 2.", remedy="Mend it.")
    assert str(other) == "This sheet is odd. Row 2. Mend it."
    assert (other.choices, other.is_final) == (("a", "b"), True)
    assert error.retold("x", where="", remedy="", choices=("c",)).choices == ("c",)
