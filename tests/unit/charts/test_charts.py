import json
import math
import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from logreg_core import charts
from logreg_core.charts import palette
from logreg_core.charts.text import as_space_text, as_text, shorten
from logreg_core.charts.weights import signed
from logreg_core.evaluation import (
    Confusion,
    Levels,
    crossings,
    curve,
    evaluate,
    levels,
    logit,
    plane,
    sample_points,
    score_rows,
    typical_values,
    volume,
)
from logreg_core.training import TrainSettings, train
from tests.unit.evaluation.cases import churn, tutorial

RANGES = {"age": (10.0, 80.0), "tenure": (0.0, 100.0), "charge": (10.0, 130.0)}
NASTY = "<b>%{x}$a$&\n\x00" + "long " * 20
CLASSES = {"positive": "yes", "negative": "no", "target": "churned"}
NAMED = {"positive": "yes", "target": "churned"}


@pytest.fixture(scope="module")
def case():
    frame, prepared, model = churn()
    score, typical = score_rows(model, prepared), typical_values(frame, prepared)
    return SimpleNamespace(
        frame=frame,
        prepared=prepared,
        model=model,
        score=score,
        typical=typical,
        points=sample_points(frame, prepared),
        plane=plane(score, typical, "tenure", "charge", RANGES["tenure"], RANGES["charge"]),
        curve=curve(score, typical, "tenure", RANGES["tenure"]),
        volume=volume(score, typical, ("age", "tenure", "charge"), tuple(RANGES.values())),
        levels=levels(score, typical, "contract", prepared.level_names["contract"]),
        evaluation=evaluate(model, prepared),
    )


@pytest.fixture(scope="module")
def trained():
    cost = 0.2 + 0.5 * np.exp(-np.arange(5000) / 300)
    epochs = np.arange(0, 5000, 10)
    return SimpleNamespace(
        settings=TrainSettings(),
        history=SimpleNamespace(cost=cost),
        final_cost=0.2,
        test_epochs=epochs,
        test_cost=cost[epochs] + 0.01,
    )


def trace(figure, name):
    (found,) = [each for each in figure.data if each.name == name]
    return found


# Text from the user


@pytest.mark.parametrize("hostile", ["<b>%{x}$", "%{y:.3f}", "$\\sqrt{x}$", "<a href='x'>", "&lt;b&gt;", NASTY])
def test_as_text_leaves_nothing_that_plotly_acts_on(hostile):
    text = as_text(hostile)
    assert not re.search(r"[<>$%{\\]", text)
    assert not re.search(r"&(?!(amp|lt|gt|#\d+);)", text)


def test_as_text_reads_as_it_was_written():
    import html

    for name in ('a "quoted" name', "R&D", "50 % of {all}", "<b>%{x}$", "Straße", "3 < 4"):
        assert html.unescape(as_text(name)) == name


TAKEN_FOR_CODE = ["#000001", "Order #000040, Berlin", "constructor", "toString", "__proto__", "mapbox", "mapbox.style"]


def _as_the_front_end_sends_it(text):
    """What Streamlit's front end makes of a text in a layout before plotly sees it; see ``charts.text``."""
    methods = ("constructor", "toString", "valueOf", "hasOwnProperty", "__proto__")
    if text in methods:
        return None
    return re.sub(r"^(layout\.)?mapbox", r"\1map", re.sub(r"#0000([0-3]\d|40)", "#D55E00", text))


@pytest.mark.parametrize("name", [*TAKEN_FOR_CODE, "valueOf", "hasOwnProperty", "layout.mapbox2.style", "&#000001;"])
def test_no_name_is_taken_for_a_colour_or_a_word_of_the_front_end(name):
    import html

    assert html.unescape(_as_the_front_end_sends_it(as_text(name))) == name
    in_space = _as_the_front_end_sends_it(as_space_text(name))
    assert in_space.replace("\N{WORD JOINER}", "") == name
    ours = as_text("an ordinary name, constructors and #")
    assert html.unescape(ours) == "an ordinary name, constructors and #"


