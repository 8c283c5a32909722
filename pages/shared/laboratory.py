"""The laboratory under a trained model: things to try out on the same rows, one at a time.

Each is drawn only when chosen, in a fragment of its own, so that moving something in it redraws nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.shared import lab_one_row, lab_race, lab_rates, lab_surface, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages.shared.jobs import TrainedResult

RATES, SURFACE, RACE, ONE_ROW = "Learning rate", "Cost surface", "Race", "One row, step by step"
_VIEWS: dict[str, Callable[[TrainedResult], None]] = {
    RATES: lab_rates.show,
    SURFACE: lab_surface.show,
    RACE: lab_race.show,
    ONE_ROW: lab_one_row.show,
}
_LINES = {
    RATES: "What happens to the cost when the steps are too small, right or too large, and why scaling columns helps.",
    SURFACE: "The valley that training walks down. Move the weights by hand, see the boundary follow, try to beat it.",
    RACE: "Two to four ways downhill on the same rows from the same start: which one is there first?",
    ONE_ROW: "A single row on its way: score, probability, loss, its pull on every weight, and the update.",
}


def show(result: TrainedResult) -> None:
    """The chooser, and what was chosen."""
    st.subheader("Laboratory", anchor=False)
    chosen = st.pills("Try out", list(_VIEWS), key="lab.view", persist_state="session")
    if chosen is None:
        st.caption(" ".join(f"**{name}.** {line}" for name, line in _LINES.items()))
        return
    st.caption(_LINES[chosen])
    if workspace.stale_because() and not workspace.is_of_present_rows(result):
        st.caption(":material/history: On the rows of the model above, which is from before your latest choices.")
    with st.spinner("Computing …"):
        _VIEWS[chosen](result)
