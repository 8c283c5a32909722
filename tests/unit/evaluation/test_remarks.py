from dataclasses import replace

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from logreg_core.evaluation import base_rate_log_loss, evaluate, newcombe_interval, remarks
from tests.unit.evaluation.cases import LinearModel, churn, tutorial


def _texts(evaluation, threshold=0.5, kind=None):
    return [remark.text for remark in remarks(evaluation, threshold) if kind in (None, remark.kind)]


def test_newcombe_interval_is_statsmodels():
    for first, second in (((56, 70), (48, 80)), ((9, 10), (3, 10)), ((10, 10), (0, 20))):
        expected = confint_proportions_2indep(*first, *second, compare="diff", method="newcomb")
        assert newcombe_interval(first, second) == pytest.approx(expected, abs=1e-12)
    assert np.isnan(newcombe_interval((0, 0), (1, 2))).all()


def test_base_rate_log_loss_is_that_of_a_constant_prediction():
    from sklearn.metrics import log_loss

    _, prepared, model = churn()
    evaluation = evaluate(model, prepared)
    constant = np.full(len(prepared.y_test), prepared.y_train.mean())
    assert base_rate_log_loss(evaluation, evaluation.test) == pytest.approx(
        log_loss(prepared.y_test, constant), rel=1e-12
    )


def test_a_good_model_gets_no_warning():
    _, prepared, model = tutorial()
    evaluation = evaluate(model, prepared)
    assert _texts(evaluation, kind="warning") == []
    (only,) = _texts(evaluation)
    assert "chance may still hide that of 100 new rows" in only


def test_a_model_turned_round_is_called_worse_than_chance():
    _, prepared, model = tutorial()
    turned = replace(model, coefficients=-model.coefficients, intercept=-model.intercept)
    said = " ".join(_texts(evaluate(turned, prepared), kind="warning"))
    assert "worse than chance" in said
    assert "Worse than always guessing class = 0" in said
    assert "worse than none" in said


@pytest.mark.parametrize(("rows", "said"), [(60, "ranks no better than chance"), (800, "ranks worse than chance")])
def test_a_ranking_of_test_rows_below_one_half_is_chance_or_not(rows, said):
    from sklearn.metrics import roc_auc_score

    rng = np.random.default_rng(0)
    y = np.arange(rows) % 2
    score = rng.normal(size=rows)
    by_chance = np.std([roc_auc_score(rng.permutation(y), score) for _ in range(1_000)])
    _, prepared, model = tutorial()
    evaluation = evaluate(model, prepared)
    judged = replace(evaluation.test, rows=rows, positives=int(y.sum()), auc=0.4)
    assert bool(1.96 * by_chance > 0.1) == ("no better" in said)
    (told,) = [text for text in _texts(replace(evaluation, test=judged)) if "ranks" in text]
    assert said in told


def test_no_row_predicted_positive_is_said_with_the_way_out():
    _, prepared, model = churn()
    shy = LinearModel(model.coefficients, model.intercept - 50)
    said = _texts(evaluate(shy, prepared), kind="warning")
    assert any("no row is predicted" in text and "lower threshold" in text for text in said)


def test_few_rows_of_a_class_are_said():
    _, prepared, model = tutorial()
    y = prepared.y_test.copy()
    y[np.flatnonzero(y)[4:]] = 0
    assert any(
        "Only 4 test rows have class = 1" in text for text in _texts(evaluate(model, replace(prepared, y_test=y)))
    )


def test_learning_by_heart_is_said_only_when_chance_does_not_explain_it():
    rng = np.random.default_rng(0)
    _, prepared, model = tutorial()
    noise = replace(prepared, y_test=(rng.random(len(prepared.y_test)) < 0.5).astype(float))
    assert any("learned some of its rows by heart" in text for text in _texts(evaluate(model, noise)))
    few = replace(prepared, X_test=prepared.X_test[:12], y_test=prepared.y_test[:12])
    assert any("12 test rows are too few to tell" in text for text in _texts(evaluate(model, few)))


def test_a_moved_threshold_is_said():
    _, prepared, model = tutorial()
    evaluation = evaluate(model, prepared)
    assert any("somewhat too kind" in text for text in _texts(evaluation, 0.4))


def test_of_classes_that_count_alike_probabilities_are_not_held_against_shares():
    _, prepared, model = tutorial()
    y = prepared.y_train.copy()
    y[np.flatnonzero(y)[20:]] = 0
    evaluation = evaluate(LinearModel(-model.coefficients, model.intercept), replace(prepared, y_train=y))
    share = 100 * 20 / len(y)
    plain = " ".join(_texts(evaluation))
    balanced = " ".join(remark.text for remark in remarks(evaluation, 0.5, balanced=True))
    assert "worse than none" in plain
    assert "worse than none" not in balanced
    even = evaluate(LinearModel(-model.coefficients, model.intercept), prepared)  # 50.4 and 49.6 %: nothing changes
    assert "worse than none" in " ".join(remark.text for remark in remarks(even, 0.5, balanced=True))
    assert f"half of the rows have class = 1, and here it is {share:.1f} % of the training rows" in balanced


def test_a_log_loss_of_weights_beyond_measure_is_written_without_an_exponent_or_decimals():
    _, prepared, model = tutorial()
    wild = LinearModel(-model.coefficients * 1e5, model.intercept)
    said = next(text for text in _texts(evaluate(wild, prepared)) if "worse than none" in text)
    assert "e+" not in said
    assert said.split("the model ")[1].replace(",", "").removesuffix(".").isdigit()
