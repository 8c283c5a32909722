"""The laboratory under a trained model, and what the boundary holds: every view opens, every button does its work."""

import json

import numpy as np
import pandas as pd
import pytest

from logreg_core.training import course_of
from tests.app.driver import FEATURES, TRAIN, App

RATES, SURFACE, RACE, ONE_ROW = "Learning rate", "Cost surface", "Race", "One row, step by step"
VIEWS = (RATES, SURFACE, RACE, ONE_ROW)


def view(app: App, name: str) -> App:
    app.test.pills(key="lab.view").set_value(name)
    return app.run()


def number(app: App, key: str, value: float) -> App:
    app.test.number_input(key=key).set_value(value)
    return app.run()


def tutorial(app: App) -> App:
    return app.click("data.use_sample").open(TRAIN).train()


def finish(app: App) -> App:
    app.test.session_state["workspace.job"].thread.join(60)
    return app.run()


def run_race(app: App) -> App:
    app.click("lab.race.start")
    app.test.session_state["workspace.race"].thread.join(60)
    return app.run()


def own_table(app: App, frame: pd.DataFrame, target: str) -> App:
    app.upload("own.csv", frame.to_csv(index=False).encode()).open(FEATURES)
    app.test.selectbox(key="features.target").set_value(target)
    return app.run().open(TRAIN)


def test_nothing_is_computed_before_a_view_is_chosen_nor_twice(app, counted):
    calls = counted(
        "pages.shared.lab_rates.try_rates",
        "pages.shared.lab_map.cost_surface",
        "pages.shared.lab_one_row.moment",
        "pages.shared.race_job.race",
        "pages.shared.lab_course.course_of",
    )
    tutorial(app)
    assert "Two to four ways downhill" in app.text
    assert calls == []
    for name in (RATES, SURFACE, ONE_ROW, RATES, SURFACE, ONE_ROW):
        view(app, name)
    view(app, RACE)
    assert sorted(calls) == ["cost_surface", "course_of", "moment", "try_rates"]
    number(app, "lab.race.epochs", 50.0)
    assert "race" not in calls


def test_learning_rates_are_marked_tried_and_taken_over(app, counted):
    view(tutorial(app), RATES)
    assert "below **2.886**. Your rate, **0.1**, is 29 times below it." in app.text
    assert "Blows up: the cost is 0.931 at the end, above the 0.693 of the start. On the way" in app.text
    assert "Overshoots: the cost rises in 53 of 100 steps" in app.text
    assert "condition number 14" in app.text
    assert all(app.chart(f"lab.rate_curve.{name}")["data"] for name in ("too small", "right", "too large", "yours"))
    calls = counted("pages.shared.lab_rates.try_rates")
    number(app, "lab.rate", 2.0)
    assert calls == []  # a number typed starts nothing
    app.click("lab.try_rate")
    assert calls == ["try_rates"]
    assert "Your rate, **2**, is 1.4 times below it." in app.text
    app.click("lab.use_rate")
    app.run()
    assert app.test.number_input(key="train.learning_rate").value == 2.0
    number(app, "lab.rate", -1.0)
    app.click("lab.try_rate")
    assert any("learning rate is -1" in error for error in app.errors)


def test_scaling_is_one_click_and_changes_the_recipe(app):
    view(tutorial(app), RATES)
    assert not app.test.session_state["workspace.recipe"].scale
    app.click("lab.scale")
    app.run()
    assert app.test.session_state["workspace.recipe"].scale
    assert "the choices on the Features page have changed since" in app.text
    assert "Scaling is on now." in app.text
    app.open(FEATURES)
    assert app.test.toggle(key="features.scale").value
    app.open(TRAIN).train()
    view(app, RATES)
    assert "Your columns are scaled." in app.text


def test_the_map_follows_the_hand_and_descent_starts_there(app):
    view(tutorial(app), SURFACE)
    assert app.metrics["Best possible"] == "0.2324"
    worse = float(app.metrics["Cost where you are"])
    number(app, "lab.here.first.field", -0.627)
    number(app, "lab.here.second.field", 3.618)
    assert app.metrics["Cost where you are"] == "0.2324"
    assert worse > 0.25
    boundary = app.chart("lab.surface.boundary")
    assert any("Boundary" in str(trace.get("name")) for trace in boundary["data"])
    app.test.slider(key="lab.here.second.slider").set_value(1.0)
    app.run()
    assert app.test.number_input(key="lab.here.second.field").value == pytest.approx(1.0, abs=0.05)
    number(app, "lab.here.second.field", 2.0)
    app.click("lab.surface.descend")
    finish(app)
    settings = app.test.session_state["workspace.result"].model.settings
    assert settings.start == pytest.approx((-0.627, 2.0, 1.477), abs=1e-3)
    assert "from given weights" in app.text
    assert "is from before" not in app.text  # the controls say so too
    assert app.test.selectbox(key="train.from").value == "given"


