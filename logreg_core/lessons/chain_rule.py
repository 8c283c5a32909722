"""Where the gradient comes from: the chain rule on one row, factor by factor.

z = w x + b        p = sigmoid(z)        loss = -y log p - (1 - y) log(1 - p)

dloss/dp = (p - y) / (p (1 - p))         -1/p if y = 1, 1/(1 - p) if y = 0
dp/dz    = p (1 - p)
dz/dw    = x,  dz/db = 1

dloss/dw = (p - y) x,  dloss/db = p - y     the factor p (1 - p) cancels
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from logreg_core.training import log_loss_terms
from logreg_core.training.one_row import OneRow, one_row

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Chain:
    """One row's numbers on the way to the loss and back.

    Attributes
    ----------
    row : OneRow
        Forward: terms, score, probability, loss; ``row.share`` is [dloss/dw, dloss/db].
    loss_by_probability, probability_by_score : float
        The two factors between loss and score.
    """

    row: OneRow
    loss_by_probability: float
    probability_by_score: float

    @property
    def slope_of_weight(self) -> float:
        """How fast the loss rises with the weight."""
        return float(self.row.share[0])

    @property
    def slope_of_bias(self) -> float:
        """How fast the loss rises with the bias."""
        return float(self.row.share[1])


def chain(x: float, y: int, weight: float, bias: float) -> Chain:
    """Follow one row with one feature from its weights to the loss, and the slope back."""
    nothing = np.zeros(2)
    row = one_row([x], y, [weight, bias], nothing, nothing, 1.0)
    p = row.probability
    by_probability = -1.0 / p if y == 1 else 1.0 / (1.0 - p)
    return Chain(row, by_probability, p * (1.0 - p))


def loss_over_weight(x: float, y: int, bias: float, ends: tuple[float, float], n: int = 161) -> pd.DataFrame:
    """The row's loss over a range of weights."""
    weights = np.linspace(*ends, n)
    return pd.DataFrame({"weight": weights, "loss": log_loss_terms(weights * x + bias, np.full(n, float(y)))})


def steps(found: Chain) -> pd.DataFrame:
    """The chain as a table: what, how, and the number."""
    row = found.row
    x, (weight, bias) = float(row.x[0]), row.parameters
    loss = "-log(probability)" if row.y == 1 else "-log(1 - probability)"
    by_probability = "-1 / probability" if row.y == 1 else "1 / (1 - probability)"
    said = (
        ("Score", f"{weight:g} · {x:g} {'-' if bias < 0 else '+'} {abs(bias):g}", row.score),
        ("Probability", "sigmoid(score)", row.probability),
        ("Loss", loss, row.loss),
        ("Loss per probability", by_probability, found.loss_by_probability),
        ("Probability per score", "probability · (1 - probability)", found.probability_by_score),
        ("Score per weight", "the feature itself", x),
        ("Loss per weight", "the last three multiplied", found.slope_of_weight),
        ("The same, shorter", "(probability - outcome) · feature", row.error * x),
        ("Loss per bias", "probability - outcome", found.slope_of_bias),
    )
    return pd.DataFrame(said, columns=["What", "How", "Number"])[["What", "Number", "How"]]
