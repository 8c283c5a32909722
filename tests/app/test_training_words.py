"""What the pages say of a trained model: its verdict, how it was trained, and what the choices mean for it."""

import numpy as np
import pandas as pd

from tests.app.driver import DATA, EVALUATE, FEATURES, TRAIN, App


def start(app: App) -> App:
    app.click("train.start")
    app.test.session_state["workspace.job"].thread.join(60)
    return app.run()


def exactly(app: App) -> App:
    app.test.segmented_control(key="train.method").set_value("Solve exactly")
    return app.run()


def upload(app: App, frame: pd.DataFrame, target: str) -> App:
    app.upload("table.csv", frame.to_csv(index=False).encode()).open(FEATURES)
    app.test.selectbox(key="features.target").set_value(target)
    return app.run().open(TRAIN)


def births() -> pd.DataFrame:
    """All with a weight above 120 have low = yes; at 120 there are both."""
    rng = np.random.default_rng(1)
    lwt = np.maximum(120, rng.integers(80, 160, 300))
    low = np.where((lwt > 120) | (rng.random(300) < 0.5), "yes", "no")
    return pd.DataFrame({"lwt": lwt, "age": rng.integers(15, 45, 300), "low": low})


def test_separation_is_told_in_the_users_units_on_train_and_in_a_line_on_evaluate(app):
    exactly(upload(app, births(), "low"))
    start(app)
    assert "rows with “lwt” above 120 have “low = yes”." in app.text
    app.open(EVALUATE)
    titles = [warning.proto.title for warning in app.test.warning]
    assert (
        "Without an end: some columns tell the classes apart by themselves, so their weights would grow forever."
        in titles
    )


def test_firth_ends_where_there_was_no_end(app):
    exactly(upload(app, births(), "low"))
    app.test.select_slider(key="train.penalty").set_value("strong")
    app.run()
    app.test.toggle(key="train.firth").set_value(True)
    app.run()
    assert app.test.select_slider(key="train.penalty").disabled  # it has no effect, and says so
    start(app)
    assert "Finished: the cost has reached its lowest point." in app.text
    assert "with Firth's correction" in app.text
    settings = app.test.session_state["workspace.result"].model.settings
    assert (settings.firth, settings.alpha) == (True, 0.0)
    app.open(EVALUATE)
    assert "with Firth's correction" in app.text
    assert float(app.metrics["Accuracy"].removesuffix(" %")) > 60


def test_the_tutorials_verdict_says_how_far_it_is_and_one_click_finishes(app, counted):
    app.click("data.use_sample").open(TRAIN).train()
    assert (
        "The cost is 0.0029 above its lowest point, and the bias is 2 standard errors from its best value." in app.text
    )
    assert "Trained by gradient descent, learning rate 0.1, 1,000 of 1,000 epochs, from weights of 0" in app.text
    app.open(EVALUATE)
    assert "These numbers, and the weights, may still change." in app.text
    app.open(TRAIN)
    calls = counted("pages.shared.jobs.train")
    app.click("train.finish")
    app.test.session_state["workspace.job"].thread.join(30)
    app.run()
    assert calls == ["train"]
    assert app.metrics["Log loss reached"] == "0.2324"
    assert app.test.segmented_control(key="train.method").value == "Solve exactly"
    assert "is from before" not in app.text
    assert not any(button.key == "train.finish" for button in app.test.button)


def test_finishing_keeps_the_objective(app):
    app.use_sample("Breast tumours").open(TRAIN)
    app.test.select_slider(key="train.penalty").set_value("weak")
    app.test.toggle(key="train.balanced").set_value(True)
    app.test.number_input(key="train.max_iter").set_value(20.0)
    app.run().train()
    app.test.select_slider(key="train.penalty").set_value("none")  # moved away since
    app.run().click("train.finish")
    app.test.session_state["workspace.job"].thread.join(30)
    app.run()
    settings = app.test.session_state["workspace.result"].model.settings
    assert (settings.method, settings.alpha, settings.balanced) == ("exact", 1e-3, True)
    assert app.test.select_slider(key="train.penalty").value == "weak"
    assert "is from before" not in app.text


def test_other_training_choices_mark_the_result_and_the_same_ones_do_not(app, counted):
    app.click("data.use_sample").open(TRAIN).train()
    calls = counted("pages.shared.jobs.train")
    reached = app.metrics["Log loss reached"]
    for change, back in (
        (lambda: app.test.number_input(key="train.learning_rate").set_value(0.5), 0.1),
        (lambda: app.test.number_input(key="train.learning_rate").set_value(0.2), 0.1),
    ):
        change()
        app.run()
        assert "the choices for training have changed since" in app.text
        assert app.metrics["Log loss reached"] == reached
        app.open(EVALUATE)
        assert "the choices for training have changed since" in app.text
        app.open(TRAIN)
        app.test.number_input(key="train.learning_rate").set_value(back)
        app.run()
        assert "have changed since" not in app.text
    app.test.segmented_control(key="train.pace").set_value("Watch")
    app.run()
    assert "have changed since" not in app.text  # the pace is no choice of the model
    exactly(app)
    assert "the choices for training have changed since" in app.text
    assert calls == []


