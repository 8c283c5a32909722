"""The verdict: headline with its wobble, threshold, confusion matrix, all measures on test and training rows, ROC."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.charts import confusion_matrix, confusion_matrix_alt, roc_curve, roc_curve_alt, roc_table
from logreg_core.evaluation import base_rate_log_loss, remarks
from pages.shared import workspace
from pages.shared.cards import share_card
from pages.shared.figures import show_figure
from pages.shared.fitted_view import show_headline
from pages.shared.wording import loss, named, percent, plain

if TYPE_CHECKING:
    from logreg_core.evaluation import Confusion, Evaluation
    from pages.shared.jobs import TrainedResult


def show(result: TrainedResult, evaluation: Evaluation) -> None:
    """The whole verdict on a trained model."""
    st.markdown(
        f"Predicting **{named(evaluation.target, evaluation.positive)}** "
        f"in **{plain(result.table.name)}**, "
        f"judged on {evaluation.test.rows:,} test rows that the model did not see while it learned."
    )
    show_headline(result)
    threshold = _choose_threshold(evaluation)
    test, train = evaluation.test.at(threshold), evaluation.train.at(threshold)
    _show_headline(evaluation, test)
    _show_remarks(result, evaluation, threshold)
    left, right = st.columns(2)
    with left:
        st.subheader("Confusion matrix", anchor=False)
        show_figure(
            confusion_matrix(test, evaluation.positive, evaluation.negative, target=evaluation.target),
            key="evaluate.confusion",
            alt=confusion_matrix_alt(test, evaluation.positive, evaluation.negative),
        )
        st.caption(_confusion_in_words(evaluation, test))
    with right:
        st.subheader("ROC curve", anchor=False)
        show_figure(
            roc_curve(evaluation, threshold),
            key="evaluate.roc",
            alt=roc_curve_alt(evaluation, threshold),
            numbers=roc_table(evaluation),
        )
        st.caption(
            f"Each point is a threshold: how many {named(evaluation.target, evaluation.positive)} "
            "rows are found against how many "
            f"{named(evaluation.target, evaluation.negative)} rows are taken for "
            "one. The dotted line is guessing by chance."
        )
    st.subheader("All measures", anchor=False)
    _show_measures(evaluation, test, train)


def _choose_threshold(evaluation: Evaluation) -> float:
    workspace.seed_threshold()
    threshold = st.slider(
        "Threshold",
        0.0,
        1.0,
        step=0.01,
        key="evaluate.threshold",
        persist_state="session",
        help=(
            "Lower: more of the positive class is found, with more false alarms. Higher: fewer "
            "false alarms, more is missed. Nothing is trained again."
        ),
    )
    workspace.set_threshold(threshold)
    st.caption(
        f"A row counts as **{named(evaluation.target, evaluation.positive)}** when its "
        f"probability is at least {percent(threshold, 0)}."
    )
    return threshold


def _show_headline(evaluation: Evaluation, test: Confusion) -> None:
    positive = named(evaluation.target, evaluation.positive)
    baseline = evaluation.baseline(evaluation.test)
    with st.container(horizontal=True):
        _share_card("Accuracy", test, "accuracy", "Test rows predicted right.")
        st.metric(
            "Always guessing",
            percent(baseline.accuracy, 2),
            delta=f"always {named(evaluation.target, baseline.always)}",
            delta_color="off",
            delta_arrow="off",
            border=True,
            height="stretch",
            help=(
                "Accuracy on the test rows of always guessing their larger class. If accuracy is what counts, a model "
                "has to beat this; for a rare class look at recall, precision and AUC."
            ),
        )
        _share_card("Recall", test, "recall", f"Of the test rows with {positive}, how many are found.")
        _share_card("Precision", test, "precision", f"Of the test rows predicted {positive}, how many are right.")


def _share_card(label: str, test: Confusion, share: str, meaning: str) -> None:
    right, of = test.counts(share)  # type: ignore[arg-type]
    share_card(
        label,
        test,
        share,
        meaning=f"{meaning} {right:,} of {of:,}. "
        "With this many rows the true share likely (95 %) lies in the range given.",
    )


def _show_remarks(result: TrainedResult, evaluation: Evaluation, threshold: float) -> None:
    """What to know before believing the numbers, from the numbers themselves."""
    said = remarks(evaluation, threshold, balanced=result.model.settings.balanced)
    warnings = [remark.text for remark in said if remark.kind == "warning"]
    if warnings:
        bullet = "- " if len(warnings) > 1 else ""
        st.warning("\n".join(f"{bullet}{plain(text, longest=None)}" for text in warnings), icon=":material/report:")
    notes = [remark.text for remark in said if remark.kind != "warning"]
    for text in notes:
        st.caption(f":material/info: {plain(text, longest=None)}")


def _confusion_in_words(evaluation: Evaluation, test: Confusion) -> str:
    positive = named(evaluation.target, evaluation.positive)
    negative = named(evaluation.target, evaluation.negative)
    actual = test.true_positive + test.false_negative
    return (
        f"Of {actual:,} rows with {positive}, {test.true_positive:,} are found and {test.false_negative:,} missed. "
        f"Of {test.total - actual:,} rows with {negative}, {test.false_positive:,} are taken for {positive}."
    )


def _show_measures(evaluation: Evaluation, test: Confusion, train: Confusion) -> None:
    positive = named(evaluation.target, evaluation.positive)
    negative = named(evaluation.target, evaluation.negative)
    lines = [
        ("Accuracy", test.accuracy, train.accuracy, "rows predicted right"),
        (
            "Always guessing",
            evaluation.baseline(evaluation.test).accuracy,
            evaluation.baseline(evaluation.train).accuracy,
            "always guessing the larger class",
        ),
        ("Precision", test.precision, train.precision, f"of the rows predicted {positive}, how many are right"),
        ("Recall (sensitivity)", test.recall, train.recall, f"of the rows with {positive}, how many are found"),
        ("Specificity", test.specificity, train.specificity, f"of the rows with {negative}, how many are predicted so"),
        ("F1", test.f1, train.f1, "precision and recall in one number"),
    ]
    constant = (
        "Log loss without a model",
        base_rate_log_loss(evaluation, evaluation.test),
        base_rate_log_loss(evaluation, evaluation.train),
        "every row gets the same probability: the share in the training rows",
    )
    plain_numbers = [
        constant,
        ("Log loss", evaluation.test.log_loss, evaluation.train.log_loss, "lower is better; 0 is certain and right"),
        (
            "AUC",
            evaluation.test.auc,
            evaluation.train.auc,
            f"chance that a row with {positive} ranks above one with {negative}",
        ),
    ]
    st.table(
        {
            "Measure": [line[0] for line in lines + plain_numbers],
            f"Test rows ({evaluation.test.rows:,})": [percent(line[1], 2) for line in lines]
            + [loss(line[1]) for line in plain_numbers],
            f"Training rows ({evaluation.train.rows:,})": [percent(line[2], 2) for line in lines]
            + [loss(line[2]) for line in plain_numbers],
            "What it says": [line[3] for line in lines + plain_numbers],
        },
        hide_index=True,
        border="horizontal",
        alt=(
            f"Accuracy {percent(test.accuracy, 2)} on test rows and {percent(train.accuracy, 2)} "
            "on training rows, with all other measures."
        ),
    )
