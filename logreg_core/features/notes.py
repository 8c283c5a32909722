"""Sentences on what the preparation filled in and left away."""

from __future__ import annotations

import pandas as pd

from logreg_core.features.columns import Roles, text_among_numbers
from logreg_core.features.design import Design
from logreg_core.features.recipe import Recipe
from logreg_core.features.values import finite, largest_amount, missing

_NAMED = 5


def notes_on_fills(
    train: pd.DataFrame, test: pd.DataFrame, roles: Roles, design: Design, recipe: Recipe
) -> tuple[str, ...]:
    """One sentence for each column with missing values in the training or test rows."""
    notes = []
    for name in roles.features:
        as_number = name in roles.numbers
        in_train, in_test = (
            int(missing(part[name], recipe.degree, as_number=as_number).sum()) for part in (train, test)
        )
        total = in_train + in_test
        if not total:
            continue
        said = f"'{name}': {total:,} missing {'value' if total == 1 else 'values'} ({in_train:,} in the training rows"
        infinite = _infinite(train[name]) + _infinite(test[name])
        too_large = total - infinite - int(train[name].isna().sum()) - int(test[name].isna().sum())
        said += f"; {infinite:,} infinite" if infinite else ""
        said += f"; {too_large:,} beyond {largest_amount(recipe.degree):.0e} in size" if too_large else ""
        notes.append(f"{said}) {_what_was_done(name, design)}.")
    return tuple(notes)


def _infinite(column: pd.Series) -> int:
    return int(finite(column).isna().sum()) - int(column.isna().sum())


def _what_was_done(name: str, design: Design) -> str:
    if name in design.medians:
        return f"filled with {design.medians[name]:.6g}, the median of the training rows"
    levels = design.categories[name]
    if levels.missing is not None:
        return "kept as a level of their own"
    return f"filled with '{levels.named[0]}', the most frequent level of the training rows"


def notes_on_texts_among_numbers(train: pd.DataFrame, roles: Roles) -> tuple[str, ...]:
    """A sentence for each category that is nearly all numbers: some text among them made each value a level."""
    found = ((name, text_among_numbers(train[name])) for name in roles.categories)
    return tuple(
        f"'{name}' is treated as a category of {train[name].nunique():,} levels: it holds '{text}' among numbers. "
        "If these are amounts, read it as numbers: see the problems found."
        for name, text in found
        if text is not None
    )


def notes_on_powers(design: Design) -> tuple[str, ...]:
    """A sentence on columns of two values, of which no powers are made; none where there is no such column."""
    columns = design.without_powers
    if not columns:
        return ()
    if len(columns) == 1:
        return (f"'{columns[0]}' has two values only: its powers would repeat it and are left out, products are kept.",)
    named = [f"'{name}'" for name in columns[:_NAMED]]
    further = len(columns) - len(named)
    last = f"{further:,} more" if further else named.pop()
    return (
        f"{', '.join(named)} and {last} have two values only:"
        " their powers would repeat them and are left out, products are kept.",
    )
