"""The rows and the objective that the laboratory works on, made once for a model, and what is to be said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logreg_core.training import course_of
from pages.shared import workspace

if TYPE_CHECKING:
    from logreg_core.training import Course
    from pages.shared.jobs import TrainedResult

_MOST_CELLS_AT_ONE_PLACE = 20_000_000
"""Rows times columns of which a single cost is computed in a tenth of a second."""


def key_of(result: TrainedResult) -> tuple[object, ...]:
    """What a course depends on."""
    settings = result.model.settings
    return (result.prepared.fingerprint, settings.alpha, settings.l1_ratio, settings.balanced)


def course(result: TrainedResult) -> Course:
    """The course of the model's run; with its optimum, which is looked for at the first wish."""
    return workspace.remember("course", key_of(result), lambda: course_of(result.prepared, result.model.settings))


def whole(result: TrainedResult) -> Course:
    """The course of all training rows, whose costs can be compared with the model's own; a sample of very many."""
    part = course(result)
    if not part.is_sample:
        return part
    return workspace.remember(
        "whole course",
        key_of(result),
        lambda: course_of(
            result.prepared, result.model.settings, most_cells=_MOST_CELLS_AT_ONE_PLACE, optimum=result.optimum
        ),
    )


def rows_said(ground: Course) -> str:
    """Of which rows a course is, where not of all; for the middle of a sentence."""
    if not ground.is_sample:
        return ""
    return f"{len(ground.y):,} of the {ground.n_in_all:,} training rows, drawn at random within each class"


def said(result: TrainedResult, ground: Course) -> str:
    """Which cost this is and of which rows, where that is not plain; empty where it is."""
    settings = result.model.settings
    parts = []
    if ground.is_sample:
        parts.append(f"Computed from {rows_said(ground)}.")
    if settings.alpha:
        parts.append("The cost is with what holds the weights back.")
    if settings.balanced:
        parts.append("Both classes count alike in it.")
    if settings.firth:
        parts.append("Firth's correction is left out here: this is the log loss as it is.")
    if ground.optimum is not None and not ground.has_end:
        parts.append(
            "Some columns tell the classes apart by themselves: the cost falls towards 0 for ever, and there is no "
            "lowest point."
        )
    return " ".join(parts)
