"""What a reader should know before believing an evaluation, in sentences: each follows from numbers on the same page.

Sentences are plain text with the user's own names in them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from logreg_core.evaluation.evaluation import Evaluation, PartEvaluation
from logreg_core.evaluation.metrics import Confusion, wilson_interval

FEW_OF_A_CLASS = 10
FEW_ROWS = 30
RARE = 0.1
_CHANCE = 1.96
UNEVEN = 0.05
"""Farther from one half than this, the share of a class in the training rows shows in weighted probabilities."""


@dataclass(frozen=True)
class Remark:
    """``kind`` is "warning" (do not rely on this model as it is) or "note"; ``text`` one or two sentences."""

    kind: str
    text: str


def remarks(evaluation: Evaluation, threshold: float, *, balanced: bool = False) -> tuple[Remark, ...]:
    """All that is worth saying about ``evaluation`` when rows with probability >= ``threshold`` count as positive.

    ``balanced``: the model was trained with both classes counting alike, so its probabilities are not meant as shares.
    """
    found = (
        _ranking(evaluation),
        _against_guessing(evaluation, threshold),
        _no_shares(evaluation) if balanced and _uneven(evaluation) else _log_loss_against_base_rate(evaluation),
        _few_of_a_class(evaluation),
        _training_against_test(evaluation, threshold),
        _moved_threshold(threshold),
    )
    return tuple(remark for remark in found if remark is not None)


def base_rate_log_loss(evaluation: Evaluation, part: PartEvaluation) -> float:
    """Mean log loss on ``part`` of giving every row the training rows' share of the positive class."""
    q = evaluation.train.positives / evaluation.train.rows
    if not part.rows or q in (0, 1):
        return math.nan
    share = part.positives / part.rows
    return -(share * math.log(q) + (1 - share) * math.log1p(-q))


def newcombe_interval(first: tuple[int, int], second: tuple[int, int], level: float = 0.95) -> tuple[float, float]:
    """Interval for the difference of two independent shares, ``first - second``, each given as (successes, n).

    Newcombe (1998), Statistics in Medicine 17, 873-890, method 10: the two Wilson intervals combined. (nan, nan) when
    either has no rows.
    """
    if not first[1] or not second[1]:
        return math.nan, math.nan
    p, q = first[0] / first[1], second[0] / second[1]
    (low_p, high_p), (low_q, high_q) = wilson_interval(*first, level), wilson_interval(*second, level)
    below = math.hypot(p - low_p, high_q - q)
    above = math.hypot(high_p - p, q - low_q)
    return p - q - below, p - q + above


def _class(evaluation: Evaluation, name: str) -> str:
    return f"{evaluation.target} = {name}"


def _ranking(evaluation: Evaluation) -> Remark | None:
    train, test = evaluation.train, evaluation.test
    if train.auc < 0.5:
        return Remark(
            "warning",
            f"The model ranks rows worse than chance (AUC {test.auc:.3f} on test rows, {train.auc:.3f} on training "
            "rows). Train longer or with a larger learning rate before using it.",
        )
    if not test.auc < 0.5:
        return None
    within = 0.5 - test.auc <= _CHANCE * _deviation_of_chance(test)
    said = "no better than chance" if within else "worse than chance"
    why = (
        "What it has learned there does not hold for rows it has not seen."
        if within
        else "What it has learned there is the other way round here: look which rows are kept aside to test."
    )
    return Remark(
        "warning",
        f"On the {test.rows:,} test rows the model ranks {said} (AUC {test.auc:.3f}; on training rows {train.auc:.3f})."
        f" {why}",
    )


def _deviation_of_chance(part: PartEvaluation) -> float:
    """Standard deviation of the AUC of a ranking by chance, that of the Mann-Whitney statistic without ties."""
    positives, others = part.positives, part.rows - part.positives
    return math.sqrt((part.rows + 1) / (12 * positives * others)) if positives and others else math.inf


