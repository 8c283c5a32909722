"""Numbers as the pages write them."""

import pytest

from pages.shared.wording import duration, loss, number


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
