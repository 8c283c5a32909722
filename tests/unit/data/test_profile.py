"""One line per column says what a person counting by hand would say."""

import numpy as np
import pandas as pd
import pytest

from logreg_core.data import ColumnProfile, profile


def _one(values: object, **options: object) -> ColumnProfile:
    (only,) = profile(pd.DataFrame({"x": pd.Series(values, **options)}))
    return only


def test_a_number_column() -> None:
    column = _one([1.0, 2.25, 2.25, np.nan, np.inf, 11.0])
    assert (column.name, column.kind, column.missing, column.distinct, column.infinite) == ("x", "number", 1, 4, 1)
    assert (column.lowest, column.highest) == ("1", "11")
    # Bins of width 0.5 from 1: 1 in the first, 2.25 twice in the third, 11 in the last.
    assert column.histogram == (1, 0, 2, *[0] * 16, 1)
    assert column.note == "1 infinite value"


def test_few_whole_numbers_have_a_bin_each() -> None:
    assert _one([3, 1, 1, 5]).histogram == (2, 0, 1, 0, 1)


def test_few_whole_numbers_with_blanks_have_a_bin_each_too() -> None:
    assert _one([3, 1, None, 1, 5]).histogram == (2, 0, 1, 0, 1)


def test_whole_numbers_that_no_float_can_tell_apart_have_bins_of_their_own() -> None:
    codes = 2**60 + np.repeat(np.arange(10), 200)
    assert _one(codes).histogram == (200,) * 10
    ids = 2**60 + 2 * np.arange(4_000) + 1
    assert _one(ids).histogram == (200,) * 20
    unsigned = 2**63 + np.repeat(np.arange(3), 5).astype(np.uint64)
    assert _one(unsigned).histogram == (5, 5, 5)


@pytest.mark.parametrize("values", [[-1.7e308, 0.0, 1.7e308], [0.0, 5e-324], [1.0, 1.0 + 2**-52], [-(2**62), 2**62]])
def test_histograms_hold_every_row_at_the_ends_of_the_range(values: list[float]) -> None:
    assert sum(_one(values).histogram) == len(values)


def test_histogram_agrees_with_numpy() -> None:
    values = np.random.default_rng(3).gamma(2.0, size=5_000)
    assert _one(values).histogram == tuple(np.histogram(values, bins=20)[0])


def test_a_category_column() -> None:
    column = _one(["b", "a", "b", None, "b", "c", "c"], dtype="str")
    assert (column.kind, column.missing, column.distinct) == ("category", 1, 3)
    assert column.histogram == (3, 2, 1)
    assert (column.lowest, column.highest) == ("b", "a")


def test_only_ten_levels_are_counted_out() -> None:
    assert len(_one([f"level {place % 30}" for place in range(90)], dtype="str").histogram) == 10


def test_yes_no_dates_and_empty_columns() -> None:
    truth = _one([True, None, True, False], dtype="boolean")
    assert (truth.kind, truth.missing, truth.histogram, truth.lowest) == ("yes/no", 1, (2, 1), "true")
    dates = _one(pd.to_datetime(["2024-01-01", None, "2024-03-01", "2024-03-01"]))
    assert (dates.kind, dates.missing, dates.distinct) == ("date", 1, 2)
    assert (dates.lowest, dates.highest) == ("2024-01-01", "2024-03-01")
    assert dates.histogram == (1, *[0] * 18, 2)
    empty = _one([np.nan, np.nan])
    assert (empty.kind, empty.histogram, empty.note) == ("empty", (), "no values")


@pytest.mark.parametrize(
    ("values", "note"),
    [
        ([f"C-{place}" for place in range(3_000)], "an identifier: all different"),
        (list(range(1, 101)), "an identifier: all different"),
        ([*range(1, 50), None, *range(51, 101)], "an identifier: all different"),
        ([*range(1, 100), 101], ""),
        ([*range(1, 31), *[None] * 70], ""),
        ([np.inf] * 30, "no values but 30 infinite values"),
        ([np.inf, None], "no values but 1 infinite value"),
        ([7] * 30, "constant"),
        (["x", None, None, "x"], "one value or missing"),
        ([f"town {place % 60}" for place in range(120)], "many levels: 60 different"),
        (list(np.linspace(0, 1, 100)), ""),
        (list("abcde"), ""),
    ],
)
def test_notes(values: list[object], note: str) -> None:
    found = _one(values)
    assert (found.note, found.is_identifier) == (note, note == "an identifier: all different")


@pytest.mark.parametrize(
    ("values", "like"),
    [
        ([0.5, 1.5, 2.25] * 10, "amounts"),
        ([*range(40), *range(40), 9_999], "whole numbers; 1 far from the rest"),
        ([1, 2, 3, 4] * 10, "4 whole numbers: codes or counts"),
        ([0, 1] * 10, "two values: 0 and 1"),
        (["yes", "no", "no"] * 10, "two values: no and yes"),
        (["a", "b", "c"] * 10, "a category of 3 levels"),
        (["a", "a", "a", "b", "c"] * 10, "3 levels, mostly a"),
        ([f"a long remark about case number {place % 7}, and more" for place in range(30)], "free text, 7 different"),
        ([True, False] * 10, "yes or no"),
        (pd.to_datetime(["2019-05-01", "2024-01-31"] * 10), "dates, 2 different from 2019 to 2024"),
        ([7] * 30, "constant"),
        ([np.nan] * 3, "no values"),
    ],
)
def test_what_a_column_looks_like(values: object, like: str) -> None:
    assert _one(values).looks_like == like


def test_no_number_is_minus_zero() -> None:
    assert _one([-0.0, 1.5, 2.0]).lowest == "0"


def test_numbers_far_from_the_rest_are_counted() -> None:
    values = [*np.arange(101.0), 226.0, -126.0, 225.0]
    ordered = np.sort(values)
    low, high = np.quantile(ordered, 0.25), np.quantile(ordered, 0.75)
    far = (ordered < low - 3 * (high - low)) | (ordered > high + 3 * (high - low))
    assert _one(values).outliers == far.sum()
