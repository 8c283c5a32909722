"""What is exported opens in a spreadsheet as what it is, and never as a formula."""

import csv
import io
import random

import pandas as pd
import pytest

from logreg_core.data import read_table, to_csv_bytes, write


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-x", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x","y")'])
def test_text_that_begins_like_a_formula_gets_an_apostrophe(cell: str) -> None:
    written = to_csv_bytes(pd.DataFrame({"a": [cell, "b"], "n": [-1, 2]}))
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert rows == [["a", "n"], [f"'{cell}", "-1"], ["b", "2"]]


def test_names_are_cells_too_and_numbers_dates_and_holes_stay() -> None:
    frame = pd.DataFrame(
        {
            "=x": [-1.5, None],
            "when": pd.to_datetime(pd.Series(["2024-01-31", None])),
            "kind": pd.Categorical(["-a", "b"]),
            "flag": pd.array([True, None], dtype="boolean"),
        }
    )
    assert to_csv_bytes(frame).decode("utf-8-sig") == (
        '"\'=x",when,kind,flag\r\n-1.5,2024-01-31,"\'-a",True\r\n,,b,\r\n'
    )


@pytest.mark.parametrize(
    "cell",
    [
        "x;=1+1;y",
        ";=1+1",
        "x\n=1+1",
        "x\r\n-1",
        "x\t@a",
        "x|+1",
        'x;"=1+1',
        'x; " =1+1',
        "x;\n\n;=1",
        "\uff1d1+1",
        "x;\uff0d1",
        " =1+1",
        "\u00a0=1+1",
        "\u3000=1",
        "\n=1",
    ],
)
@pytest.mark.parametrize("place", ["first", "second", "name"])
def test_no_cell_is_a_formula_whatever_separates_cells_where_it_is_opened(cell: str, place: str) -> None:
    frame = pd.DataFrame({"n": [2], "o": [3]}) if place == "name" else pd.DataFrame({"n": ["a"], "o": ["b"]})
    if place == "name":
        frame.columns = ["n", cell]
    else:
        frame.iloc[0, int(place == "second")] = cell
    text = to_csv_bytes(frame).decode("utf-8-sig")
    for separator in ",;\t|":
        cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row]
        assert not [cell for cell in cells if cell.strip(' "\n\u00a0\u3000')[:1] in {*"=+-@\uff1d\uff0b\uff0d\uff20"}]
    back = list(csv.reader(io.StringIO(text, newline="")))
    assert back[0 if place == "name" else 1][int(place != "first")].replace("'", "") == cell


