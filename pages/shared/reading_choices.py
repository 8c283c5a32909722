"""The controls of how a file is read: each piece that was detected can be chosen otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from logreg_core.data import ReadOptions
from logreg_core.data.choices import (
    COMMENTS,
    DECIMAL_MARKS,
    DELIMITER_NAMES,
    DELIMITERS,
    ENCODINGS,
    MISSING_WORDS,
    ORDERS,
    QUOTES,
    THOUSANDS_MARKS,
)
from pages.shared import workspace
from pages.shared.wording import shortened, told_apart

BACK = "Back to what was found"
_KINDS = {"number": "Numbers", "date": "Dates", "yes/no": "Yes or no", "text": "Text"}
_LABELS = {
    "sheet": "Sheet or file",
    "delimiter": "Delimiter",
    "encoding": "Encoding",
    "quote": "Quotation marks",
    "comment": "Lines of comment begin with",
    "skip_rows": "Lines above, empty ones too",
    "header_rows": "Rows of names",
    "footer_rows": "Rows below",
    "decimal": "Decimal mark",
    "thousands": "Thousands mark",
    "day_first": "Dates",
    "missing": "Cells that mean: no value",
    "kinds": "Read these columns as",
}
_CHOICES = ("delimiter", "encoding", "quote", "comment", "decimal", "thousands", "day_first")
_LINES = ("skip_rows", "header_rows", "footer_rows")


def as_found() -> dict[str, object]:
    """The values of all controls when nothing is chosen."""
    values: dict[str, object] = {f"reading.{field}": None for field in (*_CHOICES, *_LINES, "sheet")}
    values |= {f"reading.kind.{kind}": [] for kind in _KINDS}
    return {**values, "reading.missing": list(MISSING_WORDS)}


def present() -> dict[str, object]:
    """The present values of all controls."""
    shown = {key: workspace.widget(key) for key in as_found()}
    return as_found() | {key: value for key, value in shown.items() if value is not None}


def chosen(columns: tuple[str, ...]) -> ReadOptions:
    """What the controls say, as options; what is left as found is None."""
    kinds: dict[str, str] = {}
    for kind in _KINDS:
        kinds |= dict.fromkeys(set(_named(kind)) & set(columns), kind)
    missing = workspace.widget("reading.missing")
    options = ReadOptions(kinds=tuple(sorted(kinds.items())) or None)
    if isinstance(missing, list) and set(missing) != set(MISSING_WORDS):
        options = replace(options, missing=tuple(missing))
    said: dict[str, Any] = {f: workspace.widget(f"reading.{f}") for f in (*_CHOICES, *_LINES, "sheet")}
    return replace(options, **said)


def labels_of(options: ReadOptions) -> list[str]:
    """The labels of the controls in which something is chosen."""
    return [label for field, label in _LABELS.items() if getattr(options, field) is not None]


def _named(kind: str) -> list[str]:
    """The columns that are to be read as this kind."""
    named = workspace.widget(f"reading.kind.{kind}")
    return named if isinstance(named, list) else []


def choose(detected: ReadOptions, facts: dict[str, str], columns: tuple[str, ...], *, is_text: bool) -> None:
    """The controls of everything but the sheet; ``facts`` were found beside ``detected``, ``columns`` can be named."""
    _choose_layout(detected, is_text=is_text)
    _choose_numbers(detected, facts)
    _choose_kinds(columns)
    st.button(BACK, key="reading.reset", on_click=workspace.set_controls, args=(as_found(),))


def choose_sheet(sheets: tuple[str, ...], detected: ReadOptions) -> None:
    """Which sheet of a workbook, or file of an archive; not folded, for the first one may hold another table."""
    if len(sheets) > 1:
        workspace.keep_among("reading.sheet", [None, *sheets])
        left, _ = st.columns(2)
        with left:
            _choice("sheet", told_apart(sheets, longest=60), detected.sheet)


def _choose_layout(detected: ReadOptions, *, is_text: bool) -> None:
    """Delimiter, encoding, quotation marks, comments; lines above, names, rows at the end."""
    if is_text:
        left, right = st.columns(2)
        with left:
            found = DELIMITER_NAMES.get(detected.delimiter or "", detected.delimiter)
            _choice("delimiter", DELIMITERS, found, help_="What stands between two cells.")
        with right:
            _choice("encoding", ENCODINGS, detected.encoding, help_="How letters such as ä, é and ø are stored.")
        with left:
            _choice("quote", QUOTES, detected.quote, help_="What stands around whole cells.")
        with right:
            help_ = "Lines that begin so are left out. None: they are rows like all others."
            _choice("comment", COMMENTS, detected.comment, help_=help_)
    first, second, third = st.columns(3)
    with first:
        _lines(
            "skip_rows",
            detected.skip_rows,
            10_000,
            "Lines before the column names: titles, notes, empty lines.",
        )
    with second:
        _lines("header_rows", detected.header_rows, 2, "0 if the file has no column names.")
    with third:
        _lines("footer_rows", detected.footer_rows, 10_000, "Rows at the end that are totals or notes.")


def _choose_numbers(detected: ReadOptions, facts: dict[str, str]) -> None:
    """Decimal mark, thousands mark, order of dates, and cells that mean no value."""
    first, second, third = st.columns(3)
    with first:
        found = detected.decimal or facts.get("Decimal mark")
        _choice("decimal", DECIMAL_MARKS, found)
    with second:
        found = detected.thousands or facts.get("Thousands mark")
        _choice("thousands", THOUSANDS_MARKS, found)
    with third:
        _choice("day_first", ORDERS, detected.day_first, help_="Whether 03/04/2024 is in April or in March.")
    st.multiselect(
        _LABELS["missing"],
        list(MISSING_WORDS),
        key="reading.missing",
        persist_state="session",
        accept_new_options=True,
        help="Take out a word that is a value of its own, such as NA for North America; type one to add it.",
    )


def _choose_kinds(columns: tuple[str, ...]) -> None:
    """Columns that are to be read as another kind."""
    st.markdown(f"**{_LABELS['kinds']}**")
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


def _choice(field: str, options: dict[Any, str], found: object, *, help_: str = "") -> None:
    """One of ``options``; nothing chosen means what was found, which stands in the empty control.

    What was found is no option: the browser sends the label of an option, and this one changes with every reading.
    """
    name = options.get(found, shortened(found) if isinstance(found, str) and found else "")
    st.selectbox(
        _LABELS[field],
        list(options),
        index=None,
        format_func=lambda key: options[key],
        key=f"reading.{field}",
        persist_state="session",
        placeholder=f"{name} (found)" if name else "as found",
        help=help_ or None,
    )


def _lines(field: str, found: int | None, most: int, help_: str) -> None:
    st.number_input(
        _LABELS[field],
        0,
        most,
        None,
        key=f"reading.{field}",
        persist_state="session",
        placeholder="as found" if found is None else f"{found:,} (found)",
        help=help_,
    )
