"""What is exported opens in a spreadsheet as what it is, and never as a formula."""

import csv
import io

import pandas as pd
import pytest

from logreg_core.data import read_table, to_csv_bytes


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-x", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x","y")'])
def test_text_that_begins_like_a_formula_gets_an_apostrophe(cell: str) -> None:
    written = to_csv_bytes(pd.DataFrame({"a": [cell, "b"], "n": [-1, 2]}))
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert rows == [["a", "n"], [f"'{cell}", "-1"], ["b", "2"]]


def test_names_are_cells_too_and_numbers_dates_and_holes_stay() -> None:
    frame = pd.DataFrame(
        {
            "=x": [-1.5, None],
            "when": pd.to_datetime(["2024-01-31", None]),
            "kind": pd.Categorical(["-a", "b"]),
            "flag": pd.array([True, None], dtype="boolean"),
        }
    )
    assert to_csv_bytes(frame).decode("utf-8-sig") == "'=x,when,kind,flag\r\n-1.5,2024-01-31,'-a,True\r\n,,b,\r\n"


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
