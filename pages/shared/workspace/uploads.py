"""The uploaded file: one a session, kept so that it can be read again in another way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

if TYPE_CHECKING:
    from logreg_core.data import ReadOptions
    from logreg_core.errors import TableError
    from logreg_core.features import Recipe

UPLOAD = "workspace.upload"
_FILE = "workspace.file"


@dataclass(frozen=True)
class Carried:
    """Choices ``made`` for one reading of a file, its ``usable`` columns, and what they ``became`` in the next."""

    made: Recipe
    usable: tuple[str, ...]
    became: Recipe | None


@dataclass
class KeptFile:
    """The last uploaded file: one a session, so that uploading again and again holds no more than one.

    ``options`` are those it was last read with, ``fingerprint`` that of the table it became, ``columns`` the names in
    it; ``error`` says why the last reading failed, ``is_adjusted`` that somebody had to help with reading it.
    ``carried`` are the choices that were carried over from its former reading. ``former`` is the file of the open table
    while this one is not read, as far as there is room for both, and ``controls`` are its controls.
    """

    name: str
    content: bytes
    options: ReadOptions | None = None
    fingerprint: str = ""
    columns: tuple[str, ...] = ()
    error: TableError | None = None
    is_adjusted: bool = False
    carried: Carried | None = None
    former: KeptFile | None = None
    controls: dict[str, object] = field(default_factory=dict)


def kept_file() -> KeptFile | None:
    """The last uploaded file, as long as its table is open or it could not be read."""
    return st.session_state.get(_FILE)


def keep_file(name: str, content: bytes, controls: dict[str, object]) -> None:
    """Keep a new file in place of the last one, whose ``controls`` are these."""
    former = kept_file()
    if former is not None and not former.fingerprint:
        controls, former = former.controls, former.former
    if former is not None and len(former.content) + len(content) > upload_limit():
        former = None
    st.session_state[_FILE] = KeptFile(name, content, former=former, controls=controls)


def upload_limit() -> int:
    """Bytes that a file may have."""
    return int(st.get_option("server.maxUploadSize")) * 2**20


def let_go_of_unread_file() -> dict[str, object]:
    """Let go of the kept file if it was never read; return the controls of the file that is kept again instead."""
    file = kept_file()
    if file is None or file.fingerprint:
        return {}
    st.session_state[_FILE] = file.former
    return file.controls


def release_upload(file_id: str) -> None:
    """Let the uploader's own copy of a file go, once it is kept.

    Streamlit frees it only when the user takes it out of the uploader: not after a change of page, so that a session
    would hold every file it ever uploaded. Its chat input frees files that were taken in this same way.
    """
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(session_id=context.session_id, file_id=file_id)


def forget_file_unless(fingerprint: str) -> None:
    """Let go of the kept file's bytes when another table than the one it became is opened."""
    file = kept_file()
    if file is not None and file.fingerprint != fingerprint:
        st.session_state[_FILE] = None


def is_new_upload(file_id: str) -> bool:
    """True until this file is taken."""
    return bool(st.session_state.get(UPLOAD, ("",))[0] != file_id)


def set_upload(file_id: str) -> None:
    """Remember the file in the uploader, so that it is taken once."""
    st.session_state[UPLOAD] = (file_id,)


def forget_upload() -> None:
    """The uploader is empty, as it is after a change of page; what was made of its file stays."""
    st.session_state.pop(UPLOAD, None)
