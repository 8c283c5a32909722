"""The lessons open at their addresses, notice an answer, and lead into the app."""

import contextlib
import io

import pytest

from pages.shared.lessons.catalogue import LESSONS
from tests.app.driver import App

LEARN = "pages/learn.py"


def lesson(app: App, key: str) -> App:
    app.test.switch_page(LEARN)
    app.test.query_params["lesson"] = key
    return app.run()


def answered(app: App) -> bool:
    return ":material/check_circle:" in app.text


def test_the_list_names_every_lesson(app):
    app.open(LEARN)
    assert app.title == "Learn"
    for entry in LESSONS:
        assert entry.line in app.text


@pytest.mark.parametrize("entry", LESSONS, ids=lambda entry: entry.key)
def test_every_lesson_opens_at_its_address_with_its_question_open(app, entry):
    lesson(app, entry.key)
    assert app.title == entry.title
    assert "To find out." in app.text
    assert not answered(app)
    charts = app.test.get("plotly_chart")
    assert charts
    assert all(len(chart.proto.alt) > 40 for chart in charts)
    assert any(expander.label.startswith("The numbers of th") for expander in app.test.expander)


# What the reader has to set: the answers, found here by hand and not by the lessons' own code.
ANSWERS = {
    "kinds": {"learn.kinds.acted": 9},
    "sigmoid": {"learn.sigmoid.weight": 2.0, "learn.sigmoid.bias": -8.0},
    "boundary": {"learn.boundary.weight0": 1.5, "learn.boundary.weight1": -1.5, "learn.boundary.bias": 0.5},
    "threshold": {"learn.threshold.cut": 21},
    "log-loss": {"learn.log_loss.p": 3},
    "squared-error": {"learn.squared.weight": -4.0, "learn.squared.bias": 4.0},
    "gradient": {"learn.gradient.x": 0.0},
    "learning-rate": {"learn.rate.own": 5.0},
    "curved": {"learn.curved.degree": 2},
    "odds": {"learn.odds.w": 0.69},
}


@pytest.mark.parametrize("key", ANSWERS)
def test_a_lesson_notices_its_answer(app, key):
    lesson(app, key)
    for name, value in ANSWERS[key].items():
        inputs = [*app.test.slider, *app.test.number_input]
        next(widget for widget in inputs if widget.key == name).set_value(value)
    app.run()
    assert answered(app)
    app.test.query_params.clear()
    app.open(LEARN).run()  # once more: the timer with which another lesson begins at its top does not run here
    assert "Answered." in app.text


@pytest.mark.parametrize(("percent", "right"), [(17, True), (30, True), (60, False)])
def test_a_threshold_as_good_as_chance_can_tell_is_an_answer(app, percent, right):
    lesson(app, "threshold")
    assert "chance moves the lowest point about" in app.text  # before the question is answered
    app.test.slider(key="learn.threshold.cut").set_value(percent)
    app.run()
    assert answered(app) == right


def test_descent_is_walked_by_buttons_and_both_ways(app):
    lesson(app, "descent")
    start = app.chart("learn.descent.boundary")
    app.click("learn.descent.step.ten").click("learn.descent.step.step")
    assert app.test.number_input(key="learn.descent.step").value == 11
    assert app.chart("learn.descent.boundary") != start
    app.click("learn.descent.step.back")
    assert app.test.number_input(key="learn.descent.step").value == 10
    app.click("learn.descent.step.reset")
    assert app.chart("learn.descent.boundary") == start
    app.click("learn.descent.step.back")
    assert app.test.number_input(key="learn.descent.step").value == 0


def test_a_dial_moves_by_its_buttons_and_stays_between_its_ends(app):
    lesson(app, "curved")
    app.click("learn.curved.degree.less")
    assert app.test.slider(key="learn.curved.degree").value == 1
    app.click("learn.curved.degree.more")
    assert app.test.slider(key="learn.curved.degree").value == 2
    assert answered(app)


def test_an_unknown_lesson_is_said_calmly(app):
    lesson(app, "<b>nothing</b>")
    assert "There is no lesson called" in app.text
    assert app.title == "Learn"


def test_what_was_moved_survives_a_change_of_page(app):
    lesson(app, "odds")
    app.test.slider(key="learn.odds.w").set_value(0.69)
    app.run().open("pages/data.py")
    lesson(app, "odds")
    assert app.test.slider(key="learn.odds.w").value == 0.69


def test_a_row_of_ones_own_model_is_on_the_penalty_curve(app):
    app.click("data.use_sample").open("pages/train.py").train()
    lesson(app, "log-loss")
    app.test.segmented_control(key="learn.log_loss.which").set_value("A row of your model")
    app.run()
    result = app.test.session_state["workspace.result"]
    app.test.number_input(key="learn.log_loss.row").set_value(3)
    app.run()
    probability = float(result.model.probabilities(result.prepared.X_test[2:3])[0])
    assert f"a chance of **{100 * probability:.1f} %**" in app.text
    assert f"this row is class = {int(result.prepared.y_test[2])}" in app.text


def test_the_tutorial_shows_its_figures(app):
    app.open("pages/tutorial.py")
    said = str([table.value for table in app.test.table]) + app.text + str(app.metrics)
    for figure in ("0.693147", "0.284573", "0.235293", "-0.253187", "3.229442", "0.631114", "90.00 %", "85.1 and 93.4"):
        assert figure in said, figure
    assert "go from 85 to 95 %" in app.text
    assert "is 0.53" in app.text


