"""Use each of several equal rows once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.features.steps.step import FittedStep, Step, listed

ALL_COLUMNS = "*"


@dataclass(frozen=True)
class DropDuplicates(Step):
    """Of rows that agree in all but the ``columns`` use the first; the only step about rows, done before the split.

    ``columns`` are those that may differ, such as a row number; none of them when they hold ``ALL_COLUMNS`` only.
    """

    kind: ClassVar[str] = "drop duplicates"

    columns: tuple[str, ...] = (ALL_COLUMNS,)

    @property
    def ignored(self) -> tuple[str, ...]:
        """The columns in which equal rows may differ."""
        return tuple(name for name in self.columns if name != ALL_COLUMNS)

    @property
    def sentence(self) -> str:
        """What the step does."""
        return "Use each of several equal rows once" + (f" (apart from {listed(self.ignored)})" if self.ignored else "")

    def fit(self, train: pd.DataFrame, names: tuple[str, ...]) -> FittedStep:
        """Nothing is learned."""
        return self

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame as it is: new rows are never dropped."""
        return frame

    def kept(self, frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
        """Which rows (n,) of the whole table to use."""
        return ~repeats(frame, self.ignored)


def repeats(frame: pd.DataFrame, ignored: tuple[str, ...] = ()) -> npt.NDArray[np.bool_]:
    """Which rows (n,) are equal to a row before them in all columns but ``ignored``."""
    compared = frame.drop(columns=list(ignored), errors="ignore")
    if compared.shape[1] == 0:
        return np.zeros(len(frame), dtype=np.bool_)
    # Equal rows have equal hashes, which spares comparing all rows with all; those whose hashes agree are compared.
    hashes = pd.util.hash_pandas_object(compared, index=False)
    candidates = hashes.duplicated(keep=False).to_numpy()
    repeated = np.zeros(len(frame), dtype=np.bool_)
    repeated[candidates] = compared[candidates].duplicated().to_numpy()
    return repeated
