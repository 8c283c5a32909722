"""Whatever the bytes, the answer is a table that keeps its promises or a TableError; never another exception.

``LOGIT_LAB_FUZZ=200000`` tries more; a failure names the seed and number of the bytes.
"""

from __future__ import annotations

import json
import os

import numpy as np
import pandas as pd

from logreg_core.data import ReadOptions, Table, TableError, read_table
from tests.unit.data.reading_cases import CASES, GRID, TABLE, old_workbook, parquet, workbook

SEED = 20261124
ROUNDS = int(os.environ.get("LOGIT_LAB_FUZZ", "10000"))
SMALL = [case.content for case in CASES if 0 < len(case.content) < 4_000]
PARTS = [
    b",",
    b";",
    b"\t",
    b"|",
    b'"',
    b"'",
    b"\n",
    b"\r",
    b"\r\n",
    b"sep=;",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xe9",
    b" ",
    b"\\",
]
CELLS = [
    *(
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
    ),
    *(
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
    ),
    *(
        b"5%",
        b"(3)",
        b"31.12.24",
        b"1/2/2024",
        b"Jan 5, 2024",
        b"# x",
        b"Total",
        b"None",
        b"20240131",
        b"1'234",
        b"12-",
        b"kg",
    ),
]


def fuzzed(rng: np.random.Generator) -> bytes:
    """Return noise, a soup of what tables are made of, rows of odd cells, or a good file with bytes damaged."""

    def drawn(parts: list[bytes], count: int) -> list[bytes]:
        return [parts[place] for place in rng.integers(len(parts), size=count)]

    sort = rng.integers(5)
    if sort == 0:
        return rng.integers(0, 256, rng.integers(1, 400), dtype=np.uint8).tobytes()
    if sort == 1:
        return b"".join(drawn(PARTS + CELLS, int(rng.integers(1, 120))))
    if sort == 2:
        mark, end = drawn(PARTS[:4], 1)[0], drawn([b"\n", b"\r\n", b"\r"], 1)[0]
        width = int(rng.integers(2, 6))
        return end.join(mark.join(drawn(CELLS, width)) for _ in range(rng.integers(1, 12)))
    return damaged(rng, SMALL[int(rng.integers(len(SMALL)))])


def damaged(rng: np.random.Generator, content: bytes) -> bytes:
    """Return a file with some bytes changed, cut out, doubled or put in."""
    data = bytearray(content)
    for _ in range(rng.integers(1, 5)):
        at = int(rng.integers(len(data))) if data else 0
        change = rng.integers(4)
        if change == 0 and data:
            data[at] = int(rng.integers(256))
        elif change == 1:
            del data[at : at + int(rng.integers(1, 12))]
        elif change == 2:
            data[at:at] = data[at : at + int(rng.integers(1, 60))]
        else:
            data[at:at] = PARTS[int(rng.integers(len(PARTS)))]
    return bytes(data)


def assert_sound(table: Table) -> None:
    """Hold what ``Table`` promises of every frame."""
    frame = table.frame
    assert len(frame) > 0
    assert frame.shape[1] >= 2
    assert frame.columns.is_unique
    assert all(isinstance(name, str) and name for name in frame)
    assert isinstance(frame.index, pd.RangeIndex)
    assert set(map(str, frame.dtypes)) <= {"int64", "float64", "str", "bool", "boolean", "datetime64[us]"}
    assert all(isinstance(sentence, str) and sentence for sentence in table.report.warnings)
    assert table.report.detected is not None
    json.dumps(table.report.detected.to_dict())


def test_fuzzed_bytes_give_a_table_or_a_table_error() -> None:
    n_tables = 0
    for number in range(ROUNDS):
        content = fuzzed(np.random.default_rng([SEED, number]))
        try:
            table = read_table(content)
        except TableError:
            continue
        except BaseException as error:
            error.add_note(f"bytes number {number}: {content!r}")
            raise
        n_tables += 1
        assert_sound(table)
    assert 0.1 * ROUNDS < n_tables < 0.9 * ROUNDS  # the fuzz reaches both sides


def test_damaged_workbooks_and_parquet_are_refused_or_read() -> None:
    # calamine panics on some damaged .xls files, which is no Exception in Python.
    files = [old_workbook(GRID * 5), workbook(Data=GRID), parquet(TABLE)]
    outcomes: set[tuple[int, bool]] = set()
    for number in range(240):
        rng = np.random.default_rng([SEED, 1, number])
        which = number % len(files)
        data = bytearray(files[which])
        for _ in range(rng.integers(1, 6)):
            at = int(rng.integers(len(data)))
            if rng.random() < 0.7:
                data[at] = int(rng.integers(256))
            else:
                del data[at : at + int(rng.integers(1, 50))]
        try:
            assert_sound(read_table(bytes(data)))
            outcomes.add((which, True))
        except TableError:
            outcomes.add((which, False))
    assert {(0, False), (1, False), (2, False), (0, True)} <= outcomes


def chosen(rng: np.random.Generator, columns: list[str]) -> ReadOptions:
    """Return a few choices a user can make, fitting or not."""

    def one_of(*choices: object) -> object:
        return choices[int(rng.integers(len(choices)))]

    kinds = [(name, str(one_of("number", "date", "yes/no", "text"))) for name in columns if rng.random() < 0.6]
    return ReadOptions(
        delimiter=one_of(None, None, ",", ";", "\t"),
        decimal=one_of(None, None, ".", ","),
        thousands=one_of(None, None, "", ",", "."),
        day_first=one_of(None, True, False),
        skip_rows=one_of(None, None, 0, 1, 5),
        header_rows=one_of(None, None, 0, 1, 2),
        footer_rows=one_of(None, None, 0, 1),
        missing=one_of(None, None, (), ("a", "1")),
        kinds=tuple(sorted(kinds)) or None,
    )


def test_fuzzed_bytes_with_choices_give_a_table_or_a_table_error() -> None:
    n_tables = 0
    for number in range(ROUNDS // 20):
        rng = np.random.default_rng([SEED, 2, number])
        content = fuzzed(rng)
        try:
            first = read_table(content)
        except TableError:
            continue
        options = chosen(rng, list(first.frame.columns))
        try:
            table = read_table(content, options=options)
        except TableError:
            continue
        except BaseException as error:
            error.add_note(f"bytes number {number}: {content!r} with {options}")
            raise
        n_tables += 1
        assert_sound(table)
    assert n_tables > ROUNDS // 200


def test_infinite_numbers_above_a_total_are_no_fault() -> None:
    table = read_table(b"a;b\nx;1e999\ny;-1e999\nz;3\nv;4\nTotal;7\n")
    assert table.frame.shape[1] == 2
