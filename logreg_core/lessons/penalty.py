"""The penalty of one row: its log loss, as a function of the probability that the model gave.

    happened       -log(p)          0 at p = 1, without limit as p goes to 0
    did not        -log(1 - p)      0 at p = 0, without limit as p goes to 1

A coin flip, p = 1/2, costs log 2 = 0.693 either way.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from logreg_core.evaluation.slices import logit
from logreg_core.training.log_loss import log_loss_terms

Array = NDArray[np.float64]

COIN_FLIP = math.log(2.0)


def penalty(probability: float, happened: bool) -> float:
    """Log loss of a row with this probability; infinite when the model was certain and wrong."""
    return float(log_loss_terms(np.array([logit(probability)]), np.array([float(happened)]))[0])


def penalty_curves(n: int = 199) -> pd.DataFrame:
    """The two curves between the probabilities 0.5 % and 99.5 %."""
    p = np.linspace(0.005, 0.995, n)
    z = np.log(p) - np.log1p(-p)
    return pd.DataFrame(
        {"probability": p, "if it happened": log_loss_terms(z, np.ones(n)), "if not": log_loss_terms(z, np.zeros(n))}
    )
