"""Reading a coefficient: probability, odds, log odds, and what one unit or one standard deviation more does to them.

    odds = p / (1 - p)        log odds = log(odds) = z = w x + b

A step of d units adds w d to the log odds, whatever they were, and so multiplies the odds by exp(w d), the odds ratio.
What that does to the probability depends on where it starts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from logreg_core.evaluation.slices import logit
from logreg_core.training.log_loss import sigmoid

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Standing:
    """Where a case stands: the same thing said in three ways."""

    probability: float
    odds: float
    log_odds: float


def standing(log_odds: float) -> Standing:
    """Say log odds as odds and as a probability."""
    return Standing(float(sigmoid(log_odds)), math.exp(log_odds), log_odds)


def after(probability: float, coefficient: float, units: float) -> Standing:
    """Where a case of this probability stands with ``units`` more of the column."""
    return standing(logit(probability) + coefficient * units)


def odds_ratio(coefficient: float, units: float = 1.0) -> float:
    """By what the odds are multiplied with ``units`` more of the column."""
    return math.exp(coefficient * units)


def probability_over_units(probability: float, coefficient: float, ends: tuple[float, float]) -> pd.DataFrame:
    """The probability over the number of units more (or, below 0, less)."""
    units: Array = np.linspace(*ends, 121)
    return pd.DataFrame({"units more": units, "probability": sigmoid(logit(probability) + coefficient * units)})


def odds_in_words(odds: float) -> str:
    """Odds as they are said: "1 to 4", "3 to 1"."""
    return f"{odds:.3g} to 1" if odds >= 1 else f"1 to {1 / odds:.3g}"


def moved(probability: float, coefficient: float, deviation: float) -> dict[float, Standing]:
    """Where the case stands as it is, with one unit and with one standard deviation more; by units."""
    return {units: after(probability, coefficient, units) for units in (0.0, 1.0, deviation)}


def table(standings: dict[float, Standing], labels: dict[float, str]) -> dict[str, list[str]]:
    """The same to be read: a column for each of ``standings``, with the odds ratio to the first."""
    first = next(iter(standings.values()))
    said = {"": ["Probability", "Odds", "Odds ratio", "Log odds"]}
    for units, at in standings.items():
        ratio = f"{at.odds / first.odds:.4g}"
        said[labels[units]] = [
            f"{100 * at.probability:.1f}\u00a0%",  # not broken where columns are narrow
            odds_in_words(at.odds),
            ratio,
            f"{at.log_odds:.3f}",
        ]
    return said
