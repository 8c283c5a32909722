"""Settings: what is refused, in words a user can act on, and the way to JSON and back."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest

from logreg_core.errors import TrainingError
from logreg_core.training import TrainSettings
from logreg_core.training.settings import MINI_BATCH, OPTIMISERS, STARTS


@pytest.mark.parametrize(
    ("values", "echo"),
    [
        ({"learning_rate": 0}, "The learning rate is 0"),
        ({"learning_rate": -0.5}, "The learning rate is -0.5"),
        ({"learning_rate": float("nan")}, "nan, which is not a number"),
        ({"learning_rate": float("inf")}, "far too large; the largest allowed is 1,000,000"),
        ({"learning_rate": float("-inf")}, "The learning rate is -inf"),
        ({"learning_rate": 2e6}, "2,000,000; the largest allowed is 1,000,000"),
        ({"learning_rate": "fast"}, "'fast', which is not a number"),
        ({"learning_rate": None}, "No learning rate is given"),
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
        ({"batch_size": 0}, "The batch size is 0"),
        ({"batch_size": 2.5}, "The batch size is 2.5"),
        ({"optimiser": "line_search", "batch_size": 32}, "A batch size of 32 cannot be used with 'line_search'"),
        ({"optimiser": "momentum", "momentum": 1.0}, "The momentum is 1"),
        ({"optimiser": "momentum", "momentum": "much"}, "The momentum is 'much'"),
        ({"momentum": 0.5}, "A momentum of 0.5 cannot be used with 'gradient_descent'"),
        ({"optimiser": "adam", "momentum": 0.5}, "A momentum of 0.5 cannot be used with 'adam'"),
        ({"seed": -1}, "The seed is -1"),
        ({"seed": 2**32}, "The seed is 4,294,967,296"),
        ({"start": (0.0, float("nan"))}, "The start has a weight of nan"),
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
        TrainSettings(optimiser="nesterov", batch_size=32, momentum=0.5, seed=7, start="random"),
        TrainSettings(optimiser="line_search", start=(0.5, -1.0, 2.0)),
    ],
)
def test_to_json_and_back(settings: TrainSettings) -> None:
    settings.validate()
    assert list(settings.to_dict())[1:] == list(TrainSettings.__dataclass_fields__)
    again = TrainSettings.from_dict(json.loads(json.dumps(settings.to_dict())))
    assert again == settings
    assert again.fingerprint() == settings.fingerprint()
    assert settings.to_dict()["schema"] == 4


def test_equal_numbers_are_equal_choices() -> None:
    assert TrainSettings(1).fingerprint() == TrainSettings(1.0).fingerprint()
    different = [TrainSettings(), TrainSettings(0.2), TrainSettings(max_iter=1001), TrainSettings(tol=0.0)]
    assert len({settings.fingerprint() for settings in different}) == len(different)


@pytest.mark.parametrize(
    ("values", "echo"),
    [
        ({"schema": 5}, "version 5"),
        ({"schema": 2, "impulse": 0.9}, "'impulse'"),
        (
            {"schema": 2, "optimiser": "magic"},
            "There is no optimiser 'magic'. Choose one of: gradient_descent, momentum",
        ),
        ({"schema": 1, "momentum": 0.9}, "'momentum'"),
        ({"schema": 1, "learning_rate": -1}, "-1"),
    ],
)
def test_saved_settings_that_do_not_fit_are_refused(values: dict[str, Any], echo: str) -> None:
    with pytest.raises(TrainingError, match=echo):
        TrainSettings.from_dict(values)


def test_what_is_missing_keeps_its_default() -> None:
    assert TrainSettings.from_dict({"learning_rate": 0.5}) == TrainSettings(learning_rate=0.5)


def test_settings_of_schema_1_are_read() -> None:
    saved = {"schema": 1, "learning_rate": 0.5, "max_iter": 20, "tol": 1e-6}
    assert TrainSettings.from_dict(saved) == TrainSettings(0.5, 20, 1e-6)


@pytest.mark.parametrize(("values", "echo"), [({"optimiser": "magic"}, "'magic'"), ({"start": "middle"}, "'middle'")])
def test_choices_that_do_not_exist_are_answered_with_those_that_do(values: dict[str, Any], echo: str) -> None:
    with pytest.raises(TrainingError, match=echo) as raised:
        TrainSettings(**values).validate()
    assert raised.value.remedy.startswith("Choose one of: ")


def test_starts() -> None:
    assert TrainSettings().start_parameters(2).tolist() == [0.0, 0.0, 0.0]
    assert TrainSettings(start=(1.0, 2.0)).start_parameters(1).tolist() == [1.0, 2.0]
    drawn = TrainSettings(start="random", seed=3)
    np.testing.assert_array_equal(drawn.start_parameters(4), drawn.start_parameters(4))
    assert not np.array_equal(drawn.start_parameters(4), TrainSettings(start="random", seed=4).start_parameters(4))
    with pytest.raises(TrainingError, match="The start has 2 weights, and the model 4"):
        TrainSettings(start=(1.0, 2.0)).start_parameters(3)


def test_every_choice_has_a_line_for_the_user() -> None:
    for line in (*OPTIMISERS.values(), *STARTS.values(), MINI_BATCH):
        assert line.endswith(".")
        assert len(line) <= 120


def test_settings_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        TrainSettings().max_iter = 5  # type: ignore[misc]


def test_settings_of_schema_3_are_read() -> None:
    saved = {"schema": 3, "method": "exact", "alpha": 0.1, "balanced": True}
    assert TrainSettings.from_dict(saved) == TrainSettings(method="exact", alpha=0.1, balanced=True)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (TrainSettings(firth=True), "step by step"),
        (TrainSettings(method="exact", firth=True, alpha=0.1), "do not go together"),
        (TrainSettings(method="exact", firth="yes"), "'yes'"),  # type: ignore[arg-type]
    ],
)
def test_firth_is_for_exact_fits_without_another_penalty(settings: TrainSettings, said: str) -> None:
    with pytest.raises(TrainingError, match=said):
        settings.validate()
    TrainSettings(method="exact", firth=True).validate()


def test_settings_of_schema_2_are_read() -> None:
    saved = {"schema": 2, "learning_rate": 0.5, "optimiser": "adam", "seed": 3}
    assert TrainSettings.from_dict(saved) == TrainSettings(learning_rate=0.5, optimiser="adam", seed=3)
    with pytest.raises(TrainingError, match="'alpha' is not a training setting"):
        TrainSettings.from_dict({**saved, "alpha": 1.0})


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (TrainSettings(alpha=-1.0), "alpha is -1"),
        (TrainSettings(alpha=float("nan")), "alpha"),
        (TrainSettings(l1_ratio=2.0), "l1_ratio is 2"),
        (TrainSettings(alpha=0.1, l1_ratio=0.5), "step by step"),
        (TrainSettings(method="by magic"), "by magic"),
    ],
)
def test_a_penalty_that_cannot_be_is_refused(settings: TrainSettings, said: str) -> None:
    with pytest.raises(TrainingError, match=said):
        settings.validate()


def test_an_exact_solution_asks_for_no_learning_rate() -> None:
    TrainSettings(method="exact", learning_rate=-1.0, alpha=0.1, l1_ratio=1.0).validate()
