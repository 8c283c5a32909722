"""Training by steps: forward, back, and on again, with the same bits as training at one go."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from training_rows import Rows, logistic_rows

from logreg_core.errors import TrainingError
from logreg_core.training import FittedModel, LogLoss, Status, TrainSettings, Walk, train

CHOICES = {
    "plain": TrainSettings(learning_rate=0.5),
    "momentum in batches": TrainSettings(learning_rate=0.05, optimiser="momentum", batch_size=37, seed=5),
    "nesterov": TrainSettings(learning_rate=0.1, optimiser="nesterov"),
    "adam in batches, random start": TrainSettings(
        learning_rate=0.02, optimiser="adam", batch_size=64, start="random", seed=3
    ),
    "line search": TrainSettings(optimiser="line_search"),
    "ridge, both classes alike": TrainSettings(learning_rate=0.5, alpha=0.1, balanced=True),
    "given start": TrainSettings(learning_rate=0.5, start=(1.0, -2.0, 0.5, 0.25)),
}


@pytest.fixture(scope="module")
def rows() -> Rows:
    X, y = logistic_rows(300, 3)
    X[:, 2] *= 1e-4  # a small column: its gradient is judged per its size
    return Rows(X[:220].copy(), y[:220], X[220:].copy(), y[220:], ("a", "b", "c"))


def same(model: FittedModel, other: FittedModel) -> None:
    np.testing.assert_array_equal(model.coefficients, other.coefficients)
    assert (model.intercept, model.final_cost, model.n_iter) == (other.intercept, other.final_cost, other.n_iter)
    for column in ("cost", "gradient_norm", "step_size"):
        np.testing.assert_array_equal(getattr(model.history, column), getattr(other.history, column))


@pytest.mark.parametrize("name", CHOICES)
def test_steps_train_as_at_one_go(rows: Rows, name: str) -> None:
    settings = replace(CHOICES[name], max_iter=200, tol=0.0)
    walk = Walk(rows, settings)
    for steps in (0, 1, 10, 1, 100, 88):
        walk.go_on(steps)
    stepped, whole = walk.model(), train(rows, settings)
    same(stepped, whole)
    assert (stepped.status, stepped.reason) == (whole.status, whole.reason)
    assert walk.ended
    np.testing.assert_array_equal(stepped.history.snapshots, whole.history.snapshots)
    assert set(whole.loss_epochs.tolist()) <= set(stepped.loss_epochs.tolist())


@pytest.mark.parametrize("name", CHOICES)
def test_each_epoch_has_the_model_that_training_would_have_ended_with(rows: Rows, name: str) -> None:
    settings = replace(CHOICES[name], max_iter=150, tol=0.0)
    walk = Walk(rows, settings)
    walk.go_on(120)
    for epoch in (0, 1, 17, 63, 119, 120):
        shorter = train(rows, settings, walk=walk, epoch=epoch)
        same(shorter, train(rows, settings, watch=lambda progress, last=epoch: progress.epoch == last))
        assert shorter.status is Status.PAUSED
        assert shorter.loss_epochs[-1] == epoch
        assert shorter.history.snapshot_epochs[-1] == epoch
        test_rows = train(rows, replace(settings, max_iter=max(1, epoch))).test_cost[-1 if epoch else 0]
        assert shorter.test_cost[-1] == test_rows
    assert walk.epoch == 120  # looking back does not go back
    walk.go_on(30)
    same(walk.model(), train(rows, settings))


def test_the_tutorial_by_steps(tutorial: Rows) -> None:
    walk = Walk(tutorial, TrainSettings())
    for steps in (1, 9, 90, 100, 800):
        walk.go_on(steps)
    model = walk.model()
    same(model, train(tutorial, TrainSettings()))
    assert model.status is Status.EPOCH_LIMIT
    np.testing.assert_allclose([*model.coefficients, model.intercept], [-0.253187, 3.229442, 0.631114], atol=5e-7)
    assert walk.cost[[0, 100, 999]] == pytest.approx([0.693147, 0.284573, 0.235293], abs=5e-7)
    assert len(walk.cost) == len(walk.gradient_norm) == 1001


def test_more_epochs_can_be_allowed(tutorial: Rows) -> None:
    walk = Walk(tutorial, TrainSettings(max_iter=20))
    walk.go_on()
    assert walk.ended
    longer = TrainSettings(max_iter=50)
    assert walk.is_of(tutorial, longer)
    model = train(tutorial, longer, walk=walk)
    same(model, train(tutorial, longer))
    assert (model.settings, model.status) == (longer, Status.EPOCH_LIMIT)
    assert not walk.is_of(tutorial, TrainSettings(max_iter=49))  # it has passed that one
    assert not walk.is_of(tutorial, replace(longer, learning_rate=0.2))
    assert not walk.is_of(replace(tutorial, fingerprint="other"), longer)


def test_a_finished_or_hopeless_walk_goes_no_further(tutorial: Rows) -> None:
    walk = Walk(tutorial, TrainSettings(learning_rate=2.0, max_iter=100_000))
    walk.go_on()
    reached = walk.epoch
    assert walk.model().status is Status.CONVERGED
    walk.go_on(10)
    assert (walk.epoch, walk.ended) == (reached, True)
    too_far = Walk(tutorial, TrainSettings(learning_rate=1000.0))
    too_far.go_on(5)
    assert too_far.model().reason.startswith("The cost is higher than at the start")
    too_far.go_on(5)
    assert (too_far.model().status, too_far.ended) == (Status.DIVERGED, True)
    too_far.go_on(1)
    assert too_far.epoch == 10
    assert too_far.model(5).status is Status.PAUSED


def test_costs_beyond_floats_end_the_walk_at_the_last_finite_one() -> None:
    X, y = logistic_rows(50, 2)
    X *= 1e160
    rows = Rows(X, y, X[:5], y[:5], ("a", "b"))
    walk = Walk(rows, TrainSettings(learning_rate=1e6))
    walk.go_on()
    assert walk.ended
    assert np.isfinite(walk.cost).all()
    assert len(walk.cost) == walk.epoch + 1


def test_a_stopped_walk_can_be_gone_on_with(tutorial: Rows) -> None:
    settings = TrainSettings(max_iter=60)
    walk = Walk(tutorial, settings)
    walk.go_on(watch=lambda progress: progress.epoch == 20)
    assert walk.model().status is Status.STOPPED
    same(train(tutorial, settings, walk=walk), train(tutorial, settings))


def test_losses_of_an_epoch_are_those_of_its_weights(rows: Rows) -> None:
    settings = TrainSettings(learning_rate=0.5, max_iter=3000, alpha=0.05, tol=0.0)
    walk = Walk(rows, settings)
    walk.go_on(2000)
    model = walk.model(1234)  # not among the planned epochs
    parameters = np.append(model.coefficients, model.intercept)
    assert model.train_loss[-1] == pytest.approx(LogLoss(rows.X_train, rows.y_train).value(parameters), rel=1e-13)
    assert model.test_cost[-1] == LogLoss(rows.X_test, rows.y_test).value(parameters)


def test_what_cannot_be_trained_is_said_at_once(rows: Rows) -> None:
    with pytest.raises(TrainingError, match="number of epochs"):
        Walk(rows, TrainSettings(max_iter=0))
    with pytest.raises(TrainingError, match="same class"):
        Walk(replace(rows, y_train=np.ones(220)), TrainSettings())
