"""The playback from the keyboard: Play, Pause and a slider of its own, all of which take the focus.

The picture's own Play, Pause and slider belong to plotly, which lets no key reach them; they move it in the browser,
many times a second. Here the server sends one frame after the other: fewer, and without the other frames, so that each
is small. While it plays only the picture is drawn anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import streamlit as st

from pages.shared import playback_zoom, workspace

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

SECONDS = 0.5
"""From one frame to the next."""
FRAMES = 20
_AT, _NEXT, _PLAYING = "train.film_at", "train.film_next", "train.film_playing"
_CLICKED = "train.film_clicked"
_SLIDER = "train.film_epoch"


class Draw(Protocol):
    """Draws the frame of position ``shown``; with ``plays`` with all that the picture itself can play."""

    def __call__(self, shown: int, *, plays: bool) -> None: ...  # noqa: D102 - as above


def stop() -> None:
    """Nothing plays by itself, when the page is opened again or after a step; it does right after a click on Play."""
    workspace.set_controls({_PLAYING: bool(workspace.widget(_CLICKED))})


def seed(way: object, epoch: int) -> None:
    """Show the epoch of the model, whenever the way or the model is another."""
    workspace.seed_for("film at", way, lambda: {_AT: epoch, _NEXT: epoch})


def offer(epochs: tuple[int, ...], picture: DeltaGenerator, height: int, draw: Draw) -> None:
    """Draw the picture at its epoch, or let it play, and the controls for that."""
    playing = bool(workspace.widget(_PLAYING)) and len(epochs) > 1
    workspace.set_controls({_CLICKED: False})
    with st.expander("Play and zoom with the keyboard", icon=":material/keyboard:"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.button(
                "Pause" if playing else "Play",
                icon=":material/pause:" if playing else ":material/play_arrow:",
                key="train.film_play",
                disabled=len(epochs) < 2,
                on_click=_pause if playing else _play,
                args=() if playing else (epochs,),
            )
            at = _position(_AT, epochs)
            if playing:
                st.markdown("The epoch stands above the picture.")
            elif len(epochs) > 1:
                workspace.set_controls({_SLIDER: epochs[at]})
                st.select_slider(
                    "Epoch in the picture",
                    epochs,
                    format_func=lambda epoch: f"{epoch:,}",
                    key=_SLIDER,
                    persist_state="session",
                    on_change=_move,
                )
        if epochs[-1] > 1:
            playback_zoom.choose_epochs(epochs[-1])
        st.caption(
            "Tab leads here, Enter or Space plays and pauses, the arrow keys move the sliders. The model stays as it "
            "is. The picture's own Play and slider run more smoothly, but no key reaches them."
        )
    with picture:
        if playing:
            st.fragment(_play_on, run_every=SECONDS)(epochs, height, draw)
        else:
            draw(at, plays=True)


def _play_on(epochs: tuple[int, ...], height: int, draw: Draw) -> None:
    """One frame, each time that it is called; the last one ends it."""
    at, last = _position(_NEXT, epochs), len(epochs) - 1
    following = min(last, at + max(1, last // FRAMES))
    # A new frame is blank until the browser has drawn it. It does so below the present one, where nobody sees it; when
    # that one goes, it moves up as it is.
    with st.container(height=height, border=False, key="train.film_screen"):
        for k in sorted({at, following}):
            draw(k, plays=False)
    done = bool(workspace.widget(_AT) == epochs[last])
    workspace.set_controls({_AT: epochs[at], _NEXT: epochs[following]})
    if done:
        _pause()
        st.rerun()


def _position(key: str, epochs: tuple[int, ...]) -> int:
    kept: Any = workspace.widget(key)
    return epochs.index(kept) if kept in epochs else len(epochs) - 1


def _play(epochs: tuple[int, ...]) -> None:
    """From where the picture is; from the start when it is at the end."""
    at = _position(_AT, epochs)
    start = epochs[0] if at == len(epochs) - 1 else epochs[at]
    workspace.set_controls({_PLAYING: True, _CLICKED: True, _AT: start, _NEXT: start})


def _pause() -> None:
    workspace.set_controls({_PLAYING: False})


def _move() -> None:
    workspace.set_controls({_AT: workspace.widget(_SLIDER)})
