"""Training as the app does it: settings in, a fitted model with its run and its reasons out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from published_tables import ENDOMETRIAL_NAMES, endometrial
from training_rows import Rows

from logreg_core.errors import TrainingError
from logreg_core.training import LogLoss, Progress, Status, TrainSettings, sigmoid, train


def test_the_model_is_where_the_run_ended(tutorial: Rows) -> None:
    model = train(tutorial, TrainSettings())
    objective = LogLoss(tutorial.X_train, tutorial.y_train)
    parameters = np.append(model.coefficients, model.intercept)
    assert model.status is Status.EPOCH_LIMIT
    assert model.reason == ""
    assert model.n_iter == len(model.history.cost) == 1000
    assert model.final_cost == objective.value(parameters) < model.history.cost[-1]
    assert model.trained_on == tutorial.fingerprint
    np.testing.assert_array_equal(model.history.snapshots[-1], parameters)


def test_scores_and_probabilities(tutorial: Rows) -> None:
    model = train(tutorial, TrainSettings(max_iter=50))
    z = tutorial.X_test @ model.coefficients + model.intercept
    np.testing.assert_array_equal(model.scores(tutorial.X_test), z)
    np.testing.assert_array_equal(model.probabilities(tutorial.X_test), sigmoid(z))
    with pytest.raises(ValueError, match="2 columns"):
        model.scores(np.zeros((4, 3)))


def test_weights_carry_the_users_names(tutorial: Rows) -> None:
    model = train(replace(tutorial, feature_names=("age", "income")), TrainSettings(max_iter=5))
    weights = model.weights()
    assert list(weights.columns) == ["feature", "weight"]
    assert weights["feature"].tolist() == ["age", "income", "(bias)"]
    assert weights["weight"].tolist() == [*model.coefficients, model.intercept]


@pytest.mark.parametrize("max_iter", [1, 3, 498, 499, 1000, 3000])
def test_test_costs_are_those_of_their_epochs(tutorial: Rows, max_iter: int) -> None:
    seen: list[Progress] = []
    model = train(tutorial, TrainSettings(max_iter=max_iter), watch=seen.append)
    objective = LogLoss(tutorial.X_test, tutorial.y_test)
    assert (model.test_epochs[0], model.test_epochs[-1]) == (0, max_iter)
    assert len(model.test_epochs) <= 500
    assert np.all(np.diff(model.test_epochs) > 0)
    for epoch, cost in zip(model.test_epochs, model.test_cost, strict=True):
        assert cost == objective.value(seen[epoch].parameters) == seen[epoch].test_cost
    told = [progress.epoch for progress in seen if not np.isnan(progress.test_cost)]
    assert told == model.test_epochs.tolist()


def test_progress_tells_every_epoch(tutorial: Rows) -> None:
    seen: list[Progress] = []
    model = train(tutorial, TrainSettings(max_iter=20), watch=seen.append)
    assert [progress.epoch for progress in seen] == list(range(21))
    assert {progress.max_iter for progress in seen} == {20}
    assert [progress.cost for progress in seen] == [*model.history.cost, model.final_cost]


def test_stopping_keeps_what_was_reached(tutorial: Rows) -> None:
    stopped = train(tutorial, TrainSettings(), watch=lambda progress: progress.epoch == 777)
    straight = train(tutorial, TrainSettings(max_iter=777))
    assert stopped.status is Status.STOPPED
    assert stopped.n_iter == 777
    np.testing.assert_array_equal(stopped.coefficients, straight.coefficients)
    assert (stopped.test_epochs[-1], stopped.test_cost[-1]) == (777, straight.test_cost[-1])
    assert len(stopped.test_epochs) <= 500


def test_a_watch_that_fails_is_not_swallowed(tutorial: Rows) -> None:
    def watch(progress: Progress) -> None:
        raise KeyError(progress.epoch)

    with pytest.raises(KeyError):
        train(tutorial, TrainSettings(), watch=watch)


def test_time_that_is_used_up_keeps_what_was_reached(tutorial: Rows) -> None:
    model = train(tutorial, TrainSettings(), time_budget=0.0)
    assert model.status is Status.OUT_OF_TIME
    assert model.test_epochs.tolist() == [0]


def test_without_test_rows_there_is_no_test_cost(tutorial: Rows) -> None:
    rows = replace(tutorial, X_test=np.empty((0, 2)), y_test=np.empty(0))
    seen: list[float] = []
    model = train(rows, TrainSettings(max_iter=3), watch=lambda progress: seen.append(progress.test_cost))
    assert len(model.test_epochs) == len(model.test_cost) == 0
    assert np.isnan(seen).all()


def test_same_choices_and_data_give_the_same_bits(tutorial: Rows) -> None:
    first, second = (train(tutorial, TrainSettings(max_iter=300)) for _ in range(2))
    np.testing.assert_array_equal(first.coefficients, second.coefficients)
    np.testing.assert_array_equal(first.history.cost, second.history.cost)
    assert first.fingerprint == second.fingerprint


def test_fingerprint_names_data_settings_and_length(tutorial: Rows) -> None:
    models = [
        train(tutorial, TrainSettings(max_iter=20)),
        train(tutorial, TrainSettings(max_iter=21)),
        train(tutorial, TrainSettings(0.2, 20)),
        train(replace(tutorial, fingerprint="other"), TrainSettings(max_iter=20)),
        train(tutorial, TrainSettings(max_iter=20), watch=lambda progress: progress.epoch == 10),
    ]
    assert len({model.fingerprint for model in models}) == len(models)


def test_a_divergence_names_both_rates(tutorial: Rows) -> None:
    model = train(tutorial, TrainSettings(learning_rate=50.0))
    assert model.status is Status.DIVERGED
    assert "A learning rate of 50 is above 2.89, the largest that is guaranteed safe for these columns" in model.reason
    assert "Scaling" not in model.reason
    assert np.isfinite(model.scores(tutorial.X_test)).all()


def test_a_cost_that_jumps_up_and_down_has_a_reason_too(tutorial: Rows) -> None:
    """At rate 10 the cost falls, then cycles between two values below that of the start."""
    model = train(tutorial, TrainSettings(learning_rate=10.0))
    rises = int((np.diff([*model.history.cost, model.final_cost]) > 0).sum())
    assert model.status is Status.JUMPING
    assert rises > 100
    assert model.reason.startswith(f"The cost went up in {rises} of 1,000 epochs. A learning rate of 10 is above 2.89")


def test_a_rate_above_the_guarantee_that_works_is_not_blamed(tutorial: Rows) -> None:
    model = train(tutorial, TrainSettings(learning_rate=5.0))
    assert np.all(np.diff(model.history.cost) < 0)
    assert model.reason == ""


def test_columns_of_different_size_are_named(tutorial: Rows) -> None:
    rows = replace(tutorial, X_train=tutorial.X_train * [1.0, 5000.0], feature_names=("age", "income"))
    ratio = rows.X_train[:, 1].std() / rows.X_train[:, 0].std()
    model = train(rows, TrainSettings())
    assert model.status is Status.DIVERGED
    assert f"“income” varies {float(f'{ratio:.2g}'):,.0f} times as much as “age”. Scaling the features" in model.reason


def test_one_large_column_is_named(tutorial: Rows) -> None:
    rows = replace(
        tutorial,
        X_train=np.ascontiguousarray(tutorial.X_train[:, :1]) + 1000.0,
        X_test=np.ascontiguousarray(tutorial.X_test[:, :1]) + 1000.0,
        feature_names=("year",),
    )
    model = train(rows, TrainSettings())
    assert model.status is Status.DIVERGED
    assert "The values of “year” are large. Scaling the features" in model.reason


def test_columns_too_large_to_be_squared_still_get_a_reason(tutorial: Rows) -> None:
    rows = replace(tutorial, X_train=tutorial.X_train * [1.0, 1e200])
    model = train(rows, TrainSettings())
    assert model.status is Status.DIVERGED
    assert "“x2” varies more than a million times as much as “x1”" in model.reason


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"X_train": np.empty((0, 2)), "y_train": np.empty(0)}, "no training rows"),
        ({"X_train": np.ones((3, 2)), "y_train": np.ones(3)}, "All 3 training rows are of the same class"),
        ({"X_train": np.array([[1, 2], [3, np.nan]]), "y_train": np.array([0.0, 1.0])}, "Column “x2”"),
        ({"X_train": np.array([[-np.inf, 2], [3, 4.0]]), "y_train": np.array([0.0, 1.0])}, "Column “x1”"),
    ],
)
def test_rows_that_nothing_can_be_learned_from(tutorial: Rows, changes: dict[str, np.ndarray], words: str) -> None:
    with pytest.raises(TrainingError, match=words):
        train(replace(tutorial, **changes), TrainSettings())


def test_the_settings_choose_the_descent(tutorial: Rows) -> None:
    plain = train(tutorial, TrainSettings(max_iter=50))
    for settings in (
        TrainSettings(max_iter=50, optimiser="momentum"),
        TrainSettings(max_iter=50, optimiser="nesterov", momentum=0.5),
        TrainSettings(max_iter=50, optimiser="adam"),
        TrainSettings(max_iter=50, optimiser="line_search"),
        TrainSettings(max_iter=50, batch_size=400),
        TrainSettings(max_iter=50, start=(0.0, 3.0, 1.0)),
    ):
        model = train(tutorial, settings)
        assert (model.status, model.n_iter, model.reason) == (Status.EPOCH_LIMIT, 50, "")
        assert model.final_cost < plain.final_cost


def test_a_divergence_is_explained_by_what_the_optimiser_does(tutorial: Rows) -> None:
    rows = replace(tutorial, X_train=tutorial.X_train * [1.0, 5000.0])
    momentum = train(rows, TrainSettings(optimiser="momentum"))
    assert momentum.status is Status.DIVERGED
    assert "A learning rate of 0.1 is above" in momentum.reason
    adam = train(tutorial, TrainSettings(optimiser="adam", learning_rate=1e5))
    assert adam.status is Status.DIVERGED
    assert "safe" not in adam.reason


@pytest.mark.parametrize("settings", [TrainSettings(max_iter=50), TrainSettings(learning_rate=1.0, tol=0.05)])
def test_separated_classes_are_never_finished(settings: TrainSettings) -> None:
    X, y = endometrial()
    X = X / [1.0, 10.0, 1.0]
    model = train(Rows(X, y, X, y, ENDOMETRIAL_NAMES), settings)
    assert model.status is Status.SEPARATED
    assert model.reason.startswith("All 13 rows with “NV” above 0 have “class = 1”.")
    stopped = train(Rows(X, y, X, y, ENDOMETRIAL_NAMES), settings, watch=lambda progress: True)
    assert stopped.status is Status.STOPPED


def test_settings_are_checked_first(tutorial: Rows) -> None:
    with pytest.raises(TrainingError, match="learning rate is -1"):
        train(tutorial, TrainSettings(learning_rate=-1))


def test_status_is_a_sentence_for_the_user() -> None:
    for status in Status:
        assert status.value.endswith(".")
        assert str(status) == status.value
        assert len(status.value) <= 120


def test_the_exact_method_ends_at_statsmodels_optimum(tutorial: Rows) -> None:
    import statsmodels.api as sm

    seen: list[Progress] = []
    model = train(tutorial, TrainSettings(method="exact"), watch=seen.append)
    expected = sm.Logit(tutorial.y_train, sm.add_constant(tutorial.X_train)).fit(disp=0, tol=1e-14).params
    # Both end with a Newton step below rounding; what is left is that of solving a 3 x 3 system of condition below 100.
    np.testing.assert_allclose([model.intercept, *model.coefficients], expected, rtol=1e-10)
    assert model.status is Status.CONVERGED
    assert model.solver in {"newton", "subsampled_newton"}
    assert [progress.epoch for progress in seen] == list(range(model.n_iter + 1))
    assert model.test_epochs[-1] == model.n_iter


def test_ridge_lasso_and_class_weights_are_scikit_learns(tutorial: Rows) -> None:
    from sklearn.linear_model import LogisticRegression

    n, alpha = len(tutorial.y_train), 0.03
    uneven = replace(tutorial, X_train=tutorial.X_train[: n // 2 + 40], y_train=tutorial.y_train[: n // 2 + 40])
    n = len(uneven.y_train)
    for l1_ratio in (0.0, 0.5, 1.0):
        settings = TrainSettings(method="exact", alpha=alpha, l1_ratio=l1_ratio, balanced=True)
        model = train(uneven, settings)
        peer = LogisticRegression(
            C=1 / (n * alpha), l1_ratio=l1_ratio, class_weight="balanced", solver="saga", tol=1e-10, max_iter=100_000
        ).fit(uneven.X_train, uneven.y_train)
        # saga's own stopping rule leaves about 1e-7.
        np.testing.assert_allclose(model.coefficients, peer.coef_[0], atol=1e-6)
        np.testing.assert_allclose(model.intercept, peer.intercept_[0], atol=1e-6)


def test_a_watched_ridge_goes_where_the_exact_one_is(tutorial: Rows) -> None:
    choices = {"alpha": 0.03, "balanced": True}
    exact = train(tutorial, TrainSettings(method="exact", **choices))
    watched = train(tutorial, TrainSettings(learning_rate=1.0, max_iter=5000, **choices))
    assert watched.status is Status.CONVERGED
    # Both gradients are below 1e-8 and the penalty's curvature is 0.03 at least.
    np.testing.assert_allclose(watched.coefficients, exact.coefficients, atol=1e-6)
    assert watched.final_cost == pytest.approx(exact.final_cost, abs=1e-14)


def test_a_separated_table_is_called_so_by_both_ways() -> None:
    x = np.concatenate([np.linspace(-3, -1, 30), np.linspace(1, 3, 30)])[:, None]
    y = (x[:, 0] > 0).astype(float)
    rows = Rows(x, y, x[:4], y[:4], ("x",))
    for settings in (TrainSettings(method="exact"), TrainSettings(max_iter=200)):
        model = train(rows, settings)
        assert model.status is Status.SEPARATED
        assert "x" in model.reason
