"""Characters that cannot be seen are taken out of text and of Parquet, and this is told."""

import io

import pandas as pd
import pytest

from logreg_core.data import invisible, read_table
from logreg_core.data.invisible import INVISIBLE, without_invisible

VISIBLE = "ä – “q” € \u061c \ud55c\uff0c\U0001f600 e"


@pytest.mark.parametrize("mark", INVISIBLE)
def test_all_of_them_are_taken_out_and_nothing_else(mark):
    text = f"{mark}a,b\n{VISIBLE}{mark}{mark},{VISIBLE}\n{mark}"
    seen, told = without_invisible(text.encode())
    assert seen.decode() == text.replace(mark, "")
    assert told == ("Invisible characters were removed; the first stands in line 1.",)
    assert without_invisible(VISIBLE.encode()) == (VISIBLE.encode(), ())


@pytest.mark.parametrize("at_once", [1, 2, 3, 4, 5, 7])
def test_where_the_text_is_cut_to_look_at_it_makes_no_difference(monkeypatch, at_once):
    monkeypatch.setattr(invisible, "_LOOKED_AT_ONCE", at_once)
    text = "x\u200b\u202e–y\n\u2069" * 5
    assert without_invisible(text.encode())[0].decode() == "x–y\n" * 5
    assert without_invisible("\u200b".encode())[0] == b""


def test_parquet():
    buffer = io.BytesIO()
    frame = pd.DataFrame({"\u202egnp": ["yes", "yes\u200b", None], "n": [1, 2, 3]})
    frame.to_parquet(buffer)
    table = read_table(buffer.getvalue())
    assert list(table.frame) == ["gnp", "n"]
    assert table.frame["gnp"].tolist()[:2] == ["yes", "yes"]
    assert table.report.warnings == ["Invisible characters were removed from column “gnp”."]
