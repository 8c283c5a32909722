"""Settings: what is refused, in words a user can act on, and the way to JSON and back."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest

from logreg_core.errors import TrainingError
from logreg_core.training import TrainSettings


@pytest.mark.parametrize(
    ("values", "echo"),
    [
        ({"learning_rate": 0}, "The learning rate is 0"),
        ({"learning_rate": -0.5}, "The learning rate is -0.5"),
        ({"learning_rate": float("nan")}, "nan, which is not a number"),
        ({"learning_rate": float("inf")}, "inf; the largest allowed is 1,000,000"),
        ({"learning_rate": float("-inf")}, "The learning rate is -inf"),
        ({"learning_rate": 2e6}, "2,000,000; the largest allowed is 1,000,000"),
        ({"learning_rate": "fast"}, "'fast', which is not a number"),
        ({"learning_rate": None}, "None, which is not a number"),
        ({"learning_rate": True}, "True, which is not a number"),
        ({"max_iter": 0}, "The number of epochs is 0"),
        ({"max_iter": -3}, "The number of epochs is -3"),
        ({"max_iter": 1_000_001}, "The number of epochs is 1,000,001"),
        ({"max_iter": 10.5}, "10.5, which is not a whole number"),
        ({"max_iter": "many"}, "'many', which is not a whole number"),
        ({"max_iter": True}, "True, which is not a whole number"),
        ({"tol": -1e-8}, "The tolerance is"),
        ({"tol": float("nan")}, "The tolerance is nan"),
        ({"tol": "small"}, "The tolerance is 'small'"),
    ],
)
def test_values_that_cannot_be_trained_with_are_named(values: dict[str, Any], echo: str) -> None:
    with pytest.raises(TrainingError) as raised:
        TrainSettings(**values).validate()
    assert echo in raised.value.what
    assert raised.value.remedy.startswith("Enter")


@pytest.mark.parametrize(
    "settings",
    [
        TrainSettings(),
        TrainSettings(1e6, 1, 0),
        TrainSettings(1e-300, 1_000_000, 1e-8),
        TrainSettings(np.float64(0.5), np.int64(7), np.float32(0.0)),  # type: ignore[arg-type]
    ],
)
def test_to_json_and_back(settings: TrainSettings) -> None:
    settings.validate()
    again = TrainSettings.from_dict(json.loads(json.dumps(settings.to_dict())))
    assert again == settings
    assert again.fingerprint() == settings.fingerprint()
    assert settings.to_dict()["schema"] == 1


def test_equal_numbers_are_equal_choices() -> None:
    assert TrainSettings(1).fingerprint() == TrainSettings(1.0).fingerprint()
    different = [TrainSettings(), TrainSettings(0.2), TrainSettings(max_iter=1001), TrainSettings(tol=0.0)]
    assert len({settings.fingerprint() for settings in different}) == len(different)


@pytest.mark.parametrize(
    ("values", "echo"),
    [
        ({"schema": 2}, "version 2"),
        ({"schema": 1, "momentum": 0.9}, "'momentum'"),
        ({"schema": 1, "learning_rate": -1}, "-1"),
    ],
)
def test_saved_settings_that_do_not_fit_are_refused(values: dict[str, Any], echo: str) -> None:
    with pytest.raises(TrainingError, match=echo):
        TrainSettings.from_dict(values)


def test_what_is_missing_keeps_its_default() -> None:
    assert TrainSettings.from_dict({"learning_rate": 0.5}) == TrainSettings(learning_rate=0.5)


def test_settings_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        TrainSettings().max_iter = 5  # type: ignore[misc]
