"""How to train: the controls above the Train button; together they are one ``TrainSettings``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.errors import TrainingError
from logreg_core.training import MOST_CELLS_OF_A_RATE, STARTS, LogLoss, TrainSettings, suggested_learning_rate
from pages.shared import training_refinements, workspace
from pages.shared.jobs import FAST, WATCH
from pages.shared.training_refinements import KINDS, STRENGTHS
from pages.shared.wording import rounded_down

if TYPE_CHECKING:
    from logreg_core.features import Prepared, Recipe

DESCENT, EXACT = "Watch it learn", "Solve exactly"
_DEFAULTS = TrainSettings()


def choose(prepared: Prepared) -> None:
    """Draw the controls; ``settings`` reads them."""
    workspace.begin_with("train.method", DESCENT)
    method = st.segmented_control(
        "How to train",
        [DESCENT, EXACT],
        required=True,
        key="train.method",
        persist_state="session",
        help="Watch it learn: gradient descent, step by step. Solve exactly: straight to the lowest cost there is.",
    )
    if method == EXACT:
        st.caption("Goes straight to the weights with the lowest cost, in a few steps: no learning rate, no epochs.")
    else:
        rate, epochs, pace = st.columns(3, vertical_alignment="top")
        with rate:
            _choose_learning_rate(prepared)
        with epochs:
            _choose_epochs()
        with pace:
            _choose_pace()
    ways = "rare or separated data" if method == EXACT else "ways downhill"
    with st.expander(f"More choices: {ways}, holding weights back, uneven classes"):
        training_refinements.choose(exact=method == EXACT)
    workspace.set_training(settings())


def settings() -> TrainSettings:
    """The settings as chosen; what is not drawn or has no effect has its default. Not validated."""
    balanced = bool(workspace.widget("train.balanced"))
    alpha = STRENGTHS[str(workspace.widget("train.penalty") or "none")]
    if workspace.widget("train.method") == EXACT:
        firth = bool(workspace.widget("train.firth"))
        alpha = 0.0 if firth else alpha
        kind = KINDS[str(workspace.widget("train.penalty_kind") or "Ridge")]
        l1_ratio = kind if alpha else 0.0
        return TrainSettings(method="exact", alpha=alpha, l1_ratio=l1_ratio, firth=firth, balanced=balanced)
    start: str | tuple[float, ...] = str(workspace.widget("train.from") or "zero")
    if start == training_refinements.GIVEN:
        start = workspace.given_start() or "zero"
    batches = training_refinements.draws_rows()
    return TrainSettings(
        learning_rate=workspace.widget("train.learning_rate"),  # type: ignore[arg-type]
        max_iter=_whole(workspace.widget("train.max_iter")),  # type: ignore[arg-type]
        optimiser=str(workspace.widget("train.optimiser") or "gradient_descent"),
        batch_size=_whole(workspace.widget("train.batch_size")) if batches else None,  # type: ignore[arg-type]
        start=start,
        seed=_whole(workspace.widget("train.seed") or 0) if batches or start == "random" else 0,  # type: ignore[arg-type]
        alpha=alpha,
        balanced=balanced,
    )


def to_finish(settings: TrainSettings) -> TrainSettings:
    """The same objective solved exactly; the controls follow. For a callback, before they are drawn."""
    finishing = TrainSettings(method="exact", alpha=settings.alpha, balanced=settings.balanced)
    strength = next((name for name, alpha in STRENGTHS.items() if alpha == settings.alpha), "none")
    workspace.set_controls(
        {
            "train.method": EXACT,
            "train.penalty": strength,
            "train.penalty_kind": "Ridge",
            "train.firth": False,
            "train.balanced": settings.balanced,
        }
    )
    return finishing


def pace() -> str:
    """How fast a descent goes on; an exact solution is never slowed down."""
    exact = workspace.widget("train.method") == EXACT
    return FAST if exact else str(workspace.widget("train.pace") or WATCH)


def _choose_learning_rate(prepared: Prepared) -> None:
    safe = 0.0
    if prepared.X_train.size <= MOST_CELLS_OF_A_RATE:
        safe = workspace.remember(
            "safe rate", prepared.fingerprint, lambda: LogLoss(prepared.X_train, prepared.y_train).safe_learning_rate()
        )
    workspace.seed_for(
        "learning rate",
        _rate_is_for(prepared.recipe),
        lambda: {
            "train.learning_rate": suggested_learning_rate(safe) if prepared.recipe.scale else _DEFAULTS.learning_rate
        },
    )
    st.number_input(
        "Learning rate",
        value=None,  # an empty field is nothing, and not 0
        format="%g",
        step=0.01,
        key="train.learning_rate",
        persist_state="session",
        help="How far each step goes. Smaller: slow but steady. Too large: the steps overshoot and the cost grows.",
    )
    # The rate is that of plain descent on all rows as they are; other choices have another one, or none.
    plainly = settings()
    if (
        safe > 0
        and plainly.optimiser == "gradient_descent"
        and plainly.batch_size is None
        and plainly.cost_name != "cost"
    ):
        st.caption(f"Below {rounded_down(safe)} every step is sure to lower the cost.")


def _choose_epochs() -> None:
    # A number with decimals, so that the browser takes 1e6 for a million; whole numbers are asked for when used.
    workspace.begin_with("train.max_iter", float(_DEFAULTS.max_iter))
    st.number_input(
        "Epochs",
        value=None,
        step=100.0,
        format="%.0f",
        key="train.max_iter",
        persist_state="session",
        help="How many steps. In each, every training row is looked at once.",
    )


def _choose_pace() -> None:
    st.segmented_control(
        "Pace",
        [WATCH, FAST],
        required=True,
        default=WATCH,
        key="train.pace",
        persist_state="session",
        help="Watch: spread over some seconds, so that you see the cost fall. The result is the same.",
    )


def _whole(value: object) -> object:
    """1000.0 as 1000; anything else as it is, for the settings to refuse."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def controls_of(settings: TrainSettings) -> dict[str, object]:
    """The values of the controls that say ``settings``.

    Raises
    ------
    TrainingError
        Settings that no control of this page can say.
    """
    strength = next((name for name, alpha in STRENGTHS.items() if alpha == settings.alpha), None)
    kind = next((name for name, l1_ratio in KINDS.items() if l1_ratio == settings.l1_ratio), None)
    fixed = (settings.tol, settings.momentum, settings.solver) == (_DEFAULTS.tol, None, "auto")
    given = isinstance(settings.start, tuple)
    if strength is None or kind is None or not fixed or not (given or settings.start in STARTS):
        raise TrainingError("This link asks for training settings that the Train page has no control for.")
    return {
        "train.method": EXACT if settings.method == "exact" else DESCENT,
        "train.learning_rate": float(settings.learning_rate),
        "train.max_iter": float(settings.max_iter),
        "train.optimiser": settings.optimiser,
        "train.batch_size": float(settings.batch_size or 0),
        "train.from": training_refinements.GIVEN if given else settings.start,
        "train.seed": settings.seed,
        "train.penalty": strength,
        "train.penalty_kind": kind,
        "train.firth": settings.firth,
        "train.balanced": settings.balanced,
    }


