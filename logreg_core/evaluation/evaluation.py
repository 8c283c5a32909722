"""How good a model is on the rows it learned from and on the rows it never saw.

All that does not depend on the threshold is computed once by ``evaluate``; the sorted probabilities are kept so that
``PartEvaluation.at(threshold)`` is four look-ups however many rows there are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from logreg_core.errors import TrainingError
from logreg_core.evaluation.metrics import Confusion
from logreg_core.evaluation.protocols import Floats, PreparedData, Scorer
from logreg_core.evaluation.thinning import thin
from logreg_core.training.log_loss import log_loss_terms, sigmoid

ROC_POINTS = 400


@dataclass(frozen=True, eq=False)
class RocCurve:
    """Recall against false positive rate as the threshold falls; three arrays of shape (k,), k at most 400.

    ``threshold`` is a probability; the first is infinite, where no row is predicted positive. All three are empty when
    the rows are of one class.
    """

    false_positive_rate: Floats
    recall: Floats
    threshold: Floats


@dataclass(frozen=True, eq=False)
class PartEvaluation:
    """One part of the rows (training or test), judged.

    Attributes
    ----------
    rows, positives : int
    log_loss : float
        Mean over the rows, in nats; nan without rows.
    auc : float
        Probability that a positive row scores above a negative one, ties counted half; nan when the rows are of one
        class.
    roc : RocCurve
    """

    rows: int
    positives: int
    log_loss: float
    auc: float
    roc: RocCurve
    _sorted_positive: Floats = field(repr=False)
    _sorted_negative: Floats = field(repr=False)

    def at(self, threshold: float) -> Confusion:
        """Confusion when a row with probability >= ``threshold`` is predicted positive."""
        false_negative = int(np.searchsorted(self._sorted_positive, threshold, side="left"))
        true_negative = int(np.searchsorted(self._sorted_negative, threshold, side="left"))
        return Confusion(
            true_negative=true_negative,
            false_positive=len(self._sorted_negative) - true_negative,
            false_negative=false_negative,
            true_positive=len(self._sorted_positive) - false_negative,
        )


@dataclass(frozen=True)
class Baseline:
    """What always guessing the larger class of a part gets right (0 to 1): ``accuracy`` and ``always``, its name.

    The "no information rate" of R's ``caret::confusionMatrix``: the larger class is that of the rows judged, so it is
    the best that a guess without looking could do on them.
    """

    always: str
    accuracy: float


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A model judged on training and test rows. ``fingerprint`` is that of the model."""

    train: PartEvaluation
    test: PartEvaluation
    positive: str
    negative: str
    target: str
    fingerprint: str

    def baseline(self, part: PartEvaluation) -> Baseline:
        """Always guessing the larger class of ``part``; of equally large ones the negative. nan without rows."""
        share = part.positives / part.rows if part.rows else math.nan
        return Baseline(self.positive, share) if share > 0.5 else Baseline(self.negative, 1 - share)


def evaluate(model: Scorer, prepared: PreparedData) -> Evaluation:
    """Judge ``model`` on both parts of ``prepared``.

    Raises
    ------
    TrainingError
        If a row has no score because the weights have grown beyond what can be computed with.
    """
    return Evaluation(
        train=_evaluate_part(model, prepared.X_train, prepared.y_train),
        test=_evaluate_part(model, prepared.X_test, prepared.y_test),
        positive=prepared.positive,
        negative=prepared.negative,
        target=prepared.target,
        fingerprint=model.fingerprint,
    )


def _evaluate_part(model: Scorer, X: Floats, y: Floats) -> PartEvaluation:
    # The weights of a run that diverged may overflow: inf is a valid score, nan is told to the user below.
    with np.errstate(over="ignore", invalid="ignore"):
        z = np.asarray(model.scores(X), dtype=np.float64)
    without = int(np.isnan(z).sum())
    if without:
        raise TrainingError(
            f"The model has no score for {without:,} of {len(z):,} rows: its weights have grown too large.",
            remedy="Train again with a smaller learning rate.",
        )
    is_positive = y == 1
    probability = sigmoid(z)
    roc, auc = _roc(z, is_positive)
    return PartEvaluation(
        rows=len(y),
        positives=int(is_positive.sum()),
        log_loss=float(np.mean(log_loss_terms(z, y))) if len(y) else math.nan,
        auc=auc,
        roc=roc,
        _sorted_positive=np.sort(probability[is_positive]),
        _sorted_negative=np.sort(probability[~is_positive]),
    )


def _roc(z: Floats, is_positive: np.ndarray) -> tuple[RocCurve, float]:
    """Curve and area from the linear predictor: it still ranks rows whose probabilities round to the same 0 or 1."""
    if is_positive.all() or not is_positive.any():
        nothing = np.empty(0)
        return RocCurve(nothing, nothing, nothing), math.nan
    from sklearn.metrics import auc, roc_curve

    # roc_curve refuses infinities and subtracts neighbours, which may be at both ends of the floats.
    false_positive_rate, recall, cut = roc_curve(is_positive, np.clip(z, -1e300, 1e300))
    kept = thin(false_positive_rate, recall, ROC_POINTS)
    threshold = sigmoid(cut[kept])
    threshold[0] = np.inf
    return RocCurve(false_positive_rate[kept], recall[kept], threshold), float(auc(false_positive_rate, recall))
