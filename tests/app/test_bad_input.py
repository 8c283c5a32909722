"""Each way in with something wrong: one calm message, and nothing lost."""

import numpy as np
import pandas as pd
import pytest

from tests.app.driver import DATA, EVALUATE, FEATURES, TRAIN


def csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "picture"),
        (b"PK\x03\x04" + bytes(200), "zip archive"),
        (b"", "empty"),
        (b"a,b,c\n", "no rows"),
        (b"a\n1\n2\n", "one column"),
    ],
)
def test_a_file_that_is_no_table_leaves_the_open_one_alone(app, content, said):
    app.click("data.use_sample").upload("broken.csv", content)
    assert len(app.errors) == 1
    assert said.casefold() in app.errors[0].casefold()
    assert "Tutorial: two clusters is open" in app.text.replace("**", "")
    app.open(FEATURES)
    assert app.test.selectbox(key="features.target").value == "class"


def test_a_table_without_any_possible_target_says_so(app):
    rng = np.random.default_rng(0)
    app.upload("numbers.csv", csv(pd.DataFrame({"a": rng.normal(size=60), "b": rng.normal(size=60), "c": 1})))
    app.open(FEATURES)
    assert "Nothing in this table can be predicted" in app.errors[0]
    app.open(TRAIN)
    assert "Nothing in this table can be predicted" in app.errors[0]
    assert "Choose what to predict" not in app.text
    assert not [box for box in app.test.selectbox if box.key == "features.target"]
    assert "Take another table" in [link.proto.label for link in app.test.get("page_link")]


def test_more_classes_are_one_against_the_rest_and_missing_targets_are_counted(app):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"x": rng.normal(size=90), "kind": ["a", "b", "c"] * 30})
    frame.loc[:4, "kind"] = None
    app.upload("kinds.csv", csv(frame)).open(FEATURES)
    app.test.selectbox(key="features.target").set_value("kind")
    app.run()
    assert "against the rest" in app.text
    assert "5 rows without a value" in app.text
    app.open(TRAIN).train().open(EVALUATE)
    assert "kind = not" in app.text or "not " in app.text


def test_no_features(app):
    app.click("data.use_sample").open(FEATURES)
    app.test.multiselect(key="features.columns").set_value([])
    app.run()
    assert "No features are chosen" in app.errors[0]
    app.open(TRAIN)
    assert "No features are chosen" in app.errors[0]


def test_constant_missing_infinite_and_text_columns(app):
    rng = np.random.default_rng(0)
    n = 120
    frame = pd.DataFrame(
        {
            "x": rng.normal(size=n).round(3).astype(str),
            "same": 5,
            "nothing": "",
            "huge": rng.normal(size=n).round(3).astype(str),
            "mixed": [str(i) for i in range(n)],
            "y": rng.choice(["yes", "no"], n),
        }
    )
    frame.loc[3, "huge"] = "inf"
    frame.loc[7, "mixed"] = "about 7"
    app.upload("odd.csv", csv(frame))
    assert "mixed" in app.text
    assert "about 7" in app.text
    app.open(FEATURES)
    app.test.selectbox(key="features.target").set_value("y")
    app.run()
    app.test.multiselect(key="features.columns").set_value(["x", "same", "nothing", "huge", "mixed"])
    app.run()
    assert "same is left out (constant" in app.text.replace("**", "")
    assert "nothing is left out (no values" in app.text.replace("**", "")
    assert "mixed is left out (" in app.text.replace("**", "")
    assert "infinite" in app.text
    app.open(TRAIN).train()
    assert not app.errors


def test_a_part_without_one_of_the_classes(app):
    frame = pd.DataFrame({"x": np.arange(60.0) % 7, "y": ["rare"] * 2 + ["common"] * 58})
    app.upload("rare.csv", csv(frame)).open(FEATURES)
    app.test.selectbox(key="features.target").set_value("y")
    app.run()
    app.test.toggle(key="features.stratify").set_value(False)
    app.test.slider(key="features.test_share").set_value(5)
    app.test.number_input(key="features.seed").set_value(1)
    app.run()
    assert "No row of the test rows is 'rare'" in app.errors[0]


@pytest.mark.parametrize(("rate", "said"), [(0.0, "is 0"), (-1.0, "-1"), (1e9, "1,000,000,000")])
def test_learning_rates_no_training_can_start_with(app, rate, said):
    app.click("data.use_sample").open(TRAIN)
    app.test.number_input(key="train.learning_rate").set_value(rate)
    app.run().click("train.start")
    assert said in app.errors[0]
    assert "Nothing is trained yet" in app.text
    app.test.number_input(key="train.learning_rate").set_value(0.1)
    app.run().train()
    assert app.metrics["Test rows right"] == "90.00 %"
    assert not app.errors


def test_a_run_that_diverges_says_so_and_why(app):
    app.use_sample("Breast tumours").open(FEATURES)
    app.test.toggle(key="features.scale").set_value(False)
    app.run().open(TRAIN)
    app.test.number_input(key="train.learning_rate").set_value(10.0)
    app.run().train()
    assert "The cost grew instead of falling" in app.errors[0]
    assert "10" in app.errors[0]
    app.open(EVALUATE)
    assert app.metrics


def test_a_thousand_columns(app):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(120, 1000)).round(3), columns=[f"c{i}" for i in range(1000)])
    frame["y"] = rng.choice(["yes", "no"], 120)
    app.upload("wide.csv", csv(frame)).open(FEATURES)
    app.test.selectbox(key="features.target").set_value("y")
    app.run()
    assert "1,000 of 1,000 columns can be used" in app.text
    app.test.segmented_control(key="features.which").set_value("All but these")
    app.run()
    app.test.multiselect(key="features.columns").set_value(["c0", "c1"])
    app.run()
    assert "998 columns" in app.text
    app.open(TRAIN).train()
    assert app.metrics["Epochs"]


def test_names_that_mean_something_to_a_browser_are_shown_as_text(app):
    rng = np.random.default_rng(0)
    nasty = "<img src=x onerror=alert(1)> **b** :red[x] $y$ %{x}"
    frame = pd.DataFrame(
        {nasty: rng.normal(size=80), "`code`": rng.normal(size=80), "y": rng.choice(["<b>yes", "no"], 80)}
    )
    app.upload("../../<script>.csv", csv(frame)).open(FEATURES)
    app.test.selectbox(key="features.target").set_value("y")
    app.run().open(TRAIN).train()
    for chart in ("train.boundary", "train.weights"):
        assert "<img" not in str(app.chart(chart))
        assert "<b>yes" not in str(app.chart(chart))
    raw = "\n".join(element.value for element in [*app.test.markdown, *app.test.caption])
    assert "<b>yes" not in raw
    assert ":red[" not in raw
    app.open(DATA)
    assert "script" in app.text


def test_a_million_rows_wait_for_a_button(app):
    rng = np.random.default_rng(0)
    n = 1_000_000
    frame = pd.DataFrame({f"x{i}": rng.integers(0, 999, n) for i in range(4)})
    frame["y"] = np.where(frame["x0"] + rng.normal(0, 300, n) > 500, 1, 0)
    app.upload("long.csv", csv(frame))
    assert "1,000,000 rows" in app.text
    app.open(FEATURES)
    app.test.selectbox(key="features.target").set_value("y")
    app.run()
    assert "take some seconds to prepare" in app.text
    app.open(TRAIN)
    assert "not prepared yet" in app.text
    app.open(FEATURES).click("features.prepare").open(TRAIN)
    app.test.number_input(key="train.max_iter").set_value(20)
    app.run().train()
    assert app.metrics["Epochs"] == "20"
