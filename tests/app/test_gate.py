"""When weights may be read, and what is said until then."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from logreg_core.data import Table, load_sample
from logreg_core.features import Recipe, prepare
from logreg_core.training import TrainSettings
from pages.shared import gate
from pages.shared.jobs import FAST, TrainedResult, TrainJob


def trained(settings: TrainSettings, *, apart: bool = False, epoch: int | None = None) -> TrainedResult:
    table: Table = load_sample("tutorial")
    frame: pd.DataFrame = table.frame
    if apart:
        frame = frame.assign(**{"feature 1": frame["class"].astype(float) + frame["feature 1"] / 100})
        table = replace(table, frame=frame)
    recipe = Recipe("class", "1", ("feature 1", "feature 2"), scale=False, stratify=False)
    job = TrainJob(table, prepare(frame, recipe, data_fingerprint="here"), settings, FAST, epoch=epoch)
    assert job.wait(60)
    assert job.outcome is not None, job.error
    return job.outcome


@pytest.mark.parametrize(
    ("settings", "apart", "epoch", "said"),
    [
        (TrainSettings(), False, None, "not finished: these weights will still change"),
        (TrainSettings(), False, 0, "not finished: these weights will still change"),
        (TrainSettings(learning_rate=2.0, max_iter=100_000), False, None, ""),
        (TrainSettings(learning_rate=2.0, max_iter=2_000), False, 1_500, ""),  # as good as finished
        (TrainSettings(learning_rate=1000.0), False, None, "say nothing"),
        (TrainSettings(learning_rate=1.0), True, None, "would grow forever"),
        (TrainSettings(learning_rate=1.0), True, 50, "would grow forever"),
        (TrainSettings(method="exact"), True, None, "would grow forever"),
        (TrainSettings(method="exact"), False, None, ""),
    ],
)
def test_what_is_said_of_weights(settings: TrainSettings, apart: bool, epoch: int | None, said: str) -> None:
    sentence = gate.why_not_to_read(trained(settings, apart=apart, epoch=epoch))
    assert said in sentence
    assert bool(sentence) == bool(said)


def test_where_the_way_leads_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("logreg_core.training.verdicts.MOST_WORK", 1)
    assert "how far it is from the end is not known" in gate.why_not_to_read(trained(TrainSettings()))


def test_what_depends_on_the_rows_alone_is_found_once_for_all_epochs(monkeypatch: pytest.MonkeyPatch) -> None:
    first = trained(TrainSettings(), epoch=10)
    calls: list[str] = []
    monkeypatch.setattr("pages.shared.jobs.optimum_beside", lambda *_: calls.append("optimum"))
    monkeypatch.setattr("pages.shared.jobs.nearly_collinear", lambda *_: calls.append("collinear"))
    job = TrainJob(first.table, first.prepared, TrainSettings(), FAST, after=first, epoch=20)
    assert job.wait(60)
    assert job.outcome is not None
    assert job.outcome.optimum is first.optimum
    assert job.outcome.distance is not None
    assert job.outcome.distance.cost_gap < first.distance.cost_gap
    assert calls == []
