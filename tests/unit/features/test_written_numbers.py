"""Numbers among a few other cells: read as the reader of files reads them, never by the wrong mark in silence."""

import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from logreg_core.data.mostly_numbers import read, writing_of
from logreg_core.data.numbers import decorated_numbers, plain_numbers
from logreg_core.errors import RecipeError
from logreg_core.features import prepare
from logreg_core.features.steps import TextToNumber, step_from_dict
from tests.unit.features.examined import N, found, one

AMOUNTS = np.random.default_rng(0).lognormal(7, 1.2, N).round(2)
WHOLE = AMOUNTS.round().astype(int)
CASES = {
    "english": ([f"{x:,.2f}" for x in AMOUNTS], AMOUNTS),
    "german": ([f"{x:,.2f}".translate(str.maketrans(",.", ".,")) for x in AMOUNTS], AMOUNTS),
    "english, whole": ([f"{x:,}" for x in WHOLE], WHOLE),
    "german, whole": ([f"{x:,}".replace(",", ".") for x in WHOLE], WHOLE),
    "spaces": ([f"{x:,}".replace(",", " ") for x in WHOLE], WHOLE),
    "narrow spaces": ([f"{x:,}".replace(",", "\u202f") for x in WHOLE], WHOLE),
    "apostrophes": ([f"{x:,}".replace(",", "'") for x in WHOLE], WHOLE),
    "dollars": ([f"${x:,.2f}" for x in AMOUNTS], AMOUNTS),
    "euros": ([f"{x:.2f} €".replace(".", ",") for x in AMOUNTS], AMOUNTS),
    "percent": ([f"{x % 1000 / 10}%" for x in WHOLE], WHOLE % 1000 / 10),
    "brackets": ([f"({x})" if x % 5 == 0 else f"{x}" for x in WHOLE], np.where(WHOLE % 5, WHOLE, -WHOLE)),
    "plain": ([f"{x}" for x in AMOUNTS], AMOUNTS),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("odd", ["unknown", "12 k", "about 900"])
def test_a_column_with_an_odd_cell_is_read_as_it_says(clean, case, odd):
    texts, numbers = CASES[case]
    clean["income"] = pd.Series(texts, dtype="str")
    clean.loc[7, "income"] = odd
    finding = one(clean, "numbers as text", ("x", "income"))
    assert f"1 of 1,000 cells is none, such as '{odd}'" in finding.sentence
    recipe = finding.fixes[0].apply(found(clean)[0], tuple(clean.columns))
    made = prepare(clean, recipe).repaired(clean)["income"]
    assert np.isnan(made[7])
    np.testing.assert_array_equal(np.delete(made.to_numpy(), 7), np.delete(numbers.astype(float), 7))
    assert step_from_dict(json.loads(json.dumps(recipe.steps[0].to_dict()))) == recipe.steps[0]


@pytest.mark.parametrize("case", CASES)
def test_without_odd_cells_it_is_what_the_reader_reads(case):
    cells = pa.array(CASES[case][0])
    numbers = decorated_numbers(cells, "", (None, None), comma_file=False) or plain_numbers(cells)
    writing = writing_of(cells, np.ones(len(cells), np.int64), 1.0)
    assert (writing.marks.decimal, writing.marks.thousands) == (numbers.marks.decimal, numbers.marks.thousands)
    assert (writing.other is not None) == numbers.marks.doubtful
    np.testing.assert_array_equal(read(cells, writing), numbers.found.astype(float))


def test_where_a_mark_may_be_either_both_readings_are_offered(clean):
    clean["income"] = pd.Series([f"{x:,}" for x in WHOLE], dtype="str")
    clean.loc[0, "income"] = "unknown"
    finding = one(clean, "numbers as text", ("x", "income"))
    first = finding.fixes[0].label.split()[1]
    assert first in set(clean["income"])
    whole, decimal = first.replace(",", ""), first.replace(",", ".")
    assert f"{first} is read as {whole}; it could be" in finding.why
    labels = [fix.label for fix in finding.fixes]
    assert labels[0] == f"Read {first} as {whole}"
    assert labels[1].startswith(f"Read {first} as {float(decimal):.15g}")
    assert (finding.fixes[1].step.decimal, finding.fixes[1].step.thousands) == (",", "")


def test_marks_that_contradict_each_other_are_refused(clean):
    texts = [f"{x + 1_000:,}" for x in WHOLE]
    texts[::2] = [text.replace(",", ".") for text in texts[::2]]  # 1,234 and 1.234 in one column
    clean["income"] = pd.Series(texts, dtype="str")
    clean.loc[0, "income"] = "unknown"
    assert not [f for f in found(clean, ("x", "income"))[1] if f.key.startswith("numbers as text")]


def test_marks_and_signs_come_from_the_training_rows_and_each_cell_is_read_by_itself():
    train = pd.DataFrame({"x": pd.Series(["$1,234", "$950", "n/k"], dtype="str")})
    fitted = TextToNumber(("x",)).fit(train, ("x",))
    new = pd.DataFrame({"x": pd.Series(["$1.234", "1,234.5", "€5", "12,5", "n/k", None, "-$7", "5%"], dtype="str")})
    np.testing.assert_array_equal(fitted.apply(new)["x"], [1.234, 1234.5, np.nan, np.nan, np.nan, np.nan, -7, np.nan])
    alone = [fitted.apply(new.iloc[[at]])["x"].iloc[0] for at in range(len(new))]
    np.testing.assert_array_equal(fitted.apply(new)["x"], alone)


def test_recipes_without_a_thousands_mark_are_read():
    old = step_from_dict({"kind": "text to number", "columns": ["x"], "chosen": [], "decimal": ","})
    frame = pd.DataFrame({"x": pd.Series(["1.234,5", "-3,25", "9.189", "?"], dtype="str")})
    np.testing.assert_array_equal(old.fit(frame, ("x",)).apply(frame)["x"], [1234.5, -3.25, 9189, np.nan])


@pytest.mark.parametrize("marks", [(".", "."), (",", ","), (".", "x"), ("", ",")])
def test_impossible_marks_are_refused(marks):
    with pytest.raises(RecipeError):
        TextToNumber(("x",), *marks).validate()


def test_limits_among_numbers_are_read_as_the_limit(clean):
    values = AMOUNTS.round(2)
    low = values < np.quantile(values, 0.2)
    clean["troponin"] = pd.Series(np.where(low, "<250.5", [f"{value:.2f}" for value in values]), dtype="str")
    finding = one(clean, "numbers as text")
    assert f"{low.sum():,} cells are limits, such as '<250.5'" in finding.why
    rows = len(clean)
    said = f"{rows - low.sum():,} of {rows:,} cells are numbers, {low.sum():,} are limits, such as '<250.5'."
    assert finding.sentence.endswith(said)
    recipe, _ = found(clean)
    mended = finding.fixes[0].apply(recipe, tuple(clean.columns))
    prepared = prepare(clean, mended)
    (step,) = mended.steps
    read_again = step.fit(clean, ("troponin",)).apply(clean)["troponin"]
    np.testing.assert_allclose(read_again, np.where(low, 250.5, values), rtol=1e-12)
    assert "troponin" in prepared.features


def test_levels_that_begin_like_limits_stay_levels(clean):
    clean["readmitted"] = pd.Series(np.where(np.arange(N) % 3 == 0, "<30", ">30"), dtype="str")
    assert not [each for each in found(clean)[1] if each.key.startswith("numbers as text")]
