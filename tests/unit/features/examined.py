"""A clean table, and what the doctor finds in it once something is wrong."""

import numpy as np
import pandas as pd

from logreg_core.features import Recipe, prepare, suggest_features
from logreg_core.features.findings import examine

N = 1_000


def clean_table() -> pd.DataFrame:
    rng = np.random.default_rng(4)
    x = rng.normal(size=N)
    return pd.DataFrame(
        {
            "x": x,
            "visits": rng.poisson(6, N),
            "plan": pd.Series(rng.choice(["basic", "plus", "pro"], N), dtype="str"),
            "left": np.where(rng.random(N) < 1 / (1 + np.exp(-x)), "yes", "no"),
        }
    )


def found(frame, features=None, **choices):
    recipe = Recipe("left", "yes", features or suggest_features(frame, "left"), **choices)
    return recipe, examine(frame, recipe, prepare(frame, recipe))


def one(frame, start, features=None, **choices):
    """The only finding whose sentence starts like that; its best fix makes it go away."""
    recipe, findings = found(frame, features, **choices)
    wanted = [finding for finding in findings if finding.key.startswith(start)]
    assert len(wanted) == 1, [finding.sentence for finding in findings]
    for fix in wanted[0].fixes:
        mended = fix.apply(recipe, tuple(frame.columns))
        try:
            prepared = prepare(frame, mended)
        except ValueError:
            prepared = None
        again = examine(frame, mended, prepared)
        assert wanted[0].key not in [finding.key for finding in again], fix
    return wanted[0]
