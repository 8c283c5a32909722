"""The tutorial as one run of its code, and what it does not tell about its result."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from logreg_core.evaluation import wilson_interval
from logreg_core.lessons import tutorial_code
from logreg_core.training import LogLoss, Optimum, exact_optimum, solve

Array = NDArray[np.float64]

NAMES = ("feature 1", "feature 2")
OTHER_SEEDS = 200

CODE_NEEDS = """from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]"""
"""What stands above the functions when they are run elsewhere."""

_FUNCTIONS: tuple[Callable[..., object], ...] = (
    tutorial_code.make_points,
    tutorial_code.keep_some_aside,
    tutorial_code.sigmoid,
    tutorial_code.probability,
    tutorial_code.cost,
    tutorial_code.gradient,
    tutorial_code.learn,
    tutorial_code.predict,
    tutorial_code.accuracy,
    tutorial_code.all_together,
)


def source(*functions: Callable[..., object]) -> str:
    """The code of functions as it stands in the file."""
    return "\n\n".join(inspect.getsource(function).rstrip() for function in functions)


def script() -> str:
    """All of the code, ready to be run by itself."""
    return "\n\n\n".join([CODE_NEEDS, *(source(function) for function in _FUNCTIONS)]) + "\n"


@dataclass(frozen=True, eq=False)
class Walk:
    """What the code came to, in its order.

    Attributes
    ----------
    X, y : arrays of shape (1000, 2) and (1000,)
    X_train, X_test, y_train, y_test : arrays
    weights : array of shape (2,)
    bias : float
    costs : array of shape (1000,)
        Before each update.
    predicted : int array of shape (200,)
    accuracy : float
    """

    X: Array
    y: Array
    X_train: Array
    X_test: Array
    y_train: Array
    y_test: Array
    weights: Array
    bias: float
    costs: Array
    predicted: NDArray[np.int64]
    accuracy: float

    def points(self) -> pd.DataFrame:
        """All points as a table."""
        frame = pd.DataFrame(self.X, columns=list(NAMES))
        frame["class"] = self.y.astype("int64")
        return frame


@cache
def walk() -> Walk:
    """Run the code once, from the points to the accuracy."""
    found = tutorial_code.all_together()
    return Walk(**found | {"costs": np.array(found["costs"])})


@dataclass(frozen=True, eq=False)
class Untold:
    """What the result does not say by itself.

    Attributes
    ----------
    optimum : Optimum
        Where the descent was going.
    likely : tuple of float
        Wilson's 95 % interval of the accuracy.
    other_splits : array of shape (200,)
        Accuracy with the seeds 0 to 199 for the split, each trained to the optimum of its own training rows.
    safe_rate : float
    """

    optimum: Optimum
    likely: tuple[float, float]
    other_splits: Array
    safe_rate: float


@cache
def untold() -> Untold:
    """Compute what the tutorial leaves out."""
    done = walk()
    X_train = np.ascontiguousarray(done.X_train)
    right = int(np.sum(done.predicted == done.y_test))
    return Untold(
        optimum=exact_optimum(X_train, done.y_train, NAMES),
        likely=wilson_interval(right, len(done.y_test)),
        other_splits=np.array([_accuracy_with_seed(done, seed) for seed in range(OTHER_SEEDS)]),
        safe_rate=LogLoss(X_train, done.y_train).safe_learning_rate(),
    )


def _accuracy_with_seed(done: Walk, seed: int) -> float:
    from sklearn.model_selection import train_test_split

    X_train, X_test, y_train, y_test = train_test_split(done.X, done.y, test_size=0.2, random_state=seed)
    best = solve(np.ascontiguousarray(X_train), y_train, NAMES).run.parameters
    return tutorial_code.accuracy(tutorial_code.predict(X_test, best[:-1], best[-1]), y_test)
