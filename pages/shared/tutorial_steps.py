"""The steps of the tutorial: in words, the code, and what it came to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from logreg_core.charts import boundary_map, boundary_map_alt, class_scatter, class_scatter_alt
from logreg_core.charts.lessons import sigmoid_chart, sigmoid_chart_alt, sigmoid_table, step_costs, step_costs_alt
from logreg_core.lessons import by_hand, tutorial
from logreg_core.lessons import tutorial_code as code
from pages.shared.figures import show_figure
from pages.shared.lessons.lesson import dial


def _beside(words: str, *functions: Callable[..., object]) -> st.delta_generator.DeltaGenerator:
    """Words across, the code of functions on the left; returns the right side."""
    st.markdown(words)
    left, right = st.columns([5, 3], gap="small")
    with left:
        _code(tutorial.source(*functions))
    return right


def _code(source: str) -> None:
    """Lines stay whole, also on a phone, where a finger moves them: a break in the middle is hard to read."""
    st.code(source, language="python", wrap_lines=False)


def _points() -> None:
    done = tutorial.walk()
    points = done.points()
    about = ("feature 1", "feature 2", "class")
    st.markdown(
        "The code needs two packages: NumPy, which computes with whole tables of numbers, and scikit-learn, which "
        "makes the points and splits them. `Array` is our short name for such a table."
    )
    _code(tutorial.imports())
    with _beside(
        "A thousand points, each with two features and one of two classes. The random state makes them the same "
        "thousand points everywhere.",
        code.make_points,
    ):
        st.markdown(f"{len(done.y):,} points, {int(done.y.sum()):,} of them class 1.")
        st.dataframe(points.head(5), hide_index=True, key="tutorial.rows", alt="The first five points.")
    st.markdown("Look before you compute: the two classes lie apart, and they overlap a little.")
    show_figure(
        class_scatter(points, *about, positive="1", negative="0"),
        key="tutorial.points",
        alt=class_scatter_alt(points, *about, positive="1"),
        numbers=points,
    )


def _split() -> None:
    done = tutorial.walk()
    with (
        _beside(
            "What a model has seen it can learn by heart. So a fifth of the points is kept aside: they take no part in "
            "learning, and judge the result.",
            code.keep_some_aside,
        ),
        st.container(horizontal=True),
    ):
        for name, y in (("Training points", done.y_train), ("Test points", done.y_test)):
            st.metric(name, f"{len(y):,}", border=True, help=f"{100 * float(np.mean(y)):.1f} % of them are class 1.")


def _sigmoid() -> None:
    with _beside(
        "Each point gets a score: its features times their weights, added up, plus a bias. A score may be any number; "
        "the sigmoid makes a probability of it.",
        code.sigmoid,
        code.probability,
    ):
        score = dial("A score", -6.0, 6.0, start=1.5, step=0.5, key="tutorial.score")
        p = float(code.sigmoid(np.array([score]))[0])
        show_figure(
            sigmoid_chart(score),
            key="tutorial.sigmoid",
            alt=sigmoid_chart_alt(score),
            numbers=sigmoid_table(score),
        )
        st.markdown(f"sigmoid({score:g}) = **{p:.4f}**")


def _cost() -> None:
    done = tutorial.walk()
    start = code.cost(code.probability(done.X_train, np.zeros(2), 0.0), done.y_train)
    with _beside(
        "How wrong is the model? For each point: minus the logarithm of the probability that it gave to what the point "
        "really is. The mean of that is the cost, log loss. Sure and wrong is expensive.",
        code.cost,
    ):
        st.metric("Cost with all weights at 0", f"{start:.6f}", border=True)
        st.markdown("Every point then gets 50 %, and pays log 2: the price of a coin flip.")


def _gradient() -> None:
    done = tutorial.walk()
    slope, slope_of_bias = code.gradient(done.X_train, done.y_train, code.probability(done.X_train, np.zeros(2), 0.0))
    with _beside(
        "Which way is down? The gradient holds one slope for each weight and one for the bias. The formula is short: "
        "error times feature, averaged.",
        code.gradient,
    ):
        st.table(
            {
                "Slope for feature 1": f"{slope[0]:.6f}",
                "Slope for feature 2": f"{slope[1]:.6f}",
                "Slope for the bias": f"{slope_of_bias:.6f}",
            },
            border="horizontal",
        )
        st.markdown("At the start. A slope below 0 says: more of this weight, and the cost falls.")


def _learn() -> None:
    done, best = tutorial.walk(), tutorial.untold().optimum
    with _beside(
        "Now again and again: probabilities, cost, gradient, and a small step down. The learning rate of 0.1 says how "
        "small. A thousand times, each time over all training points: a thousand epochs.",
        code.learn,
    ):
        st.table(
            {
                "Cost at epoch 0": f"{done.costs[0]:.6f}",
                "Cost at epoch 100": f"{done.costs[100]:.6f}",
                "Cost at epoch 999": f"{done.costs[999]:.6f}",
                "Weight of feature 1": f"{done.weights[0]:.6f}",
                "Weight of feature 2": f"{done.weights[1]:.6f}",
                "Bias": f"{done.bias:.6f}",
            },
            border="horizontal",
        )
    st.markdown(
        "The cost curve: steep at first, then flatter and flatter. The dashed line is the lowest cost there is."
    )
    show_figure(
        step_costs(done.costs, best.cost),
        key="tutorial.costs",
        alt=step_costs_alt(done.costs, best.cost),
        numbers=tutorial.cost_table(),
    )


def _boundary() -> None:
    done = tutorial.walk()
    st.markdown(
        "Where the probability is one half, the model changes its mind. With two features that is a straight line: "
        f"{by_hand.boundary_in_words(done.weights.round(3).tolist(), round(done.bias, 3), tutorial.NAMES)}."
    )
    points = tutorial.test_points()
    slice_ = tutorial.plane_of_result()
    about: dict[str, Any] = {"threshold": 0.5, "positive": "1", "target": "class"}
    show_figure(
        boundary_map(slice_, points, negative="0", **about),
        key="tutorial.boundary",
        alt=boundary_map_alt(slice_, points, **about),
        numbers=tutorial.test_table(),
    )


def _judge() -> None:
    done = tutorial.walk()
    right = int(np.sum(done.predicted == done.y_test))
    with _beside(
        "From one half on the model says class 1. The test points, which it has not seen, say how often that is right.",
        code.predict,
        code.accuracy,
    ):
        st.metric("Test points right", f"{100 * done.accuracy:.2f} %", border=True)
        st.markdown(f"{right} of {len(done.y_test)}.")


def _all_together() -> None:
    st.markdown("This calls the functions in their order; it is what computed the numbers above.")
    _code(tutorial.source(code.all_together))
    st.markdown("And this runs it, and prints three lines: the cost, the weights and the bias, and the share right.")
    _code(tutorial.RUN)
    st.code(tutorial.printed(), language=None, wrap_lines=True)
    st.download_button(
        "Download the code",
        tutorial.script(),
        file_name="logistic_regression.py",
        mime="text/x-python",
        key="tutorial.download",
        icon=":material/download:",
        on_click="ignore",
        help="All functions in one file, for somebody who programs.",
    )


STEPS: tuple[tuple[str, Callable[[], None]], ...] = (
    ("Make points, and look", _points),
    ("Keep some aside", _split),
    ("From a score to a probability", _sigmoid),
    ("A cost for being wrong", _cost),
    ("Which way is down", _gradient),
    ("A thousand small steps", _learn),
    ("The boundary", _boundary),
    ("Judge it", _judge),
    ("All together", _all_together),
)
