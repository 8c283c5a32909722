"""What is said when a part of the split would be too small, and that it helps."""

import dataclasses
import re

import numpy as np
import pandas as pd
import pytest

from logreg_core.errors import RecipeError
from logreg_core.features import Recipe, prepare

RECIPE = Recipe("y", "1", ("x",))


def _error(frame, recipe):
    with pytest.raises(RecipeError) as caught:
        prepare(frame, recipe)
    return caught.value


def _follow(remedy, recipe):
    share = re.search(r"test share of (\d+) %", remedy)
    return dataclasses.replace(recipe, test_share=int(share[1]) / 100)


def test_a_test_part_of_one_row_is_explained_and_the_remedy_works():
    frame = pd.DataFrame({"x": np.arange(12.0), "y": [0, 1] * 6})
    recipe = dataclasses.replace(RECIPE, test_share=0.05)
    error = _error(frame, recipe)
    assert error.what == "5 % of 12 rows is 1 test row; a test part needs at least 2 rows of its own."
    assert error.remedy == "Choose a test share of 10 %."
    assert prepare(frame, _follow(error.remedy, recipe)).rows_test.size == 2


@pytest.mark.parametrize("rows", [12, 20, 40])
@pytest.mark.parametrize("ones", [2, 3, 5])
@pytest.mark.parametrize("stratify", [True, False])
def test_a_test_share_that_is_advised_works_and_is_the_smallest(rows, ones, stratify):
    frame = pd.DataFrame({"x": np.arange(float(rows)), "y": [1] * ones + [0] * (rows - ones)})
    recipe = dataclasses.replace(RECIPE, test_share=0.05, stratify=stratify)
    error = _error(frame, recipe)
    advised = _follow(error.remedy, recipe)
    prepare(frame, advised)
    for percent in range(5, round(advised.test_share * 100), 5):
        _error(frame, dataclasses.replace(recipe, test_share=percent / 100))
    if "turn on" in error.remedy.casefold():
        prepare(frame, dataclasses.replace(recipe, stratify=True))


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5])
def test_more_rows_are_asked_for_only_where_no_share_helps(share):
    three = _error(pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [0, 1, 1]}), dataclasses.replace(RECIPE, test_share=share))
    assert three.remedy == "Bring at least 10 rows."
    four = pd.DataFrame({"x": [1.0, 2.0, 3.0, 4.0], "y": [0, 1, 0, 1]})
    recipe = dataclasses.replace(RECIPE, test_share=0.2)
    prepare(four, _follow(_error(four, recipe).remedy, recipe))
