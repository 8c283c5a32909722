"""Good tables read to the same frame whatever the encoding, delimiter and line ends; what was assumed is told."""

import csv
import hashlib
import io
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg_core.data import read_table

TEXT = "city,age,rate\nKöln,30,1.5\nZürich,41,2.25\n"
FRAME = pd.DataFrame({"city": ["Köln", "Zürich"], "age": [30, 41], "rate": [1.5, 2.25]})


def _column(content: str, name: str = "x") -> pd.Series:
    return read_table(content.encode()).frame[name]


def _warnings(content: str) -> str:
    return "\n".join(read_table(content.encode()).report.warnings)


@pytest.mark.parametrize(
    ("encoding", "found", "assumed"),
    [
        ("utf-8", "UTF-8", False),
        ("utf-8-sig", "UTF-8 with a byte order mark", False),
        ("utf-16", "UTF-16", False),
        ("utf-16-le", "UTF-16", False),
        ("utf-16-be", "UTF-16", False),
        ("utf-32", "UTF-32", False),
        ("utf-32-be", "UTF-32", False),
        ("cp1252", "Windows-1252", True),
    ],
)
def test_encodings_read_to_the_same_frame(encoding: str, found: str, assumed: bool) -> None:
    table = read_table(TEXT.encode(encoding))
    pd.testing.assert_frame_equal(table.frame, FRAME)
    assert dict(table.report.facts)["Encoding"] == found
    assert any("was assumed" in warning for warning in table.report.warnings) == assumed


def test_other_alphabets_are_recognised_and_lone_accents_are_western() -> None:
    russian = "имя,возраст\nИван,30\nОльга,41\n"
    assert list(read_table(russian.encode("cp1251")).frame) == ["имя", "возраст"]
    assert read_table("a,b\n1,é\n2,ü\n".encode("cp1252")).frame["b"].tolist() == ["é", "ü"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("delimiter", "label"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "vertical bar")]
)
def test_delimiters_and_line_ends_read_to_the_same_frame(delimiter: str, label: str, line_end: str) -> None:
    table = read_table(TEXT.replace(",", delimiter).replace("\n", line_end).encode())
    pd.testing.assert_frame_equal(table.frame, FRAME)
    assert dict(table.report.facts)["Delimiter"] == label
    assert table.report.warnings == []


def test_blank_lines_and_the_sep_line_are_no_rows() -> None:
    expected = pd.DataFrame({"a": [1, 3], "b": [2, 4]})
    pd.testing.assert_frame_equal(read_table(b"\na,b\n\n1,2\n   \n3,4\n\n\n").frame, expected)
    pd.testing.assert_frame_equal(read_table(b"sep=;\r\na;b\r\n1;2\r\n3;4\r\n").frame, expected)
    table = read_table(b"a,b\n1,2\n,\n3,4\n")
    pd.testing.assert_frame_equal(table.frame, expected)
    assert table.report.warnings == ["1 row without any value was left out."]


def test_quoted_cells_keep_delimiters_quotes_and_lines() -> None:
    table = read_table(b'a,b\n1,"x, ""y""\nz"\n2,5" pipe\n')
    assert table.frame["b"].tolist() == ['x, "y"\nz', '5" pipe']


def test_a_quoted_cell_that_may_have_swallowed_rows_is_told() -> None:
    assert "begins in line 2" in _warnings('a,x\n1,"2\n3,4\n5,6"\n7,8\n')


def test_two_delimiters_that_fit_are_told() -> None:
    assert "commas would fit as well" in _warnings("a,b;c\n1,2;3\n")


class TestNames:
    def test_a_first_row_of_numbers_is_data(self) -> None:
        table = read_table(b"5.1,3.5,setosa\n4.9,3.0,virginica\n")
        assert list(table.frame) == ["column 1", "column 2", "column 3"]
        assert len(table.frame) == 2
        assert "read as data" in table.report.warnings[0]

    def test_years_as_names_stay_names_and_are_told(self) -> None:
        table = read_table(b"country,2019,2020\nA,1,2\n")
        assert list(table.frame) == ["country", "2019", "2020"]
        assert "2019" in table.report.warnings[0]

    def test_blank_and_repeated_names_are_repaired_and_told(self) -> None:
        table = read_table(b" a ,a,,a (2)\n1,2,3,4\n")
        assert list(table.frame) == ["a", "a (3)", "column 3", "a (2)"]
        told = "\n".join(table.report.warnings)
        assert "“column 3”" in told
        assert "“a (3)”" in told

    def test_a_trailing_delimiter_makes_no_column(self) -> None:
        table = read_table(b"a,b,\n1,2,\n3,4,\n")
        assert list(table.frame) == ["a", "b"]
        assert any("left out" in warning for warning in table.report.warnings)


