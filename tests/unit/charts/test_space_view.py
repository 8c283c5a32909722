"""Where a picture in space is looked at from: what plotly's camera then sees, worked out by projecting."""

from __future__ import annotations

import numpy as np
import pytest

from logreg_core.charts import CORNER, SPACE_STEP, SPACE_VIEWS, SpaceView, camera


def seen(view: SpaceView, direction: tuple[float, float, float]) -> tuple[float, float]:
    """How far something in this direction is to the right and up, for an eye that looks at the middle."""
    now = {name: np.array([point[axis] for axis in "xyz"]) for name, point in camera(view).items()}
    forward = now["center"] - now["eye"]
    right = np.cross(forward, now["up"])
    up = np.cross(right, forward)
    return tuple(float(np.dot(direction, axis) / np.linalg.norm(axis)) for axis in (right, up))


@pytest.mark.parametrize(
    ("name", "right", "up"),
    [
        ("Front", (1, 0, 0), (0, 0, 1)),
        ("Side", (0, 1, 0), (0, 0, 1)),
        ("Above", (1, 0, 0), (0, 1, 0)),
    ],
)
def test_a_view_shows_two_axes_across_and_up(name, right, up):
    assert seen(SPACE_VIEWS[name], right) == pytest.approx((1, 0), abs=1e-6)
    assert seen(SPACE_VIEWS[name], up) == pytest.approx((0, 1), abs=1e-6)


def test_from_a_corner_all_axes_are_seen_and_the_third_points_up():
    assert seen(CORNER, (1, 0, 0))[0] > 0.5
    assert seen(CORNER, (0, 1, 0))[0] > 0.5
    assert seen(CORNER, (0, 0, 1)) == pytest.approx((0, np.cos(np.deg2rad(CORNER.tilt))), abs=0.1)


def test_steps_go_around_and_stop_at_the_top_and_the_bottom():
    view = SPACE_VIEWS["Front"]
    for _ in range(360 // SPACE_STEP):
        view = view.moved(SPACE_STEP, SPACE_STEP)
        eye = camera(view)["eye"]
        assert all(np.isfinite(value) for value in eye.values())
    assert view == SpaceView(0, 90)
    assert view.moved(0, -400).tilt == -90
    assert seen(SpaceView(0, -90), (1, 0, 0)) == pytest.approx((1, 0), abs=1e-6)


def test_a_view_is_far_enough_away_for_the_whole_box():
    for turn in range(0, 360, SPACE_STEP):
        for tilt in range(-90, 91, SPACE_STEP):
            eye = np.array(list(camera(SpaceView(turn, tilt))["eye"].values()))
            assert 2 < np.linalg.norm(eye) < 3.2
