"""Faults that something else hides: a leak without order, a code of many values, copies beside one with its number."""

import numpy as np
import pandas as pd
import pytest

from logreg_core.features import prepare
from logreg_core.features.findings import examine
from logreg_core.features.steps import ValuesToMissing
from tests.unit.features.examined import N, found, one


@pytest.mark.parametrize("values", [([1, 3, 5], [2, 4, 6]), ([1, 5], [3, 7])])
def test_a_column_whose_rates_go_up_and_down_without_doubt_is_a_leak(clean, values):
    rng = np.random.default_rng(0)
    positive, other = values
    clean["x2"] = np.where(clean["left"] == "yes", rng.choice(positive, N), rng.choice(other, N))
    finding = one(clean, "leak", ("x", "x2"))
    assert finding.severity == "grave"
    assert "of the doubt about left = yes" in finding.sentence


def test_a_code_of_many_values_stays_a_feature_as_a_category(clean):
    clean["zip"] = np.random.default_rng(0).integers(10_000, 10_290, N)
    finding = one(clean, "names as numbers", ("x", "zip"))
    assert finding.fixes[0].label == "Treat as a category, keep the 10 most frequent"
    recipe = finding.fixes[0].apply(found(clean, ("x", "zip"))[0], tuple(clean.columns))
    assert prepare(clean, recipe).categories == ("zip",)


def test_one_copy_with_its_number_hides_no_others():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({f"x{i}": rng.normal(size=2_000).round(3) for i in range(4)})
    frame["left"] = rng.choice(["yes", "no"], 2_000)
    copied = pd.concat([frame, frame.iloc[:300]], ignore_index=True)
    copied["order no"] = np.arange(2_300) * 7 + 10_000
    copied = pd.concat([copied, copied.iloc[[1_500]]], ignore_index=True)
    recipe, findings = found(copied, ("x0", "x1", "x2", "x3"))
    assert findings[0].sentence.startswith("301 rows repeat another row in everything but 'order no'; ")
    assert examine(copied, findings[0].fixes[0].apply(recipe, tuple(copied.columns))) == ()


@pytest.mark.parametrize("name", ["customer", "Patient", "subject", "email"])
def test_rows_of_one_member_are_noticed_without_the_word_number(clean, name):
    clean[name] = np.arange(N) // 4
    assert one(clean, "rows that belong together", ("x", "visits")).columns == (name,)
    kinds = clean.assign(**{name: np.arange(N) % 3})
    assert not [each for each in found(kinds, ("x",))[1] if each.key.startswith("rows that belong")]


def test_a_bound_is_said_in_full():
    assert "values above 6165235.34 as missing" in ValuesToMissing(("x",), above=6165235.34).sentence
