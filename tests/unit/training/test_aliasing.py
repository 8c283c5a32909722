"""Aliased columns: which are dropped, and of what they are made."""

from __future__ import annotations

import numpy as np
import pytest

from logreg_core.training.aliasing import find_aliased


@pytest.fixture(name="X")
def four_columns() -> np.ndarray:
    return np.random.default_rng(0).normal(size=(500, 4))


NAMES = ["a", "b", "c", "d", "e", "f"]


def with_columns(X: np.ndarray, *columns: object) -> np.ndarray:
    return np.column_stack([X, *columns])


def test_ordinary_columns_are_all_kept(X: np.ndarray) -> None:
    assert find_aliased(X, NAMES) is None
    assert find_aliased(X * [1e9, 1e-9, 1.0, 1e5] + [0, 0, 1e7, 0], NAMES) is None


@pytest.mark.parametrize(("value"), [0.0, 1.0, 1e9, 0.1])
def test_constant(X: np.ndarray, value: float) -> None:
    found = find_aliased(with_columns(X, np.full(500, value)), NAMES)
    assert [column.index for column in found.dropped] == [4]
    assert found.dropped[0].offset == pytest.approx(value)
    assert found.kept.tolist() == [0, 1, 2, 3]
    assert found.sentence == (
        "“e” has the same value in every row. It is left out, with a weight of 0; the predictions are the same."
    )


def test_constant_up_to_rounding(X: np.ndarray) -> None:
    column = np.where(np.arange(500) % 2, 0.1 + 0.2, 0.3)
    assert find_aliased(with_columns(X, column), NAMES).dropped[0].of == ()


def test_duplicate_and_multiple(X: np.ndarray) -> None:
    found = find_aliased(with_columns(X, X[:, 1], 3.0 - 2.5 * X[:, 2]), NAMES)
    assert found.dropped[0].sentence == "“e” is the same as “b”."
    assert found.dropped[1].sentence == "“f” is 3 − 2.5 × “c”."
    assert (found.dropped[1].of, found.dropped[1].offset) == ((2,), 3.0)


@pytest.mark.parametrize("sizes", [[1.0, 1.0, 1.0, 1.0], [1e9, 1e-9, 1.0, 1e3]])
def test_combination(X: np.ndarray, sizes: list[float]) -> None:
    X = X * sizes
    found = find_aliased(with_columns(X, X[:, 0] / sizes[0] - 2.0 * X[:, 1] / sizes[1] + X[:, 3] / sizes[3]), NAMES)
    [column] = found.dropped
    assert (column.index, column.of) == (4, (0, 1, 3))
    np.testing.assert_allclose(np.array(column.weights) * np.array(sizes)[[0, 1, 3]], [1.0, -2.0, 1.0], rtol=1e-9)


def test_a_category_with_all_its_levels() -> None:
    level = np.random.default_rng(1).integers(0, 3, 200)
    dummies = (level[:, None] == np.arange(3)).astype(float)
    found = find_aliased(dummies, ["red", "green", "blue"])
    assert found.dropped[0].sentence == "“blue” is 1 − “red” − “green”."


def test_the_order_decides_as_in_r(X: np.ndarray) -> None:
    shuffled = np.column_stack([X[:, 0] + X[:, 1], X[:, 0], X[:, 1], X[:, 2]])
    assert [column.index for column in find_aliased(shuffled, NAMES).dropped] == [2]


@pytest.mark.parametrize(
    ("noise", "aliased"), [(1e-12, True), (1e-9, True), (1e-8, True), (1e-6, False), (1e-4, False)]
)
def test_nearly_collinear(X: np.ndarray, noise: float, aliased: bool) -> None:
    extra = X[:, 0] + X[:, 1] + noise * X[:, 2]
    columns = np.column_stack([X[:, 0], X[:, 1], X[:, 3], extra])
    found = find_aliased(columns, NAMES)
    assert (found is not None) == aliased
    if found:
        assert found.dropped[0].of == (0, 1)


def test_far_columns_are_not_constant() -> None:
    year = np.arange(2000.0, 2021.0)
    assert find_aliased(np.column_stack([year, year**2]), NAMES) is None
    assert find_aliased(1e9 + np.random.default_rng(0).normal(size=(100, 2)), NAMES) is None


def test_more_columns_than_rows() -> None:
    X = np.random.default_rng(3).normal(size=(5, 9))
    found = find_aliased(X, list("abcdefghi"))
    assert found.kept.tolist() == [0, 1, 2, 3]
    assert len(found.dropped) == 5
    assert "So it is with 1 more. They are left out" in found.sentence
    assert find_aliased(X[:1], list("abcdefghi")).kept.tolist() == []


def test_many_more_columns_than_a_panel() -> None:
    base = np.random.default_rng(3).normal(size=(400, 150))
    X = np.column_stack([base[:, :100], base[:, 0] - base[:, 70], base[:, 100:], base[:, 149], base[:, 3] + 1])
    found = find_aliased(X, [f"x{j}" for j in range(153)])
    assert [(column.index, column.of) for column in found.dropped] == [(100, (0, 70)), (151, (150,)), (152, (3,))]
    # Columns of a sum of so many that a sample of them says nothing.
    wide = find_aliased(base[:120], [f"x{j}" for j in range(150)])
    assert wide.kept.tolist() == list(range(119))
    assert wide.sentence.startswith(
        "There are more columns than the training rows can tell apart, 119 of 150: the other 31, such as “x119”, can "
        "be computed from these. They are left out"
    )
    last = wide.dropped[-1]
    made = last.offset + base[:120][:, list(last.of)] @ np.array(last.weights)
    np.testing.assert_allclose(made, base[:120, last.index], rtol=0, atol=1e-6)


def test_values_too_rare_for_a_sample() -> None:
    X = np.zeros((5000, 2))
    X[3, 0] = X[4001, 1] = 1.0
    assert find_aliased(X, NAMES) is None
    assert find_aliased(np.column_stack([X, X[:, 1]]), NAMES).dropped[0].sentence == "“c” is the same as “b”."


def test_many_columns_in_one_combination() -> None:
    X = np.random.default_rng(3).normal(size=(100, 7))
    [column] = find_aliased(with_columns(X, X.sum(axis=1)), list("abcdefgh")).dropped
    assert column.sentence == "“h” can be computed from “a”, “b”, “c”, “d” and 3 other columns."


def test_expand_puts_zeros_for_the_dropped(X: np.ndarray) -> None:
    found = find_aliased(np.column_stack([X[:, 0], X[:, 0], X[:, 1]]), NAMES)
    assert found.expand(np.array([1.0, 2.0, 3.0])).tolist() == [1.0, 0.0, 2.0, 3.0]


def test_statsmodels_rank_is_ours() -> None:
    rng = np.random.default_rng(5)
    base = rng.normal(size=(300, 6))
    X = np.column_stack([base, base @ rng.normal(size=(6, 3)), rng.normal(size=300)])
    found = find_aliased(X, [f"x{j}" for j in range(10)])
    design = np.column_stack([X, np.ones(300)])
    assert len(found.kept) + 1 == np.linalg.matrix_rank(design)
    assert found.kept.tolist() == [0, 1, 2, 3, 4, 5, 9]
