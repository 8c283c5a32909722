"""A recipe for another reading of the same file: what still makes sense stays."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from logreg_core.features import Recipe, carried_over
from logreg_core.features.steps import Clip, DateParts, LeaveOut

N = 200


@pytest.fixture
def table() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    return pd.DataFrame(
        {
            "shop": rng.integers(0, 40, N),
            "day": pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 90, N), unit="D"),
            "price": rng.normal(size=N),
            "size": rng.normal(size=N),
            "plan": rng.choice(["a", "b"], N),
            "left": rng.choice(["yes", "no"], N),
        }
    )


RECIPE = Recipe(
    "left",
    "no",
    ("day days since", "price", "plan"),
    steps=(LeaveOut(("size",)), Clip(("price",)), DateParts(("day",), ("days",))),
    split="time",
    split_column="day",
    test_share=0.3,
    degree=2,
)
USABLE = ("shop", "day days since", "price", "plan")


def test_the_same_columns_keep_everything(table):
    assert carried_over(RECIPE, table.iloc[1:], USABLE) == RECIPE


def test_a_column_that_is_gone_takes_only_its_own_choices_along(table):
    carried = carried_over(RECIPE, table.drop(columns=["day"]), USABLE)
    assert carried.steps == RECIPE.steps[:2]
    assert carried.features == ("price", "plan")
    assert (carried.split, carried.split_column) == ("random", "")
    assert (carried.positive, carried.test_share, carried.degree) == ("no", 0.3, 2)


def test_a_column_of_another_kind(table):
    # As text, prices are two hundred names: no amount to be limited, and nothing a model can use.
    as_text = carried_over(RECIPE, table.assign(price=table["price"].map(str).astype("str")), USABLE)
    assert "price" not in as_text.features
    assert as_text.target == "left"
    # The other way round, what has become usable joins the features.
    before = tuple(name for name in USABLE if name != "price")
    without = dataclasses.replace(RECIPE, features=("plan",), steps=())
    assert carried_over(without, table, {*before, "size"}).features == ("price", "plan")


def test_a_target_that_is_gone_or_has_other_classes(table):
    assert carried_over(RECIPE, table.drop(columns=["left"]), USABLE) is None
    other = carried_over(RECIPE, table.assign(left=table["left"].map({"yes": "ja", "no": "nein"})), USABLE)
    assert other.positive == "ja"


def test_a_part_that_has_lost_its_value(table):
    table["part"] = ["test", "train"] * (N // 2)
    by_part = dataclasses.replace(RECIPE, split="column", split_column="part", test_value="test")
    assert carried_over(by_part, table, USABLE).test_value == "test"
    assert carried_over(by_part, table.assign(part=table["part"].str.upper()), USABLE).split == "random"
