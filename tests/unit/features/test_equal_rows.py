"""Copies of rows are told from rows that are alike by chance or by nature, and stay named until they are dropped."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from logreg_core.features import Recipe, prepare, suggest_features
from logreg_core.features.edit import with_step, without_step
from logreg_core.features.findings import Memory, examine
from logreg_core.features.steps import LeaveOut
from tests.unit.features.examined import N, found, one


def is_found(frame, **choices):
    return any(finding.key == "repeated rows" for finding in found(frame, **choices)[1])


def shuffled(frame):
    return frame.sample(frac=1, random_state=1).reset_index(drop=True)


def test_leaving_the_number_of_the_row_out_hides_no_copies(clean):
    copied = shuffled(pd.concat([clean, clean.iloc[:200]], ignore_index=True))
    copied["customer id"] = np.arange(N + 200) * 7 + 100_000
    recipe, findings = found(copied)
    assert findings[0].key == "repeated rows"
    out = with_step(recipe, LeaveOut(("customer id",)), tuple(copied.columns))
    again = examine(copied, out, prepare(copied, out))
    assert again[0].sentence == findings[0].sentence
    assert examine(copied, out, prepare(copied, out), Memory())[0].sentence == findings[0].sentence
    mended = again[0].fixes[0].apply(out, tuple(copied.columns))
    assert examine(copied, mended, prepare(copied, mended)) == ()
    assert without_step(mended, 0, tuple(copied.columns)) == out


def test_leaving_telling_columns_out_hides_no_copies():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"x": rng.normal(size=N).round(2), "z": rng.normal(size=N).round(2)})
    frame["w"], frame["left"] = rng.normal(size=N).round(2), rng.choice(["yes", "no"], N)
    frame = shuffled(pd.concat([frame, frame.iloc[:150]]))
    recipe = Recipe("left", "yes", suggest_features(frame, "left"))
    for column in ("w", "z"):
        recipe = with_step(recipe, LeaveOut((column,)), tuple(frame.columns))
        (finding,) = examine(frame, recipe, prepare(frame, recipe))
        assert finding.sentence.startswith("150 rows repeat another row in every column; ")
    mended = finding.fixes[0].apply(recipe, tuple(frame.columns))
    assert examine(frame, mended, prepare(frame, mended)) == ()


def test_ten_times_the_pairs_of_chance_are_found():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"x": rng.random(N).round(4), "left": rng.choice(["yes", "no"], N)})
    assert frame.duplicated().sum() > 10  # by chance
    assert not is_found(frame)
    copied = shuffled(pd.concat([frame, frame.iloc[:200]]))
    assert "rows repeat another row" in one(copied, "repeated rows").sentence


@pytest.mark.parametrize("seed", range(5))
def test_columns_that_hang_together_make_no_copies(seed):
    rng = np.random.default_rng(seed)
    size = rng.integers(0, 40, N)
    frame = pd.DataFrame({"size": size, "rooms": size // 5 + rng.integers(0, 2, N), "price": 10 * size})
    frame["floor"] = rng.integers(0, 30, N)
    frame["left"] = np.where(rng.random(N) < size / 40, "yes", "no")
    assert frame.duplicated().sum() > 100
    assert not is_found(frame)


def test_matched_controls_are_no_copies():
    """Three people of each stratum share its age and education; some controls answer alike."""
    rng = np.random.default_rng(3)
    stratum = np.repeat(np.arange(80), 3)
    frame = pd.DataFrame({"stratum": stratum, "age": rng.integers(20, 45, 80)[stratum]})
    frame["induced"], frame["spontaneous"] = rng.choice([0, 1, 2], (2, 240), p=[0.7, 0.2, 0.1])
    frame["left"] = np.tile(["yes", "no", "no"], 80)
    assert frame.duplicated().sum() > 15
    assert not is_found(frame)


def test_columns_with_their_values_exchanged_are_no_copies():
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 100))
    frame = pd.DataFrame({"a": np.r_[a, b], "b": np.r_[b, a], "left": ["yes", "no"] * 100})
    assert not is_found(frame)


def test_row_numbers_with_a_few_gaps_name_the_row(clean):
    copied = pd.concat([clean, clean.iloc[:200]], ignore_index=True)
    copied["row"] = np.arange(len(copied), dtype=float)
    copied.loc[[5, 9], "row"] = np.nan
    finding = one(copied, "repeated rows")
    assert "in everything but 'row'" in finding.sentence
    recipe, _ = found(copied)
    assert "row" not in recipe.features
    mended = finding.fixes[0].apply(recipe, tuple(copied.columns))
    assert mended == dataclasses.replace(recipe, steps=mended.steps)  # what may differ is no feature for that


def test_false_alarms_are_rare_where_chance_makes_a_few_equal_rows():
    alarms = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        tick = rng.random(N) < 0.3
        left = np.where(rng.random(N) < np.where(tick, 0.8, 0.2), "yes", "no")
        frame = pd.DataFrame({"x": rng.normal(size=N).round(4), "tick": np.where(tick, "x", "o"), "left": left})
        alarms += is_found(frame)
    assert alarms <= 2


@pytest.mark.parametrize("blank", [0.0, np.nan])
def test_a_few_rows_that_are_alike_hide_no_copies(blank):
    rng = np.random.default_rng(0)
    idle = rng.random(3_000) < 0.02
    frame = pd.DataFrame({f"x{i}": np.where(idle, blank, rng.normal(3, 1, 3_000).round(3)) for i in range(6)})
    frame["left"] = rng.choice(["yes", "no"], 3_000)
    assert not is_found(frame)
    copied = pd.concat([frame, frame[~idle].sample(300, random_state=1)], ignore_index=True)
    finding = one(copied, "repeated rows")
    assert finding.severity == "grave"


@pytest.mark.parametrize("seed", range(5))
def test_answers_on_a_scale_with_a_frequent_one_are_no_copies(seed):
    rng = np.random.default_rng(seed)
    mood = rng.normal(size=N)
    frame = pd.DataFrame({f"q{i}": np.clip(np.round(3 + mood + rng.normal(0, 0.6, N)), 1, 5) for i in range(6)})
    frame["left"] = rng.choice(["yes", "no"], N)
    frame.loc[:79, [f"q{i}" for i in range(6)]] = 3.0
    assert not is_found(frame)


def test_exact_copies_are_called_so_and_shown_beside_the_rows_they_repeat(clean):
    clean.insert(0, "record_id", np.arange(N) * 3 + 10_000)
    copied = pd.concat([clean, clean.iloc[:25]], ignore_index=True)
    finding = one(copied, "repeated rows")
    assert finding.sentence.startswith("25 rows repeat another row in every column")
    assert finding.fixes[0].step.ignored == ()
    assert finding.rows[:4] == (0, N, 1, N + 1)
    copied.loc[N:, "record_id"] += 100_000
    assert "in everything but 'record_id'" in one(copied, "repeated rows").sentence