class TestKinds:
    @pytest.mark.parametrize(
        ("cells", "dtype"),
        [
            (["1", "-2", "+3"], "int64"),
            (["1", "2.5", "1e3"], "float64"),
            (["1", "NA", "3"], "float64"),
            (["999999999999999", "1"], "int64"),
            (["1234567890123456", "1"], "int64"),
            (["12345678901234567890", "1"], "str"),
            (["01234", "10000"], "str"),
            (["0", "0.5", "-0.25"], "float64"),
            (["true", "FALSE"], "bool"),
            (["true", "?"], "boolean"),
            (["yes", "no"], "str"),
            (["0x1F", "0x20"], "str"),
            (["2024-01-31", "2024-02-29"], "datetime64[us]"),
            (["2024-01-31 10:30", "NA"], "datetime64[us]"),
            (["2024-02-30", "2024-01-31"], "str"),
            (["None", "x"], "str"),
        ],
    )
    def test_a_column_takes_the_type_all_cells_agree_on(self, cells: list[str], dtype: str) -> None:
        column = _column("x,y\n" + "".join(f"{cell},1\n" for cell in cells))
        assert str(column.dtype) == dtype

    def test_missing_spellings_are_missing_and_told(self) -> None:
        spellings = ["NA", "N/A", "NaN", "null", "NULL", "-", "?", ".", "#N/A", "missing", ""]
        table = read_table(("x,y\n" + "".join(f"{spelling},1\n" for spelling in spellings) + "7,1\n").encode())
        assert table.frame["x"].isna().sum() == len(spellings)
        told = dict(table.report.facts)["Read as missing"]
        assert all(f"“{spelling}”" in told for spelling in spellings if spelling)

    def test_the_word_none_is_a_level_of_a_text_column(self) -> None:
        assert _column("x,y\nNone,1\nNA,2\nold,3\n").tolist()[0] == "None"

    def test_one_text_cell_among_numbers_keeps_all_cells_and_is_told(self) -> None:
        content = "x,y\n" + "1,2\n" * 23_498 + "unknown,3\n" + "4,5\n" * 10
        column = _column(content)
        assert column.iloc[23_498] == "unknown"
        assert column.notna().all()
        assert _warnings(content) == "Column “x” is kept as text: line 23,500 holds “unknown” among numbers."

    def test_the_line_told_is_that_of_the_file(self) -> None:
        content = 'note,x\n\n"two\nlines",1\n,\nb,2\nc,odd\nd,4\n'  # blank line, cell of two lines, empty row
        assert "line 7 holds “odd”" in _warnings(content)

    def test_infinite_values_stay_and_are_told(self) -> None:
        content = "x,y\n1e999,1\n-inf,2\n3,3\n"
        np.testing.assert_array_equal(_column(content).to_numpy(), [np.inf, -np.inf, 3.0])
        assert "2 infinite values: “1e999” in line 2" in _warnings(content)

    def test_a_decimal_comma_is_read_where_commas_do_not_separate(self) -> None:
        table = read_table(b"x;y\n1,5;2\n-3,25;3\n7;4\n")
        np.testing.assert_array_equal(table.frame["x"].to_numpy(), [1.5, -3.25, 7.0])
        assert dict(table.report.facts)["Decimal mark"] == "comma"
        assert table.report.warnings == []

    def test_signs_taken_off_stand_among_the_facts(self) -> None:
        facts = dict(read_table("a;b;c;d\n1,5 €;5 %;7%;8\n-2,5 €;6 %;9%;9\n".encode()).report.facts)
        assert facts["Signs taken off"] == "“€” in “a”, “%” in 2 columns"

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            ("x;y\n1.234;2\n2.345;3\n", "taken as the decimal mark"),
            ("x;y\n1,234;2\n2,345;3\n", "taken as the decimal mark"),
            ('x,y\n"1,234",2\n"2,345",3\n', "separate thousands"),
            ("x,y\n$5,2\n7,3\n", "“$”, which not all cells have, was taken off"),
            ("x,y\n«a»,1\n«b»,2\n", "quotation marks"),
            ("x,y\n2024-01-31,1\n2024-02-01,2\n1.2.24,3\n", "line 4 holds “1.2.24” among dates"),
            ("x,y\n2024-02-30,1\n2024-01-31,2\n", "in line 2 is no day of the calendar"),
            ("x,y\n01234,1\n99999,2\n", "“01234” in line 2 begins with a zero"),
            ("x,y\n12345678901234567890,1\n1,2\n", "more digits than a number can hold"),
            ("x,y\n2024-01-31T12:00:00+02:00,1\n2024-01-31T12:00:00Z,2\n", "turned to UTC"),
            ("x,y\n a,1\nb ,2\n", "Spaces around"),
            ("x,y\na\ufffd,1\nb,2\n", "were lost"),
        ],
    )
    def test_what_may_be_meant_otherwise_is_told(self, content: str, told: str) -> None:
        assert told in _warnings(content)

    def test_many_alike_columns_are_told_in_few_sentences(self) -> None:
        header = ",".join(f"c{place}" for place in range(200))
        codes = ",".join(["01"] * 200)
        warnings = read_table(f"{header}\n{codes}\n{codes}\n".encode()).report.warnings
        assert len(warnings) == 6
        assert warnings[-1].startswith("195 more columns")


