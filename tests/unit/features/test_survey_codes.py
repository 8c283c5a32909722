"""Codes of surveys that say nobody answered are told from counts and amounts; postcodes and rounded units likewise."""

import numpy as np
import pandas as pd
import pytest

from tests.unit.features.examined import N, clean_table, found, one

RNG = np.random.default_rng(8)
SCALE = RNG.integers(1, 6, N).astype(float)
KG = RNG.normal(75, 12, N)


def with_codes(values, *codes, rows=40):
    values = values.copy()
    for place, code in enumerate(codes):
        values[place :: N // rows] = code
    return values


@pytest.mark.parametrize(
    "codes",
    [(-9.0,), (-9.0, -8.0), (-9.0, -8.0, -7.0), (9.0,), (8.0, 9.0), (99.0,), (98.0, 99.0), (-1.0,), (9.0, 99.0)],
)
def test_codes_of_surveys_stand_for_no_answer(codes):
    frame = clean_table().assign(service=with_codes(SCALE, *codes))
    finding = one(frame, "stand-in")
    assert sorted(finding.fixes[0].step.values) == sorted(codes)


@pytest.mark.parametrize(
    "values",
    [
        SCALE,
        RNG.poisson(3, N),  # a count with a tail
        RNG.poisson(6, N),
        np.clip(RNG.geometric(0.5, N), 1, 9),
        RNG.integers(0, 10, N),
        RNG.integers(1, 10, N),
        RNG.integers(-9, 10, N),
        np.round(RNG.normal(0, 4, N)),
        with_codes(SCALE, -2.0),  # a step below the scale
        with_codes(SCALE - 1, -1.0),
        with_codes(SCALE, 7.0),
        with_codes(np.round(KG), 99.0),
    ],
)
def test_scales_counts_and_amounts_have_none(values):
    assert not [f for f in found(clean_table().assign(service=values))[1] if f.key.startswith("stand-in")]


@pytest.mark.parametrize("name", ["zip", "zip_code", "PLZ", "postcode", "Postleitzahl", "postal code", "PLZ_Kunde"])
def test_postcodes_are_names(name):
    frame = clean_table().assign(**{name: RNG.integers(1_001, 99_998, N)})
    finding = one(frame, "postcodes", ("x", "visits", name))
    assert finding.sentence.startswith(f"'{name}' holds postcodes, ")


@pytest.mark.parametrize("name", ["zip files", "postal charges", "income", "plain"])
def test_amounts_are_no_postcodes(name):
    frame = clean_table().assign(**{name: RNG.integers(1_001, 99_998, N)})
    assert not [f for f in found(frame)[1] if f.key.startswith("postcodes")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (KG.round(1), (KG * 2.20462).round(1)),
        (RNG.normal(37, 9, N).round(1), None),
        (np.where(KG > 90, np.nan, KG.round(1)), np.where(KG > 90, np.nan, (KG * 2.20462).round(1))),
    ],
)
def test_another_unit_with_rounding_says_the_same(first, second):
    second = (first * 1.8 + 32).round(1) if second is None else second
    frame = clean_table().assign(first=first, second=second)
    finding = one(frame, "says the same")
    assert finding.sentence == "'second' says the same as 'first' in another unit, but for rounding."


@pytest.mark.parametrize(
    "second", [(KG + RNG.normal(0, 0.5, N)).round(1), KG.round(-1), (KG**1.02).round(1), RNG.permutation(KG).round(1)]
)
def test_what_goes_nearly_together_does_not(second):
    frame = clean_table().assign(first=KG.round(1), second=second)
    assert not [f for f in found(frame)[1] if f.key.startswith("says the same")]


def test_sums_of_columns_are_no_copies():
    one_, other = RNG.normal(50, 9, N).round(1), RNG.normal(0, 0.4, N).round(1)
    frame = pd.DataFrame(clean_table()).assign(first=one_, second=(one_ + other).round(1))
    assert not [f for f in found(frame)[1] if f.key.startswith("says the same")]
