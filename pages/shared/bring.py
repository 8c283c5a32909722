"""The three ways in, as cards side by side: upload a file, take a sample, generate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.charts import class_scatter, class_scatter_alt
from logreg_core.data import KINDS, SAMPLES, GeneratorSpec, Table, generate, load_sample
from logreg_core.errors import LogregError
from pages.shared import reading_choices, reading_view, workspace
from pages.shared.figures import show_figure
from pages.shared.wording import show_error

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

FILE_TYPES = [
    "csv",
    "tsv",
    "tab",
    "txt",
    "dat",
    "asc",
    "prn",
    "xlsx",
    "xlsm",
    "xls",
    "parquet",
    "json",
    "jsonl",
    "ndjson",
]
FILE_TYPES += ["gz", "bz2", "xz", "zip"]
_PASTED = "pasted cells"


def upload_card(progress: DeltaGenerator) -> None:
    """Upload a file; it becomes the open table as soon as it is read, and again when its controls change.

    How far that is stands at ``progress``.
    """
    st.subheader("Upload", anchor=False)
    limit = int(st.get_option("server.maxUploadSize"))
    file = st.file_uploader(
        "A table from your computer",
        type=FILE_TYPES,
        key="data.upload",
        max_upload_size=limit,
        on_change=_uploader_changed,
    )
    st.caption(
        f"CSV of any kind, fixed columns, Excel, Parquet or JSON, also packed, up to {limit} MB. Each row is one case. "
        "Titles, totals, semicolons, decimal commas and accents are fine. The file stays in this session and is "
        "forgotten when you reload the page."
    )
    _paste()
    if file is None:
        workspace.forget_upload()
    elif workspace.is_new_upload(file.file_id):
        with workspace.one_at_a_time():
            if workspace.is_new_upload(file.file_id):
                workspace.set_upload(file.file_id)
                workspace.keep_file(file.name, file.getvalue(), reading_choices.present())
                workspace.release_upload(file.file_id)
                reading_view.read_anew(progress)
    reading_view.follow(progress)


def _uploader_changed() -> None:
    """A file taken out of the uploader while it is read, or after it was refused, is not wanted any more."""
    if workspace.widget("data.upload") is None:
        reading_view.let_go_of_unread_file()


def _paste() -> None:
    """Cells from the clipboard, which are read like a file."""
    with st.popover("Paste cells instead", icon=":material/content_paste:", width="stretch"):
        st.text_area(
            "Cells copied from a spreadsheet, a web page or a message",
            key="data.pasted",
            persist_state="session",
            height=180,
            placeholder="Paste here, the names of the columns in the first row.",
        )
        st.button("Read these cells", key="data.paste", on_click=_take_pasted)


def _take_pasted() -> None:
    pasted = workspace.widget("data.pasted")
    if not isinstance(pasted, str) or not pasted.strip():
        st.toast("Nothing was pasted yet.", icon=":material/content_paste:")
        return
    workspace.keep_file(_PASTED, pasted.encode("utf-8", "replace"), reading_choices.present())
    workspace.set_controls({"data.pasted": ""})
    reading_view.begin_anew()


def sample_card() -> None:
    """Take one of the samples, which all work offline."""
    st.subheader("Sample", anchor=False)
    titles = {sample.title: key for key, sample in SAMPLES.items()}
    title = st.selectbox(
        "A table to try things with",
        list(titles),
        key="data.sample",
        persist_state="session",
        help="Each comes with a question to predict; you can change it on the next page.",
    )
    st.caption(SAMPLES[titles[title]].line)
    st.button("Use this sample", key="data.use_sample", on_click=_open_sample, args=(titles[title],), width="stretch")


def _open_sample(key: str) -> None:
    workspace.open_table(load_sample(key))


def generator_card() -> None:
    """Generate points of a chosen shape, drawn at once."""
    st.subheader("Generate", anchor=False)
    labels = {label: kind for kind, label in KINDS.items()}
    label = st.selectbox("Shape", list(labels), key="data.kind", persist_state="session")
    start = GeneratorSpec(kind="clusters")
    noise = st.slider(
        "Noise",
        0.0,
        1.0,
        start.noise,
        0.05,
        key="data.noise",
        persist_state="session",
        help="0: the classes are cleanly apart. 1: they overlap heavily.",
    )
    rows, balance, useless, seed = _generator_details(start)
    spec = GeneratorSpec(labels[label], rows, float(noise), balance, useless, seed)
    try:
        table = workspace.remember("generated", spec.to_dict(), lambda: generate(spec))
    except LogregError as error:
        show_error(error)
        return
    _preview(table)
    st.button("Use this data", key="data.use_generated", on_click=workspace.open_table, args=(table,), width="stretch")


def _generator_details(start: GeneratorSpec) -> tuple[int, float, int, int]:
    """Rows, share of the positive class, useless columns and seed."""
    with st.expander("Rows, balance, useless columns, seed"):
        rows = st.number_input("Rows", 10, 200_000, start.rows, step=100, key="data.rows", persist_state="session")
        balance = st.slider(
            "Share of orange, %",
            5,
            95,
            round(100 * start.balance),
            5,
            key="data.balance",
            persist_state="session",
            help="How many of the rows belong to the class 'orange', the one to predict.",
        )
        useless = st.number_input(
            "Useless columns",
            0,
            50,
            start.useless,
            key="data.useless",
            persist_state="session",
            help="Further columns of pure chance. Watch what the model makes of them.",
        )
        seed = st.number_input(
            "Seed",
            0,
            2**32 - 1,
            start.seed,
            key="data.seed",
            persist_state="session",
            help="Another seed draws other points of the same shape; the same seed the same points.",
        )
    return int(rows), balance / 100, int(useless), int(seed)


def _preview(table: Table) -> None:
    figure = class_scatter(table.frame, "x1", "x2", "class", positive="orange")
    show_figure(
        figure,
        height=230,
        key="data.preview",
        alt=class_scatter_alt(table.frame, "x1", "x2", "class", positive="orange"),
    )
