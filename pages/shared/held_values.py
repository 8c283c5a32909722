"""At which values the columns that are not on an axis are held: typical ones, those of a row, or set by hand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from logreg_core.evaluation import level_name, typical_values, values_range
from pages.shared import workspace
from pages.shared.paired_input import slider_with_field
from pages.shared.wording import label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages.shared.jobs import TrainedResult

_BASE, _SOURCE = "train.held.base", "train.held.source"
_SHOWN = "train.held.columns"
_ROW = "train.held.row"
_SHOWN_AT_FIRST = 6
_MARGIN = 1e-9


def typical(result: TrainedResult) -> dict[str, object]:
    """One typical value for each column the model uses."""
    frame, prepared = result.frame, result.prepared
    return workspace.remember("typical", prepared.fingerprint, lambda: typical_values(frame, prepared))


def choose(result: TrainedResult, on_axes: tuple[str, ...]) -> tuple[dict[str, object], str]:
    """Draw the controls; return a value for each column the model uses, and what values these are."""
    prepared = result.prepared
    workspace.seed_for("held", prepared.fingerprint, lambda: _controls(result, typical(result), "typical values"))
    others = [name for name in prepared.features if name not in on_axes]
    base: Any = workspace.widget(_BASE)
    held: dict[str, object] = dict(base)
    source = str(workspace.widget(_SOURCE))
    if not others:
        return held, ""
    with st.expander("Hold the other columns elsewhere: at a row's values, or by hand"):
        _choose_row(result)
        by_hand = [name for name in _choose_columns(others) if _has_value(base[name])]
        left, right = st.columns(2, gap="medium")
        for place, name in enumerate(by_hand):
            with (left, right)[place % 2]:
                held[name] = _choose_value(result, name, base[name])
    changed = [name for name in others if _differs(held[name], base[name])]
    if changed:
        source = "values chosen by hand" if source == "typical values" else f"{source}, some changed by hand"
    return held, source


def use_case(result: TrainedResult, values: Mapping[str, object], source: str) -> None:
    """Hold all columns at these values from now on; for a callback."""
    workspace.set_controls(_controls(result, values, source))


def _controls(result: TrainedResult, values: Mapping[str, object], source: str) -> dict[str, object]:
    prepared = result.prepared
    numbers = set(prepared.numbers)
    controls: dict[str, object] = {_BASE: dict(values), _SOURCE: source}
    for name in prepared.features:
        if not _has_value(values[name]):
            continue
        if name in numbers:
            controls[f"train.held.{name}.field"] = float(values[name])  # type: ignore[arg-type]
        else:
            controls[f"train.held.{name}"] = level_name(values[name])
    return controls


def _choose_row(result: TrainedResult) -> None:
    n = len(result.frame)
    workspace.keep_within(_ROW, 1, n)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(f"Row of the table (1 to {n:,})", 1, n, key=_ROW, persist_state="session", width=190)
        st.button(
            "Use this row's values",
            icon=":material/table_rows:",
            key="train.held.use_row",
            on_click=_use_row,
            args=(result,),
        )
        st.button(
            "Typical values",
            icon=":material/vertical_align_center:",
            key="train.held.use_typical",
            on_click=_use_typical,
            args=(result,),
            help="The median of the training rows for numbers, the most frequent value for categories.",
        )


def _use_row(result: TrainedResult) -> None:
    at = int(workspace.widget(_ROW) or 1)  # type: ignore[call-overload]
    row = result.frame.iloc[at - 1]
    use_case(result, {name: row[name] for name in result.prepared.features}, f"the values of row {at:,}")


def _use_typical(result: TrainedResult) -> None:
    use_case(result, typical(result), "typical values")


def _choose_columns(others: list[str]) -> list[str]:
    """Which of the others have a control: all where they are few."""
    if len(others) <= _SHOWN_AT_FIRST:
        return others
    workspace.seed_for("held columns", tuple(others), lambda: {_SHOWN: others[:2]})
    workspace.keep_among(_SHOWN, others)
    return st.multiselect(
        "Set by hand",
        others,
        key=_SHOWN,
        persist_state="session",
        placeholder="Choose columns",
        help="All others stay at the values above.",
    )


def _choose_value(result: TrainedResult, name: str, base: object) -> object:
    prepared = result.prepared
    if name in prepared.numbers:
        known: dict[str, tuple[float, float, bool]] = workspace.remember("held ends", prepared.fingerprint, dict)
        if name not in known:
            known[name] = values_range(result.frame[name].iloc[prepared.rows_train])
        low, high, whole = known[name]
        value = slider_with_field(
            label(name, longest=40),
            f"train.held.{name}",
            (low, high),
            whole=whole,
            empty=float(base),  # type: ignore[arg-type]
        )
        return base if not _differs(value, base) else value
    options = list(prepared.design.categories[name].named)
    at = level_name(base)
    options += [at] if at not in options else []
    workspace.keep_among(f"train.held.{name}", options)
    chosen = st.selectbox(label(name, longest=40), options, key=f"train.held.{name}", persist_state="session")
    return base if chosen == at else chosen


def _has_value(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return not bool(pd.isna(value))  # type: ignore[call-overload]


def _differs(value: object, base: object) -> bool:
    """Whether a value was changed; a number by more than its way through the browser may change it."""
    if isinstance(value, int | float) and isinstance(base, int | float):
        return abs(float(value) - float(base)) > _MARGIN * max(1.0, abs(float(base)))
    return str(value) != str(base)
