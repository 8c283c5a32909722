"""How long the app takes to look at a table and to examine it, large and wide.

Run from the repository root: ``.venv/bin/python -m tests.benchmarks.doctor``. Each table is made from a seed; every
figure is the best of three runs in seconds, with the peak of the memory used on top of the table in MB (tracemalloc).

- *profile*: one line for each column, as the Data page shows it.
- *examine*: all findings of the data doctor, nothing known yet.
- *examine after a repair*: the same after one column was repaired, with what is known of the others.
- *alone*: each column against the target, which is a part of *examine*.
- *names against the target*: a text column that names each row, which must cost no more than any other.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import numpy as np
import pandas as pd

from logreg_core.data import profile
from logreg_core.features import Recipe, prepare, suggest_features
from logreg_core.features.alone import alone, folds_of
from logreg_core.features.edit import with_step
from logreg_core.features.findings import Memory, examine
from logreg_core.features.steps import Clip

RUNS = 3


def long_table(rows: int = 1_000_000) -> pd.DataFrame:
    """Twenty columns of all kinds and a target: amounts, counts, levels, a date, gaps."""
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({f"amount {i}": rng.normal(size=rows) for i in range(10)})
    for i in range(4):
        frame[f"count {i}"] = rng.poisson(3 + 20 * i, rows)
    for i, levels in enumerate((3, 6, 12, 2_000)):
        frame[f"level {i}"] = pd.Series(rng.choice([f"level {j}" for j in range(levels)], rows), dtype="str")
    frame["day"] = pd.Timestamp("2020-01-01") + pd.to_timedelta(rng.integers(0, 2_000, rows), unit="D")
    frame.loc[rng.random(rows) < 0.1, "amount 3"] = np.nan
    frame["y"] = np.where(rng.random(rows) < 1 / (1 + np.exp(-frame["amount 0"])), "yes", "no")
    return frame


def wide_table(rows: int = 20_000, columns: int = 999) -> pd.DataFrame:
    """A thousand columns, most of them amounts."""
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(rows, columns)), columns=[f"x{i}" for i in range(columns)])
    frame["y"] = rng.choice(["yes", "no"], rows)
    return frame


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Best seconds of ``RUNS``, and peak MB of one more run."""
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return min(seconds), peak


def measure(name: str, frame: pd.DataFrame) -> None:
    """Print one line a measure."""
    # A column of 2,000 levels would need more room in the design than the app allows here; the doctor sees it anyway.
    features = tuple(name for name in suggest_features(frame, "y") if name != "level 3")
    recipe = Recipe("y", "yes", features)
    prepared = prepare(frame, recipe)
    repaired = with_step(recipe, Clip((features[0],)), tuple(frame.columns))
    prepared_again = prepare(frame, repaired)
    y = np.asarray(frame["y"] == "yes", dtype=np.float64)
    folds = folds_of(y)
    names = pd.Series([f"C-{row}" for row in range(len(frame))], name="case", dtype="str")

    def again() -> float:
        memory = Memory()
        examine(frame, recipe, prepared, memory)
        start = time.perf_counter()
        examine(frame, repaired, prepared_again, memory)
        return time.perf_counter() - start

    print(f"{name}: {frame.shape[0]:,} rows x {frame.shape[1]:,} columns, {frame.memory_usage().sum() / 2**20:.0f} MB")
    for what, work in (
        ("profile", lambda: profile(frame)),
        ("examine", lambda: examine(frame, recipe, prepared)),
        ("alone", lambda: [alone(frame[column], y, folds) for column in features]),
        ("names against the target", lambda: alone(names, y, folds)),
    ):
        seconds, peak = measured(work)
        print(f"  {what:24} {seconds:6.2f} s  {peak:6.0f} MB")
    print(f"  {'examine after a repair':24} {min(again() for _ in range(RUNS)):6.2f} s")


def main() -> None:
    """Measure both tables."""
    measure("long", long_table())
    measure("wide", wide_table())


if __name__ == "__main__":
    main()
