"""How far each weight is from its best value."""

from __future__ import annotations

import numpy as np

from logreg_core.charts import drift_dots, drift_dots_alt, drift_table

NAMES = ("a", "b", "c", "d")
DRIFT = np.array([0.5, -2.0, 0.0004, np.nan, 12.0])


def test_the_largest_is_on_top_and_its_side_is_a_shape() -> None:
    figure = drift_dots(NAMES, DRIFT)
    assert figure.layout.xaxis.type == "log"
    assert list(figure.layout.yaxis.ticktext) == ["(bias)", "b", "a", "c"]  # d has no best value
    above, below = figure.data
    assert (above.marker.symbol, list(above.x)) == ("triangle-right", [12.0, 0.5, 0.005])
    assert (below.marker.symbol, list(below.x), list(below.text)) == ("triangle-left", [2.0], ["−2"])
    assert above.text[-1] == "below 0.005"
    band = figure.layout.shapes[0]
    assert band.x1 == 0.05


def test_words_and_numbers() -> None:
    assert drift_dots_alt(NAMES, DRIFT) == (
        "1 of 4 weights are within 0.05 standard errors of their best value; furthest is (bias), +12."
    )
    table = drift_table(NAMES, np.arange(5.0), np.ones(5), DRIFT)
    assert table["column"].tolist() == [*NAMES, "(bias)"]
    assert table["standard errors away"].iloc[1] == -2.0


def test_of_many_the_twenty_largest_are_drawn() -> None:
    drift = np.linspace(-3, 1, 51)
    figure = drift_dots([f"c{k}" for k in range(50)], drift)
    assert len(figure.layout.yaxis.tickvals) == 20
    assert figure.layout.yaxis.ticktext[0] == "c0"
