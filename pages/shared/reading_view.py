"""How the uploaded file was read: what was assumed, rows set aside, and what was detected, to be chosen otherwise."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from logreg_core.data import ReadOptions, read_table
from logreg_core.data.spellings import told_apart_by
from logreg_core.errors import TableError
from pages.shared import reading_choices, workspace
from pages.shared.tables import height_of
from pages.shared.wording import count, plain, show_error

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from logreg_core.data import Table
    from pages.shared.workspace.uploads import KeptFile

_SLOW_BYTES = 3_000_000
_SHOWN_AT_ONCE = 8


def begin_anew() -> None:
    """Set the controls to how a new file is read at first: as it comes. ``follow`` reads it."""
    workspace.set_controls(reading_choices.as_found())


def read_anew(place: DeltaGenerator) -> None:
    """Read the file that was just uploaded as it comes, its progress at ``place``; its controls begin anew."""
    begin_anew()
    _read(ReadOptions(), place)


def let_go_of_unread_file() -> None:
    """The file that was not read is not wanted any more; that of the open table is at hand again, with its controls."""
    workspace.set_controls(workspace.let_go_of_unread_file())


def follow(place: DeltaGenerator) -> None:
    """Read the kept file again if its controls say another thing than when it was last read."""
    file = workspace.kept_file()
    if file is not None:
        chosen = reading_choices.chosen(file.columns)
        if chosen != file.options:
            _read(chosen, place)


def _read(options: ReadOptions, place: DeltaGenerator) -> None:
    """Read the kept file; it becomes the open table, or the reason why not is kept and the open table stays."""
    file = workspace.kept_file()
    if file is None:
        return
    again, was_refused = file.options is not None, file.error is not None
    toast: Callable[..., object] = st.toast
    if again and _is_slow(file):
        toast = st.toast(f"Reading {plain(file.name)} again …", icon="spinner", duration="long").toast
    try:
        with workspace.one_at_a_time(), _progress(place, file) as watch:
            table = read_table(file.content, file.name, options, watch)
    except TableError as refusal:
        _refuse(options, refusal, toast)
    except Exception:
        logging.getLogger(__name__).exception("a file could not be read")
        error = TableError("This file could not be read.", remedy="Save it again as CSV and upload that.")
        _refuse(options, error, toast)
    else:
        workspace.set_read(options, table=table)
        if again and (was_refused or _is_slow(file)):
            # In place of what was said last: that the file is being read, or that it could not be.
            toast("The table was read again.", icon=":material/check:")


def _refuse(options: ReadOptions, error: TableError, toast: Callable[..., object]) -> None:
    """Keep why a reading failed; said for a moment where the user is, too: the control that was changed may be far."""
    workspace.set_read(options, error=error)
    if options != ReadOptions():
        toast(f"{plain(error.what, longest=150)} The table is as it was.", icon=":material/error:", duration="long")


def _is_slow(file: KeptFile) -> bool:
    return len(file.content) > _SLOW_BYTES


class _progress:  # noqa: N801 - used as a function
    """A bar for large files and a line for others, with the function that moves the bar."""

    def __init__(self, place: DeltaGenerator, file: KeptFile) -> None:
        self._place = place
        self._name = plain(file.name)
        self._slow = _is_slow(file)
        self._shown = -1.0

    def __enter__(self) -> Callable[[float, str], None]:
        if not self._slow:
            self._place.caption("Reading the file …")
        return self._watch

    def _watch(self, share: float, what: str) -> None:
        if self._slow and share - self._shown >= 0.02:
            self._shown = share
            self._place.progress(min(share, 1.0), text=f"{self._name}: {what[:1].lower()}{what[1:]} …")

    def __exit__(self, *ended: object) -> None:
        self._place.empty()


def show(table: Table | None) -> None:
    """Why the kept file could not be read, or what was assumed and the rows set aside; and its controls."""
    file = workspace.kept_file()
    if file is not None and file.error is not None:
        show_error(file.error)
        _say_what_was_chosen(file)
        with st.container(horizontal=True, vertical_alignment="center"):
            if table is not None:
                st.caption("The table you had is still open.", width="content")
            if not file.fingerprint:
                st.button("Forget this file", key="reading.forget", type="tertiary", on_click=let_go_of_unread_file)
    if table is not None:
        _show_assumed(table, _by_hand(file, table), refused=file is not None and file.error is not None)
    if file is None:
        return
    is_open = table is not None and table.fingerprint == file.fingerprint
    if not is_open and (file.error is None or _is_hopeless(file)):
        return
    report = table.report if table is not None and is_open else None
    if report is not None and report.unplaced:
        _show_unplaced(report.unplaced)
    detected = report.detected if report is not None and report.detected is not None else ReadOptions()
    sheets = report.sheets if report is not None else getattr(file.error, "choices", ())
    is_text = report is None or any(what == "Delimiter" for what, _ in report.facts)
    if report is not None and not is_text and ("Format", "Parquet") in report.facts:
        return
    reading_choices.choose_sheet(tuple(sheets), detected)
    with st.expander("What was detected", icon=":material/tune:", expanded=file.is_adjusted):
        if is_open:
            st.caption("Each of these was found in the file. Choose another one and the table is read again at once.")
        else:
            st.caption("Choose how to read the file; it is tried again at once.")
        facts = dict(report.facts) if report is not None else {}
        reading_choices.choose(detected, facts, file.columns, is_text=is_text)


def _say_what_was_chosen(file: KeptFile) -> None:
    """What was chosen by hand may be why a file could not be read, whatever the reason says of the file."""
    labels = reading_choices.labels_of(file.options or ReadOptions())
    if labels:
        st.caption(
            f"Chosen by hand: {', '.join(f'**{plain(label)}**' for label in labels)}. If that is not right for this "
            f"file, choose otherwise below, or press **{reading_choices.BACK}**."
        )


def _by_hand(file: KeptFile | None, table: Table) -> set[str]:
    """The columns of the open table whose kind was chosen."""
    if file is None or file.options is None or file.fingerprint != table.fingerprint:
        return set()
    return {name for name, _ in file.options.kinds or ()}


def _is_hopeless(file: KeptFile) -> bool:
    """Whether a file was refused as it comes, and is of a kind that no choice of how to read it can help."""
    return file.options in (None, ReadOptions()) and bool(getattr(file.error, "is_final", False))


def _show_assumed(table: Table, by_hand: set[str], *, refused: bool) -> None:
    """What to check, first about the columns whose kind was chosen ``by_hand``: it is the reply to that choice.

    Folded where the matter in hand is another file, which could not be read.
    """
    replies, others = told_apart_by(table.report.warnings, by_hand)
    sentences = [f"- {plain(sentence, longest=400)}" for sentence in (*replies, *others)]
    if not sentences:
        return
    if refused:
        with st.expander(f"What was assumed when {plain(table.name)} was read", icon=":material/rule:"):
            st.markdown("\n".join(sentences))
        return
    at_once = max(_SHOWN_AT_ONCE, len(replies))
    first, more = sentences[:at_once], sentences[at_once:]
    st.warning("\n".join(first), title="Please check what was assumed", icon=":material/rule:")
    if more:
        with st.expander(f"{len(more):,} more that {'was' if len(more) == 1 else 'were'} assumed"):
            st.markdown("\n".join(more))


def _show_unplaced(unplaced: tuple[tuple[int, str], ...]) -> None:
    with st.expander(f"{count(len(unplaced), 'row')} set aside", icon=":material/splitscreen_bottom:"):
        st.caption("These rows have another number of cells than the table, so nobody can say what belongs where.")
        lines = pd.DataFrame({"Line": [line for line, _ in unplaced], "Text": [text for _, text in unplaced]})
        st.dataframe(
            lines,
            hide_index=True,
            height=height_of(len(lines), most=8),
            column_config={
                "Line": st.column_config.NumberColumn(format="localized", width="small"),
                "Text": st.column_config.TextColumn(width="large"),
            },
            key="data.unplaced",
            alt=f"The {len(unplaced):,} rows that were set aside, with their lines in the file.",
        )
