"""What a probability is good for: sorting cases, and knowing how many hits to expect among the first of them.

If the probabilities are right, the expected number of events among any cases is the sum of their probabilities.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from logreg_core.training.log_loss import sigmoid

Array = NDArray[np.float64]

N_CASES = 40


@dataclass(frozen=True)
class UseCase:
    """A question that is answered with yes or no."""

    name: str
    row: str
    event: str
    columns: str
    act: str
    miss: str
    false_alarm: str


USE_CASES = (
    UseCase(
        "Churn",
        "a customer",
        "leaves within three months",
        "months with us, contract, complaints, monthly charge",
        "call them",
        "a customer leaves without having been called",
        "a call to somebody who would have stayed",
    ),
    UseCase(
        "Spam",
        "a message",
        "is spam",
        "capital letters, links, sender, words such as “winner”",
        "move to the spam folder",
        "spam in the inbox",
        "a real message that is not seen",
    ),
    UseCase(
        "Tumour",
        "a lump measured under the microscope",
        "is malignant",
        "radius, texture, smoothness of the cell nuclei",
        "examine further",
        "a malignant tumour taken for harmless",
        "an examination that was not needed",
    ),
    UseCase(
        "Fraud",
        "a card payment",
        "is fraud",
        "amount, country, hour, payments in the last day",
        "hold it and check",
        "a stolen amount",
        "an honest customer who has to wait",
    ),
)


@cache
def ranked_probabilities() -> Array:
    """Probabilities of forty cases, highest first; made up."""
    z = np.random.default_rng(8).normal(-1.2, 1.4, N_CASES)
    return np.sort(sigmoid(z).round(2))[::-1]


def expected_hits(probabilities: Array, n: int) -> float:
    """Events to expect among the first ``n`` cases."""
    return float(np.sum(probabilities[:n]))


def fewest_for(probabilities: Array, hits: float) -> int:
    """Return the smallest number of first cases among which at least ``hits`` events are expected."""
    reached = np.flatnonzero(np.cumsum(probabilities) >= hits - 1e-9)
    if not reached.size:
        raise ValueError(f"{hits} events are never expected among {len(probabilities)} cases.")
    return int(reached[0]) + 1


def table() -> pd.DataFrame:
    """Every case with its probability, and what is expected down to it."""
    probabilities = ranked_probabilities()
    places = np.arange(1, len(probabilities) + 1)
    return pd.DataFrame({"case": places, "probability": probabilities, "expected events": np.cumsum(probabilities)})
