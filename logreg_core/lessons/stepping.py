"""Gradient descent on forty loans, epoch by epoch, and what different learning rates make of twelve exams."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from logreg_core.lessons.examples import Example, exam_from_the_mean, loans
from logreg_core.training import DescentState, LogLoss, Optimum, exact_optimum, gradient_descent

Array = NDArray[np.float64]

LOAN_RATE = 0.5
MOST_STEPS = 500
RATE_STEPS = 100
ARRIVED_WITHIN = 1e-3
RATES = {"Too small": 0.01, "Right": 1.5, "Too large": 12.0, "Far too large": 80.0}
"""Of the exam counted from the mean, where every rate below 2.685 is sure to lower the cost at every step."""


def states_of_loans(n_steps: int) -> list[DescentState]:
    """The states of the descent on the loans from the start to step ``n_steps``, at most 500."""
    example = loans()
    states = gradient_descent(LogLoss(example.X, example.y), np.zeros(3), LOAN_RATE)
    return list(islice(states, min(n_steps, MOST_STEPS) + 1))


@cache
def best_of_loans() -> Optimum:
    """Where the descent on the loans is going."""
    example = loans()
    return exact_optimum(example.X, example.y, example.features)


def steps_table(states: list[DescentState], features: tuple[str, ...]) -> pd.DataFrame:
    """Cost, weights and slope at each step."""
    columns = [f"weight of {name}" for name in features] + ["bias"]
    frame = pd.DataFrame([state.parameters for state in states], columns=columns)
    frame.insert(0, "step", [state.epoch for state in states])
    frame.insert(1, "cost", [state.cost for state in states])
    frame["largest slope"] = [np.abs(state.gradient).max() for state in states]
    return frame


@dataclass(frozen=True, eq=False)
class RateRun:
    """A hundred steps with one learning rate.

    Attributes
    ----------
    rate : float
    cost : array of shape (101,)
        At the start and after each step.
    gap : float
        How far the last cost is above the lowest there is.
    """

    rate: float
    cost: Array
    gap: float

    @property
    def rises(self) -> int:
        """In how many steps the cost rose."""
        return int(np.sum(np.diff(self.cost) > 1e-12))

    @property
    def arrived(self) -> bool:
        """Whether the cost is at its lowest point, to within a thousandth."""
        return bool(self.gap < ARRIVED_WITHIN)

    @property
    def in_words(self) -> str:
        """What happened, in one sentence."""
        start, end = self.cost[0], self.cost[-1]
        if end > start:
            return f"After {RATE_STEPS} steps the cost is higher than at the start: {end:.3g} instead of {start:.3g}."
        if self.arrived:
            first = int(np.flatnonzero(self.cost - (end - self.gap) < ARRIVED_WITHIN)[0])
            over = f", after rising in {self.rises}" if self.rises else ""
            return f"At the lowest cost after {first} steps{over}."
        if self.rises > 3:
            last = self.cost[-RATE_STEPS // 4 :]
            return (
                f"The cost rose in {self.rises} of {RATE_STEPS} steps: it does not settle, and jumps to and fro "
                f"between {last.min():.3f} and {last.max():.3f}."
            )
        return f"After {RATE_STEPS} steps the cost is still {self.gap:.2g} above the lowest."


@cache
def _exam() -> tuple[Example, LogLoss, Optimum]:
    example = exam_from_the_mean()
    best = exact_optimum(example.X, example.y, example.features)
    return example, LogLoss(example.X, example.y), best


def run_with(rate: float) -> RateRun:
    """Take a hundred steps on the exam with this rate, from weights of zero."""
    _, _, best = _exam()
    objective = LogLoss(exam_from_the_mean().X, exam_from_the_mean().y)  # its working arrays serve one thread
    cost = np.array([s.cost for s in islice(gradient_descent(objective, np.zeros(2), rate), RATE_STEPS + 1)])
    return RateRun(rate, cost, float(cost[-1] - best.cost))


@cache
def safe_rate() -> float:
    """2 / L of the exam: with any rate below it every step lowers the cost."""
    return _exam()[1].safe_learning_rate()


@cache
def cost_over_rates(n: int = 121) -> pd.DataFrame:
    """The cost after a hundred steps at rates from 0.01 to 100."""
    rates = np.geomspace(0.01, 100.0, n)
    return pd.DataFrame({"learning rate": rates, "cost after 100 steps": [run_with(r).cost[-1] for r in rates]})


def lowest_cost() -> float:
    """The lowest cost that there is on the exam."""
    return _exam()[2].cost


def costs(states: list[DescentState]) -> Array:
    """Cost of each state."""
    return np.array([state.cost for state in states])


def share_done(step: int) -> float:
    """Share of the fall from the start to the lowest cost of the loans that is done at ``step``."""
    cost = costs(states_of_loans(step))
    return float((cost[0] - cost[-1]) / (cost[0] - best_of_loans().cost))


@cache
def first_within(gap: float) -> int:
    """The first step of the loans at which the cost is within ``gap`` of the lowest."""
    cost = costs(states_of_loans(MOST_STEPS))
    return int(np.flatnonzero(cost - best_of_loans().cost <= gap)[0])


def costs_side_by_side() -> pd.DataFrame:
    """The costs of ``RATES`` at each step."""
    table = pd.DataFrame({f"rate {rate:g}": run_with(rate).cost for rate in RATES.values()})
    return table.rename_axis("step").reset_index()
