"""Columns and classes in the user's words: what training finds in scaled columns, said in the table's own units.

Training sees columns that were scaled, and categories as columns of 0 and 1. Whoever prepared them knows how each is to
be read (``ColumnWords``); here the findings about columns are turned into sentences that hold for the user's table.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose, ulp
from typing import TYPE_CHECKING, Protocol

import numpy as np

from logreg_core.training.aliasing import AliasedColumn, combination_sentence, tidy
from logreg_core.training.settings import plain_number

if TYPE_CHECKING:
    from logreg_core.training.separation import Cut, Separation

MOST_NAMED = 5
NO_LOWEST_POINT = (
    "would grow without end, so the cost has no lowest point. Hold weights back with a penalty or with Firth's "
    "correction, merge rare values, or leave columns out."
)


class ColumnWords(Protocol):
    """How a column of the design matrix is to be read."""

    @property
    def name(self) -> str:
        """Name of the column."""

    @property
    def source(self) -> str:
        """The user's column it comes from."""

    @property
    def kind(self) -> str:
        """ "number", or of 0 and 1: "level" or "missing"."""

    @property
    def level(self) -> str:
        """The level that is 1."""

    @property
    def units(self) -> tuple[float, float] | None:
        """(center, scale): ``center + scale * value`` is in the user's units; None where a value has none."""


class TableWords(Protocol):
    """The user's names for columns and classes."""

    @property
    def columns(self) -> Sequence[ColumnWords]:
        """One for each column of the design matrix."""

    @property
    def target(self) -> str:
        """What is predicted."""

    @property
    def positive(self) -> str:
        """Class 1."""

    @property
    def negative(self) -> str:
        """Class 0."""


def separation_sentence(separation: Separation, words: TableWords) -> str:
    """Say which columns tell which class, in the user's units, and what can be done."""
    cut = separation.cut
    if cut is None:
        return f"{_several(separation)} Their weights {NO_LOWEST_POINT}"
    column = words.columns[separation.columns[0]]
    above, below = _sides(column, cut)
    positive, negative = (f"have “{words.target} = {name}”" for name in (words.positive, words.negative))
    return f"{_one_column(cut, above, below, (positive, negative))} Its weight {NO_LOWEST_POINT}"


def plain_sentence(separation: Separation, classes: tuple[str, str] | None = None) -> str:
    """Say the same of columns as they are; ``classes`` are the names of class 1 and class 0, if they have names."""
    cut = separation.cut
    if cut is None:
        return f"{_several(separation)} Their weights {NO_LOWEST_POINT}"
    at = _threshold(cut, 0.0, 1.0)
    above, below = (f"rows with “{separation.names[0]}” {where} {at}" for where in ("above", "below"))
    sides = ("are of the positive class", "are of the other class")
    if classes is not None:
        sides = (f"are of the class “{classes[0]}”", f"are of the class “{classes[1]}”")
    return f"{_one_column(cut, above, below, sides)} Its weight {NO_LOWEST_POINT}"


def aliasing_sentence(column: AliasedColumn, columns: Sequence[ColumnWords]) -> str:
    """Say of what a column is made, in the user's units; as it was found where there are none."""
    units = [columns[j].units for j in (column.index, *column.of)]
    if any(each is None for each in units) or not column.of:
        return column.sentence
    centers = np.array([each[0] for each in units if each is not None])
    scales = np.array([each[1] for each in units if each is not None])
    weights = np.array([tidy(weight) for weight in np.array(column.weights) * scales[0] / scales[1:]])
    offset = float(centers[0] + scales[0] * column.offset - weights @ centers[1:])
    size = abs(centers[0]) + np.abs(weights) @ np.abs(centers[1:]) + scales[0]
    offset = 0.0 if abs(offset) <= 1e-9 * size else tidy(offset)
    return combination_sentence(column.name, [columns[k].name for k in column.of], weights, offset)


def _one_column(cut: Cut, above: str, below: str, classes: tuple[str, str]) -> str:
    upper, lower = classes if cut.rising else classes[::-1]
    sides = [
        f"{'both' if rows == 2 else f'all {rows:,}'} {where} {side}"
        if rows > 1
        else _of_one_row(f"the only {where} {side}")
        for rows, where, side in ((cut.above, above, upper), (cut.below, below, lower))
        if rows
    ]
    told = " and ".join(sides)
    return f"{told[0].upper()}{told[1:]}."


def _of_one_row(told: str) -> str:
    return told.replace("rows ", "row ", 1).replace(" have “", " has “").replace(" are of the ", " is of the ")


def _sides(column: ColumnWords, cut: Cut) -> tuple[str, str]:
    """What the rows above the cut are called, and those below."""
    if column.kind == "level":
        return f"rows with “{column.name}”", f"rows where “{column.source}” is not “{column.level}”"
    if column.kind == "missing":
        return f"rows where “{column.source}” is missing", f"rows where “{column.source}” is not missing"
    if column.units is None:
        return f"rows with large “{column.name}”", f"rows with small “{column.name}”"
    at = _threshold(cut, *column.units)
    return f"rows with “{column.name}” above {at}", f"rows with “{column.name}” below {at}"


def _threshold(cut: Cut, center: float, scale: float) -> str:
    """Shortest number, in units ``center + scale * value``, that does what the cut does."""
    gap = max(cut.high - cut.low, 1e-300)
    low, at, high = (center + scale * value for value in (cut.low, cut.at, cut.high))
    exact = cut.on_the_line > 0
    for digits in range(1, 17):
        short = float(f"{at:.{digits}g}")
        same = isclose(short, at, rel_tol=8 * ulp(1.0), abs_tol=1e-9 * abs(scale) * gap)
        if same if exact else low < short < high:
            return plain_number(short, digits=max(6, digits))
    return plain_number(at, digits=17)


def _several(separation: Separation) -> str:
    names, certain = separation.names, separation.certain
    named = ", ".join(f"“{name}”" for name in names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        named += f" and {len(names) - MOST_NAMED:,} other columns"
    if certain.all():
        return f"Together, {named} tell the classes apart without an error in all {len(certain):,} rows."
    return f"Together, {named} settle the class of {int(certain.sum()):,} of {len(certain):,} rows without an error."