def test_text_with_signs_in_the_middle_is_left_alone() -> None:
    plain = ["a-b", "x, -y", "mail@example.org", "1 + 1 = 2", "a;b", "a; b-c", 'say "-"', "it's", "x\ny"]
    frame = pd.DataFrame({"a": plain, "n": range(len(plain))})
    rows = list(csv.reader(io.StringIO(to_csv_bytes(frame).decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:]] == plain


def test_every_text_that_needs_a_change_is_found() -> None:
    signs = random.Random(8)
    texts = ["".join(signs.choices(" =-\uff0ba;,|\"'\t\n\r\x00\x1c\x85\u00a0\u2028\u3000", k=5)) for _ in range(20_000)]
    frame = pd.DataFrame({"a": texts, "n": range(len(texts))})
    rows = list(csv.reader(io.StringIO(to_csv_bytes(frame).decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:]] == [write.harmless(text) for text in texts]


def test_long_runs_of_line_ends_are_written() -> None:  # minutes if each line end were looked at from each before it
    text = "x;" + "\n" * 200_000 + "y"
    content = to_csv_bytes(pd.DataFrame({"a": [text], "n": [1]})).decode("utf-8-sig")
    assert f'"{text}",1' in content


@pytest.mark.parametrize("names", [["=a", "'=a"], ["\x01x", "\u2401x"], ["'=a", "=a", "'=a (2)"], ["a", "a"]])
def test_names_that_become_one_keep_their_columns(names: list[str]) -> None:
    frame = pd.DataFrame([range(len(names))], columns=names)
    header, row = csv.reader(io.StringIO(to_csv_bytes(frame).decode("utf-8-sig"), newline=""))
    assert len(set(header)) == len(names)
    assert row == [str(place) for place in range(len(names))]


def test_every_kind_of_column_is_written_as_pandas_writes_it() -> None:
    when = pd.to_datetime(pd.Series(["2024-01-31 10:05:00", None, "2024-02-01 00:00:00"]))
    frame = pd.DataFrame(
        {
            "whole": [1, -2, 2**53 + 1],
            "holes": pd.array([1, None, -3], dtype="Int64"),
            "floats": [1.0, None, -0.1],
            "far": [float("inf"), float("-inf"), 1e300],
            "single": pd.Series([0.1, 2, None], dtype="float32"),
            "flag": [True, False, True],
            "text": ["a", None, 'x,"y"'],
            "empty": ["", "b", None],
            "level": pd.Categorical([2.5, None, 1.0]),
            "mixed": ["a", 1.5, None],
            "when": when,
            "parts": when + pd.Timedelta(milliseconds=5),
            "zone": when.dt.tz_localize("Europe/Berlin"),
            "huge": [10**30, None, -(10**30)],
        }
    )
    assert to_csv_bytes(frame).decode("utf-8-sig") == frame.to_csv(index=False, lineterminator="\r\n")
    assert to_csv_bytes(frame.iloc[:0]).decode("utf-8-sig") == frame.iloc[:0].to_csv(index=False, lineterminator="\r\n")
    one = frame[["text"]]
    assert to_csv_bytes(one).decode("utf-8-sig") == one.to_csv(index=False, lineterminator="\r\n")


def test_odd_frames_are_written_too() -> None:
    assert to_csv_bytes(pd.DataFrame(index=range(3))).decode("utf-8-sig") == ""
    odd = pd.DataFrame({"name": [[1, 2], "\udfff=x", None], "t": pd.Categorical(["=a", None, "b;-c"])})
    odd.columns = pd.Index(["\ud800", "t"], dtype=object)
    assert to_csv_bytes(odd).decode("utf-8-sig") == '?,t\r\n"[1, 2]","\'=a"\r\n?=x,\r\n,"b;\'-c"\r\n'
    days = pd.DataFrame({"day": pd.Series(["0001-01-01", "9999-12-31"], dtype="datetime64[s]"), "n": [1, 2]})
    assert to_csv_bytes(days).decode("utf-8-sig") == "day,n\r\n0001-01-01,1\r\n9999-12-31,2\r\n"


def test_a_table_of_several_pieces_is_written_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "_CELLS_AT_ONCE", 6)
    frame = pd.DataFrame({"n": range(10), "t": [f"=a{i}" if i % 3 else f'"{i}"' for i in range(10)]})
    rows = list(csv.reader(io.StringIO(to_csv_bytes(frame).decode("utf-8-sig"), newline="")))
    assert rows[1:] == [[str(i), f"'=a{i}" if i % 3 else f'"{i}"'] for i in range(10)]


def test_a_plain_table_reads_back_as_it_was() -> None:
    frame = pd.DataFrame({"name": ["Zoë", 'say "hi", you'], "n": [1, 2], "x": [0.1, -2.5]})
    pd.testing.assert_frame_equal(read_table(to_csv_bytes(frame)).frame, frame)


def test_control_characters_are_shown_and_command_no_terminal() -> None:
    frame = pd.DataFrame({"a\x1b[1m": ["\x1b[31mred", "b\x00\x07\x7f\x9b2J", "two\nlines\tand"], "n": [1, 2, 3]})
    text = to_csv_bytes(frame).decode("utf-8-sig")
    assert not [mark for mark in text if (ord(mark) < 32 and mark not in "\t\r\n") or 0x7F <= ord(mark) < 0xA0]
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0][0] == "a\u241b[1m"
    assert rows[1][0] == "\u241b[31mred"
    assert rows[2][0] == "b\u2400\u2407\u2421\ufffd2J"
    assert rows[3][0] == "two\nlines\tand"
    assert to_csv_bytes(pd.DataFrame({"a": ["\x1b=1+1"], "n": [1]})).decode("utf-8-sig") == "a,n\r\n\u241b=1+1,1\r\n"
