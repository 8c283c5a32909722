"""The glance at a table (counts only) never hides what the survey (every cell) would have seen."""

from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from logreg_core.data import cut as cutting
from logreg_core.data import survey as surveying
from logreg_core.data.body import Body
from logreg_core.data.survey import glance, survey
from tests.unit.data.same_reading import assert_same, outcome

QUICK = {"deadline": None, "derandomize": True, "phases": [Phase.explicit, Phase.generate]}

KINDS = {
    "whole": st.integers(-(10**6), 10**6).map(str),
    "small": st.integers(0, 2).map(str),
    "measure": st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: f"{number:.3f}"),
    "power": st.integers(0, 9).map(lambda digit: f"{digit}E4"),
    "word": st.sampled_from(["red", "green", "longer text", "+plus", "-0 minus", "0x1f", "é漢"]),
    "truth": st.sampled_from(["true", "false"]),
    "date": st.dates().map(str),
    "american": st.dates().map(lambda day: day.strftime("%m/%d/%Y")),
    "missing": st.sampled_from(["", "7", "2.5"]),
}
LATE = (
    "",
    "NA",
    "-",
    "007",
    "-01",
    "+5",
    "00.5",
    "0",
    "9007199254740993",
    "9" * 25,
    "1e999",
    "nan",
    "text",
    "1,5",
    " 3",
)
"""Cells that change what a column is, to stand only in its last row."""


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """Draw a table whose columns are each of one kind, but perhaps for the last row; sometimes of unequal rows."""
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=2, max_size=6))
    rows = draw(st.lists(st.tuples(*(KINDS[kind] for kind in kinds)).map(list), min_size=3, max_size=40))
    for place in draw(st.sets(st.integers(0, len(kinds) - 1), max_size=2)):
        rows[-1][place] = draw(st.sampled_from(LATE))
    if draw(st.integers(0, 4)) == 0:  # one cell moves from one row to another: the counts stay as they are
        taker, giver = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, len(rows) - 1))
        rows[taker].append(rows[giver].pop())
    mark, end = draw(st.sampled_from([",", ";", "\t", "|"])), draw(st.sampled_from(["\n", "\r\n"]))
    lines = [mark.join(f"name{place}" for place in range(len(kinds))), *(mark.join(row) for row in rows)]
    return (end.join(lines) + draw(st.sampled_from(["", end]))).encode()


@settings(max_examples=150, **QUICK)
@given(content=tables(), block=st.sampled_from([5, 16, 64, 2**17]))
def test_fast_path_and_careful_path_give_the_same_frame_and_report(content, block) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(surveying, "_SMALL_BLOCK", block)
        fast = outcome(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "glance", lambda *_, **__: None)
        careful = outcome(content)
    assert_same(fast, careful)


@settings(max_examples=300, **QUICK)
@given(
    content=st.lists(st.sampled_from([*b",,,\n\n\r001+- .aE9"]), min_size=1, max_size=60).map(bytes),
    width=st.integers(2, 4),
    block=st.sampled_from([4, 7, 2**17]),
)
def test_a_glance_without_doubt_is_what_the_survey_says(content, width, block) -> None:
    whole = np.frombuffer(content, np.uint8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(surveying, "_SMALL_BLOCK", block)
        counted = glance(whole, ",", width)
    rows = [line.split(b",") for line in content.removesuffix(b"\n").split(b"\n") if line]
    if counted and len(rows) == counted.n_rows and min(map(len, rows)) >= width:  # as whoever cuts them has to see
        seen = survey(whole, ",", width, has_quotes=False)
        assert seen.n_rows == counted.n_rows
        assert seen.coded.any() == (counted.n_codes > 0)


@settings(max_examples=300, **QUICK)
@given(
    content=st.lists(st.sampled_from(['"', '""', ",", '","', "\n", '"\n"', "7", '"x,y"']), min_size=1, max_size=40),
    width=st.integers(2, 4),
    block=st.sampled_from([4, 7, 2**17]),
)
def test_a_glance_at_quoted_cells_without_doubt_is_what_the_survey_says(content, width, block) -> None:
    text = "".join(content)
    whole = np.frombuffer(text.encode(), np.uint8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(surveying, "_SMALL_BLOCK", block)
        counted = glance(whole, ",", width)
    rows = [row for row in csv.reader(io.StringIO(text + '"', newline="")) if row]
    is_open = rows == [row for row in csv.reader(io.StringIO(text, newline="")) if row]  # pandas raises at such an end
    if counted and not is_open and len(rows) == counted.n_rows and min(map(len, rows)) >= width:
        assert survey(whole, ",", width, has_quotes=True).n_rows == counted.n_rows


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_most_clean_tables_need_no_more_than_the_glance(mark) -> None:
    rows = [[row, f"-0.{row}", row % 7, "word", f"2024-01-{row % 28 + 1:02}"] for row in range(1, 5_000)]
    lines = "".join(mark.join(map(str, row)) + "\n" for row in rows)
    assert glance(np.frombuffer(lines.encode(), np.uint8), mark, 5) == (4_999, 0)


@pytest.mark.parametrize("cell", ["007", "-01", " 01", "+5", "-+5", "00", "'01", ""])
@pytest.mark.parametrize("row", ["{},1,2", "1,{},2", "1,2,{}"])
@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("above", [0, 1, 40_000, 43_688, 43_689, 43_690, 43_691])
@pytest.mark.parametrize("mark", [",", ";"])
def test_a_code_at_any_place_is_a_doubt(cell, row, end, above, mark) -> None:
    content = ("1,2,3\n" * above + row.format(cell) + end).replace(",", mark).encode()
    whole = np.frombuffer(content, np.uint8)
    seen = survey(whole, mark, 3, has_quotes=False)
    assert seen.n_rows == above + 1
    counted = glance(whole, mark, 3)
    assert counted is not None
    assert counted.n_codes == seen.coded.any()


@pytest.mark.parametrize("at", [1, 255, 2**16, 2**17, 2**18, 2**18 + 1, 2**19, 2**19 - 1])
def test_a_short_row_that_makes_up_for_a_long_one_is_seen_wherever_pandas_begins_a_piece(at) -> None:
    rows = ["1,2"] * 600_000
    rows[at], rows[-1] = "1,2,3", "1"
    utf8 = "\n".join(rows).encode()
    assert glance(np.frombuffer(utf8, np.uint8), ",", 2) == (len(rows), 0)  # by counts alone nothing is wrong
    assert cutting.cut(Body(utf8, 0, len(utf8), ",", 2, lambda row: row + 1)) is None


def test_a_reader_that_lets_a_long_row_pass_is_not_trusted(monkeypatch) -> None:
    utf8 = b"1,2\n3,4,5\n6\n"  # as many delimiters as three rows of two cells have
    lenient = pd.DataFrame({0: [1, 3, 6], 1: [2.0, 4.0, np.nan]})
    monkeypatch.setattr(cutting, "_read", lambda *_, **__: lenient)
    assert cutting.cut(Body(utf8, 0, len(utf8), ",", 2, lambda row: row + 1)) is None