def test_the_others_are_held_as_chosen_and_it_is_said(app):
    app.use_sample("Customer churn (made up)").open(TRAIN).train()
    view(app, SURFACE)
    assert "Held at their best values: the other 10 weights and the bias." in app.text
    for mode in ("where the model has them", "at their best for every place"):
        app.test.selectbox(key="lab.surface.others").set_value(mode)
        app.run()
        assert f"Held {mode}: the other 10 weights and the bias." in app.text
    assert float(app.metrics["Cost where you are"]) >= float(app.metrics["Best possible"])
    app.test.selectbox(key="lab.surface.first").set_value("0")
    app.test.selectbox(key="lab.surface.second").set_value("12")
    app.run()
    assert "the other 11 weights." in app.text


@pytest.mark.parametrize("epochs", [150.0, 1.0])
def test_a_race_is_run_drawn_and_judged(app, epochs):
    view(tutorial(app), RACE)
    app.click("lab.race.add")
    number(app, "lab.race.epochs", epochs)
    number(app, "lab.race.batch.0", 50.0)
    run_race(app)
    chart = app.chart("lab.race.chart")
    assert [trace["name"] for trace in chart["data"]] == [
        "1: Gradient descent, rate 0.1, 50 rows at a time",
        "2: Nesterov momentum, rate 0.1",
        "3: Adam, rate 0.1",
        "4: Line search, first rate 1",
    ]
    said = "First within 1 % of the lowest cost, 0.2324: lane" if epochs > 1 else "Nobody came within 1 %"
    assert said in app.text
    app.test.toggle(key="lab.race.gap").set_value(True)
    app.test.segmented_control(key="lab.race.against").set_value("seconds")
    app.run()
    assert app.chart("lab.race.chart")["layout"]["yaxis"]["type"] == "log"
    app.click("lab.race.remove")
    app.click("lab.race.remove")
    assert app.test.button(key="lab.race.remove").disabled
    assert not app.test.button(key="lab.race.add").disabled


def test_a_race_can_be_stopped_and_refused(app):
    view(tutorial(app), RACE)
    number(app, "lab.race.rate.1", -3.0)
    app.click("lab.race.start")
    assert any("learning rate is -3" in error for error in app.errors)
    assert "workspace.race" not in app.test.session_state  # nothing was started
    number(app, "lab.race.rate.1", 0.1)
    number(app, "lab.race.epochs", 1_000_000.0)
    app.click("lab.race.start")
    assert app.test.button(key="lab.race.start").disabled
    app.click("lab.race.stop")
    app.test.session_state["workspace.race"].thread.join(20)
    assert app.test.session_state["workspace.race"].done
    assert "Each lane computes for 10 seconds at most" in app.text
    app.run()
    assert not app.test.button(key="lab.race.start").disabled


def test_one_row_in_six_steps_at_any_epoch(app):
    view(tutorial(app), ONE_ROW)
    table = app.test.dataframe[-1].value
    result = app.test.session_state["workspace.result"]
    np.testing.assert_allclose(table["Weight"], [*result.model.coefficients, result.model.intercept])
    np.testing.assert_allclose(table["New weight"], table["Weight"] - 0.1 * table["Gradient of all rows"])
    app.click("lab.row.first")
    assert "All begin at 0" in app.text
    assert "**50.00 %**" in app.text
    assert "**4 · The loss**, **0.6931**" in app.text
    number(app, "lab.row.epoch", 500)
    app.click("lab.row.next")
    assert app.test.number_input(key="lab.row").value == 2
    app.click("lab.row.previous")
    app.click("lab.row.previous")
    assert app.test.number_input(key="lab.row").value == 800
    app.click("lab.row.wrong")
    at = app.test.number_input(key="lab.row").value - 1
    X, y = result.prepared.X_train, result.prepared.y_train
    assert (result.model.probabilities(X[at : at + 1])[0] >= 0.5) != (y[at] == 1)


