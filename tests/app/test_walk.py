"""The whole walk through the four pages, and what must not happen on the way."""

import numpy as np
import pandas as pd
import pytest

from tests.app.driver import DATA, EVALUATE, FEATURES, TRAIN


def customers(rows: int = 240) -> bytes:
    rng = np.random.default_rng(3)
    months = rng.integers(1, 60, rows)
    left = rng.random(rows) < 1 / (1 + np.exp(0.08 * (months - 25)))
    frame = pd.DataFrame(
        {
            "Kündigung": np.where(left, "ja", "nein"),
            "Monate": months,
            "Beitrag": np.round(rng.normal(40, 9, rows), 2),
            "Tarif": rng.choice(["A", "B", "C"], rows),
            "Tag": pd.date_range("2026-01-01", periods=rows).strftime("%Y-%m-%d"),
        }
    )
    frame.loc[::20, "Beitrag"] = np.nan
    return frame.to_csv(index=False, sep=";", decimal=",").encode("cp1252")


def test_tutorial_figures_are_on_the_pages(app):
    app.click("data.use_sample").open(TRAIN).train()
    assert app.metrics["Log loss at the start"] == "0.6931"
    assert app.metrics["Log loss reached"] == "0.2353"
    assert app.metrics["Test rows right"] == "90.00 %"
    assert "Below 2.886 every step" in app.text  # 2/L = 2.88658 rounded down
    app.open(EVALUATE)
    assert app.metrics["Accuracy"] == "90.00 %"
    deltas = {metric.label: metric.delta for metric in app.test.metric}
    assert deltas["Accuracy"] == "likely 85.1 to 93.4 %"
    measures = app.test.table[0].value.set_index("Measure")
    assert measures.loc["Log loss"].iloc[1] == "0.2353"
    assert measures.loc["Accuracy"].iloc[0] == "90.00 %"


def test_a_users_own_table_goes_all_the_way(app):
    app.upload("kunden.csv", customers())
    assert "kunden.csv" in app.text
    assert "240 rows, 5 columns" in app.text
    app.open(FEATURES)
    assert app.test.selectbox(key="features.target").value is None
    app.test.selectbox(key="features.target").set_value("Kündigung")
    app.run()
    assert app.test.selectbox(key="features.positive").value == "ja"
    assert app.test.multiselect(key="features.columns").value == ["Monate", "Beitrag", "Tarif"]
    assert app.test.toggle(key="features.scale").value is True
    assert "filled with" in app.text
    app.click("features.next")
    assert app.title == "Train"
    app.open(TRAIN).train()  # the test's own page does not follow a switch made by the script
    assert "Kündigung = ja" in app.text
    app.click("train.next")
    assert app.title == "Evaluate"
    app.open(EVALUATE)
    assert float(app.metrics["Accuracy"].removesuffix(" %")) > 60
    app.open(DATA)
    assert "kunden.csv is open" in app.text.replace("**", "")


def test_every_page_says_what_to_do_when_there_is_nothing(app):
    for page in (FEATURES, TRAIN, EVALUATE):
        app.open(page)
        assert "No table is open yet." in app.text
        assert app.test.button(key="empty.use_sample")
    app.click("empty.use_sample")
    assert "No model is trained yet." in app.text
    app.open(TRAIN)
    assert app.test.button(key="train.start").disabled is False


def test_choices_survive_a_change_of_page(app):
    app.use_sample("Customer churn (made up)").open(FEATURES)
    app.test.multiselect(key="features.columns").set_value(["tenure months", "contract"])
    app.test.slider(key="features.test_share").set_value(30)
    app.test.number_input(key="features.seed").set_value(7)
    app.run().open(TRAIN)
    app.test.number_input(key="train.learning_rate").set_value(0.5)
    app.run().open(DATA).open(FEATURES)
    assert app.test.multiselect(key="features.columns").value == ["tenure months", "contract"]
    assert app.test.slider(key="features.test_share").value == 30
    assert app.test.number_input(key="features.seed").value == 7
    app.open(TRAIN)
    assert app.test.number_input(key="train.learning_rate").value == 0.5
    app.train().open(EVALUATE)
    app.test.slider(key="evaluate.threshold").set_value(0.3)
    app.run().open(TRAIN).open(EVALUATE)
    assert app.test.slider(key="evaluate.threshold").value == 0.3


