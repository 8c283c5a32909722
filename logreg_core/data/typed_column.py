"""What is known of a file when one of its columns is typed, and the column in its final type."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from logreg_core.data.spellings import MISSING_SPELLINGS
from logreg_core.data.text_remarks import ALMOST

if TYPE_CHECKING:
    from logreg_core.data.numbers import Marks
    from logreg_core.data.remarks import Remark

USUAL = frozenset(MISSING_SPELLINGS) - {""}
"""Words that mean "no value" in any column unless the user says otherwise."""


@dataclass(frozen=True)
class Reading:
    """What is known of the file when a column is typed: choices of the user, and what other columns have shown.

    ``missing`` are the words that mean "no value" in any column. As long as some of the usual ones are among them, the
    list was added to or taken from: what is only judged by the other cells of a column, is judged as without it.
    """

    comma_file: bool = False
    missing: tuple[str, ...] = MISSING_SPELLINGS
    decimal: str | None = None
    thousands: str | None = None
    day_first: bool | None = None
    prefer_decimal: str = ""
    day_first_hint: bool | None = None

    @property
    def judges_words(self) -> bool:
        """Whether words are also taken for "no value" or for levels by what stands beside them."""
        return not USUAL.isdisjoint(self.missing)


@dataclass(frozen=True)
class TypedColumn:
    """A column in its final type, how often each spelling of a missing value was found, and what to remark.

    ``marks``, ``unit`` and ``order`` say how its numbers or dates were written, ``unit`` being the currency or percent
    sign that was taken off; ``open_question`` is true where the rest of the file could decide what the column alone
    cannot.
    """

    series: pd.Series[Any]
    missing: dict[str, int] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    marks: Marks | None = None
    order: str = ""
    open_question: bool = False
    unit: str = ""

    @property
    def writes_commas(self) -> bool:
        """Whether its numbers have commas as decimal marks."""
        return self.marks is not None and self.marks.decimal == "," and self.series.dtype == np.float64

    @property
    def is_of_words(self) -> bool:
        """Whether it is text, and not for a cell or two that are no number or date."""
        return isinstance(self.series.dtype, pd.StringDtype) and not any(
            remark.sort in ALMOST for remark in self.remarks
        )
