"""Business tables drawn from a seed, with a known truth: the log-odds of the outcome are ours to say.

Each table is a function of the number of rows and a seed. The outcome is drawn from the columns *as shown* (rounded),
so a logistic regression on the true terms recovers ``TRUE_EFFECTS`` as rows grow. Cells are blanked only afterwards
and regardless of the outcome, so rows without blanks still tell the truth.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]

# A term is a number column, or "column = level", which is 1 for that level and 0 for all others.
TRUE_EFFECTS: dict[str, dict[str, float]] = {
    "churn": {
        "intercept": -3.33,
        "contract = month to month": 1.6,
        "contract = two years": -0.9,
        "tenure months": -0.03,
        "monthly charge": 0.018,
        "support calls": 0.35,
        "payment = electronic check": 0.4,
        "internet = fibre": 0.5,
        "senior = yes": 0.3,
    },
    "spam": {
        "intercept": -1.81,
        "links": 0.45,
        "exclamation marks": 0.3,
        "capital letters percent": 0.06,
        "sender known = yes": -1.8,
        "attachment = archive": 1.2,
        "attachment = document": -0.4,
        "recipients": 0.05,
    },
    "fraud": {
        "intercept": -5.56,
        "amount": 0.0035,
        "distance from home km": 0.0015,
        "country = abroad": 1.1,
        "channel = online": 0.9,
        "chip used = yes": -1.4,
        "payments in last hour": 0.55,
    },
}


def true_terms(key: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the terms of ``TRUE_EFFECTS[key]`` as columns of numbers, the intercept first; missing cells as NaN."""
    terms: dict[str, Any] = {}
    for term in TRUE_EFFECTS[key]:
        column, _, level = term.partition(" = ")
        if term == "intercept":
            terms[term] = np.ones(len(frame))
        elif level:
            terms[term] = (frame[column] == level).astype(float).where(frame[column].notna())
        else:
            terms[term] = frame[column].astype(float)
    return pd.DataFrame(terms, index=frame.index)


def _add_outcome(frame: pd.DataFrame, key: str, outcome: str, rng: np.random.Generator) -> None:
    """Append the outcome (yes/no), drawn with probability 1 / (1 + exp(-log-odds))."""
    terms = true_terms(key, frame)
    log_odds = terms.to_numpy() @ np.array(list(TRUE_EFFECTS[key].values()))
    happens = rng.random(len(frame)) < 1.0 / (1.0 + np.exp(-log_odds))
    frame[outcome] = np.where(happens, "yes", "no")


def _choice(rng: np.random.Generator, shares: dict[str, float], rows: int) -> npt.NDArray[Any]:
    return rng.choice(np.array(list(shares)), rows, p=np.array(list(shares.values())))


def _blank(frame: pd.DataFrame, column: str, share: float, rng: np.random.Generator) -> None:
    """Make a share of the column's cells missing, regardless of everything else."""
    frame[column] = frame[column].where(rng.random(len(frame)) >= share)


def _finish(frame: pd.DataFrame) -> pd.DataFrame:
    texts = {column: "str" for column in frame if not pd.api.types.is_numeric_dtype(frame[column])}
    return frame.astype(texts)


def churn(rows: int = 3_000, seed: int = 2024) -> pd.DataFrame:
    """Customers of a telephone and internet provider; about 27 % left ("churned" = yes)."""
    rng = np.random.default_rng(seed)
    contract = _choice(rng, {"month to month": 0.55, "one year": 0.24, "two years": 0.21}, rows)
    typical_tenure = np.select([contract == "month to month", contract == "one year"], [18.0, 38.0], 52.0)
    tenure = np.clip(np.round(rng.gamma(1.6, typical_tenure / 1.6)), 1, 72).astype(np.int64)
    internet = _choice(rng, {"fibre": 0.44, "DSL": 0.35, "none": 0.21}, rows)
    base = np.select([internet == "fibre", internet == "DSL"], [78.0, 52.0], 21.0)
    charge = np.round(np.clip(rng.normal(base, np.where(internet == "none", 2.0, 12.0)), 18, 120) * 20) / 20
    frame = pd.DataFrame(
        {
            "customer": [f"C-{number:06d}" for number in rng.permutation(np.arange(100_000, 100_000 + rows))],
            "senior": _choice(rng, {"no": 0.84, "yes": 0.16}, rows),
            "tenure months": tenure,
            "contract": contract,
            "payment": _choice(
                rng, {"electronic check": 0.34, "bank transfer": 0.22, "credit card": 0.22, "mailed check": 0.22}, rows
            ),
            "internet": internet,
            "monthly charge": charge,
            "total charge": np.round(charge * tenure * rng.normal(1.0, 0.03, rows), 2),
            "support calls": rng.poisson(1.4, rows).astype(np.int64),
        }
    )
    _add_outcome(frame, "churn", "churned", rng)
    for column, share in (("total charge", 0.012), ("support calls", 0.04), ("payment", 0.02)):
        _blank(frame, column, share, rng)
    return _finish(frame)