def test_another_table_brings_its_own_choices_and_the_old_result_is_labelled(app):
    app.click("data.use_sample").open(FEATURES)
    assert app.test.toggle(key="features.scale").value is False
    app.open(TRAIN).train().open(DATA)
    app.use_sample("Breast tumours").open(FEATURES)
    assert app.test.selectbox(key="features.target").value == "diagnosis"
    assert app.test.selectbox(key="features.positive").value == "malignant"
    assert app.test.toggle(key="features.scale").value is True
    app.open(EVALUATE)
    assert "another table is open now" in app.text
    assert app.metrics["Accuracy"] == "90.00 %"
    app.open(TRAIN).train()
    assert "is from before" not in app.text


def test_changed_choices_label_the_result_and_changing_back_takes_the_label_away(app):
    app.click("data.use_sample").open(TRAIN).train().open(FEATURES)
    app.test.number_input(key="features.seed").set_value(1)
    app.run().open(EVALUATE)
    assert "have changed since" in app.text
    app.open(FEATURES)
    app.test.number_input(key="features.seed").set_value(42)
    app.run().open(EVALUATE)
    assert "have changed since" not in app.text


def test_threshold_moves_all_and_trains_nothing(app, counted):
    app.click("data.use_sample").open(TRAIN).train().open(EVALUATE)
    calls = counted("pages.shared.jobs.train", "pages.shared.jobs.evaluate", "pages.shared.workspace.choices.prepare")
    before = app.metrics, app.chart("evaluate.confusion"), app.chart("evaluate.roc")
    app.test.slider(key="evaluate.threshold").set_value(0.2)
    app.run()
    assert float(app.metrics["Recall"].removesuffix(" %")) > float(before[0]["Recall"].removesuffix(" %"))
    assert app.chart("evaluate.confusion") != before[1]
    assert app.chart("evaluate.roc") != before[2]
    app.open(TRAIN)
    assert "20 %" in str(app.chart("train.boundary"))
    assert calls == []


def test_no_widget_elsewhere_parses_prepares_profiles_trains_or_evaluates_again(app, counted):
    calls = counted(
        "pages.shared.reading_view.read_table",
        "pages.shared.bring.generate",
        "pages.shared.table_view.profile",
        "pages.shared.workspace.opened.find_targets",
        "pages.shared.workspace.choices.prepare",
        "pages.shared.jobs.train",
        "pages.shared.jobs.evaluate",
        "pages.shared.boundary_view.plane",
        "pages.shared.boundary_view.sample_points",
    )
    app.upload("kunden.csv", customers())
    app.test.selectbox(key="data.sample").set_value("Breast tumours")
    app.run().open(FEATURES)
    app.test.selectbox(key="features.target").set_value("Kündigung")
    app.run().open(TRAIN).train().open(EVALUATE)
    once = sorted(calls)
    assert once.count("read_table") == once.count("profile") == once.count("prepare") == once.count("train") == 1
    assert once.count("evaluate") == once.count("plane") == once.count("find_targets") == 1
    app.test.slider(key="evaluate.threshold").set_value(0.4)
    app.run().open(TRAIN)
    app.test.number_input(key="train.learning_rate").set_value(0.3)
    app.run()
    app.test.number_input(key="train.max_iter").set_value(50)
    app.run().open(DATA)
    app.test.selectbox(key="data.sample").set_value("Spam mail (made up)")
    app.run().open(FEATURES).open(EVALUATE)
    assert sorted(calls) == once


def test_generated_points_are_drawn_at_once_and_can_be_trained_on(app):
    first = app.chart("data.preview")
    app.test.selectbox(key="data.kind").set_value("Two moons")
    app.run()
    assert app.chart("data.preview") != first
    app.click("data.use_generated").open(FEATURES)
    app.test.number_input(key="features.degree").set_value(3)
    app.run().open(TRAIN).train()
    app.open(EVALUATE)
    assert float(app.metrics["Accuracy"].removesuffix(" %")) > 80


@pytest.mark.parametrize(
    ("columns", "traces"),
    [
        (["mean radius"], {"scatter"}),
        (["mean radius", "mean texture"], {"heatmap", "contour", "scatter"}),
        (["mean radius", "mean texture", "mean area"], {"heatmap", "contour", "scatter"}),
    ],
)
def test_boundary_fits_the_number_of_features(app, columns, traces):
    app.use_sample("Breast tumours").open(FEATURES)
    app.test.multiselect(key="features.columns").set_value(columns)
    app.run().open(TRAIN).train()
    assert {trace["type"] for trace in app.chart("train.boundary")["data"]} >= traces
    if len(columns) == 3:
        assert "The other column is held at a typical value: mean area" in app.text
        app.test.selectbox(key="train.z_axis").set_value("mean area")
        app.run()
        kinds = {trace["type"] for trace in app.chart("train.boundary")["data"]}
        assert kinds == {"surface", "scatter3d"}