def test_what_has_no_effect_makes_nothing_stale(app):
    exactly(app.click("data.use_sample").open(TRAIN))
    start(app)
    app.test.segmented_control(key="train.penalty_kind").set_value("Lasso")
    app.run()
    assert "have changed since" not in app.text
    assert "Nothing is held back as long as" in app.text


def test_an_error_about_a_learning_rate_goes_with_the_choice_it_was_about(app):
    app.click("data.use_sample").open(TRAIN)
    app.test.number_input(key="train.learning_rate").set_value(0.0)
    app.run().click("train.start")
    assert "The learning rate is 0" in app.errors[0]
    exactly(app)
    assert app.errors == []
    assert "Solving exactly goes straight" in app.text
    app.test.segmented_control(key="train.method").set_value("Watch it learn")
    app.run()
    assert "The learning rate is 0" in app.errors[0]
    app.test.number_input(key="train.learning_rate").set_value(0.1)
    app.run()
    assert app.errors == []


def test_an_error_of_a_run_goes_with_the_choice_it_was_about(app, monkeypatch):
    monkeypatch.setattr("logreg_core.training.firth.MOST_WORK", 10)
    exactly(app.click("data.use_sample").open(TRAIN))
    app.test.toggle(key="train.firth").set_value(True)
    start(app.run())
    assert "would take minutes" in app.errors[0]
    app.test.toggle(key="train.firth").set_value(False)
    app.run()
    assert app.errors == []
    assert "Nothing is trained yet" in app.text


def test_small_batches_are_not_told_to_go_on(app):
    app.click("data.use_sample").open(TRAIN)
    app.test.number_input(key="train.batch_size").set_value(16.0)
    app.run().train()
    assert "in small batches the cost hovers" in app.text
    assert "Allow more epochs" not in app.text
    assert "16 rows at a time" in app.text


def test_a_random_start_by_its_seed(app):
    app.click("data.use_sample").open(TRAIN)
    assert app.test.number_input(key="train.seed").disabled
    app.test.selectbox(key="train.from").set_value("random")
    app.run()
    app.test.number_input(key="train.seed").set_value(3)
    app.run()
    assert "starts with random weights" in app.text
    app.train()
    first = app.metrics["Log loss at the start"]
    assert first != "0.6931"
    assert "from random weights, seed 3" in app.text
    app.test.number_input(key="train.seed").set_value(4)
    app.run()
    assert "have changed since" in app.text
    app.train()
    assert app.metrics["Log loss at the start"] != first


def test_classes_that_count_alike_get_other_words_about_probabilities(app):
    app.use_sample("Card fraud (made up)").open(TRAIN)
    app.test.toggle(key="train.balanced").set_value(True)
    exactly(app.run())
    start(app).open(EVALUATE)
    assert "probabilities are not shares" in app.text
    assert "worse than none" not in app.text


def test_nearly_repeated_columns_are_named_under_the_weights(app):
    rng = np.random.default_rng(1)
    height = rng.normal(170, 10, 300).round(1)
    frame = pd.DataFrame({"height": height, "with shoes": (height + rng.normal(2, 0.5, 300)).round(1)})
    frame["tall"] = np.where(rng.random(300) < 1 / (1 + np.exp(-(height - 170) / 10)), "yes", "no")
    exactly(upload(app, frame, "tall"))
    start(app)
    assert "say nearly what other columns say too" in app.text
    app.test.select_slider(key="train.penalty").set_value("medium")
    start(app.run())
    assert "say nearly" not in app.text  # a penalty settles how they share their weight


def test_the_curve_compares_like_with_like_under_a_penalty(app):
    app.use_sample("Breast tumours").open(TRAIN)
    app.test.select_slider(key="train.penalty").set_value("strong")
    app.run().train()
    names = [trace["name"] for trace in app.chart("train.cost")["data"]]
    assert names == ["Training rows", "Test rows", "Training, with penalty"]
    assert "so that training and test rows can be compared" in app.text
    app.open(DATA).use_sample("Breast tumours").open(TRAIN)
    app.test.select_slider(key="train.penalty").set_value("none")
    app.run().train()
    assert len(app.chart("train.cost")["data"]) == 2


def test_an_exact_fit_does_not_pretend_to_start_from_zero(app):
    exactly(app.use_sample("Card fraud (made up)").open(TRAIN))
    start(app)
    assert "Log loss at the start" not in app.metrics
    without = float(app.metrics["Log loss without a model"])
    assert without < 0.2  # of a rare class far below that of a coin flip
    assert app.chart("train.cost")["layout"]["xaxis"]["title"]["text"] == "step"
    app.open(EVALUATE)
    measures = app.test.table[0].value.set_index("Measure")
    assert float(measures.loc["Log loss without a model"].iloc[1]) == without


def test_finishing_sets_controls_without_a_complaint_in_the_log(app, caplog, monkeypatch):
    monkeypatch.setattr("streamlit.elements.lib.policies._shown_default_value_warning", False)  # it complains once
    app.click("data.use_sample").open(TRAIN).train()
    caplog.clear()
    app.click("train.finish")
    app.test.session_state["workspace.job"].thread.join(30)
    app.run()
    assert app.test.segmented_control(key="train.penalty_kind").value == "Ridge"
    assert "default value" not in caplog.text
