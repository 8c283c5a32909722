"""The learning cycle on one row: its numbers, against the definitions and against all rows together."""

from __future__ import annotations

import math

import numpy as np
import pytest
from training_rows import logistic_rows

from logreg_core.training import LogLoss, gradient_descent
from logreg_core.training.one_row import one_row


def test_numbers_by_hand() -> None:
    row = one_row([2.0, -1.0], 1, [0.5, 0.25, -0.25], np.zeros(3), np.zeros(3), 10)
    np.testing.assert_array_equal(row.terms, [1.0, -0.25, -0.25])
    assert row.score == 0.5
    assert row.probability == pytest.approx(1 / (1 + math.exp(-0.5)), rel=1e-15)
    assert row.loss == pytest.approx(math.log1p(math.exp(-0.5)), rel=1e-15)
    np.testing.assert_allclose(row.share, (row.probability - 1) * np.array([2.0, -1.0, 1.0]) / 10, rtol=1e-14)


def test_the_shares_of_all_rows_are_the_gradient() -> None:
    X, y = logistic_rows(150, 4)
    weights = np.random.default_rng(0).random(150)
    states = gradient_descent(LogLoss(X, y, sample_weight=weights), np.full(5, 0.3), 0.7)
    now, after = next(states), next(states)
    rows = [
        one_row(x, label, now.parameters, now.gradient, after.parameters, weights.sum(), weight=weight)
        for x, label, weight in zip(X, y, weights, strict=True)
    ]
    np.testing.assert_allclose(np.sum([row.share for row in rows], axis=0), now.gradient, rtol=0, atol=1e-15)
    losses = np.array([row.loss for row in rows])
    assert weights @ losses / weights.sum() == pytest.approx(now.cost, rel=1e-14)
    np.testing.assert_allclose(rows[0].updated, now.parameters - 0.7 * now.gradient, rtol=1e-15)


def test_a_row_that_is_predicted_well_keeps_its_digits() -> None:
    row = one_row([1.0], 1, [60.0, 0.0], np.zeros(2), np.zeros(2), 1)
    assert row.error == pytest.approx(-math.exp(-60), rel=1e-14)
    assert row.loss == pytest.approx(math.exp(-60), rel=1e-14)
