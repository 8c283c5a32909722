"""The design matrix: the user's columns as the numbers a model sees, learned on training rows only.

Numbers:     missing filled with the median -> (scaled) -> powers and products -> (scaled)
Categories:  missing filled with the most frequent level -> one yes/no column for each level but the most frequent,
             which is the reference; of more than 30 levels the rare ones share a column
Flags:       with ``missing="flag"``, a yes/no column for each number column that had missing values, and a level
             "(missing)" for each category
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.features.columns import Roles
from logreg_core.features.levels import Levels, fit_levels, free_name
from logreg_core.features.recipe import Recipe
from logreg_core.features.terms import Terms, fit_terms
from logreg_core.features.too_wide import check_width
from logreg_core.features.values import amount_matrix

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class DesignColumn:
    """A column of the design matrix: its name, the user's columns it comes from, and how to read it.

    Attributes
    ----------
    name, source, note : str
    kind : {"number", "level", "missing"}
        An amount, or 1 where the source has the ``level`` or is missing, else 0.
    level : str
        Of a column of kind "level", the level.
    units : (float, float) or None
        (center, scale): ``center + scale * value`` is in the user's units; None where a value has none, as with powers
        of scaled columns.
    """

    name: str
    source: str
    note: str
    kind: str = "number"
    level: str = ""
    units: tuple[float, float] | None = (0.0, 1.0)


@dataclass(frozen=True, eq=False)
class Design:
    """A fitted way from the user's columns to the design matrix.

    Attributes
    ----------
    columns : tuple of DesignColumn
        In the order of the matrix: numbers (with their powers and products), flags, levels. No name occurs twice.
    medians : dict of column -> float
        What a missing number is filled with.
    categories : dict of column -> Levels
    flagged : tuple of str
        Number columns that have a yes/no column for missing.
    without_powers : tuple of str
        Number columns of two values, of which only products are made where there are powers of others.
    """

    columns: tuple[DesignColumn, ...]
    medians: dict[str, float]
    categories: dict[str, Levels]
    flagged: tuple[str, ...]
    without_powers: tuple[str, ...]
    _degree: int
    _terms: Terms | None

    @property
    def levels(self) -> dict[str, tuple[str, ...]]:
        """All levels of each category, the reference level first."""
        return {name: levels.all for name, levels in self.categories.items()}

    def transform(self, frame: pd.DataFrame) -> npt.NDArray[np.float64]:
        """Rows of ``frame`` (n, any columns that include the used ones) as a matrix (n, n_design_columns), C order.

        All finite. A level not seen in training counts as one of the other levels where there are such, else as the
        reference.
        """
        matrix = np.empty((len(frame), len(self.columns)))
        if not len(frame):
            return matrix
        filled = 0
        blocks: list[npt.NDArray[np.float64]] = []
        if self._terms is not None:
            names = tuple(self.medians)
            amounts = amount_matrix(frame, names, self._degree)
            flags = [np.isnan(amounts[:, names.index(name)])[:, None] for name in self.flagged]
            blocks = [self._terms.transform(amounts), *flags]
        blocks += [levels.indicators(frame[name]) for name, levels in self.categories.items()]
        for block in blocks:
            matrix[:, filled : filled + block.shape[1]] = block
            filled += block.shape[1]
        return matrix


def fit_design(train: pd.DataFrame, roles: Roles, recipe: Recipe) -> Design:
    """Learn fills, levels, means and scales from the training rows.

    Raises TooWideError when the design matrix would have more cells than fit.
    """
    flag = recipe.missing == "flag"
    categories = {name: fit_levels(train[name], flag=flag) for name in roles.categories}
    counts = {name: len(each.all) - (each.missing is not None) for name, each in categories.items()}
    with_gaps = sum(each.missing is not None for each in categories.values())
    check_width(len(train), len(roles.numbers), recipe.degree, counts, with_gaps)
    terms: Terms | None = None
    medians: dict[str, float] = {}
    flagged: tuple[str, ...] = ()
    without_powers: tuple[str, ...] = ()
    columns: list[DesignColumn] = []
    if roles.numbers:
        amounts = amount_matrix(train, roles.numbers, recipe.degree)
        gaps = np.asarray(np.isnan(amounts).any(axis=0))
        terms = fit_terms(amounts, recipe)
        del amounts
        medians = dict(zip(roles.numbers, map(float, terms.medians), strict=True))
        flagged = tuple(name for name, gap in zip(roles.numbers, gaps, strict=True) if flag and gap)
        without_powers = tuple(name for name, two in zip(roles.numbers, terms.two_valued, strict=True) if two)
        columns = _term_columns(roles.numbers, terms)
    columns += [
        DesignColumn(f"{name} is missing", name, "1 where the value was missing, else 0", "missing") for name in flagged
    ]
    columns += [
        DesignColumn(
            f"{name} = {level}", name, f"1 for this level, else 0; compared with {levels.all[0]}", "level", level
        )
        for name, levels in categories.items()
        for level in levels.all[1:]
    ]
    return Design(
        columns=_with_unique_names(columns),
        medians=medians,
        categories=categories,
        flagged=flagged,
        without_powers=without_powers,
        _degree=recipe.degree,
        _terms=terms,
    )


def _term_columns(names: tuple[str, ...], terms: Terms) -> list[DesignColumn]:
    columns = []
    for row, units in zip(terms.powers, terms.units, strict=True):
        at = np.flatnonzero(row)
        sources = [names[place] for place in at]
        factors = [
            name if row[place] == 1 else f"{name}{str(row[place]).translate(_SUPERSCRIPTS)}"
            for name, place in zip(sources, at, strict=True)
        ]
        columns.append(
            DesignColumn(
                " × ".join(factors), ", ".join(sources), "power or product" if row.sum() > 1 else "", units=units
            )
        )
    return columns


def _with_unique_names(columns: list[DesignColumn]) -> tuple[DesignColumn, ...]:
    """The same columns, a prime added to a name that a column before it has: the user's own columns come first."""
    taken: set[str] = set()
    unique = []
    for column in columns:
        name = free_name(column.name, taken)
        taken.add(name)
        unique.append(column if name == column.name else replace(column, name=name))
    return tuple(unique)
