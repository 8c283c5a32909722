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


def test_a_gap_does_not_make_a_customer_number_an_amount():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"customer_id": rng.integers(1, 200, 600).astype(float), "left": [0, 1] * 300})
    frame.loc[:3, "customer_id"] = np.nan
    assert left_out_features(frame, "left") == (("customer_id", "names who the row is about"),)
    frame["customer_id"] += 0.5
    assert left_out_features(frame, "left") == ()


def test_customers_with_few_repeats_are_customers():
    ids = np.arange(500_000, 500_000 + N) * 13
    ids[:225] = ids[225:450]  # 92.5 % different
    frame = pd.DataFrame({"patient id": ids, "left": [0, 1] * (N // 2)})
    assert left_out_features(frame, "left") == (("patient id", "names who the row is about"),)


def test_a_row_number_with_a_gap_counts_the_rows():
    numbers = np.arange(1.0, N + 1)
    numbers[7] = np.nan
    frame = pd.DataFrame({"row": numbers, "left": [0, 1] * (N // 2)})
    assert left_out_features(frame, "left") == (("row", "counts the rows"),)
    frame["row"] *= 2
    assert left_out_features(frame, "left") == (("row", "names the row"),)  # nothing but its name says so now
    assert left_out_features(frame.rename(columns={"row": "mileage"}), "left") == ()


def test_counts_are_suggested_and_ticks_are_not():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            "number_customer_service_calls": rng.integers(0, 10, N),
            "complained": pd.Series(np.where(rng.random(N) < 0.3, "x", None), dtype="str"),
            "told": np.where(rng.random(N) < 0.3, 1.0, np.nan),
            "left": rng.choice(["yes", "no"], N),
        }
    )
    assert suggest_features(frame, "left") == ("number_customer_service_calls",)
    assert left_out_features(frame, "left") == (
        ("complained", "holds only 'x' or blanks"),
        ("told", "holds only 1 or blanks"),
    )
