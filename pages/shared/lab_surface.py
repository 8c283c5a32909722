"""The cost surface: a map over two weights with the way training took, and standing on it by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from logreg_core.charts import cost_map, cost_map_alt, cost_map_table
from logreg_core.training import Penalty, axis_values, cost_surface
from pages.shared import boundary_view, lab_course, training_run, workspace
from pages.shared.figures import show_figure
from pages.shared.paired_input import slider_with_field
from pages.shared.wording import loss, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from logreg_core.training import CostSurface, Course
    from pages.shared.jobs import TrainedResult

    Array = NDArray[np.float64]

BIAS = "(bias)"
AT_BEST, AT_MODEL, FLOOR = "at their best values", "where the model has them", "at their best for every place"
_MOST_ROWS = 5_000
_MOST_OTHERS = 12
_FIRST, _SECOND = "lab.surface.first", "lab.surface.second"
_HERE = ("lab.here.first", "lab.here.second")


@dataclass(frozen=True, eq=False)
class _Ground:
    """What is on the map: the two parameters, where the others are, the map itself."""

    result: TrainedResult
    course: Course
    names: tuple[str, ...]
    pair: tuple[int, int]
    others: str
    base: Array
    surface: CostSurface

    @property
    def pair_names(self) -> tuple[str, str]:
        """As they stand at the axes."""
        first, second = (self.names[j] for j in self.pair)
        return _weight_of(first), _weight_of(second)

    @property
    def ends(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Ends of the two axes."""
        first, second = self.surface.first_values, self.surface.second_values
        return (float(first[0]), float(first[-1])), (float(second[0]), float(second[-1]))


@st.fragment
def show(result: TrainedResult) -> None:
    """Which two weights, the place chosen by hand, map and boundary, and the button to descend from there."""
    ground = _choose(result)
    here = _stand(ground)
    map_side, boundary_side = st.columns(2)
    with map_side:
        st.markdown("**Cost**")
        _show_map(ground, here)
    with boundary_side:
        st.markdown("**Boundary with these weights**")
        _show_boundary(ground, here)
    st.caption(plain(_said(ground), longest=None))


def _choose(result: TrainedResult) -> _Ground:
    course = lab_course.course(result)
    names = (*result.model.feature_names, BIAS)
    options = [str(j) for j in range(len(names))]
    # Another table or other columns begin with the largest weight and the bias.
    workspace.seed_for("lab surface", (result.table.fingerprint, names), lambda: _first_pair(result))
    left, right, third = st.columns(3, vertical_alignment="bottom")
    label = {key: names[int(key)] for key in options}
    with left:
        workspace.keep_among(_FIRST, options)
        first = st.selectbox(
            "Weight across", options, format_func=label.__getitem__, key=_FIRST, persist_state="session"
        )
    remaining = [key for key in options if key != first]
    with right:
        workspace.keep_among(_SECOND, remaining)
        second = st.selectbox(
            "Weight up", remaining, format_func=label.__getitem__, key=_SECOND, persist_state="session"
        )
    pair = (int(first), int(second))
    modes = _modes(course, len(names))
    others = modes[0]
    if len(names) > 2:
        with third:
            workspace.keep_among("lab.surface.others", modes)
            others = st.selectbox(
                "The others are held",
                modes,
                key="lab.surface.others",
                persist_state="session",
                help="At their best values: a cut through the lowest point. Where the model has them: a cut through "
                "where training ended. At their best for every place: they move along, which shows the floor of the "
                "valley.",
            )
    base = _base(result, course, str(others))
    key = (lab_course.key_of(result), result.model.fingerprint, pair, others)
    surface = workspace.remember("cost surface", key, lambda: _surface(result, course, pair, str(others), base))
    return _Ground(result, course, names, pair, str(others), base, surface)


def _first_pair(result: TrainedResult) -> dict[str, object]:
    largest = int(np.argmax(np.abs(result.model.coefficients)))
    return {_FIRST: str(largest), _SECOND: str(len(result.model.coefficients))}


def _modes(course: Course, n: int) -> list[str]:
    modes = [AT_BEST] if course.has_end else []
    modes.append(AT_MODEL)
    if course.has_end and not course.penalty.lasso and 2 < n <= 2 + _MOST_OTHERS:
        modes.append(FLOOR)
    return modes


def _base(result: TrainedResult, course: Course, others: str) -> Array:
    """All parameters; those of the pair are replaced by what is on the map."""
    if others != AT_MODEL and course.optimum is not None:
        return course.optimum.parameters
    return np.array([*result.model.coefficients, result.model.intercept])


def _path(result: TrainedResult, pair: tuple[int, int]) -> Array | None:
    """Where the descent was, in the two parameters; None for an exact solution, which takes no such way."""
    if result.model.settings.method != "descent":
        return None
    return result.model.history.snapshots[:, list(pair)]


