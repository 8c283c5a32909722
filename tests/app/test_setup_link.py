"""A link opens exactly the set-up it was copied from; nonsense in an address is one calm sentence."""

from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import pytest

from logreg_core.experiment import Experiment, Source
from logreg_core.training import TrainSettings
from pages.shared.lessons.catalogue import LESSONS
from tests.app.driver import DATA, FEATURES, TRAIN, App

CUSTOMERS = pd.DataFrame(
    {"months": range(1, 41), "calls": [n % 7 for n in range(40)], "left": ["yes", "no", "no", "yes"] * 10}
).to_csv(index=False)


def follow(app: App, query: dict[str, str], page: str = TRAIN) -> App:
    """Open an address with this query."""
    app.test.switch_page(page)
    app.test.query_params.clear()
    for key, value in query.items():
        app.test.query_params[key] = value
    return app.run()


def copied(app: App) -> dict[str, str]:
    """The query of the link that the Train page shows."""
    links = [code.value for code in app.test.code if "?data=" in code.value]
    assert len(links) == 1
    assert urlsplit(links[0]).path == "/train"
    return dict(parse_qsl(urlsplit(links[0]).query, keep_blank_values=True))


def test_a_copied_link_opens_the_same_set_up_in_another_session(app):
    app.use_sample("Customer churn (made up)").open(FEATURES)
    app.test.multiselect(key="features.columns").set_value(["tenure months", "contract"])
    app.test.number_input(key="features.seed").set_value(7)
    app.test.toggle(key="features.scale").set_value(False)
    app.run().open(TRAIN)
    app.test.number_input(key="train.learning_rate").set_value(0.0625)
    app.test.number_input(key="train.max_iter").set_value(50.0)
    app.test.toggle(key="train.balanced").set_value(True)
    app.run()
    query = copied(app)
    recipe = app.test.session_state["workspace.recipe"]

    other = follow(App(), query)
    assert other.errors == []
    assert other.test.session_state["workspace.recipe"] == recipe
    assert copied(other) == query
    assert other.test.number_input(key="train.learning_rate").value == 0.0625
    assert other.test.button(key="train.start").disabled is False
    other.open(FEATURES)
    assert other.test.multiselect(key="features.columns").value == ["tenure months", "contract"]
    other.open(TRAIN)
    assert copied(other) == query


def test_a_repair_of_no_possible_size_in_a_link_is_refused_and_no_page_stumbles_over_it(app):
    query = {
        "data": "churn",
        "recipe.target": "churned",
        "recipe.positive": "yes",
        "recipe.features": '["tenure months"]',
        "recipe.steps": f'[{{"kind": "clip", "columns": ["tenure months"], "width": {"9" * 400}}}]',
    }
    follow(app, query)
    assert len(app.errors) == 1
    assert "clip: “width” has a value that is not known here: a number is wanted." in app.errors[0]
    app.open(FEATURES).open(DATA)


def test_following_a_link_trains_nothing(app, counted):
    calls = counted("pages.shared.jobs.train")
    follow(app, LESSONS[1].experiment.to_query())
    assert calls == []
    assert "Nothing is trained yet." in app.text


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_every_lesson_leads_into_the_app_with_its_settings(app, lesson):
    follow(app, lesson.experiment.to_query())
    assert app.errors == []
    assert app.test.button(key="train.start").disabled is False
    there = Experiment.from_query(copied(app))
    assert there.source == lesson.experiment.source
    assert there.settings == lesson.experiment.settings
    if lesson.experiment.recipe is not None:
        assert there.recipe == lesson.experiment.recipe


def test_choices_made_after_a_link_stay(app):
    follow(app, Experiment(Source(sample="tutorial"), settings=TrainSettings(learning_rate=0.5)).to_query())
    app.test.number_input(key="train.learning_rate").set_value(0.25)
    app.run().run()
    assert app.test.number_input(key="train.learning_rate").value == 0.25


def test_the_same_link_can_be_followed_again(app):
    query = Experiment(Source(sample="tutorial"), settings=TrainSettings(learning_rate=0.5)).to_query()
    follow(app, query)
    app.test.number_input(key="train.learning_rate").set_value(0.25)
    app.run()
    follow(app, {}, DATA)
    follow(app, query)
    assert app.test.number_input(key="train.learning_rate").value == 0.5


