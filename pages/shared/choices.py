"""The controls of the features page, target and columns first; together they are one ``Recipe``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.features import Recipe
from pages.shared import preparation, repairs, split_choice, workspace
from pages.shared.wording import count, percent, plain

if TYPE_CHECKING:
    from logreg_core.features import TargetCandidate
    from logreg_core.features.targets import Ticks

_ALL, _ONLY, _BUT = "All usable columns", "Only these", "All but these"
_MANY_COLUMNS = 30
_MOST_TICKS = 3
_MOST_WRAPPED = 40


@dataclass(frozen=True)
class Target:
    """What to predict: a column, and the class whose probability is wanted."""

    column: str
    positive: str


def choose_target() -> Target | None:
    """The target and its positive class, or None as long as there is none."""
    _seed_widgets()
    st.subheader("Target", anchor=False)
    candidate = _choose_target()
    return Target(candidate.column, _choose_positive(candidate)) if candidate is not None else None


def choose_the_rest(target: Target) -> Recipe:
    """Features, preparation and split for a target, with the repairs made so far."""
    st.subheader("From which columns", anchor=False)
    features = _choose_features(target.column)
    as_categories = _choose_categories(target.column, features)
    missing, scale, degree = preparation.choose_preparation()
    split = split_choice.choose(target.column)
    before = workspace.recipe()
    return Recipe(
        target=target.column,
        positive=target.positive,
        features=features,
        as_categories=as_categories,
        missing=missing,
        scale=scale,
        degree=degree,
        steps=before.steps if before is not None else (),
        **split,
    )


def _seed_widgets() -> None:
    """Set all controls to the present recipe when it was made elsewhere: by opening a table or by another target."""
    if not workspace.recipe_is_new():
        return
    recipe = workspace.recipe()
    values: dict[str, object] = {"features.target": recipe.target if recipe else None}
    if recipe is not None:
        which, listed = _which_columns(recipe)
        values |= {
            "features.positive": recipe.positive,
            "features.columns": list(listed),
            "features.which": which,
            "features.as_categories": list(recipe.as_categories),
            "features.missing": recipe.missing,
            "features.scale": recipe.scale,
            "features.degree": recipe.degree,
            **split_choice.widget_values(recipe),
        }
    workspace.seed_widgets(values)


def _which_columns(recipe: Recipe) -> tuple[str, tuple[str, ...]]:
    """How a recipe's features are said in the shortest way: which columns, and the list that goes with it."""
    if len(recipe.features) <= _MANY_COLUMNS:
        return _ONLY, recipe.features
    usable = repairs.usable_columns(recipe.target)
    if set(recipe.features) <= set(usable):
        left_out = tuple(name for name in usable if name not in set(recipe.features))
        return (_BUT, left_out) if left_out else (_ALL, ())
    return _ONLY, recipe.features


def _choose_target() -> TargetCandidate | None:
    found = workspace.present_targets()
    if not found.candidates:
        st.error(
            "A target needs 2 to 20 different values, such as yes and no. No column of this table has that. "
            "Take another table, or give this one a column that says what happened: of an amount, whether it is high.",
            title="Nothing in this table can be predicted by classes",
        )
        _show_ticks(found.ticks)
        _show_refused(found.refused)
        return None
    left, _ = st.columns(2)
    if workspace.widget("features.target") not in {None, *(candidate.column for candidate in found.candidates)}:
        workspace.set_controls({"features.target": None})  # a repair that made it one is undone
    with left:
        target = st.selectbox(
            "What to predict",
            [candidate.column for candidate in found.candidates],
            index=None,
            placeholder="Choose a column",
            key="features.target",
            persist_state="session",
            on_change=_target_changed,
            help="The target: the column that says what happened, with a small number of different values.",
        )
    if target is None:
        _show_ticks(found.ticks)
    _show_refused(found.refused)
    return found.candidate(target) if target is not None else None


def _show_ticks(ticks: tuple[Ticks, ...]) -> None:
    """Columns of one value or none, each with a button that reads an empty cell as the other class."""
    for place, each in enumerate(ticks[:_MOST_TICKS]):
        name, value = plain(each.column, longest=30), plain(each.value, longest=30)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"**{name}**: “{value}” in {each.rows:,} rows, empty in {each.missing:,}.", width="content")
            st.button(
                f"Predict {name}: an empty cell means {each.blank}",
                key=f"features.ticks.{place}",
                on_click=workspace.predict_ticks,
                args=(each.column,),
            )


