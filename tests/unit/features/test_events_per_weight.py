"""Too few events for the weights: the fix keeps what says most alone, judged by training rows."""

import numpy as np
import pandas as pd

from logreg_core.features import prepare
from logreg_core.features.findings import examine
from tests.unit.features.examined import found, one


def wide(columns=300, rows=500):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(rows, columns)), columns=[f"x{i}" for i in range(columns)])
    score = 1.5 * frame["x7"] + 1.5 * frame["x42"] - 1
    frame["left"] = np.where(rng.random(rows) < 1 / (1 + np.exp(-score)), "yes", "no")
    return frame


def test_the_strongest_columns_are_kept_and_are_few_enough():
    frame = wide()
    finding = one(frame, "events per weight")
    recipe, _ = found(frame)
    mended = finding.fixes[0].apply(recipe, tuple(frame.columns))
    events = int(min(prepare(frame, recipe).y_train.sum(), (1 - prepare(frame, recipe).y_train).sum()))
    assert finding.fixes[0].label == f"Keep the {events // 10} columns that say most alone"
    assert len(mended.features) == events // 10
    assert {"x7", "x42"} <= set(mended.features)


def test_test_rows_have_no_say_in_what_is_kept():
    frame = wide()
    recipe, findings = found(frame)
    made = prepare(frame, recipe)
    turned = frame.copy()
    turned.loc[made.rows_test, "x3"] = np.where(frame.loc[made.rows_test, "left"] == "yes", 5.0, -5.0)
    again = examine(turned, recipe, prepare(turned, recipe))
    assert again[0].fixes == findings[0].fixes


def test_what_gives_the_answer_away_is_not_counted_among_the_strongest():
    frame = wide()
    frame["late"] = (frame["left"] == "yes") * 1.0
    finding = next(each for each in found(frame)[1] if each.key.startswith("events per weight"))
    assert "late" not in finding.fixes[0].step.columns
    assert len(finding.fixes[0].step.columns) + int(finding.fixes[0].label.split()[2]) == 300


def test_one_row_for_each_is_one_row():
    frame = wide(columns=50, rows=400)[[f"x{i}" for i in range(16)]]
    frame["left"] = np.where(np.arange(400) < 20, "yes", "no")  # 16 of them train
    assert one(frame, "events per weight").sentence.endswith("16 weights to learn: 1 row for each.")


def test_what_is_too_few_is_not_rounded_to_enough():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(2_000, 30)), columns=[f"x{i}" for i in range(30)])
    frame["left"] = np.where(np.arange(2_000) < 374, "yes", "no")  # 299 of them train
    assert "299 training rows" in one(frame, "events per weight").sentence
    assert one(frame, "events per weight").sentence.endswith("30 weights to learn: 9.9 rows for each.")


def test_a_very_rare_class_is_not_rounded_to_none():
    frame = pd.DataFrame({"x": np.arange(20_000) % 97, "left": np.where(np.arange(20_000) % 2_500, "no", "yes")})
    assert "is right in more than 99.9 % of the rows" in next(f for f in found(frame)[1] if f.key == "imbalance").why
