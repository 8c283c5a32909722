"""Every case of the collection is read as a careful person reads it, told what was assumed, or refused by its name."""

import numpy as np
import pandas as pd
import pytest

from logreg_core.data import ReadOptions, Table, TableError, read_table
from tests.unit.data.damaged_cases import DAMAGED
from tests.unit.data.encoding_cases import ENCODED
from tests.unit.data.kinds_cases import TOLD_OF_KINDS
from tests.unit.data.reading_cases import CASES as USUAL
from tests.unit.data.reading_cases import Case
from tests.unit.data.told_cases import TOLD

CASES = [*USUAL, *DAMAGED, *TOLD, *ENCODED, *TOLD_OF_KINDS]


def expected(values: list) -> pd.Series:
    """Return a column as a Table holds it."""
    present = [value for value in values if value is not None]
    if present and all(isinstance(value, bool) for value in present):
        return pd.Series(pd.array(values, dtype="bool" if len(present) == len(values) else "boolean"))
    if present and isinstance(present[0], pd.Timestamp):
        return pd.Series(values).astype("datetime64[us]")
    if present and isinstance(present[0], str):
        return pd.Series(values, dtype="str")
    if len(present) == len(values) and all(isinstance(value, int) for value in values):
        return pd.Series(values, dtype=np.int64)
    return pd.Series(values, dtype=np.float64)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_is_read_as_a_careful_person_reads_it(case: Case) -> None:
    if case.refused:
        with pytest.raises(TableError) as refusal:
            read_table(case.content, options=case.options)
        assert case.refused in str(refusal.value)
        assert refusal.value.what.endswith(".")
        return
    table = read_table(case.content, options=case.options)
    assert case.columns is not None
    frame = pd.DataFrame({name: expected(values) for name, values in case.columns.items()})
    pd.testing.assert_frame_equal(table.frame, frame, check_exact=True)
    warnings = table.report.warnings
    for part in case.told:
        assert any(part in warning for warning in warnings), (part, warnings)
    assert [warning for warning in warnings if not any(part in warning for part in case.told)] == []
    assert tuple(line for line, _ in table.report.unplaced) == case.unplaced


READ = [case for case in CASES if not case.refused]


@pytest.mark.parametrize("case", READ, ids=lambda case: case.name)
def test_what_was_detected_reads_the_file_the_same_again(case: Case) -> None:
    first = read_table(case.content, options=case.options)
    detected = first.report.detected
    assert detected is not None
    assert ReadOptions.from_dict(detected.to_dict()) == detected
    again: Table = read_table(case.content, options=detected)
    pd.testing.assert_frame_equal(again.frame, first.frame)


def test_there_are_many_cases_and_no_name_twice() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 100
