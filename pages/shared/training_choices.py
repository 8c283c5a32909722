"""How to train: the controls above the Train button; together they are one ``TrainSettings``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.errors import TrainingError
from logreg_core.training import MINI_BATCH, OPTIMISERS, LogLoss, TrainSettings, suggested_learning_rate
from pages.shared import workspace
from pages.shared.jobs import FAST, WATCH
from pages.shared.wording import rounded_down

if TYPE_CHECKING:
    from logreg_core.features import Prepared, Recipe

DESCENT, EXACT = "Watch it learn", "Solve exactly"
_METHODS = {DESCENT: "descent", EXACT: "exact"}
_OPTIMISER_NAMES = {
    "gradient_descent": "Gradient descent",
    "momentum": "Momentum",
    "nesterov": "Nesterov momentum",
    "adam": "Adam",
    "line_search": "Line search",
}
_STRENGTHS = {"none": 0.0, "very weak": 1e-4, "weak": 1e-3, "medium": 1e-2, "strong": 1e-1, "very strong": 1.0}
_KINDS = {"Ridge": 0.0, "Half and half": 0.5, "Lasso": 1.0}
_KIND_HELP = (
    "Ridge makes all weights smaller. Lasso makes some exactly 0, which "
    "leaves columns out. Lasso and half and half are "
    "solved exactly; they cannot be watched."
)
_SAFE_RATE_CELLS = 10_000_000
_DEFAULTS = TrainSettings()


def choose(prepared: Prepared) -> None:
    """Draw the controls; ``settings`` reads them."""
    method = st.segmented_control(
        "How to train",
        list(_METHODS),
        required=True,
        default=DESCENT,
        key="train.method",
        persist_state="session",
        help="Watch it learn: gradient descent, step by step. Solve exactly: straight to the lowest cost there is.",
    )
    if method == EXACT:
        st.caption("Goes straight to the weights with the lowest cost, in a few steps; nothing more is to choose.")
    else:
        rate, epochs, pace = st.columns(3, vertical_alignment="top")
        with rate:
            _choose_learning_rate(prepared)
        with epochs:
            _choose_epochs()
        with pace:
            _choose_pace()
    with st.expander("More choices: ways downhill, holding weights back, uneven classes"):
        if method != EXACT:
            _choose_optimiser()
        _choose_penalty(exact=method == EXACT)
        st.toggle(
            "Count both classes alike",
            key="train.balanced",
            persist_state="session",
            help=(
                "Rows of the rarer class weigh more, so that both classes weigh the same in total. More of the rare "
                "class is found, with more false alarms, and probabilities are no longer shares."
            ),
        )


def settings() -> TrainSettings:
    """The settings as chosen; what is not drawn has its default. Not validated."""
    method = _METHODS[str(workspace.widget("train.method") or DESCENT)]
    exact = method == "exact"
    optimiser = "gradient_descent" if exact else str(workspace.widget("train.optimiser") or "gradient_descent")
    kind = str(workspace.widget("train.penalty_kind") or "Ridge")
    batch = _whole(workspace.widget("train.batch_size") or 0)
    return TrainSettings(
        learning_rate=_DEFAULTS.learning_rate if exact else workspace.widget("train.learning_rate"),  # type: ignore[arg-type]
        max_iter=_DEFAULTS.max_iter if exact else _whole(workspace.widget("train.max_iter")),  # type: ignore[arg-type]
        optimiser=optimiser,
        batch_size=batch if batch and not exact and optimiser != "line_search" else None,  # type: ignore[arg-type]
        method=method,
        alpha=_STRENGTHS[str(workspace.widget("train.penalty") or "none")],
        l1_ratio=_KINDS[kind] if exact else 0.0,
        balanced=bool(workspace.widget("train.balanced")),
    )


def pace() -> str:
    """How fast a descent goes on; an exact solution is never slowed down."""
    exact = workspace.widget("train.method") == EXACT
    return FAST if exact else str(workspace.widget("train.pace") or WATCH)


def _choose_learning_rate(prepared: Prepared) -> None:
    safe = 0.0
    if prepared.X_train.size <= _SAFE_RATE_CELLS:
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
    st.number_input(
        "Epochs",
        value=float(_DEFAULTS.max_iter),
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


def _choose_optimiser() -> None:
    way, batch = st.columns(2, vertical_alignment="top")
    with way:
        optimiser = st.selectbox(
            "Way downhill",
            list(OPTIMISERS),
            format_func=lambda key: _OPTIMISER_NAMES[key],
            key="train.optimiser",
            persist_state="session",
        )
        st.caption(OPTIMISERS[optimiser])
    with batch:
        st.number_input(
            "Rows at a time (0: all)",
            value=0.0,
            min_value=0.0,
            step=32.0,
            format="%.0f",
            key="train.batch_size",
            persist_state="session",
            disabled=optimiser == "line_search",
            help=MINI_BATCH,
        )


def _choose_penalty(*, exact: bool) -> None:
    strength, kind = st.columns(2, vertical_alignment="top")
    with strength:
        chosen = st.select_slider(
            "Hold weights back",
            list(_STRENGTHS),
            key="train.penalty",
            persist_state="session",
            help=(
                "Regularisation: keeps weights small, so that chance in few rows "
                "or many columns is not learned by heart."
            ),
        )
        alpha = _STRENGTHS[str(chosen)]
        st.caption(f"alpha = {alpha:g}" if alpha else "alpha = 0: the weights that fit the training rows best")
    with kind:
        if exact:
            st.segmented_control(
                "In which way",
                list(_KINDS),
                required=True,
                default="Ridge",
                key="train.penalty_kind",
                persist_state="session",
                help=_KIND_HELP,
            )
        else:
            st.caption(
                "Ridge: all weights become smaller. With *Solve exactly* there is lasso too, which leaves columns out."
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
    strength = next((name for name, alpha in _STRENGTHS.items() if alpha == settings.alpha), None)
    kind = next((name for name, l1_ratio in _KINDS.items() if l1_ratio == settings.l1_ratio), None)
    usual = (settings.tol, settings.momentum, settings.seed, settings.start, settings.solver)
    if strength is None or kind is None or usual != (_DEFAULTS.tol, None, 0, "zero", "auto"):
        raise TrainingError("This link asks for training settings that this page has no control for.")
    return {
        "train.method": next(label for label, method in _METHODS.items() if method == settings.method),
        "train.learning_rate": float(settings.learning_rate),
        "train.max_iter": float(settings.max_iter),
        "train.optimiser": settings.optimiser,
        "train.batch_size": float(settings.batch_size or 0),
        "train.penalty": strength,
        "train.penalty_kind": kind,
        "train.balanced": settings.balanced,
    }


def take_over(values: dict[str, object], recipe: Recipe) -> None:
    """Set the controls; the learning rate is then not suggested anew for this recipe."""
    workspace.seed_for("learning rate", _rate_is_for(recipe), dict)
    workspace.set_controls(values)


def _rate_is_for(recipe: Recipe) -> tuple[object, ...]:
    return (recipe.target, recipe.scale, workspace.open_fingerprint())
