"""What a zoom of a playback leaves out of sight, in words: the epoch that is shown, or all of a panel's curves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from logreg_core.charts.playback_curves import drawn_weights
from logreg_core.charts.playback_panels import COST, GRADIENT, RIGHT, WEIGHTS, axis_of, epochs_of_zoom
from logreg_core.evaluation.playback import Playback

Floats = NDArray[np.float64]

_CALLED = {COST: "Log loss", RIGHT: "Predicted right", GRADIENT: "Steepest slope", WEIGHTS: "Weights"}


def out_of_sight(film: Playback, zoom: Mapping[str, tuple[float, float]], epoch: int) -> str:
    """Say what is not in sight at this zoom of ``playback_figure``; empty where all that matters is.

    Parameters
    ----------
    film : Playback
    zoom : dict of axis -> (low, high)
        As the figure is drawn with.
    epoch : int
        The one that is shown.
    """
    last = float(film.epochs[-1])
    first_seen, last_seen = epochs_of_zoom(zoom) or (0.0, last)
    said = []
    if not first_seen <= epoch <= last_seen:
        said.append(
            f"Epoch {epoch:,}, the one shown, is out of sight: the curves show epochs {max(0.0, first_seen):,.0f} to "
            f"{min(last, last_seen):,.0f}."
        )
    across = first_seen, last_seen
    empty = [
        f"“{_CALLED[panel]}”"
        for panel, values in _curves(film).items()
        if (up := zoom.get(axis_of(panel)["yaxis"])) and not _crosses(film.epochs, values, across, up)
    ]
    if empty:
        said.append(f"Nothing of {' and '.join(empty)} is in sight.")
    return " ".join(said)


def _curves(film: Playback) -> dict[str, Floats]:
    """What each panel over epochs draws, shape (epochs, curves)."""
    tested = bool(film.test.rows)
    return {
        COST: np.column_stack([film.train_loss, *([film.test_loss] if tested else [])]),
        RIGHT: 100 * np.column_stack([film.train.share, *([film.test.share] if tested else [])]),
        GRADIENT: film.gradient_norm[:, None],
        WEIGHTS: film.parameters[:, drawn_weights(film)],
    }


def _crosses(epochs: NDArray[np.int64], values: Floats, across: tuple[float, float], up: tuple[float, float]) -> bool:
    """Whether any curve passes through the box; where it was drawn too quickly for an epoch, by what is in between."""
    inside = epochs[(epochs >= across[0]) & (epochs <= across[1])]
    places = np.unique(np.concatenate((np.clip(across, epochs[0], epochs[-1]), inside)))
    for curve in values.T:
        seen = np.interp(places, epochs, curve)
        seen = seen[np.isfinite(seen)]
        if len(seen) and seen.min() <= up[1] and seen.max() >= up[0]:
            return True
    return False
