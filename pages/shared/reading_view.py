"""How the uploaded file was read: what was assumed, rows set aside, and what was detected, to be chosen otherwise."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from logreg_core.data import ReadOptions, read_table
from logreg_core.data.choices import (
    DECIMAL_MARKS,
    DELIMITER_NAMES,
    DELIMITERS,
    ENCODINGS,
    MISSING_WORDS,
    ORDERS,
    THOUSANDS_MARKS,
)
from logreg_core.errors import TableError
from pages.shared import workspace
from pages.shared.wording import count, plain, shortened, show_error, told_apart

if TYPE_CHECKING:
    from logreg_core.data import Table

_SLOW_BYTES = 3_000_000
_KINDS = {"number": "Numbers", "date": "Dates", "yes/no": "Yes or no", "text": "Text"}
_CHOICES = ("delimiter", "encoding", "decimal", "thousands", "day_first")
_LINES = ("skip_rows", "header_rows", "footer_rows")
_ROW_HEIGHT = 35
_SHOWN_AT_ONCE = 8


def begin_anew() -> None:
    """Set the controls to how a new file is read at first: as it comes. ``follow`` reads it."""
    workspace.set_controls(_as_found())


def read_anew() -> None:
    """Read the file that was just uploaded as it comes; the controls of the last one begin anew."""
    begin_anew()
    _read(ReadOptions())


def _as_found() -> dict[str, object]:
    """The values of all controls when nothing is chosen."""
    values: dict[str, object] = {f"reading.{field}": None for field in (*_CHOICES, *_LINES, "sheet")}
    values |= {f"reading.kind.{kind}": [] for kind in _KINDS}
    return {**values, "reading.missing": list(MISSING_WORDS)}


def controls() -> dict[str, object]:
    """The present values of all controls."""
    shown = {key: workspace.widget(key) for key in _as_found()}
    return _as_found() | {key: value for key, value in shown.items() if value is not None}


def let_go_of_unread_file() -> None:
    """The file that was not read is not wanted any more; that of the open table is at hand again, with its controls."""
    workspace.set_controls(workspace.let_go_of_unread_file())


def follow() -> None:
    """Read the kept file again if its controls say another thing than when it was last read."""
    file = workspace.kept_file()
    if file is not None:
        chosen = _chosen(file.columns)
        if chosen != file.options:
            _read(chosen)


def _read(options: ReadOptions) -> None:
    """Read the kept file; it becomes the open table, or the reason why not is kept and the open table stays."""
    file = workspace.kept_file()
    if file is None:
        return
    try:
        with workspace.one_at_a_time(), _progress(len(file.content)) as watch:
            table = read_table(file.content, file.name, options, watch)
    except TableError as refusal:
        _refuse(options, refusal)
    except Exception:
        logging.getLogger(__name__).exception("a file could not be read")
        _refuse(options, TableError("This file could not be read.", remedy="Save it again as CSV and upload that."))
    else:
        workspace.set_read(options, table=table)


def _refuse(options: ReadOptions, error: TableError) -> None:
    """Keep why a reading failed; said for a moment where the user is, too: the control that was changed may be far."""
    workspace.set_read(options, error=error)
    if options != ReadOptions():
        st.toast(f"{plain(error.what)} The table is as it was.", icon=":material/error:", duration="long")


class _progress:  # noqa: N801 - used as a function
    """A bar for large files and a spinner for others, with the function that moves the bar."""

    def __init__(self, n_bytes: int) -> None:
        self._slow = n_bytes > _SLOW_BYTES
        self._shown = -1.0

    def __enter__(self) -> Callable[[float, str], None]:
        self._place = st.empty()
        if not self._slow:
            self._place.caption("Reading the file …")
        return self._watch

    def _watch(self, share: float, what: str) -> None:
        if self._slow and share - self._shown >= 0.02:
            self._shown = share
            self._place.progress(min(share, 1.0), text=f"{what} …")

    def __exit__(self, *ended: object) -> None:
        self._place.empty()


def show(table: Table | None) -> None:
    """Why the kept file could not be read, or what was assumed and the rows set aside; and its controls."""
    file = workspace.kept_file()
    if file is not None and file.error is not None:
        show_error(file.error)
        with st.container(horizontal=True, vertical_alignment="center"):
            if table is not None:
                st.caption("The table you had is still open.", width="content")
            if not file.fingerprint:
                st.button("Forget this file", key="reading.forget", type="tertiary", on_click=let_go_of_unread_file)
    if table is not None:
        _show_assumed(table, refused=file is not None and file.error is not None)
    if file is None:
        return
    is_open = table is not None and table.fingerprint == file.fingerprint
    if not is_open and file.error is None:
        return
    report = table.report if table is not None and is_open else None
    if report is not None and report.unplaced:
        _show_unplaced(report.unplaced)
    detected = report.detected if report is not None and report.detected is not None else ReadOptions()
    sheets = report.sheets if report is not None else getattr(file.error, "choices", ())
    is_text = report is None or any(what == "Delimiter" for what, _ in report.facts)
    if report is not None and not is_text and ("Format", "Parquet") in report.facts:
        return
    with st.expander("What was detected", icon=":material/tune:", expanded=file.is_adjusted):
        if is_open:
            st.caption("Each of these was found in the file. Choose another one and the table is read again at once.")
        else:
            st.caption("Choose how to read the file; it is tried again at once.")
        _layout_controls(detected, tuple(sheets), is_text)
        _number_controls(detected, dict(report.facts) if report is not None else {})
        _kind_controls(file.columns)
        st.button("Back to what was found", key="reading.reset", on_click=workspace.set_controls, args=(_as_found(),))


def _show_assumed(table: Table, *, refused: bool) -> None:
    """What to check; folded where the matter in hand is another file, which could not be read."""
    sentences = [f"- {plain(sentence, longest=400)}" for sentence in table.report.warnings]
    if not sentences:
        return
    if refused:
        with st.expander(f"What was assumed when {plain(table.name)} was read", icon=":material/rule:"):
            st.markdown("\n".join(sentences))
        return
    first, others = sentences[:_SHOWN_AT_ONCE], sentences[_SHOWN_AT_ONCE:]
    st.warning("\n".join(first), title="Please check what was assumed", icon=":material/rule:")
    if others:
        with st.expander(f"{len(others):,} more that {'was' if len(others) == 1 else 'were'} assumed"):
            st.markdown("\n".join(others))


def _show_unplaced(unplaced: tuple[tuple[int, str], ...]) -> None:
    with st.expander(f"{count(len(unplaced), 'row')} set aside", icon=":material/splitscreen_bottom:"):
        st.caption("These rows have another number of cells than the table, so nobody can say what belongs where.")
        lines = pd.DataFrame({"Line": [line for line, _ in unplaced], "Text": [text for _, text in unplaced]})
        st.dataframe(
            lines,
            hide_index=True,
            height=min(len(lines) + 1, 8) * _ROW_HEIGHT + 3,
            column_config={
                "Line": st.column_config.NumberColumn(format="localized", width="small"),
                "Text": st.column_config.TextColumn(width="large"),
            },
            key="data.unplaced",
            alt=f"The {len(unplaced):,} rows that were set aside, with their lines in the file.",
        )


def _choice(label: str, field: str, options: dict[Any, str], found: object, *, help_: str = "") -> None:
    """One of ``options``; nothing chosen means what was found, which stands in the empty control.

    What was found is no option: the browser sends the label of an option, and this one changes with every reading.
    """
    name = options.get(found, shortened(found) if isinstance(found, str) and found else "")
    st.selectbox(
        label,
        list(options),
        index=None,
        format_func=lambda key: options[key],
        key=f"reading.{field}",
        persist_state="session",
        placeholder=f"{name} (found)" if name else "as found",
        help=help_ or None,
    )


def _lines(label: str, field: str, found: int | None, most: int, help_: str) -> None:
    st.number_input(
        label,
        0,
        most,
        None,
        key=f"reading.{field}",
        persist_state="session",
        placeholder="as found" if found is None else f"{found:,} (found)",
        help=help_,
    )


def _layout_controls(detected: ReadOptions, sheets: tuple[str, ...], is_text: bool) -> None:
    """Sheet, delimiter, encoding; lines above, names, rows at the end."""
    if len(sheets) > 1:
        workspace.keep_among("reading.sheet", [None, *sheets])
        _choice("Sheet or file", "sheet", told_apart(sheets, longest=60), detected.sheet)
    if is_text:
        left, right = st.columns(2)
        with left:
            found = DELIMITER_NAMES.get(detected.delimiter or "", detected.delimiter)
            _choice("Delimiter", "delimiter", DELIMITERS, found, help_="What stands between two cells.")
        with right:
            _choice(
                "Encoding", "encoding", ENCODINGS, detected.encoding, help_="How letters such as ä, é and ø are stored."
            )
    first, second, third = st.columns(3)
    with first:
        _lines(
            "Lines above, empty ones too",
            "skip_rows",
            detected.skip_rows,
            10_000,
            "Lines before the column names: titles, notes, empty lines.",
        )
    with second:
        _lines("Rows of names", "header_rows", detected.header_rows, 2, "0 if the file has no column names.")
    with third:
        _lines("Rows below", "footer_rows", detected.footer_rows, 10_000, "Rows at the end that are totals or notes.")


def _number_controls(detected: ReadOptions, facts: dict[str, str]) -> None:
    """Decimal mark, thousands mark, order of dates, and cells that mean no value."""
    first, second, third = st.columns(3)
    with first:
        found = detected.decimal or facts.get("Decimal mark")
        _choice("Decimal mark", "decimal", DECIMAL_MARKS, found)
    with second:
        found = detected.thousands or facts.get("Thousands mark")
        _choice("Thousands mark", "thousands", THOUSANDS_MARKS, found)
    with third:
        _choice("Dates", "day_first", ORDERS, detected.day_first, help_="Whether 03/04/2024 is in April or in March.")
    st.multiselect(
        "Cells that mean: no value",
        list(MISSING_WORDS),
        key="reading.missing",
        persist_state="session",
        accept_new_options=True,
        help="Take out a word that is a value of its own, such as NA for North America; type one to add it.",
    )


def _kind_controls(columns: tuple[str, ...]) -> None:
    """Columns that are to be read as another kind."""
    st.markdown("**Read these columns as**")
    labels = told_apart(columns, longest=30)
    for place, (kind, label) in zip([*st.columns(2), *st.columns(2)], _KINDS.items(), strict=True):
        with place:
            taken = {name for other in _KINDS if other != kind for name in _named(other)}
            options = [name for name in columns if name not in taken]
            workspace.keep_among(f"reading.kind.{kind}", options)
            st.multiselect(
                label,
                options,
                format_func=lambda name: labels.get(name, name),
                key=f"reading.kind.{kind}",
                persist_state="session",
                placeholder="as found",
            )


def _named(kind: str) -> list[str]:
    """The columns that are to be read as this kind."""
    named = workspace.widget(f"reading.kind.{kind}")
    return named if isinstance(named, list) else []


def _chosen(columns: tuple[str, ...]) -> ReadOptions:
    """What the controls say, as options; what is left as found is None."""
    kinds: dict[str, str] = {}
    for kind in _KINDS:
        kinds |= dict.fromkeys(set(_named(kind)) & set(columns), kind)
    missing = workspace.widget("reading.missing")
    options = ReadOptions(kinds=tuple(sorted(kinds.items())) or None)
    if isinstance(missing, list) and set(missing) != set(MISSING_WORDS):
        options = replace(options, missing=tuple(missing))
    chosen: dict[str, Any] = {f: workspace.widget(f"reading.{f}") for f in (*_CHOICES, *_LINES, "sheet")}
    return replace(options, **chosen)
