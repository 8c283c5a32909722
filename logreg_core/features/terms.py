"""Number columns as the numbers a model sees, learned on training rows.

missing filled with the median -> (scaled) -> powers and products -> (scaled)

To scale is to subtract the median, to divide by a power of two near the largest distance from it, and to bring the
result to mean 0 and standard deviation 1. The first two steps change no ordinary result; without them a standard
deviation of a column such as 1e-170 z or 1e9 + 1e-6 z is lost to underflow or rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from logreg_core.features.recipe import Recipe
from logreg_core.features.values import largest_amount

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Terms:
    """A fitted way from amounts (n, n_numbers), nan where missing, to terms (n, n_terms), all finite.

    Attributes
    ----------
    powers : int array (n_terms, n_numbers)
        Which power of each number column a term is the product of.
    two_valued : bool array (n_numbers,)
        Columns of which there are no powers, only products with others: of two values every power says the same.
    """

    powers: npt.NDArray[np.int64]
    two_valued: npt.NDArray[np.bool_]
    _degree: int
    _imputer: Any
    _spreads: FloatArray | None
    _scaler: Any
    _products: Any
    _kept: npt.NDArray[np.bool_]
    _term_scaler: Any

    @property
    def medians(self) -> FloatArray:
        """What missing values are filled with (n_numbers,)."""
        return np.asarray(self._imputer.statistics_, dtype=np.float64)

    @property
    def units(self) -> list[tuple[float, float] | None]:
        """For each term (center, scale): ``center + scale * term`` is in the user's units; None where it has none.

        A power or a product of scaled columns is not a multiple of anything that the user knows.
        """
        units: list[tuple[float, float] | None] = []
        for at, row in enumerate(self.powers):
            if self._spreads is None:
                units.append((0.0, 1.0))
            elif row.sum() > 1:
                units.append(None)
            else:
                j = int(row.argmax())
                mean, scale = float(self._scaler.mean_[j]), float(self._scaler.scale_[j])
                if self._term_scaler is not None:
                    mean += scale * float(self._term_scaler.mean_[at])
                    scale *= float(self._term_scaler.scale_[at])
                spread = float(self._spreads[j])
                units.append((float(self.medians[j]) + spread * mean, spread * scale))
        return units

    def transform(self, amounts: FloatArray) -> FloatArray:
        """Terms (n, n_terms) of ``amounts`` (n, n_numbers), which hold nothing beyond the largest amount.

        ``amounts`` is overwritten, which spares a copy of a large table.
        """
        values: FloatArray = self._imputer.transform(amounts)
        if self._spreads is not None:
            values = self._scaler.transform(_centred(values, self.medians, self._spreads, self._degree))
        if self._products is not None:
            values = self._products.transform(values)
            values = values if self._kept.all() else values[:, self._kept]
            values = values if self._term_scaler is None else self._term_scaler.transform(values)
        return values


def fit_terms(amounts: FloatArray, recipe: Recipe) -> Terms:
    """Learn medians, means and scales from the training rows (n, n_numbers), where every column has some values.

    ``amounts`` is overwritten.
    """
    from sklearn.impute import SimpleImputer
    from sklearn.preprocessing import PolynomialFeatures, StandardScaler

    imputer = SimpleImputer(strategy="median", copy=False).fit(amounts)
    values = imputer.transform(amounts)
    powers = np.eye(amounts.shape[1], dtype=np.int64)
    kept = np.ones(len(powers), dtype=np.bool_)
    two_valued = np.zeros(len(powers), dtype=np.bool_)
    spreads = scaler = products = term_scaler = None
    if recipe.degree > 1:
        two_valued = np.all((values == values.min(axis=0)) | (values == values.max(axis=0)), axis=0)
    if recipe.scale:
        # Powers of centred, scaled columns are far less correlated than powers of the columns as they are.
        spreads = _spreads(values, imputer.statistics_)
        values = _centred(values, imputer.statistics_, spreads, recipe.degree)
        scaler = StandardScaler(copy=False)
        values = scaler.fit_transform(values)
    if recipe.degree > 1:
        products = PolynomialFeatures(recipe.degree, include_bias=False).fit(values)
        kept = ~(products.powers_[:, two_valued] > 1).any(axis=1)
        powers = products.powers_[kept]
        if recipe.scale:
            term_scaler = StandardScaler(copy=False).fit(products.transform(values)[:, kept])
    return Terms(powers, two_valued, recipe.degree, imputer, spreads, scaler, products, kept, term_scaler)


def _spreads(values: FloatArray, medians: FloatArray) -> FloatArray:
    """The power of two above the largest distance from the median of each column: dividing by it is exact."""
    _, exponents = np.frexp(np.abs(values - medians).max(axis=0))
    return np.asarray(np.ldexp(1.0, exponents))


def _centred(values: FloatArray, medians: FloatArray, spreads: FloatArray, degree: int) -> FloatArray:
    """Distances from the median in units of the spread; ``values`` is overwritten.

    A training value is at most 1. A test value may be so much farther that its powers would overflow: it is cut to the
    largest amount. The standard deviation of a training column of n rows is at least about 0.5 / sqrt(n), so what is
    scaled next is at most 2 sqrt(n) times that, and the product of five of them is far from the largest float.
    """
    values -= medians
    with np.errstate(over="ignore"):
        values /= spreads
    limit = largest_amount(degree)
    return np.clip(values, -limit, limit, out=values)
