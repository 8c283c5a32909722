"""Columns that say the same in other words or on another scale; those that only look alike are left alone."""

import numpy as np
import pandas as pd
import pytest

from tests.unit.features.examined import N, clean_table, found, one

RNG = np.random.default_rng(6)
SEX = RNG.choice(["m", "f"], N)
REGION = RNG.choice(list("abcde"), N, p=[0.4, 0.3, 0.15, 0.1, 0.05])
CM = RNG.normal(170, 10, N).round(1)
KIDS = RNG.integers(0, 6, N)


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        (SEX, np.where(SEX == "m", 1, 0), "in other words"),
        (REGION, pd.Series(REGION).map(dict(zip("abcde", [4, 2, 5, 1, 3], strict=True))).to_numpy(), "in other words"),
        (REGION, np.char.upper(REGION), "in other words"),
        (CM, CM / 2.54, "on another scale"),
        (CM, 32 - 1.8 * CM, "on another scale"),
        (KIDS, 3 * KIDS + 1, "on another scale"),
        (np.where(CM > 180, np.nan, CM), np.where(CM > 180, np.nan, 1e6 * CM), "on another scale"),
    ],
)
def test_what_says_the_same_is_told_and_left_out_in_one_click(first, second, how):
    frame = clean_table().assign(first=first, second=second)
    finding = one(frame, "says the same")
    assert finding.columns == ("second",)
    assert finding.sentence == f"'second' says the same as 'first' {how}."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (CM, CM**2),  # neither can be had from the other by a weight
        (KIDS, KIDS**2),
        (CM, (CM / 2.54).round()),
        (SEX, RNG.permutation(SEX)),
        (REGION, RNG.permutation(REGION)),
        (CM, np.where(np.arange(N) == 5, np.nan, CM / 2.54)),
        (CM, RNG.permutation(CM)),
    ],
)
def test_what_only_looks_alike_is_not(first, second):
    frame = clean_table().assign(first=first, second=second)
    assert not [f for f in found(frame)[1] if f.key.startswith("says the same")]


def test_several_are_told_together():
    frame = clean_table().assign(cm=CM, inch=CM / 2.54, m=CM / 100, sex=SEX, code=np.where(SEX == "m", 1, 2))
    finding = one(frame, "says the same")
    assert finding.columns == ("inch", "m", "code")
    assert finding.sentence.startswith("3 columns say the same as another one")
    assert finding.evidence[0] == ("inch", "the same as 'cm' on another scale")
