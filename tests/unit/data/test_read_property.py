"""The same table, written with any delimiter, quoting, encoding and line end, reads to the same frame."""

from __future__ import annotations

import csv
import datetime as dt
import io

import numpy as np
import pandas as pd
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from logreg_core.data import read_table

# Words begin with a letter that makes no number, date, truth value, title or missing spelling.
WORDS = st.text(alphabet=st.sampled_from(list("abz ,;|\t'\"é漢ß€<$=&")), max_size=8).map(
    lambda tail: "w" + tail.rstrip()
)
QUICK = {"deadline": None, "derandomize": True, "phases": [Phase.explicit, Phase.generate]}  # shrinking takes minutes
WESTERN = st.text(alphabet=st.sampled_from(list("abzéüß, ")), max_size=8).map(lambda tail: "w" + tail.rstrip())
DATES = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0))


def rows_of(words: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple]]:
    finite = st.floats(-1e12, 1e12, allow_nan=False).map(lambda number: round(number, 4) + 0.0)
    row = st.tuples(st.integers(-(10**14), 10**14), finite, words, DATES, st.booleans())
    return st.lists(row, min_size=3, max_size=15)


def written(rows: list[tuple], mark: str, end: str, quoting: int, *, comma: bool = False) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=mark, lineterminator=end, quoting=quoting)
    writer.writerow(["whole", "measure", "word", "when", "flag"])
    for whole, measure, word, when, flag in rows:
        number = f"{measure:.4f}"
        writer.writerow([whole, number.replace(".", ",") if comma else number, word, when.isoformat(" "), flag])
    return buffer.getvalue()


def assert_reads(content: bytes, rows: list[tuple]) -> None:
    frame = read_table(content).frame
    assert list(frame) == ["whole", "measure", "word", "when", "flag"]
    assert frame["whole"].tolist() == [row[0] for row in rows]
    np.testing.assert_array_equal(frame["measure"].to_numpy(), [float(f"{row[1]:.4f}") for row in rows])
    assert frame["word"].tolist() == [row[2] for row in rows]
    assert frame["when"].tolist() == [pd.Timestamp(row[3]) for row in rows]
    assert frame["flag"].tolist() == [row[4] for row in rows]


@settings(max_examples=150, **QUICK)
@given(
    rows=rows_of(WORDS),
    mark=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]),
)
def test_dialects_and_encodings_make_no_difference(rows, mark, end, quoting, encoding) -> None:
    assert_reads(written(rows, mark, end, quoting).encode(encoding), rows)


@settings(max_examples=60, **QUICK)
@given(rows=rows_of(WESTERN), mark=st.sampled_from([";", "\t", "|"]), end=st.sampled_from(["\n", "\r\n"]))
def test_decimal_commas_make_no_difference(rows, mark, end) -> None:
    assert_reads(written(rows, mark, end, csv.QUOTE_MINIMAL, comma=True).encode("cp1252"), rows)


@settings(max_examples=40, **QUICK)
@given(
    rows=rows_of(WESTERN),
    title=st.sampled_from(["Report 2024", "Ward 3, July"]),
    note=st.sampled_from(["", "Source: us"]),
)
def test_titles_and_notes_make_no_difference(rows, title, note) -> None:
    content = f"{title}\n\n{written(rows, ';', chr(10), csv.QUOTE_MINIMAL)}\n{note}\n"
    assert_reads(content.encode(), rows)
