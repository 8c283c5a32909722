"""Decimal commas with a point between thousands, and which cell is named where a column stays text."""

import pytest

from logreg_core.data import read_table


def _read(*cells):
    return read_table("x;y\n{}".format("".join(f"{cell};1\n" for cell in cells)).encode())


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["-33,40", "1.370,64", "5,10"], [-33.4, 1370.64, 5.1]),
        (["1,5", "1.234.567", "?"], [1.5, 1234567.0, None]),
        (["7", "+1.234", "0,25"], [7.0, 1234.0, 0.25]),
    ],
)
def test_points_between_thousands_are_read_and_stand_among_the_facts(cells, values):
    table = _read(*cells)
    assert table.frame["x"].astype(object).where(table.frame["x"].notna(), None).tolist() == values
    assert not any("thousands" in warning for warning in table.report.warnings)
    facts = dict(table.report.facts)
    assert (facts["Decimal mark"], facts["Thousands mark"]) == ("comma", "point")


@pytest.mark.parametrize(
    ("cells", "culprit"),
    [
        (["-33,40", "1.370,64x", "5,10"], "line 3 holds “1.370,64x” among numbers"),
        (["-33,40", "1.370,64", "n.v."], "line 4 holds “n.v.” among numbers"),
        (["-33,40", "13.70,64", "5,10"], "line 3 holds “13.70,64” among numbers"),
        (["1,5", "2,5", "1.5"], "line 4 holds “1.5” among numbers"),
        (["7", "8", "1,5", "9", "odd"], "line 6 holds “odd” among numbers"),
        (["7", "8", "1.5", "9", "odd"], "line 6 holds “odd” among numbers"),
        (["1,5", "2,5", "0.123,4"], "line 4 holds “0.123,4” among numbers"),
        (
            ["1,234", "1.234"],
            "its numbers differ in form (“1,234” and “1.234” in line 3)",
        ),  # either mark may be the decimal one
    ],
)
def test_a_column_that_stays_text_names_the_cell_that_does_not_fit(cells, culprit):
    table = _read(*cells)
    assert table.frame["x"].tolist() == cells
    assert culprit in table.report.warnings[0]


@pytest.mark.parametrize(
    "cells", [("555 123", "555 345"), ("732 829 320", "552 100 554"), ("150.142.140", "150.142.141")]
)
def test_groups_of_three_digits_throughout_may_be_codes_and_are_told(cells):
    table = _read(*cells)
    assert [
        f"“{cells[0]}” was taken to separate thousands; if these are codes" in told for told in table.report.warnings
    ] == [True]


@pytest.mark.parametrize("cells", [("1 234 567", "345 678"), ("1.234.567", "2.345.678"), ("234,5", "1 234,5")])
def test_numbers_of_other_lengths_are_no_codes(cells):
    assert _read(*cells).report.warnings == []
