import numpy as np
import pandas as pd

from logreg_core.features import filled_numbers, uneven_pair


def test_the_pair_is_uneven_enough_to_see_and_not_more() -> None:
    step = np.arange(50) % 2.0
    frame = pd.DataFrame({"one": step, "same": 1.1 * step, "flat": 0 * step, "four": 4 * step, "million": 1e6 * step})
    assert uneven_pair(frame) == ("one", "four")
    assert uneven_pair(frame[["flat", "one"]]) == ("flat", "one")  # nothing to choose from


def test_gaps_are_filled_as_they_are_for_the_model() -> None:
    frame = pd.DataFrame({"a": [1.0, np.nan, np.inf], "b": [4, 5, 6]})
    filled = filled_numbers(frame, ("b", "a"), {"a": 7.0, "b": 0.0})
    np.testing.assert_array_equal(filled, [[4, 1], [5, 7], [6, 7]])
