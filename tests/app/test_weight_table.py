"""Odds ratios stand beside the weights as soon as they may be read, with their unit; until then they are absent."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from logreg_core.experiment import Experiment, Source
from logreg_core.features import Recipe
from logreg_core.training import TrainSettings
from tests.app.driver import TRAIN, App

EXACTLY = TrainSettings(method="exact")
TUTORIAL = Recipe("class", "1", ("feature 1", "feature 2"), scale=False, stratify=False)


def trained(app: App, experiment: Experiment) -> App:
    """Follow the link to a set-up and train."""
    app.test.switch_page(TRAIN)
    for key, value in experiment.to_query().items():
        app.test.query_params[key] = value
    app.run().click("train.start")
    app.test.session_state["workspace.job"].thread.join(60)
    return app.run()


def weight_table(app: App) -> pd.DataFrame:
    found = [table.value for table in app.test.dataframe if "weight" in table.value.columns[:2]]
    assert len(found) == 1
    return found[0]


def test_a_finished_model_has_an_odds_ratio_for_each_column(app):
    trained(app, Experiment(Source(sample="churn"), settings=EXACTLY))
    table = weight_table(app)
    np.testing.assert_allclose(table["odds ratio"][:-1], np.exp(table["weight"][:-1]), rtol=1e-15)
    assert table["feature"].iloc[-1] == "(bias)"
    assert np.isnan(table["odds ratio"].iloc[-1])  # exp(bias) is no ratio
    assert "multiplies the odds of churned = yes" in app.text
    assert "a unit is one standard deviation of the column" in app.text
    assert "compares with the most frequent value" in app.text


def test_without_scaling_a_unit_is_that_of_the_column(app):
    trained(app, Experiment(Source(sample="tutorial"), TUTORIAL, EXACTLY))
    assert weight_table(app)["odds ratio"].round(2).tolist()[0] == 0.53
    assert "A unit is that of the column itself" in app.text
    assert "compares with the most frequent value" not in app.text


@pytest.mark.parametrize(
    ("recipe", "settings", "reason"),
    [
        (TUTORIAL, TrainSettings(), "Training is not finished: these weights will still change."),
        (TUTORIAL, TrainSettings(method="exact", alpha=0.1), "the penalty holds the weights back"),
        (
            Recipe("class", "1", ("feature 1", "feature 2"), degree=2),
            EXACTLY,
            "read the boundary rather than single weights",
        ),
    ],
    ids=["unfinished", "penalised", "powers"],
)
def test_what_cannot_be_read_has_no_odds_ratio_and_a_reason(app, recipe, settings, reason):
    trained(app, Experiment(Source(sample="tutorial"), recipe, settings))
    assert list(weight_table(app).columns) == ["feature", "weight"]
    assert reason in app.text
    assert "multiplies the odds" not in app.text
