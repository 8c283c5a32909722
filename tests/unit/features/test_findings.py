"""Each finding: when it is made, what it says, that its fix makes it go away, and when nothing is said."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency, fisher_exact

from logreg_core.data import SAMPLES, load_sample
from logreg_core.features import Recipe, prepare, suggest_features
from logreg_core.features.findings import Memory, examine, is_covered
from logreg_core.features.findings.finding import key_of
from logreg_core.features.findings.missingness import p_value
from logreg_core.features.names import names_a_group, names_an_identifier, names_the_aftermath, words
from logreg_core.features.steps import Clip
from logreg_core.training import Status, TrainSettings, train
from tests.unit.features.examined import N, found, one


def test_nothing_is_said_about_a_clean_table(clean):
    assert found(clean)[1] == ()


@pytest.mark.parametrize("key", ["tutorial", "churn", "spam"])
def test_nothing_is_said_about_clean_samples(key):
    table = load_sample(key)
    chosen = table.suggestion
    recipe = Recipe(chosen.target, chosen.positive, suggest_features(table.frame, chosen.target))
    assert examine(table.frame, recipe, prepare(table.frame, recipe)) == ()
    assert key in SAMPLES


def test_identifiers(clean):
    rng = np.random.default_rng(0)
    clean["account number"] = rng.permutation(N) * 13 + 5_000
    clean["amount"] = rng.permutation(N) * 13 + 5_000  # all different too, but nothing says it is a name
    assert found(clean)[1] == ()  # it is not chosen: nobody is nagged
    finding = one(clean, "identifier", ("x", "amount", "account number"))
    assert finding.columns == ("account number",)
    assert finding.sentence == "'account number' is an identifier: 1,000 different values in 1,000 rows."


def test_text_that_names_the_row_once_chosen(clean):
    clean["who"] = [f"person {i}" for i in range(N)]
    assert "who" not in suggest_features(clean, "left")
    assert found(clean)[1] == ()  # left out already: nobody is nagged
    assert one(clean, "identifier", ("x", "who")).columns == ("who",)


def test_days_made_from_dates_are_no_identifier(clean):
    clean["joined"] = pd.date_range("2022-01-01", periods=N)
    finding = one(clean, "dates")
    recipe, _ = found(clean)
    mended = finding.fixes[0].apply(recipe, tuple(clean.columns))
    assert examine(clean, mended, prepare(clean, mended)) == ()


def test_constant_and_duplicate_columns(clean):
    clean["same"] = 1
    clean["copy"] = clean["x"]
    clean["plan again"] = clean["plan"]
    assert one(clean, "constant", ("x", "same")).columns == ("same",)
    finding = one(clean, "duplicate column")
    assert finding.columns == ("copy", "plan again")
    assert finding.evidence == (("copy", "equal to 'x'"), ("plan again", "equal to 'plan'"))


def test_the_target_in_disguise(clean):
    clean["status"] = clean["left"].map({"yes": "inactive", "no": "active"})
    finding = one(clean, "disguise")
    assert (finding.severity, finding.columns) == ("grave", ("status",))
    clean["code"] = clean["left"].map({"yes": 7, "no": 3})
    assert {f.columns for f in found(clean)[1] if f.key.startswith("disguise")} == {("status",), ("code",)}


def test_a_disguise_of_three_classes():
    kinds = np.tile(["a", "b", "c"], 100)
    frame = pd.DataFrame({"x": np.arange(300.0) % 17, "code": np.tile([10, 20, 30], 100), "kind": kinds})
    recipe = Recipe("kind", "b", ("x", "code"))
    keys = [finding.key for finding in examine(frame, recipe, prepare(frame, recipe))]
    assert "disguise\ncode" in keys


def test_one_feature_that_is_too_good(clean):
    rng = np.random.default_rng(1)
    clean["score"] = (clean["left"] == "yes") + rng.normal(0, 0.3, N)  # AUC about 0.99
    finding = one(clean, "leak")
    assert finding.severity == "grave"
    assert "of 100 pairs" in finding.sentence
    clean["score"] = (clean["left"] == "yes") + rng.normal(0, 0.8, N)  # AUC about 0.81: only good
    assert found(clean)[1] == ()


def test_what_is_filled_in_afterwards(clean):
    gone = clean["left"] == "yes"
    clean["end"] = pd.Series(pd.Timestamp("2024-05-01") + pd.to_timedelta(np.arange(N) % 90, unit="D")).where(gone)
    clean["fee"] = pd.Series(np.random.default_rng(0).normal(size=N)).where(gone)
    finding = one(clean, "filled in\nfee")
    assert finding.severity == "grave"
    assert finding.sentence == "'fee' is filled in only where left = yes."
    keys = [finding.key for finding in found(clean)[1]]
    assert "filled in\nend" in keys  # a date no model uses yet is named, not offered
    assert not any(key.startswith("dates") for key in keys)


def test_a_name_counts_only_with_some_separation(clean):
    rng = np.random.default_rng(1)
    clean["refund"] = rng.normal(size=N)
    assert found(clean)[1] == ()
    clean["refund"] += clean["left"] == "yes"
    assert one(clean, "afterwards").severity == "warning"


def test_repeated_rows_and_copies_across_the_split(clean):
    clean["id"] = [f"c{i}" for i in range(N)]
    assert found(clean)[1] == ()
    repeated = pd.concat([clean, clean.iloc[:200]], ignore_index=True)
    recipe, findings = found(repeated)
    finding = next(f for f in findings if f.key == "repeated rows")
    made = prepare(repeated, recipe)
    train = set(repeated.iloc[made.rows_train]["id"])
    crossing = repeated.iloc[made.rows_test]["id"].isin(train).sum()
    assert crossing > 0
    assert f"200 rows repeat another row in every column; {crossing} of the test rows have a copy" in finding.sentence
    assert one(repeated, "repeated rows").severity == "grave"  # 12 % of the test rows are known from training
    few = pd.concat([clean, clean.iloc[:3]], ignore_index=True)
    assert one(few, "repeated rows").severity == "note"
    renumbered = repeated.assign(id=[f"c{i}" for i in range(N + 200)])
    assert "everything but 'id'" in one(renumbered, "repeated rows").sentence


def test_rows_that_are_equal_by_chance_are_no_finding():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"a": rng.integers(0, 4, N), "b": rng.integers(0, 3, N), "left": rng.choice(["yes", "no"], N)})
    assert frame.duplicated().sum() > 900
    assert not [finding for finding in found(frame)[1] if finding.key == "repeated rows"]


def test_numbers_stored_as_text(clean):
    clean["total"] = [f"{value:.2f}" for value in np.random.default_rng(0).gamma(2, 40, N)]
    clean.loc[[3, 4, 5], "total"] = "not yet"
    finding = one(clean, "numbers as text")
    assert finding.sentence == ("'total' holds numbers written as text: 3 of 1,000 cells are none, such as 'not yet'.")
    recipe, _ = found(clean)
    mended = finding.fixes[0].apply(recipe, tuple(clean.columns))
    assert "total" in mended.features
    assert "total" in prepare(clean, mended).numbers


@pytest.mark.parametrize("values", [["007", "008", "123"], ["1234567890123456", "1", "2"], ["a1", "b2", "c3"]])
def test_codes_stay_text(clean, values):
    clean["code"] = pd.Series(np.resize(values, N), dtype="str")
    assert not [finding for finding in found(clean)[1] if finding.key.startswith("numbers as text")]


def test_decimal_commas(clean):
    clean["total"] = [f"{value:.2f}".replace(".", ",") for value in np.random.default_rng(0).gamma(2, 40, N)]
    assert one(clean, "numbers as text").fixes[0].step.decimal == ","


def test_names_stored_as_numbers(clean):
    rng = np.random.default_rng(3)
    clean["region"] = rng.integers(1, 5, N)
    finding = one(clean, "names as numbers")
    assert finding.fixes[0].changes == (("as_categories", ("region",)),)
    # Without such a name only rates that go up and down say so, and counts whose rates fit a line do not.
    rates = np.array([0.2, 0.8, 0.3, 0.7])
    clean = clean.rename(columns={"region": "r"})
    assert found(clean)[1] == ()
    clean["left"] = np.where(rng.random(N) < rates[clean["r"] - 1], "yes", "no")
    assert one(clean, "names as numbers").columns == ("r",)
    # An effect that bends but only rises is an amount's.
    clean["left"] = np.where(rng.random(N) < np.array([0.05, 0.1, 0.6, 0.65])[clean["r"] - 1], "yes", "no")
    assert found(clean)[1] == ()


def test_dates(clean):
    clean["joined"] = pd.Timestamp("2022-01-01") + pd.to_timedelta(np.arange(N) % 700, unit="D")
    finding = one(clean, "dates")
    assert [len(fix.step.parts) for fix in finding.fixes] == [1, 4]


def test_too_many_and_too_rare_levels(clean):
    rng = np.random.default_rng(0)
    clean["city"] = pd.Series(rng.choice([f"town {i}" for i in range(50)], N), dtype="str")
    assert "50 levels" in one(clean, "many levels").sentence
    clean["city"] = pd.Series(
        np.where(np.arange(N) % 125 == 0, "rare", np.where(np.arange(N) % 2, "a", "b")), dtype="str"
    )
    assert "1 level of fewer than 10 rows" in one(clean, "rare levels").sentence


def test_a_rare_level_of_one_class_is_worth_mending(clean):
    clean["plan"] = pd.Series(np.where(np.arange(N) % 3 == 0, "a", np.where(np.arange(N) % 3 == 1, "b", "c")))
    no = np.flatnonzero(clean["left"] == "no")[:3]
    clean.loc[no, "plan"] = "trial"
    finding = one(clean, "level of one class")
    assert finding.severity == "warning"
    assert "of 'trial' are left = no" in finding.sentence
    # Three rows alone would still be of one class: the next rarest level goes with them, and training has an end.
    recipe, findings = found(clean)
    assert not any(each.key.startswith("rare levels") for each in findings)
    before = train(prepare(clean, recipe), TrainSettings(method="exact"))
    after = train(prepare(clean, finding.fixes[0].apply(recipe, tuple(clean.columns))), TrainSettings(method="exact"))
    assert before.status is Status.SEPARATED
    assert after.status is Status.CONVERGED


def test_rare_levels_of_both_classes_together_are_put_together(clean):
    clean["plan"] = pd.Series(np.where(np.arange(N) % 2, "a", "b"))
    clean.loc[np.flatnonzero(clean["left"] == "no")[:3], "plan"] = "trial"
    clean.loc[np.flatnonzero(clean["left"] == "yes")[:4], "plan"] = "old"
    finding = one(clean, "level of one class")
    assert "1 more level is of one class" in finding.sentence
    assert finding.fixes[0].label == "Put rare levels together"
    assert [level for level, _ in finding.evidence] == ["old", "trial"]


@pytest.mark.parametrize("stand_in", [-999, 9999, 99999])
def test_stand_ins(clean, stand_in):
    clean["income"] = np.random.default_rng(0).normal(300, 40, N).round()
    clean.loc[::40, "income"] = stand_in
    finding = one(clean, "stand-in")
    assert f"{stand_in} (25 rows)" in finding.sentence
    assert finding.rows[:2] == (0, 40)


def test_a_nine_among_others_is_no_stand_in(clean):
    clean["points"] = np.random.default_rng(0).integers(0, 100, N)  # 99 is a value like any other
    assert found(clean)[1] == ()


def test_impossible_values(clean):
    clean["age"] = np.random.default_rng(0).integers(18, 90, N)
    clean.loc[4, "age"] = -3
    assert one(clean, "impossible").sentence == "1 value of 'age' below zero: that cannot be."
    clean.loc[4, "age"] = 250
    assert one(clean, "impossible").fixes[0].step.above == 120
    balance = clean.drop(columns="age").assign(balance=np.random.default_rng(0).normal(100, 50, N))
    assert (balance["balance"] < 0).any()
    assert found(balance)[1] == ()


def test_far_out_values_but_not_long_tails(clean):
    rng = np.random.default_rng(0)
    clean["income"] = rng.lognormal(8, 1, N)
    assert found(clean)[1] == ()
    clean["weight"] = rng.normal(70, 10, N)
    clean.loc[9, "weight"] = 7_000
    finding = one(clean, "far out")
    assert finding.rows == (9,)
    assert "has 1 value far from all others" in finding.sentence


def test_mostly_missing(clean):
    clean["note"] = clean["x"].where(np.arange(N) % 10 == 0)
    assert one(clean, "mostly missing").sentence == "'note' is missing in 90% of the rows."


def test_gaps_that_say_something(clean):
    rng = np.random.default_rng(0)
    gone = rng.random(N) < np.where(clean["left"] == "yes", 0.3, 0.1)
    clean["income"] = np.where(gone, np.nan, rng.normal(size=N))
    finding = one(clean, "telling gaps")
    assert "of the rows without it are left = yes" in finding.sentence
    assert not [f for f in found(clean, missing="flag")[1] if f.key.startswith("telling")]
    clean["income"] = np.where(rng.random(N) < 0.2, np.nan, 1.0 + np.arange(N))
    assert found(clean)[1] == ()


def test_the_test_of_gaps_is_pearsons():
    rng = np.random.default_rng(0)
    y = (rng.random(500) < 0.4).astype(float)
    x = np.where(rng.random(500) < 0.1 + 0.2 * y, np.nan, 1.0)
    gone = np.isnan(x)
    shares = [(int(y[rows].sum()), int(rows.sum())) for rows in (gone, ~gone)]
    expected = chi2_contingency(pd.crosstab(gone, y), correction=False).pvalue
    assert p_value(*shares) == pytest.approx(expected, rel=1e-9)
    assert p_value((3, 20), (2, 480)) == pytest.approx(fisher_exact([[3, 17], [2, 478]]).pvalue, rel=1e-12)


def test_imbalance_and_too_few_events():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(2_000, 12)), columns=[f"x{i}" for i in range(12)])
    frame["left"] = np.where(np.arange(2_000) < 60, "yes", "no")
    findings = found(frame)[1]
    assert [finding.severity for finding in findings] == ["grave", "note"]
    assert findings[0].sentence == (
        "48 training rows are left = yes, and the model has 12 weights to learn: 4 rows for each."
    )
    assert findings[1].sentence == "Only 3 % of the training rows are left = yes (48 of 1,600)."
    finding = one(frame, "events per weight", ("x0", "x1"), degree=2)
    assert finding.severity == "warning"  # 48 / 5
    assert finding.fixes[0].changes == (("degree", 1),)


def test_rows_of_a_customer_by_a_german_name(clean):
    clean["Kundennummer"] = np.repeat(np.random.default_rng(5).choice(9_000, N // 4, replace=False) + 1_000, 4)
    finding = one(clean, "rows that belong together", ("x", "Kundennummer"))
    assert f"{N // 4:,} different 'Kundennummer'" in finding.sentence
    assert finding.fixes[0].step is not None  # it is a feature, which it should not be


def test_rows_that_belong_together(clean):
    clean["patient_id"] = np.arange(N) // 4
    finding = one(clean, "rows that belong together", ("x", "visits"))
    assert "1,000 rows belong to 250 different 'patient_id'" in finding.sentence
    recipe, _ = found(clean, ("x", "visits"))
    mended = finding.fixes[0].apply(recipe, tuple(clean.columns))
    made = prepare(clean, mended)
    assert not set(made.rows_train // 4) & set(made.rows_test // 4)


@pytest.mark.parametrize(("split", "changes"), [("group", {}), ("column", {"test_value": "3"})])
def test_a_feature_that_decides_the_split(clean, split, changes):
    clean["ward"] = np.arange(N) % 20 if split == "group" else np.arange(N) % 4
    choices = {"split": split, "split_column": "ward", **changes}
    finding = one(clean, "decides the split", ("x", "ward"), **choices)
    assert finding.severity == "warning"
    assert not any(f.key.startswith("decides") for f in found(clean, ("x",), **choices)[1])
    assert not any(f.key.startswith("decides") for f in found(clean, ("x", "ward"))[1])


@pytest.mark.parametrize("words", [("train", "test"), ("Train", "Holdout"), ("training", "validation", "test")])
def test_a_column_that_has_split_the_rows_already(clean, words):
    clean["part"] = np.random.default_rng(1).choice(words, N)
    finding = one(clean, "says train or test")
    recipe = finding.fixes[0].apply(found(clean)[0], tuple(clean.columns))
    assert (recipe.split, recipe.split_column, recipe.test_value) == ("column", "part", words[-1])
    made = prepare(clean, recipe)
    assert set(clean["part"].iloc[made.rows_test]) == {words[-1]}
    clean["part"] = np.random.default_rng(1).choice(["train", "bus"], N)
    assert found(clean)[1] == ()


def test_only_the_values_said_to_be_far_are_limited(clean):
    clean.loc[5, "x"] = 1e6
    clean.loc[6, "x"] = 6.0  # beyond three times the width of the middle half, not beyond ten times
    finding = one(clean, "far out")
    assert finding.sentence.startswith("'x' has 1 value far from all others")
    recipe = finding.fixes[0].apply(found(clean)[0], tuple(clean.columns))
    mended = recipe.steps[0].fit(clean, ()).apply(clean)["x"]
    assert list(np.flatnonzero(mended != clean["x"])) == [5]


def test_as_many_levels_are_kept_as_the_button_says(clean):
    clean["town"] = [f"town {i}" for i in np.random.default_rng(1).integers(0, 60, N)]
    clean.loc[:7, "town"] = "a town of 8"
    finding = one(clean, "many levels", ("x", "town"))
    assert finding.fixes[0].label == "Keep the 10 most frequent"
    (step,) = finding.fixes[0].apply(found(clean, ("x", "town"))[0], tuple(clean.columns)).steps
    few = clean.iloc[:40]
    assert step.fit(few, ()).apply(few)["town"].nunique() == 11


def test_large_whole_numbers_that_no_float_can_tell_apart(clean):
    clean["order number"] = 2**60 + np.random.default_rng(2).permutation(N)
    finding = one(clean, "identifier", ("x", "order number"))
    assert "1,000 different values in 1,000 rows" in finding.sentence
    assert not any(f.key.startswith("constant") for f in found(clean, ("x", "order number"))[1])
    clean["copy"] = clean["order number"] + 1
    assert not any(f.key.startswith("duplicate column") for f in found(clean, ("x", "order number", "copy"))[1])


def test_findings_about_the_target_come_from_training_rows(clean):
    recipe, _ = found(clean)
    made = prepare(clean, recipe)
    changed = clean.copy()
    # In the test rows, and only there, a column gives the answer away.
    changed.loc[made.rows_test, "x"] = np.where(changed.loc[made.rows_test, "left"] == "yes", 3.0, -3.0)
    assert examine(changed, recipe, prepare(changed, recipe)) == ()


def test_what_is_remembered_gives_the_same_as_looking_anew(clean):
    clean["account number"] = np.random.default_rng(0).permutation(N) * 13
    clean.loc[5, "x"] = 1e6
    recipe, findings = found(clean)
    memory = Memory()
    assert examine(clean, recipe, prepare(clean, recipe), memory) == findings
    for finding in findings:
        recipe = finding.fixes[0].apply(recipe, tuple(clean.columns))
        made = prepare(clean, recipe)
        assert examine(clean, recipe, made, memory) == examine(clean, recipe, made)
    other = dataclasses.replace(recipe, seed=7, positive="no")
    made = prepare(clean, other)
    assert examine(clean, other, made, memory) == examine(clean, other, made)


def test_after_one_repair_only_that_column_is_looked_at_again(clean, monkeypatch):
    from logreg_core.features.findings import evidence

    recipe, _ = found(clean)
    memory = Memory()
    examine(clean, recipe, prepare(clean, recipe), memory)
    looked = []
    real = evidence.look_at
    monkeypatch.setattr(evidence, "look_at", lambda name, column: looked.append(name) or real(name, column))
    repaired = dataclasses.replace(recipe, steps=(Clip(("x",)),))
    examine(clean, repaired, prepare(clean, repaired), memory)
    assert looked == ["x"]


@pytest.mark.parametrize(
    "frame",
    [
        {"x": [1.0, 2.0, 3.0], "left": ["yes", "no", "no"]},
        {"x": [np.nan] * 30, "left": ["yes", "no"] * 15},
        {"x": [np.inf, -np.inf] * 15, "left": ["yes", "no"] * 15},
        {"x": [1e308, -1e308] * 15, "left": ["yes", "no"] * 15},
        {"x": pd.to_datetime(["2024-01-01", None] * 15), "left": ["yes", "no"] * 15},
        {"x": [True, False, None] * 10, "left": ["yes", "no"] * 15},
        {"x": [True, False] * 15, "left": [True, False] * 15},
        {"{x} %s <b>$y$ \u202e" + "n" * 10_000: range(30), "left": ["yes", "no"] * 15},
        {"x": ["{a}", "<script>", "=1+1"] * 10, "left": ["yes", "no"] * 15},
        {"x": ["y" * 10_000, "z"] * 15, "left": ["yes", "no"] * 15},
        {"x": range(30), "left": ["yes"] * 30},
        {"x": range(30), "left": [f"class {i % 20}" for i in range(30)]},
        {"x": range(30), "left": [None] * 30},
    ],
)
def test_any_table_is_examined_without_a_fault(frame):
    frame = pd.DataFrame(frame)
    if frame["left"].dtype == object:
        frame["left"] = frame["left"].astype("str")
    features = tuple(name for name in frame.columns if name != "left")
    positive = "true" if frame["left"].dtype == bool else "yes"
    recipe = Recipe("left", positive, features)
    for finding in examine(frame, recipe):
        assert finding.sentence
        for fix in finding.fixes:
            fix.apply(recipe, tuple(frame.columns))


def test_names():
    assert words("customerID_No.") == ["customer", "id", "no"]
    assert names_an_identifier("OrderId")
    assert not names_an_identifier("width")
    assert names_a_group("patient")
    assert names_the_aftermath("churn reason", "Churn")
    assert names_the_aftermath("churned_on", "churn flag")
    assert not names_the_aftermath("tenure", "churn")


def test_what_is_fine_for_two_columns_is_fine_for_one_of_them():
    fine = {key_of("far out", ("b", "a")), key_of("imbalance")}
    assert is_covered(key_of("far out", ("a",)), fine)
    assert is_covered(key_of("far out", ("a", "b")), fine)
    assert is_covered("imbalance", fine)
    assert not is_covered(key_of("far out", ("a", "c")), fine)
    assert not is_covered(key_of("rare levels", ("a",)), fine)
    assert not is_covered("events per weight strong", {"events per weight"})


def test_free_text_is_not_called_an_identifier(clean):
    clean["comment"] = [f"text {i} about {i * 7919 % 1000}" for i in range(N)]
    finding = one(clean, "identifier", ("x", "comment"))
    assert finding.sentence == "'comment' holds another text in nearly every row: 1,000 different values in 1,000 rows."


@pytest.mark.parametrize("repeated", [0, 75, 300])
def test_a_named_number_is_an_identifier_or_a_customer_however_often_it_repeats(clean, repeated):
    numbers = np.arange(N) * 13 + 5_000
    numbers[:repeated] = numbers[repeated : 2 * repeated]
    kind = "rows that belong together" if repeated else "identifier"
    assert one(clean.assign(**{"patient id": numbers}), kind, ("x", "patient id")).columns == ("patient id",)
    assert one(clean.assign(**{"order no": numbers}), "identifier", ("x", "order no")).columns == ("order no",)