def take_over(values: dict[str, object], recipe: Recipe, start: str | tuple[float, ...] = "zero") -> None:
    """Set the controls, and the weights to start from if they are given; no rate is then suggested for this recipe."""
    workspace.seed_for("learning rate", _rate_is_for(recipe), dict)
    if isinstance(start, tuple):
        workspace.set_given_start(recipe.fingerprint(workspace.open_fingerprint()), start)
    workspace.set_controls(values)


@dataclass(frozen=True)
class Chosen:
    """The controls as they stood, by key; None for one that was never drawn. And the start given in the laboratory."""

    values: dict[str, object]
    start: tuple[float, ...] | None


def as_they_stand() -> Chosen:
    """Return what ``stand_again`` takes."""
    return Chosen({key: workspace.widget(key) for key in controls_of(_DEFAULTS)}, workspace.given_start())


def stand_again(chosen: Chosen) -> None:
    """Give the controls back what they stood at, for the table and recipe that are open again."""
    recipe = workspace.recipe()
    never_drawn = controls_of(_DEFAULTS)
    values = {key: never_drawn[key] if value is None else value for key, value in chosen.values.items()}
    if recipe is None or chosen.values["train.learning_rate"] is None:
        values.pop("train.learning_rate")  # a rate is suggested as soon as its control is drawn
        workspace.set_controls(values)
    else:
        take_over(values, recipe, chosen.start or "zero")
    workspace.set_training(settings())


def _rate_is_for(recipe: Recipe) -> tuple[object, ...]:
    return (recipe.target, recipe.scale, workspace.open_fingerprint())
