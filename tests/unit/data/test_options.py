"""What is said about how a file is to be read is understood, refused with a sentence, or told when it has no use."""

import io
import zipfile

import pytest

from logreg_core.data import ReadOptions, TableError, read_table

CSV = b"a,b\n1,2\n3,4\n5,6\n"
HALF = "\ud800"  # of a pair of surrogates


@pytest.mark.parametrize(
    "chosen",
    [
        {"missing": (HALF,)},
        {"missing": ("ok", 5)},
        {"kinds": 5},
        {"kinds": "number"},
        {"kinds": ((HALF, "text"),)},
        {"kinds": ((5, "text"),)},
        {"kinds": (("a", "colour"),)},
        {"delimiter": HALF},
        {"comment": HALF},
        {"encoding": HALF},
        {"sheet": HALF},
        {"sheet": "x" * 70_000},
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_else_is_raised(chosen) -> None:
    with pytest.raises(TableError, match="reading option") as refusal:
        read_table(CSV, options=ReadOptions(**chosen))
    what = refusal.value.what
    assert len(what.encode()) < 150
    assert what.count("“") == what.count("”")
    assert what.count("'") % 2 == 0 or "…" in what


def test_a_file_of_an_archive_can_be_chosen_however_long_its_name() -> None:
    packed = io.BytesIO()
    long = "x" * 400 + ".csv"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("first.csv", CSV)
        archive.writestr(long, b"c,d\n1,2\n3,4\n")
    assert list(read_table(packed.getvalue(), options=ReadOptions(sheet=long)).frame) == ["c", "d"]


def test_a_kind_for_a_column_that_is_not_there_is_told() -> None:
    kinds = {"b": "text", "price": "number", "<day>": "date"}
    table = read_table(CSV, options=ReadOptions(kinds=kinds))
    assert table.frame["b"].tolist() == ["2", "4", "6"]
    (told,) = [said for said in table.report.warnings if "kind was chosen" in said]
    assert told == "A kind was chosen for columns that are not in the table: “<day>”, “price”. It was not used."
    assert not read_table(CSV, options=ReadOptions(kinds={"b": "text"})).report.warnings
