"""What part of the playback is in sight: a box dragged in a panel, or a span of epochs chosen on a slider.

The browser's own zoom would end with each new figure, that is with every step of training. So a box that is dragged is
sent here, kept, and drawn with every figure of the same columns until the whole picture is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from logreg_core.charts import epochs_of_zoom, zoom_of_box, zoom_of_epochs
from pages.shared import workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

_ZOOM, _SPAN = "train.film_zoom", "train.film_span"
Zoom = dict[str, tuple[float, float]]


def present(about: object) -> Zoom:
    """The zoom of the picture of ``about``; another one begins with all there is."""
    workspace.seed_for("film zoom", about, lambda: {_ZOOM: {}})
    return _zoom()


def take_box(box: Mapping[str, Any]) -> None:
    """Zoom into a box that was dragged; axes of other panels stay as they are."""
    workspace.set_controls({_ZOOM: {**_zoom(), **zoom_of_box(box)}})


def whole_button() -> None:
    """Back to all there is, and a word on how to zoom; never disabled, which would take the focus from it."""
    st.button(
        "Whole picture",
        icon=":material/zoom_out_map:",
        key="train.film_whole",
        on_click=_whole,
        help="Drag a box in a panel to see it larger; it stays so while training goes on. This goes back. "
        "Epochs can also be chosen under *Play and zoom with the keyboard*.",
    )


def choose_epochs(last: int) -> None:
    """The span of epochs in sight, which all curves share."""
    low, high = epochs_of_zoom(_zoom()) or (0, last)
    workspace.set_controls({_SPAN: (max(0, min(round(low), last - 1)), max(1, min(round(high), last)))})
    st.slider(
        "Epochs in sight",
        0,
        last,
        key=_SPAN,
        persist_state="session",
        on_change=_take_span,
        args=(last,),
        help="From and to: the curves show these epochs, larger.",
    )


def _take_span(last: int) -> None:
    chosen: Any = workspace.widget(_SPAN)
    kept = {axis: ends for axis, ends in _zoom().items() if axis not in zoom_of_epochs(0, 1)}
    spans = {} if tuple(chosen) == (0, last) or chosen[0] == chosen[1] else zoom_of_epochs(*chosen)
    workspace.set_controls({_ZOOM: {**kept, **spans}})


def _zoom() -> Zoom:
    kept: Any = workspace.widget(_ZOOM)
    return kept or {}


def _whole() -> None:
    workspace.set_controls({_ZOOM: {}})
