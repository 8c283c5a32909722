"""Where a picture rests on real rows: the rule of nearest neighbours against counting by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from logreg_core.evaluation import Points, held_sentence, level_name, neighbourhood, row_at, typical_values
from tests.unit.evaluation.cases import HandPrepared, churn


def prepared_of(frame: pd.DataFrame, numbers: tuple[str, ...], categories: tuple[str, ...] = ()) -> HandPrepared:
    n = len(frame)
    y = (np.arange(n) % 2).astype(float)
    nothing = np.empty(0)
    levels = {name: tuple(frame[name].astype(str).unique()) for name in categories}
    everything = np.arange(n)
    return HandPrepared(nothing, nothing, y, nothing, everything, everything[:0], numbers, categories, levels)


def by_hand(rows: np.ndarray, place: np.ndarray, k: int = 5) -> float:
    return float(np.sort(np.sqrt(((rows - place) ** 2).sum(axis=1)))[:k].mean())


def test_the_rule_is_the_distance_to_five_rows_in_standard_units() -> None:
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"a": rng.normal(5, 3, 200), "b": rng.normal(-1, 0.1, 200), "c": rng.normal(0, 40, 200)})
    near = neighbourhood(frame, prepared_of(frame, ("a", "b", "c")))
    standard = ((frame - frame.mean()) / frame.std(ddof=0)).to_numpy()
    own = [np.sort(np.sqrt(((standard - row) ** 2).sum(axis=1)))[1:6].mean() for row in standard]
    assert near.reach == pytest.approx(np.quantile(own, 0.99), rel=1e-12)
    drawn = standard[:, [0, 2]]
    along = [np.sort(np.sqrt(((drawn - row) ** 2).sum(axis=1)))[1:6].mean() for row in drawn]
    half = [0.5 * np.quantile(np.diff(np.unique(values)), 0.99) for values in drawn.T]
    reach = np.quantile(along, 0.99) + np.hypot(*half)
    a, c = np.linspace(-10, 20, 7), np.linspace(-200, 200, 5)
    found = near.supported(("a", "c"), (a, c), {"b": -0.9})
    assert found.shape == (5, 7)
    for i, at_c in enumerate(c):
        for j, at_a in enumerate(a):
            place = (np.array([at_a, -0.9, at_c]) - frame.mean().to_numpy()) / frame.std(ddof=0).to_numpy()
            by_axes = by_hand(drawn, place[[0, 2]]) <= reach
            assert found[i, j] == (by_hand(standard, place) <= near.reach and by_axes)
    assert found.any()
    assert not found.all()


def test_among_many_columns_a_corner_without_rows_is_no_support() -> None:
    rng = np.random.default_rng(1)
    names = tuple(f"c{j}" for j in range(20))
    frame = pd.DataFrame(rng.normal(size=(2000, 20)), columns=list(names))
    near = neighbourhood(frame, prepared_of(frame, names))
    held = dict.fromkeys(names[2:], 0.0)
    found = near.supported(("c0", "c1"), (np.array([0.0, 3.5]), np.array([0.0, 3.5])), held)
    assert found.tolist() == [[True, False], [False, False]]


def test_between_two_counts_is_as_near_as_on_them() -> None:
    rng = np.random.default_rng(2)
    names = tuple(f"c{j}" for j in range(6))
    frame = pd.DataFrame(rng.poisson(4, size=(3000, 6)).astype(float), columns=list(names))
    near = neighbourhood(frame, prepared_of(frame, names))
    held = dict.fromkeys(names[2:], 4.0)
    places = np.array([3.0, 3.5, 4.0])
    assert near.supported(("c0", "c1"), (places, places), held).all()
    assert not near.supported(("c0", "c1"), (np.array([30.0]), np.array([4.0])), held).any()


def test_a_held_value_that_no_row_has_leaves_no_support() -> None:
    frame, prepared, _ = churn(1000)
    near = neighbourhood(frame, prepared)
    typical = typical_values(frame, prepared)
    axes = (np.linspace(0, 80, 9), np.linspace(30, 110, 9))
    held = {"age": typical["age"], "contract": typical["contract"]}
    usual = near.supported(("tenure", "charge"), axes, held)
    assert usual.mean() > 0.3
    assert not near.supported(("tenure", "charge"), axes, {**held, "age": 500.0}).any()
    # A category that differs counts as one standard deviation: support can only shrink.
    other = near.supported(("tenure", "charge"), axes, {**held, "contract": "never seen"})
    assert other.sum() < usual.sum()
    assert np.all(usual | ~other)


def test_one_axis_missing_values_and_few_rows() -> None:
    frame = pd.DataFrame({"a": [1.0, 2.0, np.nan], "b": ["x", "y", None]})
    near = neighbourhood(frame, prepared_of(frame, ("a",), ("b",)))
    found = near.supported(("a",), (np.array([1.5, 1e9]),), {"b": "x"})
    assert found.tolist() == [True, False]
    assert near.supported(("a",), (np.array([1.5]),), {"b": None}).shape == (1,)


def test_many_rows_are_a_sample() -> None:
    frame, prepared, _ = churn(20_000)
    near = neighbourhood(frame, prepared)
    assert (len(near.frame), near.n_in_all) == (4_000, 16_000)


@pytest.mark.parametrize(
    ("value", "name"), [("x", "x"), (4.0, "4"), (4, "4"), (True, "true"), (np.nan, "\0missing"), (None, "\0missing")]
)
def test_levels_are_called_as_everywhere(value: object, name: str) -> None:
    assert level_name(value) == name


def test_a_clicked_place_finds_its_row() -> None:
    frame = pd.DataFrame({"a": [1.0, 2.0, np.nan, 2.0], "b": [5.0, 6.0, 7.0, 9.0]})
    points = Points(frame, np.array([0.0, 1.0, 0.0, 1.0]), 4, 4, "train")
    assert row_at(points, ("a", "b"), {"x": 2.0, "y": 9.0}) == 3
    assert row_at(points, ("a",), {"x": 1.0, "y": 0.03}) == 0
    assert row_at(points, ("a", "b"), {"x": 2.5, "y": 9.0}) is None


def test_held_values_are_said() -> None:
    assert held_sentence({"a": 1.0}) == "The other column is held at a typical value: a 1."
    assert held_sentence({"a": 1.0, "b": "x"}, "the values of row 17") == (
        "The other 2 columns are held at the values of row 17: a 1, b x."
    )