@pytest.mark.parametrize("name", TAKEN_FOR_CODE)
def test_no_figure_holds_a_name_that_is_taken_for_code(case, name):
    for kind, figure in _figures_with_names(case, name, name + " 2", name + " 3", other="plain", target=name).items():
        sent = json.loads(figure.to_json())
        sent["layout"].pop("template", None)  # of Streamlit's theme, once that is imported: its colours are meant
        for text in _texts(sent):
            assert _as_the_front_end_sends_it(text) == text, (kind, text)


def _texts(sent):
    if isinstance(sent, str):
        yield sent
    elif isinstance(sent, dict | list):
        for each in sent.values() if isinstance(sent, dict) else sent:
            yield from _texts(each)


def test_long_names_are_shortened_on_one_line():
    assert shorten("a\nb\tc\x00d") == "a b c d"
    assert len(shorten("x" * 41)) == 40
    assert shorten("x" * 40) == "x" * 40
    # Shortened before it is escaped: no entity is ever cut.
    assert as_text("&" * 100).count("&amp;") == 39
    assert shorten("contract = month-to-month, number 17", 20, keep_end=True) == "contract =…number 17"
    assert "<" not in as_space_text("<b>")


def _figures_of_a_hostile_table(case):
    return _figures_with_names(case, NASTY, NASTY + "2", "%{z}", other="<i>", target="$t$")


def _figures_with_names(case, one, two, three, *, other, target):
    """Every kind of figure of a table with these columns; the classes are ``one`` and ``other``."""
    names = {"tenure": one, "charge": two, "age": three}
    frame = case.frame.rename(columns=names)
    prepared = replace(case.prepared, numbers=tuple(names[c] for c in case.prepared.numbers))
    score, typical = score_rows(case.model, prepared), typical_values(frame, prepared)
    points = sample_points(frame, prepared, limit=50)
    given = {"threshold": 0.3, "positive": one, "negative": other, "target": target}
    confusion = case.evaluation.test.at(0.3)
    return {
        "map": charts.boundary_map(plane(score, typical, one, two, (0, 9), (0, 9), n=5), points, **given),
        "curve": charts.probability_curve(curve(score, typical, one, (-200, 90)), points, **given),
        "levels": charts.level_bars(Levels(one, (one, other), np.array([0.1, 0.9]), {}), **given),
        "weights": charts.weight_bars((one, other), [1.0, -2.0], positive=one, target="<u>"),
        "roc": charts.roc_curve(replace(case.evaluation, positive=one, negative=other), 0.3),
        "confusion": charts.confusion_matrix(confusion, one, other),
        "scatter": charts.class_scatter(
            frame.head(50).rename(columns={"churned": "<u>"}), one, three, "<u>", "yes", negative=other
        ),
        "volume": charts.boundary_volume(volume(score, typical, prepared.numbers, ((0, 9),) * 3, n=3), points, **given),
    }


def test_no_figure_passes_on_markup_from_the_table(case):
    for kind, figure in _figures_of_a_hostile_table(case).items():
        # Text of axes in space is not read as a template or by MathJax; its tags are tested below.
        figure.layout.scene = None
        sent = figure.to_json().replace("\\u003c", "<").replace("\\u003e", ">")
        assert not re.search(r"<b>&|<b>%|<i>|<u>|\$", sent), kind
        # What is left of templates is ours: each names a value that plotly has.
        templates = re.findall(r"%\{([^}:]*)", sent)
        assert set(templates) <= {"x", "y", "z", "customdata", "text"}, kind


def test_space_axes_hold_no_tag(case):
    scene = _figures_of_a_hostile_table(case)["volume"].layout.scene
    assert "<" not in scene.xaxis.title.text + scene.yaxis.title.text + scene.zaxis.title.text


# Palette


