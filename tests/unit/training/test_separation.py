"""Separation: found exactly when it is there, with a direction that proves it and the columns that make it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from published_tables import ENDOMETRIAL_NAMES, endometrial
from training_rows import logistic_rows

from logreg_core.training.overlap import screen
from logreg_core.training.separation import Separation, find_separation

Array = NDArray[np.float64]


def names(X: Array) -> list[str]:
    return [f"x{j}" for j in range(X.shape[1])]


def certain_rows_by_definition(X: Array, y: Array) -> int:
    """Most rows strictly on their side, as one linear program over all rows: sum u_i, u_i <= a_i . d, 0 <= u_i <= 1."""
    from scipy.optimize import linprog

    n, q = len(X), X.shape[1] + 1
    a = np.column_stack([X, np.ones(n)]) * np.where(y == 1, 1.0, -1.0)[:, None]
    costs = np.append(np.zeros(q), -np.ones(n))
    solved = linprog(costs, A_ub=np.hstack([-a, np.eye(n)]), b_ub=np.zeros(n), bounds=[(None, None)] * q + [(0, 1)] * n)
    return round(-solved.fun)


def assert_proved(found: Separation, X: Array, y: Array) -> None:
    """Nobody on the wrong side, the certain ones strictly on theirs, the others on the line."""
    margins = (X @ found.direction[:-1] + found.direction[-1]) * np.where(y == 1, 1.0, -1.0)
    rounding = 1e-12 * (np.abs(X) @ np.abs(found.direction[:-1]) + abs(found.direction[-1])).max()
    assert np.all(margins >= -rounding)
    assert np.all(margins[found.certain] > rounding)
    assert np.all(np.abs(margins[~found.certain]) <= rounding)
    assert found.complete == found.certain.all()
    assert set(np.flatnonzero(found.direction[:-1])) == set(found.columns)


def test_endometrial_cancer_is_quasi_separated_by_nv() -> None:
    X, y = endometrial()
    found = find_separation(X, y, ENDOMETRIAL_NAMES)
    assert (found.complete, found.names, int(found.certain.sum())) == (False, ("NV",), 13)
    assert_proved(found, X, y)
    assert found.sentence == (
        "All 13 rows with “NV” above 0 are of the positive class. Its weight would grow without end, so the cost has "
        "no lowest point. Hold weights back with a penalty or with Firth's correction, merge rare values, or leave "
        "columns out."
    )
    assert find_separation(np.ascontiguousarray(X[:, 1:]), y, ENDOMETRIAL_NAMES[1:]) is None


@pytest.mark.parametrize("scale", [1.0, 1e9, 1e-9])
@pytest.mark.parametrize("shift", [0.0, 1e7])
def test_one_column_completely(scale: float, shift: float) -> None:
    X = np.arange(1.0, 21.0)[:, None] * scale + shift * scale
    y = (np.arange(20) >= 8).astype(float)
    found = find_separation(X, y, ["age"])
    assert (found.complete, found.names) == (True, ("age",))
    assert "all 8 rows with “age” below" in found.sentence
    assert_proved(found, X, y)
    falling = find_separation(X, 1 - y, ["age"])
    assert falling.complete
    assert falling.sentence.startswith("All 12 rows with “age” above")
    assert "above" in falling.sentence.split("other class")[0]


def test_a_tie_makes_it_quasi_and_a_swap_ends_it() -> None:
    x = np.array([1.0, 2, 3, 4, 4, 5, 6, 7])
    y = np.array([0.0, 0, 0, 0, 1, 1, 1, 1])
    tie = find_separation(x[:, None], y, ["x"])
    assert (tie.complete, int(tie.certain.sum())) == (False, 6)
    assert tie.sentence.startswith(
        "All 3 rows with “x” above 4 are of the positive class and all 3 rows with “x” below 4 are of the other class."
    )
    x[3] = 4.5
    assert find_separation(x[:, None], y, ["x"]) is None


@pytest.mark.parametrize("gap", [1e-2, 1e-5, 1e-8])
def test_a_small_gap_and_a_small_overlap_are_told_apart(gap: float) -> None:
    rng = np.random.default_rng(3)
    x = np.sort(rng.normal(size=300))
    y = (np.arange(300) >= 140).astype(float)
    x[140] = x[139] + gap
    x[140:] = np.maximum(x[140:], x[140])
    assert find_separation(x[:, None], y, ["x"]).complete
    x[140] = x[139] - gap
    assert find_separation(x[:, None], y, ["x"]) is None


def test_nearly_separable_rows_overlap() -> None:
    X, y = logistic_rows(400, 3, size=20.0)
    assert find_separation(X, y, names(X)) is None


def test_two_of_five_columns_are_named() -> None:
    X = np.random.default_rng(0).normal(size=(500, 5))
    y = (X[:, 1] - X[:, 4] > 0).astype(float)
    found = find_separation(X, y, names(X))
    assert (found.complete, found.names) == (True, ("x1", "x4"))
    assert found.sentence.startswith("Together, “x1”, “x4” tell the classes apart without an error in all 500 rows.")
    assert_proved(found, X, y)


def test_a_rare_level_among_many_rows() -> None:
    X, y = logistic_rows(40_000, 4)
    rare = np.zeros(40_000)
    rare[[17, 20_000, 39_999]] = 1.0
    X = np.column_stack([X, rare])
    y[rare == 1] = 0.0
    found = find_separation(X, y, names(X))
    assert (found.complete, found.names, int(found.certain.sum())) == (False, ("x4",), 3)
    assert_proved(found, X, y)
    y[17] = 1.0
    assert find_separation(X, y, names(X)) is None


def test_two_levels_together_settle_some_rows() -> None:
    """Quasi in two steps: one direction alone would leave rows on the line whose class is certain."""
    rng = np.random.default_rng(4)
    level = rng.integers(0, 5, 400)
    X = np.column_stack([(level[:, None] == np.arange(1, 5)).astype(float), rng.normal(size=400)])
    y = rng.integers(0, 2, 400).astype(float)
    y[level == 2], y[level == 4] = 1.0, 0.0
    found = find_separation(X, y, names(X))
    assert found.names == ("x1", "x3")
    assert int(found.certain.sum()) == int(np.isin(level, [2, 4]).sum())
    assert_proved(found, X, y)


def test_more_columns_than_rows_always_separate() -> None:
    X, y = logistic_rows(30, 60)
    found = find_separation(X, y, names(X))
    assert found.complete
    assert_proved(found, X, y)


@pytest.mark.parametrize("extra", ["constant", "duplicate"])
def test_aliased_columns_change_nothing(extra: str) -> None:
    X, y = endometrial()
    with_extra = np.column_stack([X, np.full(79, 3.0) if extra == "constant" else X[:, 0]])
    found = find_separation(with_extra, y, names(with_extra))
    assert (found.complete, int(found.certain.sum())) == (False, 13)
    overlapping = np.ascontiguousarray(with_extra[:, [1, 2, 1]])
    assert find_separation(overlapping, y, names(overlapping)) is None


@pytest.mark.parametrize("scales", [[1e9, 1.0, 1e-9], [1.0, 1e-9, 1e9]])
def test_columns_of_very_different_size(scales: list[float]) -> None:
    X, y = endometrial()
    found = find_separation(X * scales, y, ENDOMETRIAL_NAMES)
    assert (found.complete, found.names) == (False, ("NV",))
    ordinary, classes = logistic_rows(500, 3)
    assert find_separation(ordinary * scales, classes, names(ordinary)) is None


def test_small_integer_tables_agree_with_the_definition() -> None:
    """Ties everywhere, so quasi separation of all kinds; every verdict and every count of rows."""
    rng = np.random.default_rng(8)
    seen = {"overlap": 0, "quasi": 0, "complete": 0}
    for _ in range(250):
        n, p = int(rng.integers(4, 25)), int(rng.integers(1, 5))
        X = rng.integers(-2, 3, size=(n, p)).astype(float)
        y = (X @ rng.normal(size=p) + rng.normal(scale=rng.choice([0.1, 1.0]), size=n) > 0).astype(float)
        if y.min() == y.max():
            continue
        expected = certain_rows_by_definition(X, y)
        found = find_separation(X, y, names(X))
        assert (0 if found is None else int(found.certain.sum())) == expected
        if found is not None:
            assert_proved(found, X, y)
        seen["overlap" if found is None else "complete" if found.complete else "quasi"] += 1
    assert min(seen.values()) > 20


def test_the_screen_settles_ordinary_tables() -> None:
    X, y = logistic_rows(300, 5)
    signed = np.column_stack([X, np.ones(300)]) * np.where(y == 1, 1.0, -1.0)[:, None]
    assert screen(signed).overlap
    assert not screen(np.column_stack([signed, np.zeros(300)])).overlap
    separated = np.abs(signed)
    assert not screen(separated).overlap


def test_most_of_a_large_table_is_never_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    from logreg_core.training import scaled_rows

    X, y = logistic_rows(50_000, 5)
    monkeypatch.setattr(scaled_rows.ScaledRows, "blocks", lambda self: pytest.fail("a pass over all rows"))
    assert find_separation(X, y, names(X)) is None
