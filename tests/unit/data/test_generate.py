"""Generated tables: the same settings give the same bits, counts are exact, settings out of range are named."""

import json

import numpy as np
import pandas as pd
import pytest

from logreg_core.data import KINDS, GeneratorSpec, TableError, generate


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_settings_give_the_same_bits(kind: str) -> None:
    spec = GeneratorSpec(kind, rows=200, useless=2, seed=7)
    first, second = generate(spec), generate(spec)
    assert first.frame[["x1", "x2"]].to_numpy().tobytes() == second.frame[["x1", "x2"]].to_numpy().tobytes()
    pd.testing.assert_frame_equal(first.frame, second.frame, check_exact=True)
    assert first.fingerprint == second.fingerprint
    other = generate(GeneratorSpec(kind, rows=200, useless=2, seed=8))
    assert other.fingerprint != first.fingerprint
    assert not other.frame["x1"].equals(first.frame["x1"])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("rows", "balance", "positive"), [(400, 0.5, 200), (1_000, 0.05, 50), (10, 0.05, 2), (10, 0.95, 8)]
)
def test_the_balance_is_exact(kind: str, rows: int, balance: float, positive: int) -> None:
    frame = generate(GeneratorSpec(kind, rows=rows, balance=balance)).frame
    assert int((frame["class"] == "orange").sum()) == positive
    assert int((frame["class"] == "blue").sum()) == rows - positive


def test_columns_types_and_suggestion() -> None:
    table = generate(GeneratorSpec("moons", rows=50, useless=2))
    assert list(table.frame) == ["x1", "x2", "useless 1", "useless 2", "class"]
    assert [str(dtype) for dtype in table.frame.dtypes] == ["float64"] * 4 + ["str"]
    assert table.suggestion is not None
    assert (table.suggestion.target, table.suggestion.positive) == ("class", "orange")


def test_without_noise_the_classes_keep_to_their_shapes() -> None:
    def points(kind: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        frame = generate(GeneratorSpec(kind, noise=0, rows=500)).frame
        return frame["x1"].to_numpy(), frame["x2"].to_numpy(), (frame["class"] == "orange").to_numpy()

    x1, x2, orange = points("circles")
    # Radii are products and a root of doubles near 1: a few units in the last place.
    np.testing.assert_allclose(np.hypot(x1, x2), np.where(orange, 0.5, 1.0), rtol=1e-14)
    x1, x2, orange = points("xor")
    np.testing.assert_array_equal(x1 * x2 > 0, orange)
    x1, x2, orange = points("line")
    score = x1 - 0.5 * x2
    assert score[orange].min() > score[~orange].max()
    x1, x2, orange = points("clusters")
    np.testing.assert_array_equal(x1 + x2 > 0, orange)
    x1, x2, orange = points("moons")
    np.testing.assert_allclose(np.hypot(x1[orange], x2[orange]), 1.0, rtol=1e-14)


@pytest.mark.parametrize(
    ("settings", "echoed"),
    [
        ({"kind": "spirals"}, "spirals"),
        ({"kind": "moons", "rows": 9}, "number of rows is 9"),
        ({"kind": "moons", "rows": 200_001}, "200,001"),
        ({"kind": "moons", "rows": 40.0}, "whole number"),
        ({"kind": "moons", "rows": True}, "number of rows is True"),
        ({"kind": "moons", "noise": 1.5}, "noise is 1.5"),
        ({"kind": "moons", "noise": float("nan")}, "noise is nan"),
        ({"kind": "moons", "balance": 0.01}, "0.05 to 0.95"),
        ({"kind": "moons", "useless": 51}, "0 to 50"),
        ({"kind": "moons", "seed": -1}, "seed is -1"),
        ({"kind": "moons", "seed": "42"}, "'42'"),
    ],
)
def test_a_setting_out_of_range_is_echoed_with_the_range(settings: dict, echoed: str) -> None:
    with pytest.raises(TableError, match=echoed):
        generate(GeneratorSpec(**settings))
    with pytest.raises(TableError, match=echoed):
        GeneratorSpec.from_dict({"schema": 1, **settings})


def test_settings_survive_json() -> None:
    spec = GeneratorSpec("xor", rows=123, noise=0.35, balance=0.3, useless=4, seed=99)
    assert GeneratorSpec.from_dict(json.loads(json.dumps(spec.to_dict()))) == spec


@pytest.mark.parametrize(
    "saved",
    [
        {},
        {"schema": 2, "kind": "xor"},
        {"schema": 1},
        {"schema": 1, "kind": "xor", "colour": "red"},
        {"schema": 1, "kind": []},
    ],
)
def test_foreign_settings_are_refused(saved: dict) -> None:
    with pytest.raises(TableError):
        GeneratorSpec.from_dict(saved)