def _show_refused(refused: tuple[tuple[str, str], ...]) -> None:
    if not refused:
        return
    with st.expander(f"{count(len(refused), 'column')} cannot be predicted"):
        alt = "Columns that cannot be the target, with the reason."
        if len(refused) <= _MOST_WRAPPED:  # on a phone a table of this kind has room for the whole reason
            st.table(
                [
                    {"Column": plain(name, longest=40), "Why not": plain(reason, longest=None)}
                    for name, reason in refused
                ],
                hide_index=True,
                border="horizontal",
                alt=alt,
            )
            return
        st.dataframe(
            [{"Column": name, "Why not": reason} for name, reason in refused],
            hide_index=True,
            key="features.refused",
            alt=alt,
        )


def _target_changed() -> None:
    target = workspace.widget("features.target")
    workspace.change_target(str(target) if target is not None else None)


def _choose_positive(candidate: TargetCandidate) -> str:
    rows = dict(candidate.classes)
    total = sum(rows.values())
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        workspace.keep_among("features.positive", candidate.names)
        positive = st.selectbox(
            "Positive class",
            candidate.names,
            format_func=lambda name: f"{name} ({rows[name]:,} rows, {percent(rows[name] / total)})",
            key="features.positive",
            persist_state="session",
            help="The class whose probability the model gives: the event you look for, such as 'churned'.",
        )
    with right:
        if len(candidate.names) > 2:
            others = ", ".join(plain(name, longest=20) for name in candidate.names if name != positive)
            st.caption(f"**{plain(positive)}** against the rest: {others}.")
        if candidate.missing:
            st.caption(f"{count(candidate.missing, 'row')} without a value here will not be used.")
    return str(positive)


def _choose_features(target: str) -> tuple[str, ...]:
    names = [name for name, _ in repairs.columns_now(target)]
    which = _ONLY
    if len(names) > _MANY_COLUMNS:
        which = (
            st.segmented_control(
                "Which columns",
                [_ALL, _ONLY, _BUT],
                required=True,
                key="features.which",
                persist_state="session",
                help="All usable columns: without row numbers, dates, names and columns that say the same in each row.",
            )
            or _ALL
        )
    usable = repairs.usable_columns(target)
    if which == _ALL:
        st.caption(f"{len(usable):,} of {len(names):,} columns can be used.")
        _say_left_out(target, set())
        return usable
    workspace.keep_among("features.columns", names)
    picked = st.multiselect(
        "Features" if which == _ONLY else "Columns to leave out",
        names,
        key="features.columns",
        persist_state="session",
        placeholder="Choose columns",
        help=(
            "The columns the model may learn from. Leave out what is only known "
            "afterwards, and what merely names the row."
        ),
    )
    chosen = set(picked)
    _say_left_out(target, chosen if which == _ONLY else set())
    if which == _BUT:
        return tuple(name for name in usable if name not in chosen)
    return tuple(name for name in names if name in chosen)


def _say_left_out(target: str, chosen: set[str]) -> None:
    """Columns not chosen for the user, with the reason."""
    still_there = set(repairs.columns_left_out(target)) - chosen
    left_out = [(name, reason) for name, reason in workspace.left_out_features(target) if name in still_there]
    if not left_out:
        return
    said = "; ".join(f"**{plain(name, longest=30)}** ({plain(reason, longest=90)})" for name, reason in left_out[:5])
    more = f"; and {len(left_out) - 5:,} more" if len(left_out) > 5 else ""
    st.caption(f"Not chosen for you: {said}{more}.")


def _choose_categories(target: str, features: tuple[str, ...]) -> tuple[str, ...]:
    chosen = set(features)
    numbers = [name for name, is_number in repairs.columns_now(target) if is_number and name in chosen]
    if not numbers:
        return ()
    with st.expander("Numbers that are really names"):
        workspace.keep_among("features.as_categories", numbers)
        picked = st.multiselect(
            "Treat as categories",
            numbers,
            key="features.as_categories",
            persist_state="session",
            placeholder="None",
            help="For codes such as a region number: 4 is not twice 2, so each value gets a weight of its own.",
        )
    return tuple(name for name in numbers if name in set(picked))
