"""What one row does in one epoch of gradient descent, number by number.

    1  the weights as they are            w, b
    2  the score                          z = w . x + b
    3  the probability                    p = sigmoid(z)
    4  the loss                           -log(p) if y = 1, -log(1 - p) if y = 0
    5  its share of the gradient          (p - y) x / n for each weight, (p - y) / n for the bias
    6  the update, made of all n rows     w <- w - rate * dJ/dw

Step 5 is what the row asks for, step 6 what all rows together get: the row's share of the gradient's entries says how
much of that is its doing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg_core.training.log_loss import log_loss_terms, sigmoid

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class OneRow:
    """One row at given weights.

    Attributes
    ----------
    x : array of shape (p,)
    y : int
        1 for the positive class, 0 for the other.
    parameters : array of shape (p + 1,)
        [coefficients..., intercept] before the update.
    terms : array of shape (p + 1,)
        What each column adds to the score, then the intercept; their sum is ``score``.
    score, probability, loss : float
    error : float
        probability - y: how far, and to which side.
    share : array of shape (p + 1,)
        The row's part of the gradient of the mean loss: error * [x, 1] * weight / total weight.
    gradient : array of shape (p + 1,)
        The gradient of the objective over all rows, penalty included.
    updated : array of shape (p + 1,)
        Parameters after the update.
    """

    x: Array
    y: int
    parameters: Array
    terms: Array
    score: float
    probability: float
    loss: float
    error: float
    share: Array
    gradient: Array
    updated: Array


def one_row(  # noqa: PLR0917 - the row, the state it meets, what follows
    x: ArrayLike,
    y: float,
    parameters: ArrayLike,
    gradient: ArrayLike,
    updated: ArrayLike,
    total: float,
    *,
    weight: float = 1.0,
) -> OneRow:
    """Follow one row through an epoch.

    Parameters
    ----------
    x : array of shape (p,)
    y : float
        0 or 1.
    parameters, gradient : array of shape (p + 1,)
        [coefficients..., intercept] and the objective's gradient there.
    updated : array of shape (p + 1,)
        Parameters of the next epoch.
    total : float
        Total weight of the rows: their number if they have no weights.
    weight : float
        Of this row.
    """
    values, at = np.asarray(x, dtype=np.float64), np.array(parameters, dtype=np.float64)
    with_one = np.append(values, 1.0)
    terms = at * with_one
    score = float(terms.sum())
    probability = float(sigmoid(score))
    # Not probability - y, which has no digits left for a row that is predicted well.
    error = float(-sigmoid(-score)) if y == 1 else probability
    return OneRow(
        x=values,
        y=int(y),
        parameters=at,
        terms=terms,
        score=score,
        probability=probability,
        loss=float(log_loss_terms(np.array([score]), np.array([y]))[0]),
        error=error,
        share=error * with_one * (weight / total),
        gradient=np.array(gradient, dtype=np.float64),
        updated=np.array(updated, dtype=np.float64),
    )