def test_sources_agree_and_carry_fingerprint_and_name(tmp_path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(TEXT.encode())
    tables = [
        read_table(TEXT.encode(), "people.csv"),
        read_table(path),
        read_table(str(path)),
        read_table(path.open("rb")),
    ]
    for table in tables:
        pd.testing.assert_frame_equal(table.frame, FRAME)
        assert table.fingerprint == hashlib.sha256(TEXT.encode()).hexdigest()
    assert [table.name for table in tables] == ["people.csv", "people.csv", "people.csv", ""]
    assert read_table(TEXT.encode(), "..\\../up/<b>x\x1b\n.csv").name == "<b>x.csv"


# Words begin with a letter that makes no number, date, truth value or missing spelling; spaces at the ends are trimmed.
_WORDS = st.text(alphabet=st.sampled_from(list("abz ,;|'\"é漢<$=\n")), max_size=8).map(lambda tail: "w" + tail.rstrip())
_ROWS = st.lists(
    st.tuples(
        st.integers(-(10**14), 10**14),
        st.floats(allow_nan=False, allow_infinity=False),
        _WORDS,
        st.datetimes(
            min_value=pd.Timestamp("1900-01-01").to_pydatetime(), max_value=pd.Timestamp("2100-01-01").to_pydatetime()
        ),
        st.booleans(),
    ),
    min_size=2,
    max_size=12,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(rows=_ROWS, delimiter=st.sampled_from([",", ";", "\t", "|"]), line_end=st.sampled_from(["\n", "\r\n"]))
def test_a_written_table_reads_back_the_same(rows: list[tuple], delimiter: str, line_end: str) -> None:
    names = ["whole", "measure", "word", "when", "flag"]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=line_end)
    writer.writerows([names, *((row[0], repr(row[1]), row[2], row[3].isoformat(" "), row[4]) for row in rows)])
    frame = read_table(buffer.getvalue().encode()).frame
    assert list(frame) == names
    assert frame["whole"].tolist() == [row[0] for row in rows]
    np.testing.assert_array_equal(frame["measure"].to_numpy(), [row[1] for row in rows])
    assert frame["word"].tolist() == [row[2] for row in rows]
    assert frame["when"].tolist() == [pd.Timestamp(row[3]) for row in rows]
    assert frame["flag"].tolist() == [row[4] for row in rows]


def test_importing_the_room_loads_nothing_heavy() -> None:
    heavy = "{'duckdb', 'sklearn', 'scipy', 'streamlit', 'statsmodels'}"
    check = f"import sys, logreg_core.data; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
