"""A table that is cut in parts, side by side, is the table that is cut in one piece."""

from __future__ import annotations

import threading

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from logreg_core.data import cut as cutting
from logreg_core.data import parts, read_table, threads
from logreg_core.data.body import Body
from logreg_core.data.gathered import Gathered
from logreg_core.data.parts import part
from logreg_core.data.table import Table
from logreg_core.data.threads import Threads
from logreg_core.errors import TableError
from tests.unit.data.same_reading import assert_same, outcome

QUICK = {"deadline": None, "derandomize": True, "phases": [Phase.explicit, Phase.generate]}
KINDS = {
    "whole": ["1", "-20", "300"],
    "measure": ["0.5", "-1.25", "3"],
    "word": ["red", "green", "a b", "é漢"],
    "quoted": ['"a,b"', '"x"', '"say ""so"""', '""', "plain"],
    "lines": ['"two\nlines"', '"two\r\nlines"', "one", '"\n"'],
    "truth": ["true", "false"],
    "date": ["2024-01-31", "2023-05-06"],
    "digits": ["20240131", "20230506"],
    "empty": [""],
    "gaps": ["", "7"],
    "long": ["12345678901234567890", ""],
    "power": ["1E4", "20000"],
    "code": ["007", "01"],
}
LATE = ["", "NA", "007", "-01", "+5", "2.5", "text", "9007199254740993", "9" * 25, "1e999", "12E4", '"q"', "true"]


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """Draw a table that changes in its last rows: other cells, other widths, quotation marks out of order."""
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=2, max_size=5))
    row = st.tuples(*(st.sampled_from(KINDS[kind]) for kind in kinds)).map(list)
    rows = draw(st.lists(row, min_size=3, max_size=30))
    for place in draw(st.sets(st.integers(0, len(kinds) - 1), max_size=2)):
        rows[draw(st.integers(len(rows) // 2, len(rows) - 1))][place] = draw(st.sampled_from(LATE))
    if draw(st.integers(0, 5)) == 0:  # one cell moves from one row to another: the counts stay as they are
        taker, giver = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, len(rows) - 1))
        rows[taker].append(rows[giver].pop())
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = [",".join(f"name{place}" for place in range(len(kinds))), *(",".join(cells) for cells in rows)]
    if draw(st.integers(0, 9)) == 0:
        lines.insert(draw(st.integers(1, len(lines))), draw(st.sampled_from(["", '7,"open', 'a"b,7'])))
    return (end.join(lines) + draw(st.sampled_from(["", end]))).encode()


def in_parts(content: bytes, size: int, n: int) -> Table | str:
    with pytest.MonkeyPatch.context() as patch:
        for module in (threads, parts):
            patch.setattr(module, "n_threads", lambda: n)
        patch.setattr(parts, "_SMALLEST", size)
        patch.setattr(parts, "_USUAL", size)
        return outcome(content)


@settings(max_examples=150, **QUICK)
@given(content=tables(), size=st.sampled_from([1, 7, 40, 200]), n=st.integers(1, 3))
def test_parts_of_any_size_give_the_same_table(content, size, n) -> None:
    assert_same(in_parts(content, size, n), in_parts(content, 2**30, 1))


ABOVE = [f"{row},{row / 4},red,true,{row % 5}" for row in range(1, 200)]


@pytest.mark.parametrize(
    "last",
    [
        "007,0.5,red,true,1",
        "1.5,0.5,red,true,1",
        ",0.5,red,true,1",
        "text,0.5,red,true,1",
        "9007199254740993,0.5,red,true,1",
        "1,99999999999999999999,red,true,1",
        "1,,red,true,1",
        "1,0.5,,true,1",
        '1,0.5,"a,b",true,1',
        '1,0.5,"a\nb",true,1',
        "1,0.5,red,perhaps,1",
        "1,0.5,red,,1",
        "1,0.5,red,true,",
        "1,0.5,red,true,12E4",
        "1,0.5,red,true",
        "1,0.5,red,true,1,2",
        '1,0.5,"red,true,1',
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_only_the_last_part_shows_holds_for_the_column(last, end) -> None:
    content = end.join(["a,b,c,d,e", *ABOVE, last, ""]).encode()
    for size in (64, 500, 1_500):
        assert_same(in_parts(content, size, 2), in_parts(content, 2**30, 1))


def test_no_number_of_any_part_is_rounded_where_one_is_beyond_what_doubles_hold() -> None:
    content = "\n".join(["a,b", *(f"{row},x" for row in range(500)), "9007199254740993,y", ""]).encode()
    table = in_parts(content, 300, 2)
    assert isinstance(table, Table)
    assert table.frame["a"].tolist() == [*range(500), 9007199254740993]


@pytest.mark.parametrize("big", ["12345678901234567890", "123456789012345678901"])
@pytest.mark.parametrize("size", [20, 2**30])
def test_an_empty_cell_among_numbers_too_long_is_missing(big, size) -> None:
    table = in_parts(f"id,x\n{big},1\n5,1\n,2\n{big[:-1]}7,3\n".encode(), size, 2)
    assert isinstance(table, Table)
    assert table.frame["id"].isna().tolist() == [False, False, True, False]


@pytest.mark.parametrize("has_quotes", [False, True])
def test_parts_begin_with_rows(monkeypatch, has_quotes) -> None:
    monkeypatch.setattr(parts, "_SMALLEST", 10)
    monkeypatch.setattr(parts, "_USUAL", 10)
    rows = [f'{row},"a\nb ""{row}"",\n"\n' if has_quotes else f"{row},a\n" for row in range(50)]
    text = "".join(rows).encode()
    spans = part(text, 0, len(text), has_quotes=has_quotes)
    assert len(spans) > 20
    assert b"".join(text[slice(*span)] for span in spans) == text
    assert all(text[start:stop].split(b",")[0].isdigit() for start, stop in spans)


def test_a_quotation_mark_out_of_order_costs_no_search_through_the_file() -> None:
    text = b'7,a"b\n' + b'7,"a"\n' * 2_000_000
    assert len(part(text, 0, len(text), has_quotes=True)) == 1


def test_an_error_in_any_part_comes_out_and_leaves_no_thread(monkeypatch) -> None:
    monkeypatch.setattr(threads, "n_threads", lambda: 3)
    before = threading.active_count()
    done = []

    def job(number: int) -> int:
        if number == 5:
            raise MemoryError
        done.append(number)
        return number

    with pytest.raises(MemoryError), Threads(100) as several:
        several.map(job, range(1_000_000))
    assert len(done) < 1_000_000
    assert threading.active_count() == before


def test_jobs_are_answered_in_their_order(monkeypatch) -> None:
    monkeypatch.setattr(threads, "n_threads", lambda: 4)
    with Threads(1_000) as several:
        assert several.map(lambda number: number**2, range(1_000)) == [number**2 for number in range(1_000)]


def test_an_error_of_pandas_that_is_none_of_the_text_is_not_swallowed(monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(cutting, "_read", fail)
    with pytest.raises(MemoryError):
        cutting.cut(Body(b"1,2\n3,4\n", 0, 8, ",", 2, lambda row: row + 1))


def test_whole_numbers_become_measures_where_a_later_part_holds_some() -> None:
    gathered = Gathered(2, [2, 1])
    gathered.put(0, 1, pd.Series([1, 2]))
    gathered.put(1, 1, pd.Series([0.5]))
    gathered.put(0, 0, pd.Series([True, False]))
    gathered.put(1, 0, pd.Series([np.nan]))
    assert gathered.column(0) is None
    column = gathered.column(1)
    assert column is not None
    assert column.tolist() == [1.0, 2.0, 0.5]


def test_the_share_that_is_cut_is_told_in_the_callers_thread_and_may_be_stopped(monkeypatch) -> None:
    monkeypatch.setattr(parts, "_SMALLEST", 2_000)
    monkeypatch.setattr(parts, "_USUAL", 2_000)
    content = b"a,b\n" + b"".join(b"%d,%d\n" % (row, row % 7) for row in range(5_000))
    told: list[tuple[float, str, int]] = []
    with monkeypatch.context() as alone:
        alone.setattr(threads, "n_threads", lambda: 1)  # else other threads may cut nearly all parts
        read_table(content, watch=lambda share, what: told.append((share, what, threading.get_ident())))
    shares = [share for share, what, _ in told if what == "Cutting rows into cells"]
    assert len(shares) > 3
    assert shares == sorted(shares)
    assert {thread for _, _, thread in told} == {threading.get_ident()}

    def stop(share: float, _: str) -> None:
        if share > 0.4:
            raise InterruptedError

    before = threading.active_count()
    with pytest.raises(InterruptedError):
        read_table(content, watch=stop)
    assert threading.active_count() == before


def test_a_line_of_many_delimiters_behind_a_quotation_mark_is_refused() -> None:  # a minute if each were tried
    with pytest.raises(TableError, match="never closed"):
        read_table(b'id,x\n1,2\n"' + b"," * 60_000 + b"\n3,4\n")
