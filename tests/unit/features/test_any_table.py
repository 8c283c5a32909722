"""Random tables of every kind of column: examined, mended with every fix in turn, prepared; never another error."""

import numpy as np
import pandas as pd
import pytest

from logreg_core.data import detail, profile
from logreg_core.errors import LogregError
from logreg_core.features import Recipe, prepare, suggest_features
from logreg_core.features.edit import without_steps
from logreg_core.features.findings import examine

NASTY = ["", " ", "=1+1", "<b>x</b>", "{a}", "%s", "\u202eabc", "NaN", "-", "1,5", "1.5", "٣", "1e400", "x" * 500]


def random_column(rng: np.random.Generator, rows: int) -> pd.Series:  # noqa: PLR0912 - a kind a branch
    kind = rng.integers(0, 12)
    if kind == 0:
        values = rng.normal(size=rows) * 10.0 ** rng.integers(-200, 200)
    elif kind == 1:
        values = rng.integers(-3, 5, rows)
    elif kind == 2:
        values = rng.permutation(rows) + rng.integers(0, 10**6)
    elif kind == 3:
        return pd.Series(rng.choice(NASTY, rows), dtype="str")
    elif kind == 4:
        return pd.Series([f"{value:.3g}" for value in rng.normal(size=rows)], dtype="str")
    elif kind == 5:
        values = pd.Timestamp("2020-01-01") + pd.to_timedelta(rng.integers(0, 900, rows), unit="D")
    elif kind == 6:
        return pd.Series(rng.random(rows) < 0.5).astype("boolean")
    elif kind == 7:
        values = np.full(rows, np.nan)
    elif kind == 8:
        values = rng.choice([-np.inf, np.inf, 0.0, 1e308, -1e308], rows)
    elif kind == 9:
        values = np.where(rng.random(rows) < 0.2, -999.0, rng.lognormal(5, 1, rows))
    elif kind == 10:
        values = np.full(rows, 3)
    else:
        return pd.Series([f"level {value}" for value in rng.zipf(1.6, rows) % 400], dtype="str")
    column = pd.Series(values)
    if rng.random() < 0.4 and column.dtype.kind in "fM":
        column = column.mask(rng.random(rows) < rng.random())
    return column


def random_table(seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = int(rng.choice([3, 12, 40, 150, 400]))
    names = rng.permutation(["age", "customer id", "zip", "churn reason", "x {0}", "x", "<i>", "day", "amount", "Code"])
    columns = {str(name): random_column(rng, rows) for name in names[: rng.integers(1, 9)]}
    if rng.random() < 0.3:
        columns["again"] = next(iter(columns.values()))
    classes = [f"class {i}" for i in range(int(rng.choice([2, 2, 2, 5, 20])))]
    columns["churned"] = pd.Series(rng.choice(classes, rows), dtype="str")
    if rng.random() < 0.3:
        columns["churned"] = columns["churned"].mask(rng.random(rows) < 0.2)
    frame = pd.DataFrame(columns)
    if rng.random() < 0.3:
        frame = pd.concat([frame, frame.iloc[: rows // 3]], ignore_index=True)
    return frame


def try_to_prepare(frame, recipe):
    try:
        return prepare(frame, recipe)
    except LogregError:
        return None


@pytest.mark.parametrize("seed", range(120))
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_any_table_is_examined_mended_and_prepared(seed):
    frame = random_table(seed)
    columns = tuple(frame.columns)
    for seen in profile(frame):
        assert seen.looks_like
    for name in columns:
        detail(frame[name])
    usable = suggest_features(frame, "churned")
    rng = np.random.default_rng(seed)
    features = usable if seed % 2 else tuple(name for name in columns if name != "churned")
    start = recipe = Recipe(
        "churned",
        "class 0",
        features,
        missing=str(rng.choice(["fill", "flag", "drop"])),
        degree=int(rng.integers(1, 3)),
    )
    untouched = frame.copy()
    for _ in range(25):
        findings = examine(frame, recipe, try_to_prepare(frame, recipe))
        assert len({finding.key for finding in findings}) == len(findings)
        fixes = [fix for finding in findings for fix in finding.fixes]
        if not fixes:
            break
        recipe = fixes[int(rng.integers(0, len(fixes)))].apply(recipe, columns)
    else:
        raise AssertionError(f"fixes without an end: {[step.sentence for step in recipe.steps]}")
    made = try_to_prepare(frame, recipe)
    if made is not None:
        assert np.isfinite(made.X_train).all()
        np.testing.assert_array_equal(made.transform(frame.iloc[made.rows_test]), made.X_test)
    pd.testing.assert_frame_equal(frame, untouched)
    undone = without_steps(recipe, columns)
    assert (undone.steps, undone.features) == ((), start.features)
