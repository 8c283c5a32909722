"""How fast files are read beside pandas, polars and DuckDB, in how much memory, and how often rightly.

Run from the repository root: ``.venv/bin/python -m tests.benchmarks.reading``. The peers are for this script only and
no requirement of the app: ``.venv/bin/pip install duckdb polars clevercsv`` first. Every reading is a process of its
own, and the readers take turns, so that a slow moment of the machine hits all.

- *speed*: files of 1, 20 and 200 MB (numbers, words, dates), one with words and dates in quotation marks and one with a
  column of codes such as 0000012. Median time on the wall, median processor time of all threads, and the peak of memory
  above what the process held before it began. pandas reads from the path, where it uses all cores, and from bytes, as
  uploads come.
- *rightly*: the cases of ``tests/unit/data/reading_cases.py`` given as bytes to each reader with its defaults; with
  ``--suite FOLDER``, also each ``csvs/NAME.csv`` of a folder that has the rows wanted in ``json/NAME.json``, as the
  public csv-spectrum has (``npm pack csv-spectrum`` and unpacked).
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from tests.unit.data.reading_cases import Case

FILES = ((1, "clean"), (20, "clean"), (20, "quoted"), (20, "codes"), (200, "clean"))
"""Size in MB, and what is special."""
READERS = tuple(
    reader
    for reader, module in {
        **dict.fromkeys(("ours, path", "ours, bytes", "pandas, path", "pandas, bytes"), "pandas"),
        "polars": "polars",
        "duckdb": "duckdb",
    }.items()
    if importlib.util.find_spec(module)
)


def write_file(path: Path, mb: int, sort: str = "clean") -> None:
    """Write a CSV file of about ``mb`` million bytes: 8 measures, 6 whole numbers, 4 words, a date.

    ``sort`` is "clean", "quoted" (words and dates in quotation marks) or "codes" (one more column, such as 0000012).
    """
    rng = np.random.default_rng(0)
    rows = 6_700
    frame = pd.DataFrame({f"x{place}": rng.normal(size=rows).round(6) for place in range(8)})
    for place in range(6):
        frame[f"n{place}"] = rng.integers(0, 10 ** (place + 1), rows)
    for place in range(4):
        frame[f"c{place}"] = rng.choice(["red", "green", "blue", "longer text"], rows)
    frame["date"] = pd.date_range("2000-01-01", periods=rows, freq="h").astype(str)
    if sort == "codes":
        frame["code"] = [f"{row % 100:07}" for row in range(rows)]
    text = frame.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC if sort == "quoted" else csv.QUOTE_MINIMAL).encode()
    body = text[text.index(b"\n") + 1 :]
    with path.open("wb") as file:
        file.write(text)
        for _ in range(mb * 10**6 // len(body) - 1):
            file.write(body)


def read_once(reader: str, path: Path) -> tuple[float, float, float]:
    """Return (seconds, seconds of processor time, MB at the peak above the start) of one reading in this process."""
    which, _, source = reader.partition(", ")
    small = b"a,b\n1,x\n2,y\n"
    if which == "ours":
        from logreg_core.data import read_table as read
    elif which == "pandas":
        read = pd.read_csv
    elif which == "polars":
        import polars

        read = polars.read_csv
    else:
        import duckdb

        def read(file: object) -> object:
            return duckdb.sql(f"select * from read_csv('{file}')").df()

    if which in {"ours", "polars"}:
        read(small)
    before = memory_mb("VmRSS")
    given: object = path
    if source == "bytes":
        content = path.read_bytes()
        given = content if which == "ours" else io.BytesIO(content)
    began, worked = time.perf_counter(), time.process_time()
    read(given)
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    return seconds, work, memory_mb("VmHWM") - before


def memory_mb(field: str) -> float:
    """Return a field of /proc/self/status in MB of 2**20 bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) / 1024
    return float("nan")


def speed(runs: int) -> None:
    """Print a table of times on the wall, processor times and peaks."""
    print("| seconds (processor), peak | " + " | ".join(READERS) + " |\n|---|" + "---|" * len(READERS))
    with tempfile.TemporaryDirectory() as folder:
        for mb, sort in FILES:
            path = Path(folder) / f"{mb}-{sort}.csv"
            write_file(path, mb, sort)
            found: dict[str, list[tuple[float, ...]]] = {reader: [] for reader in READERS}
            for _ in range(runs):
                for reader in READERS:
                    command = [sys.executable, "-m", "tests.benchmarks.reading", "--one", reader, str(path)]
                    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
                    found[reader].append(tuple(json.loads(answer.splitlines()[-1])))
            cells = []
            for reader in READERS:
                wall, work, peak = map(statistics.median, zip(*found[reader], strict=True))
                cells.append(f"{wall:.3f} ({work:.3f}), {peak:,.0f} MB")
            print(f"| {mb} MB, {sort} | " + " | ".join(cells) + " |", flush=True)


