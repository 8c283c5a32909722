"""Values go through an address and come back; what can be read by people stays as it is."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg_core.link_values import read, written

plain_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(plain_json)
def test_every_json_value_comes_back(value: Any) -> None:
    assert read(written(value)) == value
    assert type(read(written(value))) is type(value)


@given(st.text())
def test_whatever_stands_there_is_a_text_or_plain_json(text: str) -> None:
    found = read(text)
    assert found == text or json.loads(json.dumps(found)) == found


@pytest.mark.parametrize(
    ("value", "said"),
    [("churned", "churned"), ("1", '"1"'), ("true", '"true"'), (0.5, "0.5"), (["a", "b"], '["a","b"]'), ("é", "é")],
)
def test_what_people_read(value: object, said: str) -> None:
    assert written(value) == said


@pytest.mark.parametrize("text", ["NaN", "-Infinity", "[" * 100_000, "9" * 5000, '"\\ud800"', "{"])
def test_what_is_no_json_stays_a_text(text: str) -> None:
    assert read(text) == text


def test_a_number_too_large_is_infinite_and_for_the_choices_to_refuse() -> None:
    assert read("1e999") == math.inf
