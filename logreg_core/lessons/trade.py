"""What a threshold trades: misses against false alarms, each at its price.

Two hundred cases whose probabilities are right by construction: each outcome was drawn with its own probability. Then
acting pays exactly where probability times the price of a miss is more than (1 - probability) times that of a false
alarm, from the threshold

    price of a false alarm / (price of a false alarm + price of a miss)

on: C. Elkan, "The foundations of cost-sensitive learning", IJCAI 2001. In a finite number of cases the cheapest
threshold lies somewhere near it. How far off it may be is found by drawing as many cases from them again and again,
with replacement (B. Efron, "Bootstrap methods", Annals of Statistics 7, 1979): in 95 of 100 draws the cheapest
threshold lies in one range.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from logreg_core.evaluation import Confusion
from logreg_core.training.log_loss import sigmoid

Array = NDArray[np.float64]

N_CASES = 200
N_DRAWS = 2_000
THRESHOLDS = np.arange(1, 100) / 100
"""Those that can be chosen."""


@cache
def cases() -> tuple[Array, Array]:
    """Probabilities and outcomes (0 or 1) of the cases, each of shape (200,)."""
    rng = np.random.default_rng(21)
    probability = sigmoid(rng.normal(-1.0, 1.8, N_CASES))
    return probability, (rng.random(N_CASES) < probability).astype(np.float64)


def outcome(threshold: float) -> Confusion:
    """Count the cases when those with probability >= ``threshold`` count as positive."""
    probability, y = cases()
    acted = probability >= threshold
    return Confusion(
        true_positive=int(np.sum(acted & (y == 1))),
        false_positive=int(np.sum(acted & (y == 0))),
        true_negative=int(np.sum(~acted & (y == 0))),
        false_negative=int(np.sum(~acted & (y == 1))),
    )


def cost(threshold: float, price_of_a_miss: float) -> float:
    """Total price at ``threshold``, in units of one false alarm."""
    found = outcome(threshold)
    return found.false_positive + price_of_a_miss * found.false_negative


def paid(threshold: float, price_of_a_miss: float) -> Array:
    """What each case costs at ``threshold``, shape (200,): 1 a false alarm, ``price_of_a_miss`` a miss, else 0."""
    probability, y = cases()
    acted = probability >= threshold
    return np.where(acted, 1.0 - y, price_of_a_miss * y)


@cache
def range_of_the_cheapest(price_of_a_miss: float) -> tuple[float, float]:
    """First and last of ``THRESHOLDS`` between which the cheapest lies in 95 of 100 draws of the cases."""
    each = np.array([paid(t, price_of_a_miss) for t in THRESHOLDS.tolist()])
    times = np.random.default_rng(0).multinomial(N_CASES, np.full(N_CASES, 1 / N_CASES), size=N_DRAWS)
    cheapest = THRESHOLDS[np.argmin(times @ each.T, axis=1)]
    low, high = np.quantile(cheapest, [0.025, 0.975], method="nearest")
    return float(low), float(high)


def may_be_cheapest(price_of_a_miss: float) -> NDArray[np.bool_]:
    """Which of ``THRESHOLDS`` are in ``range_of_the_cheapest``, shape (99,)."""
    low, high = range_of_the_cheapest(price_of_a_miss)
    return np.asarray((low <= THRESHOLDS) & (high >= THRESHOLDS))


def is_an_answer(threshold: float, price_of_a_miss: float) -> bool:
    """Whether ``threshold``, to a whole percent, may be the cheapest as far as the cases can tell."""
    return bool(may_be_cheapest(price_of_a_miss)[round(100 * threshold) - 1])


def cases_table() -> pd.DataFrame:
    """The cases with their probability and outcome."""
    probability, y = cases()
    return pd.DataFrame({"probability": probability, "outcome": y.astype("int64")})


def table(price_of_a_miss: float) -> pd.DataFrame:
    """Misses, false alarms, their price, and whether the threshold may be the cheapest, for each threshold."""
    rows = [
        (t, outcome(t).false_negative, outcome(t).false_positive, cost(t, price_of_a_miss)) for t in THRESHOLDS.tolist()
    ]
    frame = pd.DataFrame(rows, columns=["threshold", "misses", "false alarms", "price in false alarms"])
    return frame.assign(**{"may be the cheapest": may_be_cheapest(price_of_a_miss)})


def lowest_cost(price_of_a_miss: float) -> float:
    """The lowest total price among ``THRESHOLDS``."""
    return min(cost(t, price_of_a_miss) for t in THRESHOLDS.tolist())


def threshold_in_theory(price_of_a_miss: float) -> float:
    """Threshold with the lowest expected price if probabilities are right; a false alarm has price 1."""
    return 1.0 / (1.0 + price_of_a_miss)