def _luminance(colour):
    # WCAG 2.2, relative luminance.
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _over(rgba, page):
    *channels, opacity = (float(part) for part in re.findall(r"[\d.]+", rgba))
    under = [int(page[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(c * opacity + u * (1 - opacity)):02x}" for c, u in zip(channels, under, strict=True))


@pytest.mark.parametrize("page", ["#ffffff", "#0e1117"])
def test_marks_are_seen_on_light_and_dark_pages(page):
    # WCAG 2.2, 1.4.11: 3 to 1 for graphics.
    for colour in (palette.NEGATIVE, palette.POSITIVE, palette.LINE, palette.TRAINING_ROWS, palette.TEST_ROWS):
        assert _contrast(colour, page) >= 3


def test_counts_are_read_on_every_shade_of_the_confusion_matrix():
    # WCAG 2.2, 1.4.3: 4.5 to 1 for text. The ends suffice: luminance is monotone between two colours.
    for _, shade in palette.SHARE_SCALE:
        assert _contrast(palette.SHARE_INK, shade) >= 4.5


@pytest.mark.parametrize("page", ["#ffffff", "#0e1117"])
def test_points_are_seen_on_the_wrong_side_of_the_map(page):
    # An orange point deep in the blue and the reverse: told apart by colour, at least as 1.5 to 1 in lightness.
    blue, _, orange = (_over(shade, page) for _, shade in palette.PROBABILITY_SCALE)
    assert _contrast(palette.POSITIVE, blue) >= 1.5
    assert _contrast(palette.NEGATIVE, orange) >= 1.5


def test_classes_differ_in_shape_too():
    assert palette.NEGATIVE_SYMBOL != palette.POSITIVE_SYMBOL


def test_every_figure_is_transparent_and_leaves_text_to_the_theme(case, trained):
    for figure in _figures_of_a_hostile_table(case).values():
        assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == palette.CLEAR
        assert figure.layout.font.color is None
        assert 360 <= figure.layout.height <= 460
        assert figure.layout.legend.orientation == "h"


# Cost


def test_cost_curve_draws_both_parts_thinned_with_their_ends(trained):
    figure = charts.cost_curve(trained)
    train, test = trace(figure, "Training rows"), trace(figure, "Test rows")
    costs = np.append(trained.history.cost, trained.final_cost)  # the end is after the last update
    for line, cost in ((train, costs), (test, trained.test_cost)):
        assert len(line.x) <= 400
        assert (line.y[0], line.y[-1]) == (cost[0], cost[-1])
    np.testing.assert_array_equal(train.y, costs[train.x.astype(int)])
    assert (train.x[0], train.x[-1]) == (0, 5000)
    assert train.line.dash != test.line.dash


def test_cost_curve_on_a_logarithmic_axis_starts_at_epoch_one(trained):
    figure = charts.cost_curve(trained, log_x=True)
    assert figure.layout.xaxis.type == "log"
    assert min(trace(figure, "Training rows").x) == 1


def test_cost_of_a_run_that_blew_up_is_drawn_as_far_as_it_is_finite():
    cost = np.array([0.7, 2.0, 50.0, 1e300, np.inf, np.nan])
    run = SimpleNamespace(
        settings=TrainSettings(),
        history=SimpleNamespace(cost=cost),
        final_cost=np.nan,
        test_epochs=np.array([0]),
        test_cost=np.array([np.nan]),
    )
    figure = charts.cost_curve(run)
    assert len(trace(figure, "Training rows").x) == 4
    assert figure.layout.yaxis.type == "log"
    assert "rises" in charts.cost_curve_alt(run)


def test_with_a_penalty_both_parts_are_drawn_without_it_and_the_cost_beside_them():
    _, prepared, _ = tutorial()
    model = train(prepared, TrainSettings(max_iter=50, alpha=0.1))
    figure = charts.cost_curve(model)
    assert (trace(figure, "Training rows").y[-1], trace(figure, "Test rows").y[-1]) == (
        model.train_loss[-1],
        model.test_cost[-1],
    )
    penalised = trace(figure, "Training, with penalty")
    assert penalised.y[-1] == model.final_cost > model.train_loss[-1]
    assert len({each.line.dash for each in figure.data}) == 3
    assert charts.cost_table(model)["training rows, with penalty"].iloc[-1] == model.final_cost
    assert f"to {model.train_loss[-1]:.4g} by epoch 50" in charts.cost_curve_alt(model)


def test_an_exact_fit_has_steps_and_firths_cost_is_not_drawn_beside_a_log_loss():
    _, prepared, _ = tutorial()
    model = train(prepared, TrainSettings(method="exact", firth=True))
    figure = charts.cost_curve(model)
    assert [each.name for each in figure.data] == ["Training rows", "Test rows"]
    assert trace(figure, "Training rows").y[-1] == model.train_loss[-1]
    assert figure.layout.xaxis.title.text == "step"
    balanced = charts.cost_curve(train(prepared, TrainSettings(method="exact", balanced=True)))
    assert balanced.layout.yaxis.title.text == "log loss, both classes alike"


def test_the_caption_of_the_curve_says_what_is_not_as_one_expects():
    _, prepared, _ = tutorial()
    assert charts.cost_caption(train(prepared, TrainSettings())) == ""
    assert "does not begin with weights of 0" in charts.cost_caption(train(prepared, TrainSettings(method="exact")))
    assert "can be compared" in charts.cost_caption(train(prepared, TrainSettings(max_iter=5, alpha=0.1)))
    assert "Both classes count alike" in charts.cost_caption(train(prepared, TrainSettings(max_iter=5, balanced=True)))
    epochs = np.arange(6)
    run = SimpleNamespace(
        settings=TrainSettings(),
        history=SimpleNamespace(cost=np.linspace(0.7, 0.2, 5)),
        final_cost=0.1,
        test_epochs=epochs,
        test_cost=np.array([0.7, 0.5, 0.4, 0.5, 0.6, 0.8]),
    )
    assert "lowest around epoch 2 and has risen since" in charts.cost_caption(run)
    run.test_cost = np.array([0.7, 0.5, 0.4, 0.41, 0.42, 0.43])  # a wobble
    assert charts.cost_caption(run) == ""


def test_large_weights_are_written_without_an_exponent():
    assert [signed(value, digits=3) for value in (-2990.4, 0.0338, 12.34, 5e7)] == [
        "−2,990",
        "+0.0338",
        "+12.3",
        "+5e+07",
    ]


def test_cost_of_a_run_without_an_update_is_a_point():
    run = SimpleNamespace(
        settings=TrainSettings(),
        history=SimpleNamespace(cost=np.empty(0)),
        final_cost=0.693,
        test_epochs=np.array([0]),
        test_cost=np.array([0.7]),
    )
    for log_x in (False, True):
        figure = charts.cost_curve(run, log_x=log_x)
        assert all(each.mode == "markers" for each in figure.data)


# Boundary


def _cut(figure):
    return [each for each in figure.data if (each.name or "").startswith("Boundary")]


def test_boundary_map_holds_probability_boundary_and_points(case):
    figure = charts.boundary_map(case.plane, case.points, threshold=0.2, **CLASSES)
    heat = figure.data[0]
    np.testing.assert_allclose(heat.z, 1 / (1 + np.exp(-case.plane.z)), atol=5.1e-4)  # sent to three digits
    (line,) = _cut(figure)
    # The sent contour is cut at 0 exactly where the linear predictor is at the logit: same sign everywhere.
    np.testing.assert_array_equal(np.sign(line.z), np.sign(case.plane.z - logit(0.2)))
    assert line.contours.value == 0
    yes, no = trace(figure, "churned = yes"), trace(figure, "churned = no")
    assert len(yes.x) == case.points.y.sum()
    assert len(no.x) == (case.points.y == 0).sum()
    assert (yes.marker.symbol, no.marker.symbol) == ("diamond", "circle")
    assert figure.layout.legend.title.text == "Training rows (2,000 of 4,800 drawn)"
    assert tuple(figure.layout.xaxis.range) == RANGES["tenure"]


@pytest.mark.parametrize("threshold", [0.0, 1.0, 0.999999])
def test_no_boundary_where_there_is_none(case, threshold):
    assert not _cut(charts.boundary_map(case.plane, case.points, threshold=threshold, **CLASSES))
    assert not _cut(charts.boundary_volume(case.volume, case.points, threshold=threshold, **CLASSES))
    curve_figure = charts.probability_curve(case.curve, case.points, threshold=threshold, **CLASSES)
    assert not curve_figure.layout.shapes
    for alt in (
        charts.boundary_map_alt(case.plane, case.points, threshold=threshold, **NAMED),
        charts.boundary_volume_alt(case.volume, case.points, threshold=threshold, **NAMED),
        charts.probability_curve_alt(case.curve, case.points, threshold=threshold, **NAMED),
        charts.level_bars_alt(case.levels, threshold=threshold, **NAMED),
    ):
        assert alt.endswith(".")
        assert "nan" not in alt
    assert charts.level_bars(case.levels, threshold=threshold, **CLASSES).data
    assert charts.roc_curve(case.evaluation, threshold).data


def test_probability_curve_marks_where_the_threshold_is_crossed(case):
    figure = charts.probability_curve(case.curve, case.points, threshold=0.1, **CLASSES)
    (at,) = crossings(case.curve, 0.1)
    assert figure.layout.shapes[0].x0 == at
    np.testing.assert_array_equal(trace(figure, "Model").y, case.curve.probability)
    yes = trace(figure, "churned = yes")
    # Spread around 1, never across to the other class, and the same on every run.
    assert np.abs(yes.y - 1).max() <= 0.05
    assert len(np.unique(yes.y)) > 50
    again = charts.probability_curve(case.curve, case.points, threshold=0.1, **CLASSES)
    assert figure.to_json() == again.to_json()


def test_the_plane_in_space_lies_where_the_threshold_is(case):
    figure = charts.boundary_volume(case.volume, case.points, threshold=0.3, **CLASSES)
    (surface,) = _cut(figure)
    assert surface.type == "surface"
    age, tenure, charge = (np.asarray(axis) for axis in (surface.x, surface.y, surface.z))
    z = 0.01 * age - 0.05 * tenure + 0.03 * charge - 3.4
    # Solved from grid values: rounding of numbers of size 10 only.
    np.testing.assert_allclose(z, math.log(0.3 / 0.7), atol=1e-12)
    edge = next(drawn for drawn in figure.data if drawn.type == "scatter3d" and drawn.mode == "lines")
    places = [np.asarray(axis) for axis in (edge.x, edge.y, edge.z)]
    assert 4 <= len(edge.x) <= 7
    assert [axis[0] for axis in places] == [axis[-1] for axis in places]
    np.testing.assert_allclose(0.01 * places[0] - 0.05 * places[1] + 0.03 * places[2] - 3.4, math.log(0.3 / 0.7))
    for axis, values in zip(places, case.volume.axes, strict=True):
        assert values[0] - 1e-9 <= axis.min() <= axis.max() <= values[-1] + 1e-9


def test_where_a_picture_in_space_is_looked_at_from_is_part_of_it(case):
    corner = charts.boundary_volume(case.volume, case.points, threshold=0.3, **CLASSES)
    above = charts.boundary_volume(
        case.volume, case.points, threshold=0.3, view=charts.SPACE_VIEWS["Above"], looks=1, **CLASSES
    )
    assert corner.layout.scene.camera != above.layout.scene.camera
    # Chosen once more, the view wins over one that was dragged.
    assert corner.layout.scene.uirevision != above.layout.scene.uirevision


def test_a_curved_boundary_is_an_isosurface(case):
    bent = volume(
        lambda rows: 3 - ((rows["age"] - 41) / 15).to_numpy() ** 2,
        case.typical,
        ("age", "tenure", "charge"),
        tuple(RANGES.values()),
    )
    figure = charts.boundary_volume(bent, case.points, threshold=0.3, **CLASSES)
    (surface,) = _cut(figure)
    assert surface.type == "isosurface"
    assert (surface.isomin, surface.isomax) == (0, 0)
    np.testing.assert_array_equal(np.sign(surface.value), np.sign(bent.z.ravel() - logit(0.3)))
    assert len(figure.to_json()) <= 600_000


def test_level_bars_tell_predicted_classes_apart_by_colour_and_pattern(case):
    figure = charts.level_bars(case.levels, threshold=0.05, **CLASSES)
    yes, no = trace(figure, "Predicted churned = yes"), trace(figure, "Predicted churned = no")
    assert sorted([*yes.y, *no.y]) == [0, 1, 2]
    np.testing.assert_array_equal(yes.x, case.levels.probability[list(yes.y)])
    assert min(yes.x) >= 0.05 > max(no.x)
    assert yes.marker.pattern.shape != no.marker.pattern.shape
    (percents,) = (each for each in figure.data if each.type == "scatter")
    # Beyond every bar and every threshold, one below the other.
    assert set(percents.x) == {1.02}
    assert list(percents.y) == [0, 1, 2]


def test_levels_and_weights_with_the_same_short_name_stay_apart():
    same = tuple("a very long name of a level that ends with number " * 2 + str(i) for i in range(30))
    figure = charts.level_bars(Levels("c", same, np.linspace(0, 1, 30), {}), threshold=0.5, **CLASSES)
    assert sum(len(each.y) for each in figure.data if each.type == "bar") == 20
    assert "first 20 of 30" in figure.layout.legend.title.text
    assert len(set(figure.layout.yaxis.ticktext)) > 1


# Weights


def test_weight_bars_show_the_largest_and_say_so():
    weights = np.linspace(-3, 1, 50)
    figure = charts.weight_bars([f"f{i}" for i in range(50)], weights, positive="yes")
    assert "the 20 largest of 50" in figure.layout.xaxis.title.text
    assert figure.layout.yaxis.ticktext[:2] == ("f0", "f1")
    lowers = trace(figure, "Lowers yes")
    np.testing.assert_array_equal(lowers.x, weights[:20])
    assert all(text.startswith("−") for text in lowers.text)
    assert lowers.marker.color == palette.NEGATIVE


def test_weight_bars_of_one_and_of_zero_weights():
    figure = charts.weight_bars(["only"], [2.5])
    (bar,) = figure.data
    assert (bar.marker.color, bar.text[0], bar.y[0]) == (palette.POSITIVE, "+2.5", 0)
    zero = charts.weight_bars(["a", "b"], [0.0, 0.0])
    assert not zero.data
    low, high = zero.layout.xaxis.range
    assert low < high
    assert charts.weight_bars_alt(["a", "b"], [0.0, 0.0]) == "All 2 weights are zero."


# ROC and confusion


def test_roc_curve_marks_the_threshold_of_the_test_rows(case):
    figure = charts.roc_curve(case.evaluation, 0.3)
    confusion = case.evaluation.test.at(0.3)
    point = trace(figure, "Threshold 0.3")
    assert (point.x[0], point.y[0]) == (1 - confusion.specificity, confusion.recall)
    names = [each.name for each in figure.data]
    assert f"Test (AUC {case.evaluation.test.auc:.3f})" in names
    assert all(len(each.x) <= 400 for each in figure.data)
    # JSON knows no infinity: the first threshold must have been made finite.
    assert all(np.isfinite(each.customdata).all() for each in figure.data if each.customdata is not None)


def test_roc_of_a_part_with_one_class_is_left_out(case):
    prepared = replace(case.prepared, y_test=np.zeros_like(case.prepared.y_test))
    evaluation = evaluate(case.model, prepared)
    names = [each.name for each in charts.roc_curve(evaluation, 0.5).data]
    assert len(names) == 2
    assert charts.roc_curve_alt(evaluation, 0.5).startswith("No ROC curve")


def test_confusion_matrix_counts_and_shares():
    confusion = Confusion(true_negative=90, false_positive=10, false_negative=25, true_positive=75)
    figure = charts.confusion_matrix(confusion, "yes", "no", target="churned")
    np.testing.assert_array_equal(figure.data[0].z, [[0.9, 0.1], [0.25, 0.75]])
    said = {(note.x, note.y): note.text for note in figure.layout.annotations}
    assert "<b>10</b>" in said[1, 0]
    assert "25.0 %" in said[0, 1]
    assert figure.layout.xaxis.ticktext == ("Predicted<br>churned<br>= no", "Predicted<br>churned<br>= yes")
    assert figure.layout.yaxis.ticktext == ("Actually<br>churned<br>= no", "Actually<br>churned<br>= yes")
    low_end, high_end = figure.layout.yaxis.range
    assert low_end > high_end  # the first row of the matrix on top
    alt = charts.confusion_matrix_alt(confusion, "yes", "no")
    assert alt.startswith("165 of 200 rows are predicted right (82.5 %): 75 yes found and 25 missed")


def test_confusion_matrix_of_a_class_without_rows():
    figure = charts.confusion_matrix(Confusion(5, 1, 0, 0), "yes", "no")
    assert sum("no such rows" in note.text for note in figure.layout.annotations) == 2
    assert charts.confusion_matrix_alt(Confusion(0, 0, 0, 0), "yes", "no").startswith("0 of 0 rows")


# Scatter and sizes


def test_class_scatter_samples_large_tables_and_says_so(case):
    figure = charts.class_scatter(case.frame, "tenure", "charge", "churned", "yes")
    assert sum(len(each.x) for each in figure.data) == 2000
    assert figure.layout.legend.title.text == "Rows (2,000 of 6,000 drawn)"
    assert {each.name for each in figure.data} == {"yes", "no"}
    assert "6,000 rows" in charts.class_scatter_alt(case.frame, "tenure", "charge", "churned", "yes")


def test_missing_and_infinite_places_are_not_drawn(case):
    points = replace(case.points, frame=case.points.frame.assign(tenure=np.inf))
    figure = charts.boundary_map(case.plane, points, threshold=0.5, **CLASSES)
    assert np.isnan(trace(figure, "churned = yes").x).all()
    assert charts.boundary_volume(case.volume, points, threshold=0.5, **CLASSES).data


def test_figures_are_small_to_send(case, trained):
    assert case.plane.z.shape == (80, 80)
    assert case.points.shown == 2000
    given = {"threshold": 0.2, **CLASSES}
    assert len(charts.boundary_map(case.plane, case.points, **given).to_json()) <= 300_000
    assert len(charts.boundary_volume(case.volume, case.points, **given).to_json()) <= 600_000
    assert len(charts.probability_curve(case.curve, case.points, **given).to_json()) <= 300_000
    assert len(charts.cost_curve(trained).to_json()) <= 50_000


def test_the_tutorial_in_a_sentence():
    frame, prepared, model = tutorial()
    evaluation = evaluate(model, prepared)
    alt = charts.confusion_matrix_alt(evaluation.test.at(0.5), "1", "0")
    assert alt.startswith("180 of 200 rows are predicted right (90.0 %)")
    assert charts.boundary_map_alt(
        plane(score_rows(model, prepared), typical_values(frame, prepared), *prepared.numbers, (-3, 4), (-3, 3)),
        sample_points(frame, prepared, "test"),
        threshold=0.5,
        positive="1",
        target="class",
    ).startswith("Chance of class = 1 over feature 1 (across) and feature 2 (up), with 200 test rows")


def test_tables_hold_the_numbers_of_the_charts(case):
    _, prepared, _ = tutorial()
    model = train(prepared, TrainSettings(max_iter=50))
    table = charts.cost_table(model)
    drawn = charts.cost_curve(model).data[0]
    known = table.dropna(subset=["training rows"])
    np.testing.assert_array_equal(known["epoch"], drawn.x)
    np.testing.assert_array_equal(known["training rows"], drawn.y)
    evaluation = evaluate(model, prepared)
    roc = charts.roc_table(evaluation)
    for threshold, found, false_alarms in roc.iloc[1:].itertuples(index=False):
        # The curve's thresholds went through the linear predictor and back, so a row may sit on either side of one.
        confusion = evaluation.test.at(threshold - 1e-12)
        assert (confusion.recall, 1 - confusion.specificity) == pytest.approx((found, false_alarms), abs=1e-12)


def test_weights_without_an_end_are_drawn_as_such() -> None:
    """Cut to the others' size, hatched, and without a number that would mean nothing."""
    chart = charts.weight_bars(["ward", "age", "size"], [29.3, 0.4, -0.2], positive="yes", target="left", endless=(0,))
    raising = next(trace for trace in chart.data if trace.name.startswith("Raises"))
    assert list(raising.x) == pytest.approx([0.5, 0.4])
    assert list(raising.text) == ["no end", "+0.4"]
    assert list(raising.marker.pattern.shape) == ["/", ""]
    assert (
        charts.weight_bars_alt(["ward", "age"], [29.3, 0.4], endless=(0,)) == "Of 2 weights, that of ward has no end."
    )