def test_the_code_blocks_of_the_tutorial_run_when_pasted_in_order(app):
    app.open("pages/tutorial.py")
    blocks = [block.value for block in app.test.code if block.language == "python"]
    assert blocks[0].startswith("from typing import Any")
    said, names = io.StringIO(), {"__name__": "pasted"}
    with contextlib.redirect_stdout(said):
        for block in blocks:
            exec(compile(block, "pasted", "exec"), names)
    assert said.getvalue().strip() == app.test.code[-1].value
    assert said.getvalue().split()[-1] == "0.9"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("threshold", "go on to the Evaluate page: the threshold is a slider there."),
        ("odds", "each column's odds ratio is in the table under Weights."),
    ],
)
def test_a_lesson_says_where_in_the_app_its_subject_is(app, key, said):
    lesson(app, key)
    assert said in app.text


@pytest.mark.parametrize(
    ("key", "field", "typed", "kept"),
    [
        ("learning-rate", "learn.rate.own", 500.0, "500 is outside; 100 is taken"),
        ("learning-rate", "learn.rate.own", -1.0, "-1 is outside; 0.01 is taken"),
        ("learning-rate", "learn.rate.own", None, "No learning rate is typed; this is shown"),
        ("descent", "learn.descent.step", 501, "501 is outside; this is shown with 500"),
        ("odds", "learn.odds.sd", 0.0, "0 is outside; this is shown with 0.1"),
    ],
)
def test_a_number_outside_what_a_lesson_shows_is_told(app, key, field, typed, kept):
    lesson(app, key)
    assert "is outside" not in app.text
    app.test.number_input(key=field).set_value(typed)
    app.run()
    assert kept in app.text
    if kept.endswith("is taken"):  # and the field has it
        assert app.test.number_input(key=field).value == float(kept.split()[-3])
    app.test.number_input(key=field).set_value(2)
    app.run()
    assert "is outside" not in app.text


def test_a_step_beyond_the_last_is_left_by_the_buttons(app):
    lesson(app, "descent")
    app.test.number_input(key="learn.descent.step").set_value(9999)
    app.run().click("learn.descent.step.back")
    assert app.test.number_input(key="learn.descent.step").value == 499


def test_rates_are_drawn_whole_and_what_leaves_the_picture_is_told(app):
    lesson(app, "learning-rate")
    assert "Mind the axis: it goes to 17." in app.text
    for place in range(4):
        panel = app.chart(f"learn.rate.panel{place}")
        assert panel["layout"]["yaxis"]["range"][1] >= 1.2
    assert "jumps to and fro between 0.4" in app.text
    assert "The picture ends at 3" not in app.text
    app.test.number_input(key="learn.rate.own").set_value(80.0)
    app.run()
    assert "The picture ends at 3; the cost reaches 7.73." in app.text


def test_points_beyond_0_and_100_percent_are_explained(app):
    lesson(app, "sigmoid")
    assert "moved up or down a little" in app.text


def test_tables_of_lessons_wrap_on_a_phone(app):
    lesson(app, "odds")
    table = app.test.table[0].value
    assert list(table.columns)[1:] == ["as it is", "1 unit more", "1 standard deviation more"]
    assert not any("Odds" in frame.value.columns for frame in app.test.dataframe)


def test_the_chain_rule_is_a_table_that_wraps(app):
    lesson(app, "gradient")
    table = app.test.table[0].value
    assert list(table.columns) == ["What", "Number", "How"]
    assert "-0.5000" in list(table["Number"])


def test_the_link_of_the_odds_lesson_leads_to_odds_ratios(app):
    query = next(entry for entry in LESSONS if entry.key == "odds").experiment.to_query()
    app.test.switch_page("pages/train.py")
    for key, value in query.items():
        app.test.query_params[key] = value
    app.run().click("train.start")
    app.test.session_state["workspace.job"].thread.join(60)
    app.run()
    assert any("odds ratio" in table.value.columns for table in app.test.dataframe)


def test_a_plane_is_looked_at_from_other_sides_without_dragging(app):
    def camera():
        return app.chart("learn.boundary.picture")["layout"]["scene"]["camera"]

    lesson(app, "boundary")
    app.test.segmented_control(key="learn.boundary.features").set_value("Three")
    app.run()
    start = app.chart("learn.boundary.picture")
    app.test.segmented_control(key="learn.boundary.space.view").set_value("Front")
    app.run()
    front = app.chart("learn.boundary.picture")
    assert camera()["eye"]["x"] == 0
    assert camera() != start["layout"]["scene"]["camera"]
    # A second click on the same view lets go of it in the browser: it is meant once more, and turns a dragged one back.
    app.test.segmented_control(key="learn.boundary.space.view").set_value(None)
    app.run()
    assert app.test.segmented_control(key="learn.boundary.space.view").value == "Front"
    assert camera() == front["layout"]["scene"]["camera"]
    assert app.chart("learn.boundary.picture") != front
    app.click("learn.boundary.space.right").click("learn.boundary.space.up")
    assert app.test.segmented_control(key="learn.boundary.space.view").value is None
    turned = camera()
    assert turned["eye"]["x"] < 0 < turned["eye"]["z"]
    app.click("learn.boundary.weight0.more")  # what is drawn changes, from where it is seen does not
    assert camera() == turned
    app.click("learn.boundary.space.left").click("learn.boundary.space.down")
    assert app.test.segmented_control(key="learn.boundary.space.view").value == "Front"
