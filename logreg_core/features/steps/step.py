"""What a step of a recipe is: a choice about columns, learned on training rows, then applied to any rows alike.

A step is a frozen dataclass of plain values (so that it can be saved as JSON and compared); ``fit`` learns what it
needs from the training rows and gives a fitted step; only that one changes rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, ClassVar, Protocol, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.errors import RecipeError

_NAMED = 3


class FittedStep(Protocol):
    """A step that has learned what it needs."""

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of ``frame`` after this step, as many as before; ``frame`` is left as it is.

        Columns of the step that ``frame`` does not have are passed over.
        """
        ...


@dataclass(frozen=True)
class Step:
    """What all steps share: the ``columns`` they are about, and which of these were ``chosen`` as features before.

    ``chosen`` is for undoing the step; it changes nothing that the step does. Subclasses name their ``kind`` (it stands
    in saved recipes), say what they do in ``sentence``, and override ``names_after`` when they add or remove columns.
    """

    kind: ClassVar[str] = ""

    columns: tuple[str, ...]
    chosen: tuple[str, ...] = field(default=(), kw_only=True, compare=False)

    @property
    def sentence(self) -> str:
        """What the step does, in the user's words."""
        raise NotImplementedError

    def validate(self) -> None:
        """Raise RecipeError when a value is out of its range."""
        if not self.columns or not all(isinstance(name, str) for name in (*self.columns, *self.chosen)):
            raise RecipeError("A step of the recipe names no column.", remedy="Remove this step.")
        refuse_twice(self.columns)

    def names_after(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The names of a table's columns after this step, given those before."""
        return names

    def makes(self, names: tuple[str, ...]) -> dict[str, str]:
        """New columns and the column each is made from, given the names before the step."""
        return {}

    def fit(self, train: pd.DataFrame, names: tuple[str, ...]) -> FittedStep:
        """Learn from the training rows; ``names`` are all columns at this point, of which ``train`` may hold some."""
        raise NotImplementedError

    def kept(self, frame: pd.DataFrame) -> npt.NDArray[np.bool_] | None:
        """Which rows (n,) of the whole table to use; None from a step that is not about rows."""
        return None

    def without(self, gone: Sequence[str]) -> Self | None:
        """The same step for its other columns; None when there are none."""
        left = tuple(name for name in self.columns if name not in gone)
        return replace(self, columns=left) if left else None

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values, with the kind."""
        values = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}
        return {"kind": self.kind, **values}


def refuse_twice(names: tuple[str, ...]) -> None:
    """Raise RecipeError when one of a step's names occurs twice."""
    if len(set(names)) < len(names):
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise RecipeError(f"A step of the recipe names '{twice[:60]}' twice.", remedy="Remove this step.")


def present(columns: tuple[str, ...], frame: pd.DataFrame) -> tuple[str, ...]:
    """Those of ``columns`` that ``frame`` has."""
    return tuple(name for name in columns if name in frame.columns)


def inserted(names: tuple[str, ...], after: str, new: tuple[str, ...], *, keep: bool) -> tuple[str, ...]:
    """``names`` with ``new`` right after the name ``after``, which itself stays or not."""
    place = names.index(after)
    return (*names[: place + keep], *new, *names[place + 1 :])


def listed(names: Sequence[str], joined: str = "and") -> str:
    """Names as they stand in a sentence: "'a'", "'a' and 'b'", "'a', 'b', 'c' and 4 more"; or ``joined`` otherwise."""
    shown = [f"'{name}'" for name in names[:_NAMED]]
    more = len(names) - len(shown)
    if more:
        return f"{', '.join(shown)} {joined} {more:,} more"
    return f"{', '.join(shown[:-1])} {joined} {shown[-1]}" if len(shown) > 1 else shown[0]
