"""What counts as a value of a number column or of a category; everything else there is missing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api import types

from logreg_core.errors import RecipeError

LARGEST = 1e100
_FIRST_LOOK = 20_000
_SHOWN_CHARACTERS = 60


def is_number(column: pd.Series) -> bool:
    """True for a column of amounts; yes/no, text and dates are not."""
    return types.is_numeric_dtype(column.dtype) and not types.is_bool_dtype(column.dtype)


def holds_whole_numbers(column: pd.Series) -> bool:
    """True for a number column without fractions; a missing value, which makes floats of them, changes nothing."""
    if not types.is_float_dtype(column.dtype):
        return types.is_integer_dtype(column.dtype)
    # The first rows of most columns with fractions show them, which spares looking at a million.
    return all(_without_fractions(part) for part in (column.iloc[:_FIRST_LOOK], column))


def _without_fractions(column: pd.Series) -> bool:
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    values = values[np.isfinite(values)]
    return bool(values.size and (values == np.floor(values)).all())


def cut_short(text: str, longest: int) -> str:
    """A text of the user's table as it is shown: its first ``longest`` characters, and a mark where there are more."""
    return f"{text[:longest]}…" if len(text) > longest else text


def largest_amount(degree: int) -> float:
    """How large an amount may be so that each product of ``degree`` of them is at most ``LARGEST``.

    That leaves room for the squares and sums over all rows which training takes of those products.
    """
    return float(LARGEST ** (1 / degree))


def as_floats(column: pd.Series) -> npt.NDArray[np.float64]:
    """A column that is to hold numbers as float64 (n,), nan where missing; texts that are numbers are read.

    Raises RecipeError that names the column and the first cell that is no number. May share memory with ``column``.
    """
    if types.is_numeric_dtype(column.dtype):  # yes and no are 1 and 0
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    texts = column.astype("str").str.strip()
    numbers = pd.to_numeric(texts, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    refuse_first(column, np.isnan(numbers) & (texts != "").to_numpy(dtype=np.bool_), "a number", "such as 12.5")
    return numbers


def refuse_first(column: pd.Series, wrong: npt.NDArray[np.bool_], wanted: str, example: str) -> None:
    """Raise RecipeError that names the first of the ``wrong`` cells (n,) that has a value, if any has one."""
    rows = np.flatnonzero(wrong & column.notna().to_numpy())
    if rows.size:
        cell = " ".join(str(column.iloc[rows[0]]).split())
        raise RecipeError(
            f"'{cell[:_SHOWN_CHARACTERS]}' is not {wanted}.",
            where=f"Column '{column.name}', row {rows[0] + 1:,} of {len(column):,}.",
            remedy=f"Write it {example}, or leave the cell empty if it is not known.",
        )


def amounts(column: pd.Series, degree: int = 1) -> npt.NDArray[np.float64]:
    """A number column as float64 (n,), nan where missing, infinite, or larger in size than ``largest_amount(degree)``.

    May share memory with ``column``: not to be written to.
    """
    values = as_floats(column)
    within = np.abs(values) <= largest_amount(degree)
    return values if within.all() else np.where(within, values, np.nan)


def amount_matrix(frame: pd.DataFrame, names: tuple[str, ...], degree: int) -> npt.NDArray[np.float64]:
    """Number columns ``names`` side by side (n, len(names)), each as ``amounts`` gives it."""
    matrix = np.empty((len(frame), len(names)))
    for place, name in enumerate(names):
        matrix[:, place] = amounts(frame[name], degree)
    return matrix


def finite(column: pd.Series) -> pd.Series:
    """A column of any kind, its infinite values as missing."""
    if not types.is_float_dtype(column.dtype):
        return column
    infinite = np.isinf(column.to_numpy(dtype=np.float64, na_value=np.nan))
    return column.mask(infinite) if infinite.any() else column


def missing(column: pd.Series, degree: int, *, as_number: bool) -> npt.NDArray[np.bool_]:
    """Which rows (n,) have no value in a column used as a number (at this ``degree``) or as a category."""
    if as_number:
        return np.isnan(amounts(column, degree))
    return finite(column).isna().to_numpy()
