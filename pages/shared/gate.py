"""Is it finished, and may it be read? One sentence for every page that shows weights, and how far each weight is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from logreg_core.charts import drift_dots, drift_dots_alt, drift_table
from pages.shared.figures import show_figure

if TYPE_CHECKING:
    from pages.shared.jobs import TrainedResult

_BY_STATUS = {
    "CONVERGED": "",
    "DIVERGED": "The cost grew instead of falling, so these weights say nothing.",
    "SEPARATED": "Some weights would grow forever, so their size is where training happened to stop.",
    "RANK_DEFICIENT": "Some columns repeat others, so weights cannot be read one by one.",
}


def why_not_to_read(result: TrainedResult) -> str:
    """Why weights, and odds ratios made of them, cannot be read yet, as plain text; empty where they can."""
    model, distance = result.model, result.distance
    if model.status.name in _BY_STATUS:
        return _BY_STATUS[model.status.name]
    if distance is None:
        return "Training is not finished, and how far it is from the end is not known: these weights may still change."
    if distance.finished:
        return ""
    if result.optimum is not None and result.optimum.separation is not None:
        return _BY_STATUS["SEPARATED"]
    return "Training is not finished: these weights will still change. Read them, and odds made of them, once it is."


def show(result: TrainedResult) -> None:
    """How far each weight is from its best value, where training is on its way to one."""
    distance, optimum, model = result.distance, result.optimum, result.model
    if distance is None or optimum is None or distance.finished or not np.isfinite(distance.drift).any():
        return
    with st.expander("How far each weight is from its best value"):
        st.caption(
            "A weight is uncertain by about its standard error anyway. Within a twentieth of one (the "
            "grey band) it is as good as there; a whole one is another finding."
        )
        names = model.feature_names
        show_figure(drift_dots(names, distance.drift), key="train.drift", alt=drift_dots_alt(names, distance.drift))
        weights = np.append(model.coefficients, model.intercept)
        st.dataframe(
            drift_table(names, weights, optimum.parameters, distance.drift),
            hide_index=True,
            key="train.drift_table",
            alt="Each weight as it is now, its best value, and the distance in standard errors.",
        )
