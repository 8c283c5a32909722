"""Two-class tables of a chosen shape, drawn from a seed: the same settings give the same bits."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.data.table import ReadReport, Suggestion, Table
from logreg_core.errors import TableError

Points = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

KINDS: dict[str, str] = {
    "clusters": "Two clusters",
    "moons": "Two moons",
    "circles": "Circles",
    "xor": "XOR (checkerboard)",
    "line": "A straight boundary with noise",
}
_SCHEMA = 1
_RANGES: dict[str, tuple[float, float]] = {
    "rows": (10, 200_000),
    "noise": (0, 1),
    "balance": (0.05, 0.95),
    "useless": (0, 50),
    "seed": (0, 2**32 - 1),
}
_SPOKEN = {
    "rows": "The number of rows",
    "noise": "The noise",
    "balance": "The share of the positive class",
    "useless": "The number of useless columns",
    "seed": "The seed",
}
_WHOLE = {"rows", "useless", "seed"}


@dataclass(frozen=True)
class GeneratorSpec:
    """What to draw.

    Attributes
    ----------
    kind : str
        A key of ``KINDS``.
    rows : int
        10 to 200,000.
    noise : float
        0 (clean) to 1. For ``clusters`` the spread of each cluster is 0.2 + 3 * noise, with centres 2.8 apart; for
        ``moons`` noise is the standard deviation added to arcs of radius 1; for ``circles`` (radius 1 and 0.5) and
        ``xor`` (quarters of a square of side 2) half of it is; for ``line`` the logistic scale added to the score of
        a row before the cut, as 1.5 * noise, so that classes mix near the boundary.
    balance : float
        Share of the positive class, 0.05 to 0.95; exact up to rounding, with at least two rows of each class.
    useless : int
        0 to 50 further columns of standard normal numbers that say nothing about the class.
    seed : int
        0 to 4,294,967,295.
    """

    kind: str
    rows: int = 400
    noise: float = 0.2
    balance: float = 0.5
    useless: int = 0
    seed: int = 42

    def validate(self) -> None:
        """Raise ``TableError`` for the first setting that is out of range, with its value and the range."""
        if not isinstance(self.kind, str) or self.kind not in KINDS:
            raise TableError(
                f"There is no kind of table called {str(self.kind)[:60]!r}.",
                remedy=f"Choose one of: {', '.join(KINDS)}.",
            )
        for name, (low, high) in _RANGES.items():
            value = getattr(self, name)
            is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
            whole = "a whole number" if name in _WHOLE else "a number"
            if not is_number or not low <= value <= high or (name in _WHOLE and not isinstance(value, int)):
                shown = f"{value:,}" if is_number else repr(value)[:60]
                raise TableError(f"{_SPOKEN[name]} is {shown}.", remedy=f"It must be {whole} from {low:,} to {high:,}.")

    def to_dict(self) -> dict[str, Any]:
        """Return the settings as plain JSON values with a schema number."""
        return {"schema": _SCHEMA, **asdict(self)}

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> Self:
        """Return validated settings from ``to_dict``; ``TableError`` for another schema or unknown entries."""
        if saved.get("schema") != _SCHEMA:
            raise TableError(f"These generator settings have schema {saved.get('schema')!r}, not {_SCHEMA}.")
        entries = {key: value for key, value in saved.items() if key != "schema"}
        unknown = sorted(set(map(str, entries)) - {field.name for field in fields(cls)})
        if unknown or "kind" not in entries:
            reason = f"an unknown entry: {unknown[0][:60]!r}" if unknown else "no entry “kind”"
            raise TableError(f"These generator settings have {reason}.")
        spec = cls(**entries)
        spec.validate()
        return spec


def generate(spec: GeneratorSpec) -> Table:
    """Return a table with columns "x1", "x2", "useless 1", ... and the text column "class" (orange or blue).

    Raises
    ------
    TableError
        If a setting is out of range.
    """
    spec.validate()
    rng = np.random.default_rng(spec.seed)
    n_positive = min(max(round(spec.rows * spec.balance), 2), spec.rows - 2)
    positive = np.zeros(spec.rows, dtype=np.bool_)
    positive[:n_positive] = True
    positive = rng.permutation(positive)
    if spec.kind == "line":
        points, positive = _line(rng, n_positive, spec)
    else:
        points = _SHAPES[spec.kind](rng, positive, float(spec.noise))
    useless = rng.standard_normal((spec.rows, spec.useless))
    frame = pd.DataFrame({"x1": points[:, 0], "x2": points[:, 1]})
    extra = pd.DataFrame(useless, columns=[f"useless {place}" for place in range(1, spec.useless + 1)])
    label = pd.Series(np.where(positive, "orange", "blue"), name="class").astype("str")
    frame = pd.concat([frame, extra, label], axis=1)
    fingerprint = hashlib.sha256(json.dumps(spec.to_dict(), sort_keys=True).encode()).hexdigest()
    facts = (
        ("Rows", f"{spec.rows:,}"),
        ("Positive class", f"{n_positive:,} rows are orange"),
        ("Seed", str(spec.seed)),
    )
    return Table(
        frame=frame,
        name=f"Generated: {KINDS[spec.kind]}",
        fingerprint=fingerprint,
        report=ReadReport(facts=facts),
        about=f"{KINDS[spec.kind]}, drawn from seed {spec.seed}.",
        suggestion=Suggestion(target="class", positive="orange"),
        origin=("generator", spec.to_dict()),
    )


def _clusters(rng: np.random.Generator, positive: Flags, noise: float) -> Points:
    centres = np.where(positive[:, None], 1.0, -1.0) * np.ones(2)
    points: Points = centres + (0.2 + 3.0 * noise) * rng.standard_normal((positive.size, 2))
    return points


def _moons(rng: np.random.Generator, positive: Flags, noise: float) -> Points:
    """Half circles that interlock, as in scikit-learn's ``make_moons``."""
    angle = rng.uniform(0.0, np.pi, positive.size)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    lower = np.column_stack([1.0 - np.cos(angle), 0.5 - np.sin(angle)])
    points: Points = np.where(positive[:, None], upper, lower) + noise * rng.standard_normal((positive.size, 2))
    return points


