"""A column as a picture: classes by colour and pattern, names as text, numbers that add up."""

import numpy as np
import pandas as pd
import pytest

from logreg_core.charts import column_alt, column_histogram, column_levels
from logreg_core.charts.palette import NEGATIVE, POSITIVE
from logreg_core.data import detail

RNG = np.random.default_rng(0)
GROUP = RNG.choice(np.array([0, 1], dtype=np.int8), 400, p=[0.9, 0.1])
NASTY = "<img src=x> %{x} $y$"


def test_a_histogram_of_all_rows():
    seen = detail(pd.Series(RNG.normal(size=400), name="x"))
    chart = column_histogram(seen)
    assert len(chart.data) == 1
    assert sum(chart.data[0].y) == 400 - seen.not_drawn
    assert column_alt(seen).startswith("Histogram of x: 400 values")


def test_classes_are_shares_of_their_own_rows_in_colour_and_pattern():
    seen = detail(pd.Series(RNG.normal(size=400), name="x"), GROUP)
    chart = column_histogram(seen, target="left", positive="yes")
    assert [trace.marker.color for trace in chart.data] == [NEGATIVE, POSITIVE]
    assert chart.data[0].marker.pattern.shape != chart.data[1].marker.pattern.shape
    for trace in chart.data:
        assert sum(trace.y) == pytest.approx(1)
    assert chart.data[1].name == "left = yes"


def test_levels_end_in_the_share_of_the_positive_class():
    text = pd.Series(np.where(np.arange(400) % 2, "a", "b"), name="x", dtype="str")
    chart = column_levels(detail(text, GROUP), target="left", positive="yes")
    share = GROUP[np.arange(400) % 2 == 1].mean()
    assert chart.data[1].text[list(chart.layout.yaxis.ticktext).index("a")] == f"{100 * share:.1f} %"
    assert sum(chart.data[0].x) + sum(chart.data[1].x) == 400


def test_dates_have_an_axis_of_dates():
    chart = column_histogram(detail(pd.Series(pd.date_range("2024-01-01", periods=30), name="day")))
    assert chart.layout.xaxis.type == "date"
    assert str(chart.data[0].x[0]).startswith("2024-01-01")


def test_names_are_text():
    seen = detail(pd.Series([NASTY, "b"] * 200, name=NASTY, dtype="str"), GROUP)
    drawn = column_levels(seen, target=NASTY, positive=NASTY).to_json()
    assert "<img" not in drawn
    assert "%{x} $" not in drawn


def test_each_of_a_few_whole_numbers_has_a_bar_as_wide_as_the_others_in_its_place():
    chart = column_histogram(detail(pd.Series([1, 2, 2, 3, 5] * 20, name="rating")))
    (bars,) = chart.data
    assert list(bars.x) == [1, 2, 3, 4, 5]
    assert list(bars.y) == [20, 40, 20, 0, 20]
    assert len(set(bars.width)) == 1
    assert bars.customdata[4] == "5: 20 rows"
