import numpy as np
import pandas as pd

from logreg_core.features import left_out_features, suggest_features

N = 3000


def test_each_column_that_is_not_suggested_has_its_reason():
    rng = np.random.default_rng(0)
    amounts = pd.Series([f"{value:.2f}" for value in rng.normal(size=N) * 1000], dtype="str")
    amounts[17] = "see note"
    commas = amounts.str.replace(".", ",", regex=False)
    frame = pd.DataFrame(
        {
            "row": np.arange(1, N + 1),
            "name": [f"customer {i}" for i in range(N)],
            "day": pd.date_range("2026-01-01", periods=N),
            "same": 5,
            "word": "always",
            "empty": np.nan,
            "amount": amounts,
            "betrag": commas,
            "rounding": np.where(np.arange(N) % 2, 0.3, 0.1 * 3),
            "age": rng.integers(18, 80, N),
            "plan": rng.choice(["month", "year"], N),
            "children": rng.choice(["0", "1", "2", "many"], N),
            "left": rng.choice(["yes", "no"], N),
        }
    )
    assert suggest_features(frame, "left") == ("age", "plan", "children")
    assert left_out_features(frame, "left") == (
        ("row", "counts the rows"),
        ("name", "names the row: 3,000 different texts"),
        ("day", "a date"),
        ("same", "constant: always 5"),
        ("word", "constant: always the same"),
        ("empty", "no values"),
        ("amount", "text in a number column: 'see note' among numbers"),
        ("betrag", "text in a number column: 'see note' among numbers"),
        ("rounding", "varies too little for its size to be used"),
    )


def test_codes_of_digits_and_letters_are_names():
    codes = pd.Series([f"{i:05d}" if i % 5 else f"A{i:04d}" for i in range(N)], dtype="str")
    frame = pd.DataFrame({"code": codes, "left": [0, 1] * (N // 2)})
    assert left_out_features(frame, "left") == (("code", "names the row: 3,000 different texts"),)


def test_an_odd_text_is_cut_to_be_shown():
    amounts = pd.Series([str(i * 1.5) for i in range(200)], dtype="str")
    amounts[199] = "x" * 500
    ((_, reason),) = left_out_features(pd.DataFrame({"a": amounts, "left": [0, 1] * 100}), "left")
    assert reason == f"text in a number column: '{'x' * 40}…' among numbers"


def test_numbers_of_customers_are_not_suggested():
    rng = np.random.default_rng(1)
    customers = np.repeat(rng.choice(np.arange(10_000, 20_000), 300, replace=False), 2)
    for name in ("Kundennummer", "customer_id", "Patient No.", "accountid", "KdNr"):
        frame = pd.DataFrame({name: customers, "Kunde seit": np.arange(600) % 25, "left": [0, 1] * 300})
        assert left_out_features(frame, "left") == ((name, "names who the row is about"),)
