"""What the doctor finds in the open table, and the repairs that follow: add, change, reorder, undo; nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from logreg_core.errors import RecipeError
from logreg_core.features import Recipe, edit
from logreg_core.features.findings import Memory, against_target, examine
from logreg_core.features.split_columns import SplitColumns, split_columns
from pages.shared import workspace

if TYPE_CHECKING:
    from logreg_core.features.alone import Alone
    from logreg_core.features.findings import Finding, Fix
    from logreg_core.features.steps import Step


def columns_now(target: str) -> tuple[tuple[str, bool], ...]:
    """(column, is it a number) after the repairs, without the target."""
    opened, chosen = workspace.opened_table(), workspace.recipe()
    steps = chosen.steps if chosen is not None else ()
    key = (opened.fingerprint, repr(steps), target)
    return workspace.remember("columns now", key, lambda: edit.kinds_after(opened.frame, steps, target))


def usable_columns(target: str) -> tuple[str, ...]:
    """The columns a model can use after the repairs."""
    chosen = workspace.recipe()
    steps, usable = chosen.steps if chosen is not None else (), workspace.suggested_features(target)
    return tuple(name for name in edit.usable_after(steps, workspace.table_columns(), usable) if name != target)


def columns_left_out(target: str) -> tuple[str, ...]:
    """The columns after the repairs that no model can use."""
    usable = set(usable_columns(target))
    return tuple(name for name, _ in columns_now(target) if name not in usable)


def columns_to_split_by(target: str) -> SplitColumns:
    """Columns of the open table that can decide which rows test."""
    opened = workspace.opened_table()
    return workspace.remember(
        "split columns", (opened.fingerprint, target), lambda: split_columns(opened.frame, target)
    )


def add(fix: Fix) -> None:
    """Mend a finding; the controls follow."""

    def mended(chosen: Recipe) -> Recipe:
        new = fix.apply(chosen, workspace.table_columns())
        workspace.note_split(chosen, new)
        return new

    _change_recipe(mended)


def undo(place: int) -> None:
    """Take one step out of the recipe."""
    _change_recipe(lambda chosen: edit.without_step(chosen, place, workspace.table_columns()))


def undo_all() -> None:
    """Take all repairs out of the recipe, those that are choices among them."""

    def without(chosen: Recipe) -> Recipe:
        return edit.without_steps(chosen, workspace.table_columns(), workspace.split_before_repairs(chosen.split))

    _change_recipe(without)


def undo_split() -> None:
    """Keep rows aside as before the present way was chosen."""
    _change_recipe(lambda chosen: replace(chosen, **workspace.take_split_before(chosen.split)))


def change(place: int, step: Step) -> None:
    """Put ``step`` in the place of another of its kind."""
    _change_recipe(lambda chosen: edit.with_changed_step(chosen, place, step, workspace.table_columns()))


def swap(place: int) -> None:
    """Let step ``place`` and the one after it change places."""
    _change_recipe(lambda chosen: edit.with_steps_swapped(chosen, place, workspace.table_columns()))


def movable() -> tuple[bool, ...]:
    """For each step whether it and the next can change places, where that makes a difference."""
    opened, chosen = workspace.opened_table(), workspace.recipe()
    steps = chosen.steps if chosen is not None else ()
    return workspace.remember("movable", (opened.fingerprint, repr(steps)), lambda: edit.movable(opened.frame, steps))


def change_choices(**choices: object) -> None:
    """Change single choices of the recipe; the controls follow."""
    _change_recipe(lambda chosen: replace(chosen, **choices))  # type: ignore[arg-type]


def _change_recipe(edited: Callable[[Recipe], Recipe]) -> None:
    chosen = workspace.recipe()
    workspace.set_repair_error(None)
    if chosen is None:
        return
    try:
        workspace.follow_recipe(edited(chosen))
    except RecipeError as error:
        workspace.set_repair_error(error)


def _memory() -> Memory:
    return workspace.remember("doctor", workspace.open_fingerprint(), Memory)


def is_examined() -> bool:
    """True when the doctor knows the open table, so that looking again is quick."""
    return bool(_memory().looks)


def findings() -> tuple[Finding, ...]:
    """What the doctor finds in the open table as the recipe leaves it; RecipeError passes through."""
    opened, chosen = workspace.opened_table(), workspace.recipe()
    ready, memory = workspace.ready_rows(), _memory()
    if chosen is None:
        return ()
    fine = workspace.dismissed()
    key = (opened.fingerprint, chosen.fingerprint(opened.fingerprint), ready is not None, fine)
    if not is_up_to_date():
        earlier: tuple[Finding, ...] = workspace.remembered("findings", ())
        return tuple(finding for finding in earlier if not _is_mended(finding, chosen))
    return workspace.remember("findings", key, lambda: examine(opened.frame, chosen, ready, memory, fine))


def is_up_to_date() -> bool:
    """False while the findings are those from before the latest choices: a large table is prepared when asked for."""
    return not workspace.is_large() or workspace.is_prepared()


def _is_mended(finding: Finding, chosen: Recipe) -> bool:
    return any(fix.step is not None and fix.step in chosen.steps for fix in finding.fixes)


def is_compared() -> bool:
    """True when the columns of the open table are compared with the target already, or quickly can be."""
    return not workspace.is_large() or bool(_memory().alone)


def columns_alone() -> tuple[Alone, ...]:
    """How each column of the open table alone separates the classes; what explains most first."""
    opened, chosen = workspace.opened_table(), workspace.recipe()
    ready, memory = workspace.ready_rows(), _memory()
    if chosen is None:
        return ()
    key = (opened.fingerprint, chosen.fingerprint(opened.fingerprint), ready is not None)
    return workspace.remember("alone", key, lambda: against_target(opened.frame, chosen, ready, memory))


def dismiss(key: str) -> None:
    """The user calls a finding fine: it is not shown again for this table."""
    workspace.set_dismissed(workspace.dismissed() | {key})


def recall_dismissed() -> None:
    """Show all findings about the open table again."""
    workspace.set_dismissed(frozenset())
