"""The cost surface: a map over two weights with the way training took, and standing on it by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from logreg_core.charts import cost_map, cost_map_alt, cost_map_table
from logreg_core.training import Penalty, cost_surface
from pages.shared import boundary_view, lab_course, training_run, workspace
from pages.shared.figures import show_figure
from pages.shared.lab_map import BIAS, FLOOR, Ground, choose, path_of, weight_of
from pages.shared.paired_input import slider_with_field
from pages.shared.wording import label, loss, number, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from pages.shared.jobs import TrainedResult

    Array = NDArray[np.float64]

_HERE = ("lab.here.first", "lab.here.second")


@st.fragment
def show(result: TrainedResult) -> None:
    """Which two weights, the place chosen by hand, map and boundary, and the button to descend from there."""
    ground = choose(result)
    here = _stand(ground)
    map_side, boundary_side = st.columns(2)
    with map_side:
        drawn = ground.surface.n_rows
        st.markdown("**Cost**" if drawn == ground.surface.n_rows_in_all else f"**Cost**, of {drawn:,} rows only")
        _show_map(ground, here)
    with boundary_side:
        st.markdown("**Boundary with these weights**")
        _show_boundary(ground, here)
    st.caption(plain(_said(ground), longest=None))


def _stand(ground: Ground) -> tuple[float, float]:
    """The place chosen by hand; at first the start of the run."""
    start = path_of(ground.result, ground.pair)
    first = (0.0, 0.0) if start is None else (float(start[0, 0]), float(start[0, 1]))
    workspace.seed_for(
        "lab here",
        (ground.result.table.fingerprint, ground.names, ground.pair),
        lambda: {f"{key}.field": value for key, value in zip(_HERE, first, strict=True)},
    )
    st.markdown("**Beat the machine.** Move the two weights, or click on the map: how low do you get?")
    if held := _held_said(ground):
        st.caption(plain(held, longest=None))
    a, b = st.columns(2)
    here = []
    for place, key, name, ends in zip((a, b), _HERE, ground.pair_names, ground.ends, strict=True):
        with place:
            beyond = "This is beyond the map; the cost and the boundary are those of this place all the same."
            here.append(slider_with_field(label(name), key, ends, empty=0.0, beyond=beyond))
    where = (here[0], here[1])
    _show_scores(ground, where)
    return where


def _show_scores(ground: Ground, here: tuple[float, float]) -> None:
    course = ground.course
    cost = _cost_at(ground, here)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.metric("Cost where you are", loss(cost), border=True, help=_rows(ground))
        if course.optimum is not None and course.has_end:
            st.metric(
                "Best possible",
                loss(course.optimum.cost),
                border=True,
                help="With every weight and the bias at its best: the lowest point of the whole valley. "
                + _rows(ground),
            )
            st.metric("You are above it by", loss(max(0.0, cost - course.optimum.cost)), border=True)
        elif course.optimum is not None:
            st.metric("Best possible", "none", border=True, help="The cost falls towards 0 for ever.")
        start = tuple(float(value) for value in _parameters(ground, here))
        if st.button(
            "Let descent start here",
            icon=":material/downhill_skiing:",
            key="lab.surface.descend",
            disabled=not workspace.is_of_present_rows(ground.result) or not np.isfinite(start).all(),
            on_click=training_run.descend_from,
            args=(ground.result, start),
            help="Trains from these weights, the held ones as they are held, with the learning rate and epochs chosen "
            "above.",
        ):
            st.rerun()


def _rows(ground: Ground) -> str:
    return f"Of {lab_course.rows_said(ground.course) or 'all training rows'}."


def _parameters(ground: Ground, here: tuple[float, float]) -> Array:
    parameters = np.array(ground.base)
    parameters[list(ground.pair)] = here
    return parameters


def _cost_at(ground: Ground, here: tuple[float, float]) -> float:
    if ground.others != FLOOR:
        return ground.course.cost(_parameters(ground, here))
    course = ground.course
    point = cost_surface(
        course.X,
        course.y,
        ground.base,
        *ground.pair,
        here[:1],
        here[1:],
        reoptimise=True,
        penalty=Penalty(course.penalty.ridge),
        sample_weight=course.sample_weight,
        most_rows=len(course.y),
    )
    return float(point.cost[0, 0])


def _show_map(ground: Ground, here: tuple[float, float]) -> None:
    path = path_of(ground.result, ground.pair)
    optimum = ground.course.optimum
    lowest = optimum.parameters[list(ground.pair)] if optimum is not None and ground.course.has_end else None
    show_figure(
        cost_map(ground.surface, ground.pair_names, path=path, lowest=lowest, here=here, pickable=True),
        key="lab.surface.map",
        alt=cost_map_alt(ground.surface, ground.pair_names, path=path),
        numbers=cost_map_table(ground.surface, ground.pair_names),
        on_point=_stand_there,
    )


def _stand_there(point: Mapping[str, Any]) -> None:
    workspace.set_controls({f"{key}.field": float(point[axis]) for key, axis in zip(_HERE, "xy", strict=True)})


def _show_boundary(ground: Ground, here: tuple[float, float]) -> None:
    parameters = _parameters(ground, here)
    by_hand = replace(ground.result.model, coefficients=parameters[:-1], intercept=float(parameters[-1]))
    boundary_view.show_by_hand(ground.result, by_hand, _columns(ground), key="lab.surface.boundary")


def _columns(ground: Ground) -> tuple[str, ...]:
    """The columns of the two weights as axes where they are numbers, filled up with the first numbers."""
    prepared = ground.result.prepared
    sources = [prepared.columns[j].source for j in ground.pair if j < len(prepared.columns)]
    moved = [name for name in prepared.numbers if name in sources]
    others = [name for name in prepared.numbers if name not in moved]
    axes = [*moved, *others][:2]
    return tuple(name for name in prepared.numbers if name in axes) or prepared.features[:1]


def _said(ground: Ground) -> str:
    said = []
    if len(ground.names) > 2 and path_of(ground.result, ground.pair) is not None:
        said.append("The way of the descent is seen from above: on it the others had values of their own.")
    if ground.surface.n_rows < ground.surface.n_rows_in_all:
        said.append(
            f"The map is made from {ground.surface.n_rows:,} rows drawn at random, so its costs differ a little from "
            "those above it."
        )
    blew_up = ground.result.model.status.name == "DIVERGED"
    if blew_up:
        said.append("The descent blew up: most of its way lies outside of the map.")
    elif _leaves(ground):
        said.append("A part of its way lies outside of the map.")
    if not workspace.is_of_present_rows(ground.result):
        said.append("To let descent start here, train on the present choices first.")
    return " ".join([*said, lab_course.said(ground.result, ground.course)]).strip()


def _held_said(ground: Ground) -> str:
    """Which weights are held where, and that the cost is therefore another than where the run began."""
    if len(ground.names) <= 2:
        return ""
    said = f"Held {ground.others}: {_others_named(ground)}."
    if ground.result.model.settings.method != "descent" or ground.others == FLOOR:
        return said
    began = loss(ground.result.model.start_cost)
    return f"{said} The run itself began with a cost of {began}: there, what is held here had other values."


def _leaves(ground: Ground) -> bool:
    path = path_of(ground.result, ground.pair)
    if path is None:
        return False
    ends = np.array(ground.ends)
    return bool(((path < ends[:, 0]) | (path > ends[:, 1])).any())


def _others_named(ground: Ground) -> str:
    others = [name for j, name in enumerate(ground.names) if j not in ground.pair]
    if len(others) == 1:
        at = "" if ground.others == FLOOR else f", {number(float(ground.base[ground.names.index(others[0])]))}"
        return f"the {weight_of(others[0])}{at}"
    if BIAS not in others:
        return f"the other {len(others):,} weights"
    more = len(others) - 1
    return f"the other {more:,} weight{'s' if more > 1 else ''} and the bias"
