"""The small examples of the lessons: a dozen exams, two dozen customers, forty loans; made up, and always the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from logreg_core.evaluation import Points

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Example:
    """Rows of a lesson.

    Attributes
    ----------
    X : float64 array of shape (n, p), C-contiguous
    y : float64 array of shape (n,)
        1 for the positive class, 0 for the other.
    features : tuple of p str
    target, positive, negative : str
        What is predicted, and the names of its classes.
    """

    X: Array
    y: Array
    features: tuple[str, ...]
    target: str
    positive: str
    negative: str

    def only(self, n_features: int) -> Example:
        """Return the same rows with the first ``n_features`` features."""
        X = np.ascontiguousarray(self.X[:, :n_features])
        return Example(X, self.y, self.features[:n_features], self.target, self.positive, self.negative)

    def points(self) -> Points:
        """All rows, to draw."""
        frame = pd.DataFrame(self.X, columns=list(self.features))
        return Points(frame=frame, y=self.y, shown=len(self.y), total=len(self.y), part="train")


@cache
def exam() -> Example:
    """Twelve students: hours of study, and whether they passed; in the middle it goes both ways."""
    hours = np.arange(0.5, 6.5, 0.5)
    passed = np.array([0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1], dtype=np.float64)
    return Example(np.ascontiguousarray(hours[:, None]), passed, ("hours",), "exam", "passed", "failed")


@cache
def exam_from_the_mean() -> Example:
    """The same students with hours counted from their mean of 3.25."""
    exams = exam()
    return Example(exams.X - exams.X.mean(), exams.y, ("hours from the mean",), "exam", "passed", "failed")


@cache
def customers() -> Example:
    """Twenty-four customers who are told apart by two features together, and not by the first alone.

    Numbers are distances from the mean in standard deviations. The third feature says a little only.
    """
    rng = np.random.default_rng(11)
    X = rng.normal(size=(200, 3)).clip(-2.5, 2.5).round(1)
    score = 1.5 * X[:, 0] - 1.5 * X[:, 1] + 0.5
    clear = np.flatnonzero(np.abs(score) > 0.6)[:24]
    names = ("complaints", "months", "calls")
    return Example(np.ascontiguousarray(X[clear]), (score[clear] > 0).astype(np.float64), names, "left", "yes", "no")


@cache
def loans() -> Example:
    """Forty loans by income and debt (distances from the mean in standard deviations); the classes overlap."""
    rng = np.random.default_rng(5)
    X = rng.normal(size=(40, 2)).clip(-2.5, 2.5).round(1)
    chance = 1.0 / (1.0 + np.exp(-(2.0 * X[:, 1] - 1.5 * X[:, 0])))
    y = (rng.random(40) < chance).astype(np.float64)
    return Example(np.ascontiguousarray(X), y, ("income", "debt"), "defaulted", "yes", "no")
