"""What is played back of a descent, against the model at each epoch."""

from __future__ import annotations

import numpy as np
import pytest
from cases import tutorial

from logreg_core.data import load_sample
from logreg_core.evaluation import evaluate, frame_epochs, play_back, rows_right
from logreg_core.evaluation.playback import MOST_FRAMES
from logreg_core.features import Prepared, Recipe, prepare
from logreg_core.training import TrainSettings, Walk


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    frame = load_sample("tutorial").frame
    recipe = Recipe("class", "1", ("feature 1", "feature 2"), scale=False, stratify=False)
    return prepare(frame, recipe, data_fingerprint="tutorial")


@pytest.fixture(scope="module")
def walk(prepared: Prepared) -> Walk:
    made = Walk(prepared, TrainSettings())
    made.go_on()
    return made


@pytest.mark.parametrize("threshold", [0.5, 0.2])
def test_every_frame_says_what_the_model_of_its_epoch_says(prepared: Prepared, walk: Walk, threshold: float) -> None:
    film = play_back(walk, walk.model(), prepared, threshold=threshold, here=walk.model())
    assert (film.epochs[0], film.epochs[-1], film.last_epoch) == (0, 1000, 1000)
    assert 60 <= len(film.epochs) <= MOST_FRAMES
    assert (np.diff(film.epochs) > 0).all()
    for k in (0, 1, 2, 10, len(film.epochs) // 2, len(film.epochs) - 1):
        model = walk.model(int(film.epochs[k]))
        np.testing.assert_array_equal(film.parameters[k], [*model.coefficients, model.intercept])
        judged = evaluate(model, prepared)
        for part, found in ((judged.train, film.train), (judged.test, film.test)):
            at = part.at(threshold)
            assert found.right[k] == at.true_positive + at.true_negative
            assert found.rows == found.counted == at.total
            assert found.share[k] == pytest.approx(at.accuracy)
        assert film.train_loss[k] == pytest.approx(judged.train.log_loss, rel=1e-12)
        assert film.test_loss[k] == pytest.approx(judged.test.log_loss, rel=1e-12)
        assert film.gradient_norm[k] == walk.gradient_norm[film.epochs[k]]


def test_frames_are_dense_where_the_cost_falls(prepared: Prepared, walk: Walk) -> None:
    film = play_back(walk, walk.model(), prepared, threshold=0.5, here=walk.model())
    assert film.epochs[:10].tolist() == list(range(10))
    assert np.diff(film.epochs)[-10:].min() >= 10


def test_the_epoch_one_stands_at_is_among_the_frames(prepared: Prepared, walk: Walk) -> None:
    here = walk.model(777)
    film = play_back(walk, walk.model(), prepared, threshold=0.5, here=here)
    k = film.epochs.tolist().index(777)
    assert (np.diff(film.epochs) > 0).all()
    np.testing.assert_array_equal(film.parameters[k], [*here.coefficients, here.intercept])
    assert film.test_loss[k] == here.test_cost[-1]
    assert film.train_loss[k] == pytest.approx(here.train_loss[-1])


def test_a_walk_that_has_not_begun_to_move_is_one_frame(prepared: Prepared) -> None:
    walk = Walk(prepared, TrainSettings())
    walk.go_on(0)
    film = play_back(walk, walk.model(), prepared, threshold=0.5, here=walk.model())
    assert film.epochs.tolist() == [0]
    assert film.train_loss[0] == pytest.approx(np.log(2))
    assert film.train.right[0] == prepared.y_train.sum()  # a chance of one half counts as positive


def test_of_many_rows_a_sample_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    _, prepared, model = tutorial()
    parameters = np.array([[*model.coefficients, model.intercept]] * 3)
    everything = rows_right(prepared.X_train, prepared.y_train, parameters, 0.5)
    monkeypatch.setattr("logreg_core.evaluation.playback.MOST_PRODUCTS", 200 * parameters.size)
    sample = rows_right(prepared.X_train, prepared.y_train, parameters, 0.5)
    assert (sample.counted, sample.rows, everything.counted) == (200, 800, 800)
    # Four standard errors of a share of 200 rows of 800.
    assert sample.share[0] == pytest.approx(everything.share[0], abs=4 * np.sqrt(0.09 / 200))
    again = rows_right(prepared.X_train, prepared.y_train, parameters, 0.5)
    np.testing.assert_array_equal(sample.right, again.right)


def test_scores_beyond_floats_warn_nobody() -> None:
    X, y = np.array([[1e200], [-1e200]]), np.array([1.0, 0.0])
    # Infinite scores are on their side; a score that is no number is not positive.
    found = rows_right(X, y, np.array([[1e200, 0.0], [-1e200, 0.0], [np.inf, -np.inf]]), 0.5)
    assert found.right.tolist() == [2, 0, 1]


def test_no_test_rows() -> None:
    found = rows_right(np.empty((0, 2)), np.empty(0), np.zeros((2, 3)), 0.5)
    assert (found.counted, found.rows) == (0, 0)
    assert np.isnan(found.share).all()


def test_a_cost_that_blows_up_does_not_take_all_frames() -> None:
    epochs = np.arange(1000)
    cost = np.concatenate((np.linspace(0.7, 0.3, 500), 0.3 * 1.5 ** np.arange(500.0)))
    kept = frame_epochs(epochs, cost)
    assert (kept < 500).sum() >= 20
    assert (kept[0], kept[-1]) == (0, 999)
