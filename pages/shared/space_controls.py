"""Where a picture in space is looked at from, without dragging: views with a name, and steps to each side."""

from __future__ import annotations

from typing import Any, NamedTuple

import streamlit as st

from logreg_core.charts import CORNER, SPACE_STEP, SPACE_VIEWS, SpaceView
from pages.shared import workspace

# The front goes to the left when the eye goes around to the right.
_STEPS = {
    "left": ("Turn left", ":material/arrow_back:", SPACE_STEP, 0),
    "right": ("Turn right", ":material/arrow_forward:", -SPACE_STEP, 0),
    "up": ("From higher", ":material/arrow_upward:", 0, SPACE_STEP),
    "down": ("From lower", ":material/arrow_downward:", 0, -SPACE_STEP),
}


class Look(NamedTuple):
    """A view, and how often one was chosen."""

    view: SpaceView
    looks: int

    def of_figure(self) -> dict[str, Any]:
        """As ``boundary_volume`` takes it."""
        return self._asdict()


def choose_view(key: str) -> Look:
    """Views and steps for the picture of this key; the choice stays through everything that draws it anew."""
    workspace.begin_with(f"{key}.view", _name(_look(key).view))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.segmented_control(
            "Look at it from",
            list(SPACE_VIEWS),
            key=f"{key}.view",
            persist_state="session",
            on_change=_choose_named,
            args=(key,),
            help="Dragging the picture turns it too. A view chosen here holds until you choose another one, and a "
            "second click on it turns a dragged picture back.",
        )
        for name, (label, icon, turn, tilt) in _STEPS.items():
            st.button(
                label,
                icon=icon,
                key=f"{key}.{name}",
                on_click=_step,
                args=(key, turn, tilt),
                help=f"By {SPACE_STEP} degrees",
            )
    return _look(key)


def _look(key: str) -> Look:
    kept: Any = workspace.widget(f"{key}.look") or (*CORNER, 0)
    turn, tilt, looks = kept
    return Look(SpaceView(turn, tilt), looks)


def _name(view: SpaceView) -> str | None:
    return next((name for name, named in SPACE_VIEWS.items() if named == view), None)


def _choose_named(key: str) -> None:
    """Take the view; a second click on the same one lets go of it, and means it once more."""
    chosen = workspace.widget(f"{key}.view")
    view = SPACE_VIEWS[str(chosen)] if chosen is not None else _look(key).view
    _take(key, view)


def _step(key: str, turn: int, tilt: int) -> None:
    _take(key, _look(key).view.moved(turn, tilt))


def _take(key: str, view: SpaceView) -> None:
    workspace.set_controls({f"{key}.look": (*view, _look(key).looks + 1), f"{key}.view": _name(view)})
