"""Names of levels and of design columns that could be taken for one another."""

import numpy as np
import pandas as pd
import pytest

from logreg_core.features import Recipe, prepare

N = 240
Y = np.tile([0, 1], N // 2)


def _frame(**columns):
    return pd.DataFrame({**columns, "y": Y})


def test_a_level_that_is_called_missing_is_another_one_than_missing():
    words = pd.Series(["(missing)", "(missing)′", "a", None] * (N // 4), dtype="str")
    made = prepare(_frame(word=words), Recipe("y", "1", ("word",), missing="flag", stratify=False))
    assert made.design.categories["word"].missing == "(missing)′′"
    at = made.feature_names.index("word = (missing)′′")
    np.testing.assert_array_equal(made.X_train[:, at], words.isna().to_numpy()[made.rows_train])


def test_a_level_that_is_called_other_levels_is_another_one_than_the_rest():
    levels = np.repeat(["(other levels)", *(f"l{i:02d}" for i in range(39))], 6)
    made = prepare(_frame(city=pd.Series(levels, dtype="str")), Recipe("y", "1", ("city",), stratify=False))
    assert made.design.categories["city"].other == "(other levels)′"
    seen = made.transform(pd.DataFrame({"city": ["(other levels)", "never seen"]}))
    rest = made.feature_names.index("city = (other levels)′")
    assert list(seen[:, rest]) == [0, 1]


def test_an_unseen_level_called_missing_is_not_missing():
    words = pd.Series(["a", "a", "b", None] * (N // 4), dtype="str")
    made = prepare(_frame(word=words), Recipe("y", "1", ("word",), missing="flag", stratify=False))
    new = made.transform(pd.DataFrame({"word": pd.Series(["(missing)", None, "a"], dtype="str")}))
    assert made.feature_names == ("word = b", "word = (missing)")
    np.testing.assert_array_equal(new, [[0, 0], [0, 1], [0, 0]])


@pytest.mark.parametrize("missing", ["fill", "flag", "drop"])
def test_infinite_codes_are_missing(missing):
    codes = np.tile([1.0, 2.0, 2.0, 3.0, np.inf, -np.inf], N // 6)
    recipe = Recipe("y", "1", ("code",), as_categories=("code",), missing=missing, stratify=False)
    made = prepare(_frame(code=codes), recipe)
    assert made.design.categories["code"].named[0] == "2"
    assert set(made.design.categories["code"].named) == {"1", "2", "3"}
    if missing == "drop":
        assert made.notes == ("80 rows have a missing value in a chosen feature and cannot be used.",)
    else:
        assert made.notes[0].startswith("'code': 80 missing values (")
        assert "; 80 infinite)" in made.notes[0]


def test_no_two_design_columns_have_the_same_name():
    c = pd.Series(["v", "w", "w"] * (N // 3), dtype="str")
    rng = np.random.default_rng(0)
    frame = _frame(x=rng.normal(size=N), **{"x²": rng.normal(size=N), "c = v": rng.normal(size=N)}, c=c)
    made = prepare(frame, Recipe("y", "1", ("c", "x", "x²", "c = v"), degree=2))
    assert len(set(made.feature_names)) == len(made.feature_names)
    assert made.feature_names[:3] == ("x", "x²", "c = v")
    at = made.feature_names.index("c = v′")
    np.testing.assert_array_equal(made.X_train[:, at], (c == "v").to_numpy()[made.rows_train])


@pytest.mark.parametrize("scale", [True, False])
def test_two_valued_numbers_have_products_but_no_powers(scale):
    rng = np.random.default_rng(0)
    frame = _frame(smoker=rng.integers(0, 2, N).astype(float), age=rng.normal(50, 10, N), code=rng.choice([3, 7], N))
    made = prepare(frame, Recipe("y", "1", ("smoker", "age", "code"), degree=2, scale=scale))
    assert made.feature_names == ("smoker", "age", "code", "smoker × age", "smoker × code", "age²", "age × code")
    assert made.notes[0].startswith("'smoker' and 'code' have two values only")
    assert np.linalg.matrix_rank(np.c_[np.ones(len(made.X_train)), made.X_train]) == 8
    assert prepare(frame, Recipe("y", "1", ("smoker", "age"), scale=scale)).notes == ()


def test_fills_are_counted_in_both_parts():
    frame = _frame(x=np.arange(float(N)), c=pd.Series(["a", "b", "b"] * (N // 3), dtype="str"))
    plain = prepare(frame, Recipe("y", "1", ("x", "c"), missing="flag"))
    frame.loc[plain.rows_train[:3], "x"] = np.nan
    frame.loc[plain.rows_test[:2], ["x", "c"]] = np.nan
    made = prepare(frame, Recipe("y", "1", ("x", "c"), missing="flag"))
    median = frame["x"].iloc[made.rows_train].median()
    assert made.notes == (
        f"'x': 5 missing values (3 in the training rows) filled with {median:.6g}, the median of the training rows.",
        "'c': 2 missing values (0 in the training rows) filled with 'b', the most frequent level of the training rows.",
    )
    assert made.feature_names == ("x", "x is missing", "c = a")
