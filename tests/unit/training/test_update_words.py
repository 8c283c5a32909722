"""The last step of the learning cycle in words: for every way to train, and for its end."""

import pytest

from logreg_core.training import OPTIMISERS, Status, TrainSettings, update_in_words

ON = Status.EPOCH_LIMIT
EXACT = TrainSettings(method="exact")


def test_plain_descent_is_the_formula_with_its_numbers() -> None:
    said = update_in_words(TrainSettings(learning_rate=0.25), ON)
    assert said.startswith("New weight = weight − 0.25 × gradient of all rows.")


def test_every_way_downhill_has_its_own_words() -> None:
    said = {update_in_words(TrainSettings(optimiser=way), ON) for way in ("gradient_descent", "adam", "line_search")}
    assert len(said) == 3
    for way in OPTIMISERS:
        assert update_in_words(TrainSettings(optimiser=way), ON)
    assert "32 rows at a time" in update_in_words(TrainSettings(batch_size=32), ON)
    assert "was not kept" in update_in_words(TrainSettings(), ON, known=False)


@pytest.mark.parametrize(
    ("settings", "status", "said"),
    [
        (EXACT, Status.CONVERGED, "cancel out, and nothing moves"),
        (EXACT, Status.SEPARATED, "as good as 0"),
        (TrainSettings(method="exact", alpha=0.1), Status.CONVERGED, "what holds the weights back cancel out, and"),
        (TrainSettings(method="exact", alpha=0.1, l1_ratio=1.0), Status.CONVERGED, "not in the table"),
        (TrainSettings(method="exact", firth=True), Status.CONVERGED, "Firth's correction pulls too"),
    ],
)
def test_at_the_end_nothing_moves_and_why(settings: TrainSettings, status: Status, said: str) -> None:
    assert said in update_in_words(settings, status)
