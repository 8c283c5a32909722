"""Sentences on wishes about training and test rows that could not be kept, and on what test rows hold that is new."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.features.design import Design
from logreg_core.features.recipe import Recipe
from logreg_core.features.targets import class_names
from logreg_core.features.usable_rows import rows_have
from logreg_core.features.values import finite

_NOTABLE_SHARE = 0.01
_NOTABLE_DIFFERENCE = 0.1  # of the share of the rarer class
_NAMED = 3
_SHOWN_CHARACTERS = 40
_TOGETHER = {"group": "Whole groups of '{}' stay together", "time": "Rows of the same '{}' stay together"}


def notes_on_split(
    y_train: npt.NDArray[np.float64], y_test: npt.NDArray[np.float64], recipe: Recipe, by: pd.Series | None = None
) -> tuple[str, ...]:
    """A sentence where the test share, or the same class shares in both parts, could not be had.

    Rows without a group are told. Where the share was had only because a group too large for it trains, that is said as
    well; ``by`` (n,) are the groups.
    """
    if recipe.split not in _TOGETHER:
        return ()
    together = _TOGETHER[recipe.split].format(recipe.split_column)
    notes = _of_rows_without_a_group(by, recipe) if recipe.split == "group" and by is not None else []
    share = y_test.size / (y_test.size + y_train.size)
    if abs(share - recipe.test_share) > _NOTABLE_SHARE:
        notes.append(f"{together}, so {_percent(share)} of the rows test instead of {_percent(recipe.test_share)}.")
    elif recipe.split == "group" and by is not None:
        notes += _of_too_large_groups(by, recipe)
    if recipe.split == "group" and recipe.stratify:
        in_train, in_test = float(y_train.mean()), float(y_test.mean())
        rarer = min(in_train, 1 - in_train)
        if abs(in_test - in_train) > max(_NOTABLE_DIFFERENCE * rarer, 1 / y_test.size):
            notes.append(
                f"{together}, so the class shares are not the same: '{recipe.positive}' are {_percent(in_train)} of the"
                f" training rows and {_percent(in_test)} of the test rows."
            )
    return tuple(notes)


def _of_rows_without_a_group(by: pd.Series, recipe: Recipe) -> list[str]:
    """They may all the same belong together; that nobody can know."""
    count = int(finite(by).isna().sum())
    if not count:
        return []
    said = "is split by itself; it" if count == 1 else "are split one by one; some of them"
    what = f"{rows_have(count)} no value in '{recipe.split_column}'"
    return [f"{what} and {said} may belong to rows that are on the other side."]


def _of_too_large_groups(by: pd.Series, recipe: Recipe) -> list[str]:
    rows = by.value_counts()
    large = rows[rows > recipe.test_share * len(by)]
    if large.empty:
        return []
    name, share = _short(class_names(large.index.to_series()[:1]).categories[0]), _percent(large.iloc[0] / len(by))
    others = f", and {len(large) - 1} more like it," if len(large) > 1 else ""
    return [
        f"Group '{name}' of '{recipe.split_column}'{others} has {share} of the rows, more than are to test: it trains,"
        " whatever the seed."
    ]


def notes_on_unknown_levels(frame: pd.DataFrame, design: Design) -> tuple[str, ...]:
    """A sentence for each category of which new rows, after the steps, hold levels that the model has not met.

    Where many levels share a column it is not known which they were: nothing is said of those.
    """
    notes = []
    for name, known in design.categories.items():
        rows = pd.Series(class_names(finite(frame[name]))).value_counts()
        new = rows[(rows > 0) & ~rows.index.isin(known.named)]
        if known.other is None and not new.empty:
            notes.append(_of_levels(name, new, len(frame), "rows", f"'{known.named[0]}', the reference"))
    return tuple(notes)


def notes_on_new_levels(train: pd.DataFrame, test: pd.DataFrame, design: Design) -> tuple[str, ...]:
    """A sentence for each category of which the test rows hold levels that no training row has."""
    notes = []
    for name, known in design.categories.items():
        # Where rare levels share a column they have no names there, so the rows are asked.
        seen = known.named if known.other is None else class_names(finite(train[name])).categories
        rows = pd.Series(class_names(finite(test[name]))).value_counts()
        new = rows[(rows > 0) & ~rows.index.isin(seen)]
        if new.empty:
            continue
        counted = f"'{known.named[0]}', the reference" if known.other is None else f"'{known.other}'"
        notes.append(_of_levels(name, new, len(test), "test rows", counted))
    return tuple(notes)


def _of_levels(name: str, new: pd.Series, rows: int, called: str, counted: str) -> str:
    """That so many of ``rows`` hold levels ``new`` (a count for each), and what they are taken for."""
    named = [f"'{_short(level)}'" for level in new.index[:_NAMED]]
    more = len(new) - len(named)
    levels = f"{', '.join(named)} and {more:,} more {'level' if more == 1 else 'levels'}" if more else ", ".join(named)
    count = int(new.sum())
    return (
        f"'{name}': {count:,} of the {rows:,} {called} {'holds' if count == 1 else 'hold'} {levels}, which no"
        f" training row has. The model takes {'it' if len(new) == 1 else 'them'} for {counted}."
    )


def _short(level: object) -> str:
    text = str(level)
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[: _SHOWN_CHARACTERS - 1]}…"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %".replace(".0 %", " %")
