"""What is on the map of the cost surface: two weights, where the others are held, and the cost over the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from logreg_core.training import axis_values, cost_surface
from pages.shared import lab_course, workspace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from logreg_core.training import CostSurface, Course
    from pages.shared.jobs import TrainedResult

    Array = NDArray[np.float64]

BIAS = "(bias)"
AT_BEST, AT_MODEL, FLOOR = "at their best values", "where the model has them", "at their best for every place"
_MOST_ROWS = 5_000
_MOST_OTHERS = 12
_FIRST, _SECOND = "lab.surface.first", "lab.surface.second"


@dataclass(frozen=True, eq=False)
class Ground:
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
        return weight_of(first), weight_of(second)

    @property
    def ends(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Ends of the two axes."""
        first, second = self.surface.first_values, self.surface.second_values
        return (float(first[0]), float(first[-1])), (float(second[0]), float(second[-1]))


def choose(result: TrainedResult) -> Ground:
    """Draw the controls of the map and make it."""
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
    return Ground(result, course, names, pair, str(others), base, surface)


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


def path_of(result: TrainedResult, pair: tuple[int, int]) -> Array | None:
    """Where the descent was, in the two parameters; None for an exact solution, which takes no such way."""
    if result.model.settings.method != "descent":
        return None
    return result.model.history.snapshots[:, list(pair)]


def _surface(result: TrainedResult, course: Course, pair: tuple[int, int], others: str, base: Array) -> CostSurface:
    path = path_of(result, pair)
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


def weight_of(name: str) -> str:
    """A parameter as it is called at an axis and in a sentence."""
    return "bias" if name == BIAS else f"weight of {name}"
