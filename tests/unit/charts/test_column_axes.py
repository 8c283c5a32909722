"""The axes of a column's picture: rows come whole, and numbers are written out."""

import numpy as np
import pandas as pd

from logreg_core.charts import column_histogram, column_levels
from logreg_core.data import detail


def test_few_rows_are_counted_one_by_one() -> None:
    levels = column_levels(detail(pd.Series(["a", "b", "c"], dtype="str")))
    assert levels.layout.xaxis.dtick == 1
    bins = column_histogram(detail(pd.Series([1, 2, 2, 9])))
    assert bins.layout.yaxis.dtick == 1
    many = column_levels(detail(pd.Series(["a", "b"] * 50, dtype="str")))
    assert many.layout.xaxis.dtick is None


def test_numbers_of_customers_are_written_out() -> None:
    axis = column_histogram(detail(pd.Series(np.arange(10_000, 10_100)))).layout.xaxis
    assert axis.separatethousands
    assert axis.minexponent > 6


def test_one_row_is_one_row() -> None:
    facts = dict(detail(pd.Series(["a", "a", "b"], dtype="str")).facts)
    assert facts["most frequent"] == "2 rows"
    assert facts["rarest"] == "1 row"
