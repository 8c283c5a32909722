"""New rows for a model: none at all, and levels it has not met."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from logreg_core.errors import RecipeError
from logreg_core.features import Recipe, prepare
from logreg_core.features.steps import Clip, DateParts, FlagMissing, GroupLevels

N = 400
RNG = np.random.default_rng(2)
FRAME = pd.DataFrame(
    {
        "x": np.where(RNG.random(N) < 0.1, np.nan, RNG.normal(size=N)),
        "plan": RNG.choice(["basic", "plus", "pro"], N, p=[0.5, 0.3, 0.2]),
        "code": RNG.choice([f"{i:02d}" for i in range(1, 13)], N),
        "town": [f"town {i}" for i in RNG.integers(0, 60, N)],
        "when": pd.Timestamp("2024-01-01") + pd.to_timedelta(RNG.integers(0, 300, N), unit="D"),
        "y": RNG.choice(["yes", "no"], N),
    }
)
STEPS = (DateParts(("when",), ("days", "month")), FlagMissing(("x",)), Clip(("x",), 3.0), GroupLevels(("code",), 30))


@pytest.mark.parametrize("steps", [(), STEPS])
@pytest.mark.parametrize("choices", [{"degree": 2}, {"missing": "flag"}, {"scale": True}])
def test_no_rows_are_no_rows(steps, choices):
    features = ("x", "plan", "town", *(("when days since", "when month", "code") if steps else ("code",)))
    prepared = prepare(FRAME, Recipe("y", "yes", features, steps=steps, **choices))
    assert prepared.transform(FRAME.iloc[:0]).shape == (0, len(prepared.columns))
    assert prepared.notes_on(FRAME.iloc[:0]) == ()


def test_levels_that_no_training_row_has_are_told():
    prepared = prepare(FRAME, Recipe("y", "yes", ("x", "plan", "town")))
    assert prepared.notes_on(FRAME) == ()
    new = FRAME.iloc[:5].assign(plan=["Basic", "basic", "gold", "pro", None], town="elsewhere")
    assert prepared.notes_on(new) == (
        "'plan': 2 of the 5 rows hold 'Basic', 'gold', which no training row has. The model takes them for 'basic', "
        "the reference.",
    )
    with pytest.raises(RecipeError, match="no column 'plan'"):
        prepared.notes_on(new.drop(columns="plan"))


def test_codes_that_lost_their_zero_are_told():
    prepared = prepare(FRAME, Recipe("y", "yes", ("x", "code")))
    (note,) = prepared.notes_on(FRAME.assign(code=FRAME["code"].astype(int)))
    assert note.startswith("'code': ")
    assert "which no training row has" in note


def test_what_is_said_of_new_rows_follows_the_steps():
    recipe = Recipe("y", "yes", ("x", "plan"))
    grouped = prepare(FRAME, dataclasses.replace(recipe, steps=(GroupLevels(("plan",), 100),)))
    assert grouped.notes_on(FRAME.assign(plan="gold")) == ()  # a rare level, as the step says
