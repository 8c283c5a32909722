"""Set-ups go through links and JSON unchanged; whatever else a link holds is one LogregError, and never code."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg_core.data import KINDS, SAMPLES, GeneratorSpec, generate, load_sample
from logreg_core.errors import LogregError
from logreg_core.experiment import LONGEST_LINK, Experiment, ExperimentError, Source, only_own, source_of
from logreg_core.features import Recipe
from logreg_core.training import OPTIMISERS, TrainSettings

names = st.text(min_size=1, max_size=12)
seeds = st.integers(0, 2**32 - 1)
sources = st.one_of(
    st.sampled_from(sorted(SAMPLES)).map(lambda key: Source(sample=key)),
    st.builds(
        GeneratorSpec,
        kind=st.sampled_from(sorted(KINDS)),
        rows=st.integers(10, 200_000),
        noise=st.floats(0, 1),
        balance=st.floats(0.05, 0.95),
        useless=st.integers(0, 50),
        seed=seeds,
    ).map(lambda spec: Source(generator=spec)),
    st.text("0123456789abcdef", min_size=16, max_size=16).map(lambda sign: Source(upload=sign)),
)
recipes = st.builds(
    lambda columns, **rest: Recipe(target=columns[0], features=tuple(columns[1:]), **rest),
    columns=st.lists(names, min_size=2, max_size=6, unique=True),
    positive=st.one_of(names, st.sampled_from(["1", "true", "null", "1e3", '"quoted"', "[1]", "NaN", "Infinity", " "])),
    missing=st.sampled_from(["fill", "flag", "drop"]),
    scale=st.booleans(),
    degree=st.integers(1, 5),
    test_share=st.floats(0.05, 0.5),
    seed=seeds,
    stratify=st.booleans(),
)
settings = st.builds(
    TrainSettings,
    learning_rate=st.floats(1e-9, 1e6),
    max_iter=st.integers(1, 1_000_000),
    optimiser=st.sampled_from(sorted(set(OPTIMISERS) - {"line_search"})),
    batch_size=st.none() | st.integers(1, 10_000),
    seed=seeds,
    start=st.sampled_from(["zero", "random", (1.0, -2.5, 0.0)]),
    alpha=st.floats(0, 1e6),
    balanced=st.booleans(),
)
experiments = st.builds(Experiment, sources, recipes, st.none() | settings)


@given(experiments)
def test_link_and_json_bring_back_the_same(experiment: Experiment) -> None:
    query = experiment.to_query()
    address = urlencode(query)
    assert len(address) <= LONGEST_LINK
    assert Experiment.from_query(dict(parse_qsl(address, keep_blank_values=True))) == experiment
    assert Experiment.from_dict(json.loads(json.dumps(experiment.to_dict()))) == experiment


@given(
    st.dictionaries(
        st.sampled_from(["data", "train", "v", "lesson"])
        | st.sampled_from([f"data.{name}" for name in ("rows", "noise", "seed", "kind", "schema")])
        | st.sampled_from([f"recipe.{name}" for name in (*Recipe("", "", ()).to_dict(), "__class__")])
        | st.sampled_from([f"train.{name}" for name in (*TrainSettings().to_dict(), "nothing")]),
        st.sampled_from(["tutorial", "moons", "class", '"1"', '["feature 1"]', "0.2", "42", "yes", "true", "null"])
        | st.sampled_from(
            ["1e999", "-1", "NaN", "[" * 3000, '{"a":' * 500, "9" * 5000, '"\\ud800"', "[1,2]", "{}", '[""]']
        )
        | st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
            max_leaves=4,
        ).map(json.dumps)
        | st.text(),
        max_size=8,
    )
)
def test_whatever_a_link_holds_is_a_valid_set_up_or_one_calm_error(parameters: dict[str, str]) -> None:
    said, found = "", None
    try:
        found = Experiment.from_query(parameters)
    except LogregError as problem:
        said = str(problem)
    assert said.encode("utf-8", "strict") or not said  # a browser can be sent it
    if said:
        return
    if found is None:
        assert only_own(parameters) == {}
        return
    found.validate()
    assert Experiment.from_query(found.to_query()) == found


def plain_json() -> st.SearchStrategy[Any]:
    leaf = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    return st.recursive(leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner))


@given(st.dictionaries(st.sampled_from(["schema", "source", "recipe", "settings"]), plain_json() | st.just(1)))
def test_whatever_json_holds_is_a_set_up_or_one_calm_error(values: dict[str, Any]) -> None:
    with pytest.raises(ExperimentError):
        Experiment.from_dict(values)


def test_links_are_short_and_can_be_read() -> None:
    assert Experiment(Source(sample="tutorial")).to_query() == {"data": "tutorial"}
    settings = TrainSettings(learning_rate=0.5, max_iter=50)
    spec = GeneratorSpec("moons", noise=0.3)
    recipe = Recipe("class", "orange", ("x1", "x2"))
    assert Experiment(Source(generator=spec), recipe, settings).to_query() == {
        "data": "moons",
        "data.noise": "0.3",
        "recipe.target": "class",
        "recipe.positive": "orange",
        "recipe.features": '["x1","x2"]',
        "train": "yes",
        "train.learning_rate": "0.5",
        "train.max_iter": "50",
    }


def test_names_of_samples_and_shapes_do_not_clash() -> None:
    # A link says only "data=...", and has to mean one thing.
    assert not set(SAMPLES) & set(KINDS)
    assert not [name for name in (*SAMPLES, *KINDS) if name.startswith("file-")]


def test_a_link_never_holds_data_and_a_long_one_is_refused() -> None:
    many = Recipe("y", "1", tuple(f"a column with a long name, number {n}" for n in range(300)))
    with pytest.raises(ExperimentError, match="too long for a link"):
        Experiment(Source(sample="churn"), many).to_query()
    with pytest.raises(ExperimentError, match="too long"):
        Experiment.from_query({"data": "tutorial", "recipe.target": "x" * 20_000})


def test_parameters_of_others_are_left_alone() -> None:
    assert Experiment.from_query({"lesson": "threshold", "embed": "true"}) is None
    assert Experiment.from_query({}) is None


@pytest.mark.parametrize("key", sorted(SAMPLES))
def test_every_sample_says_where_it_comes_from(key: str) -> None:
    table = load_sample(key)
    assert source_of(table) == Source(sample=key)
    assert Source(sample=key).fits(table)
    assert not Source(upload=table.fingerprint[:16]).fits(table)


def test_generated_tables_say_where_they_come_from() -> None:
    spec = GeneratorSpec("xor", rows=60, seed=9)
    table = generate(spec)
    assert source_of(table) == Source(generator=spec)
    made = source_of(table).table()
    assert made is not None
    assert made.fingerprint == table.fingerprint
    pd.testing.assert_frame_equal(made.frame, table.frame)
    assert not Source(generator=GeneratorSpec("xor", rows=60, seed=8)).fits(table)


@pytest.mark.parametrize(
    ("recipe", "said"),
    [
        (Recipe("nothing", "1", ("feature 1",)), "no column of its table that can be predicted"),
        (Recipe("class", "7", ("feature 1",)), "is never “7”"),
        (Recipe("class", "1", ("feature 9",)), "“feature 9” is no column"),
        (Recipe("class", "1", ("feature 1",), as_categories=("x",)), "“x” is no column"),
    ],
)
def test_a_recipe_for_another_table_is_refused(recipe: Recipe, said: str) -> None:
    with pytest.raises(ExperimentError, match=said):
        Experiment(Source(sample="tutorial"), recipe).check_columns(load_sample("tutorial").frame)


@pytest.mark.parametrize(
    "source", [Source(), Source(sample="tutorial", upload="0" * 16), Source(upload="XYZ"), Source(sample="nothing")]
)
def test_a_source_names_exactly_one_table(source: Source) -> None:
    with pytest.raises(ExperimentError):
        Experiment(source, Recipe("a", "b", ("c",))).validate()


def test_a_link_to_an_upload_needs_a_recipe() -> None:
    with pytest.raises(ExperimentError, match="does not say what to predict"):
        Experiment(Source(upload="0" * 16)).to_query()


def test_another_schema_is_refused() -> None:
    saved = Experiment(Source(sample="tutorial")).to_dict()
    with pytest.raises(ExperimentError, match="another version"):
        Experiment.from_dict({**saved, "schema": 99})


@pytest.mark.parametrize(
    ("parameters", "what", "allowed"),
    [
        ({"data": "moons", "data.rows": "1"}, "The number of rows is 1.", "from 10 to 200,000"),
        ({"data": "moons", "data.noise": "-1"}, "The noise is -1.", "from 0 to 1"),
        ({"data": "tutorial", "train.max_iter": "0"}, "The number of epochs is 0.", "from 1 to 1,000,000"),
        ({"data": "tutorial", "train": "maybe"}, "train=maybe", "train=yes"),
        ({"data": "tutorial", "recipe": "usual"}, "recipe=usual", "or nothing"),
    ],
)
def test_a_link_refused_says_what_is_allowed(parameters, what, allowed) -> None:
    with pytest.raises(ExperimentError) as refused:
        Experiment.from_query(parameters)
    assert what in refused.value.what
    assert allowed in refused.value.remedy


@pytest.mark.parametrize(
    "step",
    [
        {"kind": "clip", "columns": ["tenure months"], "width": 10**400},
        {"kind": "clip", "columns": "tenure months"},
        {"kind": "leave out", "columns": ["contract"], "because": ["a"]},
        {"kind": "flag missing", "columns": ["tenure months", "tenure months"]},
        {"kind": "values to missing", "columns": ["tenure months"], "values": [10**310]},
        {"kind": "group levels", "columns": ["contract"], "keep": True},
    ],
)
def test_a_repair_of_the_wrong_type_inside_a_link_is_refused(step: dict[str, Any]) -> None:
    link = {
        "data": "churn",
        "recipe.target": "churned",
        "recipe.positive": "yes",
        "recipe.features": '["tenure months","monthly charge"]',
        "recipe.steps": json.dumps([step]),
    }
    with pytest.raises(ExperimentError, match="This set-up cannot be opened"):
        Experiment.from_query(link)
