import math
import warnings

import numpy as np
import pytest

from logreg_core.evaluation import Confusion, wilson_interval


def test_shares_agree_with_sklearn():
    from sklearn import metrics

    rng = np.random.default_rng(3)
    y, predicted = rng.random(500) < 0.3, rng.random(500) < 0.4
    matrix = metrics.confusion_matrix(y, predicted)
    confusion = Confusion(*matrix.ravel().tolist())
    assert confusion.total == 500
    # Ratios of the same integers: equal to the last bit or the one beside it.
    assert confusion.accuracy == pytest.approx(metrics.accuracy_score(y, predicted), rel=1e-15)
    assert confusion.precision == pytest.approx(metrics.precision_score(y, predicted), rel=1e-15)
    assert confusion.recall == pytest.approx(metrics.recall_score(y, predicted), rel=1e-15)
    assert confusion.specificity == pytest.approx(metrics.recall_score(~y, ~predicted), rel=1e-15)
    assert confusion.f1 == pytest.approx(metrics.f1_score(y, predicted), rel=1e-15)


@pytest.mark.parametrize(
    ("confusion", "undefined", "defined"),
    [
        (Confusion(5, 0, 3, 0), ["precision"], ["recall", "specificity", "accuracy", "f1"]),
        (Confusion(5, 2, 0, 0), ["recall"], ["precision", "specificity", "accuracy", "f1"]),
        (Confusion(0, 0, 1, 4), ["specificity"], ["recall", "precision", "accuracy", "f1"]),
        (Confusion(5, 0, 0, 0), ["precision", "recall", "f1"], ["specificity", "accuracy"]),
        (Confusion(0, 0, 0, 0), ["accuracy", "precision", "recall", "specificity", "f1"], []),
    ],
)
def test_undefined_shares_are_nan_and_never_a_warning(confusion, undefined, defined):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert all(math.isnan(getattr(confusion, name)) for name in undefined)
        assert all(0 <= getattr(confusion, name) <= 1 for name in defined)


def test_wilson_interval_of_the_tutorial():
    # The tutorial: 90.00 % of 200 rows has a Wilson 95 % interval of 85.1 to 93.4 %.
    low, high = wilson_interval(180, 200)
    assert (round(100 * low, 1), round(100 * high, 1)) == (85.1, 93.4)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.999])
@pytest.mark.parametrize(("successes", "n"), [(0, 1), (0, 30), (3, 7), (180, 200), (200, 200), (1, 10**9)])
def test_wilson_interval_agrees_with_scipy(successes, n, level):
    from scipy.stats import binomtest

    expected = binomtest(successes, n).proportion_ci(level, method="wilson")
    low, high = wilson_interval(successes, n, level)
    # Both formulas subtract nearly equal numbers of size 1 / n at 0 of n, hence the absolute part.
    assert low == pytest.approx(expected.low, rel=1e-9, abs=1e-15)
    assert high == pytest.approx(expected.high, rel=1e-9)
    assert 0 <= low <= successes / n <= high <= 1


def test_wilson_interval_without_rows_and_with_impossible_counts():
    assert all(math.isnan(end) for end in wilson_interval(0, 0))
    with pytest.raises(ValueError, match=r"successes .* got 5"):
        wilson_interval(5, 4)
    with pytest.raises(ValueError, match=r"level .* got 1"):
        wilson_interval(1, 4, level=1)
