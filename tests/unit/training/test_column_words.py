"""What training finds, said of the user's table: units, levels, names of classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from logreg_core.features import Prepared, Recipe, prepare
from logreg_core.training import Status, TrainSettings, find_separation, train
from logreg_core.training.column_words import separation_sentence

EXACT = TrainSettings(method="exact")
BRIEF = TrainSettings(max_iter=50)


def prepared_of(frame: pd.DataFrame, features: Sequence[str], **choices: object) -> Prepared:
    return prepare(frame, Recipe("low", "yes", tuple(features), stratify=True, **choices))  # type: ignore[arg-type]


def births(scale: float = 1.0, shift: float = 0.0) -> pd.DataFrame:
    """All with lwt above 120 are low = yes; at 120 there are both."""
    rng = np.random.default_rng(1)
    lwt = np.maximum(120, rng.integers(80, 160, 300))
    low = np.where((lwt > 120) | (rng.random(300) < 0.5), "yes", "no")
    return pd.DataFrame({"lwt": lwt * scale + shift, "age": rng.integers(15, 45, 300), "low": low})


@pytest.mark.parametrize("scaled", [True, False])
@pytest.mark.parametrize("settings", [EXACT, BRIEF])
def test_a_cut_is_told_in_the_users_units_and_classes(settings: TrainSettings, scaled: bool) -> None:
    prepared = prepared_of(births(), ["lwt", "age"], scale=scaled)
    if settings is BRIEF and not scaled:
        settings = replace(BRIEF, learning_rate=1e-5)
    rows = int((births()["lwt"].iloc[prepared.rows_train] > 120).sum())
    model = train(prepared, settings)
    assert model.status is Status.SEPARATED
    assert model.reason.startswith(f"All {rows} rows with “lwt” above 120 have “low = yes”. Its weight would grow")
    assert "Firth's correction" in model.reason


@pytest.mark.parametrize(
    ("scale", "shift", "said"),
    [(1.0, 1e9, "1,000,000,120"), (1e-6, 0.0, "0.00012"), (0.1, 0.0, "12"), (1.0, -120.0, "0")],
)
def test_as_many_digits_as_it_takes(scale: float, shift: float, said: str) -> None:
    model = train(prepared_of(births(scale, shift), ["lwt", "age"]), EXACT)
    assert f"“lwt” above {said} have" in model.reason


def test_between_two_values_the_roundest_number_is_named() -> None:
    dose = np.array([3.1, 3.2, 3.3, 3.4, 3.5, 7.1, 7.2, 7.3, 7.4, 7.5] * 4)
    frame = pd.DataFrame({"dose": dose, "low": np.where(dose > 5, "no", "yes")})
    model = train(prepared_of(frame, ["dose"], test_share=0.2), EXACT)
    assert model.reason.startswith(
        "All 16 rows with “dose” above 5 have “low = no” and all 16 rows with “dose” below 5"
    )
    assert "below 5 have “low = yes”." in model.reason


def test_of_a_category_the_level_is_named() -> None:
    rng = np.random.default_rng(2)
    plan = rng.choice(["basic", "plus", "gold"], 300, p=[0.5, 0.4, 0.1])
    low = np.where((plan == "gold") | (rng.random(300) < 0.5), "no", "yes")
    prepared = prepared_of(pd.DataFrame({"plan": plan, "low": low}), ["plan"])
    rows = int((plan[prepared.rows_train] == "gold").sum())
    assert train(prepared, EXACT).reason.startswith(f"All {rows} rows with “plan = gold” have “low = no”.")
    low = np.where(plan == "plus", np.where(rng.random(300) < 0.5, "yes", "no"), "yes")
    prepared = prepared_of(pd.DataFrame({"plan": plan, "low": low}), ["plan"])
    found = find_separation(prepared.X_train, prepared.y_train, prepared.feature_names)
    others = int((plan[prepared.rows_train] != "plus").sum())
    expected = f"All {others} rows where “plan” is not “plus” have “low = yes”."
    assert separation_sentence(found, prepared).startswith(expected)


def test_of_a_missing_value_that_it_is_missing() -> None:
    rng = np.random.default_rng(3)
    value = rng.normal(size=300)
    gone = rng.random(300) < 0.2
    low = np.where(gone | (rng.random(300) < 0.5), "yes", "no")
    frame = pd.DataFrame({"bmi": np.where(gone, np.nan, value), "low": low})
    prepared = prepared_of(frame, ["bmi"], missing="flag")
    rows = int(gone[prepared.rows_train].sum())
    assert train(prepared, EXACT).reason.startswith(f"All {rows} rows where “bmi” is missing have “low = yes”.")


def test_a_power_of_scaled_columns_has_no_number_to_name() -> None:
    rng = np.random.default_rng(4)
    x = np.round(rng.normal(size=400), 2)
    frame = pd.DataFrame({"x": x, "low": np.where(np.abs(x) > 1, "yes", "no")})
    prepared = prepared_of(frame, ["x"], degree=2)
    found = find_separation(np.ascontiguousarray(prepared.X_train[:, 1:]), prepared.y_train, ["x²"])
    assert found is not None
    # On its own the square separates nearly; the sentence must not name a number in units that nobody knows.
    found = replace(found, columns=(1,))
    assert "rows with large “x²” have “low = yes”" in separation_sentence(found, prepared)


@pytest.mark.parametrize("degree", [1, 2, 3])
def test_units_lead_back_to_the_users_numbers(degree: int) -> None:
    rng = np.random.default_rng(5)
    frame = pd.DataFrame({"a": rng.normal(50, 7, 200), "b": rng.gamma(2.0, 3e5, 200)})
    frame["low"] = np.where(rng.random(200) < 0.5, "yes", "no")
    for scaled in (True, False):
        prepared = prepared_of(frame, ["a", "b"], degree=degree, scale=scaled)
        for name in ("a", "b"):
            j = prepared.feature_names.index(name)
            center, scale = prepared.columns[j].units  # type: ignore[misc]
            expected = frame[name].iloc[prepared.rows_train]
            # Two roundings of numbers of the size of the largest.
            tolerance = 1e-14 * float(np.abs(expected).max())
            np.testing.assert_allclose(center + scale * prepared.X_train[:, j], expected, rtol=0, atol=tolerance)
        powers = [column.units for column in prepared.columns if column.note]
        assert all(units == (None if scaled else (0.0, 1.0)) for units in powers)


@pytest.mark.parametrize("settings", [EXACT, replace(BRIEF, max_iter=2000, learning_rate=1.0)])
def test_repeated_columns_are_told_in_the_users_units(settings: TrainSettings) -> None:
    rng = np.random.default_rng(6)
    a = np.round(rng.normal(size=300), 3)
    frame = pd.DataFrame(
        {"a": a, "b": np.round(2 * a + 3, 4), "c": a, "low": np.where(rng.random(300) < 0.5, "yes", "no")}
    )
    reason = train(prepared_of(frame, ["a", "b", "c"]), settings).reason
    assert "“b” is 3 + 2 × “a”" in reason
    assert "“c” is the same as “a”." in reason or "“c” repeats “a”" in reason
