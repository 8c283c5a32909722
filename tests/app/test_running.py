"""What a running training must not do to the pages, whenever it ends and whoever else trains."""

import threading
import time

import pytest

from logreg_core.data import load_sample
from logreg_core.features import Recipe, prepare
from logreg_core.training import TrainSettings
from pages.shared import jobs
from tests.app.driver import DATA, EVALUATE, FEATURES, TRAIN


@pytest.fixture
def tutorial():
    table = load_sample("tutorial")
    recipe = Recipe("class", "1", ("feature 1", "feature 2"), scale=False, stratify=False)
    return table, prepare(table.frame, recipe, data_fingerprint=table.fingerprint)


def wait_until(condition, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def test_a_job_that_ends_while_the_page_is_drawn_is_never_half_seen(app, monkeypatch):
    app.click("data.use_sample").open(TRAIN)
    app.test.segmented_control(key="train.pace").set_value(jobs.FAST)
    app.run()
    # The job ends right after the page has asked whether it runs.
    real = jobs.TrainJob.done

    def done_then_ended(job: jobs.TrainJob) -> bool:
        was = real.fget(job)
        job.thread.join(20)
        return was

    monkeypatch.setattr(jobs.TrainJob, "done", property(done_then_ended))
    app.click("train.start")
    monkeypatch.setattr(jobs.TrainJob, "done", real)
    app.run()
    assert app.metrics["Test rows right"] == "90.00 %"
    assert app.test.button(key="train.stop").disabled
    assert "Nothing is trained yet" not in app.text


def test_jobs_wait_for_their_turn_and_can_be_stopped_while_they_wait(tutorial):
    table, prepared = tutorial
    endless = TrainSettings(max_iter=1_000_000)
    running = [jobs.TrainJob(table, prepared, endless, jobs.FAST) for _ in range(2)]
    try:
        wait_until(lambda: all(job.live().epoch > 0 for job in running))
        third = jobs.TrainJob(table, prepared, endless, jobs.FAST)
        time.sleep(0.3)
        assert third.live().waiting
        third.stop()
        wait_until(lambda: third.done, 2)
        assert third.outcome is None
        assert third.error is None
    finally:
        for job in running:
            job.stop()
    wait_until(lambda: all(job.done for job in running))
    assert all(job.outcome is not None for job in running)


def test_a_watched_run_lets_others_compute_while_it_waits(tutorial):
    table, prepared = tutorial
    watched = [jobs.TrainJob(table, prepared, TrainSettings(max_iter=50), jobs.WATCH) for _ in range(2)]
    quick = jobs.TrainJob(table, prepared, TrainSettings(max_iter=50), jobs.FAST)
    wait_until(lambda: quick.done)
    assert not any(job.done for job in watched)
    for job in watched:
        job.stop()
        job.thread.join(10)


def test_a_job_ends_when_its_stop_event_is_set_from_outside(tutorial):
    table, prepared = tutorial
    job = jobs.TrainJob(table, prepared, TrainSettings(max_iter=1_000_000), jobs.FAST)
    event = job.stop_event
    wait_until(lambda: job.live().epoch > 0)
    event.set()
    wait_until(lambda: job.done, 10)
    assert job.outcome.model.status.name == "STOPPED"


def test_stop_is_there_when_another_table_is_opened_during_a_run(app):
    app.click("data.use_sample").open(TRAIN)
    app.test.number_input(key="train.max_iter").set_value(1_000_000.0)
    app.run().click("train.start").open(DATA)
    app.use_sample("Breast tumours").open(TRAIN)
    assert "This run is from before your latest choices: class = 1 in Tutorial" in app.text.replace("**", "")
    assert not app.test.button(key="train.stop").disabled
    job = app.test.session_state["workspace.job"]
    app.click("train.stop")
    job.thread.join(20)
    app.run()
    assert "another table is open now" in app.text


def test_reruns_at_the_same_time_prepare_once(monkeypatch):
    """Two reruns of a session ask for the same thing while the first is still computing it."""
    from pages.shared import workspace

    state: dict = {}
    monkeypatch.setattr("streamlit.session_state", state)
    workspace.init()
    calls: list[str] = []

    def slow() -> str:
        calls.append("computed")
        time.sleep(0.2)
        return "value"

    answers: list[str] = []
    reruns = [threading.Thread(target=lambda: answers.append(workspace.remember("slot", 1, slow))) for _ in range(4)]
    for rerun in reruns:
        rerun.start()
    for rerun in reruns:
        rerun.join()
    assert answers == ["value"] * 4
    assert calls == ["computed"]


def test_axes_follow_the_table(app):
    app.use_sample("Customer churn (made up)").open(TRAIN).train()
    app.test.selectbox(key="train.x_axis").set_value("contract")
    app.run().open(DATA)
    app.use_sample("Breast tumours").open(TRAIN).train()
    assert app.test.selectbox(key="train.x_axis").value == "mean radius"
    assert app.test.selectbox(key="train.y_axis").value == "mean texture"
    chart = app.chart("train.boundary")
    assert chart["layout"]["xaxis"]["title"]["text"] == "mean radius"


def test_an_unfinished_or_useless_model_is_not_praised(app):
    app.use_sample("Card fraud (made up)").open(TRAIN)
    app.test.number_input(key="train.learning_rate").set_value(0.1)
    app.test.number_input(key="train.max_iter").set_value(300.0)
    app.run().train().open(EVALUATE)
    assert "Not finished: all epochs are used" in app.text
    assert "may still change" in app.text
    assert "no row is predicted fraud = yes" in app.text


def test_a_learning_rate_is_suggested_for_scaled_columns_and_kept_once_chosen(app):
    app.use_sample("Breast tumours").open(TRAIN)
    assert app.test.number_input(key="train.learning_rate").value == 0.3  # the largest of 1-3-10 below 0.598
    app.test.number_input(key="train.learning_rate").set_value(0.2)
    app.run().open(FEATURES).open(TRAIN)
    assert app.test.number_input(key="train.learning_rate").value == 0.2


def test_another_target_keeps_preparation_and_split(app):
    app.use_sample("Customer churn (made up)").open(FEATURES)
    app.test.slider(key="features.test_share").set_value(40)
    app.test.number_input(key="features.seed").set_value(7)
    app.run()
    app.test.selectbox(key="features.target").set_value("senior")
    app.run()
    assert app.test.slider(key="features.test_share").value == 40
    assert app.test.number_input(key="features.seed").value == 7
    assert "churned" in app.test.multiselect(key="features.columns").value


def test_a_fault_of_ours_is_told_calmly_and_logged(app, monkeypatch, caplog):

    monkeypatch.undo()  # the calm message itself is tested here
    monkeypatch.setattr("pages.shared.table_view.profile", lambda frame: 1 / 0)
    app.click("data.use_sample")
    assert "not your doing" in app.errors[0]
    assert "ZeroDivisionError" in caplog.text


def test_a_reader_that_fails_on_a_file_says_so_once(app, monkeypatch):
    calls: list[int] = []

    def fail(content: bytes, name: str, options: object, watch: object) -> None:
        calls.append(1)
        raise RuntimeError("inside")

    monkeypatch.setattr("pages.shared.reading_view.read_table", fail)
    app.upload("a.csv", b"a,b\n1,2\n").run()
    assert "could not be read" in app.errors[0]
    assert len(calls) == 1


@pytest.mark.parametrize("rate", [50.0, 1000.0])  # the cost of the first epochs is a third above the start, or 25 times
def test_a_run_that_blows_up_is_not_waited_for(app, monkeypatch, rate):
    monkeypatch.setattr(jobs, "WATCH_SECONDS", 1e6)  # nobody lives to see the end of a run that is waited for
    app.click("data.use_sample").open(TRAIN)
    app.test.number_input(key="train.learning_rate").set_value(rate)
    app.run().train(pace="Watch")
    assert app.errors
