"""The weights as a table, with the odds ratios made of them as soon as they may be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.shared import gate
from pages.shared.wording import count, named

if TYPE_CHECKING:
    from logreg_core.features import Prepared
    from pages.shared.jobs import TrainedResult


def show(result: TrainedResult) -> None:
    """Each column with its weight; with its odds ratio too, where nothing stands against reading that."""
    model = result.model
    weights, readable = model.weights(), _odds_ratios_can_be_read(result)
    if readable:
        weights["odds ratio"] = np.append(model.odds_ratios(), np.nan)
    also = ", odds ratios" if readable else ""
    with st.expander(f"{count(len(model.feature_names), 'weight')}{also} and the bias as a table"):
        if readable:
            st.caption(_odds_ratio_in_words(result.prepared))
        elif _held_back(result):
            st.caption(
                "No odds ratios: the penalty holds the weights back, so what is made of them would look weaker than "
                "it is."
            )
        st.dataframe(
            weights,
            hide_index=True,
            placeholder="",
            column_config={
                "feature": st.column_config.TextColumn("Column"),
                "weight": st.column_config.NumberColumn("Weight", format="%.6f"),
                "odds ratio": st.column_config.NumberColumn("Odds ratio", format="%.6g"),
            },
            key="train.weight_table",
            alt=f"The weight{' and odds ratio' if readable else ''} of each column the model sees, and the bias.",
        )


def _odds_ratios_can_be_read(result: TrainedResult) -> bool:
    """Finished, unpenalised, and one unit more of a column is possible without another column's changing with it."""
    return not gate.why_not_to_read(result) and not _held_back(result) and result.prepared.recipe.degree == 1


def _held_back(result: TrainedResult) -> bool:
    return result.model.settings.alpha > 0


def _odds_ratio_in_words(prepared: Prepared) -> str:
    positive = named(prepared.target, prepared.positive)
    said = (
        f"Odds ratio: one unit more, with all other columns unchanged, multiplies the odds of {positive} by it; below "
        "1 they fall."
    )
    if prepared.recipe.scale and prepared.numbers:
        said += " Number columns are scaled: a unit is one standard deviation of the column."
    elif prepared.numbers:
        said += " A unit is that of the column itself, as in the table."
    if prepared.categories:
        said += " For a category it compares with the most frequent value."
    return said
