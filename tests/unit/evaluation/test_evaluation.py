import math
from dataclasses import replace

import numpy as np
import pytest

from logreg_core.errors import TrainingError
from logreg_core.evaluation import Baseline, evaluate
from tests.unit.evaluation.cases import LinearModel, churn, tutorial


def test_tutorial_figures():
    _, prepared, model = tutorial()
    evaluation = evaluate(model, prepared)
    # The tutorial's test accuracy at p >= 0.5 is 90.00 %.
    confusion = evaluation.test.at(0.5)
    assert (confusion.total, confusion.accuracy) == (200, 0.9)
    # The tutorial gives the cost before the last update, 0.235293; one more update lowers it in the sixth digit.
    assert 0.235293 - 1e-5 < evaluation.train.log_loss < 0.235293
    # 104 of the 200 test rows are of class 0 (the tutorial's 52 %), 403 of the 800 training rows of class 1.
    assert evaluation.baseline(evaluation.test) == Baseline("0", 104 / 200)
    assert evaluation.baseline(evaluation.train) == Baseline("1", 403 / 800)
    assert (evaluation.target, evaluation.positive, evaluation.negative) == ("class", "1", "0")
    assert evaluation.fingerprint == model.fingerprint


@pytest.mark.parametrize("part", ["train", "test"])
def test_agrees_with_sklearn(part):
    from sklearn import metrics

    _, prepared, model = churn()
    X, y = getattr(prepared, f"X_{part}"), getattr(prepared, f"y_{part}")
    judged = getattr(evaluate(model, prepared), part)
    probability = model.probabilities(X)
    assert (judged.rows, judged.positives) == (len(y), y.sum())
    # Sums of a few thousand terms in another order: about 1e-13 relative.
    assert judged.log_loss == pytest.approx(metrics.log_loss(y, probability), rel=1e-11)
    assert judged.auc == pytest.approx(metrics.roc_auc_score(y, probability), rel=1e-12)
    for threshold in (0.0, 0.05, 0.3, 0.5, 0.9, 1.0):
        confusion = judged.at(threshold)
        expected = metrics.confusion_matrix(y, probability >= threshold).ravel()
        assert [
            confusion.true_negative,
            confusion.false_positive,
            confusion.false_negative,
            confusion.true_positive,
        ] == expected.tolist()


def test_a_row_exactly_on_the_threshold_is_predicted_positive():
    _, prepared, model = churn(rows=500)
    judged = evaluate(model, prepared).test
    probability = model.probabilities(prepared.X_test)
    for threshold in probability[:50]:
        on, above = judged.at(threshold), judged.at(np.nextafter(threshold, 1))
        assert on.true_positive + on.false_positive == np.sum(probability >= threshold)
        assert above.true_positive + above.false_positive < on.true_positive + on.false_positive


def test_auc_counts_ties_half():
    _, prepared, _ = churn(rows=400)
    coarse = replace(
        prepared, X_train=np.round(prepared.X_train / 20), X_test=np.round(prepared.X_test / 20)
    )  # few distinct scores
    model = LinearModel(np.array([1.0, -1.0, 1.0, 0.0, 0.0]), 0.0)
    z = model.scores(coarse.X_train)
    assert len(np.unique(z)) < 20
    positive, negative = z[coarse.y_train == 1], z[coarse.y_train == 0]
    pairs = positive[:, None] - negative[None, :]
    expected = (np.sum(pairs > 0) + 0.5 * np.sum(pairs == 0)) / pairs.size
    assert evaluate(model, coarse).train.auc == pytest.approx(expected, rel=1e-12)


def test_ranking_survives_probabilities_that_round_to_one():
    _, prepared, _ = churn(rows=200)
    # All scores above 40: every probability is exactly 1, yet the order of the rows is known and perfect.
    X = np.column_stack([prepared.y_train] + [np.zeros_like(prepared.y_train)] * 4)
    model = LinearModel(np.array([10.0, 0, 0, 0, 0]), 40.0)
    train = evaluate(model, replace(prepared, X_train=X)).train
    assert train.auc == 1.0
    assert train.at(1.0).true_positive == train.positives
    # A negative row at z costs z: the tail of the loss is exact where log(1 - p) would be infinite.
    assert train.log_loss == pytest.approx(40.0 * (1 - train.positives / train.rows), rel=1e-12)


def test_roc_is_thinned_without_moving_it():
    from sklearn.metrics import roc_curve

    _, prepared, model = churn(rows=20_000)
    roc = evaluate(model, prepared).train.roc
    assert len(roc.recall) <= 400
    assert (roc.false_positive_rate[0], roc.recall[0], roc.threshold[0]) == (0, 0, np.inf)
    assert (roc.false_positive_rate[-1], roc.recall[-1]) == (1, 1)
    full_x, full_y, _ = roc_curve(prepared.y_train, model.probabilities(prepared.X_train))
    assert len(full_x) > 1000
    # Steps of 2/399 along the curve: a left-out corner is at most that far from the drawn line.
    assert np.abs(np.interp(full_x + full_y, roc.false_positive_rate + roc.recall, roc.recall) - full_y).max() < 2 / 399
    confusion = evaluate(model, prepared).train.at(roc.threshold[200])
    assert confusion.recall == pytest.approx(roc.recall[200], abs=1e-12)


def test_a_part_with_one_class_has_no_auc():
    _, prepared, model = churn(rows=200)
    only = replace(prepared, y_test=np.zeros_like(prepared.y_test))
    evaluation = evaluate(model, only)
    assert math.isnan(evaluation.test.auc)
    assert evaluation.test.roc.recall.shape == (0,)
    assert math.isnan(evaluation.test.at(0.5).recall)
    assert math.isfinite(evaluation.test.log_loss)
    assert math.isfinite(evaluation.train.auc)


def test_baseline_guesses_the_larger_class_of_the_rows_judged():
    _, prepared, model = churn(rows=400)
    all_yes = evaluate(model, replace(prepared, y_test=np.ones_like(prepared.y_test)))
    assert all_yes.baseline(all_yes.test) == Baseline("yes", 1.0)
    baseline = all_yes.baseline(all_yes.train)
    assert baseline.always == "no"
    assert baseline.accuracy == pytest.approx(1 - prepared.y_train.mean())


def test_weights_beyond_floats_are_told_calmly():
    _, prepared, _ = churn(rows=200)
    huge = LinearModel(np.array([1e308, 1e308, -1e308, 0, 0]), 0.0)
    signed = replace(prepared, X_train=np.abs(prepared.X_train) + 10, X_test=np.abs(prepared.X_test) + 10)
    with pytest.raises(TrainingError, match="smaller learning rate"):
        evaluate(huge, signed)


def test_infinite_scores_still_rank():
    _, prepared, _ = churn(rows=200)
    X = np.column_stack([prepared.y_train * 2 - 1] + [np.zeros_like(prepared.y_train)] * 4)
    train = evaluate(LinearModel(np.array([1e308, 0, 0, 0, 0]), 0.0), replace(prepared, X_train=X * 1e10)).train
    assert train.auc == 1.0
    assert train.log_loss == 0.0
