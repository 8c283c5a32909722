"""The tutorial as one run of its code, and what it does not tell about its result."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from logreg_core.evaluation import Points, axis_range, plane, wilson_interval
from logreg_core.evaluation.slices import Plane
from logreg_core.lessons import tutorial_code
from logreg_core.lessons.by_hand import score_by_hand
from logreg_core.training import LogLoss, Optimum, exact_optimum, solve

Array = NDArray[np.float64]

NAMES = ("feature 1", "feature 2")
OTHER_SEEDS = tuple(seed for seed in range(201) if seed != 42)
"""Two hundred, without the tutorial's own."""
LONGEST_LINE = 55
"""Characters of code that stand beside a result without a break, in a window of 1,280 pixels."""
RUN = """found = all_together()
costs = found["costs"]
print(costs[0], costs[100], costs[999])
print(found["weights"], found["bias"])
print(found["accuracy"])"""
"""What is written under the functions to see the numbers of the page."""


def source(*functions: Callable[..., object]) -> str:
    """The code of functions as it stands in the file."""
    return "\n\n".join(inspect.getsource(function).rstrip() for function in functions)


def imports() -> str:
    """What the code needs before its first function: the imports, and the short name for arrays of numbers."""
    text = inspect.getsource(tutorial_code)
    body = [node for node in ast.parse(text).body if isinstance(node, ast.Import | ast.ImportFrom | ast.Assign)]
    needed = [node for node in body if not (isinstance(node, ast.ImportFrom) and node.module == "__future__")]
    return "\n".join(text.splitlines()[needed[0].lineno - 1 : needed[-1].end_lineno])


def script() -> str:
    """All of the code in one file, ready to be run by itself."""
    return f'{inspect.getsource(tutorial_code)}\n\nif __name__ == "__main__":\n{textwrap.indent(RUN, " " * 4)}\n'


def printed() -> str:
    """What ``RUN`` prints."""
    done = walk()
    lines = ((done.costs[0], done.costs[100], done.costs[999]), (done.weights, done.bias), (done.accuracy,))
    return "\n".join(" ".join(str(value) for value in line) for line in lines)


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
    predicted : array of shape (200,)
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
    predicted: Array
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
        Accuracy with ``OTHER_SEEDS`` for the split, each trained to the optimum of its own training rows.
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
        other_splits=np.array([_accuracy_with_seed(done, seed) for seed in OTHER_SEEDS]),
        safe_rate=LogLoss(X_train, done.y_train).safe_learning_rate(),
    )


def _accuracy_with_seed(done: Walk, seed: int) -> float:
    from sklearn.model_selection import train_test_split

    X_train, X_test, y_train, y_test = train_test_split(done.X, done.y, test_size=0.2, random_state=seed)
    best = solve(np.ascontiguousarray(X_train), y_train, NAMES).run.parameters
    return tutorial_code.accuracy(tutorial_code.predict(X_test, best[:-1], best[-1]), y_test)


EPOCHS_TO_A_MILLIONTH = 8530
"""With learning rate 0.1, until the cost is within a millionth of the lowest; a test counts them."""


def cost_table() -> pd.DataFrame:
    """The cost at every fiftieth epoch, and the last."""
    epochs = np.append(np.arange(0, 1000, 50), 999)
    return pd.DataFrame({"epoch": epochs, "cost": walk().costs[epochs]})


def beside_the_optimum() -> pd.DataFrame:
    """What the run came to, and what it was going to."""
    done, best = walk(), untold().optimum
    cost = tutorial_code.cost(tutorial_code.probability(done.X_train, done.weights, done.bias), done.y_train)
    rows = (
        ("Cost", cost, best.cost),
        ("Weight of feature 1", done.weights[0], best.parameters[0]),
        ("Weight of feature 2", done.weights[1], best.parameters[1]),
        ("Bias", done.bias, best.parameters[2]),
        ("Odds ratio of feature 1", np.exp(done.weights[0]), np.exp(best.parameters[0])),
    )
    return pd.DataFrame(rows, columns=["", "1,000 epochs", "Lowest cost"])


def splits_table() -> pd.DataFrame:
    """How many of the other splits gave which accuracy."""
    values, counts = np.unique(untold().other_splits.round(6), return_counts=True)
    return pd.DataFrame({"test points right": values, "splits": counts})


def test_points() -> Points:
    """The points kept aside, to draw."""
    done = walk()
    frame = pd.DataFrame(done.X_test, columns=list(NAMES))
    return Points(frame=frame, y=done.y_test.astype(np.float64), shown=len(frame), total=len(frame), part="test")


def plane_of_result() -> Plane:
    """The score of the result over both features, where there are points."""
    done = walk()
    score = score_by_hand(done.weights.tolist(), done.bias, NAMES)
    ends = [axis_range(column) for column in done.X.T]
    return plane(score, dict.fromkeys(NAMES, 0.0), NAMES[0], NAMES[1], ends[0], ends[1])


def test_table() -> pd.DataFrame:
    """The points kept aside with their class, their probability and what is predicted."""
    done = walk()
    frame = pd.DataFrame(done.X_test, columns=list(NAMES))
    frame["class"] = done.y_test.astype("int64")
    frame["probability"] = tutorial_code.probability(done.X_test, done.weights, done.bias)
    return frame.assign(predicted=done.predicted.astype("int64"))
