"""Why a cost rose: the sentence that connects a learning rate with the columns it was too large for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from logreg_core.training.settings import plain_number

Array = NDArray[np.float64]

MUCH_LARGER = 10.0
"""From this ratio on, different sizes of columns are worth a sentence."""


def epochs_with_rising_cost(costs: Array) -> int:
    """Count the steps after which the cost was higher than before, by more than rounding."""
    return int(np.count_nonzero(np.diff(costs) > 1e-12 * np.abs(costs[:-1])))


def why_the_cost_rose(costs: Array, learning_rate: float, safe_rate: float, X: Array, names: Sequence[str]) -> str:
    """Return the reason as one or two sentences of plain text.

    Parameters
    ----------
    costs : array of shape (n_iter + 1,)
        Cost of every epoch, the last included.
    learning_rate, safe_rate : float
        The one that was used, and 2 / L of these columns.
    X : array of shape (n, p)
        The training rows.
    names : sequence of p str
    """
    sentences = []
    if rises := epochs_with_rising_cost(costs):
        sentences.append(f"The cost went up in {rises:,} of {len(costs) - 1:,} epochs.")
    if learning_rate > safe_rate > 0:
        sentences.append(
            f"A learning rate of {plain_number(learning_rate)} is above {plain_number(safe_rate, digits=3)}, "
            "the largest that is guaranteed safe for these columns: such steps overshoot the lowest point."
        )
    sentences.append(_about_the_sizes(X, names))
    return " ".join(filter(None, sentences))


def _about_the_sizes(X: Array, names: Sequence[str]) -> str:
    """Say which column makes the safe rate small, if one does."""
    with np.errstate(over="ignore", invalid="ignore"):  # a spread too large for a float is infinite, and so the largest
        # Column by column: the standard deviation of all at once would copy X.
        spread = np.nan_to_num([X[:, j].std() for j in range(X.shape[1])], nan=np.inf)
        size = np.nan_to_num([np.sqrt(np.mean(X[:, j] ** 2)) for j in range(X.shape[1])], nan=np.inf)
    remedy = "Scaling the features allows a much larger learning rate."
    varying = np.flatnonzero(spread > 0)
    if len(varying) > 1:
        widest, narrowest = varying[np.argmax(spread[varying])], varying[np.argmin(spread[varying])]
        if (ratio := spread[widest] / spread[narrowest]) >= MUCH_LARGER:
            return f"“{names[widest]}” varies {_times(ratio)} as much as “{names[narrowest]}”. {remedy}"
    if len(size) and size.max() >= MUCH_LARGER:
        return f"The values of “{names[int(size.argmax())]}” are large. {remedy}"
    return ""


def _times(ratio: float) -> str:
    return f"{float(f'{ratio:.2g}'):,.0f} times" if ratio < 1e6 else "more than a million times"