def spam(rows: int = 2_000, seed: int = 2025) -> pd.DataFrame:
    """Messages of a mailbox described by counts and kinds; about 35 % are spam."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "links": rng.negative_binomial(1.2, 0.4, rows).astype(np.int64),
            "exclamation marks": rng.negative_binomial(0.8, 0.4, rows).astype(np.int64),
            "capital letters percent": np.round(100 * rng.beta(1.5, 14.0, rows), 1),
            "words": np.round(np.exp(rng.normal(4.6, 0.9, rows))).astype(np.int64),
            "hour": np.clip(np.round(rng.normal(13.0, 4.8, rows)), 0, 23).astype(np.int64),
            "sender known": _choice(rng, {"yes": 0.52, "no": 0.48}, rows),
            "attachment": _choice(rng, {"none": 0.72, "document": 0.15, "picture": 0.09, "archive": 0.04}, rows),
            "recipients": (1 + rng.negative_binomial(0.5, 0.15, rows)).astype(np.int64),
        }
    )
    _add_outcome(frame, "spam", "spam", rng)
    _blank(frame, "words", 0.015, rng)
    _blank(frame, "sender known", 0.03, rng)
    return _finish(frame)


def fraud(rows: int = 20_000, seed: int = 2026) -> pd.DataFrame:
    """Card payments; about 0.8 % are fraud."""
    rng = np.random.default_rng(seed)
    channel = _choice(rng, {"shop": 0.62, "online": 0.33, "cash machine": 0.05}, rows)
    amount = np.exp(rng.normal(3.5, 1.1, rows))
    amount = np.where(channel == "cash machine", 20 * np.ceil(amount / 20), amount)
    chip = np.where(channel == "online", "no", _choice(rng, {"yes": 0.9, "no": 0.1}, rows))
    frame = pd.DataFrame(
        {
            "amount": np.round(np.clip(amount, 0.5, 2_500), 2),
            "channel": channel,
            "category": _choice(
                rng, {"groceries": 0.36, "fuel": 0.14, "clothing": 0.15, "electronics": 0.12, "travel": 0.23}, rows
            ),
            "country": _choice(rng, {"home": 0.93, "abroad": 0.07}, rows),
            "hour": rng.choice(24, rows, p=_HOUR_SHARES).astype(np.int64),
            "distance from home km": np.round(np.clip(np.exp(rng.normal(1.8, 1.5, rows)), 0.1, 3_000), 1),
            "chip used": chip,
            "payments in last hour": rng.poisson(0.35, rows).astype(np.int64),
        }
    )
    _add_outcome(frame, "fraud", "fraud", rng)
    _blank(frame, "distance from home km", 0.02, rng)
    _blank(frame, "category", 0.01, rng)
    return _finish(frame)


_HOUR_WEIGHTS = np.array(
    [2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 11, 13, 14, 13, 12, 12, 13, 15, 15, 13, 10, 8, 5, 3], dtype=float
)
_HOUR_SHARES = _HOUR_WEIGHTS / _HOUR_WEIGHTS.sum()

TABLES: dict[str, Callable[..., pd.DataFrame]] = {"churn": churn, "spam": spam, "fraud": fraud}
