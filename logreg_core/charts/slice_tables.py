"""The numbers of the pictures of a slice through a model: some of its places, with the chance there."""

from __future__ import annotations

import numpy as np
import pandas as pd

from logreg_core.charts.text import class_text
from logreg_core.evaluation.slices import Curve, Levels, Plane, Volume
from logreg_core.training.log_loss import sigmoid

_ALONG_A_CURVE, _ALONG_A_PLANE, _ALONG_A_SPACE = 21, 11, 5


def slice_table(slice_: Curve | Plane | Volume | Levels, *, positive: str, target: str = "") -> pd.DataFrame:
    """Places over the columns on the axes, evenly spaced, and the chance of ``positive`` at each of them."""
    chance = f"chance of {class_text(target, positive)}"
    if isinstance(slice_, Levels):
        return pd.DataFrame({slice_.column: slice_.names, chance: slice_.probability})
    if isinstance(slice_, Curve):
        some = _some(len(slice_.x), _ALONG_A_CURVE)
        return pd.DataFrame({slice_.column: slice_.x[some], chance: slice_.probability[some]})
    if isinstance(slice_, Plane):
        up, across = (_some(n, _ALONG_A_PLANE) for n in slice_.z.shape)
        y, x = np.meshgrid(slice_.y[up], slice_.x[across], indexing="ij")
        z = slice_.z[np.ix_(up, across)]
        return pd.DataFrame({slice_.x_column: x.ravel(), slice_.y_column: y.ravel(), chance: sigmoid(z).ravel()})
    places = [_some(n, _ALONG_A_SPACE) for n in slice_.z.shape]
    axes = np.meshgrid(*(axis[some] for axis, some in zip(slice_.axes, places, strict=True)), indexing="ij")
    columns = dict(zip(slice_.columns, (axis.ravel() for axis in axes), strict=True))
    return pd.DataFrame({**columns, chance: sigmoid(slice_.z[np.ix_(*places)]).ravel()})


def _some(n: int, most: int) -> np.ndarray:
    return np.unique(np.linspace(0, n - 1, min(n, most)).round().astype(int))