def frame_of(case: object) -> pd.DataFrame:
    """Return the frame a careful person reads."""
    from tests.unit.data.test_reading_cases import expected

    return pd.DataFrame({name: expected(values) for name, values in case.columns.items()})


def cells_of(column: pd.Series) -> list:
    """Return the cells as Python objects, None where missing."""
    return column.astype(object).where(column.notna(), None).tolist()


def same(found: pd.DataFrame, wanted: pd.DataFrame) -> bool:
    """Whether two frames hold the same names and values; numbers by value, dates and texts as such."""
    if list(map(str, found.columns)) != list(wanted.columns) or len(found) != len(wanted):
        return False
    for name, column in zip(wanted.columns, (found.iloc[:, place] for place in range(found.shape[1])), strict=True):
        want = wanted[name]
        if want.dtype.kind in "iuf" and column.dtype.kind in "iuf":
            if not np.array_equal(want.to_numpy(float), column.to_numpy(float), equal_nan=True):
                return False
        elif want.dtype.kind == "M":
            if column.dtype.kind != "M":
                return False
            if cells_of(want) != cells_of(pd.to_datetime(column, utc=True).dt.tz_localize(None)):
                return False
        elif cells_of(want) != cells_of(column):
            return False
    return True


def suite_cases(folder: Path) -> list[Case]:
    """Return the files of a suite with the rows that its JSON wants, text that is a number as a number."""
    from tests.unit.data.reading_cases import Case

    cases = []
    for path in sorted(folder.glob("csvs/*.csv")):
        rows = json.loads((folder / "json" / f"{path.stem}.json").read_text("utf-8"))
        wanted = pd.DataFrame(rows if isinstance(rows, list) else [rows]).replace("", None)
        columns = {name: [_number_or_text(cell) for cell in cells_of(wanted[name])] for name in wanted}
        for name, cells in columns.items():  # a column with one text among numbers is a column of text
            if any(isinstance(cell, str) for cell in cells):
                columns[name] = cells_of(wanted[name])
        cases.append(Case(path.stem, path.read_bytes(), columns))
    return cases


def _number_or_text(cell: object) -> object:
    """A number where that keeps all of what is written; a code that begins with zero stays text."""
    try:
        return int(str(cell)) if str(int(str(cell))) == cell else cell
    except ValueError:
        return cell


def rightly(cases: list[Case]) -> None:
    """Print how many cases each reader reads rightly, with a warning, refuses, or gets wrong in silence."""
    import warnings

    import clevercsv
    import duckdb

    from logreg_core.data import read_table

    def ours(content: bytes, case: object) -> tuple[pd.DataFrame, bool]:
        table = read_table(content, options=case.options)
        return table.frame, bool(table.report.warnings)

    def with_pandas(content: bytes, case: object) -> tuple[pd.DataFrame, bool]:
        return pd.read_csv(io.BytesIO(content)), False

    def with_duckdb(content: bytes, case: object) -> tuple[pd.DataFrame, bool]:
        with tempfile.NamedTemporaryFile(suffix=".csv") as file:
            file.write(content)
            file.flush()
            return duckdb.sql(f"select * from read_csv('{file.name}')").df(), False

    def with_clevercsv(content: bytes, case: object) -> tuple[pd.DataFrame, bool]:
        with tempfile.NamedTemporaryFile(suffix=".csv") as file:
            file.write(content)
            file.flush()
            return clevercsv.read_dataframe(file.name, num_chars=10_000), False

    print(f"\n{len(cases)} cases\n\n| | right | right or told | refused | wrong in silence |")
    print("|---|---|---|---|---|")
    for label, read in {
        "ours": ours,
        "pandas": with_pandas,
        "duckdb": with_duckdb,
        "CleverCSV": with_clevercsv,
    }.items():
        counts: Counter[str] = Counter()
        for case in cases:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    frame, told = read(case.content, case)
                except Exception:  # whatever a reader raises is its way to refuse
                    outcome = "refused"
                else:
                    is_right = case.columns is not None and same(frame, frame_of(case))
                    outcome = "right" if is_right else "told" if told else "silent"
            counts[outcome] += 1
        cells = (counts["right"], counts["right"] + counts["told"], counts["refused"], counts["silent"])
        print(f"| {label} | " + " | ".join(map(str, cells)) + " |", flush=True)


def main() -> None:
    """Print both tables, or time one reading for them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--speed", action="store_true", help="print the table of times only")
    parser.add_argument("--suite", type=Path, metavar="FOLDER", help="a folder with csvs/NAME.csv and json/NAME.json")
    parser.add_argument("--one", nargs=2, metavar=("READER", "FILE"))
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(read_once(chosen.one[0], Path(chosen.one[1]))))
        return
    speed(chosen.runs)
    if not chosen.speed:
        from tests.unit.data.reading_cases import CASES  # not above: a process that times a reading has no need of it

        rightly([case for case in CASES if case.options is None and len(case.content) < 10**6])
        if chosen.suite:
            rightly(suite_cases(chosen.suite))


if __name__ == "__main__":
    main()