def test_the_boundary_holds_the_other_columns_where_one_wants(app):
    app.use_sample("Customer churn (made up)").open(TRAIN).train()
    assert "The other 6 columns are held at typical values" in app.text
    before = app.chart("train.boundary")["data"][0]["z"]
    number(app, "train.held.row", 12)
    app.click("train.held.use_row")
    assert "held at the values of row 12" in app.text
    row = app.test.session_state["workspace.result"].table.frame.iloc[11]
    assert f"contract {row['contract']}" in app.text
    assert app.chart("train.boundary")["data"][0]["z"] != before
    options = app.test.selectbox(key="train.held.contract").options
    other = next(name for name in options if name != row["contract"])
    app.test.selectbox(key="train.held.contract").set_value(other)
    app.run()
    assert "held at the values of row 12, some changed by hand" in app.text
    app.click("train.held.use_typical")
    assert app.chart("train.boundary")["data"][0]["z"] == before
    app.test.number_input(key="train.held.support calls.field").set_value(40.0)
    app.run()
    assert "Faded: few real rows are near" in app.text  # nobody calls forty times
    names = [trace.get("name") for trace in app.chart("train.boundary")["data"]]
    assert "Faded: few real rows, guessing" in names


# ---------------------------------------------------------------- hostile tables and runs


def all_views(app: App) -> App:
    for name in VIEWS:
        view(app, name)
    view(app, RACE)
    number(app, "lab.race.epochs", 10.0)
    return run_race(app)


def test_one_feature(app):
    rng = np.random.default_rng(0)
    x = rng.normal(size=60)
    frame = pd.DataFrame({"x": x, "bought": np.where(rng.random(60) < 1 / (1 + np.exp(-x)), "yes", "no")})
    own_table(app, frame, "bought").train()
    all_views(app)
    view(app, SURFACE)
    assert "Held" not in app.text
    view(app, RATES)
    assert "This takes two number columns" in app.text


def test_only_categories(app):
    rng = np.random.default_rng(0)
    kinds, places = rng.choice(["a", "b", "c"], 200), rng.choice(["north", "south"], 200)
    frame = pd.DataFrame({"kind": kinds, "place": places, "bought": rng.choice(["yes", "no"], 200)})
    own_table(app, frame, "bought").train()
    all_views(app)


def test_a_constant_and_a_missing_column_and_few_rows(app):
    frame = pd.DataFrame({"a": [1.0, 2, 3, 4, 5, 6], "b": [2.0, 1, np.nan, 2, 1, 3], "bought": [0, 1, 0, 1, 0, 1]})
    own_table(app, frame, "bought")
    app.open(FEATURES)
    app.test.slider(key="features.test_share").set_value(50)
    app.run().open(TRAIN).train()
    all_views(app)


def test_separated_classes_have_no_lowest_point_and_it_is_said(app):
    app.use_sample("Breast tumours").open(TRAIN).train()
    for name in VIEWS:
        view(app, name)
        if name not in {ONE_ROW, RACE}:
            assert "the cost falls towards 0 for ever" in app.text
        if name == SURFACE:
            assert app.metrics["Best possible"] == "none"
    view(app, RACE)
    run_race(app)
    assert "nobody arrives" in app.text
    assert app.test.toggle(key="lab.race.gap").disabled


def test_many_columns(app):
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(rng.normal(size=(300, 500)), columns=[f"column {j}" for j in range(500)])
    frame["bought"] = np.where(rng.random(300) < 0.5, "yes", "no")
    own_table(app, frame, "bought").train()
    all_views(app)


def test_a_run_that_blew_up(app):
    app.click("data.use_sample").open(TRAIN)
    number(app, "train.learning_rate", 1e6).train()
    all_views(app)
    view(app, SURFACE)
    assert "most of its way lies outside of the map" in app.text
    view(app, ONE_ROW)
    spec = json.dumps(app.chart("lab.row.score"))
    assert "NaN" not in spec


@pytest.mark.parametrize("way", ["adam", "line_search", "batches", "random"])
def test_other_ways_downhill(app, way):
    app.click("data.use_sample").open(TRAIN)
    if way == "batches":
        app.test.number_input(key="train.batch_size").set_value(32.0)
    elif way == "random":
        app.test.selectbox(key="train.from").set_value("random")
    else:
        app.test.selectbox(key="train.optimiser").set_value(way)
    app.run().train()
    all_views(app)