def test_a_users_own_table_is_kept_when_a_link_opens_another(app):
    app.upload("customers.csv", CUSTOMERS.encode()).open(FEATURES)
    app.test.selectbox(key="features.target").set_value("left")
    app.run()
    recipe = app.test.session_state["workspace.recipe"]
    follow(app, Experiment(Source(sample="tutorial")).to_query())
    assert app.test.session_state["workspace.table"].name == "Tutorial: two clusters"
    assert "customers.csv" in app.text
    app.click("setup.back")
    assert app.test.session_state["workspace.table"].name == "customers.csv"
    assert app.test.session_state["workspace.recipe"] == recipe


def lesson_link(app: App) -> list[str]:
    """Labels of the links that lead back to a lesson."""
    return [link.proto.label for link in app.test.get("page_link") if link.proto.label == "Back to the lesson"]


def test_from_the_app_there_is_a_way_back_to_the_lesson_until_another_table_is_open(app):
    lesson = LESSONS[8]
    follow(app, {**lesson.experiment.to_query(), "lesson": lesson.key})
    assert lesson_link(app)
    follow(app, {}, FEATURES)
    assert lesson_link(app)
    follow(app, {"lesson": lesson.key}, "pages/learn.py")
    assert not lesson_link(app)  # one is there
    follow(app, {}, DATA)
    assert lesson_link(app)
    app.use_sample("Customer churn (made up)").run()
    assert not lesson_link(app)
    follow(app, lesson.experiment.to_query())  # the same link from elsewhere
    assert not lesson_link(app)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"data": "nonsense"}, "the samples tutorial,"),
        ({"data": "tutorial", "train.learning_rate": "1e400"}, "Allowed: a number above 0 and at most 1,000,000"),
        ({"data": "tutorial", "train.method": "magic"}, "Allowed: descent, exact."),
        ({"data": "tutorial", "recipe.junk": "1"}, "“junk” is not known here"),
        (
            {"data": "tutorial", "train.method": "magic", "train.max_iter": "-3", "train.learning_rate": "0"},
            "number of epochs is -3",
        ),
        ({"data": "tutorial", "train.method": "magic", "train.learning_rate": "0"}, "Allowed: descent, exact."),
    ],
)
def test_a_link_refused_says_what_is_allowed_and_gives_one_advice(app, query, said):
    follow(app, query)
    assert len(app.errors) == 1
    assert said in app.errors[0]
    assert app.errors[0].endswith("Ask for the link again, or choose everything in the app.")
    for other in ("on this page", "Enter ", "Choose one", "inf;"):
        assert other not in app.errors[0]


def test_parts_of_a_link_that_mean_nothing_are_named(app):
    follow(app, {"data": "moons", "rate": "7", "utm_source": "mail"})
    said = "“rate” in the link means nothing here and changed nothing."
    assert [info.value for info in app.test.info if "link" in info.value] == [said]


def test_a_link_to_an_upload_waits_for_the_file(app):
    app.upload("customers.csv", CUSTOMERS.encode()).open(FEATURES)
    app.test.selectbox(key="features.target").set_value("left")
    app.run()
    app.test.multiselect(key="features.columns").set_value(["calls"])
    app.run().open(TRAIN)
    app.test.number_input(key="train.max_iter").set_value(77.0)
    app.run()
    assert "Your file is not in the link" in app.text
    query = copied(app)
    assert not any("customers.csv" in value or "months" in value for value in query.values())

    other = follow(App(), query)
    assert "about a file that is not in it" in other.text
    follow(other, {}, DATA).upload("the same.csv", CUSTOMERS.encode())
    other.run()
    assert "about a file that is not in it" not in other.text
    other.open(TRAIN)
    assert copied(other) == query


def test_a_link_to_an_upload_can_be_forgotten(app):
    follow(
        app, {"data": "file-0123456789abcdef", "recipe.target": "a", "recipe.positive": "b", "recipe.features": '["c"]'}
    )
    app.click("setup.forget")
    assert "about a file that is not in it" not in app.text
    app.run()
    assert "about a file that is not in it" not in app.text