def _circles(rng: np.random.Generator, positive: Flags, noise: float) -> Points:
    angle = rng.uniform(0.0, 2.0 * np.pi, positive.size)
    radius = np.where(positive, 0.5, 1.0)
    rings = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    points: Points = rings + 0.5 * noise * rng.standard_normal((positive.size, 2))
    return points


def _xor(rng: np.random.Generator, positive: Flags, noise: float) -> Points:
    """Squares of a board: the class is positive where both coordinates have the same sign."""
    size = rng.uniform(0.05, 1.0, (positive.size, 2))  # a gap of 0.1 keeps the clean board free of doubtful points
    sign = rng.choice(np.array([-1.0, 1.0]), positive.size)
    other = np.where(positive, sign, -sign)
    points: Points = size * np.column_stack([sign, other]) + 0.5 * noise * rng.standard_normal((positive.size, 2))
    return points


def _line(rng: np.random.Generator, n_positive: int, spec: GeneratorSpec) -> tuple[Points, Flags]:
    """Uniform points; positive are those with the highest noisy score x1 - 0.5 x2, so the balance is exact."""
    points = rng.uniform(-2.0, 2.0, (spec.rows, 2))
    score = points @ np.array([1.0, -0.5]) + 1.5 * spec.noise * rng.logistic(size=spec.rows)
    positive = np.zeros(spec.rows, dtype=np.bool_)
    positive[np.argsort(score, kind="stable")[spec.rows - n_positive :]] = True
    return points, positive


_SHAPES = {"clusters": _clusters, "moons": _moons, "circles": _circles, "xor": _xor}
