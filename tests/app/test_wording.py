"""Numbers as the pages write them."""

import pytest

from logreg_core.charts.text import shorten
from pages.shared.wording import duration, label, loss, number, plain, shortened


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [
        (0.2353, 4, "0.2353"),
        (44980.3, 4, "44,980"),
        (12.3456, 3, "12.3"),
        (1234567.0, 3, "1,230,000"),
        (2e12, 3, "2e+12"),
        (0.00052, 2, "0.00052"),
        (-1.844e-7, 3, "-0.00000018"),
        (9.99e-4, 3, "0.00100"),
        (-3e-10, 3, "almost 0"),
        (0.0, 3, "0.000"),
        (float("nan"), 3, "–"),
        (-15.26, 3, "-15.3"),
    ],
)
def test_a_number_is_written_without_an_exponent_where_it_can_be_read(value, digits, said):
    assert number(value, digits) == said


def test_a_loss_never_reads_as_nothing():
    assert [loss(value) for value in (0.2353, 8.9e-12, 0.0, 44980.3)] == ["0.2353", "< 0.0001", "0.0000", "44,980"]
    assert loss(float("nan")) == "–"


def test_a_time_too_short_to_measure_is_only_called_that():
    assert duration(0.00052) == "less than 0.01 seconds"
    assert duration(3.7) == "3.70 seconds"
    assert duration(75.2) == "75 seconds"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("weight of height_cm", "weight of height_cm"),
        ("a-b (c) d.e, 50 %: f", "a-b (c) d.e, 50 %: f"),
        ("_x_ a__b", "\\_x\\_ a\\_\\_b"),
        ("**x** $y$ :red[q] &amp;", "\\*\\*x\\*\\* \\$y\\$ \\:red\\[q\\] \\&amp;"),
        ("# big", "\\# big"),
        ("- item", "\\- item"),
        ("2015. year", "2015\\. year"),
        ("a@b.de", "a@\u2060b.de"),
    ],
)
def test_a_label_has_a_backslash_only_where_the_text_would_do_something(name, written):
    """A label is read out as it is written."""
    assert label(name) == written


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("evil\x1b[31m\n.csv", "evil [31m .csv"),
        ("a\u202etxt.exe", "atxt.exe"),
        ("a\x00b\x9b2J", "a b 2J"),
        ("\ud800half", "half"),
        ("Donau\u00addampf", "Donaudampf"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
    ],
)
def test_what_cannot_be_seen_stands_in_no_name_on_a_page_nor_in_a_chart(text, shown):
    assert shortened(text) == shorten(text) == shown
    assert plain(text).replace("\\", "") == shown
