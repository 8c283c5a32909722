"""Values as a sentence says them."""

import numpy as np
import pytest

from logreg_core.data import spoken


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (41.0, "41"),
        (12345.678, "12,346"),
        (0.123456, "0.1235"),
        (1e-7, "1e-07"),
        (2024, "2024"),
        (float("nan"), "missing"),
        (True, "yes"),
        (np.float64(2.5), "2.5"),
        (-2_000_000.0, "-2,000,000"),
        (2**60 + 1, "1,152,921,504,606,846,977"),
        (np.int64(7), "7"),
        (1e16, "1e+16"),
        (float("-inf"), "-inf"),
        ("north", "north"),
    ],
)
def test_spoken(value, said):
    assert spoken(value) == said
