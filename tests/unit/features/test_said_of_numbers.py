"""Numbers in findings are never rounded to what they fall short of; a fix ends in something that can be used."""

import re

import numpy as np
import pandas as pd
import pytest

from logreg_core.features import Recipe, prepare
from logreg_core.features.findings import examine


def test_nearly_all_rows_are_not_all():
    frame = pd.DataFrame({"x": np.random.default_rng(0).normal(size=20_000), "y": ["no"] * 20_000})
    frame.loc[:7, "y"] = "yes"
    recipe = Recipe("y", "yes", ("x",))
    (finding,) = [f for f in examine(frame, recipe, prepare(frame, recipe)) if f.key == "imbalance"]
    assert "is right in more than 99.9 % of the rows" in finding.why


@pytest.mark.parametrize(
    ("events", "columns", "said"), [(299, 30, "9.9"), (149, 30, "4.9"), (150, 30, "5"), (7, 3, "2.3"), (1, 8, "0.12")]
)
def test_rows_for_each_weight_are_rounded_down(events, columns, said):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(2 * events + 2_000, columns)), columns=[f"x{i}" for i in range(columns)])
    frame["part"] = "train"
    frame["y"] = "no"
    frame.loc[: events - 1, "y"] = "yes"
    frame.loc[frame.index[-3:], "part"] = "test"
    frame.loc[frame.index[-1], "y"] = "yes"
    features = tuple(f"x{i}" for i in range(columns))
    recipe = Recipe("y", "yes", features, split="column", split_column="part", test_value="test")
    (finding,) = [f for f in examine(frame, recipe, prepare(frame, recipe)) if f.key.startswith("events per weight")]
    assert re.search(r": ([\d.]+) rows for each\.", finding.sentence)[1] == said
    assert finding.severity == ("grave" if events / columns < 5 else "warning")


@pytest.mark.parametrize("different", [200, 291])
def test_codes_that_become_a_category_can_be_used_afterwards(different):
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"z": rng.normal(size=1_000), "y": rng.choice(["yes", "no"], 1_000)})
    frame["zip"] = np.r_[np.arange(different), rng.integers(0, different, 1_000 - different)] + 10_000
    recipe = Recipe("y", "yes", ("z", "zip"))
    (finding,) = [f for f in examine(frame, recipe, prepare(frame, recipe)) if f.key.startswith("names as numbers")]
    mended = finding.fixes[0].apply(recipe, tuple(frame.columns))
    prepared = prepare(frame, mended)
    assert prepared.categories == ("zip",)
    assert prepared.dropped == ()
    assert finding.fixes[0].label == "Treat as a category, keep the 10 most frequent"
    assert len(prepared.design.levels["zip"]) == 11
