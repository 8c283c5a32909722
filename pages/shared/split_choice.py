"""The controls for keeping rows aside to test, as part of the features page."""

from __future__ import annotations

from typing import Any

import streamlit as st

from logreg_core.features import MAX_SEED, SPLITS, TEST_SHARE, Recipe
from pages.shared import repairs, workspace
from pages.shared.wording import plain

_COLUMN_LABELS = {
    "group": (
        "Who or what rows belong to",
        "All rows of one customer, patient or household train, or all of them test.",
    ),
    "time": ("When it happened", "The earliest rows train, the latest test: as it will be when the model is used."),
    "column": ("Column that says it", "One of its values marks the test rows; all other rows with a value train."),
}
_CAN_SAY = {
    "group": "which rows belong together",
    "time": "which rows are the latest",
    "column": "which rows test",
}


def widget_values(recipe: Recipe) -> dict[str, object]:
    """What the controls show for a recipe."""
    return {
        "features.test_share": round(100 * recipe.test_share),
        "features.seed": recipe.seed,
        "features.stratify": recipe.stratify,
        "features.split": recipe.split,
        "features.split_column": None,  # not what was chosen for a former table
        **({f"features.split_{recipe.split}": recipe.split_column} if recipe.split != "random" else {}),
        **({"features.test_value": recipe.test_value} if recipe.split == "column" else {}),
    }


def choose(target: str) -> dict[str, Any]:
    """The part of a recipe that says which rows test."""
    st.subheader("Kept aside to test", anchor=False)
    kept = workspace.recipe() or Recipe(target, "", ())
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        split = st.selectbox(
            "Which rows",
            list(SPLITS),
            format_func=lambda key: SPLITS[key],
            key="features.split",
            persist_state="session",
            help="Test rows should stand to the training rows as the cases to come will stand to this table.",
        )
    with right:
        column = _choose_column(split, target)
    _say_lost(split)
    first, second, third = st.columns(3, vertical_alignment="center")
    with first:
        if split == "column":
            share, value = kept.test_share, _choose_test_value(target, column)
        else:
            share, value = _choose_share(), ""
    with second:
        seed = _choose_seed() if split in {"random", "group"} else kept.seed
    with third:
        stratify = _choose_stratify() if split in {"random", "group"} else kept.stratify
    return {
        "split": split,
        "split_column": column,
        "test_value": value,
        "test_share": share,
        "seed": seed,
        "stratify": stratify,
    }


def _say_lost(split: str) -> None:
    """That rows are at random only because a column can no longer say what it was to say."""
    lost = workspace.lost_split()
    if lost is not None and split == "random":
        column = plain(lost["split_column"], longest=40)
        st.caption(
            f":material/warning: Rows are kept aside at random again: '{column}' can no longer say"
            f" {_CAN_SAY[lost['split']]}."
        )


def _choose_column(split: str, target: str) -> str:
    if split == "random":
        return ""
    found = repairs.columns_to_split_by(target)
    options = found.of(split)
    if not options:
        st.caption("No column of this table can say that.")
        return ""
    label, meaning = _COLUMN_LABELS[split]
    key = f"features.split_{split}"
    if split != "column" or found.says:
        workspace.keep_among(key, options)
    elif workspace.widget(key) not in options:
        workspace.set_controls({key: None})
    chosen = st.selectbox(
        label, options, index=None, placeholder="Choose a column", key=key, persist_state="session", help=meaning
    )
    if chosen is None:
        st.caption("No column of this table says “train” and “test”: which one tells which rows test?")
    return chosen or ""


def _choose_test_value(target: str, column: str) -> str:
    values = dict(repairs.columns_to_split_by(target).parts).get(column, ())
    if not values:
        return ""
    workspace.keep_among("features.test_value", values)
    return str(
        st.selectbox(
            "Value of the test rows",
            values,
            key="features.test_value",
            persist_state="session",
            help="Rows with this value are kept aside; rows with any other value train.",
        )
    )


def _choose_share() -> float:
    low, high = (round(100 * share) for share in TEST_SHARE)
    share = st.slider(
        "Test share, %",
        low,
        high,
        step=5,
        key="features.test_share",
        persist_state="session",
        help="Test rows are not shown to the model while it learns. More of them: a surer verdict, less to learn from.",
    )
    return share / 100


def _choose_seed() -> int:
    seed = st.number_input(
        "Seed",
        0,
        MAX_SEED,
        key="features.seed",
        persist_state="session",
        help="Which rows are kept aside. The same seed always picks the same rows.",
    )
    return int(seed)


def _choose_stratify() -> bool:
    stratify = st.toggle(
        "Same class shares in both parts",
        key="features.stratify",
        persist_state="session",
        help="Stratified: training and test rows hold the same share of each class. Off: pure chance decides.",
    )
    return bool(stratify)
