"""Number columns in their own units, for showing what scaling them changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.features.values import amount_matrix

FloatArray = npt.NDArray[np.float64]


def filled_numbers(frame: pd.DataFrame, columns: Sequence[str], fills: Mapping[str, float]) -> FloatArray:
    """Number columns side by side (n, k), missing values filled with ``fills``."""
    values = amount_matrix(frame, tuple(columns), 1)
    return np.where(np.isnan(values), np.array([fills[name] for name in columns]), values)


def most_uneven(frame: pd.DataFrame) -> tuple[str, str]:
    """The number columns of the largest and of the smallest spread above 0, in the order of the frame; two at least."""
    names = [str(name) for name in frame.columns]
    values = amount_matrix(frame, tuple(names), 1)
    known = np.isfinite(values)
    counts = np.maximum(known.sum(axis=0), 1)
    middle = np.where(known, values, 0.0).sum(axis=0) / counts
    spread = np.sqrt(np.where(known, (values - middle) ** 2, 0.0).sum(axis=0) / counts)
    varying = np.flatnonzero(spread > 0)
    if len(varying) < 2:
        return names[0], names[1]
    pair = sorted({int(varying[spread[varying].argmin()]), int(varying[spread[varying].argmax()])})
    first, second = pair if len(pair) == 2 else varying[:2].tolist()
    return names[first], names[second]