@pytest.mark.parametrize("kind", ["Ridge", "Lasso", "firth"])
def test_exact_fits_have_no_way_to_show_and_their_own_objective(app, kind):
    app.use_sample("Customer churn (made up)").open(TRAIN)
    app.test.segmented_control(key="train.method").set_value("Solve exactly")
    app.run()
    if kind == "firth":
        app.test.toggle(key="train.firth").set_value(True)
    else:
        app.test.select_slider(key="train.penalty").set_value("weak")
        app.test.segmented_control(key="train.penalty_kind").set_value(kind)
        app.test.toggle(key="train.balanced").set_value(True)
    app.run().click("train.start")
    finish(app)
    view(app, SURFACE)
    if kind != "firth":
        assert app.metrics["Best possible"] == app.metrics["Cost reached"]
    assert "Descent" not in [trace.get("name") for trace in app.chart("lab.surface.map")["data"]]
    view(app, ONE_ROW)
    assert not any(button.key == "lab.row.first" for button in app.test.button)
    assert "Solved exactly" in app.text
    all_views(app)


def test_the_cost_surface_says_beside_the_cost_what_is_held(app):
    view(tutorial(app), SURFACE)
    assert "Held at their best values: the bias, 1.477." in app.text
    assert "The run itself began with a cost of 0.6931" in app.text


def test_the_cost_surface_is_over_the_first_two_columns_at_every_epoch(app):
    def axes(layout):
        return [layout[axis]["title"]["text"] for axis in ("xaxis", "yaxis")]

    view(tutorial(app), SURFACE)
    assert axes(app.chart("lab.surface.map")["layout"]) == ["weight of feature 1", "weight of feature 2"]
    app.epoch_field.set_value(0)
    app.run()
    assert axes(app.chart("lab.surface.map")["layout"]) == ["weight of feature 1", "weight of feature 2"]


def test_of_a_sample_the_costs_at_a_place_are_those_of_all_rows(app, monkeypatch):
    """A finished model has the lowest cost there is: no "best possible" beside it is above or below it."""
    monkeypatch.setattr(
        "pages.shared.lab_course.course_of",
        lambda rows, settings, most_cells=1, **known: course_of(rows, settings, most_cells=most_cells, **known),
    )
    monkeypatch.setattr("pages.shared.lab_map._MOST_ROWS", 500)
    app.use_sample("Customer churn (made up)").open(TRAIN)
    app.test.segmented_control(key="train.method").set_value("Solve exactly")
    app.run().click("train.start")
    finish(app)
    view(app, RATES)
    assert "Computed from 2,000 of the 2,400 training rows" in app.text  # what is tried out in there is of a sample
    assert "On all 2,400 training rows," in app.text  # but there is one safe rate, which the page says, too
    view(app, SURFACE)
    reached = app.test.session_state["workspace.result"].model.final_cost
    assert app.metrics["Best possible"] == f"{reached:.4f}"
    best = app.test.session_state["workspace.result"].model.coefficients[:2]
    for key, weight in zip(("first", "second"), best, strict=True):
        number(app, f"lab.here.{key}.field", float(weight))
    for mode in ("at their best values", "at their best for every place"):
        app.test.selectbox(key="lab.surface.others").set_value(mode)
        app.run()
        assert app.metrics["Cost where you are"] == app.metrics["Best possible"]
    assert "of 500 rows only" in app.text
    assert any("500 rows" in str(trace.get("colorbar")) for trace in app.chart("lab.surface.map")["data"])


def test_a_place_beyond_the_map_is_kept_and_an_empty_field_is_said(app):
    view(tutorial(app), SURFACE)
    number(app, "lab.here.first.field", 99.0)
    assert "This is beyond the map" in app.text
    slider = app.test.slider(key="lab.here.first.slider")
    slider.set_value(slider.max)  # as the browser sends back what was set from here
    app.run()
    assert app.test.number_input(key="lab.here.first.field").value == 99.0
    number(app, "lab.here.first.field", None)
    assert "The field is empty" in app.text


def test_sliders_of_held_columns_offer_what_the_training_rows_have(app):
    app.use_sample("Customer churn (made up)").open(TRAIN).train()
    calls = app.test.slider(key="train.held.support calls.slider")
    assert (calls.min, calls.step) == (0.0, 1.0)


def test_an_empty_learning_rate_or_number_of_epochs_is_not_zero(app):
    app.click("data.use_sample").open(TRAIN)
    for key, said in (
        ("train.learning_rate", "No learning rate is given"),
        ("train.max_iter", "No number of epochs is given"),
    ):
        before = app.test.number_input(key=key).value
        number(app, key, None).click("train.start")
        assert any(said in error for error in app.errors)
        number(app, key, before)
