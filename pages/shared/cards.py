"""Number cards that more than one page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.evaluation import wilson_interval
from pages.shared.wording import percent

if TYPE_CHECKING:
    from logreg_core.evaluation import Confusion


def share_card(label: str, confusion: Confusion, share: str, *, meaning: str) -> None:
    """A share such as accuracy with the range in which the true one likely lies; ``meaning`` is its tooltip."""
    right, of = confusion.counts(share)  # type: ignore[arg-type]
    low, high = wilson_interval(right, of)
    st.metric(
        label,
        percent(right / of, 2) if of else "–",
        delta=f"likely {100 * low:.1f} to {percent(high)}" if of else "no such rows",
        delta_color="off",
        delta_arrow="off",
        border=True,
        height="stretch",
        help=meaning,
    )
