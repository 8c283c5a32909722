"""Number columns in their own units, for showing what scaling them changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.features.values import amount_matrix

FloatArray = npt.NDArray[np.float64]

TELLING = 4.0
"""Times that one spread is another for the valley of the two to be narrow and still be seen."""
MOST_COMPARED = 8


def filled_numbers(frame: pd.DataFrame, columns: Sequence[str], fills: Mapping[str, float]) -> FloatArray:
    """Number columns side by side (n, k), missing values filled with ``fills``."""
    values = amount_matrix(frame, tuple(columns), 1)
    return np.where(np.isnan(values), np.array([fills[name] for name in columns]), values)


def uneven_pair(frame: pd.DataFrame) -> tuple[str, str]:
    """Two number columns, of the first eight, whose spreads differ by about ``TELLING`` times."""
    names = [str(name) for name in frame.columns[:MOST_COMPARED]]
    values = amount_matrix(frame, tuple(names), 1)
    known = np.isfinite(values)
    counts = np.maximum(known.sum(axis=0), 1)
    middle = np.where(known, values, 0.0).sum(axis=0) / counts
    spread = np.sqrt(np.where(known, (values - middle) ** 2, 0.0).sum(axis=0) / counts)
    varying = np.flatnonzero(spread > 0).tolist()
    if len(varying) < 2:
        return names[0], names[1]
    logs = np.log(np.maximum(spread, 1e-300))

    def from_telling(pair: tuple[int, int]) -> float:
        return abs(abs(float(logs[pair[0]] - logs[pair[1]])) - float(np.log(TELLING)))

    first, second = min(combinations(varying, 2), key=from_telling)
    return names[first], names[second]
