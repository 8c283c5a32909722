"""How reading the kept file ended, and the choices that are carried from one reading to the next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from logreg_core import features
from logreg_core.features import edit
from pages.shared.workspace.choices import (
    dismissed,
    dismissed_in,
    follow_recipe,
    open_table,
    recipe,
    set_dismissed,
)
from pages.shared.workspace.opened import open_fingerprint, opened_table, suggested_features, table_columns
from pages.shared.workspace.splits import lost_split, note_lost_split
from pages.shared.workspace.uploads import Carried, KeptFile, kept_file

if TYPE_CHECKING:
    from logreg_core.data import ReadOptions, Table
    from logreg_core.errors import TableError


def set_read(options: ReadOptions, *, table: Table | None = None, error: TableError | None = None) -> None:
    """Keep how reading the kept file ended: the table is opened; after an error the open one stays."""
    file = kept_file()
    if file is None:
        return
    file.is_adjusted = file.is_adjusted or file.options is not None or error is not None
    file.options, file.error = options, error
    if table is not None:
        file.former = None
        former, choices, lost = open_fingerprint(), _choices_to_carry(file), lost_split()
        file.fingerprint, file.columns = table.fingerprint, tuple(map(str, table.frame.columns))
        open_table(table)
        if choices is not None and table.fingerprint != former:
            if lost is not None:  # this reading may give it again
                choices = replace(choices, made=replace(choices.made, **lost))
            _carry(file, choices, former)


def _choices_to_carry(file: KeptFile) -> Carried | None:
    """The choices made for the file as it is read now; those from before its last reading if nobody touched them since.

    So a reading that loses the target, and the next one that brings it back, together lose nothing.
    """
    if not file.fingerprint or file.fingerprint != open_fingerprint():
        return None
    chosen = recipe()
    if file.carried is not None and file.carried.became == chosen:
        return file.carried
    if chosen is None:
        return None
    usable = edit.usable_after(chosen.steps, table_columns(), suggested_features(chosen.target))
    return Carried(chosen, usable, chosen)


def _carry(file: KeptFile, choices: Carried, former: str) -> None:
    """Choices made for one reading of a file, and what was called fine in it, hold for the other."""
    carried = features.carried_over(choices.made, opened_table().frame, choices.usable)
    if carried is not None:
        follow_recipe(carried)
        note_lost_split(choices.made, carried)
    file.carried = replace(choices, became=recipe())
    set_dismissed(dismissed() | dismissed_in(former))
