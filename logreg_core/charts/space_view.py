"""From where a picture in space is looked at: a direction in degrees, and plotly's camera for it.

With turn t and tilt e the eye is in the direction (sin t cos e, -cos t cos e, sin e) from the middle of the box. From
the front (0, 0) the first axis runs to the right and the third up; a larger turn goes around the box to the right.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

STEP = 15
"""Degrees of one step to a side."""

STRAIGHT_UP = 90
_NEAREST, _FURTHER = 1.1, 1.15
"""How far the eye is from the middle, in lengths of the box: the second for each length that it seems to be wide."""


class SpaceView(NamedTuple):
    """Where the eye is, in degrees: ``turn`` around the vertical axis from the front, ``tilt`` above the floor."""

    turn: int
    tilt: int

    def moved(self, turn: int, tilt: int) -> SpaceView:
        """The view so many degrees further around, and higher; never beyond straight from above or below."""
        return SpaceView((self.turn + turn) % 360, min(STRAIGHT_UP, max(-STRAIGHT_UP, self.tilt + tilt)))


CORNER = SpaceView(45, 21)
SPACE_VIEWS = {"Corner": CORNER, "Front": SpaceView(0, 0), "Side": SpaceView(90, 0), "Above": SpaceView(0, STRAIGHT_UP)}


def camera(view: SpaceView) -> dict[str, Any]:
    """Plotly's ``scene.camera`` for a view."""
    turn, tilt = np.deg2rad(view.turn), np.deg2rad(view.tilt)
    around = np.array([np.sin(turn), -np.cos(turn)])
    across = np.abs(around).sum()  # how far the box reaches, as seen from there
    high = np.cos(tilt) + np.abs(np.sin(tilt)) * across
    eye = (_NEAREST + _FURTHER * max(across, high)) * np.array([*(around * np.cos(tilt)), np.sin(tilt)])
    # Straight from above or below nothing points up any more: what lies behind the box does.
    upright = abs(view.tilt) < STRAIGHT_UP
    up = np.array([0.0, 0.0, 1.0]) if upright else np.array([*(-np.sign(view.tilt) * around), 0.0])
    # Seen from a corner the names of the axes stand below the box and need room there.
    lower = 0.5 * np.sin(tilt) * np.cos(tilt)
    return {name: _point(values) for name, values in (("eye", eye), ("up", up), ("center", np.array([0, 0, -lower])))}


def _point(values: Any) -> dict[str, float]:
    return {axis: round(float(value), 4) + 0.0 for axis, value in zip("xyz", values, strict=True)}