@pytest.mark.parametrize(
    "query",
    [
        {"data": "nothing"},
        {"data": ""},
        {"data": "../../etc/passwd"},
        {"train.learning_rate": "0.1"},
        {"data": "moons", "data.rows": "1e99"},
        {"data": "moons", "data.rows": "many"},
        {"data": "moons", "data.seed": "-1"},
        {"data": "tutorial", "recipe.degree": "2"},
        {"data": "tutorial", "recipe.target": "no such", "recipe.positive": "1", "recipe.features": '["feature 1"]'},
        {"data": "tutorial", "recipe.target": "class", "recipe.positive": '"7"', "recipe.features": '["feature 1"]'},
        {"data": "tutorial", "recipe.target": "class", "recipe.positive": '"1"', "recipe.features": '["<img src=x>"]'},
        {"data": "tutorial", "recipe.target": "class", "recipe.positive": '"1"', "recipe.features": "[[[[["},
        {"data": "tutorial", "train.learning_rate": "NaN"},
        {"data": "tutorial", "train.learning_rate": "1e999"},
        {"data": "tutorial", "train.alpha": "0.005"},
        {"data": "tutorial", "train.start": '[1,"x",3]'},
        {"data": "tutorial", "train.eval": "__import__('os')"},
        {"data": "file-zzzz", "recipe.target": "a"},
    ],
    ids=str,
)
def test_nonsense_is_one_calm_sentence_and_the_app_as_it_was(app, query):
    app.click("data.use_sample")
    table, recipe = app.test.session_state["workspace.table"], app.test.session_state["workspace.recipe"]
    follow(app, query)
    assert len(app.errors) == 1
    assert app.test.session_state["workspace.table"] is table
    assert app.test.session_state["workspace.recipe"] == recipe
    follow(app, {}, DATA)
    assert app.errors == []


def test_a_link_holds_the_place_on_the_cost_surface_that_descent_starts_from(app):
    app.click("data.use_sample").open(TRAIN).train()
    app.test.pills(key="lab.view").set_value("Cost surface")
    app.run()
    app.test.number_input(key="lab.here.first.field").set_value(2.0)
    app.run().click("lab.surface.descend")
    app.test.session_state["workspace.job"].thread.join(60)
    app.run()
    query = copied(app)
    other = follow(App(), query)
    assert other.errors == []
    assert other.test.selectbox(key="train.from").value == "given"
    assert copied(other) == query
    other.train()
    reached = other.test.session_state["workspace.result"].model
    assert reached.settings.start == app.test.session_state["workspace.result"].model.settings.start


def test_back_from_a_link_the_own_choices_for_training_are_as_they_were(app):
    app.upload("customers.csv", CUSTOMERS.encode()).open(FEATURES)
    app.test.selectbox(key="features.target").set_value("left")
    app.run().open(TRAIN)
    app.test.number_input(key="train.learning_rate").set_value(3.0)
    app.test.number_input(key="train.max_iter").set_value(1000.0)
    app.run().train()
    trained = app.test.session_state["workspace.result"].model.settings
    settings = TrainSettings(learning_rate=12.0, max_iter=100, alpha=0.1, start=(1.0, 2.0, 3.0))
    follow(app, Experiment(Source(sample="tutorial"), settings=settings).to_query())
    assert app.test.number_input(key="train.max_iter").value == 100
    app.click("setup.back")
    assert app.test.number_input(key="train.learning_rate").value == 3.0
    assert app.test.number_input(key="train.max_iter").value == 1000.0
    assert app.test.session_state["workspace.training"] == trained
    assert "This model is from before" not in app.text


def test_who_had_not_trained_before_a_link_finds_the_usual_choices_after_it(app):
    app.upload("customers.csv", CUSTOMERS.encode()).open(FEATURES)
    app.test.selectbox(key="features.target").set_value("left")
    app.run()
    settings = TrainSettings(learning_rate=12.0, max_iter=100, alpha=0.1)
    follow(app, Experiment(Source(sample="tutorial"), settings=settings).to_query())
    app.click("setup.back")
    app.open(TRAIN)
    assert app.test.session_state["workspace.training"].max_iter == 1000
    assert app.test.session_state["workspace.training"].alpha == 0.0
    assert app.test.number_input(key="train.learning_rate").value < 5


def test_the_address_forgets_a_link_whose_table_is_closed(app):
    app.upload("customers.csv", CUSTOMERS.encode())
    query = Experiment(Source(sample="tutorial")).to_query()
    follow(app, query)
    assert dict(app.test.query_params) != {}  # a reload opens the link again
    app.click("setup.back")
    assert dict(app.test.query_params) == {}
    follow(app, query)
    assert app.test.session_state["workspace.table"].name == "Tutorial: two clusters"