def test_category_on_the_axis_shows_a_bar_for_each_level(app):
    app.use_sample("Customer churn (made up)").open(TRAIN).train()
    app.test.selectbox(key="train.x_axis").set_value("contract")
    app.run()
    assert {trace["type"] for trace in app.chart("train.boundary")["data"]} >= {"bar"}
    assert "held at typical values" in app.text


def test_stop_keeps_what_was_reached(app):
    app.click("data.use_sample").open(TRAIN)
    app.test.number_input(key="train.max_iter").set_value(1_000_000)
    app.run().click("train.start")
    job = app.test.session_state["workspace.job"]
    while job.live().epoch < 20:
        assert not job.done
    app.click("train.stop")
    job.thread.join(20)
    app.run()
    assert "Stopped by you" in app.text
    epochs = int(app.metrics["Epochs"].replace(",", ""))
    assert 20 <= epochs < 1_000_000


def test_leaving_the_page_does_not_lose_the_run(app):
    app.click("data.use_sample").open(TRAIN).click("train.start")
    job = app.test.session_state["workspace.job"]
    app.open(DATA)
    job.thread.join(30)
    app.open(EVALUATE)
    assert app.metrics["Accuracy"] == "90.00 %"


def test_a_second_click_starts_no_second_run(app, counted):
    calls = counted("pages.shared.jobs.train")
    app.click("data.use_sample").open(TRAIN).click("train.start")
    assert not app.test.button(key="train.start").disabled  # it would lose the focus
    for key in ("train.start", "train.to_end"):
        app.click(key)
        assert any("Training is running already" in toast.value for toast in app.test.toast)
    job = app.test.session_state["workspace.job"]
    job.thread.join(30)
    assert calls == ["train"]


def test_solving_exactly_reaches_the_optimum_of_the_tutorial(app):
    app.click("data.use_sample").open(TRAIN)
    app.test.segmented_control(key="train.method").set_value("Solve exactly")
    app.run().click("train.start")
    app.test.session_state["workspace.job"].thread.join(30)
    app.run()
    assert "Finished: the cost has reached its lowest point." in app.text
    assert app.metrics["Log loss reached"] == "0.2324"  # J = 0.23239 at the optimum
    weights = next(table.value for table in app.test.dataframe if "weight" in table.value.columns)
    assert weights["weight"].round(3).tolist() == [-0.627, 3.618, 1.477]


def test_lasso_leaves_columns_out_and_even_classes_find_more(app):
    app.use_sample("Customer churn (made up)").open(TRAIN)
    app.test.segmented_control(key="train.method").set_value("Solve exactly")
    app.run()
    app.click("train.start")
    app.test.session_state["workspace.job"].thread.join(30)
    app.run().open(EVALUATE)
    recall = float(app.metrics["Recall"].removesuffix(" %"))
    app.open(TRAIN)
    app.test.segmented_control(key="train.penalty_kind").set_value("Lasso")
    app.test.select_slider(key="train.penalty").set_value("medium")
    app.test.toggle(key="train.balanced").set_value(True)
    app.run().click("train.start")
    app.test.session_state["workspace.job"].thread.join(30)
    app.run()
    weights = next(table.value for table in app.test.dataframe if "weight" in table.value.columns)
    assert (weights["weight"] == 0).any()
    assert "Cost reached" in app.metrics
    app.open(EVALUATE)
    assert float(app.metrics["Recall"].removesuffix(" %")) > recall


def test_another_way_downhill(app):
    app.click("data.use_sample").open(TRAIN)
    app.test.selectbox(key="train.optimiser").set_value("nesterov")
    app.test.number_input(key="train.batch_size").set_value(64.0)
    app.run().train()
    assert 0.232 < float(app.metrics["Log loss reached"]) < 0.24


def test_separated_classes_are_said_with_the_column(app):
    frame = pd.DataFrame({"dose": range(100), "noise": np.tile([0.3, 1.1, 2.7, 0.9], 25)})
    frame["ill"] = np.where(frame["dose"] >= 50, "yes", "no")
    app.upload("dose.csv", frame.to_csv(index=False).encode()).open(FEATURES)
    app.test.selectbox(key="features.target").set_value("ill")
    app.run()
    app.test.multiselect(key="features.columns").set_value(["dose", "noise"])
    app.run().open(TRAIN).train()
    assert "Without an end" in app.text
    assert "dose" in next(warning.value for warning in app.test.warning)
