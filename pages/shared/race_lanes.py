"""The lanes of a race: their controls, and the settings that they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from logreg_core.training import OPTIMISERS, TrainSettings
from pages.shared import lab_course, workspace

if TYPE_CHECKING:
    from pages.shared.jobs import TrainedResult

_NAMES = {
    "gradient_descent": "Gradient descent",
    "momentum": "Momentum",
    "nesterov": "Nesterov momentum",
    "adam": "Adam",
    "line_search": "Line search",
}
_EPOCHS = 200
LANES = "lab.race.lanes"
PROBLEM = "lab.race.problem"


def seed(result: TrainedResult) -> None:
    """Lanes to begin with: plain descent at the trained rate against the same with momentum and against Adam."""
    settings = result.model.settings
    safe = lab_course.course(result).safe_rate
    rate = settings.learning_rate if settings.method == "descent" else float(f"{0.9 * safe:.2g}")
    workspace.seed_for(
        "lab race",
        (result.table.fingerprint, result.prepared.fingerprint, settings.fingerprint()),
        lambda: {
            LANES: 3,
            PROBLEM: None,
            "lab.race.epochs": float(min(_EPOCHS, settings.max_iter) if settings.method == "descent" else _EPOCHS),
            **{
                f"lab.race.{name}.{lane}": value
                for lane, (way, own) in enumerate(
                    (
                        ("gradient_descent", rate),
                        ("nesterov", rate),
                        ("adam", 0.1),
                        ("line_search", 1.0),
                    )
                )
                for name, value in (("way", way), ("rate", own), ("batch", 0.0))
            },
        },
    )


def choose_lane(lane: int) -> None:
    """The controls of one lane."""
    way, rate, batch = st.columns([2, 1, 1], vertical_alignment="bottom")
    with way:
        chosen = st.selectbox(
            f"Lane {lane + 1}",
            list(OPTIMISERS),
            format_func=lambda key: _NAMES[key],
            key=f"lab.race.way.{lane}",
            persist_state="session",
            help="The way downhill of this lane.",
        )
    with rate:
        st.number_input("Learning rate", format="%g", step=0.01, key=f"lab.race.rate.{lane}", persist_state="session")
    with batch:
        st.number_input(
            "Rows at a time (0: all)",
            min_value=0.0,
            step=32.0,
            format="%.0f",
            key=f"lab.race.batch.{lane}",
            persist_state="session",
            disabled=chosen == "line_search",
        )


def lane_settings(result: TrainedResult, lane: int) -> TrainSettings:
    """What the controls of a lane say; penalty, class weights and start are those of the model."""
    trained = result.model.settings
    way = str(workspace.widget(f"lab.race.way.{lane}"))
    batch: Any = workspace.widget(f"lab.race.batch.{lane}")
    epochs: Any = workspace.widget("lab.race.epochs")
    descended = trained.method == "descent"
    return TrainSettings(
        learning_rate=workspace.widget(f"lab.race.rate.{lane}"),  # type: ignore[arg-type]
        max_iter=int(epochs) if isinstance(epochs, float) and epochs.is_integer() else epochs,
        optimiser=way,
        batch_size=int(batch) if batch and way != "line_search" else None,
        seed=trained.seed,
        start=trained.start if descended else "zero",
        alpha=trained.alpha if descended or trained.l1_ratio == 0 else 0.0,
        balanced=trained.balanced,
    )


def course_of(lane: TrainSettings) -> tuple[object, ...]:
    """What has to be the same for two races to be on the same course."""
    return (lane.alpha, lane.balanced, lane.start, lane.seed if lane.start == "random" else 0)
