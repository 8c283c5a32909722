import numpy as np
import pandas as pd
import pytest

from logreg_core.features import class_names, find_targets


def test_names_are_what_a_user_reads():
    assert list(class_names(pd.Series([1.0, 0.0, np.nan, 2.5]))) == ["1", "0", np.nan, "2.5"]
    assert list(class_names(pd.Series([True, False]))) == ["true", "false"]
    assert list(class_names(pd.Series(pd.to_datetime(["2026-11-23"])))) == ["2026-11-23"]
    assert list(class_names(pd.Series(["yes", None, "no"], dtype="str")).astype("object"))[::2] == ["yes", "no"]


def test_two_and_more_classes_are_offered_and_the_rest_has_a_reason():
    n = 100
    frame = pd.DataFrame(
        {
            "churned": ["yes"] * 30 + ["no"] * 70,
            "species": ["a", "b", "c", "d"] * 25,
            "amount": np.arange(n) * 1.5,
            "name": [f"row {i}" for i in range(n)],
            "same": [1] * n,
            "nothing": [np.nan] * n,
            "day": pd.date_range("2026-01-01", periods=n),
        }
    )
    found = find_targets(frame)
    assert [candidate.column for candidate in found.candidates] == ["churned", "species"]
    assert found.candidates[0].classes == (("no", 70), ("yes", 30))
    reasons = dict(found.refused)
    assert set(reasons) == {"amount", "name", "same", "nothing", "day"}
    assert "more than 20 different values" in reasons["amount"]
    assert "only one class" in reasons["same"]


@pytest.mark.parametrize(
    ("values", "positive"),
    [
        ([0, 0, 1, 1, 1], "1"),
        (["No", "No", "Yes", "Yes", "Yes"], "Yes"),
        ([True, True, False], "true"),
        (["benign", "benign", "malignant"], "malignant"),
        (["a", "b", "b", "c"], "b"),
    ],
)
def test_default_positive_class(values, positive):
    candidate = find_targets(pd.DataFrame({"t": values})).candidates[0]
    assert candidate.default_positive == positive


def test_missing_targets_are_counted():
    candidate = find_targets(pd.DataFrame({"t": [0.0, 1.0, np.nan, 1.0]})).candidates[0]
    assert candidate.missing == 1
    assert candidate.classes == (("1", 2), ("0", 1))


def test_likely_outcomes_come_first():
    frame = pd.DataFrame(
        {
            "children": [0, 1, 2, 3] * 5,
            "sex": [1, 2] * 10,
            "stars": [1.0, 2.0, np.nan, 4.0] * 5,
            "flag": [0.0, 1.0] * 10,
            "dose": [0.5, 1.0, 1.5, 2.0] * 5,
            "churned": ["yes", "no"] * 10,
            "active": [True, False] * 10,
            "rate": [0.25, 0.75] * 10,
        }
    )
    found = find_targets(frame)
    order = [candidate.column for candidate in found.candidates]
    assert order == ["churned", "active", "flag", "sex", "rate", "children", "stars"]
    assert dict(found.refused) == {"dose": "an amount: its values are not whole numbers"}
