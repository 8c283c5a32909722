"""Of each column only the gravest is said, so that no advice mends what had better be left out."""

from collections import Counter

import numpy as np
import pandas as pd

from logreg_core.features import prepare
from logreg_core.features.findings import examine
from tests.unit.features.examined import N, found


def leaky(clean):
    """A wage only those who left have, with a value far out, beside a fee in which gaps only say something."""
    rng = np.random.default_rng(0)
    gone = (clean["left"] == "yes").to_numpy()
    clean["wage"] = np.where(gone, rng.normal(20, 3, N), np.nan)
    clean.loc[np.flatnonzero(gone)[0], "wage"] = 9_000
    clean["fee"] = np.where(rng.random(N) < np.where(gone, 0.3, 0.1), np.nan, rng.normal(size=N))
    return clean


def test_a_leak_is_not_advised_about_again(clean):
    findings = found(leaky(clean))[1]
    assert [(finding.key, finding.columns) for finding in findings] == [
        ("filled in\nwage", ("wage",)),
        ("telling gaps\nfee", ("fee",)),
    ]


def test_what_is_fine_makes_room_for_what_is_milder(clean):
    clean = leaky(clean)
    recipe, findings = found(clean)
    fine = {findings[0].key}
    said = examine(clean, recipe, prepare(clean, recipe), fine=fine)
    assert findings[0] in said  # to be recalled
    assert "far out\nwage" in [finding.key for finding in said]


def test_what_is_fine_is_not_said_again_in_other_words(clean):
    clean["code"] = np.where(clean["left"] == "yes", "K", "P")
    recipe, (finding,) = found(clean)
    assert finding.key == "disguise\ncode"
    assert examine(clean, recipe, prepare(clean, recipe), fine={finding.key}) == (finding,)
    clean["wage"] = np.where(clean["left"] == "yes", 1.0, np.nan)
    recipe, findings = found(clean, ("x", "visits", "wage"), missing="flag")
    said = [f.key for f in examine(clean, recipe, prepare(clean, recipe), fine={f.key for f in findings})]
    assert said == ["filled in\nwage"]


def test_no_column_is_in_two_findings(clean):
    clean = leaky(clean)
    rng = np.random.default_rng(1)
    clean["account no"] = rng.permutation(N) * 1_000
    clean.loc[0, "account no"] = 10**12
    clean["copy"] = clean["x"]
    clean["region"] = rng.integers(1, 5, N)
    clean.loc[::50, "region"] = 999
    clean["tick"] = pd.Series(np.where(rng.random(N) < 0.3, "x", None), dtype="str")
    findings = found(clean, tuple(name for name in clean if name not in {"left", "tick"}))[1]
    assert len(findings) >= 6
    assert max(Counter(name for finding in findings for name in finding.columns).values()) == 1


def test_where_a_column_is_filled_in_is_said_exactly(clean):
    gone = (clean["left"] == "yes").to_numpy()
    x = clean["x"].to_numpy()
    said = {}
    for name, filled in {"only": gone, "not": ~gone}.items():
        said[name] = found(clean.assign(v=np.where(filled, x, np.nan)))[1][0].sentence
        nearly = filled | (np.arange(N) % 100 == 7)
        said[f"almost {name}"] = found(clean.assign(v=np.where(nearly, x, np.nan)))[1][0].sentence
    assert said == {
        "only": "'v' is filled in only where left = yes.",
        "almost only": "'v' is filled in almost only where left = yes.",
        "not": "'v' is filled in only where it is not left = yes.",
        "almost not": "'v' is filled in almost only where it is not left = yes.",
    }