def _surface(result: TrainedResult, course: Course, pair: tuple[int, int], others: str, base: Array) -> CostSurface:
    path = _path(result, pair)
    places = np.vstack([np.zeros(2), base[list(pair)]]) if path is None else path
    lowest = course.optimum.parameters if course.optimum is not None and course.has_end else None
    errors = course.optimum.standard_errors if course.optimum is not None else np.zeros(len(base))
    axes = [
        axis_values(
            places[:, k],
            None if lowest is None else float(lowest[pair[k]]),
            spread=float(errors[pair[k]]),
            n=25 if others == FLOOR else 45,
        )
        for k in (0, 1)
    ]
    return cost_surface(
        course.X,
        course.y,
        base,
        pair[0],
        pair[1],
        axes[0],
        axes[1],
        reoptimise=others == FLOOR,
        penalty=course.penalty,
        sample_weight=course.sample_weight,
        most_rows=min(2_000, _MOST_ROWS) if others == FLOOR else _MOST_ROWS,
    )


def _stand(ground: _Ground) -> tuple[float, float]:
    """The place chosen by hand; at first the start of the run."""
    start = _path(ground.result, ground.pair)
    first = (0.0, 0.0) if start is None else (float(start[0, 0]), float(start[0, 1]))
    workspace.seed_for(
        "lab here",
        (ground.result.table.fingerprint, ground.names, ground.pair),
        lambda: {f"{key}.field": value for key, value in zip(_HERE, first, strict=True)},
    )
    st.markdown("**Beat the machine.** Move the two weights, or click on the map: how low do you get?")
    a, b = st.columns(2)
    here = []
    for place, key, name, ends in zip((a, b), _HERE, ground.pair_names, ground.ends, strict=True):
        with place:
            here.append(slider_with_field(plain(name), key, ends))
    where = (here[0], here[1])
    _show_scores(ground, where)
    return where


def _show_scores(ground: _Ground, here: tuple[float, float]) -> None:
    course = ground.course
    cost = _cost_at(ground, here)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.metric("Cost where you are", loss(cost), border=True)
        if course.optimum is not None and course.has_end:
            st.metric(
                "Best possible",
                loss(course.optimum.cost),
                border=True,
                help="With every weight and the bias at its best: the lowest point of the whole valley.",
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
            help="Trains from these weights, with the learning rate and epochs chosen above.",
        ):
            st.rerun()


def _parameters(ground: _Ground, here: tuple[float, float]) -> Array:
    parameters = np.array(ground.base)
    parameters[list(ground.pair)] = here
    return parameters


def _cost_at(ground: _Ground, here: tuple[float, float]) -> float:
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
        most_rows=2_000,
    )
    return float(point.cost[0, 0])


def _show_map(ground: _Ground, here: tuple[float, float]) -> None:
    path = _path(ground.result, ground.pair)
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


def _show_boundary(ground: _Ground, here: tuple[float, float]) -> None:
    parameters = _parameters(ground, here)
    by_hand = replace(ground.result.model, coefficients=parameters[:-1], intercept=float(parameters[-1]))
    boundary_view.show_by_hand(ground.result, by_hand, _columns(ground), key="lab.surface.boundary")


def _columns(ground: _Ground) -> tuple[str, ...]:
    """The columns of the two weights as axes where they are numbers, filled up with the first numbers."""
    prepared = ground.result.prepared
    sources = [prepared.columns[j].source for j in ground.pair if j < len(prepared.columns)]
    moved = [name for name in prepared.numbers if name in sources]
    others = [name for name in prepared.numbers if name not in moved]
    axes = [*moved, *others][:2]
    return tuple(name for name in prepared.numbers if name in axes) or prepared.features[:1]


def _said(ground: _Ground) -> str:
    said = []
    if len(ground.names) > 2:
        said.append(f"Held {ground.others}: {_others_named(ground)}.")
        if _path(ground.result, ground.pair) is not None:
            said.append("The way of the descent is seen from above: on it they had values of their own.")
    if ground.surface.n_rows < ground.surface.n_rows_in_all:
        said.append(f"The map is made from {ground.surface.n_rows:,} rows drawn at random.")
    blew_up = ground.result.model.status.name == "DIVERGED"
    if blew_up:
        said.append("The descent blew up: most of its way lies outside of the map.")
    elif _leaves(ground):
        said.append("A part of its way lies outside of the map.")
    if not workspace.is_of_present_rows(ground.result):
        said.append("To let descent start here, train on the present choices first.")
    return " ".join([*said, lab_course.said(ground.result)]).strip()


def _leaves(ground: _Ground) -> bool:
    path = _path(ground.result, ground.pair)
    if path is None:
        return False
    ends = np.array(ground.ends)
    return bool(((path < ends[:, 0]) | (path > ends[:, 1])).any())


def _others_named(ground: _Ground) -> str:
    others = [name for j, name in enumerate(ground.names) if j not in ground.pair]
    if len(others) == 1:
        return f"the {_weight_of(others[0])}"
    if BIAS not in others:
        return f"the other {len(others):,} weights"
    more = len(others) - 1
    return f"the other {more:,} weight{'s' if more > 1 else ''} and the bias"


def _weight_of(name: str) -> str:
    return "bias" if name == BIAS else f"weight of {name}"
