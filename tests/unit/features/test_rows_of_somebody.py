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


def visits_of_200(rng):
    """Some five rows of each of 200, of whom age and sex stay the same."""
    who = rng.integers(0, 200, N)
    numbers = rng.choice(90_000, 200, replace=False)[who]
    return numbers, rng.integers(18, 90, 200)[who], rng.choice(["f", "m"], 200)[who]


@pytest.mark.parametrize("name", ["pid", "case_no", "Fallnummer", "school", "individual", "hhid"])
@pytest.mark.parametrize("as_text", [False, True])
def test_rows_that_share_what_stays_the_same_about_somebody_are_to_be_kept_together(visits, name, as_text):
    numbers, visits["age"], visits["sex"] = visits_of_200(np.random.default_rng(2))
    visits[name] = pd.Series([f"K{number}" for number in numbers], dtype="str") if as_text else numbers
    recipe = Recipe("churned", "yes", ("z", "age", "sex", name))
    found = [each for each in examine(visits, recipe, prepare(visits, recipe)) if each.columns == (name,)]
    assert [each.key.split("\n")[0] for each in found] == ["rows that belong together"]
    assert found[0].sentence.startswith(
        f"Rows with the same '{name}' always have the same 'age' and 'sex', too. The 1,000"
    )
    assert found[0].fixes[0].changes == (("split", "group"), ("split_column", name))


def told_of_members(frame):
    recipe = Recipe("churned", "yes", tuple(name for name in frame.columns if name != "churned"))
    return [each.sentence for each in examine(frame, recipe, None) if each.key.startswith("rows that belong together")]


def test_a_column_of_which_others_are_made_or_that_hardly_vary_is_nobody(visits):
    rng = np.random.default_rng(4)
    age, city = rng.integers(18, 90, N), rng.integers(0, 60, N)
    visits["age"], visits["decade"], visits["is_old"] = age, age // 10, age > 64
    visits["group"] = pd.Series(np.where(age < 40, "young", "older"), dtype="str")
    visits["city"] = pd.Series([f"town {number}" for number in city], dtype="str")
    visits["country"] = pd.Series([f"land {number % 7}" for number in city], dtype="str")
    visits["continent"] = pd.Series([f"part {number % 7 % 3}" for number in city], dtype="str")
    visits["pid"] = rng.integers(0, 200, N)
    visits["always"], visits["nearly"] = 5, np.where(np.arange(N) == 7, 1, 0)
    assert told_of_members(visits) == []


def test_who_changes_once_is_nobody_of_whom_all_is_known(visits):
    visits["pid"], visits["age"], visits["sex"] = visits_of_200(np.random.default_rng(2))
    assert len(told_of_members(visits)) == 1
    visits.loc[0, "sex"] = "m" if visits.loc[0, "sex"] == "f" else "f"
    assert told_of_members(visits) == []


def test_rows_to_be_kept_together_by_a_column_that_is_not_chosen_yet_are_examined(visits):
    assert examine(visits, Recipe("churned", "yes", ("z",), split="group"), None) == ()
