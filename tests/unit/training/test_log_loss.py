"""Sigmoid and log loss in the tails, against references exact to the last digits."""

from __future__ import annotations

import warnings
from decimal import Decimal, localcontext
from math import fsum, inf, log, nextafter

import numpy as np
import pytest

from logreg_core.training import log_loss_terms, sigmoid

SIZES = [
    1e-300,
    1e-100,
    1e-16,
    1e-8,
    1e-3,
    0.1,
    0.5,
    1.0,
    2.0,
    5.0,
    17.0,
    36.7,
    37.0,
    100.0,
    700.0,
    709.5,
    744.0,
    1e3,
    1e4,
]
Z = np.array([*SIZES, *(-z for z in SIZES), 0.0, -0.0])

# A few roundings of 2^-53 each: exp, the sum or log1p, the quotient.
RELATIVE = 4e-16
# Below the smallest normal float, digits are lost one by one: half of the smallest step is all that can be asked.
ABSOLUTE = 5e-324


def exact(z: float) -> tuple[float, float]:
    """log(1 + exp(z)) and sigmoid(z), in decimal arithmetic with room for the tails (exp(1e4) has 4,343 digits)."""
    with localcontext() as context:
        context.prec = 60
        context.Emax, context.Emin = 10**6, -(10**6)
        e = Decimal(z).exp()
        loss = (1 + e).ln() if e > Decimal("1e-25") else e - e * e / 2
        return float(loss), float(e / (1 + e))


@pytest.mark.parametrize("z", Z)
def test_loss_and_sigmoid_are_exact_in_both_tails(z: float) -> None:
    loss, probability = exact(float(z))
    assert log_loss_terms([z], [0])[0] == pytest.approx(loss, rel=RELATIVE, abs=ABSOLUTE)
    assert log_loss_terms([-z], [1])[0] == pytest.approx(loss, rel=RELATIVE, abs=ABSOLUTE)
    assert sigmoid(z) == pytest.approx(probability, rel=RELATIVE, abs=ABSOLUTE)


def test_far_rows_cost_their_distance_and_near_ones_keep_their_last_digit() -> None:
    assert log_loss_terms([1e4], [0])[0] == 1e4
    assert log_loss_terms([1e-300], [0])[0] == log(2)
    # The smallest z that is felt: log 2 + z / 2.
    z = 2 * (nextafter(log(2), 1) - log(2))
    assert log_loss_terms([z], [0])[0] == nextafter(log(2), 1)


def test_infinite_predictors_have_a_loss() -> None:
    z, y = [inf, inf, -inf, -inf], [1, 0, 1, 0]
    assert log_loss_terms(z, y).tolist() == [0, inf, inf, 0]
    assert sigmoid(z).tolist() == [1, 1, 0, 0]


def test_no_warning_even_for_those_who_ask_for_all() -> None:
    with np.errstate(all="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isfinite(log_loss_terms(Z, np.zeros(len(Z)))).all()
        assert np.isfinite(sigmoid(Z)).all()


def test_mean_of_many_terms_agrees_with_fsum() -> None:
    z = np.random.default_rng(1).normal(scale=30, size=2000)
    y = np.arange(2000) % 2
    reference = fsum(exact(float(-v if t else v))[0] for v, t in zip(z, y, strict=True)) / 2000
    # Pairwise summation of 2,000 terms, each right to RELATIVE.
    assert log_loss_terms(z, y).mean() == pytest.approx(reference, rel=2e-15)


def test_sigmoid_keeps_the_shape() -> None:
    assert sigmoid(0.0) == 0.5
    assert sigmoid(np.zeros((2, 3))).shape == (2, 3)
