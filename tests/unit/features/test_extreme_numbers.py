"""Numbers at the ends of what a float can hold."""

import numpy as np
import pandas as pd
import pytest
from sklearn.preprocessing import StandardScaler

from logreg_core.features import MISSING, Recipe, prepare

pytestmark = pytest.mark.filterwarnings("error")
N = 400
Z = np.random.default_rng(0).normal(size=N)
Y = np.where(Z + np.random.default_rng(1).normal(size=N) > 0, "yes", "no")
COLUMNS = {
    "tiny": 1e-170 * Z,
    "subnormal": 5e-320 * Z,
    "far from zero": 1e9 + 1e-6 * Z,
    "huge": 1e99 * Z,
    "one too large": np.where(np.arange(N) == 3, -1e308, Z),
    "one far out": np.where(np.arange(N) == 3, 1e20, Z),
    "two sizes": np.where(np.arange(N) % 7 == 0, 1e99, 1e-200 * Z),
    "infinite": np.where(Z > 1, np.inf, Z),
    "codes of two": np.where(Z > 0, 1e99, -1e99),
}


def _recipe(*features, **choices):
    return Recipe("y", "yes", features, **choices)


@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize("scale", [True, False])
@pytest.mark.parametrize("degree", [1, 2, 5])
def test_both_parts_are_finite_and_training_terms_are_scaled(degree, scale, missing):
    frame = pd.DataFrame({**COLUMNS, "y": Y})
    usable = [name for name in COLUMNS if degree == 1 or name not in ("huge", "codes of two")]
    for features in [(name,) for name in usable] + [tuple(usable[:4]), tuple(usable[4:])]:
        made = prepare(frame, _recipe(*features, degree=degree, scale=scale, missing=missing))
        assert np.isfinite(made.X_train).all()
        assert np.isfinite(made.X_test).all()
        if scale:
            terms = [i for i, column in enumerate(made.columns) if not column.name.endswith(" is missing")]
            # Sums over 320 rows of powers of up to sqrt(320): an error of some hundred roundings.
            np.testing.assert_allclose(made.X_train[:, terms].std(axis=0), 1, rtol=1e-9)


def test_a_column_far_from_zero_keeps_its_digits():
    frame = pd.DataFrame({"x": 1e9 + 1e-6 * Z, "y": Y})
    made = prepare(frame, _recipe("x"))
    exact = (frame["x"] - 1e9).to_numpy()[made.rows_train]  # a difference of two close floats has no rounding error
    expected = StandardScaler().fit_transform(exact[:, None] * 2.0**20)
    np.testing.assert_allclose(made.X_train, expected, rtol=0, atol=1e-12)


def test_a_column_within_rounding_of_a_constant_is_dropped():
    frame = pd.DataFrame({"x": 1e16 + Z, "z": Z, "y": Y})
    assert prepare(frame, _recipe("x", "z")).dropped == (("x", "varies too little for its size to be used"),)


def test_a_new_row_beyond_all_bounds_stays_finite():
    frame = pd.DataFrame({"x": 1e-170 * Z, "z": 1e-200 * Z, "y": Y})
    made = prepare(frame, _recipe("x", "z", degree=5))
    new = pd.DataFrame({"x": [1e20, -1e20, 1e300, -np.inf], "z": [1e20, 1e20, -1e20, 0.0]})
    assert np.isfinite(made.transform(new)).all()


def test_too_large_counts_as_missing_and_is_said():
    x = np.where(np.arange(N) == 3, 1e30, Z)
    frame = pd.DataFrame({"x": x, "y": Y})
    assert prepare(frame, _recipe("x")).notes == ()
    assert "1 beyond 1e+20 in size" in prepare(frame, _recipe("x", degree=5)).notes[0]
    assert "1 row has a missing value" in prepare(frame, _recipe("x", degree=5, missing="drop")).notes[0]
