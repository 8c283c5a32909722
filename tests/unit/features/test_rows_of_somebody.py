"""Rows of the same customer are noticed whatever the column is called; what names each row is no amount."""

import numpy as np
import pandas as pd
import pytest

from logreg_core.features import Recipe, prepare, suggest_features
from logreg_core.features.findings import examine
from logreg_core.features.suggest import left_out_features

N = 1_000


@pytest.fixture
def visits():
    rng = np.random.default_rng(3)
    return pd.DataFrame({"z": rng.normal(size=N).round(3), "churned": rng.choice(["yes", "no"], N, p=[0.4, 0.6])})


def kinds_of_findings(frame, *chosen):
    features = tuple(dict.fromkeys((*suggest_features(frame, "churned"), *chosen)))
    recipe = Recipe("churned", "yes", features)
    try:
        prepared = prepare(frame, recipe)
    except ValueError:
        prepared = None
    return [finding.key.split(":")[0] for finding in examine(frame, recipe, prepared)]


def repeated(name, rng):
    numbers = rng.integers(10_000, 10_300, N)
    if name in {"user", "email", "IBAN"}:
        return pd.Series([f"{name} {number}" for number in numbers], dtype="str")
    return numbers


@pytest.mark.parametrize(
    "name", ["customer", "user", "subject", "MRN", "SSN", "IBAN", "email", "driver", "loan_id", "family id", "Kunde"]
)
def test_rows_of_the_same_one_are_to_be_kept_together(visits, name):
    visits[name] = repeated(name, np.random.default_rng(1))
    assert name not in suggest_features(visits, "churned")
    found = kinds_of_findings(visits)
    assert any(key.startswith("rows that belong together") for key in found), found
    assert not any("levels" in key for key in found), found


@pytest.mark.parametrize("name", ["invoice", "phone", "barcode", "MRN", "policy_no", "index"])
def test_whole_numbers_that_name_the_row_are_not_chosen_and_are_told_when_they_are(visits, name):
    rng = np.random.default_rng(1)
    visits[name] = np.arange(N) * 2 if name == "index" else rng.permutation(90_000)[:N] + 10**12
    assert (name, "names the row") in left_out_features(visits, "churned")
    found = kinds_of_findings(visits, name)
    assert any(key.startswith("identifier") for key in found), found


def test_a_ticket_of_which_a_few_are_shared_is_an_identifier(visits):
    rng = np.random.default_rng(1)
    visits["ticket"] = pd.Series([f"T{number}" for number in rng.integers(0, 5_000, N)], dtype="str")
    assert any(key.startswith("identifier") for key in kinds_of_findings(visits, "ticket"))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("customer", lambda rng: rng.choice(["new", "old"], N)),
        ("customer age", lambda rng: rng.integers(18, 80, N)),
        ("user rating", lambda rng: rng.integers(1, 6, N)),
        ("population", lambda rng: rng.permutation(10**6)[:N]),
        ("income", lambda rng: rng.permutation(90_000)[:N]),
        ("store size", lambda rng: rng.integers(50, 999, N)),
        ("account balance", lambda rng: rng.normal(1_000, 400, N).round(2)),
        ("phone", lambda rng: rng.choice(["yes", "no"], N)),
    ],
)
def test_amounts_and_kinds_are_neither(visits, name, values):
    visits[name] = values(np.random.default_rng(1))
    assert name in suggest_features(visits, "churned")
    assert not [key for key in kinds_of_findings(visits) if key.startswith(("identifier", "rows that belong"))]
