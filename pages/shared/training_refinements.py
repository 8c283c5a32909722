"""The controls under "More choices": ways downhill, where to start, what holds weights back, uneven classes."""

from __future__ import annotations

import streamlit as st

from logreg_core.training import FIRTH, LARGEST_SEED, MINI_BATCH, OPTIMISERS, STARTS
from pages.shared import workspace

_OPTIMISER_NAMES = {
    "gradient_descent": "Gradient descent",
    "momentum": "Momentum",
    "nesterov": "Nesterov momentum",
    "adam": "Adam",
    "line_search": "Line search",
}
_START_NAMES = {"zero": "All weights 0", "random": "Random weights"}
STRENGTHS = {"none": 0.0, "very weak": 1e-4, "weak": 1e-3, "medium": 1e-2, "strong": 1e-1, "very strong": 1.0}
KINDS = {"Ridge": 0.0, "Half and half": 0.5, "Lasso": 1.0}
_KIND_HELP = (
    "Ridge makes all weights smaller. Lasso makes some exactly 0, which "
    "leaves columns out. Lasso and half and half are "
    "solved exactly; they cannot be watched."
)


def choose(*, exact: bool) -> None:
    """Draw the controls; ``training_choices.settings`` reads them."""
    if exact:
        _choose_firth()
    else:
        _choose_way()
        _choose_start()
    _choose_penalty(exact=exact)
    st.toggle(
        "Count both classes alike",
        key="train.balanced",
        persist_state="session",
        help=(
            "Rows of the rarer class weigh more, so that both classes weigh the same in total. More of the rare "
            "class is found, with more false alarms, and probabilities are no longer shares."
        ),
    )


def _choose_way() -> None:
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
        workspace.begin_with("train.batch_size", 0.0)
        st.number_input(
            "Rows at a time (0: all)",
            min_value=0.0,
            step=32.0,
            format="%.0f",
            key="train.batch_size",
            persist_state="session",
            disabled=optimiser == "line_search",
            help=MINI_BATCH,
        )
        if optimiser == "line_search":
            st.caption("Line search always looks at all rows.")


def _choose_start() -> None:
    start, seed = st.columns(2, vertical_alignment="top")
    with start:
        chosen = st.selectbox(
            "Start from",
            list(STARTS),
            format_func=lambda key: _START_NAMES[key],
            key="train.from",
            persist_state="session",
            help="Where the way downhill begins. The lowest point is the same from everywhere; the way to it is not.",
        )
        st.caption(STARTS[chosen])
    with seed:
        st.number_input(
            "Seed of the draw",
            0,
            LARGEST_SEED,
            key="train.seed",
            persist_state="session",
            disabled=chosen != "random" and not draws_rows(),
            help="For random weights and for rows drawn at random. The same seed always draws the same.",
        )


def draws_rows() -> bool:
    """Whether rows are taken in batches, which are drawn."""
    in_batches = bool(workspace.widget("train.batch_size"))
    return in_batches and workspace.widget("train.optimiser") != "line_search"


def _choose_firth() -> None:
    st.toggle(
        "Firth's correction, for rare or separated data",
        key="train.firth",
        persist_state="session",
        help="Takes the place of holding weights back: it has no strength to choose.",
    )
    st.caption(FIRTH)


def _choose_penalty(*, exact: bool) -> None:
    replaced = exact and bool(workspace.widget("train.firth"))
    strength, kind = st.columns(2, vertical_alignment="top")
    with strength:
        chosen = st.select_slider(
            "Hold weights back",
            list(STRENGTHS),
            key="train.penalty",
            persist_state="session",
            disabled=replaced,
            help=(
                "Regularisation: keeps weights small, so that chance in few rows "
                "or many columns is not learned by heart."
            ),
        )
        alpha = STRENGTHS[str(chosen)]
        if replaced:
            st.caption("Not used: Firth's correction takes its place.")
        else:
            st.caption(f"alpha = {alpha:g}" if alpha else "alpha = 0: the weights that fit the training rows best")
    with kind:
        if exact:
            workspace.begin_with("train.penalty_kind", "Ridge")
            way = st.segmented_control(
                "In which way",
                list(KINDS),
                required=True,
                key="train.penalty_kind",
                persist_state="session",
                disabled=replaced,
                help=_KIND_HELP,
            )
            if way != "Ridge" and not alpha and not replaced:
                st.caption("Nothing is held back as long as the strength is “none”.")
        else:
            st.caption(
                "Ridge: all weights become smaller. With *Solve exactly* there is lasso too, which leaves columns out."
            )
