"""Training step by step: counters, what is computed when, and the same numbers as at one go."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from tests.app.driver import DATA, EVALUATE, TRAIN, App


def epoch(app: App) -> str:
    return app.metrics["Epochs"]


def start(app: App) -> App:
    app.click("data.use_sample").open(TRAIN)
    app.test.segmented_control(key="train.pace").set_value("As fast as possible")
    return app.run()


def weights(app: App) -> list[float]:
    model = app.test.session_state["workspace.result"].model
    return [*model.coefficients, model.intercept]


def test_one_step_from_nothing_is_one_epoch_and_back_is_the_start(app, counted):
    start(app)
    calls = counted("pages.shared.jobs.train")
    assert app.test.button(key="train.back").disabled
    assert app.test.button(key="train.reset").disabled
    app.click("train.step_1")
    assert (epoch(app), app.metrics["Log loss at the start"]) == ("1", "0.6931")
    first = weights(app)
    assert first[1] > 0
    assert "Paused" in app.text
    assert "At epoch 1 of 1,000" in app.text
    app.click("train.back")
    assert epoch(app) == "0"
    assert weights(app) == [0.0, 0.0, 0.0]
    assert app.metrics["Log loss reached"] == "0.6931"
    assert app.test.button(key="train.back").disabled
    app.click("train.step_1")
    assert weights(app) == first
    app.click("train.step_10").click("train.step_100")
    assert epoch(app) == "111"
    app.run().open(DATA).open(TRAIN)
    assert epoch(app) == "111"
    assert len(calls) == 5  # one for each click, none for a rerun


def test_a_thousand_epochs_by_steps_are_the_tutorial_to_the_last_bit(app):
    start(app)
    app.click("train.step_10").click("train.step_100").click("train.back").click("train.step_1")
    app.click("train.to_end")
    assert epoch(app) == "1,000"
    by_steps = app.test.session_state["workspace.result"].model
    assert app.metrics["Test rows right"] == "90.00 %"
    assert "Not finished: all epochs are used" in app.text
    for key in ("train.step_1", "train.step_10", "train.step_100", "train.to_end"):
        assert app.test.button(key=key).disabled
    app.train()
    at_one_go = app.test.session_state["workspace.result"].model
    assert at_one_go is not by_steps
    np.testing.assert_array_equal(at_one_go.coefficients, by_steps.coefficients)
    np.testing.assert_array_equal(at_one_go.history.cost, by_steps.history.cost)
    assert weights(app) == pytest.approx([-0.253187, 3.229442, 0.631114], abs=5e-7)


def test_any_epoch_can_be_gone_to_by_typing_it_and_everything_follows(app):
    start(app).train()
    app.epoch_field.set_value(100)
    app.run()
    assert epoch(app) == "100"
    assert app.metrics["Log loss reached"] == "0.2846"
    assert "trained up to epoch 1,000" in app.text
    figure = app.chart("train.playback")
    steps = figure["layout"]["sliders"][0]
    assert steps["steps"][steps["active"]]["label"] == "100"
    assert figure["frames"][-1]["name"] == "1000"  # the way on is still there
    app.open(EVALUATE).open(TRAIN)
    assert epoch(app) == "100"
    assert app.epoch_field.value == 100
    app.epoch_field.set_value(5000)
    app.run()
    assert epoch(app) == "1,000"
    assert app.epoch_field.value == 1000
    assert "Training has not come to epoch 5,000 yet. This is the furthest, 1,000." in app.text
    app.epoch_field.set_value(-3)
    app.run()
    assert epoch(app) == "0"
    assert app.epoch_field.value == 0
    assert "There is no epoch -3" in app.text
    app.epoch_field.set_value(100)
    app.run()
    assert "There is no epoch" not in app.text
    assert "not come to epoch" not in app.text


def test_going_back_is_not_called_how_far_training_has_come(app):
    start(app).train()
    app.epoch_field.set_value(347)
    app.run()
    assert "Looking back at epoch 347: training has come to epoch 1,000." in app.text
    assert "this is how far training has come" not in app.text
    app.open(EVALUATE)
    assert "Looking back at epoch 347" in app.text
    assert "this is how far training has come" not in app.text


def test_reset_forgets_the_way_and_starts_at_the_same_place(app):
    start(app)
    app.test.selectbox(key="train.from").set_value("random")
    app.run()
    app.click("train.step_10")
    ten = weights(app)
    app.click("train.reset")
    assert epoch(app) == "0"
    assert weights(app) != [0.0, 0.0, 0.0]
    assert app.test.session_state["workspace.result"].walk.epoch == 0
    app.click("train.step_10")
    assert weights(app) == ten


def test_other_choices_begin_a_new_descent_and_more_epochs_go_on_with_it(app):
    start(app)
    app.test.number_input(key="train.max_iter").set_value(20.0)
    app.run().click("train.to_end")
    assert epoch(app) == "20"
    app.test.number_input(key="train.max_iter").set_value(50.0)
    app.run()
    assert "the choices for training have changed since" in app.text
    app.click("train.step_10")
    assert epoch(app) == "30"
    app.test.number_input(key="train.learning_rate").set_value(0.2)
    app.run()
    assert "Or step by step" in app.text
    app.click("train.step_1")
    assert epoch(app) == "1"


def test_nothing_moves_while_something_runs_and_exact_solutions_have_no_steps(app):
    start(app)
    app.test.number_input(key="train.max_iter").set_value(1_000_000.0)
    app.run()
    app.click("train.start")
    for key in ("train.step_1", "train.back", "train.reset", "train.to_end"):
        assert app.test.button(key=key).disabled
    job = app.test.session_state["workspace.job"]
    app.click("train.stop")
    job.thread.join(20)
    app.run()
    stopped = int(epoch(app).replace(",", ""))
    app.click("train.step_10")
    assert int(epoch(app).replace(",", "")) == stopped + 10
    app.test.segmented_control(key="train.method").set_value("Solve exactly")
    app.run()
    assert not [button for button in app.test.button if button.key == "train.step_1"]


def test_a_wrong_number_of_epochs_is_said_and_keeps_the_model(app):
    start(app)
    app.click("train.step_10")
    app.test.number_input(key="train.max_iter").set_value(0.0)
    app.run().click("train.step_1")
    assert any("number of epochs is 0" in error for error in app.errors)
    assert epoch(app) == "10"


def test_a_learning_rate_that_blows_up_ends_the_way(app):
    start(app)
    app.test.number_input(key="train.learning_rate").set_value(1000.0)
    app.run().click("train.step_100")
    assert any("The cost grew instead of falling" in error for error in app.errors)
    assert epoch(app) == "10"
    assert app.test.button(key="train.step_1").disabled
    assert "The log loss grew from 0.693 to 97.8: the steps are too large" in app.text
    assert "these weights say nothing" in app.text
    app.click("train.back")
    assert epoch(app) == "9"


def test_how_far_each_weight_is_from_its_best_value(app):
    start(app).train()
    drift = app.chart("train.drift")
    assert drift["layout"]["yaxis"]["ticktext"][0] == "(bias)"
    assert "Training is not finished: these weights will still change" in app.text
    app.click("train.finish")
    app.test.session_state["workspace.job"].thread.join(30)
    app.run()
    assert "will still change" not in app.text


def test_categories_alone_have_no_boundary_and_one_number_has_a_curve(app):
    rows = "".join(f"{'rgb'[k % 3]},{k / 7:.2f},{'yes' if k % 5 > 1 else 'no'}\n" for k in range(90))
    app.upload("a.csv", ("colour,size,answer\n" + rows).encode()).open("pages/features.py")
    app.test.selectbox(key="features.target").set_value("answer")
    app.run()
    app.test.multiselect(key="features.columns").set_value(["colour"])
    app.run().open(TRAIN).click("train.step_10")
    assert "a category has nothing in between" in app.text
    app.open("pages/features.py")
    app.test.multiselect(key="features.columns").set_value(["colour", "size"])
    app.run().open(TRAIN).click("train.step_10")
    assert app.chart("train.playback")["layout"]["xaxis"]["title"]["text"] == "size"


def test_the_way_is_computed_once(app, counted):
    start(app)
    calls = counted("pages.shared.playback_view.play_back", "pages.shared.playback_view.moving_boundary")
    app.train()
    assert sorted(calls) == ["moving_boundary", "play_back"]
    app.run().open(DATA).open(TRAIN)
    app.test.toggle(key="train.stacked").set_value(True)
    app.run()
    assert sorted(calls) == ["moving_boundary", "play_back"]


def test_a_cost_that_grows_is_told_while_it_does(app, monkeypatch):
    monkeypatch.setattr("pages.shared.jobs.WATCH_SECONDS", 20.0)  # the first epoch after two seconds
    monkeypatch.setattr("pages.shared.jobs._FAR_ABOVE", float("inf"))  # else it would be over before it is seen
    app.click("data.use_sample").open(TRAIN)
    app.test.number_input(key="train.learning_rate").set_value(1000.0)
    app.run().click("train.start")
    job = app.test.session_state["workspace.job"]
    end = time.monotonic() + 20
    while len(job.live().costs) < 2:
        assert time.monotonic() < end
        time.sleep(0.02)
    app.run()
    assert "The cost is above where it began" in app.text
    app.click("train.stop")
    job.thread.join(20)


def test_going_to_the_end_at_a_watchable_pace_can_be_paused_and_gone_on_with(app):
    app.click("data.use_sample").open(TRAIN).click("train.step_100")
    app.click("train.to_end")  # the pace is "Watch"
    job = app.test.session_state["workspace.job"]
    assert not job.done
    end = time.monotonic() + 20
    while job.live().epoch <= 100:
        assert time.monotonic() < end
        time.sleep(0.02)
    app.click("train.stop")
    job.thread.join(20)
    app.run()
    paused = int(epoch(app).replace(",", ""))
    assert 100 < paused < 1000
    app.click("train.step_1")
    assert epoch(app) == f"{paused + 1:,}"


def test_the_buttons_stay_where_they_are_and_it_is_said_what_the_replay_moves(app):
    start(app)

    def above(key):
        """What stands above a button, in the order of the page."""
        found = [getattr(element, "key", None) or element.type for element in app.test.main]
        return found[: found.index(key)]

    before = above("train.step_1")
    assert app.epoch_field.disabled
    app.click("train.step_10")
    assert above("train.step_1") == before
    assert "Play, Pause and the slider move the picture only" in app.text
    app.test.number_input(key="train.learning_rate").set_value(0.5)
    app.run()  # the picture is of other choices now: a step begins anew
    assert "move the picture only" not in app.text


def test_what_a_quick_user_sends_of_the_last_field_does_not_lead_back(app):
    start(app)
    key = app.epoch_field.key
    app.click("train.step_10")
    assert app.epoch_field.key != key
    assert app.epoch_field.value == 10
    app.epoch_field.set_value(4)
    before = app.epoch_field.key
    app.run()
    assert (app.epoch_field.key, app.epoch_field.value) == (before, 4)  # the focus stays where the user types


def test_going_to_an_epoch_of_other_choices_does_not_begin_anew(app, counted):
    start(app).click("train.step_10")
    app.test.session_state["workspace.recipe"] = replace(app.test.session_state["workspace.recipe"], scale=True)
    calls = counted("pages.shared.jobs.train")
    app.epoch_field.set_value(5)
    app.run()
    assert calls == []
    assert app.test.session_state["workspace.result"].model.n_iter == 10


def test_a_view_of_the_plane_survives_a_step_and_another_page(app):
    app.use_sample("Breast tumours").open("pages/features.py")
    app.test.multiselect(key="features.columns").set_value(["mean radius", "mean texture", "mean area"])
    app.run().open(TRAIN).click("train.step_10")
    app.test.selectbox(key="train.z_axis").set_value("mean area")
    app.run()
    app.test.segmented_control(key="train.boundary.view").set_value("Side")
    app.run().click("train.boundary.up")
    seen = app.chart("train.boundary")["layout"]["scene"]["camera"]
    app.click("train.step_1").open(EVALUATE).open(TRAIN)
    assert app.chart("train.boundary")["layout"]["scene"]["camera"] == seen


def test_the_playback_plays_and_pauses_without_its_own_buttons(app, counted):
    start(app).train()
    calls = counted("pages.shared.jobs.train")
    epochs = [frame["name"] for frame in app.chart("train.playback")["frames"]]
    assert app.test.button(key="train.film_play").label == "Play"  # nothing plays by itself
    app.click("train.film_play")
    assert app.test.button(key="train.film_play").label == "Pause"
    now, coming = (chart.proto for chart in app.test.get("plotly_chart") if "train.playback." in chart.proto.id)
    assert "Epoch 0" in now.spec  # at its end it begins anew
    assert f"Epoch {epochs[len(epochs) // 20]}" in coming.spec  # drawn before it is seen
    assert "frames" not in now.spec
    assert epoch(app) == "1,000"  # of the model, which stays
    app.run()
    assert app.test.button(key="train.film_play").label == "Play"  # another run of the page ends it
    app.test.select_slider(key="train.film_epoch").set_value(int(epochs[7]))
    app.run()
    steps = app.chart("train.playback")["layout"]["sliders"][0]
    assert steps["steps"][steps["active"]]["label"] == epochs[7]
    assert epoch(app) == "1,000"
    app.click("train.film_play").click("train.film_play")
    assert app.test.select_slider(key="train.film_epoch").value == int(epochs[7])
    assert calls == []


def test_a_zoom_survives_a_step_and_other_columns_begin_without(app):
    def epochs_shown():
        return [app.chart("train.playback")["layout"][f"xaxis{n}"]["range"] for n in (2, 3, 4, 5)]

    start(app).click("train.step_100")
    app.test.slider(key="train.film_span").set_value((10, 40))
    app.run().click("train.step_10")
    assert epochs_shown() == [[10, 40]] * 4
    app.click("train.film_whole")
    assert epochs_shown()[0][1] > 110
    app.test.slider(key="train.film_span").set_value((10, 40))
    app.run()
    app.test.selectbox(key="train.moving_x").set_value("feature 2")
    app.run()
    assert epochs_shown()[0][1] > 110