def _against_guessing(evaluation: Evaluation, threshold: float) -> Remark | None:
    confusion = evaluation.test.at(threshold)
    baseline = evaluation.baseline(evaluation.test)
    if not confusion.total or confusion.accuracy > baseline.accuracy:
        return None
    always = _class(evaluation, baseline.always)
    positive = _class(evaluation, evaluation.positive)
    actual = confusion.true_positive + confusion.false_negative
    if confusion.true_positive + confusion.false_positive == 0:
        return Remark(
            "warning",
            f"At this threshold no row is predicted {positive}: none of the {actual:,} such test rows is found, and "
            f"accuracy is that of always guessing {always}. A lower threshold finds some of them.",
        )
    worse = "Worse than" if confusion.accuracy < baseline.accuracy else "No better than"
    if min(evaluation.test.positives, evaluation.test.rows - evaluation.test.positives) < RARE * evaluation.test.rows:
        return Remark(
            "note",
            f"{worse} always guessing {always}, if every mistake counts the same. For a rare class accuracy says "
            "little: look at recall, precision and AUC.",
        )
    return Remark(
        "warning", f"{worse} always guessing {always}, which is right on {100 * baseline.accuracy:.1f} % of test rows."
    )


def _log_loss_against_base_rate(evaluation: Evaluation) -> Remark | None:
    without = base_rate_log_loss(evaluation, evaluation.test)
    if evaluation.test.log_loss > without + 5e-5:  # a difference in the digits shown
        return Remark(
            "warning",
            "The probabilities are worse than none: giving every row the same "
            f"{_class(evaluation, evaluation.positive)} "
            f"share has a log loss of {without:.4f} on the test rows, the model {_loss(evaluation.test.log_loss)}.",
        )
    return None


def _loss(value: float) -> str:
    return f"{value:.4f}" if value < 10 else f"{value:,.0f}"


def _uneven(evaluation: Evaluation) -> bool:
    """Whether counting both classes alike changes anything worth a word."""
    return abs(evaluation.train.positives / evaluation.train.rows - 0.5) > UNEVEN


def _no_shares(evaluation: Evaluation) -> Remark:
    """What counting both classes alike does to probabilities: they are those for a table with as many of each."""
    train = evaluation.train
    rarer = evaluation.positive if 2 * train.positives <= train.rows else evaluation.negative
    share = min(train.positives, train.rows - train.positives) / train.rows
    return Remark(
        "note",
        "Both classes were counted alike, so probabilities are not shares: they are meant for a table in which half of "
        f"the rows have {_class(evaluation, rarer)}, and here it is {_share(share)} of the training rows. Read them "
        "as a ranking; log loss says little.",
    )


def _share(share: float) -> str:
    return f"{100 * share:.1f} %" if share >= 0.001 else f"{100 * share:.2g} %"


def _few_of_a_class(evaluation: Evaluation) -> Remark | None:
    test = evaluation.test
    for name, rows in ((evaluation.positive, test.positives), (evaluation.negative, test.rows - test.positives)):
        if rows < FEW_OF_A_CLASS:
            return Remark(
                "note",
                f"Only {rows:,} test {'row has' if rows == 1 else 'rows have'} "
                f"{_class(evaluation, name)}: too few to judge by. "
                "More rows or a larger test share give a surer verdict.",
            )
    return None


def _training_against_test(evaluation: Evaluation, threshold: float) -> Remark | None:
    """Whether the model does worse on new rows than chance explains, by the interval for the difference."""
    train, test = evaluation.train.at(threshold), evaluation.test.at(threshold)
    low, high = newcombe_interval(train.counts("accuracy"), test.counts("accuracy"))
    if math.isnan(low):
        return None
    compared = f"Right on {_right(train)} of the training rows and on {_right(test)} of the test rows"
    if low > 0:
        return Remark(
            "note",
            f"{compared}, a larger gap than chance easily explains: the model has likely learned some of its rows by "
            "heart. Fewer features, a lower polynomial degree or more rows help.",
        )
    if test.total < FEW_ROWS:
        return Remark(
            "note",
            f"{compared}: {test.total:,} test rows are too few to tell whether the model does worse on new rows.",
        )
    if high < 0:
        return Remark("note", f"{compared}: the test rows happen to be the easier ones.")
    return Remark(
        "note",
        f"{compared}: with {test.total:,} test rows, chance may still hide that of 100 new rows it is right on up to "
        f"{100 * max(high, 0):.1f} fewer than of 100 training rows.",
    )


def _right(confusion: Confusion) -> str:
    return f"{100 * confusion.accuracy:.1f} %"


def _moved_threshold(threshold: float) -> Remark | None:
    if threshold == 0.5:
        return None
    return Remark(
        "note",
        "If you chose the threshold by looking at these test rows, the figures "
        "are somewhat too kind: it fits these rows "
        "better than it will fit new ones.",
    )
