"""Counts of right and wrong predictions, the shares that follow from them, and how sure a share is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

Share = Literal["accuracy", "precision", "recall", "specificity"]


@dataclass(frozen=True)
class Confusion:
    """Rows counted by actual and predicted class.

    A share with nothing to divide by (precision when no row is predicted positive) is nan, never a warning.
    """

    true_negative: int
    false_positive: int
    false_negative: int
    true_positive: int

    @property
    def total(self) -> int:
        """Number of rows."""
        return self.true_negative + self.false_positive + self.false_negative + self.true_positive

    @property
    def accuracy(self) -> float:
        """Share of all rows predicted right, 0 to 1."""
        return _ratio(*self.counts("accuracy"))

    @property
    def precision(self) -> float:
        """Share of the rows predicted positive that are positive, 0 to 1."""
        return _ratio(*self.counts("precision"))

    @property
    def recall(self) -> float:
        """Share of the positive rows predicted positive (sensitivity), 0 to 1."""
        return _ratio(*self.counts("recall"))

    @property
    def specificity(self) -> float:
        """Share of the negative rows predicted negative, 0 to 1."""
        return _ratio(*self.counts("specificity"))

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, ``2 TP / (2 TP + FP + FN)``, 0 to 1."""
        return _ratio(2 * self.true_positive, 2 * self.true_positive + self.false_positive + self.false_negative)

    def counts(self, share: Share) -> tuple[int, int]:
        """Numerator and denominator of a share, as ``wilson_interval`` takes them."""
        right = self.true_positive + self.true_negative
        return {
            "accuracy": (right, self.total),
            "precision": (self.true_positive, self.true_positive + self.false_positive),
            "recall": (self.true_positive, self.true_positive + self.false_negative),
            "specificity": (self.true_negative, self.true_negative + self.false_positive),
        }[share]


def wilson_interval(successes: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Interval that covers the true share behind ``successes`` of ``n`` in about ``level`` of all samples.

    Wilson (1927), J. Am. Stat. Assoc. 22, 209-212: the shares p with
    ``|successes/n - p| <= q sqrt(p (1 - p) / n)``, q the normal quantile. Unlike plus-minus two standard errors it
    stays inside 0 to 1 and has a width at 0 of n. Returns (nan, nan) for ``n = 0``.

    Raises
    ------
    ValueError
        If not ``0 <= successes <= n`` or not ``0 < level < 1``.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"successes must be between 0 and n = {n}, got {successes}")
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, got {level}")
    if n == 0:
        return math.nan, math.nan
    q = NormalDist().inv_cdf((1 + level) / 2)
    share = successes / n
    centre = share + q * q / (2 * n)
    half_width = q * math.sqrt(share * (1 - share) / n + q * q / (4 * n * n))
    scale = 1 + q * q / n
    # The ends are exact at 0 and n of n; elsewhere rounding must not carry them outside 0 to 1.
    low = 0.0 if successes == 0 else max(0.0, (centre - half_width) / scale)
    high = 1.0 if successes == n else min(1.0, (centre + half_width) / scale)
    return low, high


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else math.nan
