"""Two readings of the same bytes, and that they are the same: to the bit of the frame and the word of the report."""

from __future__ import annotations

import pandas as pd

from logreg_core.data import Table, TableError, read_table


def outcome(content: bytes) -> Table | str:
    """The table that is read, or why none is."""
    try:
        return read_table(content)
    except TableError as error:
        return str(error)


def assert_same(one: Table | str, other: Table | str) -> None:
    if isinstance(one, str) or isinstance(other, str):
        assert one == other
        return
    pd.testing.assert_frame_equal(one.frame, other.frame, check_exact=True)
    assert one.report == other.report
    assert one.fingerprint == other.fingerprint
